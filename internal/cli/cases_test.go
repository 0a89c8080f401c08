package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// noon is when the clock of a case stands, unless it says otherwise: 2 January 2026, 12:00 UTC.
const noon = "1767355200"

// A testCase is one thing that goes wrong, and what is said of it: testdata/cases/AREA/NAME.txtar. Its comment is the
// title in plain words, an empty line, and one step a line; words with spaces, or with bytes that a text cannot
// carry, are quoted as in Go ("\xff"):
//
//	write FILE TEXT          the file is made, or made anew
//	append FILE TEXT         to its end
//	repeat FILE COUNT TEXT   append, COUNT times; %d in the text is the number
//	replace FILE OLD NEW     the first OLD, which must be there
//	remove PATH              with all below it
//	rename FROM TO
//	symlink FILE TARGET
//	folder PATH              an empty one, with those above it
//	files COUNT FORM TEXT    makes files of FORM, in which %d is the number
//	grow FILE BYTES          lengthens the file with NUL bytes to this size
//	drop FILE LINE           removes a line, by its number from 1
//	double FILE LINE         puts it there twice
//	swap FILE LINE LINE      exchanges two lines
//	crlf PATH                gives all lines of the files below it the ending CR LF
//	reseal                   seals the folders of LOG as they are now, as somebody would who forges an archive
//	epoch SECONDS            sets the clock
//	key FILE                 makes FILE, a private key, and FILE.pub; the same keys for the same name
//	sign FILE NUMBER         signs so many lines of LOG with the key, as it is now
//	keygen PROGRAM           takes a program in the place of ssh-keygen
//	run ARGS...              runs placard, which must succeed
//
// Before "run release" and before the last step the translations of the drafts are recorded as up to date, but in the area
// translations.
//
// The last step is the command under test: "refuse ARGS..." ends with exit code 1 and changes nothing, "refuse-usage"
// ends with 2 and changes nothing, "warn" ends with 0. The site is a copy of testdata/site with the files of the
// archive, where "want" is all that the command prints to standard error. UPDATE_SCRIPTS=1 rewrites it, and
// docs/messages.md.
type testCase struct {
	file, area, name, title string
	steps                   [][]string
	archive                 *txtar.Archive
}

func loadCases(t *testing.T) []testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases := make([]testCase, len(files))
	for i, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := testCase{file: file, area: filepath.Base(filepath.Dir(file)), archive: a}
		c.name = c.area + "/" + strings.TrimSuffix(filepath.Base(file), ".txtar")
		head, steps, _ := strings.Cut(string(a.Comment), "\n\n")
		c.title = strings.TrimSpace(head)
		for line := range strings.Lines(steps) {
			words, err := splitWords(strings.TrimSpace(line))
			if err != nil {
				t.Fatalf("%s: %s: %v", file, line, err)
			}
			if len(words) > 0 {
				c.steps = append(c.steps, words)
			}
		}
		if c.title == "" || strings.Contains(c.title, "\n") || len(c.steps) == 0 {
			t.Fatalf("%s: a case begins with its title, an empty line and its steps", file)
		}
		cases[i] = c
	}
	return cases
}

// splitWords cuts a line at its spaces; a word that begins with a quotation mark is unquoted as Go does.
func splitWords(line string) ([]string, error) {
	var words []string
	for line = strings.TrimLeft(line, " "); line != ""; line = strings.TrimLeft(line, " ") {
		word, rest, _ := strings.Cut(line, " ")
		if line[0] == '"' {
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, err
			}
			if word, err = strconv.Unquote(quoted); err != nil {
				return nil, err
			}
			rest = line[len(quoted):]
		}
		words, line = append(words, word), rest
	}
	return words, nil
}

// command is the command under test, as people write it.
func (c testCase) command() string {
	words := []string{"placard"}
	for _, word := range c.steps[len(c.steps)-1][1:] {
		if word == "" || strings.ContainsAny(word, " \"\\$") {
			word = strconv.Quote(word)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func (c testCase) want() string {
	for _, f := range c.archive.Files {
		if f.Name == "want" {
			return string(f.Data)
		}
	}
	return ""
}

// rewrite makes got what the case wants.
func (c testCase) rewrite(t *testing.T, got string) {
	t.Helper()
	c.archive.Files = slices.DeleteFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	c.archive.Files = append(c.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestCases runs every case.
func TestCases(t *testing.T) {
	cases := loadCases(t)
	titles := map[string]string{}
	met := &meetings{ids: map[string]bool{}}
	t.Cleanup(func() { met.check(t, len(cases)) })
	for _, c := range cases {
		if other, ok := titles[c.title]; ok {
			t.Errorf("%s and %s have the same title", other, c.name)
		}
		titles[c.title] = c.name
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, met)
		})
	}
}

// areas are the folders of testdata/cases, in the order of docs/messages.md, with their headings there.
var areas = [][2]string{
	{"notice", "notice.toml"},
	{"front-matter", "Front matter"},
	{"headings", "Headings"},
	{"anchors", "Anchors"},
	{"addresses", "Old addresses"},
	{"texts", "Texts"},
	{"links", "Links"},
	{"locales", "Languages"},
	{"translations", "Translations"},
	{"supplements", "Translations of sealed versions"},
	{"files", "Files"},
	{"encoding", "Encoding"},
	{"sizes", "Sizes"},
	{"release", "Releasing"},
	{"archive", "The archive"},
	{"keys", "Keys and signatures"},
	{"config", "config.toml"},
	{"messages", "Messages of the pages"},
	{"layouts", "Layouts and assets"},
	{"new", "Starting things, and archetypes"},
	{"build", "Building"},
	{"show", "A text in the terminal"},
	{"command-line", "The command line"},
}

// TestCasesPage holds that docs/messages.md lists the cases, so that none is lost by mistake. Above its mark stands what
// people write.
func TestCasesPage(t *testing.T) {
	const page, mark = "../../docs/messages.md", "<!-- What follows is made by UPDATE_SCRIPTS=1 go test ./internal/cli -->\n"
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(data), mark)
	if !ok {
		t.Fatalf("%s has no line %s", page, mark)
	}
	byArea := map[string][]testCase{}
	for _, c := range loadCases(t) {
		byArea[c.area] = append(byArea[c.area], c)
	}
	var b strings.Builder
	b.WriteString(head + mark)
	for _, area := range areas {
		if len(byArea[area[0]]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n", area[1])
		for _, c := range byArea[area[0]] {
			fmt.Fprintf(&b, "\n### %s\n\n    $ %s\n", c.title, c.command())
			for line := range strings.Lines(c.want()) {
				b.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
			}
		}
		delete(byArea, area[0])
	}
	for area := range byArea {
		t.Errorf("testdata/cases/%s is not among the areas", area)
	}
	if b.String() == string(data) {
		return
	}
	if os.Getenv("UPDATE_SCRIPTS") == "" {
		t.Fatalf("%s is not what the cases say: UPDATE_SCRIPTS=1 go test ./internal/cli makes it", page)
	}
	if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (c testCase) run(t *testing.T, met *meetings) {
	s := &caseSite{testSite: newSite(t), epoch: noon, met: met, tracked: strings.HasPrefix(c.name, "translations/")}
	for _, f := range c.archive.Files {
		if f.Name != "want" {
			s.write(f.Name, string(f.Data))
		}
	}
	last := len(c.steps) - 1
	for _, step := range c.steps[:last] {
		if err := s.step(step); err != nil {
			t.Fatalf("%q: %v", step, err)
		}
	}
	if !s.tracked {
		Accept(t, s.dir)
	}
	verb, args := c.steps[last][0], c.steps[last][1:]
	code, ok := map[string]int{"refuse": exitRefused, "refuse-usage": exitUsage, "warn": exitGood}[verb]
	if !ok {
		t.Fatalf("%q: the last step is refuse, refuse-usage or warn", verb)
	}
	before := everything(t, s.dir)
	s.met.count()
	got, said := s.placard(args)
	if got != code {
		t.Errorf("exit code %d, want %d", got, code)
	}
	if code != exitGood {
		for _, change := range differences(before, everything(t, s.dir)) {
			t.Error(change)
		}
	}
	if said == c.want() {
		return
	}
	if os.Getenv("UPDATE_SCRIPTS") != "" {
		c.rewrite(t, said)
		return
	}
	t.Errorf("said:\n%s\nwant:\n%s", said, c.want())
}
