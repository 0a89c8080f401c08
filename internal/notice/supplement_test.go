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
	return Folder{"versions/n/2026-01-01", map[string][]byte{
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
	}{
		{"a language is mended", []map[string]string{{"index.ms.md": overText, "appendices/brazil.ms.md": overAppendix, SumFile: "ms use 2\n"}},
			[]string{"appendices/brazil.ms.md s1", "index.ms.md s1", "translation.sum s1"}, nil},
		{"all texts in it are replaced", []map[string]string{{"index.ms.md": overText}},
			[]string{"- appendices/brazil.ms.md", "index.ms.md s1"}, nil},
		{"a language is added, and then mended", []map[string]string{{"index.zh.md": overText, "files/b.pdf": ""}, {"index.ms.md": overText}, {"index.zh.md": overText}},
			[]string{"- appendices/brazil.ms.md", "files/b.pdf s1", "index.ms.md s2", "index.zh.md s3"}, nil},
		{"nothing", []map[string]string{{}}, nil, []string{"s1 supplement-empty"}},
		{"no text", []map[string]string{{SumFile: "ms use 2\n"}}, nil, []string{"s1 supplement-empty"}},
		{"no index", []map[string]string{{"appendices/brazil.ms.md": overAppendix}}, nil, []string{"s1/index.ms.md supplement-text"}},
		{"the source", []map[string]string{{"index.en.md": overText}}, nil, []string{"s1/index.en.md supplement-authoritative"}},
		{"an appendix of the source", []map[string]string{{"index.ms.md": overText, "appendices/brazil.en.md": overAppendix}}, nil, []string{"s1/appendices/brazil.en.md supplement-authoritative"}},
		{"a text that prevails", []map[string]string{{"index.ar.md": overText}}, nil, []string{"s1/index.ar.md supplement-authoritative"}},
		{"changes of one that prevails", []map[string]string{{"index.ms.md": overText, "changes.ar.md": "---\nsummary: S\n---\n"}}, nil, []string{"s1/changes.ar.md supplement-authoritative"}},
		{"facts", []map[string]string{{"index.ms.md": overText, FactsFile: overFacts}}, nil, []string{"s1/notice.toml supplement-file"}},
		{"facts in upper case", []map[string]string{{"index.ms.md": overText, "Notice.toml": overFacts}}, nil, []string{"s1/Notice.toml file-case", "s1/Notice.toml file-unknown"}},
		{"an attachment", []map[string]string{{"index.ms.md": overText, "files/a.pdf": ""}}, nil, []string{"s1/files/a.pdf supplement-file"}},
		{"an attachment of a supplement", []map[string]string{{"index.ms.md": overText, "files/b.pdf": ""}, {"index.ms.md": overText, "files/b.pdf": ""}}, nil, []string{"s2/files/b.pdf supplement-file"}},
		{"an attachment in upper case", []map[string]string{{"index.ms.md": overText, "files/A.pdf": ""}}, nil, []string{"s1/files/A.pdf file-case"}},
		{"a folder in upper case", []map[string]string{{"index.ms.md": overText, "Files/b.pdf": ""}}, nil, []string{"s1/Files file-case", "s1/Files/b.pdf file-unknown"}},
		{"a language in upper case", []map[string]string{{"index.MS.md": overText}}, nil, []string{"s1/index.MS.md locale-tag"}},
		{"a text deeper down", []map[string]string{{"index.ms.md": overText, "appendices/a/index.en.md": overText}}, nil, []string{"s1/appendices/a/index.en.md file-unknown"}},
		{"an appendix that the version has not", []map[string]string{{"index.ms.md": overText, "appendices/chile.ms.md": overAppendix}}, nil, []string{"s1/appendices/chile.ms.md appendix-undeclared"}},
	} {
		folders := []Folder{sealedVersion()}
		for i, files := range tt.supplements {
			f := Folder{folders[0].Dir + "-s" + string(rune('1'+i)), map[string][]byte{}}
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
	supplement := Folder{"versions/n/2026-01-01-s1", map[string][]byte{"index.ms.md": []byte(overText), SumFile: []byte("ms use 2\n")}}
	doc, _ := Sealed("n", sealedVersion(), supplement)
	if got, want := string(doc.Sum), "ar use 1\nms use 2\n"; got != want {
		t.Errorf("it records %q, want %q", got, want)
	}
	if got, want := string(doc.OwnSum), "ms use 2\n"; got != want {
		t.Errorf("the supplement records %q, want %q", got, want)
	}
}

// FuzzOverlay lays what others may have sealed upon a version: what prevails, its facts and its attachments stay as they were.
func FuzzOverlay(f *testing.F) {
	for _, name := range []string{"index.ms.md", "index.en.md", "Index.en.md", "index.EN.md", "appendices/brazil.en.md", FactsFile, SumFile, "files/a.pdf", "index.zh.md", "changes.ar.md", ""} {
		f.Add(name, "index.zh.md", overText)
		f.Add("index.ms.md", name, "ms use 2\n")
	}
	before, _ := Sealed("n", sealedVersion())
	f.Fuzz(func(t *testing.T, one, other, text string) {
		if !fs.ValidPath(one) || !fs.ValidPath(other) { // SHA256SUMS names no others
			return
		}
		supplement := Folder{"versions/n/2026-01-01-s1", map[string][]byte{one: []byte(text), other: []byte(overText)}}
		doc, findings := Sealed("n", sealedVersion(), supplement)
		if findings.Errors() > 0 {
			return
		}
		doc.Check(doc.Added...)
		for _, locale := range []string{"en", "ar"} {
			if doc.Texts[locale].Words() != before.Texts[locale].Words() {
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
		if len(doc.Added) == 0 || slices.ContainsFunc(doc.Added, func(l string) bool { return !before.Facts.MaySupplement(l) }) {
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
	doc, _ := Sealed("n", Folder{"content/n", files})
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
