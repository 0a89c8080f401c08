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
	for _, other := range in.Archive.Slugs() {
		for _, o := range in.Archive.Notices[other].Newest().Document.Facts.OldAddresses {
			if other != draft.Slug && in.ownPage(o.Address.Value, only(draft.Slug)) != "" {
				findings.Add(at, "slug-is-old-address", diag.Args{"Notice": draft.Slug, "Address": o.Address.Value, "Other": other},
					diag.Related{ID: "related.first-use", At: o.Address.At})
			}
		}
	}
}
