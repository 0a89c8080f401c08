// Package translation knows how translations stand to their source, section by section: from which source text each was
// made, which of them are missing or stale, and how far they are behind.
package translation

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// A Sum is what translation.sum records: by locale and anchor, the digest of the source text that was translated, as
// Pieces has it. Start and Changes stand in the place of anchors.
type Sum map[string]map[string]string

// ReadSum reads translation.sum of a document; it is empty where there is none.
func ReadSum(doc *notice.Document) (Sum, diag.Findings) {
	return ParseSum(doc.SumFile(), doc.Sum)
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// ParseSum reads lines of a locale, an anchor and a digest, with one space between them, each ended by a line feed. Their
// order is not asked for, as merging branches may change it; that one stands twice is a finding.
func ParseSum(file string, data []byte) (Sum, diag.Findings) {
	sum := Sum{}
	var findings diag.Findings
	first := map[string]int{}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		at := diag.Position{File: file, Line: number}
		line, ended := strings.CutSuffix(line, "\n")
		f := strings.Split(line, " ")
		if !ended || len(f) != 3 || !codes.IsLocale(f[0]) || !isName(f[1]) || !digestForm.MatchString(f[2]) {
			findings.Add(at, "sum-form", nil)
			continue
		}
		key := f[0] + " " + f[1]
		if before := first[key]; before > 0 {
			findings.Add(at, "sum-twice", diag.Args{"Locale": f[0], "Anchor": f[1]},
				diag.Related{ID: "related.first-use", At: diag.Position{File: file, Line: before}})
			continue
		}
		first[key] = number
		sum.Set(f[0], f[1], f[2])
	}
	return sum, findings
}

func isName(s string) bool { return s == Start || s == Changes || markdown.IsAnchor(s) }

// Set records the digest of the source text from which a piece was translated.
func (s Sum) Set(locale, anchor, digest string) {
	if s[locale] == nil {
		s[locale] = map[string]string{}
	}
	s[locale][anchor] = digest
}

// Bytes returns translation.sum, its lines sorted by locale, then by anchor.
func (s Sum) Bytes() []byte {
	var b strings.Builder
	for _, locale := range slices.Sorted(maps.Keys(s)) {
		for _, anchor := range slices.Sorted(maps.Keys(s[locale])) {
			b.WriteString(locale + " " + anchor + " " + s[locale][anchor] + "\n")
		}
	}
	return []byte(b.String())
}
