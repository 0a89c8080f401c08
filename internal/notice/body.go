package notice

import (
	"strconv"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
)

// sources are the files of a text, of which a body is made.
type sources struct {
	facts          *Facts
	text           *Text
	index, changes *markdown.Source           // nil where there is none, or none that can be read
	appendices     map[string]*appendixSource // by anchor
}

type appendixSource struct {
	*markdown.Source
	title fields.Text
}

// reading is how a source becomes a document: parsed with all that is wrong with it, or read in the trust that nothing is.
type reading func(*markdown.Source, markdown.Limits) *markdown.Document

func trusting(s *markdown.Source, _ markdown.Limits) *markdown.Document { return s.Read() }

// check makes the body with everything that is wrong with it.
func (s *sources) check() (*body, diag.Findings) {
	var findings diag.Findings
	b := s.assemble(func(source *markdown.Source, limits markdown.Limits) *markdown.Document {
		doc, more := source.Parse(limits)
		findings = append(findings, more...)
		return doc
	}, &findings)
	s.ownNumbers(b, &findings)
	return b, findings
}

// read makes the body of a text that check finds nothing wrong with.
func (s *sources) read() *body {
	var none diag.Findings
	return s.assemble(trusting, &none)
}

func (s *sources) assemble(read reading, findings *diag.Findings) *body {
	b := &body{preamble: &markdown.Part{}}
	if s.index == nil {
		return b
	}
	index := read(s.index, markdown.Limits{})
	b.preamble = index.Preamble
	if len(index.Parts) == 0 && s.index.Sound() && findings.Errors() == 0 {
		findings.Add(diag.Position{File: s.text.File}, "no-sections", nil)
	}
	b.sections = tree(index.Parts, "", 0)
	s.placeAppendices(b, read, findings)
	number(b.sections)
	uniqueAnchors(b.sections, findings)
	if s.changes != nil {
		if doc := read(s.changes, markdown.Limits{NoHeadings: true}); !doc.Preamble.Empty() {
			b.changes = doc.Preamble
		}
	}
	return b
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

func (s *sources) placeAppendices(b *body, read reading, findings *diag.Findings) {
	for i := range s.facts.Appendices {
		a := &s.facts.Appendices[i]
		from := s.appendices[a.Anchor.Value]
		if from == nil {
			continue
		}
		doc := read(from.Source, markdown.Limits{})
		doc.Preamble.At = diag.Position{File: from.File, Line: 1}
		appendix := &Section{Anchor: a.Anchor.Value, Title: from.title.Value, Level: 3, Part: doc.Preamble, Document: a.Anchor.Value, Appendix: a}
		appendix.Sections = tree(doc.Parts, a.Anchor.Value, 2)
		parent := topSection(b.sections, a.Section.Value)
		if parent == nil {
			// Of a text that could not be read nothing more can be said.
			if known := topAnchors(b.sections); s.text.Locale == s.facts.Source.Value && len(known) > 0 {
				findings.Add(a.Section.At, "appendix-place",
					diag.Args{"Anchor": a.Anchor.Value, "Section": a.Section.Value, "Near": diag.Nearest(a.Section.Value, known)})
			}
			continue
		}
		parent.Appendices = append(parent.Appendices, appendix)
	}
}

func topSection(sections []*Section, anchor string) *Section {
	for _, s := range sections {
		if s.Anchor == anchor {
			return s
		}
	}
	return nil
}

func topAnchors(sections []*Section) []string {
	var anchors []string
	for _, s := range sections {
		anchors = append(anchors, s.Anchor)
	}
	return anchors
}

// number gives sections 1, 2, 2.1 and appendices A, B, B.1, as lawyers count them.
func number(sections []*Section) {
	appendix := 0
	for i, s := range sections {
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

func uniqueAnchors(sections []*Section, findings *diag.Findings) {
	seen := map[string]diag.Position{}
	each(sections, func(s *Section) {
		if s.Anchor == "" {
			return
		}
		if first, twice := seen[s.Anchor]; twice {
			findings.Add(s.Part.At, "anchor-twice", diag.Args{"Anchor": s.Anchor}, diag.Related{ID: "related.first-use", At: first})
		}
		seen[s.Anchor] = s.Part.At
	})
}
