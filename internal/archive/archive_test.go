package archive

import (
	"slices"
	"strings"
	"testing"

	"placard/internal/diag"
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
