package notice

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
	"placard/internal/plain"
)

const (
	filesDir      = "files"
	appendicesDir = "appendices"
)

// Load reads the folder dir of the site as the notice slug and returns everything that is wrong with it. The
// document can be used only if no finding is an error. extra names further files that the folder may hold.
func Load(site fs.FS, dir, slug string, extra ...string) (*Document, diag.Findings) {
	l := &loader{site: site, doc: &Document{Slug: slug, Dir: dir, Texts: map[string]*Text{}}, extra: extra}
	names := l.list()
	if len(names) == 0 && l.findings.Errors() == 0 {
		l.findings.Add(diag.Position{File: dir}, "notice-empty", nil)
		return l.doc, l.findings
	}
	var findings diag.Findings
	l.doc.Facts, findings = loadFacts(site, dir)
	l.findings = append(l.findings, findings...)
	// Without the locales nothing can be said of the texts.
	if len(l.doc.Facts.Locales) > 0 {
		l.sort(names)
		l.texts()
	}
	l.findings.Sort()
	return l.doc, l.findings
}

type loader struct {
	site     fs.FS
	doc      *Document
	extra    []string
	findings diag.Findings

	index, changes map[string]string            // locale -> file
	appendices     map[string]map[string]string // anchor -> locale -> file
}

func (l *loader) at(name string) diag.Position {
	return diag.Position{File: path.Join(l.doc.Dir, name)}
}

var (
	textName = regexp.MustCompile(`^(?:(index|changes)|` + appendicesDir + `/([^./]+))\.([^./]+)\.md$`)
	fileName = regexp.MustCompile(`^` + filesDir + `(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$`)
)

// sort gives each file its role.
func (l *loader) sort(names []string) {
	l.index, l.changes, l.appendices = map[string]string{}, map[string]string{}, map[string]map[string]string{}
	for _, name := range names {
		m := textName.FindStringSubmatch(name)
		switch {
		case name == FactsFile || slices.Contains(l.extra, name):
		case fileName.MatchString(name):
			l.doc.Attachments = append(l.doc.Attachments, name)
		case m == nil:
			id := "file-unknown"
			if strings.HasPrefix(name, filesDir+"/") {
				id = "file-name"
			}
			l.findings.Add(l.at(name), id, nil)
		case !l.doc.Facts.HasLocale(m[3]):
			l.findings.Add(l.at(name), "file-locale", diag.Args{"Locale": m[3]})
		case m[1] == "index":
			l.index[m[3]] = name
		case m[1] == "changes":
			l.changes[m[3]] = name
		case l.declared(m[2]) == nil:
			l.findings.Add(l.at(name), "appendix-undeclared", diag.Args{"Anchor": m[2]})
		default:
			if l.appendices[m[2]] == nil {
				l.appendices[m[2]] = map[string]string{}
			}
			l.appendices[m[2]][m[3]] = name
		}
	}
	slices.Sort(l.doc.Attachments)
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

// parse reads one Markdown file with the front matter keys that front asks for.
func (l *loader) parse(name string, limits markdown.Limits, front func(*fields.Table)) *markdown.Document {
	file := path.Join(l.doc.Dir, name)
	data, err := plain.Read(l.site, file, markdown.MaxFile)
	if errors.Is(err, plain.ErrTooLong) {
		l.findings.Add(l.at(name), "file-too-long", diag.Args{"Limit": plain.Size(markdown.MaxFile)})
		return nil
	}
	if err != nil {
		l.findings.Add(l.at(name), "unreadable", diag.Args{"Text": err.Error()})
		return nil
	}
	doc, findings := markdown.Parse(file, data, limits)
	l.findings = append(l.findings, findings...)
	if doc.Front == nil {
		return doc // the file was not read at all
	}
	front(doc.Front)
	doc.Front.Close()
	l.findings = append(l.findings, doc.Front.Findings()...)
	return doc
}

func (l *loader) text(locale, name string) *Text {
	t := &Text{Locale: locale, File: path.Join(l.doc.Dir, name), Preamble: &markdown.Part{}}
	index := l.parse(name, markdown.Limits{}, func(front *fields.Table) {
		t.Title, t.Description = front.Need("title"), front.Need("description")
	})
	if index == nil {
		return t
	}
	t.Preamble = index.Preamble
	if len(index.Parts) == 0 && l.findings.Errors() == 0 {
		l.findings.Add(diag.Position{File: t.File}, "no-sections", nil)
	}
	t.Sections = tree(index.Parts, "", 0)
	l.placeAppendices(t)
	number(t)
	l.uniqueAnchors(t)
	if name, ok := l.changes[locale]; ok {
		doc := l.parse(name, markdown.Limits{NoHeadings: true}, func(front *fields.Table) {
			t.Summary = front.Need("summary").Value
		})
		if doc != nil && !doc.Preamble.Empty() {
			t.Changes = doc.Preamble
		}
	}
	return t
}

// tree puts the parts under one another. deeper is how much deeper their headings stand on the page than in the file.
func tree(parts []*markdown.Part, document string, deeper int) []*Section {
	var top []*Section
	for _, p := range parts {
		s := &Section{Anchor: p.Anchor, Title: p.Title(), Level: p.Level + deeper, Part: p, Document: document}
		if p.Level == 2 || len(top) == 0 {
			top = append(top, s)
			continue
		}
		parent := top[len(top)-1]
		parent.Sections = append(parent.Sections, s)
	}
	return top
}

func (l *loader) placeAppendices(t *Text) {
	facts := l.doc.Facts
	for i := range facts.Appendices {
		a := &facts.Appendices[i]
		if a.Anchor.Value == "" || a.Section.Value == "" {
			continue
		}
		name, ok := l.appendices[a.Anchor.Value][t.Locale]
		if !ok {
			if t.Locale == facts.Source.Value || facts.Policy == Complete {
				file := path.Join(l.doc.Dir, appendicesDir, a.Anchor.Value+"."+t.Locale+".md")
				l.findings.Add(a.Anchor.At, "appendix-absent", diag.Args{"Anchor": a.Anchor.Value, "File": file, "Locale": t.Locale})
			}
			continue
		}
		var title fields.Text
		doc := l.parse(name, markdown.Limits{}, func(front *fields.Table) { title = front.Need("title") })
		if doc == nil {
			continue
		}
		doc.Preamble.At = diag.Position{File: path.Join(l.doc.Dir, name), Line: 1}
		s := &Section{Anchor: a.Anchor.Value, Title: title.Value, Level: 3, Part: doc.Preamble, Document: a.Anchor.Value, Appendix: a}
		s.Sections = tree(doc.Parts, a.Anchor.Value, 2)
		parent := topSection(t, a.Section.Value)
		if parent == nil {
			// Of a text that could not be read nothing more can be said.
			if known := topAnchors(t); t.Locale == facts.Source.Value && len(known) > 0 {
				l.findings.Add(a.Section.At, "appendix-place",
					diag.Args{"Anchor": a.Anchor.Value, "Section": a.Section.Value, "Near": diag.Nearest(a.Section.Value, known)})
			}
			continue
		}
		parent.Appendices = append(parent.Appendices, s)
	}
}

func topSection(t *Text, anchor string) *Section {
	for _, s := range t.Sections {
		if s.Anchor == anchor {
			return s
		}
	}
	return nil
}

func topAnchors(t *Text) []string {
	var anchors []string
	for _, s := range t.Sections {
		anchors = append(anchors, s.Anchor)
	}
	return anchors
}

// number gives sections 1, 2, 2.1 and appendices A, B, B.1, as lawyers count them.
func number(t *Text) {
	appendix := 0
	for i, s := range t.Sections {
		numberBelow(s, strconv.Itoa(i+1))
		for _, a := range s.Appendices {
			numberBelow(a, letters(appendix))
			appendix++
		}
	}
}

func numberBelow(s *Section, own string) {
	s.Number = own
	for i, sub := range s.Sections {
		numberBelow(sub, own+"."+strconv.Itoa(i+1))
	}
}

// letters counts A … Z, AA, AB …
func letters(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		return letters(n/26-1) + s
	}
	return s
}

func (l *loader) uniqueAnchors(t *Text) {
	seen := map[string]diag.Position{}
	t.Each(func(s *Section) {
		if s.Anchor == "" {
			return
		}
		if first, twice := seen[s.Anchor]; twice {
			l.findings.Add(s.Part.At, "anchor-twice", diag.Args{"Anchor": s.Anchor}, diag.Related{ID: "related.first-use", At: first})
		}
		seen[s.Anchor] = s.Part.At
	})
}
