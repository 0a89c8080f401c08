package check

import (
	"maps"
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// changes finds a draft with another text than the newest version that says of its changes what that one said: its
// readers would be told of the wrong ones.
func changes(in *Input, draft *notice.Document, findings *diag.Findings) {
	last := in.Archive.Notices[draft.Slug].Newest()
	if last == nil {
		return
	}
	for _, locale := range slices.Sorted(maps.Keys(draft.Texts)) {
		now, before := draft.Texts[locale], last.Document.Texts[locale]
		if before == nil || now.Summary == "" || now.Summary != before.Summary || saysAs(now, last) {
			continue
		}
		file := now.ChangesFile()
		findings.Add(diag.Position{File: file}, "changes-repeated", diag.Args{"Version": last.Name(), "File": file})
	}
}

// saysAs reports whether a text has the words that it has in a version, or had before they were mended or corrected.
func saysAs(text *notice.Text, v *archive.Version) bool {
	words := text.Words()
	return slices.ContainsFunc(v.Readings(text.Locale), func(r archive.Reading) bool {
		return r.Version.Document.Texts[text.Locale].Words() == words
	})
}
