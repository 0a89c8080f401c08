package redline

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"znkr.io/diff"

	"placard/internal/markdown"
	"placard/internal/notice"
)

var vocabularies = []string{
	"we you our data may share with partners in 2021 12,000.50 the the of of a (see) “below” privacy@example.com +1 202 555 0100 end. stop; q\u0301t",
	"نجمع بياناتك الشخصية، من أجل العقد 2021 و الخدمة. التي هي لك",
	"我们收集您的姓名。 料金は12円です 您可以要求删除 2021年2月9日 ก็เก็บชื่อ ของคุณเพื่อ สัญญา ที่ 12 วัน",
}

// pick makes random texts.
type pick struct{ *rand.Rand }

func (r pick) words(vocabulary []string, n int) string {
	var b []string
	for range n {
		b = append(b, vocabulary[r.IntN(len(vocabulary))])
	}
	return strings.Join(b, " ")
}

func (r pick) blocks(vocabulary []string, n int) []markdown.Block {
	var all []markdown.Block
	for i := range n {
		var in []markdown.Place
		cells := []string{r.words(vocabulary, 1+r.IntN(20))}
		switch r.IntN(4) {
		case 0:
			in = []markdown.Place{{Element: "ul", Number: 1}, {Element: "li", Number: i}}
		case 1:
			in = []markdown.Place{{Element: "table", Number: 1}}
			for range r.IntN(3) {
				cells = append(cells, r.words(vocabulary, r.IntN(4)))
			}
		}
		all = append(all, markdown.Block{In: in, Cells: cells})
	}
	return all
}

// edit changes blocks at random.
func (r pick) edit(vocabulary []string, blocks []markdown.Block) []markdown.Block {
	var all []markdown.Block
	for _, b := range blocks {
		b.Cells = slices.Clone(b.Cells)
		switch r.IntN(8) {
		case 0:
			continue
		case 1:
			all = append(all, r.blocks(vocabulary, 1+r.IntN(2))...)
		case 2, 3:
			for range 1 + r.IntN(3) {
				at := r.IntN(len(b.Cells))
				words := strings.Fields(b.Cells[at])
				from := r.IntN(len(words) + 1)
				to := min(from+r.IntN(4), len(words))
				words = slices.Replace(words, from, to, strings.Fields(r.words(vocabulary, r.IntN(3)))...)
				b.Cells[at] = strings.Join(words, " ")
			}
			if strings.Join(b.Cells, "") == "" {
				continue
			}
		case 4:
			if b.Row() {
				b.Cells = append(b.Cells, r.words(vocabulary, r.IntN(3)))
			}
		}
		all = append(all, b)
	}
	return all
}

// said is what blocks say without those that one text alone has, and without the words that are marked as its.
func said(blocks []Block, not Op) []string {
	var all []string
	for _, b := range blocks {
		if b.Op == not {
			continue
		}
		for _, c := range b.Cells {
			if words := without(not, c); words != "" {
				all = append(all, words)
			}
		}
	}
	return all
}

func saidIn(blocks []markdown.Block) []string {
	var all []string
	for _, b := range blocks {
		all = append(all, slices.DeleteFunc(slices.Clone(b.Cells), func(s string) bool { return s == "" })...)
	}
	return all
}

// Without what is deleted it is the newer text, without what is inserted the older one.
func TestBlocksSayBoth(t *testing.T) {
	runs := 3000
	if os.Getenv("PLACARD_LONG") != "" {
		runs = 100_000
	}
	for seed := range runs {
		r := pick{rand.New(rand.NewPCG(uint64(seed), 1))}
		vocabulary := strings.Fields(vocabularies[seed%len(vocabularies)])
		a := r.blocks(vocabulary, r.IntN(12))
		b := r.edit(vocabulary, a)
		blocks := draw(a, b)
		if got, want := said(blocks, Deleted), saidIn(b); !slices.Equal(got, want) {
			t.Fatalf("seed %d: without deletions it says\n%q\nand not\n%q", seed, got, want)
		}
		if got, want := said(blocks, Inserted), saidIn(a); !slices.Equal(got, want) {
			t.Fatalf("seed %d: without insertions it says\n%q\nand not\n%q", seed, got, want)
		}
		for _, b := range blocks {
			for _, c := range b.Cells {
				for _, p := range c {
					if p.Text == "" || !utf8.ValidString(p.Text) || joins([]rune(p.Text)[0]) {
						t.Fatalf("seed %d: a piece is %q", seed, p.Text)
					}
				}
			}
		}
	}
}

// What edits marks is as little as can be, and what is not marked is the same in both.
func TestEditsAreFewest(t *testing.T) {
	for seed := range 20_000 {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		letters := 1 + r.IntN(6)
		word := func(n int) []int {
			var w []int
			for range n {
				w = append(w, r.IntN(letters))
			}
			return w
		}
		a, b := word(r.IntN(30)), word(r.IntN(30))
		deleted, inserted := edits(a, b)
		marked := 0
		var x, y []int
		for i, v := range a {
			if deleted[i] {
				marked++
			} else {
				x = append(x, v)
			}
		}
		for j, v := range b {
			if inserted[j] {
				marked++
			} else {
				y = append(y, v)
			}
		}
		if !slices.Equal(x, y) {
			t.Fatalf("seed %d: %v and %v are left as %v and %v", seed, a, b, x, y)
		}
		least := 0
		for _, e := range diff.Edits(a, b, diff.Minimal()) {
			if e.Op != diff.Match {
				least++
			}
		}
		if marked != least {
			t.Fatalf("seed %d: %v and %v need %d edits, not %d", seed, a, b, least, marked)
		}
	}
}

// Words of any line are that line.
func FuzzWords(f *testing.F) {
	for _, v := range vocabularies {
		f.Add(v)
	}
	f.Add("a  b \u0301.\u0301( \u200d)")
	f.Fuzz(func(t *testing.T, line string) {
		if got := strings.Join(Words(line), ""); got != line {
			t.Errorf("%q is %q", line, got)
		}
	})
}

// Lengths cut a line, as JavaScript has it, into its words.
func TestAppendLengths(t *testing.T) {
	for _, line := range append(slices.Clone(vocabularies), "", "  ", "😀 a😀b, (𠮷野家) 12 345 6!") {
		units, at := utf16.Encode([]rune(line)), 0
		lengths := AppendLengths([]int{7}, line)
		for i, w := range Words(line) {
			n := lengths[1+i]
			if IsWord(w) != (n > 0) {
				t.Errorf("the length of %q is %d", w, n)
			}
			end := at + max(n, -n)
			if got := string(utf16.Decode(units[at:end])); got != w {
				t.Errorf("%q is cut where %q ends", w, got)
			}
			at = end
		}
		if at != len(units) || lengths[0] != 7 {
			t.Errorf("%q is cut into %v", line, lengths)
		}
	}
}

// Two lines that have little in common and many words do not take long, whatever is marked.
func TestLongLines(t *testing.T) {
	r := pick{rand.New(rand.NewPCG(1, 3))}
	vocabulary := strings.Fields(vocabularies[0])
	a, b := r.words(vocabulary, 40_000), r.words(vocabulary, 40_000)
	pieces := compareLine(a, b)
	if Before(pieces) != a || After(pieces) != b {
		t.Error("the pieces are not the lines")
	}
}

// Sections are the same ones whatever becomes of their places: each newer and each older one is there once.
func TestSectionsSayBoth(t *testing.T) {
	for seed := range 300 {
		r := pick{rand.New(rand.NewPCG(uint64(seed), 4))}
		older, newer := r.text(t, 0), r.text(t, 1)
		moved := map[string]string{"s1": "m1", "s2": "s3"}
		var from, to []string
		for _, s := range Compare(older, newer, moved) {
			if s.New != nil && s.Kind != Away {
				to = append(to, s.New.Anchor)
				if s.Kind != Same && s.Kind != Marked && !slices.Equal(said(s.Blocks, Deleted), s.New.Part.Lines()) {
					t.Fatalf("seed %d: %s says %q", seed, s.New.Anchor, said(s.Blocks, Deleted))
				}
			}
			if s.Old != nil && s.Kind != Away {
				from = append(from, s.Old.Anchor)
				if s.Kind != Same && s.Kind != Marked && !slices.Equal(said(s.Blocks, Inserted), s.Old.Part.Lines()) {
					t.Fatalf("seed %d: %s said %q", seed, s.Old.Anchor, said(s.Blocks, Inserted))
				}
			}
		}
		slices.Sort(from)
		want := older.Anchors()
		slices.Sort(want)
		if !slices.Equal(to, newer.Anchors()) || !slices.Equal(from, want) {
			t.Fatalf("seed %d: sections are %v and %v, not %v and %v", seed, from, to, want, newer.Anchors())
		}
	}
}

// text makes a text of some of ten sections, in any order.
func (r pick) text(t *testing.T, which int) *notice.Text {
	var b strings.Builder
	level := 2
	for _, n := range r.Perm(10)[:2+r.IntN(8)] {
		anchor := fmt.Sprintf("s%d", n)
		if which == 1 && n == 1 && r.IntN(2) == 0 {
			anchor = "m1"
		}
		fmt.Fprintf(&b, "%s Heading %d {#%s}\n\n%s\n\n", strings.Repeat("#", level), n, anchor, r.words([]string{"one", "two", "three"}, 1+r.IntN(5)))
		level = 2 + r.IntN(2)
	}
	return load(t, b.String())
}
