package archive

import (
	"cmp"
	"slices"
	"strings"

	"placard/internal/markdown"
	"placard/internal/notice"
)

// A piece is the hash of a piece of a Markdown file, by its anchor or as StartPart.
type piece struct{ name, hash string }

func pieces(data []byte) []piece {
	var out []piece
	for _, p := range markdown.Pieces(data) {
		out = append(out, piece{cmp.Or(p.Anchor, StartPart), Hash(p.Text)})
	}
	return out
}

// parts are the hashes of the pieces by name. Of two pieces with one name the last counts; no text that can be
// released has two.
func parts(data []byte) map[string]string {
	m := map[string]string{}
	for _, p := range pieces(data) {
		m[p.name] = p.hash
	}
	return m
}

// altered names the pieces of data that are not as they were sealed: changed and added ones in the order of the file,
// then those that are gone.
func altered(sealed map[string]string, data []byte) []string {
	var names []string
	now := map[string]bool{}
	for _, p := range pieces(data) {
		now[p.name] = true
		if sealed[p.name] != p.hash {
			names = append(names, p.name)
		}
	}
	var gone []string
	for name := range sealed {
		if !now[name] {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	return append(names, gone...)
}

// isText reports whether a sealed file is one of the texts; an attachment is none, whatever its name.
func isText(name string) bool {
	return strings.HasSuffix(name, ".md") && !strings.HasPrefix(name, notice.FilesDir+"/")
}
