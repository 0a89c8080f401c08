package page

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// A Passage is words of a source that a page has to say: a title, a heading, the text of a section. Words are set apart
// by one space, and marks of Markdown, numbers and labels are none.
type Passage struct {
	Words string
	// At is where they stand in the source.
	At diag.Position
}

// passages are those of a page: the first of each run may stand anywhere on it, the others only after the one before.
type passages [][]Passage

func (ps *passages) add(words string, at diag.Position) {
	if words = strings.Join(strings.Fields(words), " "); words != "" {
		*ps = append(*ps, []Passage{{words, at}})
	}
}

// statement adds the reasons that were sealed in a folder; nil has none.
func (ps *passages) statement(f *archive.Folder) {
	if f == nil {
		return
	}
	at := diag.Position{File: f.Entry.Folder() + "/" + archive.RecordFile}
	for _, reason := range []string{f.Record.Reason, f.Record.Retroactive, f.Record.Reconstructed} {
		ps.add(reason, at)
	}
}

// run begins a new run, which follow and body go on.
func (ps *passages) run() { *ps = append(*ps, nil) }

// follow adds words to the last run.
func (ps passages) follow(words string, at diag.Position) {
	if words = strings.Join(strings.Fields(words), " "); words != "" {
		last := len(ps) - 1
		ps[last] = append(ps[last], Passage{words, at})
	}
}

// body adds the text of a part to the last run, and each line of its footnotes, which have other marks between them.
func (ps passages) body(p *markdown.Part) {
	ps.follow(strings.Join(p.BodyLines(), " "), p.At)
	for _, line := range p.NoteLines() {
		ps.follow(line, p.At)
	}
}

func (ps passages) section(s *notice.Section) {
	ps.follow(s.Title, s.Part.At)
	ps.body(s.Part)
}

// Lost returns the passages that a finished page does not say: the HTML is to say all of them, word for word, in their
// order. A redline is to say those of the newer text without what is deleted, and those of the older one without what is inserted.
func (p Page) Lost(page []byte) []Passage {
	if p.before == nil {
		return p.passages.lost(words(page))
	}
	before, after := redlineWords(page)
	return append(p.passages.lost(after), p.before.lost(before)...)
}

func (ps passages) lost(text string) []Passage {
	var lost []Passage
	for _, run := range ps {
		rest := text
		for _, passage := range run {
			i := strings.Index(rest, passage.Words)
			if i < 0 {
				lost = append(lost, passage)
				continue
			}
			rest = rest[i+len(passage.Words):]
		}
	}
	return lost
}

// inline are the elements inside a line: the words before and after one may be the same word.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "cite": true, "code": true, "data": true, "del": true, "dfn": true,
	"em": true, "i": true, "ins": true, "kbd": true, "mark": true, "q": true, "s": true, "samp": true, "small": true, "span": true,
	"strong": true, "sub": true, "sup": true, "time": true, "u": true, "var": true, "wbr": true,
}

// words returns what the body of a page says to a reader, with one space between words. References to footnotes and back are marks.
func words(page []byte) string {
	var said saying
	said.Grow(len(page) / 2)
	read(page, func(string) []*saying { return []*saying{&said} })
	return said.body()
}

// redlineWords returns what the body of a redline says without what is inserted, and without what is deleted.
func redlineWords(page []byte) (before, after string) {
	var older, newer saying
	older.Grow(len(page) / 2)
	newer.Grow(len(page) / 2)
	in := map[string][]*saying{"del": {&older}, "ins": {&newer}, "": {&older, &newer}}
	read(page, func(mark string) []*saying { return in[mark] })
	return older.body(), newer.body()
}

// A saying is words of a page, with one space between them.
type saying struct {
	strings.Builder
	start int  // of the body
	space bool // whether what follows is apart from it
}

func (s *saying) body() string { return s.String()[s.start:] }

// read reads a page. to says to whom words go that stand in the given mark of a redline, "del" or "ins", or in none.
func read(page []byte, to func(mark string) []*saying) {
	all, mark := to(""), ""
	now := all
	apart := func() {
		for _, s := range all {
			s.space = true
		}
	}
	z := html.NewTokenizer(bytes.NewReader(page))
	silent := "" // the element whose words do not count
	for {
		switch z.Next() {
		case html.ErrorToken: // the end; memory cannot fail
			return
		case html.TextToken:
			if silent != "" {
				continue
			}
			text := z.Raw()
			if bytes.IndexByte(text, '&') >= 0 {
				text = []byte(html.UnescapeString(string(text)))
			}
			for _, s := range now {
				s.space = addWords(&s.Builder, text, s.space, s.Len() > s.start)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			if !inline[string(name)] {
				apart()
			}
			switch {
			case string(name) == "body":
				for _, s := range all {
					s.start = s.Len()
				}
			case string(name) == "del" || string(name) == "ins":
				mark = string(name)
				now = to(mark)
			case silent == "" && (string(name) == "script" || string(name) == "style" || hasAttr && string(name) == "a" && isNoteMark(z)):
				silent = string(name)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if !inline[string(name)] {
				apart()
			}
			switch string(name) {
			case silent:
				silent = ""
			case mark:
				mark, now = "", all
			}
		}
	}
}

// addWords adds the words of a text. space is whether they are apart from what stands before, and some does; it returns
// whether what follows is apart from them.
func addWords(b *strings.Builder, text []byte, space, some bool) bool {
	for len(text) > 0 {
		end := wordEnd(text)
		if end > 0 {
			if space && some {
				b.WriteByte(' ')
			}
			b.Write(text[:end])
			space, some = false, true
		}
		for text = text[end:]; len(text) > 0; {
			r, size := utf8.DecodeRune(text)
			if !unicode.IsSpace(r) {
				break
			}
			text, space = text[size:], true
		}
	}
	return space
}

// wordEnd returns where the words at the beginning of a text end that are set apart by one space each, which is as far as they
// can be taken as they stand: before any other space, and before one at the end.
func wordEnd(text []byte) int {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c > ' ' && c < utf8.RuneSelf:
			i++
		case c == ' ':
			if i == 0 || i+1 == len(text) || text[i+1] <= ' ' || text[i+1] >= utf8.RuneSelf {
				return i
			}
			i++
		default:
			r, size := utf8.DecodeRune(text[i:])
			if unicode.IsSpace(r) {
				return i
			}
			i += size
		}
	}
	return len(text)
}

// isNoteMark reports whether the link is a reference to a footnote, or back from it, as package markdown prints them.
func isNoteMark(z *html.Tokenizer) bool {
	mark := false
	for {
		key, value, more := z.TagAttr()
		if string(key) == "class" && (string(value) == "noteref" || string(value) == "backlink") {
			mark = true
		}
		if !more {
			return mark
		}
	}
}
