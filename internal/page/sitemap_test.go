package page

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/archive"
)

// listed reads what a search engine is told: for each sitemap that the index names, every address with its day and its
// translations.
func listed(t *testing.T, groups []Group) map[string][]string {
	t.Helper()
	files := map[string][]byte{}
	for _, g := range groups {
		for _, f := range g.Files {
			files["https://example.com/legal"+f.Address] = f.Data
		}
	}
	var index struct {
		Sitemap []struct {
			Loc string `xml:"loc"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
	}
	if err := xml.Unmarshal(files["https://example.com/legal/sitemap.xml"], &index); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, s := range index.Sitemap {
		var set struct {
			URL []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
				Link    []struct {
					Hreflang string `xml:"hreflang,attr"`
					Href     string `xml:"href,attr"`
				} `xml:"http://www.w3.org/1999/xhtml link"`
			} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
		}
		if err := xml.Unmarshal(files[s.Loc], &set); err != nil {
			t.Fatalf("%s: %v", s.Loc, err)
		}
		for _, u := range set.URL {
			line := strings.TrimSpace(u.Loc + " " + u.LastMod)
			for _, l := range u.Link {
				line += " " + l.Hreflang + "=" + l.Href
			}
			out[s.Loc] = append(out[s.Loc], strings.ReplaceAll(line, "https://example.com/legal", ""))
		}
	}
	return out
}

func translations(path string) string {
	return fmt.Sprintf(" en=/%[1]s ms=/ms/%[1]s x-default=/%[1]s", path)
}

// Search engines are told of what they are to keep: the notice as it is in force, what is announced, the lists; not of
// what is superseded, and not twice of one text.
func TestSitemaps(t *testing.T) {
	m := grown(t)
	m.release("one", "2023-01-01", section)
	got := listed(t, m.plan("2022-06-01"))
	want := map[string][]string{}
	for sitemap, pages := range map[string][]string{
		"_site": {" "},
		"one":   {"one/ 2022-01-01", "one/versions/ 2022-01-01"},
		"two":   {"two/ 2020-01-01", "two/versions/ 2020-01-01"},
	} {
		for _, p := range pages {
			path, day, _ := strings.Cut(p, " ")
			for _, prefix := range []string{"/", "/ms/"} {
				want["https://example.com/legal/sitemap-"+sitemap+".xml"] = append(want["https://example.com/legal/sitemap-"+sitemap+".xml"],
					strings.TrimSpace(prefix+path+" "+day)+translations(path))
			}
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}

	// All versions, where the site wants them kept; that in force stays at the address of the notice.
	testSite.IndexArchived = true
	defer func() { testSite.IndexArchived = false }()
	all := listed(t, m.plan("2022-06-01"))["https://example.com/legal/sitemap-one.xml"]
	for _, line := range []string{"/one/2021-01-01/ 2022-01-01" + translations("one/2021-01-01/"), "/ms/one/2020-01-01/ 2021-01-01" + translations("one/2020-01-01/")} {
		if !slices.Contains(all, line) {
			t.Errorf("%q is not in %q", line, all)
		}
	}
	if len(all) != 8 {
		t.Errorf("%d pages are listed: %q", len(all), all)
	}
}

// An announced version may be found before it applies; the day is that of what its page says.
func TestAnnouncedIsListed(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.publish("one", "2020-01-01", "2019-12-01", "## One {#one}\n\nText.\n")
	m.publish("one", "2021-01-01", "2020-12-01", "## One {#one}\n\nMore.\n")
	for _, tt := range []struct {
		day  string
		want []string
	}{
		{"2019-12-15", []string{"/one/ 2019-12-01", "/one/versions/ 2019-12-01"}},
		{"2020-02-01", []string{"/one/ 2020-01-01", "/one/versions/ 2020-01-01"}},
		{"2020-12-15", []string{"/one/ 2020-12-01", "/one/versions/ 2020-12-01", "/one/2021-01-01/ 2020-12-01"}},
		{"2021-02-01", []string{"/one/ 2021-01-01", "/one/versions/ 2021-01-01"}},
	} {
		var got []string
		for _, line := range listed(t, m.plan(tt.day))["https://example.com/legal/sitemap-one.xml"] {
			if line, _, _ = strings.Cut(line, " en="); !strings.HasPrefix(line, "/ms/") {
				got = append(got, line)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("on %s: got %q, want %q", tt.day, got, tt.want)
		}
	}
}

// A long list is cut, and every part is in the index.
func TestSitemapsAreCut(t *testing.T) {
	p := &plan{site: testSite}
	var pages []Page
	for i := range 2*sitemapSize + 1 {
		address := fmt.Sprintf("/n/%d/", i)
		pages = append(pages, Page{Address: address, Params: Version{Common: Common{Canonical: "/legal" + address}}})
	}
	var sizes []int
	for _, f := range p.sitemaps("n", p.urlEntries(pages)) {
		sizes = append(sizes, strings.Count(string(f.Data), "<loc>"))
	}
	want := []string{"/sitemap-n.xml", "/sitemap-n.2.xml", "/sitemap-n.3.xml"}
	if !slices.Equal(sizes, []int{sitemapSize, sitemapSize, 1}) || !slices.Equal(p.listed, want) {
		t.Errorf("parts %q of %v pages", p.listed, sizes)
	}
}

func TestRobots(t *testing.T) {
	groups := slices.Collect(Plan(&archive.Archive{}, archive.Moment{}, testSite))
	files := groups[len(groups)-1].Files
	if last := files[len(files)-1]; last.Address != "/robots.txt" || string(last.Data) != "User-agent: *\nAllow: /\n\nSitemap: https://example.com/legal/sitemap.xml\n" {
		t.Errorf("%s: %s", last.Address, last.Data)
	}
}
