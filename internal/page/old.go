package page

import (
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// oldGroup begins the names of the groups with pages at old addresses. What follows is the version that they show, or
// "current", so that a group changes when its version does.
const oldGroup = "old-addresses/"

// oldFacts returns the facts that say at which old addresses there are pages: those of the newest version. An address that
// leads to no version is an error.
func (p *plan) oldFacts(slug string) *notice.Facts {
	known := p.known[slug]
	facts := withCancelled(p.archive.Notices[slug])
	var names []string
	for _, s := range known {
		names = append(names, s.Name())
	}
	for _, o := range facts.OldAddresses {
		if o.Version.Set() && !slices.Contains(names, o.Version.Value) {
			p.findings.Add(o.Version.At, "old-address-version", diag.Args{
				"Notice": slug, "Version": o.Version.Value, "Near": diag.Nearest(o.Version.Value, names), "Known": strings.Join(names, ", "),
			})
		}
	}
	return facts
}

// withCancelled are the facts of the newest version, with the old addresses and fragments that only cancelled versions have: they were public
// while those were announced.
func withCancelled(timeline archive.Timeline) *notice.Facts {
	newest := timeline.Newest()
	facts := newest.Document.Facts
	facts.OldAddresses, facts.OldFragments = slices.Clone(facts.OldAddresses), slices.Clone(facts.OldFragments)
	for _, v := range slices.Backward(timeline) {
		if v == newest || v.Cancellation() == nil {
			continue
		}
		for _, o := range v.Document.Facts.OldAddresses {
			if !slices.ContainsFunc(facts.OldAddresses, func(other notice.OldAddress) bool { return other.Address.Value == o.Address.Value }) {
				facts.OldAddresses = append(facts.OldAddresses, o)
			}
		}
		for _, o := range v.Document.Facts.OldFragments {
			if !slices.ContainsFunc(facts.OldFragments, func(other notice.OldFragment) bool { return other.Fragment.Value == o.Fragment.Value }) {
				facts.OldFragments = append(facts.OldFragments, o)
			}
		}
	}
	return &facts
}

// oldPages makes the pages at the old addresses that lead to a version or, where place is "current", to the one in force.
// facts are those of the newest version: an old one was sealed before anybody knew what leads to it.
func (p *plan) oldPages(facts *notice.Facts, s archive.Standing, place string) []Page {
	version := s.Name()
	if place == "current" {
		version = ""
	}
	locales := p.localesAt(s, place)
	var pages []Page
	made := map[string]Page{} // by locale: those of one language differ in their address alone
	for _, o := range facts.OldAddresses {
		if o.Version.Value != version {
			continue
		}
		key := o.LocaleOr(facts.Source.Value)
		if !slices.ContainsFunc(locales, func(l Locale) bool { return l.Key == key }) {
			key = s.Document.Facts.Source.Value
		}
		if _, ok := made[key]; !ok {
			made[key] = p.oldPage(facts, s, place, locales, p.locale(key))
		}
		page := made[key]
		page.Address = o.Address.Value
		page.claim = diag.Related{ID: "related.claim-old", At: o.Address.At, Args: diag.Args{"Notice": s.Entry.Notice}}
		pages = append(pages, page)
	}
	return pages
}

// oldPage is the page of a version as it stands at old addresses. It tells readers and search engines the one to keep.
func (p *plan) oldPage(facts *notice.Facts, s archive.Standing, place string, locales []Locale, l Locale) Page {
	text := s.Document.Texts[nearest(s.Version, l.Key)]
	view, passages := p.version(s, place, locales, l, text)
	view.Place, view.Stays, view.Alternates = "old", p.at(l.Key, versionPath(s, place)), nil
	view.land(facts)
	return Page{
		Locale: l.Key, Layout: "version", Title: text.Title.Value, Description: text.Description.Value,
		Params: view, passages: passages,
	}
}

// land gives each fragment that led to a clause before a target on the page: where its anchor leads; else where the
// anchor that took its place does; else where one does whose place was taken by the same, as on the page of an older
// version; else the beginning of the page. What became of sections that are gone is said at the end of the page, and
// their anchors lead there.
func (v *Version) land(facts *notice.Facts) {
	targets := map[string]*[]string{} // the aliases of what an anchor leads to, by anchor
	add := func(anchor string, aliases *[]string) {
		for _, id := range append([]string{anchor}, *aliases...) {
			targets[id] = aliases
		}
	}
	var visit func([]*Section)
	visit = func(sections []*Section) {
		for _, s := range sections {
			add(s.Anchor, &s.Aliases)
			visit(s.Sections)
			visit(s.Appendices)
		}
	}
	visit(v.Sections)
	for i := range v.Retired {
		add(v.Retired[i].Anchor, &v.Retired[i].Aliases)
	}
	for i := range v.Coming {
		add(v.Coming[i].Anchor, &v.Coming[i].Aliases)
	}
	for _, alias := range v.Aliases {
		targets[alias] = &v.Aliases
	}
	moved := facts.MovedTo()
	from := map[string][]string{} // the anchors whose place another one took
	for _, m := range facts.Moved {
		from[m.To.Value] = append(from[m.To.Value], m.From.Value)
	}
	for _, o := range facts.OldFragments {
		if targets[o.Fragment.Value] != nil {
			continue
		}
		last := o.Anchor.Value
		if to, ok := moved[last]; ok {
			last = to
		}
		target := &v.Aliases
		for _, anchor := range append([]string{o.Anchor.Value, last}, from[last]...) {
			if aliases := targets[anchor]; aliases != nil {
				target = aliases
				break
			}
		}
		*target = append(*target, o.Fragment.Value)
		targets[o.Fragment.Value] = target
	}
}
