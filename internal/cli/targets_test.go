package cli_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody runs commands as a user who is not root, for root may write anywhere.
type nobody struct{ program, folder string }

const nobodysID = 65534

func newNobody(t *testing.T) nobody {
	t.Helper()
	folder, err := os.MkdirTemp("", "placard-nobody-") // t.TempDir is closed to other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	own, err := exec.LookPath("placard")
	if err != nil {
		t.Fatal(err)
	}
	n := nobody{filepath.Join(folder, "placard"), filepath.Join(folder, "sites")}
	data, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{os.Chmod(folder, 0o755), os.WriteFile(n.program, data, 0o755), os.Mkdir(n.folder, 0o755)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// own gives a site to the user.
func (n nobody) own(t *testing.T, site tree) string {
	t.Helper()
	dir, err := os.MkdirTemp(n.folder, "site")
	if err != nil {
		t.Fatal(err)
	}
	site.write(t, dir)
	if os.Getuid() != 0 {
		return dir
	}
	err = filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(name, nobodysID, nobodysID)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func (n nobody) placard(t *testing.T, dir string, args ...string) child {
	t.Helper()
	c, out := command(dir, "", args...)
	c.Path = n.program
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobodysID, Gid: nobodysID}}
	}
	if err := c.Run(); err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return ended(c, out)
}

// TestReadOnly takes the right to write away from a folder, or to read: the command names it and changes nothing.
func TestReadOnly(t *testing.T) {
	n := newNobody(t)
	const mayWrite, mayRead = "hint: make sure that you may write there", "and whether you may read it"
	for _, tt := range []struct {
		folder string
		mode   fs.FileMode
		s      *scene
		at     string // the file that is named
		want   string
	}{
		{"public", 0o555, building(t), "public:", mayWrite},
		{"public/versions/terms", 0o555, building(t), "public/versions/terms:", mayWrite},
		{".", 0o555, building(t), ".public.lock", mayWrite},
		{"public", 0o000, building(t), "public", mayWrite},
		{"versions", 0o000, building(t), "versions", mayRead},
		{"versions/terms/2026-02-01", 0o000, building(t), "versions/terms/2026-02-01", mayRead},
		{"versions", 0o555, releasing(t), "versions/.release", mayWrite},
		{"versions/terms", 0o555, releasing(t), "versions/terms/2026-03-01", mayWrite},
		{".", 0o555, releasing(t), ".placard.lock", mayWrite},
		{"content/terms", 0o000, releasing(t), "content/terms", mayRead},
	} {
		what := fmt.Sprintf("%s with %s at %04o", tt.s.args[0], tt.folder, tt.mode)
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dir := n.own(t, tt.s.site)
			folder := filepath.Join(dir, filepath.FromSlash(tt.folder))
			if err := os.Chmod(folder, tt.mode); err != nil {
				t.Fatal(err)
			}
			c := n.placard(t, dir, tt.s.args...)
			if err := os.Chmod(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if c.code != 1 || !c.says(tt.want) || !strings.Contains(strings.ReplaceAll(c.output, dir+"/", ""), tt.at) {
				t.Errorf("exit code %d\n%s", c.code, c.output)
			}
			equal(t, what, read(t, dir), tt.s.site)
		})
	}
}

// TestFewHandles runs commands that may open so many files at once, and no more: each does its work, or says why not and
// changes nothing. With so few that Go's own runtime cannot begin, that says so.
func TestFewHandles(t *testing.T) {
	for _, s := range []*scene{releasing(t), building(t)} {
		var all []int
		for n := 4; n <= 32; n++ {
			all = append(all, n)
		}
		inCopies(t, s.site, some(all, 6), func(t *testing.T, n int, dir string) {
			c, out := command(dir, "", s.args...)
			c.Args = append([]string{"sh", "-c", fmt.Sprintf(`ulimit -n %d; exec placard "$@"`, n), "sh"}, c.Args[1:]...)
			var err error
			if c.Path, err = exec.LookPath("sh"); err != nil {
				t.Fatal(err)
			}
			if err := c.Run(); err != nil && c.ProcessState == nil {
				t.Fatal(err)
			}
			is, what := ended(c, out), fmt.Sprintf("%s with %d handles", s.args[0], n)
			kind := s.args[0] + " with 4 to 32 handles"
			switch {
			case is.code == 0:
				equal(t, what, read(t, dir).below(map[string]string{"release": "versions", "build": "public"}[s.args[0]]), s.after)
				count(kind, outcome{after: true})
			case is.code == 1 && is.says("too many files are open on this machine"), is.code == 2 && is.says("runtime: "):
				equal(t, what, read(t, dir), s.site)
				count(kind, outcome{})
			default:
				t.Errorf("%s: exit code %d\n%s", what, is.code, is.output)
			}
		})
	}
}
