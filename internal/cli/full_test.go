//go:build linux

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of so many bytes, which the test can make larger.
func smallDisk(t *testing.T, size int) (dir string, resize func(size int)) {
	t.Helper()
	dir = t.TempDir()
	options := func(size int) string { return fmt.Sprintf("size=%d", size) }
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options(size)); err != nil {
		t.Fatalf("a file system cannot be mounted here (%v): run the test as root, or in “unshare --map-root-user --mount”", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir, func(size int) {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, options(size)); err != nil {
			t.Fatal(err)
		}
	}
}

// diskPage is the unit in which a file system in memory grows.
const diskPage = 4096

// used are the bytes in use on a file system.
func used(t *testing.T, dir string) int {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	return int(s.Blocks-s.Bfree) * int(s.Bsize)
}

// grow runs a command on a disk that has no room, then a page more, until it succeeds; in short, some pages more.
func grow(t *testing.T, site string, args []string, refusedSoundly func(what, dir string)) (dir string, n tally) {
	t.Helper()
	dir, resize := smallDisk(t, 64<<20)
	if err := os.CopyFS(dir, os.DirFS(site)); err != nil {
		t.Fatal(err)
	}
	start, stride := used(t, dir), 8*diskPage
	if long() {
		stride = diskPage
	}
	n = tally{}
	for room := 0; room < 16<<20; room += stride {
		resize(start + room)
		what := fmt.Sprintf("placard %s with room for %d bytes", args[0], room)
		c := placard(t, dir, "", args...)
		if c.code == 0 {
			n["succeeded"]++
			t.Logf("%s succeeds", what)
			return dir, n
		}
		if c.code != 1 || !strings.Contains(c.output, "the disk is full: make room on it") {
			t.Errorf("%s: exit code %d\n%s", what, c.code, c.output)
		}
		n["refused"]++
		refusedSoundly(what, dir)
	}
	t.Fatalf("placard %s never succeeds", args[0])
	return
}

// TestReleaseOnAFullDisk releases on a disk that fills up at every place of the release.
func TestReleaseOnAFullDisk(t *testing.T) {
	site := draftSite(t)
	whole := copied(t, site)
	good(t, whole, releaseArgs...)
	before, after := files(t, filepath.Join(site, "versions")), files(t, filepath.Join(whole, "versions"))
	dir, n := grow(t, site, releaseArgs, func(what, dir string) {
		equal(t, what, files(t, filepath.Join(dir, "versions")), before)
	})
	equal(t, "released", files(t, filepath.Join(dir, "versions")), after)
	n.print(t, "releases on a disk that is full")
}

// TestBuildOnAFullDisk builds on a disk that fills up at every place of the build. Staging comes first, so nothing changes
// before there is room for all of it.
func TestBuildOnAFullDisk(t *testing.T) {
	site, before, after := buildSite(t)
	dir, n := grow(t, site, []string{"build"}, func(what, dir string) {
		if !wholePages(t, what, dir, before, after) {
			t.Errorf("%s: the folder was changed", what)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".p*")); len(left) > 0 {
			t.Errorf("%s: %v is left", what, left)
		}
	})
	equal(t, "built", files(t, filepath.Join(dir, "public")), after)
	n.print(t, "builds on a disk that is full")
}
