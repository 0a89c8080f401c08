package page

import (
	"bytes"
	"encoding/json"
	"strings"

	"placard/internal/archive"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/translation"
)

// The whole text of a version in a locale as one file: as Markdown and as plain text. It says what it is and where it is from, and nothing
// that becomes untrue with time. Its words are those of the page; computed numbers and the labels of sections are in it too.

// The names of the files, beside the page of the version.
const (
	markdownFile = "notice.md"
	plainFile    = "notice.txt"
)

// formSize is as much memory as most files need.
const formSize = 64 << 10

// formsBeside are the addresses of the files beside a page.
func formsBeside(address string) Forms {
	return Forms{Markdown: address + markdownFile, Plain: address + plainFile, Data: address + noticeFile}
}

// forms makes the files of a version in the locale of its page, of which view says the rest.
func (p *plan) forms(s archive.Standing, place string, l Locale, text *notice.Text, view Version) []File {
	permanent := p.absolute(p.at(l.Key, versionPath(s, place)))
	f := &forms{
		plan: p, standing: s, locale: l, view: view, own: map[string]*notice.Section{}, permanent: permanent,
		states: p.states(s.Document, text), written: map[string]*markdown.Form{}, printed: map[string]*markdown.Form{},
		resolve: p.toAbsolute(p.resolver(s.Version, l.Key), permanent),
	}
	text.Each(func(section *notice.Section) { f.own[section.Anchor] = section })
	f.markdown.Grow(formSize)
	f.plain.Grow(formSize)
	f.head(text)
	f.part(text.Locale, "", text.Preamble())
	f.sections(s.Document.Source().Sections(), false)
	file := func(name string, data *bytes.Buffer) File {
		return File{Address: p.below(l.Key, versionPath(s, place)) + name, Data: data.Bytes(), claim: p.claimOf(s, place, l)}
	}
	return []File{file(markdownFile, &f.markdown), file(plainFile, &f.plain)}
}

// toAbsolute makes of what a resolver finds an address with the host. That of a section is below the permanent one of the page.
func (p *plan) toAbsolute(resolve func(string) (address, lang string), permanent string) func(string) string {
	return func(destination string) string {
		address, _ := resolve(destination)
		switch {
		case strings.HasPrefix(address, "#"):
			return permanent + address
		case strings.HasPrefix(address, "/"):
			return p.absolute(address)
		}
		return address
	}
}

// forms are two files that are being written.
type forms struct {
	*plan
	standing  archive.Standing
	locale    Locale
	view      Version
	own       map[string]*notice.Section // of the page's own text, by anchor
	states    map[string]translation.State
	permanent string
	resolve   func(string) string
	// written and printed write the documents, as Markdown and as plain text, by the prefix of their footnotes.
	written, printed map[string]*markdown.Form
	markdown, plain  bytes.Buffer
}

// head says of what text the files are.
func (f *forms) head(text *notice.Text) {
	s, l, say := f.standing, f.locale, func(id string, values ...string) string { return f.say(f.locale, id, values...) }
	facts := &s.Document.Facts
	readings := s.Readings(l.Key)
	now := readings[len(readings)-1]
	var prevails, prevailing []string
	for _, a := range facts.Authoritative {
		prevails, prevailing = append(prevails, a.Value), append(prevailing, f.plan.locale(a.Value).Tag)
	}
	h := &head{}
	h.both("title", "", text.Title.Value)
	h.both("description", "", text.Description.Value)
	h.both("notice", say("forms_notice"), s.Entry.Notice)
	h.both("version", say("facts_version"), s.Name())
	h.key("locale", l.Tag)
	h.line(say("entry_language"), languageName(l, l)+" ("+l.Tag+")")
	if c := s.Cancelled; c != nil {
		h.both("announced-for", say("facts_announced"), s.Effective())
		h.both("cancelled-on", say("forms_cancelled"), c.Entry.Published)
	} else {
		h.both("effective-from", say("facts_effective"), s.Effective())
	}
	h.both("published-on", say("facts_published"), s.Entry.Published)
	h.both("time-zone", say("facts_zone"), facts.Zone.String())
	h.both("publisher", say("facts_publisher"), facts.Publisher)
	h.key("address", f.permanent)
	if f.view.Place == "reading" {
		h.line(say("facts_permanent_earlier"), f.permanent)
	} else {
		h.line(say("facts_permanent"), f.permanent)
	}
	h.both("seal", say("forms_seal"), now.Entry.Seal)
	h.key("sealed-files", f.absolute(f.sealedFiles(now.Folder)))
	h.line(say("facts_sealed"), f.absolute(f.sealedFiles(now.Folder)))
	h.keys("authoritative-locales", prevailing)
	h.line(say("forms_prevails"), f.languageNames(l, prevails))
	if now.Entry.Kind != archive.KindVersion {
		h.key("reading", now.Name())
		h.key("reading-published-on", now.Entry.Published)
	}
	if r := f.view.Reading; r != nil && r.After != nil {
		h.key("replaced-on", r.After.Published)
	}
	h.key("retroactive", s.Record.Retroactive)
	later := s.SealedLater(l.Key)
	f.markdown.WriteString("---\n" + h.yaml.String() + sealedLater(later) + corrections(f.view.Corrections) + "---\n\n# " + markdown.Literal(text.Title.Value) + "\n")
	f.plain.WriteString(underlined(text.Title.Value, "="))
	if description := strings.Join(strings.Fields(text.Description.Value), " "); description != "" {
		f.markdown.WriteString("\n" + markdown.Literal(description) + "\n")
		f.plain.WriteString("\n" + wrapped(description))
	}
	f.plain.WriteString("\n" + h.lines.String())
	if r := f.view.Reading; r != nil && r.After != nil {
		f.plain.WriteString("\n" + wrapped(say("earlier_text", "Own", l.Name, "Published", r.Published, "Mended", r.After.Published)))
	} else if r != nil && r.Late && !r.Known {
		f.plain.WriteString("\n" + wrapped(say("reading_late", "Own", l.Name, "Published", r.Published, "Version", s.Entry.Published)))
	}
	if why := s.Record.Retroactive; why != "" {
		f.plain.WriteString("\n" + wrapped(say("state_retroactive", "Published", s.Entry.Published, "Reason", why)))
	}
	for _, r := range later {
		f.plain.WriteString("\n" + wrapped(say("state_reconstructed", "Published", r.Entry.Published, "Sealed", r.Record.Sealed, "Reason", r.Record.Reconstructed)))
	}
	for _, c := range f.view.Corrections {
		f.plain.WriteString("\n" + wrapped(say("corrections_text", "Published", c.Published, "Reason", c.Reason.Text)))
	}
	if text != s.Document.Source() && f.states[translation.Start] == translation.Stale {
		f.label(f.stale())
	}
}

// head is what a file says of itself, as YAML and as lines.
type head struct{ yaml, lines strings.Builder }

func (h *head) both(key, label, value string) {
	h.key(key, value)
	h.line(label, value)
}

func (h *head) key(key, value string) {
	if value != "" {
		h.yaml.WriteString(key + ": " + quoted(value) + "\n")
	}
}

func (h *head) keys(key string, values []string) {
	h.yaml.WriteString(key + ":\n")
	for _, v := range values {
		h.yaml.WriteString("  - " + quoted(v) + "\n")
	}
}

// line adds a line that begins with a label, for machines too: however long it is. A value stays in it, whatever it was sealed with.
func (h *head) line(label, value string) {
	if label != "" && value != "" {
		h.lines.WriteString(label + ": " + strings.Join(strings.Fields(value), " ") + "\n")
	}
}

// sealedLater lists what was sealed later than it was published, in YAML.
func sealedLater(all []*archive.Folder) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("reconstructed:\n")
	for _, f := range all {
		b.WriteString("  - published-on: " + quoted(f.Entry.Published) + "\n    sealed-on: " + quoted(f.Record.Sealed) + "\n    reason: " + quoted(f.Record.Reconstructed) + "\n")
	}
	return b.String()
}

// corrections lists what was corrected, in YAML.
func corrections(all []Correction) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("corrections:\n")
	for _, c := range all {
		b.WriteString("  - published-on: " + quoted(c.Published) + "\n    reason: " + quoted(c.Reason.Text) + "\n")
	}
	return b.String()
}

// quoted is a text in YAML, which takes the strings of JSON.
func quoted(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string in memory: there is nothing that could fail
	return strings.TrimSuffix(b.String(), "\n")
}

func wrapped(words string) string {
	return strings.Join(markdown.Wrap(words, markdown.PlainWidth), "\n") + "\n"
}

// underlined is a heading in lines of its own, with a line below.
func underlined(words, with string) string {
	lines, longest := markdown.Wrap(words, markdown.PlainWidth), 0
	for _, line := range lines {
		longest = max(longest, markdown.Columns(line))
	}
	return strings.Join(lines, "\n") + "\n" + strings.Repeat(with, min(longest, markdown.PlainWidth)) + "\n"
}

// sections writes those of the text: in its own words, or in those of the source where it is not translated. marked is whether that was
// said of the section around them already.
func (f *forms) sections(source []*notice.Section, marked bool) {
	for _, s := range source {
		f.section(s, marked)
	}
}

func (f *forms) section(source *notice.Section, marked bool) {
	s, locale := f.own[source.Anchor], f.locale.Key
	missing := s == nil || s.Missing()
	if missing {
		s, locale = source, f.standing.Document.Facts.Source.Value
	}
	f.heading(s, source, locale)
	if s.Appendix != nil {
		f.label(f.say(f.locale, "appendix_for", "Places", f.list(f.locale, f.places(s.Appendix))))
	}
	if missing && !marked {
		f.label(f.say(f.locale, "section_missing", "Language", languageName(f.plan.locale(locale), f.locale)))
	}
	if f.states[source.Anchor] == translation.Stale {
		f.label(f.stale())
	}
	f.part(locale, s.Document, s.Part)
	f.sections(source.Sections, missing)
	f.sections(source.Appendices, missing)
}

// heading writes that of a section. An appendix has its title in front matter, as plain text.
func (f *forms) heading(s, source *notice.Section, locale string) {
	written, printed := f.documents(locale, s.Document)
	title := markdown.Literal(s.Title)
	if s.Appendix == nil {
		title = written.Heading(s.Part)
	}
	f.markdown.WriteString("\n" + strings.Repeat("#", source.Level) + " " + source.Number + " " + title + " {#" + source.Anchor + "}\n")
	words := s.Title
	if s.Appendix == nil {
		words = printed.Heading(s.Part)
	}
	f.plain.WriteByte('\n')
	if source.Level == 2 {
		f.plain.WriteString("\n" + underlined(source.Number+" "+words, "-"))
	} else {
		f.plain.WriteString(wrapped(source.Number + " " + words))
	}
}

// label writes words of the page, which are none of the text.
func (f *forms) label(words string) {
	f.markdown.WriteString("\n*" + markdown.Literal(words) + "*\n")
	f.plain.WriteString("\n" + wrapped("["+words+"]"))
}

func (f *forms) stale() string {
	source := f.plan.locale(f.standing.Document.Facts.Source.Value)
	return f.say(f.locale, "section_stale", "Language", languageName(source, f.locale))
}

// places are the names of where an appendix holds.
func (f *forms) places(a *notice.AppendixFacts) []string {
	var names []string
	for _, j := range jurisdictions(a, f.locale) {
		if j.Name == "" {
			j.Name = f.say(f.locale, notice.JurisdictionMessage(j.Code))
		}
		names = append(names, j.Name)
	}
	return names
}

// part writes the text of a part of a document, which is empty for the index, and otherwise the anchor of an appendix.
func (f *forms) part(locale, document string, part *markdown.Part) {
	written, printed := f.documents(locale, document)
	if text := written.Whole(part); text != "" {
		f.markdown.WriteString("\n" + text)
	}
	if text := printed.Whole(part); text != "" {
		f.plain.WriteString("\n" + text)
	}
}

// documents are the forms of a document in a locale.
func (f *forms) documents(locale, document string) (written, printed *markdown.Form) {
	prefix := notePrefix(locale != f.locale.Key, locale, document)
	if f.written[prefix] == nil {
		f.written[prefix], f.printed[prefix] = markdown.NewMarkdown(f.resolve, prefix), markdown.NewPlain(f.resolve)
	}
	return f.written[prefix], f.printed[prefix]
}
