package markdown

import (
	"testing"

	"placard/internal/diag"
)

// Whatever marks a text has, no word of it is said to be lost; and each one is that is taken from what the parser found.
func TestLostWords(t *testing.T) {
	const text = "---\ntitle: T\n---\n\nBefo*re* the **first**_half_.[^a]\n\n## One &amp; two &eacute;t&eacute; caf&eacute; {#one}\n\n" +
		"1. See [two](#two \"With (a) title\"), [it\\]s](https://example.com/a_(b)) and <https://example.com/x_y>.\n2) item\n   > - quo\\*ted `co_de &amp; more`, `&eacute;a x&eacute;y`\n\n" +
		"| A | B\\|C |\n|---|--:|\n| 1 | 2 |\n\n```text\n1. as it stands &eacute;\n```\n\n### Sub {#sub}\n\nTerm\n: what it is.[^a]\\\nnext line\n\n" +
		"## Two {#two .missing}\n\n## 日本語 {#three}\n\n第一条\n第二条。\n\n[^a]: Note *a*.\n"
	d, findings := parse("f.md", []byte(text), Limits{})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	blocks := 0
	for _, p := range d.all() {
		for i := range p.blocks {
			blocks++
			kept, said, words := p.blocks, p.said, p.words
			p.blocks, p.said, p.words = append(append(p.blocks[:0:0], kept[:i]...), kept[i+1:]...), nil, nil
			var lost diag.Findings
			d.findLostWords(&lost)
			if len(lost) != 1 || lost[0].ID != "word-lost" {
				t.Errorf("without block %d of #%s: %v", i, p.Anchor, lost)
			}
			p.blocks, p.said, p.words = kept, said, words
		}
	}
	if blocks < 7 {
		t.Errorf("only %d blocks", blocks)
	}
}

// The parser takes a closing tag that closes nothing for HTML and prints nothing of it.
func TestLostWordIsNamed(t *testing.T) {
	_, findings := parse("f.md", []byte("---\ntitle: T\n---\n\n## One {#one}\n\nFrance,</br>Japan\n"), Limits{})
	if len(findings) != 1 || findings[0].ID != "word-lost" || findings[0].At.String() != "f.md:7:10" || findings[0].Args["Word"] != "br" {
		t.Errorf("findings %v", findings)
	}
}
