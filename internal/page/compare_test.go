package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/archive"
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

// Readers find the version that applies and the one before it chosen, and neither one that was cancelled nor one that is only announced, unless
// there are no others.
func TestCompareChooses(t *testing.T) {
	const scheduled, cancelled, inForce, superseded, ended = archive.Scheduled, archive.Cancelled, archive.InForce, archive.Superseded, archive.Withdrawn
	for _, tt := range []struct {
		states   []archive.State // the oldest first
		from, to string
	}{
		{[]archive.State{superseded, superseded, inForce}, "1", "2"},
		{[]archive.State{superseded, inForce, scheduled, scheduled}, "0", "1"},
		{[]archive.State{superseded, cancelled, inForce, cancelled}, "0", "2"},
		{[]archive.State{superseded, ended}, "0", "1"},
		{[]archive.State{inForce, cancelled, scheduled, scheduled}, "0", "2"},
		{[]archive.State{cancelled, scheduled, scheduled, scheduled}, "1", "2"},
		{[]archive.State{inForce, cancelled}, "0", "1"},
		{[]archive.State{ended, cancelled, cancelled}, "0", "1"},
		{[]archive.State{cancelled, inForce, cancelled}, "0", "1"},
		{[]archive.State{inForce}, "", ""},
	} {
		var c Compare
		for i, state := range slices.Backward(tt.states) {
			c.Versions = append(c.Versions, ComparedVersion{VersionRef: VersionRef{Name: fmt.Sprint(i)}, State: State{Code: string(state)}})
		}
		if c.choose(); c.From != tt.from || c.To != tt.to {
			t.Errorf("%v: %q and %q are chosen, want %q and %q", tt.states, c.From, c.To, tt.from, tt.to)
		}
	}
}

// A list of versions leads to the page on which two are compared only where there are two.
func TestOneVersionIsNotCompared(t *testing.T) {
	const body = "## One {#one}\n\nWords.\n\n"
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("n", "2020-01-01", "2020-01-01", body, "en", "ms")
	m.offer("n", "2021-01-01", "2021-01-01", body, "en")
	groups := m.plan("2021-06-01")
	for address, want := range map[string]string{"/n/versions/": "/legal/n/compare/", "/ms/n/versions/": ""} {
		if got := find(t, groups, address).Params.(Versions).Compare; got != want {
			t.Errorf("%s leads to %q, want %q", address, got, want)
		}
	}
}
