package markdown

import (
	"fmt"
	"testing"
)

// A text that was let go of and read again says the same: words, links and HTML, footnotes and cells of tables too.
func TestRest(t *testing.T) {
	const text = "---\ntitle: T\n---\n\nBefore.[^a]\n\n## One {#one}\n\nSee [two](#two).[^b]\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n" +
		"### Sub {#sub}\n\n- item\n\n## Two *here* {#two}\n\nTerm\n: what it is.[^a]\n\n## Missing {#missing .missing}\n\n[^a]: Note *a*.\n[^b]: Note b.[^a]\n"
	said := func(d *Document) string {
		r := NewRenderer(func(to string) string { return to }, "")
		s := ""
		for _, p := range d.all() {
			s += fmt.Sprintln(p.Title(), p.Lines(), p.Links(), p.Empty(), p.Missing, r.Heading(p), r.Whole(p), string(p.Source()))
		}
		return s
	}
	d, findings := Parse("f.md", []byte(text), Limits{})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	want := said(d)
	for range 2 {
		d.Rest()
		if got := said(d); got != want {
			t.Errorf("after a rest:\n%s\nbefore:\n%s", got, want)
		}
	}
}
