package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// WesternDigits writes the digits of all scripts as 0 to 9, each a character as before. Unicode has them in runs of ten.
func WesternDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.IsDigit(r) {
			return r
		}
		for _, run := range unicode.Nd.R16 {
			if rune(run.Lo) <= r && r <= rune(run.Hi) {
				return '0' + (r-rune(run.Lo))%10
			}
		}
		for _, run := range unicode.Nd.R32 {
			if rune(run.Lo) <= r && r <= rune(run.Hi) {
				return '0' + (r-rune(run.Lo))%10
			}
		}
		return r
	}, s)
}
