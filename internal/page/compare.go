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
			view.Versions = append(view.Versions, ComparedVersion{VersionRef: *p.versionRef(s.Version, l.Key), Redline: p.changesAt(s, 0, l.Key)})
			view.add(s, p.movedAway(s, l.Key), l)
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
