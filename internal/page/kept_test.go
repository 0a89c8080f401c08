package page

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

var threeLocales = Site{
	Titles: map[string]string{"en": "T", "ms": "T", "ar": "T"}, Origin: "https://example.com", Default: "en", Words: wordsOf, Date: dateOf,
	Locales: []Locale{
		{Key: "en", Tag: "en", Name: "English", Dir: "ltr"},
		{Key: "ms", Tag: "ms", Name: "Bahasa Malaysia", Dir: "ltr"},
		{Key: "ar", Tag: "ar", Name: "العربية", Dir: "rtl"},
	},
}

// comings is a notice whose locales come and go; it is announced a month before each version applies.
func comings(t *testing.T) *memory {
	const body = "Before, in LOCALE.\n\n## One {#one}\n\nWords in LOCALE.\n"
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("one", "2020-01-01", "2019-12-01", body, "en", "ms", "ar")
	m.offer("one", "2021-01-01", "2020-12-01", body+"\nMore.\n", "en")
	m.offer("one", "2022-01-01", "2021-12-01", body, "en", "ms")
	m.offer("two", "2022-01-01", "2022-01-01", "## See {#see}\n\n[One](/one/#one), [all](/one/versions/), [then](/one/2021-01-01/).\n", "en", "ms", "ar")
	return m
}

func find(t *testing.T, groups []Group, address string) Page {
	t.Helper()
	for _, g := range groups {
		for _, p := range g.Pages {
			if p.Address == address {
				return p
			}
		}
	}
	t.Fatalf("there is no page %s", address)
	return Page{}
}

// days tells what a Fallback says: the language shown, and the days of the versions.
func days(f *Fallback) string {
	if f == nil {
		return ""
	}
	out := f.Shown.Name + " " + f.Shown.Address
	for _, r := range []struct {
		name string
		ref  *VersionRef
	}{{"last", f.Last}, {"since", f.Since}, {"next", f.Next}} {
		if r.ref != nil {
			out += ", " + r.name + " " + r.ref.Address
		}
	}
	return out
}

func TestKeptLocales(t *testing.T) {
	m := comings(t)
	for _, tt := range []struct {
		day, locale string
		version     string // what stands at the address
		fallback    string
		switcher    string // "-" marks what is missing
	}{
		{"2020-06-01", "ms", "2020-01-01", "", "en ms ar"},
		{"2020-06-01", "ar", "2020-01-01", "", "en ms ar"},
		// A version without them is announced, and nothing changes before it applies.
		{"2020-12-15", "ms", "2020-01-01", "", "en ms ar"},
		{"2021-06-01", "en", "2021-01-01", "", "en -ms -ar"},
		{"2021-06-01", "ms", "2021-01-01", "Inggeris /one/, last /ms/one/2020-01-01/, since /one/2021-01-01/", "en -ms -ar"},
		{"2021-06-01", "ar", "2021-01-01", "الإنجليزية /one/, last /ar/one/2020-01-01/, since /one/2021-01-01/", "en -ms -ar"},
		// One that is in Malay again is announced.
		{"2021-12-15", "ms", "2021-01-01", "Inggeris /one/, last /ms/one/2020-01-01/, since /one/2021-01-01/, next /ms/one/2022-01-01/", "en -ms -ar"},
		{"2022-06-01", "ms", "2022-01-01", "", "en ms -ar"},
		{"2022-06-01", "ar", "2022-01-01", "الإنجليزية /one/, last /ar/one/2020-01-01/, since /one/2021-01-01/", "en ms -ar"},
	} {
		prefix := "/" + tt.locale
		if tt.locale == "en" {
			prefix = ""
		}
		groups := m.planIn(threeLocales, tt.day)
		page := find(t, groups, prefix+"/one/")
		v := page.Params.(Version)
		where := tt.day + " " + page.Address
		var switcher []string
		for _, l := range v.Languages {
			mark := ""
			if l.Missing {
				mark = "-"
			}
			switcher = append(switcher, mark+l.Locale)
			find(t, groups, l.Address)
		}
		if v.Name != tt.version || days(v.Fallback) != tt.fallback || strings.Join(switcher, " ") != tt.switcher {
			t.Errorf("%s: version %s, fallback %q, languages %q", where, v.Name, days(v.Fallback), switcher)
		}

		// Whatever the language of the text, it is said of every part of it; the address to cite and the one to keep are the text's.
		in, lang, dir := "en", "en", "ltr"
		at := "/one/"
		if tt.fallback == "" {
			in, lang, dir = tt.locale, "", ""
			at = page.Address
		}
		if page.Title != "one "+in || v.Notice.Lang != in || !strings.Contains(v.Preamble, "in "+in) || !strings.Contains(v.Sections[0].Body, "in "+in) {
			t.Errorf("%s is not in %s: %q, %q, %q", where, in, page.Title, v.Preamble, v.Sections[0].Body)
		}
		if s := v.Sections[0]; s.Lang != lang || s.Dir != dir || s.Missing {
			t.Errorf("%s: section in %q, %q; missing: %v", where, s.Lang, s.Dir, s.Missing)
		}
		if v.Canonical != at || v.Permanent != at+tt.version+"/" || v.NoIndex {
			t.Errorf("%s: canonical %s, permanent %s, noindex %v", where, v.Canonical, v.Permanent, v.NoIndex)
		}
		find(t, groups, v.Permanent)
		find(t, groups, v.Versions)
		find(t, groups, v.Home)
		if lost := page.Lost([]byte("<body>")); len(lost) != 5 { // title, description, preamble, heading, body
			t.Errorf("%s: %d words would be missed: %v", where, len(lost), lost)
		}

		// Search engines are told of what is translated, and of nothing else.
		listed := slices.ContainsFunc(listedAt(t, groups), func(line string) bool { return strings.HasPrefix(line, "https://example.com"+page.Address+" ") })
		if listed == (tt.fallback != "") {
			t.Errorf("%s: in the sitemap: %v", where, listed)
		}
		for _, a := range v.Alternates {
			if alternate := find(t, groups, a.Address).Params.(Version); alternate.Fallback != nil || tt.fallback != "" {
				t.Errorf("%s: alternate %s", where, a.Address)
			}
		}
	}
}

// listedAt returns the lines of all sitemaps, with whole addresses.
func listedAt(t *testing.T, groups []Group) []string {
	t.Helper()
	var out []string
	for _, g := range groups {
		for _, f := range g.Files {
			for line := range strings.Lines(string(f.Data)) {
				if loc, ok := strings.CutPrefix(strings.TrimSpace(line), "<loc>"); ok {
					out = append(out, strings.TrimSuffix(loc, "</loc>")+" ")
				}
			}
		}
	}
	return out
}

// Pages in a locale link to pages in it as long as there are any, and to no others than there are.
func TestLinksToKeptLocales(t *testing.T) {
	m := comings(t)
	for _, tt := range []struct{ day, page, want string }{
		{"2022-06-01", "/ar/two/", `<a href="/ar/one/#one">One</a>, <a href="/ar/one/versions/">all</a>, <a href="/one/2021-01-01/" hreflang="en">then</a>`},
		{"2022-06-01", "/ms/two/", `<a href="/ms/one/#one">One</a>, <a href="/ms/one/versions/">all</a>, <a href="/one/2021-01-01/" hreflang="en">then</a>`},
	} {
		if body := find(t, m.planIn(threeLocales, tt.day), tt.page).Params.(Version).Sections[0].Body; !strings.Contains(body, tt.want) {
			t.Errorf("%s: %s", tt.page, body)
		}
	}
	groups := m.planIn(threeLocales, "2022-06-01")
	for address, want := range map[string]string{"/ar/one/2020-01-01/": "/ar/one/", "/ms/one/2020-01-01/": "/ms/one/", "/one/2021-01-01/": "/one/"} {
		if got := find(t, groups, address).Params.(Version).Notice.Address; got != want {
			t.Errorf("%s leads to the current version at %s, want %s", address, got, want)
		}
	}
	versions := find(t, groups, "/ar/one/versions/").Params.(Versions)
	if n := versions.Notice; n.Address != "/ar/one/" || n.Title != "one en" || n.Lang != "en" || n.Dir != "ltr" || len(versions.Alternates) != 4 {
		t.Errorf("/ar/one/versions/: %+v, %v", n, versions.Alternates)
	}
	for i, want := range []string{"الإنجليزية /one/2022-01-01/", "الإنجليزية /one/2021-01-01/", " /ar/one/2020-01-01/"} {
		if v := versions.Versions[i]; v.Language+" "+v.Address != want {
			t.Errorf("/ar/one/versions/ lists %+v, want %s", v, want)
		}
	}
	home := find(t, groups, "/ar/").Params.(Home).Notices[0]
	if home.Address != "/ar/one/" || home.Versions != "/ar/one/versions/" || home.Title != "one en" || home.Lang != "en" || home.Hreflang != "" {
		t.Errorf("/ar/: %+v", home)
	}
}

// What leads to a version or notice that is not there in the language of the page says in which language it is.
func TestLinksToOtherLanguages(t *testing.T) {
	m := comings(t)
	m.offer("three", "2022-01-01", "2022-01-01", "[One](/one/).\n\n## One {#one}\n\nWords.\n", "ar")
	m.offer("two", "2022-02-01", "2022-02-01", "## See {#see}\n\n[Three](/three/#one), [all](/three/versions/).\n", "en", "ms", "ar")
	groups := m.planIn(threeLocales, "2022-06-01")
	ref := func(name, address, lang, language string) VersionRef {
		return VersionRef{name, name, address, lang, language}
	}
	for address, want := range map[string][2]VersionRef{ // the previous version, the next one
		"/ms/one/2020-01-01/": {{}, ref("2021-01-01", "/one/2021-01-01/", "en", "Inggeris")},
		"/ar/one/2020-01-01/": {{}, ref("2021-01-01", "/one/2021-01-01/", "en", "الإنجليزية")},
		"/one/2021-01-01/":    {ref("2020-01-01", "/one/2020-01-01/", "", ""), ref("2022-01-01", "/one/2022-01-01/", "", "")},
		"/ms/one/2022-01-01/": {ref("2021-01-01", "/one/2021-01-01/", "en", "Inggeris"), {}},
	} {
		v := find(t, groups, address).Params.(Version)
		for i, got := range []*VersionRef{v.Previous, v.Next} {
			if got == nil {
				got = &VersionRef{}
			}
			if *got != want[i] {
				t.Errorf("%s leads to %+v, want %+v", address, *got, want[i])
			}
		}
		if v.Next != nil && *v.State.Next != *v.Next {
			t.Errorf("%s: its state leads to %+v", address, *v.State.Next)
		}
	}
	const authors = `<a href="/ar/three/#one" hreflang="ar">Three</a>, <a href="/ar/three/versions/" hreflang="ar">all</a>`
	if body := find(t, groups, "/ms/two/").Params.(Version).Sections[0].Body; !strings.Contains(body, authors) {
		t.Errorf("/ms/two/: %s", body)
	}
	home := find(t, groups, "/ms/").Params.(Home).Notices[1]
	if home.Address != "/ar/three/" || home.Versions != "/ar/three/versions/" || home.Hreflang != "ar" {
		t.Errorf("/ms/: %+v", home)
	}
}

// Whatever comes and goes, every address that a page names is that of a page.
func TestNamedAddressesAreThere(t *testing.T) {
	m := comings(t)
	m.offer("three", "2022-02-01", "2022-02-01", "[Two](/two/), in LOCALE.\n\n## One {#one}\n\n[One](/one/#one), [all](/one/versions/), [then](/one/2020-01-01/#one).\n", "ar", "en")
	m.offer("three", "2022-03-01", "2022-03-01", "[Two](/two/), in LOCALE.\n\n## One {#one}\n\n[One](/one/#one), [all](/one/versions/), [then](/one/2020-01-01/#one).\n", "ar")
	m.offer("two", "2022-03-01", "2022-03-01", "## See {#see}\n\n[Three](/three/#one), [all](/three/versions/).\n", "en", "ms", "ar")
	named := regexp.MustCompile(`"(?:address|home|versions|permanent|canonical)":"(/[^"]*)"|href=\\"(/[^"#\\]*)`)
	for _, day := range []string{"2019-12-01", "2020-06-01", "2021-06-01", "2021-12-15", "2022-01-15", "2022-02-15", "2022-06-01"} {
		groups := m.planIn(threeLocales, day)
		there, count := map[string]bool{}, 0
		for _, g := range groups {
			for _, p := range g.Pages {
				there[p.Address] = true
			}
		}
		for _, g := range groups {
			for _, p := range g.Pages {
				var data strings.Builder
				e := json.NewEncoder(&data)
				e.SetEscapeHTML(false)
				if err := e.Encode(p.Params); err != nil {
					t.Fatal(err)
				}
				for _, found := range named.FindAllStringSubmatch(data.String(), -1) {
					count++
					if address, _, _ := strings.Cut(found[1]+found[2], "#"); !there[address] {
						t.Errorf("on %s, %s names %s, where no page is", day, p.Address, address)
					}
				}
			}
		}
		if count < 100 {
			t.Errorf("on %s, %d addresses were found", day, count)
		}
	}
}

// Before a version in a new locale applies, its address is there, since the version is public and leads to it.
func TestLocaleAnnounced(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("one", "2020-01-01", "2020-01-01", "## One {#one}\n\nWords in LOCALE.\n", "en")
	m.offer("one", "2021-01-01", "2020-06-01", "## One {#one}\n\nWords in LOCALE.\n", "en", "ar")
	for day, want := range map[string]string{
		"2020-06-01": "الإنجليزية /one/, next /ar/one/2021-01-01/",
		"2021-01-01": "",
	} {
		groups := m.planIn(threeLocales, day)
		if got := days(find(t, groups, "/ar/one/").Params.(Version).Fallback); got != want {
			t.Errorf("on %s: %q, want %q", day, got, want)
		}
		if got := find(t, groups, "/ar/one/2021-01-01/").Params.(Version).Notice.Address; got != "/ar/one/" {
			t.Errorf("on %s: the version leads to %s", day, got)
		}
	}
	for _, g := range m.planIn(threeLocales, "2020-05-31") {
		for _, p := range g.Pages {
			if strings.HasPrefix(p.Address, "/ar/one/") {
				t.Errorf("%s is there before the version is known", p.Address)
			}
		}
	}
}

// Text from right to left on a page from left to right.
func TestKeptFromRightToLeft(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("one", "2020-01-01", "2020-01-01", "## One {#one}\n\nWords in LOCALE.\n", "ar", "en")
	m.offer("one", "2021-01-01", "2021-01-01", "## One {#one}\n\nWords in LOCALE.\n\nMore.\n", "ar")
	page := find(t, m.planIn(threeLocales, "2021-06-01"), "/one/")
	v := page.Params.(Version)
	if s := v.Sections[0]; s.Lang != "ar" || s.Dir != "rtl" || v.Notice.Dir != "rtl" || v.Fallback.Shown != (LocaleRef{"Arabic", "ar", "rtl", "/ar/one/"}) || v.Canonical != "/ar/one/" {
		t.Errorf("%+v, %+v, %+v, %s", s, v.Notice, v.Fallback, v.Canonical)
	}
	if !v.Prevails.This || len(v.Prevails.Others) != 0 {
		t.Errorf("the text shown is the one that prevails, but the page says %+v", v.Prevails)
	}
}

// A version that drops a locale touches what any version touches, and not the pages of other notices that link to it.
// One that brings a locale touches also the pages in it that link to the notice, which has an address in it now.
func TestWhatALocaleTouches(t *testing.T) {
	const body = "## One {#one}\n\n[Two](/two/#one), [one](/one/#one).\n"
	m := &memory{t: t, site: fstest.MapFS{}}
	for _, slug := range []string{"one", "two"} {
		m.offer(slug, "2020-01-01", "2020-01-01", body, "en", "ms")
	}
	m.offer("three", "2020-01-01", "2020-01-01", body, "en", "ms", "ar")
	for _, tt := range []struct {
		name    string
		locales []string
		touched []string
	}{
		{"2021-01-01", []string{"en"}, []string{"/site", "one/2020-01-01", "one/2021-01-01", "one/current", "one/sections", "one/versions"}},
		{"2022-01-01", []string{"en", "ms"}, []string{"/site", "one/2021-01-01", "one/2022-01-01", "one/current", "one/sections", "one/versions"}},
		{"2023-01-01", []string{"en", "ms", "ar"}, []string{"/site", "one/2022-01-01", "one/2023-01-01", "one/current", "one/sections", "one/versions", "three/2020-01-01", "three/current"}},
	} {
		before := digests(m.planIn(threeLocales, tt.name))
		m.offer("one", tt.name, tt.name, body+"\nSince "+tt.name+".\n", tt.locales...)
		if got := changed(before, digests(m.planIn(threeLocales, tt.name))); fmt.Sprint(got) != fmt.Sprint(tt.touched) {
			t.Errorf("%s in %v touched %q, want %q", tt.name, tt.locales, got, tt.touched)
		}
	}
}

// Languages that nobody has named yet keep their own names.
func TestLanguageName(t *testing.T) {
	english, maori := Locale{Tag: "en", Name: "English"}, Locale{Tag: "mi", Name: "Te reo Māori"}
	for _, tt := range []struct {
		named, in Locale
		want      string
	}{
		{english, Locale{Tag: "ms"}, "Inggeris"},
		{english, maori, "English"},
		{maori, english, "Maori"},
		{Locale{Tag: "qaa", Name: "Own"}, english, "Own"},
	} {
		if got := languageName(tt.named, tt.in); got != tt.want {
			t.Errorf("%s in %s: %q, want %q", tt.named.Tag, tt.in.Tag, got, tt.want)
		}
	}
}
