package check

import (
	"maps"
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// sum finds what is wrong with translation.sum by itself.
func sum(_ *Input, draft *notice.Document, findings *diag.Findings) {
	sum, wrong := translation.ParseSum(draft.SumFile(), draft.OwnSum)
	*findings = append(*findings, wrong...)
	for _, locale := range slices.Sorted(maps.Keys(sum)) {
		if len(draft.Added) > 0 && !slices.Contains(draft.Recorded(), locale) {
			findings.Add(diag.Position{File: draft.SumFile()}, "supplement-sum", diag.Args{"Locale": locale})
		}
	}
}

// stale finds the translations of another source text than the one beside them. Where the policy allows that it only tells.
func stale(_ *Input, draft *notice.Document, findings *diag.Findings) {
	status, wrong := statusOf(draft)
	if wrong.Errors() > 0 {
		return // as is said of the file
	}
	for _, locale := range slices.Sorted(maps.Keys(status)) {
		all := status[locale]
		policy := draft.Facts.PolicyFor(locale)
		changesMissing(draft, locale, all, findings)
		old := translation.In(all, translation.Stale)
		if len(old) == 0 {
			continue
		}
		note := findings.Add
		if policy != notice.Complete {
			note = findings.Warn
		}
		never := !slices.ContainsFunc(old, func(s translation.Standing) bool { return s.From != "" })
		note(old[0].At, "stale", diag.Args{
			"Count": len(old), "Sections": translation.Names(old), "Locale": locale, "Notice": draft.Slug,
			"Refused": policy == notice.Complete, "Authoritative": draft.Facts.IsAuthoritative(locale), "Never": never,
		}, diag.Related{ID: "related.source", At: old[0].Piece.At})
	}
}

// changesMissing finds a translation that does not say what changed, though its source does.
func changesMissing(draft *notice.Document, locale string, all []translation.Standing, findings *diag.Findings) {
	for _, s := range translation.In(all, translation.Missing) {
		if s.Piece.Anchor == translation.Changes && draft.Facts.PolicyFor(locale) != notice.AllowMissing {
			findings.Add(diag.Position{File: draft.Texts[locale].ChangesFile()}, "changes-missing",
				diag.Args{"Locale": locale, "Authoritative": draft.Facts.IsAuthoritative(locale), "Sealed": len(draft.Added) > 0},
				diag.Related{ID: "related.source", At: s.Piece.At})
		}
	}
}

// ofThatVersion finds the parts of a supplement that are not translated from the source text of its version. Those that were
// stale when the version was sealed may stay so, word for word, where its policy allows that. Of those whose source text an erratum
// corrects outdated speaks.
func ofThatVersion(v *archive.Version, draft *notice.Document, findings *diag.Findings) {
	status, wrong := statusOf(draft)
	before, more := statusOf(v.Document)
	if wrong.Errors()+more.Errors() > 0 {
		return
	}
	corrected := correctedParts(v, draft)
	for _, locale := range draft.Added {
		changesMissing(draft, locale, status[locale], findings)
		stayed := map[string]bool{}
		if old := v.Document.Texts[locale]; old != nil && draft.Facts.PolicyFor(locale) != notice.Complete {
			was, is := translation.Digests(translation.Pieces(old)), translation.Digests(translation.Pieces(draft.Texts[locale]))
			for _, s := range translation.In(before[locale], translation.Stale) {
				stayed[s.Piece.Anchor+" "+s.From] = was[s.Piece.Anchor] == is[s.Piece.Anchor]
			}
		}
		other := slices.DeleteFunc(translation.In(status[locale], translation.Stale), func(s translation.Standing) bool {
			return stayed[s.Piece.Anchor+" "+s.From] || corrected[s.Piece.Anchor]
		})
		if len(other) > 0 {
			findings.Add(other[0].At, "supplement-source", diag.Args{
				"Count": len(other), "Sections": translation.Names(other), "Locale": locale, "Notice": draft.Slug, "Version": v.Name(),
			}, diag.Related{ID: "related.source", At: other[0].Piece.At})
		}
	}
}

func statusOf(doc *notice.Document) (translation.Status, diag.Findings) {
	sum, wrong := translation.ReadSum(doc)
	if wrong.Errors() > 0 {
		return nil, wrong
	}
	return translation.StatusOf(doc, sum), nil
}
