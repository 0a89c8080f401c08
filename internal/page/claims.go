package page

import (
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// A claim is a page or file that is to have an address, and whose it is.
type claim struct {
	address string
	of      diag.Related
}

// taken are the folders at the root that hold what is no page: sealed files, and the assets of layouts.
var taken = []claim{
	{"/versions/", diag.Related{ID: "related.claim-sealed"}},
	{"/assets/", diag.Related{ID: "related.claim-assets"}},
}

// claimsOf are the addresses of pages and files.
func claimsOf(pages []Page, files []File) []claim {
	var all []claim
	for _, pg := range pages {
		all = append(all, claim{pg.Address, pg.claim})
	}
	for _, f := range files {
		all = append(all, claim{f.Address, f.claim})
	}
	return all
}

// clashes finds what cannot all be there: two pages or files with the same address, and one whose address lies below
// that of a file, as in a folder. Of several that want one address, each is compared with the first.
func clashes(all []claim) diag.Findings {
	var findings diag.Findings
	var paths plain.Paths[claim]
	for _, c := range taken {
		paths.Take(strings.Trim(c.address, "/"), c)
	}
	for _, c := range all {
		switch other, clash := paths.Take(plain.FileOf(c.address), c); clash {
		case plain.Same:
			clashing(other, c, "address-twice", &findings)
		case plain.Below:
			clashing(other, c, "address-below", &findings)
		case plain.Above:
			clashing(c, other, "address-below", &findings)
		}
	}
	return findings
}

// clashing adds a finding at the one of the two that says its address in a line, which can be changed; otherwise at the
// second.
func clashing(a, b claim, id string, findings *diag.Findings) {
	at := b.of.At
	if a.of.At.Line > 0 && at.Line == 0 {
		at = a.of.At
	}
	findings.Add(at, id, diag.Args{"Address": a.address, "Other": b.address}, a.of, b.of)
}
