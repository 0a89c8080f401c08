package layout

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"sort"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// asset checks one asset of the site.
func (c *checker) asset(name string, data []byte) {
	switch path.Ext(name) {
	case ".css":
		if faults := plain.Check(name, data); faults.Errors() > 0 {
			c.findings = append(c.findings, faults...)
			return
		}
		c.css(name, data)
	case ".svg":
		c.svg(name, data)
	}
	if !c.mentioned(strings.TrimPrefix(name, assetsDir)) {
		c.findings.Warn(diag.Position{File: name}, "asset-unused", nil)
	}
}

// mentioned reports whether a layout or a style sheet names the asset: by its path, its name, or its name without the
// ending, as the list of style sheets does; or by a pattern that it matches.
func (c *checker) mentioned(asset string) bool {
	base := path.Base(asset)
	names := set([]string{asset, "/" + asset, base, strings.TrimSuffix(base, path.Ext(base))})
	for _, t := range c.layouts {
		for s := range t.strings {
			if matched, err := path.Match(s, asset); names[s] || err == nil && matched {
				return true
			}
		}
	}
	for name, f := range c.Files {
		if path.Ext(name) == ".css" && bytes.Contains(f.Data, []byte(base)) {
			return true
		}
	}
	return false
}

// nearAsset returns the asset that one that is not there was most likely meant to be, or nothing: one in the same folder
// with the same ending.
func (c *checker) nearAsset(asset string) string {
	var known []string
	for name := range c.Files {
		if rel, ok := strings.CutPrefix(name, assetsDir); ok && path.Dir(rel) == path.Dir(asset) && path.Ext(rel) == path.Ext(asset) {
			known = append(known, strings.TrimSuffix(rel, path.Ext(rel)))
		}
	}
	sort.Strings(known)
	if near := diag.Nearest(strings.TrimSuffix(asset, path.Ext(asset)), known); near != "" {
		return near + path.Ext(asset)
	}
	return ""
}

// svg finds what a picture does besides being one. Browsers run its scripts where it is opened by itself, and there no
// policy holds.
func (c *checker) svg(name string, data []byte) {
	t := &template{file: name, lines: linesOf(data)}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		offset := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			at := diag.Position{File: name}
			at.Line, at.Column = d.InputPos()
			text := err.Error()
			if s := (*xml.SyntaxError)(nil); errors.As(err, &s) {
				text = s.Msg
			}
			c.findings.Add(at, "svg-syntax", diag.Args{"Text": text})
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "script" || start.Name.Local == "foreignObject" {
			c.findings.Add(t.place(offset), "svg-script", diag.Args{"Text": "<" + start.Name.Local + ">"})
		}
		for _, a := range start.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Value))
			switch {
			case strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "href" && strings.HasPrefix(value, "javascript:"):
				c.findings.Add(t.place(offset), "svg-script", diag.Args{"Text": a.Name.Local})
			case a.Name.Local == "href" && isForeign(value) && start.Name.Local != "a":
				c.findings.Add(t.place(offset), "css-foreign", diag.Args{"Text": a.Value})
			}
		}
	}
}

// isForeign reports whether an address leads to another host.
func isForeign(address string) bool {
	address = strings.ToLower(address)
	return strings.HasPrefix(address, "http:") || strings.HasPrefix(address, "https:") || strings.HasPrefix(address, "//")
}
