package archive

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/plain"
)

// An Archive is the content of versions/, checked.
type Archive struct {
	// Log is every line of LOG, in order.
	Log []Entry
	// Notices are the timelines by slug.
	Notices map[string]Timeline

	site    fs.FS
	logData []byte
}

// A Version is a sealed version.
type Version struct {
	Entry    Entry
	Record   Record
	Document *notice.Document

	before *Version // that of the line before in LOG
}

// Name is that of the version, "2021-02-09".
func (v *Version) Name() string { return v.Entry.Name }

// A Timeline is the versions of one notice, sorted by name.
type Timeline []*Version

// Open reads and verifies the archive of a site. It can be used only if no finding is an error. A site without
// versions/ has an empty archive. A release that is going on, or was interrupted, is left out with a warning.
func Open(site fs.FS) (*Archive, diag.Findings) {
	for {
		var findings diag.Findings
		if plain.IsLink(site, Dir) {
			findings.Add(diag.Position{File: Dir}, "sealed-link", nil)
			return &Archive{Notices: map[string]Timeline{}, site: site}, findings
		}
		data, err := readLog(site)
		if err != nil {
			findings.Add(diag.Position{File: Dir + "/" + LogFile}, "unreadable", diag.Args{"Text": err.Error()})
			return &Archive{Notices: map[string]Timeline{}, site: site}, findings
		}
		a, findings := open(site, data)
		// A release that ended meanwhile makes what was seen of the folders not fit LOG: look again.
		if now, err := readLog(site); err != nil || string(now) == string(data) {
			return a, findings
		}
	}
}

// readLog returns LOG, or nothing where there is none.
func readLog(site fs.FS) ([]byte, error) {
	data, err := fs.ReadFile(site, Dir+"/"+LogFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

func open(site fs.FS, log []byte) (*Archive, diag.Findings) {
	a := &Archive{Notices: map[string]Timeline{}, site: site, logData: log}
	var findings diag.Findings
	a.Log, findings = ParseLog(log)
	if findings.Errors() > 0 && bytes.Contains(log, crlf) {
		if entries, more := ParseLog(bytes.ReplaceAll(log, crlf, lf)); more.Errors() == 0 {
			a.Log, findings = entries, nil
			findings.Add(diag.Position{File: Dir + "/" + LogFile}, "sealed-endings", nil)
		}
	}
	whole := findings.Errors() == 0
	var last *Version
	for _, e := range a.Log {
		v, more := openVersion(site, e)
		findings = append(findings, more...)
		a.Notices[e.Notice] = append(a.Notices[e.Notice], v)
		v.before, last = last, v
	}
	if whole { // of a LOG that lacks lines, nothing can be said to be unlisted
		findings = append(findings, unlisted(site, a.Log)...)
	}
	for slug := range a.Notices {
		slices.SortFunc(a.Notices[slug], func(v, w *Version) int { return notice.CompareVersions(v.Name(), w.Name()) })
	}
	return a, findings
}

// Slugs returns the notices that have versions, sorted.
func (a *Archive) Slugs() []string { return slices.Sorted(maps.Keys(a.Notices)) }

// Version returns the version of a notice by name, or nil.
func (a *Archive) Version(slug, name string) *Version {
	for _, v := range a.Notices[slug] {
		if v.Name() == name {
			return v
		}
	}
	return nil
}

// Files returns the files of the archive as it was at a moment, by path relative to the root of the site: the sealed
// folders that were published by then, and LOG up to the first line that was not. Without any there is no LOG.
func (a *Archive) Files(m Moment) (map[string][]byte, error) {
	files := map[string][]byte{}
	log := ""
	for _, e := range a.Log {
		if !a.Version(e.Notice, e.Name).knownAt(m) {
			break
		}
		log += e.Line()
		names, err := ownFiles(a.site, e.Folder())
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			name = path.Join(e.Folder(), name)
			if files[name], err = fs.ReadFile(a.site, name); err != nil {
				return nil, err
			}
		}
	}
	if log != "" {
		files[Dir+"/"+LogFile] = []byte(log)
	}
	return files, nil
}

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
		findings = append(findings, agree(v, at(RecordFile))...)
	} else if sums[RecordFile] == "" {
		findings.Add(at(RecordFile), "sealed-gone", nil)
	}
	findings = append(findings, compareFiles(e, sums, v.Record, files, names)...)
	if findings.Errors() > 0 {
		return v, findings
	}
	var more diag.Findings
	v.Document, more = notice.Load(site, e.Folder(), e.Notice, SumsFile, RecordFile)
	findings = append(findings, more...)
	if findings.Errors() == 0 {
		delete(files, RecordFile)
		findings = append(findings, sameRecord(v, files)...)
		v.Document.Rest() // an archive grows for good, and few of its texts are needed at a time
	}
	return v, findings
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
			findings.Add(at, "sealed-altered-in", diag.Args{"Sections": sectionNames(altered(record.Parts[name], files[name]))})
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

func sectionNames(anchors []string) string {
	for i, a := range anchors {
		if a != StartPart {
			anchors[i] = "#" + a
		}
	}
	return strings.Join(anchors, ", ")
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
func sameRecord(v *Version, files map[string][]byte) diag.Findings {
	var findings diag.Findings
	at := diag.Position{File: path.Join(v.Entry.Folder(), RecordFile)}
	if v.Record.Algorithm != notice.WordsAlgorithm {
		findings.Add(at, "algorithm-unknown", diag.Args{"Algorithm": v.Record.Algorithm, "Known": notice.WordsAlgorithm})
		return findings
	}
	want := newRecord(v.Document, v.Name(), v.Entry.Published, files)
	for _, locale := range slices.Sorted(maps.Keys(want.Words)) {
		if v.Record.Words[locale] != want.Words[locale] {
			findings.Add(diag.Position{File: v.Document.Texts[locale].File}, "words-differ", diag.Args{"Locale": locale})
		}
	}
	if len(findings) == 0 && string(want.Bytes()) != string(v.Record.Bytes()) {
		findings.Add(at, "record-untrue", nil)
	}
	return findings
}
