package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/site"
	"placard/internal/translation"
)

// pipeWidth is how many columns a line has where nobody knows the width of the terminal, and leastWidth the fewest in any.
const pipeWidth, leastWidth = 80, 20

// width is how many columns a line of the output has.
func (p *program) width() int {
	if f, ok := p.out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return max(width, leastWidth)
		}
	}
	return pipeWidth
}

// A showing is a version that is being printed.
type showing struct {
	*program
	site    *site.Site
	archive *archive.Archive
	version archive.Standing
	text    *notice.Text
	states  map[string]translation.State // of the sections of a translation, by anchor
	width   int
	forms   map[string]*markdown.Form
}

func (p *program) newShowing(w *world, then *archive.Archive, s archive.Standing, text *notice.Text) (*showing, error) {
	v := &showing{
		program: p, site: w.site, archive: then, version: s, text: text, width: p.width(),
		states: map[string]translation.State{}, forms: map[string]*markdown.Form{},
	}
	if text == s.Document.Source() {
		return v, nil
	}
	sum, findings := translation.ReadSum(s.Document)
	if findings.Errors() > 0 {
		return nil, &refused{findings}
	}
	for _, piece := range translation.Compare(translation.Pieces(s.Document.Source()), text, &s.Document.Facts, sum[text.Locale]) {
		v.states[piece.Piece.Anchor] = piece.State
	}
	return v, nil
}

// head prints what the text is: of the whole version, or of one section.
func (v *showing) head(anchor string) {
	s, facts := v.version, v.version.Document.Facts
	fmt.Fprintln(v.out, strings.Join(markdown.Wrap(visible(v.text.Title.Value), v.width), "\n"))
	fmt.Fprintln(v.out)
	if description := strings.Fields(visible(v.text.Description.Value)); anchor == "" && len(description) > 0 {
		fmt.Fprintf(v.out, "%s\n\n", strings.Join(markdown.Wrap(strings.Join(description, " "), v.width), "\n"))
	}
	v.say("show.notice", diag.Args{"Notice": s.Entry.Notice})
	v.say("show.version", diag.Args{"Version": s.Name()})
	ends := s.Ended != nil && s.Next == nil
	v.say("show.in-force", diag.Args{"Effective": s.Effective(), "Until": s.Until, "Ends": ends, "Zone": facts.Zone.String()})
	readings := s.Readings(v.text.Locale)
	now := readings[len(readings)-1].Entry.Published
	v.say("show.published", diag.Args{"Published": s.Entry.Published, "Text": now, "Later": now != s.Entry.Published})
	source := facts.Source.Value
	v.say("show.language", diag.Args{"Locale": v.text.Locale, "Source": source, "Translated": source != v.text.Locale, "Prevails": facts.IsAuthoritative(v.text.Locale)})
	address := v.address(v.text.Locale, s.Entry.Notice+"/"+s.Name()+"/")
	if anchor != "" {
		address += "#" + anchor
	}
	v.say("show.address", diag.Args{"Address": address})
	if why := s.Record.Retroactive; why != "" {
		v.wrapped("show.retroactive", diag.Args{"Reason": why})
	}
	for _, f := range s.SealedLater(v.text.Locale) {
		v.wrapped("show.reconstructed", diag.Args{"Published": f.Entry.Published, "Sealed": f.Record.Sealed, "Reason": f.Record.Reconstructed})
	}
	for _, f := range s.Supplements {
		if f.Entry.Kind == archive.KindErratum {
			v.wrapped("show.corrected", diag.Args{"Published": f.Entry.Published, "Reason": f.Record.Reason})
		}
	}
}

// otherwise says which version was in force by what was known at the moment itself, where that was another one.
func (v *showing) otherwise(then *archive.Standing) {
	switch {
	case then == nil:
		v.wrapped("show.otherwise-none", nil)
	case then.Name() != v.version.Name():
		v.wrapped("show.otherwise", diag.Args{"Version": then.Name()})
	}
}

// sections prints sections of the source, each in the text that is shown where it is translated, with all below them. marked is
// whether those around them are said to be untranslated already.
func (v *showing) sections(source []*notice.Section, marked bool) {
	for _, original := range source {
		from, s := v.text, v.text.Find(original.Anchor)
		missing := s == nil || s.Missing()
		if missing {
			from, s = v.version.Document.Source(), original
		}
		v.heading(original.Number+" "+s.Title, original.Level)
		if s.Appendix != nil {
			var places []string
			for _, j := range s.Appendix.Jurisdictions {
				places = append(places, j.Value)
			}
			v.wrapped("show.appendix", diag.Args{"Places": strings.Join(places, ", ")})
		}
		switch {
		case missing && !marked:
			v.wrapped("show.missing", diag.Args{"Locale": v.text.Locale, "Source": from.Locale})
		default:
			v.stale(original.Anchor)
		}
		v.part(v.form(from, s.Document), s.Part)
		v.sections(original.Sections, missing)
		v.sections(original.Appendices, missing)
	}
}

// stale says of a piece of a translation that it was made of an earlier text, where it was.
func (v *showing) stale(piece string) {
	if v.states[piece] != translation.Stale {
		return
	}
	if piece == translation.Start {
		fmt.Fprintln(v.out) // else it would be one of the facts
	}
	v.wrapped("show.stale", diag.Args{"Source": v.version.Document.Facts.Source.Value})
}

// heading prints a heading with a line below it.
func (v *showing) heading(words string, level int) {
	mark := "-"
	if level <= 2 {
		mark = "="
	}
	wide := 0
	fmt.Fprintln(v.out)
	for _, line := range markdown.Wrap(visible(words), v.width) {
		fmt.Fprintln(v.out, line)
		wide = max(wide, markdown.Columns(line))
	}
	fmt.Fprintln(v.out, strings.Repeat(mark, wide))
}

// wrapped prints a message in lines that the terminal can show.
func (v *showing) wrapped(id string, args diag.Args) {
	for _, line := range markdown.Wrap(v.messages.get(id, args), v.width) {
		fmt.Fprintln(v.out, line)
	}
}

// part prints what a part of the text says below its heading.
func (v *showing) part(form *markdown.Form, part *markdown.Part) {
	if text := form.Whole(part); text != "" {
		fmt.Fprintln(v.out)
		// What cannot be written to standard output leaves nobody to tell.
		_, _ = io.WriteString(v.out, visible(text))
	}
}

// form is the one for a file of a text: document is the anchor of the appendix, or empty for the index.
func (v *showing) form(text *notice.Text, document string) *markdown.Form {
	key := text.Locale + " " + document
	if v.forms[key] == nil {
		v.forms[key] = markdown.NewPlainIn(v.width, func(destination string) string { return v.resolve(text, destination) })
	}
	return v.forms[key]
}

// resolve turns what authors write as a link into an address.
func (v *showing) resolve(text *notice.Text, destination string) string {
	l := notice.ParseLink(destination)
	switch l.Kind {
	case notice.AnchorLink:
		return v.address(v.text.Locale, v.version.Entry.Notice+"/"+v.version.Name()+"/") + destination
	case notice.FileLink:
		return v.site.BaseURL + v.version.Document.At(l.Path)
	case notice.NoticeLink, notice.VersionLink, notice.VersionsLink:
		return v.address(v.localeOf(l, text.Locale), strings.TrimPrefix(destination, "/"))
	}
	return destination
}

// localeOf is the locale in which a link to a notice is followed: the given one where what it leads to is there in it.
func (v *showing) localeOf(l notice.Link, locale string) string {
	timeline := v.archive.Notices[l.Slug]
	if w := v.archive.Version(l.Slug, l.Version); w != nil {
		timeline = archive.Timeline{w}
	}
	for _, w := range timeline {
		if w.Document.Texts[locale] != nil {
			return locale
		}
	}
	if last := timeline.LastThat(func(*archive.Version) bool { return true }); last != nil {
		return last.Document.Facts.Source.Value
	}
	return locale
}

// address is that of a page in a locale.
func (v *showing) address(locale, below string) string {
	if locale != v.site.Default {
		below = locale + "/" + below
	}
	return v.site.BaseURL + below
}
