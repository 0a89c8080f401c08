// Package redline compares two texts of a notice. It is pure: two texts in, the changes out.
package redline

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"znkr.io/diff"

	"placard/internal/notice"
)

// A Kind is what happened to a section.
type Kind int

const (
	// Added is a section that the older text has not.
	Added Kind = iota
	// Removed is one that the newer text has not.
	Removed
	// Changed is one with other words.
	Changed
	// Marked is one with the same words but with other links, emphasis, lists or white space.
	Marked
)

// A Change is what happened to one section, subsection or appendix, its own heading and text only.
type Change struct {
	Kind Kind
	// Anchor is the newer one; empty for the preamble (with the title and the description of the notice).
	Anchor string
	// Before is the older anchor of a section that moved, and empty otherwise.
	Before string
	// OldTitle and NewTitle are the headings; one of them is empty for what was added or removed.
	OldTitle, NewTitle string
	// Inserted and Deleted count words, as Unicode Standard Annex 29 bounds them.
	Inserted, Deleted int
	// Lines are, of a section with other words, those that only one of the two has, in the order of reading, the older ones before those that took their place: its
	// heading, a paragraph, a cell of a table.
	Lines []Line
}

// A Line is one that only one of two texts has.
type Line struct {
	Words string
	Old   bool // whether it is the older text that has it
}

// Renamed reports whether a section that stays has another heading.
func (c Change) Renamed() bool {
	return c.Kind == Changed && c.OldTitle != c.NewTitle
}

// Compare returns what leads from the older to the newer text, in the order of the newer one, removed sections after
// what stood before them. moved gives the newer anchor for older ones that have another name.
func Compare(older, newer *notice.Text, moved map[string]string) []Change {
	a, b := sections(older), sections(newer)
	at := map[string]int{}
	for i, s := range b {
		at[s.anchor] = i
	}
	partner := make([]int, len(b))
	for i := range partner {
		partner[i] = -1
	}
	// A section that kept its anchor is the same one, whatever else moved there: what moved into it is removed.
	newIndex := make([]int, len(a))
	for i, s := range a {
		newIndex[i] = -1
		if j, ok := at[s.anchor]; ok {
			partner[j], newIndex[i] = i, j
		}
	}
	for i, s := range a {
		if j, ok := at[moved[s.anchor]]; ok && moved[s.anchor] != "" && newIndex[i] < 0 && partner[j] < 0 {
			partner[j], newIndex[i] = i, j
		}
	}
	removedAfter := map[int][]section{} // index in b -> what is gone; -1 for the start
	last := -1
	for i, s := range a {
		if newIndex[i] >= 0 {
			last = newIndex[i]
		} else {
			removedAfter[last] = append(removedAfter[last], s)
		}
	}
	var changes []Change
	remove := func(after int) {
		for _, s := range removedAfter[after] {
			changes = append(changes, Change{Kind: Removed, Anchor: s.anchor, OldTitle: s.title, Deleted: count(s.words())})
		}
	}
	remove(-1)
	for j, s := range b {
		switch {
		case partner[j] < 0:
			changes = append(changes, Change{Kind: Added, Anchor: s.anchor, NewTitle: s.title, Inserted: count(s.words())})
		default:
			if c, differs := compare(a[partner[j]], s); differs {
				changes = append(changes, c)
			}
		}
		remove(j)
	}
	return changes
}

type section struct {
	anchor, title string
	lines         []string
	source        []byte
}

func sections(t *notice.Text) []section {
	all := []section{{title: t.Title.Value, lines: append([]string{t.Description.Value}, t.Preamble().Lines()...), source: t.Preamble().Source()}}
	t.Each(func(s *notice.Section) {
		all = append(all, section{s.Anchor, s.Title, s.Part.Lines(), s.Part.Source()})
	})
	return all
}

func (s section) words() []string { return split(s.title + "\n" + strings.Join(s.lines, "\n")) }

// titled are the lines with the heading before them.
func (s section) titled() []string { return append([]string{s.title}, s.lines...) }

func compare(a, b section) (Change, bool) {
	c := Change{Kind: Changed, Anchor: b.anchor, OldTitle: a.title, NewTitle: b.title}
	if a.anchor != b.anchor {
		c.Before = a.anchor
	}
	if a.title == b.title && slices.Equal(a.lines, b.lines) {
		c.Kind = Marked
		return c, !bytes.Equal(bytes.TrimSpace(a.source), bytes.TrimSpace(b.source))
	}
	for _, e := range diff.Edits(a.titled(), b.titled()) {
		switch e.Op {
		case diff.Insert:
			c.Lines = append(c.Lines, Line{Words: e.Y})
		case diff.Delete:
			c.Lines = append(c.Lines, Line{e.X, true})
		}
	}
	for _, e := range diff.Edits(a.words(), b.words()) {
		switch {
		case e.Op == diff.Insert && isWord(e.Y):
			c.Inserted++
		case e.Op == diff.Delete && isWord(e.X):
			c.Deleted++
		}
	}
	return c, true
}

func split(text string) []string {
	var out []string
	for it := words.FromString(text); it.Next(); {
		out = append(out, it.Value())
	}
	return out
}

func isWord(token string) bool {
	return strings.ContainsFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

func count(tokens []string) int {
	n := 0
	for _, t := range tokens {
		if isWord(t) {
			n++
		}
	}
	return n
}
