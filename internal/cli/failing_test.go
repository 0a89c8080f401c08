package cli_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"placard/internal/archive"
	"placard/internal/disk"
)

// The errors that the disk answers with, and what a refusal says for each.
var errnos = map[string]error{
	"EIO": syscall.EIO, "ENOSPC": syscall.ENOSPC, "EDQUOT": syscall.EDQUOT,
	"EMFILE": syscall.EMFILE, "ENFILE": syscall.ENFILE, "EACCES": syscall.EACCES, "EROFS": syscall.EROFS,
}

var sentenceOf = map[string]string{
	"EIO": "the disk, or the connection to it, fails", "ENOSPC": "the disk is full", "EDQUOT": "your share of the disk is used up",
	"EMFILE": "too many files are open", "ENFILE": "too many files are open",
	"EACCES": "make sure that you may write there", "EROFS": "make sure that you may write there",
}

// A failure is which steps of a run fail, as in harm, with which error.
type failure struct{ kind, errno, at string }

// failures are those of a command: each of its steps, with each error; in short, a choice of so many.
func failures(steps []diskStep, short int, kinds ...string) []failure {
	var all []failure
	for _, errno := range slices.Sorted(maps.Keys(errnos)) {
		for _, kind := range kinds {
			for i := range steps {
				all = append(all, failure{kind, errno, fmt.Sprintf("%s %d %s", kind, i+1, errno)})
			}
		}
	}
	return some(all, short)
}

// fails lets each step of a command fail, and holds what then must hold: the command says so with the file and what to do,
// or had done its work already.
func fails(t *testing.T, s *scene, short int, then func(t *testing.T, what, dir string, f failure, c child) outcome) {
	t.Helper()
	inCopies(t, s.site, failures(s.steps, short, "fail", "once"), func(t *testing.T, f failure, dir string) {
		what := fmt.Sprintf("%s of %d", f.at, len(s.steps))
		c := placard(t, dir, f.at, s.args...)
		if c.code == 1 && (!c.says(sentenceOf[f.errno]) || !strings.HasPrefix(c.output, dir) && !c.says("\n"+dir)) {
			t.Errorf("%s: it does not say where and what to do:\n%s", what, c.output)
		}
		count(s.args[0]+" with "+f.errno+" at each step", then(t, what, dir, f, c))
	})
	enough(t, s.args[0]+" with ")
}

// TestReleaseFails lets the disk fail at each step of a release, which then takes back what it had begun.
func TestReleaseFails(t *testing.T) { releaseFails(t, releasing(t)) }

// TestSupplementFails does so with the release of a supplement.
func TestSupplementFails(t *testing.T) { releaseFails(t, supplementing(t)) }

// TestPostponeFails does so with what seals two folders.
func TestPostponeFails(t *testing.T) { releaseFails(t, postponing(t)) }

// TestUndoFails lets the disk fail at each step of taking back a release.
func TestUndoFails(t *testing.T) {
	s := undoing(t)
	fails(t, s, 8, func(t *testing.T, what, dir string, f failure, c child) outcome {
		is := read(t, filepath.Join(dir, "versions"))
		if undone := is["LOG"] == s.after["LOG"]; undone != (c.code == 0) || c.code > 1 {
			t.Errorf("%s: undone: %v, exit code %d\n%s", what, undone, c.code, c.output)
		}
		if c.code == 0 && !c.says("Taken back") || c.code == 1 && c.says("Taken back") {
			t.Errorf("%s: it says otherwise than it did:\n%s", what, c.output)
		}
		if left, err := disk.Exists(archive.Staged(dir)); err != nil || c.code == 0 && left && !c.says("the release is taken back, but what came after failed: ") {
			t.Errorf("%s: it does not say that something is left (%v):\n%s", what, err, c.output)
		}
		return afterUndo(t, what, dir, s)
	})
}

// TestSignedFails and TestKeysFails do so with a release that is signed, and with a change of the keys.
func TestSignedFails(t *testing.T) { releaseFails(t, signing(t)) }
func TestKeysFails(t *testing.T)   { releaseFails(t, keying(t)) }

func releaseFails(t *testing.T, s *scene) {
	t.Helper()
	fails(t, s, 8, func(t *testing.T, what, dir string, f failure, c child) outcome {
		is := read(t, filepath.Join(dir, "versions"))
		sealed := is["LOG"] == s.after["LOG"]
		if sealed != (c.code == 0) || c.code > 1 {
			t.Errorf("%s: sealed: %v, exit code %d\n%s", what, sealed, c.code, c.output)
		}
		if !sealed && f.kind == "once" {
			equal(t, what, is, s.before)
		}
		return afterRelease(t, what, dir, s)
	})
}

// TestBuildFails lets the disk fail at each step of a build: the pages are as they were, or each is whole and the next
// build puts the rest in place.
func TestBuildFails(t *testing.T) {
	s := building(t)
	fails(t, s, 8, func(t *testing.T, what, dir string, f failure, c child) outcome {
		untouched, begun := wholePages(t, what, dir, s), pending(t, dir)
		switch {
		case c.code == 0 && !untouched && !begun: // what failed came after the last page
		case c.code == 1 && untouched && !begun:
		case c.code == 1 && c.says("each of them is whole"):
		default:
			t.Errorf("%s: untouched: %v, pending: %v, exit code %d\n%s", what, untouched, begun, c.code, c.output)
		}
		return afterBuild(t, what, dir, s)
	})
}

// TestDraftsFails lets each step of “placard new” and “placard fmt” fail once: all files are written, or none.
func TestDraftsFails(t *testing.T) {
	for _, args := range [][]string{
		{"new", "notice", "other", "--title", "Other"},
		{"new", "section", "terms", "more", "--title", "More"},
		{"new", "appendix", "terms", "japan", "--title", "Japan", "--jurisdictions", "JP", "--under", "use"},
		{"fmt"},
	} {
		site := *draftSite(t)
		if args[0] == "fmt" {
			site = site.after(t, "new", "notice", "other", "--title", "Other").after(t, "new", "notice", "third", "--title", "Third")
			for name := range site {
				if strings.HasPrefix(name, "content/") && !strings.Contains(name, "/files/") {
					site = site.with(t, name, "\n", "\r\n")
				}
			}
		}
		after := site.after(t, args...)
		jobs := failures(stepsOf(t, site, args...), 4, "once")
		inCopies(t, site, jobs, func(t *testing.T, f failure, dir string) {
			what := fmt.Sprintf("placard %s, %s", strings.Join(args, " "), f.at)
			c := placard(t, dir, f.at, args...)
			is, o := read(t, dir), outcome{}
			switch {
			case c.code == 0: // the failure was to remove what is not needed any more; the next run does
				for file := range is {
					if strings.HasPrefix(file, ".placard.") {
						delete(is, file)
						o.end = discarded
					}
				}
				o.after = true
				equal(t, what, is, after)
			case c.code == 1 && c.says(sentenceOf[f.errno]):
				equal(t, what, is, site)
			default:
				t.Errorf("%s: exit code %d\n%s", what, c.code, c.output)
			}
			count(args[0]+" with "+f.errno+" at each step", o)
		})
	}
	enough(t, "new with ")
	enough(t, "fmt with ")
}
