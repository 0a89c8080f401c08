package page

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"placard/internal/diag"
)

func TestLost(t *testing.T) {
	run := func(words ...string) []Passage {
		var out []Passage
		for i, w := range words {
			out = append(out, Passage{w, diag.Position{Line: i + 1}})
		}
		return out
	}
	p := Page{passages: passages{run("Title"), run("One", "first & last words, é", "a note", "Two", "1 2 and a half")}}
	const good = `<html><head><title>T</title></head><body><h1>Title</h1><h2><span>1</span> <span>One</span></h2>
		<p>first &amp; <em>last</em> words,<sup id=x><a class="noteref" href="#n">1</a></sup>&nbsp;&eacute;</p><script>first</script>
		<ol><li><p>a note&#160;<a href="#x" class="backlink">back</a></li></ol><h2>Two</h2><table><tr><td>1<td>2</table>and<br>a ha<b>lf</b></body></html>`
	for _, tt := range []struct {
		name, page string
		lost       []string
	}{
		{"good", good, nil},
		{"empty", "", []string{"Title", "One", "first & last words, é", "a note", "Two", "1 2 and a half"}},
		{"only in the head", `<head><title>Title</title></head><body>` + good[len(`<html><head><title>T</title></head><body><h1>Title</h1>`):], []string{"Title"}},
		{"a word too few", `<body><h1>Title</h1>One<p>first words, é<p>a note<p>Two<p>1 2 and a half`, []string{"first & last words, é"}},
		{"a word apart", `<body><h1>Title</h1>One<p>first &amp; last words, é<p>a note<p>Two<p>1 2 and a ha<p>lf`, []string{"1 2 and a half"}},
		{"another order", `<body><h1>Title</h1>Two<p>1 2 and a half<p>One<p>first &amp; last words, é<p>a note`, []string{"Two", "1 2 and a half"}},
		{"not for readers", `<body>Title One first &amp; last words, é <style>a note</style> Two 1 2 and a half`, []string{"a note"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, l := range p.Lost([]byte(tt.page)) {
				got = append(got, l.Words)
			}
			if !slices.Equal(got, tt.lost) {
				t.Errorf("lost %q, want %q", got, tt.lost)
			}
		})
	}
}

// TestAddWords holds that pieces of a text give the words of the whole, with one space between them.
func TestAddWords(t *testing.T) {
	signs := []string{"a", "é", "語", " ", "  ", "\n", "\u00a0", "\u3000", "\x01", "-"}
	whole := func(picks []byte) bool {
		var b, all strings.Builder
		space := false
		for i := 0; i < len(picks); i += 4 {
			var piece strings.Builder
			for _, pick := range picks[i:min(i+4, len(picks))] {
				piece.WriteString(signs[int(pick)%len(signs)])
			}
			space = addWords(&b, []byte(piece.String()), space, b.Len() > 0)
			all.WriteString(piece.String())
		}
		return b.String() == strings.Join(strings.Fields(all.String()), " ")
	}
	if err := quick.Check(whole, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}
