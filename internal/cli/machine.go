package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/disk"
)

// siteLock is the lock of whatever writes in versions/, at the root of the site.
const siteLock = ".placard.lock"

// lock takes a lock for a command.
func (p *program) lock(file, command string) (*disk.Lock, error) {
	l, err := disk.Take(file, p.owner(command))
	if err != nil {
		return nil, broken(err)
	}
	return l, nil
}

// owner is this run, as other runs are told of it.
func (p *program) owner(command string) disk.Owner {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return disk.Owner{PID: os.Getpid(), Host: host, Command: command, Since: time.Now().UTC().Truncate(time.Second)}
}

// The failures of a machine that somebody can do something about.
var failures = []struct {
	errno error
	id    string
}{
	{syscall.ENOSPC, "disk-full"},
	{syscall.EDQUOT, "disk-share"},
	{syscall.EIO, "disk-fails"},
	{syscall.EXDEV, "other-disk"},
	{syscall.ENOTDIR, "file-in-the-way"},
	{syscall.EROFS, "not-writable"},
	{fs.ErrPermission, "not-writable"},
	{syscall.EMFILE, "too-many-files"},
	{syscall.ENFILE, "too-many-files"},
}

// broken returns the error for a failure of the machine, such as a file that cannot be written, at the file that it is
// about; and for a lock that somebody else holds.
func broken(err error) error {
	var held *disk.HeldError
	if errors.As(err, &held) {
		at := diag.Position{File: filepath.ToSlash(held.File)}
		if held.Owner.Command == "" {
			return refuse(at, "locked-unnamed", nil)
		}
		return refuse(at, "locked", diag.Args{"Command": held.Owner.Command, "Since": held.Owner.Since.Format(time.DateTime) + " UTC",
			"PID": held.Owner.PID, "Host": held.Owner.Host})
	}
	if errors.Is(err, archive.ErrLogChanged) {
		return refuse(diag.Position{File: archive.Dir + "/" + archive.LogFile}, "log-changed", nil)
	}
	at, text := diag.Position{}, err.Error()
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &link):
		at.File, text = filepath.ToSlash(link.New), link.Err.Error()
	case errors.As(err, &file):
		at.File, text = filepath.ToSlash(file.Path), file.Err.Error()
	}
	for _, f := range failures {
		if errors.Is(err, f.errno) {
			var findings diag.Findings
			findings.Add(at, f.id, diag.Args{"Text": text})
			return &refused{findings}
		}
	}
	return refuse(at, "machine", diag.Args{"Text": text})
}

// warning is a finding that stops nothing.
func warning(at diag.Position, id string, args diag.Args) diag.Findings {
	var findings diag.Findings
	findings.Warn(at, id, args)
	return findings
}
