package redline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/markdown"
	"placard/internal/notice"
)

func load(t testing.TB, body string) *notice.Text {
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

// show prints what happened to sections, one a line.
func show(all []Section) []string {
	var out []string
	for _, s := range all {
		if !s.Differs() && s.Kind != Away {
			continue
		}
		line := fmt.Sprintf("%s #%s", s.Kind, s.Anchor())
		if s.Moved {
			line += " moved"
		}
		if s.Renamed() {
			line += " renamed"
		}
		if s.Inserted+s.Deleted > 0 {
			line += fmt.Sprintf(" +%d -%d", s.Inserted, s.Deleted)
		}
		for _, l := range s.Links {
			line += fmt.Sprintf(" %s(%v)", l.Destination, l.Old)
		}
		out = append(out, line)
	}
	return out
}

func TestCompare(t *testing.T) {
	const one, two, sub, three = "## One {#one}\n\nThe fee is 12 ringgit.\n\n", "## Two {#two}\n\nSee [one](#one).\n\n", "### Sub {#sub}\n\nx\n\n", "## Three {#three}\n\ny\n\n"
	const old = "Before.\n\n" + one + two + sub + three
	for _, tt := range []struct {
		name, new string
		want      []string
	}{
		{"the same", old, nil},
		{"only a blank line more", old + "\n", nil},
		{"preamble", "After all.\n\n" + one + two + sub + three, []string{"changed # +2 -1"}},
		{"a number is one word", strings.Replace(old, "12", "24", 1), []string{"changed #one +1 -1"}},
		{"only a link", strings.Replace(old, "(#one)", "(#sub)", 1), []string{"marked #two #one(true) #sub(false)"}},
		{"a list in place of a paragraph", strings.Replace(old, "\nx\n", "\n- x\n", 1), []string{"marked #sub"}},
		{"removed, added, renamed", "Before.\n\n" + strings.Replace(one, "One", "Uno", 1) + two + "## New {#new}\n\nnew words\n\n" + three,
			[]string{"changed #one renamed +1 -1", "removed #sub +0 -2", "added #new +3 -0"}},
		{"another anchor", "Before.\n\n" + one + two + sub + strings.Replace(three, "{#three}", "{#drei}", 1), nil},
		{"other signs of the same", strings.Replace(old, "The fee is 12", "The fee\nis 12", 1), nil},
		{"to the front", "Before.\n\n" + three + one + two + sub, []string{"same #three moved", "away #three"}},
		{"with what is below it", "Before.\n\n" + two + sub + one + three, []string{"away #one", "same #one moved"}},
		{"below another section", "Before.\n\n" + one + sub + two + three, []string{"same #sub moved", "away #sub"}},
		{"moved and changed", "Before.\n\n" + strings.Replace(three, "y", "y now", 1) + one + two + sub, []string{"changed #three moved +1 -0", "away #three"}},
		{"one with what is below it, past a heavier one", "Before.\n\n" + one + three + two + sub,
			[]string{"same #three moved", "away #three"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := show(Compare(load(t, old), load(t, tt.new), map[string]string{"three": "drei"}))
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
	got := show(Compare(older, newer, map[string]string{"one": "two"}))
	if !slices.Equal(got, []string{"removed #one +0 -2"}) {
		t.Errorf("changes are %q", got)
	}
}

// Words are counted as the line is cut, also where a piece by itself would be cut otherwise.
func TestCount(t *testing.T) {
	older, newer := load(t, "## One {#one}\n\n见 a,b中文。\n"), load(t, "## One {#one}\n\n见 c,d中文。\n")
	if got := show(Compare(older, newer, nil)); !slices.Equal(got, []string{"changed #one +2 -2"}) {
		t.Errorf("changes are %q", got)
	}
}

// A section of which only the source has a heading is not translated, and neither added nor removed.
func TestBetween(t *testing.T) {
	offered := func(translated bool) *notice.Document {
		files := fstest.MapFS{
			"n/notice.toml": {Data: []byte("publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['en', 'ms']\n" +
				"translation-policy = 'allow-missing'\n\n[[appendix]]\nanchor = 'brazil'\njurisdictions = ['BR']\nsection = 'one'\n")},
			"n/appendices/brazil.en.md": {Data: []byte("---\ntitle: Brazil\n---\n\nWords.\n")},
		}
		for _, locale := range []string{"en", "ms"} {
			files["n/index."+locale+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: T\ndescription: D\n---\n\n## One {#one}\n\nWords.\n")}
		}
		if translated {
			files["n/appendices/brazil.ms.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Brazil\n---\n\nPerkataan.\n")}
		}
		doc, findings := notice.Load(files, "n", "n")
		if findings.Errors() > 0 {
			t.Fatal(findings)
		}
		return doc
	}
	if got := show(Between(offered(true), offered(false), "ms", nil)); !slices.Equal(got, []string{"untranslated #brazil"}) {
		t.Errorf("left out: %q", got)
	}
	if got := show(Between(offered(false), offered(true), "ms", nil)); !slices.Equal(got, []string{"translated #brazil"}) {
		t.Errorf("added: %q", got)
	}
}

// marked prints a line with [-what was deleted-] and {+what was inserted+}.
func marked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Op {
		case Deleted:
			b.WriteString("[-" + p.Text + "-]")
		case Inserted:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestLine(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"the same", "One two.", "One two.", "One two."},
		{"a number is marked whole", "The fee is 12,000.50 ringgit.", "The fee is 12,400.50 ringgit.", "The fee is[- 12,000.50-]{+ 12,400.50+} ringgit."},
		{"a date", "On 2021-02-09, we", "On 2021-03-09, we", "On[- 2021-02-09-]{+ 2021-03-09+}, we"},
		{"an address", "Write to privacy@example.com.", "Write to legal@example.com.", "Write to[- privacy@example.com-]{+ legal@example.com+}."},
		{"a telephone number", "Call +1 202 555 0100 or write.", "Call +1 202 555 0199 or write.", "Call[- +1 202 555 0100-]{+ +1 202 555 0199+} or write."},
		{"a name", "by O'Brien & Sons", "by O'Hara & Sons", "by[- O'Brien-]{+ O'Hara+} & Sons"},
		{"a word at the end", "we may share it.", "we may share it with partners.", "we may share it{+ with partners+}."},
		{"a whole sentence", "One is so. Two is so. Four.", "One is so. Two is so. Three is so. Four.", "One is so. Two is so.{+ Three is so.+} Four."},
		{"brackets", "data (see below)", "data (see above)", "data (see[- below-]{+ above+})"},
		{"signs between", "name, address", "title, street", "[-name, address-]{+title, street+}"},
		{"a short word between", "we collect and process your data", "we gather and handle your data", "we[- collect and process-]{+ gather and handle+} your data"},
		{"Chinese", "我们收集您的姓名。", "我们收集您的地址。", "我们收集您的[-姓名-]{+地址+}。"},
		{"Japanese", "料金は12円です。", "料金は24円です。", "料金は[-12-]{+24+}円です。"},
		{"Thai", "เราเก็บชื่อของคุณ", "เราเก็บที่อยู่ของคุณ", "เราเก็บ[-ชื่อ-]{+ที่อยู่+}ของคุณ"},
		{"Arabic", "نجمع اسمك، وعنوانك.", "نجمع اسمك، ورقمك.", "نجمع اسمك،[- وعنوانك-]{+ ورقمك+}."},
		{"all others", "Alpha beta.", "Gamma delta", "[-Alpha beta.-]{+Gamma delta+}"},
		{"nothing before", "", "New", "{+New+}"},
		{"nothing after", "Old", "", "[-Old-]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(compareLine(tt.old, tt.new)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestHTML(t *testing.T) {
	const old = "Kept as it is.\n\n1. First\n2. Second thing\n\n   more of it\n3. Third\n\n| What | Days |\n| --- | --- |\n| Name | 30 |\n| Mail | 60 |\n\n> Quoted words here.\n\nTerm\n: Meaning of it\n\n```\ncode is\nhere\n```\n"
	const new = "Kept as it is.\n\n1. First\n2. Third\n3. Fourth\n   - below it\n\n| What | Days |\n| --- | --- |\n| Name | 45 |\n| Phone & post | 60 |\n\n> Quoted words there.\n\nTerm\n: Meaning of that\n\n```\ncode is\nthere\n```\n"
	const want = `<p>Kept as it is.</p>
<ol><li value="1"><p>First</p>
</li>
<li value="2"><p><del>Second thing</del></p>
<p><del>more of it</del></p>
</li>
<li value="2"><p>Third</p>
</li>
<li value="3"><p><ins>Fourth</ins></p>
<ul><li><p><ins>below it</ins></p>
</li>
</ul>
</li>
</ol>
<table><tr><th scope="col">What</th><th scope="col">Days</th></tr>
<tr><td>Name</td><td><del>30</del><ins>45</ins></td></tr>
<tr><td><del>Mail</del><ins>Phone &amp; post</ins></td><td>60</td></tr>
</table>
<blockquote><p>Quoted words<del> here</del><ins> there</ins>.</p>
</blockquote>
<dl><dt>Term</dt>
<dd><p>Meaning of<del> it</del><ins> that</ins></p>
</dd>
</dl>
<pre>code is
<del>here</del>
<ins>there</ins>
</pre>
`
	blocks := func(body string) []markdown.Block { return load(t, "## One {#one}\n\n"+body).Find("one").Part.Blocks() }
	if got := HTML(draw(blocks(old), blocks(new))); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestJSON(t *testing.T) {
	older := load(t, "Before.\n\n## One {#one}\n\nKeep for 12 months.\n\n- gone at once\n\n| A | |\n| - | - |\n| x | y |\n\n## Two {#two}\n\n[a](/terms/)\n")
	newer := load(t, "Before.\n\n## Zwei {#zwei}\n\n[a](/privacy/)\n\n## One {#one}\n\nKeep for 6 months.\n\n| A | |\n| - | - |\n| x & z | y |\n")
	got, err := json.Marshal(Compare(older, newer, map[string]string{"two": "zwei"}))
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"kind":"same","title":[{"equal":"T"}]},` +
		`{"kind":"changed","moved":true,"old":{"anchor":"two","number":"2","level":2},"new":{"anchor":"zwei","number":"1","level":2},` +
		`"title":[{"deleted":"Two"},{"inserted":"Zwei"}],"blocks":[{"text":[{"equal":"a"}]}],"inserted":1,"deleted":1,"links":[{"deleted":"/terms/"},{"inserted":"/privacy/"}]},` +
		`{"kind":"changed","old":{"anchor":"one","number":"1","level":2},"new":{"anchor":"one","number":"2","level":2},"title":[{"equal":"One"}],"blocks":[` +
		`{"text":[{"equal":"Keep for"},{"deleted":" 12"},{"inserted":" 6"},{"equal":" months."}]},` +
		`{"only":"old","in":["ul -2","li -1"],"text":[{"deleted":"gone at once"}]},` +
		`{"in":["table 2"],"head":true,"cells":[[{"equal":"A"}],[]]},` +
		`{"in":["table 2"],"cells":[[{"equal":"x"},{"inserted":" \u0026 z"}],[{"equal":"y"}]]}],"inserted":2,"deleted":4},` +
		`{"kind":"away","old":{"anchor":"two","number":"2","level":2},"new":{"anchor":"zwei","number":"1","level":2},"title":[{"equal":"Two"}]}]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		line string
		want []string
	}{
		{"One, two.", []string{"One", ",", " two", "."}},
		{"and/or (e.g. this)", []string{"and/or", " (", "e.g", ".", " this", ")"}},
		{"section(s)—all", []string{"section", "(", "s", ")", "—", "all"}},
		{`"it's" ’tis`, []string{`"`, "it's", `"`, " ’", "tis"}},
		{"-5 % of $30.00, 100%", []string{"-5", " %", " of", " $30.00", ",", " 100%"}},
		{"call 03 8888 1234 now", []string{"call", " 03 8888 1234", " now"}},
		{"a  b ", []string{"a", "  b", " "}},
		{"e\u0301.\u0301x", []string{"e\u0301.\u0301x"}},
		{"中文 and 日本", []string{"中", "文", " and", " 日", "本"}},
		{"", nil},
	} {
		got := Words(tt.line)
		if !slices.Equal(got, tt.want) && len(got)+len(tt.want) > 0 {
			t.Errorf("%q: got %q, want %q", tt.line, got, tt.want)
		}
		if strings.Join(got, "") != tt.line {
			t.Errorf("%q is not what its words are: %q", tt.line, got)
		}
	}
}
