// Package markdown reads the Markdown of authors: one configuration of Goldmark, which every page, redline and digest
// goes through. A file is front matter and a text; the text is cut at its headings into parts, each with the anchor
// that its author gave it.
package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/plain"
)

// MaxFile is the most bytes that a file may have.
const MaxFile = 2 << 20

// A Source is one file whose text is not parsed yet.
type Source struct {
	// File is its path relative to the root of the site, with slashes.
	File string
	// Front is the front matter; the caller asks it for the keys it knows. It is nil where the file could not be read.
	Front *fields.Table

	data   []byte      // the whole file
	body   int         // where the text begins
	source []byte      // data[body:]
	lines  plain.Lines // of data
	sound  bool        // it can be parsed
}

// A Document is one file, parsed.
type Document struct {
	*Source
	// Preamble is what stands before the first heading; it has no heading and no anchor.
	Preamble *Part
	// Parts are the headings of levels 2 and 3 with what follows each, in the order of the file.
	Parts []*Part

	notes   map[int]*extast.Footnote // by index
	claimed map[int]bool             // the notes that a part refers to
}

// A Part is a heading and the text up to the next heading.
type Part struct {
	// Level is 2 or 3; 0 for the preamble.
	Level int
	// Anchor is given by the author and may be empty only where there is a finding.
	Anchor string
	// Missing is whether the author marked the part as not translated.
	Missing bool
	At      diag.Position

	doc        *Document
	title      string
	empty      bool
	heading    *ast.Heading
	blocks     []ast.Node
	notes      []*extast.Footnote
	said       []Block  // what Blocks returns, once it was asked for
	bodyBlocks int      // how many of said stand before the footnotes
	words      []string // what Lines returns, once it was asked for
	inBody     int      // how many of words stand before the footnotes
	dress      string   // what Dress returns, once it was asked for
	start, end int      // in doc.data
}

// A Link is a link of the text with its place.
type Link struct {
	Destination string
	At          diag.Position
}

// Limits says which headings a file may have.
type Limits struct {
	// NoHeadings is for files that are one piece of text.
	NoHeadings bool
}

func engine() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Footnote,
			extension.DefinitionList,
		),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()),
	)
}

// Open reads the front matter of a file, and looks whether its text can be parsed in reasonable time. The source can be
// parsed only if no finding is an error.
func Open(file string, data []byte) (*Source, diag.Findings) {
	s := &Source{File: file, data: data}
	var findings diag.Findings
	if !s.readable(&findings) {
		return s, findings
	}
	s.lines = plain.LinesOf(s.data)
	front, body, ok := cutFrontMatter(s.data)
	if !ok {
		if end, begun := openFrontMatter(s.data); begun {
			findings.Add(diag.Position{File: file, Line: end}, "front-matter-open", nil)
		} else {
			findings.Add(diag.Position{File: file, Line: 1}, "front-matter-absent", nil)
		}
		return s, findings
	}
	s.Front = fields.YAML(file, 2, front)
	s.body, s.source = body, s.data[body:]
	s.sound = s.bearable(&findings)
	return s, findings
}

// Sound reports whether Open found that the text can be parsed.
func (s *Source) Sound() bool { return s.sound }

// Parse parses the text and finds everything that is wrong with it. The document can be used only if neither this nor
// Open found an error.
func (s *Source) Parse(limits Limits) (*Document, diag.Findings) {
	d := &Document{Source: s, Preamble: &Part{empty: true}}
	d.Preamble.doc = d
	var findings diag.Findings
	if !s.sound {
		return d, findings
	}
	d.findTemplates(&findings)
	d.findPlaceholders(&findings)
	root := d.tree()
	if !d.shallow(root, &findings) {
		return d, findings
	}
	d.cut(root, limits, &findings)
	describe(root)
	d.inspect(root, &findings)
	prose := d.prose(root)
	d.findLostNotes(prose, &findings)
	d.findMeantLinks(prose, &findings)
	if findings.Errors() == 0 {
		d.findLostWords(&findings)
	}
	return d, findings
}

// Read parses a text that Parse found nothing wrong with, at less than half the cost.
func (s *Source) Read() *Document {
	d := &Document{Source: s, Preamble: &Part{empty: true}}
	d.Preamble.doc = d
	var none diag.Findings
	if !s.sound {
		return d
	}
	if root := d.tree(); d.shallow(root, &none) {
		d.cut(root, Limits{}, &none)
		describe(root)
	}
	return d
}

func (d *Document) tree() ast.Node { return engine().Parser().Parse(text.NewReader(d.source)) }

// cutFrontMatter returns the YAML between the first line "---" and the next, and where the text after it begins.
func cutFrontMatter(data []byte) (front []byte, body int, ok bool) {
	const fence = "---\n"
	if !bytes.HasPrefix(data, []byte(fence)) {
		return nil, 0, false
	}
	rest := data[len(fence):]
	if bytes.HasPrefix(rest, []byte(fence)) {
		return nil, 2 * len(fence), true
	}
	end := bytes.Index(rest, []byte("\n"+fence))
	if end < 0 {
		return nil, 0, false
	}
	return rest[:end+1], len(fence) + end + 1 + len(fence), true
}

// frontLine is a line that may stand in front matter: a key, what goes on from the line before, or a comment.
var frontLine = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9_-]*:|[ \t]+\S|#[^#])`)

// openFrontMatter returns the line, from 1, before which front matter that was begun should have ended, and whether it was
// begun at all.
func openFrontMatter(data []byte) (end int, begun bool) {
	for line := range bytes.Lines(data) {
		if end++; end == 1 {
			if string(bytes.TrimRight(line, " \t\n")) != "---" {
				return 0, false
			}
			continue
		}
		if !frontLine.Match(line) {
			break
		}
	}
	return end, true
}

// place returns the position of an offset in the text.
func (s *Source) place(offset int) diag.Position {
	return s.lines.Place(s.File, offset+s.body)
}

func (d *Document) placeOf(n ast.Node) diag.Position {
	for ; n != nil; n = n.Parent() {
		if pos := n.Pos(); pos >= 0 {
			return d.place(pos)
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return d.place(n.Lines().At(0).Start)
		}
	}
	return diag.Position{File: d.File}
}

// cut makes the parts.
func (d *Document) cut(root ast.Node, limits Limits, findings *diag.Findings) {
	d.notes = map[int]*extast.Footnote{}
	part := d.Preamble
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *extast.FootnoteList:
			for f := n.FirstChild(); f != nil; f = f.NextSibling() {
				note := f.(*extast.Footnote)
				d.notes[note.Index] = note
			}
			continue
		case *ast.Heading:
			at := d.placeOf(n)
			at.Column = 1
			if limits.NoHeadings {
				findings.Add(at, "heading-not-here", nil)
				continue
			}
			if n.Level != 2 && n.Level != 3 {
				findings.Add(at, "heading-level", diag.Args{"Level": n.Level, "Marks": strings.Repeat("#", n.Level)})
				continue
			}
			if n.Level == 3 && part.Level == 0 {
				findings.Add(at, "heading-before-section", nil)
			}
			part = d.newPart(n, at, findings)
			d.Parts = append(d.Parts, part)
			continue
		}
		part.blocks = append(part.blocks, n)
	}
	d.anchorForms(findings)
	d.bound()
	d.claimed = map[int]bool{}
	for _, p := range d.all() {
		p.claimNotes(d.claimed)
		p.empty = len(p.blocks) == 0
		if p.Missing && !p.empty {
			findings.Add(p.At, "missing-with-text", diag.Args{"Anchor": p.Anchor})
		}
	}
}

func (d *Document) all() []*Part { return append([]*Part{d.Preamble}, d.Parts...) }

// bound gives each part its bytes: from the line of its heading to that of the next, the front matter to the
// preamble.
func (d *Document) bound() {
	all := d.all()
	for i, p := range all {
		if i > 0 {
			p.start = d.lines[p.At.Line-1]
		}
		p.end = len(d.data)
		if i+1 < len(all) {
			p.end = d.lines[all[i+1].At.Line-1]
		}
	}
}

func (d *Document) newPart(h *ast.Heading, at diag.Position, findings *diag.Findings) *Part {
	p := &Part{Level: h.Level, At: at, doc: d, heading: h}
	for _, a := range h.Attributes() {
		value, _ := a.Value.([]byte)
		switch {
		case string(a.Name) == "id":
			p.Anchor = string(value)
		case string(a.Name) == "class" && string(value) == "missing":
			p.Missing = true
		default:
			findings.Add(at, "heading-attribute", diag.Args{"Name": string(a.Name), "Value": string(value)})
		}
	}
	p.title = Inline(h, d.source)
	title := p.title
	switch {
	case title == "":
		findings.Add(at, "heading-empty", nil)
	case p.Anchor == "" && (strings.HasSuffix(title, "}") || strings.Contains(title, "{#")):
		title, meant := title[:strings.LastIndexByte(title, '{')+1], title[strings.LastIndexByte(title, '{')+1:]
		title = strings.TrimSpace(strings.TrimSuffix(title, "{"))
		findings.Add(at, "anchor-broken", diag.Args{"Title": title, "Suggestion": cmp.Or(AsAnchor(meant), suggest(title))})
	case p.Anchor == "":
		findings.Add(at, "anchor-absent", diag.Args{"Title": title, "Suggestion": suggest(title)})
	case !IsAnchor(p.Anchor): // anchorForms says so
	default:
		if anchor, ok := HeadingAnchor(d.lines.Line(d.data, at.Line)); !ok || anchor != p.Anchor {
			findings.Add(at, "heading-form", diag.Args{"Title": title, "Anchor": p.Anchor, "Marks": strings.Repeat("#", h.Level)})
		}
	}
	return p
}

// claimNotes gives the part the footnotes that it, or one of its notes, is the first to refer to.
func (p *Part) claimNotes(claimed map[int]bool) {
	p.walk(func(n ast.Node) {
		if link, ok := n.(*extast.FootnoteLink); ok && !claimed[link.Index] {
			if note := p.doc.notes[link.Index]; note != nil {
				claimed[link.Index] = true
				p.notes = append(p.notes, note)
			}
		}
	})
}

// referred returns the footnotes that the part, or one of them, refers to, also where another part was the first.
func (p *Part) referred() []*extast.Footnote {
	alone := &Part{doc: p.doc, heading: p.heading, blocks: p.blocks}
	alone.claimNotes(map[int]bool{})
	return alone.notes
}

// walk visits every node of heading and text, and of the part's notes, those that visit itself adds among them.
func (p *Part) walk(visit func(ast.Node)) {
	each := func(root ast.Node) {
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				visit(n)
			}
			return ast.WalkContinue, nil
		})
	}
	if p.heading != nil {
		each(p.heading)
	}
	for _, n := range p.blocks {
		each(n)
	}
	for i := 0; i < len(p.notes); i++ {
		each(p.notes[i])
	}
}

// Links returns the links of the part in their order.
func (p *Part) Links() []Link {
	var out []Link
	p.walk(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			out = append(out, Link{string(n.Destination), p.doc.placeOf(n)})
		case *ast.AutoLink:
			out = append(out, Link{autoLinkAddress(n, p.doc.source), p.doc.placeOf(n)})
		}
	})
	return out
}

func autoLinkAddress(n *ast.AutoLink, source []byte) string {
	address := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		return "mailto:" + address
	}
	return address
}

// Source returns the bytes of the part as they stand in the file: from its heading line up to the next heading, or
// from the start of the file for the preamble. The parts of a file, one after the other, are the file.
func (p *Part) Source() []byte { return p.doc.data[p.start:p.end] }

// Empty reports whether the part has no text of its own.
func (p *Part) Empty() bool { return p.empty }
