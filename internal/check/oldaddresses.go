package check

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/plain"
)

// oldAddresses finds the old addresses that lead to no page, and those that would be in the way of another one.
func oldAddresses(in *Input, draft *notice.Document, findings *diag.Findings) {
	taken := in.othersAddresses(draft.Slug)
	served := map[string]notice.OldAddress{}
	if last := in.Archive.Notices[draft.Slug].Newest(); last != nil {
		for _, o := range last.Document.Facts.OldAddresses {
			served[o.Address.Value] = o
		}
	}
	for _, o := range draft.Facts.OldAddresses {
		if !notice.IsOldAddress(o.Address.Value) {
			continue // said already
		}
		args := diag.Args{"Address": o.Address.Value}
		was, isServed := served[o.Address.Value]
		// Where the address is served already, it is the name of a new notice that is wrong.
		isNotice := func(slug string) bool {
			return slug == draft.Slug || len(in.Archive.Notices[slug]) > 0 || in.Drafts[slug] != nil && !isServed
		}
		if args["Page"] = in.ownPage(o.Address.Value, isNotice); args["Page"] != "" {
			findings.Add(o.Address.At, "old-address-reserved", args)
		} else if other, clash := taken.Take(plain.FileOf(o.Address.Value), claim{draft.Slug, o}); clash != plain.NoClash && other.notice != draft.Slug {
			args["Other"], args["Notice"] = other.old.Address.Value, other.notice
			findings.Add(o.Address.At, "old-address-other", args, diag.Related{ID: "related.first-use", At: other.old.Address.At})
		}
		if !isServed || was.Version.Value != o.Version.Value || was.Locale.Value != o.Locale.Value { // else it has to stay, whatever became of the page
			in.leads(draft, o, findings)
		}
	}
}

// A claim is an old address and the notice that it belongs to.
type claim struct {
	notice string
	old    notice.OldAddress
}

// othersAddresses are the old addresses of all other notices: those that are served, and those of drafts.
func (in *Input) othersAddresses(slug string) *plain.Paths[claim] {
	taken := &plain.Paths[claim]{}
	take := func(other string, doc *notice.Document) {
		for _, o := range doc.Facts.OldAddresses {
			if other != slug && notice.IsOldAddress(o.Address.Value) {
				taken.Take(plain.FileOf(o.Address.Value), claim{other, o})
			}
		}
	}
	for _, other := range in.Archive.Slugs() {
		take(other, in.Archive.Notices[other].Newest().Document)
	}
	for _, other := range slices.Sorted(maps.Keys(in.Drafts)) {
		take(other, in.Drafts[other])
	}
	return taken
}

// only is the site as if it had that notice alone.
func only(notice string) func(string) bool {
	return func(slug string) bool { return slug == notice }
}

var (
	// What lies below the address of a notice besides its versions, in lower case.
	belowNotice = []string{"versions", "compare", "sections", "feed.xml", "versions.json", "timemap.link"}
	// What lies at the root of the site.
	belowRoot = []string{"versions", "assets", "css", "robots.txt", "sitemap.xml", "favicon.ico"}
	// The addresses of versions, of their earlier readings, and of whatever comes to lie below them.
	versionPart = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[0-9]+)?(-s[0-9]+)?$`)
	sitemapPart = regexp.MustCompile(`^sitemap.*\.xml$`)
)

// ownPage returns the page or the folder of Placard's own that an address belongs to, or nothing. It goes by the form of
// addresses, so that an old address is in the way of no page that is still to come.
func (in *Input) ownPage(address string, isNotice func(slug string) bool) string {
	parts := strings.SplitAfter(strings.ToLower(strings.TrimPrefix(address, "/")), "/")
	name := func(i int) string { return strings.TrimSuffix(parts[i], "/") }
	upTo := func(i int) string { return "/" + strings.Join(parts[:i+1], "") }
	if parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	first := 0
	// The pages of the default language have no language in their address.
	if in.Locales[name(0)] && name(0) != in.Default {
		if first = 1; len(parts) == 1 {
			return upTo(0)
		}
	}
	switch {
	case name(first) == "404.html", name(first) == "feed.xml", first == 0 && (slices.Contains(belowRoot, name(0)) || sitemapPart.MatchString(name(0))):
		return upTo(first)
	case !isNotice(name(first)):
		return ""
	case len(parts) == first+1:
		return upTo(first)
	case slices.Contains(belowNotice, name(first+1)) || versionPart.MatchString(name(first+1)):
		return upTo(first + 1)
	}
	return ""
}

// leads finds an old address whose page there is not.
func (in *Input) leads(draft *notice.Document, o notice.OldAddress, findings *diag.Findings) {
	offered := slices.Concat(draft.Facts.LocaleNames(), in.Later[draft.Slug])
	if name := o.Version.Value; notice.IsVersionName(name) {
		switch v := in.Archive.Version(draft.Slug, name); {
		case v != nil:
			offered = slices.Sorted(maps.Keys(v.Document.Texts))
		case in.mayBecome(draft.Slug, name):
			findings.Warn(o.Version.At, "old-address-own-version", diag.Args{"Address": o.Address.Value, "Notice": draft.Slug, "Version": name})
		default:
			known := in.versions(draft.Slug)
			findings.Add(o.Version.At, "old-address-version",
				diag.Args{"Notice": draft.Slug, "Version": name, "Near": diag.Nearest(name, known), "Known": strings.Join(known, ", ")})
			return
		}
	} else if !o.Version.Set() {
		// A language that the notice once had keeps the address of the notice.
		for _, v := range in.Archive.Notices[draft.Slug] {
			offered = append(offered, slices.Sorted(maps.Keys(v.Document.Texts))...)
		}
	}
	if o.Locale.Set() && len(offered) > 0 && !slices.Contains(offered, o.Locale.Value) {
		slices.Sort(offered)
		offered = slices.Compact(offered)
		findings.Add(o.Locale.At, "old-address-locale", diag.Args{
			"Locale": o.Locale.Value, "Version": o.Version.Value, "Near": codes.NearestLocale(o.Locale.Value, offered), "Known": strings.Join(offered, ", "),
		})
	}
}

// versions are the names of the sealed versions of a notice.
func (in *Input) versions(slug string) []string {
	var names []string
	for _, v := range in.Archive.Notices[slug] {
		names = append(names, v.Name())
	}
	return names
}

// mayBecome reports whether the draft can be released as the version of that name.
func (in *Input) mayBecome(slug, name string) bool {
	last := in.Archive.Notices[slug].Newest()
	return last == nil || notice.CompareVersions(name, last.Name()) > 0
}

// OwnVersion finds the old addresses that lead to a version which the draft does not become when it is released under
// the given name.
func OwnVersion(a *archive.Archive, draft *notice.Document, name string) diag.Findings {
	var findings diag.Findings
	for _, o := range draft.Facts.OldAddresses {
		if o.Version.Set() && o.Version.Value != name && a.Version(draft.Slug, o.Version.Value) == nil {
			findings.Add(o.Version.At, "old-address-other-version",
				diag.Args{"Address": o.Address.Value, "Version": o.Version.Value, "Name": name})
		}
	}
	return findings
}
