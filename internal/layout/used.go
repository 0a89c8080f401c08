package layout

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
)

// unused finds the layouts and messages of the site that no page uses.
func (c *checker) unused() {
	used, dynamic := c.used()
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		if !c.Files[name].Own || !strings.HasPrefix(name, layoutsDir) || used[name] {
			continue
		}
		at := diag.Position{File: name}
		switch {
		case c.layouts[name] == nil || !strings.HasPrefix(name, partialsDir) || strings.Count(path.Base(name), ".") > 1:
			c.findings.Add(at, "layout-unused", diag.Args{"Near": c.nearLayout(name)})
		case !dynamic:
			c.findings.Warn(at, "partial-unused", diag.Args{"Name": strings.TrimPrefix(name, partialsDir)})
		}
	}
	if _, ok := c.layouts[policyFile]; ok && !used[policyFile] && !dynamic {
		head := partialsDir + "head.html"
		if !c.Files[head].Own {
			head = layoutsDir + "baseof.html"
		}
		c.findings.Warn(diag.Position{File: head}, "layout-policy", nil)
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

// used returns the layouts that pages use: those that the program has for them, and all that these call. dynamic is whether
// one calls a partial by a name that only the page decides.
func (c *checker) used() (used map[string]bool, dynamic bool) {
	used = map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		t := c.layouts[name]
		if t == nil || used[name] {
			return
		}
		used[name] = true
		for _, r := range t.References {
			dynamic = dynamic || r.Written == ""
			for _, called := range c.find(r) {
				visit(called.File)
			}
		}
	}
	for name := range c.layouts {
		if c.Files[name].Standard && !strings.HasPrefix(name, partialsDir) {
			visit(name)
		}
	}
	return used, dynamic
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

// mentioned reports whether a layout, a style sheet or the configuration names the asset: by its path, its name, or its name
// without the ending, as the list of style sheets does; or by a pattern that it matches.
func (c *checker) mentioned(asset string) bool {
	base := path.Base(asset)
	names := set([]string{asset, "/" + asset, base, strings.TrimSuffix(base, path.Ext(base))})
	for _, t := range c.layouts {
		for s := range t.Quoted {
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
	return slices.ContainsFunc(c.Params, func(s string) bool { return names[s] })
}

// nearAsset returns the asset that one that is not there was most likely meant to be, or nothing: one in the same folder
// with the same ending. Hugo does not tell upper from lower case.
func (c *checker) nearAsset(asset string) string {
	asset = strings.TrimPrefix(path.Clean(asset), "/")
	var known []string
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		rel, ok := strings.CutPrefix(name, assetsDir)
		switch {
		case ok && strings.EqualFold(rel, asset):
			return ""
		case ok && path.Dir(rel) == path.Dir(asset) && path.Ext(rel) == path.Ext(asset):
			known = append(known, strings.TrimSuffix(rel, path.Ext(rel)))
		}
	}
	if near := diag.Nearest(strings.TrimSuffix(asset, path.Ext(asset)), known); near != "" {
		return near + path.Ext(asset)
	}
	return ""
}
