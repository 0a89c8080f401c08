package redline

import (
	"html"
	"strconv"
	"strings"

	"placard/internal/markdown"
)

// HTML returns the blocks of a section as HTML: paragraphs, lists, tables as they stand in the texts, with <del> and <ins> around words
// that only one of these has. Emphasis and links are left out. Rows, items and cells of one text alone have their words marked.
func HTML(blocks []Block) string {
	var d drawing
	for _, b := range blocks {
		d.block(b)
	}
	d.close(0)
	return d.String()
}

// Plain returns blocks of a text that are compared with nothing.
func Plain(blocks []markdown.Block) []Block {
	var all []Block
	for _, b := range blocks {
		all = append(all, alone(Equal, b, b.In))
	}
	return all
}

// Line returns the pieces of a line as HTML.
func Line(pieces []Piece) string {
	var d drawing
	d.line(pieces)
	return d.String()
}

// drawing is HTML with the elements that are open.
type drawing struct {
	strings.Builder
	open []markdown.Place
}

func (d *drawing) block(b Block) {
	keep := 0
	for keep < len(d.open) && keep < len(b.In) && d.open[keep] == b.In[keep] {
		keep++
	}
	d.close(keep)
	for _, p := range b.In[keep:] {
		d.start(p)
	}
	switch element := d.inside(); {
	case b.Row():
		d.row(b)
	case element == "pre":
		d.line(b.Cells[0])
		d.WriteByte('\n')
	case element == "dt":
		d.line(b.Cells[0])
	default:
		d.WriteString("<p>")
		d.line(b.Cells[0])
		d.WriteString("</p>\n")
	}
}

func (d *drawing) inside() string {
	if len(d.open) == 0 {
		return ""
	}
	return d.open[len(d.open)-1].Element
}

func (d *drawing) row(b Block) {
	tag := "td"
	if b.Head {
		tag = `th scope="col"`
	}
	d.WriteString("<tr>")
	for _, cell := range b.Cells {
		d.WriteString("<" + tag + ">")
		d.line(cell)
		d.WriteString("</" + tag[:2] + ">")
	}
	d.WriteString("</tr>\n")
}

// start opens an element. An item has the number that is printed in the text that it is of.
func (d *drawing) start(p markdown.Place) {
	switch around := d.inside(); {
	case p.Element == "notes":
		d.WriteString("<ol class=\"redline-notes\">\n")
	case p.Element == "li" && around != "ul":
		d.WriteString(`<li value="` + strconv.Itoa(max(p.Number, -p.Number)) + `">`)
	default:
		d.WriteString("<" + p.Element + ">")
	}
	d.open = append(d.open, p)
}

// close closes all elements but the first ones.
func (d *drawing) close(keep int) {
	for len(d.open) > keep {
		element := d.inside()
		if element == "notes" {
			element = "ol"
		}
		d.WriteString("</" + element + ">\n")
		d.open = d.open[:len(d.open)-1]
	}
}

func (d *drawing) line(pieces []Piece) {
	for _, p := range pieces {
		text := html.EscapeString(p.Text)
		switch p.Op {
		case Deleted:
			text = "<del>" + text + "</del>"
		case Inserted:
			text = "<ins>" + text + "</ins>"
		}
		d.WriteString(text)
	}
}
