package markdown

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"placard/internal/diag"
	"placard/internal/plain"
)

// A Shape is a list or a table as it is to be in every language.
type Shape struct {
	// Kind is "list", "numbered", "table" or "definitions".
	Kind string
	// Count is how many items, rows below the headings, or terms it has.
	Count int
	// Columns are those of a table.
	Columns int
	At      diag.Position
}

// Same reports whether two shapes differ in nothing but their place.
func (s Shape) Same(other Shape) bool {
	s.At, other.At = diag.Position{}, diag.Position{}
	return s == other
}

// Shapes returns the lists and tables of the part, without those in its footnotes, in their order. A list in an item follows the one
// that it is in.
func (p *Part) Shapes() []Shape {
	var shapes []Shape
	for _, block := range p.blocks {
		_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering || n.Type() != ast.TypeBlock {
				return ast.WalkContinue, nil
			}
			s := Shape{Count: n.ChildCount()}
			switch n := n.(type) {
			case *ast.List:
				s.Kind = "list"
				if n.IsOrdered() {
					s.Kind = "numbered"
				}
			case *extast.Table:
				s.Kind, s.Count, s.Columns = "table", n.ChildCount()-1, n.FirstChild().ChildCount()
			case *extast.DefinitionList:
				s.Kind, s.Count = "definitions", 0
				for c := n.FirstChild(); c != nil; c = c.NextSibling() {
					if _, ok := c.(*extast.DefinitionTerm); ok {
						s.Count++
					}
				}
			default:
				return ast.WalkContinue, nil
			}
			s.At = p.doc.placeOf(n)
			shapes = append(shapes, s)
			return ast.WalkContinue, nil
		})
	}
	return shapes
}

// A number is digits of any script, with marks between them that group them or set off fractions; an address is one of e-mail.
var (
	number  = regexp.MustCompile(`\p{Nd}+(?:[.,'’\x{00a0}\x{202f}\x{066b}\x{066c}]\p{Nd}+)*`)
	address = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
)

// Figures returns the numbers and the e-mail addresses of the part, sorted: what is the same in every language. Numbers are in western
// digits and without marks.
func (p *Part) Figures() []string {
	var figures []string
	for _, line := range p.Lines() {
		figures = append(figures, address.FindAllString(line, -1)...)
		for _, n := range number.FindAllString(address.ReplaceAllString(line, " "), -1) {
			figures = append(figures, digitsOnly(plain.WesternDigits(n)))
		}
	}
	slices.Sort(figures)
	return figures
}

func digitsOnly(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}
