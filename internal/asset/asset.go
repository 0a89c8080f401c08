// Package asset reads what browsers load with a page, style sheets, scripts and pictures, and the policy that says what they may load at
// all. It finds what browsers drop without a word, what they would ask of other hosts, and what they would run.
package asset

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// Check finds what is wrong with an asset: of a script, whether it is a text at all. Of files that are none of those it knows nothing.
func Check(name string, data []byte, policy Policy) diag.Findings {
	switch path.Ext(name) {
	case ".css":
		findings := plain.Check(name, data)
		if findings.Errors() == 0 {
			findings = append(findings, css(name, data, policy).findings...)
		}
		return findings
	case ".js":
		return plain.Check(name, data)
	case ".svg":
		return svg(name, data, policy)
	}
	return nil
}

var entity = regexp.MustCompile(`<!ENTITY\s+(\S+)\s+["']([^"']*)["']\s*>`)

// svg finds what a picture does besides being one. Browsers run its scripts where it is opened by itself, and there no
// policy holds.
func svg(name string, data []byte, policy Policy) diag.Findings {
	var findings diag.Findings
	lines := plain.LinesOf(data)
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Entity = map[string]string{}
	for {
		offset := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return findings
		}
		if err != nil {
			at := diag.Position{File: name}
			at.Line, at.Column = d.InputPos()
			text := err.Error()
			if s := (*xml.SyntaxError)(nil); errors.As(err, &s) {
				text = s.Msg
			}
			findings.Add(at, "svg-syntax", diag.Args{"Text": text})
			return findings
		}
		if directive, ok := token.(xml.Directive); ok { // what some programs shorten names of schemas to
			for _, m := range entity.FindAllSubmatch(directive, -1) {
				d.Entity[string(m[1])] = string(m[2])
			}
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "script", "iframe", "object", "embed":
			findings.Add(lines.Place(name, offset), "svg-script", diag.Args{"Text": "<" + start.Name.Local + ">"})
		}
		for _, a := range start.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Value))
			switch {
			case a.Name.Space == "" && strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "href" && strings.HasPrefix(value, "javascript:"):
				findings.Add(lines.Place(name, offset), "svg-script", diag.Args{"Text": a.Name.Local})
			case a.Name.Local == "href" && isForeign(value) && start.Name.Local != "a" && !policy.AllowsFrom(value, "img-src"):
				findings.Add(lines.Place(name, offset), "css-foreign", diag.Args{"Text": a.Value})
			}
		}
	}
}

// isForeign reports whether an address leads to another host.
func isForeign(address string) bool {
	address = strings.ToLower(address)
	return strings.HasPrefix(address, "http:") || strings.HasPrefix(address, "https:") || strings.HasPrefix(address, "//")
}
