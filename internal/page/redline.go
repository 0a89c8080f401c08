package page

import (
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/redline"
	"placard/internal/translation"
)

// redlinePages make the pages of what a version and its supplements changed, in all its locales.
func (p *plan) redlinePages(s archive.Standing) []Page {
	var pages []Page
	for _, l := range p.localesOf(s.Version) {
		switch before := p.before(s, l.Key); {
		case s.State == archive.Cancelled:
			p.neverBegan(s, l)
		case before == nil || before.Cancellation() != nil:
			p.begin(s, l)
		}
		p.listForNews(s, l)
		for _, c := range p.comparisons(s, l.Key) {
			pages = append(pages, p.redlinePage(s, l, c))
			for _, v := range []*archive.Version{c.older, c.newer} {
				if v.Document != s.Document && (s.Previous == nil || v.Document != s.Previous.Document) {
					v.Document.Rest()
				}
			}
		}
	}
	return pages
}

// listForNews keeps for the feeds which sections a version changed, where its text says nothing of that. Both texts are as they were when
// the version was sealed: an entry of a feed says nothing of what came later.
func (p *plan) listForNews(s archive.Standing, l Locale) {
	told := toldIn{s.Entry.Number, l.Key}
	first, before := s.First(0), p.beforeThen(s, l.Key)
	if p.changes[told] != "" || before == nil || first.Document.Texts[l.Key] == nil {
		return
	}
	c := comparison{kind: archive.KindVersion, name: s.Name(), older: before, newer: first}
	d := &redlines{plan: p, locale: l, comparison: c}
	sections := redline.Between(before.Document, first.Document, l.Key, first.Document.Facts.MovedTo())
	p.lists[told] = listChanges(d.runs(redline.Changes(sections)))
	for _, v := range []*archive.Version{before, first} {
		if known := p.archive.Version(s.Entry.Notice, v.Name()); v.Document != known.Document {
			v.Document.Rest() // no page shows it
		}
	}
}

func (p *plan) redlinePage(s archive.Standing, l Locale, c comparison) Page {
	slug := s.Entry.Notice
	path := changesPath(slug, c.name)
	text, before := c.newer.Document.Texts[l.Key], c.older.Document.Texts[l.Key]
	sections := redline.Between(c.older.Document, c.newer.Document, l.Key, c.newer.Document.Facts.MovedTo())
	p.live(s, l, c, sections)
	edited := len(c.older.Readings(l.Key)) > 1 || len(c.newer.Readings(l.Key)) > 1
	d := &redlines{plan: p, locale: l, comparison: c, away: map[string]*SectionRef{}, states: p.states(c.newer.Document, text)}
	d.source, d.start = p.redlineSource(s, l, c)
	for _, r := range p.movedAway(s, l.Key) {
		d.away[r.Anchor] = r.Now
	}
	view := Redline{
		Common:  Common{Home: p.at(l.Key, ""), Canonical: p.at(l.Key, path)},
		Notice:  p.noticeRef(slug, text.Title.Value, l, p.currentLocale(slug, l.Key)),
		Kind:    c.kind,
		Name:    c.name,
		Newer:   p.comparedRef(l, c.newer, c.name),
		Older:   p.comparedRef(l, c.older, c.olderName),
		State:   p.state(s, l.Key),
		Summary: text.Summary,
		Runs:    d.runs(sections),
	}
	view.NoIndex = true // whoever searches is to find the notice
	locales := p.localesComparing(s, c.name)
	view.Languages = p.switcher(locales, l.Key, path)
	others := s.Document.Facts.Source.Value
	if !slices.ContainsFunc(locales, func(l Locale) bool { return l.Key == others }) { // of a translation that was mended
		others = locales[0].Key
	}
	view.Alternates = p.alternates(locales, path, others)
	if c.kind == archive.KindVersion {
		view.Skips = s.Previous != nil && c.older != s.Previous && s.State != archive.Cancelled
		view.Edited = edited
		for _, once := range p.beforeOnce(s, l.Key, c.older) {
			view.Retired = append(view.Retired, p.goneFrom(once, l.Key, sections, view.Retired)...)
		}
	} else {
		view.Summary = ""
		view.Notes = text.Summary != before.Summary || changesWords(text) != changesWords(before)
		view.Published, view.Reason = c.folder.Entry.Published, p.quote(s, c.folder.Record.Reason, l.Key)
	}
	view.Lists = listChanges(view.Runs)
	for _, section := range sections {
		view.Inserted, view.Deleted = view.Inserted+section.Inserted, view.Deleted+section.Deleted
	}
	return Page{
		Address: p.below(l.Key, path), Locale: l.Key, Layout: "redline", Title: text.Title.Value, Params: view,
		passages: saidAfter(text, sections), before: saidBefore(before, sections),
		claim: diag.Related{ID: "related.claim-changes", At: diag.Position{File: c.folder.Entry.Folder()}, Args: diag.Args{"Notice": slug, "Version": c.name, "Locale": l.Key}},
	}
}

// goneFrom are the sections of a version in a locale that are neither in a redline nor said to be gone already: when the version was compared with that
// one, links were made to them.
func (p *plan) goneFrom(v *archive.Version, locale string, sections []redline.Section, said []Retired) []Retired {
	there := map[string]bool{}
	for _, s := range sections {
		there[s.Anchor()] = true
		if s.Old != nil {
			there[s.Old.Anchor] = there[s.Old.Anchor] || s.Kind == redline.Removed
		}
	}
	for _, r := range said {
		there[r.Anchor] = true
	}
	var all []Retired
	for _, anchor := range p.headings(v.Document.Texts[locale]).anchors {
		if !there[anchor] {
			all = append(all, p.gone(v, locale, anchor))
		}
	}
	return all
}

// changesWords are what a text says of its changes below the summary.
func changesWords(t *notice.Text) string {
	if c := t.Changes(); c != nil {
		return strings.Join(c.Lines(), "\n")
	}
	return ""
}

// comparedRef names one of the two texts that are compared, and leads to its page.
func (p *plan) comparedRef(l Locale, v *archive.Version, name string) ComparedRef {
	ref := ComparedRef{VersionRef: *p.versionRef(v, l.Key)}
	known := p.archive.Version(v.Entry.Notice, v.Name()).Readings(l.Key)
	last := known[len(known)-1]
	for _, r := range known {
		if r.Name() == name || name == v.Name() && r.Version.Document.Texts[l.Key] == v.Document.Texts[l.Key] {
			if r.Name() != last.Name() {
				ref.Address = p.at(l.Key, readingPath(r))
			}
			if name != v.Name() {
				ref.Published = r.Entry.Published
			}
		}
	}
	return ref
}

// redlines draws the sections of one page.
type redlines struct {
	*plan
	locale     Locale
	comparison comparison
	away       map[string]*SectionRef // of sections that are part of another notice now, by anchor
	// Of the newer text, where it is a translation: the states of its sections, by anchor, and where the source text can be read.
	states map[string]translation.State
	source LocaleRef
	start  string // the fragment there of the words before the first section
}

// redlineSource is where to read what a comparison shows in the source language: on the page of the same changes if there is one, else on
// that of the version. start is the fragment there of the words before the first section.
func (p *plan) redlineSource(s archive.Standing, l Locale, c comparison) (source LocaleRef, start string) {
	in := c.newer.Document.Facts.Source.Value
	for _, other := range p.comparisons(s, in) {
		if other.name == c.name {
			return p.localeRef(p.locale(in), l, changesPath(s.Entry.Notice, c.name)), "_start"
		}
	}
	return p.localeRef(p.locale(in), l, versionPath(s, "archive")), "_top"
}

// runs gathers sections to which nothing happened, so that they can be folded up together. One that is not as the source text has it now is
// none of them: what prevails may have changed.
func (d *redlines) runs(sections []redline.Section) []RedlineRun {
	var runs []RedlineRun
	for _, s := range sections {
		section := d.section(s)
		same := !s.Differs() && s.Kind != redline.Away && !section.Missing && section.Stale == nil
		if len(runs) == 0 || runs[len(runs)-1].Same != same {
			runs = append(runs, RedlineRun{Same: same})
		}
		last := &runs[len(runs)-1]
		last.Sections = append(last.Sections, section)
	}
	return runs
}

func (d *redlines) section(s redline.Section) RedlineSection {
	older, newer := s.Titles()
	out := RedlineSection{
		Kind: string(s.Kind), Moved: s.Moved, Renamed: s.Renamed(), Reworded: s.Reworded(), Anchor: s.Anchor(), Title: newer, Level: 2,
		Heading: redline.Line(s.Title), Body: redline.HTML(s.Blocks), Inserted: s.Inserted, Deleted: s.Deleted,
	}
	if s.Kind == redline.Removed {
		out.Title, out.Into, out.Now = older, d.into(s.Old.Anchor), d.away[s.Old.Anchor]
	}
	d.compareWithSource(s, &out)
	if s.New != nil {
		out.describe(s.New, d.locale)
	} else if s.Old != nil {
		out.describe(s.Old, d.locale)
	}
	if s.Old != nil && s.New != nil && s.Old.Number != s.New.Number {
		out.OldNumber = s.Old.Number
	}
	for _, link := range s.Links {
		out.Links = append(out.Links, RedlineLink{link.Destination, link.Old})
	}
	if s.Kind == redline.Same || s.Kind == redline.Marked || s.Kind == redline.Translated {
		blocks := redline.Start(d.comparison.newer.Document.Texts[d.locale.Key])
		if s.New != nil {
			blocks = s.New.Part.Blocks()
		}
		out.Body = redline.HTML(redline.Plain(blocks))
	}
	return out
}

// compareWithSource says of a section of the newer text where it is not as the source text has it.
func (d *redlines) compareWithSource(s redline.Section, out *RedlineSection) {
	name, fragment := translation.Start, d.start
	switch {
	case s.Kind == redline.Away || s.New == nil && out.Anchor != "":
		return
	case s.New != nil:
		name, fragment, out.Missing = s.New.Anchor, s.New.Anchor, s.New.Missing()
	}
	if source := d.plan.locale(d.comparison.newer.Document.Facts.Source.Value); out.Missing && source.Key != d.locale.Key {
		out.Lang, out.Dir = source.Tag, source.Dir
	}
	if d.states[name] == translation.Stale {
		ref := d.source
		ref.Address += "#" + fragment
		out.Stale = &ref
	}
}

// into is the section that took the place of one that was removed; nil where none did.
func (d *redlines) into(anchor string) *RedlineRef {
	newer := d.comparison.newer.Document
	if s := newer.Texts[d.locale.Key].Find(newer.Facts.MovedTo()[anchor]); s != nil {
		return &RedlineRef{Anchor: s.Anchor, Number: s.Number, Title: s.Title}
	}
	return nil
}

func (r *RedlineSection) describe(s *notice.Section, l Locale) {
	r.Number, r.Level = s.Number, s.Level
	if s.Appendix != nil && (r.Moved || r.Missing || r.Stale != nil || r.Kind != string(redline.Same)) {
		r.Jurisdictions = jurisdictions(s.Appendix, l)
	}
}

// listChanges are the sections of a redline by what happened to them; one that has another heading, or stands elsewhere, is there for
// each.
func listChanges(runs []RedlineRun) []RedlineList {
	of := map[string][]RedlineSection{}
	for _, run := range runs {
		for _, s := range run.Sections {
			if run.Same || s.Kind == string(redline.Away) {
				continue
			}
			if s.Kind != string(redline.Same) && (s.Kind != string(redline.Changed) || s.Reworded) {
				of[s.Kind] = append(of[s.Kind], s)
			}
			if s.Renamed {
				of["renamed"] = append(of["renamed"], s)
			}
			if s.Moved {
				of["moved"] = append(of["moved"], s)
			}
			if s.Missing && s.Kind != string(redline.Untranslated) {
				of[string(redline.Untranslated)] = append(of[string(redline.Untranslated)], s)
			}
			if s.Stale != nil {
				of["stale"] = append(of["stale"], s)
			}
		}
	}
	var lists []RedlineList
	for _, kind := range []redline.Kind{redline.Added, redline.Removed, redline.Changed, "renamed", "moved", redline.Translated, redline.Untranslated, redline.Marked, "stale"} {
		sections := of[string(kind)]
		if len(sections) == 0 {
			continue
		}
		list := RedlineList{Kind: string(kind)}
		for _, s := range sections {
			list.Sections = append(list.Sections, RedlineRef{Anchor: s.Anchor, Number: s.Number, Title: s.Title, Lang: s.Lang, Dir: s.Dir, Jurisdictions: s.Jurisdictions})
		}
		lists = append(lists, list)
	}
	return lists
}

// saidAfter are the words of the newer text, which a page is to say without what is deleted.
func saidAfter(t *notice.Text, sections []redline.Section) passages {
	said := startOf(t)
	for _, s := range sections {
		if s.New != nil && s.Kind != redline.Away && !s.New.Missing() {
			said.section(s.New)
		}
	}
	return said
}

// saidBefore are the words of the older text, which a page is to say without what is inserted: section by section, since some stood
// elsewhere.
func saidBefore(t *notice.Text, sections []redline.Section) passages {
	said := startOf(t)
	for _, s := range sections {
		if s.Old != nil && s.Kind != redline.Away && s.Kind != redline.Untranslated && !s.Old.Missing() {
			said.run()
			said.section(s.Old)
		}
	}
	return said
}

func startOf(t *notice.Text) passages {
	var said passages
	said.run()
	said.follow(t.Title.Value, t.Title.At)
	said.follow(t.Description.Value, t.Description.At)
	said.body(t.Preamble())
	return said
}
