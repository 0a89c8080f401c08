package output

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"placard/internal/disk"
)

const (
	// stageSuffix names the folder beside the target in which a run prepares what it will put there.
	stageSuffix = "staged"
	// stagedFiles holds the files, in that folder, at the paths that they will have.
	stagedFiles = "files"
	// journalFile is there once all of it is complete, and until all of it is in place.
	journalFile = "journal.json"
)

// A journal is the steps that put a new site in place, in order.
type journal struct {
	Format int    `json:"format"`
	Steps  []step `json:"steps"`
}

// A step moves a staged file to its place, or removes a file. Paths are relative to the target, with slashes.
type step struct {
	Place  string `json:"place,omitempty"`
	Hash   string `json:"sha256,omitempty"` // of the file to place
	Remove string `json:"remove,omitempty"`
}

// Left is what a run that was stopped had left.
type Left int

const (
	Nothing   Left = iota
	Discarded      // it was stopped while it prepared: nothing was changed
	Completed      // it was stopped while it put files in place: the rest was done
)

// journalFormat is the number of the form of journals that this program writes and reads.
const journalFormat = 1

// ErrFormat says that a stopped run was one of another version of the program, so what it left cannot be read.
var ErrFormat = errors.New("what a stopped run had left has another format")

// ErrJournal says that what a stopped run had left is not as it was left, so it can be neither completed nor discarded.
var ErrJournal = errors.New("what a stopped run had left was altered")

// Staged returns the folder in which a run prepares what it will put into out.
func Staged(out string) string { return disk.Beside(out, stageSuffix) }

// Pending reports whether a run was stopped while it put files in place, so that the folder is partly the old site
// and partly the new one. Resume completes it.
func Pending(out string) (bool, error) {
	return disk.Exists(filepath.Join(Staged(out), journalFile))
}

// Resume brings to an end what a stopped run had begun: it completes it where it was prepared completely, and otherwise
// discards it. It may be called only by who holds the lock of the folder.
func Resume(out string) (Left, error) {
	stage := Staged(out)
	data, err := os.ReadFile(filepath.Join(stage, journalFile))
	if errors.Is(err, fs.ErrNotExist) {
		there, err := disk.Exists(stage)
		if err != nil || !there {
			return Nothing, err
		}
		return Discarded, disk.RemoveTree(stage)
	}
	if err != nil {
		return Nothing, err
	}
	var j journal
	why := error(nil)
	switch err := json.Unmarshal(data, &j); {
	case j.Format > 0 && j.Format != journalFormat:
		why = ErrFormat
	case err != nil || j.Format != journalFormat:
		why = ErrJournal
	}
	if why != nil {
		return Nothing, &fs.PathError{Op: "resume", Path: filepath.Join(stage, journalFile), Err: why}
	}
	if err := j.check(out, stage); err != nil {
		return Nothing, err
	}
	return Completed, j.apply(out, stage)
}

// check finds whether each file is staged, or in place already.
func (j *journal) check(out, stage string) error {
	for _, s := range j.Steps {
		for _, name := range []string{s.Place, s.Remove} {
			if name != "" && !filepath.IsLocal(filepath.FromSlash(name)) {
				return &fs.PathError{Op: "resume", Path: filepath.Join(stage, journalFile), Err: ErrJournal}
			}
		}
		if s.Place == "" {
			continue
		}
		file := inFolder(filepath.Join(stage, stagedFiles), s.Place)
		data, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			file = inFolder(out, s.Place)
			data, err = os.ReadFile(file)
		}
		if err != nil && ignoreAbsent(err) != nil {
			return err
		}
		if err != nil || hash(data) != s.Hash {
			return &fs.PathError{Op: "resume", Path: file, Err: ErrJournal}
		}
	}
	return nil
}

// write makes the journal whole, after everything that it speaks of.
func (j *journal) write(stage string) error {
	data, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		return err
	}
	if err := disk.SyncTree(stage); err != nil {
		return err
	}
	begun := filepath.Join(stage, journalFile+".new")
	if err := disk.WriteFile(begun, append(data, '\n')); err != nil {
		return err
	}
	if err := disk.Move(begun, filepath.Join(stage, journalFile)); err != nil {
		return err
	}
	return errors.Join(disk.SyncDir(stage), disk.SyncDir(filepath.Dir(stage)))
}

// reach finds whether files can be moved, from beside the target, to all the folders that they go to, so that what can be known
// before is not found out half-way.
func (j *journal) reach(out string) error {
	beside := filepath.Dir(out)
	looked := map[string]bool{}
	for _, s := range j.Steps {
		folder := filepath.Dir(inFolder(out, s.Place+s.Remove)) // a step has one of the two
		for ; !looked[folder] && len(folder) >= len(beside); folder = filepath.Dir(folder) {
			looked[folder] = true
			if info, err := os.Stat(folder); err != nil || !info.IsDir() {
				continue // it will be made, in the one above it
			}
			if err := disk.MayMove(beside, folder); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// apply does the steps in order. A step that is done already is not done again: the staged file is gone. An error is a
// PendingError.
func (j *journal) apply(out, stage string) error {
	placed := map[string]string{}
	for _, s := range j.Steps {
		placed[strings.ToLower(s.Place)] = s.Place
	}
	for _, s := range j.Steps {
		var err error
		if s.Remove != "" {
			err = remove(out, s.Remove, placed[strings.ToLower(s.Remove)])
		} else {
			err = place(inFolder(filepath.Join(stage, stagedFiles), s.Place), inFolder(out, s.Place))
		}
		if err != nil {
			return &PendingError{err}
		}
	}
	if err := disk.SyncTree(out); err != nil {
		return &PendingError{err}
	}
	if err := discard(stage); err != nil {
		return &PendingError{err}
	}
	return nil
}

// discard removes what was staged. Without the journal, which goes first, the next run would do that too.
func discard(stage string) error {
	if err := disk.RemoveFile(filepath.Join(stage, journalFile)); err != nil {
		return err
	}
	return disk.RemoveTree(stage)
}

func place(staged, file string) error {
	if there, err := disk.Exists(staged); err != nil || !there {
		return err
	}
	from, to := filepath.Dir(staged), filepath.Dir(file)
	whole, err := movesWhole(from, to)
	if err != nil {
		return err
	}
	if whole {
		staged, file = from, to
	}
	if err := disk.MkdirAll(filepath.Dir(file)); err != nil {
		return err
	}
	// An empty folder of this name is nobody's.
	if info, err := os.Lstat(file); err == nil && info.IsDir() {
		if err := disk.RemoveFile(file); err != nil {
			return err
		}
	}
	return disk.Move(staged, file)
}

// movesWhole reports whether a staged folder can go to its place as it is: there is none yet, and it holds one file, as
// that of most pages does.
func movesWhole(from, to string) (bool, error) {
	if there, err := disk.Exists(to); err != nil || there {
		return false, ignoreAbsent(err)
	}
	entries, err := os.ReadDir(from)
	return len(entries) == 1, err
}

// remove removes a file, and the folders that it leaves empty. Where a folder has its name now it is gone already; so it is
// where other, which differs in upper and lower case only, is the same file on this system.
func remove(out, name, other string) error {
	file := inFolder(out, name)
	info, err := os.Lstat(file)
	switch {
	case err != nil && ignoreAbsent(err) != nil:
		return err
	case err == nil && !info.IsDir() && !(other != "" && isSame(info, inFolder(out, other))):
		if err := disk.RemoveFile(file); err != nil {
			return err
		}
	}
	if isNotDir(err) {
		return nil
	}
	return disk.RemoveEmpty(filepath.Dir(file), out)
}

func isSame(info fs.FileInfo, file string) bool {
	now, err := os.Lstat(file)
	return err == nil && os.SameFile(info, now)
}

func isNotDir(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
