package translation

import "slices"

// An Edition is the source text of a sealed version.
type Edition struct {
	Version string
	// Digests are those of its pieces, by anchor.
	Digests map[string]string
	// Earlier are those of its pieces before they were corrected.
	Earlier []map[string]string
}

// has reports whether a piece of the source text reads so, or read so before it was corrected.
func (e Edition) has(anchor, digest string) bool {
	return e.Digests[anchor] == digest || slices.ContainsFunc(e.Earlier, func(d map[string]string) bool { return d[anchor] == digest })
}

// A Past is the editions of a notice, oldest first.
type Past []Edition

// Behind returns the last version whose source text is the one that was translated, and how many versions with another text
// have been sealed since. It reports false where no version has that text, as where a draft was translated that changed
// before it was released.
func (p Past) Behind(s Standing) (version string, behind int, known bool) {
	for i := len(p) - 1; i >= 0 && s.From != ""; i-- {
		if p[i].has(s.Piece.Anchor, s.From) {
			return p[i].Version, len(p) - 1 - i, true
		}
	}
	return "", 0, false
}
