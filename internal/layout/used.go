package layout

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/asset"
	"placard/internal/diag"
	"placard/internal/template"
)

// follow finds which layouts are used, and their policy.
func (c *checker) follow() {
	var visit func(t *template.Template)
	visit = func(t *template.Template) {
		if c.used[t.File] {
			return
		}
		c.used[t.File] = true
		for _, r := range t.References {
			c.unsure = c.unsure || r.Written == ""
			if called := c.file(r); called != nil {
				visit(called)
				continue
			}
			for _, definer := range c.find(r) { // each page has a "main", so it tells nothing of who uses it
				if strings.HasPrefix(definer.File, partialsDir) {
					visit(definer)
				}
			}
		}
	}
	for name, t := range c.layouts {
		if c.Files[name].Standard && !strings.HasPrefix(name, partialsDir) {
			visit(t)
		}
	}
	found := false
	for _, name := range slices.Sorted(maps.Keys(c.layouts)) {
		if policy, ok := asset.ReadPolicy(c.Files[name].Data, c.Origin); ok && !found && (c.used[name] || name == policyFile && c.unsure) {
			c.policy, found = policy, true
		}
	}
	if _, ok := c.layouts[policyFile]; ok && !found && !c.used[policyFile] && !c.unsure {
		head := partialsDir + "head.html"
		if !c.Files[head].Own {
			head = layoutsDir + "baseof.html"
		}
		c.findings.Warn(diag.Position{File: head}, "layout-policy", nil)
	}
}

// unused finds the layouts and messages of the site that no page uses.
func (c *checker) unused() {
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		if !c.Files[name].Own || !strings.HasPrefix(name, layoutsDir) || c.used[name] {
			continue
		}
		at := diag.Position{File: name}
		switch {
		case c.layouts[name] == nil || !strings.HasPrefix(name, partialsDir) || strings.Count(path.Base(name), ".") > 1:
			c.findings.Add(at, "layout-unused", diag.Args{"Near": c.nearLayout(name)})
		case !c.unsure:
			c.findings.Warn(at, "partial-unused", diag.Args{"Name": strings.TrimPrefix(name, partialsDir)})
		}
	}
	for id, at := range c.OwnMessages {
		if c.named(id) {
			continue
		}
		if near := diag.Nearest(id, c.Messages); near != "" {
			c.findings.Add(at, "message-unused", diag.Args{"ID": id, "Near": near})
		} else { // a layout may make its name of parts
			c.findings.Warn(at, "message-unused", diag.Args{"ID": id, "Near": ""})
		}
	}
}

// nearLayout returns where a layout was most likely meant to be, or nothing: in the folder that Placard has for one of its
// name, or in its own under a name that looks like it.
func (c *checker) nearLayout(name string) string {
	var beside []string
	for _, k := range slices.Sorted(maps.Keys(c.layouts)) {
		switch {
		case !c.Files[k].Standard:
		case path.Base(k) == path.Base(name):
			return k
		case path.Dir(k) == path.Dir(name):
			beside = append(beside, strings.TrimSuffix(path.Base(k), ".html"))
		}
	}
	if short, ok := strings.CutPrefix(name, layoutsDir+"partials/"); ok {
		return partialsDir + short
	}
	if near := diag.Nearest(strings.TrimSuffix(path.Base(name), ".html"), beside); near != "" {
		return path.Join(path.Dir(name), near+".html")
	}
	return ""
}

// named reports whether a layout names the message: whole, or by how it begins, as in "jurisdiction_%s".
func (c *checker) named(id string) bool {
	for _, t := range c.layouts {
		for s := range t.Quoted {
			begin, _, _ := strings.Cut(s, "%")
			if s == id || begin != "" && strings.HasPrefix(id, begin) && (begin != s || strings.HasSuffix(s, "_")) {
				return true
			}
		}
	}
	return slices.Contains(c.Params, id)
}

// asset checks one asset of the site.
func (c *checker) asset(name string, data []byte) {
	c.findings = append(c.findings, asset.Check(name, data, c.policy)...)
	if path.Ext(name) == ".css" {
		for _, a := range asset.Addresses(name, data) {
			if !c.published(a.Text) {
				c.findings.Warn(a.At, "css-file", diag.Args{"Text": a.Text})
			}
		}
	}
	file := strings.TrimPrefix(name, assetsDir)
	for other, f := range c.Files { // what a style sheet names and nobody publishes is named there
		if path.Ext(other) == ".css" && bytes.Contains(f.Data, []byte(path.Base(file))) {
			return
		}
	}
	if !c.mentioned(file) {
		c.findings.Warn(diag.Position{File: name}, "asset-unused", nil)
	}
}

// mentioned reports whether a layout or the configuration names a file: by its path, its name, or its name without the
// ending, as the list of style sheets does; or by a pattern that it matches.
func (c *checker) mentioned(file string) bool {
	base := path.Base(file)
	name := strings.TrimSuffix(base, path.Ext(base))
	names := func(s string) bool {
		matched, err := path.Match(s, file)
		return path.Base(s) == base || path.Base(s) == name || err == nil && matched
	}
	for _, t := range c.layouts {
		for s := range t.Quoted {
			if names(s) {
				return true
			}
		}
	}
	return slices.ContainsFunc(c.Params, names)
}

// published reports whether the site may have the file that a style sheet loads: one that a layout names, since assets are
// published where layouts ask for it; a sealed one; or one outside of the site.
func (c *checker) published(address string) bool {
	file, _, _ := strings.Cut(address, "?")
	if rest, ok := strings.CutPrefix(file, "/"); ok {
		rest, ok = strings.CutPrefix("/"+rest, c.BasePath+"/")
		if !ok || strings.HasPrefix(rest, "versions/") {
			return true
		}
		file = rest
	}
	for name := range c.Files { // a pattern may name it by the folder that it has in assets/
		if rel, ok := strings.CutPrefix(name, assetsDir); ok && path.Base(rel) == path.Base(file) && c.mentioned(rel) {
			return true
		}
	}
	return c.mentioned(file)
}

// nearAsset returns the asset that one that is not there was most likely meant to be, or nothing: one in the same folder
// with the same ending. Hugo does not tell upper from lower case.
func (c *checker) nearAsset(file string) string {
	file = strings.TrimPrefix(path.Clean(file), "/")
	var known []string
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		rel, ok := strings.CutPrefix(name, assetsDir)
		switch {
		case ok && strings.EqualFold(rel, file):
			return ""
		case ok && path.Dir(rel) == path.Dir(file) && path.Ext(rel) == path.Ext(file):
			known = append(known, strings.TrimSuffix(rel, path.Ext(rel)))
		}
	}
	if near := diag.Nearest(strings.TrimSuffix(file, path.Ext(file)), known); near != "" {
		return near + path.Ext(file)
	}
	return ""
}
