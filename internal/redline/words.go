package redline

import (
	"strings"
	"unicode"
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
	all := make([]string, 0, len(line)/5+1)
	for start := 0; start < len(line); {
		end := start
		for end < len(line) && line[end] == ' ' {
			end++
		}
		from := end
		unspaced := false
		for end < len(line) && line[end] != ' ' {
			if line[end] < utf8.RuneSelf {
				end++
				continue
			}
			r, size := utf8.DecodeRuneInString(line[end:])
			unspaced = unspaced || isUnspaced(r)
			end += size
		}
		first := len(all)
		if unspaced {
			for it := words.FromString(line[from:end]); it.Next(); {
				all = append(all, it.Value())
			}
		} else {
			all = appendRun(all, line[from:end])
		}
		if len(all) == first { // the line ends with spaces
			return append(all, line[start:end])
		}
		all[first] = line[start : from+len(all[first])]
		if first > 0 && isDigits(all[first-1]) && isDigits(all[first]) {
			whole := line[start-len(all[first-1]) : start+len(all[first])]
			all = append(all[:first-1], append([]string{whole}, all[first+1:]...)...)
		}
		start = end
	}
	return all
}

// appendRun cuts what stands between two spaces.
func appendRun(all []string, run string) []string {
	for run != "" {
		length, alone := stretch(run)
		if alone {
			all = append(all, run[:length])
		} else {
			all = appendCore(all, run[:length])
		}
		run = run[length:]
	}
	return all
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

// appendCore cuts off the punctuation around a word.
func appendCore(all []string, word string) []string {
	from, to := 0, len(word)
	for from < to {
		r, size := utf8.DecodeRuneInString(word[from:])
		next, _ := utf8.DecodeRuneInString(word[from+size:])
		if !unicode.IsPunct(r) || stays(r) || joins(next) || r == '-' && unicode.IsDigit(next) {
			break
		}
		from += size
	}
	after := to
	for to > from {
		r, size := utf8.DecodeLastRuneInString(word[:to])
		if !unicode.IsPunct(r) || stays(r) {
			break
		}
		to -= size
	}
	all = appendSigns(all, word[:from])
	if to > from {
		all = append(all, word[from:to])
	}
	return appendSigns(all, word[to:after])
}

func appendSigns(all []string, signs string) []string {
	for signs != "" {
		_, size := utf8.DecodeRuneInString(signs)
		all, signs = append(all, signs[:size]), signs[size:]
	}
	return all
}

// parts reports whether a sign parts words also where no space does.
func parts(r rune) bool {
	switch r {
	case ';', '!', '?', '…', '—', '–':
		return true
	}
	if r < utf8.RuneSelf {
		return strings.ContainsRune("()[]{}<>\"", r)
	}
	return r != '’' && unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf)
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
func IsWord(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
