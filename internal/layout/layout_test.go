package layout

import (
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"placard/internal/diag"
)

func said(findings diag.Findings) string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.At.String()+" "+f.ID)
	}
	return strings.Join(lines, "; ")
}

// program is the program's own layouts and assets, as if a site had written them all.
func program(t *testing.T) map[string]File {
	t.Helper()
	files := map[string]File{}
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
func messagesOf(t *testing.T, files map[string]File) []string {
	t.Helper()
	ids := map[string]bool{}
	for name, f := range files {
		if tmpl, fault := read(name, f.Data); strings.HasPrefix(name, "layouts/") && fault == nil {
			for _, m := range tmpl.messages {
				ids[m.name] = true
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

// with checks one file of a site beside the program's.
func with(t *testing.T, name, text string) diag.Findings {
	t.Helper()
	files := program(t)
	for n, f := range files {
		f.Own = false
		files[n] = f
	}
	files[name] = File{Data: []byte(text), Own: true, Standard: files[name].Standard}
	return Check(Input{Files: files, Messages: messagesOf(t, files)})
}

// What a site may well write is not found fault with.
func TestGoodLayouts(t *testing.T) {
	for name, text := range map[string]string{
		"words of other things":  `<p class="style" data-on="x">one = "1", see https://example.com/ <a href="https://example.com/a?b=c">a</a> {{ "{{" }}</p>`,
		"comment":                `<!-- <script> --><p>{{/* now and getenv */}}</p>`,
		"link elsewhere":         `<link rel="canonical" href="{{ absURL .Params.canonical }}"><link rel="icon" href="/x.svg">`,
		"picture of the site":    `{{ with resources.Get "icon.svg" }}<img alt="" src="{{ .RelPermalink }}" width="8">{{ end }}`,
		"own value named Date":   `{{ with dict "Date" .Params.state.effective }}{{ .Date }}{{ end }}`,
		"partial without ending": `{{ partial "icon" . }}{{ partial "/icon.html" . }}{{ partials.Include "icon" . }}`,
		"partial of its own":     `{{ define "_partials/own.html" }}x{{ end }}{{ partial "own.html" . }}`,
		"template and block":     `{{ define "part" }}x{{ end }}{{ template "part" . }}{{ block "other" . }}y{{ end }}`,
		"calls itself below":     `{{ range .Params.sections }}{{ template "_partials/foot.html" . }}{{ end }}`,
		"functions":              `{{ $x := slice 1 2 | append 3 }}{{ strings.ToUpper (delimit $x ",") }}{{ (index $x 0) }}{{ site.Title }}{{ .Site.Params.a }}{{ page.Title }}{{ math.Max 1 2 }}`,
		"no asset, perhaps":      `{{ with resources.Get "logo.png" }}{{ .RelPermalink }}{{ end }}`,
		"try":                    `{{ with try (partial "icon.html" .) }}{{ with .Err }}{{ errorf "%s" . }}{{ else }}{{ .Value }}{{ end }}{{ end }}`,
	} {
		if findings := with(t, "layouts/_partials/foot.html", text); len(findings) > 0 {
			t.Errorf("%s: %s", name, said(findings))
		}
	}
}

func TestGoodStyles(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":    "",
		"comments":   "/* { */ a { /* ; */ color: red /* } */ }",
		"last":       "a { color: red; margin: 0 } b { }",
		"strings":    `a::before { content: "}"; content: '{ ; :'; content: "\"" }`,
		"selectors":  "a:hover, a:not(:focus)::before, [data-x=\"}\"] > b ~ c + d, :is(a, b):nth-child(2n+1) { color: red }",
		"queries":    "@media (min-width: 40em) and (not (hover)) { @supports (display: grid) { a { color: red } } }",
		"at rules":   "@charset \"utf-8\"; @layer a, b; @layer a { b { color: red } } @container (width > 1em) { a { color: red } }",
		"frames":     "@keyframes x { from { opacity: 0 } 50% { opacity: .5 } to { opacity: 1; } }",
		"font":       "@font-face { font-family: \"X\"; src: url(/fonts/x.woff2) format(\"woff2\"); unicode-range: U+26, U+0-7F; }",
		"page":       "@page :first { margin: 1cm; @top-left { content: \"x\" } }",
		"properties": ":root { --a: 1px; --b: { x: y }; --c:; --d: a:b; } @property --a { syntax: \"<length>\"; inherits: false; }",
		"nesting":    "a { color: red; &:hover { color: blue } > b { color: green } @media print { color: black } }",
		"functions":  "a { color: color-mix(in srgb, red 10%, var(--a, rgb(1 2 3 / .5))); width: calc((1px + 2px) * 3); background: url( 'x.svg#a' ) }",
		"escapes":    `.a\:b { color: red } .\31 0 { color: red }`,
	} {
		if findings := with(t, "assets/css/foot.css", text); len(findings) > 0 {
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
	want := "assets/css/foot.css:1:59 css-foreign; layouts/_partials/foot.html:1:146 layout-foreign; layouts/_partials/foot.html:1:179 layout-element"
	if got := said(Check(Input{Files: files, Messages: messagesOf(t, files)})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
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
}

// Whatever a site has, its files are answered with findings.
func FuzzCheck(f *testing.F) {
	f.Add("{{ if }}", "a { b: c }", "<svg/>")
	f.Add("<script>{{ partial \"x\" . }}", "a { url(https://", "<svg onload='x'><")
	f.Fuzz(func(t *testing.T, html, css, svg string) {
		Check(Input{Files: map[string]File{
			"layouts/baseof.html": {Data: []byte(html), Own: true, Standard: true},
			"assets/a.css":        {Data: []byte(css), Own: true},
			"assets/a.svg":        {Data: []byte(svg), Own: true},
		}})
	})
}
