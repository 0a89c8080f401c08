package layout

import (
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"placard/internal/diag"
	"placard/internal/template"
)

func said(findings diag.Findings) string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.At.String()+" "+f.ID)
	}
	return strings.Join(lines, "; ")
}

// program is the program's own layouts and assets, as if a site had written them all.
func program(t *testing.T) Files {
	t.Helper()
	files := Files{}
	for _, root := range []string{"layouts", "assets"} {
		err := fs.WalkDir(os.DirFS("../.."), root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile("../../" + name)
			files[name] = File{Data: data, Own: true, Standard: true}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// messagesOf are the messages that layouts name: what is missing is found where messages are read.
func messagesOf(t *testing.T, files Files) []string {
	t.Helper()
	ids := map[string]bool{}
	for name, f := range files {
		if read, fault := template.Read(name, f.Data); strings.HasPrefix(name, "layouts/") && fault == nil {
			for _, m := range read.Messages {
				ids[m.Text] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// The program's own layouts are held to the same rules.
func TestProgram(t *testing.T) {
	files := program(t)
	ids := messagesOf(t, files)
	if len(ids) < 20 {
		t.Errorf("only %d messages were found in the layouts", len(ids))
	}
	if findings := Check(Input{Files: files, Messages: ids}); len(findings) > 0 {
		t.Error(said(findings))
	}
}

// values are some that pages have.
var values = strings.Fields("canonical home none sections state state.effective state.next state.next.address summary")

// with checks one file of a site beside the program's.
func with(t *testing.T, name, text string) diag.Findings {
	t.Helper()
	files := program(t)
	for n, f := range files {
		f.Own = false
		files[n] = f
	}
	files[name] = File{Data: []byte(text), Own: true, Standard: files[name].Standard}
	return Check(Input{Files: files, Origin: "https://legal.example.com", Values: values, Settings: []string{"phone", "lang"}, Messages: messagesOf(t, files)})
}

// What a site may well write is not found fault with.
func TestGoodLayouts(t *testing.T) {
	for name, text := range map[string]string{
		"words of other things":   `<p class="style" data-on="x">one = "1", see https://example.com/ <a href="https://example.com/a?b=c">a</a> {{ "{{" }}</p>`,
		"comment":                 `<!-- <script> --><p>{{/* now and getenv */}}</p>`,
		"link elsewhere":          `<link rel="canonical" href="{{ absURL .Params.canonical }}"><link rel="icon" href="/versions/x.svg">`,
		"picture of the site":     `{{ with resources.Get "icon.svg" }}<img alt="" src="{{ .RelPermalink }}" width="8">{{ end }}`,
		"own value named Date":    `{{ with dict "Date" .Params.state.effective }}{{ .Date }}{{ end }}`,
		"partial without ending":  `{{ partial "icon" . }}{{ partial "/icon.html" . }}{{ partials.Include "icon" . }}`,
		"partial of its own":      `{{ define "_partials/own.html" }}x{{ end }}{{ partial "own.html" . }}`,
		"template and block":      `{{ define "part" }}x{{ end }}{{ template "part" . }}{{ block "other" . }}y{{ end }}`,
		"calls itself below":      `{{ range .Params.sections }}{{ template "_partials/foot.html" . }}{{ end }}`,
		"functions":               `{{ $x := slice 1 2 | append 3 }}{{ strings.ToUpper (delimit $x ",") }}{{ (index $x 0) }}{{ site.Title }}{{ .Site.Params.a }}{{ page.Title }}{{ math.Max 1 2 }}`,
		"no asset, perhaps":       `{{ with resources.Get "logo.png" }}{{ .RelPermalink }}{{ end }}`,
		"case":                    `{{ partial "Icon.html" . }}{{ partial "./x/../icon.html" . }}`,
		"partials defined":        `{{ define "_partials/own" }}x{{ end }}{{ define "partials/old.html" }}x{{ end }}{{ partial "own.html" . }}{{ partial "old" . }}`,
		"data":                    `<script type="application/ld+json">{{ dict "a" 1 | jsonify | safeJS }}</script>`,
		"links that load nothing": `<link rel="license" href="https://example.com/licence"><link rel="me" href="//example.com/"><a href="https://example.com/" title="javascript: a guide">a</a>`,
		"of the site itself":      `<img alt="" src="https://legal.example.com/a.svg">`,
		"words like attributes":   `<p>if one = "1" or style = "2", then </p><pre>a onclick="x"</pre>`,
		"calls itself lazily":     `{{ $x := or .Params.none (partial "foot.html" (dict)) }}`,
		"calls itself with less":  `{{ with .Params.sections }}{{ partial "foot.html" . }}{{ else }}{{ partial "foot.html" (dict "a" $) }}{{ end }}`,
		"counts down":             `{{ .left.Set "n" 1 }}{{ if .left.Get "n" }}{{ partial "foot.html" . }}{{ end }}`,
		"script of the site":      `{{ partial "script.html" "cite" }}{{ with resources.Get "js/cite.js" }}<script defer src="{{ .RelPermalink }}"></script>{{ end }}`,
		"language":                `{{ with site.Language }}{{ .Weight }}{{ end }}`,
		"try":                     `{{ with try (partial "icon.html" .) }}{{ with .Err }}{{ errorf "%s" . }}{{ else }}{{ .Value }}{{ end }}{{ end }}`,
	} {
		if findings := with(t, "layouts/_partials/foot.html", text); len(findings) > 0 {
			t.Errorf("%s: %s", name, said(findings))
		}
	}
}

// A policy of the site is taken at its word.
func TestPolicy(t *testing.T) {
	files := program(t)
	policy := `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://cdn.example.com; frame-src 'self'; form-action 'self'; media-src 'none'">`
	files["layouts/_partials/policy.html"] = File{Data: []byte(policy), Own: true, Standard: true}
	foot := `<script src="/a.js"></script><p style="x"></p><iframe></iframe><form></form><img src="data:x"><img src="https://cdn.example.com/x.png"><img src="https://other.example.com/x.png"><video></video>`
	files["layouts/_partials/foot.html"] = File{Data: []byte(foot), Own: true, Standard: true}
	files["assets/css/foot.css"] = File{Data: []byte(`a { b: url(data:x); c: url(https://cdn.example.com/x); d: url("https://other.example.com/x") }`), Own: true, Standard: true}
	want := "assets/css/foot.css:1:59 css-foreign; layouts/_partials/foot.html:1:14 layout-file; layouts/_partials/foot.html:1:146 layout-foreign; layouts/_partials/foot.html:1:179 layout-element"
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// What is found where browsers, or Hugo, would be silent; or where Hugo would tell of another place.
func TestBadLayouts(t *testing.T) {
	for text, want := range map[string]string{
		`<p {{ if .x }}class="a"{{ end }} onclick="x">`: "1:34 layout-script",
		`<a href="javascript:x">`:                       "1:10 layout-script",
		`<script type="module">x</script>`:              "1:1 layout-script",
		`<script defer src="https://cdn.example.com/x.js"></script><link rel="modulepreload" href="//cdn.example.com/y.js">`:    "1:20 layout-foreign; 1:91 layout-foreign",
		`<img src="/logo.png"><img src="{{ .x }}.png"><img src="a.png 2x"><img src="icon.svg#a"><link rel="icon" href="b.png">`: "1:11 layout-file; 1:111 layout-file",
		`{{ .Params.sumary }}{{ $.Params.state.effectiv }}{{ .Params.own.x }}`:                                                  "1:4 layout-value; 1:24 layout-value; 1:53 layout-value",
		`{{ page.Site.Pages }}{{ .Page.Site.Current.RegularPages }}{{ site.Current.Pages }}{{ $.Site.Home }}`:                   "1:4 layout-pages; 1:25 layout-pages; 1:62 layout-pages; 1:86 layout-pages",
		`{{ .Next }}{{ .Page.Prev }}{{ page.Next.Title }}{{ page.Params.sumary }}{{ .Page.Summary }}`:                           "1:4 layout-pages; 1:15 layout-pages; 1:31 layout-pages; 1:52 layout-value; 1:76 layout-empty",
		"<p\n style='x'>": "2:2 layout-style",
		`<link rel="icon" href="//cdn.example.com/x">`:                             "1:24 layout-foreign",
		`<link href=https://cdn.example.com rel=stylesheet>`:                       "1:12 layout-foreign",
		`<img srcset="https://cdn.example.com/x 2x">`:                              "1:14 layout-foreign",
		`{{ partial "opengraph.html" . }}{{ template "_internal/schema.html" . }}`: "1:12 layout-hugo-partial; 1:45 layout-hugo-partial",
		`{{ template "_partials/Icon.html" . }}`:                                   "1:13 layout-partial",
		`{{ if .x }}{{ partial "foot.html" . }}{{ end }}`:                          "1:23 layout-circle",
		`{{ range .x }}{{ partial "foot" $ }}{{ end }}`:                            "1:26 layout-circle",
		`{{ with .x }}{{ else }}{{ template "_partials/foot.html" . }}{{ end }}`:   "1:36 layout-circle",
	} {
		var got []string
		for _, f := range with(t, "layouts/_partials/foot.html", text) {
			got = append(got, strings.TrimPrefix(f.At.String(), "layouts/_partials/foot.html:")+" "+f.ID)
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// The policy that counts is that of the pages, wherever it stands.
func TestPolicyElsewhere(t *testing.T) {
	files := program(t)
	for name, f := range files {
		f.Own = false
		files[name] = f
	}
	head := func(text string) string {
		files["layouts/_partials/head.html"] = File{Data: []byte(text + `{{ partial "styles.html" . }}{{ partial "icon.html" . }}<form></form>`), Own: true, Standard: true}
		return said(Check(Input{Files: files, Messages: messagesOf(t, files)}))
	}
	for text, want := range map[string]string{
		`<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`: "",
		`<meta http-equiv="Content-Security-Policy" content="form-action 'none'">`: "layouts/_partials/head.html:1:129 layout-element",
		``:                              "layouts/_partials/head.html layout-policy",
		`{{ partial "policy.html" . }}`: "layouts/_partials/head.html:1:86 layout-element",
	} {
		if got := head(text); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// A layout is not used because it has what all have.
func TestUnused(t *testing.T) {
	if got := said(with(t, "layouts/placard/versoin.html", `{{ define "main" }}x{{ end }}`)); got != "layouts/placard/versoin.html layout-unused" {
		t.Error(got)
	}
	files := program(t)
	files["layouts/_partials/words.html"] = File{Data: []byte(`{{ define "own" }}x{{ end }}`), Own: true}
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != "layouts/_partials/words.html partial-unused" {
		t.Error(got)
	}
	files["layouts/_partials/foot.html"] = File{Data: []byte(`{{ template "own" . }}`), Own: true, Standard: true}
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != "" {
		t.Error(got)
	}
}

// Layouts that call each other each time are named, whoever begins.
func TestCircle(t *testing.T) {
	files := program(t)
	files["layouts/_partials/foot.html"] = File{Data: []byte(`{{ partial "own.html" . }}`), Own: true, Standard: true}
	files["layouts/_partials/own.html"] = File{Data: []byte("x\n{{ if .y }}{{ end }}{{ partial \"foot.html\" . }}"), Own: true}
	want := "layouts/_partials/foot.html:1:12 layout-circle; layouts/_partials/own.html:2:32 layout-circle"
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	files["layouts/_partials/own.html"] = File{Data: []byte(`{{ if .x }}{{ partial "foot.html" . }}{{ end }}`), Own: true}
	want = "layouts/_partials/own.html:1:23 layout-circle"
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	files["layouts/_partials/foot.html"] = File{Data: []byte(`{{ if not .x }}{{ partial "own.html" . }}{{ end }}`), Own: true, Standard: true}
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != "" {
		t.Errorf("two that may never both call: %s", got)
	}
}

// Whatever a site has, its files are answered with findings.
func FuzzCheck(f *testing.F) {
	f.Add("{{ if }}", "a { b: c }", "<svg/>")
	f.Add("<script>{{ partial \"x\" . }}", "a { url(https://", "<svg onload='x'><")
	f.Fuzz(func(t *testing.T, html, css, svg string) {
		Check(Input{Files: Files{
			"layouts/baseof.html": {Data: []byte(html), Own: true, Standard: true},
			"assets/a.css":        {Data: []byte(css), Own: true},
			"assets/a.svg":        {Data: []byte(svg), Own: true},
		}})
	})
}
