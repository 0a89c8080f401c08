package archive

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
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

// A Likeness is how the files of a draft stand to those of a version.
type Likeness struct {
	// Same is whether they are the same, but for the locales that are listed.
	Same bool
	// Late are the locales of the draft in which the version is not offered, Other those in which the draft has other texts. Both
	// are sorted.
	Late, Other []string
}

// Compare compares the files of a draft with those of a version as it reads with its supplements, byte by byte. What both
// say of their changes and record of their translations is not compared: it is about the text, and no part of it.
func (a *Archive) Compare(draft *notice.Document, v *Version) (Likeness, error) {
	like := Likeness{Same: true}
	names := slices.Concat(draft.Files, v.Document.Files)
	slices.Sort(names)
	other := map[string]bool{}
	for _, name := range slices.Compact(names) {
		if name == notice.SumFile || strings.HasPrefix(name, "changes.") {
			continue
		}
		locale := notice.LocaleOf(name)
		if draft.Texts[locale] != nil && v.Document.Texts[locale] == nil {
			continue // listed as late
		}
		same, err := a.sameFile(draft, v, name)
		switch {
		case err != nil:
			return Likeness{}, err
		case same, onlyTranslationsLink(draft, v.Document, name), onlyTranslationsLink(v.Document, draft, name):
		case locale != "" && v.Document.Facts.MaySupplement(locale) && draft.Texts[locale] != nil:
			other[locale] = true
		default:
			like.Same = false
		}
	}
	for _, locale := range draft.Locales() {
		if v.Document.Texts[locale] == nil {
			like.Late = append(like.Late, locale)
		}
	}
	like.Other = slices.Sorted(maps.Keys(other))
	return like, nil
}

// onlyTranslationsLink reports whether an attachment is in the first document alone, and only translations link to it: then it
// counts as a part of these.
func onlyTranslationsLink(has, lacks *notice.Document, name string) bool {
	if !slices.Contains(has.Attachments, name) || slices.Contains(lacks.Attachments, name) {
		return false
	}
	return slices.Contains(has.OnlyFor(has.Translations()), name)
}

// Repeats reports whether the draft of a supplement to a version says nothing that the version does not say already.
func (a *Archive) Repeats(draft *notice.Document, v *Version) (bool, error) {
	own, err := draftFiles(a.site, draft.Dir)
	if err != nil {
		return false, err
	}
	for _, name := range slices.Concat(own, v.Document.Files) {
		if name == notice.SumFile || !slices.Contains(own, name) && !slices.Contains(draft.Added, notice.LocaleOf(name)) {
			continue
		}
		if same, err := a.sameFile(draft, v, name); err != nil || !same {
			return false, err
		}
	}
	// Neither can be read, or both can: a draft with errors is not asked.
	now, _ := translation.ReadSum(draft)
	before, _ := translation.ReadSum(v.Document)
	for _, locale := range draft.Added {
		if !maps.Equal(now[locale], before[locale]) {
			return false, nil
		}
	}
	return true, nil
}

// sameFile reports whether a file of a draft has the bytes that it has in a version.
func (a *Archive) sameFile(draft *notice.Document, v *Version, name string) (bool, error) {
	if !slices.Contains(draft.Files, name) || !slices.Contains(v.Document.Files, name) {
		return false, nil
	}
	data, err := fs.ReadFile(a.site, draft.At(name))
	if err != nil {
		return false, err
	}
	if name == notice.FactsFile {
		data = draft.Facts.Offering(data, v.readings[0].Facts.LocaleNames())
	}
	return Hash(data) == v.hash(name), nil
}

// hash is that of a file of the version as it reads, by path relative to its folder.
func (v *Version) hash(name string) string {
	for i := len(v.Supplements); i > 0; i-- {
		if f := v.folder(i); f.sums[name] != "" && v.Document.At(name) == path.Join(f.Entry.Folder(), name) {
			return f.sums[name]
		}
	}
	return v.sums[name]
}
