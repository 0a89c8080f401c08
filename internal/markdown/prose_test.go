package markdown

import (
	"slices"
	"testing"
)

// TestProse holds that marks in code and escaped ones are no marks, and that those beside them are found at their place.
func TestProse(t *testing.T) {
	const unknown, dead, apart, unused, tight = " footnote-unknown", " reference-unknown", " link-definition", " footnote-unused", " heading-tight"
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"code in a line", "A `[^x]` and `[a][b]` and `[c]: d`.\n", nil},
		{"several backticks", "A ``[^x] ` [^y]`` and ``` `` [^z] ```.\n", nil},
		{"code over two lines", "A `[^x]\n[a]: b` c.\n", nil},
		{"behind code", "`[^x]` [^y] ``a`` [^z]\n", []string{"x.md:4:8" + unknown, "x.md:4:19" + unknown}},
		{"the same in code and beside it", "`[a][b]` and [a][b]\n", []string{"x.md:4:14" + dead}},
		{"letters of several bytes", "`é[^x]é` é[^y]\n", []string{"x.md:4:14" + unknown}},
		{"a backtick that begins no code", "A ` [^x]\n", []string{"x.md:4:5" + unknown}},
		{"a backtick that is escaped", "A \\`[^x]\\`\n", []string{"x.md:4:5" + unknown}},
		{"a fence", "```\n[^x]: y [^z]\n[a]: b\n[c][d]\n##e\n```\n", nil},
		{"a fence of tildes with words behind it", "~~~~ [^x] [a]:\n~~~\n[^y]\n~~~~\n\nA[^z]\n", []string{"x.md:9:2" + unknown}},
		{"a fence that is not closed", "A[^x]\n\n```\n[^y]\n", []string{"x.md:4:2" + unknown}},
		{"an indented block", "A\n\n    [^x]\n\n    [a]: b\n    [c](d e)\n\nB[^y]\n", []string{"x.md:11:2" + unknown}},
		{"an indented line that goes on a paragraph", "A\n    [^x]\n", []string{"x.md:5:5" + unknown}},
		{"a fence in a list in a quotation", "> - a\n>   ```\n>   [^x]\n>   ```\n>   [^y]\n", []string{"x.md:8:5" + unknown}},
		{"code in a cell", "| `[^x]` | a[^y] |\n|---|---|\n", []string{"x.md:4:13" + unknown}},
		{"code in a footnote", "A[^a]\n\n[^a]: `[^x]` [^y]\n", []string{"x.md:6:14" + unknown}},
		{"a footnote that is defined in code alone", "A[^a]\n\n```\n[^a]: B\n```\n", []string{"x.md:4:2" + unknown}},
		{"a footnote that is referred to in code alone", "`A[^a]`\n\n[^a]: B\n", []string{"x.md:6:1" + unused}},
		{"escaped brackets", "\\[^x] \\[a][b] \\[a\\][b] \\[c\\](d e) [^y\\]\n", nil},
		{"an escaped backslash", "A\\\\[^x] \\\\[a][b]\n", []string{"x.md:4:4" + unknown, "x.md:4:11" + dead}},
		{"an escaped address apart", "\\[a]: b\n\n[c\\]: d\n\n[e]: f\n", []string{"x.md:8:1" + apart}},
		{"an escaped heading", "\\##a\n\n##b\n", []string{"x.md:6:1" + tight}},
		{"a backslash at the end", "A[^x] \\", []string{"x.md:4:2" + unknown, "x.md:4 no-newline-at-end"}},
		{"in a section", "## A {#a}\n\n`[b][c]`\n\n## B {#b}\n\n`d` [b][c]\n", []string{"x.md:10:5" + dead}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ids(t, front+tt.text, Limits{})
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
