package notice

import (
	"net/url"
	"strings"
)

// LinkKind is what a link leads to.
type LinkKind int

const (
	// BadLink has none of the forms below.
	BadLink LinkKind = iota
	// AnchorLink leads to a section of the same version: "#cookies".
	AnchorLink
	// NoticeLink leads to a notice, as it is in force: "/cookies/" or "/cookies/#types".
	NoticeLink
	// VersionLink leads to one version of a notice: "/cookies/2021-02-09/" or "/cookies/2021-02-09/#types".
	VersionLink
	// VersionsLink leads to the list of versions of a notice: "/cookies/versions/".
	VersionsLink
	// FileLink leads to an attachment: "files/form.pdf".
	FileLink
	// ExternalLink leads out of the site: "https:", "http:", "mailto:" or "tel:".
	ExternalLink
)

// A Link is the destination of a link, taken apart.
type Link struct {
	Kind    LinkKind
	Slug    string
	Version string
	Anchor  string
	// Path is that of a FileLink, relative to the folder of the notice.
	Path string
}

// ParseLink takes the destination of a link apart. Notices are written without locale: the page adds its own.
func ParseLink(destination string) Link {
	if anchor, ok := strings.CutPrefix(destination, "#"); ok && anchor != "" {
		return Link{Kind: AnchorLink, Anchor: anchor}
	}
	if strings.HasPrefix(destination, FilesDir+"/") {
		return Link{Kind: FileLink, Path: destination}
	}
	if rest, ok := strings.CutPrefix(destination, "/"); ok {
		return parseNoticeLink(rest)
	}
	u, err := url.Parse(destination)
	if err != nil {
		return Link{}
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host != "" {
			return Link{Kind: ExternalLink}
		}
	case "mailto", "tel":
		if u.Opaque != "" {
			return Link{Kind: ExternalLink}
		}
	}
	return Link{}
}

func parseNoticeLink(rest string) Link {
	path, anchor, hasAnchor := strings.Cut(rest, "#")
	if hasAnchor && anchor == "" {
		return Link{}
	}
	segments := strings.Split(path, "/")
	last := len(segments) - 1
	if segments[last] != "" || !IsSlug(segments[0]) {
		return Link{}
	}
	switch {
	case last == 1:
		return Link{Kind: NoticeLink, Slug: segments[0], Anchor: anchor}
	case last == 2 && segments[1] == "versions" && !hasAnchor:
		return Link{Kind: VersionsLink, Slug: segments[0]}
	case last == 2 && IsVersionName(segments[1]):
		return Link{Kind: VersionLink, Slug: segments[0], Version: segments[1], Anchor: anchor}
	}
	return Link{}
}
