package page

import (
	"slices"
	"strconv"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/redline"
)

// livesOnPage is how many sections a page with the lives of sections has. A section stays on its page for good: the pages list
// them in the order in which they first were part of the notice.
const livesOnPage = 50

// A life is what became of a section of a notice in one locale, version by version.
type life struct {
	anchor  string
	aliases []string
	first   int // the first line of LOG that brought a text with it
	events  []LifeEvent
	// What it is in the last version that has it and applies or did; in the first that has it, where none does.
	number, title string
	last          *archive.Version
	lastAnchor    string
	missing       bool // not translated there: the title is the source's
	applied       bool
	until         *archive.Version // which removed it; nil while it is part of the notice
}

// lives are those of all sections of a notice, by locale.
type lives map[string]*livesIn

type livesIn struct {
	all []*life
	of  map[string]*life
}

// sorted are the lives in the order in which the sections became known. It stays when others come, also with a version that applies before
// one that was announced already.
func (in *livesIn) sorted() []*life {
	slices.SortStableFunc(in.all, func(a, b *life) int { return a.first - b.first })
	return in.all
}

func (p *plan) livesIn(locale string) *livesIn {
	if p.lives[locale] == nil {
		p.lives[locale] = &livesIn{of: map[string]*life{}}
	}
	return p.lives[locale]
}

// begin begins the lives of the sections of the first version that has a text in a locale, as it was published.
func (p *plan) begin(s archive.Standing, l Locale) {
	kind := "first"
	if p.lastBefore(s, func(v *archive.Version) bool { return v.Cancellation() == nil }) != nil {
		kind = "first-here"
	}
	p.sectionsOf(s, l, func(in *livesIn, section *notice.Section, event LifeEvent) {
		event.Kind = kind
		in.goOn(section, s, l, event)
	})
}

// neverBegan tells of the sections that only a version has which was announced and then cancelled: people may have linked to them meanwhile.
// Nothing that follows is compared with it.
func (p *plan) neverBegan(s archive.Standing, l Locale) {
	p.sectionsOf(s, l, func(in *livesIn, section *notice.Section, event LifeEvent) {
		if one := in.of[section.Anchor]; one == nil || one.never() {
			event.Kind = "never"
			in.goOn(section, s, l, event)
		}
	})
}

// sectionsOf visits the sections of a version in a locale, each with an event that leads to it there.
func (p *plan) sectionsOf(s archive.Standing, l Locale, visit func(in *livesIn, section *notice.Section, event LifeEvent)) {
	in, at := p.livesIn(l.Key), p.at(l.Key, versionPath(s, "archive"))
	notice.EachOf(s.Document.Shaped(l.Key), func(section *notice.Section) {
		visit(in, section, LifeEvent{Version: *p.versionRef(s.Version, l.Key), Announced: announcedOn(s), Address: at + "#" + section.Anchor})
	})
}

// announcedOn is the day on which a version was published that does not apply yet; empty for all others.
func announcedOn(s archive.Standing) string {
	if s.State == archive.Scheduled {
		return s.Entry.Published
	}
	return ""
}

// never reports whether the section was only ever announced, in versions that were cancelled.
func (one *life) never() bool {
	return !slices.ContainsFunc(one.events, func(e LifeEvent) bool { return e.Kind != "never" })
}

// goOn adds an event to the life of a section, or begins it.
func (in *livesIn) goOn(section *notice.Section, s archive.Standing, l Locale, events ...LifeEvent) {
	line := s.Readings(l.Key)[0].Entry.Number
	one := in.of[section.Anchor]
	if one == nil {
		one = &life{anchor: section.Anchor, first: line}
		in.of[section.Anchor], in.all = one, append(in.all, one)
	}
	applies := s.State != archive.Scheduled && s.State != archive.Cancelled
	if one.last == nil || applies || !one.applied && one.never() {
		one.number, one.title, one.last, one.lastAnchor, one.missing = section.Number, section.Title, s.Version, section.Anchor, section.Missing()
	}
	if applies {
		one.applied, one.until = true, nil
	}
	one.first, one.events = min(one.first, line), append(one.events, events...)
}

// live adds to the lives of sections what a comparison found.
func (p *plan) live(s archive.Standing, l Locale, c comparison, sections []redline.Section) {
	if s.State == archive.Cancelled || c.older.Cancellation() != nil {
		return // neither is what follows the other
	}
	if c.kind == archive.KindVersion {
		sections = p.asPublished(s, l, c, sections)
	}
	in := p.livesIn(l.Key)
	at := p.at(l.Key, changesPath(s.Entry.Notice, c.name))
	for _, section := range sections {
		if section.Anchor() == "" || section.Kind == redline.Away {
			continue
		}
		var events []LifeEvent
		if section.Differs() && section.Kind != redline.Marked {
			event := LifeEvent{
				Kind: string(section.Kind), Moved: section.Moved, Renamed: section.Renamed(), Reworded: section.Reworded(), Version: *p.versionRef(s.Version, l.Key),
				Announced: announcedOn(s), Address: at + "#" + section.Anchor(),
			}
			if c.kind != archive.KindVersion {
				event.Published = c.folder.Entry.Published
			}
			events = append(events, event)
		}
		if section.Kind == redline.Removed {
			if one := in.of[section.Old.Anchor]; one != nil {
				one.events = append(one.events, events...)
				if s.State != archive.Scheduled {
					one.until = s.Version
				}
			}
			continue
		}
		if section.Old != nil && section.Old.Anchor != section.New.Anchor {
			in.rename(section.Old.Anchor, section.New.Anchor)
		}
		in.goOn(section.New, s, l, events...)
	}
}

// asPublished compares the text of a version as it was published with that before it as it read then: what was mended or corrected later is
// an event of its own.
func (p *plan) asPublished(s archive.Standing, l Locale, c comparison, sections []redline.Section) []redline.Section {
	first, older := s.Readings(l.Key)[0], c.older.Readings(l.Key)
	before := older[0]
	for _, r := range older[1:] {
		if r.Entry.Number < first.Entry.Number {
			before = r
		}
	}
	a, b := before.Version.Document.Texts[l.Key], first.Version.Document.Texts[l.Key]
	if a == c.older.Document.Texts[l.Key] && b == c.newer.Document.Texts[l.Key] {
		return sections
	}
	then := redline.Between(before.Version.Document, first.Version.Document, l.Key, first.Version.Document.Facts.MovedTo())
	for _, v := range []*archive.Version{before.Version, first.Version} {
		if v.Document != c.older.Document && v.Document != c.newer.Document {
			v.Document.Rest()
		}
	}
	return then
}

// rename lets a section go on under another anchor. What had that one before keeps its life for itself, and gives the anchor away; what was
// only ever announced under it was this section.
func (in *livesIn) rename(from, to string) {
	one, other := in.of[from], in.of[to]
	switch {
	case one == nil || one == other:
		return
	case other != nil && !other.never():
		return
	case other != nil:
		one.first, one.events = min(one.first, other.first), append(one.events, other.events...)
		in.all = slices.DeleteFunc(in.all, func(l *life) bool { return l == other })
	}
	one.aliases, one.anchor = append(one.aliases, from), to
	in.of[to] = one
}

// sectionsPages make the pages with the lives of all sections, in every locale that the notice has.
func (p *plan) sectionsPages(slug string) []Page {
	var pages []Page
	numbers := map[string]int{}
	for _, l := range p.locales[slug] {
		numbers[l.Key] = (len(p.livesIn(l.Key).all) + livesOnPage - 1) / livesOnPage
	}
	for _, l := range p.locales[slug] {
		current := p.current[slug]
		text := current.Document.Texts[nearest(current.Version, l.Key)]
		for n := range numbers[l.Key] {
			path := sectionsPath(slug, n)
			locales := slices.DeleteFunc(slices.Clone(p.locales[slug]), func(other Locale) bool { return numbers[other.Key] <= n })
			view := Sections{
				Common: Common{
					Home: p.at(l.Key, ""), Languages: p.switcher(locales, l.Key, path), Canonical: p.at(l.Key, path), NoIndex: true,
					Alternates: p.alternates(locales, path, current.Document.Facts.Source.Value),
				},
				Notice: p.noticeRef(slug, text.Title.Value, p.locale(text.Locale), l.Key), Versions: p.at(l.Key, slug+"/versions/"),
			}
			for i := range numbers[l.Key] {
				view.Pages = append(view.Pages, PageRef{Number: i + 1, Address: p.at(l.Key, sectionsPath(slug, i)), Current: i == n})
			}
			all := p.livesIn(l.Key).sorted()
			for _, one := range all[n*livesOnPage : min((n+1)*livesOnPage, len(all))] {
				view.Lives = append(view.Lives, one.view(p, l))
			}
			var said passages
			said.add(text.Title.Value, text.Title.At)
			pages = append(pages, Page{
				Address: p.below(l.Key, path), Locale: l.Key, Layout: "sections", Title: text.Title.Value, Params: view, passages: said,
				claim: diag.Related{ID: "related.claim-sections", At: diag.Position{File: archive.Dir + "/" + slug}, Args: diag.Args{"Notice": slug, "Locale": l.Key}},
			})
		}
	}
	return pages
}

// sectionsPath is that of a page with the lives of sections, from 0.
func sectionsPath(slug string, n int) string {
	path := slug + "/sections/"
	if n > 0 {
		path += strconv.Itoa(n+1) + "/"
	}
	return path
}

func (one *life) view(p *plan, l Locale) Life {
	out := Life{Anchor: one.anchor, Aliases: one.aliases, Number: one.number, Title: one.title, Never: one.never(), Events: one.events}
	if source := p.locale(one.last.Document.Facts.Source.Value); one.missing && source.Key != l.Key {
		out.Lang, out.Dir = source.Tag, source.Dir
	}
	out.Until = p.versionRef(one.until, l.Key)
	out.Address = p.versionRef(one.last, l.Key).Address + "#" + one.lastAnchor
	return out
}
