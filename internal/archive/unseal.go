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

// Unseal takes the last line off LOG, with the folder that it seals, below root, the folder of the site, where Clear has found
// nothing or cleared it. It is for a release that nobody has seen. First LOG is copied to versions/.release/; then the shorter one
// takes its place, in one step: after that all is as if the release had been stopped before it was sealed, and Clear takes it back.
// What goes wrong then is returned as late, and the next Clear does the rest.
func (a *Archive) Unseal(root string) (late, err error) {
	shorter := bytes.TrimSuffix(a.logData, []byte(a.Log[len(a.Log)-1].Line()))
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

// putLog puts other bytes in the place of LOG, unless somebody else changed it since it was read. Without any there is no LOG.
func (a *Archive) putLog(root string, data []byte) error {
	if now, err := readLog(os.DirFS(root)); err != nil {
		return err
	} else if !bytes.Equal(now, a.logData) {
		return ErrLogChanged
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
