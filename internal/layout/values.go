package layout

import (
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/template"
)

// value warns of what a layout asks of .Params and neither a page nor the configuration ever has: Hugo prints nothing for it,
// and finds no condition with it true. It does not tell upper from lower case there.
func (c *checker) value(t *template.Template, f template.Field) {
	_, chain, ok := strings.Cut(strings.ToLower(f.Text), "params.")
	first, _, _ := strings.Cut(chain, ".")
	if f.Name != "Params" || !ok || len(c.Values) == 0 || slices.Contains(c.Settings, first) || c.names("Params") {
		return
	}
	within := "" // the values that are looked at, with a dot at the end
	for name := range strings.SplitSeq(chain, ".") {
		var beside []string
		for _, v := range c.Values {
			if below, ok := strings.CutPrefix(v, within); ok && !strings.Contains(below, ".") {
				beside = append(beside, below)
			}
		}
		if len(beside) == 0 { // a text or a list, of which Hugo says that it has no such thing
			return
		}
		if !slices.Contains(beside, name) {
			near := diag.Nearest(name, beside)
			if near != "" {
				near = ".Params." + within + near
			}
			c.findings.Warn(t.Place(f.Offset), "layout-value", diag.Args{"Name": f.Text, "Near": near})
			return
		}
		within += name + "."
	}
}

// names reports whether a layout of the site gives this name to a value of its own.
func (c *checker) names(name string) bool {
	for file, t := range c.layouts {
		if c.Files[file].Own && t.Quoted[name] {
			return true
		}
	}
	return false
}
