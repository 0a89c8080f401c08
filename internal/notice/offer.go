package notice

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"placard/internal/fields"
)

// WithLocale adds a locale to the list of locales in the bytes of notice.toml, behind the last one there. It returns false for
// a list that is not written in the usual way.
func (f *Facts) WithLocale(data []byte, locale string) ([]byte, bool) {
	_, end, ok := quoted(data, f.Locales[len(f.Locales)-1])
	if !ok {
		return nil, false
	}
	return slices.Concat(data[:end], fmt.Appendf(nil, ", %q", locale), data[end:]), true
}

var (
	commaAfter  = regexp.MustCompile(`^[ \t]*,[ \t]*`)
	commaBefore = regexp.MustCompile(`,[ \t\n]*$`)
	endOfList   = regexp.MustCompile(`^[ \t\n]*\]`)
)

// Offering takes the locales that are not among the given ones out of the list of locales in the bytes of notice.toml. Where
// the list is not written in the usual way, they stay.
func (f *Facts) Offering(data []byte, locales []string) []byte {
	for _, l := range slices.Backward(f.Locales) { // from behind, so that the places of those before stay
		from, to, ok := quoted(data, l)
		if !ok || slices.Contains(locales, l.Value) {
			continue
		}
		after, before := commaAfter.FindIndex(data[to:]), commaBefore.FindIndex(data[:from])
		switch last := after == nil || endOfList.Match(data[to+after[1]:]); {
		case last && before != nil: // a comma at the end of the list stays there
			from = before[0]
		case after != nil:
			to += after[1]
		}
		// A line that had nothing else goes with it.
		line := bytes.LastIndexByte(data[:from], '\n') + 1
		if len(bytes.TrimSpace(data[line:from])) == 0 && to < len(data) && data[to] == '\n' {
			from, to = line, to+1
		}
		data = slices.Concat(data[:from], data[to:])
	}
	return data
}

// quoted is where a text stands in the bytes that it was read from, with its quotes.
func quoted(data []byte, t fields.Text) (from, to int, ok bool) {
	for range t.At.Line - 1 {
		n := bytes.IndexByte(data[from:], '\n')
		if n < 0 {
			return 0, 0, false
		}
		from += n + 1
	}
	from += t.At.Column - 1
	for _, q := range []string{fmt.Sprintf("%q", t.Value), "'" + t.Value + "'"} {
		if from >= 0 && from <= len(data) && bytes.HasPrefix(data[from:], []byte(q)) {
			return from, from + len(q), true
		}
	}
	return 0, 0, false
}
