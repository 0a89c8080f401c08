package translation

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"placard/internal/diag"
	"placard/internal/markdown"
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
	// Digest is the SHA-256 of the words in lower-case hexadecimal, as Pieces makes it.
	Digest  string
	Missing bool // marked as not translated
	At      diag.Position
}

// Pieces returns the pieces of a text in the order of the page, Start first and Changes last. Changes are there only if
// the text says any.
//
// The digest is that of lines, each a space, words and a line feed: for a section its heading and its lines (Lines of package
// markdown); for Start the title, the description and the lines before the first section; for Changes the summary and
// the lines. So it is the same as long as the words are, whatever their marks, links and place.
func Pieces(t *notice.Text) []Piece {
	var pieces []Piece
	each(t, func(p Piece, first []string, part *markdown.Part) {
		if part != nil {
			first = append(first, part.Lines()...)
		}
		p.Digest = digest(first)
		pieces = append(pieces, p)
	})
	return pieces
}

// each visits the pieces of a text, without their digests, with what is digested: the first words, and the lines of the part,
// which is nil where there is none.
func each(t *notice.Text, visit func(p Piece, first []string, part *markdown.Part)) {
	visit(Piece{Anchor: Start, Title: t.Title.Value, At: t.Title.At}, []string{t.Title.Value, t.Description.Value}, t.Preamble())
	t.Each(func(s *notice.Section) {
		visit(Piece{Anchor: s.Anchor, Title: s.Title, Missing: s.Missing(), At: s.Part.At}, []string{s.Title}, s.Part)
	})
	if changes := t.Changes(); t.Summary != "" || changes != nil {
		visit(Piece{Anchor: Changes, At: diag.Position{File: t.ChangesFile()}}, []string{t.Summary}, changes)
	}
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
