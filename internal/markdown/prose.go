package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// prose returns the text of the file with spaces in place of code and of what is escaped by a backslash: what still looks
// like a mark was meant as one. Every byte stands where it does in the text, which is returned itself if it has neither.
func (d *Document) prose(root ast.Node) []byte {
	prose := d.source
	blank := func(from, to int) {
		if &prose[0] == &d.source[0] {
			prose = slices.Clone(prose)
		}
		for i := from; i < to; i++ {
			if prose[i] != '\n' {
				prose[i] = ' '
			}
		}
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					blank(t.Segment.Start, t.Segment.Stop)
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.FencedCodeBlock:
			if n.Info != nil {
				blank(n.Info.Segment.Start, n.Info.Segment.Stop)
			}
		}
		if n.Kind() == ast.KindCodeBlock || n.Kind() == ast.KindFencedCodeBlock {
			for i := range n.Lines().Len() {
				blank(n.Lines().At(i).Start, n.Lines().At(i).Stop)
			}
		}
		return ast.WalkContinue, nil
	})
	for at := 0; ; {
		i := bytes.IndexByte(prose[at:], '\\')
		if i < 0 || at+i+1 == len(prose) {
			return prose
		}
		if at += i; util.IsPunct(prose[at+1]) {
			blank(at, at+2)
		}
		at++
	}
}

// proseLines are Lines of the part without code and what is escaped; prose is that of the file.
func (p *Part) proseLines(prose []byte) []string {
	if len(prose) == 0 || &prose[0] == &p.doc.source[0] {
		return p.Lines()
	}
	var lines []string
	for _, n := range p.blocks {
		lines = append(lines, blockLines(n, prose)...)
	}
	for _, n := range p.notes {
		lines = append(lines, blockLines(n, prose)...)
	}
	return lines
}
