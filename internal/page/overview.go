package page

import (
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
)

// versionsPages make the list of all versions, in every locale that one of them has.
func (p *plan) versionsPages(slug string) []Page {
	standings, locales, spans := p.known[slug], p.locales[slug], p.archive.Spans(slug)
	path, last := slug+"/versions/", ""
	for _, s := range standings {
		last = max(last, modified(s, s.Document.Locales()...))
	}
	var pages []Page
	for _, l := range locales {
		current := p.current[slug]
		text := current.Document.Texts[nearest(current.Version, l.Key)]
		title := text.Title.Value
		var said passages
		said.add(title, text.Title.At)
		view := Versions{
			Common: Common{
				Home: p.at(l.Key, ""), Languages: p.switcher(locales, l.Key, path), Canonical: p.at(l.Key, path),
				Alternates: p.alternates(locales, path, current.Document.Facts.Source.Value), Feed: p.at(l.Key, slug+"/"+feedFile), modified: last,
			},
			Notice: p.noticeRef(slug, title, p.locale(text.Locale), l.Key), Timemap: p.at(l.Key, slug+"/"+timemapFile),
			Data: p.at(l.Key, slug+"/"+versionsFile), Zone: current.Document.Facts.Zone.String(),
		}
		if p.isCompared(slug, l.Key) {
			view.Compare = p.at(l.Key, comparePath(slug))
		}
		if len(p.livesIn(l.Key).all) > 0 {
			view.Sections = p.at(l.Key, sectionsPath(slug, 0))
		}
		view.Days, view.First, view.Last = p.days(slug, spans, l.Key)
		for _, s := range slices.Backward(standings) {
			in := p.locale(nearest(s.Version, l.Key))
			entry := VersionEntry{
				Name: s.Name(), Address: p.versionRef(s.Version, l.Key).Address, State: p.state(s, l.Key),
				Summary: s.Document.Texts[in.Key].Summary, Lang: in.Tag, Dir: in.Dir,
				Sealed: p.sealedFiles(&s.Folder), Redline: p.changesAt(s, 0, in.Key),
			}
			if in.Key != l.Key {
				entry.Language = languageName(in, l)
			}
			view.Versions = append(view.Versions, entry)
			said.add(entry.Summary, changesOf(s.Document.Texts[in.Key]))
		}
		pages = append(pages, Page{Address: p.below(l.Key, path), Locale: l.Key, Layout: "versions", Title: title, Params: view, passages: said, claim: diag.Related{
			ID: "related.claim-versions", At: diag.Position{File: archive.Dir + "/" + slug}, Args: diag.Args{"Notice": slug, "Locale": l.Key},
		}})
	}
	return pages
}

// sitePages make the home page and the page for addresses that do not exist, in every locale of the site.
func (p *plan) sitePages() []Page {
	var pages []Page
	for _, l := range p.site.Locales {
		common := Common{Home: p.at(l.Key, ""), Languages: p.switcher(p.site.Locales, l.Key, "")}
		home := Home{Common: common, Notices: []NoticeEntry{}}
		var said passages
		home.Canonical, home.Alternates = p.at(l.Key, ""), p.alternates(p.site.Locales, "", p.site.Default)
		if len(p.slugs) > 0 {
			home.Feed = p.at(l.Key, feedFile)
		}
		for _, slug := range p.slugs {
			home.Notices = append(home.Notices, p.noticeEntry(slug, l))
			text := p.current[slug].Document.Texts[nearest(p.current[slug].Version, l.Key)]
			said.add(text.Title.Value, text.Title.At)
			said.add(text.Description.Value, text.Description.At)
		}
		notFound := NotFound{common}
		notFound.NoIndex = true
		title := p.site.Titles[l.Key]
		claim := func(id string) diag.Related { return diag.Related{ID: id, At: l.At, Args: diag.Args{"Locale": l.Key}} }
		pages = append(pages,
			Page{Address: p.below(l.Key, ""), Locale: l.Key, Layout: "notices", Title: title, Params: home, passages: said, claim: claim("related.claim-home")},
			Page{Address: p.below(l.Key, "404.html"), Locale: l.Key, Layout: "notfound", Title: title, Params: notFound, claim: claim("related.claim-not-found")},
		)
	}
	return pages
}

func (p *plan) noticeEntry(slug string, l Locale) NoticeEntry {
	s := p.current[slug]
	in, at := p.locale(nearest(s.Version, l.Key)), p.currentLocale(slug, l.Key)
	text := s.Document.Texts[in.Key]
	entry := NoticeEntry{
		Slug: slug, Title: text.Title.Value, Description: text.Description.Value, Lang: in.Tag, Dir: in.Dir,
		Address: p.at(at, slug+"/"), Versions: p.at(at, slug+"/versions/"), Hreflang: p.foreign(at, l.Key), State: p.state(s, l.Key),
	}
	if in.Key != l.Key {
		entry.Language = languageName(in, l)
	}
	return entry
}
