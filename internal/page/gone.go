package page

import (
	"cmp"
	"slices"

	"placard/internal/archive"
	"placard/internal/notice"
)

// Each anchor that a notice ever had is a target on its pages: as a section, as an alias of the one that took its place, or as a
// line that says where the section is to be read.

// retired are the sections that are gone.
func (p *plan) retired(s archive.Standing, locale string) []Retired {
	var out []Retired
	for _, r := range s.Document.Facts.Retired {
		if last := p.archive.Version(s.Entry.Notice, r.LastVersion.Value); last != nil {
			out = append(out, p.gone(last, locale, r.Anchor.Value))
		}
	}
	return out
}

// gone names a section by the last version that had it.
func (p *plan) gone(last *archive.Version, locale, anchor string) Retired {
	r := Retired{SectionRef: p.sectionRef(last, locale, anchor), Anchor: anchor, Last: *p.versionRef(last, locale), Never: last.Cancellation() != nil}
	r.Last.Address = r.Address
	return r
}

// movedAway are the sections that are part of another notice now. What that one was called is taken from the version that was known
// when this one was sealed, so that its later ones change no page of this.
func (p *plan) movedAway(s archive.Standing, locale string) []Retired {
	var out []Retired
	for _, m := range s.Document.Facts.Moved {
		to, away := m.Away()
		if !away {
			continue
		}
		last, now := p.lastWith(s, m.From.Value), p.knownTo(s.Entry, to.Slug)
		if last == nil || now == nil {
			continue
		}
		in := p.locale(nearest(now, locale))
		r := p.gone(last, locale, m.From.Value)
		r.Now = &SectionRef{Title: now.Document.Texts[in.Key].Title.Value, Lang: in.Tag, Dir: in.Dir}
		r.Now.Address, r.Now.Hreflang = p.resolver(s.Version, locale)(m.To.Value)
		out = append(out, r)
	}
	return out
}

// lastWith is the last version before this one that has a section with the anchor; nil where none has.
func (p *plan) lastWith(s archive.Standing, anchor string) *archive.Version {
	return p.archive.Notices[s.Entry.Notice].LastThat(func(v *archive.Version) bool {
		return notice.CompareVersions(v.Name(), s.Name()) < 0 && p.title(v, v.Document.Facts.Source.Value, anchor) != ""
	})
}

// knownTo is the version of a notice that was in force when something else was sealed, by what was known then; before its first one
// applied, the newest. It is nil where there was none.
func (p *plan) knownTo(e archive.Entry, slug string) *archive.Version {
	var inForce, newest *archive.Version
	for _, w := range p.archive.Notices[slug] {
		c := w.Cancellation()
		if w.Entry.Number > e.Number || c != nil && c.Entry.Number < e.Number {
			continue
		}
		if w.Effective() <= e.Published {
			inForce = w
		}
		if newest == nil || w.Entry.Number > newest.Entry.Number {
			newest = w
		}
	}
	return cmp.Or(inForce, newest)
}

// overtaken are the sections of versions that were written after this one, for an earlier day: nobody knew of them when it was
// written. They are kept where such a version was cancelled, as people may have linked to them meanwhile. there are the anchors that
// have a target already, and gets theirs.
func (p *plan) overtaken(s archive.Standing, locale string, there map[string]bool) []Retired {
	var out []Retired
	written := p.written[s.Entry.Notice]
	for _, v := range slices.Backward(p.known[s.Entry.Notice]) {
		if notice.CompareVersions(v.Name(), s.Name()) < 0 && written[v.Name()] > written[s.Name()] {
			out = append(out, p.only(v, locale, there)...)
		}
	}
	return out
}

// neverApplied are the sections that only versions have which were announced and then cancelled: a link to one, made before that,
// leads to what became of it.
func (p *plan) neverApplied(s archive.Standing, locale string, there map[string]bool) []Retired {
	var out []Retired
	for _, v := range slices.Backward(p.known[s.Entry.Notice]) {
		if v.State == archive.Cancelled {
			out = append(out, p.only(v, locale, there)...)
		}
	}
	return out
}

// only are the sections of a version that have no target yet.
func (p *plan) only(v archive.Standing, locale string, there map[string]bool) []Retired {
	var out []Retired
	for _, anchor := range p.headings(v.Document.Source()).anchors {
		if !there[anchor] {
			there[anchor] = true
			out = append(out, p.gone(v.Version, locale, anchor))
		}
	}
	return out
}

// targets are the anchors for which a version has a target: its sections, and those that its notice.toml says to be gone.
func targets(s archive.Standing) map[string]bool {
	there := map[string]bool{}
	s.Document.Source().Each(func(s *notice.Section) { there[s.Anchor] = true })
	for _, m := range s.Document.Facts.Moved {
		there[m.From.Value] = true
	}
	for _, r := range s.Document.Facts.Retired {
		there[r.Anchor.Value] = true
	}
	return there
}

// coming are the sections that announced versions add: links to them lead on from the address of the notice before they apply.
func (p *plan) coming(s archive.Standing, locale string, there map[string]bool) []Coming {
	var out []Coming
	for _, later := range p.known[s.Entry.Notice] {
		if later.State == archive.Cancelled || notice.CompareVersions(later.Name(), s.Name()) <= 0 {
			continue
		}
		for _, anchor := range p.headings(later.Document.Source()).anchors {
			if !there[anchor] {
				there[anchor] = true
				c := Coming{SectionRef: p.sectionRef(later.Version, locale, anchor), Anchor: anchor, Version: *p.versionRef(later.Version, locale)}
				c.Version.Address = c.Address
				out = append(out, c)
			}
		}
	}
	return out
}

// sectionRef names a section of a version in the language of its text that is nearest to a locale.
func (p *plan) sectionRef(v *archive.Version, locale, anchor string) SectionRef {
	in := nearest(v, locale)
	title := p.title(v, in, anchor)
	if title == "" { // an appendix that is not translated
		in = v.Document.Facts.Source.Value
		title = p.title(v, in, anchor)
	}
	l := p.locale(in)
	ref := p.versionRef(v, locale)
	return SectionRef{Title: title, Lang: l.Tag, Dir: l.Dir, Address: ref.Address + "#" + anchor, Hreflang: ref.Lang}
}

// title returns that of a section, or nothing where the version has no such section.
func (p *plan) title(v *archive.Version, locale, anchor string) string {
	return p.headings(v.Document.Texts[locale]).titles[anchor]
}

// headings are the anchors of a text, in the order of the page, and the titles by anchor.
type headings struct {
	anchors []string
	titles  map[string]string
}

// headings returns those of a text. Pages of other versions ask for them, in each language, and the text is read once for all.
func (p *plan) headings(text *notice.Text) headings {
	h, ok := p.read[text]
	if !ok {
		h.titles = map[string]string{}
		text.Each(func(s *notice.Section) { h.anchors, h.titles[s.Anchor] = append(h.anchors, s.Anchor), s.Title })
		text.Rest()
		p.read[text] = h
	}
	return h
}
