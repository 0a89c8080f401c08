package page

import (
	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// earlier makes the pages of what a version said in a locale before its translation was mended, at addresses that end with
// the name of the reading: "/ms/privacy/2021-02-09-s0/".
func (p *plan) earlier(s archive.Standing, l Locale) []Page {
	var pages []Page
	readings := s.Readings(l.Key)
	for _, r := range readings[:max(len(readings)-1, 0)] {
		p.findings = append(p.findings, r.Version.Reread(l.Key)...)
		then := s
		then.Version = r.Version
		view, passages := p.version(then, "reading", p.localesOf(s.Version), l, r.Version.Document.Texts[l.Key])
		view.Alternates, view.NoIndex = nil, true
		view.Permanent = p.at(l.Key, versionPath(then, "reading"))
		for i := range view.Languages { // no other language need have been mended: they lead to what the version says
			other := &view.Languages[i]
			other.Missing = false
			if other.Current {
				other.Address = view.Permanent
			}
		}
		pages = append(pages, p.versionPage(then, "reading", l, r.Version.Document.Texts[l.Key], view, passages))
		r.Version.Document.Rest()
	}
	return pages
}

// reading says since when the text of a page reads as it does; nil where it is the source text, or stands in place of a
// translation.
func (p *plan) reading(s archive.Standing, l Locale, text *notice.Text) *Reading {
	if text == s.Document.Source() || text.Locale != l.Key {
		return nil
	}
	readings := s.Readings(l.Key)
	now := readings[len(readings)-1]
	out := &Reading{Name: now.Name(), Published: now.Entry.Published, Late: now.Entry.Kind != archive.KindVersion, Sealed: p.sealedFiles(now.Folder)}
	ref := func(r archive.Reading) *ReadingRef {
		return &ReadingRef{Published: r.Entry.Published, Address: p.at(l.Key, s.Entry.Notice+"/"+r.Name()+"/")}
	}
	if n := len(readings); n > 1 {
		out.Before = ref(readings[n-2])
	}
	all := p.archive.Version(s.Entry.Notice, s.Name()).Readings(l.Key)
	if n := len(readings); n < len(all) {
		out.After = ref(all[n])
		if n+1 == len(all) {
			out.After.Address = p.at(l.Key, versionPath(s, "archive"))
		}
	}
	return out
}

// claimOf says whose an address is, for findings.
func (p *plan) claimOf(s archive.Standing, place string, l Locale) diag.Related {
	id, name := "related.claim-version", s.Name()
	switch place {
	case "current":
		id = "related.claim-notice"
	case "reading":
		name = notice.ReadingName(s.Name(), len(s.Supplements))
	}
	return diag.Related{ID: id, At: diag.Position{File: s.Document.Dir}, Args: diag.Args{"Notice": s.Entry.Notice, "Version": name, "Locale": l.Key}}
}
