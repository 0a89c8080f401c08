package check

import (
	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/notice"
)

// jurisdictions finds subdivisions and groups that the pages have no name for.
func jurisdictions(in *Input, draft *notice.Document, findings *diag.Findings) {
	for _, a := range draft.Facts.Appendices {
		for _, j := range a.Jurisdictions {
			if codes.IsJurisdiction(j.Value) && !codes.IsCountry(j.Value) && !in.Named(j.Value) {
				findings.Add(j.At, "jurisdiction-unnamed",
					diag.Args{"Code": j.Value, "Near": in.nearestNamed(j.Value), "Message": notice.JurisdictionMessage(j.Value)})
			}
		}
	}
}

// nearestNamed returns the jurisdiction, one that the pages have a name for, that was meant by a code; or nothing.
func (in *Input) nearestNamed(code string) string {
	if near := codes.NearestJurisdiction(code); codes.IsCountry(near) || near != "" && in.Named(near) {
		return near
	}
	return ""
}
