package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"placard/internal/diag"
	"placard/internal/plain"
)

// readable checks the bytes before any parser sees them. What "placard fmt" mends is mended here too, so that the rest
// of what is wrong is found in one go; the findings keep anybody from using the document.
func (s *Source) readable(findings *diag.Findings) bool {
	at := diag.Position{File: s.File}
	switch {
	case len(s.data) > MaxFile:
		findings.Add(at, "file-too-long", diag.Args{"Limit": plain.Size(MaxFile)})
		return false
	case len(bytes.TrimSpace(s.data)) == 0:
		findings.Add(at, "file-empty", nil)
		return false
	}
	*findings = plain.Check(s.File, s.data)
	if findings.Errors() > 0 {
		return false
	}
	*findings = append(*findings, plain.Form(s.File, s.data)...)
	s.data, _ = plain.Mend(s.data)
	return true
}

// findTemplates refuses what looks like a template or a shortcode: an author who writes it expects something to
// happen, and nothing would.
func (d *Document) findTemplates(findings *diag.Findings) {
	for from := 0; ; {
		i := bytes.Index(d.source[from:], []byte("{{"))
		if i < 0 {
			return
		}
		from += i
		findings.Add(d.place(from), "template-syntax", nil)
		if next := bytes.IndexByte(d.source[from:], '\n'); next >= 0 {
			from += next
		} else {
			return
		}
	}
}

// A placeholder is what archetypes leave for an author to replace; a link whose words are in brackets is none.
var placeholder = regexp.MustCompile(`\[\[[^\[\]]*\]\](?:[^(]|$)`)

// IsPlaceholder reports whether something in the text is still to be written.
func IsPlaceholder(text string) bool { return placeholder.MatchString(text) }

func (d *Document) findPlaceholders(findings *diag.Findings) {
	for _, m := range placeholder.FindAllIndex(d.data, -1) {
		findings.Add(d.place(m[0]-d.body), "placeholder", nil)
	}
}

// A reference to a footnote; and one to an address that is defined nowhere, as it is printed.
var (
	noteReference = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
	deadReference = regexp.MustCompile(`\[[^\[\]]+\](?:\[[^\[\]]*\]|\([^()]*\))`)
)

// An address that is defined apart from its links is printed nowhere, and so is a sentence that looks like one.
var linkDefinition = regexp.MustCompile(`^[ >]*\[[^\]^\n][^\]\n]*\]:`)

// What was meant as a heading and is printed as words.
var tightHeading = regexp.MustCompile(`^#{2,6}[^# ]+`)

// placeIn is the place of some words of a part, or of the part where they stand otherwise in the prose.
func (d *Document) placeIn(prose []byte, p *Part, words string) diag.Position {
	from, to := max(p.start, d.body)-d.body, max(p.end, d.body)-d.body
	if i := bytes.Index(prose[from:to], []byte(words)); i >= 0 {
		return d.place(from + i)
	}
	return p.At
}

var noteDefinition = regexp.MustCompile(`^ {0,3}\[\^([^\]\n]+)\]:`)

// inLines returns the matches of an expression as FindAllSubmatchIndex does, line by line, and looks only at lines that
// hold a mark without which there is no match: searching all of a text costs more than parsing it.
func inLines(text []byte, expression *regexp.Regexp, mark string) [][]int {
	var found [][]int
	for from := 0; ; {
		next := bytes.Index(text[from:], []byte(mark))
		if next < 0 {
			return found
		}
		start := bytes.LastIndexByte(text[:from+next], '\n') + 1
		end := len(text)
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		for _, m := range expression.FindAllSubmatchIndex(text[start:end], -1) {
			for i := range m {
				m[i] += start
			}
			found = append(found, m)
		}
		if from = end; from == len(text) {
			return found
		}
	}
}

// findLostNotes finds the footnotes that no text refers to, which would not be printed, and the references to notes
// that are not there, which would be printed as they stand.
func (d *Document) findLostNotes(prose []byte, findings *diag.Findings) {
	kept, known := map[string]bool{}, map[string]bool{}
	for index, n := range d.notes {
		kept[string(n.Ref)] = d.claimed[index]
	}
	definitions := inLines(prose, noteDefinition, "[^")
	for _, m := range definitions {
		known[string(d.source[m[2]:m[3]])] = true
	}
	for _, m := range inLines(prose, linkDefinition, "]:") {
		findings.Add(d.place(m[0]), "link-definition", nil)
	}
	for _, m := range inLines(prose, noteReference, "[^") {
		if name := string(d.source[m[2]:m[3]]); !known[name] {
			findings.Add(d.place(m[0]), "footnote-unknown", diag.Args{"Name": name})
		}
	}
	for _, p := range d.all() {
		for _, line := range p.proseLines(prose) {
			if strings.Contains(line, "[") {
				if m := deadReference.FindString(line); m != "" {
					findings.Add(d.placeIn(prose, p, m), "reference-unknown", diag.Args{"Text": m})
				}
			}
			if strings.HasPrefix(line, "#") {
				if m := tightHeading.FindString(line); m != "" {
					findings.Add(d.placeIn(prose, p, m), "heading-tight", diag.Args{"Text": m})
				}
			}
		}
	}
	at := map[string]diag.Position{}
	for _, m := range definitions {
		name := string(d.source[m[2]:m[3]])
		first, twice := at[name]
		switch {
		case twice:
			findings.Add(d.place(m[0]), "footnote-twice", diag.Args{"Name": name}, diag.Related{ID: "related.first-use", At: first})
		case !kept[name]:
			findings.Add(d.place(m[0]), "footnote-unused", diag.Args{"Name": name})
		}
		if !twice {
			at[name] = d.place(m[0])
		}
	}
}

// inspect finds what a text may not hold, and prepares what is printed with attributes.
func (d *Document) inspect(root ast.Node, findings *diag.Findings) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			findings.Add(d.placeOf(n), "raw-html", nil)
		case *ast.RawHTML:
			if !bytes.HasPrefix(n.Segments.Value(d.source), []byte("</")) { // the opening tag was found
				findings.Add(d.placeOf(n), "raw-html", nil)
			}
		case *ast.Image:
			findings.Add(d.placeOf(n), "image", nil)
		case *ast.Heading:
			if n.Parent() != root {
				findings.Add(d.placeOf(n), "heading-nested", nil)
			}
		case *extast.TableRow:
			at := d.placeOf(n)
			if cells := countCells(d.lines.Line(d.data, at.Line)[at.Column-1:]); cells > len(n.Alignments) {
				findings.Add(at, "table-row-long", diag.Args{"Cells": cells, "Columns": len(n.Alignments)})
			}
		case *ast.Link:
			if n.FirstChild() == nil {
				findings.Add(d.placeOf(n), "link-without-text", nil)
			}
		}
		return ast.WalkContinue, nil
	})
}

// countCells counts the cells of a line of a table. Goldmark leaves out those that have no column.
func countCells(line []byte) int {
	row := bytes.TrimSpace(line)
	row = bytes.TrimPrefix(row, []byte("|"))
	cells := 1
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') && i+1 < len(row) {
			cells++
		}
	}
	return cells
}
