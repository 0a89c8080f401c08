package page

import (
	"slices"
	"strconv"
	"testing"

	"placard/internal/diag"
)

// Every page and file says whose it is, and in a good archive no two want one address.
func TestClaimsOfPlan(t *testing.T) {
	for _, g := range grown(t).plan("2026-01-01") {
		for _, pg := range g.Pages {
			if pg.claim.ID == "" {
				t.Errorf("%s does not say whose it is", pg.Address)
			}
		}
		for _, f := range g.Files {
			if f.claim.ID == "" {
				t.Errorf("%s does not say whose it is", f.Address)
			}
		}
	}
}

func TestClashes(t *testing.T) {
	for _, tt := range []struct {
		name      string
		addresses []string
		want      []string
	}{
		{"none", []string{"/", "/a/", "/a/b/", "/ms/", "/404.html", "/a.html"}, nil},
		{"the same", []string{"/a/", "/b/", "/a/"}, []string{"2 address-twice /a/ /a/"}},
		{"three times", []string{"/a/", "/a/", "/a/"}, []string{"1 address-twice /a/ /a/", "2 address-twice /a/ /a/"}},
		{"with and without the file", []string{"/a/", "/a/index.html"}, []string{"1 address-twice /a/ /a/index.html"}},
		{"upper and lower case", []string{"/a/", "/A/"}, []string{"1 address-twice /a/ /A/"}},
		{"upper and lower case of other letters", []string{"/straße/", "/STRASSE/"}, []string{"1 address-twice /straße/ /STRASSE/"}},
		{"two ways to write an accent", []string{"/caf\u00e9/", "/cafe\u0301/"}, []string{"1 address-twice /caf\u00e9/ /cafe\u0301/"}},
		{"a file and a folder", []string{"/a", "/a/b/"}, []string{"1 address-below /a /a/b/"}},
		{"a folder and a file", []string{"/A/b/c/", "/a"}, []string{"0 address-below /a /A/b/c/"}},
		{"below a page", []string{"/a.html", "/a.html/"}, []string{"1 address-below /a.html /a.html/"}},
		{"sealed files", []string{"/versions/", "/Versions/x.html", "/versions.html"},
			[]string{"0 address-below /versions/ /versions/", "1 address-below /versions/ /Versions/x.html"}},
		{"the place of sealed files", []string{"/assets"}, []string{"0 address-twice /assets/ /assets"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var groups []Group
			for i, address := range tt.addresses {
				of := diag.Related{ID: "x", At: diag.Position{File: strconv.Itoa(i)}}
				if i%2 == 0 {
					groups = append(groups, Group{Pages: []Page{{Address: address, claim: of}}})
				} else {
					groups = append(groups, Group{Files: []File{{Address: address, claim: of}}})
				}
			}
			var got []string
			for _, f := range clashes(claimsIn(groups)) {
				got = append(got, f.At.File+" "+f.ID+" "+f.Args["Address"].(string)+" "+f.Args["Other"].(string))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// A finding stands where something can be changed.
func TestClashAt(t *testing.T) {
	sealed := Page{Address: "/a/", claim: diag.Related{ID: "x", At: diag.Position{File: "versions/a"}}}
	named := File{Address: "/a/", claim: diag.Related{ID: "y", At: diag.Position{File: "config.toml", Line: 3}}}
	for _, groups := range [][]Group{{{Pages: []Page{sealed}}, {Files: []File{named}}}, {{Files: []File{named}}, {Pages: []Page{sealed}}}} {
		got := clashes(claimsIn(groups))
		if len(got) != 1 || got[0].At.File != "config.toml" || len(got[0].Related) != 2 {
			t.Errorf("findings %v", got)
		}
	}
}

func claimsIn(groups []Group) []claim {
	var all []claim
	for _, g := range groups {
		all = append(all, claimsOf(g.Pages, g.Files)...)
	}
	return all
}
