package notice

import (
	"slices"
	"testing"
)

// The list of locales in notice.toml is changed where it stands, and nothing else of the file.
func TestOffering(t *testing.T) {
	const head, tail = "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = \"en\"\nauthoritative-locales = [\"en\"]\n", "\n# \"ms\" and 'ar'\n"
	for _, tt := range []struct {
		list, added string
		without     []string
		left        string
	}{
		{`locales = ["en", "ms"]`, `locales = ["en", "ms", "zh"]`, []string{"ms"}, `locales = ["en"]`},
		{`locales = ["ms", "en"]`, `locales = ["ms", "en", "zh"]`, []string{"ms"}, `locales = ["en"]`},
		{`locales = ['en','ms','ar']`, `locales = ['en','ms','ar', "zh"]`, []string{"ms"}, `locales = ['en','ar']`},
		{`locales = ["en", "ms", "ar"]`, `locales = ["en", "ms", "ar", "zh"]`, []string{"ar", "ms"}, `locales = ["en"]`},
		{`locales = ["ar", "en", "ms",]  # all`, `locales = ["ar", "en", "ms", "zh",]  # all`, []string{"ar", "ms"}, `locales = ["en", ]  # all`},
		{"locales = [\n  \"en\",\n  \"ms\",\n  \"ar\"\n]", "locales = [\n  \"en\",\n  \"ms\",\n  \"ar\", \"zh\"\n]", []string{"ms"}, "locales = [\n  \"en\",\n  \"ar\"\n]"},
		{"locales = [\n  \"en\",\n  \"ms\",\n  \"ar\"\n]", "locales = [\n  \"en\",\n  \"ms\",\n  \"ar\", \"zh\"\n]", []string{"ar"}, "locales = [\n  \"en\",\n  \"ms\"\n]"},
		{`locales = ["en", "\u006ds"]`, "", []string{"ms"}, `locales = ["en", "\u006ds"]`},
	} {
		data := []byte(head + tt.list + tail)
		f, findings := loadFacts("content/n", func(string, int) ([]byte, error) { return data, nil }, nil)
		if findings.Errors() > 0 {
			t.Errorf("%s: %+v", tt.list, findings)
			continue
		}
		added, ok := f.WithLocale(data, "zh")
		if want := head + tt.added + tail; ok != (tt.added != "") || ok && string(added) != want {
			t.Errorf("%s with zh: %q, %v, want %q", tt.list, added, ok, want)
		}
		left := slices.DeleteFunc(f.LocaleNames(), func(l string) bool { return slices.Contains(tt.without, l) })
		if got, want := string(f.Offering(data, left)), head+tt.left+tail; got != want {
			t.Errorf("%s without %s: %q, want %q", tt.list, tt.without, got, want)
		}
	}
}
