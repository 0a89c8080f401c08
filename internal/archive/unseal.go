package archive

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"placard/internal/disk"
)

// nextLog is a LOG that is to take the place of LOG, in the folder of an unfinished release.
const nextLog = "LOG.next"

// LastStep returns the last lines of LOG that were sealed in one step, as far as they tell: a cancellation goes together with the
// version in place of its own, and with the others that name it.
func (a *Archive) LastStep() []Entry {
	last := len(a.Log) - 1
	first := last
	for ; first > 0 && a.insteadOf(a.Log[first]) != ""; first-- {
		if before := a.Log[first-1]; before.Notice != a.Log[last].Notice ||
			a.insteadOf(before) != a.insteadOf(a.Log[last]) && before.Name != a.insteadOf(a.Log[last]) {
			break
		}
	}
	return a.Log[first:]
}

// insteadOf is the name of the version in place of the one that a line cancels; or nothing.
func (a *Archive) insteadOf(e Entry) string {
	if e.Kind != KindCancellation {
		return ""
	}
	return a.folder(e).Record.Instead
}

// Unseal takes the last lines off LOG, with the folders that they seal, below root, the folder of the site, where Clear has found
// nothing or cleared it. It is for a release that nobody has seen. First LOG is copied to versions/.release/; then the shorter one
// takes its place, in one step: after that all is as if the release had been stopped before it was sealed, and Clear takes it back.
// What goes wrong then is returned as late, and the next Clear does the rest.
func (a *Archive) Unseal(root string, lines int) (late, err error) {
	shorter := logText(a.Log[:len(a.Log)-lines])
	err = disk.WriteFile(filepath.Join(Staged(root), LogFile), a.logData)
	if err == nil {
		err = a.putLog(root, shorter)
	}
	if err != nil {
		_, undone := Clear(root)
		return nil, errors.Join(err, undone)
	}
	late = disk.SyncDir(filepath.Join(root, Dir))
	_, cleared := Clear(root)
	return errors.Join(late, cleared), nil
}

// unchanged returns an error if somebody else changed LOG since it was read.
func (a *Archive) unchanged(root string) error {
	now, err := readLog(os.DirFS(root))
	if err == nil && !bytes.Equal(now, a.logData) {
		err = ErrLogChanged
	}
	return err
}

// putLog puts other bytes in the place of LOG, unless somebody else changed it since it was read. Without any there is no LOG.
func (a *Archive) putLog(root string, data []byte) error {
	if err := a.unchanged(root); err != nil {
		return err
	}
	log, next := filepath.Join(root, Dir, LogFile), filepath.Join(Staged(root), nextLog)
	if len(data) == 0 {
		return disk.RemoveFile(log)
	}
	if err := disk.WriteFile(next, data); err != nil {
		return err
	}
	if err := disk.SyncDirs(Staged(root)); err != nil {
		return err
	}
	return disk.Move(next, log)
}
