package redline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// Words cuts a line into the words that are marked whole, each with the space before it: one after the other they are the line.
//
// Where words are set apart by spaces, a word is what stands between two of them, without the punctuation around it, each sign of which
// is a word by itself: so dates, amounts, addresses and names with marks inside are one word. Brackets, quotation marks, dashes and the
// ends of sentences part words also where no space does. Digits that a space groups, as in a telephone number, are one word.
// A run with letters of Chinese, Japanese, Thai and other scripts that write no spaces is cut as Unicode Standard Annex 29 bounds words.
func Words(line string) []string {
	ends := appendEnds(make([]int, 0, len(line)/5+1), line)
	all := make([]string, len(ends))
	start := 0
	for i, end := range ends {
		all[i], start = line[start:end], end
	}
	return all
}

// AppendLengths appends the lengths of the words of a line, in UTF-16 code units, as JavaScript counts. That of a word which IsWord takes for
// signs alone is below 0.
func AppendLengths(lengths []int, line string) []int {
	from := len(lengths)
	lengths = appendEnds(lengths, line)
	start := 0
	for i, end := range lengths[from:] {
		n, isWord := 0, false
		for _, r := range line[start:end] {
			n += utf16.RuneLen(r)
			isWord = isWord || counts(r)
		}
		if !isWord {
			n = -n
		}
		lengths[from+i], start = n, end
	}
	return lengths
}

// appendEnds appends where the words of a line end, in bytes.
func appendEnds(ends []int, line string) []int {
	c := cutting{line: line, ends: ends, first: len(ends)}
	for c.at < len(line) {
		from := c.at
		for from < len(line) && line[from] == ' ' {
			from++
		}
		to, plain, unspaced := from, true, false
		for to < len(line) && line[to] != ' ' {
			if c := line[to]; c < utf8.RuneSelf {
				plain = plain && ('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9')
				to++
				continue
			}
			plain = false
			r, size := utf8.DecodeRuneInString(line[to:])
			unspaced = unspaced || isUnspaced(r)
			to += size
		}
		if from == to { // the line ends with spaces
			return append(c.ends, len(line))
		}
		word := len(c.ends)
		switch c.at = from; {
		case plain:
			c.cut(to - from)
		case unspaced:
			for it := words.FromString(line[from:to]); it.Next(); {
				c.cut(len(it.Value()))
			}
		default:
			c.run(to)
		}
		if word > c.first && isDigits(c.word(word-1)) && isDigits(c.word(word)) {
			c.ends = slices.Delete(c.ends, word-1, word)
		}
	}
	return c.ends
}

// cutting is a line that is being cut into words.
type cutting struct {
	line  string
	ends  []int // of the words, those of this line from first on
	first int
	at    int // what is cut up to here
}

// word is the word whose end has the given place in the list.
func (c *cutting) word(i int) string {
	start := 0
	if i > c.first {
		start = c.ends[i-1]
	}
	return c.line[start:c.ends[i]]
}

// cut ends a word after so many bytes more.
func (c *cutting) cut(length int) {
	c.at += length
	c.ends = append(c.ends, c.at)
}

// run cuts what stands between two spaces.
func (c *cutting) run(to int) {
	for c.at < to {
		if length, alone := stretch(c.line[c.at:to]); alone {
			c.cut(length)
		} else {
			c.core(c.at + length)
		}
	}
}

// stretch returns the length of the sign at the start of a run that always is a word by itself, or of what stands before the next one.
func stretch(run string) (length int, alone bool) {
	for i, r := range run {
		if !parts(r) {
			continue
		}
		size := utf8.RuneLen(r)
		if next, _ := utf8.DecodeRuneInString(run[i+size:]); joins(next) {
			continue // a mark upon the sign goes with it
		}
		if i > 0 {
			return i, false
		}
		return size, true
	}
	return len(run), false
}

// core cuts off the punctuation around a word.
func (c *cutting) core(end int) {
	word := c.line[c.at:end]
	from, to := 0, len(word)
	for from < to {
		r, size := utf8.DecodeRuneInString(word[from:])
		next, _ := utf8.DecodeRuneInString(word[from+size:])
		if !unicode.IsPunct(r) || stays(r) || joins(next) || r == '-' && unicode.IsDigit(next) {
			break
		}
		from += size
	}
	for to > from {
		r, size := utf8.DecodeLastRuneInString(word[:to])
		if !unicode.IsPunct(r) || stays(r) {
			break
		}
		to -= size
	}
	c.signs(word[:from])
	if to > from {
		c.cut(to - from)
	}
	c.signs(word[to:])
}

func (c *cutting) signs(signs string) {
	for signs != "" {
		_, size := utf8.DecodeRuneInString(signs)
		c.cut(size)
		signs = signs[size:]
	}
}

// parts reports whether a sign parts words also where no space does.
func parts(r rune) bool {
	switch r {
	case ';', '!', '?', '…', '—', '–', '(', ')', '[', ']', '{', '}', '<', '>', '"':
		return true
	}
	return r >= utf8.RuneSelf && r != '’' && unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf)
}

// stays reports whether a sign of punctuation is part of the word that it begins or ends.
func stays(r rune) bool { return strings.ContainsRune("#%&*@§/\\", r) }

// joins reports whether a character goes with the one before it, so that no word may begin there.
func joins(r rune) bool { return r == '\u200d' || r == '\u200c' || unicode.Is(unicode.M, r) }

// isUnspaced reports whether a letter is of a script that sets no spaces between words.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}

// isDigits reports whether a word is digits alone, which a space may group; one before them is a sign of a number.
func isDigits(word string) bool {
	word = strings.TrimPrefix(strings.TrimPrefix(word, " "), "+")
	return word != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) && r != ' ' }) < 0
}

// IsWord reports whether a word is more than signs: such words are counted.
func IsWord(word string) bool { return strings.ContainsFunc(word, counts) }

// counts reports whether a character makes a word of signs.
func counts(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
