// Package disk puts files in place so that a run which is killed, or a disk which is full, leaves nothing half-made:
// what is written is synced before it is counted on, and moved to its place by one rename. It also holds the lock of a
// run. It knows nothing of what the files say.
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// An Op is a kind of step.
type Op string

const (
	Create Op = "create" // a file or a folder
	Write  Op = "write"
	Sync   Op = "sync"
	Rename Op = "rename" // the name is that of the target
	Remove Op = "remove"
)

// Step is called before each step that changes the disk. What it returns is returned in place of the step. It is nil
// but for tests, which kill the process in it or let the disk be full.
var Step func(op Op, name string) error

// working is held by each step while it is done; Halt holds it for good.
var working sync.RWMutex

// step does one step.
func step(op Op, name string, do func() error) error {
	working.RLock()
	defer working.RUnlock()
	if Step != nil {
		if err := Step(op, name); err != nil {
			return err
		}
	}
	return do()
}

// Halt lets the steps that are being done end, and none begin after that; and it removes the files of the locks that are
// held. It is for a process that is about to end in the middle of its work, and says how far it came.
func Halt() {
	working.Lock()
	removeLocks()
}

// Halting reports whether Halt was called: from then on no step is begun.
func Halting() bool {
	if working.TryRLock() {
		working.RUnlock()
		return false
	}
	return true
}

// WriteFile writes a new file and syncs it, and the folders above it where they are not there. A file of the same name
// is an error.
func WriteFile(name string, data []byte) error {
	if err := MkdirAll(filepath.Dir(name)); err != nil {
		return err
	}
	return write(name, os.O_CREATE|os.O_EXCL, data, true)
}

// StageFile is WriteFile without the sync: SyncTree comes after it.
func StageFile(name string, data []byte) error {
	if err := MkdirAll(filepath.Dir(name)); err != nil {
		return err
	}
	return write(name, os.O_CREATE|os.O_EXCL, data, false)
}

func write(name string, flags int, data []byte, sync bool) (err error) {
	var f *os.File
	err = step(Create, name, func() (err error) {
		f, err = os.OpenFile(name, os.O_WRONLY|flags, 0o644)
		return err
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = step(Write, name, func() error {
		_, err := f.Write(data)
		return err
	})
	if err != nil || !sync {
		return err
	}
	return step(Sync, name, f.Sync)
}

// MkdirAll makes a folder and those above it.
func MkdirAll(name string) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	if up := filepath.Dir(name); up != name {
		if err := MkdirAll(up); err != nil {
			return err
		}
	}
	err := step(Create, name, func() error { return os.Mkdir(name, 0o755) })
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "mkdir", Path: name, Err: errors.New("a file has this name")}
	}
	return err
}

// SyncDir makes what was created, renamed and removed in a folder last through a loss of power.
func SyncDir(name string) error {
	return step(Sync, name, func() error {
		if runtime.GOOS == "windows" { // folders cannot be synced there
			return nil
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// SyncDirs syncs a folder and all folders below it.
func SyncDirs(root string) error {
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return SyncDir(name)
	})
}

// Move renames a file or folder. A file at the target is replaced, in one step.
func Move(from, to string) error {
	return step(Rename, to, func() error { return os.Rename(from, to) })
}

// RemoveFile removes a file or an empty folder. That it is not there is no error.
func RemoveFile(name string) error {
	err := step(Remove, name, func() error { return os.Remove(name) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// RemoveTree removes a folder with all that is in it, one thing after the other. That it is not there is no error.
func RemoveTree(root string) error {
	entries, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if info, e := os.Lstat(root); e == nil && !info.IsDir() {
		return RemoveFile(root)
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(root, e.Name())
		remove := RemoveFile
		if e.IsDir() {
			remove = RemoveTree
		}
		if err := remove(name); err != nil {
			return err
		}
	}
	return RemoveFile(root)
}

// RemoveEmpty removes the folder and those above it as long as they are empty, but not stop nor what is above it.
func RemoveEmpty(name, stop string) error {
	for name != stop && len(name) > len(stop) {
		entries, err := os.ReadDir(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case len(entries) > 0:
			return nil
		default:
			if err := RemoveFile(name); err != nil {
				return err
			}
		}
		name = filepath.Dir(name)
	}
	return nil
}
