package page

import (
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
)

// comparePages make the pages on which any two versions of a notice are compared, in every locale that one of them has.
func (p *plan) comparePages(slug string) []Page {
	var pages []Page
	path, locales := comparePath(slug), p.locales[slug]
	for _, l := range locales {
		current := p.current[slug]
		text := current.Document.Texts[nearest(current.Version, l.Key)]
		view := Compare{
			Common: Common{
				Home: p.at(l.Key, ""), Languages: p.switcher(locales, l.Key, path), Canonical: p.at(l.Key, path), NoIndex: true,
				Alternates: p.alternates(locales, path, current.Document.Facts.Source.Value),
			},
			Notice: p.noticeRef(slug, text.Title.Value, p.locale(text.Locale), l.Key), All: p.at(l.Key, slug+"/versions/"),
		}
		for _, s := range slices.Backward(p.known[slug]) {
			if s.Document.Texts[l.Key] == nil {
				continue
			}
			view.Versions = append(view.Versions, ComparedVersion{*p.versionRef(s.Version, l.Key), p.state(s, l.Key), p.changesAt(s, 0, l.Key)})
			view.add(s, p.movedAway(s, l.Key), l)
		}
		view.choose()
		if source := current.Document.Facts.Source.Value; source != l.Key {
			view.Source = new(p.localeRef(p.locale(source), l, path))
		}
		var said passages
		said.add(text.Title.Value, text.Title.At)
		pages = append(pages, Page{
			Address: p.below(l.Key, path), Locale: l.Key, Layout: "compare", Title: text.Title.Value, Params: view, passages: said,
			claim: diag.Related{ID: "related.claim-compare", At: diag.Position{File: archive.Dir + "/" + slug}, Args: diag.Args{"Notice": slug, "Locale": l.Key}},
		})
	}
	return pages
}

func comparePath(slug string) string { return slug + "/compare/" }

// choose chooses the two versions that readers have come for first: the one that applies, or applied last, and the one before it; the first
// two where no earlier one is there, or none applies yet. Those that were cancelled are chosen where there are no others.
func (c *Compare) choose() {
	if len(c.Versions) < 2 {
		return
	}
	isCancelled := func(v ComparedVersion) bool { return v.State.Code == string(archive.Cancelled) }
	all := slices.DeleteFunc(slices.Clone(c.Versions), isCancelled)
	if len(all) < 2 {
		all = c.Versions
	}
	newer := slices.IndexFunc(all, func(v ComparedVersion) bool { return v.State.Code != string(archive.Scheduled) && !isCancelled(v) })
	if last := len(all) - 2; newer < 0 || newer > last {
		newer = last
	}
	c.From, c.To = all[newer+1].Name, all[newer].Name
}

// isCompared reports whether there are two versions in a locale, so that these can be compared.
func (p *plan) isCompared(slug, locale string) bool {
	n := 0
	for _, s := range p.known[slug] {
		if s.Document.Texts[locale] != nil {
			n++
		}
	}
	return n > 1
}

// add adds what a redline may have to name of a version, unless a later one had it already.
func (c *Compare) add(s archive.Standing, away []Retired, l Locale) {
	for i := range s.Document.Facts.Appendices {
		for _, j := range jurisdictions(&s.Document.Facts.Appendices[i], l) {
			if !slices.Contains(c.Jurisdictions, j) {
				c.Jurisdictions = append(c.Jurisdictions, j)
			}
		}
	}
	for _, r := range away {
		if !slices.ContainsFunc(c.Away, func(other MovedAway) bool { return other.Anchor == r.Anchor }) {
			c.Away = append(c.Away, MovedAway{r.Anchor, *r.Now})
		}
	}
}
