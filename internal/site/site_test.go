package site

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/gohugoio/hugo/tpl/tplimplinit"
	"github.com/spf13/afero"

	"placard/internal/layout"
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

// What goes wrong while pages are made is named with the layout in which it is, and always in the same words.
func TestRenderErrors(t *testing.T) {
	page := Page{Address: "/a/", Locale: "en", Layout: "text", Params: map[string]any{"list": []string{"a"}, "state": map[string]any{"code": "x"}}}
	other := Page{Address: "/b/", Locale: "en", Layout: "text", Params: page.Params}
	files := map[string]string{
		"layouts/_partials/deep.html":   "<p>\n {{ partial \"deeper.html\" . }}",
		"layouts/_partials/deeper.html": "{{ index 1 2 }}",
		"layouts/_partials/self.html":   "x",
		"layouts/_partials/loop.html":   "{{ template \"_partials/loop.html\" . }}",
		"layouts/_partials/says.html":   "{{ warnf \"%s\" . }}{{ errorf \"no %s in %q\" . .}}",
	}
	const at = "layouts/placard/text.html:2:"
	for _, tt := range []struct{ name, layout, want string }{
		{"field of the page", `{{ .Nowhere }}`, at + "6 layout-field .Nowhere Nowhere"},
		{"field misspelt", `{{ .Titel }}`, at + "6 layout-field .Titel Titel .Title"},
		{"value of the page", `{{ .Stat.code }}`, at + "6 layout-field .Stat.code Stat .Params.state"},
		{"field of a text", `{{ .Params.state.code.more }}`, at + "6 layout-field .Params.state.code.more more"},
		{"field of the site", `{{ site.Titel }}`, at + "6 layout-field site Titel .Title"},
		{"function of a namespace", `{{ strings.TrimPrefx "a" "b" }}`, at + "6 layout-field strings TrimPrefx strings.TrimPrefix"},
		{"field of nothing", `{{ (resources.Get "x.css").RelPermalink }}`, at + "21 layout-nothing RelPermalink"},
		{"too few values", `{{ replace "a" "b" }}`, at + "6 layout-arguments replace true 3 2"},
		{"too many values", `{{ safeHTML "a" "b" }}`, at + "6 layout-arguments safeHTML false 1 2"},
		{"values for none", `{{ .Params.list 3 }}`, at + "6 layout-no-function .Params.list"},
		{"no list", `{{ range .Params.state.code }}{{ end }}`, at + "12 layout-range .Params.state.code"},
		{"partial that is not there", `{{ $n := "slf" }}{{ partial $n . }}`, at + "23 layout-partial slf self.html"},
		{"template that is not there", `{{ template "_partials/slef.html" . }}`, at + "15 layout-partial _partials/slef.html _partials/self.html"},
		{"deeper partial", `{{ partial "deep.html" . }}`, "layouts/_partials/deeper.html:1:4 layout-call index"},
		{"template in itself", `{{ template "_partials/loop.html" . }}`, "layouts/_partials/loop.html:1:13 layout-circle"},
		{"nothing given", `{{ resources.Get "x.css" | minify }}`, at + "30 layout-given-nothing minify"},
		{"attribute that is not closed", `<a href="{{ .Title }}`, "layouts/placard/text.html layout-html-open"},
		{"quotes in a branch", `<a href={{ if .Title }}"a{{ else }}b{{ end }}>`, at + "17 layout-html-branches"},
		{"errorf", `{{ errorf "not %s" "this" }}`, at + "6 layout-complaint not this"},
		{"warnf", `{{ warnf "not %s" "that" }}`, at + "6 layout-complaint not that"},
		{"erroridf", `{{ erroridf "an-id" "not %d" 3 }}`, at + "6 layout-complaint not 3"},
		{"two complaints", `{{ partial "says.html" "x" }}`, "layouts/_partials/says.html:1:4 layout-complaint x; layouts/_partials/says.html:1:22 layout-complaint no x in \"x\""},
		{"a page's file", `{{ (resources.FromString "b/index.html" "x").Publish }}`, " layout-file-twice b/index.html"},
		{"environment", `{{ getenv "HOME" }}`, at + "6 layout-denied getenv"},
		{"network", `{{ (resources.GetRemote "http://127.0.0.1:9/").Content }}`, at + "7 layout-denied GetRemote"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files["layouts/placard/text.html"] = "a\n  " + tt.layout
			s := load(t, small(files))
			_, err := s.Render([]Page{page, other})
			var re *RenderError
			if !errors.As(err, &re) {
				t.Fatalf("the error is %v", err)
			}
			var got []string
			for _, f := range re.Findings {
				line := f.At.String() + " " + f.ID
				for _, name := range []string{"Expression", "Name", "Near", "Least", "Want", "Got", "Path", "Text"} {
					if v, ok := f.Args[name]; ok && v != "" && (name != "Expression" || strings.Contains("layout-field layout-range layout-no-function", f.ID)) && (name != "Text" || f.ID != "layout-call") {
						line += fmt.Sprint(" ", v)
					}
				}
				got = append(got, line)
			}
			if got := strings.Join(got, "; "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The page that is named is the first that cannot be made, however many others cannot either.
func TestFirstFailure(t *testing.T) {
	s := load(t, small(map[string]string{"layouts/placard/text.html": `x{{ if .Params.bad }}{{ errorf "bad: %s" .Title }}{{ end }}`}))
	var pages []Page
	for i := range 40 {
		pages = append(pages, Page{Address: fmt.Sprintf("/%d/", i), Locale: "en", Layout: "text", Title: fmt.Sprint(i), Params: map[string]any{"bad": i >= 17}})
	}
	_, err := s.Render(pages)
	var re *RenderError
	if !errors.As(err, &re) || len(re.Findings) != 1 || re.Findings[0].Args["Address"] != "/17/" || re.Findings[0].Args["Text"] != "bad: 17" {
		t.Errorf("the error is %v", err)
	}
	twice := []Page{pages[0], pages[1], pages[1]}
	if _, err := s.Render(twice); !errors.As(err, &re) || re.Findings[0].ID != "layout-file-twice" || re.Findings[0].Args["Path"] != "1/index.html" {
		t.Errorf("the error is %v", err)
	}
	absent := []Page{{Address: "/a/", Locale: "en", Layout: "other"}}
	if files, err := s.Render(absent); err == nil {
		t.Errorf("a page without its layout made %v", files)
	}
}

// The functions that layouts are held to have are those of Hugo, but for its own helpers, and Go's.
func TestFunctions(t *testing.T) {
	source := afero.NewMemMapFs()
	if err := afero.WriteFile(source, workingDir+"/hugo.toml", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	flags := config.New()
	flags.Set("workingDir", workingDir)
	flags.Set("publishDir", publishDir)
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{Fs: source, Flags: flags, Filename: workingDir + "/hugo.toml", SkipNpmCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: hugofs.NewFromSourceAndDestination(source, afero.NewMemMapFs(), configs.LoadingInfo.Cfg)})
	if err != nil {
		t.Fatal(err)
	}
	defer sites.Close()
	want := strings.Fields("and call eq ge gt html index js le len lt ne not or print printf println slice urlquery")
	for name := range tplimplinit.CreateFuncMap(sites.Deps) {
		if !strings.HasPrefix(name, "_") && name != "doDefer" && name != "testinginternal" {
			want = append(want, name)
		}
	}
	slices.Sort(want)
	got := slices.Sorted(slices.Values(layout.Functions()))
	if want := slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("layouts are held to have the functions\n%q\nand have\n%q", got, want)
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
