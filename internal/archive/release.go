package archive

import (
	"io/fs"
	"path"
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
	names, err := ownFiles(a.site, draft.Dir)
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
// changes and record of their translations is not compared: it is about the text, and no part of it.
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
	names, err := ownFiles(a.site, doc.Dir)
	return slices.DeleteFunc(names, func(name string) bool {
		return name == RecordFile || name == SumsFile || name == notice.SumFile || strings.HasPrefix(name, "changes.")
	}), err
}
