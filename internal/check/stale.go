package check

import (
	"maps"
	"slices"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// sum finds what is wrong with translation.sum by itself.
func sum(_ *Input, draft *notice.Document, findings *diag.Findings) {
	_, wrong := translation.ReadSum(draft)
	*findings = append(*findings, wrong...)
}

// stale finds the translations of another source text than the one beside them. Where the policy allows that it only tells.
func stale(_ *Input, draft *notice.Document, findings *diag.Findings) {
	recorded, wrong := translation.ReadSum(draft)
	if wrong.Errors() > 0 {
		return
	}
	status := translation.StatusOf(draft, recorded)
	for _, locale := range slices.Sorted(maps.Keys(status)) {
		all := status[locale]
		policy := draft.Facts.PolicyFor(locale)
		for _, s := range translation.In(all, translation.Missing) {
			if s.Piece.Anchor == translation.Changes && policy != notice.AllowMissing {
				findings.Add(diag.Position{File: draft.Texts[locale].ChangesFile()}, "changes-missing",
					diag.Args{"Locale": locale, "Authoritative": draft.Facts.IsAuthoritative(locale)},
					diag.Related{ID: "related.source", At: s.Piece.At})
			}
		}
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
