// Package page says what the pages of a site are: which there are, at which addresses, and what each of them says.
// It knows nothing of how they are rendered.
package page

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// A Site is what the pages need to know of the configuration.
type Site struct {
	// Title of the site, by locale.
	Titles map[string]string
	// Origin is the scheme and the host of the base URL: "https://example.com".
	Origin string
	// BasePath is the path of the base URL, without the slash at its end: "" or "/legal".
	BasePath string
	// Default is the locale whose pages have no locale in their addresses.
	Default string
	// Locales are in the order of the language switcher.
	Locales []Locale
	// IndexArchived lets search engines keep the pages of superseded versions.
	IndexArchived bool
	// Digest stands for all that shapes pages besides what they say: layouts, messages, assets, configuration.
	Digest []byte
}

// A Locale is a language of the site.
type Locale struct {
	Key  string // lower case
	Tag  string // BCP 47
	Name string // its own name for itself
	Dir  string // "ltr" or "rtl"
	// At is where the configuration names it.
	At diag.Position
}

// A Page is one page.
type Page struct {
	// Address is below the base URL, with a slash at its beginning: "/ms/privacy/", "/404.html".
	Address     string `json:"address"`
	Locale      string `json:"locale"`
	Layout      string `json:"layout"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Params      any    `json:"params"`

	// passages are the words of sources that the page says. They follow from Params, and are in no digest.
	passages passages
	claim    diag.Related // whose the address is, for a finding where two have the same; in no digest either
}

// A File is a file that is finished as it is, at an address as that of a Page.
type File struct {
	Address string `json:"address"`
	Data    []byte `json:"data"`

	claim diag.Related // as that of a Page
}

// A Group is pages that are made together: those of one version, or an overview. Pages of a group change together,
// and the group has changed if and only if its digest has.
type Group struct {
	// Notice is empty for the overviews of the site.
	Notice string
	// Name is that of the version, or "current", "versions" or "site".
	Name   string
	Digest string
	Pages  []Page
	Files  []File
}

// IsVersion reports whether the pages are those of one version, at its address for good.
func (g Group) IsVersion() bool { return notice.IsVersionName(g.Name) }

// Plan returns all pages of the site as it is at a moment, in groups, and what readers of links will miss.
func Plan(a *archive.Archive, m archive.Moment, s Site) ([]Group, diag.Findings) {
	p := &plan{
		site: s, archive: a, known: map[string][]archive.Standing{}, current: map[string]archive.Standing{}, locales: map[string][]Locale{},
	}
	for _, slug := range a.Slugs() {
		standings := a.Notices[slug].Standings(m)
		if i := archive.Current(standings); i >= 0 {
			p.current[slug] = standings[i]
			p.known[slug] = standings
			p.locales[slug] = p.kept(standings)
			p.slugs = append(p.slugs, slug)
		}
	}
	for _, slug := range p.slugs {
		var all []Page
		for _, v := range p.known[slug] {
			pages := p.versionPages(v, "archive")
			p.add(slug, v.Name(), pages)
			all = append(all, pages...)
			v.Document.Rest()
		}
		current := p.versionPages(p.current[slug], "current")
		p.add(slug, "current", current)
		p.current[slug].Document.Rest()
		versions := p.versionsPages(slug)
		p.add(slug, "versions", versions, p.sitemaps(slug, slices.Concat(current, versions, all))...)
	}
	pages := p.sitePages()
	p.add("", "site", pages, p.siteFiles(pages)...)
	p.findings = append(p.findings, clashes(p.groups)...)
	p.findings.Sort()
	return p.groups, p.findings
}

type plan struct {
	site     Site
	archive  *archive.Archive
	slugs    []string                      // notices with a page
	known    map[string][]archive.Standing // their versions
	current  map[string]archive.Standing   // what stands at the address of a notice
	locales  map[string][]Locale           // in which the notice has an address
	listed   []string                      // addresses of sitemaps
	groups   []Group
	findings diag.Findings
}

func (p *plan) add(slug, name string, pages []Page, files ...File) {
	p.groups = append(p.groups, Group{Notice: slug, Name: name, Pages: pages, Files: files, Digest: digest(p.site.Digest, pages, files)})
}

func digest(site []byte, pages []Page, files []File) string {
	h := sha256.New()
	h.Write(site)
	// What pages are made of are strings, numbers and lists, which JSON always takes.
	e := json.NewEncoder(h)
	_, _ = e.Encode(pages), e.Encode(files)
	return hex.EncodeToString(h.Sum(nil))
}

// Batches cuts the groups into runs of about size pages, so that memory does not grow with the archive. A group is never
// cut.
func Batches(groups []Group, size int) [][]Group {
	var out [][]Group
	from, pages := 0, 0
	for i, g := range groups {
		if pages += len(g.Pages); pages >= size || i == len(groups)-1 {
			out = append(out, groups[from:i+1])
			from, pages = i+1, 0
		}
	}
	return out
}
