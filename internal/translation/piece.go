package translation

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
)

// What is translated and is no section has a name in the place of an anchor. No anchor begins with "_".
const (
	Start   = "_start"   // the title, the description and the words before the first section
	Changes = "_changes" // what changed in this version
)

// A Piece is what is translated as one: a section without the sections below it, Start, or Changes.
type Piece struct {
	Anchor string
	// Title is the heading in words; that of Start is the title of the text, that of Changes is empty.
	Title string
	// Digest is the SHA-256 of the words in lower-case hexadecimal, by the form that Digest describes.
	Digest  string
	Missing bool // marked as not translated
	At      diag.Position

	lines func() []string // what is digested
}

// Pieces returns the pieces of a text in the order of the page, Start first and Changes last. Changes are there only if
// the text says any.
//
// The digest is that of lines, each a space, words and a line feed: for a section its heading and its lines (Lines of package
// markdown); for Start the title, the description and the lines before the first section; for Changes the summary and
// the lines. So it is the same as long as the words are, whatever their marks, links and place.
func Pieces(t *notice.Text) []Piece {
	pieces := outline(t)
	for i := range pieces {
		pieces[i].Digest = digest(pieces[i].lines())
		pieces[i].lines = nil // which keeps the whole text
	}
	return pieces
}

// outline returns the pieces of a text without their digests.
func outline(t *notice.Text) []Piece {
	pieces := []Piece{{Anchor: Start, Title: t.Title.Value, At: t.Title.At, lines: func() []string {
		return append([]string{t.Title.Value, t.Description.Value}, t.Preamble().Lines()...)
	}}}
	t.Each(func(s *notice.Section) {
		pieces = append(pieces, Piece{Anchor: s.Anchor, Title: s.Title, Missing: s.Missing(), At: s.Part.At, lines: func() []string {
			return append([]string{s.Title}, s.Part.Lines()...)
		}})
	})
	if changes := t.Changes(); t.Summary != "" || changes != nil {
		pieces = append(pieces, Piece{Anchor: Changes, At: diag.Position{File: t.ChangesFile()}, lines: func() []string {
			if changes == nil {
				return []string{t.Summary}
			}
			return append([]string{t.Summary}, changes.Lines()...)
		}})
	}
	return pieces
}

func digest(lines []string) string {
	sum := sha256.New()
	for _, line := range lines {
		sum.Write([]byte(" " + strings.Join(strings.Fields(line), " ") + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Digests returns the digest of each piece by its anchor.
func Digests(pieces []Piece) map[string]string {
	m := map[string]string{}
	for _, p := range pieces {
		m[p.Anchor] = p.Digest
	}
	return m
}

// Name is an anchor as findings and commands write it; the words before the first section are "start", those of changes "changes".
func Name(anchor string) string {
	switch anchor {
	case Start, Changes:
		return anchor[1:]
	}
	return "#" + anchor
}
