package page

import (
	"cmp"
	"slices"
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
			from := archive.Midnight(s.from, s.Document.Facts.Zone).UTC().Format(httpDate)
			lines = append(lines, `<`+p.absolute(p.at(nearest(s.Version, l.Key), versionPath(s.Standing, "archive")))+`>; rel="`+rel+`"; datetime="`+from+`"`)
		}
		files = append(files, File{
			Address: p.below(l.Key, slug+"/"+timemapFile), Data: []byte(strings.Join(lines, ",\n") + "\n"), claim: p.claimOf(p.current[slug], "current", l),
		})
	}
	return files
}

// A memento is a version with the day from which it stood at the address of its notice.
type memento struct {
	archive.Standing
	from string
}

// mementos are the versions that stood at the address of a notice in a locale, from the first one that was offered in it, in the order in
// which they did.
func (p *plan) mementos(slug string, l Locale) []memento {
	var stood, all []memento
	for _, s := range p.known[slug] {
		if p.stood(s) {
			stood = append(stood, memento{s, stoodFrom(s.Version)})
		}
	}
	slices.SortStableFunc(stood, func(a, b memento) int { return cmp.Compare(a.from, b.from) })
	for _, m := range stood {
		if len(all) > 0 || m.Document.Texts[l.Key] != nil {
			all = append(all, m)
		}
	}
	return all
}

// stoodFrom is the first day on which a version could stand at the address of its notice: that from which it applies, or a later one on which
// it was published.
func stoodFrom(v *archive.Version) string { return max(v.Effective(), v.Entry.Published) }

// stood reports whether a version ever stood at the address of its notice, be it for a day: whether it applied, and was published before one
// that applies from a later day.
func (p *plan) stood(s archive.Standing) bool {
	if !hasBegun(s) || s.Ended != nil && s.Next == nil && s.Until < stoodFrom(s.Version) {
		return false
	}
	later := false
	for _, other := range p.known[s.Entry.Notice] {
		if later && hasBegun(other) && stoodFrom(other.Version) <= stoodFrom(s.Version) {
			return false
		}
		later = later || other.Name() == s.Name()
	}
	return true
}

// hasBegun reports whether the first day of a version has come and it was not cancelled.
func hasBegun(s archive.Standing) bool {
	return s.State != archive.Scheduled && s.State != archive.Cancelled
}

// hasApplied reports whether a version applied by all that is known now, be it for a day.
func hasApplied(s archive.Standing) bool {
	return hasBegun(s) && (s.Until == "" || s.Until >= s.Effective())
}
