// Package page says what the pages of a site are: which there are, at which addresses, and what each of them says.
// It knows nothing of how they are rendered.
package page

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// A Site is what the pages need to know of the configuration.
type Site struct {
	// Title of the site, by locale.
	Titles map[string]string
	// BasePath is the path of the base URL, without the slash at its end: "" or "/legal".
	BasePath string
	// Default is the locale whose pages have no locale in their addresses.
	Default string
	// Locales are in the order of the language switcher.
	Locales []Locale
	// Digest stands for all that shapes pages besides what they say: layouts, messages, assets, configuration.
	Digest []byte
}

// A Locale is a language of the site.
type Locale struct {
	Key  string // lower case
	Tag  string // BCP 47
	Name string // its own name for itself
	Dir  string // "ltr" or "rtl"
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
}

// IsVersion reports whether the pages are those of one version, at its address for good.
func (g Group) IsVersion() bool { return notice.IsVersionName(g.Name) }

// Plan returns all pages of the site as it is at a moment, in groups, and what readers of links will miss.
func Plan(a *archive.Archive, m archive.Moment, s Site) ([]Group, diag.Findings) {
	p := &plan{site: s, archive: a, current: map[string]archive.Standing{}}
	known := map[string][]archive.Standing{}
	for _, slug := range a.Slugs() {
		standings := a.Notices[slug].Standings(m)
		if i := archive.Current(standings); i >= 0 {
			p.current[slug] = standings[i]
			known[slug] = standings
			p.slugs = append(p.slugs, slug)
		}
	}
	for _, slug := range p.slugs {
		for _, v := range known[slug] {
			p.add(slug, v.Name(), p.versionPages(v, "archive"))
			v.Document.Rest()
		}
		p.add(slug, "current", p.versionPages(p.current[slug], "current"))
		p.current[slug].Document.Rest()
		p.add(slug, "versions", p.versionsPages(slug, known[slug]))
	}
	p.add("", "site", p.sitePages())
	p.findings.Sort()
	return p.groups, p.findings
}

type plan struct {
	site     Site
	archive  *archive.Archive
	slugs    []string                    // notices with a page
	current  map[string]archive.Standing // what stands at the address of a notice
	groups   []Group
	findings diag.Findings
}

func (p *plan) add(slug, name string, pages []Page) {
	p.groups = append(p.groups, Group{Notice: slug, Name: name, Pages: pages, Digest: digest(p.site.Digest, pages)})
}

func digest(site []byte, pages []Page) string {
	h := sha256.New()
	h.Write(site)
	// What pages are made of are strings, numbers and lists, which JSON always takes.
	_ = json.NewEncoder(h).Encode(pages)
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
