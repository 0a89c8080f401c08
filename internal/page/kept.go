package page

import (
	"maps"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"placard/internal/archive"
	"placard/internal/diag"
)

// A notice keeps its address in every locale in which one of its known versions was published: where the version at
// that address is not offered in the locale, its source text stands there, and a Fallback says so.

// kept returns the locales in which any of the versions was published, in the order of the site, and finds those that the
// site does not speak.
func (p *plan) kept(standings []archive.Standing) []Locale {
	last := map[string]*archive.Version{}
	for _, s := range standings {
		for key := range s.Document.Texts {
			last[key] = s.Version
		}
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if !p.has(key) {
			p.findings.Add(diag.Position{File: last[key].Document.Dir}, "sealed-locale-not-configured", diag.Args{"Locale": key})
		}
	}
	return slices.DeleteFunc(slices.Clone(p.site.Locales), func(l Locale) bool { return last[l.Key] == nil })
}

// currentLocale is the locale in which the address of a notice is to be linked.
func (p *plan) currentLocale(slug, locale string) string {
	if slices.ContainsFunc(p.locales[slug], func(l Locale) bool { return l.Key == locale }) {
		return locale
	}
	return nearest(p.current[slug].Version, locale)
}

// fallback says why the text of the version at the address of a notice is not in the locale of the page; nil where it is.
func (p *plan) fallback(s archive.Standing, l Locale) *Fallback {
	if s.Document.Texts[l.Key] != nil {
		return nil
	}
	slug := s.Entry.Notice
	f := &Fallback{Shown: p.localeRef(p.locale(nearest(s.Version, l.Key)), l, slug+"/")}
	before := true
	for _, other := range p.known[slug] {
		offered := other.Document.Texts[l.Key] != nil
		switch {
		case other.State == archive.Cancelled && other.Version != s.Version: // it never offered anything
		case other.Version == s.Version:
			before = false
		case offered && before:
			f.Last, f.Since = p.versionRef(other.Version, l.Key), p.versionRef(other.Next, l.Key)
		case offered && f.Next == nil:
			f.Next = p.versionRef(other.Version, l.Key)
		}
	}
	return f
}

// localeRef names a locale on a page in another one, and leads to the path in it.
func (p *plan) localeRef(named, page Locale, path string) LocaleRef {
	return LocaleRef{Name: languageName(named, page), Lang: named.Tag, Dir: named.Dir, Address: p.at(named.Key, path)}
}

// languageName names a language in the words of another one, or, where these are not known, in its own.
func languageName(named, in Locale) string {
	if names := display.Languages(language.Make(in.Tag)); names != nil {
		if name := names.Name(language.Make(named.Tag)); name != "" {
			return name
		}
	}
	return named.Name
}
