package site

import (
	"regexp"
	"strings"
	"time"

	"github.com/bep/golocales"
)

// Words returns the text of a message in a configured locale for what is no page, with values put in by their names; nothing where
// there is no such message. Load finds the messages that one language has and another lacks.
func (s *Site) Words(locale, id string, values map[string]string) string {
	text, _ := s.messages[locale].Say(id, values)
	return text
}

// dayWithEra is how a day ends in Thai, with the letter of the era before the year or without.
var dayWithEra = regexp.MustCompile(`\p{L}+\.?(?:\p{L}+\.)? ?(\d{4})$`)

// Date returns a day, YYYY-MM-DD, in the words of a configured locale, as the partial date.html prints it.
func (s *Site) Date(locale, day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	long := s.translator(locale).FormatDateLong(t)
	if strings.HasPrefix(locale, "th") { // the era is Christian
		long = dayWithEra.ReplaceAllString(long, "ค.ศ. $1")
	}
	return long
}

// translator is the one that Hugo takes for the dates of a locale.
func (s *Site) translator(locale string) golocales.Translator {
	keys := []string{locale, s.Default}
	if l := s.Locale(locale); l != nil {
		keys = append([]string{l.Exact}, keys...)
	}
	for _, key := range keys {
		if t := golocales.New(key); t != nil {
			return t
		}
	}
	return golocales.New("en")
}
