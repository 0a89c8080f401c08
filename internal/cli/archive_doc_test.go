package cli

import (
	"bytes"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"placard/internal/archive"
)

// shellCheck runs the script that checks archives without Placard in a folder.
func shellCheck(t *testing.T, dir string, args ...string) (string, bool) {
	t.Helper()
	script, err := filepath.Abs("../archive/verify.sh")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", append([]string{script}, args...)...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err == nil && strings.HasSuffix(string(out), "\ngood\n")
}

// TestCheckWithoutPlacard runs the script that checks archives without Placard. It agrees with placard verify on good archives and
// on one tampering of each kind.
func TestCheckWithoutPlacard(t *testing.T) {
	run := func(dir string) (string, bool) { return shellCheck(t, dir) }
	if out, good := run("../.."); !good {
		t.Errorf("the sample is not good:\n%s", out)
	}
	base := history(t)
	if out, good := run(base.dir); !good {
		t.Fatalf("a fresh archive is not good:\n%s", out)
	}
	const version = "versions/terms/2026-02-01/"
	change := func(name, old, new string) func(s *testSite) {
		return func(s *testSite) { s.edit(name, old, new) }
	}
	for name, tamper := range map[string]func(*testSite){
		"a word of a text":     change(version+"index.en.md", "ringgit", "dollars"),
		"an attachment":        change(version+"files/form.csv", "name", "nome"),
		"a hash of a list":     change(version+"SHA256SUMS", "a", "b"),
		"a date in the record": change(version+"version.toml", "2026-01-20", "2026-01-19"),
		"a date in LOG":        change("versions/LOG", "2026-01-20", "2026-01-19"),
		"a seal in LOG":        change("versions/LOG", " 0000", " 1000"),
		"a kind in LOG":        change("versions/LOG", "version", "removal"),
		"a file removed":       func(s *testSite) { remove(t, s, version+"notice.toml") },
		"a folder removed":     func(s *testSite) { remove(t, s, version) },
		"a file added":         func(s *testSite) { s.write(version+"files/more.csv", "x") },
		"a folder added":       func(s *testSite) { s.write("versions/terms/2026-09-01/index.en.md", "x") },
		"a stray file":         func(s *testSite) { s.write("versions/readme.txt", "x") },
		"a line removed": func(s *testSite) {
			lines := strings.SplitAfter(s.read("versions/LOG"), "\n")
			s.write("versions/LOG", lines[0]+lines[2])
		},
		"lines swapped": func(s *testSite) {
			lines := strings.SplitAfter(s.read("versions/LOG"), "\n")
			s.write("versions/LOG", lines[1]+lines[0]+lines[2])
		},
		"no line feed at the end": func(s *testSite) { s.write("versions/LOG", strings.TrimSuffix(s.read("versions/LOG"), "\n")) },
		"a link in place of a file": func(s *testSite) {
			s.write("kept.md", s.read(version+"index.en.md"))
			remove(t, s, version+"index.en.md")
			if err := os.Symlink("../../../kept.md", filepath.Join(s.dir, version, "index.en.md")); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := &testSite{t, t.TempDir()}
			if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
				t.Fatal(err)
			}
			tamper(s)
			if out, good := run(s.dir); good {
				t.Errorf("the shell check found nothing:\n%s", out)
			}
			if code, _ := s.try("verify"); code != exitRefused {
				t.Errorf("placard verify ends with %d", code)
			}
		})
	}
}

// TestFetchWithoutPlacard runs the script against the published site: it fetches what is sealed and nothing else, and finds what the
// host has altered or lacks.
func TestFetchWithoutPlacard(t *testing.T) {
	s := history(t)
	s.run(january20, "build", "--base-url", "https://example.com/legal/")
	public := filepath.Join(s.dir, "public")
	server := httptest.NewServer(http.StripPrefix("/legal", http.FileServer(http.Dir(public))))
	defer server.Close()
	if script := s.read("public/versions/verify.sh"); !strings.Contains(s.read("public/terms/index.html"), "sh verify.sh https://example.com/legal<") || script == "" {
		t.Error("the page does not say how to fetch and check")
	}
	fetched := t.TempDir()
	out, good := shellCheck(t, fetched, server.URL+"/legal/")
	if !good {
		t.Fatalf("the published archive is not good:\n%s", out)
	}
	if local, _ := shellCheck(t, public); local != out {
		t.Errorf("fetched: %s, on the host: %s", out, local)
	}
	remove(t, s, "public/versions/verify.sh")
	remove(t, s, "public/versions/versions.schema.json")
	remove(t, s, "public/versions/notice.schema.json")
	if got, want := everything(t, filepath.Join(fetched, "versions")), everything(t, filepath.Join(public, "versions")); len(got) != len(want) {
		t.Errorf("fetched %d files and folders of %d", len(got), len(want))
	}
	if out, good := shellCheck(t, fetched, server.URL+"/legal"); good || !strings.Contains(out, "versions is there already") {
		t.Errorf("fetched once more:\n%s", out)
	}
	s.edit("public/versions/terms/2026-02-01/index.en.md", "ringgit", "dollars")
	if out, good := shellCheck(t, t.TempDir(), server.URL+"/legal"); good || !strings.Contains(out, "index.en.md: FAILED") {
		t.Errorf("a word altered on the host:\n%s", out)
	}
	remove(t, s, "public/versions/terms/2026-02-01/index.en.md")
	if out, good := shellCheck(t, t.TempDir(), server.URL+"/legal"); good || !strings.Contains(out, "cannot be fetched") {
		t.Errorf("a file gone from the host:\n%s", out)
	}
}

// TestSupplementsWithoutPlacard holds that the shell check and placard verify agree on supplements that were put where they do not
// belong, each sealed as if Placard had done it.
func TestSupplementsWithoutPlacard(t *testing.T) {
	base := history(t)
	for range 2 {
		base.run(january20, "reopen", "terms", "2026-02-01", "--locale", "ms")
		base.edit("content/terms/supplements/2026-02-01/index.ms.md", "Terma", "Terma dan syarat")
		base.run(january20, "release", "terms", "--supplement", "2026-02-01", "--yes")
	}
	if out, good := shellCheck(t, base.dir); !good {
		t.Fatalf("an archive with supplements is not good:\n%s", out)
	}
	const first, second = "versions/terms/2026-02-01-s1", "versions/terms/2026-02-01-s2"
	rename := func(from, to string) func(*testSite) {
		return func(s *testSite) {
			s.move(from, to)
			s.edit("versions/LOG", path.Base(from), path.Base(to))
			s.edit(to+"/version.toml", path.Base(from), path.Base(to))
		}
	}
	for name, tamper := range map[string]func(*testSite){
		"the number left out":         rename(second, "versions/terms/2026-02-01-s3"),
		"the number of what is first": rename(first, "versions/terms/2026-02-01-s0"),
		"a version that is not there": rename(second, "versions/terms/2026-02-02-s1"),
		"before its version": func(s *testSite) {
			lines := strings.SplitAfter(s.read("versions/LOG"), "\n")
			lines[1], lines[3] = strings.Replace(lines[3], "4", "2", 1), strings.Replace(lines[1], "2", "4", 1)
			s.write("versions/LOG", strings.Join(lines, ""))
		},
		"as a version":    func(s *testSite) { s.edit("versions/LOG", "translation", "version") },
		"with facts":      func(s *testSite) { s.write(second+"/notice.toml", s.read("versions/terms/2026-02-01/notice.toml")) },
		"another version": func(s *testSite) { s.edit(second+"/version.toml", "2026-02-01-s2", "2026-03-01-s2") },
	} {
		t.Run(name, func(t *testing.T) {
			s := &testSite{t, t.TempDir()}
			if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
				t.Fatal(err)
			}
			tamper(s)
			if err := reseal(s.dir); err != nil {
				t.Fatal(err)
			}
			if out, good := shellCheck(t, s.dir); good {
				t.Errorf("the shell check found nothing:\n%s", out)
			}
			if code, _ := s.try("verify"); code != exitRefused {
				t.Errorf("placard verify ends with %d", code)
			}
		})
	}
}

// TestErrataWithoutPlacard holds that the shell check and placard verify agree on archives with errata, and on what is done to them.
func TestErrataWithoutPlacard(t *testing.T) {
	base := corrected(t)
	if out, good := shellCheck(t, base.dir); !good {
		t.Fatalf("an archive with errata is not good:\n%s", out)
	}
	base.run(march9, "verify")
	const first, second = "versions/terms/2026-02-01-s1/", "versions/terms/2026-02-01-s2/"
	change := func(name, old, new string) func(*testSite) {
		return func(s *testSite) { s.edit(name, old, new) }
	}
	for name, tt := range map[string]struct {
		tamper func(*testSite)
		forged bool // sealed again, so that bytes alone show nothing
		left   bool // whether the shell check leaves it to Placard
	}{
		"a corrected word":           {change(first+"index.en.md", "every purpose", "no purpose"), false, false},
		"a reason":                   {change(second+"version.toml", "an older one", "another one"), false, false},
		"a kind in LOG":              {change("versions/LOG", "erratum", "translation"), false, false},
		"the sum":                    {change(second+"translation.sum", "ms use", "ms uses"), false, false},
		"removed":                    {func(s *testSite) { remove(t, s, second) }, false, false},
		"another kind in the record": {change(first+"version.toml", "erratum", "translation"), true, false},
		"facts":                      {func(s *testSite) { s.write(second+"notice.toml", s.read("versions/terms/2026-02-01/notice.toml")) }, true, false},
		"no reason":                  {change(first+"version.toml", "reason = ", "because = "), true, true},
		"an anchor":                  {change(second+"index.en.md", "{#places}", "{#place}"), true, true},
		"other words in the record":  {change(second+"index.en.md", "every purpose", "no purpose"), true, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &testSite{t, t.TempDir()}
			if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
				t.Fatal(err)
			}
			tt.tamper(s)
			if tt.forged {
				if err := reseal(s.dir); err != nil {
					t.Fatal(err)
				}
			}
			if out, good := shellCheck(t, s.dir); good != tt.left {
				t.Errorf("the shell check says\n%s", out)
			}
			if code, said := s.try("verify"); code != exitRefused {
				t.Errorf("placard verify ends with %d\n%s", code, said)
			}
		})
	}
}

// TestInterruptedReleaseWithoutPlacard holds that the shell check and placard verify leave out a release that was killed
// wherever it was, and nothing else.
func TestInterruptedReleaseWithoutPlacard(t *testing.T) {
	base := history(t)
	lines := strings.SplitAfter(base.read("versions/LOG"), "\n")
	const folder = "versions/terms/2026-03-01"
	for name, tt := range map[string]struct {
		log     string // versions/.release/LOG
		change  func(*testSite)
		refused bool
	}{
		"staged":          {"", func(s *testSite) { s.move(folder, "versions/.release/terms/2026-03-01") }, false},
		"staged with LOG": {strings.Join(lines[:3], ""), func(s *testSite) { s.move(folder, "versions/.release/terms/2026-03-01") }, false},
		"in place":        {strings.Join(lines[:3], ""), func(*testSite) {}, false},
		"another in place": {strings.Join(lines[:3], ""), func(s *testSite) {
			s.move(folder, "versions/terms/2026-04-01")
		}, true},
		"other bytes in place": {strings.Join(lines[:3], ""), func(s *testSite) { s.edit(folder+"/SHA256SUMS", "a", "b") }, true},
		"LOG not whole":        {strings.TrimSuffix(strings.Join(lines[:3], ""), "\n")[:20], func(*testSite) {}, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &testSite{t, t.TempDir()}
			if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
				t.Fatal(err)
			}
			s.write("versions/LOG", lines[0]+lines[1])
			if tt.log != "" {
				s.write("versions/.release/LOG", tt.log)
			}
			tt.change(s)
			code, said := s.try("verify")
			if (code == exitRefused) != tt.refused || !strings.Contains(said, "a release was interrupted here") && tt.log != "" {
				t.Errorf("placard verify ends with %d\n%s", code, said)
			}
			if out, good := shellCheck(t, s.dir); good == tt.refused {
				t.Errorf("the shell check says\n%s", out)
			}
		})
	}
}

// TestSignedWithoutPlacard holds that the script checks signatures as placard verify does, here and from afar, and that it says so where it
// cannot. TestForged has what it finds.
func TestSignedWithoutPlacard(t *testing.T) {
	base := signedArchive(t)
	out, good := shellCheck(t, base.dir)
	if !good || !strings.Contains(out, "line 7 is signed by bo\n") || !strings.Contains(out, "line 9 is signed by ana@example.com\n") {
		t.Fatalf("a signed archive is not good:\n%s", out)
	}
	base.run(january20, "build", "--base-url", "https://example.com/")
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(base.dir, "public"))))
	defer server.Close()
	fetched := t.TempDir()
	if local, good := shellCheck(t, fetched, server.URL); !good || local != out {
		t.Errorf("fetched:\n%s\nhere:\n%s", local, out)
	}
	if got := (&testSite{t, fetched}).archive(); !maps.EqualFunc(got, base.archive(), bytes.Equal) {
		t.Errorf("fetched %q", slices.Sorted(maps.Keys(got)))
	}

	// Without ssh-keygen all else is checked, and it is said that this is not all.
	tools := t.TempDir()
	for _, tool := range strings.Fields("sh dirname mkdir grep printf sort sha256sum cut sed test find uniq tr awk tail") {
		if there, err := exec.LookPath(tool); err != nil {
			t.Fatal(err)
		} else if err := os.Symlink(there, filepath.Join(tools, tool)); err != nil {
			t.Fatal(err)
		}
	}
	script, err := filepath.Abs("../archive/verify.sh")
	if err != nil {
		t.Fatal(err)
	}
	without := func() (int, string) {
		c := exec.Command("/bin/sh", script)
		c.Dir, c.Env = base.dir, []string{"PATH=" + tools}
		remove(t, base, "public")
		said, err := c.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return c.ProcessState.ExitCode(), string(said)
	}
	if code, said := without(); code != 2 || !strings.Contains(said, "cannot tell: there are signatures, and no ssh-keygen") || strings.Contains(said, "\ngood\n") {
		t.Errorf("without ssh-keygen it ends with %d and says\n%s", code, said)
	}
	base.edit("versions/n/2026-04-01/index.en.md", "That", "What")
	if code, said := without(); code != 1 || !strings.Contains(said, "index.en.md: FAILED") {
		t.Errorf("without ssh-keygen and with a word altered it ends with %d and says\n%s", code, said)
	}
}

// TestInterruptedSignedWithoutPlacard holds that the shell check and placard verify leave out the signature of a release that was killed, and
// no other.
func TestInterruptedSignedWithoutPlacard(t *testing.T) {
	base := signedArchive(t)
	lines := strings.SplitAfter(base.read("versions/LOG"), "\n")
	const folder, file = "versions/n/2026-04-01", "versions/signatures/9.sig"
	for name, tt := range map[string]struct {
		change  func(*testSite)
		refused bool
	}{
		"the folder in place":    {func(s *testSite) { s.move(file, "versions/.release/signatures/9.sig") }, false},
		"both in place":          {func(*testSite) {}, false},
		"the signature in place": {func(s *testSite) { s.move(folder, "versions/.release/n/2026-04-01") }, false},
		"another signature":      {func(s *testSite) { s.write(file, s.read("versions/signatures/8.sig")) }, true},
		"another line":           {func(s *testSite) { s.move(file, "versions/signatures/10.sig") }, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &testSite{t, t.TempDir()}
			if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
				t.Fatal(err)
			}
			s.write("versions/LOG", strings.Join(lines[:8], ""))
			s.write("versions/.release/LOG", strings.Join(lines, ""))
			tt.change(s)
			if code, said := s.try("verify"); (code == exitRefused) != tt.refused {
				t.Errorf("placard verify ends with %d\n%s", code, said)
			}
			if out, good := shellCheck(t, s.dir); good == tt.refused {
				t.Errorf("the shell check says\n%s", out)
			}
			if !tt.refused {
				if _, err := archive.Clear(s.dir); err != nil {
					t.Fatal(err)
				}
				want := base.archive()
				want["versions/LOG"] = []byte(strings.Join(lines[:8], ""))
				maps.DeleteFunc(want, func(name string, _ []byte) bool { return name == file || strings.HasPrefix(name, folder+"/") })
				if got := s.archive(); !maps.EqualFunc(got, want, bytes.Equal) {
					t.Errorf("after it was cleared there are %q", slices.Sorted(maps.Keys(got)))
				}
			}
		})
	}
}

func (s *testSite) move(from, to string) {
	s.t.Helper()
	from, to = filepath.Join(s.dir, from), filepath.Join(s.dir, to)
	if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.Rename(from, to)); err != nil {
		s.t.Fatal(err)
	}
}

func remove(t *testing.T, s *testSite, name string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}
