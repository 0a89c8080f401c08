package check

import (
	"placard/internal/diag"
	"placard/internal/notice"
)

// locales finds the locales that the notice offers and the site does not know.
func locales(in *Input, draft *notice.Document, findings *diag.Findings) {
	for _, l := range draft.Facts.Locales {
		if !in.Locales[l.Value] {
			findings.Add(l.At, "locale-not-configured", diag.Args{"Locale": l.Value})
		}
	}
}
