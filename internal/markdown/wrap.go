package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/width"
)

// PlainWidth is how many columns a line of a plain text has at most, but for what cannot be broken.
const PlainWidth = 78

// Wrap breaks a line of words into lines of at most so many columns: at spaces; in scripts that have none between words, between any two
// characters (grapheme clusters) where the signs around allow it. A word of other scripts, and an address, is never broken. Wide signs
// take two columns, and marks upon others none.
func Wrap(words string, columns int) []string {
	var all []string
	wrap(words, columns, func(line string) { all = append(all, line) })
	return all
}

func wrap(words string, columns int, end func(line string)) {
	if strings.Contains(words, "  ") || strings.HasPrefix(words, " ") {
		words = strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == ' ' }), " ")
	}
	begin, until, taken := 0, 0, 0 // of the line, in bytes; and its columns
	add := func(from, to, wide int) {
		if before := from - until; until > begin && taken+before+wide <= columns { // a space, or nothing
			taken += before + wide
		} else {
			if until > begin {
				end(words[begin:until])
			}
			begin, taken = from, wide
		}
		until = to
	}
	for from := 0; from < len(words); {
		to := from + strings.IndexByte(words[from:], ' ')
		if to < from {
			to = len(words)
		}
		if word := words[from:to]; isASCII(word) {
			add(from, to, len(word))
		} else {
			pieces(word, func(f, t, wide int) { add(from+f, from+t, wide) })
		}
		from = to + 1
	}
	if until > begin {
		end(words[begin:until])
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// pieces cuts a word where a line may end in it.
func pieces(word string, add func(from, to, wide int)) {
	from, wide := 0, 0
	var last rune // of the cluster before
	for it := graphemes.FromString(word); it.Next(); {
		first, _ := utf8.DecodeRuneInString(it.Value())
		if it.Start() > from && mayEnd(last, first) {
			add(from, it.Start(), wide)
			from, wide = it.Start(), 0
		}
		last, wide = first, wide+Columns(it.Value())
	}
	add(from, len(word), wide)
}

// Columns is how many columns a text takes on a line.
func Columns(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), r >= 0x1160 && r <= 0x11ff: // the latter are parts of Korean syllables
		default:
			n++
			if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
				n++
			}
		}
	}
	return n
}

// mayEnd reports whether a line may end between two characters of a word.
func mayEnd(before, after rune) bool {
	if strings.ContainsRune(noEnd, before) || strings.ContainsRune(noStart, after) {
		return false
	}
	return isIdeographic(before) || isIdeographic(after) || isUnspaced(before) && isUnspaced(after)
}

// With these signs no line ends or starts: brackets and quotation marks, Thai and Lao vowels that are written before their consonant;
// signs that end a clause, small kana, marks of repetition.
const (
	noEnd   = "([{<“‘«「『（［｛〈《【〔〖｟￥＄" + "เแโใไເແໂໃໄ"
	noStart = ")]}>”’»」』）］｝〉》】〕〗｠" + ",.:;!?%、。，．：；！？％・゠…‥ー々〻ゝゞヽヾ〜～" +
		"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ" + "ๆฯໆຯ"
)

// isIdeographic is for Chinese and Japanese and their signs. Korean has spaces.
func isIdeographic(r rune) bool {
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Yi) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60)
}

func isUnspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
