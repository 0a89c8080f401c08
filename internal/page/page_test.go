package page

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// An archived site that grows in memory.
type memory struct {
	t     *testing.T
	site  fstest.MapFS
	facts string // further lines of notice.toml
	// Whether the translations that are offered are recorded as translated from the source text, but for the section of the anchor stale.
	accepted bool
	stale    string
	texts    map[string]string // bodies that are other ones in a locale
}

func (m *memory) open() *archive.Archive {
	m.t.Helper()
	a, findings := archive.Open(m.site)
	if len(findings) > 0 {
		m.t.Fatal(findings)
	}
	return a
}

func (m *memory) release(slug, name, body string) {
	m.t.Helper()
	m.publish(slug, name, name, body)
}

func (m *memory) publish(slug, name, day, body string) {
	m.t.Helper()
	m.offer(slug, name, day, body, "en", "ms")
}

// offer releases a version in the given locales, all of them authoritative; the first is the source. "LOCALE" in the body is
// replaced by each.
func (m *memory) offer(slug, name, day, body string, locales ...string) {
	m.t.Helper()
	put := func(file, data string) { m.site[file] = &fstest.MapFile{Data: []byte(data)} }
	for file := range m.site {
		if strings.HasPrefix(file, "content/"+slug+"/") {
			delete(m.site, file)
		}
	}
	list := "['" + strings.Join(locales, "', '") + "']"
	put("content/"+slug+"/notice.toml", "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = '"+locales[0]+"'\nauthoritative-locales = "+list+"\nlocales = "+list+"\n"+m.facts)
	for _, l := range locales {
		put("content/"+slug+"/index."+l+".md", "---\ntitle: "+slug+" "+l+"\ndescription: D\n---\n\n"+strings.ReplaceAll(cmp.Or(m.texts[l], body), "LOCALE", l))
	}
	doc, findings := notice.Load(m.site, "content/"+slug, slug)
	if len(findings) > 0 {
		m.t.Fatal(findings)
	}
	if m.accepted {
		sum := translation.Sum{}
		for locale, all := range translation.StatusOf(doc, sum) {
			sum.Accept(locale, all)
			delete(sum[locale], m.stale)
		}
		put(doc.SumFile(), string(sum.Bytes()))
		doc, _ = notice.Load(m.site, "content/"+slug, slug)
	}
	a := m.open()
	r, err := a.Prepare(doc, name, day, archive.Statement{})
	if err != nil {
		m.t.Fatal(err)
	}
	for file, data := range r.Files {
		put(r.Entry.Folder()+"/"+file, string(data))
	}
	log := ""
	for _, e := range append(a.Log, r.Entry) {
		log += e.Line()
	}
	put("versions/LOG", log)
}

var testSite = Site{
	Titles: map[string]string{"en": "T", "ms": "T"}, Origin: "https://example.com", BasePath: "/legal", Default: "en",
	Locales: []Locale{
		{Key: "en", Tag: "en", Name: "English", Dir: "ltr"}, {Key: "ms", Tag: "ms", Name: "Bahasa Malaysia", Dir: "ltr"},
	},
	Words: wordsOf, Date: dateOf,
}

// wordsOf says of a message its ID and values, and dateOf of a day itself, in which language.
func wordsOf(locale, id string, values map[string]string) string {
	if id == "list_separator" {
		return ", "
	}
	words := locale + ":" + id
	for _, name := range slices.Sorted(maps.Keys(values)) {
		words += " " + name + "=" + values[name]
	}
	return words
}

func dateOf(locale, day string) string { return locale + ":" + day }

func (m *memory) plan(day string) []Group {
	m.t.Helper()
	return m.planIn(testSite, day)
}

func (m *memory) planIn(site Site, day string) []Group {
	m.t.Helper()
	moment, ok := archive.ParseMoment(day)
	if !ok {
		m.t.Fatal(day)
	}
	groups := slices.Collect(Plan(m.open().At(moment), moment, site))
	for _, g := range groups {
		if len(g.Findings) > 0 {
			m.t.Fatal(g.Findings)
		}
	}
	return groups
}

func digests(groups []Group) map[string]string {
	out := map[string]string{}
	for _, g := range groups {
		out[g.Notice+"/"+g.Name] = g.Digest
	}
	return out
}

// changed are the groups of after that are not the same before.
func changed(before, after map[string]string) []string {
	var out []string
	for name, digest := range after {
		if before[name] != digest {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

const section = "## One {#one}\n\nSee [two](/two/#one), [then](/one/2020-01-01/#one) and [all](/one/versions/).\n"

func grown(t *testing.T) *memory {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.release("one", "2020-01-01", section)
	m.release("two", "2020-01-01", section)
	m.release("one", "2021-01-01", section+"\nMore.\n")
	m.release("one", "2022-01-01", section+"\nEven more.\n")
	return m
}

func TestAddresses(t *testing.T) {
	var got []string
	for _, g := range grown(t).plan("2022-06-01") {
		for _, p := range g.Pages {
			got = append(got, p.Layout+" "+p.Address)
		}
	}
	slices.Sort(got)
	want := []string{"notices /", "notices /ms/", "notfound /404.html", "notfound /ms/404.html"}
	for _, l := range []string{"", "/ms"} {
		for _, v := range []string{"one/", "one/2020-01-01/", "one/2021-01-01/", "one/2022-01-01/", "two/", "two/2020-01-01/"} {
			want = append(want, "version "+l+"/"+v)
		}
		want = append(want, "versions "+l+"/one/versions/", "versions "+l+"/two/versions/", "sections "+l+"/one/sections/", "sections "+l+"/two/sections/")
		want = append(want, "compare "+l+"/one/compare/", "compare "+l+"/two/compare/", "redline "+l+"/one/2021-01-01/changes/", "redline "+l+"/one/2022-01-01/changes/")
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestLinksAndEqualLocales(t *testing.T) {
	for _, g := range grown(t).plan("2022-06-01") {
		if g.Name != "2021-01-01" {
			continue
		}
		v := g.Pages[1].Params.(Version)
		for _, want := range []string{`href="/legal/ms/two/#one"`, `href="/legal/ms/one/2020-01-01/#one"`, `href="/legal/ms/one/versions/"`} {
			if !strings.Contains(v.Sections[0].Body, want) {
				t.Errorf("the Malay section lacks %s: %s", want, v.Sections[0].Body)
			}
		}
		if !v.Prevails.This || len(v.Prevails.Others) != 1 || v.Prevails.Others[0].Name != "Inggeris" {
			t.Errorf("two languages prevail, and the page says %+v", v.Prevails)
		}
	}
}

// A release touches the new version, the one that it supersedes, the address of the notice and the overviews; the
// coming into force touches the same; time alone touches nothing.
func TestWhatAReleaseTouches(t *testing.T) {
	m := grown(t)
	before := digests(m.plan("2022-06-01"))
	if again := digests(m.plan("2022-07-01")); fmt.Sprint(again) != fmt.Sprint(before) {
		t.Errorf("time alone changed pages: %v, %v", before, again)
	}
	m.release("one", "2023-01-01", section)
	touched := changed(before, digests(m.plan("2023-06-01")))
	want := []string{"/site", "one/2022-01-01", "one/2023-01-01", "one/current", "one/sections", "one/versions"}
	if !slices.Equal(touched, want) {
		t.Errorf("touched %q, want %q", touched, want)
	}
}

func TestBatches(t *testing.T) {
	var groups []Group
	for _, pages := range []int{2, 2, 16, 1, 1, 1, 1, 5, 1} {
		groups = append(groups, Group{Pages: make([]Page, pages)})
	}
	var sizes []int
	for b := range Batches(slices.Values(groups), 4) {
		sizes = append(sizes, len(b))
	}
	if !slices.Equal(sizes, []int{2, 1, 4, 1, 1}) {
		t.Errorf("batches of %v", sizes)
	}
	for b := range Batches(slices.Values([]Group(nil)), 4) {
		t.Errorf("a batch of %d out of nothing", len(b))
	}
}

// A link to a notice that has no page yet is told.
func TestDeadLinks(t *testing.T) {
	m := grown(t)
	moment, _ := archive.ParseMoment("2020-06-01")
	delete(m.site, "versions/LOG")
	for name := range m.site {
		if strings.HasPrefix(name, "versions/") {
			delete(m.site, name)
		}
	}
	m.release("one", "2020-01-01", section)
	var findings diag.Findings
	for g := range Plan(m.open().At(moment), moment, testSite) {
		findings = append(findings, g.Findings...)
	}
	if len(findings) != 2 || findings[0].ID != "link-dead" || findings[0].At.String() != "versions/one/2020-01-01/index.en.md:8:5" {
		t.Errorf("findings %v", findings)
	}
}

// What a page has to say is all that the digest of words stands for, line by line.
func TestPassagesAreTheWholeText(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.release("one", "2020-01-01", "Before.[^a]\n\n"+"## One *two* {#one}\n\n- item\n- more\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n### Sub {#sub}\n\nWords.\n\n[^a]: Note.\n")
	doc := m.open().Version("one", "2020-01-01").Document
	for _, g := range m.plan("2022-06-01") {
		for _, p := range g.Pages {
			if p.Layout != "version" {
				continue
			}
			said := " "
			for _, run := range p.passages {
				for _, passage := range run {
					said += passage.Words + " "
				}
			}
			for line := range strings.Lines(doc.Texts[p.Locale].Words()) {
				if line[0] == ' ' && !strings.Contains(said, strings.TrimSuffix(line, "\n")+" ") {
					t.Errorf("%s: %q is in no passage of %q", p.Address, line, said)
				}
			}
		}
	}
}

// No page or file of a version names a later one but that which follows it, so that a release leaves all others as they are.
func TestVersionsNameNoLaterOnes(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	names := []string{"2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"}
	for i, name := range names {
		m.publish("one", name, name, strings.Repeat("Words.\n\n", i+1)+"## One {#one}\n\nSee [then](/one/2020-01-01/#one) and [all](/one/versions/).\n")
	}
	seen := 0
	for _, g := range m.plan("2024-06-01") {
		at := slices.Index(names, g.Name)
		if at < 0 {
			continue
		}
		said := map[string]string{}
		for _, p := range g.Pages {
			data, err := json.Marshal(p.Params)
			if err != nil {
				t.Fatal(err)
			}
			said[p.Address] = string(data)
		}
		for _, f := range g.Files {
			said[f.Address] = string(f.Data)
		}
		for address, words := range said {
			seen++
			for _, later := range names[min(at+2, len(names)):] {
				if strings.Contains(words, later) {
					t.Errorf("%s names %s", address, later)
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d pages and files were read", seen)
	}
}
