package archive

import (
	"bytes"
	"slices"
	"strings"

	"placard/internal/markdown"
)

// A piece is the bytes of a Markdown file from one heading line up to the next. It is found by its line alone, so that
// also a file that was tampered with can be taken apart.
type piece struct {
	name string // the anchor, or StartPart
	hash string
}

func pieces(data []byte) []piece {
	var out []piece
	name, from := StartPart, 0
	end := func(at int) { out = append(out, piece{name, Hash(data[from:at])}) }
	for at := 0; at < len(data); {
		next := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		if anchor, ok := markdown.HeadingAnchor(bytes.TrimSuffix(data[at:next], []byte("\n"))); ok {
			end(at)
			name, from = anchor, at
		}
		at = next
	}
	end(len(data))
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

func isText(name string) bool { return strings.HasSuffix(name, ".md") }
