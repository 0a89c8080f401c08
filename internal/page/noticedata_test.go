package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"placard/internal/archive"
	"placard/internal/notice"
	"placard/internal/redline"
)

// hardText has every kind of block, and words of several scripts.
const hardText = "Before it *all*.[^a]\n\n## One *two* &amp; \\<three\\> {#one}\n\n- item\n  1. below\n  2. it\n\n     again\n- more\n\n7. seven\n\n" +
	"| A | B \\| C |\n|---|---|\n| 1 | |\n| | [x](#sub) |\n\n> Quoted\n>\n> > deep\n\nTerm\n: Meaning\n\n```\nif a < b {\n\n  \"x\"\n```\n\n" +
	"### Sub {#sub}\n\nWrite to <privacy@example.com>, call +1 202 555 0100 (or not) on 2021-02-09. Then 😀😀 𠮷野家は12円です。 ข้อมูลส่วนบุคคล نجمع اسمك، وعنوانك.[^b]\n\n" +
	"[^a]: Note *one*.\n\n    - in a list\n\n[^b]: Note two, see [all](/one/versions/).\n"

// noticesOf are the files of data by address, each held against the schema.
func noticesOf(t *testing.T, groups []Group) map[string]noticeData {
	t.Helper()
	said, err := jsonschema.UnmarshalJSON(bytes.NewReader(NoticeSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("notice.schema.json", said); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("notice.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]noticeData{}
	for _, g := range groups {
		for _, f := range g.Files {
			if !strings.HasSuffix(f.Address, "/"+noticeFile) {
				continue
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Data))
			if err == nil {
				err = compiled.Validate(value)
			}
			var d noticeData
			if err == nil {
				err = json.Unmarshal(f.Data, &d)
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Address, err)
			}
			all[f.Address] = d
		}
	}
	return all
}

// Every version of the sample, in each language, and every earlier text of one has a file that says what its text says.
func TestNoticeDataOfSample(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	sample := os.DirFS("../..")
	err := fs.WalkDir(sample, archive.Dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sample, name)
		m.site[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	site := testSite
	site.Locales = append(slices.Clone(site.Locales), Locale{Key: "ar", Tag: "ar", Name: "العربية", Dir: "rtl"})
	site.Titles = map[string]string{"en": "T", "ms": "T", "ar": "T"}
	all := noticesOf(t, m.planIn(site, "2030-01-01"))
	want := 0
	for slug, timeline := range m.open().Notices {
		for _, v := range timeline {
			for _, locale := range v.Document.Locales() {
				readings := v.Readings(locale)
				for i, r := range readings {
					name := r.Name()
					if i == len(readings)-1 {
						name = v.Name()
					}
					want++
					address := "/" + locale + "/" + slug + "/" + name + "/" + noticeFile
					says(t, address, all[strings.TrimPrefix(address, "/en")], r.Version.Document.Texts[locale])
				}
			}
		}
	}
	if len(all) != want {
		t.Errorf("there are %d files, not %d", len(all), want)
	}
}

// says holds data to the text that it is of.
func says(t *testing.T, name string, d noticeData, text *notice.Text) {
	t.Helper()
	cut := func(line string, words []int) []int {
		units := utf16.Encode([]rune(line))
		for _, w := range redline.Words(line) {
			if len(words) == 0 {
				t.Fatalf("%s: no length for %q of %q", name, w, line)
			}
			n := max(words[0], -words[0])
			if got := string(utf16.Decode(units[:n])); got != w || redline.IsWord(w) != (words[0] > 0) {
				t.Fatalf("%s: %q is cut %d, as %q", name, line, words[0], got)
			}
			units, words = units[n:], words[1:]
		}
		return words
	}
	blocks := func(got []blockData, part interface{ Lines() []string }) {
		var lines []string
		for _, b := range got {
			cells, words := b.Cells, b.Words
			if cells == nil {
				cells = []string{b.Text}
			}
			for _, c := range cells {
				if words = cut(c, words); c != "" {
					lines = append(lines, c)
				}
			}
			if len(words) > 0 {
				t.Errorf("%s: there are lengths for more words than those of %q", name, cells)
			}
		}
		if !slices.Equal(lines, part.Lines()) {
			t.Errorf("%s says %q, not %q", name, lines, part.Lines())
		}
	}
	if d.Title != text.Title.Value || d.Summary != text.Summary {
		t.Errorf("%s has the title %q and the summary %q", name, d.Title, d.Summary)
	}
	cut(d.Title, d.TitleWords)
	cut(d.Description, d.DescriptionWords)
	blocks(d.Start.Blocks, text.Preamble())
	i := 0
	text.Each(func(s *notice.Section) {
		got := d.Sections[i]
		i++
		if got.Anchor != s.Anchor || got.Number != s.Number || got.Level != s.Level || got.Title != s.Title || got.Missing != s.Missing() {
			t.Errorf("%s: section %d is %+v", name, i-1, got)
		}
		cut(got.Title, got.TitleWords)
		blocks(got.Blocks, s.Part)
	})
	if i != len(d.Sections) {
		t.Errorf("%s has %d sections, not %d", name, len(d.Sections), i)
	}
}

func TestNoticeData(t *testing.T) {
	m := &memory{t: t, site: fstest.MapFS{}}
	m.release("one", "2020-01-01", strings.Replace(hardText, "{#one}", "{#uno}", 1))
	m.facts = "[[moved]]\nfrom = 'uno'\nto = 'one'\n"
	m.release("one", "2021-01-01", hardText)
	all := noticesOf(t, m.plan("2022-06-01"))
	if len(all) != 4 {
		t.Errorf("there are %d files", len(all))
	}
	d := all["/ms/one/2021-01-01/notice.json"]
	says(t, "hard", d, m.open().Version("one", "2021-01-01").Document.Texts["ms"])
	entry := m.open().Version("one", "2021-01-01").Entry
	parent := 0
	want := fmt.Sprint("https://example.com/legal/versions/notice.schema.json one 2021-01-01 ms ltr one ms D P 2021-01-01 UTC [en ms] https://example.com/legal/ms/one/2021-01-01/ ",
		sealedData{"https://example.com/legal/versions/one/2021-01-01/SHA256SUMS", entry.Seal, 2}, " map[uno:one]")
	if got := fmt.Sprint(d.Schema, " ", d.Notice, " ", d.Version, " ", d.Locale, " ", d.Dir, " ", d.Title, " ", d.Description, " ", d.Publisher, " ", d.Effective, " ", d.Zone, " ",
		d.Authoritative, " ", d.Address, " ", d.Sealed, " ", d.Moved); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(d.Sections) != 2 || d.Sections[0].Parent != nil || *d.Sections[1].Parent != parent || !slices.Equal(d.Sections[1].Links, []string{"mailto:privacy@example.com", "/one/versions/"}) {
		t.Errorf("sections are %+v", d.Sections)
	}
	if d.Cancelled != "" || d.Reading != nil {
		t.Errorf("it says that it is cancelled or a reading: %+v", d)
	}
	if source := all["/one/2021-01-01/notice.json"]; source.Start.Stale || !d.Start.Stale || source.Sections[1].Stale || !d.Sections[1].Stale {
		t.Error("it does not say that nobody recorded what was translated")
	}
	if before := all["/ms/one/2020-01-01/notice.json"]; before.Start.Digest != d.Start.Digest || before.Sections[0].Digest != d.Sections[0].Digest || d.Sections[1].Digest == d.Sections[0].Digest || before.Moved != nil {
		t.Error("the digests are not those of what readers see")
	}
}

// BenchmarkNoticeData makes the data of a version with 40 sections of 200 words.
func BenchmarkNoticeData(b *testing.B) {
	var body strings.Builder
	for i := range 40 {
		fmt.Fprintf(&body, "## Section %d {#s%d}\n\n%s\n\n- %s\n- %s\n\n", i, i, strings.Repeat("We keep (some) of your data, for 12 months. ", 11),
			strings.Repeat("a word by itself ", 12), strings.Repeat("another one, too; ", 16))
	}
	m := &memory{t: new(testing.T), site: fstest.MapFS{}}
	m.release("one", "2020-01-01", body.String())
	moment, _ := archive.ParseMoment("2020-06-01")
	a := m.open()
	p := &plan{site: testSite, archive: a}
	s := a.Notices["one"].Standings(moment)[0]
	text := s.Document.Texts["ms"]
	for b.Loop() {
		if f := p.noticeData(s, "archive", testSite.Locales[1], text); len(f.Data) < 40_000 {
			b.Fatal(len(f.Data))
		}
	}
}
