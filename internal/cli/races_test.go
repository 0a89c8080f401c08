package cli_test

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"placard/internal/archive"
	"placard/internal/disk"
)

// racers is how many commands run at once.
const racers = 8

// rounds are how often each race is run: in long, 510 rounds in all, of 4,080 runs.
func rounds() []int { return make([]int, inLong(1, 170)) }

// race runs commands at once, each with its own output.
func race(t *testing.T, dir string, commands [][]string) []child {
	t.Helper()
	results := make([]child, len(commands))
	var group sync.WaitGroup
	start := make(chan struct{})
	for i, args := range commands {
		c, out := command(dir, "", args...)
		group.Go(func() {
			<-start
			err := c.Run()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				out.WriteString(err.Error())
			}
			results[i] = ended(c, out)
		})
	}
	close(start)
	group.Wait()
	return results
}

// alternate is racers commands, turn about.
func alternate(commands ...[]string) [][]string {
	var out [][]string
	for i := range racers {
		out = append(out, commands[i%len(commands)])
	}
	return out
}

// isNamed reports whether a command was refused because another one is at work, which is named.
func isNamed(c child, at string) bool {
	return c.code == 1 && c.says("“placard "+at) && c.says("” is at work here since")
}

// Builds into one folder at once: some of them build, one after the other, and all others name the one that does.
func TestBuildsAtOnce(t *testing.T) {
	s := building(t)
	inCopies(t, s.site, rounds(), func(t *testing.T, _ int, dir string) {
		n := raceTally{runs: racers}
		for i, c := range race(t, dir, alternate(s.args)) {
			switch {
			case c.code == 0:
				n.did++
			case isNamed(c, "build"):
				n.stopped++
			default:
				t.Errorf("build %d ends with %d\n%s", i, c.code, c.output)
			}
		}
		if n.did == 0 {
			t.Error("nobody built")
		}
		equal(t, "at once", read(t, filepath.Join(dir, "public")), s.after)
		nothingLeft(t, "at once", dir)
		countRound("builds", n)
	})
}

// Releases at once, four of one notice and four of another: each notice gets its version once at most, whoever could not
// release is told why, and the archive is that of some order.
func TestReleasesAtOnce(t *testing.T) {
	site := maps.Clone(*draftSite(t))
	site.below("content/terms").addTo(site, "content/other")
	release := func(slug string) []string { return []string{"release", slug, "--effective", "2026-03-01", "--yes"} }
	inCopies(t, site, rounds(), func(t *testing.T, _ int, dir string) {
		n := raceTally{runs: racers}
		sealed := map[string]int{}
		commands := alternate(release("terms"), release("other"))
		for i, c := range race(t, dir, commands) {
			switch {
			case c.code == 0:
				sealed[commands[i][1]]++
				n.did++
			case isNamed(c, "release "):
				n.stopped++
			case c.code == 1 && c.says("already has a version of 2026-03-01"):
				n.late++
			default:
				t.Errorf("placard %s ends with %d\n%s", strings.Join(commands[i], " "), c.code, c.output)
			}
		}
		soundWith(t, dir, 1+sealed["terms"]+sealed["other"])
		if sealed["terms"] > 1 || sealed["other"] > 1 || len(sealed) == 0 {
			t.Errorf("%v were released", sealed)
		}
		nothingLeft(t, "at once", dir)
		countRound("releases of two notices", n)
	})
}

// Builds and releases at once, with commands that only read: nobody disturbs the others. The site that was built is the
// one before the release, or the one after it.
func TestBuildsAndReleasesAtOnce(t *testing.T) {
	older := draftSite(t).after(t, "build")
	newer := older.after(t, releaseArgs...).after(t, "build").below("public")
	build := []string{"build"}
	commands := alternate(build, releaseArgs, build, releaseArgs, build, releaseArgs, []string{"verify"}, []string{"check"})
	inCopies(t, older, rounds(), func(t *testing.T, _ int, dir string) {
		n, released := raceTally{runs: racers}, 0
		for i, c := range race(t, dir, commands) {
			switch release := commands[i][0] == "release"; {
			case c.code == 0:
				n.did++
				if release {
					released++
				}
			case isNamed(c, commands[i][0]):
				n.stopped++
			case release && c.code == 1 && c.says("already has a version of 2026-03-01"):
				n.late++
			default:
				t.Errorf("placard %s ends with %d\n%s", strings.Join(commands[i], " "), c.code, c.output)
			}
		}
		if released != 1 {
			t.Errorf("%d releases", released)
		}
		soundWith(t, dir, 2)
		is := read(t, filepath.Join(dir, "public"))
		if is["versions/LOG"] == newer["versions/LOG"] {
			equal(t, "at once", is, newer)
		} else {
			equal(t, "at once", is, older.below("public"))
		}
		nothingLeft(t, "at once", dir)
		countRound("builds, releases, verify and check", n)
	})
}

// soundWith holds that the archive is sound, with so many lines in LOG.
func soundWith(t *testing.T, dir string, lines int) {
	t.Helper()
	a, findings := archive.Open(os.DirFS(dir))
	if len(findings) > 0 {
		t.Errorf("the archive is not sound: %+v", findings)
	}
	if len(a.Log) != lines {
		t.Errorf("LOG has %d lines, want %d", len(a.Log), lines)
	}
}

// TestLockUnnamed holds that whoever holds a lock without saying who it is, holds it nevertheless.
func TestLockUnnamed(t *testing.T) {
	s := releasing(t)
	dir := s.site.copy(t)
	file := filepath.Join(dir, ".placard.lock")
	lock, err := disk.Take(file, disk.Owner{Command: "another"})
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if err := os.Truncate(file, 0); err != nil {
		t.Fatal(err)
	}
	c := placard(t, dir, "", s.args...)
	if c.code != 1 || !c.says(".placard.lock: error: another command of Placard is at work here\n  hint: wait until it has ended") {
		t.Errorf("exit code %d\n%s", c.code, c.output)
	}
	equal(t, "refused", read(t, filepath.Join(dir, "versions")), s.before)
}
