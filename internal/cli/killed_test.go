package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"placard/internal/archive"
	"placard/internal/disk"
)

// seed is that of the random moments: PLACARD_SEED, or in short always the same, and in long another each time.
var seed = func() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("PLACARD_SEED"), 10, 64); err == nil {
		return n
	}
	if long() {
		return rand.Uint64()
	}
	return 1
}()

// A kill is when a run is killed, as in harm; again is when the next one is killed, if it is.
type kill struct{ kind, at, again string }

// kills are those of a command: before each of its steps; before each while a write is half done; before each, and then soon in
// the run that comes next; and at random moments. In short, they are a choice of so many of each kind.
func kills(steps []diskStep, short int) []kill {
	var renames, others, writes, twice, moments []kill
	random := rand.New(rand.NewPCG(seed, 0))
	for i, s := range steps {
		at := fmt.Sprintf("kill %d", i+1)
		if s.op == disk.Rename {
			renames = append(renames, kill{"before each rename", at, ""})
		} else {
			others = append(others, kill{"before each other step", at, ""})
		}
		if s.op == disk.Write {
			writes = append(writes, kill{"in each write", fmt.Sprintf("tear %d", i+1), ""})
		}
		twice = append(twice, kill{"twice", at, fmt.Sprintf("kill %d", 2+random.IntN(8))})
	}
	for range inLong(short, 3*promised) { // as many as promised are made of them: in some the run is over too soon
		// Somewhere between one step and the next, so that the moments are spread over all that is done.
		i := random.IntN(len(steps) - 1)
		gap := max(10, steps[i+1].micros-steps[i].micros)
		moments = append(moments, kill{"at a random moment", fmt.Sprintf("after %d %d", i+1, random.IntN(gap)), ""})
	}
	return slices.Concat(some(renames, short), some(others, short), some(writes, short), some(twice, short), moments)
}

// killed kills a command in all these ways, and holds what then must hold.
func killed(t *testing.T, s *scene, short int, then func(t *testing.T, what, dir string, s *scene) outcome) {
	t.Helper()
	inCopies(t, s.site, kills(s.steps, short), func(t *testing.T, k kill, dir string) {
		what := fmt.Sprintf("%s of %d (PLACARD_SEED=%d)", k.at, len(s.steps), seed)
		kind := s.args[0] + " killed " + k.kind
		if random := strings.HasPrefix(k.at, "after"); random && counted(kind) >= promised {
			return
		}
		c := placard(t, dir, k.at, s.args...)
		switch {
		case c.code == 0 && strings.HasPrefix(k.at, "after"):
			kind = s.args[0] + " that ended before it was killed"
		case c.code != -1:
			t.Errorf("%s: it ended with %d\n%s", what, c.code, c.output)
		}
		if k.again != "" {
			what += ", then " + k.again
			placard(t, dir, k.again, s.args...)
		}
		count(kind, then(t, what, dir, s))
	})
	enough(t, s.args[0]+" killed ")
}

// TestReleaseKilled kills releases before each of their steps, in each write and at random moments.
func TestReleaseKilled(t *testing.T) { killed(t, releasing(t), 3, afterRelease) }

// TestSupplementKilled kills releases of supplements likewise: their drafts are there as a whole or not at all.
func TestSupplementKilled(t *testing.T) { killed(t, supplementing(t), 3, afterRelease) }

// TestPostponeKilled kills runs that seal two folders: both are there, or none.
func TestPostponeKilled(t *testing.T) { killed(t, postponing(t), 3, afterRelease) }

// TestUndoKilled kills runs that take back a release: it is there as a whole, or not at all.
func TestUndoKilled(t *testing.T) { killed(t, undoing(t), 3, afterUndo) }

// TestErratumKilled kills releases of errata likewise.
func TestErratumKilled(t *testing.T) { killed(t, correcting(t), 3, afterRelease) }

// TestSignedKilled and TestKeysKilled kill releases that are signed, and changes of the keys: the line, its folder and its signature are
// all there or none.
func TestSignedKilled(t *testing.T) { killed(t, signing(t), 3, afterRelease) }
func TestKeysKilled(t *testing.T)   { killed(t, keying(t), 3, afterRelease) }

// TestBuildKilled kills builds likewise.
func TestBuildKilled(t *testing.T) { killed(t, building(t), 3, afterBuild) }

// afterRelease holds what must hold after a release that was stopped: LOG is the old or the new one, the archive is
// sound, and the next release makes it what an undisturbed one does.
func afterRelease(t *testing.T, what, dir string, s *scene) outcome {
	t.Helper()
	const log = "LOG"
	is := read(t, filepath.Join(dir, "versions"))
	o := outcome{after: is[log] == s.after[log]}
	want := s.before
	if o.after {
		want = s.after
	} else if is[log] != s.before[log] {
		t.Errorf("%s: LOG is neither the old nor the new one", what)
	}
	if _, findings := archive.Open(os.DirFS(dir)); findings.Errors() > 0 {
		t.Errorf("%s: the archive is not sound: %+v", what, findings)
	}
	for name, text := range want {
		if is[name] != text {
			t.Errorf("%s: %s is not as it was sealed", what, name)
		}
	}
	const supplements = "content/terms/supplements/2026-02-01"
	if drafted := read(t, filepath.Join(dir, supplements)); len(drafted) > 0 || !o.after {
		equal(t, what+": the draft", drafted, s.site.below(supplements))
	}
	next := placard(t, dir, "", s.args...)
	again := next.says("already has a version of 2026-03-01") || next.says("says what the version of 2026-02-01 says already") ||
		next.says("no supplement to the version of 2026-02-01 is drafted") || next.says("has a key in the list already") ||
		next.says("the version of 2026-03-01 was cancelled on 2026-01-02")
	if o.after && (next.code != 1 || !again) || !o.after && next.code != 0 {
		t.Errorf("%s: the next release ends with %d\n%s", what, next.code, next.output)
	}
	switch cleared := next.says("what an interrupted release had left was removed"); {
	case cleared && o.after:
		o.end = completed
	case cleared:
		o.end = discarded
	}
	equal(t, what+": after the next release", read(t, filepath.Join(dir, "versions")), s.after)
	nothingLeft(t, what, dir)
	return o
}

// afterUndo holds what must hold after a run that was to take back a release, and was stopped: LOG is the old or the new one, the
// archive is sound, and to release again makes it what it was.
func afterUndo(t *testing.T, what, dir string, s *scene) outcome {
	t.Helper()
	is := read(t, filepath.Join(dir, "versions"))
	o := outcome{after: is["LOG"] == s.after["LOG"]}
	if !o.after && is["LOG"] != s.before["LOG"] {
		t.Errorf("%s: LOG is neither the old nor the new one", what)
	}
	if _, findings := archive.Open(os.DirFS(dir)); findings.Errors() > 0 {
		t.Errorf("%s: the archive is not sound: %+v", what, findings)
	}
	next := placard(t, dir, "", releaseArgs...)
	if o.after && next.code != 0 || !o.after && !next.says("already has a version of 2026-03-01") {
		t.Errorf("%s: the next release ends with %d\n%s", what, next.code, next.output)
	}
	if next.says("what an interrupted release had left was removed") {
		o.end = completed
		if !o.after {
			o.end = discarded
		}
	}
	equal(t, what+": after the next release", read(t, filepath.Join(dir, "versions")), s.before)
	nothingLeft(t, what, dir)
	return o
}

// afterBuild holds what must hold after a build that was stopped: every page is whole, old or new, and the next build makes
// what an undisturbed one makes.
func afterBuild(t *testing.T, what, dir string, s *scene) outcome {
	t.Helper()
	return nextBuild(t, what, dir, s, !wholePages(t, what, dir, s) || pending(t, dir))
}

// nextBuild builds again, and holds that the result is that of an undisturbed build. after says whether the one that was
// stopped had reached the point of no return.
func nextBuild(t *testing.T, what, dir string, s *scene, after bool) outcome {
	t.Helper()
	o := outcome{after: after}
	next := placard(t, dir, "", s.args...)
	if next.code != 0 {
		t.Errorf("%s: the next build ends with %d\n%s", what, next.code, next.output)
	}
	switch {
	case next.says("the rest of them was put in place first"):
		o.end = completed
	case next.says("what an interrupted build had prepared was removed"):
		o.end = discarded
	}
	if o.end == completed && !o.after {
		t.Errorf("%s: a build was completed that had nothing to complete", what)
	}
	equal(t, what+": after the next build", read(t, filepath.Join(dir, "public")), s.after)
	nothingLeft(t, what, dir)
	return o
}

// wholePages holds that every file of the target is whole, old or new, and that what both sites have is there. It
// reports whether the target is the old site, untouched.
func wholePages(t *testing.T, what, dir string, s *scene) bool {
	t.Helper()
	is, untouched := read(t, filepath.Join(dir, "public")), true
	for name, text := range is {
		older, wasThere := s.before[name]
		newer, willBe := s.after[name]
		if (!wasThere || text != older) && (!willBe || text != newer) {
			t.Errorf("%s: %s is neither the old nor the new one", what, name)
		}
		untouched = untouched && wasThere && text == older
	}
	for name := range s.before {
		_, stays := s.after[name]
		if _, ok := is[name]; !ok {
			untouched = false
			if stays {
				t.Errorf("%s: %s is absent", what, name)
			}
		}
	}
	return untouched
}

// pending reports whether a build has left a journal.
func pending(t *testing.T, dir string) bool {
	t.Helper()
	there, err := disk.Exists(filepath.Join(dir, ".public.staged", "journal.json"))
	if err != nil {
		t.Fatal(err)
	}
	return there
}
