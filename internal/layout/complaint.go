package layout

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/template"
)

// Complaint returns the place of the call of errorf or warnf that most likely printed a text: the one whose format fits it with
// the most letters of its own. It is the zero Position where none fits.
func (f Files) Complaint(text string) diag.Position {
	var at diag.Position
	most := -1
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if !strings.HasPrefix(name, layoutsDir) {
			continue
		}
		t, fault := template.Read(name, f[name].Data)
		if fault != nil {
			continue
		}
		for _, c := range t.Complaints {
			if letters, ok := fits(c.Format, text); ok && letters > most {
				at, most = c.At, letters
			}
		}
	}
	return at
}

var verb = regexp.MustCompile(`%[-+# 0]*\d*(?:\.\d+)?(?:\[\d+\])?[a-zA-Z]`)

// fits reports whether a format of package fmt can have made text, and how many letters of it stand in the format.
func fits(format, text string) (letters int, ok bool) {
	var b strings.Builder
	for i, part := range verb.Split(format, -1) {
		if i > 0 {
			b.WriteString(`(?s:.*)`)
		}
		part = strings.ReplaceAll(part, "%%", "%")
		b.WriteString(regexp.QuoteMeta(part))
		letters += len(part)
	}
	matched, err := regexp.MatchString(`^\s*`+b.String()+`\s*$`, text)
	return letters, err == nil && matched
}

// Unclosed returns the first layout of the site itself that ends inside a tag; or nothing.
func (f Files) Unclosed() string {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if !strings.HasPrefix(name, layoutsDir) || !f[name].Own {
			continue
		}
		if t, fault := template.Read(name, f[name].Data); fault == nil && t.EndsInTag() {
			return name
		}
	}
	return ""
}
