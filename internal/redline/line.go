package redline

import (
	"strings"
	"unicode/utf8"
)

// A Piece is words of a line that both texts have, or one alone.
type Piece struct {
	Op   Op
	Text string

	words int // how many there are that are more than signs; not counted of Equal
}

// Before is what the older text says: the pieces without those that were inserted.
func Before(pieces []Piece) string { return without(Inserted, pieces) }

// After is what the newer text says: the pieces without those that were deleted.
func After(pieces []Piece) string { return without(Deleted, pieces) }

func without(op Op, pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Op != op {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func same(text string) []Piece { return whole(Equal, text) }

// whole is a line of one piece; none is there of an empty line.
func whole(op Op, text string) []Piece {
	if text == "" {
		return nil
	}
	p := Piece{Op: op, Text: text}
	if op != Equal {
		p.words = wordCount(Words(text))
	}
	return []Piece{p}
}

// wordCount counts the words that are more than signs.
func wordCount(words []string) int {
	n := 0
	for _, w := range words {
		if IsWord(w) {
			n++
		}
	}
	return n
}

// walk visits, in the order of reading, what of two lists is the same (i and j), deleted (j is -1) or inserted (i is -1), deleted before
// inserted.
func walk(deleted, inserted []bool, visit func(i, j int)) {
	for i, j := 0, 0; i < len(deleted) || j < len(inserted); {
		switch {
		case i < len(deleted) && deleted[i]:
			visit(i, -1)
			i++
		case j < len(inserted) && inserted[j]:
			visit(-1, j)
			j++
		default:
			visit(i, j)
			i, j = i+1, j+1
		}
	}
}

// A hunk is words of a line, a[a0:a1], in the place of which others are, b[b0:b1].
type hunk struct{ a0, a1, b0, b1 int }

// compareLine marks the words of a line.
func compareLine(a, b string) []Piece {
	switch {
	case a == b:
		return same(a)
	case a == "" || b == "":
		return append(whole(Deleted, a), whole(Inserted, b)...)
	}
	x, y := Words(a), Words(b)
	hunks := hunksOf(edits(x, y))
	for i := range hunks {
		slide(hunks, i, x, y)
	}
	return pieces(join(hunks, x, y), x, y)
}

// hunksOf gathers what was marked.
func hunksOf(deleted, inserted []bool) []hunk {
	var hunks []hunk
	i, j := 0, 0
	for i < len(deleted) || j < len(inserted) {
		h := hunk{i, i, j, j}
		for i < len(deleted) && deleted[i] {
			i++
		}
		for j < len(inserted) && inserted[j] {
			j++
		}
		if h.a1, h.b1 = i, j; h.a0 < h.a1 || h.b0 < h.b1 {
			hunks = append(hunks, h)
		}
		for i < len(deleted) && j < len(inserted) && !deleted[i] && !inserted[j] {
			i, j = i+1, j+1
		}
	}
	return hunks
}

// slide moves a hunk that only inserts, or only deletes, to where a sentence begins, if the same words could be marked there: of "One. Two. Two. Three."
// a reader sees a whole sentence come, and not the end of one with the beginning of the next.
func slide(hunks []hunk, at int, a, b []string) {
	h := &hunks[at]
	words, from, to := b, h.b0, h.b1
	if h.b0 == h.b1 {
		words, from, to = a, h.a0, h.a1
	} else if h.a0 < h.a1 {
		return
	}
	least, most := from-h.a0, len(words)
	if at > 0 { // the words between are the same
		least += hunks[at-1].a1
	}
	if at+1 < len(hunks) {
		most = to + hunks[at+1].a0 - h.a1
	}
	by, best := 0, 0
	back := 0
	for from+back > least && words[from+back-1] == words[to+back-1] {
		back--
	}
	forth := 0
	for to+forth < most && words[from+forth] == words[to+forth] {
		forth++
	}
	for n := back; n <= forth; n++ {
		if rank := startsWell(words, from+n); rank > best || rank == best && n <= 0 {
			by, best = n, rank
		}
	}
	h.a0, h.a1, h.b0, h.b1 = h.a0+by, h.a1+by, h.b0+by, h.b1+by
}

// startsWell ranks a place in a line where marked words could begin: before a sentence, after another sign, or anywhere.
func startsWell(words []string, at int) int {
	switch {
	case at == 0 || strings.Contains(".!?。！？؟", words[at-1]):
		return 2
	case !IsWord(words[at-1]):
		return 1
	}
	return 0
}

// join makes one hunk of two with so little between them that they are easier to read as one: signs alone, or letters of which each of the two has
// twice as many.
func join(hunks []hunk, a, b []string) []hunk {
	var out []hunk
	for _, h := range hunks {
		if last := len(out) - 1; last >= 0 && joined(out[last], h, a, b) {
			out[last].a1, out[last].b1 = h.a1, h.b1
			continue
		}
		out = append(out, h)
	}
	return out
}

func joined(g, h hunk, a, b []string) bool {
	if g.a0 == g.a1 && h.a0 == h.a1 || g.b0 == g.b1 && h.b0 == h.b1 {
		return false // only insertions, or only deletions
	}
	between := a[g.a1:h.a0]
	letters := letterCount(between)
	if letters == 0 {
		return true
	}
	return letters <= mostJoined && 2*letters <= g.letters(a, b) && 2*letters <= h.letters(a, b)
}

// mostJoined is how many letters may be marked that both texts have, so that one change is read and not two.
const mostJoined = 4

// letters are the most that either side of the hunk has.
func (h hunk) letters(a, b []string) int {
	return max(letterCount(a[h.a0:h.a1]), letterCount(b[h.b0:h.b1]))
}

// letterCount counts the characters of words that are more than signs, without spaces.
func letterCount(words []string) int {
	n := 0
	for _, w := range words {
		if IsWord(w) {
			n += utf8.RuneCountInString(strings.TrimPrefix(w, " "))
		}
	}
	return n
}

// pieces are the words of a line by the hunks in it.
func pieces(hunks []hunk, a, b []string) []Piece {
	var all []Piece
	add := func(op Op, words []string) {
		if len(words) == 0 {
			return
		}
		p := Piece{Op: op, Text: strings.Join(words, "")}
		if op != Equal {
			p.words = wordCount(words)
		}
		all = append(all, p)
	}
	at := 0
	for _, h := range hunks {
		add(Equal, a[at:h.a0])
		add(Deleted, a[h.a0:h.a1])
		add(Inserted, b[h.b0:h.b1])
		at = h.a1
	}
	add(Equal, a[at:])
	return all
}
