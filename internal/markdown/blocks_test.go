package markdown

import (
	"slices"
	"strings"
	"testing"
)

// Blocks have the words of Lines, in their order, each with what is around it.
func TestBlocks(t *testing.T) {
	const text = "## One {#one}\n\nA *paragraph*[^n].\n\n3. third\n4. fourth\n\n   more\n   - below\n\n- other list\n\n> quoted\n\n" +
		"| a | b |\n| --- | --- |\n| c |  |\n\nterm\n: meaning\n: other\n\n```\ncode\n\nmore code\n```\n\n[^n]: the note\n\n    goes on\n"
	want := []string{
		": A paragraph.",
		"ol 2/li 3: third",
		"ol 2/li 4: fourth",
		"ol 2/li 4: more",
		"ol 2/li 4/ul 3/li 1: below",
		"ul 3/li 1: other list",
		"blockquote 4: quoted",
		"table 5: a|b (head)",
		"table 5: c|",
		"dl 6/dt 1: term",
		"dl 6/dd 2: meaning",
		"dl 6/dd 3: other",
		"pre 7: code",
		"pre 7: more code",
		"notes 1/li 1: the note",
		"notes 1/li 1: goes on",
	}
	s, findings := Open("t.md", []byte("---\ntitle: T\n---\n\n"+text))
	d, more := s.Parse(Limits{})
	if findings = append(findings, more...); len(findings) > 0 {
		t.Fatal(findings)
	}
	var got, words []string
	for _, b := range d.Parts[0].Blocks() {
		var in []string
		for _, p := range b.In {
			in = append(in, p.String())
		}
		line := strings.Join(in, "/") + ": " + strings.Join(b.Cells, "|")
		if b.Head {
			line += " (head)"
		}
		got = append(got, line)
		words = append(words, slices.DeleteFunc(slices.Clone(b.Cells), func(s string) bool { return s == "" })...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if lines := d.Parts[0].Lines(); !slices.Equal(lines, words) {
		t.Errorf("lines are %q, words of blocks %q", lines, words)
	}
	if notes := d.Parts[0].NoteLines(); !slices.Equal(notes, []string{"the note", "goes on"}) {
		t.Errorf("lines of notes are %q", notes)
	}
}
