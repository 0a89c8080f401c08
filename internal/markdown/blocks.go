package markdown

import (
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A Block is words that stand by themselves on a page: a paragraph, an item of a list, a row of a table, a term, a definition, a line
// of code.
type Block struct {
	// In are the elements around it, the outermost first.
	In []Place
	// Cells are its words: those of each cell of a row of a table, which may be empty, and otherwise one that is not. Words are set
	// apart by one space.
	Cells []string
	// Head is whether it is the row of a table that says what stands below it.
	Head bool
}

// A Place is an element around a block. Two blocks of a part are in the same one if and only if their places are the same, as
// are those around them.
type Place struct {
	// Element is that of HTML: "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table" or "pre"; or "notes", the list of the footnotes of a
	// part.
	Element string
	// Number tells it apart from others around which there is the same. That of an item of "ol" or "notes" is the one printed.
	Number int
}

func (p Place) String() string { return fmt.Sprintf("%s %d", p.Element, p.Number) }

// Row reports whether the block is a row of a table.
func (b Block) Row() bool { return len(b.In) > 0 && b.In[len(b.In)-1].Element == "table" }

// Blocks returns the blocks of the part without its heading, in the order of the page: those of its text, then of its footnotes.
func (p *Part) Blocks() []Block {
	switch {
	case p.doc == nil: // a part that no file has
	case p.said == nil:
		w := blockWalk{source: p.doc.source, all: []Block{}}
		for i, n := range p.blocks {
			w.block(n, i+1, nil)
		}
		p.bodyBlocks = len(w.all)
		for _, n := range p.notes {
			w.children(n, within(within(nil, "notes", 1), "li", n.Index))
		}
		p.said = w.all
	}
	return p.said
}

// appendTo appends the words of the block, a line for each of its cells.
func (b Block) appendTo(lines []string) []string {
	for _, words := range b.Cells {
		if words != "" {
			lines = append(lines, words)
		}
	}
	return lines
}

func blockLines(root ast.Node, source []byte) []string {
	w := blockWalk{source: source}
	w.block(root, 1, nil)
	var lines []string
	for _, b := range w.all {
		lines = b.appendTo(lines)
	}
	return lines
}

type blockWalk struct {
	source []byte
	all    []Block
}

// within returns the places with one more. The list is never appended to in place, so that blocks may share it.
func within(in []Place, element string, number int) []Place {
	return append(in[:len(in):len(in)], Place{element, number})
}

func (w *blockWalk) add(in []Place, words string) {
	if words != "" {
		w.all = append(w.all, Block{In: in, Cells: []string{words}})
	}
}

func (w *blockWalk) children(n ast.Node, in []Place) {
	number := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		number++
		w.block(c, number, in)
	}
}

// block adds what a node and those below it say. number is its place among its siblings, from 1.
func (w *blockWalk) block(n ast.Node, number int, in []Place) {
	switch n := n.(type) {
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		in = within(in, "pre", number)
		for i := range n.Lines().Len() {
			segment := n.Lines().At(i)
			w.add(in, spaced(string(segment.Value(w.source))))
		}
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		w.add(in, Inline(n, w.source))
	case *ast.List:
		w.list(n, number, in)
	case *ast.Blockquote:
		w.children(n, within(in, "blockquote", number))
	case *extast.DefinitionList:
		w.children(n, within(in, "dl", number))
	case *extast.DefinitionTerm:
		w.add(within(in, "dt", number), Inline(n, w.source))
	case *extast.DefinitionDescription:
		w.children(n, within(in, "dd", number))
	case *extast.Table:
		w.table(n, within(in, "table", number))
	default:
		if n.Type() == ast.TypeBlock {
			w.children(n, in)
		}
	}
}

func (w *blockWalk) list(n *ast.List, number int, in []Place) {
	element, first := "ul", 1
	if n.IsOrdered() {
		element, first = "ol", n.Start
	}
	in = within(in, element, number)
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		w.children(item, within(in, "li", first))
		first++
	}
}

func (w *blockWalk) table(n *extast.Table, in []Place) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*extast.TableHeader)
		b, said := Block{In: in, Head: head}, false
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			words := Inline(cell, w.source)
			b.Cells, said = append(b.Cells, words), said || words != ""
		}
		if said {
			w.all = append(w.all, b)
		}
	}
}
