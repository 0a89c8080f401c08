package page

import "strings"

// say returns a message in a locale, with values put in: each name is followed by its value. Every ID is one of i18n/en.toml, and package
// message finds the languages that lack one.
func (p *plan) say(l Locale, id string, values ...string) string {
	named := map[string]string{}
	for i := 0; i < len(values); i += 2 {
		named[values[i]] = values[i+1]
	}
	return p.site.Words(l.Key, id, named)
}

// list names several things one after the other.
func (p *plan) list(l Locale, names []string) string {
	return strings.Join(names, p.say(l, "list_separator"))
}

// languageNames are those of locales in the words of another one, in the order of the site.
func (p *plan) languageNames(l Locale, keys []string) string {
	var names []string
	for _, other := range p.site.Locales {
		for _, key := range keys {
			if other.Key == key {
				names = append(names, languageName(other, l))
			}
		}
	}
	return p.list(l, names)
}
