package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// NewPlain returns the form of plain text, in lines of PlainWidth columns. resolve turns the destination of a link, as its author wrote
// it, into an address, which stands behind the words of the link where it is none of them. Lists keep their marks, code stands as it
// is, and a table has a line for each row, or for each cell where a row is too long.
func NewPlain(resolve func(destination string) string) *Form {
	return newForm(&plainForm{resolve: resolve})
}

// NewPlainIn is NewPlain in lines of so many columns.
func NewPlainIn(columns int, resolve func(destination string) string) *Form {
	f := NewPlain(resolve)
	f.columns = columns
	return f
}

type plainForm struct {
	resolve func(string) string
	source  []byte
	line    bytes.Buffer // of the block that is being written
}

func (f *plainForm) of(source []byte) { f.source = source }

func (f *plainForm) heading(n *ast.Heading) string { return strings.Join(f.wordsOf(n), " ") }

func (f *plainForm) note(to *lines, n *extast.Footnote) {
	to.within(fmt.Sprintf("[%d] ", n.Index), func() { f.children(to, n, false) })
}

func (f *plainForm) block(to *lines, n ast.Node, tight bool) {
	switch n := n.(type) {
	case *ast.List:
		f.list(to, n)
	case *ast.Blockquote:
		to.inside("> ", "> ", func() { f.children(to, n, false) })
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		to.within("    ", func() { f.code(to, n) })
	case *ast.ThematicBreak:
		to.write("* * *")
		to.end()
	case *extast.Table:
		f.table(to, n)
	case *extast.DefinitionList:
		f.definitions(to, n)
	default: // a paragraph
		for _, line := range f.wordsOf(n) {
			to.wrapped(line)
		}
	}
}

func (f *plainForm) children(to *lines, n ast.Node, tight bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && !tight {
			to.empty()
		}
		f.block(to, c, tight)
	}
}

func (f *plainForm) list(to *lines, list *ast.List) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item != list.FirstChild() && !list.IsTight {
			to.empty()
		}
		mark := "- "
		if list.IsOrdered() {
			mark = fmt.Sprint(number) + string(list.Marker) + " "
		}
		number++
		to.within(mark, func() { f.children(to, item, list.IsTight) })
	}
}

func (f *plainForm) code(to *lines, n ast.Node) {
	all := n.Lines()
	for i := range all.Len() {
		segment := all.At(i)
		if line := strings.TrimRight(string(segment.Value(f.source)), "\n"); line != "" {
			to.write(line)
			to.end()
		} else {
			to.empty()
		}
	}
}

func (f *plainForm) definitions(to *lines, list *extast.DefinitionList) {
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		if _, is := n.(*extast.DefinitionDescription); is {
			to.within("    ", func() { f.children(to, n, false) })
			continue
		}
		if _, after := n.PreviousSibling().(*extast.DefinitionDescription); after {
			to.empty()
		}
		for _, line := range f.wordsOf(n) {
			to.wrapped(line)
		}
	}
}

// barred stands between the cells of a row.
const barred = " | "

// table writes a table with its columns below one another, or cell by cell where they are too wide together.
func (f *plainForm) table(to *lines, table *extast.Table) {
	var rows [][]string
	wide := make([]int, len(table.Alignments))
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			words := strings.Join(f.wordsOf(cell), " ")
			if i := len(cells); i < len(wide) {
				wide[i] = max(wide[i], Columns(words))
			}
			cells = append(cells, words)
		}
		rows = append(rows, cells)
	}
	whole := len(barred) * (len(wide) - 1)
	for _, w := range wide {
		whole += w
	}
	if whole > to.room() {
		f.cells(to, rows)
		return
	}
	for i, cells := range rows {
		to.write(row(cells, wide, table.Alignments))
		to.end()
		if i == 0 {
			to.write(strings.Repeat("-", whole))
			to.end()
		}
	}
}

// row is the line of a row.
func row(cells []string, wide []int, alignments []extast.Alignment) string {
	var b strings.Builder
	for i, words := range cells {
		if i > 0 {
			b.WriteString(barred)
		}
		fill := strings.Repeat(" ", wide[i]-Columns(words))
		if alignments[i] == extast.AlignRight {
			words, fill = fill+words, ""
		}
		b.WriteString(words + fill)
	}
	return strings.TrimRight(b.String(), " ")
}

// cells writes the heads of a table in one line, and then each row as lines of its cells, each behind its head.
func (f *plainForm) cells(to *lines, rows [][]string) {
	to.wrapped(strings.Join(rows[0], barred))
	for _, cells := range rows[1:] {
		to.empty()
		for i, words := range cells {
			if head := rows[0][i]; head != "" {
				words = strings.TrimRight(head+": "+words, " ")
			}
			if words != "" {
				to.within("  ", func() { to.wrapped(words) })
			}
		}
	}
}

// wordsOf are the words in a block, with a line for each that its author ended.
func (f *plainForm) wordsOf(block ast.Node) []string {
	f.line.Reset()
	f.words(&f.line, block)
	all := strings.Split(f.line.String(), "\n")
	for i := range all {
		all[i] = strings.Trim(all[i], " ")
	}
	return slices.DeleteFunc(all, func(line string) bool { return line == "" })
}

func (f *plainForm) words(b *bytes.Buffer, block ast.Node) {
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(strings.ReplaceAll(resolved(n.Segment.Value(f.source)), "\t", " "))
			switch {
			case n.HardLineBreak():
				b.WriteByte('\n')
			case n.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					b.WriteString(strings.ReplaceAll(string(t.Segment.Value(f.source)), "\n", " "))
				}
			}
		case *ast.Link:
			f.words(b, n)
			if address := f.resolve(string(n.Destination)); !says(string(n.Destination), Inline(n, f.source), address) {
				b.WriteString(" <" + string(util.URLEscape([]byte(address), true)) + ">")
			}
		case *ast.AutoLink:
			b.WriteString("<" + string(n.Label(f.source)) + ">")
		case *extast.FootnoteLink:
			fmt.Fprintf(b, "[%d]", n.Index)
		default:
			f.words(b, n)
		}
	}
}

// says reports whether the words of a link are its address, or the telephone number that it calls.
func says(destination, words, address string) bool {
	if strings.HasPrefix(destination, "tel:") && showsAddress(destination, words) {
		return true
	}
	for _, scheme := range []string{"mailto:", "https://", "http://"} {
		address = strings.TrimPrefix(address, scheme)
		words = strings.TrimPrefix(words, scheme)
	}
	return strings.TrimSuffix(words, "/") == strings.TrimSuffix(address, "/")
}

// room is how many columns are left of a line for words.
func (l *lines) room() int { return cmp.Or(l.columns, PlainWidth) - len(l.before) }

// wrapped writes words in as many lines as they need.
func (l *lines) wrapped(words string) {
	wrap(words, l.room(), func(line string) {
		l.write(line)
		l.end()
	})
}
