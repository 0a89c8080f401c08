package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// A Renderer makes the HTML of one document for one page.
type Renderer struct {
	render  renderer.Renderer
	printed map[int]bool // notes, by index
}

// NewRenderer returns a renderer. resolve turns the destination of a link, as the author wrote it, into the address
// on the page, and says in which language (BCP 47) the page there is; the language is empty where nothing need be said of it. prefix sets the ids of footnotes apart where several documents stand on one page.
func NewRenderer(resolve func(destination string) (address, lang string), prefix string) *Renderer {
	own := &nodes{resolve: resolve, prefix: prefix, references: map[string]bool{}}
	return &Renderer{printed: map[int]bool{}, render: renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(own, 100),
	))}
}

// Heading returns the HTML inside the part's heading.
func (r *Renderer) Heading(p *Part) string {
	if p.heading == nil {
		return ""
	}
	var out memory
	for n := p.heading.FirstChild(); n != nil; n = n.NextSibling() {
		r.write(&out, p, n)
	}
	return strings.TrimSpace(out.String())
}

// Body returns the HTML of the part's text.
func (r *Renderer) Body(p *Part) string {
	var out memory
	for _, n := range p.blocks {
		r.write(&out, p, n)
	}
	return strings.TrimSpace(out.String())
}

// Notes returns the HTML of the footnotes that the part refers to, as a list, or nothing. A note that this renderer
// has printed already is not printed again; so it is to be called after Body, part by part as they stand on the page.
func (r *Renderer) Notes(p *Part) string {
	var out memory
	for _, n := range p.referred() {
		if !r.printed[n.Index] {
			r.printed[n.Index] = true
			r.write(&out, p, n)
		}
	}
	if out.Len() == 0 {
		return ""
	}
	return "<ol>\n" + out.String() + "</ol>"
}

// Whole returns the HTML of a part that stands alone: its text, then its footnotes in an element of class "notes".
func (r *Renderer) Whole(p *Part) string {
	html := r.Body(p)
	if notes := r.Notes(p); notes != "" {
		html += "\n<div class=\"notes\">" + notes + "</div>"
	}
	return html
}

// memory is a util.BufWriter, so that Goldmark makes no buffer of its own for each block.
type memory struct{ bytes.Buffer }

func (*memory) Buffered() int { return 0 }
func (*memory) Flush() error  { return nil }

func (r *Renderer) write(out *memory, p *Part, n ast.Node) {
	// Writing to memory cannot fail, and the node renderers return no errors.
	_ = r.render.Render(out, p.doc.source, n)
}

// nodes renders what Goldmark's own renderers do otherwise.
type nodes struct {
	resolve func(string) (address, lang string)
	prefix  string
	// references are those printed so far: a note leads back to these only, since others may not be on the page.
	references map[string]bool
}

func (r *nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, r.link)
	reg.Register(extast.KindFootnoteLink, r.noteReference)
	reg.Register(extast.KindFootnoteBacklink, r.noteBacklink)
	reg.Register(extast.KindFootnote, r.note)
}

func (r *nodes) link(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	link := n.(*ast.Link)
	address, lang := r.resolve(string(link.Destination))
	_, _ = fmt.Fprintf(w, `<a href="%s"`, util.EscapeHTML(util.URLEscape([]byte(address), true)))
	if lang != "" {
		_, _ = fmt.Fprintf(w, ` hreflang="%s"`, util.EscapeHTML([]byte(lang)))
	}
	if len(link.Title) > 0 {
		_, _ = fmt.Fprintf(w, ` title="%s"`, util.EscapeHTML(link.Title))
	}
	if showsAddress(string(link.Destination), Inline(link, source)) {
		_, _ = w.WriteString(` dir="ltr"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

// showsAddress reports whether the words of a link are an address or a telephone number, which are read from left to
// right in every language.
func showsAddress(destination, words string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(destination), ":")
	for _, c := range words {
		if c > unicode.MaxASCII || scheme == "tel" && unicode.IsLetter(c) {
			return false
		}
	}
	switch scheme {
	case "tel":
		return true
	case "mailto", "http", "https":
		return strings.ContainsAny(words, "@./") && !strings.Contains(words, " ")
	}
	return false
}

// Ids of notes begin with "_", which no anchor does.
func (r *nodes) noteReference(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		l := n.(*extast.FootnoteLink)
		r.references[reference(l.Index, l.RefIndex)] = true
		_, _ = fmt.Fprintf(w, `<sup id="_ref-%[1]s%[2]d-%[3]d"><a href="#_note-%[1]s%[2]d" class="noteref" role="doc-noteref">%[2]d</a></sup>`,
			r.prefix, l.Index, l.RefIndex)
	}
	return ast.WalkContinue, nil
}

func reference(note, number int) string { return fmt.Sprint(note, "-", number) }

func (r *nodes) noteBacklink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if l := n.(*extast.FootnoteBacklink); entering && r.references[reference(l.Index, l.RefIndex)] {
		_, _ = fmt.Fprintf(w, `&#160;<a href="#_ref-%s%d-%d" class="backlink" role="doc-backlink">&#8617;&#xfe0e;</a>`, r.prefix, l.Index, l.RefIndex)
	}
	return ast.WalkContinue, nil
}

func (r *nodes) note(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	note := n.(*extast.Footnote)
	if entering {
		_, _ = fmt.Fprintf(w, `<li id="_note-%s%d" value="%d">`+"\n", r.prefix, note.Index, note.Index)
	} else {
		_, _ = w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

// describe says in attributes what the text alone does not tell a browser.
func describe(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *extast.TableCell:
			describeCell(n)
		case *ast.AutoLink: // an address is read from left to right in every language
			n.SetAttributeString("dir", []byte("ltr"))
		}
		return ast.WalkContinue, nil
	})
}

// describeCell says in attributes what a table cell is: the scope of a heading, and the alignment as a class, since a
// style attribute would keep the site from forbidding inline styles.
func describeCell(cell *extast.TableCell) {
	if _, heading := cell.Parent().(*extast.TableHeader); heading {
		cell.SetAttributeString("scope", []byte("col"))
	}
	switch cell.Alignment {
	case extast.AlignRight:
		cell.SetAttributeString("class", []byte("align-end"))
	case extast.AlignCenter:
		cell.SetAttributeString("class", []byte("align-center"))
	}
}

// Escape returns plain text as HTML.
func Escape(text string) string { return string(util.EscapeHTML([]byte(text))) }
