package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"placard/internal/diag"
)

// What a text may have. Parsing takes time that grows with the square of the marks of a paragraph and with the lines
// times their nesting; a notice of 20,000 words has less than a tenth of any of these.
const (
	// MaxNesting is how deep lists, quotations, brackets and emphasis may stand in one another.
	MaxNesting = 100
	// maxWeight is for all lines of a file: each counts one, one for each list or quotation that it stands in, one
	// for each mark, and in a table as much as the table has columns.
	maxWeight = 50_000
	// maxMarks is for the lines between two empty ones: brackets, emphasis, code, "<", "{" and "\".
	maxMarks = 5_000
	// maxHeadings is for a file.
	maxHeadings = 1_000
)

// weighing is what simple looks at the lines of a text.
type weighing struct {
	s        *Source
	findings *diag.Findings

	weight   int // of the lines so far
	marks    int // since the last empty line
	open     int // brackets, since the last empty line
	columns  int // of the table that the line may belong to, since the last empty line
	depth    int // of the lists and quotations that the line may stand in
	headings int
	empty    bool // whether the line before was
}

// bearable reports whether the text can be parsed in reasonable time, without parsing it.
func (s *Source) bearable(findings *diag.Findings) bool {
	w := weighing{s: s, findings: findings, empty: true}
	offset := 0
	for line := range bytes.Lines(s.source) {
		if !w.line(offset, line) {
			return false
		}
		offset += len(line)
	}
	return true
}

func (w *weighing) refuse(offset int, id string, limit int) bool {
	w.findings.Add(w.s.place(offset), id, diag.Args{"Limit": limit})
	return false
}

func (w *weighing) line(offset int, line []byte) bool {
	if len(bytes.TrimSpace(line)) == 0 {
		w.marks, w.open, w.columns, w.empty = 0, 0, 0, true
		w.weight += 1 + w.depth
		return w.weight <= maxWeight || w.refuse(offset, "text-too-heavy", maxWeight)
	}
	indent, containers, rest := opening(line)
	if indent+containers > 0 || w.empty {
		w.depth = min(indent/2, w.depth) + containers
	}
	w.empty = false
	if w.depth > MaxNesting {
		return w.refuse(offset, "nesting-too-deep", MaxNesting)
	}
	if bytes.HasPrefix(rest, []byte("#")) {
		if w.headings++; w.headings > maxHeadings {
			return w.refuse(offset, "headings-too-many", maxHeadings)
		}
	}
	bars := 0
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
			w.marks++
			w.weight++
			continue
		case '|':
			bars++
			continue
		case '[':
			w.open++
		case ']':
			w.open = max(0, w.open-1)
		case '*', '_', '`', '<', '{', '&', '!':
		default:
			continue
		}
		w.marks++
		w.weight++
		if w.open > MaxNesting {
			return w.refuse(offset, "nesting-too-deep", MaxNesting)
		}
	}
	w.columns = max(w.columns, bars)
	w.weight += 1 + w.depth + w.columns
	switch {
	case w.marks > maxMarks:
		return w.refuse(offset, "marks-too-many", maxMarks)
	case w.weight > maxWeight:
		return w.refuse(offset, "text-too-heavy", maxWeight)
	}
	return true
}

// opening returns the columns by which a line is indented, how many marks of lists, quotations, definitions and notes
// follow, and what comes behind them.
func opening(line []byte) (indent, containers int, rest []byte) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' && containers == 0:
			indent++
		case c == '\t' && containers == 0:
			indent += 4 - indent%4
		case c == ' ', c == '\t':
		case c == '>':
			containers++
		case (c == '-' || c == '*' || c == '+' || c == ':') && i+1 < len(line) && bytes.IndexByte([]byte(" \t\n"), line[i+1]) >= 0:
			containers++
		case c >= '0' && c <= '9':
			end := i
			for end < len(line) && line[end] >= '0' && line[end] <= '9' {
				end++
			}
			if end+1 >= len(line) || line[end] != '.' && line[end] != ')' || bytes.IndexByte([]byte(" \t\n"), line[end+1]) < 0 {
				return indent, containers, line[i:]
			}
			i = end
			containers++
		default:
			return indent, containers, line[i:]
		}
	}
	return indent, containers, nil
}

// shallow finds what stands too deep in other things to be seen without parsing: emphasis in emphasis. It reports
// whether there is none.
func (d *Document) shallow(root ast.Node, findings *diag.Findings) bool {
	depth, deepest := 0, ast.Node(nil)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		depth++
		// A list and its items are two nodes, and so is a quotation with its paragraph.
		if depth > 3*MaxNesting || n.Kind() == ast.KindEmphasis && emphasized(n) > MaxNesting {
			deepest = n
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	if deepest == nil {
		return true
	}
	findings.Add(d.placeOf(deepest), "nesting-too-deep", diag.Args{"Limit": MaxNesting})
	return false
}

// emphasized returns in how many marks of emphasis a node stands, itself among them.
func emphasized(n ast.Node) int {
	count := 0
	for ; n != nil && n.Kind() == ast.KindEmphasis; n = n.Parent() {
		count++
	}
	return count
}
