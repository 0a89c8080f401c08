package diag

import "strings"

// Nearest returns the one of known that name is most likely a misspelling of, for "did you mean …?"; or nothing, where
// none is near enough. Upper and lower case, hyphens and underscores do not count. Of two equally near the first in
// the order of known is taken. Names that are merely short are not near: a third of the letters may differ.
func Nearest(name string, known []string) string {
	plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace
	want := []rune(strings.ToLower(plain(name)))
	nearest, least := "", len(want)/3+1
	for _, k := range known {
		letters := []rune(strings.ToLower(plain(k)))
		if k == name || max(len(want)-len(letters), len(letters)-len(want)) >= least {
			continue
		}
		if d := distance(want, letters); d < least {
			nearest, least = k, d
		}
	}
	return nearest
}

// distance is how many letters must be added, removed, replaced or exchanged with their neighbour to make b of a:
// the distance of Damerau and Levenshtein in its simpler form, where no letter is touched twice.
func distance(a, b []rune) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		above := row
		row = make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, above[j+1]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before = above
	}
	return row[len(b)]
}
