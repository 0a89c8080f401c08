// Package codes knows the codes of languages, places and time zones: which there are, and which one was meant by what
// is none.
package codes

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"placard/internal/diag"
)

// IsLocale reports whether s is a BCP 47 tag in its canonical form, in lower case, as file names and addresses have
// it.
func IsLocale(s string) bool {
	tag, err := language.Parse(s)
	return err == nil && strings.ToLower(tag.String()) == s
}

// NearestLocale returns the locale of known that was meant by s: the same tag written otherwise, one with another
// region, the language of a country or of a name, or one that differs in a letter; or nothing. Where known is nil, every
// locale is.
func NearestLocale(s string, known []string) string {
	among := func(l string) bool { return l != s && IsLocale(l) && (known == nil || slices.Contains(known, l)) }
	var meant []string
	if tag, err := language.Parse(strings.ReplaceAll(s, "_", "-")); err == nil {
		base, _ := tag.Base()
		meant = append(meant, strings.ToLower(tag.String()), base.String())
	}
	if !isLanguage(s) {
		if region, err := language.ParseRegion(strings.ToUpper(s)); err == nil && region.IsCountry() { // "jp" for "ja"
			if tag, err := language.Compose(region); err == nil {
				if base, sure := tag.Base(); sure > language.No {
					meant = append(meant, base.String())
				}
			}
		}
		meant = append(meant, named(s))
	}
	if i := slices.IndexFunc(meant, among); i >= 0 {
		return meant[i]
	}
	if near := diag.Nearest(s, known); near != "" {
		return near
	}
	if !isLanguage(s) && len(s) == 2 {
		for _, l := range known {
			if len(l) == 2 && (l[0] == s[0] || l[1] == s[1] || l[0] == s[1] && l[1] == s[0]) {
				return l
			}
		}
	}
	return ""
}

// isLanguage reports whether s is the code of a language that there is.
func isLanguage(s string) bool {
	_, err := language.ParseBase(s)
	return err == nil
}

// named returns the locale of the language that has this name in English or for itself: "Malay", "Deutsch".
func named(s string) string {
	english := display.English.Languages()
	if s == "" {
		return ""
	}
	for _, tag := range display.Supported.Tags() {
		if tag != language.Und && (strings.EqualFold(english.Name(tag), s) || strings.EqualFold(display.Self.Name(tag), s)) {
			return strings.ToLower(tag.String())
		}
	}
	return ""
}
