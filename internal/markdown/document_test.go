package markdown

import (
	"slices"
	"strings"
	"testing"

	"placard/internal/diag"
)

const front = "---\ntitle: T\n---\n"

// parse reads a file with all that is wrong with it.
func parse(file string, data []byte, limits Limits) (*Document, diag.Findings) {
	s, findings := Open(file, data)
	d, more := s.Parse(limits)
	return d, append(findings, more...)
}

func ids(t *testing.T, text string, limits Limits) []string {
	t.Helper()
	_, findings := parse("x.md", []byte(text), limits)
	var out []string
	for _, f := range findings {
		out = append(out, f.At.String()+" "+f.ID)
	}
	return out
}

func unchanged(destination string) (address, lang string) { return destination, "" }

// What is read from left to right in every language says so: addresses and telephone numbers, not words.
func TestAddressesKeepTheirDirection(t *testing.T) {
	for link, ltr := range map[string]bool{
		"<https://example.com/>":                   true,
		"<a@example.com>":                          true,
		"[a@example.com](mailto:a@example.com)":    true,
		"[example.com/help](https://example.com/)": true,
		"[+1 555-0100](tel:+15550100)":             true,
		"[`example.com`](HTTPS://example.com/)":    true,
		"[write to us](mailto:a@example.com)":      false,
		"[call +1 555-0100](tel:+15550100)":        false,
		"[the authority.](https://example.com/)":   false,
		"[الهيئة.](https://example.com/)":          false,
		"[help](https://example.com/)":             false,
		"[terms.txt](files/terms.txt)":             false,
		"[3.2](#payment)":                          false,
	} {
		d, findings := parse("x.md", []byte(front+link+"\n"), Limits{})
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		r := NewRenderer(unchanged, "")
		if body := r.Body(d.Preamble); strings.Contains(body, `dir="ltr"`) != ltr {
			t.Errorf("%s becomes %s", link, body)
		}
	}
}

func TestFindings(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"good", front + "\nWords.\n\n## A {#a}\n\n### B {#b}\n", nil},
		{"no front matter", "Words.\n", []string{"x.md:1 front-matter-absent"}},
		{"front matter without end", "---\ntitle: T\n", []string{"x.md:2 front-matter-open"}},
		{"empty", "", []string{"x.md file-empty"}},
		{"only white space", " \n\n", []string{"x.md file-empty"}},
		{"not UTF-8", front + "\xff\n", []string{"x.md:4:1 not-utf8"}},
		{"byte order mark", "\ufeff" + front, []string{"x.md:1:1 byte-order-mark"}},
		{"NUL", front + "\x00\n", []string{"x.md:4:1 nul-byte"}},
		{"CR LF", front + "a\r\n", []string{"x.md:4:2 carriage-return"}},
		{"no newline at the end", front + "a", []string{"x.md:4 no-newline-at-end"}},
		{"not NFC, and another fault", front + "e\u0301 {{\n", []string{"x.md:4:1 not-nfc", "x.md:4:4 template-syntax"}},
		{"quotations in quotations", front + "\n" + strings.Repeat(">", 101) + "a\n", []string{"x.md:5:1 nesting-too-deep"}},
		{"a hundred quotations", front + "\n" + strings.Repeat(">", 100) + "a\n", nil},
		{"lists in lists", front + "\n" + strings.Repeat("- ", 101) + "a\n", []string{"x.md:5:1 nesting-too-deep"}},
		{"brackets in brackets", front + "\n" + strings.Repeat("[", 101) + "\n", []string{"x.md:5:1 nesting-too-deep"}},
		{"emphasis in emphasis", front + "\n" + strings.Repeat("*a ", 101) + strings.Repeat("b* ", 101) + "\n", []string{"x.md:5:301 nesting-too-deep"}},
		{"marks in a paragraph", front + "\n" + strings.Repeat("*a ", 5001) + "\n", []string{"x.md:5:1 marks-too-many"}},
		{"marks in paragraphs", front + "\n" + strings.Repeat("*a* *a*\n\n", 4000), nil},
		{"lines", front + strings.Repeat("a\n", 50_001), []string{"x.md:50004:1 text-too-heavy"}},
		{"headings", front + strings.Repeat("## A\n", 1001), []string{"x.md:1004:1 headings-too-many"}},
		{"no anchor", front + "## A\n", []string{"x.md:4:1 anchor-absent"}},
		{"broken anchor", front + "## A {#a\n## B {b}\n", []string{"x.md:4:1 anchor-broken", "x.md:5:1 anchor-broken"}},
		{"anchor forms", front + "## A {#A}\n## B {#1b}\n## C {#c-}\n## D {#d_d}\n",
			[]string{"x.md:4:1 anchor-form", "x.md:5:1 anchor-form", "x.md:6:1 anchor-form", "x.md:7:1 anchor-form"}},
		{"other attributes", front + "## A {#a .missing}\n## B {#b .other}\n## C {#c lang=ms}\n",
			[]string{"x.md:5:1 heading-attribute", "x.md:6:1 heading-attribute"}},
		{"missing with text", front + "## A {#a .missing}\n\nText.\n", []string{"x.md:4:1 missing-with-text"}},
		{"levels", front + "# A {#a}\n## B {#b}\n#### C {#c}\n", []string{"x.md:4:1 heading-level", "x.md:6:1 heading-level"}},
		{"subsection first", front + "### A {#a}\n", []string{"x.md:4:1 heading-before-section"}},
		{"heading without words", front + "## {#a}\n", []string{"x.md:4:1 heading-empty"}},
		{"heading in a quotation", front + "## A {#a}\n\n> ## B {#b}\n", []string{"x.md:6:3 heading-nested"}},
		{"HTML", front + "A <b>b</b>.\n\n<div>c</div>\n\n<!-- d -->\n",
			[]string{"x.md:6:1 raw-html", "x.md:8:1 raw-html", "x.md:4:3 raw-html"}},
		{"template", front + "A {{ b }}\n\n{{< c >}}\n", []string{"x.md:4:3 template-syntax", "x.md:6:1 template-syntax"}},
		{"placeholder", front + "[[Write.]] [[1]](#a)\n", []string{"x.md:4:1 placeholder"}},
		{"picture", front + "![A](a.png)\n", []string{"x.md:4:1 image"}},
		{"footnotes", front + "A[^a]\n\n[^a]: B\n\n[^b]: C\n", []string{"x.md:8:1 footnote-unused"}},
		{"footnote twice", front + "A[^a]\n\n[^a]: B\n\n[^a]: C\n\n[^a]: D\n", []string{"x.md:8:1 footnote-twice", "x.md:10:1 footnote-twice"}},
		{"footnotes that only each other know", front + "A\n\n[^a]: B[^b]\n\n[^b]: C[^a]\n", []string{"x.md:6:1 footnote-unused", "x.md:8:1 footnote-unused"}},
		{"footnote in a footnote", front + "A[^a]\n\n[^a]: B[^b]\n\n[^b]: C\n", nil},
		{"footnote that is not there", front + "A[^a] \\[^b]\n", []string{"x.md:4:2 footnote-unknown"}},
		{"reference that is not there", front + "## A {#a}\n\n[b][c] [d]\n", []string{"x.md:6:1 reference-unknown"}},
		{"link that is none", front + "A\n\nSee [b](add link).\n", []string{"x.md:6:5 reference-unknown"}},
		{"address apart", front + "[A]: B\n\n> [c]: d\n", []string{"x.md:4:1 link-definition", "x.md:6:1 link-definition"}},
		{"heading without a space", front + "##A {#a}\n", []string{"x.md:4:1 heading-tight"}},
		{"cells without a column", front + "| a | b |\n| --- | --- |\n| c | d | e |\n| f \\| f | g |\n| h |\n\n> a | b\n> --|--\n> c | d | e\n",
			[]string{"x.md:6:1 table-row-long", "x.md:12:3 table-row-long"}},
		{"other forms of headings", front + "## A {#a} \n ## B {#b}\n## C { #c }\nD {#d}\n---\n## E {#e} ##\n",
			[]string{"x.md:4:1 heading-form", "x.md:5:1 heading-form", "x.md:6:1 heading-form", "x.md:7:1 heading-form", "x.md:9:1 anchor-broken"}},
		{"link without words", front + "[](#a)\n", []string{"x.md:4:1 link-without-text"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, want := ids(t, tt.text, Limits{}), tt.want
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
	if got := ids(t, front+"## A {#a}\n", Limits{NoHeadings: true}); !slices.Equal(got, []string{"x.md:4:1 heading-not-here"}) {
		t.Errorf("a heading where there may be none: %q", got)
	}
}

const sample = front + `
Before *all* \&amp; &#38;amp; &copy;.

## First &amp; \*foremost\* {#first}

One  [two](#second)
three.[^n]

- four
  1. five

| six | seven |
| --- | --: |
| 8 | ` + "`9  9`" + ` |

Term
:   Meaning

[^n]: A note.

## Second {#second}

Line one\
line two <https://example.com/>
`

func TestPartsWordsAndHTML(t *testing.T) {
	d, findings := parse("x.md", []byte(sample), Limits{})
	if len(findings) > 0 || len(d.Parts) != 2 {
		t.Fatalf("findings %v, %d parts", findings, len(d.Parts))
	}
	first := d.Parts[0]
	if got, want := first.Title(), "First & *foremost*"; got != want {
		t.Errorf("Title() = %q, want %q", got, want)
	}
	want := []string{"One two three.", "four", "five", "six", "seven", "8", "9 9", "Term", "Meaning", "A note."}
	if got := first.Lines(); !slices.Equal(got, want) {
		t.Errorf("Lines() = %q\nwant      %q", got, want)
	}
	if got, want := d.Parts[1].Lines(), []string{"Line one line two https://example.com/"}; !slices.Equal(got, want) {
		t.Errorf("Lines() = %q, want %q", got, want)
	}
	if got, want := d.Preamble.Lines(), []string{"Before all &amp; &amp; ©."}; !slices.Equal(got, want) {
		t.Errorf("Lines() = %q, want %q", got, want)
	}
	r := NewRenderer(func(to string) (address, lang string) { return "/x" + to, `a"b` }, "p-")
	if got, want := r.Heading(first), "First &amp; *foremost*"; got != want {
		t.Errorf("Heading() = %q, want %q", got, want)
	}
	body := r.Body(first)
	for _, want := range []string{
		`<a href="/x#second" hreflang="a&quot;b">two</a>`, `<sup id="_ref-p-1-0"><a href="#_note-p-1" class="noteref" role="doc-noteref">1</a></sup>`,
		`<th scope="col">six</th>`, `<td class="align-end"><code>9  9</code></td>`, "<dt>Term</dt>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("Body() lacks %s:\n%s", want, body)
		}
	}
	if got, want := r.Notes(first), `<li id="_note-p-1" value="1">`; !strings.Contains(got, want) {
		t.Errorf("Notes() lacks %s:\n%s", want, got)
	}
	if got := r.Notes(d.Parts[1]); got != "" {
		t.Errorf("the second part claims the note of the first: %s", got)
	}
	var whole strings.Builder
	for _, p := range d.all() {
		whole.Write(p.Source())
	}
	if whole.String() != sample {
		t.Error("the sources of the parts are not the file")
	}
}

// FuzzParse holds that reading never panics, that the parts are the file, and that no word is lost between the text
// and the page: what Lines says is in the HTML.
func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add(front + "## A {#a}\n\n> b\n\n***c***\n")
	f.Add("---\nx: [\n---\n## A {#a}\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, findings := parse("x.md", []byte(text), Limits{})
		if findings.Errors() > 0 {
			return
		}
		var whole strings.Builder
		r := NewRenderer(unchanged, "")
		for _, p := range d.all() {
			whole.Write(p.Source())
			_ = r.Heading(p)
			body := r.Body(p) + r.Notes(p)
			if len(p.Lines()) > 0 && body == "" {
				t.Errorf("words without a page: %q", p.Lines())
			}
		}
		if whole.String() != text {
			t.Errorf("the sources of the parts are not the file")
		}
	})
}
