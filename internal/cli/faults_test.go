package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"placard/internal/archive"
	"placard/internal/disk"
)

// long reports whether the long counts are to run: ./check.sh --long sets the variable.
func long() bool { return os.Getenv("PLACARD_LONG") != "" }

// The harm that a test does to a child process, by PLACARD_HARM: "KIND NUMBER [ERROR]". Steps of the disk count from 1.
//
//	count FILE     writes the number of steps to the file, again at each step
//	kill N         the process is killed before step N
//	tear N         so it is, and a write at step N is done by half
//	fail N ERROR   step N and all after it that create, write or rename fail with the error (for "once", only step N)
func harm() {
	kind, rest, _ := strings.Cut(os.Getenv("PLACARD_HARM"), " ")
	if kind == "" {
		return
	}
	what, more, _ := strings.Cut(rest, " ")
	at, _ := strconv.Atoi(what)
	step := 0
	disk.Step = func(op disk.Op, name string) error {
		step++
		switch {
		case kind == "count":
			return os.WriteFile(what, []byte(strconv.Itoa(step)), 0o644)
		case kind == "fail" && step >= at && op != disk.Remove, kind == "once" && step == at:
			return &fs.PathError{Op: string(op), Path: name, Err: errnos[more]}
		case step != at || kind == "fail" || kind == "once":
			return nil
		case kind == "tear" && op == disk.Write:
			if err := os.WriteFile(name, []byte("{\"tor"), 0o644); err != nil {
				return err
			}
		}
		return errors.Join(syscall.Kill(os.Getpid(), syscall.SIGKILL), errors.New("not killed"))
	}
}

var errnos = map[string]error{"ENOSPC": syscall.ENOSPC, "EMFILE": syscall.EMFILE, "EROFS": syscall.EROFS}

// sentenceOf is what a refusal says for each of these errors.
var sentenceOf = map[string]string{"ENOSPC": "the disk is full", "EMFILE": "too many files are open", "EROFS": "make sure that you may write there"}

// A child is one run of placard in a process of its own.
type child struct {
	code   int // -1 where it was killed
	output string
}

func command(dir, harm string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command("placard", append(args, "--dir", dir)...)
	c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1767355200", "PLACARD_HARM="+harm)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	return c, &out
}

func placard(t *testing.T, dir, harm string, args ...string) child {
	t.Helper()
	c, out := command(dir, harm, args...)
	var exit *exec.ExitError
	if err := c.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return child{c.ProcessState.ExitCode(), out.String()}
}

func good(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := placard(t, dir, "", args...)
	if c.code != 0 {
		t.Fatalf("placard %s: exit code %d\n%s", strings.Join(args, " "), c.code, c.output)
	}
	return c.output
}

// steps counts the steps of a command, run in a copy of the site.
func steps(t *testing.T, site string, args ...string) int {
	t.Helper()
	file := filepath.Join(t.TempDir(), "steps")
	if c := placard(t, copied(t, site), "count "+file, args...); c.code != 0 {
		t.Fatalf("exit code %d\n%s", c.code, c.output)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(string(data))
	if err != nil || n < 10 {
		t.Fatalf("%d steps were counted: %v", n, err)
	}
	return n
}

func copied(t *testing.T, dir string) string {
	t.Helper()
	to, err := os.MkdirTemp(filepath.Dir(dir), "run")
	if err == nil {
		err = os.CopyFS(to, os.DirFS(dir))
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// files are the bytes of all files below a folder, by path; nothing where there is no folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}

func equal(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	var wrong []string
	for name, text := range want {
		if other, ok := got[name]; !ok {
			wrong = append(wrong, name+" is not there")
		} else if other != text {
			wrong = append(wrong, name+" differs")
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			wrong = append(wrong, name+" is there too")
		}
	}
	slices.Sort(wrong)
	if len(wrong) > 0 {
		t.Errorf("%s: %s", what, strings.Join(wrong, ", "))
	}
}

// draftSite is a site with a released version and a draft that differs from it.
func draftSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(repository(), "internal", "cli", "testdata", "site"))); err != nil {
		t.Fatal(err)
	}
	good(t, dir, "release", "terms", "--effective", "2026-02-01", "--yes")
	edit(t, dir, "any lawful purpose", "every lawful purpose")
	return dir
}

func edit(t *testing.T, dir, old, new string) {
	t.Helper()
	name := filepath.Join(dir, "content", "terms", "index.en.md")
	data, err := os.ReadFile(name)
	if err == nil && !strings.Contains(string(data), old) {
		err = fmt.Errorf("%s has no %q", name, old)
	}
	if err == nil {
		err = os.WriteFile(name, []byte(strings.Replace(string(data), old, new, 1)), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

var releaseArgs = []string{"release", "terms", "--effective", "2026-03-01", "--yes"}

// afterRelease holds what must hold after a release that was stopped: LOG is the old or the new one, the archive is
// sound, and the next release makes it what an undisturbed one does. It reports whether the version was sealed.
func afterRelease(t *testing.T, what, dir string, before, after map[string]string) bool {
	t.Helper()
	const log = "LOG"
	now := files(t, filepath.Join(dir, "versions"))
	sealed := now[log] == after[log]
	if !sealed && now[log] != before[log] {
		t.Errorf("%s: LOG is neither the old nor the new one", what)
	}
	if _, findings := archive.Open(os.DirFS(dir)); findings.Errors() > 0 {
		t.Errorf("%s: the archive is not sound: %+v", what, findings)
	}
	want := before
	if sealed {
		want = after
	}
	for name, text := range want {
		if now[name] != text {
			t.Errorf("%s: %s is not as it was sealed", what, name)
		}
	}
	again := placard(t, dir, "", releaseArgs...)
	if sealed && (again.code != 1 || !strings.Contains(again.output, "already has a version of 2026-03-01")) || !sealed && again.code != 0 {
		t.Errorf("%s: the next release ends with %d\n%s", what, again.code, again.output)
	}
	equal(t, what+": after the next release", files(t, filepath.Join(dir, "versions")), after)
	if left, _ := filepath.Glob(filepath.Join(dir, ".placard*")); len(left) > 0 {
		t.Errorf("%s: %v is left", what, left)
	}
	return sealed
}

// tally counts what came of the runs of a test, and prints it.
type tally map[string]int

func (n tally) print(t *testing.T, what string) {
	t.Helper()
	var lines []string
	for name, count := range n {
		lines = append(lines, fmt.Sprintf("%5d %s", count, name))
	}
	slices.Sort(lines)
	t.Logf("%s\n%s", what, strings.Join(lines, "\n"))
}

// each runs a test of one step in a copy of the site that is removed afterwards.
func eachStep(t *testing.T, site string, numbers []int, run func(n int, dir string)) {
	t.Helper()
	for _, n := range numbers {
		dir := copied(t, site)
		run(n, dir)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// numbers are 1 to n; in short, at most about short of them, evenly spread, with the last.
func numbers(n, short int) []int {
	every := 1
	if !long() && n > short {
		every = (n + short - 1) / short
	}
	var out []int
	for i := n; i > 0; i -= every {
		out = append(out, i)
	}
	return out
}

// TestReleaseKilled kills releases before each of their steps, and at random moments.
func TestReleaseKilled(t *testing.T) {
	site := draftSite(t)
	whole := copied(t, site)
	good(t, whole, releaseArgs...)
	before, after := files(t, filepath.Join(site, "versions")), files(t, filepath.Join(whole, "versions"))
	count := steps(t, site, releaseArgs...)
	n := tally{}
	note := func(what, dir string) {
		n["killed"]++
		if afterRelease(t, what, dir, before, after) {
			n["killed after the version was sealed"]++
		} else {
			n["killed before, released again"]++
		}
	}
	for _, kind := range []string{"kill", "tear"} {
		eachStep(t, site, numbers(count, 8), func(i int, dir string) {
			what := fmt.Sprintf("%s at step %d of %d", kind, i, count)
			if c := placard(t, dir, fmt.Sprintf("%s %d", kind, i), releaseArgs...); c.code != -1 {
				t.Errorf("%s: it ended with %d\n%s", what, c.code, c.output)
			}
			note(what, dir)
		})
	}
	// A release that is stopped while it clears up after another one that was stopped.
	eachStep(t, site, numbers(count, 4), func(i int, dir string) {
		placard(t, dir, fmt.Sprintf("kill %d", i), releaseArgs...)
		placard(t, dir, fmt.Sprintf("kill %d", 1+i%7), releaseArgs...)
		note(fmt.Sprintf("killed twice, first at step %d", i), dir)
	})
	random(t, n, site, releaseArgs, note)
	n.print(t, fmt.Sprintf("release, %d steps", count))
}

// random kills a command after a random part of the time that it needs. Nothing depends on where that is.
func random(t *testing.T, n tally, site string, args []string, note func(what, dir string)) {
	t.Helper()
	runs := 4
	if long() {
		runs = 500
	}
	seeded := rand.New(rand.NewPCG(3, 19))
	begun := time.Now()
	if c := placard(t, copied(t, site), "", args...); c.code != 0 {
		t.Fatal(c.output)
	}
	took := time.Since(begun)
	eachStep(t, site, make([]int, runs), func(_ int, dir string) {
		c, _ := command(dir, "", args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		part := seeded.Float64()
		time.Sleep(time.Duration(part * float64(took)))
		_ = c.Process.Kill() // it may have ended
		_ = c.Wait()
		if c.ProcessState.ExitCode() == 0 {
			n["ended before it was killed"]++
		}
		note(fmt.Sprintf("killed after %.3f of its time", part), dir)
	})
}

// TestReleaseFails lets the disk be full, or the like, from each step on: the release says so and takes back what it
// had begun.
func TestReleaseFails(t *testing.T) {
	site := draftSite(t)
	whole := copied(t, site)
	good(t, whole, releaseArgs...)
	before, after := files(t, filepath.Join(site, "versions")), files(t, filepath.Join(whole, "versions"))
	count := steps(t, site, releaseArgs...)
	n := tally{}
	for _, name := range []string{"ENOSPC", "EMFILE", "EROFS"} {
		for _, kind := range []string{"fail", "once"} {
			eachStep(t, site, numbers(count, 3), func(i int, dir string) {
				what := fmt.Sprintf("%s %s at step %d of %d", kind, name, i, count)
				c := placard(t, dir, fmt.Sprintf("%s %d %s", kind, i, name), releaseArgs...)
				now := files(t, filepath.Join(dir, "versions"))
				switch sealed := now["LOG"] == after["LOG"]; {
				case sealed && c.code == 0:
					n["sealed nevertheless"]++
				case !sealed && c.code == 1 && strings.Contains(c.output, sentenceOf[name]):
					n["refused"]++
					if kind == "once" {
						equal(t, what, now, before)
					}
				default:
					t.Errorf("%s: sealed: %v, exit code %d\n%s", what, sealed, c.code, c.output)
				}
				afterRelease(t, what, dir, before, after)
			})
		}
	}
	n.print(t, fmt.Sprintf("release, %d steps", count))
}

// buildSite is a site that was built, and has a version more to be built since; the folders hold the old and the new
// site, undisturbed.
func buildSite(t *testing.T) (site string, before, after map[string]string) {
	t.Helper()
	site = draftSite(t)
	good(t, site, "build")
	before = files(t, filepath.Join(site, "public"))
	good(t, site, releaseArgs...)
	whole := copied(t, site)
	good(t, whole, "build")
	return site, before, files(t, filepath.Join(whole, "public"))
}

// wholePages holds that every file of the target is whole, old or new, and that what both sites have is there. It
// reports whether the target is the old site, untouched.
func wholePages(t *testing.T, what, dir string, before, after map[string]string) bool {
	t.Helper()
	now, untouched := files(t, filepath.Join(dir, "public")), true
	for name, text := range now {
		older, wasThere := before[name]
		newer, willBe := after[name]
		if (!wasThere || text != older) && (!willBe || text != newer) {
			t.Errorf("%s: %s is neither the old nor the new one", what, name)
		}
		untouched = untouched && wasThere && text == older
	}
	for name := range before {
		_, stays := after[name]
		if _, ok := now[name]; !ok {
			untouched = false
			if stays {
				t.Errorf("%s: %s is absent", what, name)
			}
		}
	}
	return untouched
}

// afterBuild holds that the next build makes what an undisturbed one makes, and leaves nothing.
func afterBuild(t *testing.T, what, dir string, after map[string]string) {
	t.Helper()
	if c := placard(t, dir, "", "build"); c.code != 0 {
		t.Errorf("%s: the next build ends with %d\n%s", what, c.code, c.output)
	}
	equal(t, what+": after the next build", files(t, filepath.Join(dir, "public")), after)
	if left, _ := filepath.Glob(filepath.Join(dir, ".p*")); len(left) > 0 {
		t.Errorf("%s: %v is left", what, left)
	}
}

// TestBuildKilled kills builds before each of their steps, and at random moments.
func TestBuildKilled(t *testing.T) {
	site, before, after := buildSite(t)
	count := steps(t, site, "build")
	n := tally{}
	note := func(what, dir string) {
		n["killed"]++
		switch untouched := wholePages(t, what, dir, before, after); {
		case untouched:
			n["killed before anything changed"]++
		default:
			n["killed while or after it was put in place"]++
		}
		afterBuild(t, what, dir, after)
	}
	for _, kind := range []string{"kill", "tear"} {
		eachStep(t, site, numbers(count, 6), func(i int, dir string) {
			what := fmt.Sprintf("%s at step %d of %d", kind, i, count)
			if c := placard(t, dir, fmt.Sprintf("%s %d", kind, i), "build"); c.code != -1 {
				t.Errorf("%s: it ended with %d\n%s", what, c.code, c.output)
			}
			note(what, dir)
		})
	}
	// A build that is stopped while it completes what another one left.
	eachStep(t, site, numbers(count, 3), func(i int, dir string) {
		placard(t, dir, fmt.Sprintf("kill %d", i), "build")
		placard(t, dir, fmt.Sprintf("kill %d", 2+i%9), "build")
		note(fmt.Sprintf("killed twice, first at step %d", i), dir)
	})
	random(t, n, site, []string{"build"}, note)
	n.print(t, fmt.Sprintf("build, %d steps", count))
}

// TestBuildFails lets the disk be full, or the like, from each step on: the build says so, and the pages are as they were,
// or the next build puts the rest in place.
func TestBuildFails(t *testing.T) {
	site, before, after := buildSite(t)
	count := steps(t, site, "build")
	n := tally{}
	for _, name := range []string{"ENOSPC", "EMFILE", "EROFS"} {
		for _, kind := range []string{"fail", "once"} {
			eachStep(t, site, numbers(count, 2), func(i int, dir string) {
				what := fmt.Sprintf("%s %s at step %d of %d", kind, name, i, count)
				c := placard(t, dir, fmt.Sprintf("%s %d %s", kind, i, name), "build")
				untouched := wholePages(t, what, dir, before, after)
				_, err := os.Stat(filepath.Join(dir, ".public.staged", "journal.json"))
				pending := err == nil
				switch {
				case c.code == 0 && !untouched && !pending:
					n["built nevertheless"]++
				case c.code == 1 && strings.Contains(c.output, sentenceOf[name]) && untouched && !pending:
					n["refused, nothing changed"]++
				case c.code == 1 && strings.Contains(c.output, sentenceOf[name]) && strings.Contains(c.output, "each of them is whole"):
					n["refused while it was put in place"]++
				default:
					t.Errorf("%s: untouched: %v, pending: %v, exit code %d\n%s", what, untouched, pending, c.code, c.output)
				}
				afterBuild(t, what, dir, after)
			})
		}
	}
	n.print(t, fmt.Sprintf("build, %d steps", count))
}

// TestNewFails lets each step of “placard new” fail once: all files are written, or none.
func TestNewFails(t *testing.T) {
	site := draftSite(t)
	n := tally{}
	for _, args := range [][]string{
		{"new", "notice", "other", "--title", "Other"},
		{"new", "section", "terms", "more", "--title", "More"},
		{"new", "appendix", "terms", "japan", "--title", "Japan", "--jurisdictions", "JP", "--under", "use"},
	} {
		whole := copied(t, site)
		good(t, whole, args...)
		before, after := files(t, site), files(t, whole)
		count := steps(t, site, args...)
		for _, name := range []string{"ENOSPC", "EMFILE", "EROFS"} {
			eachStep(t, site, numbers(count, 4), func(i int, dir string) {
				what := fmt.Sprintf("placard %s, %s at step %d of %d", strings.Join(args[:2], " "), name, i, count)
				c := placard(t, dir, fmt.Sprintf("once %d %s", i, name), args...)
				now := files(t, dir)
				switch {
				case c.code == 0: // the failure was to remove what is not needed any more; the next run does
					n["written"]++
					for file := range now {
						if strings.HasPrefix(file, ".placard.") {
							delete(now, file)
						}
					}
					equal(t, what, now, after)
				case c.code == 1 && strings.Contains(c.output, sentenceOf[name]):
					n["refused"]++
					equal(t, what, now, before)
				default:
					t.Errorf("%s: exit code %d\n%s", what, c.code, c.output)
				}
			})
		}
	}
	n.print(t, "placard new")
}
