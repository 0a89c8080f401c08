package notice

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
)

const (
	overFacts = "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en', 'ar']\nlocales = ['en', 'ms', 'ar']\ntranslation-policy = 'allow-missing'\n\n" +
		"[[appendix]]\nanchor = 'brazil'\nsection = 'use'\njurisdictions = ['BR']\n"
	overText     = "---\ntitle: T\ndescription: D\n---\n\n## Use {#use}\n\nSee [it](files/a.pdf).\n"
	overAppendix = "---\ntitle: Brazil\n---\n\nMore.\n"
)

// sealedVersion are the files of a version that supplements are laid upon.
func sealedVersion() Folder {
	return Folder{Dir: "versions/n/2026-01-01", Files: map[string][]byte{
		FactsFile: []byte(overFacts), "index.en.md": []byte(overText), "index.ms.md": []byte(overText), "index.ar.md": []byte(overText),
		"appendices/brazil.en.md": []byte(overAppendix), "appendices/brazil.ar.md": []byte(overAppendix), "appendices/brazil.ms.md": []byte(overAppendix), "files/a.pdf": nil,
		SumFile: []byte("ar use 1\nms use 1\n"),
	}}
}

// TestOverlay lays supplements upon a version, and says of which folder each file is, or what is wrong.
func TestOverlay(t *testing.T) {
	for _, tt := range []struct {
		name        string
		supplements []map[string]string
		want        []string // the files that are not those of the version, "file folder"; "- file" is gone
		wrong       []string // "file id"
		erratum     bool
	}{
		{"a language is mended", []map[string]string{{"index.ms.md": overText, "appendices/brazil.ms.md": overAppendix, SumFile: "ms use 2\n"}},
			[]string{"appendices/brazil.ms.md s1", "index.ms.md s1", "translation.sum s1"}, nil, false},
		{"all texts in it are replaced", []map[string]string{{"index.ms.md": overText}},
			[]string{"- appendices/brazil.ms.md", "index.ms.md s1"}, nil, false},
		{"a language is added, and then mended", []map[string]string{{"index.zh.md": overText, "files/b.pdf": ""}, {"index.ms.md": overText}, {"index.zh.md": overText}},
			[]string{"- appendices/brazil.ms.md", "files/b.pdf s1", "index.ms.md s2", "index.zh.md s3"}, nil, false},
		{"the source is corrected", []map[string]string{{"index.en.md": overText, "appendices/brazil.en.md": overAppendix}},
			[]string{"appendices/brazil.en.md s1", "index.en.md s1"}, nil, true},
		{"all are corrected at once", []map[string]string{{"index.en.md": overText, "appendices/brazil.en.md": overAppendix, "index.ar.md": overText, "appendices/brazil.ar.md": overAppendix, "index.ms.md": overText}},
			[]string{"- appendices/brazil.ms.md", "appendices/brazil.ar.md s1", "appendices/brazil.en.md s1", "index.ar.md s1", "index.en.md s1", "index.ms.md s1"}, nil, true},
		{"a correction without an appendix", []map[string]string{{"index.en.md": overText}}, nil, []string{"s1/appendices/brazil.en.md appendix-absent"}, true},
		{"a correction of facts", []map[string]string{{"index.en.md": overText, "appendices/brazil.en.md": overAppendix, FactsFile: overFacts}}, nil, []string{"s1/notice.toml supplement-file"}, true},
		{"nothing", []map[string]string{{}}, nil, []string{"s1 supplement-empty"}, false},
		{"no text", []map[string]string{{SumFile: "ms use 2\n"}}, nil, []string{"s1 supplement-empty"}, false},
		{"no index", []map[string]string{{"appendices/brazil.ms.md": overAppendix}}, nil, []string{"s1/index.ms.md supplement-text"}, false},
		{"the source", []map[string]string{{"index.en.md": overText}}, nil, []string{"s1/index.en.md supplement-authoritative"}, false},
		{"an appendix of the source", []map[string]string{{"index.ms.md": overText, "appendices/brazil.en.md": overAppendix}}, nil, []string{"s1/appendices/brazil.en.md supplement-authoritative"}, false},
		{"a text that prevails", []map[string]string{{"index.ar.md": overText}}, nil, []string{"s1/index.ar.md supplement-authoritative"}, false},
		{"changes of one that prevails", []map[string]string{{"index.ms.md": overText, "changes.ar.md": "---\nsummary: S\n---\n"}}, nil, []string{"s1/changes.ar.md supplement-authoritative"}, false},
		{"facts", []map[string]string{{"index.ms.md": overText, FactsFile: overFacts}}, nil, []string{"s1/notice.toml supplement-file"}, false},
		{"facts in upper case", []map[string]string{{"index.ms.md": overText, "Notice.toml": overFacts}}, nil, []string{"s1/Notice.toml file-case", "s1/Notice.toml file-unknown"}, false},
		{"an attachment", []map[string]string{{"index.ms.md": overText, "files/a.pdf": ""}}, nil, []string{"s1/files/a.pdf supplement-file"}, false},
		{"an attachment of a supplement", []map[string]string{{"index.ms.md": overText, "files/b.pdf": ""}, {"index.ms.md": overText, "files/b.pdf": ""}}, nil, []string{"s2/files/b.pdf supplement-file"}, false},
		{"an attachment in upper case", []map[string]string{{"index.ms.md": overText, "files/A.pdf": ""}}, nil, []string{"s1/files/A.pdf file-case"}, false},
		{"a folder in upper case", []map[string]string{{"index.ms.md": overText, "Files/b.pdf": ""}}, nil, []string{"s1/Files file-case", "s1/Files/b.pdf file-unknown"}, false},
		{"a language in upper case", []map[string]string{{"index.MS.md": overText}}, nil, []string{"s1/index.MS.md locale-tag"}, false},
		{"a text deeper down", []map[string]string{{"index.ms.md": overText, "appendices/a/index.en.md": overText}}, nil, []string{"s1/appendices/a/index.en.md file-unknown"}, false},
		{"an appendix that the version has not", []map[string]string{{"index.ms.md": overText, "appendices/chile.ms.md": overAppendix}}, nil, []string{"s1/appendices/chile.ms.md appendix-undeclared"}, false},
	} {
		folders := []Folder{sealedVersion()}
		for i, files := range tt.supplements {
			f := Folder{Dir: folders[0].Dir + "-s" + string(rune('1'+i)), Files: map[string][]byte{}, Corrects: tt.erratum}
			for name, text := range files {
				f.Files[name] = []byte(text)
			}
			folders = append(folders, f)
		}
		doc, findings := Sealed("n", folders...)
		var wrong []string
		for _, f := range findings {
			wrong = append(wrong, strings.TrimPrefix(f.At.File, folders[0].Dir+"-")+" "+f.ID)
		}
		if !slices.Equal(wrong, tt.wrong) {
			t.Errorf("%s: %q, want %q", tt.name, wrong, tt.wrong)
		}
		if len(wrong) > 0 {
			continue
		}
		var got []string
		for _, name := range doc.Files {
			if at := strings.TrimPrefix(doc.At(name), folders[0].Dir); !strings.HasPrefix(at, "/") {
				got = append(got, name+" "+strings.TrimSuffix(at[1:], "/"+name))
			}
		}
		for name := range folders[0].Files {
			if !slices.Contains(doc.Files, name) {
				got = append(got, "- "+name)
			}
		}
		if slices.Sort(got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: it has %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestOverlaySum lays the lines of translation.sum over one another, by language.
func TestOverlaySum(t *testing.T) {
	for _, tt := range []struct {
		name      string
		files     map[string]string
		sum, own  string
		corrected []string
	}{
		{"a translation", map[string]string{"index.ms.md": overText, SumFile: "ms use 2\n"}, "ar use 1\nms use 2\n", "ms use 2\n", nil},
		{"one that prevails", map[string]string{"index.ar.md": overText, "appendices/brazil.ar.md": overAppendix, SumFile: "ar use 2\n"}, "ms use 1\nar use 2\n", "ar use 2\n", []string{"ar"}},
		// What was recorded of the source text before says nothing of the corrected one.
		{"the source", map[string]string{"index.en.md": overText, "appendices/brazil.en.md": overAppendix, SumFile: "ms use 3\n"}, "ms use 3\n", "ms use 3\n", []string{"en"}},
		{"the source, and nothing recorded", map[string]string{"index.en.md": overText, "appendices/brazil.en.md": overAppendix}, "", "", []string{"en"}},
	} {
		supplement := Folder{Dir: "versions/n/2026-01-01-s1", Files: map[string][]byte{}, Corrects: tt.corrected != nil}
		for name, text := range tt.files {
			supplement.Files[name] = []byte(text)
		}
		doc, findings := Sealed("n", sealedVersion(), supplement)
		if findings.Errors() > 0 {
			t.Errorf("%s: %q", tt.name, list(findings))
		}
		if got := string(doc.Sum); got != tt.sum {
			t.Errorf("%s: it records %q, want %q", tt.name, got, tt.sum)
		}
		if got := string(doc.OwnSum); got != tt.own {
			t.Errorf("%s: the supplement records %q, want %q", tt.name, got, tt.own)
		}
		if got := doc.Corrected(); !slices.Equal(got, tt.corrected) {
			t.Errorf("%s: it corrects %q, want %q", tt.name, got, tt.corrected)
		}
	}
}

// TestErratum finds what an erratum changes besides words.
func TestErratum(t *testing.T) {
	const start = "---\ntitle: T\ndescription: D\n---\n\n"
	load := func(files map[string]string) *Document {
		version := Folder{Dir: "versions/n/2026-01-01", Files: map[string][]byte{
			FactsFile:                 []byte(overFacts),
			"index.en.md":             []byte(start + "## Use {#use}\n\nIt.\n\n### More {#more}\n\n## End {#end}\n"),
			"appendices/brazil.en.md": []byte(overAppendix + "\n## In {#in}\n"),
			"index.ar.md":             []byte(overText), "appendices/brazil.ar.md": []byte(overAppendix),
			"index.ms.md": []byte(overText), "changes.en.md": []byte("---\nsummary: S\n---\n"), "files/a.pdf": nil,
		}}
		folders := []Folder{version}
		if files != nil {
			erratum := Folder{Dir: version.Dir + "-s1", Files: map[string][]byte{}, Corrects: true}
			for _, name := range []string{"index.en.md", "appendices/brazil.en.md", "changes.en.md"} {
				erratum.Files[name] = version.Files[name]
			}
			for name, text := range files {
				if erratum.Files[name] = []byte(text); text == "" {
					delete(erratum.Files, name)
				}
			}
			folders = append(folders, erratum)
		}
		doc, findings := Sealed("n", folders...)
		if findings.Errors() > 0 {
			t.Fatal(list(findings))
		}
		return doc
	}
	before := load(nil)
	for _, tt := range []struct{ name, file, text, want string }{
		{"words", "index.en.md", "---\ntitle: U\ndescription: E\n---\n\nX.\n\n## Uses {#use}\n\nThis.\n\n### More {#more}\n\n## End {#end}\n", ""},
		{"what changed, in other words", "changes.en.md", "---\nsummary: T\n---\n", ""},
		{"a section less", "index.en.md", start + "## Use {#use}\n\n## End {#end}\n", "index.en.md erratum-gone more"},
		{"a section more", "index.en.md", start + "## Use {#use}\n\n### More {#more}\n\n## New {#new}\n\n## End {#end}\n", "index.en.md:10:1 erratum-new new"},
		{"another anchor", "index.en.md", start + "## Use {#use}\n\n### More {#moer}\n\n## End {#end}\n", "index.en.md erratum-gone more, index.en.md:8:1 erratum-new moer"},
		{"another order", "index.en.md", start + "## End {#end}\n\n## Use {#use}\n\n### More {#more}\n", "index.en.md:6:1 erratum-moved end"},
		{"another level", "index.en.md", start + "## Use {#use}\n\n## More {#more}\n\n## End {#end}\n", "index.en.md:8:1 erratum-moved more"},
		{"a section of an appendix", "appendices/brazil.en.md", overAppendix, "appendices/brazil.en.md erratum-gone in"},
		{"nothing of what changed", "changes.en.md", "", "changes.en.md erratum-file "},
	} {
		var got []string
		for _, f := range load(map[string]string{tt.file: tt.text}).CheckErratum(before) {
			anchor, _ := f.Args["Anchor"].(string)
			got = append(got, strings.TrimPrefix(f.At.String(), "versions/n/2026-01-01-s1/")+" "+f.ID+" "+anchor)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// FuzzOverlay lays what others may have sealed upon a version: its facts and its attachments stay as they were, and what prevails but for
// the texts that an erratum corrects.
func FuzzOverlay(f *testing.F) {
	for _, name := range []string{"index.ms.md", "index.en.md", "Index.en.md", "index.EN.md", "appendices/brazil.en.md", FactsFile, SumFile, "files/a.pdf", "index.zh.md", "changes.ar.md", ""} {
		f.Add(name, "index.zh.md", overText, false)
		f.Add("index.ms.md", name, "ms use 2\n", false)
		f.Add("appendices/brazil.en.md", name, overAppendix, true)
	}
	before, _ := Sealed("n", sealedVersion())
	f.Fuzz(func(t *testing.T, one, other, text string, corrects bool) {
		if !fs.ValidPath(one) || !fs.ValidPath(other) { // SHA256SUMS names no others
			return
		}
		supplement := Folder{Dir: "versions/n/2026-01-01-s1", Files: map[string][]byte{one: []byte(text), other: []byte(overText)}, Corrects: corrects}
		doc, findings := Sealed("n", sealedVersion(), supplement)
		if findings.Errors() > 0 {
			return
		}
		doc.Check(doc.Added...)
		for _, locale := range []string{"en", "ar"} {
			if !slices.Contains(doc.Corrected(), locale) && doc.Texts[locale].Words() != before.Texts[locale].Words() {
				t.Errorf("%q and %q replace the text in %s", one, other, locale)
			}
		}
		for _, name := range []string{FactsFile, "files/a.pdf"} {
			if got := doc.At(name); got != before.At(name) {
				t.Errorf("%q and %q put %s in the place of %s", one, other, got, before.At(name))
			}
		}
		for _, locale := range before.Facts.LocaleNames() {
			if !doc.Facts.HasLocale(locale) {
				t.Errorf("%q and %q take %s away", one, other, locale)
			}
		}
		if len(doc.Added) == 0 || !corrects && len(doc.Corrected()) > 0 {
			t.Errorf("%q and %q add %q", one, other, doc.Added)
		}
	})
}

// TestOnlyFor finds the attachments that go with some languages.
func TestOnlyFor(t *testing.T) {
	link := func(file string) []byte { return []byte(strings.ReplaceAll(overText, "files/a.pdf", file)) }
	files := maps.Clone(sealedVersion().Files)
	files["index.ms.md"], files["appendices/brazil.ms.md"] = link("files/a.ms.pdf"), []byte(overAppendix+"\n[b](files/b.pdf)\n")
	for _, name := range []string{"files/a.ms.pdf", "files/b.pdf", "files/unused.pdf"} {
		files[name] = nil
	}
	doc, _ := Sealed("n", Folder{Dir: "content/n", Files: files})
	for _, tt := range []struct{ locales, want []string }{
		{[]string{"ms"}, []string{"files/a.ms.pdf", "files/b.pdf"}},
		{[]string{"ar"}, nil},
		{[]string{"ar", "en"}, []string{"files/a.pdf"}},
		{nil, nil},
	} {
		if got := doc.OnlyFor(tt.locales); !slices.Equal(got, tt.want) {
			t.Errorf("only for %q: %q, want %q", tt.locales, got, tt.want)
		}
	}
}
