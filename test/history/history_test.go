package history

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"znkr.io/diff"

	"placard/internal/notice"
	"placard/internal/redline"
)

// text makes a notice of a body; false where it is none.
func text(body string) (*notice.Text, bool) {
	doc, findings := notice.Load(fstest.MapFS{
		"n/notice.toml": {Data: []byte("publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['en']\n")},
		"n/index.en.md": {Data: []byte("---\ntitle: T\ndescription: D\n---\n\n" + body)},
	}, "n", "n")
	if findings.Errors() > 0 {
		return nil, false
	}
	return doc.Source(), true
}

// lines are what a section says, heading first.
func lines(s *notice.Section) []string {
	return append([]string{s.Title}, s.Part.Lines()...)
}

// said is what a redline says of a section without what only one of the texts has.
func said(s redline.Section, without func([]redline.Piece) string, not redline.Op) []string {
	all := []string{without(s.Title)}
	for _, b := range s.Blocks {
		for _, c := range b.Cells {
			if words := without(c); words != "" && b.Op != not {
				all = append(all, words)
			}
		}
	}
	return all
}

// TestHistory compares every version of every file with the one before. PLACARD_HISTORY names the repository; without it there is nothing to
// compare.
func TestHistory(t *testing.T) {
	repository := os.Getenv("PLACARD_HISTORY")
	if repository == "" {
		t.Skip("PLACARD_HISTORY names no repository")
	}
	compared, unread := 0, 0
	var over []float64 // marked words for each that has to be
	marked, least := 0, 0
	for file, err := range Files(repository) {
		if err != nil {
			t.Fatal(err)
		}
		var before *notice.Text
		for _, commit := range file.Commits {
			source, err := Body(repository, commit, file.Path)
			if err != nil {
				t.Fatal(err)
			}
			now, ok := text(source)
			if !ok {
				unread++
				continue
			}
			if before != nil {
				compared++
				m, l := compare(t, commit+":"+file.Path, before, now)
				if l > 0 {
					over = append(over, float64(m)/float64(l))
				}
				marked, least = marked+m, least+l
			}
			before = now
		}
	}
	if compared == 0 {
		t.Fatal("nothing was compared")
	}
	slices.Sort(over)
	t.Logf("%d pairs of versions compared, %d versions not read", compared, unread)
	t.Logf("words marked for each that has to be, where any has: median %.2f, 95th percentile %.2f, most %.2f; all together %d for %d, %.2f",
		over[len(over)/2], over[len(over)*95/100], over[len(over)-1], marked, least, float64(marked)/float64(least))
}

// compare holds a redline to its two texts. It returns how many words it marks, and how many are marked at the least where each section is
// compared with itself.
func compare(t *testing.T, name string, before, now *notice.Text) (marked, least int) {
	t.Helper()
	for _, s := range redline.Compare(before, now, nil) {
		if s.Kind == redline.Same || s.Kind == redline.Away || s.Kind == redline.Marked {
			continue
		}
		marked += s.Inserted + s.Deleted
		var a, b []string
		if s.Old != nil {
			if a = lines(s.Old); !slices.Equal(said(s, redline.Before, redline.Inserted), a) {
				t.Errorf("%s: without insertions, #%s is not what it was", name, s.Old.Anchor)
			}
		}
		if s.New != nil {
			if b = lines(s.New); !slices.Equal(said(s, redline.After, redline.Deleted), b) {
				t.Errorf("%s: without deletions, #%s is not what it is", name, s.New.Anchor)
			}
		}
		if s.Old == nil && s.New == nil { // the words before the first section
			least += s.Inserted + s.Deleted
			continue
		}
		for _, e := range diff.Edits(words(a), words(b), diff.Minimal()) {
			if e.Op != diff.Match {
				least++
			}
		}
	}
	return marked, least
}

// words are those of lines, without signs.
func words(lines []string) []string {
	var all []string
	for _, line := range lines {
		for _, w := range redline.Words(line) {
			if w = strings.TrimSpace(w); redline.IsWord(w) {
				all = append(all, w)
			}
		}
	}
	return all
}
