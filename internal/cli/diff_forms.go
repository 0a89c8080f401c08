package cli

import (
	"cmp"
	"fmt"
	"html"
	"os"
	"strings"

	"golang.org/x/term"

	"placard/internal/diag"
	"placard/internal/redline"
)

// marks are put around words that only one of two texts has.
type marks struct{ insert, inserted, delete, deleted string }

var (
	// plainMarks are those of wdiff, which many tools know.
	plainMarks = marks{"{+", "+}", "[-", "-]"}
	// colourMarks are green and underlined, and red and struck through (ECMA-48, Select Graphic Rendition).
	colourMarks = marks{"\x1b[32;4m", "\x1b[0m", "\x1b[31;9m", "\x1b[0m"}
)

// marks are colours on a terminal that shows any, unless nobody wants them (https://no-color.org).
func (p *program) marks() marks {
	f, ok := p.out.(*os.File)
	if ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" {
		return colourMarks
	}
	return plainMarks
}

func (m marks) line(pieces []redline.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		p.Text = visible(p.Text)
		switch p.Op {
		case redline.Inserted:
			b.WriteString(m.insert + p.Text + m.inserted)
		case redline.Deleted:
			b.WriteString(m.delete + p.Text + m.deleted)
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// text prints the sections that changed, and of each the blocks that did, a line each.
func (d *difference) text() error {
	args, m := d.args(), d.marks()
	d.say("diff.compared", args)
	if d.facts {
		d.say("release.facts", nil)
	}
	changes := redline.Changes(d.all)
	if len(changes) == 0 {
		d.say("diff.none", args)
		return nil
	}
	d.say("diff.counts", args)
	for _, c := range changes {
		fmt.Fprintln(d.out)
		d.listChanges([]redline.Section{c}, false)
		if c.Renamed() {
			fmt.Fprintf(d.out, "    %s\n", m.line(c.Title))
		}
		d.blocks(c.Blocks, m)
		for _, l := range c.Links {
			d.say("diff.link", diag.Args{"Link": coloured(m.line([]redline.Piece{linkPiece(l)}))})
		}
	}
	return nil
}

// blocks prints blocks that differ, and a sign in the place of others between them.
func (d *difference) blocks(blocks []redline.Block, m marks) {
	left := false
	for _, b := range blocks {
		if !b.Differs() {
			left = true
			continue
		}
		if left {
			fmt.Fprintln(d.out, "    …")
		}
		left = false
		var cells []string
		for _, c := range b.Cells {
			cells = append(cells, m.line(c))
		}
		fmt.Fprintf(d.out, "    %s%s\n", bullet(b), strings.Join(cells, " | "))
	}
	if left {
		fmt.Fprintln(d.out, "    …")
	}
}

// bullet is what stands before a block in a list.
func bullet(b redline.Block) string {
	mark := ""
	for i, p := range b.In {
		switch {
		case p.Element != "li":
		case b.In[i-1].Element == "ul":
			mark += "- "
		default:
			mark += fmt.Sprintf("%d. ", max(p.Number, -p.Number))
		}
	}
	return mark
}

// changeHTML is a section that changed, as HTML: all its blocks, also of one with the same words, and the links that only one text has.
func (d *difference) changeHTML(c redline.Section) string {
	blocks := c.Blocks
	switch {
	case blocks != nil || c.Kind == redline.Untranslated:
	case c.New != nil:
		blocks = redline.Plain(c.New.Part.Blocks())
	default:
		blocks = redline.Plain(redline.Start(d.after))
	}
	var b strings.Builder
	b.WriteString(redline.HTML(blocks))
	for _, l := range c.Links {
		b.WriteString("<p>" + redline.Line([]redline.Piece{linkPiece(l)}) + "</p>\n")
	}
	return visible(b.String())
}

func linkPiece(l redline.Link) redline.Piece {
	if l.Old {
		return redline.Piece{Op: redline.Deleted, Text: l.Destination}
	}
	return redline.Piece{Op: redline.Inserted, Text: l.Destination}
}

// number is the printed number of a section, with a space behind it.
func number(c redline.Section) string {
	switch {
	case c.New != nil:
		return c.New.Number + " "
	case c.Old != nil:
		return c.Old.Number + " "
	}
	return ""
}

// markdown prints a comment for a pull request: a list, and each section folded up, as HTML that GitHub, GitLab and Forgejo show.
func (d *difference) markdown() error {
	args := d.args()
	fmt.Fprintf(d.out, "### %s\n\n", d.messages.get("diff.compared", args))
	if d.facts {
		fmt.Fprintf(d.out, "%s\n\n", d.messages.get("release.facts", nil))
	}
	changes := redline.Changes(d.all)
	if len(changes) == 0 {
		d.say("diff.none", args)
		return nil
	}
	d.say("diff.counts", args)
	for _, c := range changes {
		fmt.Fprintf(d.out, "\n<details><summary>%s: %s%s <code>%s</code></summary>\n\n%s\n</details>\n",
			html.EscapeString(d.happened(c)), number(c), visible(redline.Line(c.Title)), html.EscapeString(changeName(c)), d.changeHTML(c))
	}
	return nil
}

// diffStyle makes the page readable by itself.
const diffStyle = `body{font:1.05em/1.6 serif;max-width:40em;margin:2em auto;padding:0 1em}h2{font-size:1.2em;margin:1.5em 0 0}` +
	`.kind{font:.85em sans-serif;color:#555;margin:0}ins{background:#def0e3}del{background:#fbe6e1}table{border-collapse:collapse}` +
	`td,th{border:1px solid #999;padding:.3em .6em;text-align:start;vertical-align:baseline}`

// html prints a page that stands by itself.
func (d *difference) html() error {
	args := d.args()
	title := html.EscapeString(d.messages.get("diff.compared", args))
	lang, dir := d.locale, "auto"
	if l := d.site.Locale(d.locale); l != nil {
		lang, dir = l.Tag, l.Direction
	}
	fmt.Fprintf(d.out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n<h1>%s</h1>\n", title, diffStyle, title)
	if d.facts {
		fmt.Fprintf(d.out, "<p>%s</p>\n", html.EscapeString(d.messages.get("release.facts", nil)))
	}
	changes := redline.Changes(d.all)
	id := "diff.counts"
	if len(changes) == 0 {
		id = "diff.none"
	}
	fmt.Fprintf(d.out, "<p>%s</p>\n", html.EscapeString(d.messages.get(id, args)))
	for _, c := range changes {
		fmt.Fprintf(d.out, "<p class=\"kind\">%s</p>\n<section lang=\"%s\" dir=\"%s\" id=\"%s\">\n<h2>%s%s</h2>\n%s</section>\n",
			html.EscapeString(d.happened(c)), lang, dir, cmp.Or(c.Anchor(), "_start"), number(c), visible(redline.Line(c.Title)), d.changeHTML(c))
	}
	return nil
}

// A diffReport is a redline for programs. Sections are in the form of package redline, all of them, those without changes too.
type diffReport struct {
	Notice   string            `json:"notice"`
	Locale   string            `json:"locale"`
	Older    string            `json:"older"` // a version, a reading of one, or "draft"
	Newer    string            `json:"newer"`
	Facts    bool              `json:"facts"` // whether notice.toml differs
	Inserted int               `json:"inserted"`
	Deleted  int               `json:"deleted"`
	Sections []redline.Section `json:"sections"`
}

func (d *difference) json() error {
	r := diffReport{Notice: d.notice, Locale: d.locale, Older: d.older.name, Newer: d.newer.name, Facts: d.facts, Sections: d.all}
	for _, c := range d.all {
		r.Inserted, r.Deleted = r.Inserted+c.Inserted, r.Deleted+c.Deleted
	}
	return d.printJSON(r)
}
