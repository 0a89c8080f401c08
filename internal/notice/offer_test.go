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
		{`locales = ["ar", "en", "ms",]  # all`, `locales = ["ar", "en", "ms", "zh",]  # all`, []string{"ar", "ms"}, `locales = ["en",]  # all`},
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

// FuzzOffering puts a language into lists of every form and takes it out again, which leaves notice.toml as it was to the byte; and it
// takes out those of the list: all else stays.
func FuzzOffering(f *testing.F) {
	for _, list := range []string{`["en", "ms"]`, `['ms','en',]`, "[\n  \"en\", # one\n  \"ms\" # two\n]", "[ \"ms\" # m\n , \"en\"]", `["en", "\u006ds"]`, `["en", "ms", "ms"]`} {
		f.Add(list, "ms")
	}
	f.Fuzz(func(t *testing.T, list, out string) {
		data := []byte("publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = " + list + "\ntranslation-policy = 'allow-stale'\n")
		load := func(data []byte) (Facts, bool) {
			f, findings := loadFacts("content/n", func(string, int) ([]byte, error) { return data, nil }, nil)
			return f, findings.Errors() == 0
		}
		before, good := load(data)
		if !good {
			return
		}
		if with, ok := before.WithLocale(data, "zh"); ok && !before.HasLocale("zh") { // and taken out again, every byte is as it was
			more, good := load(with)
			if back := more.Offering(with, before.LocaleNames()); !good || string(back) != string(data) {
				t.Errorf("%q with another one, and without it: %q", list, back)
			}
		}
		left := slices.DeleteFunc(before.LocaleNames(), func(l string) bool { return l == out })
		after, good := load(before.Offering(data, left))
		if !good || out == "en" {
			return // as is said of notice.toml
		}
		if after.Publisher != before.Publisher || after.Source.Value != "en" || after.Policy != before.Policy {
			t.Errorf("%q without %q: it says something else", list, out)
		}
		for _, l := range left {
			if !after.HasLocale(l) {
				t.Errorf("%q without %q: %q is gone too", list, out, l)
			}
		}
	})
}
