package page

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// The page of a language has the versions that have a text in it, and leads from each to what it changed.
func TestComparePages(t *testing.T) {
	const one, two = "## One {#one}\n\nWords in LOCALE.\n\n", "## Two {#two}\n\nMore words.\n\n"
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("other", "2020-01-01", "2020-01-01", one, "en", "ms")
	m.offer("n", "2020-01-01", "2020-01-01", one+two, "en", "ms", "ar")
	m.offer("n", "2021-01-01", "2021-01-01", one+two+"New.\n", "en", "ar")
	m.facts = "\n[[moved]]\nfrom = 'two'\nto = '/other/#one'\n"
	m.offer("n", "2022-01-01", "2022-01-01", one, "en", "ms")
	got := map[string]string{}
	for _, g := range m.planIn(threeLocales, "2022-06-01") {
		for _, p := range g.Pages {
			view, ok := p.Params.(Compare)
			if !ok || g.Notice != "n" {
				continue
			}
			if g.Name != "versions" || !view.NoIndex {
				t.Errorf("%s is in the group %s, and listed by search engines %v", p.Address, g.Name, !view.NoIndex)
			}
			var all []string
			for _, v := range view.Versions {
				all = append(all, v.Name+" "+v.Redline)
			}
			for _, a := range view.Away {
				all = append(all, a.Anchor+" to "+a.Now.Address)
			}
			got[p.Address] = strings.Join(all, ", ")
		}
	}
	want := map[string]string{
		"/n/compare/":    "2022-01-01 /n/2022-01-01/changes/, 2021-01-01 /n/2021-01-01/changes/, 2020-01-01 , two to /other/#one",
		"/ms/n/compare/": "2022-01-01 /ms/n/2022-01-01/changes/, 2020-01-01 , two to /ms/other/#one",
		"/ar/n/compare/": "2021-01-01 /ar/n/2021-01-01/changes/, 2020-01-01 ",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
