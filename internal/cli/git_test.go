package cli

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"placard/internal/archive"
	"placard/internal/diag"
)

// clones are the settings of git under which an archive is checked out, each on one line.
var clones = []string{
	"",
	"core.autocrlf=true",
	"core.autocrlf=input",
	"core.autocrlf=true core.eol=crlf core.safecrlf=true",
	"core.eol=crlf",
	"core.eol=native core.safecrlf=warn",
	"core.fileMode=false core.sharedRepository=group",
	"core.symlinks=false",
	"core.ignoreCase=true",
	"core.precomposeUnicode=true core.protectNTFS=true",
	"core.attributesFile=ATTRIBUTES", // which would make all files UTF-16, with CR LF and $Id$
	"core.autocrlf=true core.checkStat=minimal core.trustctime=false",
}

// TestClones holds that no setting of git alters an archive on checkout where the site has the .gitattributes that “placard new”
// writes; and that where it has not, what git did is said to be that, with a cure that works.
func TestClones(t *testing.T) {
	dir := t.TempDir()
	attributes := filepath.Join(dir, "attributes")
	if err := os.WriteFile(attributes, []byte("* text=auto eol=crlf ident working-tree-encoding=UTF-16\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", args...)
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
			"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	// commit makes a repository of files and returns its folder.
	commit := func(name string, files map[string][]byte) string {
		to := filepath.Join(dir, name)
		for _, file := range slices.Sorted(maps.Keys(files)) {
			path := filepath.Join(to, filepath.FromSlash(file))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, files[file], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		git("init", "-q", to)
		git("-C", to, "add", "-A")
		git("-C", to, "commit", "-qm", "all")
		return to
	}
	verify := func(dir string) diag.Findings {
		a, findings := archive.Open(os.DirFS(dir))
		if findings.Errors() == 0 {
			findings = append(findings, a.Verify()...)
		}
		if len(a.Log) == 0 {
			t.Fatalf("%s has no archive", dir)
		}
		return findings
	}
	sealed := smallArchive(t).archive()
	bare := commit("bare", sealed)
	template, err := os.ReadFile("../../archetypes/site/gitattributes")
	if err != nil {
		t.Fatal(err)
	}
	sealed[".gitattributes"] = template
	whole := commit("whole", sealed)
	for i, settings := range clones {
		args := []string{"clone", "-q", "--no-hardlinks"}
		for _, setting := range strings.Fields(strings.ReplaceAll(settings, "ATTRIBUTES", attributes)) {
			args = append(args, "-c", setting)
		}
		to := filepath.Join(dir, "clone", string(rune('a'+i)))
		git(append(args, whole, to)...)
		if findings := verify(to); len(findings) > 0 {
			t.Errorf("%q: %+v", settings, findings)
		}
	}
	t.Logf("%d clones, each under other settings of git, and no false alarm", len(clones))

	to := filepath.Join(dir, "without")
	git("clone", "-q", "-c", "core.autocrlf=true", bare, to)
	findings := verify(to)
	if findings.Errors() == 0 {
		t.Error("git changed no line ending")
	}
	for _, f := range findings {
		if f.ID != "sealed-endings" {
			t.Errorf("of what git did it is said: %s %s", f.At, f.ID)
		}
	}
	// The cure that the hint names.
	if err := os.WriteFile(filepath.Join(to, ".gitattributes"), []byte("versions/** -text\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	git("-C", to, "rm", "--cached", "-r", "-q", "versions")
	git("-C", to, "checkout", "HEAD", "--", "versions")
	if findings := verify(to); len(findings) > 0 {
		t.Errorf("the cure does not help: %+v", findings)
	}
}
