package archive

import (
	"bytes"

	"placard/internal/diag"
)

// PublishedTo returns how many lines of LOG a LOG has that was published; false where it has others.
func (a *Archive) PublishedTo(log []byte) (int, bool) {
	n := bytes.Count(log, lf)
	if !bytes.HasPrefix(a.logData, log) || len(log) > 0 && log[len(log)-1] != '\n' {
		return 0, false
	}
	return n, true
}

// LineOf returns the number of the line of LOG with a hash; 0 where none has it.
func (a *Archive) LineOf(hash string) int {
	for _, e := range a.Log {
		if Hash([]byte(e.Line())) == hash {
			return e.Number
		}
	}
	return 0
}

// Against holds LOG against what is known of it from elsewhere, which it cannot show by itself: the hash of a line that was noted, and a LOG
// that was published. Either may be empty, and is not looked at then.
func (a *Archive) Against(noted string, published []byte) diag.Findings {
	var findings diag.Findings
	at := diag.Position{File: Dir + "/" + LogFile}
	if noted != "" && a.LineOf(noted) == 0 {
		findings.Add(at, "noted-absent", diag.Args{"Hash": noted})
	}
	if _, ok := a.PublishedTo(published); ok {
		return findings
	}
	theirs := bytes.SplitAfter(published, lf)
	for i, e := range a.Log {
		if i >= len(theirs) || string(theirs[i]) != e.Line() {
			at.Line = i + 1
			findings.Add(at, "published-differs", diag.Args{"Number": i + 1})
			return findings
		}
	}
	findings.Add(at, "published-more", diag.Args{"Number": len(a.Log), "Public": bytes.Count(published, lf)})
	return findings
}
