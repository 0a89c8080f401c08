package notice

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/diag"
)

const facts = `publisher = "Example Cloud, Inc."
time-zone = "UTC"
source-locale = "en"
authoritative-locales = ["en"]
locales = ["en"]
`

const text = "---\ntitle: Terms\ndescription: D\n---\n\nBefore.\n\n## One {#one}\n\nFirst.\n\n### Sub {#sub}\n\n## Two {#two}\n"

func folder(changes map[string]string) fstest.MapFS {
	site := fstest.MapFS{}
	files := map[string]string{"notice.toml": facts, "index.en.md": text}
	maps.Copy(files, changes)
	for name, data := range files {
		if data != "-" {
			site["content/terms/"+name] = &fstest.MapFile{Data: []byte(data)}
		}
	}
	return site
}

func list(findings diag.Findings) []string {
	var out []string
	for _, f := range findings {
		line := strings.TrimPrefix(f.At.String(), "content/terms/") + " " + f.ID
		if f.ID == "key-missing" {
			line += fmt.Sprint(" ", f.Args["Key"])
		}
		out = append(out, line)
	}
	return out
}

func TestLoadFindings(t *testing.T) {
	appendix := facts + "[[appendix]]\nanchor = \"brazil\"\nsection = \"two\"\njurisdictions = [\"BR\"]\n"
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"good", nil, nil},
		{"good with everything", map[string]string{
			"notice.toml": appendix, "appendices/brazil.en.md": "---\ntitle: Brazil\n---\n", "files/a/b.pdf": "x",
			"changes.en.md": "---\nsummary: S\n---\n",
		}, nil},
		{"no notice.toml", map[string]string{"notice.toml": "-"}, []string{"notice.toml facts-absent"}},
		{"broken notice.toml", map[string]string{"notice.toml": "a = "}, []string{"notice.toml:1:5 toml-no-value"}},
		{"notice.toml without keys", map[string]string{"notice.toml": "\n"}, []string{
			"notice.toml:1 key-missing authoritative-locales", "notice.toml:1 key-missing locales", "notice.toml:1 key-missing publisher",
			"notice.toml:1 key-missing source-locale", "notice.toml:1 key-missing time-zone"}},
		{"unknown key", map[string]string{"notice.toml": facts + "publsher = 1\n"}, []string{"notice.toml:6:1 key-unknown"}},
		{"wrong type", map[string]string{"notice.toml": strings.Replace(facts, `"UTC"`, "1", 1)}, []string{"notice.toml:2:13 key-type"}},
		{"no such zone", map[string]string{"notice.toml": strings.Replace(facts, "UTC", "Local", 1)}, []string{"notice.toml:2:13 time-zone-unknown"}},
		{"locale not offered", map[string]string{"notice.toml": strings.Replace(facts, `authoritative-locales = ["en"]`, `authoritative-locales = ["ms"]`, 1)},
			[]string{"notice.toml:4:26 locale-not-offered"}},
		{"locale form and twice", map[string]string{"notice.toml": strings.Replace(facts, "\nlocales = [\"en\"]", "\nlocales = [\"en\", \"EN\", \"en\"]", 1)},
			[]string{"notice.toml:5:18 locale-tag", "notice.toml:5:24 locale-twice"}},
		{"policy", map[string]string{"notice.toml": facts + "translation-policy = \"lax\"\n"}, []string{"notice.toml:6:22 policy-unknown"}},
		{"no text", map[string]string{"index.en.md": "-"}, []string{"notice.toml:5:12 text-absent"}},
		{"no sections", map[string]string{"index.en.md": "---\ntitle: T\ndescription: D\n---\n\nWords.\n"}, []string{"index.en.md no-sections"}},
		{"front matter", map[string]string{"index.en.md": strings.Replace(text, "title: Terms\ndescription: D", "titel: Terms\ndescription: 3", 1)},
			[]string{"index.en.md:2 key-missing title", "index.en.md:2:1 key-unknown", "index.en.md:3:14 key-type"}},
		{"key twice", map[string]string{"index.en.md": strings.Replace(text, "title: Terms\n", "title: Terms\ntitle: T\n", 1)},
			[]string{"index.en.md:3:1 key-twice"}},
		{"alias", map[string]string{"index.en.md": strings.Replace(text, "title: Terms\ndescription: D", "title: &a Terms\ndescription: *a", 1)},
			[]string{"index.en.md:2:8 yaml-alias", "index.en.md:2:8 key-type", "index.en.md:3:14 yaml-alias", "index.en.md:3:14 key-type"}},
		{"stray files", map[string]string{"notes.txt": "x", "index.md": "x", "sub/index.en.md": "x", "files/a b.pdf": "x", "files/.x": "x"},
			[]string{"files/.x file-name", "files/a b.pdf file-name", "index.md file-unknown", "notes.txt file-unknown", "sub folder-unknown"}},
		{"names that differ in case", map[string]string{"files/a.pdf": "x", "files/A.pdf": "x"}, []string{"files/a.pdf file-case"}},
		{"other locale", map[string]string{"index.ms.md": text, "changes.fr.md": text}, []string{"changes.fr.md file-locale", "index.ms.md file-locale"}},
		{"appendix without entry", map[string]string{"appendices/brazil.en.md": "---\ntitle: Brazil\n---\n"}, []string{"appendices/brazil.en.md appendix-undeclared"}},
		{"entry without appendix", map[string]string{"notice.toml": appendix}, []string{"notice.toml:7:10 appendix-absent"}},
		{"appendix nowhere", map[string]string{"notice.toml": strings.Replace(appendix, "two", "sub", 1), "appendices/brazil.en.md": "---\ntitle: Brazil\n---\n"},
			[]string{"notice.toml:8:11 appendix-place"}},
		{"no such jurisdiction", map[string]string{"notice.toml": strings.Replace(appendix, `"BR"`, `"XY", "BR-", "br"`, 1), "appendices/brazil.en.md": "---\ntitle: Brazil\n---\n"},
			[]string{"notice.toml:9:18 jurisdiction-unknown", "notice.toml:9:24 jurisdiction-unknown", "notice.toml:9:31 jurisdiction-unknown"}},
		{"anchor twice", map[string]string{"index.en.md": text + "\n## Three {#sub}\n"}, []string{"index.en.md:16:1 anchor-twice"}},
		{"anchor of an appendix twice", map[string]string{"notice.toml": appendix, "appendices/brazil.en.md": "---\ntitle: Brazil\n---\n\n## A {#one}\n"},
			[]string{"appendices/brazil.en.md:5:1 anchor-twice"}},
		{"headings in changes", map[string]string{"changes.en.md": "---\nsummary: S\n---\n\n## A {#a}\n"}, []string{"changes.en.md:5:1 heading-not-here"}},
		{"retired version", map[string]string{"notice.toml": facts + "[[retired]]\nanchor = \"old\"\nlast-version = \"2020\"\n"}, []string{"notice.toml:8:16 version-name"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := Load(folder(tt.files), "content/terms", "terms")
			got, want := list(findings), slices.Clone(tt.want)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestNumbersAndWords(t *testing.T) {
	many := facts
	files := map[string]string{}
	for _, name := range []string{"brazil", "japan"} {
		many += "[[appendix]]\nanchor = \"" + name + "\"\nsection = \"one\"\njurisdictions = [\"JP\"]\n"
		files["appendices/"+name+".en.md"] = "---\ntitle: In " + name + "\n---\n\nThere.\n\n## Part {#" + name + "-part}\n\n### Sub {#" + name + "-sub}\n"
	}
	files["notice.toml"] = many
	doc, findings := Load(folder(files), "content/terms", "terms")
	if len(findings) > 0 {
		t.Fatal(list(findings))
	}
	var got []string
	doc.Source().Each(func(s *Section) { got = append(got, s.Number+" #"+s.Anchor) })
	want := []string{"1 #one", "1.1 #sub", "A #brazil", "A.1 #brazil-part", "A.1.1 #brazil-sub", "B #japan", "B.1 #japan-part", "B.1.1 #japan-sub", "2 #two"}
	if !slices.Equal(got, want) {
		t.Errorf("sections are %q, want %q", got, want)
	}
	const words = " Terms\n Before.\n#one\n One\n First.\n#sub\n Sub\n#brazil\n In brazil\n There.\n#brazil-part\n Part\n" +
		"#brazil-sub\n Sub\n#japan\n In japan\n There.\n#japan-part\n Part\n#japan-sub\n Sub\n#two\n Two\n"
	if got := doc.Source().Words(); got != words {
		t.Errorf("Words() = %q\nwant      %q", got, words)
	}
	if letters(0) != "A" || letters(25) != "Z" || letters(26) != "AA" || letters(52) != "BA" {
		t.Error("letters do not count A … Z, AA")
	}
}

func TestAttachments(t *testing.T) {
	large := strings.Repeat("x", MaxAttachment)
	long := "files/" + strings.Repeat("a", maxFilePath-len("files/"))
	many := map[string]string{}
	for i := range MaxAttachments {
		many[fmt.Sprintf("files/%d/a.pdf", i)] = "x"
	}
	more := maps.Clone(many)
	more["files/x.pdf"], more["files/aux"], more["files/y.pdf"] = large+"x", "x", ""
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"as many as may be", many, nil},
		{"one more, of which no more is said", more, []string{"files attachments-too-many"}},
		{"as large as may be", map[string]string{"files/1": large, "files/2": large, "files/a/3": large, "files/a/b/4": large}, nil},
		{"larger together", map[string]string{"files/1": large, "files/2": large, "files/a/3": large, "files/a/b/4": large, "files/5": "x"},
			[]string{"files attachments-too-large"}},
		{"one that is larger", map[string]string{"files/1": large + "x"}, []string{"files/1 attachment-too-large"}},
		{"empty", map[string]string{"files/a.pdf": "", "files/b/c.pdf": ""}, []string{"files/a.pdf attachment-empty", "files/b/c.pdf attachment-empty"}},
		{"a long path", map[string]string{long: "x"}, nil},
		{"a longer one", map[string]string{long + "b": "x"}, []string{long + "b file-name-long"}},
		{"names that Windows has", map[string]string{"files/con-1.pdf": "x", "files/auxiliary.pdf": "x", "files/a.con": "x", "files/a..b": "x", "files/com.pdf": "x"}, nil},
		{"names that Windows has not", map[string]string{"files/AUX": "x", "files/nul/a.pdf": "x", "files/com1.tar.gz": "x", "files/a.": "x", "files/b./c": "x"}, []string{
			"files/AUX file-name-windows", "files/a. file-name-windows", "files/b./c file-name-windows", "files/com1.tar.gz file-name-windows",
			"files/nul/a.pdf file-name-windows"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := Load(folder(tt.files), "content/terms", "terms")
			if got := list(findings); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Args["Size"] == f.Args["Limit"] && f.Args["Size"] != nil }) {
				t.Error("what is above a limit reads as if it met it")
			}
		})
	}
}

// TestSealedAttachments holds that an archive stays readable whatever limits drafts have.
func TestSealedAttachments(t *testing.T) {
	files := map[string][]byte{"notice.toml": []byte(facts), "index.en.md": []byte(text), "files/aux.pdf": nil, "files/" + strings.Repeat("a", 200): nil}
	for i := range MaxAttachments {
		files[fmt.Sprintf("files/%d.pdf", i)] = nil
	}
	if doc, findings := Sealed("terms", Folder{Dir: "versions/terms/2021-02-09", Files: files}); len(findings) > 0 || len(doc.Attachments) != MaxAttachments+2 {
		t.Errorf("%d attachments, %q", len(doc.Attachments), list(findings))
	}
}

func TestParseLink(t *testing.T) {
	for destination, want := range map[string]Link{
		"#cookies":               {Kind: AnchorLink, Anchor: "cookies"},
		"/cookies/":              {Kind: NoticeLink, Slug: "cookies"},
		"/cookies/#types":        {Kind: NoticeLink, Slug: "cookies", Anchor: "types"},
		"/cookies/2021-02-09/":   {Kind: VersionLink, Slug: "cookies", Version: "2021-02-09"},
		"/cookies/2021-02-09.2/": {Kind: VersionLink, Slug: "cookies", Version: "2021-02-09.2"},
		"/cookies/2021-02-09/#a": {Kind: VersionLink, Slug: "cookies", Version: "2021-02-09", Anchor: "a"},
		"/cookies/versions/":     {Kind: VersionsLink, Slug: "cookies"},
		"files/a/b.pdf":          {Kind: FileLink, Path: "files/a/b.pdf"},
		"https://example.com/":   {Kind: ExternalLink},
		"mailto:a@example.com":   {Kind: ExternalLink},
		"tel:+15550100":          {Kind: ExternalLink},
		"":                       {}, "#": {}, "/": {}, "/cookies": {}, "/cookies/#": {}, "/Cookies/": {}, "/versions/": {},
		"/cookies/2021-02-30/": {}, "/cookies/x/": {}, "//example.com/": {}, "cookies/": {}, "../cookies/": {},
		"javascript:alert(1)": {}, "data:text/html,x": {}, "https:": {}, "mailto:": {}, "ftp://example.com/": {}, "JavaScript:x": {},
	} {
		if got := ParseLink(destination); got != want {
			t.Errorf("ParseLink(%q) = %+v, want %+v", destination, got, want)
		}
	}
}

func TestVersionNames(t *testing.T) {
	for name, want := range map[string]bool{
		"2021-02-09": true, "2021-02-09.2": true, "2021-02-09.12": true, "2021-02-09.1": false, "2021-02-09.0": false,
		"2021-02-09.02": false, "2021-02-30": false, "21-02-09": false, "": false, "2021-02-09-s1": false,
	} {
		if IsVersionName(name) != want {
			t.Errorf("IsVersionName(%q) = %v", name, !want)
		}
	}
	names := []string{"2021-02-09.10", "2021-02-10", "2021-02-09", "2020-12-31", "2021-02-09.2"}
	slices.SortFunc(names, CompareVersions)
	if want := []string{"2020-12-31", "2021-02-09", "2021-02-09.2", "2021-02-09.10", "2021-02-10"}; !slices.Equal(names, want) {
		t.Errorf("sorted: %q, want %q", names, want)
	}
}

// FuzzLoad holds that no folder makes the loader panic, and that what it takes has a text.
func FuzzLoad(f *testing.F) {
	f.Add(facts, text)
	f.Add("", "")
	f.Add(facts+"[[appendix]]\n[appendix.x]\n", "---\n? [a]\n---\n## A {#a}\n")
	f.Fuzz(func(t *testing.T, facts, text string) {
		doc, findings := Load(folder(map[string]string{"notice.toml": facts, "index.en.md": text}), "content/terms", "terms")
		if findings.Errors() == 0 && doc.Source() == nil {
			t.Error("a notice without a text is taken")
		}
	})
}
