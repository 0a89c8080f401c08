// Package diag holds findings: what is wrong, where, and with which values. A finding is never a sentence. The
// sentences are messages, looked up by the finding's ID when it is printed, so that each command can speak the
// language of its user.
package diag

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A Position is a place in a file. Line and Column count from 1, Column in bytes; 0 means that the whole file (or
// the whole line) is meant.
type Position struct {
	// File is a path relative to the root of the site, with slashes.
	File         string
	Line, Column int
}

// String returns the position as compilers print it, "file:line:column", leaving out what is 0.
func (p Position) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			s += ":" + strconv.Itoa(p.Column)
		}
	}
	return s
}

// Severity tells whether a finding stops the command.
type Severity int

const (
	// Error stops the command before it has changed anything.
	Error Severity = iota
	// Warning is shown and changes nothing.
	Warning
)

// Args are the values that a message names, by the name it uses for them.
type Args map[string]any

// A Related place is a second one that explains the finding: the other of two equal anchors, the source of a
// translation.
type Related struct {
	// ID is that of the message that says what the place is: "related.first-use".
	ID string
	// At may be the zero Position, where there is no file to name.
	At   Position
	Args Args
}

// A Finding is one thing that is wrong.
type Finding struct {
	// ID names the rule, in lower case with hyphens. The message of the same ID is what is wrong; the message
	// with ".hint" after it is what to do.
	ID       string
	Severity Severity
	At       Position
	Args     Args
	Related  []Related
}

// Findings are what a stage found. A stage returns all of them, not the first.
type Findings []Finding

// Below returns the findings as they are about files below a folder: its name stands before theirs. Where it is empty or ".", they
// stay as they are.
func (fs Findings) Below(folder string) Findings {
	if folder == "" || folder == "." {
		return fs
	}
	below := func(at Position) Position {
		if at.File != "" {
			at.File = path.Join(folder, at.File)
		}
		return at
	}
	var all Findings
	for _, f := range fs {
		f.At = below(f.At)
		f.Related = slices.Clone(f.Related)
		for i := range f.Related {
			f.Related[i].At = below(f.Related[i].At)
		}
		all = append(all, f)
	}
	return all
}

// Add appends an error.
func (fs *Findings) Add(at Position, id string, args Args, related ...Related) {
	*fs = append(*fs, Finding{ID: id, At: at, Args: args, Related: related})
}

// Warn appends a warning.
func (fs *Findings) Warn(at Position, id string, args Args, related ...Related) {
	*fs = append(*fs, Finding{ID: id, Severity: Warning, At: at, Args: args, Related: related})
}

// Errors reports how many findings are errors.
func (fs Findings) Errors() int {
	n := 0
	for _, f := range fs {
		if f.Severity == Error {
			n++
		}
	}
	return n
}

// Sort puts the findings in the order of their places, and drops repetitions of the same finding.
func (fs *Findings) Sort() {
	slices.SortStableFunc(*fs, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
			strings.Compare(a.ID, b.ID),
		)
	})
	*fs = slices.CompactFunc(*fs, func(a, b Finding) bool {
		return a.ID == b.ID && a.At == b.At && fmt.Sprint(a.Args) == fmt.Sprint(b.Args)
	})
}
