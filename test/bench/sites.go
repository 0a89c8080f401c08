package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

const (
	sections = 25
	firstDay = "2010-01-01"
	lastDay  = "2026-01-01" // the day of the build
)

// locales are those of the notice that started the project.
var locales = []string{"en", "ar", "de", "es", "fr", "id", "it", "ja", "ko", "pt", "ru", "th", "tr", "vi", "zh-hans", "zh-hant"}

var datedFolder = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// day is the effective date of version i: one a quarter of a year.
func day(i int) string {
	t, err := time.Parse(time.DateOnly, firstDay)
	if err != nil {
		panic(err)
	}
	return t.AddDate(0, 3*i, 0).Format(time.DateOnly)
}

func epoch(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return fmt.Sprint(t.Unix() + 12*60*60)
}

// prose writes sentences that are the same in every run. Locales differ in their first word, versions in one section.
type prose struct{ state uint32 }

func (p *prose) next(n int) int {
	p.state = p.state*1664525 + 1013904223 // Numerical Recipes, section 7.1
	return int(p.state>>16) % n
}

var vocabulary = strings.Fields(`we you our your the a any this that service account information notice law right
	collect use share keep protect delete correct receive provide ask write answer request consent partner authority
	address payment device browser cookie location record purpose contract country transfer access choice period
	personal necessary reasonable applicable certain other such further automatic secure public optional and or but
	when where because unless for from with under within about without after before`)

func (p *prose) sentence(first string) string {
	words := []string{first}
	for range 8 + p.next(14) {
		words = append(words, vocabulary[p.next(len(vocabulary))])
	}
	return strings.Join(words, " ") + "."
}

func (p *prose) paragraph(first string, sentences int) string {
	var s []string
	for range sentences {
		s = append(s, p.sentence(first))
	}
	return strings.Join(s, " ")
}

// body is the text of one version in one locale, with anchors as both programs read them.
func body(version int, locale string) string {
	var b strings.Builder
	p := &prose{state: 1}
	b.WriteString(p.paragraph(locale, 4) + "\n")
	for s := range sections {
		p := &prose{state: uint32(s + 2)}
		if s == version%sections {
			p.state += uint32(version * 1000)
		}
		fmt.Fprintf(&b, "\n## Clause %s {#clause-%d}\n\n", vocabulary[s], s+1)
		fmt.Fprintf(&b, "%s See [another clause](#clause-%d).\n\n", p.paragraph(locale, 3), (s+7)%sections+1)
		switch s % 5 {
		case 1:
			for range 6 {
				b.WriteString("- **" + vocabulary[p.next(len(vocabulary))] + ".** " + p.sentence(locale) + "\n")
			}
		case 3:
			b.WriteString("| What | Purpose | Days |\n| --- | --- | ---: |\n")
			for row := range 5 {
				fmt.Fprintf(&b, "| `%s_%d` | %s | %d |\n", vocabulary[p.next(len(vocabulary))], row, p.sentence(locale), 30*row)
			}
		default:
			b.WriteString(p.paragraph(locale, 4) + "\n\n" + p.paragraph(locale, 3) + "\n")
		}
	}
	return b.String()
}

func write(dir, name, text string) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

func writeAll(dir string, files map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := write(dir, name, files[name]); err != nil {
			return err
		}
	}
	return nil
}

const site1 = "title = \"Legal notices\"\nbaseURL = \"https://example.com/\"\ndefaultContentLanguage = \"en\"\n"

func languages() string {
	var b strings.Builder
	for i, l := range locales {
		fmt.Fprintf(&b, "\n[languages.%s]\nweight = %d\n", l, i+1)
	}
	return b.String()
}

// pluralForms are those of the languages that have others than English
// (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html).
var pluralForms = map[string][]string{
	"ar": {"zero", "one", "two", "few", "many", "other"},
	"ru": {"one", "few", "many", "other"},
	"id": {"other"}, "ja": {"other"}, "ko": {"other"}, "th": {"other"}, "zh-hans": {"other"}, "zh-hant": {"other"},
}

// withForms returns the English messages with the plural forms of a language, each with the words of the English plural.
func withForms(english map[string]any, locale string) map[string]any {
	out := maps.Clone(english)
	for id, message := range english {
		if forms, ok := message.(map[string]any); ok && forms["one"] != nil && pluralForms[locale] != nil {
			table := map[string]any{}
			for _, form := range pluralForms[locale] {
				table[form] = forms["other"]
			}
			out[id] = table
		}
	}
	return out
}

// writePlacard makes a site with all versions released, each by placard release.
func writePlacard(dir, placard string, versions int) error {
	english, err := os.ReadFile("i18n/en.toml")
	if err != nil {
		return fmt.Errorf("run this from the root of the repository: %w", err)
	}
	var messages map[string]any
	if err := toml.Unmarshal(english, &messages); err != nil {
		return err
	}
	files := map[string]string{
		"config.toml": site1 + "contentDir = \"run-placard-build\"\n" + languages(),
		"content/terms/notice.toml": fmt.Sprintf("publisher = \"Example Cloud, Inc.\"\ntime-zone = \"UTC\"\nsource-locale = \"en\"\n"+
			"authoritative-locales = [\"en\"]\nlocales = [\"%s\"]\n", strings.Join(locales, `", "`)),
	}
	for _, l := range locales {
		in, err := toml.Marshal(withForms(messages, l))
		if err != nil {
			return err
		}
		files["i18n/"+l+".toml"] = string(in)
	}
	if err := writeAll(dir, files); err != nil {
		return err
	}
	for v := range versions {
		for _, l := range locales {
			text := "---\ntitle: Terms of Service\ndescription: What you may expect of us.\n---\n\n" + body(v, l)
			if err := write(dir, "content/terms/index."+l+".md", text); err != nil {
				return err
			}
		}
		if err := run(dir, []string{"SOURCE_DATE_EPOCH=" + epoch(day(v))}, placard, "release", "terms", "--effective", day(v), "--yes"); err != nil {
			return err
		}
	}
	return nil
}

// writeHugo makes a site for plain Hugo with the same texts.
func writeHugo(dir string, versions int) error {
	files := map[string]string{
		"hugo.toml": site1 + "disableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n" + languages() +
			"\n[markup.goldmark.parser.attribute]\ntitle = true\n\n[markup.tableOfContents]\nstartLevel = 2\nendLevel = 3\n",
		"layouts/baseof.html":                 hugoBase,
		"layouts/single.html":                 hugoSingle,
		"layouts/list.html":                   hugoList,
		"layouts/_markup/render-heading.html": hugoHeading,
	}
	css, err := fs.Glob(os.DirFS("assets/css"), "*.css")
	if err != nil {
		return err
	}
	for _, name := range css {
		data, err := os.ReadFile(filepath.Join("assets/css", name))
		if err != nil {
			return err
		}
		files["assets/css/"+name] = string(data)
	}
	if err := writeAll(dir, files); err != nil {
		return err
	}
	for v := range versions {
		for _, l := range locales {
			text := fmt.Sprintf("---\ntitle: Terms of Service\ndescription: What you may expect of us.\ndate: %s\nweight: %d\n---\n\n", day(v), versions-v) + body(v, l)
			if err := write(dir, "content/terms/"+day(v)+"."+l+".md", text); err != nil {
				return err
			}
		}
	}
	return nil
}

// The layouts for plain Hugo print the parts that Placard's do: head, switch of languages, state, facts, contents,
// sections with their numbers and links, neighbours.
const (
	hugoBase = `<!doctype html>
<html lang="{{ site.Language.Lang }}" dir="ltr">
<head>
<meta charset="utf-8">
<title>{{ .Title }} – {{ site.Title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}{{ $css := resources.Match "css/*.css" | resources.Concat "assets/site.css" | minify | fingerprint "sha256" }}<link rel="stylesheet" href="{{ $css.RelPermalink }}" integrity="{{ $css.Data.Integrity }}">
</head>
<body id="_top">
<a class="skip" href="#_main">Skip to the text</a>
<header class="masthead"><p><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></p>
<nav class="languages" aria-label="Language"><ul>
{{ range .AllTranslations }}<li><a href="{{ .RelPermalink }}" lang="{{ .Language.Lang }}" hreflang="{{ .Language.Lang }}">{{ .Language.Label }}</a></li>
{{ end }}</ul></nav></header>
<main id="_main" tabindex="-1">
{{ block "main" . }}{{ end }}
</main>
<footer class="foot"><p><a href="{{ site.Home.RelPermalink }}">All notices</a></p><p><a href="#_top">Back to the top</a></p></footer>
</body>
</html>
`
	hugoSingle = `{{ define "main" }}<article class="version">
<header class="title"><h1>{{ .Title }}</h1><p class="title-lead">{{ .Description }}</p>
<div class="state"><p>In force from <time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date | time.Format ":date_long" }}</time>.</p></div>
<dl class="facts"><div><dt>Applies from</dt><dd><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date | time.Format ":date_long" }}</time></dd></div>
<div><dt>Permanent address</dt><dd><a href="{{ .RelPermalink }}">{{ .Permalink }}</a></dd></div></dl></header>
<nav class="contents" aria-label="Contents">{{ .TableOfContents }}</nav>
<div class="version-text text">{{ .Content }}
<nav class="neighbours"><ul>{{ with .PrevInSection }}<li><a rel="prev" href="{{ .RelPermalink }}">{{ .Date | time.Format ":date_long" }}</a></li>{{ end }}{{ with .NextInSection }}<li><a rel="next" href="{{ .RelPermalink }}">{{ .Date | time.Format ":date_long" }}</a></li>{{ end }}</ul></nav>
</div></article>{{ end }}
`
	hugoList = `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}, {{ .Date | time.Format ":date_long" }}</a></li>{{ end }}</ul>{{ end }}
`
	hugoHeading = `<div class="section-head"><h{{ .Level }} id="{{ .Anchor }}"><span class="section-number" dir="ltr">{{ add .Ordinal 1 }}</span> <span class="section-heading">{{ .Text }}</span></h{{ .Level }}>
<a class="section-link" href="{{ .Page.RelPermalink }}#{{ .Anchor }}" aria-label="Link to section {{ add .Ordinal 1 }}" lang="{{ site.Language.Lang }}">§</a></div>
`
)
