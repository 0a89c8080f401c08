package archive

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/signature"
)

// A Release is a folder that is ready to be sealed: every byte of it, and its line.
type Release struct {
	Entry Entry
	// Files are the contents of the sealed folder by path relative to it.
	Files map[string][]byte
	// version is the one that is supplemented; nil for a version and for keys.
	version *Version
	// signers are those that a list of keys seals.
	signers          signature.List
	lines, signature []byte
}

// seal makes the record, the list of hashes and the seal of what is released. doc is the document that it is part of, with the
// texts in some locales; nil where it has none.
func (r *Release) seal(doc *notice.Document, locales []string, said Statement) {
	r.Files[RecordFile] = newRecord(doc, locales, r.Entry, said, r.Files).Bytes()
	sums := Sums{}
	for name, data := range r.Files {
		sums[name] = Hash(data)
	}
	r.Files[SumsFile] = sums.Bytes()
	r.Entry.Seal = Hash(r.Files[SumsFile])
}

// Prepare makes a release of a draft. It reads the draft's files and writes nothing. name is that of the version,
// published the day on which it is made public.
func (a *Archive) Prepare(draft *notice.Document, name, published string, said Statement) (*Release, error) {
	return a.prepare(draft, draft.Locales(), Entry{Kind: KindVersion, Name: name, Published: published}, nil, said)
}

// PrepareSupplement makes a release of the draft of a supplement to a version, translations or an erratum, as Prepare does.
func (a *Archive) PrepareSupplement(v *Version, draft *notice.Document, published string, said Statement) (*Release, error) {
	kind := KindTranslation
	if len(draft.Corrected()) > 0 {
		kind = KindErratum
	}
	return a.prepare(draft, draft.Added, v.next(kind, published), v, said)
}

// PrepareStatement makes a release that only says something of a version: its cancellation, or the end of the notice with it.
func (a *Archive) PrepareStatement(v *Version, kind, published string, said Statement) *Release {
	r := &Release{Entry: a.follow(v.next(kind, published), v.Entry.Notice), Files: map[string][]byte{}, version: v}
	r.seal(nil, nil, said)
	return r
}

// PrepareAgain makes a release of what a version says, with its supplements, as a version of another name.
func (a *Archive) PrepareAgain(v *Version, name, published string) (*Release, error) {
	doc := v.Document
	r := &Release{Entry: a.follow(Entry{Kind: KindVersion, Name: name, Published: published}, v.Entry.Notice), Files: map[string][]byte{}}
	for _, file := range doc.Files {
		data, err := fs.ReadFile(a.site, doc.At(file))
		if err != nil {
			return nil, err
		}
		r.Files[file] = data
	}
	if delete(r.Files, notice.SumFile); doc.Sum != nil {
		r.Files[notice.SumFile] = doc.Sum
	}
	first := &v.readings[0].Facts
	for _, locale := range slices.Backward(doc.Facts.LocaleNames()) { // each is put behind the last one of the first
		if first.HasLocale(locale) {
			continue
		}
		data, ok := first.WithLocale(r.Files[notice.FactsFile], locale)
		if !ok {
			return nil, fmt.Errorf("%s: %q cannot be added to the locales as they are written", first.File, locale)
		}
		r.Files[notice.FactsFile] = data
	}
	r.seal(doc, doc.Locales(), Statement{})
	return r, nil
}

// NameFor returns the name of a further version of a notice that applies from a day: the day, with a number where there was one
// for that day.
func (a *Archive) NameFor(slug, day string) string {
	name := day
	for n := 2; a.Version(slug, name) != nil; n++ {
		name = fmt.Sprintf("%s.%d", day, n)
	}
	return name
}

// next is the entry of a further supplement to the version.
func (v *Version) next(kind, published string) Entry {
	return Entry{Kind: kind, Name: notice.ReadingName(v.Name(), len(v.Supplements)+1), Published: published}
}

// follow puts an entry behind the last line of LOG.
func (a *Archive) follow(e Entry, slug string) Entry {
	e.Number, e.Notice, e.Previous = len(a.Log)+1, slug, a.Head()
	return e
}

func (a *Archive) prepare(draft *notice.Document, locales []string, e Entry, v *Version, said Statement) (*Release, error) {
	r := &Release{Entry: a.follow(e, draft.Slug), Files: map[string][]byte{}, version: v}
	names, err := draftFiles(a.site, draft.Dir)
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if r.Files[n], err = fs.ReadFile(a.site, path.Join(draft.Dir, n)); err != nil {
			return nil, err
		}
	}
	r.seal(draft, locales, said)
	return r, nil
}

// open reads what was written of the release, as Open will.
func (r *Release) open(site fs.FS) diag.Findings {
	if r.signers != nil {
		k, findings := openKeys(site, r.Entry)
		if findings.Errors() == 0 {
			findings = append(findings, k.onlySays()...)
		}
		return findings
	}
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

// LastPublished returns the latest day of the lines of LOG, or nothing.
func (a *Archive) LastPublished() string {
	last := ""
	for _, e := range a.Log {
		last = max(last, e.Published)
	}
	return last
}

// LastKnown returns the instant from which all lines of LOG are known, in the zone of the latest of them; the zero time where there is none.
func (a *Archive) LastKnown() time.Time {
	var last time.Time
	for _, e := range a.Log {
		if t := Midnight(e.Published, a.zone(e)); t.After(last) {
			last = t
		}
	}
	return last
}
