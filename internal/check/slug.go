package check

import (
	"placard/internal/diag"
	"placard/internal/notice"
)

// slug finds the notices whose address is taken by something else.
func slug(in *Input, draft *notice.Document, findings *diag.Findings) {
	at := diag.Position{File: draft.Dir}
	switch {
	case in.Locales[draft.Slug]:
		findings.Add(at, "slug-is-locale", diag.Args{"Notice": draft.Slug})
	case !notice.IsSlug(draft.Slug):
		findings.Add(at, "slug-form", diag.Args{"Notice": draft.Slug})
	}
}
