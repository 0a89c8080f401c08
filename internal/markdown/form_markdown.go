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
	to := lines{written: true} // behind the marks of the heading
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

// children writes the blocks in a block, with empty lines between unless it is an item of a tight list and its lines stay apart by themselves.
func (m *markdownForm) children(to *lines, n ast.Node, tight bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && (!tight || goesInto(c.PreviousSibling(), c)) {
			to.empty()
		}
		m.block(to, c, tight)
	}
}

// marker is that of a list: as its author wrote it, unless only a footnote stood between it and one with the same before it.
func marker(list *ast.List) byte {
	before, ok := list.PreviousSibling().(*ast.List)
	if !ok || marker(before) != list.Marker {
		return list.Marker
	}
	return map[byte]byte{'-': '*', '*': '-', '+': '-', '.': ')', ')': '.'}[list.Marker]
}

// goesInto reports whether the lines of two blocks that follow one another would be one block: rows of a table, terms with what they
// mean, or words between which a footnote stood. Where one did, there may be a list that does not begin at 1, too.
func goesInto(before, after ast.Node) bool {
	ofLines := func(n ast.Node) bool {
		return n.Kind() == extast.KindTable || n.Kind() == extast.KindDefinitionList
	}
	list, ok := after.(*ast.List)
	return ofLines(before) || ofLines(after) ||
		before.Kind() == ast.KindTextBlock && (after.Kind() == ast.KindTextBlock || ok && list.IsOrdered() && list.Start != 1)
}

func (m *markdownForm) list(to *lines, list *ast.List) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item != list.FirstChild() && !list.IsTight {
			to.empty()
		}
		mark := string(marker(list)) + " "
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
		if words := string(n.Segment.Value(m.source)); words != "" {
			_, behindNote := n.PreviousSibling().(*extast.FootnoteLink)
			switch {
			case !to.written:
				words = guarded(words, n)
			case behindNote && words[0] == ':': // else it might be the note
				words = `\` + words
			}
			to.write(words)
		}
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

// guarded keeps the words of n, at the beginning of a line, from being taken for the beginning of a block, or for the mark of a heading
// above it: as they stood in the file, they may have been indented, or have lacked the marks of the blocks around them. Marks of emphasis
// and code are left as they are where they begin nothing: what is escaped changes which of them are pairs.
func guarded(words string, n *ast.Text) string {
	mark := words[:1]
	rest := strings.TrimLeft(words, mark)
	run := len(words) - len(rest)
	switch mark {
	case "`", "~":
		if run >= 3 { // a fence
			return strings.Repeat(fmt.Sprintf("&#%d;", mark[0]), run) + rest
		}
	case "*", "_":
		if rest == "" && !goesOn(n) || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\t") {
			return strings.Repeat(`\`+mark, run) + rest // an item of a list, or a rule
		}
	case "=", "-", "+", "#", ">", "<", ":", "|":
		return `\` + words
	}
	if rest := strings.TrimLeft(words, "0123456789"); len(rest) < len(words) && rest != "" && (rest[0] == '.' || rest[0] == ')') {
		return words[:len(words)-len(rest)] + `\` + rest
	}
	return words
}

// goesOn reports whether something that is no text follows in the same line.
func goesOn(n *ast.Text) bool {
	next := n.NextSibling()
	_, text := next.(*ast.Text)
	return next != nil && !text && !n.SoftLineBreak() && !n.HardLineBreak()
}

// fence is what stands before code, which is as long as its author made it: others may be no pairs for that.
func (m *markdownForm) fence(n *ast.CodeSpan, words string) string {
	if t, ok := n.FirstChild().(*ast.Text); ok {
		before := bytes.TrimSuffix(bytes.TrimSuffix(m.source[:t.Segment.Start], []byte(" ")), []byte("\n"))
		if run := len(before) - len(bytes.TrimRight(before, "`")); run > 0 {
			return strings.Repeat("`", run)
		}
	}
	return strings.Repeat("`", longestRun([]byte(words), '`')+1)
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
	fence := m.fence(n, words)
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
	text = strings.ReplaceAll(text, "\n", " ")
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
