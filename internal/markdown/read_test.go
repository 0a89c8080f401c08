package markdown

import (
	"fmt"
	"testing"
)

// A text that is read without being looked through says the same: words, links and HTML, footnotes and cells of tables too.
func TestRead(t *testing.T) {
	const text = "---\ntitle: T\n---\n\nBefore.[^a]\n\n## One {#one}\n\nSee [two](#two).[^b]\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n" +
		"### Sub {#sub}\n\n- item\n\n## Two *here* {#two}\n\nTerm\n: what it is.[^a]\n\n## Missing {#missing .missing}\n\n[^a]: Note *a*.\n[^b]: Note b.[^a]\n"
	said := func(d *Document) string {
		r := NewRenderer(unchanged, "")
		s := ""
		for _, p := range d.all() {
			s += fmt.Sprintln(p.Title(), p.Anchor, p.At, p.Lines(), p.Links(), p.Empty(), p.Missing, r.Heading(p), r.Whole(p), string(p.Source()))
		}
		return s
	}
	source, findings := Open("f.md", []byte(text))
	d, more := source.Parse(Limits{})
	if len(findings)+len(more) > 0 {
		t.Fatal(findings, more)
	}
	if got, want := said(source.Read()), said(d); got != want {
		t.Errorf("read:\n%s\nparsed:\n%s", got, want)
	}
}
