package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// links finds the links that lead nowhere.
func links(in *Input, draft *notice.Document, findings *diag.Findings) {
	for _, locale := range slices.Sorted(maps.Keys(draft.Texts)) {
		text := draft.Texts[locale]
		for _, l := range text.Links() {
			checkLink(in, draft, text, l, findings)
		}
	}
	if draft.Source() != nil {
		unreleased(in, draft, draft.Source(), findings)
	}
}

// unreleased warns, once for each, of notices that are linked to and that have no version yet.
func unreleased(in *Input, draft *notice.Document, text *notice.Text, findings *diag.Findings) {
	warned := map[string]bool{"": true, draft.Slug: true}
	for _, l := range text.Links() {
		slug := notice.ParseLink(l.Destination).Slug
		if !warned[slug] && in.Drafts[slug] != nil && len(in.Archive.Notices[slug]) == 0 {
			findings.Warn(l.At, "link-notice-unreleased", diag.Args{"Link": l.Destination, "Notice": slug})
		}
		warned[slug] = true
	}
}

func checkLink(in *Input, draft *notice.Document, text *notice.Text, l markdown.Link, findings *diag.Findings) {
	to := notice.ParseLink(l.Destination)
	args := diag.Args{"Link": l.Destination, "Notice": to.Slug, "Version": to.Version, "Anchor": to.Anchor, "File": to.Path}
	switch to.Kind {
	case notice.BadLink:
		// A scheme that a browser would act upon on the reader's machine has a message of its own.
		scheme, _, _ := strings.Cut(l.Destination, ":")
		switch scheme = strings.ToLower(strings.TrimSpace(scheme)); scheme {
		case "javascript", "vbscript", "data", "file":
			args["Scheme"] = scheme
			findings.Add(l.At, "link-scheme", args)
		default:
			args["Near"] = in.nearLink(l.Destination)
			findings.Add(l.At, "link-form", args)
		}
	case notice.AnchorLink:
		if meantAnchor(text, to.Anchor) {
			return
		}
		// A page has the source's sections where a translation lacks one; that it may is for another rule.
		if text.Find(to.Anchor) == nil && !hasAnchor(draft, to.Anchor) && len(text.Sections()) > 0 {
			args["Near"] = diag.Nearest(to.Anchor, text.Anchors())
			for _, m := range draft.Facts.Moved {
				if _, away := m.Away(); m.From.Value == to.Anchor && away {
					args["Near"], args["Away"] = "", m.To.Value
				} else if m.From.Value == to.Anchor {
					args["Near"] = m.To.Value
				}
			}
			findings.Add(l.At, "link-anchor", args)
		}
	case notice.FileLink:
		if !slices.Contains(draft.Attachments, to.Path) {
			args["Near"] = diag.Nearest(to.Path, draft.Attachments)
			findings.Add(l.At, "link-file", args)
		}
	case notice.VersionsLink:
		if in.newest(draft, to.Slug) == nil {
			args["Near"] = diag.Nearest(to.Slug, in.notices())
			findings.Add(l.At, "link-notice", args)
		}
	case notice.VersionLink:
		v := in.Archive.Version(to.Slug, to.Version)
		if v == nil {
			args["Near"] = diag.Nearest(to.Version, in.versions(to.Slug))
			findings.Add(l.At, "link-version", args)
		} else if !hasAnchor(v.Document, to.Anchor) {
			args["Near"] = diag.Nearest(to.Anchor, anchorsOf(v.Document))
			findings.Add(l.At, "link-version-anchor", args)
		}
	case notice.NoticeLink:
		switch doc := in.newest(draft, to.Slug); {
		case doc == nil:
			args["Near"] = diag.Nearest(to.Slug, in.notices())
			findings.Add(l.At, "link-notice", args)
		case !hasAnchor(doc, to.Anchor):
			args["Near"] = diag.Nearest(to.Anchor, anchorsOf(doc))
			findings.Add(l.At, "link-notice-anchor", args)
		}
	}
}

// meantAnchor reports whether a section would have the anchor, if its own had the form of one: then it is its own that is
// to be mended.
func meantAnchor(text *notice.Text, anchor string) bool {
	return slices.ContainsFunc(text.Anchors(), func(a string) bool { return !markdown.IsAnchor(a) && markdown.AsAnchor(a) == anchor })
}

// nearLink returns the link that was probably meant by one that has the form of none; or nothing.
func (in *Input) nearLink(link string) string {
	near := otherDate(link)
	if first, rest, ok := strings.Cut(strings.TrimPrefix(link, "/"), "/"); near == "" && ok && in.Locales[first] {
		link = "/" + rest // addresses are written without language
		near = link
	}
	page, anchor, _ := strings.Cut(link, "#")
	if !strings.HasSuffix(page, "/") && strings.HasPrefix(page, "/") {
		near = page + "/"
		if anchor != "" {
			near += "#" + anchor
		}
	}
	if notice.ParseLink(near).Kind == notice.BadLink {
		return ""
	}
	return near
}

// otherDate returns the link to a version that was meant by one whose date is written otherwise, "/privacy/9.2.2021/"; or
// nothing.
func otherDate(link string) string {
	parts := strings.Split(link, "/")
	if len(parts) < 3 || parts[0] != "" || !notice.IsSlug(parts[1]) {
		return ""
	}
	date := fields.DateArgs(parts[2])
	if date["Near"] == "" || date["Or"] != "" {
		return ""
	}
	return fmt.Sprintf("/%s/%s/", parts[1], date["Near"])
}

// newest is what a link to a notice will show: the draft itself for its own notice, otherwise the newest sealed
// version, or its draft as long as nothing is sealed.
func (in *Input) newest(draft *notice.Document, slug string) *notice.Document {
	if slug == draft.Slug {
		return draft
	}
	if v := in.Archive.Notices[slug].Newest(); v != nil {
		return v.Document
	}
	return in.Drafts[slug]
}

// notices are the slugs of all notices, drafts and sealed ones.
func (in *Input) notices() []string {
	slugs := append(in.Archive.Slugs(), slices.Collect(maps.Keys(in.Drafts))...)
	slices.Sort(slugs)
	return slices.Compact(slugs)
}

func anchorsOf(doc *notice.Document) []string {
	if doc.Source() == nil {
		return nil
	}
	return doc.Source().Anchors()
}

func hasAnchor(doc *notice.Document, anchor string) bool {
	return anchor == "" || (doc.Source() != nil && doc.Source().Find(anchor) != nil)
}
