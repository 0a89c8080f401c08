package cli

import (
	"strings"
	"testing"
)

// What became of a section is told of what applies; what is announced is told as that, and a section that was announced, postponed and then
// came is one section.
func TestSectionsOverTime(t *testing.T) {
	s := history(t)
	for _, locale := range []string{"en", "ms"} {
		s.edit("content/terms/index."+locale+".md", "{#places}", "{#regions}")
		remove(t, s, "content/terms/changes." + locale + ".md")
	}
	s.write("content/terms/notice.toml", strings.Replace(s.read("content/terms/notice.toml"), `section = "places"`, `section = "regions"`, 1)+"\n[[moved]]\nfrom = \"places\"\nto = \"regions\"\n")
	s.run(march9, "translate", "accept", "terms", "--all-locales")
	s.run(march9, "release", "terms", "--effective", "2026-05-01", "--yes")

	s.run(march9, "build", "--as-of", "2026-03-10")
	p := s.page("/terms/sections/")
	p.has(`#regions.life > #places`, "")
	p.has(`#regions h2 a[href="/terms/2026-03-01/#places"]`, "Certain places")
	p.hasNo("#regions .life-note")

	s.run(noonOf(t, "2026-03-12"), "postpone", "terms", "2026-05-01", "--to", "2026-06-01", "--reason", "Later.", "--yes")
	s.run(march9, "build", "--as-of", "2026-06-02")
	p = s.page("/terms/sections/")
	p.has(`#regions.life > #places`, "")
	p.has(`#regions h2 a[href="/terms/2026-06-01/#regions"]`, "Certain places")
	p.hasNo("#regions .life-note")
	p.hasNo("section#places")
}

// A correction is one event of a section, and none of the versions before and after it.
func TestCorrectionIsOneEvent(t *testing.T) {
	s := history(t)
	s.run(march9, "build", "--as-of", "2026-03-20")
	before := len(s.page("/terms/sections/").all("#use li"))
	s.run(march9, "reopen", "terms", "2026-02-01", "--erratum")
	s.edit("content/terms/supplements/2026-02-01/index.en.md", "every lawful purpose", "every purpose that is lawful")
	s.run(march9, "release", "terms", "--supplement", "2026-02-01", "--reason", "A word was wrong.", "--yes")
	s.run(march9, "build", "--as-of", "2026-03-20")
	p := s.page("/terms/sections/")
	if after := len(p.all("#use li")); after != before+1 {
		t.Errorf("%d events, and %d before the correction", after, before)
	}
	p.has(`#use a[href="/terms/2026-02-01-s1/changes/#use"]`, "")
	const corrected = "Both texts are compared as they read with all corrections."
	s.page("/terms/2026-02-01/changes/").list(".title .redline-note", corrected, "Prices & accounts are new.")
	s.page("/terms/2026-03-01/changes/").list(".title .redline-note", corrected, "Places are new.")
	s.page("/terms/2026-02-01-s1/changes/").list(".title .redline-note", "Reason: A word was wrong.")
}

// A page of what a version changed stays, with a place for every section that it named, whatever becomes of the versions before it.
func TestRedlinesStay(t *testing.T) {
	s := history(t)
	remove(t, s, "content/terms/changes.en.md")
	remove(t, s, "content/terms/changes.ms.md")
	s.write("content/terms/index.en.md", s.read("content/terms/index.en.md")+"\n## Late {#late}\n\nLate words.\n")
	s.write("content/terms/index.ms.md", s.read("content/terms/index.ms.md")+"\n## Lewat {#late}\n\nPerkataan lewat.\n")
	s.run(march9, "translate", "accept", "terms", "--all-locales")
	s.run(march9, "release", "terms", "--effective", "2026-06-01", "--yes")
	s.edit("content/terms/index.en.md", "## Late {#late}\n\nLate words.\n", "")
	s.edit("content/terms/index.ms.md", "## Lewat {#late}\n\nPerkataan lewat.\n", "")
	s.write("content/terms/notice.toml", s.read("content/terms/notice.toml")+"\n[[retired]]\nanchor = \"late\"\nlast-version = \"2026-06-01\"\n")
	s.run(march9, "translate", "accept", "terms", "--all-locales")
	s.run(march9, "release", "terms", "--effective", "2026-07-01", "--yes")
	s.run(march9, "build", "--as-of", "2026-03-10")
	s.page("/terms/2026-07-01/changes/").has(`section.redline-removed#late`, "")
	entry := s.feed("/terms/feed.xml").Entries[0]

	s.run(noonOf(t, "2026-03-12"), "cancel", "terms", "2026-06-01", "--reason", "Not needed.", "--yes")
	s.run(march9, "build", "--as-of", "2026-03-13")
	p := s.page("/terms/2026-07-01/changes/")
	p.has(`.title a[href="/terms/2026-03-01/"]`, "")
	p.has(`.retired #late a[href="/terms/2026-06-01/#late"]`, "")
	for _, e := range s.feed("/terms/feed.xml").Entries {
		if e.ID == entry.ID && (e.Content != entry.Content || len(e.Links) != len(entry.Links)) {
			t.Errorf("an entry was changed:\n%+v\n%+v", entry, e)
		}
	}
}
