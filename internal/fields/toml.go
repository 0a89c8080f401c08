package fields

import (
	"errors"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"placard/internal/diag"
	"placard/internal/plain"
)

// TOML reads a TOML document (https://toml.io/en/v1.0.0).
func TOML(file string, data []byte) *Table {
	s := &sink{equals: " = "}
	root := newTable(s, diag.Position{File: file, Line: 1})
	if s.findings = checkTOML(file, data); s.findings.Errors() > 0 {
		root.broken = true
		return root
	}
	// The decoder knows all the rules of the language; the tree below it gives the places.
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		at := root.at
		var de *toml.DecodeError
		if errors.As(err, &de) {
			at.Line, at.Column = de.Position()
		}
		root.broken = true
		text := trimTOML(err.Error())
		if m := tomlTwice.FindStringSubmatch(text); m != nil {
			var first []diag.Related
			if n := tomlKeyLine(data, m[1], at.Line); n > 0 {
				first = []diag.Related{{ID: "related.first-use", At: diag.Position{File: file, Line: n}}}
			}
			s.findings.Add(at, "key-twice", diag.Args{"Key": m[1]}, first...)
		} else if slip, ok := tomlSlip(data, at.Line); ok {
			slip.add(at, 1, &s.findings)
		} else {
			s.findings.Add(at, "toml-syntax", diag.Args{"Text": text})
		}
		return root
	}
	r := tomlReader{file: file, sink: s, lines: plain.LinesOf(data)}
	r.p.Reset(data)
	r.document(root)
	return root
}

func trimTOML(text string) string {
	const prefix = "toml: "
	if len(text) > len(prefix) && text[:len(prefix)] == prefix {
		return text[len(prefix):]
	}
	return text
}

type tomlReader struct {
	file  string
	sink  *sink
	p     unstable.Parser
	lines plain.Lines
}

func (r *tomlReader) place(raw unstable.Range) diag.Position {
	return r.lines.Place(r.file, int(raw.Offset))
}

func (r *tomlReader) document(root *Table) {
	here := root
	for r.p.NextExpression() {
		e := r.p.Expression()
		switch e.Kind {
		case unstable.KeyValue:
			r.keyValue(here, e)
		case unstable.Table, unstable.ArrayTable:
			here = r.header(root, e)
		}
	}
	if err := r.p.Error(); err != nil { // the decoder accepted it, so this cannot be the author's fault
		r.sink.findings.Add(root.at, "toml-syntax", diag.Args{"Text": err.Error()})
	}
}

// descend returns the table below t that key names, the last of them where it is a list.
func (r *tomlReader) descend(t *Table, key string, at diag.Position) *Table {
	v := t.vals[key]
	switch {
	case v == nil:
		v = &value{kind: tableKind, at: at, table: newTable(r.sink, at)}
		t.set(key, v, at)
		return v.table
	case v.kind == listKind && len(v.list) > 0:
		return v.list[len(v.list)-1].table
	}
	return v.table
}

func (r *tomlReader) header(root *Table, e *unstable.Node) *Table {
	t := root
	it := e.Key()
	for it.Next() {
		n := it.Node()
		key, at := string(n.Data), r.place(n.Raw)
		if !it.IsLast() || e.Kind == unstable.Table {
			t = r.descend(t, key, at)
			if it.IsLast() {
				t.at = at
			}
			continue
		}
		list := t.vals[key]
		if list == nil {
			list = &value{kind: listKind, at: at}
			t.set(key, list, at)
		}
		element := &value{kind: tableKind, at: at, table: newTable(r.sink, at)}
		list.list = append(list.list, element)
		t = element.table
	}
	return t
}

func (r *tomlReader) keyValue(t *Table, e *unstable.Node) {
	it := e.Key()
	for it.Next() {
		n := it.Node()
		key, at := string(n.Data), r.place(n.Raw)
		if it.IsLast() {
			t.set(key, r.value(e.Value(), at), at)
			return
		}
		t = r.descend(t, key, at)
	}
}

func (r *tomlReader) value(n *unstable.Node, key diag.Position) *value {
	v := &value{kind: otherKind, text: string(n.Data), at: key}
	if n.Raw.Length > 0 {
		v.at = r.place(n.Raw)
	}
	switch n.Kind {
	case unstable.String:
		v.kind = stringKind
	case unstable.Integer:
		v.kind = intKind
	case unstable.Float:
		v.kind = floatKind
	case unstable.Bool:
		v.kind = boolKind
	case unstable.LocalDate:
		v.kind = dateKind
	case unstable.Array:
		v.kind = listKind
		it := n.Children()
		for it.Next() {
			v.list = append(v.list, r.value(it.Node(), v.at))
		}
	case unstable.InlineTable:
		v.kind, v.table = tableKind, newTable(r.sink, v.at)
		it := n.Children()
		for it.Next() {
			r.keyValue(v.table, it.Node())
		}
	}
	return v
}
