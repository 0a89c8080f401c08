package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// SyncTree makes all files below a folder last through a loss of power: in one go for the file system, since one sync
// a file takes minutes for a large site.
func SyncTree(root string) error {
	return step(Sync, root, func() error {
		f, err := os.Open(root)
		if err != nil {
			return err
		}
		return errors.Join(os.NewSyscallError("syncfs", unix.Syncfs(int(f.Fd()))), f.Close())
	})
}
