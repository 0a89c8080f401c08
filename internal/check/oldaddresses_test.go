package check

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/archive"
	"placard/internal/notice"
)

// seal adds a version to the archive of a site, with further lines of notice.toml.
func seal(t *testing.T, site fstest.MapFS, slug, name, more string) {
	t.Helper()
	doc, findings := draft(t, site, slug, map[string]string{"notice.toml": facts + more})
	a, more2 := archive.Open(site)
	if findings = append(findings, more2...); len(findings) > 0 {
		t.Fatal(findings)
	}
	r, err := a.Prepare(doc, name, name, archive.Statement{})
	if err != nil {
		t.Fatal(err)
	}
	for file, data := range r.Files {
		site[r.Entry.Folder()+"/"+file] = &fstest.MapFile{Data: data}
	}
	log := ""
	for _, e := range append(a.Log, r.Entry) {
		log += e.Line()
	}
	site["versions/LOG"] = &fstest.MapFile{Data: []byte(log)}
}

// old is an entry [[old-address]], with further lines.
func old(address string, more ...string) string {
	return "[[old-address]]\naddress = '" + address + "'\n" + strings.Join(more, "\n") + "\n"
}

func fragment(name, anchor string) string {
	return "[[old-fragment]]\nfragment = '" + name + "'\nanchor = '" + anchor + "'\n"
}

func TestOldAddresses(t *testing.T) {
	// What is sealed: "n" of two versions, the second of which has old addresses, and "other" of one.
	const kept = "\n[[old-address]]\naddress = '/Old.html'\nversion = '2020-01-01'\nlocale = 'ms'\n[[old-address]]\naddress = '/now/'\n" +
		"[[old-fragment]]\nfragment = 'Sub'\nanchor = 'sub'\n"
	site := fstest.MapFS{}
	seal(t, site, "n", "2020-01-01", "")
	seal(t, site, "other", "2020-01-01", old("/taken/")+old("/fresh/"))
	seal(t, site, "n", "2021-01-01", kept)
	sealedSite, findings := archive.Open(site)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	under := both("{#sub}", "{#under}")
	for _, tt := range []struct {
		name, slug, more string
		files            map[string]string
		want             []string
	}{
		{"the same", "n", kept, nil, nil},
		{"more", "n", kept + old("/a/") + old("/b.htm", "version = '2021-01-01'", "locale = 'ms'") + old("/en/n/") + old("/en/") + old("/nn/versions/") + fragment("Two", "two"), nil, nil},
		{"below the notice", "n", kept + old("/n/20200101-n/") + old("/n/2020-01-01.html") + old("/ms/n/old.html") + old("/n/version/"), nil, nil},
		{"pages that Placard makes", "n", kept + old("/N/") + old("/ms/n/") + old("/n/versions/") + old("/n/2020-01-01/") + old("/n/2030-01-01.2-s3/a.html") + old("/n/compare/") +
			old("/other/") + old("/ms/") + old("/404.html") + old("/ms/404.html") + old("/versions/a/") + old("/Assets/a.html") + old("/css/a/") + old("/sitemap-n.xml/") + old("/n/feed.xml/") +
			old("/n/sections/2/") + old("/n/timemap.link/") + old("/feed.xml/") + old("/ms/feed.xml/"), nil,
			strings.Split(strings.Repeat("old-address-reserved ", 19), " ")[:19]},
		{"not at the root", "n", kept + old("/ms/versions/") + old("/a/assets/") + old("/a/404.html"), nil, nil},
		{"twice among notices", "n", kept + old("/Taken/") + old("/taken/index.php/"), nil, []string{"old-address-other"}},
		{"no version", "n", kept + old("/a/", "version = '2020-01-11'"), nil, []string{"old-address-version 2020-01-01"}},
		{"a version to come", "n", kept + old("/a/", "version = '2021-01-02'"), nil, []string{"old-address-own-version"}},
		{"no language", "n", kept + old("/a/", "locale = 'sm'") + old("/b/", "version = '2020-01-01'", "locale = 'fr'"), nil, []string{"old-address-locale ", "old-address-locale "}},
		{"gone", "n", "", nil, []string{"old-address-gone", "old-address-gone", "old-fragment-gone"}},
		{"written otherwise", "n", strings.Replace(kept, "/Old", "/old", 1), nil, []string{"old-address-gone"}},
		{"another version", "n", strings.Replace(kept, "'2020-", "'2021-", 1), nil, []string{"old-address-changed"}},
		{"the version in force instead", "n", strings.Replace(kept, "version = '2020-01-01'\n", "", 1), nil, []string{"old-address-changed"}},
		{"a version instead of the one in force", "n", strings.Replace(kept, "'/now/'\n", "'/now/'\nversion = '2021-01-01'\n", 1), nil, []string{"old-address-changed"}},
		{"another language", "n", strings.Replace(kept, "'ms'", "'en'", 1), nil, []string{"old-address-changed"}},
		{"the same language, written", "n", strings.Replace(kept, "'/now/'\n", "'/now/'\nlocale = 'en'\n", 1), nil, nil},
		{"another section", "n", strings.Replace(kept, "'sub'", "'one'", 1), nil, []string{"old-fragment-changed"}},
		{"the section moved", "n", kept + "[[moved]]\nfrom = 'sub'\nto = 'under'\n", under, nil},
		{"the section moved, and the entry follows", "n", strings.Replace(kept, "'sub'", "'under'", 1) + "[[moved]]\nfrom = 'sub'\nto = 'under'\n", under, nil},
		{"the section is retired", "n", kept + "[[retired]]\nanchor = 'sub'\nlast-version = '2021-01-01'\n", both("### Sub {#sub}\n\nText.\n", ""), nil},
		{"to no section", "n", kept + fragment("Two", "tow"), nil, []string{"old-fragment-nowhere two"}},
		{"an anchor", "n", kept + fragment("two", "one") + fragment("gone", "one") + "[[moved]]\nfrom = 'gone'\nto = 'one'\n", nil, []string{"old-fragment-anchor", "old-fragment-anchor"}},
		{"a new notice at an old address", "fresh", "", nil, []string{"slug-is-old-address"}},
		{"a new notice beside it", "freshly", old("/fresh.html"), nil, nil},
		{"the first version itself", "freshly", old("/a/", "version = '2021-05-05'", "locale = 'ms'"), nil, []string{"old-address-own-version"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, findings := draft(t, fstest.MapFS{}, tt.slug, with(map[string]string{"notice.toml": facts + tt.more}, pairs(tt.files)...))
			other, more := draft(t, fstest.MapFS{}, "other", map[string]string{"notice.toml": facts + old("/taken/") + old("/fresh/")})
			if findings = append(findings, more...); len(findings) > 0 {
				t.Fatal(findings)
			}
			in := &Input{
				Drafts: map[string]*notice.Document{tt.slug: doc, "other": other}, Archive: sealedSite, Locales: map[string]bool{"en": true, "ms": true}, Default: "en",
				Named: func(string) bool { return true },
			}
			var got []string
			for _, f := range Run(in, doc, true) {
				said := f.ID
				if near, ok := f.Args["Near"]; ok {
					said += " " + near.(string)
				}
				got = append(got, said)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func pairs(files map[string]string) []string {
	var out []string
	for name, text := range files {
		out = append(out, name, text)
	}
	return out
}

// What is served at an address stays, also where a new draft has the name; a page of the notice itself takes its place.
func TestOldAddressesThatAreTaken(t *testing.T) {
	site := fstest.MapFS{}
	seal(t, site, "n", "2020-01-01", old("/fresh/")+old("/fr/n/"))
	a, findings := archive.Open(site)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	run := func(slug string, drafts map[string]string) []string {
		in := &Input{Drafts: map[string]*notice.Document{}, Archive: a, Locales: map[string]bool{"en": true, "ms": true, "fr": true}, Default: "en", Named: func(string) bool { return true }}
		for s, more := range drafts {
			in.Drafts[s], _ = draft(t, fstest.MapFS{}, s, map[string]string{"notice.toml": facts + more})
		}
		var ids []string
		for _, f := range Run(in, in.Drafts[slug], true) {
			ids = append(ids, f.ID+" "+f.Args["Address"].(string))
		}
		slices.Sort(ids)
		return ids
	}
	for _, tt := range []struct {
		name, slug string
		drafts     map[string]string
		want       []string
	}{
		{"served", "n", map[string]string{"n": old("/fresh/"), "fresh": ""}, nil},
		{"the newcomer", "fresh", map[string]string{"n": old("/fresh/"), "fresh": ""}, []string{"slug-is-old-address /fresh/"}},
		{"given up for the newcomer", "n", map[string]string{"n": "", "fresh": ""}, []string{"old-address-gone /fresh/"}},
		{"kept against itself", "n", map[string]string{"n": old("/fresh/") + old("/fr/n/")}, []string{"old-address-reserved /fr/n/"}},
		{"not served yet", "n", map[string]string{"n": old("/fresh/") + old("/newer/"), "newer": ""}, []string{"old-address-reserved /newer/"}},
	} {
		if got := run(tt.slug, tt.drafts); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A release makes a version of the name that the old addresses say, or none.
func TestOwnVersion(t *testing.T) {
	site := fstest.MapFS{}
	seal(t, site, "n", "2020-01-01", "")
	a, _ := archive.Open(site)
	doc, _ := draft(t, fstest.MapFS{}, "n", map[string]string{"notice.toml": facts + old("/a/") + old("/b/", "version = '2020-01-01'") + old("/c/", "version = '2021-01-01'")})
	if findings := OwnVersion(a, doc, "2021-01-01"); len(findings) > 0 {
		t.Errorf("findings %v", findings)
	}
	findings := OwnVersion(a, doc, "2021-01-02")
	if len(findings) != 1 || findings[0].ID != "old-address-other-version" || findings[0].Args["Address"] != "/c/" {
		t.Errorf("findings %v", findings)
	}
}
