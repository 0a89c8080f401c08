package fields

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"placard/internal/diag"
	"placard/internal/plain"
)

// MaxYAML is the most bytes that a front matter may have.
const MaxYAML = 64 << 10

var yamlLine = regexp.MustCompile(`line ([0-9]+): ?`)

// YAML reads front matter: one mapping, without anchors, aliases or tags. line is the number, in the file, of the
// line on which data begins.
func YAML(file string, line int, data []byte) *Table {
	s := &sink{equals: ": "}
	t := newTable(s, diag.Position{File: file, Line: line})
	if len(data) > MaxYAML {
		s.findings.Add(t.at, "front-matter-too-long", diag.Args{"Limit": plain.Size(MaxYAML)})
		t.broken = true
		return t
	}
	if n := deepYAML(data); n > 0 {
		s.findings.Add(diag.Position{File: file, Line: line + n - 1}, "nesting-too-deep", diag.Args{"Limit": maxNesting})
		t.broken = true
		return t
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.broken = true
		if slip, ok := yamlSlip(data); ok {
			slip.add(t.at, line, &s.findings)
			return t
		}
		at := t.at
		text := strings.TrimPrefix(err.Error(), "yaml: ")
		var te *yaml.TypeError
		if errors.As(err, &te) && len(te.Errors) > 0 {
			text = te.Errors[0]
		}
		if m := yamlLine.FindStringSubmatch(text); m != nil {
			n, _ := strconv.Atoi(m[1])
			at.Line = line + n - 1
			text = strings.Replace(text, m[0], "", 1)
		}
		s.findings.Add(at, "yaml-syntax", diag.Args{"Text": text})
		return t
	}
	if len(doc.Content) == 0 {
		return t
	}
	root := doc.Content[0]
	place := func(n *yaml.Node) diag.Position {
		return diag.Position{File: file, Line: line + n.Line - 1, Column: n.Column}
	}
	if root.Kind != yaml.MappingNode {
		t.broken = true
		if slip, ok := yamlSlip(data); ok {
			slip.add(t.at, line, &s.findings)
			return t
		}
		s.findings.Add(place(root), "yaml-not-keys", nil)
		return t
	}
	y := yamlReader{s, place}
	y.mapping(root, t)
	return t
}

type yamlReader struct {
	sink  *sink
	place func(*yaml.Node) diag.Position
}

func (y yamlReader) mapping(n *yaml.Node, t *Table) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			y.sink.findings.Add(y.place(k), "yaml-not-keys", nil)
			continue
		}
		t.set(k.Value, y.value(v), y.place(k))
	}
}

func (y yamlReader) value(n *yaml.Node) *value {
	v := &value{kind: otherKind, at: y.place(n)}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		y.sink.findings.Add(v.at, "yaml-alias", nil)
		return v
	}
	switch n.Kind {
	case yaml.MappingNode:
		v.kind, v.table = tableKind, newTable(y.sink, v.at)
		y.mapping(n, v.table)
	case yaml.SequenceNode:
		v.kind = listKind
		for _, e := range n.Content {
			v.list = append(v.list, y.value(e))
		}
	case yaml.ScalarNode:
		v.text = n.Value
		switch n.Tag {
		case "!!str":
			v.kind = stringKind
		case "!!int":
			v.kind = intKind
		case "!!bool":
			v.kind = boolKind
		case "!!timestamp":
			v.kind = dateKind
		}
	}
	return v
}
