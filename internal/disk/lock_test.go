package disk

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var me = Owner{PID: os.Getpid(), Host: "here", Command: "placard test", Since: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}

// Whoever holds a lock is named; when it is let go, its file is gone.
func TestLockNamesItsOwner(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lock")
	l, err := Take(file, me)
	if err != nil {
		t.Fatal(err)
	}
	var held *HeldError
	if _, err := Take(file, Owner{Command: "another"}); !errors.As(err, &held) || held.Owner != me || held.File != file {
		t.Errorf("got %+v", err)
	}
	l.Release()
	if there, err := Exists(file); err != nil || there {
		t.Errorf("the file is left: %v", err)
	}
	l, err = Take(file, Owner{Command: "another"})
	if err != nil {
		t.Fatal(err)
	}
	l.Release()
}

// A file that nobody holds is free, whatever it says: its owner was killed, perhaps on another host that shared the disk, or its
// number is that of another process since.
func TestLockOfNobody(t *testing.T) {
	for name, says := range map[string]string{
		"a process that is gone":       `{"pid":4194304,"host":"here","command":"placard build","since":"2026-01-02T03:04:05Z"}`,
		"another host":                 `{"pid":1,"host":"elsewhere","command":"placard build","since":"2026-01-02T03:04:05Z"}`,
		"a number that was used again": `{"pid":1,"host":"here","command":"placard build","since":"2026-01-02T03:04:05Z"}`,
		"nothing":                      "",
		"something else":               "{\"tor",
	} {
		file := filepath.Join(t.TempDir(), "lock")
		put(t, file, says, 0o644)
		l, err := Take(file, me)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if o, ok := readOwner(file); !ok || o != me {
			t.Errorf("%s: the owner is %+v", name, o)
		}
		l.Release()
	}
}

// An owner that has not said who it is is held to be one nevertheless.
func TestLockUnnamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lock")
	l, err := Take(file, me)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	put(t, file, "", 0o644) // the same file, emptied
	var held *HeldError
	if _, err := Take(file, me); !errors.As(err, &held) || held.Owner.Command != "" {
		t.Errorf("got %+v", err)
	}
}

// A lock is not taken in a folder that is not there, nor where a folder has its name, and an error lets it go.
func TestLockFails(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{filepath.Join(dir, "none", "lock"), dir} {
		if _, err := Take(file, me); err == nil || errors.As(err, new(*HeldError)) {
			t.Errorf("%s: %v", file, err)
		}
	}
	file := filepath.Join(dir, "lock")
	for _, wrong := range []string{"create lock", "write lock"} {
		if _, err := steps(t, dir, func(s string) bool { return s == wrong }, func() error {
			_, err := Take(file, me)
			return err
		}); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", wrong, err)
		}
		l, err := Take(file, me)
		if err != nil {
			t.Errorf("after %s: %v", wrong, err)
			continue
		}
		l.Release()
	}
}

// However many take a lock at once, one at a time has it.
func TestLockAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lock")
	var group sync.WaitGroup
	var inside sync.Mutex
	took := make(chan bool, 8*50)
	for range 8 {
		group.Go(func() {
			for range 50 {
				l, err := Take(file, me)
				if err != nil {
					if !errors.As(err, new(*HeldError)) {
						t.Error(err)
					}
					continue
				}
				if !inside.TryLock() {
					t.Error("two have the lock")
					l.Release()
					continue
				}
				inside.Unlock()
				l.Release()
				took <- true
			}
		})
	}
	group.Wait()
	if len(took) == 0 {
		t.Error("nobody had the lock")
	}
}
