package cli_test

import (
	"bytes"
	"errors"
	"fmt"
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
			results[i] = child{c.ProcessState.ExitCode(), out.String()}
		})
	}
	close(start)
	group.Wait()
	return results
}

// rounds is how often a race is run.
func rounds() int {
	if long() {
		return 63 // with 8 racers, 504 runs
	}
	return 1
}

// Builds into one folder at once: some of them build, one after the other, and all others name the one that does.
func TestBuildsAtOnce(t *testing.T) {
	site, before, after := buildSite(t)
	n := tally{}
	for round := range rounds() {
		dir := copied(t, site)
		results := race(t, dir, times(racers, "build"))
		built := 0
		for i, c := range results {
			what := fmt.Sprintf("round %d, build %d", round, i)
			switch {
			case c.code == 0:
				built++
				n["built"]++
			case c.code == 1 && strings.Contains(c.output, "“placard build” is at work here since"):
				n["named the one that builds"]++
			default:
				t.Errorf("%s ends with %d\n%s", what, c.code, c.output)
			}
		}
		if built == 0 {
			t.Errorf("round %d: nobody built", round)
		}
		wholePages(t, fmt.Sprintf("round %d", round), dir, before, after)
		afterBuild(t, fmt.Sprintf("round %d", round), dir, after)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	n.print(t, fmt.Sprintf("%d builds at once, %d times", racers, rounds()))
}

// times is the same command n times.
func times(n int, args ...string) [][]string {
	var out [][]string
	for range n {
		out = append(out, args)
	}
	return out
}

// Releases at once, four of one notice and four of another: each notice gets its version once at most, whoever could not
// release is told why, and the archive is that of some order. Builds and verifications meanwhile are not disturbed.
func TestReleasesAtOnce(t *testing.T) {
	site := draftSite(t)
	if err := os.CopyFS(filepath.Join(site, "content", "other"), os.DirFS(filepath.Join(site, "content", "terms"))); err != nil {
		t.Fatal(err)
	}
	n := tally{}
	for round := range rounds() {
		dir := copied(t, site)
		var commands [][]string
		for i := range racers {
			slug := [...]string{"terms", "other"}[i%2]
			commands = append(commands, []string{"release", slug, "--effective", "2026-03-01", "--yes"})
		}
		commands = append(commands, []string{"build"}, []string{"verify"}, []string{"check"})
		sealed := map[string]int{}
		for i, c := range race(t, dir, commands) {
			what := fmt.Sprintf("round %d: placard %s", round, strings.Join(commands[i], " "))
			switch release := commands[i][0] == "release"; {
			case c.code == 0 && release:
				sealed[commands[i][1]]++
				n["released"]++
			case c.code == 0:
				n["built, verified or checked meanwhile"]++
			case c.code == 1 && release && strings.Contains(c.output, "“placard release ") && strings.Contains(c.output, "” is at work here since"):
				n["named the one that releases"]++
			case c.code == 1 && release && strings.Contains(c.output, "already has a version of 2026-03-01"):
				n["came after the one that released"]++
			default:
				t.Errorf("%s ends with %d\n%s", what, c.code, c.output)
			}
		}
		a, findings := archive.Open(os.DirFS(dir))
		if len(findings) > 0 {
			t.Errorf("round %d: the archive is not sound: %+v", round, findings)
		}
		if len(a.Log) != 1+sealed["terms"]+sealed["other"] || sealed["terms"] > 1 || sealed["other"] > 1 || len(sealed) == 0 {
			t.Errorf("round %d: %v were released, and LOG has %d lines", round, sealed, len(a.Log))
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	n.print(t, fmt.Sprintf("%d releases at once, %d times", racers, rounds()))
}

// TestLockOfAKilledRun holds that the lock of a run that is alive is kept, with its owner's name, and that of a killed one
// is free although its file is there.
func TestLockOfAKilledRun(t *testing.T) {
	site := draftSite(t)
	before := files(t, filepath.Join(site, "versions"))
	c, _ := command(site, "", "release", "terms", "--effective", "2026-03-01") // it asks, and waits
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	said := &asked{ready: make(chan struct{})}
	c.Stdout = said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	<-said.ready
	other := placard(t, site, "", releaseArgs...)
	want := "“placard release terms” is at work here since "
	if other.code != 1 || !strings.Contains(other.output, want) || !strings.Contains(other.output, fmt.Sprintf("(process %d on ", c.Process.Pid)) {
		t.Errorf("exit code %d\n%s", other.code, other.output)
	}
	equal(t, "while the first one asks", files(t, filepath.Join(site, "versions")), before)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // killed
	_ = in.Close()
	if there, err := disk.Exists(filepath.Join(site, ".placard.lock")); err != nil || !there {
		t.Fatalf("the killed run left no lock: %v", err)
	}
	good(t, site, releaseArgs...)
	if there, err := disk.Exists(filepath.Join(site, ".placard.lock")); err != nil || there {
		t.Errorf("the lock is left: %v", err)
	}
}

// asked is an output that tells when the command asks for confirmation.
type asked struct {
	text  bytes.Buffer
	ready chan struct{}
}

func (a *asked) Write(p []byte) (int, error) {
	before := strings.Contains(a.text.String(), "[yes/no]")
	a.text.Write(p)
	if !before && strings.Contains(a.text.String(), "[yes/no]") {
		close(a.ready)
	}
	return len(p), nil
}
