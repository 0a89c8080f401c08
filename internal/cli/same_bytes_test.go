package cli_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestSameBytes releases and builds the same site under other circumstances, with this test as the program and with
// one that is compiled and linked otherwise: every byte of versions/ and public/ is the same.
func TestSameBytes(t *testing.T) {
	own, err := exec.LookPath("placard") // see TestMain
	if err != nil {
		t.Fatal(err)
	}
	shared, err := os.MkdirTemp("", "placard-same-bytes-") // t.TempDir is closed to other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(shared) })
	if err := os.Chmod(shared, 0o777); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(shared, "placard")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", other, ".")
	build.Dir = repository()
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := made(t, circumstance{program: own, dir: filepath.Join(t.TempDir(), "site")})
	if len(want) < 20 {
		t.Fatalf("only %d files were made", len(want))
	}
	deep := filepath.Join(t.TempDir(), "a folder", "ordner-ä", strings.Repeat("deep", 20), "site")
	circumstances := map[string]circumstance{
		"again":              {program: own},
		"another program":    {program: other},
		"another folder":     {program: own, dir: deep},
		"a western zone":     {program: own, env: []string{"TZ=Pacific/Pago_Pago"}},
		"an eastern zone":    {program: own, env: []string{"TZ=Pacific/Kiritimati"}},
		"a zone that is not": {program: own, env: []string{"TZ=Nowhere/None", "ZONEINFO=/nowhere"}},
		"Turkish":            {program: own, env: []string{"LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "LANGUAGE=tr"}},
		"no language":        {program: own, env: []string{"LANG=", "LC_ALL=C"}},
		"one processor":      {program: own, env: []string{"GOMAXPROCS=1"}},
		"many processors":    {program: own, env: []string{"GOMAXPROCS=16"}},
		"little memory":      {program: own, env: []string{"GOGC=5", "GOMEMLIMIT=64MiB", "HUGO_MEMORYLIMIT=0.1"}},
		"settings of Hugo":   {program: own, env: []string{"HUGO_BASEURL=https://elsewhere.example/", "HUGO_TITLE=Other", "HUGO_ENVIRONMENT=development", "HUGO_NUMWORKERMULTIPLIER=7"}},
		"no home":            {program: own, env: []string{"HOME=", "USER=", "XDG_CACHE_HOME="}},
		"a closed umask":     {program: own, umask: 0o077},
		"an open umask":      {program: own, umask: 0o002},
	}
	if os.Getuid() == 0 {
		circumstances["another user"] = circumstance{program: other, dir: filepath.Join(shared, "site"), user: nobodysID}
	} else { // check.sh says so too
		t.Log("not as another user: only root can run a program as somebody else")
	}
	t.Logf("the same bytes are held to be made with: %s", strings.Join(slices.Sorted(maps.Keys(circumstances)), ", "))
	for name, c := range circumstances {
		t.Run(name, func(t *testing.T) {
			if c.dir == "" {
				c.dir = filepath.Join(t.TempDir(), "site")
			}
			got := made(t, c)
			for _, file := range slices.Sorted(keys(want, got)) {
				if got[file] != want[file] {
					t.Errorf("%s differs (%d bytes, %d before)", file, len(got[file]), len(want[file]))
				}
			}
		})
	}
}

// A circumstance is under which a program runs.
type circumstance struct {
	program, dir string
	env          []string
	umask        int    // 0 for that of the test
	user         uint32 // 0 for that of the test
}

func keys(maps ...map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, m := range maps {
			for k := range m {
				if !seen[k] && !yield(k) {
					return
				}
				seen[k] = true
			}
		}
	}
}

// made returns what two releases and a build make.
func made(t *testing.T, c circumstance) map[string]string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(c.dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(c.dir, os.DirFS(filepath.Join(repository(), "internal", "cli", "testdata", "site"))); err != nil {
		t.Fatal(err)
	}
	if c.user != 0 {
		err := filepath.Walk(c.dir, func(name string, _ os.FileInfo, err error) error {
			return errors.Join(err, os.Chown(name, int(c.user), int(c.user)))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	text := filepath.Join(c.dir, "content", "terms", "index.en.md")
	for i, command := range [][]string{
		{"release", "terms", "--effective", "2026-02-01", "--yes"},
		{"translate", "accept", "terms", "--all-locales"},
		{"release", "terms", "--effective", "2026-03-01", "--yes"},
		{"build", "--as-of", "2026-02-15"},
	} {
		if i == 1 {
			data, err := os.ReadFile(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(text, []byte(strings.Replace(string(data), "lawful", "legal", 1)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		c.run(t, command...)
	}
	files := map[string]string{}
	for _, folder := range []string{"versions", "public"} {
		err := filepath.Walk(filepath.Join(c.dir, folder), func(name string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			rel, _ := filepath.Rel(c.dir, name)
			files[filepath.ToSlash(rel)] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func (c circumstance) run(t *testing.T, args ...string) {
	t.Helper()
	command := exec.Command(c.program, args...)
	if c.umask != 0 { // set by the shell, for this process would have to set its own
		command = exec.Command("sh", append([]string{"-c", fmt.Sprintf(`umask %04o; exec "$0" "$@"`, c.umask), c.program}, args...)...)
	}
	command.Dir = c.dir
	command.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1767355200")
	command.Env = append(command.Env, c.env...)
	if c.user != 0 {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: c.user, Gid: c.user}}
	}
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v %v: %v\n%s", c.program, args, err, out)
	}
}
