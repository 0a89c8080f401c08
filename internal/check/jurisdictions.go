package check

import (
	"placard/internal/diag"
	"placard/internal/notice"
)

// jurisdictions finds subdivisions and groups that the pages have no name for.
func jurisdictions(in *Input, draft *notice.Document, findings *diag.Findings) {
	for _, a := range draft.Facts.Appendices {
		for _, j := range a.Jurisdictions {
			if notice.IsJurisdiction(j.Value) && !notice.IsCountry(j.Value) && !in.Named(j.Value) {
				findings.Add(j.At, "jurisdiction-unnamed",
					diag.Args{"Code": j.Value, "Message": notice.JurisdictionMessage(j.Value)})
			}
		}
	}
}
