package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// A Version is a sealed version.
type Version struct {
	Entry    Entry
	Record   Record
	Document *notice.Document

	sums   Sums
	texts  map[string][]byte // its files but for attachments, as they were sealed, by path relative to its folder
	before *Version          // that of the line before in LOG
}

// Name is that of the version, "2021-02-09".
func (v *Version) Name() string { return v.Entry.Name }

// openVersion checks the folder of a log line, from the seal inwards, and reads its document.
func openVersion(site fs.FS, e Entry) (*Version, diag.Findings) {
	v := &Version{Entry: e, Document: &notice.Document{Slug: e.Notice, Dir: e.Folder()}}
	at := func(name string) diag.Position { return diag.Position{File: path.Join(e.Folder(), name)} }
	var findings diag.Findings
	names, err := list(site, e.Folder())
	var link *irregular
	switch {
	case errors.As(err, &link):
		findings.Add(diag.Position{File: link.name}, "sealed-link", nil)
		return v, findings
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		findings.Add(diag.Position{File: e.Folder()}, "unreadable", diag.Args{"Text": err.Error()})
		return v, findings
	case err != nil:
		findings.Add(diag.Position{File: e.Folder()}, "sealed-absent", diag.Args{"Number": e.Number})
		return v, findings
	}
	data, err := fs.ReadFile(site, path.Join(e.Folder(), SumsFile))
	if err != nil {
		findings.Add(at(SumsFile), "sealed-gone", nil)
		return v, findings
	}
	if sealed, ok := otherEndings(data, e.Seal); ok {
		findings.Add(at(SumsFile), "sealed-endings", nil)
		data = sealed
	} else if Hash(data) != e.Seal {
		findings.Add(at(SumsFile), "seal-differs", diag.Args{"Number": e.Number})
	}
	sums, ok := ParseSums(data)
	if !ok {
		findings.Add(at(SumsFile), "sums-form", nil)
		return v, findings
	}
	files, unread := readFiles(site, e, sums)
	findings = append(findings, unread...)
	// The record comes before the texts: it tells which section of them was altered.
	if record := files[RecordFile]; record != nil && Hash(record) == sums[RecordFile] {
		var more diag.Findings
		v.Record, more = ParseRecord(path.Join(e.Folder(), RecordFile), record)
		findings = append(findings, more...)
		if more.Errors() == 0 {
			findings = append(findings, agree(v, at(RecordFile))...)
		}
	} else if sums[RecordFile] == "" {
		findings.Add(at(RecordFile), "sealed-gone", nil)
	}
	findings = append(findings, compareFiles(e, sums, v.Record, files, names)...)
	if findings.Errors() > 0 {
		return v, findings
	}
	if v.Record.Algorithm != notice.WordsAlgorithm {
		findings.Add(at(RecordFile), "algorithm-unknown", diag.Args{"Algorithm": v.Record.Algorithm, "Known": notice.WordsAlgorithm})
		return v, findings
	}
	v.sums, v.texts = sums, map[string][]byte{}
	for name, data := range files {
		if strings.HasPrefix(name, notice.FilesDir+"/") {
			data = nil // read again when it is published
		}
		v.texts[name] = data
	}
	var more diag.Findings
	v.Document, more = notice.Sealed(v.texts, e.Folder(), e.Notice, RecordFile)
	return v, append(findings, withoutWarnings(more)...)
}

// withoutWarnings leaves out what was warned of when the text was sealed: nobody can mend it any more.
func withoutWarnings(findings diag.Findings) diag.Findings {
	return slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Severity == diag.Warning })
}

// Verify reads the texts of all versions, and finds where they are not what their records say.
func (a *Archive) Verify() diag.Findings {
	var findings diag.Findings
	for _, e := range a.Log {
		findings = append(findings, a.Version(e.Notice, e.Name).verify()...)
	}
	return findings
}

func (v *Version) verify() diag.Findings {
	_, findings := translation.ReadSum(v.Document)
	findings = append(findings, withoutWarnings(v.Document.Check())...)
	if findings.Errors() == 0 {
		findings = append(findings, v.sameRecord()...)
	}
	v.Document.Rest() // an archive grows for good, and few of its texts are needed at a time
	return findings
}

// Reread finds whether this program reads other words in the text of a locale than were read at the release.
func (v *Version) Reread(locale string) diag.Findings {
	var findings diag.Findings
	if text := v.Document.Texts[locale]; text.WordsDigest() != v.Record.Words[locale] {
		findings.Add(diag.Position{File: text.File}, "words-differ", diag.Args{"Locale": locale})
	}
	return findings
}

// readFiles reads what SHA256SUMS lists; what is not there is a finding.
func readFiles(site fs.FS, e Entry, sums Sums) (map[string][]byte, diag.Findings) {
	files := map[string][]byte{}
	var findings diag.Findings
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		at := diag.Position{File: path.Join(e.Folder(), name)}
		data, err := fs.ReadFile(site, at.File)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			findings.Add(at, "sealed-gone", nil)
		case err != nil:
			findings.Add(at, "unreadable", diag.Args{"Text": err.Error()})
		default:
			files[name] = data
		}
	}
	return files, findings
}

func compareFiles(e Entry, sums Sums, record Record, files map[string][]byte, names []string) diag.Findings {
	var findings diag.Findings
	for _, name := range slices.Sorted(maps.Keys(files)) {
		at := diag.Position{File: path.Join(e.Folder(), name)}
		switch {
		case Hash(files[name]) == sums[name]:
		case endingsDiffer(files[name], sums[name]):
			findings.Add(at, "sealed-endings", nil)
		case isText(name) && record.Parts[name] != nil:
			findings.Add(at, "sealed-altered-in", alteredArgs(altered(record.Parts[name], files[name])))
		default:
			findings.Add(at, "sealed-altered", nil)
		}
	}
	for _, name := range names {
		lacks := func(file string) bool { return strings.HasSuffix(name, "/") && strings.HasPrefix(file, name) }
		if _, ok := sums[name]; !ok && name != SumsFile && !slices.ContainsFunc(slices.Collect(maps.Keys(sums)), lacks) {
			added(e.Folder(), name, &findings)
		}
	}
	return findings
}

// alteredArgs tells of the pieces that were altered: whether the one before the first section is among them, and the sections.
func alteredArgs(pieces []string) diag.Args {
	var sections []string
	for _, name := range pieces {
		if name != StartPart {
			sections = append(sections, "#"+name)
		}
	}
	return diag.Args{"Start": len(sections) < len(pieces), "Sections": strings.Join(sections, ", ")}
}

// agree finds where version.toml says other than LOG.
func agree(v *Version, at diag.Position) diag.Findings {
	var findings diag.Findings
	r, e := v.Record, v.Entry
	for _, f := range []struct{ key, record, log string }{
		{"kind", r.Kind, e.Kind},
		{"notice", r.Notice, e.Notice},
		{"name", r.Name, e.Name},
		{"published-on", r.Published, e.Published},
		{"effective-from", r.Effective, notice.Effective(e.Name)},
	} {
		if f.record != f.log {
			findings.Add(at, "record-disagrees", diag.Args{"Key": f.key, "Record": f.record, "Log": f.log})
		}
	}
	return findings
}

// sameRecord finds where version.toml does not follow from the sealed files: where this program reads other words in
// them than were read at the release, or where it was written by somebody else.
func (v *Version) sameRecord() diag.Findings {
	var findings diag.Findings
	for _, locale := range slices.Sorted(maps.Keys(v.Document.Texts)) {
		findings = append(findings, v.Reread(locale)...)
	}
	want := newRecord(v.Document, v.Name(), v.Entry.Published, v.texts)
	if len(findings) == 0 && string(want.Bytes()) != string(v.Record.Bytes()) {
		findings.Add(diag.Position{File: path.Join(v.Entry.Folder(), RecordFile)}, "record-untrue", nil)
	}
	return findings
}

// read returns a sealed file by its path relative to the folder.
func (v *Version) read(site fs.FS, name string) ([]byte, error) {
	if data := v.texts[name]; data != nil {
		return data, nil
	}
	data, err := fs.ReadFile(site, path.Join(v.Entry.Folder(), name))
	if err == nil && Hash(data) != v.sums[name] {
		err = fmt.Errorf("%s: changed while it was read", path.Join(v.Entry.Folder(), name))
	}
	return data, err
}
