package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"

	"placard/internal/archive"
	"placard/internal/notice"
)

// letters are what a text is made of, without spaces and marks: what a form of it has to say, whatever it puts between.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return r
		}
		return -1
	}, text)
}

// addresses are what plain text has behind the words of a link, and noteMarks where it refers to a footnote.
var (
	addresses = regexp.MustCompile(`<(https?|mailto|tel):[^<>\s]*>`)
	noteMarks = regexp.MustCompile(`\[\d+\]`)
)

// saysAll holds that a file says every line of a text, in the order of the page.
func saysAll(t *testing.T, name, file string, text *notice.Text, skip func(*notice.Section) bool) {
	t.Helper()
	rest := letters(file)
	want := func(line string) {
		words := letters(noteMarks.ReplaceAllString(addresses.ReplaceAllString(line, ""), ""))
		i := strings.Index(rest, words)
		if i < 0 {
			t.Errorf("%s does not say %q there", name, line)
			return
		}
		rest = rest[i+len(words):]
	}
	want(text.Title.Value)
	want(text.Description.Value)
	for _, line := range text.Preamble().Lines() {
		want(line)
	}
	text.Each(func(s *notice.Section) {
		if skip(s) {
			return
		}
		want(s.Number)
		want(s.Title)
		for _, line := range s.Part.Lines() {
			want(line)
		}
	})
}

// markdownWords are the words of a Markdown file, as another parser of Markdown reads them, and its front matter.
func markdownWords(t *testing.T, file string) (string, map[string]any) {
	t.Helper()
	front, body, ok := strings.Cut(strings.TrimPrefix(file, "---\n"), "\n---\n")
	if !ok {
		t.Fatalf("no front matter: %.100s", file)
	}
	var said map[string]any
	if err := yaml.Unmarshal([]byte(front), &said); err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	m := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote, extension.DefinitionList), goldmark.WithParserOptions(parser.WithHeadingAttribute()))
	if err := m.Convert([]byte(body), &page); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	var notes []*html.Node
	for n := range root.Descendants() {
		if n.Data == "sup" || n.Data == "a" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Val == "footnote-backref" }) {
			notes = append(notes, n)
		}
	}
	for _, n := range notes { // the numbers of footnotes are no words of the text
		n.Parent.RemoveChild(n)
	}
	return words(root), said
}

// TestForms holds that the files of each text that was ever published say all of its words, in the order of its page, and what they are
// of: over the sample.
func TestForms(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	sample := &testSite{t, "../.."}
	sample.run(noonOf(t, "2026-06-01"), "build", "--out", out)
	a, findings := archive.Open(os.DirFS("../.."))
	if findings.Errors() > 0 {
		t.Fatal(findings)
	}
	texts := 0
	for slug, timeline := range a.Notices {
		for _, v := range timeline {
			for locale, text := range v.Document.Texts {
				texts++
				dir := filepath.Join(out, strings.TrimPrefix(locale, "en"), slug, v.Name())
				plain, err := os.ReadFile(filepath.Join(dir, "notice.txt"))
				if err != nil {
					t.Fatal(err)
				}
				file, err := os.ReadFile(filepath.Join(dir, "notice.md"))
				if err != nil {
					t.Fatal(err)
				}
				all := func(s *notice.Section) bool { return s.Missing() }
				saysAll(t, dir+"/notice.txt", noteMarks.ReplaceAllString(addresses.ReplaceAllString(string(plain), ""), ""), text, all)
				read, front := markdownWords(t, string(file))
				readAgain(t, dir, read, text)
				for key, want := range map[string]any{"notice": slug, "version": v.Name(), "title": text.Title.Value, "publisher": v.Document.Facts.Publisher, "time-zone": v.Document.Facts.Zone.String()} {
					if front[key] != want {
						t.Errorf("%s: %s is %v, want %v", dir, key, front[key], want)
					}
				}
				for _, s := range text.Anchors() {
					if !strings.Contains(string(file), " {#"+s+"}\n") {
						t.Errorf("%s/notice.md has no {#%s}", dir, s)
					}
				}
			}
		}
	}
	if texts < 8 {
		t.Errorf("%d texts", texts)
	}
}

// readAgain holds what another parser reads of a Markdown file to say every line of a text. It prints all footnotes at the end.
func readAgain(t *testing.T, name, read string, text *notice.Text) {
	t.Helper()
	all := letters(read)
	lines := append([]string{text.Title.Value, text.Description.Value}, text.Preamble().Lines()...)
	text.Each(func(s *notice.Section) {
		if !s.Missing() {
			lines = append(append(lines, s.Number+s.Title), s.Part.Lines()...)
		}
	})
	for _, line := range lines {
		if !strings.Contains(all, letters(line)) {
			t.Errorf("%s/notice.md does not say %q", name, line)
		}
	}
}

// TestFormsOf holds what the files say besides the text: where a part is in another language or was made of another text, for whom an
// appendix is, what was corrected and where the text stood; and nothing that becomes untrue.
func TestFormsOf(t *testing.T) {
	s := eventful(t)
	s.run(january20, "build", "--as-of", "2026-03-12")
	for file, want := range map[string][]string{
		"public/terms/2026-02-01/notice.txt": {
			"Notice: terms\nVersion: 2026-02-01\nLanguage: English (en)\nApplies from: 2026-02-01\nPublished on: 2026-01-20\nTime zone of the dates: Asia/Kuala_Lumpur\n",
			"\nPermanent address of this version: https://example.com/terms/2026-02-01/\nSeal (SHA-256): ",
			"\nCorrected on 2026-03-03: A word was wrong.\n", "\n2 Prices\n--------\n",
			"[For people in: Brazil, California, European Economic Area]\n", "[1] Without tax.\n", "Plan  | Price\n-------------\nSmall |    10\nLarge |    20\n",
			"See payment\n<https://example.com/terms/2026-02-01/#prices> and the form\n<https://example.com/versions/terms/2026-02-01/files/form.csv>.\n",
		},
		"public/ms/terms/2026-02-01/notice.txt": {
			"\n2 Prices\n--------\n\n[Belum diterjemahkan; dipaparkan dalam bahasa Inggeris.]\n", "Terma tambahan", "\nBahasa: Melayu (ms)\n",
		},
		"public/terms/2026-02-01/notice.md": {
			"effective-from: \"2026-02-01\"\n", "corrections:\n  - published-on: \"2026-03-03\"\n    reason: \"A word was wrong.\"\n", "reading: \"2026-02-01-s1\"\n",
			"\n## 2 Prices {#prices}\n", "\n### A Brazil {#brazil}\n\n*For people in: Brazil, California, European Economic Area*\n", "ringgit.[^1]\n\n[^1]: Without tax.\n",
			"[the form](https://example.com/versions/terms/2026-02-01/files/form.csv)",
		},
		"public/ms/terms/2026-02-01/notice.md": {"## 2 Prices {#prices}\n\n*Belum diterjemahkan; dipaparkan dalam bahasa Inggeris.*\n", "[^en--1]: Without tax.\n"},
		"public/terms/2026-02-01-s0/notice.txt": {
			"every lawful purpose", "\nThis is what the English text of this version said from 2026-01-20 until it\nwas corrected on 2026-03-03.\n",
			"address of this earlier text: https://example.com/terms/2026-02-01-s0/\n",
		},
		"public/terms/2026-02-01-s0/notice.md": {"every lawful purpose", "replaced-on: \"2026-03-03\"\n", "address: \"https://example.com/terms/2026-02-01-s0/\"\n"},
		"public/terms/2026-03-01/notice.txt":   {"\nAnnounced for: 2026-03-01\nCancelled on: 2026-02-10\n"},
		"public/terms/2026-03-01/notice.md":    {"\nannounced-for: \"2026-03-01\"\ncancelled-on: \"2026-02-10\"\n"},
	} {
		text := s.read(file)
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("%s does not say\n%s\n%s", file, words, text)
			}
		}
		for _, untrue := range []string{"In force", "Berkuat kuasa mulai 1", "Replaced by", "current"} {
			if strings.Contains(text, untrue) {
				t.Errorf("%s says %q, which may become untrue", file, untrue)
			}
		}
	}
	if strings.Contains(s.read("public/terms/2026-03-01/notice.md"), "effective-from") {
		t.Error("a version that never applied says from when")
	}
	p := s.page("/terms/2026-02-01-s0/")
	p.has(`link[rel=alternate][type="text/markdown"][href="/terms/2026-02-01-s0/notice.md"]`, "")
	p.has(`.facts a[href="/terms/2026-02-01-s0/notice.txt"]`, "Plain text")
	s.page("/terms/").has(`link[rel=alternate][type="text/plain"][href="/terms/2026-02-01/notice.txt"]`, "")
	before := everything(t, filepath.Join(s.dir, "public"))
	s.run(january20, "build", "--as-of", "2026-06-01")
	for name, was := range everything(t, filepath.Join(s.dir, "public")) {
		if strings.HasSuffix(name, ".md") && was != before[name] && !strings.Contains(name, "2026-04-01") {
			t.Errorf("%s became another one with time", name)
		}
	}
}

// linkedIn is the data of schema.org on a page.
func (s *testSite) linkedIn(address string) map[string]any {
	s.t.Helper()
	found := s.page(address).all(`head script[type="application/ld+json"]`)
	if len(found) != 1 || found[0].FirstChild == nil {
		s.t.Fatalf("%s: %d blocks of data", address, len(found))
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(found[0].FirstChild.Data), &data); err != nil {
		s.t.Fatalf("%s: %v: %s", address, err, found[0].FirstChild.Data)
	}
	return data
}

// TestLinkedData holds that the data of schema.org on a page is JSON, whatever the title holds, and says what is so for good.
func TestLinkedData(t *testing.T) {
	s := newSite(t)
	const title = `Terms of "Service" </script><!-- & 'more' \ ` + "\u2028"
	s.edit("content/terms/index.en.md", "title: Terms of Service", "title: "+`"Terms of \"Service\" </script><!-- & 'more' \\"`)
	if code, said := s.try("translate", "accept", "terms", "--all-locales"); code != exitGood {
		t.Fatal(said)
	}
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	s.run(january20, "build")
	if got, want := s.linkedIn("/terms/2026-01-05/")["name"], strings.TrimSuffix(title, " \u2028"); got != want {
		t.Errorf("the name is %q, want %q", got, want)
	}
	s.page("/terms/2026-01-05/").has("h1", `</script>`)

	s = eventful(t)
	s.run(january20, "build", "--as-of", "2026-03-12")
	for address, want := range map[string]map[string]any{
		"/terms/2026-01-05/": {
			"@type": "DigitalDocument", "inLanguage": "en", "version": "2026-01-05", "datePublished": "2026-01-02", "dateModified": nil,
			"temporalCoverage": "2026-01-05/2026-01-31", "url": "https://example.com/terms/2026-01-05/", "creativeWorkStatus": nil,
		},
		"/terms/2026-02-01/":    {"dateModified": "2026-03-03", "temporalCoverage": nil, "translationOfWork": nil},
		"/ms/terms/2026-02-01/": {"inLanguage": "ms", "dateModified": "2026-03-09", "url": "https://example.com/ms/terms/2026-02-01/"},
		"/terms/2026-03-01/":    {"creativeWorkStatus": "Cancelled", "temporalCoverage": nil},
		"/terms/2026-02-01-s0/": {"url": "https://example.com/terms/2026-02-01-s0/", "dateModified": nil},
		"/terms/":               {"url": "https://example.com/terms/2026-02-01/", "version": "2026-02-01"},
	} {
		data := s.linkedIn(address)
		for key, value := range want {
			if data[key] != value {
				t.Errorf("%s: %s is %v, want %v", address, key, data[key], value)
			}
		}
	}
	source := s.linkedIn("/ms/terms/2026-02-01/")["translationOfWork"].(map[string]any)
	if source["url"] != "https://example.com/terms/2026-02-01/" {
		t.Errorf("it is a translation of %v", source)
	}
	s.page("/terms/versions/").hasNo("script:not([src])")
}
