package cli

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"
)

// noonOf is the middle of a day in UTC, as SOURCE_DATE_EPOCH has it.
func noonOf(t *testing.T, day string) string {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(at.Unix() + 12*60*60)
}

// eventful is a site on which all happened that can happen to a notice: it ends on 1 June 2026.
func eventful(t *testing.T) *testSite {
	s := history(t)
	s.run(noonOf(t, "2026-02-10"), "postpone", "terms", "2026-03-01", "--to", "2026-04-01", "--reason", "The \"depot\" opens <later> & so on.", "--yes")
	s.run(march3, "reopen", "terms", "2026-02-01", "--erratum")
	s.edit("content/terms/supplements/2026-02-01/index.en.md", "every lawful purpose", "every purpose that is lawful")
	s.run(march3, "release", "terms", "--supplement", "2026-02-01", "--reason", "A word was wrong.", "--yes")
	s.run(march9, "reopen", "terms", "2026-02-01", "--locale", "ms")
	s.edit("content/terms/supplements/2026-02-01/index.ms.md", "Terma selanjutnya", "Terma tambahan")
	s.run(march9, "translate", "accept", "terms", "--all-locales", "--supplement", "2026-02-01")
	s.run(march9, "release", "terms", "--supplement", "2026-02-01", "--yes")
	s.run(noonOf(t, "2026-03-15"), "cancel", "terms", "2026-04-01", "--reason", "Not needed.", "--yes")
	s.run(noonOf(t, "2026-03-20"), "withdraw", "terms", "--from", "2026-06-01", "--reason", "The service ends.", "--yes")
	return s
}

// moments are days on which the eventful site looks different.
var moments = []string{"2026-01-03", "2026-01-20", "2026-02-15", "2026-03-05", "2026-03-12", "2026-03-16", "2026-04-15", "2026-06-01", "2030-01-01"}

type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Links   []link   `xml:"link"`
	Entries []struct {
		ID        string   `xml:"id"`
		Title     string   `xml:"title"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Authors   []string `xml:"author>name"`
		Links     []link   `xml:"link"`
		Summary   string   `xml:"summary"`
		Content   struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// feed reads a feed and holds it to RFC 4287: what it must have, once; instants of RFC 3339; the newest entry first.
func (s *testSite) feed(address string) atomFeed {
	s.t.Helper()
	var f atomFeed
	if err := xml.Unmarshal([]byte(s.read("public"+address)), &f); err != nil {
		s.t.Fatalf("%s: %v", address, err)
	}
	instant := func(of, value string) time.Time {
		at, err := time.Parse(time.RFC3339, value)
		if err != nil {
			s.t.Errorf("%s: %s: %v", address, of, err)
		}
		return at
	}
	href := func(links []link, rel string) string {
		found := ""
		for _, l := range links {
			if l.Rel == rel && found != "" {
				s.t.Errorf("%s: two links %s", address, rel)
			}
			if l.Rel == rel {
				found = l.Href
			}
			if !strings.HasPrefix(l.Href, "https://example.com/") {
				s.t.Errorf("%s: a link to %s", address, l.Href)
			}
		}
		return found
	}
	if href(f.Links, "self") != "https://example.com"+address || href(f.Links, "alternate") != "https://example.com"+strings.TrimSuffix(address, "feed.xml") {
		s.t.Errorf("%s: links %v", address, f.Links)
	}
	if f.ID == "" || f.Title == "" || f.Lang == "" || len(f.Entries) == 0 || f.Updated != f.Entries[0].Updated {
		s.t.Errorf("%s: ID %q, title %q, language %q, %d entries, updated %s", address, f.ID, f.Title, f.Lang, len(f.Entries), f.Updated)
	}
	ids := map[string]bool{f.ID: true}
	last := instant(f.ID, f.Updated)
	for _, e := range f.Entries {
		at := instant(e.ID, e.Updated)
		if at.After(last) || e.Published != e.Updated {
			s.t.Errorf("%s: %q of %s stands after %s", address, e.Title, e.Updated, last)
		}
		last = at
		if ids[e.ID] || !strings.HasPrefix(e.ID, "urn:uuid:") {
			s.t.Errorf("%s: the ID %s of %q", address, e.ID, e.Title)
		}
		ids[e.ID] = true
		if len(e.Authors) != 1 || e.Authors[0] != "Example Cloud, Inc." || e.Title == "" || e.Content.Type != "html" || href(e.Links, "alternate") == "" {
			s.t.Errorf("%s: the entry %+v lacks something", address, e)
		}
		root, err := html.Parse(strings.NewReader(e.Content.Text))
		if err != nil {
			s.t.Fatal(err)
		}
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "href" && !strings.HasPrefix(a.Val, "https://example.com/") {
					s.t.Errorf("%s: %q leads to %s", address, e.Title, a.Val)
				}
			}
		}
		if page := href(e.Links, "alternate"); page != "" {
			if _, err := os.Stat(filepath.Join(s.dir, "public", strings.TrimPrefix(page, "https://example.com"), "index.html")); err != nil {
				s.t.Errorf("%s: %q leads to %s, which is not there", address, e.Title, page)
			}
		}
	}
	return f
}

func (f atomFeed) titles() []string {
	var all []string
	for _, e := range f.Entries {
		all = append(all, e.Published[:10]+" "+e.Title)
	}
	return all
}

// TestFeeds holds that feeds tell what happened and was known at the moment of the build, and nothing else, and that what they have told
// stays as it is.
func TestFeeds(t *testing.T) {
	s := eventful(t)
	told := map[string]string{} // entries, by ID
	locales := map[string]string{}
	for _, day := range moments {
		s.run(january20, "build", "--as-of", day)
		for _, address := range []string{"/terms/feed.xml", "/ms/terms/feed.xml", "/feed.xml", "/ms/feed.xml"} {
			f := s.feed(address)
			for _, e := range f.Entries {
				if e.Published[:10] > day {
					t.Errorf("%s as of %s tells of %s", address, day, e.Published)
				}
				whole := fmt.Sprintf("%+v", e)
				if before, ok := told[e.ID]; ok && before != whole {
					t.Errorf("%s as of %s: an entry became another one:\n%s\n%s", address, day, before, whole)
				}
				if before, ok := locales[e.ID]; ok && before != f.Lang {
					t.Errorf("%s: %s is in %s and %s", address, e.ID, before, f.Lang)
				}
				told[e.ID], locales[e.ID] = whole, f.Lang
			}
		}
		if own, site := s.feed("/terms/feed.xml"), s.feed("/feed.xml"); !slices.Equal(own.titles(), site.titles()) || own.ID == site.ID {
			t.Errorf("as of %s the feed of the only notice and that of the site differ", day)
		}
	}
	want := []string{
		"2026-06-01 Terms of Service: the notice has ended",
		"2026-03-20 Terms of Service: the notice ends with May 31, 2026",
		"2026-03-15 Terms of Service: version of April 1, 2026 cancelled",
		"2026-03-09 Terms of Service: version of February 1, 2026, text published in Malay",
		"2026-03-03 Terms of Service: version of February 1, 2026 corrected",
		"2026-02-10 Terms of Service: version of March 1, 2026 postponed",
		"2026-02-10 Terms of Service: version of April 1, 2026 announced",
		"2026-02-01 Terms of Service: version of February 1, 2026 has come into force",
		"2026-01-20 Terms of Service: version of March 1, 2026 announced",
		"2026-01-20 Terms of Service: version of February 1, 2026 announced",
		"2026-01-05 Terms of Service: version of January 5, 2026 has come into force",
		"2026-01-02 Terms of Service: version of January 5, 2026 announced",
	}
	f := s.feed("/terms/feed.xml")
	if got := f.titles(); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	entry := func(i int) string { return f.Entries[i].Summary + "\n" + f.Entries[i].Content.Text }
	for i, want := range map[int][]string{
		0: {"The notice no longer applies since", "Reason: <bdi>The service ends.</bdi>"},
		1: {"The notice ends with May 31, 2026.", "The service ends."},
		2: {"Cancelled on <time datetime=\"2026-03-15\">March 15, 2026</time>: it never applied.", "Not needed."},
		3: {"Text replaced on", "Malay"},
		4: {"Corrected on <time datetime=\"2026-03-03\">March 3, 2026</time>: <bdi>A word was wrong.</bdi>"},
		5: {"Postponed on", `<a href="https://example.com/terms/2026-04-01/">April 1, 2026</a> takes its place`, "&quot;depot&quot; opens &lt;later&gt; &amp; so on."},
		7: {"Prices & accounts are new.\n", "Came into force on", `<p>Prices &amp; accounts are new.</p>`, `<a href="https://example.com/terms/2026-02-01/#prices">Prices</a>: renamed.`},
		9: {"Announced on <time datetime=\"2026-01-20\">January 20, 2026</time> for <time datetime=\"2026-02-01\">February 1, 2026</time>."},
	} {
		for _, words := range want {
			if !strings.Contains(entry(i), words) {
				t.Errorf("entry %d does not say %q:\n%s", i, words, entry(i))
			}
		}
	}
	related := func(i int) string {
		for _, l := range f.Entries[i].Links {
			if l.Rel == "related" {
				return strings.TrimPrefix(l.Href, "https://example.com")
			}
		}
		return ""
	}
	for i, want := range map[int]string{2: "", 3: "/ms/terms/2026-02-01-s2/changes/", 4: "/terms/2026-02-01-s1/changes/", 7: "/terms/2026-02-01/changes/", 11: ""} {
		if got := related(i); got != want {
			t.Errorf("entry %d leads to %q for what changed, want %q", i, got, want)
		}
	}
	for _, e := range f.Entries { // nothing says of a version that never applied that it did
		if strings.Contains(e.Title, "come into force") && (strings.Contains(e.Title, "March") || strings.Contains(e.Title, "April")) {
			t.Errorf("%q never happened", e.Title)
		}
	}
	malay := s.feed("/ms/terms/feed.xml")
	if got, want := malay.Entries[7].Title, "Terma Perkhidmatan: versi 1 Februari 2026 mula berkuat kuasa"; malay.Lang != "ms" || got != want {
		t.Errorf("in %s: %q, want %q", malay.Lang, got, want)
	}
	if !strings.Contains(malay.Entries[4].Content.Text, `<bdi lang="en" dir="ltr">A word was wrong.</bdi>`) {
		t.Errorf("the language of a reason is not told: %s", malay.Entries[4].Content.Text)
	}
	home := s.page("/ms/")
	home.has(`link[rel=alternate][type="application/atom+xml"][href="/ms/feed.xml"]`, "")
	home.has(`.feed a[href="/ms/feed.xml"]`, "")
	s.page("/terms/versions/").has(`.feed a[href="/terms/feed.xml"]`, "Feed of changes")
	for _, address := range []string{"/terms/", "/terms/versions/"} {
		s.page(address).has(`link[rel=alternate][type="application/atom+xml"][href="/terms/feed.xml"][title="Changes: Terms of Service"]`, "")
	}
}

// TestFeedElsewhere holds that an entry has the same ID wherever the site is built for.
func TestFeedElsewhere(t *testing.T) {
	s := history(t)
	here := s.feed("/terms/feed.xml")
	s.run(january20, "build", "--as-of", "2026-02-15", "--base-url", "http://localhost:1313/preview/")
	text := s.read("public/terms/feed.xml")
	for _, id := range []string{here.ID, here.Entries[0].ID, here.Entries[len(here.Entries)-1].ID} {
		if strings.Count(text, "<id>"+id+"</id>") != 1 {
			t.Errorf("%s is not there for another address", id)
		}
	}
	if strings.Contains(text, "example.com/terms") || !strings.Contains(text, `href="http://localhost:1313/preview/terms/feed.xml"`) {
		t.Errorf("it leads elsewhere:\n%s", text)
	}
}

// TestVersionsData holds every versions.json to the schema that is published with it: of the sample, and of all that can happen to a
// notice. It is strict: it takes no field that it does not know, and no state without what belongs to it.
func TestVersionsData(t *testing.T) {
	s := eventful(t)
	states := map[string]bool{}
	for _, day := range moments {
		s.run(january20, "build", "--as-of", day)
		for _, version := range s.validate(filepath.Join(s.dir, "public")) {
			states[version["state"].(string)] = true
		}
	}
	for _, state := range []string{"scheduled", "in-force", "superseded", "cancelled", "withdrawn"} {
		if !states[state] {
			t.Errorf("no version was %s", state)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	sample := &testSite{t, "../.."}
	sample.run(noonOf(t, "2026-06-01"), "build", "--out", out)
	if n := len(s.validate(out)); n < 10 {
		t.Errorf("the sample has %d versions in its lists", n)
	}
	schema := s.schema(out, "versions")
	good := s.json(filepath.Join(out, "privacy", "versions.json"))
	first := good["versions"].([]any)[0].(map[string]any)
	for name, spoil := range map[string]func(){
		"a field too many": func() { first["draft"] = true },
		"no date":          func() { first["effective"] = "2026-02-30" },
		"another state":    func() { first["state"] = "current" },
		"not cancelled":    func() { first["state"] = "cancelled" },
		"no address":       func() { first["page"] = "/privacy/" },
	} {
		kept := map[string]any{}
		for k, v := range first {
			kept[k] = v
		}
		spoil()
		if schema.Validate(good) == nil {
			t.Errorf("%s is no fault", name)
		}
		for k := range first {
			delete(first, k)
		}
		for k, v := range kept {
			first[k] = v
		}
	}
	if err := schema.Validate(good); err != nil {
		t.Error(err)
	}
}

// schema is one that a site publishes, which checks dates and addresses too.
func (s *testSite) schema(public, of string) *jsonschema.Schema {
	s.t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(filepath.Join(public, "versions", of+".schema.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	if schema.DraftVersion != 2020 {
		s.t.Errorf("the schema is of draft %d", schema.DraftVersion)
	}
	return schema
}

func (s *testSite) json(name string) map[string]any {
	s.t.Helper()
	f, err := os.Open(name)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	v, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	return v.(map[string]any)
}

// validate holds each versions.json of a built site to its schema, and returns what they say of versions. What they name is there, the
// data of each version by its own schema.
func (s *testSite) validate(public string) []map[string]any {
	s.t.Helper()
	schema, notices := s.schema(public, "versions"), s.schema(public, "notice")
	var all []map[string]any
	err := filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "versions.json" {
			return err
		}
		data := s.json(name)
		if err := schema.Validate(data); err != nil {
			s.t.Errorf("%s: %v", name, err)
		}
		base := strings.TrimSuffix(data["$schema"].(string), "versions/versions.schema.json")
		there := func(address string) {
			file := filepath.Join(public, strings.TrimPrefix(address, base))
			if strings.HasSuffix(address, "/") {
				file = filepath.Join(file, "index.html")
			}
			if _, err := os.Stat(file); err != nil {
				s.t.Errorf("%s: %s is not there", name, address)
			}
		}
		for _, of := range []string{"$schema", "address", "feed", "timemap", "log"} {
			there(data[of].(string))
		}
		for _, v := range data["versions"].([]any) {
			version := v.(map[string]any)
			all = append(all, version)
			sealed := version["sealed"].(map[string]any)
			for _, address := range []any{version["page"], version["data"], version["markdown"], version["text"], sealed["files"]} {
				there(address.(string))
			}
			if changes, ok := version["changes"].(string); ok {
				there(changes)
			}
			notice := s.json(filepath.Join(public, strings.TrimPrefix(version["data"].(string), base)))
			if err := notices.Validate(notice); err != nil {
				s.t.Errorf("%s: the data of %s: %v", name, version["name"], err)
			}
			_, cancelled := version["cancelled"]
			if _, said := notice["cancelled"]; said != cancelled || notice["version"] != version["name"] || notice["title"] != version["title"] || notice["address"] != version["page"] {
				s.t.Errorf("%s: the data of %s is of %v, cancelled %v", name, version["name"], notice["version"], said)
			}
			if sum, err := hashOf(filepath.Join(public, strings.TrimPrefix(sealed["files"].(string), base))); err != nil || sum != sealed["sha256"] {
				s.t.Errorf("%s: the seal of %s is %s (%v)", name, version["name"], sum, err)
			}
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		s.t.Fatalf("%d versions, %v", len(all), err)
	}
	return all
}

// TestTimemap holds that a TimeMap lists the versions that applied, each with the instant from which it did.
func TestTimemap(t *testing.T) {
	s := eventful(t)
	s.run(january20, "build", "--as-of", "2026-02-15")
	want := `<https://example.com/terms/>; rel="original",
<https://example.com/terms/timemap.link>; rel="self"; type="application/link-format",
<https://example.com/terms/2026-01-05/>; rel="first memento"; datetime="Sun, 04 Jan 2026 16:00:00 GMT",
<https://example.com/terms/2026-02-01/>; rel="last memento"; datetime="Sat, 31 Jan 2026 16:00:00 GMT"
`
	if got := s.read("public/terms/timemap.link"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, address := range []string{"/terms/", "/terms/versions/", "/terms/2026-01-05/"} {
		s.page(address).has(`link[rel=timemap][type="application/link-format"][href="/terms/timemap.link"]`, "")
	}
	s.page("/ms/terms/2026-01-05/").has(`link[rel=original][href="/ms/terms/"]`, "")
	for _, never := range []string{"/terms/2026-03-01/", "/terms/2026-04-01/", "/terms/"} {
		s.page(never).hasNo("link[rel=original]")
	}
	s.run(january20, "build", "--as-of", "2026-01-03")
	if got := s.read("public/ms/terms/timemap.link"); strings.Contains(got, "memento") {
		t.Errorf("what does not apply yet is no memento:\n%s", got)
	}
	s.run(january20, "build", "--as-of", "2026-01-10")
	if got := s.read("public/ms/terms/timemap.link"); !strings.HasSuffix(got, `<https://example.com/ms/terms/2026-01-05/>; rel="first last memento"; datetime="Sun, 04 Jan 2026 16:00:00 GMT"`+"\n") {
		t.Errorf("the only memento:\n%s", got)
	}
}

// TestSchemaBesideLog holds that the schema of a published folder is part of no archive, and that nothing else is let in with it.
func TestSchemaBesideLog(t *testing.T) {
	s := history(t)
	s.write("versions/versions.schema.json", "{}")
	if code, said := s.try("verify"); code != exitGood || strings.Contains(said, "schema") {
		t.Errorf("verify ends with %d:\n%s", code, said)
	}
	if out, good := shellCheck(t, s.dir); !good {
		t.Errorf("the shell check says\n%s", out)
	}
	remove(t, s, "versions/versions.schema.json")
	s.write("versions/terms/2026-02-01/versions.schema.json", "{}")
	if code, _ := s.try("verify"); code != exitRefused {
		t.Errorf("verify of a schema in a sealed folder ends with %d", code)
	}
	if _, good := shellCheck(t, s.dir); good {
		t.Error("the shell check finds no schema in a sealed folder")
	}
}
