package archive

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
)

// A Release is a folder that is ready to be sealed: every byte of it, and its line.
type Release struct {
	Entry Entry
	// Files are the contents of the sealed folder by path relative to it.
	Files map[string][]byte
	// version is the one that is supplemented; nil for a version.
	version *Version
}

// Prepare makes a release of a draft. It reads the draft's files and writes nothing. name is that of the version,
// published the day on which it is made public.
func (a *Archive) Prepare(draft *notice.Document, name, published string) (*Release, error) {
	return a.prepare(draft, draft.Locales(), Entry{Kind: KindVersion, Name: name, Published: published}, nil)
}

// PrepareSupplement makes a release of the draft of a supplement to a version, as Prepare does.
func (a *Archive) PrepareSupplement(v *Version, draft *notice.Document, published string) (*Release, error) {
	e := Entry{Kind: KindTranslation, Name: notice.ReadingName(v.Name(), len(v.Supplements)+1), Published: published}
	return a.prepare(draft, draft.Added, e, v)
}

func (a *Archive) prepare(draft *notice.Document, locales []string, e Entry, v *Version) (*Release, error) {
	e.Number, e.Notice, e.Previous = len(a.Log)+1, draft.Slug, a.Head()
	r := &Release{Entry: e, Files: map[string][]byte{}, version: v}
	sums := Sums{}
	names, err := draftFiles(a.site, draft.Dir)
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
	r.Files[RecordFile] = newRecord(draft, locales, e, r.Files).Bytes()
	sums[RecordFile] = Hash(r.Files[RecordFile])
	r.Files[SumsFile] = sums.Bytes()
	r.Entry.Seal = Hash(r.Files[SumsFile])
	return r, nil
}

// open reads what was written of the release, as Open will.
func (r *Release) open(site fs.FS) diag.Findings {
	v, number := &Version{}, 0
	var findings diag.Findings
	if r.version == nil {
		v, findings = openVersion(site, r.Entry)
	} else {
		v, findings = r.version.openSupplement(site, r.Entry)
		number = len(v.Supplements)
	}
	if findings.Errors() == 0 {
		findings = append(findings, v.verify(number)...)
	}
	return findings
}

// draftFiles are those of a draft, without the drafts of supplements that lie in its folder.
func draftFiles(site fs.FS, dir string) ([]string, error) {
	names, err := ownFiles(site, dir)
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, notice.SupplementsDir+"/") }), err
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
