package template

import (
	"fmt"
	"strings"
	"testing"
)

// What a layout calls and names is found, with its place.
func TestRead(t *testing.T) {
	_, fault := Read("a.html", []byte("{{ if 1 }}{{ $n := 1 }}{{ end }}\n{{ partial $n $ }}"))
	if fault == nil {
		t.Fatal("a variable that is not known was read")
	}
	if at := fault.At.String(); fault.ID != "layout-variable" || at != "a.html:2:12" {
		t.Errorf("%s at %s", fault.ID, at)
	}
	r, fault := Read("a.html", []byte("{{ $n := 1 }}{{ define \"own\" }}{{ partial \"x\" . }}{{ end }}\n{{ if and .A.B (T \"m\") }}{{ template \"own\" . }}{{ else }}{{ partial $n $ }}{{ end }}\n"+
		"{{ with .C }}{{ partial \"x\" . }}{{ end }}{{ partial \"y.html\" . }}{{ or 1 (partial \"z\" .) }}{{ now.Year }}{{ time }}{{ errorf \"%s!\" .D }}{{ resources.Get \"p\" }}<p>{{ page.E }}{{ $n.F }}{{ .Site.G }}"))
	if fault != nil {
		t.Fatal(fault)
	}
	var got []string
	for _, f := range r.References {
		got = append(got, fmt.Sprintf("%s %s always=%t same=%t", r.Place(f.Offset), strings.Join(f.Files(), ","), f.Always, f.Same))
	}
	want := `a.html:2:38 own always=false same=true
a.html:2:61  always=false same=true
a.html:3:25 _partials/x.html always=false same=false
a.html:3:53 _partials/y.html,_partials/y.html.html always=true same=true
a.html:3:83 _partials/z.html always=false same=true
a.html:1:43 _partials/x.html always=false same=false`
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = nil
	for _, f := range r.Fields {
		got = append(got, fmt.Sprintf("%s %s %s", r.Place(f.Offset), f.Name, f.Text))
	}
	for _, c := range r.Calls {
		if !strings.Contains("partial and or", c.Name) {
			got = append(got, fmt.Sprintf("%s %s bare=%t", r.Place(c.Offset), c.Name, c.Bare))
		}
	}
	for _, m := range append(r.Messages, r.Assets...) {
		got = append(got, fmt.Sprintf("%s %s", r.Place(m.Offset), m.Text))
	}
	got = append(got, fmt.Sprint(r.Complaints, r.Defines, len(r.Quoted), strings.Fields(string(r.Printed))))
	want = `a.html:2:11 A .A.B
a.html:3:9 C .C
a.html:3:132 D .D
a.html:3:166 E page.E
a.html:2:17 T bare=false
a.html:3:95 now.Year bare=true
a.html:3:109 time bare=true
a.html:3:119 errorf bare=false
a.html:3:140 resources.Get bare=false
a.html:3:166 page bare=false
a.html:3:188 site.G bare=false
a.html:2:19 m
a.html:3:154 p
[{a.html:3:119 %s!}] map[own:true] 6 [<p>]`
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of what Go and Hugo say, the innermost template counts.
func TestFailed(t *testing.T) {
	for text, want := range map[string]Failure{
		`execute of template failed: template: a.html:1:2: executing "a.html" at <partial "b.html" .>: error calling partial: "/site/layouts/b.html:3:4": execute of template failed: template: _partials/b.html:3:4: executing "b" at <.x.y>: nope` + "\nmore": {"_partials/b.html", 3, 5, ".x.y", "nope"},
		`html/template:a.html: ends in a non-text context: {1 2}`:    {"a.html", 0, 0, "", "ends in a non-text context: {1 2}"},
		`failed: html/template:a.html:5:6: branches end differently`: {"a.html", 5, 7, "", "branches end differently"},
	} {
		if got, ok := Failed(text); !ok || got != want {
			t.Errorf("Failed(%q) = %+v, %t", text, got, ok)
		}
	}
	if f, ok := Failed("no template"); ok {
		t.Errorf("read %+v", f)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("{{ if }}")
	f.Add("<script>{{ partial \"x\" . }}{{/* a */}}{{- .A.B -}}")
	f.Fuzz(func(t *testing.T, text string) {
		r, fault := Read("a", []byte(text))
		if (r == nil) == (fault == nil) {
			t.Errorf("read %v, found %v", r, fault)
		}
	})
}
