package check

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

const (
	facts = "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['en', 'ms']\n"
	front = "---\ntitle: T\ndescription: D\n---\n\n"
	body  = front + "## One {#one}\n\nSee [two](#two).\n\n## Two {#two}\n\nText.\n\n### Sub {#sub}\n\nText.\n"
)

// draft loads a notice from files; what is not given is that of a good one, whose translations are up to date.
func draft(t *testing.T, site fstest.MapFS, slug string, files map[string]string) (*notice.Document, diag.Findings) {
	t.Helper()
	for name, data := range map[string]string{"notice.toml": facts, "index.en.md": body, "index.ms.md": body} {
		site["content/"+slug+"/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	for name, data := range files {
		site["content/"+slug+"/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	doc, findings := notice.Load(site, "content/"+slug, slug)
	if _, given := files[notice.SumFile]; given || findings.Errors() > 0 || doc.Source() == nil {
		return doc, findings
	}
	sum := translation.Sum{}
	for locale, all := range translation.StatusOf(doc, sum) {
		sum.Accept(locale, all)
	}
	site["content/"+slug+"/"+notice.SumFile] = &fstest.MapFile{Data: sum.Bytes()}
	return notice.Load(site, "content/"+slug, slug)
}

// sealed is an archive with one version of the notice "n" of the day 2020-01-01, and one of "other".
func sealed(t *testing.T, summary string) *archive.Archive {
	t.Helper()
	site := fstest.MapFS{}
	log := ""
	for _, slug := range []string{"n", "other"} {
		doc, findings := draft(t, site, slug, map[string]string{"changes.en.md": summary, "changes.ms.md": summary})
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		a, findings := archive.Open(site)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		r, err := a.Prepare(doc, "2020-01-01", "2020-01-01", archive.Statement{})
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range r.Files {
			site[r.Entry.Folder()+"/"+name] = &fstest.MapFile{Data: data}
		}
		log += r.Entry.Line()
		site["versions/LOG"] = &fstest.MapFile{Data: []byte(log)}
	}
	a, findings := archive.Open(site)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return a
}

func both(old, new string) map[string]string {
	text := strings.Replace(body, old, new, 1)
	return map[string]string{"index.en.md": text, "index.ms.md": text}
}

func with(files map[string]string, more ...string) map[string]string {
	for i := 0; i < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

const allNew = "---\nsummary: All is new.\n---\n"

func TestRules(t *testing.T) {
	appendix := facts + "[[appendix]]\nanchor = 'a'\nsection = 'two'\njurisdictions = ['MY', 'US-CA', 'EEA']\n"
	title := "---\ntitle: A\n---\n\nText.\n"
	lax := "translation-policy = 'allow-missing'\n" + facts
	for _, tt := range []struct {
		name, slug string
		files      map[string]string
		want       []string
	}{
		{"good", "n", nil, nil},
		{"locale of no site", "n", map[string]string{"notice.toml": strings.Replace(facts, "'ms'", "'fr'", 1), "index.fr.md": body, "index.ms.md": ""},
			[]string{"index.ms.md file-locale", "notice.toml:5:18 locale-not-configured"}},
		{"slug of a locale", "ms", nil, []string{" slug-is-locale"}},
		{"slug", "N", nil, []string{" slug-form"}},
		{"reserved slug", "versions", nil, []string{" slug-form"}},
		{"anchor of a link", "n", both("(#two)", "(#tow)"), []string{"index.en.md:8:5 link-anchor", "index.ms.md:8:5 link-anchor"}},
		{"anchor of an appendix that is not translated", "n", map[string]string{
			"notice.toml": "translation-policy = 'allow-missing'\n" + strings.Replace(appendix, ", 'EEA'", "", 1), "appendices/a.en.md": title,
			"index.en.md": strings.Replace(body, "(#two)", "(#a)", 1), "index.ms.md": strings.Replace(body, "(#two)", "(#a)", 1)}, nil},
		{"form of a link", "n", both("(#two)", "(two)"), []string{"index.en.md:8:5 link-form", "index.ms.md:8:5 link-form"}},
		{"notice of a link", "n", both("(#two)", "(/none/)"), []string{"index.en.md:8:5 link-notice", "index.ms.md:8:5 link-notice"}},
		{"anchor in another notice", "n", both("(#two)", "(/other/#none)"), []string{"index.en.md:8:5 link-notice-anchor", "index.ms.md:8:5 link-notice-anchor"}},
		{"version of a link", "n", both("(#two)", "(/other/2020-01-02/)"), []string{"index.en.md:8:5 link-version", "index.ms.md:8:5 link-version"}},
		{"anchor in a version", "n", both("(#two)", "(/other/2020-01-01/#none)"), []string{"index.en.md:8:5 link-version-anchor", "index.ms.md:8:5 link-version-anchor"}},
		{"good links", "n", both("(#two)", "(/other/#one) [b](/other/2020-01-01/#sub) [c](/n/versions/) [d](/n/#two) [e](https://example.com/)"), nil},
		{"attachment of a link", "n", both("(#two)", "(files/a.pdf)"), []string{"index.en.md:8:5 link-file", "index.ms.md:8:5 link-file"}},
		{"unused attachment", "n", map[string]string{"files/a.pdf": "x"}, []string{"files/a.pdf file-unused"}},
		{"used attachment", "n", with(both("(#two)", "(files/a.pdf)"), "files/a.pdf", "x"), nil},
		{"jurisdiction without a name", "n", map[string]string{"notice.toml": appendix, "appendices/a.en.md": title, "appendices/a.ms.md": title},
			[]string{"notice.toml:9:33 jurisdiction-unnamed"}},
		{"section too few", "n", map[string]string{"index.ms.md": strings.Replace(body, "### Sub {#sub}\n\nText.\n", "", 1)}, []string{"index.ms.md section-absent"}},
		{"section too many", "n", map[string]string{"index.ms.md": body + "\n### More {#more}\n"}, []string{"index.ms.md:18:1 section-extra"}},
		{"another order", "n", map[string]string{"index.ms.md": front + "## Two {#two}\n\n### Sub {#sub}\n\n## One {#one}\n\nSee [two](#two).\n"}, []string{"index.ms.md:6:1 section-order"}},
		{"another level", "n", map[string]string{"index.ms.md": strings.Replace(body, "###", "##", 1)}, []string{"index.ms.md:14:1 section-order"}},
		{"other links", "n", map[string]string{"index.ms.md": strings.Replace(body, "(#two)", "(#sub)", 1)}, []string{"index.ms.md:6:1 links-differ"}},
		{"other links to elsewhere", "n", map[string]string{"index.ms.md": strings.Replace(body, "(#two)", "(#two) [x](https://example.com/)", 1)}, []string{"index.ms.md:6:1 links-outside-differ"}},
		{"missing", "n", map[string]string{"index.ms.md": strings.Replace(body, "{#sub}\n\nText.", "{#sub .missing}", 1)}, []string{"index.ms.md:14:1 missing-not-allowed"}},
		{"missing, allowed", "n", map[string]string{"notice.toml": lax, "index.ms.md": strings.Replace(body, "{#sub}\n\nText.", "{#sub .missing}", 1)}, nil},
		{"missing in the source", "n", with(both("{#sub}\n\nText.", "{#sub .missing}"), "notice.toml", lax), []string{"index.en.md:14:1 missing-in-source"}},
		{"appendix not translated, allowed", "n", map[string]string{"notice.toml": "translation-policy = 'allow-missing'\n" + strings.Replace(appendix, ", 'EEA'", "", 1), "appendices/a.en.md": title}, nil},
		{"anchor gone", "n", both("\n### Sub {#sub}\n\nText.\n", ""), []string{"index.en.md anchor-gone"}},
		{"anchor moved", "n", with(both("{#sub}", "{#under}"), "notice.toml", facts+"[[moved]]\nfrom = 'sub'\nto = 'under'\n"), nil},
		{"anchor moved nowhere", "n", with(both("{#sub}", "{#under}"), "notice.toml", facts+"[[moved]]\nfrom = 'sub'\nto = 'unter'\n"), []string{"notice.toml:8:6 moved-to-nowhere"}},
		{"anchor moved and still there", "n", map[string]string{"notice.toml": facts + "[[moved]]\nfrom = 'sub'\nto = 'one'\n"}, []string{"notice.toml:7:8 moved-still-there"}},
		{"anchor retired", "n", with(both("\n### Sub {#sub}\n\nText.\n", ""), "notice.toml", facts+"[[retired]]\nanchor = 'sub'\nlast-version = '2020-01-01'\n"), nil},
		{"anchor retired and still there", "n", map[string]string{"notice.toml": facts + "[[retired]]\nanchor = 'sub'\nlast-version = '2020-01-01'\n"}, []string{"notice.toml:7:10 retired-still-there"}},
		{"retired in no version", "n", with(both("\n### Sub {#sub}\n\nText.\n", ""), "notice.toml", facts+"[[retired]]\nanchor = 'sub'\nlast-version = '2020-01-02'\n"), []string{"notice.toml:8:16 retired-version"}},
		{"retired, and never there", "n", map[string]string{"notice.toml": facts + "[[retired]]\nanchor = 'old'\nlast-version = '2020-01-01'\n"}, []string{"notice.toml:8:16 retired-not-in-version"}},
		{"changes of another version", "n", with(both("Text.", "Words."), "changes.en.md", allNew, "changes.ms.md", "---\nsummary: Baharu.\n---\n"), []string{"changes.en.md changes-repeated"}},
		{"changes of this version", "n", with(both("Text.", "Words."), "changes.en.md", "---\nsummary: Words.\n---\n", "changes.ms.md", "---\nsummary: Kata.\n---\n"), nil},
		{"rules that compare wait", "n", map[string]string{"index.en.md": strings.Replace(body, " {#two}", "", 1)}, []string{"index.en.md:8:5 link-anchor", "index.en.md:10:1 anchor-absent"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, findings := draft(t, fstest.MapFS{}, tt.slug, tt.files)
			in := &Input{
				Drafts: map[string]*notice.Document{tt.slug: doc}, Archive: sealed(t, allNew), Moment: archive.At(time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)), Locales: map[string]bool{"en": true, "ms": true},
				Named: func(code string) bool { return code == "US-CA" },
			}
			findings = append(findings, Run(in, doc, findings.Errors() == 0)...)
			findings.Sort()
			var got []string
			for _, f := range findings {
				got = append(got, strings.TrimPrefix(strings.TrimPrefix(f.At.String(), "content/"+tt.slug), "/")+" "+f.ID)
			}
			slices.Sort(got)
			want := slices.Clone(tt.want)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// A link to a notice that has a draft and no version is a warning, once.
func TestUnreleased(t *testing.T) {
	site := fstest.MapFS{}
	doc, _ := draft(t, site, "n", both("(#two)", "(/fresh/) [b](/fresh/#one)"))
	fresh, _ := draft(t, site, "fresh", nil)
	in := &Input{
		Drafts: map[string]*notice.Document{"n": doc, "fresh": fresh}, Archive: sealed(t, allNew),
		Locales: map[string]bool{"en": true, "ms": true}, Named: func(string) bool { return true },
	}
	findings := Run(in, doc, true)
	if len(findings) != 1 || findings[0].ID != "link-notice-unreleased" || findings.Errors() != 0 {
		t.Errorf("findings %v", findings)
	}
}
