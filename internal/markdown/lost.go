package markdown

import (
	"bytes"
	"html"
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"placard/internal/diag"
)

// findLostWords compares the words of the file, read without the parser, with those that the parser found, section by
// section. Both sides of the build, pages and comparisons, rest on the parser; a word that it leaves out would be missed
// by nobody. Rules with better messages find the known ways; this finds the others.
func (d *Document) findLostWords(findings *diag.Findings) {
	var notes map[string]int // a note may stand in another section than its reference
	var written, printed []byte
	for _, p := range d.all() {
		from, to := max(p.start, d.body)-d.body, max(p.end, d.body)-d.body
		written, printed = written[:0], appendLetters(printed[:0], p.title)
		for run := range letters(d.source[from:to]) {
			written = append(written, d.source[from+run.from:from+run.to]...)
		}
		for _, line := range p.BodyLines() {
			printed = appendLetters(printed, line)
		}
		if bytes.Equal(written, printed) {
			continue // the ordinary case, at little cost; else footnotes and character references are to be told apart
		}
		if notes == nil {
			notes = map[string]int{}
			for _, n := range d.notes {
				for _, line := range blockLines(n, d.source) {
					count(notes, line)
				}
			}
		}
		if w, lost := d.lostIn(p, d.source[from:to], notes); lost {
			findings.Add(d.place(from+w.at), "word-lost", diag.Args{"Word": w.text})
			return // what follows it may be lost with it
		}
	}
}

// lostIn returns the first word of a section's source that is neither in the section nor in the notes that are left.
func (d *Document) lostIn(p *Part, source []byte, notes map[string]int) (writtenWord, bool) {
	printed := map[string]int{}
	count(printed, p.title)
	for _, line := range p.BodyLines() {
		count(printed, line)
	}
	for _, w := range writtenWords(source) {
		switch {
		case printed[w.text] > 0:
			printed[w.text]--
		case notes[w.text] > 0:
			notes[w.text]--
		case !w.uncertain:
			return w, true
		}
	}
	return writtenWord{}, false
}

func count(words map[string]int, line string) {
	for _, w := range strings.FieldsFunc(unmarked.Replace(line), isNoLetter) {
		words[w]++
	}
}

// unmarked drops what may be a mark inside a word: "re*mark*able" is one word, and so is what is printed of it.
var unmarked = strings.NewReplacer("*", "", "_", "", "`", "", "[", "", "]", "", `\`, "")

func appendLetters(to []byte, line string) []byte {
	for _, r := range line {
		if !isNoLetter(r) {
			to = utf8.AppendRune(to, r)
		}
	}
	return to
}

// isNoLetter is for what words are not made of: letters, digits, and the marks upon them.
func isNoLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}
	return !unicode.In(r, unicode.L, unicode.N, unicode.M)
}

// A writtenWord is a run of letters and digits in the source.
type writtenWord struct {
	text string
	at   int
	// uncertain is whether a character reference, which code does not know, is part of it.
	uncertain bool
}

var (
	lineMarks = regexp.MustCompile("^(?:[ \\t>]|[-+*][ \\t]|[0-9]{1,9}[.)](?:[ \\t]|$))*(?:(?:```|~~~).*)?")
	ownAnchor = regexp.MustCompile(`^##.*(\{#[^{}]*\})[ \t]*$`)
	entity    = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	noteMark  = regexp.MustCompile(`^\^[^\]\s]+\]`)
)

// A run is letters of the source that stand together, from and to in bytes. With glued, it goes on the word of the run
// before, with nothing but marks between them.
type run struct {
	from, to  int
	glued     bool
	uncertain bool // it is a character reference, and no letters of its own
}

// letters reads the letters of a text by its characters alone. Where it cannot tell a mark from a word it leaves the word
// out: it is to miss nothing that is printed, not to find everything.
func letters(source []byte) iter.Seq[run] {
	return func(yield func(run) bool) {
		glued := false
		skipTo := -1 // the start of the anchor of this line
		for at := 0; at < len(source); {
			rest := source[at:]
			if at == 0 || source[at-1] == '\n' {
				glued, skipTo = false, -1
				line, _, _ := bytes.Cut(rest, []byte("\n"))
				if bytes.HasPrefix(line, []byte("##")) {
					if m := ownAnchor.FindSubmatchIndex(line); m != nil {
						skipTo = at + m[2]
					}
				} else if marks := lineMarksLength(line); marks > 0 {
					at += marks
					continue
				}
			}
			if at == skipTo {
				at += bytes.IndexByte(rest, '}') + 1
				continue
			}
			switch rest[0] {
			case '*', '_', '`', '\\':
				at++
				continue
			case '[':
				at++
				if len(rest) > 1 && rest[1] == '^' {
					at += len(noteMark.Find(rest[1:]))
				}
				continue
			case ']':
				at += 1 + destination(rest[1:])
				continue
			case '&':
				if m := entity.Find(rest); m != nil {
					r, _ := utf8.DecodeRuneInString(html.UnescapeString(string(m)))
					if isNoLetter(r) {
						glued = false
					} else if !yield(run{at, at, glued, true}) {
						return
					} else {
						glued = true
					}
					at += len(m)
					continue
				}
			}
			length := 0
			for length < len(rest) {
				r, size := utf8.DecodeRune(rest[length:])
				if isNoLetter(r) {
					break
				}
				length += size
			}
			if length == 0 {
				_, size := utf8.DecodeRune(rest)
				glued = false
				at += size
				continue
			}
			if !yield(run{at, at + length, glued, false}) {
				return
			}
			glued = true
			at += length
		}
	}
}

// lineMarksLength is the length of the marks at the start of a line, most of which have none.
func lineMarksLength(line []byte) int {
	if len(line) == 0 || line[0] >= 'A' && line[0] <= 'Z' || line[0] >= 'a' && line[0] <= 'z' || line[0] >= utf8.RuneSelf {
		return 0
	}
	return len(lineMarks.Find(line))
}

func writtenWords(source []byte) []writtenWord {
	var words []writtenWord
	for r := range letters(source) {
		text := string(source[r.from:r.to])
		if last := len(words) - 1; r.glued && last >= 0 {
			words[last].text += text
			words[last].uncertain = words[last].uncertain || r.uncertain
			continue
		}
		words = append(words, writtenWord{text, r.from, r.uncertain})
	}
	return words
}

// destination returns the length of the address of a link, "(/cookies/ "title")", at the start of rest; 0 for other text.
func destination(rest []byte) int {
	if len(rest) == 0 || rest[0] != '(' {
		return 0
	}
	depth := 0
	for i, c := range rest {
		switch {
		case i > 0 && rest[i-1] == '\\':
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		case c == '\n' && i+1 < len(rest) && rest[i+1] == '\n':
			return 0
		}
	}
	return 0
}
