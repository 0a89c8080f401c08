package archive

import (
	"fmt"
	"strings"
	"unicode"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/notice"
	"placard/internal/plain"
)

// A Statement is what is sealed about a release besides its texts. Which of it there is depends on the kind.
type Statement struct {
	// Reason is why there is an erratum, a cancellation or a withdrawal, in the source locale of the version.
	Reason string
	// Retroactive is why a version applies from a day before it was published.
	Retroactive string
	// Reconstructed is why something was sealed later than it was published, and Sealed the day on which it was.
	Reconstructed, Sealed string
	// Instead is the name of the version that takes the place of one that was cancelled; empty where none does.
	Instead string
	// Ends is the day from which a notice that is withdrawn does not apply any more.
	Ends string
	// Successor is the notice that readers of a withdrawn one are led to; empty where there is none.
	Successor string
}

// keys are those of version.toml in their order, each with its value and with whether that is a day.
func (s *Statement) keys() []statementKey {
	return []statementKey{
		{"reason", &s.Reason, false},
		{"retroactive", &s.Retroactive, false},
		{"reconstructed", &s.Reconstructed, false},
		{"sealed-on", &s.Sealed, true},
		{"instead", &s.Instead, false},
		{"withdrawn-from", &s.Ends, true},
		{"successor", &s.Successor, false},
	}
}

type statementKey struct {
	key   string
	value *string
	isDay bool
}

// write writes what is said in the one form of version.toml.
func (s Statement) write(b *strings.Builder) {
	for _, k := range s.keys() {
		switch {
		case *k.value == "":
		case k.isDay:
			fmt.Fprintf(b, "%s = %s\n", k.key, *k.value)
		default:
			fmt.Fprintf(b, "%s = \"%s\"\n", k.key, quoting.Replace(*k.value))
		}
	}
}

// quoting is what a text needs between the double quotes of TOML. It has no control characters: IsReason sees to it.
var quoting = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func readStatement(t *fields.Table) Statement {
	var s Statement
	for _, k := range s.keys() {
		switch {
		case !t.Has(k.key):
		case k.isDay:
			*k.value = t.Date(k.key).Value
		default:
			*k.value = t.String(k.key).Value
		}
	}
	return s
}

// MaxReason is the most bytes of a reason.
const MaxReason = 1000

// IsReason reports whether a text can be sealed as a reason: one line of words, without what a text of a notice may not have.
func IsReason(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && len(s) <= MaxReason && strings.TrimSpace(s) == s && !strings.ContainsAny(s, "\n\r\t") && len(plain.Check("", []byte(s))) == 0
}

// checkStatement finds where what is said in version.toml does not belong to its kind.
func (f *Folder) checkStatement(at diag.Position) diag.Findings {
	r, s := &f.Record, f.Record.Statement
	may := map[string]bool{}
	must := map[string]bool{}
	needs := func(key string) { may[key], must[key] = true, true }
	switch r.Kind {
	case KindVersion:
		may["reconstructed"], may["sealed-on"] = true, true
		if r.Effective < r.Published {
			needs("retroactive")
		}
	case KindTranslation:
		may["reconstructed"], may["sealed-on"] = true, true
	case KindErratum:
		needs("reason")
		may["reconstructed"], may["sealed-on"] = true, true
	case KindCancellation:
		needs("reason")
		may["instead"] = true
	case KindWithdrawal:
		needs("withdrawn-from")
		may["reason"], may["successor"] = true, true
	}
	must["sealed-on"], must["reconstructed"] = s.Reconstructed != "", s.Sealed != ""
	var findings diag.Findings
	for _, k := range s.keys() {
		switch value := *k.value; {
		case value == "" && must[k.key]:
			findings.Add(at, "statement-absent", diag.Args{"Key": k.key, "Kind": r.Kind})
		case value == "":
		case !may[k.key]:
			findings.Add(at, "statement-other", diag.Args{"Key": k.key, "Kind": r.Kind})
		case !k.fits(r):
			findings.Add(at, "statement-value", diag.Args{"Key": k.key, "Value": value})
		}
	}
	return findings
}

// fits reports whether a value is one that its key can have beside the rest of the record.
func (k statementKey) fits(r *Record) bool {
	switch value := *k.value; k.key {
	case "instead":
		own, _, _ := notice.Supplement(r.Name)
		return notice.IsVersionName(value) && value != own
	case "successor":
		return notice.IsSlug(value) && value != r.Notice
	case "sealed-on":
		return value > r.Published
	case "withdrawn-from":
		return value >= r.Published && value > r.Effective
	default:
		return IsReason(value)
	}
}
