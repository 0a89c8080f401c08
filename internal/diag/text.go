package diag

import (
	"io"
	"strings"
)

// A Localizer returns the message with the given ID, with the values of args put in. It returns false when there is
// no such message.
type Localizer func(id string, args Args) (string, bool)

// Text prints findings for a person, one after the other:
//
//	content/privacy/index.en.md:12:1: error: the section "Cookies" has no anchor
//	  content/privacy/index.ms.md:12:1: the same section in the translation
//	  hint: write an anchor after the heading, for example {#cookies}
//
// A finding about no file in particular begins with "error:".
func Text(w io.Writer, findings Findings, say Localizer) error {
	for _, f := range findings {
		var b strings.Builder
		if f.At.File != "" {
			b.WriteString(f.At.String() + ": ")
		}
		b.WriteString(sentence(say, [...]string{Error: "severity.error", Warning: "severity.warning"}[f.Severity], nil) + ": ")
		b.WriteString(sentence(say, f.ID, f.Args) + "\n")
		for _, r := range f.Related {
			b.WriteString("  ")
			if r.At.File != "" {
				b.WriteString(r.At.String() + ": ")
			}
			b.WriteString(sentence(say, r.ID, r.Args) + "\n")
		}
		if hint, ok := say(f.ID+".hint", f.Args); ok {
			b.WriteString("  " + sentence(say, "advice", nil) + ": " + indented(hint) + "\n")
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// indented is a hint of several lines as it stands below its finding.
func indented(hint string) string {
	return strings.ReplaceAll(strings.ReplaceAll(hint, "\n", "\n  "), "\n  \n", "\n\n")
}

// sentence falls back to the ID, so that a finding is never lost for want of its message.
func sentence(say Localizer, id string, args Args) string {
	if s, ok := say(id, args); ok {
		return s
	}
	return id
}
