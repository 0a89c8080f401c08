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
	anchor, number, title string
	aliases               []string
	gone                  bool
	last                  *archive.Version
	first                 int // the first line of LOG that sealed a version with it
	events                []LifeEvent
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

// begin begins the lives of the sections of the first version that has a text in a locale.
func (p *plan) begin(s archive.Standing, l Locale) {
	in := p.livesIn(l.Key)
	at := p.at(l.Key, versionPath(s, "archive"))
	s.Document.Texts[l.Key].Each(func(section *notice.Section) {
		in.goOn(section, s.Version, LifeEvent{Kind: "first", Version: *p.versionRef(s.Version, l.Key), Address: at + "#" + section.Anchor})
	})
}

// neverBegan tells of the sections that only a version has which was announced and then cancelled: people may have linked to them meanwhile.
// Nothing that follows is compared with it.
func (p *plan) neverBegan(s archive.Standing, l Locale) {
	in := p.livesIn(l.Key)
	at := p.at(l.Key, versionPath(s, "archive"))
	s.Document.Texts[l.Key].Each(func(section *notice.Section) {
		if one := in.of[section.Anchor]; one == nil || one.never() {
			in.goOn(section, s.Version, LifeEvent{Kind: "never", Version: *p.versionRef(s.Version, l.Key), Address: at + "#" + section.Anchor})
			in.of[section.Anchor].gone = true
		}
	})
}

// never reports whether the section was only ever announced.
func (one *life) never() bool {
	return !slices.ContainsFunc(one.events, func(e LifeEvent) bool { return e.Kind != "never" })
}

// goOn adds an event to the life of a section, or begins it.
func (in *livesIn) goOn(section *notice.Section, v *archive.Version, events ...LifeEvent) {
	one := in.of[section.Anchor]
	if one == nil {
		one = &life{anchor: section.Anchor, first: v.Entry.Number}
		in.of[section.Anchor], in.all = one, append(in.all, one)
	}
	one.number, one.title, one.last, one.gone, one.first = section.Number, section.Title, v, false, min(one.first, v.Entry.Number)
	one.events = append(one.events, events...)
}

// live adds to the lives of sections what a comparison found.
func (p *plan) live(s archive.Standing, l Locale, c comparison, sections []redline.Section) {
	if s.State == archive.Cancelled {
		return
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
				Address: at + "#" + section.Anchor(),
			}
			if c.kind != archive.KindVersion {
				event.Published = c.folder.Entry.Published
			}
			events = append(events, event)
		}
		if section.Kind == redline.Removed {
			in.goOn(section.Old, c.older, events...)
			in.of[section.Old.Anchor].gone = true
			continue
		}
		if section.Old != nil && section.Old.Anchor != section.New.Anchor {
			in.rename(section.Old.Anchor, section.New.Anchor)
		}
		in.goOn(section.New, s.Version, events...)
	}
}

// rename lets a section go on under another anchor. What had that one before keeps its life for itself, and gives the anchor away.
func (in *livesIn) rename(from, to string) {
	one := in.of[from]
	if one == nil || in.of[to] != nil {
		return
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
				Common: Common{Home: p.at(l.Key, ""), Languages: p.switcher(locales, l.Key, path), Canonical: p.at(l.Key, path), NoIndex: true},
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
	out := Life{Anchor: one.anchor, Aliases: one.aliases, Number: one.number, Title: one.title, Gone: one.gone, Events: one.events}
	out.Address = p.versionRef(one.last, l.Key).Address + "#" + one.anchor
	return out
}
