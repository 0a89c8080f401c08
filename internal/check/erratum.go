package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// erratum finds where the draft of an erratum changes more than words, and the translations of the version that do not follow it.
func erratum(in *Input, v *archive.Version, draft *notice.Document, findings *diag.Findings) {
	wrong := draft.CheckErratum(v.Document)
	*findings = append(*findings, wrong...)
	if len(wrong) == 0 && draft.CorrectsSource() {
		unlike(in, v, draft, findings)
		outdated(v, draft, findings)
	}
}

// correctedParts are the parts of the source text of a version that an erratum gives other words, by anchor.
func correctedParts(v *archive.Version, draft *notice.Document) map[string]bool {
	other := map[string]bool{}
	if !draft.CorrectsSource() {
		return other
	}
	before := translation.Digests(translation.Pieces(v.Document.Source()))
	for _, p := range translation.Pieces(draft.Source()) {
		other[p.Anchor] = before[p.Anchor] != p.Digest
	}
	return other
}

// unlike finds the sealed translations that had the links, lists, tables and figures of the source text, and have not those of the
// corrected one.
func unlike(in *Input, v *archive.Version, draft *notice.Document, findings *diag.Findings) {
	var before, now diag.Findings
	structure(in, v.Document, &before)
	structure(in, draft, &now)
	name := func(f diag.Finding) string { return fmt.Sprint(f.ID, f.At, f.Args) }
	known := map[string]bool{}
	for _, f := range before {
		known[name(f)] = true
	}
	for _, f := range now {
		locale, _ := f.Args["Locale"].(string)
		if known[name(f)] || len(f.Related) == 0 || slices.Contains(draft.Added, locale) {
			continue
		}
		note := findings.Add
		if f.Severity == diag.Warning {
			note = findings.Warn
		}
		note(f.Related[0].At, "erratum-unlike", diag.Args{
			"Anchor": f.Args["Anchor"], "Locale": locale, "Notice": draft.Slug, "Version": v.Name(), "Refused": f.Severity == diag.Error,
		}, diag.Related{ID: "related.translation", At: f.At})
	}
}

// outdated finds the parts of translations that were up to date and are not any more, as the source text was corrected. Where the
// policy of the version allows that it only tells.
func outdated(v *archive.Version, draft *notice.Document, findings *diag.Findings) {
	status, wrong := statusOf(draft)
	before, more := statusOf(v.Document)
	if wrong.Errors()+more.Errors() > 0 {
		return // as is said of the file
	}
	corrected := correctedParts(v, draft)
	for _, locale := range slices.Sorted(maps.Keys(status)) {
		stayed := map[string]bool{}
		for _, s := range translation.In(before[locale], translation.Stale) {
			stayed[s.Piece.Anchor+" "+s.From] = true
		}
		old := slices.DeleteFunc(translation.In(status[locale], translation.Stale), func(s translation.Standing) bool {
			said := slices.Contains(draft.Added, locale) && !corrected[s.Piece.Anchor] // by ofThatVersion
			return said || stayed[s.Piece.Anchor+" "+s.From]
		})
		if len(old) == 0 {
			continue
		}
		refused := draft.Facts.PolicyFor(locale) == notice.Complete
		note := findings.Warn
		if refused {
			note = findings.Add
		}
		note(old[0].Piece.At, "erratum-stale", diag.Args{
			"Count": len(old), "Sections": translation.Names(old), "Locale": locale, "Notice": draft.Slug, "Version": v.Name(), "Refused": refused,
		}, diag.Related{ID: "related.translation", At: old[0].At})
	}
}

// A Leftover is a text of a draft that still says what was corrected in a sealed version.
type Leftover struct {
	Text *notice.Text
	// Parts are those of the draft that do.
	Parts []translation.Piece
}

// Leftovers returns where a draft says what a version said before an erratum, and does not say any more. What a version says of
// its changes is not compared: the draft is to say something else.
func Leftovers(draft *notice.Document, v *archive.Version) []Leftover {
	said := map[string]map[string]bool{} // by locale, the parts before their correction: anchor and digest
	for i, f := range v.Supplements {
		if f.Entry.Kind != archive.KindErratum {
			continue
		}
		with, without := v.First(i+1).Document, v.First(i).Document
		for _, locale := range with.Added {
			if text := without.Texts[locale]; text != nil && draft.Texts[locale] != nil {
				if said[locale] == nil {
					said[locale] = map[string]bool{}
				}
				for _, p := range translation.Pieces(text) {
					said[locale][p.Anchor+" "+p.Digest] = true
				}
			}
		}
		without.Rest()
	}
	if len(said) == 0 {
		return nil
	}
	var all []Leftover
	for _, locale := range slices.Sorted(maps.Keys(said)) {
		now := translation.Digests(translation.Pieces(v.Document.Texts[locale]))
		l := Leftover{Text: draft.Texts[locale]}
		for _, p := range translation.Pieces(l.Text) {
			if p.Anchor != translation.Changes && p.Digest != now[p.Anchor] && said[locale][p.Anchor+" "+p.Digest] {
				l.Parts = append(l.Parts, p)
			}
		}
		if len(l.Parts) > 0 {
			all = append(all, l)
		}
	}
	v.Document.Rest()
	return all
}

// Names are the parts as a sentence lists them.
func (l Leftover) Names() string {
	var names []string
	for _, p := range l.Parts {
		names = append(names, translation.Name(p.Anchor))
	}
	return strings.Join(names, ", ")
}

// uncorrected warns of a draft that would bring a mistake back.
func uncorrected(in *Input, draft *notice.Document, findings *diag.Findings) {
	last := in.Archive.Notices[draft.Slug].Newest()
	if last == nil {
		return
	}
	for _, l := range Leftovers(draft, last) {
		findings.Warn(l.Parts[0].At, "uncorrected", diag.Args{"Sections": l.Names(), "Count": len(l.Parts), "Version": last.Name(), "Sealed": last.Document.At("index." + l.Text.Locale + ".md")})
	}
}
