package fields

import (
	"fmt"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// Meant finds texts that hold, by the escapes of their language, what may not stand in the file itself, and texts of several lines.
// lines reports whether the text of a key, "languages.en.title", may have several.
func (t *Table) Meant(lines func(key string) bool) diag.Findings {
	var findings diag.Findings
	t.meant("", lines, &findings)
	return findings
}

func (t *Table) meant(above string, lines func(string) bool, findings *diag.Findings) {
	for _, k := range t.keys {
		t.vals[k].meant(above+k, lines, findings)
	}
}

func (v *value) meant(key string, lines func(string) bool, findings *diag.Findings) {
	if v.kind == tableKind {
		v.table.meant(key+".", lines, findings)
	}
	for _, e := range v.list {
		e.meant(key, lines, findings)
	}
	if v.kind != stringKind {
		return
	}
	args := func(r rune) diag.Args { return diag.Args{"Key": key, "Character": fmt.Sprintf("U+%04X", r)} }
	text := v.text
	if strings.Contains(text, "\n") {
		if !lines(key) {
			findings.Add(v.at, "value-lines", diag.Args{"Key": key})
		}
		text = strings.ReplaceAll(text, "\n", " ")
	}
	for _, r := range text {
		switch {
		case plain.IsControl(r):
			findings.Add(v.at, "value-control", args(r))
			return
		case plain.IsDirection(r):
			findings.Add(v.at, "value-direction", args(r))
			return
		}
	}
}
