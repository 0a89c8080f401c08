package site

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"

	"placard/internal/plain"
)

const configText = "title = \"T\"\nbaseURL = \"https://example.com/legal/\"\ndefaultContentLanguage = \"en\"\ncontentDir = \"run-placard-build\"\n\n" +
	"[languages.ms]\nlabel = \"Bahasa Malaysia\"\nweight = 2\n\n[languages.en]\nlabel = \"English\"\nweight = 1\n"

// small is a whole site with one layout.
func small(files map[string]string) fstest.MapFS {
	all := map[string]string{
		"config.toml":               configText,
		"layouts/placard/text.html": `<title>{{ .Title }}</title>{{ i18n "hello" }} {{ .Params.body | safeHTML }}`,
		"i18n/en.toml":              "hello = \"Hello\"\n",
		"i18n/ms.toml":              "hello = \"Helo\"\n",
	}
	maps.Copy(all, files)
	site := fstest.MapFS{}
	for name, data := range all {
		site[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return site
}

func load(t *testing.T, dir fs.FS) *Site {
	t.Helper()
	s, findings := Load(dir, fstest.MapFS{})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func render(t *testing.T, s *Site, pages ...Page) map[string]string {
	t.Helper()
	files, err := s.Render(pages)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = string(f.Data)
	}
	return out
}

func TestRender(t *testing.T) {
	s := load(t, small(nil))
	got := render(t, s,
		Page{Address: "/", Locale: "en", Layout: "text", Title: "Home"},
		Page{Address: "/404.html", Locale: "en", Layout: "text", Title: "Gone"},
		Page{Address: "/ms/a/2021-02-09.2/", Locale: "ms", Layout: "text", Title: "A", Params: map[string]string{"body": "<b>{{ x }} {{< y >}}</b>"}},
	)
	want := map[string]string{
		"index.html":                   "<title>Home</title>Hello ",
		"404.html":                     "<title>Gone</title>Hello ",
		"ms/a/2021-02-09.2/index.html": "<title>A</title>Helo <b>{{ x }} {{< y >}}</b>",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if files := render(t, s); len(files) != 0 {
		t.Errorf("no pages made files: %q", files)
	}
	for _, p := range []string{"/", "/404.html", "/ms/a/"} {
		if _, ok := render(t, s, Page{Address: p, Locale: "en", Layout: "text"})[plain.FileOf(p)]; !ok {
			t.Errorf("%s is not in the file %s", p, plain.FileOf(p))
		}
	}
}

func TestRenderErrors(t *testing.T) {
	page := Page{Address: "/a/", Locale: "en", Layout: "text"}
	for _, tt := range []struct {
		name, layout, file, text string
		pages                    []Page
	}{
		{"broken layout", "\n{{ .Nowhere }}", "layouts/placard/text.html", "Nowhere", []Page{page}},
		{"layout that does not parse", "{{ if }}", "layouts/placard/text.html", "missing value", []Page{page}},
		{"errorf", `{{ errorf "not %s" "this" }}`, "", "not this", []Page{page}},
		{"warnf", `{{ warnf "not %s" "that" }}`, "", "not that", []Page{page}},
		{"the same address twice", "x", "", "two pages for one address", []Page{page, page}},
		{"no such layout", "x", "", "", []Page{{Address: "/a/", Locale: "en", Layout: "other"}}},
		{"environment", `{{ getenv "HOME" }}`, "layouts/placard/text.html", "not whitelisted", []Page{page}},
		{"network", `{{ (resources.GetRemote "http://127.0.0.1:9/").Content }}`, "layouts/placard/text.html", "", []Page{page}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := load(t, small(map[string]string{"layouts/placard/text.html": tt.layout}))
			_, err := s.Render(tt.pages)
			var re *RenderError
			if !errors.As(err, &re) {
				t.Fatalf("the error is %v", err)
			}
			if re.File != tt.file || !strings.Contains(re.Text, tt.text) {
				t.Errorf("%s: %s; want file %q and %q", re.File, re.Text, tt.file, tt.text)
			}
		})
	}
}

func TestNoDisk(t *testing.T) {
	s := load(t, small(map[string]string{"layouts/placard/text.html": `[{{ readFile "/etc/passwd" }}{{ fileExists "/etc/passwd" }}]`}))
	got := render(t, s, Page{Address: "/a/", Locale: "en", Layout: "text"})
	if got["a/index.html"] != "[false]" {
		t.Errorf("a layout read the disk: %q", got)
	}
}

func TestLoadFindings(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"good", nil, nil},
		{"broken", map[string]string{"config.toml": "title = \n"}, []string{"config.toml:1:9 toml-no-value"}},
		{"unknown key", map[string]string{"config.toml": "enableGitInfo = true\n" + configText}, []string{"config.toml:1:1 key-unknown"}},
		{"unknown language key", map[string]string{"config.toml": configText + "lable = 'x'\n"}, []string{"config.toml:13:1 key-unknown"}},
		{"base URL", map[string]string{"config.toml": strings.Replace(configText, "https://", "", 1)}, []string{"config.toml:2:11 base-url"}},
		{"tag", map[string]string{"config.toml": configText + "\n[languages.EN-gb]\n"}, []string{"config.toml:14:12 locale-tag"}},
		{"other language", map[string]string{"config.toml": configText + "locale = \"fr-FR\"\n"}, []string{"config.toml:13:10 locale-other"}},
		{"default", map[string]string{"config.toml": strings.Replace(configText, "= \"en\"", "= \"fr\"", 1)}, []string{"config.toml:3:26 default-locale-unknown"}},
		{"drafts in the way of plain hugo", map[string]string{"config.toml": strings.Replace(configText, "run-placard-build", "content", 1)}, []string{"config.toml:4:14 content-dir"}},
		{"direction", map[string]string{"config.toml": configText + "direction = \"up\"\n"}, []string{"config.toml:13:13 direction"}},
		{"setting of Placard", map[string]string{"config.toml": configText + "[params.placard]\nindex-archived-versions = 'yes'\nindex = true\n"}, []string{"config.toml:14:27 key-type", "config.toml:15:1 key-unknown"}},
		{"settings of Placard", map[string]string{"config.toml": configText + "[params]\nplacard = 'yes'\nown = 1\n"}, []string{"config.toml:14:11 key-type"}},
		{"message missing", map[string]string{"i18n/ms.toml": ""}, []string{"i18n/ms.toml messages-missing"}},
		{"messages broken", map[string]string{"i18n/ms.toml": "hello = \"Helo\n"}, []string{"i18n/ms.toml messages-missing", "i18n/ms.toml:1:9 quote-open"}},
		{"messages misnamed", map[string]string{"i18n/Malay.toml": ""}, []string{"i18n/Malay.toml messages-name"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := Load(small(tt.files), fstest.MapFS{})
			var got []string
			for _, f := range findings {
				got = append(got, f.At.String()+" "+f.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if _, findings := Load(fstest.MapFS{}, fstest.MapFS{}); len(findings) != 1 || findings[0].ID != "config-absent" {
		t.Errorf("a folder without config.toml: %v", findings)
	}
}

func TestLocales(t *testing.T) {
	s := load(t, small(map[string]string{
		"config.toml":  configText + "\n[languages.ar]\nweight = 3\n[languages.zh-hans]\nweight = 4\n",
		"i18n/ar.toml": "hello = \"x\"\n", "i18n/zh-hans.toml": "hello = \"x\"\n",
	}))
	var got []string
	for _, l := range s.Locales {
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
	if s.BasePath() != "/legal" || s.Origin() != "https://example.com" {
		t.Errorf("BasePath() = %q, Origin() = %q", s.BasePath(), s.Origin())
	}
}

// The program's files are used where the site has none; messages one by one.
func TestOverrides(t *testing.T) {
	defaults := small(map[string]string{"i18n/en.toml": "hello = \"Hello\"\nbye = \"Bye\"\n", "i18n/ms.toml": "hello = \"Helo\"\nbye = \"Selamat tinggal\"\n"})
	s, findings := Load(fstest.MapFS{
		"config.toml":  {Data: []byte(configText)},
		"i18n/en.toml": {Data: []byte("hello = \"Good day\"\n")},
	}, defaults)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	got := render(t, s, Page{Address: "/a/", Locale: "en", Layout: "text"}, Page{Address: "/ms/a/", Locale: "ms", Layout: "text"})
	if !strings.Contains(got["a/index.html"], "Good day") || !strings.Contains(got["ms/a/index.html"], "Helo") {
		t.Errorf("got %q", got)
	}
	if !s.HasMessage("bye") || s.HasMessage("other") {
		t.Error("HasMessage is wrong")
	}
}

// Plain Hugo, on the repository itself, stops and names the command; on a site without layouts it publishes nothing of
// the drafts.
func TestPlainHugo(t *testing.T) {
	repository := os.DirFS("../..")
	for _, roots := range [][]string{{"config.toml", "content", "layouts", "assets", "i18n"}, {"config.toml", "content"}} {
		source, target := afero.NewMemMapFs(), afero.NewMemMapFs()
		for _, root := range roots {
			err := fs.WalkDir(repository, root, func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := fs.ReadFile(repository, name)
				if err != nil {
					return err
				}
				return afero.WriteFile(source, workingDir+"/"+name, data, 0o644)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		err := build(source, target, "config.toml")
		if len(roots) > 2 && (err == nil || !strings.Contains(err.Error(), "placard build")) {
			t.Errorf("plain hugo says %v", err)
		}
		files, err := collect(target)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.Contains(string(f.Data), "personal information") || strings.Contains(f.Path, "notice.toml") || strings.Contains(f.Path, "form") {
				t.Errorf("plain hugo published %s", f.Path)
			}
		}
	}
}
