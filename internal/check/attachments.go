package check

import (
	"path"

	"placard/internal/diag"
	"placard/internal/notice"
)

// attachments finds the files that no text links to: sealed and published, they would be found by nobody.
func attachments(_ *Input, draft *notice.Document, findings *diag.Findings) {
	used := map[string]bool{}
	for _, t := range draft.Texts {
		for _, l := range t.Links() {
			used[notice.ParseLink(l.Destination).Path] = true
		}
	}
	for _, name := range draft.Attachments {
		if !used[name] {
			findings.Add(diag.Position{File: path.Join(draft.Dir, name)}, "file-unused", nil)
		}
	}
}
