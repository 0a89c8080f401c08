package archive

import (
	"bytes"
	_ "embed"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"math"
	"path"
	"slices"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/plain"
)

// ScriptFile checks an archive without Placard. It is published beside LOG, and part of no archive.
const ScriptFile = "verify.sh"

// SchemaEnding ends the names of the files that say what JSON files of the site hold. They are published beside LOG too, and part of
// no archive.
const SchemaEnding = ".schema.json"

//go:embed verify.sh
var script []byte

// An Archive is the content of versions/, checked.
type Archive struct {
	// Log is every line of LOG, in order.
	Log []Entry
	// Notices are the timelines by slug.
	Notices map[string]Timeline
	// Keys are the lists of the keys that may sign, in order; none where nobody signs.
	Keys []*KeyList

	signed   map[int]signedLine
	site     fs.FS
	logData  []byte
	replaces []byte // of one that Join made: what LOG was
}

// A Timeline is the versions of one notice, sorted by name.
type Timeline []*Version

// Open reads the archive of a site and holds every byte of it against its seal. It can be used only if no finding is an
// error. A site without versions/ has an empty archive. A release that is going on, or was interrupted, is left out with
// a warning. Whether the texts are read as they were at their release is for Verify, or version by version for Reread.
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
		a, findings := open(site, data, everyLine)
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

// everyLine is a number of lines that no LOG has.
const everyLine = math.MaxInt

// open reads the archive that LOG makes of a site; the signatures of its first lines alone.
func open(site fs.FS, log []byte, signed int) (*Archive, diag.Findings) {
	a := &Archive{Notices: map[string]Timeline{}, signed: map[int]signedLine{}, site: site, logData: log}
	var findings diag.Findings
	if log != nil && len(log) == 0 {
		findings.Add(diag.Position{File: Dir + "/" + LogFile}, "log-nothing", nil)
		return a, findings
	}
	a.Log, findings = ParseLog(log)
	if findings.Errors() > 0 && bytes.Contains(log, crlf) {
		if entries, more := ParseLog(bytes.ReplaceAll(log, crlf, lf)); more.Errors() == 0 {
			a.Log, findings = entries, nil
			findings.Add(diag.Position{File: Dir + "/" + LogFile}, "sealed-endings", nil)
		}
	}
	whole := findings.Errors() == 0
	for _, e := range a.Log {
		findings = append(findings, a.add(site, e)...)
	}
	if whole { // of a LOG that lacks lines, nothing can be said to be unlisted
		findings = append(findings, a.openSignatures(site, signed)...)
		findings = append(findings, unlisted(site, a.Log, signed)...)
	}
	for slug := range a.Notices {
		slices.SortFunc(a.Notices[slug], func(v, w *Version) int { return notice.CompareVersions(v.Name(), w.Name()) })
	}
	if findings.Errors() == 0 {
		findings = append(findings, a.consistent()...)
	}
	return a, findings
}

// add opens the folder of a log line.
func (a *Archive) add(site fs.FS, e Entry) diag.Findings {
	switch e.Kind {
	case KindKeys:
		k, findings := openKeys(site, e)
		a.Keys = append(a.Keys, k)
		return findings
	case KindVersion:
		v, findings := openVersion(site, e)
		a.Notices[e.Notice] = append(a.Notices[e.Notice], v)
		return findings
	}
	v := a.Version(e.Notice, e.Version())
	if v == nil {
		return nil // as is said of the line
	}
	with, findings := v.openSupplement(site, e)
	*v = *with
	return findings
}

// place returns the version of a log line that is not one of keys, and the number of the supplement, 0 where it is the version itself.
func (a *Archive) place(e Entry) (*Version, int) {
	_, number, _ := notice.Supplement(e.Name)
	return a.Version(e.Notice, e.Version()), number
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

// At returns the archive as it was known at a moment: what the lines of LOG seal up to the first that was not published by
// then. A notice in an eastern zone reaches its day before one in the west, and LOG is published line by line.
func (a *Archive) At(m Moment) *Archive {
	return a.upTo(func(e Entry) bool { return !m.beforeIn(e.Published, a.zone(e)) })
}

// Before returns the archive as it was before the line of a number.
func (a *Archive) Before(number int) *Archive {
	return a.upTo(func(e Entry) bool { return e.Number < number })
}

// upTo returns the archive of the first lines that are known.
func (a *Archive) upTo(isKnown func(Entry) bool) *Archive {
	known := &Archive{Notices: map[string]Timeline{}, signed: a.signed, site: a.site}
	supplements := map[*Version]int{}
	for _, e := range a.Log {
		if !isKnown(e) {
			break
		}
		known.Log = append(known.Log, e)
		if e.Kind == KindKeys {
			known.Keys = append(known.Keys, a.keysOf(e))
			continue
		}
		v, i := a.place(e)
		supplements[v] = i
	}
	for slug, timeline := range a.Notices {
		for _, v := range timeline {
			if n, ok := supplements[v]; ok {
				known.Notices[slug] = append(known.Notices[slug], v.First(n))
			}
		}
	}
	return known
}

// Files are the files of the archive as it is published, by path relative to the root of the site: the sealed folders, the
// signatures, LOG, and the script that checks them. Without any there is no LOG. They are read one by one, and each is what was sealed; the last item has an error where one cannot be read any
// more, or is not.
func (a *Archive) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		log := ""
		for _, e := range a.Log {
			f := a.folder(e)
			log += e.Line()
			if !yield(File{path.Join(e.Folder(), SumsFile), f.sums.Bytes()}, nil) {
				return
			}
			for _, name := range slices.Sorted(maps.Keys(f.sums)) {
				data, err := f.read(a.site, name)
				if !yield(File{path.Join(e.Folder(), name), data}, err) || err != nil {
					return
				}
			}
			if s, ok := a.signed[e.Number]; ok && !yield(File{SignatureFile(e.Number), s.data}, nil) {
				return
			}
		}
		if log != "" && yield(File{Dir + "/" + LogFile, []byte(log)}, nil) {
			yield(File{Dir + "/" + ScriptFile, script}, nil)
		}
	}
}

// A File is a sealed file, a signature or LOG, at its path relative to the root of the site.
type File struct {
	Path string
	Data []byte
}
