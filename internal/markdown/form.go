package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A Form makes one document into a file that is no HTML: Markdown again (NewMarkdown), or plain text (NewPlain).
type Form struct {
	printed map[int]bool // notes, by index
	blocks  blockForm
	columns int   // of a line, where it is not PlainWidth
	to      lines // of the part that is being written
}

// blockForm writes blocks in one form.
type blockForm interface {
	// block writes a block that stands in an item of a tight list or not.
	block(to *lines, n ast.Node, tight bool)
	// note writes a footnote.
	note(to *lines, n *extast.Footnote)
	// heading is the words of a heading in one line.
	heading(n *ast.Heading) string
	// of sets the source of what follows.
	of(source []byte)
}

func newForm(blocks blockForm) *Form { return &Form{printed: map[int]bool{}, blocks: blocks} }

// Heading returns the words of the part's heading, in one line.
func (f *Form) Heading(p *Part) string {
	if p.heading == nil {
		return ""
	}
	f.blocks.of(p.doc.source)
	return f.blocks.heading(p.heading)
}

// Whole returns the text of a part and the footnotes that it refers to, but for those that this form has printed already; so it is to
// be called part by part as they stand in the file. It ends with a line feed, or is empty.
func (f *Form) Whole(p *Part) string {
	if p.doc == nil {
		return ""
	}
	to := &f.to
	to.text.Reset()
	to.columns = f.columns
	f.blocks.of(p.doc.source)
	for i, n := range p.blocks {
		if i > 0 {
			to.blank()
		}
		f.blocks.block(to, n, false)
	}
	for _, n := range p.referred() {
		if !f.printed[n.Index] {
			f.printed[n.Index] = true
			to.blank()
			f.blocks.note(to, n)
		}
	}
	to.end()
	return to.text.String()
}

// lines is a text that is written line by line, each with what stands before it in the blocks around.
type lines struct {
	text    bytes.Buffer
	before  []byte // what stands before each line
	mark    string // what stands before the next one, once, behind the first bytes of before: so many
	first   int
	written bool // whether something was written into this line
	columns int  // where they are not PlainWidth
}

// write writes into the line; what is written has no line feed.
func (l *lines) write(words string) {
	if !l.written {
		l.written = true
		if l.mark == "" {
			l.first = len(l.before)
		}
		l.text.Write(l.before[:l.first])
		l.text.WriteString(l.mark)
		l.mark = ""
	}
	l.text.WriteString(words)
}

// end ends the line, if one was begun.
func (l *lines) end() {
	if l.written {
		l.text.WriteByte('\n')
		l.written = false
	}
}

// blank ends the line and sets what follows apart by an empty one. At the beginning there is none.
func (l *lines) blank() {
	l.end()
	if l.text.Len() > 0 {
		l.empty()
	}
}

// empty writes an empty line. A mark that waits for words keeps waiting.
func (l *lines) empty() {
	before := l.before
	if l.mark != "" {
		before = before[:l.first]
	}
	l.text.Write(bytes.TrimRight(before, " "))
	l.text.WriteByte('\n')
}

// within writes a block whose first line begins with the mark, and all others with as many spaces.
func (l *lines) within(mark string, write func()) {
	l.inside(mark, strings.Repeat(" ", len(mark)), write)
}

// inside writes a block whose first line begins with the mark, and all others with the rest.
func (l *lines) inside(mark, rest string, write func()) {
	l.end()
	outer := len(l.before)
	if l.mark == "" {
		l.first = outer
	}
	l.mark += mark
	l.before = append(l.before, rest...)
	write()
	l.end()
	l.before = l.before[:outer]
	if l.mark != "" { // nothing was written
		l.mark = strings.TrimRight(l.mark, " ")
		if strings.HasSuffix(l.mark, ":") { // without a space it would be no definition
			l.mark += " "
		}
		l.write("")
		l.end()
	}
}
