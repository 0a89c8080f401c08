package disk

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// An Owner is who holds a lock.
type Owner struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// A HeldError says that somebody else holds the lock. Owner is empty where the file does not say who.
type HeldError struct {
	File  string
	Owner Owner
}

func (e *HeldError) Error() string { return e.File + ": held by " + e.Owner.Command }

// A Lock is held from Take to Release, and no longer than the process lives: the kernel lets it go then, so a file that
// a killed run left is free.
type Lock struct {
	file string
	held *flock.Flock
}

// Take takes the lock that a file stands for, in a folder that is there. It does not wait for another owner, who is
// named in a HeldError.
func Take(file string, owner Owner) (*Lock, error) {
	data, err := json.Marshal(owner)
	if err != nil {
		return nil, err
	}
	for range takes {
		held, taken := flock.New(file, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o644)), false
		err := step(Create, file, func() (err error) {
			taken, err = held.TryLock()
			return err
		})
		if err != nil {
			return nil, errors.Join(err, held.Close())
		}
		if !taken {
			if other, ok := readOwner(file); ok {
				return nil, errors.Join(&HeldError{file, other}, held.Close())
			}
			// The owner has yet to write its name, or has just removed the file.
			time.Sleep(takePause)
			continue
		}
		if !isAt(held, file) { // the one who held it before has removed the file since we opened it
			if err := held.Close(); err != nil {
				return nil, err
			}
			continue
		}
		l := &Lock{file, held}
		l.note()
		if err := write(file, os.O_TRUNC, data, false); err != nil {
			l.Release()
			return nil, err
		}
		return l, nil
	}
	return nil, &HeldError{File: file}
}

// How often Take looks again, and how long it waits before, when an owner has not written its name.
const (
	takes     = 100
	takePause = 10 * time.Millisecond
)

func isAt(held *flock.Flock, file string) bool {
	ours, err := held.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(file)
	return err == nil && os.SameFile(ours, there)
}

func readOwner(file string) (Owner, bool) {
	var o Owner
	data, err := os.ReadFile(file)
	return o, err == nil && json.Unmarshal(data, &o) == nil
}

// Release removes the file and lets the lock go. A file that cannot be removed is no lock any more, so that is no
// error.
func (l *Lock) Release() {
	_ = RemoveFile(l.file)
	l.forget()
	_ = l.held.Close()
}

// ours are the locks that this process holds.
var ours struct {
	sync.Mutex
	locks []*Lock
}

func (l *Lock) note() {
	ours.Lock()
	defer ours.Unlock()
	ours.locks = append(ours.locks, l)
}

func (l *Lock) forget() {
	ours.Lock()
	defer ours.Unlock()
	ours.locks = slices.DeleteFunc(ours.locks, func(o *Lock) bool { return o == l })
}

// removeLocks removes the files of all locks of this process, which is about to end.
func removeLocks() {
	ours.Lock()
	defer ours.Unlock()
	for _, l := range ours.locks {
		_ = os.Remove(l.file) // one that is left is free all the same
	}
}

// Beside returns the name of something that belongs to a folder and lies beside it: ".public.lock" for "public".
func Beside(dir, what string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+"."+what)
}

// Exists reports whether there is something of this name, whatever it is.
func Exists(name string) (bool, error) {
	_, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
