package translation

import (
	"maps"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// A State is how a piece of a translation stands to the source text beside it.
type State string

const (
	Complete State = "complete" // translated from this source text
	Stale    State = "stale"    // translated from another one, or nobody recorded from which
	Missing  State = "missing"  // not translated
)

// A Standing is a piece of the source with the state of its translation.
type Standing struct {
	Piece Piece // of the source
	State State
	// From is the digest of the source text that was translated; empty where none was recorded.
	From string
	// At is where the translation stands; the source, where it is not even marked as missing.
	At diag.Position
}

// Compare returns the states of all pieces of a source in a translation, in the order of the page. recorded are the digests
// that translation.sum has for the locale; where an anchor has none, that of an anchor which moved to it counts.
func Compare(source []Piece, target *notice.Text, facts *notice.Facts, recorded map[string]string) []Standing {
	own := map[string]Piece{}
	each(target, func(p Piece, _ []string, _ *markdown.Part) { own[p.Anchor] = p })
	came := map[string]string{}
	for from, to := range facts.MovedTo() {
		if recorded[from] != "" && (came[to] == "" || from < came[to]) {
			came[to] = from
		}
	}
	var all []Standing
	for _, p := range source {
		s := Standing{Piece: p, From: recorded[p.Anchor], At: p.At, State: Missing}
		if s.From == "" {
			s.From = recorded[came[p.Anchor]]
		}
		if t, ok := own[p.Anchor]; ok {
			s.At = t.At
			switch {
			case t.Missing:
			case s.From == p.Digest:
				s.State = Complete
			default:
				s.State = Stale
			}
		}
		all = append(all, s)
	}
	return all
}

// A Status is all translations of a document: by locale, the states of the pieces of its source.
type Status map[string][]Standing

// StatusOf compares every translation of a document with its source, which must be there.
func StatusOf(doc *notice.Document, sum Sum) Status {
	status := Status{}
	source := Pieces(doc.Source())
	for _, locale := range slices.Sorted(maps.Keys(doc.Texts)) {
		if locale != doc.Facts.Source.Value {
			status[locale] = Compare(source, doc.Texts[locale], &doc.Facts, sum[locale])
		}
	}
	return status
}

// In returns those that are in a state.
func In(all []Standing, state State) []Standing {
	var in []Standing
	for _, s := range all {
		if s.State == state {
			in = append(in, s)
		}
	}
	return in
}

// mostNames is how many pieces Names names.
const mostNames = 8

// Names are the names of pieces as a sentence lists them: those of many are cut off.
func Names(all []Standing) string {
	var names []string
	for _, s := range all {
		if len(names) == mostNames && len(all) > mostNames+1 {
			return strings.Join(names, ", ") + " …"
		}
		names = append(names, Name(s.Piece.Anchor))
	}
	return strings.Join(names, ", ")
}

// Accept records that the pieces of a locale with the given anchors, all where there are none, are up to date with the
// source, and forgets what is recorded of pieces that are not there. What is missing is not recorded. It returns the
// pieces whose record changed, and those of the given ones that are missing.
func (s Sum) Accept(locale string, all []Standing, anchors ...string) (accepted, missing []Standing) {
	there := map[string]bool{}
	for _, p := range all {
		chosen := len(anchors) == 0 || slices.Contains(anchors, p.Piece.Anchor)
		switch {
		case p.State == Missing:
			if chosen {
				missing = append(missing, p)
			}
			continue
		case chosen && p.State == Stale:
			accepted = append(accepted, p)
			s.Set(locale, p.Piece.Anchor, p.Piece.Digest)
		case p.From != "": // also where the anchor moved since
			s.Set(locale, p.Piece.Anchor, p.From)
		}
		there[p.Piece.Anchor] = true
	}
	for anchor := range s[locale] {
		if !there[anchor] {
			delete(s[locale], anchor)
		}
	}
	return accepted, missing
}
