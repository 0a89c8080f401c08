package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestLate holds what is said of versions that were published after the day from which they apply, or sealed after that on which they were
// published: in the files beside their pages, and in the TimeMap.
func TestLate(t *testing.T) {
	s := newSite(t)
	text := "content/terms/index.en.md"
	s.run(noonOf(t, "2026-01-02"), "release", "terms", "--effective", "2026-01-05", "--yes")
	s.edit(text, "any lawful", "every lawful")
	s.run(noonOf(t, "2026-01-20"), "release", "terms", "--effective", "2026-01-10", "--retroactive", "The courts decided so.", "--yes")
	s.edit(text, "every lawful", "each lawful")
	s.run(noonOf(t, "2026-02-17"), "release", "terms", "--effective", "2026-02-10", "--published", "2026-02-09", "--reconstructed", "It stood on paper.", "--yes")
	s.edit(text, "each lawful", "some lawful")
	s.run(noonOf(t, "2026-02-20"), "release", "terms", "--effective", "2026-02-12", "--retroactive", "Too late to be shown.", "--yes")
	s.edit(text, "some lawful", "one lawful")
	s.run(noonOf(t, "2026-02-20"), "release", "terms", "--effective", "2026-02-14", "--retroactive", "The same day.", "--yes")
	s.run(noonOf(t, "2026-03-01"), "build")
	for file, want := range map[string][]string{
		"terms/2026-01-10/notice.txt":    {"\nIt was published on 2026-01-20, after the day from which it applies. Reason:\nThe courts decided so.\n"},
		"terms/2026-01-10/notice.md":     {"\nretroactive: \"The courts decided so.\"\n"},
		"terms/2026-01-10/notice.json":   {`"published":"2026-01-20","retroactive":"The courts decided so.","zone"`},
		"ms/terms/2026-01-10/notice.txt": {"\nVersi ini diterbitkan pada 2026-01-20, iaitu selepas hari ia mula berkuat\nkuasa. Sebab: The courts decided so.\n"},
		"terms/2026-02-10/notice.txt":    {"\nWhat was published on 2026-02-09 was sealed in this archive only on\n2026-02-17. Reason: It stood on paper.\n"},
		"terms/2026-02-10/notice.md":     {"\nreconstructed:\n  - published-on: \"2026-02-09\"\n    sealed-on: \"2026-02-17\"\n    reason: \"It stood on paper.\"\n---\n"},
		"terms/2026-02-10/notice.json":   {`"published":"2026-02-09","reconstructed":{"sealed":"2026-02-17","reason":"It stood on paper."},"zone"`},
		// A version that was published on the same day as a later one that applied by then never stood at the address of the notice.
		"terms/timemap.link": {
			`/terms/2026-01-05/>; rel="first memento"; datetime="Sun, 04 Jan 2026 16:00:00 GMT",` + "\n" +
				`<https://example.com/terms/2026-01-10/>; rel="memento"; datetime="Mon, 19 Jan 2026 16:00:00 GMT",` + "\n" +
				`<https://example.com/terms/2026-02-10/>; rel="memento"; datetime="Mon, 09 Feb 2026 16:00:00 GMT",` + "\n" +
				`<https://example.com/terms/2026-02-14/>; rel="last memento"; datetime="Thu, 19 Feb 2026 16:00:00 GMT"` + "\n",
		},
	} {
		for _, words := range want {
			if said := s.read("public/" + file); !strings.Contains(said, words) {
				t.Errorf("%s does not say\n%s\n%s", file, words, said)
			}
		}
	}
	for _, file := range []string{"notice.txt", "notice.md", "notice.json"} {
		if said := s.read("public/terms/2026-01-05/" + file); strings.Contains(said, "retroactive") || strings.Contains(said, "reconstructed") || strings.Contains(said, "after the day") {
			t.Errorf("%s of a version in time says that it was late", file)
		}
	}
	s.page("/terms/2026-01-10/").has(`link[rel=original][href="/terms/"]`, "")
	s.page("/terms/2026-02-12/").hasNo("link[rel=original]")
	s.validate(filepath.Join(s.dir, "public"))
}

// TestStoodOutOfOrder holds that the TimeMap is in the order of the days on which versions came to the address.
func TestStoodOutOfOrder(t *testing.T) {
	s := newSite(t)
	s.run(noonOf(t, "2026-01-12"), "release", "terms", "--effective", "2026-01-05", "--retroactive", "Late.", "--yes")
	s.edit("content/terms/index.en.md", "any lawful", "every lawful")
	s.run(noonOf(t, "2026-01-20"), "release", "terms", "--effective", "2026-01-10", "--retroactive", "Late too.", "--yes")
	s.run(noonOf(t, "2026-01-21"), "build")
	want := `2026-01-05/>; rel="first memento"; datetime="Sun, 11 Jan 2026 16:00:00 GMT",` + "\n" +
		`<https://example.com/terms/2026-01-10/>; rel="last memento"; datetime="Mon, 19 Jan 2026 16:00:00 GMT"` + "\n"
	if got := s.read("public/terms/timemap.link"); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
