package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestShapesAndFigures(t *testing.T) {
	const text = "---\ntitle: T\n---\n\n## A {#a}\n\n- one\n- two\n  1. three\n  2. four\n  3. five\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" +
		"Term\n: Definition\n\nOther\nand another\n: Definition\n\nCall 1,000 or ١٬٠٠٠ times, in 2026, at a.b@example.com or [here](/privacy/#x2).[^n] `12`\n\n[^n]: - 77\n"
	source, findings := Open("x.md", []byte(text))
	if findings.Errors() > 0 {
		t.Fatal(findings)
	}
	doc, _ := source.Parse(Limits{})
	var shapes []string
	for _, s := range doc.Parts[0].Shapes() {
		shapes = append(shapes, fmt.Sprintf("%s %d %d at %d", s.Kind, s.Count, s.Columns, s.At.Line))
	}
	want := []string{"list 2 0 at 7", "numbered 3 0 at 9", "table 1 2 at 13", "definitions 3 0 at 17"}
	if !slices.Equal(shapes, want) {
		t.Errorf("shapes %q, want %q", shapes, want)
	}
	figures := strings.Join(slices.Compact(doc.Parts[0].Figures()), " ")
	if figures != "1 1000 12 2 2026 77 a.b@example.com" {
		t.Errorf("figures %q", figures)
	}
}
