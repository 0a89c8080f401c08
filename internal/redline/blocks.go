package redline

import (
	"slices"
	"strings"

	"placard/internal/markdown"
)

// An Op says which of two texts has something.
type Op byte

const (
	// Equal is in both.
	Equal Op = iota
	// Deleted is in the older one alone.
	Deleted
	// Inserted is in the newer one alone.
	Inserted
)

// A Block is one of the newer text, one of the older, or one of both that has other words in each.
type Block struct {
	// Op is Equal also where words in it differ.
	Op Op
	// In are the elements around it. Those of a block of the older text alone are the newer ones as far as these are there, and have numbers
	// below 0 otherwise.
	In   []markdown.Place
	Head bool // whether it is the row of a table that says what stands below it
	// Cells are those of the row of a table; any other block has one.
	Cells [][]Piece
}

// Row reports whether the block is a row of a table.
func (b Block) Row() bool { return markdown.Block{In: b.In}.Row() }

// Differs reports whether the block is not the same in both texts.
func (b Block) Differs() bool {
	return slices.ContainsFunc(b.Cells, func(cell []Piece) bool {
		return slices.ContainsFunc(cell, func(p Piece) bool { return p.Op != Equal })
	})
}

func sameWords(a, b markdown.Block) bool { return a.Row() == b.Row() && slices.Equal(a.Cells, b.Cells) }

// draw returns the blocks of both lists, each with its words marked.
func draw(a, b []markdown.Block) []Block {
	pairs := pairBlocks(a, b)
	places := map[string][]markdown.Place{} // where the older places are in the newer text
	for i, j := range pairs {
		if j >= 0 {
			for n := 1; n <= len(a[i].In) && n <= len(b[j].In) && a[i].In[n-1].Element == b[j].In[n-1].Element; n++ {
				if key := nameOf(a[i].In[:n]); places[key] == nil {
					places[key] = b[j].In[:n]
				}
			}
		}
	}
	var all []Block
	next := 0
	inserted := func(to int) {
		for ; next < to; next++ {
			all = append(all, alone(Inserted, b[next], b[next].In))
		}
	}
	for i, j := range pairs {
		if j < 0 {
			all = append(all, alone(Deleted, a[i], placeOf(a[i].In, places)))
			continue
		}
		inserted(j)
		all = append(all, Block{In: b[j].In, Head: b[j].Head, Cells: cells(a[i].Cells, b[j].Cells)})
		next = j + 1
	}
	inserted(len(b))
	return all
}

func nameOf(in []markdown.Place) string {
	var b strings.Builder
	for _, p := range in {
		b.WriteString(p.String() + "/")
	}
	return b.String()
}

// placeOf returns where a block of the older text alone stands in the newer one.
func placeOf(in []markdown.Place, places map[string][]markdown.Place) []markdown.Place {
	for n := len(in); n >= 0; n-- {
		known, ok := places[nameOf(in[:n])]
		if !ok && n > 0 {
			continue
		}
		out := slices.Clone(known)
		for _, p := range in[n:] {
			out = append(out, markdown.Place{Element: p.Element, Number: -p.Number})
		}
		return out
	}
	return nil
}

func alone(op Op, b markdown.Block, in []markdown.Place) Block {
	out := Block{Op: op, In: in, Head: b.Head}
	for _, words := range b.Cells {
		out.Cells = append(out.Cells, whole(op, words))
	}
	return out
}

// cells compares the cells of two rows: each with that at its place where there are as many, and otherwise with that which has its
// words.
func cells(a, b []string) [][]Piece {
	var all [][]Piece
	if len(a) == len(b) {
		for i := range a {
			all = append(all, compareLine(a[i], b[i]))
		}
		return all
	}
	x, y := asBlocks(a), asBlocks(b)
	next := 0
	for i, j := range pairBlocks(x, y) {
		if j < 0 {
			all = append(all, whole(Deleted, a[i]))
			continue
		}
		for ; next < j; next++ {
			all = append(all, whole(Inserted, b[next]))
		}
		all = append(all, compareLine(a[i], b[j]))
		next = j + 1
	}
	for ; next < len(b); next++ {
		all = append(all, whole(Inserted, b[next]))
	}
	return all
}

func asBlocks(cells []string) []markdown.Block {
	var all []markdown.Block
	for i := range cells {
		all = append(all, markdown.Block{Cells: cells[i : i+1]})
	}
	return all
}

// mostPairs is how many pairs of blocks are looked at between two that are the same: where there are more, none of them is taken for
// another one with other words.
const mostPairs = 1 << 20

// pairBlocks returns for each block of a that of b with which it is to be compared, or -1. First those with the same words are paired, as many as stand in the same
// order in both. Between these, those are paired that have enough words in common, so that all pairs together have as many as can be.
func pairBlocks(a, b []markdown.Block) []int {
	pairs := none(len(a))
	x, y := keysOf(a), keysOf(b)
	deleted, inserted := edits(x, y)
	bags := newBags(a, b)
	a0, b0 := 0, 0
	walk(deleted, inserted, func(i, j int) {
		if i < 0 || j < 0 {
			return
		}
		pairs[i] = j
		bags.pair(pairs, a0, i, b0, j)
		a0, b0 = i+1, j+1
	})
	bags.pair(pairs, a0, len(a), b0, len(b))
	return pairs
}

func keysOf(blocks []markdown.Block) []string {
	var keys []string
	for _, b := range blocks {
		key := strings.Join(b.Cells, "\x00")
		if b.Row() {
			key = "\x00" + key
		}
		keys = append(keys, key)
	}
	return keys
}

// bags are the words of blocks, sorted, each with its number; nil until they are asked for.
type bags struct {
	a, b       []markdown.Block
	of         map[string]int
	bagA, bagB [][]int
}

func newBags(a, b []markdown.Block) *bags {
	return &bags{a: a, b: b, of: map[string]int{}, bagA: make([][]int, len(a)), bagB: make([][]int, len(b))}
}

func (s *bags) bag(kept *[]int, block markdown.Block) []int {
	if *kept != nil {
		return *kept
	}
	bag := []int{}
	for _, line := range block.Cells {
		for _, w := range Words(line) {
			if !IsWord(w) {
				continue
			}
			w = strings.TrimPrefix(w, " ")
			if s.of[w] == 0 {
				s.of[w] = len(s.of) + 1
			}
			bag = append(bag, s.of[w])
		}
	}
	slices.Sort(bag)
	*kept = bag
	return bag
}

// common is how many words two blocks have in common, 0 where they are not to be compared: two of five words are enough.
func (s *bags) common(i, j int) int {
	if s.a[i].Row() != s.b[j].Row() {
		return 0
	}
	x, y := s.bag(&s.bagA[i], s.a[i]), s.bag(&s.bagB[j], s.b[j])
	n := 0
	for p, q := 0, 0; p < len(x) && q < len(y); {
		switch {
		case x[p] < y[q]:
			p++
		case x[p] > y[q]:
			q++
		default:
			n, p, q = n+1, p+1, q+1
		}
	}
	if 5*n < len(x)+len(y) {
		return 0
	}
	return n
}

// pair pairs blocks of a[a0:a1] and b[b0:b1].
func (s *bags) pair(pairs []int, a0, a1, b0, b1 int) {
	n, m := a1-a0, b1-b0
	if n == 0 || m == 0 || n*m > mostPairs {
		return
	}
	common := make([]int, n*m)
	best := make([]int, (n+1)*(m+1)) // of those from here on
	at := func(i, j int) int { return i*(m+1) + j }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			c := s.common(a0+i, b0+j)
			common[i*m+j] = c
			best[at(i, j)] = max(best[at(i+1, j)], best[at(i, j+1)])
			if c > 0 {
				best[at(i, j)] = max(best[at(i, j)], c+best[at(i+1, j+1)])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch c := common[i*m+j]; {
		case c > 0 && best[at(i, j)] == c+best[at(i+1, j+1)]:
			pairs[a0+i] = b0 + j
			i, j = i+1, j+1
		case best[at(i, j)] == best[at(i+1, j)]:
			i++
		default:
			j++
		}
	}
}
