// Package archive keeps versions/: the sealed folders, their seals and the log. It reads them, checks them, answers
// which version stands where at a moment, and adds to them. docs/archive-format.md defines every byte.
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/notice"
)

const (
	// Dir is the folder of the archive, at the root of a site.
	Dir = "versions"
	// LogFile is the log, in Dir.
	LogFile = "LOG"
)

// Kinds of log lines. All but that of a version and that of keys are supplements to a version.
const (
	// KindVersion is that of a version.
	KindVersion = "version"
	// KindTranslation is that of translations that were added to a version or mended.
	KindTranslation = "translation"
	// KindErratum is that of a correction of its source text, or of one that prevails in law, with what translations need for it.
	KindErratum = "erratum"
	// KindCancellation says of a version that was announced that it never applies.
	KindCancellation = "cancellation"
	// KindWithdrawal ends a notice with its last version.
	KindWithdrawal = "withdrawal"
	// KindKeys is that of a list of the keys that may sign LOG, and supplements nothing.
	KindKeys = "keys"
)

// KeysSlug stands in the place of the notice in the line of a list of keys. No notice is called so.
const KeysSlug = "keys"

// hasTexts reports whether what is sealed with a kind has texts; the others are a Statement alone.
func hasTexts(kind string) bool {
	return kind == KindVersion || kind == KindTranslation || kind == KindErratum
}

// An Entry is one line of LOG: seven fields with one space between them, ended by a line feed.
//
//	number kind notice name published-on seal previous
type Entry struct {
	// Number counts lines from 1.
	Number int
	Kind   string
	Notice string
	// Name is that of the sealed folder, below the folder of the notice: "2021-02-09", or "2021-02-09-s1" for a supplement; of a list
	// of keys its number, "1".
	Name string
	// Published is the day on which it was made public, YYYY-MM-DD, in the zone of the notice; of a list of keys in UTC.
	Published string
	// Seal is the SHA-256 of the folder's SHA256SUMS, in lower-case hexadecimal.
	Seal string
	// Previous is the SHA-256 of the line before, its line feed included; 64 zeros in the first line.
	Previous string
}

// NoPrevious stands in the first line in the place of the hash of the line before.
var NoPrevious = strings.Repeat("0", 2*sha256.Size)

// Line returns the bytes of the entry, its line feed included.
func (e Entry) Line() string {
	return fmt.Sprintf("%d %s %s %s %s %s %s\n", e.Number, e.Kind, e.Notice, e.Name, e.Published, e.Seal, e.Previous)
}

// Folder returns the path of the sealed folder relative to the root of the site.
func (e Entry) Folder() string { return Dir + "/" + e.Notice + "/" + e.Name }

// Version is the name of the version that the entry seals, or that it supplements.
func (e Entry) Version() string {
	if version, _, ok := notice.Supplement(e.Name); ok {
		return version
	}
	return e.Name
}

// Effective is the day from which the version of the entry binds; that of its line for a list of keys.
func (e Entry) Effective() string {
	if e.Kind == KindKeys {
		return e.Published
	}
	return notice.Effective(e.Version())
}

// Hash returns the SHA-256 of data in lower-case hexadecimal.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// IsHash reports whether a text has the form of a hash.
func IsHash(s string) bool { return hashForm.MatchString(s) }

// ParseLog reads LOG and checks its form and its chain. The entries can be used only if there is no finding.
func ParseLog(data []byte) ([]Entry, diag.Findings) {
	var entries []Entry
	var findings diag.Findings
	at := func(line int) diag.Position { return diag.Position{File: Dir + "/" + LogFile, Line: line} }
	lines := strings.SplitAfter(string(data), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	previous := NoPrevious
	published := "" // the latest day so far: where a day ends later than where it ended before, the next line can be of the day before
	seen := map[string]int{}
	next := map[string]int{} // the number of the next supplement, by the folder of the version
	lists := 0
	for i, line := range lines {
		e, ok := parseEntry(line)
		switch {
		case !ok && strings.HasPrefix(line, conflict):
			findings.Add(at(i+1), "log-merge", nil)
			return entries, findings
		case !ok:
			findings.Add(at(i+1), "log-line", nil)
			return entries, findings // nothing after it can be checked
		case i > 0 && e.Number == i && e.Previous == entries[i-1].Previous && seen[e.Folder()] == 0:
			findings.Add(at(i+1), "log-branches", diag.Args{"Number": e.Number})
		case e.Number != i+1:
			findings.Add(at(i+1), "log-number", diag.Args{"Number": e.Number, "Want": i + 1})
		case e.Previous != previous:
			findings.Add(at(i+1), "log-chain", diag.Args{"Number": e.Number})
		case published != "" && e.Published < fields.DaysAfter(published, -1):
			findings.Add(at(i+1), "log-order", diag.Args{"Published": e.Published, "Before": published})
		}
		if first, twice := seen[e.Folder()]; twice {
			findings.Add(at(i+1), "log-twice", diag.Args{"Folder": e.Folder()}, diag.Related{ID: "related.first-use", At: at(first)})
		}
		seen[e.Folder()] = i + 1
		if e.Kind == KindKeys {
			if lists++; e.Name != strconv.Itoa(lists) {
				findings.Add(at(i+1), "log-keys", diag.Args{"Folder": e.Folder(), "Want": lists})
			}
		} else if version, number, ok := notice.Supplement(e.Name); ok {
			of := path.Join(Dir, e.Notice, version)
			if number != next[of] {
				findings.Add(at(i+1), "log-supplement", diag.Args{"Folder": e.Folder(), "Version": of, "Want": next[of]})
			}
			next[of] = number + 1
		} else {
			next[e.Folder()] = 1
		}
		previous, published = Hash([]byte(line)), max(published, e.Published)
		entries = append(entries, e)
	}
	return entries, findings
}

func parseEntry(line string) (Entry, bool) {
	f := strings.Split(strings.TrimSuffix(line, "\n"), " ")
	if len(f) != 7 {
		return Entry{}, false
	}
	n, err := strconv.Atoi(f[0])
	e := Entry{n, f[1], f[2], f[3], f[4], f[5], f[6]}
	ok := err == nil && isNameOf(e.Kind, e.Name) && isNoticeOf(e.Kind, e.Notice) &&
		fields.IsDate(e.Published) && hashForm.MatchString(e.Seal) && hashForm.MatchString(e.Previous) && e.Line() == line
	return e, ok
}

// isNameOf reports whether what is sealed with a kind can have the name.
func isNameOf(kind, name string) bool {
	switch kind {
	case KindVersion:
		return notice.IsVersionName(name)
	case KindTranslation, KindErratum, KindCancellation, KindWithdrawal:
		_, _, ok := notice.Supplement(name)
		return ok
	case KindKeys:
		return numberForm.MatchString(name)
	}
	return false
}

var numberForm = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)

// isNoticeOf reports whether a line of a kind can have the word in the place of its notice.
func isNoticeOf(kind, slug string) bool {
	if kind == KindKeys {
		return slug == KeysSlug
	}
	return notice.IsSlug(slug)
}
