package cli

import (
	"fmt"
	"strings"

	"placard/internal/diag"
	"placard/internal/redline"
)

// listChanges prints a line for each section, in columns that a terminal shows well, and, if asked for, below it the lines of words that
// were changed.
func (p *program) listChanges(changes []redline.Section, words bool) {
	for _, c := range changes {
		numbers := ""
		if c.Inserted+c.Deleted > 0 {
			numbers = fmt.Sprintf("+%d -%d", c.Inserted, c.Deleted)
		}
		fmt.Fprintf(p.out, "  %-9s %-12s %s\n", p.happened(c), numbers, p.changeTitle(c))
		if words && c.Kind == redline.Changed {
			p.listLines(c)
		}
	}
}

// listLines prints the lines that are not the same in two texts, the heading first, the older one before the newer.
func (p *program) listLines(c redline.Section) {
	lines := [][]redline.Piece{c.Title}
	for _, b := range c.Blocks {
		lines = append(lines, b.Cells...)
	}
	for _, line := range lines {
		older, newer := visible(redline.Before(line)), visible(redline.After(line))
		if older == newer {
			continue
		}
		if older != "" {
			fmt.Fprintf(p.out, "    - %s\n", older)
		}
		if newer != "" {
			fmt.Fprintf(p.out, "    + %s\n", newer)
		}
	}
}

// happened says what happened to a section: that it was renamed, that its words changed, that it moved.
func (p *program) happened(c redline.Section) string {
	var all []string
	say := func(id string, is bool) {
		if is {
			all = append(all, p.messages.get(id, nil))
		}
	}
	say("change.added", c.Kind == redline.Added)
	say("change.removed", c.Kind == redline.Removed)
	say("change.translated", c.Kind == redline.Translated)
	say("change.untranslated", c.Kind == redline.Untranslated)
	say("change.renamed", c.Renamed())
	say("change.changed", c.Reworded())
	say("change.marked", c.Kind == redline.Marked)
	say("change.moved", c.Moved)
	return strings.Join(all, ", ")
}

func (p *program) changeTitle(c redline.Section) string {
	older, newer := c.Titles()
	if c.Renamed() {
		return p.messages.get("change.title-renamed", diag.Args{"Old": older, "New": newer, "Anchor": changeName(c)})
	}
	title := newer
	if c.Kind == redline.Removed {
		title = older
	}
	return p.messages.get("change.title", diag.Args{"Title": title, "Anchor": changeName(c)})
}

// changeName is the anchor of what changed; the title and the words before the first section have none.
func changeName(c redline.Section) string {
	if c.Anchor() == "" {
		return "preamble"
	}
	return "#" + c.Anchor()
}
