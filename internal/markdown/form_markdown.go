package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// NewMarkdown returns the form of Markdown, for a file of several documents. resolve turns the destination of a link, as its author
// wrote it, into an address, and prefix sets the names of footnotes apart. The words are written as their author wrote them, escapes
// and references to characters among them; blocks are written in one way: code between fences, footnotes behind the part that
// refers to them.
func NewMarkdown(resolve func(destination string) string, prefix string) *Form {
	return newForm(&markdownForm{resolve: resolve, prefix: prefix})
}

type markdownForm struct {
	resolve func(string) string
	prefix  string
	source  []byte
}

func (m *markdownForm) of(source []byte) { m.source = source }

func (m *markdownForm) heading(n *ast.Heading) string {
	var to lines
	m.inline(&to, n, false)
	return to.text.String()
}

func (m *markdownForm) note(to *lines, n *extast.Footnote) {
	mark := "[^" + m.label(n.Index) + "]: "
	to.inside(mark, "    ", func() { m.children(to, n, false) })
}

func (m *markdownForm) label(index int) string { return fmt.Sprint(m.prefix, index) }

func (m *markdownForm) block(to *lines, n ast.Node, tight bool) {
	switch n := n.(type) {
	case *ast.List:
		m.list(to, n)
	case *ast.Blockquote:
		to.inside("> ", "> ", func() { m.children(to, n, false) })
	case *ast.CodeBlock:
		m.code(to, n, "")
	case *ast.FencedCodeBlock:
		info := ""
		if n.Info != nil {
			info = string(n.Info.Segment.Value(m.source))
		}
		m.code(to, n, info)
	case *ast.ThematicBreak:
		to.write("___")
		to.end()
	case *extast.Table:
		m.table(to, n)
	case *extast.DefinitionList:
		m.definitions(to, n)
	default: // a paragraph
		m.inline(to, n, false)
		to.end()
	}
}

// children writes the blocks in a block, with empty lines between unless it is an item of a tight list.
func (m *markdownForm) children(to *lines, n ast.Node, tight bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && !tight {
			to.empty()
		}
		m.block(to, c, tight)
	}
}

func (m *markdownForm) list(to *lines, list *ast.List) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item != list.FirstChild() && !list.IsTight {
			to.empty()
		}
		mark := string(list.Marker) + " "
		if list.IsOrdered() {
			mark = fmt.Sprint(number) + mark
		}
		number++
		to.within(mark, func() { m.children(to, item, list.IsTight) })
	}
}

// code writes code between fences that are longer than any in it.
func (m *markdownForm) code(to *lines, n ast.Node, info string) {
	longest := 2
	all := n.Lines()
	for i := range all.Len() {
		segment := all.At(i)
		longest = max(longest, longestRun(segment.Value(m.source), '`'))
	}
	fence := strings.Repeat("`", longest+1)
	if strings.Contains(info, "`") { // of a fence of tildes
		fence = strings.Repeat("~", longest+1)
	}
	to.write(fence + info)
	to.end()
	for i := range all.Len() {
		segment := all.At(i)
		if line := strings.TrimSuffix(string(segment.Value(m.source)), "\n"); line != "" {
			to.write(line)
			to.end()
		} else {
			to.empty()
		}
	}
	to.write(fence)
	to.end()
}

func longestRun(text []byte, of byte) int {
	longest, run := 0, 0
	for _, c := range text {
		if run++; c != of {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

func (m *markdownForm) table(to *lines, table *extast.Table) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		to.write("|")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			to.write(" ")
			m.inline(to, cell, true)
			to.write(" |")
		}
		to.end()
		if row == table.FirstChild() {
			to.write("|")
			for _, a := range table.Alignments {
				to.write(map[extast.Alignment]string{extast.AlignRight: " ---: |", extast.AlignCenter: " :---: |", extast.AlignLeft: " :--- |", extast.AlignNone: " --- |"}[a])
			}
			to.end()
		}
	}
}

func (m *markdownForm) definitions(to *lines, list *extast.DefinitionList) {
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		description, is := n.(*extast.DefinitionDescription)
		if !is {
			if _, after := n.PreviousSibling().(*extast.DefinitionDescription); after {
				to.empty()
			}
			m.inline(to, n, false)
			to.end()
			continue
		}
		if !description.IsTight {
			to.empty()
		}
		to.within(": ", func() { m.children(to, n, false) })
	}
}

// inline writes what stands in a block. Only code in the cell of a table needs marks for its bars.
func (m *markdownForm) inline(to *lines, block ast.Node, cell bool) {
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		m.span(to, n, cell)
	}
}

func (m *markdownForm) span(to *lines, n ast.Node, cell bool) {
	switch n := n.(type) {
	case *ast.Text:
		words := string(n.Segment.Value(m.source))
		if beginsLine(n) {
			words = guarded(words)
		}
		to.write(words)
		switch {
		case n.HardLineBreak():
			to.write(`\`)
			to.end()
		case n.SoftLineBreak():
			to.end()
		}
	case *ast.String:
		to.write(string(n.Value))
	case *ast.CodeSpan:
		to.write(m.codeSpan(n, cell))
	case *ast.Emphasis:
		mark := "*"
		if n.Pos() >= 0 && m.source[n.Pos()] == '_' {
			mark = "_"
		}
		mark = strings.Repeat(mark, n.Level)
		to.write(mark)
		m.inline(to, n, cell)
		to.write(mark)
	case *ast.Link:
		to.write("[")
		m.inline(to, n, cell)
		to.write("](" + destinationOf(m.resolve(string(n.Destination))))
		if len(n.Title) > 0 {
			to.write(` "` + titleOf(string(n.Title)) + `"`)
		}
		to.write(")")
	case *ast.AutoLink:
		to.write("<" + string(n.Label(m.source)) + ">")
	case *extast.FootnoteLink:
		to.write("[^" + m.label(n.Index) + "]")
	}
}

// beginsLine reports whether a text stands at the beginning of a line, but for the first of its block.
func beginsLine(n *ast.Text) bool {
	before, ok := n.PreviousSibling().(*ast.Text)
	return ok && (before.SoftLineBreak() || before.HardLineBreak())
}

// guarded keeps a line of a paragraph from being taken for the beginning of another block, or for the mark of a heading above it: as it
// stood in the file, it may have lacked the marks of the blocks around it.
func guarded(line string) string {
	if line != "" && strings.IndexByte("=-+#>~:", line[0]) >= 0 {
		return `\` + line
	}
	return line
}

func (m *markdownForm) codeSpan(n *ast.CodeSpan, cell bool) string {
	var code strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			code.WriteString(strings.ReplaceAll(string(t.Segment.Value(m.source)), "\n", " "))
		}
	}
	words := code.String()
	if cell {
		words = strings.ReplaceAll(words, "|", `\|`)
	}
	fence := strings.Repeat("`", longestRun([]byte(words), '`')+1)
	if strings.HasPrefix(words, "`") || strings.HasSuffix(words, "`") ||
		strings.HasPrefix(words, " ") && strings.HasSuffix(words, " ") && strings.Trim(words, " ") != "" {
		words = " " + words + " "
	}
	return fence + words + fence
}

// destinationOf is an address as the destination of a link.
func destinationOf(address string) string {
	escaped := util.URLEscape([]byte(address), true)
	if bytes.ContainsRune(escaped, ';') { // else no reference to a character could begin at an ampersand
		escaped = bytes.ReplaceAll(escaped, []byte("&"), []byte("&amp;"))
	}
	return escapedInLink.Replace(string(escaped))
}

var escapedInLink = strings.NewReplacer("(", `\(`, ")", `\)`, `\`, `\\`)

// titleOf is the title of a link as its author wrote it, between double quotation marks.
func titleOf(title string) string {
	var b strings.Builder
	for i := 0; i < len(title); i++ {
		switch {
		case title[i] == '"':
			b.WriteByte('\\')
		case title[i] == '\\' && i+1 < len(title):
			b.WriteByte(title[i])
			i++
		}
		b.WriteByte(title[i])
	}
	return b.String()
}

// Literal returns plain text as Markdown that says it and nothing else, in one line.
func Literal(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if strings.IndexByte("\\`*_[]{}<>&|~", c) >= 0 || i == 0 && strings.IndexByte("#+-=:", c) >= 0 {
			b.WriteByte('\\')
		}
		if i > 0 && (c == '.' || c == ')') && strings.Trim(text[:i], "0123456789") == "" { // it would be an item of a list
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}
