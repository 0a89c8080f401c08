package markdown

import (
	"bytes"
	"html"
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
	notes := map[string]int{} // a note may stand in another section than its reference
	for _, n := range d.notes {
		for _, line := range blockLines(n, d.source) {
			count(notes, line)
		}
	}
	for _, p := range d.all() {
		printed := map[string]int{}
		count(printed, p.title)
		for _, line := range p.BodyLines() {
			count(printed, line)
		}
		from, to := max(p.start, d.body)-d.body, max(p.end, d.body)-d.body
		for _, w := range writtenWords(d.source[from:to]) {
			switch {
			case printed[w.text] > 0:
				printed[w.text]--
			case notes[w.text] > 0:
				notes[w.text]--
			case !w.uncertain:
				findings.Add(d.place(from+w.at), "word-lost", diag.Args{"Word": w.text})
				return // what follows it may be lost with it
			}
		}
	}
}

func count(words map[string]int, line string) {
	for _, w := range strings.FieldsFunc(unmarked.Replace(line), isNoWord) {
		words[w]++
	}
}

func isNoWord(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) }

// unmarked drops what may be a mark inside a word: "re*mark*able" is one word, and so is what is printed of it.
var unmarked = strings.NewReplacer("*", "", "_", "", "`", "", "[", "", "]", "", `\`, "")

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
	noteMark  = regexp.MustCompile(`^\[\^[^\]\s]+\]`)
)

// writtenWords reads the words of a text by its characters alone. Where it cannot tell a mark from a word it leaves the
// word out: it is to miss nothing that is printed, not to find everything.
func writtenWords(source []byte) []writtenWord {
	var words []writtenWord
	var word writtenWord
	end := func() {
		if word.text != "" {
			words = append(words, word)
		}
		word = writtenWord{}
	}
	skipTo := -1 // the end of an anchor on this line
	for at := 0; at < len(source); {
		rest := source[at:]
		if at == 0 || source[at-1] == '\n' {
			end()
			line, _, _ := bytes.Cut(rest, []byte("\n"))
			skipTo = -1
			if m := ownAnchor.FindSubmatchIndex(line); m != nil {
				skipTo = at + m[2]
			}
			if marks := len(lineMarks.Find(line)); marks > 0 {
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
			at += max(1, len(noteMark.Find(rest)))
			continue
		case ']':
			at += 1 + destination(rest[1:])
			continue
		case '&':
			if m := entity.Find(rest); m != nil {
				if r, _ := utf8.DecodeRuneInString(html.UnescapeString(string(m))); isNoWord(r) {
					end()
				} else if word.text == "" {
					word = writtenWord{text: string(m), at: at}
				}
				word.uncertain = word.text != ""
				at += len(m)
				continue
			}
		}
		r, size := utf8.DecodeRune(rest)
		switch {
		case isNoWord(r):
			end()
		case word.text == "":
			word = writtenWord{text: string(rest[:size]), at: at}
		default:
			word.text += string(rest[:size])
		}
		at += size
	}
	end()
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
