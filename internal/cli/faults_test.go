package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"placard/internal/disk"
)

// What the tests of faults share: commands that run in processes of their own, and the harm that is done to them. The
// sites are in scenes_test.go; killed_test.go, failing_test.go, full_test.go and races_test.go are the tests.

// long reports whether the long counts are to run: ./check.sh --long sets the variable.
func long() bool { return os.Getenv("PLACARD_LONG") != "" }

// inLong is how often something is done: in short, or in ./check.sh --long.
func inLong(short, many int) int {
	if long() {
		return many
	}
	return short
}

// The harm that a test does to a child process, by PLACARD_HARM: "KIND NUMBER [MORE]". Steps of the disk count from 1.
//
//	list FILE      writes a line for each step to the file: what it is, and the microseconds since the first one
//	kill N         the process is killed before step N
//	tear N         so it is, and a write at step N is done by half
//	after N MICROS the process is killed so many microseconds after step N begins
//	told N SIGNAL  the process is sent the signal before step N
//	fail N ERROR   step N and all after it that create, write or rename fail with the error
//	once N ERROR   step N fails with the error
func harm() {
	kind, rest, _ := strings.Cut(os.Getenv("PLACARD_HARM"), " ")
	if kind == "" {
		return
	}
	what, more, _ := strings.Cut(rest, " ")
	at, _ := strconv.Atoi(what)
	step, begun := 0, time.Time{}
	disk.Step = func(op disk.Op, name string) error {
		if step++; step == 1 {
			begun = time.Now()
		}
		switch {
		case kind == "list":
			return note(what, fmt.Sprintf("%s %d\n", op, time.Since(begun).Microseconds()))
		case kind == "fail" && step >= at && op != disk.Remove, kind == "once" && step == at:
			return &fs.PathError{Op: string(op), Path: name, Err: errnos[more]}
		case step != at || kind == "fail" || kind == "once":
			return nil
		case kind == "told":
			return tell(signals[more])
		case kind == "after":
			micros, _ := strconv.Atoi(more)
			time.AfterFunc(time.Duration(micros)*time.Microsecond, func() { die() })
			return nil
		case kind == "tear" && op == disk.Write:
			if err := os.WriteFile(name, []byte("{\"tor"), 0o644); err != nil {
				return err
			}
		}
		return die()
	}
}

var signals = map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM}

// tell sends the process a signal, and waits until it is heeded: this step is the last one that is done.
func tell(s syscall.Signal) error {
	arrived := make(chan os.Signal, 1)
	if signal.Ignored(s) {
		return syscall.Kill(os.Getpid(), s)
	}
	signal.Notify(arrived, s)
	err := syscall.Kill(os.Getpid(), s)
	<-arrived
	for !disk.Halting() {
		runtime.Gosched()
	}
	return err
}

// die kills the process, as kill -9 does.
func die() error {
	return errors.Join(syscall.Kill(os.Getpid(), syscall.SIGKILL), errors.New("not killed"))
}

func note(file, line string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}

// A diskStep is what a command did, and when it began, in microseconds after its first step.
type diskStep struct {
	op     disk.Op
	micros int
}

// stepsOf lists the steps of a command, run in a copy of the site.
func stepsOf(t *testing.T, site tree, args ...string) []diskStep {
	t.Helper()
	file := filepath.Join(t.TempDir(), "steps")
	if c := placard(t, site.copy(t), "list "+file, args...); c.code != 0 {
		t.Fatalf("exit code %d\n%s", c.code, c.output)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var steps []diskStep
	for line := range strings.Lines(string(data)) {
		op, micros, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(micros)
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, diskStep{disk.Op(op), n})
	}
	if len(steps) < 10 {
		t.Fatalf("only %d steps were listed", len(steps))
	}
	return steps
}

// A child is one run of placard in a process of its own.
type child struct {
	code   int            // -1 where it was ended by a signal
	signal syscall.Signal // which one that was
	output string
}

func (c child) says(words string) bool { return strings.Contains(c.output, words) }

func command(dir, harm string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command("placard", slices.Concat(args, []string{"--dir", dir})...) // runs share args
	// Without collecting garbage, so short a run needs a quarter less time.
	c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1767355200", "GOGC=off", "PLACARD_HARM="+harm)
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
	return ended(c, out)
}

// ended is a process that has ended.
func ended(c *exec.Cmd, out *bytes.Buffer) child {
	is := child{code: c.ProcessState.ExitCode(), output: out.String()}
	if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		is.signal = status.Signal()
	}
	return is
}

func good(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := placard(t, dir, "", args...)
	if c.code != 0 {
		t.Fatalf("placard %s: exit code %d\n%s", strings.Join(args, " "), c.code, c.output)
	}
	return c.output
}

// inParallel hands the jobs to as many workers as there are processors.
func inParallel[J any](t *testing.T, jobs []J, work func(t *testing.T, jobs <-chan J)) {
	t.Helper()
	next := make(chan J, len(jobs))
	for _, job := range jobs {
		next <- job
	}
	close(next)
	t.Run("runs", func(t *testing.T) {
		for range min(runtime.GOMAXPROCS(0), len(jobs)) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				work(t, next)
			})
		}
	})
}

// inCopies runs a test for each job in a copy of the site that is removed afterwards.
func inCopies[J any](t *testing.T, site tree, jobs []J, run func(t *testing.T, job J, dir string)) {
	t.Helper()
	inParallel(t, jobs, func(t *testing.T, jobs <-chan J) {
		for job := range jobs {
			dir := site.copy(t)
			run(t, job, dir)
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// some are all of the jobs in ./check.sh --long, and otherwise a choice of so many, the same each time.
func some[J any](jobs []J, short int) []J {
	if long() || len(jobs) <= short {
		return jobs
	}
	var chosen []J
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(len(jobs))[:short] {
		chosen = append(chosen, jobs[i])
	}
	return chosen
}
