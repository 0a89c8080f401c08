package check

import (
	"slices"
	"strconv"
	"strings"

	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// compareShapes finds the first list or table of a section that is another one in the translation, or is not there.
// It reports whether there is none.
func compareShapes(source, target *notice.Section, text *notice.Text, findings *diag.Findings) bool {
	a, b := source.Part.Shapes(), target.Part.Shapes()
	for i := range max(len(a), len(b)) {
		args := diag.Args{"Anchor": target.Anchor, "Locale": text.Locale, "Source": markdown.Shape{}, "Target": markdown.Shape{}}
		at, related := target.Part.At, source.Part.At
		if i < len(a) {
			args["Source"], related = a[i], a[i].At
		}
		if i < len(b) {
			args["Target"], at = b[i], b[i].At
		}
		if i >= len(a) || i >= len(b) || !a[i].Same(b[i]) {
			findings.Add(at, "shape-differs", args, diag.Related{ID: "related.source", At: related})
			return false // the rest may be out of step because of this one
		}
	}
	return true
}

// compareFigures tells of numbers and e-mail addresses that only one of the two texts has, however often.
func compareFigures(source, target *notice.Section, text *notice.Text, findings *diag.Findings) {
	a, b := source.Part.Figures(), target.Part.Figures()
	only, lacks := large(without(b, a)), large(without(a, b))
	if len(only)+len(lacks) > 0 {
		findings.Warn(target.Part.At, "figures-differ",
			diag.Args{"Anchor": target.Anchor, "Locale": text.Locale, "Only": strings.Join(only, ", "), "Lacks": strings.Join(lacks, ", ")},
			diag.Related{ID: "related.source", At: source.Part.At})
	}
}

// large leaves out the numbers up to twelve, those of months among them: one language writes them in words, another in digits.
func large(figures []string) []string {
	return slices.DeleteFunc(figures, func(f string) bool {
		n, err := strconv.Atoi(f)
		return err == nil && n <= 12
	})
}
