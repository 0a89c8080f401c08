package page

import (
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/translation"
)

// versionPages makes the pages of a version in all its locales, at its own address or at that of the notice, and the files beside those
// at its own.
func (p *plan) versionPages(s archive.Standing, place string) (pages []Page, files []File) {
	locales := p.localesAt(s, place)
	for _, l := range locales {
		text := s.Document.Texts[nearest(s.Version, l.Key)]
		if place == "archive" { // the page of the address of a notice says the same
			p.findings = append(p.findings, s.Reread(l.Key)...)
			p.deadLinks(text)
			earlier, beside := p.earlier(s, l)
			pages, files = append(pages, earlier...), append(files, beside...)
		}
		view, passages := p.version(s, place, locales, l, text)
		pages = append(pages, p.versionPage(s, place, l, text, view, passages))
		if place == "archive" {
			readings := s.Readings(l.Key)
			p.tell(readings[len(readings)-1], l.Key, view.Changes)
			files = append(files, append(p.forms(s, place, l, text, view), p.noticeData(s, place, l, text))...)
		}
	}
	return pages, files
}

func (p *plan) versionPage(s archive.Standing, place string, l Locale, text *notice.Text, view Version, said passages) Page {
	return Page{
		Address: p.below(l.Key, versionPath(s, place)), Locale: l.Key, Layout: "version",
		Title: text.Title.Value, Description: text.Description.Value, Params: view, passages: said, claim: p.claimOf(s, place, l),
	}
}

// check says how the text of a version in a locale is checked.
func (p *plan) check(s archive.Standing, locale string) Check {
	readings := s.Readings(locale)
	e := readings[len(readings)-1].Entry
	return Check{
		Seal: e.Seal, Line: e.Number, Log: p.sealed(archive.Dir + "/" + archive.LogFile), Signed: p.signed(e),
		Script: p.absolute(p.sealed(archive.Dir + "/" + archive.ScriptFile)), Site: p.site.Origin + p.site.BasePath,
	}
}

// signed is the first signature of LOG that covers a line; nil where there is none.
func (p *plan) signed(e archive.Entry) *Signed {
	if line, s, ok := p.archive.Covering(e); ok {
		return &Signed{Line: line, Name: s.Name, Fingerprint: s.Key.Fingerprint()}
	}
	return nil
}

// localesAt returns the locales in which there is a page of the version: at the address of the notice, all that it ever had.
func (p *plan) localesAt(s archive.Standing, place string) []Locale {
	if place == "current" {
		return p.locales[s.Entry.Notice]
	}
	return p.localesOf(s.Version)
}

func versionPath(s archive.Standing, place string) string {
	switch place {
	case "current":
		return s.Entry.Notice + "/"
	case "reading":
		return s.Entry.Notice + "/" + notice.ReadingName(s.Name(), len(s.Supplements)) + "/"
	}
	return s.Entry.Notice + "/" + s.Name() + "/"
}

// version says what the page of a version in the locale l says, by the text in l or that of the source. The locales are
// those in which the page is there.
func (p *plan) version(s archive.Standing, place string, locales []Locale, l Locale, text *notice.Text) (Version, passages) {
	slug, shown := s.Entry.Notice, p.locale(text.Locale)
	path := versionPath(s, place)
	if place == "reading" { // which other languages need not have
		path = versionPath(s, "archive")
	}
	t := &texts{
		plan: p, version: s.Version, locale: l,
		resolve: p.resolver(s.Version, l.Key),
		own:     origin{text: text},
		source:  origin{text: s.Document.Source(), fallback: true},
		states:  p.states(s.Document, text),
	}
	v := Version{
		Common:      Common{Home: p.at(l.Key, ""), Languages: p.switcher(locales, l.Key, path)},
		Place:       place,
		Notice:      p.noticeRef(slug, text.Title.Value, shown, p.currentLocale(slug, l.Key)),
		Name:        s.Name(),
		Permanent:   p.at(shown.Key, versionPath(s, "archive")),
		State:       p.state(s, l.Key),
		Publisher:   s.Document.Facts.Publisher,
		Previous:    p.versionRef(s.Previous, l.Key),
		Next:        p.versionRef(s.Next, l.Key),
		Versions:    p.at(l.Key, slug+"/versions/"),
		Sealed:      p.sealedFiles(&s.Folder),
		Check:       p.check(s, text.Locale),
		Fallback:    p.fallback(s, l),
		Prevails:    p.prevails(s, path, shown, l),
		Reading:     p.reading(s, l, text),
		Corrections: p.corrections(s, l),
		Summary:     text.Summary,
		Preamble:    t.renderer(t.own, "").Whole(text.Preamble()),
		Retired:     slices.Concat(p.retired(s, l.Key), p.movedAway(s, l.Key)),
	}
	if place != "reading" { // what changed is told of what the version says now
		v.Redline = p.changesAt(s, 0, shown.Key)
	}
	there := targets(s)
	v.Retired = append(v.Retired, p.overtaken(s, l.Key, there)...)
	if place == "current" {
		v.Coming = p.coming(s, l.Key, there)
		v.Retired = append(v.Retired, p.neverApplied(s, l.Key, there)...)
	}
	if source := s.Document.Facts.Source.Value; source != shown.Key {
		v.Source = new(p.localeRef(p.locale(source), l, path))
	}
	v.StartStale, v.ChangesStale = t.states[translation.Start] == translation.Stale, t.states[translation.Changes] == translation.Stale
	for i := range v.Languages {
		v.Languages[i].Missing = s.Document.Texts[v.Languages[i].Locale] == nil
	}
	if v.Fallback == nil {
		v.Alternates = p.alternates(p.localesOf(s.Version), path, s.Document.Facts.Source.Value)
	}
	v.NoIndex = s.State == archive.Superseded && !p.site.IndexArchived || s.State == archive.Cancelled
	v.modified = modified(s, text.Locale)
	v.Canonical = v.Permanent
	if s.Name() == p.current[slug].Name() {
		v.Canonical = p.at(shown.Key, slug+"/")
	}
	t.passages.add(text.Title.Value, text.Title.At)
	t.passages.add(text.Description.Value, text.Description.At)
	t.passages.add(text.Summary, changesOf(text))
	for _, f := range append([]*archive.Folder{&s.Folder, s.Cancelled, s.Ended}, s.Supplements...) {
		t.passages.statement(f)
	}
	if changes := text.Changes(); changes != nil {
		v.Changes = markdown.NewRenderer(t.resolve, "changes-").Whole(changes)
		t.passages.run()
		t.passages.body(changes)
	}
	t.passages.run()
	t.passages.body(text.Preamble())
	v.Sections = t.sections(s.Document.Source().Sections())
	v.land(&s.Document.Facts)
	v.Forms = formsBeside(v.Permanent)
	if v.Fallback == nil {
		v.Linked = p.linkedData(s, text, v.Permanent)
	}
	switch place {
	case "current":
		v.Feed, v.Timemap = p.at(l.Key, slug+"/"+feedFile), p.at(l.Key, slug+"/"+timemapFile)
	case "archive":
		at := p.currentLocale(slug, l.Key)
		v.Timemap = p.at(at, slug+"/"+timemapFile)
		if p.stood(s) {
			v.Original = p.at(at, slug+"/")
		}
	}
	return v, t.passages
}

// states are those of the sections of a text, by anchor, as they were when the version was sealed; nil for the source text.
func (p *plan) states(doc *notice.Document, text *notice.Text) map[string]translation.State {
	if text == doc.Source() {
		return nil
	}
	if p.tracked.text == text {
		return p.tracked.states
	}
	if p.tracked.document != doc {
		p.tracked.document, p.tracked.source = doc, translation.Pieces(doc.Source())
		sum, wrong := translation.ReadSum(doc)
		p.tracked.sum, p.findings = sum, append(p.findings, wrong...)
	}
	states := map[string]translation.State{}
	for _, s := range translation.Compare(p.tracked.source, text, &doc.Facts, p.tracked.sum[text.Locale]) {
		states[s.Piece.Anchor] = s.State
	}
	p.tracked.text, p.tracked.states = text, states
	return states
}

// tracked is what is known of the source text of a version whose pages are being made, and of the translation that was asked for last.
type tracked struct {
	text     *notice.Text
	states   map[string]translation.State
	document *notice.Document
	source   []translation.Piece
	sum      translation.Sum
}

// changesOf is the place of what a text says of its changes.
func changesOf(text *notice.Text) diag.Position { return diag.Position{File: text.ChangesFile()} }

// noticeRef names a notice by a title in the locale l, and leads to its address in the locale to.
func (p *plan) noticeRef(slug, title string, l Locale, to string) NoticeRef {
	return NoticeRef{Slug: slug, Title: title, Lang: l.Tag, Dir: l.Dir, Address: p.at(to, slug+"/")}
}

func (p *plan) switcher(locales []Locale, current, path string) []Language {
	if len(locales) < 2 {
		return nil
	}
	var out []Language
	for _, l := range locales {
		out = append(out, Language{
			Locale: l.Key, Lang: l.Tag, Dir: l.Dir, Name: l.Name, Address: p.at(l.Key, path), Current: l.Key == current,
		})
	}
	return out
}

func (p *plan) state(s archive.Standing, locale string) State {
	state := State{
		Code: string(s.State), Retroactive: p.quote(s, s.Record.Retroactive, locale), Reconstructed: p.reconstructed(s, locale),
		Cancelled: p.cancelled(s, locale), Ends: p.ends(s, locale), Effective: s.Effective(), Published: s.Entry.Published,
		Zone: s.Document.Facts.Zone.String(), Until: s.Until, Next: p.versionRef(s.Next, locale),
	}
	if s.State == archive.Scheduled {
		state.Before = p.versionRef(s.Previous, locale)
	}
	if now := p.current[s.Entry.Notice]; now.Name() != s.Name() {
		state.Now = string(now.State)
	}
	return state
}

// quote is what the publisher says of a version, for a page in a locale; nil where it says nothing.
func (p *plan) quote(s archive.Standing, text, locale string) *Quote {
	if text == "" {
		return nil
	}
	q := &Quote{Text: text}
	if l := p.locale(s.Document.Facts.Source.Value); l.Key != locale {
		q.Lang, q.Dir = l.Tag, l.Dir
	}
	return q
}

// reconstructed is what was sealed of a version later than it was published.
func (p *plan) reconstructed(s archive.Standing, locale string) []Reconstructed {
	var all []Reconstructed
	for _, f := range append([]*archive.Folder{&s.Folder}, s.Supplements...) {
		if why := p.quote(s, f.Record.Reconstructed, locale); why != nil {
			all = append(all, Reconstructed{f.Entry.Published, f.Record.Sealed, *why})
		}
	}
	return all
}

// cancelled says that the version never applies; nil where it was not cancelled.
func (p *plan) cancelled(s archive.Standing, locale string) *Cancelled {
	f := s.Cancelled
	if f == nil {
		return nil
	}
	c := &Cancelled{On: f.Entry.Published, Reason: *p.quote(s, f.Record.Reason, locale)}
	if instead := p.archive.Version(s.Entry.Notice, f.Record.Instead); instead != nil {
		c.Instead, c.Postponed = p.versionRef(instead, locale), instead.Effective() > s.Effective()
	}
	return c
}

// ends says that the notice ends with the version; nil where it does not.
func (p *plan) ends(s archive.Standing, locale string) *Ends {
	f := s.Ended
	if f == nil {
		return nil
	}
	e := &Ends{On: f.Entry.Published, From: f.Record.Ends, Reason: p.quote(s, f.Record.Reason, locale)}
	if to := p.knownTo(f.Entry, f.Record.Successor); to != nil {
		in := p.locale(nearest(to, locale))
		e.Successor = &SectionRef{Title: to.Document.Texts[in.Key].Title.Value, Lang: in.Tag, Dir: in.Dir}
		e.Successor.Address, e.Successor.Hreflang = p.resolver(s.Version, locale)("/" + f.Record.Successor + "/")
	}
	return e
}

// prevails is about the text in the locale shown, on a page in the locale l at the path.
func (p *plan) prevails(s archive.Standing, path string, shown, l Locale) Prevails {
	facts := s.Document.Facts
	out := Prevails{This: facts.IsAuthoritative(shown.Key), Translated: len(facts.Locales) > 1, Others: []LocaleRef{}}
	for _, a := range facts.Authoritative {
		if a.Value != shown.Key {
			out.Others = append(out.Others, p.localeRef(p.locale(a.Value), l, path))
		}
	}
	return out
}
