package disk

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// WriteAll writes all files below root, or none. Paths are relative to root; a file that is there is replaced, and the new
// one has its permissions. stage is a folder on the same disk that belongs to the caller alone; what is in it is removed.
//
// The new files, and copies of those that they replace, are written there first. After that only names change, also to
// undo it after an error. A process that is killed between two names leaves some files new and some old, each whole.
func WriteAll(root, stage string, files map[string][]byte) (err error) {
	if err := RemoveTree(stage); err != nil {
		return err
	}
	var undo []func() error
	defer func() {
		if err == nil {
			_ = RemoveTree(stage) // what is left of it is removed the next time
			return
		}
		for _, u := range slices.Backward(undo) {
			err = errors.Join(err, u())
		}
		err = errors.Join(err, RemoveTree(stage))
	}()
	fresh, old := filepath.Join(stage, "new"), filepath.Join(stage, "old")
	replaced := map[string]bool{}
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if err := WriteFile(filepath.Join(fresh, name), files[name]); err != nil {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		replaced[name] = true
		if err := WriteFile(filepath.Join(old, name), data); err != nil {
			return err
		}
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil {
			return err
		}
		for _, copied := range []string{fresh, old} {
			if err := os.Chmod(filepath.Join(copied, name), info.Mode().Perm()); err != nil {
				return err
			}
		}
	}
	for _, name := range names {
		file := filepath.Join(root, name)
		undo = append(undo, func() error { return RemoveEmpty(filepath.Dir(file), root) })
		if err := MkdirAll(filepath.Dir(file)); err != nil {
			return err
		}
		if err := Move(filepath.Join(fresh, name), file); err != nil {
			return err
		}
		undo = append(undo, func() error {
			if replaced[name] {
				return Move(filepath.Join(old, name), file)
			}
			return RemoveFile(file)
		})
		if err := SyncDir(filepath.Dir(file)); err != nil {
			return err
		}
	}
	return nil
}
