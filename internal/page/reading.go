package page

import (
	"iter"
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// earlier makes the pages of what a version said in a locale before its text was mended or corrected, at addresses that end with
// the name of the reading: "/ms/privacy/2021-02-09-s0/", and the files beside them.
func (p *plan) earlier(s archive.Standing, l Locale) (pages []Page, files []File) {
	readings := s.Readings(l.Key)
	for _, r := range readings[:max(len(readings)-1, 0)] {
		p.findings = append(p.findings, r.Version.Reread(l.Key)...)
		then := s
		then.Version = r.Version
		view, passages := p.version(then, "reading", p.localesOf(s.Version), l, r.Version.Document.Texts[l.Key])
		p.tell(r, l.Key, view.Changes)
		view.Alternates, view.NoIndex = nil, true
		view.Permanent = p.at(l.Key, versionPath(then, "reading"))
		for i := range view.Languages { // no other language need have been mended: they lead to what the version says
			other := &view.Languages[i]
			other.Missing = false
			if other.Current {
				other.Address = view.Permanent
			}
		}
		text := r.Version.Document.Texts[l.Key]
		view.Forms, view.Linked = formsBeside(view.Permanent), p.linkedData(then, text, view.Permanent)
		pages = append(pages, p.versionPage(then, "reading", l, text, view, passages))
		files = append(files, append(p.forms(then, "reading", l, text, view), p.noticeData(then, "reading", l, text))...)
		r.Version.Document.Rest()
	}
	return pages, files
}

// reading says since when the text of a page reads as it does; nil where it is the source text and was never corrected, or stands in
// place of a translation.
func (p *plan) reading(s archive.Standing, l Locale, text *notice.Text) *Reading {
	if text.Locale != l.Key {
		return nil
	}
	all := p.archive.Version(s.Entry.Notice, s.Name()).Readings(l.Key)
	isSource := text == s.Document.Source()
	if isSource && len(all) == 1 {
		return nil
	}
	readings := s.Readings(l.Key)
	now := readings[len(readings)-1]
	out := &Reading{
		Name: now.Name(), Known: isSource || now.Entry.Kind == archive.KindErratum, Published: now.Entry.Published,
		Late: now.Entry.Kind != archive.KindVersion, Sealed: p.sealedFiles(now.Folder),
	}
	ref := func(r archive.Reading) *ReadingRef {
		return &ReadingRef{Published: r.Entry.Published, Address: p.at(l.Key, readingPath(r))}
	}
	if n := len(readings); n > 1 {
		out.Before, out.Redline = ref(readings[n-2]), p.at(l.Key, changesPath(s.Entry.Notice, now.Name()))
	}
	if n := len(readings); n < len(all) {
		out.After = ref(all[n])
		if n+1 == len(all) {
			out.After.Address = p.at(l.Key, versionPath(s, "archive"))
		}
	}
	return out
}

// readingPath is where a reading stands once another one took its place.
func readingPath(r archive.Reading) string { return r.Version.Entry.Notice + "/" + r.Name() + "/" }

// errata are the supplements that correct what prevails in a version, by their numbers less one.
func errata(v *archive.Version) iter.Seq2[int, *archive.Folder] {
	return func(yield func(int, *archive.Folder) bool) {
		for i, f := range v.Supplements {
			if f.Entry.Kind == archive.KindErratum && !yield(i, f) {
				return
			}
		}
	}
}

// corrections are the errata of a version, for a page in the locale l.
func (p *plan) corrections(s archive.Standing, l Locale) []Correction {
	var all []Correction
	for i, f := range errata(s.Version) {
		before, in := textBefore(s.Version, i, l.Key)
		c := Correction{
			Published: f.Entry.Published, Reason: *p.quote(s, f.Record.Reason, l.Key), Sealed: p.sealedFiles(f),
			Redline: p.at(in, changesPath(s.Entry.Notice, notice.ReadingName(s.Name(), i+1))),
			Before:  ReadingRef{Published: before.Entry.Published, Address: p.at(in, readingPath(before)), Lang: p.foreign(in, l.Key)},
		}
		if c.Before.Lang != "" {
			c.Before.Language = languageName(p.locale(in), l)
		}
		all = append(all, c)
	}
	return all
}

// textBefore returns what a version said before the erratum that is its supplement of number i+1: in the given locale if it was corrected in
// it; else in the source locale, or in the first that prevails and was.
func textBefore(v *archive.Version, i int, locale string) (archive.Reading, string) {
	place := func(locale string) int {
		return slices.IndexFunc(v.Readings(locale), func(r archive.Reading) bool { return r.Folder == v.Supplements[i] })
	}
	if place(locale) < 1 { // it was not there before, or stays as it was
		doc := v.First(i + 1).Document
		locale = doc.Corrected()[0]
		if doc.CorrectsSource() {
			locale = doc.Facts.Source.Value
		}
	}
	return v.Readings(locale)[place(locale)-1], locale
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
