package page

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/archive"
	"placard/internal/diag"
)

// where says on which clause of a page each of its old fragments lands: "#contact: a b", or "top" for the beginning of
// the page, in the order of the page.
func where(v Version) string {
	var out []string
	say := func(name string, aliases []string) {
		var old []string
		for _, a := range aliases {
			if strings.HasPrefix(a, "old.") {
				old = append(old, strings.TrimPrefix(a, "old."))
			}
		}
		if len(old) > 0 {
			out = append(out, name+": "+strings.Join(old, " "))
		}
	}
	say("top", v.Aliases)
	var visit func([]*Section)
	visit = func(sections []*Section) {
		for _, s := range sections {
			say("#"+s.Anchor, s.Aliases)
			visit(s.Sections)
			visit(s.Appendices)
		}
	}
	visit(v.Sections)
	for _, r := range v.Retired {
		say("retired #"+r.Anchor, r.Aliases)
	}
	return strings.Join(out, ", ")
}

func sections(anchors ...string) string {
	body := ""
	for _, a := range anchors {
		level := "##"
		if sub, ok := strings.CutPrefix(a, "."); ok {
			level, a = "###", sub
		}
		body += level + " " + a + " {#" + a + "}\n\nText.\n\n"
	}
	return body
}

// A notice that came with three versions. "ads" became "advertising" in the second; "shield" is gone since the third,
// and "fees" became a part of "payment" then; "ai" came with the third.
func withOld(t *testing.T) *memory {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.release("one", "2020-01-01", sections("use", ".fees", "ads", "shield"))
	m.facts = "[[moved]]\nfrom = 'ads'\nto = 'advertising'\n"
	m.release("one", "2021-01-01", sections("use", ".fees", "advertising", "shield"))
	m.facts += `[[moved]]
from = 'fees'
to = 'payment'
[[retired]]
anchor = 'shield'
last-version = '2021-01-01'
[[old-address]]
address = "/legal/One.html"
[[old-address]]
address = "/legal/2020/"
version = "2020-01-01"
[[old-address]]
address = "/undang/2020.htm"
version = "2020-01-01"
locale = "ms"
[[old-address]]
address = "/legal/2021/"
version = "2021-01-01"
[[old-address]]
address = "/en/one/"
version = "2022-01-01"
[[old-fragment]]
fragment = "old.use"
anchor = "use"
[[old-fragment]]
fragment = "old.ads"
anchor = "ads"
[[old-fragment]]
fragment = "old.advertising"
anchor = "advertising"
[[old-fragment]]
fragment = "old.fees"
anchor = "fees"
[[old-fragment]]
fragment = "old.payment"
anchor = "payment"
[[old-fragment]]
fragment = "old.shield"
anchor = "shield"
[[old-fragment]]
fragment = "old.ai"
anchor = "ai"
`
	m.release("one", "2022-01-01", sections("use", "payment", "advertising", "ai"))
	return m
}

func TestWhereOldFragmentsLand(t *testing.T) {
	got := map[string]string{}
	for _, g := range withOld(t).plan("2022-06-01") {
		for _, p := range g.Pages {
			if p.Layout == "version" {
				got[p.Address] = where(p.Params.(Version))
			}
		}
	}
	const (
		first  = "top: ai, #use: use, #fees: fees payment, #ads: ads advertising, #shield: shield"
		second = "top: ai, #use: use, #fees: fees payment, #advertising: ads advertising, #shield: shield"
		third  = "#use: use, #payment: fees payment, #advertising: ads advertising, #ai: ai, retired #shield: shield"
	)
	want := map[string]string{
		"/legal/One.html": third, "/en/one/": third,
		"/legal/2020/": first, "/undang/2020.htm": first,
		"/legal/2021/": second,
		// Sealed before it was known what leads there.
		"/one/2020-01-01/": "", "/ms/one/2020-01-01/": "", "/one/2021-01-01/": "", "/ms/one/2021-01-01/": "",
		"/one/": third, "/ms/one/": third, "/one/2022-01-01/": third, "/ms/one/2022-01-01/": third,
	}
	for _, address := range slices.Sorted(maps.Keys(want)) {
		if got[address] != want[address] {
			t.Errorf("%s\n got %s\nwant %s", address, got[address], want[address])
		}
		t.Logf("%-20s %s", address, got[address])
	}
	if len(got) != len(want) {
		t.Errorf("%d pages, want %d", len(got), len(want))
	}
}

// A page at an old address is that of its version, and names the address that stays.
func TestOldPages(t *testing.T) {
	m := withOld(t)
	pages := map[string]Page{}
	groups := map[string]string{}
	for _, g := range m.plan("2022-06-01") {
		for _, p := range g.Pages {
			pages[p.Address], groups[p.Address] = p, g.Name
		}
		for _, f := range g.Files {
			if strings.Contains(string(f.Data), "legal/2020") {
				t.Errorf("%s lists an old address", f.Address)
			}
		}
	}
	for _, tt := range []struct{ old, like, group, stays, canonical string }{
		{"/legal/One.html", "/one/", "current", "/legal/one/", "/legal/one/"},
		{"/legal/2020/", "/one/2020-01-01/", "2020-01-01", "/legal/one/2020-01-01/", "/legal/one/2020-01-01/"},
		{"/undang/2020.htm", "/ms/one/2020-01-01/", "2020-01-01", "/legal/ms/one/2020-01-01/", "/legal/ms/one/2020-01-01/"},
		{"/en/one/", "/one/2022-01-01/", "2022-01-01", "/legal/one/2022-01-01/", "/legal/one/"},
	} {
		old, like := pages[tt.old], pages[tt.like]
		v, w := old.Params.(Version), like.Params.(Version)
		if v.Place != "old" || v.Stays != tt.stays || v.Canonical != tt.canonical || v.Alternates != nil || groups[tt.old] != "old-addresses/"+tt.group {
			t.Errorf("%s: %s, stays %s, canonical %s, alternates %v, in %s", tt.old, v.Place, v.Stays, v.Canonical, v.Alternates, groups[tt.old])
		}
		if v.NoIndex != w.NoIndex || v.NoIndex != (tt.group < "2022") {
			t.Errorf("%s: noindex %t, and %s: %t", tt.old, v.NoIndex, tt.like, w.NoIndex)
		}
		// All else is that of the version.
		v.Place, v.Stays, v.Alternates = w.Place, "", w.Alternates
		old.Params, like.Params = v, w
		if got, want := said(t, old), said(t, like); got != want {
			t.Errorf("%s differs from %s:\n%s\n%s", tt.old, tt.like, got, want)
		}
		if fmt.Sprint(old.passages) != fmt.Sprint(like.passages) || len(old.passages) == 0 {
			t.Errorf("%s is not held to the words of %s", tt.old, tt.like)
		}
	}
}

var aliases = regexp.MustCompile(`"aliases":\[[^]]*\],`)

// said is what the layout of a page is told, without the address and the old fragments.
func said(t *testing.T, p Page) string {
	t.Helper()
	p.Address = ""
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return aliases.ReplaceAllString(string(data), "")
}

// An old address of a version that is no longer in force changes when its version does, and not with every release.
func TestWhatAReleaseTouchesAtOldAddresses(t *testing.T) {
	m := withOld(t)
	before := digests(m.plan("2022-06-01"))
	m.release("one", "2023-01-01", sections("use", "payment", "advertising", "ai", "more"))
	var touched []string
	for name, digest := range digests(m.plan("2023-06-01")) {
		if before[name] != digest {
			touched = append(touched, name)
		}
	}
	slices.Sort(touched)
	want := []string{"/site", "one/2022-01-01", "one/2023-01-01", "one/current", "one/old-addresses/2022-01-01", "one/old-addresses/current", "one/sections", "one/versions"}
	if !slices.Equal(touched, want) {
		t.Errorf("touched %q\nwant    %q", touched, want)
	}
}

// Two pages for one address are named as pages, whoever came first and however the address is written.
func TestOldAddressesInTheWay(t *testing.T) {
	old := func(addresses ...string) string {
		facts := ""
		for _, a := range addresses {
			facts += "[[old-address]]\naddress = '" + a + "'\n"
		}
		return facts
	}
	for _, tt := range []struct {
		name, one, two string
		want           []string
	}{
		{"beside one another", old("/a/", "/a/b/", "/b.html", "/en/one/"), old("/c/", "/B/"), nil},
		{"a notice", old("/Two/"), "", []string{"one/notice.toml:7:11 address-twice: claim-old of one, claim-notice of two"}},
		{"the notice itself, in another language", "", old("/ms/two/"), []string{"two/notice.toml:7:11 address-twice: claim-notice of two, claim-old of two"}},
		{"a version", old("/one/2020-01-01/"), "", []string{"one/notice.toml:7:11 address-twice: claim-version of one, claim-old of one"}},
		{"a list of versions", "", old("/one/versions/"), []string{"two/notice.toml:7:11 address-twice: claim-versions of one, claim-old of two"}},
		{"a page of the site", old("/404.html", "/ms/"), "", []string{
			"one/notice.toml:7:11 address-twice: claim-old of one, claim-not-found", "one/notice.toml:9:11 address-twice: claim-old of one, claim-home"}},
		{"below a file", old("/robots.txt/a/"), "", []string{"one/notice.toml:7:11 address-below: claim-machines, claim-old of one"}},
		{"the place of sealed files", old("/versions/a.html"), "", []string{"one/notice.toml:7:11 address-below: claim-sealed, claim-old of one"}},
		{"another notice", old("/Legal.html"), old("/legal.html"), []string{"two/notice.toml:7:11 address-twice: claim-old of one, claim-old of two"}},
		{"below a page of another notice", old("/legal.html/x/"), old("/legal.html"), []string{"one/notice.toml:7:11 address-below: claim-old of two, claim-old of one"}},
		{"no such version", old("/a/") + "version = '2019-01-01'\n", "", []string{"one/notice.toml:8:11 old-address-version"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := &memory{t: t, site: fstest.MapFS{}}
			m.facts = tt.one
			m.release("one", "2020-01-01", sections("use"))
			m.facts = tt.two
			m.release("two", "2020-01-01", sections("use"))
			moment, _ := archive.ParseMoment("2020-06-01")
			var findings diag.Findings
			for g := range Plan(m.open().At(moment), moment, testSite) {
				findings = append(findings, g.Findings...)
			}
			findings.Sort()
			var got []string
			for _, f := range findings {
				said := strings.TrimPrefix(strings.Replace(f.At.String(), "/2020-01-01", "", 1), "versions/") + " " + f.ID
				for i, r := range f.Related {
					said += [...]string{": ", ", "}[i] + strings.TrimPrefix(r.ID, "related.")
					if r.Args["Notice"] != nil {
						said += fmt.Sprint(" of ", r.Args["Notice"])
					}
				}
				got = append(got, said)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// An old address in a language that the version in force is not offered in shows what the address of the notice does.
func TestOldAddressInADroppedLanguage(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.facts = "[[old-address]]\naddress = '/undang.html'\nlocale = 'ms'\n[[old-address]]\naddress = '/undang/2020/'\nlocale = 'ms'\nversion = '2020-01-01'\n"
	m.offer("one", "2020-01-01", "2020-01-01", sections("use"), "en", "ms")
	m.offer("one", "2021-01-01", "2021-01-01", sections("use"), "en")
	groups := m.plan("2021-06-01")
	old, now := find(t, groups, "/undang.html"), find(t, groups, "/ms/one/")
	v := old.Params.(Version)
	if old.Locale != "ms" || v.Stays != "/legal/ms/one/" || v.Canonical != now.Params.(Version).Canonical || v.Fallback == nil || old.Title != now.Title {
		t.Errorf("%s in %s, stays %s, canonical %s, fallback %v", old.Title, old.Locale, v.Stays, v.Canonical, v.Fallback)
	}
	then := find(t, groups, "/undang/2020/")
	if v := then.Params.(Version); then.Locale != "ms" || v.Stays != "/legal/ms/one/2020-01-01/" || v.Fallback != nil {
		t.Errorf("in %s, stays %s, fallback %v", then.Locale, v.Stays, v.Fallback)
	}
}
