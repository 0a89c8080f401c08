// Package check holds the rules for drafts that need more than the draft's own folder: the configuration, the
// archive, the other notices, the source text beside its translations. One file holds one rule; Rules lists them all.
package check

import (
	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// Input is what the rules may look at besides the draft.
type Input struct {
	// Drafts are all drafts that could be read, by slug.
	Drafts  map[string]*notice.Document
	Archive *archive.Archive
	// Locales are the configured ones, by key.
	Locales map[string]bool
	// Named reports whether the messages name a jurisdiction that is no country.
	Named func(code string) bool
}

// A Rule finds one kind of fault in a draft.
type Rule struct {
	// Name is for people who read the list of rules.
	Name string
	Find func(in *Input, draft *notice.Document, findings *diag.Findings)
}

// Rules are all rules, in the order in which they run.
var Rules = []Rule{
	{"locales are configured", locales},
	{"the address is free", slug},
	{"translations have the shape of their source", structure},
	{"links lead somewhere", links},
	{"attachments are used", attachments},
	{"anchors stay", anchors},
	{"changes are this version's", changes},
	{"jurisdictions have names", jurisdictions},
}

// Run applies every rule to a draft that was loaded without errors.
func Run(in *Input, draft *notice.Document) diag.Findings {
	var findings diag.Findings
	for _, r := range Rules {
		r.Find(in, draft, &findings)
	}
	findings.Sort()
	return findings
}
