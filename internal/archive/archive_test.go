package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/fields"
	"placard/internal/notice"
)

func entry(n int, slug, name, published, previous string) Entry {
	return Entry{Number: n, Kind: KindVersion, Notice: slug, Name: name, Published: published,
		Seal: strings.Repeat("a", 64), Previous: previous}
}

func supplement(slug, name string) Entry {
	e := entry(0, slug, name, "2020-07-31", "")
	e.Kind = KindTranslation
	return e
}

func keys(number string) Entry {
	e := entry(0, KeysSlug, number, "2020-07-31", "")
	e.Kind = KindKeys
	return e
}

func chain(entries ...Entry) string {
	var b strings.Builder
	previous := NoPrevious
	for i, e := range entries {
		e.Number, e.Previous = i+1, previous
		b.WriteString(e.Line())
		previous = Hash([]byte(e.Line()))
	}
	return b.String()
}

func idsOf(findings diag.Findings) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.At.String()+" "+f.ID)
	}
	return out
}

func TestParseLog(t *testing.T) {
	good := chain(
		entry(0, "privacy", "2020-08-14", "2020-07-31", ""),
		entry(0, "cookies", "2020-08-14", "2020-07-31", ""),
		entry(0, "privacy", "2020-08-14.2", "2020-08-02", ""),
	)
	lines := strings.SplitAfter(good, "\n")
	for _, tt := range []struct {
		name, log string
		want      []string
	}{
		{"good", good, nil},
		{"empty", "", nil},
		{"first line gone", lines[1] + lines[2], []string{"versions/LOG:1 log-number", "versions/LOG:2 log-number"}},
		{"line in the middle gone", lines[0] + lines[2], []string{"versions/LOG:2 log-number"}},
		{"two lines swapped", lines[0] + lines[2] + lines[1], []string{"versions/LOG:2 log-number", "versions/LOG:3 log-number"}},
		{"a seal changed", strings.Replace(lines[0], "aaaa", "aaab", 1) + lines[1], []string{"versions/LOG:2 log-chain"}},
		{"the first previous changed", strings.Replace(lines[0], NoPrevious, strings.Repeat("1", 64), 1),
			[]string{"versions/LOG:1 log-chain"}},
		{"dates go back", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), entry(0, "b", "2020-08-14", "2020-07-29", "")),
			[]string{"versions/LOG:2 log-order"}},
		{"a day that ends later", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), entry(0, "b", "2020-08-14", "2020-07-30", ""), entry(0, "c", "2020-08-14", "2020-07-30", "")), nil},
		{"dates go back day by day", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), entry(0, "b", "2020-08-14", "2020-07-30", ""), entry(0, "c", "2020-08-14", "2020-07-29", "")),
			[]string{"versions/LOG:3 log-order"}},
		{"supplements", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), supplement("a", "2020-08-14-s1"), entry(0, "b", "2020-08-14", "2020-07-31", ""),
			supplement("a", "2020-08-14-s2"), supplement("b", "2020-08-14-s1")), nil},
		{"a supplement to no version", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), supplement("b", "2020-08-14-s1")),
			[]string{"versions/LOG:2 log-supplement"}},
		{"a supplement before its version", chain(supplement("a", "2020-08-14-s1"), entry(0, "a", "2020-08-14", "2020-07-31", "")),
			[]string{"versions/LOG:1 log-supplement"}},
		{"a supplement left out", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), supplement("a", "2020-08-14-s2")),
			[]string{"versions/LOG:2 log-supplement"}},
		{"a supplement of number 0", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), supplement("a", "2020-08-14-s0")),
			[]string{"versions/LOG:2 log-line"}},
		{"a version with the name of a supplement", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), entry(0, "a", "2020-08-14-s1", "2020-07-31", "")),
			[]string{"versions/LOG:2 log-line"}},
		{"a supplement with the name of a version", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), supplement("a", "2020-08-15")),
			[]string{"versions/LOG:2 log-line"}},
		{"keys", chain(keys("1"), entry(0, "a", "2020-08-14", "2020-07-31", ""), keys("2"), supplement("a", "2020-08-14-s1")), nil},
		{"a list of keys left out", chain(keys("1"), keys("3")), []string{"versions/LOG:2 log-keys"}},
		{"a list of keys twice", chain(keys("1"), keys("1")), []string{"versions/LOG:2 log-twice", "versions/LOG:2 log-keys"}},
		{"keys with the name of a version", chain(keys("2020-08-14")), []string{"versions/LOG:1 log-line"}},
		{"keys of a notice", strings.Replace(chain(keys("1")), "keys keys", "keys a", 1), []string{"versions/LOG:1 log-line"}},
		{"a version of keys", chain(entry(0, "keys", "2020-08-14", "2020-07-31", "")), []string{"versions/LOG:1 log-line"}},
		{"twice", chain(entry(0, "a", "2020-08-14", "2020-07-31", ""), entry(0, "a", "2020-08-14", "2020-07-31", "")),
			[]string{"versions/LOG:2 log-twice"}},
		{"no line feed at the end", strings.TrimSuffix(good, "\n"), []string{"versions/LOG:3 log-line"}},
		{"empty line", lines[0] + "\n" + lines[1], []string{"versions/LOG:2 log-line"}},
		{"CR LF", strings.ReplaceAll(good, "\n", "\r\n"), []string{"versions/LOG:1 log-line"}},
		{"two spaces", strings.Replace(good, " ", "  ", 1), []string{"versions/LOG:1 log-line"}},
		{"leading zero", "0" + good, []string{"versions/LOG:1 log-line"}},
		{"unknown kind", strings.Replace(good, "version", "removal", 1), []string{"versions/LOG:1 log-line"}},
		{"name that leaves the folder", strings.Replace(good, "privacy", "../etc", 1), []string{"versions/LOG:1 log-line"}},
		{"day that does not exist", strings.Replace(good, "2020-07-31", "2020-06-31", 1), []string{"versions/LOG:1 log-line"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := ParseLog([]byte(tt.log))
			if got := idsOf(findings); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// What parses prints back byte for byte.
func FuzzParseLog(f *testing.F) {
	f.Add(chain(entry(0, "privacy", "2020-08-14", "2020-07-31", ""), entry(0, "a", "2020-08-14.2", "2020-08-01", ""), keys("1")))
	f.Add("1 version a 2020-01-01 2020-01-01\n")
	f.Fuzz(func(t *testing.T, data string) {
		entries, findings := ParseLog([]byte(data))
		if findings.Errors() > 0 {
			return
		}
		var b strings.Builder
		for _, e := range entries {
			b.WriteString(e.Line())
		}
		if b.String() != data {
			t.Errorf("%q prints back as %q", data, b.String())
		}
	})
}

func FuzzParseSums(f *testing.F) {
	f.Add(string(Sums{"index.en.md": NoPrevious, "files/a.pdf": NoPrevious}.Bytes()))
	f.Add("")
	f.Fuzz(func(t *testing.T, data string) {
		if s, ok := ParseSums([]byte(data)); ok && string(s.Bytes()) != data {
			t.Errorf("%q prints back as %q", data, s.Bytes())
		}
	})
}

func TestParseSumsRefuses(t *testing.T) {
	line := NoPrevious + "  a\n"
	for name, data := range map[string]string{
		"empty":             "",
		"unsorted":          NoPrevious + "  b\n" + line,
		"twice":             line + line,
		"one space":         NoPrevious + " a\n",
		"binary mark":       NoPrevious + " *a\n",
		"capital hash":      strings.Repeat("A", 64) + "  a\n",
		"leaves the folder": NoPrevious + "  ../a\n",
		"hidden file":       NoPrevious + "  .a\n",
		"absolute":          NoPrevious + "  /a\n",
		"no line feed":      NoPrevious + "  a",
		"CR LF":             NoPrevious + "  a\r\n",
	} {
		if _, ok := ParseSums([]byte(data)); ok {
			t.Errorf("%s: %q is taken", name, data)
		}
	}
}

var record = Record{
	Kind: KindVersion, Notice: "privacy", Name: "2021-02-09", Effective: "2021-02-09", Published: "2021-01-11", Algorithm: 1,
	Words: map[string]string{"en": NoPrevious, "zh-hans": NoPrevious},
	Parts: map[string]map[string]string{"appendices/brazil.en.md": {StartPart: NoPrevious, "brazil-a": NoPrevious}, "index.en.md": {StartPart: NoPrevious}},
}

func FuzzParseRecord(f *testing.F) {
	f.Add(string(record.Bytes()))
	f.Add("format = 2\n")
	f.Fuzz(func(t *testing.T, data string) {
		r, findings := ParseRecord("version.toml", []byte(data))
		if findings.Errors() == 0 && string(r.Bytes()) != data {
			t.Errorf("%q prints back as %q", data, r.Bytes())
		}
	})
}

func TestParseRecord(t *testing.T) {
	good := string(record.Bytes())
	if _, findings := ParseRecord("v", []byte(good)); len(findings) > 0 {
		t.Errorf("good: %q", idsOf(findings))
	}
	for name, tt := range map[string]struct{ data, want string }{
		"other format":   {strings.Replace(good, "format = 1", "format = 2", 1), "format-unknown"},
		"unknown key":    {strings.Replace(good, "kind =", "sort = 1\nkind =", 1), "key-unknown"},
		"comment":        {good + "# sealed\n", "record-form"},
		"other order":    {strings.Replace(good, "kind = \"version\"\nnotice = \"privacy\"", "notice = \"privacy\"\nkind = \"version\"", 1), "record-form"},
		"broken":         {good + "=", "toml-syntax"},
		"no such date":   {strings.Replace(good, "2021-01-11", "2021-02-30", 1), "toml-syntax"},
		"date as a text": {strings.Replace(good, "2021-01-11", `"2021-01-11"`, 1), "record-form"},
	} {
		_, findings := ParseRecord("v", []byte(tt.data))
		if len(findings) == 0 || findings[0].ID != tt.want {
			t.Errorf("%s: %q, want %s", name, idsOf(findings), tt.want)
		}
	}
}

func TestPieces(t *testing.T) {
	text := "---\ntitle: T\n---\nA\n## B {#b}\nB\n### C {#c .missing}\n```\n## D\n```\n"
	sealed := parts([]byte(text))
	for _, tt := range []struct {
		old, new string
		want     []string
	}{
		{"", "", nil},
		{"title: T", "title: U", []string{StartPart}},
		{"B\n###", "Bb\n###", []string{"b"}},
		{"## D", "## E", []string{"c"}},
		{"## B {#b}\nB\n", "", []string{"b"}},
		{"{#b}", "{#x}", []string{"x", "b"}},
	} {
		if got := altered(sealed, []byte(strings.Replace(text, tt.old, tt.new, 1))); !slices.Equal(got, tt.want) {
			t.Errorf("%q -> %q: altered = %q, want %q", tt.old, tt.new, got, tt.want)
		}
	}
}

// published makes an archive of notices that are written in the form "slug/version published zone", in the order of LOG.
func published(t *testing.T, lines ...string) *Archive {
	t.Helper()
	a := &Archive{Notices: map[string]Timeline{}}
	for _, line := range lines {
		f := strings.Fields(line)
		slug, name, _ := strings.Cut(f[0], "/")
		zone, err := time.LoadLocation(f[2])
		if err != nil {
			t.Fatal(err)
		}
		e := Entry{Kind: KindVersion, Notice: slug, Name: name, Published: f[1]}
		folder := Folder{Entry: e, Record: Record{Effective: notice.Effective(e.Version())}}
		doc := &notice.Document{Facts: notice.Facts{Zone: zone, Source: fields.Text{Value: "en"}}}
		a.Log = append(a.Log, e)
		if _, _, ok := notice.Supplement(name); ok {
			a.Log[len(a.Log)-1].Kind = KindTranslation
			v := a.Version(slug, e.Version())
			v.Supplements, v.readings = append(v.Supplements, &folder), append(v.readings, doc)
			v.Document = doc
			continue
		}
		a.Notices[slug] = append(a.Notices[slug], &Version{Folder: folder, Document: doc, readings: []*notice.Document{doc}})
	}
	return a
}

func TestStandings(t *testing.T) {
	a := published(t,
		"n/2020-01-01 2019-12-01 Asia/Kuala_Lumpur",
		"n/2021-01-01 2020-12-01 Asia/Kuala_Lumpur",
		"n/2022-01-01 2020-12-15 Asia/Kuala_Lumpur",
	)
	for _, tt := range []struct{ moment, want, current string }{
		{"2019-11-30", "", ""},
		{"2019-12-01", "2020-01-01 scheduled", "2020-01-01"},
		{"2020-01-01", "2020-01-01 in-force", "2020-01-01"},
		{"2020-12-01", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled", "2020-01-01"},
		{"2020-12-15", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled until 2021-12-31, 2022-01-01 scheduled", "2020-01-01"},
		{"2020-12-31T15:59:59Z", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled until 2021-12-31, 2022-01-01 scheduled", "2020-01-01"},
		{"2020-12-31T16:00:00Z", "2020-01-01 superseded until 2020-12-31, 2021-01-01 in-force until 2021-12-31, 2022-01-01 scheduled", "2021-01-01"},
		{"2022-01-01", "2020-01-01 superseded until 2020-12-31, 2021-01-01 superseded until 2021-12-31, 2022-01-01 in-force", "2022-01-01"},
	} {
		m, ok := ParseMoment(tt.moment)
		if !ok {
			t.Fatalf("%s is no moment", tt.moment)
		}
		var got []string
		standings := a.At(m).Notices["n"].Standings(m)
		for _, s := range standings {
			line := s.Name() + " " + string(s.State)
			if s.Until != "" {
				line += " until " + s.Until
			}
			got = append(got, line)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %s, want %s", tt.moment, strings.Join(got, ", "), tt.want)
		}
		current := ""
		if i := Current(standings); i >= 0 {
			current = standings[i].Name()
		}
		if current != tt.current {
			t.Errorf("%s: current is %q, want %q", tt.moment, current, tt.current)
		}
	}
}

// Where the clock jumps over midnight, a day begins with the jump, not on the evening before.
func TestMidnight(t *testing.T) {
	for _, tt := range []struct{ zone, day, want string }{
		{"Asia/Kuala_Lumpur", "2026-03-01", "2026-03-01T00:00:00+08:00"},
		{"America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00"},
		{"America/Havana", "2027-03-14", "2027-03-14T01:00:00-04:00"},
		{"Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"},
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := Midnight(tt.day, zone).Format(time.RFC3339); got != tt.want {
			t.Errorf("%s begins in %s at %s, want %s", tt.day, tt.zone, got, tt.want)
		}
	}
}

// A version is known only when every line before it is, so that what is published of LOG has no gap.
func TestKnownInTheOrderOfTheLog(t *testing.T) {
	a := published(t, "west/2026-05-01 2026-05-01 America/Los_Angeles", "east/2026-05-01 2026-05-01 Pacific/Auckland")
	for moment, want := range map[string]int{"2026-04-30T13:00:00Z": 0, "2026-05-01T07:00:00Z": 2} {
		m, _ := ParseMoment(moment)
		if got := len(a.At(m).Log); got != want {
			t.Errorf("at %s %d versions are known, want %d", moment, got, want)
		}
	}
}

// A supplement is known from its own day on: before, the version reads as it did.
func TestSupplementsAtAMoment(t *testing.T) {
	a := published(t, "n/2026-05-01 2026-04-01 UTC", "n/2026-05-01-s1 2026-04-09 UTC", "n/2026-06-01 2026-04-20 UTC", "n/2026-05-01-s2 2026-06-02 UTC")
	all := a.Version("n", "2026-05-01")
	for moment, want := range map[string]int{"2026-04-08": 0, "2026-04-09": 1, "2026-06-01": 1, "2026-06-02": 2} {
		m, _ := ParseMoment(moment)
		v := a.At(m).Version("n", "2026-05-01")
		if len(v.Supplements) != want || v.Document != all.readings[want] {
			t.Errorf("on %s the version has %d supplements, want %d and the reading with them", moment, len(v.Supplements), want)
		}
	}
	if len(all.Supplements) != 2 || all.Document != all.readings[2] {
		t.Error("looking back changed the archive")
	}
}

// The site changes at the first instant of a day in the zone of a notice, and a line is known when those before it are.
func TestNextTurns(t *testing.T) {
	a := published(t,
		"n/2026-05-01 2026-04-01 Asia/Kuala_Lumpur", "n/2026-05-01-s1 2026-04-09 Asia/Kuala_Lumpur",
		"west/2026-05-02 2026-04-10 America/Los_Angeles", "east/2026-05-01 2026-04-10 Pacific/Auckland",
	)
	for _, tt := range []struct{ after, want string }{
		{"2026-03-01", "2026-04-01T00:00:00+08:00 n 2026-05-01 published"},
		{"2026-04-01", "2026-04-09T00:00:00+08:00 n 2026-05-01-s1 published"},
		{"2026-04-09T00:00:00Z", "2026-04-10T00:00:00-07:00 west 2026-05-02 published, 2026-04-10T19:00:00+12:00 east 2026-05-01 published"},
		{"2026-04-11T00:00:00Z", "2026-05-01T00:00:00+12:00 east 2026-05-01 applies"},
		{"2026-04-30T12:00:00Z", "2026-05-01T00:00:00+08:00 n 2026-05-01 applies"},
		{"2026-05-01T00:00:00Z", "2026-05-02T00:00:00-07:00 west 2026-05-02 applies"},
		{"2026-05-03", ""},
	} {
		m, ok := ParseMoment(tt.after)
		if !ok {
			t.Fatal(tt.after)
		}
		var got []string
		for _, turn := range a.NextTurns(m) {
			got = append(got, fmt.Sprintf("%s %s %s %s", turn.At.Format(time.RFC3339), turn.Entry.Notice, turn.Entry.Name, turn.What))
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("after %s: %q, want %q", tt.after, strings.Join(got, ", "), tt.want)
		}
	}
}

// draft is a small notice at the root of a site.
func draft(t *testing.T, root, slug string) *notice.Document {
	t.Helper()
	for name, text := range map[string]string{
		notice.FactsFile: "publisher = \"Example Cloud, Inc.\"\nsource-locale = \"en\"\nauthoritative-locales = [\"en\"]\ntime-zone = \"UTC\"\nlocales = [\"en\"]\n",
		"index.en.md":    "---\ntitle: Terms\ndescription: What you may expect.\n---\n\nThese terms hold.\n\n## Use {#use}\n\nYou may use it.\n",
	} {
		if err := disk.WriteFile(filepath.Join(root, "content", slug, name), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	doc, findings := notice.Load(os.DirFS(root), "content/"+slug, slug)
	if len(findings) > 0 {
		t.Fatalf("the draft is not good: %+v", findings)
	}
	return doc
}

func prepare(t *testing.T, a *Archive, doc *notice.Document) *Release {
	t.Helper()
	r, err := a.Prepare(doc, "2026-05-01", "2026-05-01", Statement{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A release that was prepared before another one was sealed is refused, and leaves nothing.
func TestSealRefusesWhenTheLogChanged(t *testing.T) {
	root := t.TempDir()
	one, two := draft(t, root, "one"), draft(t, root, "two")
	a, findings := Open(os.DirFS(root))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if late, err := a.Seal(root, prepare(t, a, one)); late != nil || err != nil {
		t.Fatal(late, err)
	}
	before, err := os.ReadFile(filepath.Join(root, Dir, LogFile))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Seal(root, prepare(t, a, two)); !errors.Is(err, ErrLogChanged) {
		t.Errorf("Seal = %v, want ErrLogChanged", err)
	}
	after, err := os.ReadFile(filepath.Join(root, Dir, LogFile))
	if err != nil || string(after) != string(before) {
		t.Errorf("LOG is %q now: %v", after, err)
	}
	for _, name := range []string{"two", stageDir} {
		if _, err := os.Stat(filepath.Join(root, Dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s of the refused release: %v", name, err)
		}
	}
}

// What is sealed is what was checked: files of a draft that was changed in between are no version.
func TestSealRefusesADraftThatChanged(t *testing.T) {
	root := t.TempDir()
	doc := draft(t, root, "one")
	a, _ := Open(os.DirFS(root))
	for name, change := range map[string]func(r *Release){
		"a word": func(r *Release) {
			r.reseal("index.en.md", strings.Replace(string(r.Files["index.en.md"]), "may", "must", 1))
		},
		"not sound":   func(r *Release) { r.reseal("index.en.md", "# No front matter\n") },
		"a file more": func(r *Release) { r.reseal("index.fr.md", "x") },
		"other locales": func(r *Release) {
			r.reseal(notice.FactsFile, strings.Replace(string(r.Files[notice.FactsFile]), `["en"]`, `["en", "ms"]`, 1))
		},
		"broken seal":    func(r *Release) { r.Files["index.en.md"] = []byte("x") },
		"sealed by none": func(r *Release) { r.Entry.Seal = NoPrevious },
	} {
		r := prepare(t, a, doc)
		change(r)
		var changed *DraftError
		if _, err := a.Seal(root, r); !errors.As(err, &changed) {
			t.Errorf("%s: Seal = %v, want a DraftError", name, err)
		}
		if _, err := os.Stat(filepath.Join(root, Dir)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: versions/ was left: %v", name, err)
		}
	}
}

// reseal replaces a file as if it had been there when the draft was read.
func (r *Release) reseal(name, text string) {
	r.Files[name] = []byte(text)
	sums := Sums{}
	for n, data := range r.Files {
		if n != SumsFile {
			sums[n] = Hash(data)
		}
	}
	r.Files[SumsFile] = sums.Bytes()
	r.Entry.Seal = Hash(r.Files[SumsFile])
}

// A folder that lies where a release was stopped is taken back only if that release put it there, to the byte.
func TestClearTakesBackItsOwnOnly(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(folder string) error
		kept   bool
	}{
		"as it was": {func(string) error { return nil }, false},
		"a file altered": {func(folder string) error {
			return os.WriteFile(filepath.Join(folder, "index.en.md"), []byte("mine"), 0o644)
		}, true},
		"a file more": {func(folder string) error { return os.WriteFile(filepath.Join(folder, "mine"), nil, 0o644) }, true},
		"a file gone": {func(folder string) error { return os.Remove(filepath.Join(folder, "index.en.md")) }, true},
	} {
		root := t.TempDir()
		a, _ := Open(os.DirFS(root))
		r := prepare(t, a, draft(t, root, "one"))
		folder, log := filepath.Join(root, filepath.FromSlash(r.Entry.Folder())), filepath.Join(root, Dir, stageDir, LogFile)
		for n, data := range r.Files {
			if err := disk.WriteFile(filepath.Join(folder, n), data); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(disk.WriteFile(log, []byte(r.Entry.Line())), tt.change(folder)); err != nil {
			t.Fatal(err)
		}
		if cleared, err := Clear(root); !cleared || err != nil {
			t.Errorf("%s: Clear = %v, %v", name, cleared, err)
		}
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) == tt.kept {
			t.Errorf("%s: the folder: %v", name, err)
		}
		if _, err := os.Stat(filepath.Dir(log)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %s is left: %v", name, stageDir, err)
		}
	}
}

func TestParseMoment(t *testing.T) {
	for _, s := range []string{"", "now", "2026-02-30", "2026-2-3", "2026-03-01T00:00:00", "2026-03-01 00:00:00Z", "01/03/2026"} {
		if _, ok := ParseMoment(s); ok {
			t.Errorf("%q is taken", s)
		}
	}
	for _, s := range []string{"2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00+08:00"} {
		if m, ok := ParseMoment(s); !ok || m.String() != s {
			t.Errorf("ParseMoment(%q) = %v, %v", s, m, ok)
		}
	}
}
