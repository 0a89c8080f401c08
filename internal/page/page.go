// Package page says what the pages of a site are: which there are, at which addresses, and what each of them says.
// It knows nothing of how they are rendered.
package page

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
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
	// Words returns a message in a locale, with values put in by their names; nothing where there is none. Date returns a day,
	// YYYY-MM-DD, in the words of a locale. They are for files that are finished here.
	Words func(locale, id string, values map[string]string) string
	Date  func(locale, day string) string
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
	before   passages     // those of the older text of a redline
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
	// Name is that of the version, "current", "sections", "versions" or "site", or, for pages at old addresses, "old-addresses/" with
	// the version or "current" behind it.
	Name   string
	Digest string
	Pages  []Page
	Files  []File
	// Findings are what is wrong with what the pages are made of, and what readers of their links will miss.
	Findings diag.Findings
}

// IsVersion reports whether the pages are those of one version, at its address for good.
func (g Group) IsVersion() bool { return notice.IsVersionName(g.Name) }

// Plan makes all pages of the site as it is at a moment by an archive as it was known then, or at another moment (archive.At),
// group by group, as they are asked for: what is not kept of a group takes no memory once the next one is made. The last group has
// the findings that concern all.
func Plan(a *archive.Archive, m archive.Moment, s Site) iter.Seq[Group] {
	return func(yield func(Group) bool) {
		p := &plan{
			site: s, archive: a, known: map[string][]archive.Standing{}, current: map[string]archive.Standing{}, locales: map[string][]Locale{},
			written: map[string]map[string]int{}, read: map[*notice.Text]headings{}, moment: m, changes: map[toldIn]string{}, lists: map[toldIn][]RedlineList{}, all: map[string][]atomEntry{},
		}
		p.groups(yield)
	}
}

// groups makes the groups, until no more are wanted.
func (p *plan) groups(yield func(Group) bool) {
	for _, slug := range p.archive.Slugs() {
		standings := p.archive.Notices[slug].Standings(p.moment)
		if i := archive.Current(standings); i >= 0 {
			p.current[slug] = standings[i]
			p.known[slug] = standings
			p.locales[slug] = p.kept(standings)
			p.written[slug] = p.archive.Notices[slug].Written()
			p.slugs = append(p.slugs, slug)
		}
	}
	for _, slug := range p.slugs {
		var archived []urlEntry
		newest := p.oldFacts(slug)
		p.lives = lives{}
		for _, v := range p.known[slug] {
			pages, files := p.versionPages(v, "archive")
			pages = append(pages, p.redlinePages(v)...)
			archived = append(archived, p.urlEntries(pages)...)
			old := p.oldPages(newest, v, "archive")
			p.restBut(slug, v.Version)
			if !yield(p.group(slug, v.Name(), pages, files...)) || len(old) > 0 && !yield(p.group(slug, oldGroup+v.Name(), old)) {
				return
			}
		}
		current, _ := p.versionPages(p.current[slug], "current")
		listed := p.urlEntries(current)
		old := p.oldPages(newest, p.current[slug], "current")
		p.current[slug].Document.Rest()
		if !yield(p.group(slug, "current", current)) || len(old) > 0 && !yield(p.group(slug, oldGroup+"current", old)) {
			return
		}
		if !yield(p.group(slug, "sections", p.sectionsPages(slug))) {
			return
		}
		versions := append(p.versionsPages(slug), p.comparePages(slug)...)
		listed = slices.Concat(listed, p.urlEntries(versions), archived)
		if !yield(p.group(slug, "versions", versions, slices.Concat(p.sitemaps(slug, listed), p.feeds(slug), p.timemaps(slug), p.data(slug))...)) {
			return
		}
	}
	pages := p.sitePages()
	last := p.group("", "site", pages, append(p.siteFiles(p.urlEntries(pages)), p.siteFeeds()...)...)
	last.Findings = append(last.Findings, clashes(p.claims)...)
	yield(last)
}

// restBut lets the texts of all versions rest but for one, with which the next is compared.
func (p *plan) restBut(slug string, awake *archive.Version) {
	for _, s := range p.known[slug] {
		if s.Version != awake {
			s.Document.Rest()
		}
	}
}

type plan struct {
	site     Site
	archive  *archive.Archive
	slugs    []string                      // notices with a page
	known    map[string][]archive.Standing // their versions
	current  map[string]archive.Standing   // what stands at the address of a notice
	locales  map[string][]Locale           // in which the notice has an address
	written  map[string]map[string]int     // the lines that sealed the texts of its versions first, by name
	read     map[*notice.Text]headings     // of texts that pages of other versions name sections of
	moment   archive.Moment                // of which states are told
	changes  map[toldIn]string             // what the texts of a notice say of their changes, as HTML
	lists    map[toldIn][]RedlineList      // the sections that versions changed, where their texts say nothing of that
	all      map[string][]atomEntry        // the newest news of all notices, by locale
	tracked  tracked
	lives    lives         // of the sections of the notice whose pages are being made
	listed   []string      // addresses of sitemaps
	claims   []claim       // of all pages and files so far
	findings diag.Findings // of the group that is being made
}

func (p *plan) group(slug, name string, pages []Page, files ...File) Group {
	p.claims = append(p.claims, claimsOf(pages, files)...)
	findings := p.findings
	p.findings = nil
	return Group{Notice: slug, Name: name, Pages: pages, Files: files, Digest: digest(p.site.Digest, pages, files), Findings: findings}
}

func digest(site []byte, pages []Page, files []File) string {
	h := sha256.New()
	h.Write(site)
	// What pages are made of are strings, numbers and lists, which JSON always takes.
	_ = json.NewEncoder(h).Encode(pages)
	for _, f := range files { // as they are: there is much of them
		_, _ = fmt.Fprintf(h, "%s\x00%d\x00", f.Address, len(f.Data))
		h.Write(f.Data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Batches gathers the groups in runs of about size pages, so that memory does not grow with the archive. A group is never
// cut.
func Batches(groups iter.Seq[Group], size int) iter.Seq[[]Group] {
	return func(yield func([]Group) bool) {
		var batch []Group
		pages := 0
		for g := range groups {
			batch, pages = append(batch, g), pages+len(g.Pages)
			if pages < size {
				continue
			}
			if !yield(batch) {
				return
			}
			batch, pages = nil, 0
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}
