// Package notice is the document model: what one folder of content/ or versions/ holds, read and checked for
// everything that can be seen in that folder alone.
package notice

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
)

// A Document is all that one folder holds: a draft in content/ or a sealed version in versions/. With supplements it is all
// that they and the version hold, a translation in the place of the one before.
type Document struct {
	Slug string
	// Dir is the folder, relative to the root of the site: with supplements, that of the last one.
	Dir string
	// Added are the locales whose texts the last supplement brings, sorted.
	Added []string
	Facts Facts
	// Texts are the text in each locale that it has, by locale.
	Texts map[string]*Text
	// Files are all files that it has, as paths relative to its folder, sorted.
	Files []string
	// Attachments are the files below files/, as paths relative to Dir, sorted.
	Attachments []string
	// Sum is translation.sum; nil where there is none. Package translation reads it.
	Sum []byte
	// OwnSum is what of it lies in Dir: with supplements, not what was recorded before.
	OwnSum []byte

	places []place
	meant  diag.Findings // what Meant finds in values
}

// A place is a file that lies in another folder than Dir.
type place struct{ name, dir string }

// At is where a file of the document lies, relative to the root of the site, by its path relative to its folder.
func (d *Document) At(name string) string {
	for _, p := range d.places {
		if p.name == name {
			return path.Join(p.dir, name)
		}
	}
	return path.Join(d.Dir, name)
}

// Meant finds what may not stand in words and values, but is written by references and escapes in them. It is for drafts: what was sealed
// stays as it is.
func (d *Document) Meant() diag.Findings {
	findings := slices.Clone(d.meant)
	for _, locale := range slices.Sorted(maps.Keys(d.Texts)) {
		from := d.Texts[locale].sources
		for _, s := range []*markdown.Source{from.index, from.changes} {
			if s != nil {
				findings = append(findings, s.Meant()...)
			}
		}
		for _, anchor := range slices.Sorted(maps.Keys(from.appendices)) {
			findings = append(findings, from.appendices[anchor].Meant()...)
		}
	}
	return findings
}

// SumFile is the path of translation.sum relative to the root of the site.
func (d *Document) SumFile() string { return path.Join(d.Dir, SumFile) }

// A Text is the document in one locale. What stands in the front matter of its files is at hand; the words below it are
// read when they are first asked for, and again after a Rest.
type Text struct {
	Locale string
	// File is index.<locale>.md.
	File        string
	Title       fields.Text
	Description fields.Text
	// Summary says in one sentence what changed in this version; it may be absent.
	Summary string

	body    *body
	sources *sources
}

// body is what a text says below its front matter.
type body struct {
	preamble *markdown.Part
	sections []*Section
	changes  *markdown.Part
}

func (t *Text) awake() *body {
	if t.body == nil {
		t.body = t.sources.read()
	}
	return t.body
}

// Rest lets go of what was read of the text, which takes many times the memory of its files.
func (t *Text) Rest() { t.body = nil }

// Preamble is what stands before the first section. It may be empty, and is never nil.
func (t *Text) Preamble() *markdown.Part { return t.awake().preamble }

// Sections are the sections in the order of the page, appendices among them where they are printed.
func (t *Text) Sections() []*Section { return t.awake().sections }

// ChangesFile is where the text says what changed, whether it does or not: changes.<locale>.md.
func (t *Text) ChangesFile() string { return path.Join(path.Dir(t.File), "changes."+t.Locale+".md") }

// Changes says what changed in this version, for people; nil where nothing is said beyond the summary.
func (t *Text) Changes() *markdown.Part { return t.awake().changes }

// A Section is a section, a subsection, an appendix, or a part of an appendix.
type Section struct {
	// Anchor is the same in every locale.
	Anchor string
	// Number is the printed designation, computed: "3.2"; "A" for an appendix and "A.1" in it.
	Number string
	// Level is that of the heading on a page whose title has level 1.
	Level int
	Title string
	// Part is the text. That of an appendix is what stands before its first heading.
	Part *markdown.Part
	// Document tells which file the part is of: empty for the index, otherwise the anchor of the appendix.
	Document string
	// Appendix is what notice.toml says of an appendix, and nil for everything else.
	Appendix *AppendixFacts
	Sections []*Section
	// Appendices are printed after the section's own text and subsections.
	Appendices []*Section
}

// Missing reports whether the author marked the section as not translated.
func (s *Section) Missing() bool { return s.Part.Missing }

// Source returns the text in the source locale, or nil if there is none.
func (d *Document) Source() *Text { return d.Texts[d.Facts.Source.Value] }

// Locales are those of the texts, sorted.
func (d *Document) Locales() []string { return slices.Sorted(maps.Keys(d.Texts)) }

// Translations are the locales of the texts but for the source, sorted.
func (d *Document) Translations() []string {
	return slices.DeleteFunc(d.Locales(), func(l string) bool { return l == d.Facts.Source.Value })
}

// Each calls visit for every section of the text in the order of the page.
func (t *Text) Each(visit func(*Section)) { each(t.Sections(), visit) }

// EachOf calls visit for every section and all below it in the order of the page.
func EachOf(sections []*Section, visit func(*Section)) { each(sections, visit) }

func each(sections []*Section, visit func(*Section)) {
	for _, s := range sections {
		visit(s)
		each(s.Sections, visit)
		each(s.Appendices, visit)
	}
}

// Find returns the section with the anchor, or nil.
func (t *Text) Find(anchor string) *Section {
	var found *Section
	t.Each(func(s *Section) {
		if s.Anchor == anchor && found == nil {
			found = s
		}
	})
	return found
}

// Anchors returns the anchors of all sections in the order of the page.
func (t *Text) Anchors() []string {
	var anchors []string
	t.Each(func(s *Section) { anchors = append(anchors, s.Anchor) })
	return anchors
}

// Shaped returns the sections of the text in a locale as readers get them: in the shape of the source text, and with the heading of the source where one is
// not translated. One that the text has not, as an appendix without a file, is there and marked as missing.
func (d *Document) Shaped(locale string) []*Section {
	if locale == d.Facts.Source.Value {
		return d.Source().Sections()
	}
	own := map[string]*Section{}
	d.Texts[locale].Each(func(s *Section) { own[s.Anchor] = s })
	return shaped(d.Source().Sections(), own)
}

func shaped(source []*Section, own map[string]*Section) []*Section {
	var out []*Section
	for _, s := range source {
		one := *s
		switch there := own[s.Anchor]; {
		case there == nil:
			one.Part = &markdown.Part{Level: s.Part.Level, Anchor: s.Anchor, Missing: true, At: s.Part.At}
		case there.Missing():
			one.Part = there.Part
		default:
			one = *there
		}
		one.Sections, one.Appendices = shaped(s.Sections, own), shaped(s.Appendices, own)
		out = append(out, &one)
	}
	return out
}

// Links returns all links of the text, those of the summary of changes among them.
func (t *Text) Links() []markdown.Link {
	links := t.Preamble().Links()
	t.Each(func(s *Section) { links = append(links, s.Part.Links()...) })
	if changes := t.Changes(); changes != nil {
		links = append(links, changes.Links()...)
	}
	return links
}

// Check finds everything that is wrong with the texts below their front matter: with those in the given locales, or with all
// where there are none.
func (d *Document) Check(locales ...string) diag.Findings {
	var findings diag.Findings
	for _, locale := range slices.Sorted(maps.Keys(d.Texts)) {
		if len(locales) > 0 && !slices.Contains(locales, locale) {
			continue
		}
		body, more := d.Texts[locale].sources.check()
		d.Texts[locale].body = body
		findings = append(findings, more...)
	}
	findings.Sort()
	return findings
}

// Rest lets every text rest.
func (d *Document) Rest() {
	for _, t := range d.Texts {
		t.Rest()
	}
}

// WordsAlgorithm is the number of the algorithm of Words. A new algorithm gets a new number; no number changes its
// meaning.
const WordsAlgorithm = 1

// Words returns the words of a text in the form that is digested, algorithm 1. The form is lines, each ended by a
// line feed: a space and words, or "#" and an anchor. First the title and the lines of the preamble; then, for every
// section in the order of the page, the anchor, and unless it is missing its heading and its lines (Lines of package
// markdown). Numbers, labels, addresses of links, the description and the summary of changes are not in it.
func (t *Text) Words() string {
	var b strings.Builder
	t.writeWords(&b)
	return b.String()
}

// writeWords writes to something that does not fail.
func (t *Text) writeWords(to io.Writer) {
	line := func(mark, words string) {
		for _, s := range []string{mark, words, "\n"} {
			_, _ = io.WriteString(to, s)
		}
	}
	line(" ", strings.Join(strings.Fields(t.Title.Value), " "))
	for _, l := range t.Preamble().Lines() {
		line(" ", l)
	}
	t.Each(func(s *Section) {
		line("#", s.Anchor)
		if s.Missing() {
			return
		}
		line(" ", strings.Join(strings.Fields(s.Title), " "))
		for _, l := range s.Part.Lines() {
			line(" ", l)
		}
	})
}

// WordsDigest returns the SHA-256 of Words in lower-case hexadecimal.
func (t *Text) WordsDigest() string {
	sum := sha256.New()
	b := bufio.NewWriter(sum)
	t.writeWords(b)
	_ = b.Flush()
	return hex.EncodeToString(sum.Sum(nil))
}
