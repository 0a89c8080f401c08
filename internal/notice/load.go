package notice

import (
	"bytes"
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
	SumFile = "translation.sum"
	// SupplementsDir is the folder of a notice with the drafts of supplements: in it, a folder for each version, of its name.
	SupplementsDir = "supplements"
	appendicesDir  = "appendices"
)

// Load reads the folder dir of the site as the notice slug and returns everything that is wrong with it. The
// document can be used only if no finding is an error.
func Load(site fs.FS, dir, slug string) (*Document, diag.Findings) {
	l := newLoader(dir, slug)
	l.drafts = true
	l.load(l.draft(site))
	l.findings = append(l.findings, l.doc.Check()...)
	l.findings.Sort()
	return l.doc, l.findings
}

// LoadSupplement reads the folder dir of the site as a draft of what is added to what was sealed before, translations or an erratum: the
// version, then its supplements. The document is all of these as they will read with it; the findings are those of dir alone.
func LoadSupplement(site fs.FS, dir, slug string, sealed ...Folder) (*Document, diag.Findings) {
	l := newLoader(dir, slug)
	l.load(append(layersOf(sealed), l.draft(site))...)
	if len(l.doc.Added) > 0 {
		l.findings = append(l.findings, l.doc.Check(l.doc.Added...)...)
	}
	l.findings.Sort()
	return l.doc, l.findings
}

// A Folder is the files of a document that were sealed together, by path relative to the folder. The contents of attachments are
// not asked for.
type Folder struct {
	// Dir is relative to the root of the site.
	Dir   string
	Files map[string][]byte
	// Corrects is whether it was sealed as an erratum.
	Corrects bool
}

// Sealed returns the document of a sealed version with those of its supplements that are given. It looks at no more than it needs to find the texts: that they are without errors, as they were when they
// were sealed, is for Check to say.
func Sealed(slug string, folders ...Folder) (*Document, diag.Findings) {
	l := newLoader(folders[len(folders)-1].Dir, slug)
	l.load(layersOf(folders)...)
	l.findings.Sort()
	return l.doc, l.findings
}

type loader struct {
	doc         *Document
	drafts      bool // whether there may be a folder with drafts of supplements
	supplements bool // whether there is
	layers      layers
	findings    diag.Findings

	index, changes map[string]string            // locale -> file
	appendices     map[string]map[string]string // anchor -> locale -> file
}

func newLoader(dir, slug string) *loader {
	return &loader{doc: &Document{Slug: slug, Dir: dir, Texts: map[string]*Text{}}}
}

// draft is the folder of the document as it lies in content/.
func (l *loader) draft(site fs.FS) layer {
	dir := l.doc.Dir
	return layer{dir, l.list(site), func(name string, limit int) ([]byte, error) { return plain.Read(site, path.Join(dir, name), limit) }, true}
}

// load makes the document of a folder, and of those that lie upon it.
func (l *loader) load(folders ...layer) {
	supplement := len(folders) > 1
	if len(folders[len(folders)-1].names) == 0 {
		if l.findings.Errors() == 0 {
			id := "notice-empty"
			if supplement {
				id = "supplement-empty"
			}
			l.findings.Add(diag.Position{File: l.doc.Dir}, id, diag.Args{"Supplements": l.supplements})
		}
		return
	}
	l.layers = overlay(folders)
	var findings diag.Findings
	l.doc.Facts, findings = loadFacts(folders[0].dir, folders[0].read, localesOf(folders[0].names))
	l.findings = append(l.findings, findings...)
	l.doc.meant = l.doc.Facts.meant
	if supplement && !l.supplement(folders[len(folders)-1]) {
		return
	}
	names := slices.Sorted(maps.Keys(l.layers.of))
	l.sameButCase()
	l.doc.Files = names
	for _, name := range names {
		if in := l.layers.of[name]; in.dir != l.doc.Dir {
			l.doc.places = append(l.doc.places, place{name, in.dir})
		}
	}
	// Without the locales nothing can be said of the texts.
	if l.doc.Facts.knowsLocales() {
		l.sort(names)
		l.texts()
	}
}

// read reads a file of the document.
func (l *loader) read(name string, limit int) ([]byte, error) {
	if in, ok := l.layers.of[name]; ok {
		return in.read(name, limit)
	}
	return nil, fs.ErrNotExist
}

// at is the place of a file of the document, or of one that is to be there.
func (l *loader) at(name string) diag.Position {
	if in, ok := l.layers.of[name]; ok {
		return diag.Position{File: path.Join(in.dir, name)}
	}
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
		case name == FactsFile:
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
			l.findings.Add(l.at(name), "appendix-undeclared", diag.Args{"Anchor": m[2], "Near": l.nearestAppendix(m[2]), "Locale": m[3], "Supplement": l.added(m[3])})
		default:
			if l.appendices[m[2]] == nil {
				l.appendices[m[2]] = map[string]string{}
			}
			l.appendices[m[2]][m[3]] = name
		}
	}
	slices.Sort(l.doc.Attachments)
}

// sum takes translation.sum as it stands. What was recorded of the source text before an erratum says nothing of the corrected one.
func (l *loader) sum() {
	for _, in := range l.layers.all {
		locales := localesOf(in.names)
		if slices.Contains(locales, l.doc.Facts.Source.Value) {
			l.doc.Sum = nil
		}
		l.doc.Sum = WithoutLocales(l.doc.Sum, locales)
		if !slices.Contains(in.names, SumFile) {
			continue
		}
		at := diag.Position{File: path.Join(in.dir, SumFile)}
		data, err := in.read(SumFile, markdown.MaxFile)
		switch {
		case errors.Is(err, plain.ErrTooLong):
			l.findings.Add(at, "file-too-long", diag.Args{"Limit": plain.Size(markdown.MaxFile)})
		case err != nil:
			l.findings.Add(at, "unreadable", diag.Args{"Text": err.Error()})
		default:
			if findings := plain.Check(at.File, data); len(findings) > 0 {
				l.findings = append(l.findings, findings...)
				continue
			}
			l.doc.Sum = append(l.doc.Sum, data...)
			if in.dir == l.doc.Dir {
				l.doc.OwnSum = data
			}
		}
	}
}

// WithoutLocales leaves out the lines of translation.sum that are about some locales.
func WithoutLocales(sum []byte, locales []string) []byte {
	var left []byte
	for line := range bytes.Lines(sum) {
		locale, _, _ := bytes.Cut(line, []byte(" "))
		if !slices.Contains(locales, string(locale)) {
			left = append(left, line...)
		}
	}
	return left
}

// added reports whether a supplement brings the texts in the locale.
func (l *loader) added(locale string) bool { return slices.Contains(l.doc.Added, locale) }

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
		if !ok && l.added(locale.Value) {
			l.findings.Add(locale.At, "supplement-text", diag.Args{"Locale": locale.Value})
			continue
		}
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
		l.doc.meant = append(l.doc.meant, source.Front.Meant(func(key string) bool { return key == "description" || key == "summary" })...)
		l.findings = append(l.findings, source.Front.Findings()...)
		source.Front = nil // it was asked for all it has
	}
	return source
}

// text opens the files of a text.
func (l *loader) text(locale, name string) *Text {
	t := &Text{Locale: locale, File: l.at(name).File}
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
			file := path.Join(path.Dir(to.text.File), appendicesDir, a.Anchor.Value+"."+locale+".md")
			at := a.Anchor.At
			if l.added(locale) { // notice.toml is sealed
				at = diag.Position{File: file}
			}
			l.findings.Add(at, "appendix-absent", diag.Args{"Anchor": a.Anchor.Value, "File": file, "Locale": locale, "Supplement": l.added(locale)})
		}
		return
	}
	from := &appendixSource{}
	from.Source = l.open(name, func(front *fields.Table) { from.title = front.Need("title") })
	if from.Source != nil {
		to.appendices[a.Anchor.Value] = from
	}
}
