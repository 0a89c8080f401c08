// Package check holds the rules for drafts that need more than the draft's own folder: the configuration, the
// archive, the other notices, the source text beside its translations. One file holds one rule; Rules lists them all.
package check

import (
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// Input is what the rules may look at besides the draft.
type Input struct {
	// Drafts are all drafts that could be read, by slug.
	Drafts  map[string]*notice.Document
	Archive *archive.Archive
	// Later are the locales that a draft is released without for now, by slug.
	Later map[string][]string
	// Effective are the days from which drafts are to apply, by slug, as far as they are known.
	Effective map[string]string
	// Moment is when it is asked: what is announced then does not apply yet.
	Moment archive.Moment
	// Locales are the configured ones, by key; Default is the one that addresses do not name.
	Locales map[string]bool
	Default string
	// Named reports whether the messages name a jurisdiction that is no country.
	Named func(code string) bool
}

// A Rule finds one kind of fault in a draft.
type Rule struct {
	// Name is for people who read the list of rules.
	Name string
	// Sound says that the rule compares whole texts: in a draft with other errors it would only repeat them.
	Sound bool
	// Supplement says that the rule is also for translations that are added to a sealed version, and for errata.
	Supplement bool
	Find       func(in *Input, draft *notice.Document, findings *diag.Findings)
}

// Rules are all rules, in the order in which they run.
var Rules = []Rule{
	{Name: "locales are configured", Find: locales, Supplement: true},
	{Name: "languages of sealed versions stay configured", Find: kept},
	{Name: "no character is written that may not stand there", Find: meant, Supplement: true},
	{Name: "the address is free", Find: slug},
	{Name: "links lead somewhere", Find: links, Supplement: true},
	{Name: "old addresses lead somewhere", Find: oldAddresses},
	{Name: "attachments are used", Find: attachments, Supplement: true},
	{Name: "jurisdictions have names", Find: jurisdictions},
	{Name: "translation.sum can be read", Find: sum, Supplement: true},
	{Name: "translations are of this source text", Find: stale, Sound: true},
	{Name: "translations have the shape of their source", Find: structure, Sound: true, Supplement: true},
	{Name: "anchors stay", Find: anchors, Sound: true},
	{Name: "changes are this version's", Find: changes, Sound: true},
	{Name: "what was corrected stays so", Find: uncorrected, Sound: true},
	{Name: "old fragments lead somewhere", Find: oldFragments, Sound: true},
	{Name: "old addresses and fragments stay", Find: oldStay, Sound: true},
}

// RunSupplement applies the rules to the draft of a supplement, and finds what is wrong in its own folder: with the rest, which
// is sealed, it may only be compared. v is the version as it reads without it.
func RunSupplement(in *Input, v *archive.Version, draft *notice.Document, sound bool) diag.Findings {
	var findings diag.Findings
	for _, r := range Rules {
		if r.Supplement && (sound || !r.Sound) {
			r.Find(in, draft, &findings)
		}
	}
	if sound {
		ofThatVersion(v, draft, &findings)
		erratum(in, v, draft, &findings)
	}
	return slices.DeleteFunc(findings, func(f diag.Finding) bool {
		return f.At.File != draft.Dir && !strings.HasPrefix(f.At.File, draft.Dir+"/")
	})
}

// Run applies the rules to a draft; sound tells whether it was loaded without errors.
func Run(in *Input, draft *notice.Document, sound bool) diag.Findings {
	var findings diag.Findings
	for _, r := range Rules {
		if sound || !r.Sound {
			r.Find(in, draft, &findings)
		}
	}
	return findings
}
