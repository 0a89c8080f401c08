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
)

// A Folder is a sealed folder: that of a version, or of a supplement to one.
type Folder struct {
	Entry  Entry
	Record Record

	sums  Sums
	texts map[string][]byte // its files but for attachments, as they were sealed, by path relative to it
}

// Name is that of the version, "2021-02-09", or of the supplement, "2021-02-09-s1".
func (f *Folder) Name() string { return f.Entry.Name }

// openFolder checks the folder of a log line, from the seal inwards. What it is made of can be used only if no finding is an error.
func openFolder(site fs.FS, e Entry) (*Folder, diag.Findings) {
	f := &Folder{Entry: e}
	at := func(name string) diag.Position { return diag.Position{File: path.Join(e.Folder(), name)} }
	var findings diag.Findings
	names, err := list(site, e.Folder())
	var link *irregular
	switch {
	case errors.As(err, &link):
		findings.Add(diag.Position{File: link.name}, "sealed-link", nil)
		return f, findings
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		findings.Add(diag.Position{File: e.Folder()}, "unreadable", diag.Args{"Text": err.Error()})
		return f, findings
	case err != nil:
		findings.Add(diag.Position{File: e.Folder()}, "sealed-absent", diag.Args{"Number": e.Number})
		return f, findings
	}
	data, err := fs.ReadFile(site, path.Join(e.Folder(), SumsFile))
	if err != nil {
		findings.Add(at(SumsFile), "sealed-gone", nil)
		return f, findings
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
		return f, findings
	}
	files, unread := readFiles(site, e, sums)
	findings = append(findings, unread...)
	// The record comes before the texts: it tells which section of them was altered.
	if record := files[RecordFile]; record != nil && Hash(record) == sums[RecordFile] {
		var more diag.Findings
		f.Record, more = ParseRecord(path.Join(e.Folder(), RecordFile), record)
		findings = append(findings, more...)
		if more.Errors() == 0 {
			findings = append(findings, agree(f, at(RecordFile))...)
			findings = append(findings, f.checkStatement(at(RecordFile))...)
		}
	} else if sums[RecordFile] == "" {
		findings.Add(at(RecordFile), "sealed-gone", nil)
	}
	findings = append(findings, compareFiles(e, sums, f.Record, files, names)...)
	if findings.Errors() > 0 {
		return f, findings
	}
	if f.Record.Algorithm != notice.WordsAlgorithm {
		findings.Add(at(RecordFile), "algorithm-unknown", diag.Args{"Algorithm": f.Record.Algorithm, "Known": notice.WordsAlgorithm})
		return f, findings
	}
	f.sums, f.texts = sums, map[string][]byte{}
	for name, data := range files {
		if strings.HasPrefix(name, notice.FilesDir+"/") {
			data = nil // read again when it is published
		}
		f.texts[name] = data
	}
	return f, findings
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
func agree(f *Folder, at diag.Position) diag.Findings {
	var findings diag.Findings
	r, e := f.Record, f.Entry
	for _, field := range []struct{ key, record, log string }{
		{"kind", r.Kind, e.Kind},
		{"notice", r.Notice, e.Notice},
		{"name", r.Name, e.Name},
		{"published-on", r.Published, e.Published},
		{"effective-from", r.Effective, e.Effective()},
	} {
		if field.record != field.log {
			findings.Add(at, "record-disagrees", diag.Args{"Key": field.key, "Record": field.record, "Log": field.log})
		}
	}
	return findings
}

// read returns a sealed file by its path relative to the folder.
func (f *Folder) read(site fs.FS, name string) ([]byte, error) {
	if data := f.texts[name]; data != nil {
		return data, nil
	}
	data, err := fs.ReadFile(site, path.Join(f.Entry.Folder(), name))
	if err == nil && Hash(data) != f.sums[name] {
		err = fmt.Errorf("%s: changed while it was read", path.Join(f.Entry.Folder(), name))
	}
	return data, err
}
