package translation

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/notice"
)

const facts = "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['en', 'ms']\ntranslation-policy = 'allow-missing'\n"

// load makes a notice of files, each as a name and its text.
func load(t *testing.T, files ...string) *notice.Document {
	t.Helper()
	site := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		site["content/n/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	doc, findings := notice.Load(site, "content/n", "n")
	if findings.Errors() > 0 {
		t.Fatal(findings)
	}
	return doc
}

// text is a text with the sections of the given names and words.
func text(title string, sections ...string) string {
	var b strings.Builder
	b.WriteString("---\ntitle: " + title + "\ndescription: D\n---\n\nBefore.\n")
	for i := 0; i < len(sections); i += 2 {
		b.WriteString("\n## Title {#" + sections[i] + "}\n\n" + sections[i+1] + "\n")
	}
	return strings.ReplaceAll(b.String(), "{#gone}", "{#gone .missing}")
}

func TestPiecesAreWords(t *testing.T) {
	digests := func(source string, more ...string) map[string]string {
		return Digests(Pieces(load(t, append([]string{"notice.toml", facts, "index.en.md", source, "index.ms.md", source}, more...)...).Source()))
	}
	base := text("T", "one", "See *these* [words](#two).[^n]\n\n[^n]: A note.", "two", "Text.")
	for _, tt := range []struct {
		name, source string
		differ       []string
	}{
		{"the same", base, nil},
		{"marks, links, lines and space", strings.Replace(base, "See *these* [words](#two)", "See\n**these**  words", 1), nil},
		{"order", text("T", "two", "Text.", "one", "See these words.[^n]\n\n[^n]: A note."), nil},
		{"words", strings.Replace(base, "words", "letters", 1), []string{"one"}},
		{"a note of the section, which stands elsewhere", strings.Replace(base, "A note", "Another note", 1), []string{"one"}},
		{"a heading", strings.Replace(base, "## Title {#two}", "## Titles {#two}", 1), []string{"two"}},
		{"a section more below", base + "\n### Sub {#sub}\n\nText.\n", []string{"sub"}},
		{"the title", strings.Replace(base, "title: T", "title: U", 1), []string{Start}},
		{"the description", strings.Replace(base, "description: D", "description: E", 1), []string{Start}},
		{"the words before", strings.Replace(base, "Before", "After", 1), []string{Start}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := digests(base), digests(tt.source)
			var differ []string
			for anchor := range b {
				if a[anchor] != b[anchor] {
					differ = append(differ, anchor)
				}
			}
			slices.Sort(differ)
			if !slices.Equal(differ, tt.differ) {
				t.Errorf("differ %q, want %q", differ, tt.differ)
			}
		})
	}
	changes := digests(base, "changes.en.md", "---\nsummary: S.\n---\n\nMore.\n")
	other := digests(base, "changes.en.md", "---\nsummary: S.\n---\n\nLess.\n")
	if changes[Changes] == "" || changes[Changes] == other[Changes] {
		t.Errorf("changes %q and %q", changes[Changes], other[Changes])
	}
}

func TestStates(t *testing.T) {
	doc := load(t, "notice.toml", facts+"[[moved]]\nfrom = 'old'\nto = 'moved'\n",
		"index.en.md", text("T", "same", "A.", "new", "B.", "gone", "", "moved", "D.", "other", "E."),
		"index.ms.md", text("T", "same", "A.", "new", "B.", "gone", "", "moved", "D.", "other", "E."))
	now := Digests(Pieces(doc.Source()))
	recorded := map[string]string{Start: now[Start], "same": now["same"], "old": now["moved"], "other": now["same"]}
	states := map[string]State{}
	for _, s := range Compare(Pieces(doc.Source()), doc.Texts["ms"], &doc.Facts, recorded) {
		states[s.Piece.Anchor] = s.State
	}
	want := map[string]State{Start: Complete, "same": Complete, "new": Stale, "gone": Missing, "moved": Complete, "other": Stale}
	if !maps.Equal(states, want) {
		t.Errorf("states %v, want %v", states, want)
	}
}

func TestAccept(t *testing.T) {
	doc := load(t, "notice.toml", facts+"[[moved]]\nfrom = 'old'\nto = 'two'\n",
		"index.en.md", text("T", "one", "A.", "two", "B.", "gone", ""), "index.ms.md", text("T", "one", "A.", "two", "B.", "gone", ""))
	now := Digests(Pieces(doc.Source()))
	sum := Sum{"ms": {"old": now["two"], "one": strings.Repeat("0", 64), "none": now["one"]}, "ar": {"one": now["one"]}}
	accepted, missing := sum.Accept("ms", StatusOf(doc, sum)["ms"], "one", "gone")
	if len(accepted) != 1 || accepted[0].Piece.Anchor != "one" || len(missing) != 1 || missing[0].Piece.Anchor != "gone" {
		t.Errorf("accepted %v, missing %v", accepted, missing)
	}
	// What moved goes along, what is gone is forgotten, other locales stay.
	want := "ar one " + now["one"] + "\nms one " + now["one"] + "\nms two " + now["two"] + "\n"
	if got := string(sum.Bytes()); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	sum.Accept("ms", StatusOf(doc, sum)["ms"])
	for _, s := range StatusOf(doc, sum)["ms"] {
		if s.State == Stale {
			t.Errorf("%s is %s after all was accepted", s.Piece.Anchor, s.State)
		}
	}
}

func TestBehind(t *testing.T) {
	past := Past{
		{"2020-01-01", map[string]string{"a": "1"}, nil}, {"2021-01-01", map[string]string{"a": "2"}, nil},
		{"2022-01-01", map[string]string{"a": "2"}, []map[string]string{{"a": "20"}, {"a": "21"}}}, {"2023-01-01", map[string]string{"a": "3"}, nil},
	}
	for _, tt := range []struct {
		from, version string
		behind        int
		known         bool
	}{
		{"1", "2020-01-01", 3, true}, {"2", "2022-01-01", 1, true}, {"3", "2023-01-01", 0, true}, {"20", "2022-01-01", 1, true}, {"21", "2022-01-01", 1, true}, {"4", "", 0, false}, {"", "", 0, false},
	} {
		version, behind, known := past.Behind(Standing{Piece: Piece{Anchor: "a"}, From: tt.from})
		if version != tt.version || behind != tt.behind || known != tt.known {
			t.Errorf("%q: %s, %d, %v", tt.from, version, behind, known)
		}
	}
}

// FuzzSum holds that what is read prints back as it was, but for the order of lines.
func FuzzSum(f *testing.F) {
	f.Add([]byte("ms one " + strings.Repeat("0", 64) + "\n"))
	f.Add([]byte("ms _start " + strings.Repeat("a", 64) + "\nar one " + strings.Repeat("0", 64) + "\n"))
	f.Add([]byte("ms one 0\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sum, findings := ParseSum("translation.sum", data)
		if len(findings) > 0 {
			return
		}
		lines := slices.Sorted(strings.Lines(string(data)))
		printed := slices.Sorted(strings.Lines(string(sum.Bytes())))
		if !slices.Equal(lines, printed) {
			t.Errorf("%q prints as %q", lines, printed)
		}
	})
}
