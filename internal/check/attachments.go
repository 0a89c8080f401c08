package check

import (
	"slices"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/plain"
)

// attachments finds the files that no text links to: sealed and published, they would be found by nobody.
func attachments(_ *Input, draft *notice.Document, findings *diag.Findings) {
	if len(draft.Attachments) > notice.MaxAttachments { // which is said once, and not in so many lines
		return
	}
	used := map[string]bool{}
	for _, t := range draft.Texts {
		for _, l := range t.Links() {
			used[notice.ParseLink(l.Destination).Path] = true
		}
	}
	for _, name := range draft.Attachments {
		if used[name] {
			continue
		}
		at := diag.Position{File: draft.At(name)}
		if of, ok := plain.CopyOf(name); ok && slices.Contains(draft.Attachments, of) {
			findings.Add(at, "file-copy", diag.Args{"Of": draft.At(of)})
			continue
		}
		findings.Add(at, "file-unused", nil)
	}
}
