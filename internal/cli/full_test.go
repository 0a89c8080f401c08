//go:build linux

package cli_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"testing"
)

// A smallDisk is a file system in memory with room for so many pages and files.
type smallDisk struct{ dir string }

// A room is what a disk has left: pages of 4096 bytes, and files.
type room struct{ pages, files int }

const (
	diskPage = 4096
	plenty   = 1 << 14
)

func newDisk(t *testing.T) smallDisk {
	t.Helper()
	d := smallDisk{t.TempDir()}
	if err := syscall.Mount("tmpfs", d.dir, "tmpfs", 0, ""); err != nil {
		t.Fatalf("a file system cannot be mounted here (%v): run the test as root, or in “unshare --map-root-user --mount”", err)
	}
	t.Cleanup(func() {
		// Detached, since a process that is just being started may still hold a file of it.
		if err := syscall.Unmount(d.dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d smallDisk) empty(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(d.dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
}

// leave makes the disk as large as what is on it and the room.
func (d smallDisk) leave(t *testing.T, r room) {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(d.dir, &s); err != nil {
		t.Fatal(err)
	}
	pages, files := int(s.Blocks-s.Bfree)*int(s.Bsize)/diskPage, int(s.Files-s.Ffree)
	options := fmt.Sprintf("size=%d,nr_inodes=%d", (pages+r.pages)*diskPage, files+r.files)
	if err := syscall.Mount("tmpfs", d.dir, "tmpfs", syscall.MS_REMOUNT, options); err != nil {
		t.Fatal(err)
	}
}

// fillStepwise runs a command with no room on the disk, then with room for a page more or a file more, up to the least room in
// which it succeeds. With less it is refused and says why. Where something has changed then, changed holds what must hold.
func fillStepwise(t *testing.T, s *scene, changed func(t *testing.T, what, dir string, s *scene) outcome) {
	t.Helper()
	type job struct {
		kind string
		room room
	}
	var jobs []job
	for _, kind := range []string{"pages", "files"} {
		of := func(n int) room { return map[string]room{"pages": {n, plenty}, "files": {plenty, n}}[kind] }
		least := sort.Search(4*len(s.site), func(n int) bool {
			d := newDisk(t)
			s.site.write(t, d.dir)
			d.leave(t, of(n))
			return placard(t, d.dir, "", s.args...).code == 0
		})
		t.Logf("%s succeeds with room for %d %s", s.args[0], least, kind)
		var all []job
		for n := range least {
			all = append(all, job{kind, of(n)})
		}
		jobs = append(jobs, some(all, 3)...)
	}
	inParallel(t, jobs, func(t *testing.T, jobs <-chan job) {
		d := newDisk(t)
		s.site.write(t, d.dir)
		for j := range jobs {
			d.leave(t, j.room)
			what := fmt.Sprintf("%s with room for %d pages and %d files", s.args[0], j.room.pages, j.room.files)
			c := placard(t, d.dir, "", s.args...)
			d.leave(t, room{plenty, plenty})
			if c.code != 1 || !c.says("the disk is full: make room on it") {
				t.Errorf("%s: exit code %d\n%s", what, c.code, c.output)
			}
			o := outcome{}
			if now := read(t, d.dir); !maps.Equal(now, s.site) {
				o = changed(t, what, d.dir, s)
				d.empty(t)
				s.site.write(t, d.dir)
			}
			count(s.args[0]+" with room for n "+j.kind, o)
		}
	})
	enough(t, s.args[0]+" with room for ")
}

// laden is the site with attachments of a page and a half, so that there are many places at which a disk can be full.
func laden(t *testing.T) tree {
	t.Helper()
	site := maps.Clone(smallSite)
	var links strings.Builder
	for i := range inLong(4, 170) { // for 500 places and more
		name := fmt.Sprintf("files/form-%d.csv", i)
		fmt.Fprintf(&links, "\nSee [form %d](%s).\n", i, name)
		site["content/terms/"+name] = strings.Repeat(fmt.Sprintf("%06d\n", i), diskPage*3/2/7)
	}
	site[draft] += links.String()
	return site.after(t, "release", "terms", "--effective", "2026-02-01", "--yes").with(t, draft, "any lawful", "every lawful")
}

// TestReleaseOnAFullDisk releases on a disk that fills up at every place of the release: nothing is changed.
func TestReleaseOnAFullDisk(t *testing.T) {
	fillStepwise(t, newScene(t, laden(t), "versions", releaseArgs...), func(t *testing.T, what, dir string, s *scene) outcome {
		equal(t, what, read(t, dir), s.site)
		return outcome{}
	})
}

// TestBuildOnAFullDisk builds on a disk that fills up at every place of the build. All bytes are prepared first, so nothing
// changes before there is room for them. What may be wanting later are folders, and then the next build goes on.
func TestBuildOnAFullDisk(t *testing.T) {
	fillStepwise(t, newScene(t, laden(t).after(t, "build").after(t, releaseArgs...), "public", "build"), func(t *testing.T, what, dir string, s *scene) outcome {
		if !pending(t, dir) {
			equal(t, what, read(t, dir), s.site)
		}
		return afterBuild(t, what, dir, s)
	})
}

// TestOtherDisk builds into a folder, and releases into one, that is a disk of its own, so that nothing can be renamed into it.
func TestOtherDisk(t *testing.T) {
	for folder, s := range map[string]*scene{"public": building(t), "versions/terms": releasing(t)} {
		d := newDisk(t)
		dir := s.site.copy(t)
		there := filepath.Join(dir, filepath.FromSlash(folder))
		s.site.below(folder).write(t, d.dir)
		if err := errors.Join(os.RemoveAll(there), os.Mkdir(there, 0o755), syscall.Mount(d.dir, there, "", syscall.MS_BIND, "")); err != nil {
			t.Fatal(err)
		}
		c := placard(t, dir, "", s.args...)
		equal(t, folder, read(t, dir), s.site)
		if err := syscall.Unmount(there, syscall.MNT_DETACH); err != nil {
			t.Fatal(err)
		}
		if c.code != 1 || !strings.HasPrefix(c.output[strings.LastIndex(c.output, dir):], there) || !c.says("is not possible from one disk to another") {
			t.Errorf("%s: exit code %d\n%s", folder, c.code, c.output)
		}
	}
}
