package message

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The program's own messages, taken for a site's, are held to the same rules.
func TestProgram(t *testing.T) {
	repository := os.DirFS("../..")
	all, findings := Load(Input{Site: repository, Defaults: repository, Locales: []string{"en", "ms", "ar"}, Default: "en", Given: nothing})
	for _, f := range findings {
		t.Errorf("%s: %s %v", f.At, f.ID, f.Args)
	}
	if len(all["en"]) == 0 || len(all["en"]) != len(all["ms"]) || len(all["en"]) != len(all["ar"]) {
		t.Errorf("%d messages in English, %d in Malay, %d in Arabic", len(all["en"]), len(all["ms"]), len(all["ar"]))
	}
}

func nothing(string) bool { return false }

func TestCategories(t *testing.T) {
	for locale, want := range map[string]string{
		"ms": "other", "ja": "other", "en": "one other", "fr": "one other", "pl": "one few many other",
		"lv": "zero one other", "he": "one two other", "ar": "zero one two few many other", "la": "other",
	} {
		if got := strings.Join(categoriesOf(locale), " "); got != want {
			t.Errorf("%s has %q, want %q", locale, got, want)
		}
	}
}

// A layout of the site may give a message more values than Placard's do.
func TestGiven(t *testing.T) {
	site := fstest.MapFS{"i18n/en.toml": {Data: []byte("a_b = \"{{ .Old }}, {{.New}}, {{- .Newer -}}\"\nc = \"{{ .New }}\"\n")}}
	defaults := fstest.MapFS{"i18n/en.toml": {Data: []byte("a_b = \"{{ .Old }}\"\n")}}
	in := Input{Site: site, Defaults: defaults, Locales: []string{"en"}, Default: "en", Given: func(v string) bool { return v == "New" }}
	_, findings := Load(in)
	var got []string
	for _, f := range findings {
		got = append(got, f.At.String()+" "+f.ID+" "+f.Args["Value"].(string))
	}
	if want := []string{"i18n/en.toml:1:7 message-value Newer"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is missing in one language only shows in the other: those of the pages at the root are needed in all.
func TestComplete(t *testing.T) {
	site := fstest.MapFS{"i18n/ms.toml": {Data: []byte("x = \"x\"\n")}, "i18n/en.toml": {Data: []byte("y = \"y\"\n")}}
	_, findings := Load(Input{Site: site, Defaults: fstest.MapFS{}, Locales: []string{"ms", "en"}, Default: "ms", Given: nothing})
	var got []string
	for _, f := range findings {
		got = append(got, f.At.String()+" "+f.Args["Names"].(string))
	}
	if want := []string{"i18n/ms.toml y", "i18n/en.toml x"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
