package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Rest drops what was read of the text, which takes many times the memory of the text itself. It is read again when a
// part is next asked for it. Only a document without errors may rest.
func (d *Document) Rest() {
	d.asleep, d.notes = true, nil
	for _, p := range d.all() {
		p.heading, p.blocks, p.notes, p.words = nil, nil, nil, nil
	}
}

// Rest lets the document of the part rest.
func (p *Part) Rest() {
	if p.doc != nil {
		p.doc.Rest()
	}
}

// awake returns the part with its text read.
func (p *Part) awake() *Part {
	if p.doc != nil && p.doc.asleep {
		p.doc.wake()
	}
	return p
}

// wake reads the text again. It has no errors, so its headings are those of the parts, one by one.
func (d *Document) wake() {
	d.asleep, d.notes = false, map[int]*extast.Footnote{}
	all := d.all()
	part, next := all[0], 1
	root := d.tree()
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *extast.FootnoteList:
			d.keepNotes(n)
		case *ast.Heading:
			part, next = all[next], next+1
			part.heading = n
		default:
			part.blocks = append(part.blocks, n)
		}
	}
	describe(root)
	claimed := map[int]bool{}
	for _, p := range all {
		p.claimNotes(claimed)
	}
}

func (d *Document) keepNotes(list *extast.FootnoteList) {
	for f := list.FirstChild(); f != nil; f = f.NextSibling() {
		note := f.(*extast.Footnote)
		d.notes[note.Index] = note
	}
}
