package page

import (
	"strings"

	"placard/internal/archive"
)

// timemapFile lists what stood at the address of a notice and when, as a TimeMap of RFC 7089: its mementos are the pages of versions.
// There is no timegate: a host of files cannot choose by a header.
const timemapFile = "timemap.link"

// httpDate is the form of dates in HTTP (RFC 9110, section 5.6.7), of an instant in UTC.
const httpDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// timemaps are those of a notice, in every locale in which it has an address.
func (p *plan) timemaps(slug string) []File {
	var files []File
	for _, l := range p.locales[slug] {
		lines := []string{
			`<` + p.absolute(p.at(l.Key, slug+"/")) + `>; rel="original"`,
			`<` + p.absolute(p.at(l.Key, slug+"/"+timemapFile)) + `>; rel="self"; type="application/link-format"`,
		}
		mementos := p.mementos(slug, l)
		for i, s := range mementos {
			rel := "memento"
			if i == len(mementos)-1 {
				rel = "last " + rel
			}
			if i == 0 {
				rel = "first " + rel
			}
			from := archive.Midnight(s.Effective(), s.Document.Facts.Zone).UTC().Format(httpDate)
			lines = append(lines, `<`+p.absolute(p.at(nearest(s.Version, l.Key), versionPath(s, "archive")))+`>; rel="`+rel+`"; datetime="`+from+`"`)
		}
		files = append(files, File{
			Address: p.below(l.Key, slug+"/"+timemapFile), Data: []byte(strings.Join(lines, ",\n") + "\n"), claim: p.claimOf(p.current[slug], "current", l),
		})
	}
	return files
}

// mementos are the versions that stood at the address of a notice in a locale, from the first one that was offered in it.
func (p *plan) mementos(slug string, l Locale) []archive.Standing {
	var all []archive.Standing
	for _, s := range p.known[slug] {
		if isMemento(s) && (len(all) > 0 || s.Document.Texts[l.Key] != nil) {
			all = append(all, s)
		}
	}
	return all
}

// isMemento reports whether a version ever stood at the address of its notice: whether it applied, be it for a day.
func isMemento(s archive.Standing) bool {
	switch s.State {
	case archive.Scheduled, archive.Cancelled:
		return false
	}
	return s.Until == "" || s.Until >= s.Effective()
}
