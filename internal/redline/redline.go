// Package redline compares two texts of a notice: sections first, then the blocks of each, then words. It is pure: two texts
// in, the changes out. What it finds follows from the texts alone, and assets/js/compare.js, which compares any two versions in a
// browser, finds the same.
package redline

import (
	"slices"
	"strings"

	"placard/internal/markdown"
	"placard/internal/notice"
)

// A Kind is what happened to a section.
type Kind string

const (
	// Same is a section with the same words, links and marks.
	Same Kind = "same"
	// Added is one that the older text has not.
	Added Kind = "added"
	// Removed is one that the newer text has not.
	Removed Kind = "removed"
	// Changed is one with other words.
	Changed Kind = "changed"
	// Marked is one with the same words but with other links, emphasis or lists.
	Marked Kind = "marked"
	// Translated is one that was not translated in the older text.
	Translated Kind = "translated"
	// Untranslated is one that is not translated in the newer text, and was in the older one.
	Untranslated Kind = "untranslated"
	// Away is where a section stood in the older text that stands elsewhere in the newer one. What happened to it is said there.
	Away Kind = "away"
)

// A Section is what happened to one section, subsection or appendix, its own heading and text only.
type Section struct {
	Kind Kind
	// Moved is whether it stands elsewhere among the sections that both texts have, or below another one. A section that went along with the one
	// that it is part of is not moved.
	Moved bool
	// Old and New are the section in either text; nil where it has none, and for the words before the first section.
	Old, New *notice.Section
	// Title is the heading; that of the words before the first section is the title of the notice.
	Title []Piece
	// Blocks are of a section that was added, removed or changed, the blocks of both texts in the order of reading; nil for all others.
	Blocks []Block
	// Inserted and Deleted count words.
	Inserted, Deleted int
	// Links are the destinations, as authors write them, that only one of the texts has, in the order of reading, of a section that both have.
	Links []Link
}

// A Link is the destination of a link that only one of two texts has.
type Link struct {
	Destination string
	Old         bool // whether it is the older text that has it
}

// Anchor is that of the newer text, or of the older one if the newer has not the section. It is empty for the words before the first section.
func (s Section) Anchor() string {
	switch {
	case s.New != nil:
		return s.New.Anchor
	case s.Old != nil:
		return s.Old.Anchor
	}
	return ""
}

// Titles are the headings in either text, in plain words; one that there is not is empty.
func (s Section) Titles() (older, newer string) { return Before(s.Title), After(s.Title) }

// Renamed reports whether the section has another heading than before.
func (s Section) Renamed() bool {
	older, newer := s.Titles()
	return older != newer && (s.Kind == Changed || s.Kind == Marked)
}

// Reworded reports whether words below the heading of a section that both texts have differ.
func (s Section) Reworded() bool {
	return s.Kind == Changed && slices.ContainsFunc(s.Blocks, Block.Differs)
}

// Differs reports whether anything happened to the section.
func (s Section) Differs() bool { return s.Kind != Away && (s.Kind != Same || s.Moved) }

// Changes returns the sections to which something happened.
func Changes(all []Section) []Section {
	return slices.DeleteFunc(slices.Clone(all), func(s Section) bool { return !s.Differs() })
}

// Compare returns the sections of two texts, in the order of the newer one, what was removed and where moved sections stood after what
// stood before it. moved gives the newer anchor for older ones that have another name. The first section is the words before the first
// one, with title and description.
func Compare(older, newer *notice.Text, moved map[string]string) []Section {
	return compare(flat(older, older.Sections()), flat(newer, newer.Sections()), moved)
}

// Between compares the texts that two documents have in a locale, as Compare does. A section that only the source text of a document has is not
// translated there: so it may be with an appendix, the file of which is left out.
func Between(older, newer *notice.Document, locale string, moved map[string]string) []Section {
	return compare(flat(older.Texts[locale], older.Shaped(locale)), flat(newer.Texts[locale], newer.Shaped(locale)), moved)
}

// part is one section of a text, as it is compared.
type part struct {
	section *notice.Section // nil for the words before the first one
	anchor  string
	title   string
	parent  int // the place of the section that it is part of; -1 for none
	blocks  []markdown.Block
	text    *markdown.Part
	links   []markdown.Link
	missing bool
}

func flat(t *notice.Text, sections []*notice.Section) []part {
	all := []part{{title: t.Title.Value, parent: -1, blocks: Start(t), text: t.Preamble(), links: t.Preamble().Links()}}
	var add func(sections []*notice.Section, parent int)
	add = func(sections []*notice.Section, parent int) {
		for _, s := range sections {
			all = append(all, part{s, s.Anchor, s.Title, parent, s.Part.Blocks(), s.Part, s.Part.Links(), s.Missing()})
			at := len(all) - 1
			add(s.Sections, at)
			add(s.Appendices, at)
		}
	}
	add(sections, -1)
	return all
}

// Start returns the blocks of a text before its first section, its description first.
func Start(t *notice.Text) []markdown.Block {
	var blocks []markdown.Block
	if words := strings.Join(strings.Fields(t.Description.Value), " "); words != "" {
		blocks = append(blocks, markdown.Block{Cells: []string{words}})
	}
	return append(blocks, t.Preamble().Blocks()...)
}

func compare(a, b []part, moved map[string]string) []Section {
	m := match(a, b, moved)
	var all []Section
	gone := func(after int) {
		for _, i := range m.goneAfter[after] {
			if m.newer[i] < 0 {
				all = append(all, removed(a[i]))
			} else {
				all = append(all, Section{Kind: Away, Old: a[i].section, New: b[m.newer[i]].section, Title: same(a[i].title)})
			}
		}
	}
	for j := range b {
		if i := m.older[j]; i < 0 {
			all = append(all, added(b[j]))
		} else {
			s := changed(a[i], b[j])
			s.Moved = m.moved[j]
			all = append(all, s)
		}
		gone(j)
	}
	return all
}

func added(p part) Section {
	s := Section{Kind: Added, New: p.section, Title: whole(Inserted, p.title), Blocks: draw(nil, p.blocks)}
	s.count()
	return s
}

func removed(p part) Section {
	s := Section{Kind: Removed, Old: p.section, Title: whole(Deleted, p.title), Blocks: draw(p.blocks, nil)}
	s.count()
	return s
}

// changed compares a section that both texts have.
func changed(a, b part) Section {
	s := Section{Kind: Same, Old: a.section, New: b.section}
	switch {
	case a.missing != b.missing:
		s.Title, s.Kind = same(b.title), Translated
		if b.missing {
			s.Kind = Untranslated
		}
		return s
	case b.missing: // as is the other: the text of the source stands in place of both
		s.Title = same(b.title)
		return s
	case a.title == b.title && slices.EqualFunc(a.blocks, b.blocks, sameWords):
		s.Title = same(b.title)
		if a.text.Dress() != b.text.Dress() {
			s.Kind, s.Links = Marked, linkChanges(a.links, b.links)
		}
		return s
	}
	s.Kind, s.Title, s.Blocks, s.Links = Changed, compareLine(a.title, b.title), draw(a.blocks, b.blocks), linkChanges(a.links, b.links)
	s.count()
	return s
}

func linkChanges(a, b []markdown.Link) []Link {
	destinations := func(links []markdown.Link) []string {
		var all []string
		for _, l := range links {
			all = append(all, l.Destination)
		}
		return all
	}
	x, y := destinations(a), destinations(b)
	deleted, inserted := edits(x, y)
	var all []Link
	walk(deleted, inserted, func(i, j int) {
		switch {
		case j < 0:
			all = append(all, Link{x[i], true})
		case i < 0:
			all = append(all, Link{y[j], false})
		}
	})
	return all
}

// count counts the words of the section that only one of the texts has.
func (s *Section) count() {
	add := func(pieces []Piece) {
		for _, p := range pieces {
			switch p.Op {
			case Inserted:
				s.Inserted += p.words
			case Deleted:
				s.Deleted += p.words
			}
		}
	}
	add(s.Title)
	for _, b := range s.Blocks {
		for _, c := range b.Cells {
			add(c)
		}
	}
}
