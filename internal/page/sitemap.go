package page

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"

	"placard/internal/archive"
	"placard/internal/diag"
)

// Files for search engines. They all lie at the root: a sitemap counts for the addresses below its own folder, and
// those of a notice lie below one folder a language.
const (
	sitemapIndex = "/sitemap.xml"
	robotsFile   = "/robots.txt"
	// siteSitemap begins its name with "_", as no notice does.
	siteSitemap = "_site"
)

// sitemapSize is how many pages a sitemap lists at most. The protocol allows 50,000 and 50 MB; a page in many
// languages takes much room.
const sitemapSize = 1000

type urlSet struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string   `xml:"xmlns:xhtml,attr"`
	URLs    []urlEntry
}

type urlEntry struct {
	XMLName    xml.Name  `xml:"url"`
	Location   string    `xml:"loc"`
	Modified   string    `xml:"lastmod,omitempty"`
	Alternates []urlLink `xml:"xhtml:link"`
}

type urlLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

type urlIndex struct {
	XMLName  xml.Name    `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []indexItem `xml:"sitemap"`
}

type indexItem struct {
	Location string `xml:"loc"`
}

// urlEntries are those of the pages that search engines are to keep: all that may be indexed and are canonical.
func (p *plan) urlEntries(pages []Page) []urlEntry {
	var entries []urlEntry
	for _, pg := range pages {
		c := pg.Params.(interface{ common() Common }).common()
		if c.NoIndex || c.Canonical != p.site.BasePath+pg.Address {
			continue
		}
		e := urlEntry{Location: p.absolute(c.Canonical), Modified: c.modified}
		for _, a := range c.Alternates {
			e.Alternates = append(e.Alternates, urlLink{"alternate", a.Lang, p.absolute(a.Address)})
		}
		entries = append(entries, e)
	}
	return entries
}

// sitemaps list the entries. name is that of the notice, or siteSitemap.
func (p *plan) sitemaps(name string, entries []urlEntry) []File {
	var files []File
	for part := range slices.Chunk(entries, sitemapSize) {
		address := "/sitemap-" + name
		if len(files) > 0 {
			address += "." + strconv.Itoa(len(files)+1)
		}
		address += ".xml"
		files = append(files, machineFile(address, toXML(urlSet{XHTML: "http://www.w3.org/1999/xhtml", URLs: part})))
		p.listed = append(p.listed, address)
	}
	return files
}

// siteFiles are the sitemap of the pages of no notice, the index of all sitemaps, and robots.txt. It comes after the
// sitemaps of all notices.
func (p *plan) siteFiles(pages []urlEntry) []File {
	files := p.sitemaps(siteSitemap, pages)
	var index urlIndex
	for _, address := range p.listed {
		index.Sitemaps = append(index.Sitemaps, indexItem{p.absolute(p.site.BasePath + address)})
	}
	robots := "User-agent: *\nAllow: /\n\nSitemap: " + p.absolute(p.site.BasePath+sitemapIndex) + "\n"
	return append(files, machineFile(sitemapIndex, toXML(index)), machineFile(robotsFile, []byte(robots)))
}

func machineFile(address string, data []byte) File {
	return File{Address: address, Data: data, claim: diag.Related{ID: "related.claim-machines"}}
}

func (p *plan) absolute(address string) string { return p.site.Origin + address }

func toXML(v any) []byte {
	b := bytes.NewBufferString(xml.Header)
	e := xml.NewEncoder(b)
	e.Indent("", "  ")
	_ = e.Encode(v) // strings in a buffer: there is nothing that could fail
	b.WriteByte('\n')
	return b.Bytes()
}

// modified is the last day on which what the page of a version says became different: it was published or came into
// force, or the one that follows it did, or a text in the locales was added or mended, or the version was corrected or cancelled,
// or the notice ended with it.
func modified(s archive.Standing, locales ...string) string {
	days := []string{s.Entry.Published}
	for _, locale := range locales {
		for _, r := range s.Readings(locale) {
			days = append(days, r.Entry.Published)
		}
	}
	for _, f := range errata(s.Version) {
		days = append(days, f.Entry.Published)
	}
	for _, f := range []*archive.Folder{s.Cancelled, s.Ended} {
		if f != nil {
			days = append(days, f.Entry.Published)
		}
	}
	switch s.State {
	case archive.Scheduled, archive.Cancelled:
	case archive.Withdrawn:
		days = append(days, s.Effective(), s.Ended.Record.Ends)
	default:
		days = append(days, s.Effective())
	}
	if s.Next != nil && s.State != archive.Cancelled {
		days = append(days, s.Next.Entry.Published)
		if s.State == archive.Superseded {
			days = append(days, s.Next.Effective())
		}
	}
	return slices.Max(days)
}

// alternates are the same page in the given locales. Readers of other languages are led to that of the site's default
// locale, or to the source where there is none.
func (p *plan) alternates(locales []Locale, path, source string) []Alternate {
	if len(locales) < 2 {
		return nil
	}
	var out []Alternate
	others := source
	for _, l := range locales {
		out = append(out, Alternate{l.Tag, p.at(l.Key, path)})
		if l.Key == p.site.Default {
			others = l.Key
		}
	}
	return append(out, Alternate{"x-default", p.at(others, path)})
}
