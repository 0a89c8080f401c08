// Package output puts a finished site in its place: minified, listed with hashes, and moved in file by file, so that
// every page is whole at any moment. It knows files and folders, and nothing of what they say.
package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"placard/internal/disk"
)

// ManifestFile lists what Placard made, in the folder that it made. A folder that has none was made by somebody
// else and is never written to.
const ManifestFile = ".placard/manifest.json"

// What a target may be that is no folder to build into.
var (
	ErrForeign = errors.New("a folder that was not made by placard")
	ErrFile    = errors.New("a file")
	ErrLink    = errors.New("a link")
)

// A StrangersError is files in a folder which Placard made that Placard did not put there. Paths are relative to the folder.
type StrangersError struct{ Paths []string }

func (e *StrangersError) Error() string { return "not made by placard: " + strings.Join(e.Paths, ", ") }

// Check reports why out cannot be a target: ErrForeign, ErrFile, ErrLink, or an error of the file system.
func Check(out string) error {
	info, err := os.Lstat(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return ErrLink
	case !info.IsDir():
		return ErrFile
	}
	if begun, err := Pending(out); err != nil || begun {
		return err // the manifest comes last
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) == 0 {
		return err
	}
	there, err := disk.Exists(inFolder(out, ManifestFile))
	if err == nil && !there {
		err = ErrForeign
	}
	return err
}

// A Target is a folder that this run alone writes to.
type Target struct {
	dir   string
	lock  *disk.Lock
	above string // the nearest folder above it that was there before
}

// Claim takes the lock of a folder, which need not be there yet, and brings to an end what a run left that was stopped
// (Resume). A folder that Check refuses is not claimed.
func Claim(out string, owner disk.Owner) (*Target, Left, error) {
	if err := Check(out); err != nil {
		return nil, Nothing, err
	}
	t := &Target{dir: out, above: filepath.Dir(out)}
	for {
		if there, err := disk.Exists(t.above); err != nil {
			return nil, Nothing, err
		} else if there {
			break
		}
		t.above = filepath.Dir(t.above)
	}
	var err error
	if err = disk.MkdirAll(filepath.Dir(out)); err == nil {
		t.lock, err = disk.Take(disk.Beside(out, "lock"), owner)
	}
	if err != nil {
		return nil, Nothing, errors.Join(err, disk.RemoveEmpty(filepath.Dir(out), t.above))
	}
	left, err := Resume(out)
	if err == nil {
		err = Check(out)
	}
	if err != nil {
		t.Release()
		return nil, left, err
	}
	return t, left, nil
}

// Release lets the folder go, and what was staged and not put in place.
func (t *Target) Release() {
	// What is left of it is discarded by the next run.
	if begun, err := Pending(t.dir); err == nil && !begun {
		_ = disk.RemoveTree(Staged(t.dir))
	}
	t.lock.Release()
	// The folders above were made for it, and are not wanted if it was not. That they are left is no fault.
	_ = disk.RemoveEmpty(filepath.Dir(t.dir), t.above)
}

// Put makes the folder hold the tree and nothing else. What is there already with the same bytes is not touched. All
// else lies beside the folder, and nothing has changed until it is complete there; then each file is moved to its place,
// and what is in the tree no more is removed. An error after that begun is a PendingError.
func (t *Tree) Put() error {
	listed, err := t.manifest()
	if err != nil {
		return err
	}
	there, err := t.there()
	if err != nil {
		return err
	}
	stage := Staged(t.target.dir)
	j, err := t.journal(listed, there)
	if err == nil && len(j.Steps) > 0 {
		if err = j.reach(t.target.dir); err == nil {
			err = j.write(stage)
		}
	}
	if err != nil || len(j.Steps) == 0 {
		return errors.Join(err, discard(stage))
	}
	return j.apply(t.target.dir, stage)
}

// there returns the files in the folder that the last manifest lists, the manifest among them. Any other is an error,
// but for one that already is as the tree has it.
func (t *Tree) there() (map[string]bool, error) {
	dir := t.target.dir
	found, old := map[string]bool{}, manifest{}
	data, err := os.ReadFile(inFolder(dir, ManifestFile))
	if err == nil {
		err = json.Unmarshal(data, &old)
		if err != nil {
			err = &StrangersError{[]string{ManifestFile}}
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var strangers []string
	err = filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if _, ours := old.Files[name]; !ours && !strings.HasPrefix(name, ".placard/") {
			if e, wanted := t.files[name]; !wanted || e.staged {
				strangers = append(strangers, name)
				return nil
			}
		}
		found[name] = true
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(strangers) > 0 {
		return nil, &StrangersError{strangers}
	}
	return found, nil
}

// same reports whether the folder has a regular file of these bytes.
func (t *Target) same(name string, data []byte) (bool, error) {
	info, err := os.Lstat(inFolder(t.dir, name))
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, ignoreAbsent(err)
	}
	now, err := os.ReadFile(inFolder(t.dir, name))
	return err == nil && bytes.Equal(now, data), ignoreAbsent(err)
}

// stage writes a file beside the folder if it is new in it or different, and reports whether it did.
func (t *Target) stage(name string, data []byte) (bool, error) {
	if same, err := t.same(name, data); err != nil || same {
		return false, err
	}
	return true, disk.StageFile(inFolder(filepath.Join(Staged(t.dir), stagedFiles), name), data)
}

// journal returns the steps that put in place what was staged. there is what the folder has.
func (t *Tree) journal(listed []byte, there map[string]bool) (*journal, error) {
	j := &journal{Format: journalFormat}
	folders := map[string][]string{} // what is there, by the folders that it is in, in lower case
	for name := range there {
		for up := range parents(name) {
			folders[strings.ToLower(up)] = append(folders[strings.ToLower(up)], name)
		}
	}
	asFile := map[string]string{}
	for name := range there {
		asFile[strings.ToLower(name)] = name
	}
	removed := map[string]bool{}
	remove := func(names ...string) {
		slices.Sort(names)
		for _, name := range names {
			if !removed[name] {
				removed[name] = true
				j.Steps = append(j.Steps, step{Remove: name})
			}
		}
	}
	in := func(name, hash string) {
		// What is a file and must be a folder, or the other way round, goes just before. It is in no tree that has this path.
		remove(folders[strings.ToLower(name)]...)
		for up := range parents(name) {
			if file, ok := asFile[strings.ToLower(up)]; ok {
				remove(file)
			}
		}
		j.Steps = append(j.Steps, step{Place: name, Hash: hash})
	}
	for _, name := range t.order() {
		if e := t.files[name]; e.staged {
			in(name, e.hash)
		}
	}
	if staged, err := t.target.stage(ManifestFile, listed); err != nil {
		return j, err
	} else if staged {
		in(ManifestFile, hash(listed))
	}
	var gone []string
	for name := range there {
		if _, stays := t.files[name]; !stays && name != ManifestFile {
			gone = append(gone, name)
		}
	}
	remove(gone...)
	return j, nil
}

func inFolder(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) || isNotDir(err) {
		return nil
	}
	return err
}

// A PendingError is what went wrong while files were moved to their places. Every file is whole, old or new; the rest
// is done by the next run.
type PendingError struct{ Err error }

func (e *PendingError) Error() string { return fmt.Sprintf("not finished: %v", e.Err) }
func (e *PendingError) Unwrap() error { return e.Err }
