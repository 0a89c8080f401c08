package page

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"placard/internal/archive"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/redline"
)

// toldIn is a text that says what changed: that of a locale which a line of LOG sealed.
type toldIn struct {
	line   int
	locale string
}

// tell keeps what a text says of its changes for the feeds, as it was rendered for its page: it is read once.
func (p *plan) tell(r archive.Reading, locale, changes string) {
	p.changes[toldIn{r.Entry.Number, locale}] = changes
}

// news are the entries of what happened to a notice, in the words of a locale. Each says what was known when it happened, and nothing
// of what came later, so that it never changes.
func (p *plan) news(slug string, l Locale) []atomEntry {
	var all []atomEntry
	for _, s := range p.known[slug] {
		all = append(all, p.releaseNews(s, l)...)
		for i, f := range s.Supplements {
			n := p.newsOf(s, l, f)
			switch f.Entry.Kind {
			case archive.KindTranslation:
				all = append(all, n.translated(i+1))
			case archive.KindErratum:
				all = append(all, n.corrected(i+1))
			case archive.KindCancellation:
				all = append(all, n.cancelled())
			case archive.KindWithdrawal:
				all = append(all, n.ended()...)
			}
		}
	}
	return all
}

// newsItem is an entry that is being written.
type newsItem struct {
	*plan
	standing archive.Standing
	locale   Locale
	folder   *archive.Folder // by which it happened
	notice   string          // its title then
	version  string          // the version in words
	body     strings.Builder
}

func (p *plan) newsOf(s archive.Standing, l Locale, f *archive.Folder) *newsItem {
	first := s.First(0)
	return &newsItem{
		plan: p, standing: s, locale: l, folder: f, version: p.versionWords(s.Version, l),
		notice: first.Document.Texts[nearest(first, l.Key)].Title.Value,
	}
}

// versionWords names a version by its date, as versiondate.html does.
func (p *plan) versionWords(v *archive.Version, l Locale) string {
	date := p.site.Date(l.Key, v.Effective())
	if number, ok := strings.CutPrefix(v.Name(), v.Effective()+"."); ok {
		return p.say(l, "versiondate_later", "Date", date, "Number", number)
	}
	return date
}

// releaseNews tell that a version was published, and, where it was announced, that it came into force. One that was cancelled, or whose
// place another one took before, never did.
func (p *plan) releaseNews(s archive.Standing, l Locale) []atomEntry {
	n := p.newsOf(s, l, &s.Folder)
	effective, published := s.Effective(), s.Entry.Published
	first := s.First(0)
	in := nearest(first, l.Key)
	var title string
	if effective > published {
		title = p.say(l, "feed_announced", "Notice", n.notice, "Version", n.version)
		n.paragraph("feed_announced_text", "Published", n.day(published), "Effective", n.day(effective))
	} else {
		title = p.say(l, "feed_published", "Notice", n.notice, "Version", n.version)
		n.paragraph("feed_published_text", "Published", n.day(published), "Effective", n.day(effective))
	}
	if why := s.Record.Retroactive; why != "" {
		n.paragraph("state_retroactive", "Published", n.day(published), "Reason", n.quote(why))
	}
	n.reconstructed()
	e := n.entry("published", published, title, in, n.changesThen(n.standing, 0, in))
	n.summarize(&e, first.Document.Texts[in])
	n.finish(&e, toldIn{s.Entry.Number, in})
	all := []atomEntry{e}
	never := s.Cancellation() != nil || s.Until != "" && s.Until < effective
	if effective > published && !never && p.reached(effective, s) {
		n := p.newsOf(s, l, &s.Folder)
		n.paragraph("feed_applies_text", "Effective", n.day(effective))
		e := n.entry("applies", effective, p.say(l, "feed_applies", "Notice", n.notice, "Version", n.version), in, n.changesThen(n.standing, 0, in))
		n.summarize(&e, first.Document.Texts[in])
		n.finish(&e, toldIn{s.Entry.Number, in})
		all = append(all, e)
	}
	return all
}

// reached reports whether the moment of the site has reached a day of a notice.
func (p *plan) reached(day string, s archive.Standing) bool {
	zone := s.Document.Facts.Zone
	return !p.moment.In(zone).Before(archive.Midnight(day, zone))
}

// translated tells that translations were added or mended.
func (n *newsItem) translated(number int) atomEntry {
	doc := n.standing.First(number).Document
	var added, mended []string
	for _, key := range doc.Added {
		if n.changesAt(n.standing, number, key) == "" {
			added = append(added, key)
		} else {
			mended = append(mended, key)
		}
	}
	on := n.day(n.folder.Entry.Published)
	if len(added) > 0 {
		n.paragraph("feed_added_text", "Published", on, "Languages", markdown.Escape(n.languageNames(n.locale, added)))
	}
	if len(mended) > 0 {
		n.paragraph("feed_mended_text", "Published", on, "Languages", markdown.Escape(n.languageNames(n.locale, mended)))
	}
	n.reconstructed()
	in := n.ownOr(doc)
	title := n.say(n.locale, "feed_translated", "Notice", n.notice, "Version", n.version, "Languages", n.languageNames(n.locale, doc.Added))
	e := n.entry("published", n.folder.Entry.Published, title, in, n.changesAt(n.standing, number, in))
	if slices.Contains(added, n.locale.Key) { // whoever reads it in this language has not read of the version yet
		n.summarize(&e, doc.Texts[n.locale.Key])
		n.finish(&e, toldIn{n.folder.Entry.Number, n.locale.Key})
		return e
	}
	n.finish(&e, toldIn{})
	return e
}

// corrected tells of an erratum.
func (n *newsItem) corrected(number int) atomEntry {
	doc := n.standing.First(number).Document
	n.paragraph("corrections_text", "Published", n.day(n.folder.Entry.Published), "Reason", n.quote(n.folder.Record.Reason))
	n.reconstructed()
	in := n.ownOr(doc)
	title := n.say(n.locale, "feed_corrected", "Notice", n.notice, "Version", n.version)
	e := n.entry("published", n.folder.Entry.Published, title, in, n.changesAt(n.standing, number, in))
	n.finish(&e, toldIn{})
	return e
}

// ownOr is the locale of the feed if the last supplement of a document has it; else the first that it has.
func (n *newsItem) ownOr(doc *notice.Document) string {
	if slices.Contains(doc.Added, n.locale.Key) {
		return n.locale.Key
	}
	return doc.Added[0]
}

// cancelled tells that a version never applies.
func (n *newsItem) cancelled() atomEntry {
	s, l, c := n.standing, n.locale, n.plan.cancelled(n.standing, n.locale.Key)
	published, effective, on := n.day(s.Entry.Published), n.day(s.Effective()), n.day(c.On)
	var title string
	switch {
	case c.Instead == nil:
		title = n.say(l, "feed_cancelled", "Notice", n.notice, "Version", n.version)
		n.paragraph("state_cancelled", "Published", published, "Effective", effective, "Cancelled", on)
	case c.Postponed:
		title = n.say(l, "feed_postponed", "Notice", n.notice, "Version", n.version)
		n.paragraph("state_postponed", "Published", published, "Effective", effective, "Cancelled", on, "Instead", n.instead(c.Instead))
	default:
		title = n.say(l, "feed_replaced", "Notice", n.notice, "Version", n.version)
		n.paragraph("state_replaced", "Published", published, "Effective", effective, "Cancelled", on, "Instead", n.instead(c.Instead))
	}
	n.paragraph("state_reason", "Reason", n.quote(c.Reason.Text))
	n.reconstructed()
	e := n.entry("published", c.On, title, nearest(s.Version, l.Key), "")
	n.finish(&e, toldIn{})
	return e
}

// instead is a link to the version that takes the place of a cancelled one.
func (n *newsItem) instead(ref *VersionRef) string {
	words := n.versionWords(n.archive.Version(n.standing.Entry.Notice, ref.Name), n.locale)
	return `<a href="` + markdown.Escape(n.absolute(ref.Address)) + `">` + markdown.Escape(words) + `</a>`
}

// ended tell that a notice will end, and that it has ended.
func (n *newsItem) ended() []atomEntry {
	s, l, from := n.standing, n.locale, n.folder.Record.Ends
	ends := n.plan.ends(s, l.Key)
	until := n.site.Date(l.Key, s.Until)
	rest := func() {
		if ends.Reason != nil {
			n.paragraph("state_reason", "Reason", n.quote(ends.Reason.Text))
		}
		if to := ends.Successor; to != nil {
			n.paragraph("state_successor", "Notice", `<a href="`+markdown.Escape(n.absolute(to.Address))+`" lang="`+to.Lang+`" dir="`+to.Dir+`">`+markdown.Escape(to.Title)+`</a>`)
		}
		n.reconstructed()
	}
	var all []atomEntry
	in := nearest(s.Version, l.Key)
	if from > n.folder.Entry.Published {
		n.paragraph("state_then_ends", "Until", markdown.Escape(until))
		rest()
		e := n.entry("published", n.folder.Entry.Published, n.say(l, "feed_ending", "Notice", n.notice, "Until", until), in, "")
		n.finish(&e, toldIn{})
		all = append(all, e)
		n.body.Reset()
	}
	if n.reached(from, s) {
		n.paragraph("feed_ended_text", "From", n.day(from))
		rest()
		e := n.entry("ended", max(from, n.folder.Entry.Published), n.say(l, "feed_ended", "Notice", n.notice), in, "")
		n.finish(&e, toldIn{})
		all = append(all, e)
	}
	return all
}

// entry begins an entry of something that happened on a day. It leads to the page of the version in a locale, and to that of what changed.
func (n *newsItem) entry(what, day, title, in, changes string) atomEntry {
	s := n.standing
	at := archive.Midnight(day, s.Document.Facts.Zone)
	page := func(rel, address string) atomLink {
		return atomLink{Rel: rel, Type: "text/html", Lang: n.foreign(in, n.locale.Key), Href: n.absolute(address)}
	}
	e := atomEntry{
		Lang: n.locale.Tag, Title: title, ID: feedID(n.folder.Entry, what, n.locale), Published: at.Format(time.RFC3339), Updated: at.Format(time.RFC3339),
		Author: s.First(0).Document.Facts.Publisher, Links: []atomLink{page("alternate", n.at(in, versionPath(s, "archive")))},
		at: at, line: n.folder.Entry.Number,
	}
	if changes != "" {
		e.Links = append(e.Links, page("related", changes))
	}
	return e
}

// summarize gives an entry the summary of a text.
func (n *newsItem) summarize(e *atomEntry, text *notice.Text) {
	if text.Summary == "" {
		return
	}
	e.Summary = &atomText{Text: text.Summary, Lang: n.foreign(text.Locale, n.locale.Key)}
	n.body.WriteString(n.element("p", text.Locale, markdown.Escape(text.Summary)))
}

// finish gives an entry its content: what was written, and what a text says of its changes.
func (n *newsItem) finish(e *atomEntry, told toldIn) {
	if changes := n.changes[told]; changes != "" {
		permanent := n.absolute(n.at(told.locale, versionPath(n.standing, "archive")))
		n.body.WriteString(n.element("div", told.locale, absoluteLinks(changes, n.site.Origin, permanent)))
	} else {
		n.sections(n.lists[told], told.locale)
	}
	e.Content = atomText{Type: "html", Text: `<div lang="` + n.locale.Tag + `" dir="` + n.locale.Dir + `">` + n.body.String() + "</div>"}
}

// sections writes which sections changed, in the text of a locale.
func (n *newsItem) sections(lists []RedlineList, locale string) {
	if len(lists) == 0 {
		return
	}
	at := n.absolute(n.at(locale, changesPath(n.standing.Entry.Notice, n.standing.Name())))
	n.body.WriteString("<ul>")
	for _, list := range lists {
		n.body.WriteString("<li>" + markdown.Escape(n.happened(list.Kind)) + "<ul>")
		for _, s := range list.Sections {
			title := s.Number + " " + s.Title
			if s.Anchor == "" {
				title, s.Anchor = s.Title, "_start"
			}
			link := `<a href="` + markdown.Escape(at+"#"+s.Anchor) + `">` + markdown.Escape(title) + "</a>"
			n.body.WriteString(n.element("li", locale, link))
		}
		n.body.WriteString("</ul></li>")
	}
	n.body.WriteString("</ul>")
}

// happened says what happened to the sections of a list.
func (n *newsItem) happened(kind string) string {
	l := n.locale
	switch redline.Kind(kind) {
	case redline.Added:
		return n.say(l, "redline_kind_added")
	case redline.Removed:
		return n.say(l, "redline_kind_removed")
	case redline.Changed:
		return n.say(l, "redline_kind_changed")
	case redline.Translated:
		return n.say(l, "redline_kind_translated")
	case redline.Untranslated:
		return n.say(l, "redline_kind_untranslated")
	case redline.Marked:
		return n.say(l, "redline_kind_marked")
	case "moved":
		return n.say(l, "redline_kind_moved")
	}
	return n.say(l, "redline_kind_renamed")
}

// element is HTML in an element that says its language where that is not the one of the feed.
func (n *newsItem) element(name, locale, html string) string {
	begin := "<" + name + ">"
	if l := n.plan.locale(locale); l.Key != n.locale.Key {
		begin = "<" + name + ` lang="` + l.Tag + `" dir="` + l.Dir + `">`
	}
	return begin + html + "</" + name + ">"
}

// paragraph writes a message with HTML put in: each name of a value is followed by it.
func (n *newsItem) paragraph(id string, values ...string) {
	marked := slices.Clone(values)
	var marks []string
	for i := 1; i < len(values); i += 2 {
		marked[i] = string(rune(0xe000 + i)) // which no message has
		marks = append(marks, marked[i], values[i])
	}
	text := markdown.Escape(n.say(n.locale, id, marked...))
	n.body.WriteString("<p>" + strings.NewReplacer(marks...).Replace(text) + "</p>")
}

// day is a day in words, for machines too.
func (n *newsItem) day(day string) string {
	return `<time datetime="` + day + `">` + markdown.Escape(n.site.Date(n.locale.Key, day)) + "</time>"
}

// quote is words of the publisher, in the language in which they were sealed.
func (n *newsItem) quote(words string) string {
	return n.element("bdi", n.standing.Document.Facts.Source.Value, markdown.Escape(words))
}

// reconstructed says why something was sealed later than it was published.
func (n *newsItem) reconstructed() {
	if r := n.folder.Record; r.Reconstructed != "" {
		n.paragraph("state_reconstructed", "Published", n.day(r.Published), "Sealed", n.day(r.Sealed), "Reason", n.quote(r.Reconstructed))
	}
}

// link is the address of a link in HTML of package markdown, as far as it lacks the host or the page.
var link = regexp.MustCompile(` href="(?:/[^"]|#)`)

// absoluteLinks gives the links in HTML their host, and those to a place on the page that page.
func absoluteLinks(html, origin, page string) string {
	return link.ReplaceAllStringFunc(html, func(begin string) string {
		last := begin[len(` href="`):]
		if last == "#" {
			return ` href="` + markdown.Escape(page) + last
		}
		return ` href="` + markdown.Escape(origin) + last
	})
}

// uuid makes a name of some words: a UUID of version 8 (RFC 9562, appendix B.2), from their SHA-256.
func uuid(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	b := sum[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
