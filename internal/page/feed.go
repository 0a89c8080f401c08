package page

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strings"
	"time"

	"placard/internal/archive"
	"placard/internal/diag"
)

// Feeds tell what happened to a notice, or to all, in the form of Atom (RFC 4287). They are made here and not by layouts, since
// an entry is read by machines first, and says only what is true for good.

const (
	feedFile = "feed.xml"
	// maxEntries is how many entries a feed has at most.
	maxEntries = 100
)

type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"xml:lang,attr"`
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Links   []atomLink
	Entries []atomEntry
}

type atomLink struct {
	XMLName xml.Name `xml:"link"`
	Rel     string   `xml:"rel,attr"`
	Type    string   `xml:"type,attr"`
	Lang    string   `xml:"hreflang,attr,omitempty"`
	Href    string   `xml:"href,attr"`
}

type atomEntry struct {
	XMLName   xml.Name `xml:"entry"`
	Lang      string   `xml:"xml:lang,attr"`
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Author    string   `xml:"author>name"`
	Links     []atomLink
	Summary   *atomText `xml:"summary,omitempty"`
	Content   atomText  `xml:"content"`

	at   time.Time
	line int // of LOG, by which it happened
}

type atomText struct {
	Type string `xml:"type,attr,omitempty"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

// feeds are those of a notice, in every locale in which it has an address. What they tell is kept for the feeds of the site, which
// tell it in all languages of that.
func (p *plan) feeds(slug string) []File {
	var files []File
	for _, l := range p.site.Locales {
		entries := p.news(slug, l)
		if slices.ContainsFunc(p.locales[slug], func(own Locale) bool { return own.Key == l.Key }) {
			current := p.current[slug]
			title := current.Document.Texts[nearest(current.Version, l.Key)].Title.Value
			files = append(files, File{
				Address: p.below(l.Key, slug+"/"+feedFile), Data: p.feed(l, slug+"/", title, feedID(p.first(slug), "feed", l), entries), claim: p.claimOf(current, "current", l),
			})
		}
		p.all[l.Key] = newest(append(p.all[l.Key], entries...))
	}
	p.changes = map[toldIn]string{}
	return files
}

// siteFeeds are those of all notices.
func (p *plan) siteFeeds() []File {
	var files []File
	for _, l := range p.site.Locales {
		if len(p.all[l.Key]) > 0 {
			files = append(files, File{
				Address: p.below(l.Key, feedFile), Data: p.feed(l, "", p.site.Titles[l.Key], feedID(p.archive.Log[0], "site", l), p.all[l.Key]),
				claim: diag.Related{ID: "related.claim-home", At: l.At, Args: diag.Args{"Locale": l.Key}},
			})
		}
	}
	return files
}

// feed is that of the page at a path.
func (p *plan) feed(l Locale, path, title, id string, entries []atomEntry) []byte {
	entries = newest(entries)
	return toXML(atomFeed{
		Lang: l.Tag, Title: p.say(l, "feed_title", "Title", title), ID: id, Updated: entries[0].Updated, Entries: entries,
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: p.absolute(p.at(l.Key, path+feedFile))},
			{Rel: "alternate", Type: "text/html", Href: p.absolute(p.at(l.Key, path))},
		},
	})
}

// newest sorts entries, the newest first, and leaves out those that are too many.
func newest(entries []atomEntry) []atomEntry {
	slices.SortStableFunc(entries, func(a, b atomEntry) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(b.line, a.line), strings.Compare(a.ID, b.ID))
	})
	return entries[:min(len(entries), maxEntries)]
}

// first is the first line of LOG that sealed something of a notice.
func (p *plan) first(slug string) archive.Entry {
	i := slices.IndexFunc(p.archive.Log, func(e archive.Entry) bool { return e.Notice == slug })
	return p.archive.Log[i]
}

// feedID names an entry, or a feed, by what was sealed when it came about. It depends on no address, so that a preview has the same,
// and on nothing that is sealed later.
func feedID(e archive.Entry, what string, l Locale) string { return uuid(e.Seal, what, l.Key) }
