//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// MayMove returns why files of the folder from cannot be moved into the folder to: it may not be written to, or is on another
// disk, or is a mount. Both are there; nothing is changed.
func MayMove(from, to string) error {
	if err := unix.Faccessat(unix.AT_FDCWD, to, unix.W_OK|unix.X_OK, unix.AT_EACCESS); err != nil {
		return &fs.PathError{Op: "write", Path: to, Err: err}
	}
	var here, there unix.Stat_t
	if err := errors.Join(unix.Stat(from, &here), unix.Stat(to, &there)); err != nil {
		return err
	}
	// One disk may be mounted at two places, and nothing can be renamed from one to the other. The kernel says so before it
	// looks whether there is a file of the name.
	const none = ".placard-none"
	err := os.Rename(filepath.Join(from, none), filepath.Join(to, none))
	if here.Dev != there.Dev || errors.Is(err, unix.EXDEV) {
		return &fs.PathError{Op: "move", Path: to, Err: unix.EXDEV}
	}
	return nil
}
