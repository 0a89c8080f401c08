package archive

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/notice"
)

const (
	// SumsFile lists the SHA-256 of every other file of a sealed folder, as sha256sum(1) prints it.
	SumsFile = "SHA256SUMS"
	// RecordFile says what the folder is.
	RecordFile = "version.toml"
)

// formatNumber is that of the format of sealed folders which this program writes and reads.
const formatNumber = 1

// Sums are the hashes of the files of a folder, by path relative to it.
type Sums map[string]string

// Bytes returns SHA256SUMS: a line for each file, the hash, two spaces and the path, sorted by the bytes of the path.
func (s Sums) Bytes() []byte {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(s)) {
		b.WriteString(s[name] + "  " + name + "\n")
	}
	return []byte(b.String())
}

var sumLine = regexp.MustCompile(`^([0-9a-f]{64})  ([A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)$`)

// ParseSums reads SHA256SUMS; it returns false for anything that Bytes would not write.
func ParseSums(data []byte) (Sums, bool) {
	s := Sums{}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n") {
		m := sumLine.FindStringSubmatch(line)
		if m == nil {
			return nil, false
		}
		s[m[2]] = m[1]
	}
	return s, string(s.Bytes()) == string(data)
}

// A Record is what version.toml says.
type Record struct {
	Kind      string
	Notice    string
	Name      string
	Effective string // day from which the version binds, in the zone of the notice
	Published string // day on which it was made public, in the zone of the notice
	Statement
	// Words are the digests of the words by locale, by the algorithm whose number is Algorithm.
	Algorithm int
	Words     map[string]string
	// Parts are the SHA-256 of the pieces of each Markdown file: by path, then by anchor, the piece before the first
	// heading under StartPart. They tell which section of an altered file was altered; the seal does not rest on them.
	Parts map[string]map[string]string
}

// StartPart names the piece of a file before its first heading. No anchor begins with "_".
const StartPart = "_start"

// newRecord describes what is sealed as an entry: what is said of it, the texts of a document in some locales, and the Markdown
// files of the folder, by path relative to it.
func newRecord(doc *notice.Document, locales []string, e Entry, said Statement, files map[string][]byte) Record {
	r := Record{
		Kind: e.Kind, Notice: e.Notice, Name: e.Name, Effective: e.Effective(), Published: e.Published, Statement: said,
		Algorithm: notice.WordsAlgorithm, Words: map[string]string{}, Parts: map[string]map[string]string{},
	}
	for _, locale := range locales {
		r.Words[locale] = doc.Texts[locale].WordsDigest()
	}
	for file, data := range files {
		if isText(file) {
			r.Parts[file] = parts(data)
		}
	}
	return r
}

// Bytes returns version.toml. It has one form only.
func (r Record) Bytes() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "format = %d\n", formatNumber)
	fmt.Fprintf(&b, "kind = %q\nnotice = %q\nname = %q\n", r.Kind, r.Notice, r.Name)
	fmt.Fprintf(&b, "effective-from = %s\npublished-on = %s\n", r.Effective, r.Published)
	r.Statement.write(&b)
	fmt.Fprintf(&b, "words-algorithm = %d\n", r.Algorithm)
	b.WriteString("\n[words]\n")
	writeDigests(&b, r.Words)
	for _, file := range slices.Sorted(maps.Keys(r.Parts)) {
		fmt.Fprintf(&b, "\n[parts.%q]\n", file)
		writeDigests(&b, r.Parts[file])
	}
	return []byte(b.String())
}

func writeDigests(b *strings.Builder, digests map[string]string) {
	for _, key := range slices.Sorted(maps.Keys(digests)) {
		fmt.Fprintf(b, "%s = %q\n", key, digests[key])
	}
}

// ParseRecord reads version.toml. Anything that Bytes would not write is a finding.
func ParseRecord(file string, data []byte) (Record, diag.Findings) {
	t := fields.TOML(file, data)
	if t.Findings().Errors() > 0 {
		return Record{}, t.Findings()
	}
	if n, ok := t.Int("format"); ok && n != formatNumber {
		var findings diag.Findings
		findings.Add(diag.Position{File: file, Line: 1}, "format-unknown", diag.Args{"Format": n, "Known": formatNumber})
		return Record{}, findings
	}
	r := Record{
		Kind: t.Need("kind").Value, Notice: t.Need("notice").Value, Name: t.Need("name").Value,
		Effective: t.Date("effective-from").Value, Published: t.Date("published-on").Value, Statement: readStatement(t),
		Words: digests(t.Table("words")), Parts: map[string]map[string]string{},
	}
	r.Algorithm, _ = t.Int("words-algorithm")
	if parts := t.Table("parts"); parts != nil {
		for _, name := range parts.Keys() {
			r.Parts[name.Value] = digests(parts.Table(name.Value))
		}
	}
	t.Close()
	findings := t.Findings()
	if findings.Errors() == 0 && string(r.Bytes()) != string(data) {
		findings.Add(diag.Position{File: file}, "record-form", nil)
	}
	return r, findings
}

func digests(t *fields.Table) map[string]string {
	out := map[string]string{}
	if t == nil {
		return out
	}
	for _, key := range t.Keys() {
		out[key.Value] = t.String(key.Value).Value
	}
	return out
}
