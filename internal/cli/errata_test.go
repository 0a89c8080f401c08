package cli

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	march3 = "1772539200" // 2026-03-03
	march9 = "1773057600" // 2026-03-09
)

// corrected is the site of history with two errata of the version of 1 February 2026: one of the source text, after which a section of
// the translation is not up to date, and one of both texts.
func corrected(t *testing.T) *testSite {
	s := history(t)
	const dir = "content/terms/supplements/2026-02-01/"
	s.run(march3, "reopen", "terms", "2026-02-01", "--erratum")
	s.edit(dir+"index.en.md", "every lawful purpose", "every purpose that is lawful", "| Small | 10 |", "| Small | ten |")
	s.run(march3, "release", "terms", "--supplement", "2026-02-01", "--reason", `In “Prices” a figure was to be <em>written out</em>.`, "--yes")
	s.run(march9, "reopen", "terms", "2026-02-01", "--erratum")
	s.run(march9, "reopen", "terms", "2026-02-01", "--locale", "ms")
	s.edit(dir+"index.en.md", "Terms of Service", "Terms of Use")
	s.edit(dir+"index.ms.md", "Terma Perkhidmatan", "Terma Penggunaan")
	s.run(march9, "translate", "accept", "terms", "--locale", "ms", "--anchor", "start", "--supplement", "2026-02-01")
	s.run(march9, "release", "terms", "--supplement", "2026-02-01", "--reason", "The title was an older one.", "--yes")
	return s
}

func TestCorrectedPages(t *testing.T) {
	s := corrected(t)
	s.run(march9, "build")

	// The corrected words, with what was corrected, the newest last. A reason is a text, whatever it looks like.
	p := s.page("/terms/2026-02-01/")
	p.has("h1", "Terms of Use")
	p.has("#use .text", "every purpose that is lawful")
	p.list(".correction p", "Corrected on March 3, 2026: In “Prices” a figure was to be <em>written out</em>.", "What the text said before Changes word by word Sealed files of the correction",
		"Corrected on March 9, 2026: The title was an older one.", "What the text said before Changes word by word Sealed files of the correction")
	p.list(".corrections time", "March 3, 2026", "March 9, 2026")
	p.has(`.correction:first-child a[href="/terms/2026-02-01-s0/"]:not([hreflang])`, "")
	p.has(`.correction:last-child a[href="/terms/2026-02-01-s1/"]:not([hreflang])`, "")
	p.has(`.correction:last-child a[href="/versions/terms/2026-02-01-s2/SHA256SUMS"]`, "")
	p.hasNo(".corrections bdi[lang]")
	p.hasNo(".reading")
	p.has(".check", "line 5 of LOG")
	p.has("#prices .table", "ten")

	// In the other language too: what is missing there is shown as corrected, and what is not up to date is said to be.
	p = s.page("/ms/terms/2026-02-01/")
	p.has("h1", "Terma Penggunaan")
	p.list(`.corrections bdi[lang=en][dir=ltr]`, "In “Prices” a figure was to be <em>written out</em>.", "The title was an older one.")
	p.has(`.correction:first-child a[href="/terms/2026-02-01-s0/"][hreflang=en]`, "Teks bahasa Inggeris sebelum pembetulan")
	p.has(`.correction:last-child a[href="/ms/terms/2026-02-01-s0/"]:not([hreflang])`, "Teks sebelum pembetulan")
	p.has("#prices .table table[lang=en]", "ten")
	p.list(".section-stale", "Belum dikemas kini mengikut teks bahasa Inggeris.")
	p.has("#use .section-stale", "")
	p.hasNo(".reading")

	// What it said before: as it was then, with what was corrected by then.
	p = s.page("/terms/2026-02-01-s0/")
	p.has("h1", "Terms of Service")
	p.has("#use .text", "every lawful purpose")
	p.hasNo(".corrections")
	p.has(".earlier", "This is what the English text of this version said from January 20, 2026 until it was corrected on March 3, 2026.It was replaced by the text published on March 3, 2026.")
	p.has(`.earlier a[href="/terms/2026-02-01-s1/"]`, "")
	p.has("meta[name=robots][content=noindex]", "")
	p.has(`.facts-permanent a[href="/terms/2026-02-01-s0/"]`, "")
	p = s.page("/terms/2026-02-01-s1/")
	p.has("h1", "Terms of Service")
	p.list(".corrections time", "March 3, 2026")
	p.has(`.corrections a[href="/terms/2026-02-01-s0/"]`, "")
	p.has(`.earlier a[href="/terms/2026-02-01/"]`, "")
	p.has(".check", "line 4 of LOG")
	p = s.page("/ms/terms/2026-02-01-s0/")
	p.has("h1", "Terma Perkhidmatan")
	p.hasNo(".section-stale")
	p.has("#prices .table table[lang=en]", "10")
	for _, absent := range []string{"ms/terms/2026-02-01-s1", "terms/2026-02-01-s2", "terms/2026-03-01-s0"} {
		if _, err := os.Stat(filepath.Join(s.dir, "public", absent, "index.html")); err == nil {
			t.Errorf("there is a page at /%s/", absent)
		}
	}

	// No other version says a word of it.
	for _, address := range []string{"/terms/2026-01-05/", "/terms/2026-03-01/", "/terms/"} {
		s.page(address).hasNo(".corrections")
	}
	// Before it was published, nothing is known of it.
	s.run(march9, "build", "--as-of", "2026-03-08")
	s.page("/terms/2026-02-01/").has("h1", "Terms of Service")
	s.page("/ms/terms/2026-02-01/").list(".corrections time", "3 Mac 2026")
}

// A build after an erratum makes the pages of its version anew, with the files beside them, what the version after it changed in it, and the
// sitemap, feeds and lists; nothing else.
func TestErratumTouchesItsVersion(t *testing.T) {
	s := history(t)
	s.run(march3, "build", "--as-of", "2026-03-20")
	before := everything(t, filepath.Join(s.dir, "public"))
	const dir = "content/terms/supplements/2026-02-01/"
	s.run(march3, "reopen", "terms", "2026-02-01", "--erratum")
	s.edit(dir+"index.en.md", "every lawful purpose", "every purpose that is lawful")
	s.run(march3, "release", "terms", "--supplement", "2026-02-01", "--reason", "A word was wrong.", "--yes")
	s.run(march3, "build", "--as-of", "2026-03-20")
	var other []string
	for name, text := range everything(t, filepath.Join(s.dir, "public")) {
		if before[name] != text && !strings.HasPrefix(name, "/versions/") && !strings.HasPrefix(name, "/.placard/") {
			other = append(other, name)
		}
	}
	slices.Sort(other)
	want := []string{
		"/feed.xml", "/ms/feed.xml",
		"/ms/terms/2026-02-01/changes/index.html", "/ms/terms/2026-02-01/index.html", "/ms/terms/2026-02-01/notice.json", "/ms/terms/2026-02-01/notice.md", "/ms/terms/2026-02-01/notice.txt", "/ms/terms/feed.xml", "/ms/terms/versions.json",
		"/sitemap-terms.xml", "/terms/2026-02-01-s0", "/terms/2026-02-01-s0/index.html", "/terms/2026-02-01-s0/notice.json", "/terms/2026-02-01-s0/notice.md", "/terms/2026-02-01-s0/notice.txt",
		"/terms/2026-02-01-s1", "/terms/2026-02-01-s1/changes", "/terms/2026-02-01-s1/changes/index.html", "/terms/2026-02-01/changes/index.html",
		"/terms/2026-02-01/index.html", "/terms/2026-02-01/notice.json", "/terms/2026-02-01/notice.md", "/terms/2026-02-01/notice.txt",
		"/terms/2026-03-01/changes/index.html", "/terms/feed.xml", "/terms/sections/index.html", "/terms/versions.json",
	}
	if !slices.Equal(other, want) {
		t.Errorf("changed: %q, want %q", other, want)
	}
}

// A change of words that is neither a version nor a supplement does not reach the site: drafts, of supplements too, change no byte of it,
// and with a sealed file that was edited nothing is built.
func TestUnreleasedWordsReachNoPage(t *testing.T) {
	s := corrected(t)
	s.run(march9, "build")
	before := everything(t, filepath.Join(s.dir, "public"))
	s.edit("content/terms/index.en.md", "every lawful", "no")
	s.edit("content/terms/index.ms.md", "Terma Perkhidmatan", "Terma")
	s.run(march9, "reopen", "terms", "2026-02-01", "--erratum")
	s.edit("content/terms/supplements/2026-02-01/index.en.md", "every purpose", "no purpose")
	s.run(march9, "reopen", "terms", "2026-03-01", "--locale", "ms")
	s.edit("content/terms/supplements/2026-03-01/index.ms.md", "Terma Perkhidmatan", "Terma")
	s.run(march9, "build")
	if after := everything(t, filepath.Join(s.dir, "public")); !maps.Equal(before, after) {
		t.Error("a draft changed the site")
	}
	for _, name := range []string{"2026-03-01/index.en.md", "2026-02-01-s1/index.en.md", "2026-02-01-s2/version.toml"} {
		text := s.read("versions/terms/" + name)
		s.write("versions/terms/"+name, strings.Replace(text, "e", "a", 1))
		if code, said := s.try("build"); code != exitRefused || !strings.Contains(said, "versions/terms/"+name) {
			t.Errorf("a build with another %s ends with %d\n%s", name, code, said)
		}
		if after := everything(t, filepath.Join(s.dir, "public")); !maps.Equal(before, after) {
			t.Errorf("%s, edited, changed the site", name)
		}
		s.write("versions/terms/"+name, text)
	}
}

// A language that a version left long ago has lines in its translation.sum still: they are no part of its erratum.
func TestErratumOfFewerLanguages(t *testing.T) {
	s := newSite(t)
	s.write("content/terms/translation.sum", "ar use "+strings.Repeat("0", 64)+"\n")
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	if sum := s.read("versions/terms/2026-01-05/translation.sum"); !strings.Contains(sum, "ar use") {
		t.Fatalf("nothing is left to be left out:\n%s", sum)
	}
	s.run(january20, "reopen", "terms", "2026-01-05", "--erratum")
	s.edit("content/terms/supplements/2026-01-05/index.en.md", "any lawful", "each lawful")
	s.run(january20, "translate", "accept", "terms", "--all-locales", "--supplement", "2026-01-05")
	s.run(january20, "release", "terms", "--supplement", "2026-01-05", "--reason", "A word was wrong.", "--yes")
	if sum := s.read("versions/terms/2026-01-05-s1/translation.sum"); strings.Contains(sum, "ar ") || !strings.Contains(sum, "ms use ") {
		t.Errorf("the erratum records\n%s", sum)
	}
	s.run(january20, "verify")
}

// Of two texts that prevail, a translation alone is corrected: its readers are led to what it said before, and so are those of the other.
func TestErratumOfATranslationThatPrevails(t *testing.T) {
	s := newSite(t)
	s.edit("content/terms/notice.toml", `authoritative-locales = ["en"]`, `authoritative-locales = ["en", "ms"]`)
	s.run(january2, "release", "terms", "--effective", "2026-01-05", "--yes")
	const dir = "content/terms/supplements/2026-01-05/"
	s.run(january20, "reopen", "terms", "2026-01-05", "--erratum")
	s.edit(dir+"index.ms.md", "yang sah", "yang halal")
	if code, said := s.try("release", "terms", "--supplement", "2026-01-05", "--reason", "A word was wrong.", "--yes"); code != exitRefused || !strings.Contains(said, "nothing is corrected in “en”") {
		t.Fatalf("with the English text as it was: %d\n%s", code, said)
	}
	remove(t, s, dir+"index.en.md")
	remove(t, s, dir+"appendices/brazil.en.md")
	s.run(january20, "release", "terms", "--supplement", "2026-01-05", "--reason", "A word was wrong.", "--yes")
	s.run(january20, "verify")
	s.run(january20, "build")
	malay := s.page("/ms/terms/")
	malay.has("#use > .text", "yang halal")
	malay.has(`.correction a[href="/ms/terms/2026-01-05-s0/"]:not([hreflang])`, "Teks sebelum pembetulan")
	malay.hasNo(".section-stale")
	english := s.page("/terms/")
	english.has(`.correction a[href="/ms/terms/2026-01-05-s0/"][hreflang=ms]`, "What the Malay text said before")
	english.has(".correction", "Corrected on January 20, 2026: A word was wrong.")
	english.has(".check", "line 1 of LOG")
	s.page("/ms/terms/2026-01-05-s0/").has("#use > .text", "yang sah")
	if _, err := os.Stat(filepath.Join(s.dir, "public/terms/2026-01-05-s0")); err == nil {
		t.Error("there is a page of an earlier English text, which was never corrected")
	}
}
