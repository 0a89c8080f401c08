package notice

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
	"placard/internal/plain"
)

const (
	// FilesDir is the folder of a notice with its attachments.
	FilesDir = "files"
	// SumFile records from which source text each section of the translations was made.
	SumFile       = "translation.sum"
	appendicesDir = "appendices"
)

// Load reads the folder dir of the site as the notice slug and returns everything that is wrong with it. The
// document can be used only if no finding is an error.
func Load(site fs.FS, dir, slug string) (*Document, diag.Findings) {
	l := newLoader(dir, slug)
	l.read = func(name string, limit int) ([]byte, error) { return plain.Read(site, path.Join(dir, name), limit) }
	l.load(l.list(site))
	l.findings = append(l.findings, l.doc.Check()...)
	l.findings.Sort()
	return l.doc, l.findings
}

// Sealed returns the document of the files that were sealed as the folder dir, by path relative to it; the contents of
// attachments are not asked for, and extra names files that are no part of it. It looks at no more than it needs to find
// the texts: that they are without errors, as they were when they were sealed, is for Check to say.
func Sealed(files map[string][]byte, dir, slug string, extra ...string) (*Document, diag.Findings) {
	l := newLoader(dir, slug)
	l.extra = extra
	l.read = func(name string, limit int) ([]byte, error) {
		data, ok := files[name]
		switch {
		case !ok:
			return nil, fs.ErrNotExist
		case len(data) > limit:
			return nil, plain.ErrTooLong
		}
		return data, nil
	}
	names := slices.Sorted(maps.Keys(files))
	l.sameButCase(names)
	l.load(names)
	l.findings.Sort()
	return l.doc, l.findings
}

type loader struct {
	read     func(name string, limit int) ([]byte, error) // paths relative to the folder
	doc      *Document
	extra    []string
	findings diag.Findings

	index, changes map[string]string            // locale -> file
	appendices     map[string]map[string]string // anchor -> locale -> file
}

func newLoader(dir, slug string) *loader {
	return &loader{doc: &Document{Slug: slug, Dir: dir, Texts: map[string]*Text{}}}
}

// load makes the document of the files of the given names.
func (l *loader) load(names []string) {
	if len(names) == 0 && l.findings.Errors() == 0 {
		l.findings.Add(diag.Position{File: l.doc.Dir}, "notice-empty", nil)
	}
	if len(names) == 0 {
		return
	}
	var findings diag.Findings
	l.doc.Facts, findings = loadFacts(l.doc.Dir, l.read, localesOf(names))
	l.findings = append(l.findings, findings...)
	// Without the locales nothing can be said of the texts.
	if l.doc.Facts.knowsLocales() {
		l.sort(names)
		l.texts()
	}
}

func (l *loader) at(name string) diag.Position {
	return diag.Position{File: path.Join(l.doc.Dir, name)}
}

var (
	textName = regexp.MustCompile(`^(?:(index|changes)|` + appendicesDir + `/([^./]+))\.([^./]+)\.md$`)
	fileName = regexp.MustCompile(`^` + FilesDir + `(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$`)
)

// sort gives each file its role.
func (l *loader) sort(names []string) {
	l.index, l.changes, l.appendices = map[string]string{}, map[string]string{}, map[string]map[string]string{}
	for _, name := range names {
		m := textName.FindStringSubmatch(name)
		switch {
		case name == FactsFile || slices.Contains(l.extra, name):
		case name == SumFile:
			l.sum()
		case fileName.MatchString(name):
			l.doc.Attachments = append(l.doc.Attachments, name)
		case m == nil:
			l.unknown(name)
		case !l.doc.Facts.HasLocale(m[3]):
			l.findings.Add(l.at(name), "file-locale", diag.Args{"Locale": m[3], "Near": l.doc.Facts.nearestLocale(m[3])})
		case m[1] == "index":
			l.index[m[3]] = name
		case m[1] == "changes":
			l.changes[m[3]] = name
		case l.declared(m[2]) == nil:
			l.findings.Add(l.at(name), "appendix-undeclared", diag.Args{"Anchor": m[2], "Near": l.nearestAppendix(m[2]), "Locale": m[3]})
		default:
			if l.appendices[m[2]] == nil {
				l.appendices[m[2]] = map[string]string{}
			}
			l.appendices[m[2]][m[3]] = name
		}
	}
	slices.Sort(l.doc.Attachments)
}

// sum takes translation.sum as it stands.
func (l *loader) sum() {
	data, err := l.read(SumFile, markdown.MaxFile)
	switch {
	case errors.Is(err, plain.ErrTooLong):
		l.findings.Add(l.at(SumFile), "file-too-long", diag.Args{"Limit": plain.Size(markdown.MaxFile)})
	case err != nil:
		l.findings.Add(l.at(SumFile), "unreadable", diag.Args{"Text": err.Error()})
	default:
		if findings := plain.Check(l.at(SumFile).File, data); len(findings) > 0 {
			l.findings = append(l.findings, findings...)
			return
		}
		l.doc.Sum = data
	}
}

func (l *loader) declared(anchor string) *AppendixFacts {
	for i := range l.doc.Facts.Appendices {
		if a := &l.doc.Facts.Appendices[i]; a.Anchor.Value == anchor {
			return a
		}
	}
	return nil
}

func (l *loader) texts() {
	for _, locale := range l.doc.Facts.Locales {
		name, ok := l.index[locale.Value]
		if !ok {
			l.findings.Add(locale.At, "text-absent", diag.Args{"File": path.Join(l.doc.Dir, "index."+locale.Value+".md"), "Locale": locale.Value})
			continue
		}
		l.doc.Texts[locale.Value] = l.text(locale.Value, name)
	}
}

// open reads a Markdown file with the front matter keys that front asks for; nil if it cannot be read.
func (l *loader) open(name string, front func(*fields.Table)) *markdown.Source {
	data, err := l.read(name, markdown.MaxFile)
	if errors.Is(err, plain.ErrTooLong) {
		l.findings.Add(l.at(name), "file-too-long", diag.Args{"Limit": plain.Size(markdown.MaxFile)})
		return nil
	}
	if err != nil {
		l.findings.Add(l.at(name), "unreadable", diag.Args{"Text": err.Error()})
		return nil
	}
	source, findings := markdown.Open(l.at(name).File, data)
	l.findings = append(l.findings, findings...)
	if source.Front != nil {
		front(source.Front)
		source.Front.Close()
		l.findings = append(l.findings, source.Front.Findings()...)
		source.Front = nil // it was asked for all it has
	}
	return source
}

// text opens the files of a text.
func (l *loader) text(locale, name string) *Text {
	t := &Text{Locale: locale, File: path.Join(l.doc.Dir, name)}
	parts := &sources{facts: &l.doc.Facts, text: t, appendices: map[string]*appendixSource{}}
	parts.index = l.open(name, func(front *fields.Table) {
		t.Title, t.Description = front.Need("title"), front.Need("description")
	})
	if parts.index != nil {
		for _, a := range l.doc.Facts.Appendices {
			l.openAppendix(parts, a)
		}
		if name, ok := l.changes[locale]; ok {
			parts.changes = l.open(name, func(front *fields.Table) { t.Summary = front.Need("summary").Value })
		}
	}
	t.sources = parts
	return t
}

func (l *loader) openAppendix(to *sources, a AppendixFacts) {
	facts, locale := l.doc.Facts, to.text.Locale
	if a.Anchor.Value == "" || a.Section.Value == "" {
		return
	}
	name, ok := l.appendices[a.Anchor.Value][locale]
	if !ok {
		if locale == facts.Source.Value || facts.PolicyFor(locale) != AllowMissing {
			file := path.Join(l.doc.Dir, appendicesDir, a.Anchor.Value+"."+locale+".md")
			l.findings.Add(a.Anchor.At, "appendix-absent", diag.Args{"Anchor": a.Anchor.Value, "File": file, "Locale": locale})
		}
		return
	}
	from := &appendixSource{}
	from.Source = l.open(name, func(front *fields.Table) { from.title = front.Need("title") })
	if from.Source != nil {
		to.appendices[a.Anchor.Value] = from
	}
}
