package page

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"placard/internal/diag"
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
// that of a file, as in a folder. Addresses are compared as the strictest file system does, where upper and lower case
// and the ways to write an accent are the same. Of several that want one address, each is compared with the first.
func clashes(all []claim) diag.Findings {
	var findings diag.Findings
	files := map[string]claim{}
	for _, c := range taken {
		files[strings.Trim(c.address, "/")] = c
	}
	for _, c := range all {
		if first, twice := files[c.file()]; twice {
			clash(first, c, "address-twice", &findings)
			continue
		}
		files[c.file()] = c
	}
	for _, c := range all {
		name := c.file()
		for i := strings.LastIndexByte(name, '/'); i > 0; i = strings.LastIndexByte(name[:i], '/') {
			if above, ok := files[name[:i]]; ok {
				clash(above, c, "address-below", &findings)
			}
		}
	}
	return findings
}

// file is the path of the file that the address needs, in the form in which paths are compared.
func (c claim) file() string {
	name := strings.TrimPrefix(c.address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return cases.Fold().String(norm.NFC.String(name))
}

// clash adds a finding at the one of the two that says its address in a line, which can be changed; otherwise at the
// second.
func clash(a, b claim, id string, findings *diag.Findings) {
	at := b.of.At
	if a.of.At.Line > 0 && at.Line == 0 {
		at = a.of.At
	}
	findings.Add(at, id, diag.Args{"Address": a.address, "Other": b.address}, a.of, b.of)
}
