package plain

import (
	"fmt"
	"testing"
	"unicode"
)

// TestWesternDigits holds that the digits of every script are read.
func TestWesternDigits(t *testing.T) {
	value := map[rune]int{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.IsDigit(r) {
			continue
		}
		value[r] = value[r-1] + 1
		if _, goesOn := value[r-1]; !goesOn || value[r] == 10 {
			value[r] = 0
		}
		if got := WesternDigits(string(r)); got != fmt.Sprint(value[r]) {
			t.Errorf("%U is %s, want %d", r, got, value[r])
		}
	}
	if len(value) < 600 || WesternDigits("a٣é４") != "a3é4" {
		t.Errorf("%d digits", len(value))
	}
}
