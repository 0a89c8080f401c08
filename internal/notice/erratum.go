package notice

import (
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
)

// An erratum is a supplement that corrects the source text or one that prevails in law, without changing its meaning.

// Corrected are the locales of the last supplement that make it an erratum: the source locale, and those that prevail in law. It is
// empty for a supplement with translations alone.
func (d *Document) Corrected() []string {
	return slices.DeleteFunc(slices.Clone(d.Added), d.Facts.MaySupplement)
}

// CorrectsSource reports whether the last supplement is an erratum of the source text, from which all translations are made.
func (d *Document) CorrectsSource() bool { return slices.Contains(d.Added, d.Facts.Source.Value) }

// Recorded are the locales of which translation.sum of the last supplement has lines: those of its texts, and all with an erratum of
// the source text, which makes what was recorded before say nothing of any of them.
func (d *Document) Recorded() []string {
	if d.CorrectsSource() {
		return d.Translations()
	}
	return d.Added
}

// CheckErratum finds where an erratum changes more than words. before is the document without it.
func (d *Document) CheckErratum(before *Document) diag.Findings {
	var findings diag.Findings
	for _, locale := range d.Corrected() {
		d.sameFiles(before, locale, &findings)
		if older := before.Texts[locale]; older != nil {
			d.sameSections(older, d.Texts[locale], &findings)
		}
	}
	return findings
}

// sameFiles finds the texts in a locale that an erratum adds or leaves out. It finds none of appendices: notice.toml names these.
func (d *Document) sameFiles(before *Document, locale string, findings *diag.Findings) {
	changes := "changes." + locale + ".md"
	if had := slices.Contains(before.Files, changes); had != slices.Contains(d.Files, changes) {
		findings.Add(diag.Position{File: path.Join(d.Dir, changes)}, "erratum-file", diag.Args{"Gone": had, "Sealed": before.At(changes)})
	}
}

// sameSections finds the anchors that only one of two texts has, and the first that stands elsewhere in the newer one.
func (d *Document) sameSections(older, newer *Text, findings *diag.Findings) {
	a, b := flat(older), flat(newer)
	was := func(s *Section) diag.Related { return diag.Related{ID: "related.last-text", At: s.Part.At} }
	same := true
	for _, s := range a {
		if newer.Find(s.Anchor) == nil {
			file := newer.File
			if of := newer.Find(s.Document); of != nil {
				file = of.Part.At.File
			}
			findings.Add(diag.Position{File: file}, "erratum-gone", diag.Args{"Anchor": s.Anchor, "Notice": d.Slug}, was(s))
			same = false
		}
	}
	for _, s := range b {
		if older.Find(s.Anchor) == nil {
			findings.Add(s.Part.At, "erratum-new", diag.Args{"Anchor": s.Anchor, "Notice": d.Slug})
			same = false
		}
	}
	for i := range a {
		if same && (a[i].Anchor != b[i].Anchor || a[i].Level != b[i].Level) {
			findings.Add(b[i].Part.At, "erratum-moved", diag.Args{"Anchor": b[i].Anchor, "Notice": d.Slug}, was(older.Find(b[i].Anchor)))
			return // the rest is out of step because of this one
		}
	}
}

// flat are the sections of a text, file by file: where an appendix is printed follows from the index.
func flat(t *Text) []*Section {
	var all []*Section
	t.Each(func(s *Section) { all = append(all, s) })
	slices.SortStableFunc(all, func(a, b *Section) int { return strings.Compare(a.Document, b.Document) })
	return all
}
