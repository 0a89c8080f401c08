package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"placard/internal/diag"
)

// Anchors are lower-case ASCII, begin with a letter and end with a letter or digit.
var anchorForm = regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`)

// headingLine is the one form of the line of a heading, so that a file can be cut at its headings without a parser.
var headingLine = regexp.MustCompile(`^#{2,3} .*\{#([a-z0-9-]+)[^{}]*\}$`)

// HeadingAnchor returns the anchor of a line, without its line feed, that is a heading of level 2 or 3.
func HeadingAnchor(line []byte) (anchor string, ok bool) {
	m := headingLine.FindSubmatch(line)
	if m == nil {
		return "", false
	}
	return string(m[1]), true
}

// A Piece is the bytes of a file from one heading line up to the next. It is found by its line alone, so that also a file that
// cannot be read can be taken apart.
type Piece struct {
	// Anchor is that of the heading; empty for what stands before the first one.
	Anchor string
	Text   []byte
}

// Pieces cuts a file at its headings. One after the other, the pieces are the file; the first one has no heading and may be empty.
func Pieces(data []byte) []Piece {
	var out []Piece
	anchor, from := "", 0
	for at := 0; at < len(data); {
		next := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		if a, ok := HeadingAnchor(bytes.TrimSuffix(data[at:next], []byte("\n"))); ok {
			out = append(out, Piece{anchor, data[from:at]})
			anchor, from = a, at
		}
		at = next
	}
	return append(out, Piece{anchor, data[from:]})
}

// IsAnchor reports whether s has the form of an anchor.
func IsAnchor(s string) bool { return anchorForm.MatchString(s) }

// AsAnchor returns the anchor that s becomes in lower case, without accents, and with hyphens for all that cannot stand
// in one; or nothing. It is for hints, and never used unasked: an anchor stays when its title changes, and is the same in
// every language.
func AsAnchor(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			b.WriteByte(' ')
		}
	}
	anchor := strings.Join(strings.Fields(b.String()), "-")
	if !IsAnchor(anchor) || len(anchor) > 40 {
		return ""
	}
	return anchor
}

// suggest makes an anchor of a title, or gives an example.
func suggest(title string) string {
	if anchor := AsAnchor(title); anchor != "" {
		return anchor
	}
	return "cookies"
}

// anchorForms finds the anchors that have not the form of one, and those of them that another section has in that form.
func (d *Document) anchorForms(findings *diag.Findings) {
	has := map[string]diag.Position{}
	for _, p := range d.Parts {
		if IsAnchor(p.Anchor) {
			has[p.Anchor] = p.At
		}
	}
	for _, p := range d.Parts {
		if p.Anchor == "" || IsAnchor(p.Anchor) {
			continue
		}
		near := AsAnchor(p.Anchor)
		if other, taken := has[near]; taken {
			findings.Add(p.At, "anchor-alike", diag.Args{"Anchor": p.Anchor, "Other": near}, diag.Related{ID: "related.first-use", At: other})
			continue
		}
		if near != "" {
			has[near] = p.At
		}
		findings.Add(p.At, "anchor-form", diag.Args{"Anchor": p.Anchor, "Near": near})
	}
}
