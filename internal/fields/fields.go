// Package fields reads the small documents that people write beside a text: TOML files and YAML front matter. A
// reader asks for the keys it knows, each with its type, and calls Close; what was not asked for, has another type,
// or stands twice is a finding. Every value keeps its position.
package fields

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"placard/internal/diag"
)

// Text is a string with its place. A key that is absent gives the zero Text, whose At is the zero Position.
type Text struct {
	Value string
	At    diag.Position
}

// Set reports whether the key was there.
func (t Text) Set() bool { return t.At.Line > 0 }

// A Date is a day of the Gregorian calendar, written YYYY-MM-DD (RFC 3339, full-date).
type Date struct {
	Value string
	At    diag.Position
}

type kind int

const (
	stringKind kind = iota
	intKind
	boolKind
	dateKind
	floatKind
	listKind
	tableKind
	otherKind
)

// value is one value of any kind, as it was read.
type value struct {
	kind  kind
	text  string // stringKind, intKind, dateKind as written, boolKind "true" or "false"
	list  []*value
	table *Table
	at    diag.Position
}

// sink is shared by all tables of one document.
type sink struct {
	findings diag.Findings
	equals   string // what stands between a key and its value: ": " or " = "
}

// A Table is a set of keys with values.
type Table struct {
	sink *sink
	at   diag.Position
	keys []string // in the order of the file
	vals map[string]*value
	key  map[string]diag.Position
	seen map[string]bool
	open bool
	// broken is whether the document could not be read: then nothing is said to be missing.
	broken bool
}

func newTable(s *sink, at diag.Position) *Table {
	return &Table{sink: s, at: at, vals: map[string]*value{}, key: map[string]diag.Position{}, seen: map[string]bool{}}
}

func (t *Table) set(key string, v *value, at diag.Position) {
	if _, twice := t.vals[key]; twice {
		t.sink.findings.Add(at, "key-twice", diag.Args{"Key": key}, diag.Related{ID: "related.first-use", At: t.key[key]})
		return
	}
	t.keys = append(t.keys, key)
	t.vals[key], t.key[key] = v, at
}

// At returns where the table begins.
func (t *Table) At() diag.Position { return t.at }

// Keys returns every key with its place, in the order of the file, and marks all as known: for tables whose keys are
// names that the author chose.
func (t *Table) Keys() []Text {
	t.open = true
	var out []Text
	for _, k := range t.keys {
		out = append(out, Text{Value: k, At: t.key[k]})
	}
	return out
}

// Missing adds the finding that a needed key is absent.
func (t *Table) Missing(key string) {
	t.sink.findings.Add(t.at, "key-missing", diag.Args{"Key": key, "Equals": t.sink.equals})
}

func (t *Table) get(key string, want kind, name string) *value {
	t.seen[key] = true
	v := t.vals[key]
	if v == nil {
		return nil
	}
	if v.kind != want {
		t.wrong(v, key, name)
		return nil
	}
	return v
}

func (t *Table) wrong(v *value, key, name string) {
	bare := "" // what only lacks its quotes
	if strings.Contains(name, "text") && (v.kind == dateKind || v.kind == intKind || v.kind == floatKind || v.kind == boolKind) {
		bare = v.text
	}
	t.sink.findings.Add(v.at, "key-type", diag.Args{"Key": key, "Want": name, "Bare": bare, "Equals": t.sink.equals})
}

// String returns the text of key.
func (t *Table) String(key string) Text {
	v := t.get(key, stringKind, "text")
	if v == nil {
		return Text{}
	}
	return Text{v.text, v.at}
}

// Need returns the text of key; that it is absent or empty is a finding.
func (t *Table) Need(key string) Text {
	_, there := t.vals[key]
	s := t.String(key)
	switch {
	case t.broken:
	case !there:
		t.Missing(key)
	case s.Set() && s.Value == "":
		t.sink.findings.Add(s.At, "key-empty", diag.Args{"Key": key})
	}
	return s
}

// Strings returns the texts of a list.
func (t *Table) Strings(key string) []Text {
	v := t.get(key, listKind, "list of texts")
	if v == nil {
		return nil
	}
	var out []Text
	for _, e := range v.list {
		if e.kind != stringKind {
			t.wrong(e, key, "list of texts")
			continue
		}
		out = append(out, Text{e.text, e.at})
	}
	return out
}

// Int returns the whole number of key, and whether it was there.
func (t *Table) Int(key string) (int, bool) {
	v := t.get(key, intKind, "whole number")
	if v == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(v.text, 0, 64)
	if err != nil || n > math.MaxInt32 || n < math.MinInt32 {
		t.wrong(v, key, "whole number")
		return 0, false
	}
	return int(n), true
}

// Bool returns the value of key; one that is absent is false.
func (t *Table) Bool(key string) bool {
	v := t.get(key, boolKind, "choice of true or false")
	return v != nil && v.text == "true"
}

// Date returns the day of key, written as a TOML local date or as a text of the same form.
func (t *Table) Date(key string) Date {
	t.seen[key] = true
	v := t.vals[key]
	if v == nil {
		return Date{}
	}
	switch {
	case v.kind != dateKind && v.kind != stringKind:
		t.wrong(v, key, "date YYYY-MM-DD")
		return Date{}
	case !IsDate(v.text):
		t.sink.findings.Add(v.at, "date-form", DateArgs(v.text))
		return Date{}
	}
	return Date{v.text, v.at}
}

// Where is where the value of a key stands; where the table does, if it has none.
func (t *Table) Where(key string) diag.Position {
	if v := t.vals[key]; v != nil {
		return v.at
	}
	return t.at
}

// Has reports whether the table has the key, with whatever value.
func (t *Table) Has(key string) bool { return t.vals[key] != nil }

// Take takes a key out of the table, whatever its value, and returns its name with its place; the zero Text where it is
// absent.
func (t *Table) Take(key string) Text {
	if !t.Has(key) {
		return Text{}
	}
	taken := Text{Value: key, At: t.key[key]}
	delete(t.vals, key)
	t.keys = slices.DeleteFunc(t.keys, func(k string) bool { return k == key })
	return taken
}

// IsTable reports whether the value of key is a table, for keys that may have a text or a table.
func (t *Table) IsTable(key string) bool {
	v := t.vals[key]
	return v != nil && v.kind == tableKind
}

// Table returns the table of key, or nil.
func (t *Table) Table(key string) *Table {
	v := t.get(key, tableKind, "table")
	if v == nil {
		return nil
	}
	return v.table
}

// Tables returns the tables of a list of tables ([[key]] in TOML).
func (t *Table) Tables(key string) []*Table {
	v := t.get(key, listKind, "list of tables, each headed [["+key+"]]")
	if v == nil {
		return nil
	}
	var out []*Table
	for _, e := range v.list {
		if e.kind != tableKind {
			t.wrong(e, key, "list of tables, each headed [["+key+"]]")
			continue
		}
		out = append(out, e.table)
	}
	return out
}

// Any returns the whole table as plain values, for what is passed on unread, and marks all of it as known.
func (t *Table) Any() map[string]any {
	if t == nil {
		return nil
	}
	t.open = true
	out := map[string]any{}
	for _, k := range t.keys {
		out[k] = t.vals[k].any()
	}
	return out
}

func (v *value) any() any {
	switch v.kind {
	case listKind:
		out := []any{}
		for _, e := range v.list {
			out = append(out, e.any())
		}
		return out
	case tableKind:
		return v.table.Any()
	case boolKind:
		return v.text == "true"
	case floatKind:
		if f, err := strconv.ParseFloat(strings.ReplaceAll(v.text, "_", ""), 64); err == nil {
			return f
		}
	case intKind:
		if n, err := strconv.ParseInt(v.text, 0, 64); err == nil {
			return n
		}
	}
	return v.text
}

// Close ends the reading of this table and of those below it that were asked for: every key that nobody asked for is
// a finding.
func (t *Table) Close() {
	if t == nil {
		return
	}
	known := slices.Sorted(maps.Keys(t.seen))
	for _, k := range t.keys {
		if !t.seen[k] && !t.open {
			t.sink.findings.Add(t.key[k], "key-unknown", diag.Args{"Key": k, "Near": diag.Nearest(k, known), "Known": strings.Join(known, ", ")})
		}
	}
	for _, k := range t.keys {
		v := t.vals[k]
		if !t.seen[k] {
			continue
		}
		if v.kind == tableKind {
			v.table.Close()
		}
		for _, e := range v.list {
			if e.kind == tableKind {
				e.table.Close()
			}
		}
	}
}

// Findings returns what was found in the whole document so far.
func (t *Table) Findings() diag.Findings { return t.sink.findings }
