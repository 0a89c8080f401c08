package check

import (
	"maps"
	"slices"

	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/notice"
)

// locales finds the locales that the notice offers and the site does not know.
func locales(in *Input, draft *notice.Document, findings *diag.Findings) {
	for _, l := range draft.Facts.Locales {
		if codes.IsLocale(l.Value) && !in.Locales[l.Value] {
			findings.Add(l.At, "locale-not-configured", diag.Args{"Locale": l.Value, "Near": codes.NearestLocale(l.Value, slices.Sorted(maps.Keys(in.Locales)))})
		}
	}
}

// kept finds the locales of sealed versions that the site no longer knows: their pages would be lost.
func kept(in *Input, draft *notice.Document, findings *diag.Findings) {
	last := map[string]string{} // the folder of the last version in a locale
	for _, v := range in.Archive.Notices[draft.Slug] {
		for key := range v.Document.Texts {
			last[key] = v.Document.Dir
		}
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if !in.Locales[key] {
			findings.Add(diag.Position{File: last[key]}, "sealed-locale-not-configured", diag.Args{"Locale": key})
		}
	}
}
