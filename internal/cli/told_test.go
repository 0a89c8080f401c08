package cli_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"placard/internal/disk"
)

// A told is a signal that a run is sent, as in harm.
type told struct{ signal, at string }

func tellings(steps []diskStep, short int) []told {
	var all []told
	for _, signal := range []string{"SIGINT", "SIGTERM"} {
		for i := range steps {
			all = append(all, told{signal, fmt.Sprintf("told %d %s", i+1, signal)})
		}
	}
	return some(all, short)
}

// TestToldToEnd sends releases and builds the signals of Ctrl-C and of a machine that stops, at each step: they end by the
// signal, say what they leave and leave no lock; the next run finds what a killed run leaves.
func TestToldToEnd(t *testing.T) {
	for _, tt := range []struct {
		s     *scene
		stage string
		then  func(t *testing.T, what, dir string, s *scene) outcome
	}{
		{releasing(t), "versions/.release", afterRelease},
		{building(t), ".public.staged", afterBuild},
	} {
		inCopies(t, tt.s.site, tellings(tt.s.steps, 6), func(t *testing.T, to told, dir string) {
			what := fmt.Sprintf("%s of %d", to.at, len(tt.s.steps))
			kind := tt.s.args[0] + " told to end by " + to.signal
			c := placard(t, dir, to.at, tt.s.args...)
			stage, err := disk.Exists(filepath.Join(dir, filepath.FromSlash(tt.stage)))
			if err != nil {
				t.Error(err)
			}
			said := c.says("error: interrupted, as you asked")
			switch {
			case c.code == 0:
				kind = tt.s.args[0] + " that ended before it was told to"
			case c.code != -1 || c.signal != signals[to.signal] || !said:
				t.Errorf("%s: exit code %d, %v\n%s", what, c.code, c.signal, c.output)
			case stage != c.says(tt.stage), pending(t, dir) != c.says("while pages were put in place"):
				t.Errorf("%s: it does not say what it leaves:\n%s", what, c.output)
			}
			nothingLeftBut(t, what, dir, ".public.staged")
			count(kind, tt.then(t, what, dir, tt.s))
		})
	}
}

// TestToldByAShell holds what a shell makes of it, and that a run goes on which was started deaf to Ctrl-C.
func TestToldByAShell(t *testing.T) {
	draft := draftSite(t)
	for script, want := range map[string]string{
		`placard "$@"; echo $?`:               "130\n",
		`trap "" INT; exec placard "$@"`:      "seal ",
		`placard "$@" | cat; echo it goes on`: "it goes on\n",
	} {
		c, out := command(draft.copy(t), "told 3 SIGINT", releaseArgs...) // a site of its own: one of them releases
		sh := exec.Command("sh", append([]string{"-c", script, "sh"}, c.Args[1:]...)...)
		sh.Env, sh.Stdout, sh.Stderr = c.Env, out, out
		_ = sh.Run() // its exit code is that of the last command
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s: %s", script, out)
		}
	}
}

// TestToldWhileAsking holds that Ctrl-C is a way to say no.
func TestToldWhileAsking(t *testing.T) {
	s := releasing(t)
	for _, signal := range signals {
		dir := s.site.copy(t)
		c, said := asking(t, dir)
		if err := c.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // the signal
		is := ended(c, &said.text)
		if is.signal != signal || !is.says("error: interrupted, as you asked; nothing is half-made") {
			t.Errorf("%v: exit code %d, %v\n%s", signal, is.code, is.signal, is.output)
		}
		equal(t, signal.String(), read(t, dir), s.site)
	}
}

// TestLockOfAKilledRun holds that the lock of a run that is alive is kept, with its owner's name, and that of a killed one
// is free although its file is there.
func TestLockOfAKilledRun(t *testing.T) {
	s := releasing(t)
	dir := s.site.copy(t)
	c, _ := asking(t, dir)
	other := placard(t, dir, "", s.args...)
	if !isNamed(other, "release terms") || !other.says(fmt.Sprintf("(process %d on ", c.Process.Pid)) {
		t.Errorf("exit code %d\n%s", other.code, other.output)
	}
	equal(t, "while the first one asks", read(t, filepath.Join(dir, "versions")), s.before)
	if err := c.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // killed
	if there, err := disk.Exists(filepath.Join(dir, ".placard.lock")); err != nil || !there {
		t.Fatalf("the killed run left no lock: %v", err)
	}
	good(t, dir, s.args...)
	nothingLeft(t, "after the next run", dir)
}

// asking starts a release that asks for confirmation, and returns when it does.
func asking(t *testing.T, dir string) (*exec.Cmd, *asked) {
	t.Helper()
	c, _ := command(dir, "", "release", "terms", "--effective", "2026-03-01")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	said := &asked{ready: make(chan struct{})}
	c.Stdout, c.Stderr = said, said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	<-said.ready
	return c, said
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
