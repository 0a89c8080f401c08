package plain

import (
	"sort"

	"placard/internal/diag"
)

// Lines are the offsets at which the lines of a file begin: they tell the place of an offset.
type Lines []int

// LinesOf returns the lines of a file; the last may be empty.
func LinesOf(data []byte) Lines {
	lines := Lines{0}
	for i, c := range data {
		if c == '\n' {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// Place returns the position of an offset, which may be that of the end of the file.
func (l Lines) Place(file string, offset int) diag.Position {
	line := sort.SearchInts(l, offset+1)
	return diag.Position{File: file, Line: line, Column: offset - l[line-1] + 1}
}

// Line returns a line without its line feed; they count from 1. It is empty where there is no such line.
func (l Lines) Line(data []byte, n int) []byte {
	if n < 1 || n > len(l) {
		return nil
	}
	from, to := l[n-1], len(data)
	if n < len(l) {
		to = l[n] - 1
	}
	return data[from:to]
}
