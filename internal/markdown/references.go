package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/util"

	"placard/internal/diag"
	"placard/internal/plain"
)

// characterReference is one to a character, by its number or its name.
var characterReference = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);`)

// Meant finds the references to characters that may not stand in a text themselves: of each kind the first, and how many there are.
// What was sealed with them stays readable, so this is for drafts alone.
func (s *Source) Meant() diag.Findings {
	var findings, none diag.Findings
	if !s.sound || !bytes.Contains(s.source, []byte("&")) {
		return nil
	}
	d := &Document{Source: s}
	root := d.tree()
	if !d.shallow(root, &none) {
		return nil
	}
	prose := d.prose(root)
	for _, kind := range []struct {
		id string
		is func(rune) bool
	}{{"control-meant", plain.IsControl}, {"direction-meant", plain.IsDirection}} {
		var at diag.Position
		args, count := diag.Args{}, 0
		for _, m := range characterReference.FindAllIndex(prose, -1) {
			written := prose[m[0]:m[1]]
			for _, r := range string(util.ResolveEntityNames(util.ResolveNumericReferences(written))) {
				if !kind.is(r) {
					continue
				}
				if count++; count == 1 {
					at, args = d.place(m[0]), diag.Args{"Written": string(written), "Character": fmt.Sprintf("U+%04X", r)}
				}
			}
		}
		if args["Count"] = count; count > 0 {
			findings.Add(at, kind.id, args)
		}
	}
	return findings
}
