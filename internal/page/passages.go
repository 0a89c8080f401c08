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
		return p.passages.lost(words(page, ""))
	}
	return append(p.passages.lost(words(page, "del")), p.before.lost(words(page, "ins"))...)
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

// words returns what the body of a page says to a reader, with one space between words. References to footnotes and back are marks. What
// stands in elements of the name mute is left out.
func words(page []byte, mute string) string {
	var b strings.Builder
	b.Grow(len(page) / 2)
	start := 0 // of the body
	space := false
	z := html.NewTokenizer(bytes.NewReader(page))
	silent := "" // the element whose words do not count
	for {
		switch z.Next() {
		case html.ErrorToken: // the end; memory cannot fail
			return b.String()[start:]
		case html.TextToken:
			if silent != "" {
				continue
			}
			text := z.Raw()
			if bytes.IndexByte(text, '&') >= 0 {
				text = []byte(html.UnescapeString(string(text)))
			}
			space = addWords(&b, text, space, b.Len() > start)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			if !inline[string(name)] {
				space = true
			}
			if string(name) == "body" {
				start = b.Len()
			}
			if silent == "" && (string(name) == "script" || string(name) == "style" || string(name) == mute || hasAttr && string(name) == "a" && isNoteMark(z)) {
				silent = string(name)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if !inline[string(name)] {
				space = true
			}
			if string(name) == silent {
				silent = ""
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
