package archive

import (
	"io/fs"
	"maps"
	"path"
	"slices"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// A Version is a sealed version with what was sealed later on it.
type Version struct {
	Folder
	// Document is the version as it reads with its supplements.
	Document *notice.Document
	// Supplements are in the order in which they were sealed.
	Supplements []*Folder

	readings []*notice.Document // as it was sealed first, and with each further supplement
}

// openVersion checks the folder of a log line and reads its document.
func openVersion(site fs.FS, e Entry) (*Version, diag.Findings) {
	f, findings := openFolder(site, e)
	v := &Version{Folder: *f, Document: &notice.Document{Slug: e.Notice, Dir: e.Folder()}}
	if findings.Errors() == 0 {
		findings = append(findings, v.readTo(0)...)
	}
	return v, findings
}

// openSupplement checks the folder of a log line, and returns the version with it.
func (v *Version) openSupplement(site fs.FS, e Entry) (*Version, diag.Findings) {
	f, findings := openFolder(site, e)
	with := *v
	with.Supplements = append(slices.Clip(v.Supplements), f)
	with.readings = slices.Clip(v.readings)
	if findings.Errors() == 0 && len(v.readings) == len(with.Supplements) { // else what it is laid upon cannot be read
		findings = append(findings, with.readTo(len(with.Supplements))...)
	}
	return &with, findings
}

// readTo reads the document of the version with its first n supplements. It is a reading only if no finding is an error.
func (v *Version) readTo(n int) diag.Findings {
	if !hasTexts(v.folder(n).Entry.Kind) { // it says something of the version, and nothing else in it
		v.readings = append(v.readings, v.Document)
		return nil
	}
	doc, findings := notice.Sealed(v.Entry.Notice, v.sealed(n)...)
	if findings.Errors() == 0 && v.folder(n).Entry.Kind == KindErratum && len(doc.Corrected()) == 0 {
		findings.Add(diag.Position{File: v.folder(n).Entry.Folder()}, "erratum-none", nil)
	}
	if findings.Errors() == 0 {
		v.Document, v.readings = doc, append(v.readings, doc)
	}
	return withoutWarnings(findings)
}

// sealed are the files of the version and of its first n supplements, without what Placard added to them.
func (v *Version) sealed(n int) []notice.Folder {
	var folders []notice.Folder
	for i := range n + 1 {
		f := v.folder(i)
		if !hasTexts(f.Entry.Kind) {
			continue
		}
		files := maps.Clone(f.texts)
		delete(files, RecordFile) // it is about the document, and no part of it
		folders = append(folders, notice.Folder{Dir: f.Entry.Folder(), Files: files, Corrects: f.Entry.Kind == KindErratum})
	}
	return folders
}

// folder is that of the version, 0, or of its supplement of the number i.
func (v *Version) folder(i int) *Folder {
	if i == 0 {
		return &v.Folder
	}
	return v.Supplements[i-1]
}

// First returns the version with its first n supplements.
func (v *Version) First(n int) *Version {
	w := *v
	w.Supplements, w.readings = v.Supplements[:n:n], v.readings[:n+1:n+1]
	w.Document = w.readings[n]
	return &w
}

// LoadSupplement reads the folder dir of the site as the draft of a supplement to the version.
func (v *Version) LoadSupplement(site fs.FS, dir string) (*notice.Document, diag.Findings) {
	return notice.LoadSupplement(site, dir, v.Entry.Notice, v.sealed(len(v.Supplements))...)
}

// A Reading is what a version said in a locale from a day on.
type Reading struct {
	// Folder is what was sealed on that day: the version, or the supplement that added or mended the text.
	*Folder
	// Version is as it read on that day.
	Version *Version
}

// Name is that of the supplement, "2021-02-09-s1"; that of what was sealed first ends with "-s0".
func (r Reading) Name() string {
	return notice.ReadingName(r.Version.Name(), len(r.Version.Supplements))
}

// Readings returns what the version said in a locale, in the order of time; the last is what it says.
func (v *Version) Readings(locale string) []Reading {
	var all []Reading
	for i, doc := range v.readings {
		if slices.Contains(v.folder(i).locales(doc), locale) {
			all = append(all, Reading{v.folder(i), v.First(i)})
		}
	}
	return all
}

// SealedLater are those of the version and of what brought its text in a locale that were sealed later than they were published.
func (v *Version) SealedLater(locale string) []*Folder {
	var all []*Folder
	readings := v.Readings(locale)
	for _, f := range []*Folder{&v.Folder, readings[len(readings)-1].Folder} {
		if f.Record.Reconstructed != "" && (len(all) == 0 || all[0].Entry != f.Entry) {
			all = append(all, f)
		}
	}
	return all
}

// withoutWarnings leaves out what was warned of when the text was sealed: nobody can mend it any more.
func withoutWarnings(findings diag.Findings) diag.Findings {
	return slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Severity == diag.Warning })
}

// Verify reads the texts of all versions, and finds where they are not what their records say.
func (a *Archive) Verify() diag.Findings {
	var findings diag.Findings
	for _, e := range a.Log {
		if e.Kind == KindKeys {
			findings = append(findings, a.keysOf(e).onlySays()...)
			continue
		}
		v, i := a.place(e)
		findings = append(findings, v.verify(i)...)
	}
	return findings
}

// verify finds what is wrong with the texts that were sealed with the version, 0, or with its supplement of the number i.
func (v *Version) verify(i int) diag.Findings {
	f, doc := v.folder(i), v.readings[i]
	if !hasTexts(f.Entry.Kind) {
		return f.onlySays()
	}
	locales := f.locales(doc)
	at := path.Join(f.Entry.Folder(), notice.SumFile)
	sum, findings := translation.ParseSum(at, f.texts[notice.SumFile])
	for _, locale := range slices.Sorted(maps.Keys(sum)) {
		if i > 0 && !slices.Contains(doc.Recorded(), locale) {
			findings.Add(diag.Position{File: at}, "supplement-sum", diag.Args{"Locale": locale})
		}
	}
	findings = append(findings, withoutWarnings(doc.Check(locales...))...)
	if findings.Errors() == 0 && f.Entry.Kind == KindErratum {
		findings = append(findings, doc.CheckErratum(v.readings[i-1])...)
		v.readings[i-1].Rest()
	}
	if findings.Errors() == 0 {
		findings = append(findings, f.sameRecord(doc)...)
	}
	doc.Rest() // an archive grows for good, and few of its texts are needed at a time
	return findings
}

// onlySays finds where a folder that is to say something of a version, or to list keys, has more than that.
func (f *Folder) onlySays() diag.Findings {
	findings := f.sameRecord(nil)
	for _, name := range slices.Sorted(maps.Keys(f.texts)) {
		if name != RecordFile && (name != KeysFile || f.Entry.Kind != KindKeys) {
			findings.Add(diag.Position{File: path.Join(f.Entry.Folder(), name)}, "statement-file", diag.Args{"Kind": f.Entry.Kind})
		}
	}
	return findings
}

// locales are those whose texts were sealed in the folder, sorted. doc is what the version said on that day.
func (f *Folder) locales(doc *notice.Document) []string {
	switch {
	case f.Entry.Kind == KindVersion:
		return doc.Locales()
	case hasTexts(f.Entry.Kind):
		return doc.Added
	}
	return nil
}

// Reread finds whether this program reads other words in what the version says in a locale than were read at the release.
func (v *Version) Reread(locale string) diag.Findings {
	readings := v.Readings(locale)
	return readings[len(readings)-1].reread(v.Document, locale)
}

func (f *Folder) reread(doc *notice.Document, locale string) diag.Findings {
	var findings diag.Findings
	if text := doc.Texts[locale]; text.WordsDigest() != f.Record.Words[locale] {
		findings.Add(diag.Position{File: text.File}, "words-differ", diag.Args{"Locale": locale})
	}
	return findings
}

// sameRecord finds where version.toml does not follow from the sealed files: where this program reads other words in
// them than were read at the release, or where it was written by somebody else.
func (f *Folder) sameRecord(doc *notice.Document) diag.Findings {
	var findings diag.Findings
	for _, locale := range f.locales(doc) {
		findings = append(findings, f.reread(doc, locale)...)
	}
	want := newRecord(doc, f.locales(doc), f.Entry, f.Record.Statement, f.texts)
	if len(findings) == 0 && string(want.Bytes()) != string(f.Record.Bytes()) {
		findings.Add(diag.Position{File: path.Join(f.Entry.Folder(), RecordFile)}, "record-untrue", nil)
	}
	return findings
}
