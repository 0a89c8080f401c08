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

// addMessages adds the words of the pages in every locale: all of them the English ones.
func addMessages(files map[string]string) error {
	english, err := os.ReadFile("i18n/en.toml")
	if err != nil {
		return fmt.Errorf("run this from the root of the repository: %w", err)
	}
	var messages map[string]any
	if err := toml.Unmarshal(english, &messages); err != nil {
		return err
	}
	for _, l := range locales {
		in, err := toml.Marshal(withForms(messages, l))
		if err != nil {
			return err
		}
		files["i18n/"+l+".toml"] = string(in)
	}
	return nil
}

// writePlacard makes a site with all versions released, each by placard release.
func writePlacard(dir, placard string, versions int) error {
	files := map[string]string{
		"config.toml": site1 + "contentDir = \"run-placard-build\"\n" + languages(),
		"content/terms/notice.toml": fmt.Sprintf("publisher = \"Example Cloud, Inc.\"\ntime-zone = \"UTC\"\nsource-locale = \"en\"\n"+
			"authoritative-locales = [\"en\"]\nlocales = [\"%s\"]\n", strings.Join(locales, `", "`)),
	}
	if err := addMessages(files); err != nil {
		return err
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
		if err := run(dir, nil, placard, "translate", "accept", "terms", "--all-locales"); err != nil {
			return err
		}
		if err := run(dir, []string{"SOURCE_DATE_EPOCH=" + epoch(day(v))}, placard, "release", "terms", "--effective", day(v), "--yes"); err != nil {
			return err
		}
	}
	return nil
}

// writeHugo makes a site for plain Hugo with the same texts. made is the site as Placard built it, for what plain Hugo cannot make.
func writeHugo(dir string, versions int, made string) error {
	files := map[string]string{
		"hugo.toml": site1 + "disableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n" + languages() +
			"\n[security]\nallowContent = [\".*\"]\n\n[markup.goldmark.parser.attribute]\ntitle = true\n\n[markup.tableOfContents]\nstartLevel = 2\nendLevel = 3\n" +
			"\n[mediaTypes.\"text/markdown\"]\nsuffixes = [\"md\"]\n\n[mediaTypes.\"text/plain\"]\nsuffixes = [\"txt\"]\n" +
			"\n[outputFormats.notice]\nmediaType = \"text/markdown\"\nbaseName = \"notice\"\nisPlainText = true\n" +
			"\n[outputFormats.text]\nmediaType = \"text/plain\"\nbaseName = \"notice\"\nisPlainText = true\n" +
			"\n[outputFormats.data]\nmediaType = \"application/json\"\nbaseName = \"notice\"\nisPlainText = true\n" +
			"\n[outputs]\npage = [\"html\", \"notice\", \"text\", \"data\"]\n",
		"layouts/baseof.html":                 hugoBase,
		"layouts/single.html":                 hugoSingle,
		"layouts/single.notice.md":            hugoMarkdown,
		"layouts/single.text.txt":             hugoText,
		"layouts/single.data.json":            hugoData,
		"layouts/list.html":                   hugoList,
		"layouts/changes/single.html":         hugoChanges,
		"layouts/_markup/render-heading.html": hugoHeading,
		"layouts/_partials/css.html":          hugoCSS,
		"layouts/_partials/icon.html":         hugoIcon,
		"layouts/_partials/js.html":           hugoJS,
		"layouts/_partials/day.html":          hugoDay,
	}
	for _, name := range []string{"assets/icon.svg", "assets/js/cite.js"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files[name] = string(data)
	}
	if err := addMessages(files); err != nil {
		return err
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
			if v == 0 {
				continue
			}
			text, err := changes(made, l, day(v))
			if err != nil {
				return err
			}
			if err := write(dir, "content/changes/"+day(v)+"."+l+".html", text); err != nil {
				return err
			}
		}
	}
	return nil
}

// changes is the page of what a version changed as a file that Hugo takes as it is, but for what stands around it on every page.
func changes(made, locale, version string) (string, error) {
	address := "terms/" + version + "/changes/"
	file := filepath.Join(made, filepath.FromSlash(address), "index.html")
	if locale != locales[0] {
		file = filepath.Join(made, locale, filepath.FromSlash(address), "index.html")
	}
	page, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	_, main, begun := strings.Cut(string(page), `<main id="_main" tabindex="-1">`)
	main, _, ended := strings.Cut(main, "</main>")
	if !begun || !ended {
		return "", fmt.Errorf("%s has no <main>", file)
	}
	return fmt.Sprintf("---\ntitle: Terms of Service\ndescription: What changed.\ndate: %s\nurl: %s\noutputs: [html]\n---\n", version, address) + main, nil
}

// The layouts for plain Hugo print what those of Placard do, in the words of the same messages: head with its links and data, switch of
// languages, state, facts, contents, sections with their numbers and links, neighbours; and beside each page the text as Markdown, as it was written,
// as plain words, and these as data. What they leave out is the element around each section, which plain Hugo cannot make of one Markdown file, the numbers
// of sections in those files, and the lines of plain text.
const (
	hugoBase = `<!doctype html>
<html lang="{{ site.Language.Lang }}" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<title>{{ .Title }} – {{ site.Title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<meta name="description" content="{{ .Description }}">
{{ if .NextInSection }}<meta name="robots" content="noindex">
{{ end }}<link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}{{ with index .AllTranslations 0 }}<link rel="alternate" hreflang="x-default" href="{{ .Permalink }}">
{{ end }}{{ if .IsPage }}<link rel="alternate" type="text/markdown" href="{{ .RelPermalink }}notice.md">
<link rel="alternate" type="text/plain" href="{{ .RelPermalink }}notice.txt">
<link rel="original" href="{{ .CurrentSection.RelPermalink }}">
<link rel="timemap" type="application/link-format" href="{{ .CurrentSection.RelPermalink }}timemap.link">
{{ $data := dict "@context" "https://schema.org" "@type" "DigitalDocument" "name" .Title "description" .Description "inLanguage" site.Language.Lang "version" (.Date.Format "2006-01-02") "datePublished" (.Date.Format "2006-01-02") "publisher" (dict "@type" "Organization" "name" "Example Cloud, Inc.") "url" .Permalink }}
{{- with .NextInSection }}{{ $data = merge $data (dict "temporalCoverage" (printf "%s/%s" ($.Date.Format "2006-01-02") ((.Date.AddDate 0 0 -1).Format "2006-01-02"))) }}{{ end }}
{{- if ne site.Language.Lang "en" }}{{ $data = merge $data (dict "translationOfWork" (dict "@type" "DigitalDocument" "url" (index .AllTranslations 0).Permalink)) }}{{ end -}}
<script type="application/ld+json">{{ $data | jsonify | safeJS }}</script>
{{ end }}{{ with partialCached "css.html" "" }}<link rel="stylesheet" href="{{ .RelPermalink }}" integrity="{{ .Data.Integrity }}">
{{ end }}{{ with partialCached "icon.html" "" }}<link rel="icon" href="{{ .RelPermalink }}" type="{{ .MediaType }}">
{{ end }}{{ with partialCached "js.html" "" }}<script defer src="{{ .RelPermalink }}" integrity="{{ .Data.Integrity }}"></script>
{{ end }}</head>
<body id="_top" class="page-version">
<a class="skip" href="#_main">{{ T "page_skip" }}</a>
<header class="masthead"><div class="masthead-inner"><p class="masthead-title"><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></p>
<nav class="languages" aria-label="{{ T "languages_label" }}"><details><summary>{{ site.Language.Label }}</summary><ul>
{{ range .AllTranslations }}<li><a href="{{ .RelPermalink }}" lang="{{ .Language.Lang }}" hreflang="{{ .Language.Lang }}" dir="{{ .Language.Direction }}"{{ if eq .Language $.Language }} aria-current="true"{{ end }}>{{ .Language.Label }}</a></li>
{{ end }}</ul></details></nav></div></header>
<main id="_main" tabindex="-1">
{{ block "main" . }}{{ end }}
</main>
<footer class="foot"><div class="foot-inner"><p><a href="{{ site.Home.RelPermalink }}">{{ T "foot_home" }}</a></p><p><a href="#_top">{{ T "foot_top" }}</a></p></div></footer>
</body>
</html>
`
	hugoCSS = `{{ $css := resources.Match "css/*.css" | resources.Concat "assets/site.css" | minify | fingerprint "sha256" }}{{ return $css }}
`
	hugoIcon = `{{ $icon := resources.Get "icon.svg" | fingerprint "sha256" }}{{ return $icon }}
`
	hugoJS = `{{ $js := resources.Get "js/cite.js" | minify | fingerprint "sha256" }}{{ return $js }}
`
	hugoDay = `<time datetime="{{ .Format "2006-01-02" }}">{{ . | time.Format ":date_long" }}</time>
`
	hugoSingle = `{{ define "main" }}<article class="version">
<header class="version-head title"><h1>{{ .Title }}</h1><p class="title-lead">{{ .Description }}</p>
{{ $day := partial "day.html" .Date }}
{{ with .NextInSection }}<div class="state state-superseded"><p>
{{- $next := printf "<a href=\"%s\">%s</a>" .RelPermalink (partial "day.html" .Date) }}
{{- T "state_superseded" (dict "Effective" $day "Until" (partial "day.html" (.Date.AddDate 0 0 -1)) "Next" $next) | safeHTML }}</p>
<p class="state-more"><a href="{{ $.CurrentSection.RelPermalink }}">{{ T "state_current" }}</a></p></div>
{{ else }}<div class="state state-in-force"><p>{{ T "state_in_force" (dict "Effective" $day) | safeHTML }}</p></div>
{{ end }}<dl class="facts">
<div><dt>{{ T "facts_effective" }}</dt><dd>{{ partial "day.html" .Date }}</dd></div>
<div><dt>{{ T "facts_published" }}</dt><dd>{{ partial "day.html" .Date }}</dd></div>
<div><dt>{{ T "facts_zone" }}</dt><dd><bdi dir="ltr">UTC</bdi></dd></div>
<div><dt>{{ T "facts_publisher" }}</dt><dd><bdi>Example Cloud, Inc.</bdi></dd></div>
<div><dt>{{ T "facts_version" }}</dt><dd><bdi dir="ltr">{{ .Date.Format "2006-01-02" }}</bdi></dd></div>
<div class="facts-versions"><dt>{{ T "facts_others" }}</dt><dd><a href="{{ .CurrentSection.RelPermalink }}">{{ T "facts_versions" }}</a></dd></div>
<div class="facts-seal"><dt>{{ T "facts_seal" }}</dt><dd><a href="/versions/terms/{{ .Date.Format "2006-01-02" }}/SHA256SUMS">{{ T "facts_sealed" }}</a></dd></div>
<div class="facts-forms"><dt>{{ T "forms_title" }}</dt><dd><a href="{{ .RelPermalink }}notice.txt">{{ T "forms_plain" }}</a>{{ T "list_separator" }}<a href="{{ .RelPermalink }}notice.md"><bdi dir="ltr">Markdown</bdi></a></dd></div>
<div class="facts-permanent"><dt>{{ T "facts_permanent" }}</dt><dd><a class="address" href="{{ .RelPermalink }}"><bdi dir="ltr">{{ .Permalink }}</bdi></a></dd></div>
</dl>
<p class="prevails">{{ if eq site.Language.Lang "en" }}{{ T "prevails_this" }}{{ else }}{{ T "prevails_others" (dict "Count" 1 "Languages" (printf "<a href=\"%s\" hreflang=\"en\">English</a>" (index .AllTranslations 0).RelPermalink)) | safeHTML }}{{ end }}</p>
{{ if ne site.Language.Lang "en" }}<p class="reading">{{ T "reading_published" (dict "Own" site.Language.Label "Published" (partial "day.html" .Date)) | safeHTML }}</p>
{{ end }}<div class="check"><details><summary>{{ T "check_title" }}</summary>
<p>{{ T "check_seal" (dict "Line" "1" "Log" "<a href=\"/versions/LOG\"><bdi dir=\"ltr\">LOG</bdi></a>") | safeHTML }}</p>
<pre dir="ltr"><code>0000000000000000000000000000000000000000000000000000000000000000</code></pre>
<p>{{ T "check_commands" }}</p>
<pre dir="ltr"><code>curl -sO {{ "versions/verify.sh" | absURL }}
sh verify.sh {{ site.BaseURL }}</code></pre>
<p>{{ T "check_meaning" }}</p></details></div>
</header>
<nav class="contents" id="_contents" aria-labelledby="_contents_title"><p class="contents-title" id="_contents_title">{{ T "contents_title" }}</p>
<details><summary>{{ T "contents_title" }}</summary>
<ol>{{ range .Fragments.Headings }}{{ range $i, $h := .Headings }}
<li><a href="#{{ .ID }}"><span class="contents-number" dir="ltr">{{ add $i 1 }}</span> <span class="contents-heading">{{ .Title | safeHTML }}</span></a></li>{{ end }}{{ end }}
</ol></details></nav>
<div class="version-text text">{{ .Content }}
<nav class="neighbours" aria-label="{{ T "neighbours_label" }}"><ul>
{{ with .PrevInSection }}<li class="neighbours-previous"><a href="{{ .RelPermalink }}" rel="prev"><span>{{ T "neighbours_previous" }}</span> {{ partial "day.html" .Date }}</a></li>
{{ end }}<li class="neighbours-all"><a href="{{ .CurrentSection.RelPermalink }}">{{ T "neighbours_all" }}</a></li>
{{ with .NextInSection }}<li class="neighbours-next"><a href="{{ .RelPermalink }}" rel="next"><span>{{ T "neighbours_next" }}</span> {{ partial "day.html" .Date }}</a></li>
{{ end }}</ul></nav>
</div>
<template id="_cite" data-address="{{ .Permalink }}" data-language="{{ site.Language.Label }}" data-lang="{{ site.Language.Lang }}"{{ if ne site.Language.Lang "en" }} data-source="English"{{ end }} data-section="{{ T "cite_copy" (dict "Number" "{}") }}" data-appendix="{{ T "cite_copy_appendix" (dict "Number" "{}") }}">
{{ $cited := dict "Notice" (printf "<bdi>%s</bdi>" .Title) "Version" (.Date.Format "2006-01-02" | printf "<bdi>%s</bdi>") "Number" "<bdi data-put=\"number\"></bdi>" "Title" "<bdi data-put=\"title\"></bdi>" "Language" "<bdi data-put=\"language\"></bdi>" "Effective" $day "Address" "<span data-put=\"address\"></span>" -}}
<p data-line="section">{{ T "cite_section" $cited | safeHTML }}</p>
<p data-line="appendix">{{ T "cite_appendix" $cited | safeHTML }}</p>
<p class="cite-said" role="status" data-said="{{ T "cite_copied" }}"></p>
<dialog class="cite-box" aria-labelledby="_cite_title"><h2 id="_cite_title">{{ T "cite_title" }}</h2><p id="_cite_refused">{{ T "cite_refused" }}</p><textarea readonly rows="5" aria-labelledby="_cite_title" aria-describedby="_cite_refused"></textarea><p><button type="button">{{ T "cite_close" }}</button></p></dialog>
</template></article>{{ end }}
`
	hugoChanges = `{{ define "main" }}{{ .Content }}{{ end }}
`
	hugoMarkdown = `---
title: {{ .Title | jsonify }}
description: {{ .Description | jsonify }}
version: "{{ .Date.Format "2006-01-02" }}"
locale: "{{ site.Language.Lang }}"
publisher: "Example Cloud, Inc."
address: "{{ .Permalink }}"
---

# {{ .Title }}

{{ .Description }}

{{ .RawContent }}`
	hugoData = `{{ dict "title" .Title "description" .Description "version" (.Date.Format "2006-01-02") "locale" site.Language.Lang "publisher" "Example Cloud, Inc." "address" .Permalink "text" .Plain | jsonify }}
`
	hugoText = `{{ .Title }}

{{ .Description }}

{{ T "facts_version" }}: {{ .Date.Format "2006-01-02" }}
{{ T "entry_language" }}: {{ site.Language.Lang }}
{{ T "facts_publisher" }}: Example Cloud, Inc.
{{ T "facts_permanent" }}: {{ .Permalink }}

{{ .Plain }}
`
	hugoList = `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}, {{ partial "day.html" .Date }}</a></li>{{ end }}</ul>{{ end }}
`
	hugoHeading = `<div class="section-head"><h{{ .Level }} id="{{ .Anchor }}"><span class="section-number" dir="ltr">{{ add .Ordinal 1 }}</span> <span class="section-heading">{{ .Text }}</span></h{{ .Level }}>
<a class="section-link" href="{{ .Page.RelPermalink }}#{{ .Anchor }}" aria-label="{{ T "section_link" (dict "Number" (add .Ordinal 1)) }}">§</a>
{{- if ne site.Language.Lang "en" }}<a class="section-original" href="{{ (index .Page.AllTranslations 0).RelPermalink }}#{{ .Anchor }}" hreflang="en" aria-label="EN: {{ T "section_original" (dict "Number" (add .Ordinal 1) "Language" "English") }}"><bdi dir="ltr">EN</bdi></a>{{ end }}</div>
`
)
