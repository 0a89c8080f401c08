package markdown

import (
	"bytes"
	stdhtml "html"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// Title returns the plain text of the part's heading.
func (p *Part) Title() string { return p.title }

// Lines returns the words of the part without its heading: a line for each paragraph, list item, table cell, term,
// definition, line of code and footnote, in the order of the page. In a line, words are set apart by one space. The
// marks of Markdown, numbers of lists and addresses of links are no words.
func (p *Part) Lines() []string {
	if p.words == nil {
		p.words = []string{}
		for i, b := range p.Blocks() {
			if i == p.bodyBlocks {
				p.inBody = len(p.words)
			}
			p.words = b.appendTo(p.words)
		}
		if p.bodyBlocks == len(p.said) {
			p.inBody = len(p.words)
		}
	}
	return p.words
}

// BodyLines are those of Lines that are not of footnotes.
func (p *Part) BodyLines() []string { return p.Lines()[:p.inBody] }

// NoteLines are those of Lines that are of footnotes.
func (p *Part) NoteLines() []string { return p.Lines()[p.inBody:] }

// Inline returns the plain text inside a block: escapes and character references resolved, marks left out, line ends
// as spaces.
func Inline(block ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					b.Write(t.Segment.Value(source))
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			b.WriteString(resolved(n.Segment.Value(source)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return spaced(b.String())
}

// spaced sets the words of a text apart by one space. Most texts have them so.
func spaced(text string) string {
	before := ' '
	for _, r := range text {
		if r == ' ' && before == ' ' || r != ' ' && unicode.IsSpace(r) {
			return strings.Join(strings.Fields(text), " ")
		}
		before = r
	}
	if before == ' ' {
		return strings.TrimSuffix(text, " ")
	}
	return text
}

// resolved resolves escapes and character references exactly as the renderer does, whose HTML is read back. Most texts have
// none, and are words as they stand.
func resolved(raw []byte) string {
	if !bytes.ContainsAny(raw, "\\&") {
		return string(raw)
	}
	var b memory
	html.DefaultWriter.Write(&b, raw)
	return stdhtml.UnescapeString(b.String())
}
