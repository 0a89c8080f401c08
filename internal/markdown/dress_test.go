package markdown

import "testing"

func TestDress(t *testing.T) {
	dress := func(text string) string {
		s, findings := Open("t.md", []byte("---\ntitle: T\n---\n\n## One {#one}\n\n"+text))
		d, more := s.Parse(Limits{})
		if findings = append(findings, more...); len(findings) > 0 {
			t.Fatal(findings)
		}
		return d.Parts[0].Dress()
	}
	const text = "A *b* and\n[c](#one).\n\n- d\n- e\n"
	for name, same := range map[string]string{
		"lines broken elsewhere": "A *b*\nand [c](#one).\n\n- d\n- e\n",
		"other signs":            "A _b_ and [c](#one).\n\n* d\n* e\n",
		"a blank line more":      "A *b* and [c](#one).\n\n\n- d\n- e\n",
	} {
		if dress(same) != dress(text) {
			t.Errorf("%s: another dress", name)
		}
	}
	for name, other := range map[string]string{
		"another link":     "A *b* and\n[c](#two).\n\n- d\n- e\n",
		"strong emphasis":  "A **b** and\n[c](#one).\n\n- d\n- e\n",
		"numbers":          "A *b* and\n[c](#one).\n\n1. d\n2. e\n",
		"other numbers":    "A *b* and\n[c](#one).\n\n3. d\n4. e\n",
		"no list":          "A *b* and\n[c](#one).\n\nd\n\ne\n",
		"a title":          "A *b* and\n[c](#one \"T\").\n\n- d\n- e\n",
		"nested":           "A *b* and\n[c](#one).\n\n- d\n  - e\n",
		"without emphasis": "A b and\n[c](#one).\n\n- d\n- e\n",
	} {
		if dress(other) == dress(text) {
			t.Errorf("%s: the same dress", name)
		}
	}
}
