package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/diag"
)

const configText = "title = \"T\"\nbaseURL = \"https://example.com/legal/\"\ndefaultContentLanguage = \"en\"\ncontentDir = \"run-placard-build\"\n\n" +
	"[languages.ms]\nlabel = \"Bahasa Malaysia\"\nweight = 2\n\n[languages.en]\nlabel = \"English\"\nweight = 1\n"

func load(text string) (Config, diag.Findings) {
	return Load(fstest.MapFS{File: {Data: []byte(text)}})
}

func TestFindings(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"good", configText, nil},
		{"broken", "title = \n", []string{"config.toml:1:9 toml-no-value"}},
		{"unknown key", "enableGitInfo = true\n" + configText, []string{"config.toml:1:1 config-hugo"}},
		{"unknown language key", configText + "lable = 'x'\n", []string{"config.toml:13:1 key-unknown"}},
		{"base URL", strings.Replace(configText, "https://", "", 1), []string{"config.toml:2:11 base-url"}},
		{"tag", configText + "\n[languages.EN-gb]\n", []string{"config.toml:14:12 locale-tag"}},
		{"other language", configText + "locale = \"fr-FR\"\n", []string{"config.toml:13:10 locale-other"}},
		{"default", strings.Replace(configText, "= \"en\"", "= \"fr\"", 1), []string{"config.toml:3:26 default-locale-unknown"}},
		{"drafts in the way of plain hugo", strings.Replace(configText, "run-placard-build", "content", 1), []string{"config.toml:4:14 content-dir"}},
		{"direction", configText + "direction = \"up\"\n", []string{"config.toml:13:13 direction"}},
		{"setting of Placard", configText + "[params.placard]\nindex-archived-versions = 'yes'\nindex = true\n", []string{"config.toml:14:27 key-type", "config.toml:15:1 key-unknown"}},
		{"settings of Placard", configText + "[params]\nplacard = 'yes'\nown = 1\n", []string{"config.toml:14:11 key-type"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := load(tt.text)
			findings.Sort()
			var got []string
			for _, f := range findings {
				got = append(got, f.At.String()+" "+f.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if _, findings := Load(fstest.MapFS{}); len(findings) != 1 || findings[0].ID != "config-absent" {
		t.Errorf("a folder without config.toml: %v", findings)
	}
}

// No setting of Hugo goes through: each is refused with its place, at the root and in the table of a language.
func TestSettingsOfHugo(t *testing.T) {
	for settings, form := range map[*map[string]string]string{&settingsOfHugo: "%s = true\n" + configText, &settingsOfLanguages: configText + "%s = true\n"} {
		for name := range *settings {
			_, findings := load(fmt.Sprintf(form, name))
			if len(findings) != 1 || findings[0].ID != "config-hugo" || findings[0].At.Line == 0 || findings[0].Args["Key"] != name {
				t.Errorf("%s: %v", name, findings)
			}
		}
	}
	for _, taken := range []string{"title", "baseURL", "defaultContentLanguage", "contentDir", "languages", "params"} {
		if _, refused := settingsOfHugo[taken]; refused {
			t.Errorf("%s is refused, and taken", taken)
		}
	}
}

func TestLocales(t *testing.T) {
	c, findings := load(configText + "\n[languages.ar]\nweight = 3\n[languages.zh-hans]\nweight = 4\n")
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	var got []string
	for _, l := range c.Locales {
		got = append(got, l.Key+" "+l.Tag+" "+l.Label+" "+l.Direction)
	}
	want := []string{"en en English ltr", "ms ms Bahasa Malaysia ltr", "ar ar العربية rtl", "zh-hans zh-Hans 简体中文 ltr"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for given, want := range map[string]string{
		"https://example.com": "https://example.com/", "http://example.com:8080/a/b": "http://example.com:8080/a/b/",
		"https://example.com//": "", "https://example.com/a/../b": "", "https://example.com/?": "", "https://example.com/#": "",
		"https://example.com/a b": "https://example.com/a%20b/", "https://u@example.com/": "", "example.com": "", "ftp://example.com/": "",
	} {
		if got, ok := CleanBaseURL(given); got != want || ok != (want != "") {
			t.Errorf("CleanBaseURL(%q) = %q, %v; want %q", given, got, ok, want)
		}
	}
	if c.BasePath() != "/legal" || c.Origin() != "https://example.com" {
		t.Errorf("BasePath() = %q, Origin() = %q", c.BasePath(), c.Origin())
	}
}
