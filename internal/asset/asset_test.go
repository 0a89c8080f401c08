package asset

import (
	"testing"

	"placard/internal/diag"
)

func read(content string) Policy {
	p, ok := ReadPolicy([]byte(`{{/* a */}}<meta http-equiv="content-security-policy" content="`+content+`">`), "https://legal.example.com")
	if !ok {
		panic("no policy was found")
	}
	return p
}

var own = read("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'")

func TestGoodStyles(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":     "",
		"comments":    "/* { */ a { /* ; */ color: red /* } */ }",
		"last":        "a { color: red; margin: 0 } b { }",
		"strings":     `a::before { content: "}"; content: '{ ; :'; content: "\"" }`,
		"selectors":   "a:hover, a:not(:focus)::before, [data-x=\"}\"] > b ~ c + d, :is(a, b):nth-child(2n+1) { color: red }",
		"queries":     "@media (min-width: 40em) and (not (hover)) { @supports (display: grid) { a { color: red } } }",
		"at rules":    "@charset \"utf-8\"; @layer a, b; @layer a { b { color: red } } @container (width > 1em) { a { color: red } }",
		"frames":      "@keyframes x { from { opacity: 0 } 50% { opacity: .5 } to { opacity: 1; } }",
		"font":        "@font-face { font-family: \"X\"; src: url(/fonts/x.woff2) format(\"woff2\"); unicode-range: U+26, U+0-7F; }",
		"page":        "@page :first { margin: 1cm; @top-left { content: \"x\" } }",
		"properties":  ":root { --a: 1px; --b: { x: y }; --c:; --d: a:b; } @property --a { syntax: \"<length>\"; inherits: false; }",
		"nesting":     "a { color: red; &:hover { color: blue } > b { color: green } @media print { color: black } }",
		"functions":   "a { color: color-mix(in srgb, red 10%, var(--a, rgb(1 2 3 / .5))); width: calc((1px + 2px) * 3); background: url( 'x.svg#a' ) }",
		"schemas":     "@namespace svg url(http://www.w3.org/2000/svg); a { color: red }",
		"of the site": "a { background: url(https://legal.example.com/a.svg) }",
		"escapes":     `.a\:b { color: red } .\31 0 { color: red }`,
	} {
		if findings := Check("a.css", []byte(text), own); len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

func TestPictures(t *testing.T) {
	for text, want := range map[string]string{
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://example.com/x" x:onload="a"><a href="https://example.com/"/><path d="M0 0"/></svg>`: "",
		`<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"><foreignObject><p>a</p></foreignObject></svg>`:                  "",
		`<svg><foreignObject><p onclick="x">a</p></foreignObject></svg>`:                                                                             "svg-script",
		`<svg><image href="https://example.com/x.png"/></svg>`:                                                                                       "css-foreign",
		`<svg><a href="javascript:x"/></svg>`:                                                                                                        "svg-script",
		`<svg>`:                                                                                                                                      "svg-syntax",
	} {
		got := ""
		for _, f := range Check("a.svg", []byte(text), own) {
			got += f.ID
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestPolicy(t *testing.T) {
	p := read("Default-Src 'self' https://*.example.org; script-src 'self' 'nonce-x'; frame-src 'none'; img-src data: cdn.example.com:443/x; font-src *; style-src https:; style-src *")
	for name, ok := range map[string]bool{
		"media by default":        p.Allows("media-src"),
		"scripts":                 p.Allows("script-src-elem") && p.AllowsInline("script-src-attr"),
		"forms, which have none":  p.Allows("form-action"),
		"no frames":               !p.Allows("frame-src"),
		"no styles in the page":   !p.AllowsInline("style-src-attr"),
		"a host":                  p.AllowsFrom("//CDN.example.com/x.png", "img-src") && !p.AllowsFrom("https://example.com/x.png", "img-src"),
		"data":                    p.AllowsFrom("data:", "img-src") && !p.AllowsFrom("data:", "font-src"),
		"the site":                p.AllowsFrom("https://legal.example.com/x", "media-src") && !p.AllowsFrom("http://legal.example.com/x", "media-src"),
		"hosts below one":         p.AllowsFrom("https://a.example.org/x", "media-src") && !p.AllowsFrom("https://example.org/x", "media-src"),
		"all hosts":               p.AllowsFrom("http://a.example.net", "font-src"),
		"all that are safe":       p.AllowsFrom("https://a.example.net", "style-src-elem") && !p.AllowsFrom("http://a.example.net", "style-src-elem"),
		"one of two":              p.AllowsFrom("https://a.example.net", "img-src", "font-src"),
		"no policy":               Policy{}.Allows("script-src") && Policy{}.AllowsInline("style-src") && Policy{}.AllowsFrom("https://a.example", "img-src"),
		"one that nobody can say": read(`default-src {{ site.Params.policy }}`).Allows("script-src"),
		"Placard's":               !own.Allows("form-action") && own.Allows("script-src-elem") && !own.AllowsInline("script-src-elem") && !own.AllowsInline("script-src-attr") && !own.AllowsFrom("https://example.com/x.js", "script-src-elem", "connect-src") && !own.AllowsFrom("data:", "img-src"),
	} {
		if !ok {
			t.Error(name)
		}
	}
	if p, ok := ReadPolicy([]byte(`<meta name="robots" content="default-src 'none'">`), ""); ok || !p.Allows("script-src") {
		t.Error("a policy was found where there is none")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("a { b: c }")
	f.Add("a { url(https://")
	f.Add("<svg onload='x'><")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"a.css", "a.svg"} {
			for _, f := range Check(name, []byte(text), own) {
				if f.At.File != name || f.Severity == diag.Error && f.At.Line == 0 {
					t.Errorf("%v has no place", f)
				}
			}
		}
	})
}
