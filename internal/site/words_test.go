package site

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// TestDate holds that a day is the same in a file that Hugo does not make as on a page.
func TestDate(t *testing.T) {
	partial, err := os.ReadFile("../../layouts/_partials/date.html")
	if err != nil {
		t.Fatal(err)
	}
	config := "title = \"T\"\nbaseURL = \"https://example.com/\"\ndefaultContentLanguage = \"en\"\ncontentDir = \"run-placard-build\"\n"
	locales := strings.Fields("en ms ar de fr ja ko pt-br ru th tr zh-hans zh-hant fa he vi sw")
	files := map[string]string{"layouts/_partials/date.html": string(partial), "layouts/placard/text.html": `{{ range .Params.days }}{{ partial "date.html" . }}|{{ end }}`}
	days := []string{"2021-02-09", "2026-12-31", "1999-03-01"}
	var pages []Page
	for _, l := range locales {
		config += "[languages." + l + "]\n"
		if l == "en" {
			config += "locale = \"en-GB\"\n"
		}
		files["i18n/"+l+".toml"] = "hello = \"Hello\"\n"
		pages = append(pages, Page{Address: "/" + l + "/", Locale: l, Layout: "text", Params: map[string]any{"days": days}})
	}
	files["config.toml"] = config
	s := load(t, small(files))
	made := render(t, s, pages...)
	for _, l := range locales {
		want := ""
		for _, day := range days {
			want += `<time datetime="` + day + `">` + s.Date(l, day) + "</time>|"
		}
		if got := made[l+"/index.html"]; got != want {
			t.Errorf("%s: a page has %s, and a file %s", l, got, want)
		}
	}
}

// TestWords holds that a message is said as a page says it, with its values.
func TestWords(t *testing.T) {
	program := fstest.MapFS{
		"i18n/en.toml": {Data: []byte("hello = \"Hello {{ .Name }}, {{- .Name -}} {{ .Other }}\"\n")},
		"i18n/ms.toml": {Data: []byte("hello = \"Helo\"\n")},
	}
	s, findings := Load(fstest.MapFS{"config.toml": {Data: []byte(configText)}}, program)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	values := map[string]string{"Name": "you & {{ .Other }}", "Other": "all"}
	for locale, want := range map[string]string{"en": "Hello you & {{ .Other }}, you & {{ .Other }} all", "ms": "Helo", "ar": ""} {
		if got := s.Words(locale, "hello", values); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
	}
	if got := s.Words("en", "absent", nil); got != "" {
		t.Errorf("a message that is not there says %q", got)
	}
}
