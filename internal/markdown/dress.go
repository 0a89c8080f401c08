package markdown

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Dress returns the SHA-256, in lower-case hexadecimal, of how the part is dressed: which elements there are around which words, of which kind lists
// and emphasis are, and where links lead. Where two parts have the same words, the same dress means that readers see the same. How the
// Markdown is written does not matter: where lines are broken, or which sign makes an item of a list.
func (p *Part) Dress() string {
	if p.dress == "" {
		p.dress = p.findDress()
	}
	return p.dress
}

func (p *Part) findDress() string {
	var d dressing
	if p.doc != nil {
		d.source = p.doc.source
	}
	if p.heading != nil {
		d.walk(p.heading)
	}
	for _, n := range p.blocks {
		d.walk(n)
	}
	for _, n := range p.notes {
		d.walk(n)
	}
	sum := sha256.Sum256(d.form)
	return hex.EncodeToString(sum[:])
}

type dressing struct {
	source []byte
	form   []byte
}

func (d *dressing) walk(n ast.Node) {
	if n.Kind() != ast.KindText {
		d.form = append(d.form, '<')
		d.form = append(d.form, n.Kind().String()...)
	}
	switch n := n.(type) {
	case *ast.Text:
		d.form = append(d.form, resolved(n.Segment.Value(d.source))...)
		switch {
		case n.HardLineBreak():
			d.form = append(d.form, "<br>"...)
		case n.SoftLineBreak():
			d.form = append(d.form, ' ')
		}
		return
	case *ast.String:
		d.form = append(d.form, n.Value...)
	case *ast.AutoLink:
		d.form = append(d.form, autoLinkAddress(n, d.source)...)
	case *ast.Link:
		d.form = append(append(append(d.form, n.Destination...), ' '), n.Title...)
	case *ast.Emphasis:
		d.form = strconv.AppendInt(d.form, int64(n.Level), 10)
	case *ast.List:
		if n.IsOrdered() {
			d.form = strconv.AppendInt(d.form, int64(n.Start), 10)
		}
	case *extast.TableCell:
		d.form = strconv.AppendInt(d.form, int64(n.Alignment), 10)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			segment := n.Lines().At(i)
			d.form = append(d.form, segment.Value(d.source)...)
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		d.walk(c)
	}
	d.form = append(d.form, '>')
}
