package markdown

import (
	"math/rand"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// hard has every block and every mark that a text may have, in the ways that authors write them.
const hard = front + `
Before *all* \&amp; &#38;amp; &copy; 2*3 _this **is** ***so***_ and __that__, *a_b*c; 1986\. A year.

## First &amp; \*foremost\* ` + "`code|`" + ` {#first}

One  [two](#first)
three.[^n] Hard\
break and  
another. <https://example.com/a_b?c=d&e> and <a@example.com>, call [+60 3 1234](tel:+6031234), see
[a (b) "c"](https://example.com/x_(y)?a=1&copy;=2 "T \"t\" & \\ u"), [https://example.com/](https://example.com).

> lazy
=== not a heading
2) not a list
> - quoted
>   > deep
>
> again

- four
  1. five
  2. six

     with a paragraph

         and code
     | a | b |
     | - | - |
     | c | d |
  4) another list
- - nested at once
-
- > quoted
+ other list

9. nine
10. ten

Term one
Term two
: Described

  twice.
: Again
  lazy
not lazy

Loose term

: Loose
  - list in it

***

| Plan | Price \| more | ` + "`a\\|b`" + ` |
| :--- | ---: | :-: |
| Small[^t] | 10 | x |
| **Large** \| huge | 20 |

` + "~~~text ` info\n\n```\n  fenced *as is* \\ &amp;\n\n~~~\n\n    indented\n\n      more\n\nCode `` a`b `` and ` `` ` and `  x  `, `\\`." + `

[^n]: A note
    with *lines*.

    - and a list
        with more

    Its end.[^o]

[^o]: Of a note.

### Thai, 日本語 {#cjk}

ข้อมูลส่วนบุคคลของคุณจะถูกเก็บรักษาไว้เป็นความลับและจะไม่ถูกเปิดเผยต่อบุคคลที่สามโดยไม่ได้รับความยินยอมจากคุณก่อน

本規約は、利用者が当社のサービスを利用する際の条件を定めるものです。利用者は、本規約に同意した上で、サービスを利用するものとします。「重要」な事項です。[リンク](/privacy/)参照。

تسري هذه الشروط على كل من يستخدم الخدمة، وتُنشر كل نسخة منها في عنوان دائم لا يتغير أبدًا، ولا تُعدَّل بعد نشرها.

See also[^t].

[^t]: Shared.
`

func sound(t *testing.T, text string) *Document {
	t.Helper()
	s, findings := Open("x.md", []byte(text))
	if findings.Errors() > 0 {
		t.Fatal(findings)
	}
	d, findings := s.Parse(Limits{})
	if findings.Errors() > 0 {
		t.Fatalf("%v\n%s", findings, text)
	}
	return d
}

func absolute(destination string) string {
	if strings.HasPrefix(destination, "#") || strings.HasPrefix(destination, "/") {
		return "https://example.com/privacy/2021-02-09/" + destination
	}
	return destination
}

// again is a document as its own Markdown.
func again(d *Document) string {
	form := NewMarkdown(absolute, "")
	text := front + "\n" + form.Whole(d.Preamble)
	for _, p := range d.Parts {
		text += "\n" + strings.Repeat("#", p.Level) + " " + form.Heading(p) + " {#" + p.Anchor + "}\n\n" + form.Whole(p)
	}
	return text
}

// TestMarkdown holds that the Markdown of a text says the same words in the same blocks, and is its own Markdown.
func TestMarkdown(t *testing.T) {
	d := sound(t, hard)
	text := again(d)
	e := sound(t, text)
	if len(d.Parts) != len(e.Parts) {
		t.Fatalf("%d parts, want %d:\n%s", len(e.Parts), len(d.Parts), text)
	}
	for i, p := range d.all() {
		q := e.all()[i]
		if p.Title() != q.Title() || p.Anchor != q.Anchor {
			t.Errorf("%s %s, want %s %s", q.Anchor, q.Title(), p.Anchor, p.Title())
		}
		if !slices.Equal(p.Lines(), q.Lines()) {
			t.Errorf("part %d:\ngot  %q\nwant %q\n%s", i, q.Lines(), p.Lines(), text)
		}
	}
	if more := again(e); more != text {
		t.Errorf("it changes when it is written again:\n%s\n%s", text, more)
	}
	for _, want := range []string{"https://example.com/privacy/2021-02-09/#first", "[^1]: A note", "## First &amp; \\*foremost\\* `code|` {#first}\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

var inserted = regexp.MustCompile(`<x:to>|\[\d+\]`)

// said are the letters of a text without spaces, addresses and marks of notes.
func said(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("<>|-", r) {
			return -1
		}
		return r
	}, inserted.ReplaceAllString(text, ""))
}

// TestPlain holds that plain text says all words in their order, and that its lines are as short as they can be.
func TestPlain(t *testing.T) {
	d := sound(t, hard)
	form := NewPlain(func(string) string { return "x:to" })
	for _, p := range d.all() {
		text := form.Whole(p)
		rest := said(strings.ReplaceAll(text, "\n", " "))
		for _, line := range p.Lines() {
			words := said(line)
			i := strings.Index(rest, words)
			if i < 0 {
				t.Errorf("no %q in\n%s", line, text)
				continue
			}
			rest = rest[i+len(words):]
		}
		for line := range strings.SplitSeq(text, "\n") {
			if Columns(line) > PlainWidth && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%d columns: %s", Columns(line), line)
			}
		}
	}
	text := NewPlain(absolute).Whole(d.Parts[0])
	for _, want := range []string{
		"One two <https://example.com/privacy/2021-02-09/#first> three.[1] Hard\nbreak and\nanother. <https://example.com/a_b?c=d&e>",
		"call +60 3 1234,", "https://example.com/.\n", "- four\n  1. five\n", "\n> - quoted\n>   > deep\n", "\n9. nine\n10. ten\n",
		"Small[2]     |           10 | x\n", "\nTerm one\nTerm two\n    Described\n", "\n[1] A note with lines.\n\n    - and a list with more\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// sameBlocks holds the Markdown of a text to say the same in the same blocks.
func sameBlocks(t *testing.T, d *Document) {
	t.Helper()
	text := again(d)
	s, findings := Open("x.md", []byte(text))
	if findings.Errors() > 0 {
		t.Fatalf("%v of\n%s\nwhich is\n%s", findings, d.data, text)
	}
	e := s.Read()
	if len(d.Parts) != len(e.Parts) {
		t.Fatalf("%d parts, want %d, of\n%s\nwhich is\n%s", len(e.Parts), len(d.Parts), d.data, text)
	}
	for i, p := range d.all() {
		if q := e.all()[i]; !reflect.DeepEqual(p.Blocks(), q.Blocks()) {
			t.Fatalf("got  %v\nwant %v, of\n%s\nwhich is\n%s", q.Blocks(), p.Blocks(), d.data, text)
		}
	}
}

// TestMarkdownLines holds that a line of a paragraph stays one, though it would begin a block if it were not indented.
func TestMarkdownLines(t *testing.T) {
	for _, line := range []string{
		"```", "``` code", "~~~", "* x", "*", "- x", "+ x", "1. x", "1) x", "1.", "2. x", "12) x", "___", "***", "* * *", "---", "- - -", "===", "# x", "#", "## X {#y}", "> x", ": x",
		"| a | b |\n    | - | - |", "| - |", "a | b\n    --- | ---", "a\n    :-- ", "<div x", "</p", "<!-- x", "[^n]: x", "x\n    ***a* b**", "`` a\n    ``` b ``",
	} {
		for _, text := range []string{"Line\n    %s\n    code", "- item\n      %s\n\n- 1. deep\n         %s", "> quote\n    %s", "Term\n    %s\n: Meaning\n      %s"} {
			note := ""
			if strings.Contains(line, "[^n]") {
				note = "\n\n[^n]: Note\n"
			}
			s, findings := Open("x.md", []byte(front+"\n"+strings.ReplaceAll(text, "%s", line)+note+"\n\n## A {#a}\n\nText.\n"))
			if findings.Errors() > 0 {
				t.Fatal(findings)
			}
			d, findings := s.Parse(Limits{})
			if findings.Errors() == 0 {
				sameBlocks(t, d)
			}
		}
	}
}

// hasEmptyItem reports whether a text has an item of a list with nothing in it. What follows one in the blocks around it is read by Goldmark
// in ways of its own.
func hasEmptyItem(d *Document) bool {
	found := false
	for _, p := range d.all() {
		p.walk(func(n ast.Node) { found = found || n.Kind() == ast.KindListItem && n.FirstChild() == nil })
	}
	return found
}

// TestMarkdownOfAny holds that the Markdown of any text without errors, and without empty items, says the same in the same blocks.
func TestMarkdownOfAny(t *testing.T) {
	starts := []string{
		"", "", "```", "~~~", "* ", "- ", "+ ", "1. ", "2. ", "3) ", "___", "***", "---", "===", "# ", "> ", ": ", "| ", "| - |", "<div ", "*", "**", "_", "`", "``", "\\* ", "&#42; ", "[a](#b)", "<a@b.com> ",
	}
	words := []string{"", "a", "b c", "*d*", "**e", "f**", "`g`", "``", "| h | i |", "--- | ---", "j\\", "k  ", "1.", "_l_", "***m* n**", "#", "<p", ":", "[^n]", "[^n]: o"}
	indents := []string{"", "", "", " ", "  ", "   ", "    ", "      ", "        "}
	sound := 0
	nasty := func(picks []uint16) bool {
		text, note := "", ""
		for _, pick := range picks[:min(len(picks), 9)] {
			n := int(pick)
			line := indents[n%len(indents)]
			n /= len(indents)
			line += starts[n%len(starts)]
			n /= len(starts)
			text += line + words[n%len(words)] + "\n"
		}
		if strings.Contains(text, "[^n]") {
			note = "\n\n[^n]: Note\n"
		}
		s, findings := Open("x.md", []byte(front+"\n"+text+note+"\n## A {#a}\n\nText.\n"))
		if findings.Errors() > 0 {
			return true
		}
		if d, findings := s.Parse(Limits{}); findings.Errors() == 0 && !hasEmptyItem(d) {
			sound++
			sameBlocks(t, d)
		}
		return true
	}
	if err := quick.Check(nasty, &quick.Config{MaxCount: 15_000, Rand: rand.New(rand.NewSource(1))}); err != nil {
		t.Error(err)
	}
	if sound < 1000 {
		t.Errorf("%d texts without errors", sound)
	}
}

// TestLiteral holds that plain text says itself as Markdown, whatever marks it has.
func TestLiteral(t *testing.T) {
	signs := []string{"a", "1", "1.", "2)", " ", "*", "_", "`", "\\", "<", ">", "&", "&amp;", "[", "](", ")", "!", "#", "-", "+", "=", "~~", "|", ":", "^", "é", "http://e.com", "\"", "'"}
	says := func(picks []byte) bool {
		text := ""
		for _, pick := range picks[:min(len(picks), 12)] {
			text += signs[int(pick)%len(signs)]
		}
		text = spaced(text)
		s, findings := Open("x.md", []byte(front+"\n"+Literal(text)+"\n"))
		if findings.Errors() > 0 {
			t.Fatal(findings)
		}
		d := s.Read()
		return strings.Join(d.Preamble.Lines(), "|") == text && len(d.Parts) == 0
	}
	if err := quick.Check(says, &quick.Config{MaxCount: 20_000}); err != nil {
		t.Error(err)
	}
}

// A table that is too wide for its columns to stand beside one another has a line for each cell.
func TestWideTable(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("some words ", 6) + "more")
	d := sound(t, front+"| Data | Purpose |\n| --- | --- |\n| Name | "+words+" |\n| Address | |\n")
	want := "Data | Purpose\n\n  Data: Name\n  Purpose: " + strings.Replace(words, " more", "\n  more", 1) + "\n\n  Data: Address\n  Purpose:\n"
	if got := NewPlain(absolute).Whole(d.Preamble); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWrap holds that lines keep within their width, that all words are there, and that no word of a spaced script is broken.
func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		words string
		width int
		want  []string
	}{
		{"", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"a verylongword b", 5, []string{"a", "verylongword", "b"}},
		{"see <https://example.com/a/b> now", 10, []string{"see", "<https://example.com/a/b>", "now"}},
		{"日本語の文章です。", 6, []string{"日本語", "の文章", "です。"}},
		{"日本語です。「重要」な", 10, []string{"日本語で", "す。「重", "要」な"}},
		{"개인정보 처리방침 안내", 9, []string{"개인정보", "처리방침", "안내"}},
		{"ที่เก็บข้อมูล", 5, []string{"ที่เก็บข้", "อมูล"}},
		{"e\u0301e\u0301e\u0301 e\u0301", 5, []string{"e\u0301e\u0301e\u0301 e\u0301"}},
		{"no\u00a0break here", 6, []string{"no\u00a0break", "here"}},
	} {
		if got := Wrap(tt.words, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d: %q, want %q", tt.words, tt.width, got, tt.want)
		}
	}
	signs := []rune("ab é語のกเ้ي(」。 -  ")
	whole := func(picks []byte, columns uint8) bool {
		var words strings.Builder
		for _, pick := range picks {
			words.WriteRune(signs[int(pick)%len(signs)])
		}
		columns = columns%40 + 4
		lines := Wrap(words.String(), int(columns))
		for _, line := range lines {
			if Columns(line) > int(columns) && mayBreak(line) {
				return false
			}
		}
		return strings.ReplaceAll(strings.Join(lines, ""), " ", "") == strings.ReplaceAll(words.String(), " ", "")
	}
	if err := quick.Check(whole, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

// mayBreak reports whether a line has a place where it may end.
func mayBreak(line string) bool {
	n := 0
	for _, word := range strings.Fields(line) {
		pieces(word, func(int, int, int) { n++ })
	}
	return n > 1
}

func BenchmarkForms(b *testing.B) {
	s, _ := Open("x.md", []byte(hard))
	d := s.Read()
	for b.Loop() {
		md, plain := NewMarkdown(absolute, ""), NewPlain(absolute)
		for _, p := range d.all() {
			md.Whole(p)
			plain.Whole(p)
		}
	}
}
