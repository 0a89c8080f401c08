package page

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"placard/internal/archive"
	"placard/internal/codes"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/translation"
)

// texts renders the sections of one page: each in the own text of the page, or in the source where it is not translated.
type texts struct {
	plan        *plan
	version     *archive.Version
	locale      Locale
	own, source origin
	states      map[string]translation.State // of the own text, by anchor; nil where that is the source
	resolve     func(destination string) (address, lang string)
	renderers   map[string]*markdown.Renderer
	passages    passages // what was rendered
}

// An origin is a text of which a page shows sections.
type origin struct {
	text     *notice.Text
	fallback bool
}

// renderer returns the one for a file: document is the anchor of the appendix, or empty for the index.
func (t *texts) renderer(from origin, document string) *markdown.Renderer {
	prefix := notePrefix(from.fallback, from.text.Locale, document)
	if t.renderers == nil {
		t.renderers = map[string]*markdown.Renderer{}
	}
	if t.renderers[prefix] == nil {
		t.renderers[prefix] = markdown.NewRenderer(t.resolve, prefix)
	}
	return t.renderers[prefix]
}

// notePrefix sets the footnotes of the documents of a page apart.
func notePrefix(fallback bool, locale, document string) string {
	prefix := ""
	if document != "" {
		prefix = document + "-"
	}
	if fallback { // no anchor ends with a hyphen, so these cannot clash with an appendix
		prefix = locale + "--" + prefix
	}
	return prefix
}

// sections follows the source, whose shape is that of every locale.
func (t *texts) sections(source []*notice.Section) []*Section {
	var out []*Section
	for _, s := range source {
		out = append(out, t.section(s))
	}
	return out
}

func (t *texts) section(source *notice.Section) *Section {
	from, s := t.own, t.own.text.Find(source.Anchor)
	out := &Section{Anchor: source.Anchor, Number: source.Number, Level: source.Level, Stale: t.states[source.Anchor] == translation.Stale}
	if s == nil || s.Missing() {
		from, s, out.Missing = t.source, source, true
	}
	if from.text.Locale != t.locale.Key {
		l := t.plan.locale(from.text.Locale)
		out.Lang, out.Dir = l.Tag, l.Dir
	}
	r := t.renderer(from, s.Document)
	out.Title, out.Heading = s.Title, r.Heading(s.Part)
	if s.Appendix != nil {
		out.Heading = markdown.Escape(s.Title)
		out.Jurisdictions = jurisdictions(s.Appendix, t.locale)
	}
	out.Body, out.Notes = r.Body(s.Part), r.Notes(s.Part)
	t.passages.section(s)
	// In the order of the page: a note is printed where it is first referred to.
	out.Sections, out.Appendices = t.sections(source.Sections), t.sections(source.Appendices)
	for _, m := range t.version.Document.Facts.Moved {
		if m.To.Value == source.Anchor {
			out.Aliases = append(out.Aliases, m.From.Value)
		}
	}
	return out
}

func jurisdictions(a *notice.AppendixFacts, l Locale) []Jurisdiction {
	var out []Jurisdiction
	names := display.Regions(language.Make(l.Tag)) // nil for a language in which none is known
	for _, code := range a.Jurisdictions {
		j := Jurisdiction{Code: code.Value}
		if codes.IsCountry(code.Value) && names != nil {
			j.Name = names.Name(language.MustParseRegion(code.Value))
		}
		out = append(out, j)
	}
	return out
}
