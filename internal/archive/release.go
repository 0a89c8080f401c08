package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"placard/internal/notice"
)

// A Release is a version that is ready to be sealed: every byte of its folder, and its line.
type Release struct {
	Entry Entry
	// Files are the contents of the sealed folder by path relative to it.
	Files map[string][]byte
}

// Prepare makes a release of a draft. It reads the draft's files and writes nothing. name is that of the version,
// published the day on which it is made public.
func (a *Archive) Prepare(draft *notice.Document, name, published string) (*Release, error) {
	r := &Release{Files: map[string][]byte{}}
	sums := Sums{}
	names, err := list(a.site, draft.Dir)
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		data, err := fs.ReadFile(a.site, path.Join(draft.Dir, n))
		if err != nil {
			return nil, err
		}
		r.Files[n], sums[n] = data, Hash(data)
	}
	r.Files[RecordFile] = newRecord(draft, name, published, r.Files).Bytes()
	sums[RecordFile] = Hash(r.Files[RecordFile])
	r.Files[SumsFile] = sums.Bytes()
	r.Entry = Entry{
		Number: len(a.Log) + 1, Kind: KindVersion, Notice: draft.Slug, Name: name, Published: published,
		Seal: Hash(r.Files[SumsFile]), Previous: a.Head(),
	}
	return r, nil
}

// Head returns the SHA-256 of the last line of LOG; NoPrevious while there is none.
func (a *Archive) Head() string {
	if len(a.Log) == 0 {
		return NoPrevious
	}
	return Hash([]byte(a.Log[len(a.Log)-1].Line()))
}

// Seal writes the release below root, the folder of the site: the folder beside its place, then moved there, then
// the line of LOG, which alone makes it a version.
func (a *Archive) Seal(root string, r *Release) (err error) {
	target := filepath.Join(root, filepath.FromSlash(r.Entry.Folder()))
	staged := filepath.Join(filepath.Dir(target), ".staged-"+r.Entry.Name)
	if _, err := os.Lstat(target); err == nil {
		return fmt.Errorf("%s: %w", r.Entry.Folder(), fs.ErrExist)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(staged, 0o755); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(staged))
		}
	}()
	for name, data := range r.Files {
		file := filepath.Join(staged, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := write(file, os.O_CREATE|os.O_EXCL, data); err != nil {
			return err
		}
	}
	if err := os.Rename(staged, target); err != nil {
		return err
	}
	if err := a.appendLine(root, r.Entry); err != nil {
		// Without its line the folder is no version; take it back.
		return errors.Join(err, os.RemoveAll(target))
	}
	return nil
}

// ErrLogChanged says that somebody else released since the archive was read.
var ErrLogChanged = errors.New("LOG has changed since it was read")

// appendLine replaces LOG by one with a line more, if it is still what was read.
func (a *Archive) appendLine(root string, e Entry) error {
	log := filepath.Join(root, Dir, LogFile)
	now, err := os.ReadFile(log)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if string(now) != string(a.logData) {
		return ErrLogChanged
	}
	staged := filepath.Join(root, Dir, ".staged-"+LogFile)
	err = write(staged, os.O_CREATE|os.O_TRUNC, append(now, e.Line()...))
	if err == nil {
		err = os.Rename(staged, log)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(staged))
	}
	return nil
}

func write(name string, flags int, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|flags, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// Newest returns the newest version of a notice, or nil.
func (t Timeline) Newest() *Version {
	if len(t) == 0 {
		return nil
	}
	return t[len(t)-1]
}

// LastPublished returns the day of the last line of LOG, or nothing.
func (a *Archive) LastPublished() string {
	if len(a.Log) == 0 {
		return ""
	}
	return a.Log[len(a.Log)-1].Published
}

// SameFiles reports whether a draft has the same files with the same bytes as a version. What both say of their
// changes is not compared: it is about the text, and no part of it.
func (a *Archive) SameFiles(draft *notice.Document, v *Version) (bool, error) {
	own, err := a.compared(draft)
	if err != nil {
		return false, err
	}
	sealed, err := a.compared(v.Document)
	if err != nil || !slices.Equal(own, sealed) {
		return false, err
	}
	for _, n := range own {
		x, err := fs.ReadFile(a.site, path.Join(draft.Dir, n))
		if err != nil {
			return false, err
		}
		y, err := fs.ReadFile(a.site, path.Join(v.Document.Dir, n))
		if err != nil {
			return false, err
		}
		if string(x) != string(y) {
			return false, nil
		}
	}
	return true, nil
}

func (a *Archive) compared(doc *notice.Document) ([]string, error) {
	names, err := list(a.site, doc.Dir)
	return slices.DeleteFunc(names, func(name string) bool {
		return name == RecordFile || name == SumsFile || strings.HasPrefix(name, "changes.")
	}), err
}
