package redline

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"placard/internal/notice"
)

func load(t *testing.T, body string) *notice.Text {
	t.Helper()
	doc, findings := notice.Load(fstest.MapFS{
		"n/notice.toml": {Data: []byte("publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['en']\n")},
		"n/index.en.md": {Data: []byte("---\ntitle: T\ndescription: D\n---\n\n" + body)},
	}, "n", "n")
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return doc.Source()
}

func TestCompare(t *testing.T) {
	const old = "Before.\n\n## One {#one}\n\nThe fee is 12 ringgit.\n\n## Two {#two}\n\nSee [one](#one).\n\n### Sub {#sub}\n\nx\n\n## Three {#three}\n\ny\n"
	for _, tt := range []struct {
		name, new string
		want      []string
	}{
		{"the same", old, nil},
		{"preamble", "After all.\n" + old[len("Before.\n"):], []string{"changed # +2 -1"}},
		{"a number is one word", "Before.\n\n## One {#one}\n\nThe fee is 24 ringgit.\n" + old[len("Before.\n\n## One {#one}\n\nThe fee is 12 ringgit.\n"):],
			[]string{"changed #one +1 -1"}},
		{"only a link", "Before.\n\n## One {#one}\n\nThe fee is 12 ringgit.\n\n## Two {#two}\n\nSee [one](#sub).\n\n### Sub {#sub}\n\nx\n\n## Three {#three}\n\ny\n",
			[]string{"marked #two +0 -0"}},
		{"removed, added, renamed", "Before.\n\n## Uno {#one}\n\nThe fee is 12 ringgit.\n\n## Two {#two}\n\nSee [one](#one).\n\n## New {#new}\n\nnew words\n\n## Three {#three}\n\ny\n",
			[]string{"renamed #one +1 -1", "removed #sub +0 -2", "added #new +3 -0"}},
		{"moved", "Before.\n\n## Three {#drei}\n\ny\n\n## One {#one}\n\nThe fee is 12 ringgit.\n\n## Two {#two}\n\nSee [one](#one).\n\n### Sub {#sub}\n\nx\n",
			[]string{"marked #drei +0 -0"}},
		{"only a blank line more", old + "\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range Compare(load(t, old), load(t, tt.new), map[string]string{"three": "drei"}) {
				kind := [...]string{"added", "removed", "changed", "marked"}[c.Kind]
				if c.Renamed() {
					kind = "renamed"
				}
				got = append(got, fmt.Sprintf("%s #%s +%d -%d", kind, c.Anchor, c.Inserted, c.Deleted))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// A section that kept its anchor is the same one; what moved into it is removed.
func TestMovedIntoOneThatStays(t *testing.T) {
	older := load(t, "## One {#one}\n\nx\n\n## Two {#two}\n\ny\n")
	newer := load(t, "## Two {#two}\n\ny\n")
	changes := Compare(older, newer, map[string]string{"one": "two"})
	if len(changes) != 1 || changes[0].Kind != Removed || changes[0].Anchor != "one" {
		t.Errorf("changes are %+v", changes)
	}
}

// The lines of a section that was changed, heading first, the older ones before those that took their place.
func TestLines(t *testing.T) {
	older := load(t, "Before.\n\n## One {#one}\n\nThe *fee* is\n12 ringgit.\n\n- a\n- b\n\n## Two {#two}\n\nSame.\n")
	newer := load(t, "Before.\n\n## Uno {#one}\n\nThe fee is 13 ringgit.\n\n- a\n- c\n\n## Two {#two}\n\n*Same.*\n")
	var got []string
	for _, c := range Compare(older, newer, nil) {
		for _, l := range c.Lines {
			got = append(got, fmt.Sprintf("%s %q %v", c.Anchor, l.Words, l.Old))
		}
	}
	want := []string{`one "One" true`, `one "The fee is 12 ringgit." true`, `one "Uno" false`, `one "The fee is 13 ringgit." false`, `one "b" true`, `one "c" false`}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
