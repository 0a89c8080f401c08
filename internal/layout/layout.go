// Package layout holds the layouts and assets of a site to what a page of Placard may be: made of nothing but what it is
// given, the same on every machine, and shown as its policy allows. It reads the files before Hugo does, so that a mistake
// is named with its place, and what Hugo would let pass is found at all.
package layout

import (
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// A File is one file of layouts/ or assets/.
type File struct {
	Data []byte
	// Own is whether it is the site's, and Standard whether the program has one of this name.
	Own, Standard bool
}

// Input is what Check looks at.
type Input struct {
	// Files are all layouts and assets by their path.
	Files map[string]File
	// Messages are the IDs of the messages that every page has.
	Messages []string
	// OwnMessages are those that the site alone has, and not the program, each with its place.
	OwnMessages map[string]diag.Position
}

// The folders that layouts and assets are in.
const (
	layoutsDir  = "layouts/"
	partialsDir = layoutsDir + "_partials/"
	pagesDir    = layoutsDir + "placard/"
	assetsDir   = "assets/"
	policyFile  = partialsDir + "policy.html"
)

// Check finds what is wrong with the files that the site has written itself, in the order of their places.
func Check(in Input) diag.Findings {
	c := &checker{Input: in, policy: policyOf(in.Files[policyFile]), layouts: map[string]*template{}}
	for _, name := range slices.Sorted(maps.Keys(in.Files)) {
		file := in.Files[name]
		if !strings.HasPrefix(name, layoutsDir) || path.Ext(name) != ".html" {
			continue
		}
		if file.Own {
			if faults := plain.Check(name, file.Data); faults.Errors() > 0 {
				c.findings = append(c.findings, faults...)
				continue
			}
		}
		t, fault := read(name, file.Data)
		if fault != nil {
			c.findings = append(c.findings, *fault)
			continue
		}
		c.layouts[name] = t
	}
	if c.findings.Errors() > 0 { // what cannot be read calls nothing: all else would be named for it
		return c.findings
	}
	for _, name := range slices.Sorted(maps.Keys(c.layouts)) {
		if in.Files[name].Own {
			c.layout(c.layouts[name])
		}
	}
	c.unused()
	for _, name := range slices.Sorted(maps.Keys(in.Files)) {
		if strings.HasPrefix(name, assetsDir) && in.Files[name].Own {
			c.asset(name, in.Files[name].Data)
		}
	}
	c.findings.Sort()
	return c.findings
}

// checker is one run of Check.
type checker struct {
	Input
	policy   policy
	layouts  map[string]*template
	findings diag.Findings
}

// layout checks one layout of the site.
func (c *checker) layout(t *template) {
	for _, call := range t.functions {
		at := t.place(call.offset)
		space, member, dotted := strings.Cut(call.name, ".")
		id, name := refused[call.name], call.text
		if id == "" && refused[space] != "" { // now.Year
			id, name = refused[space], space
		}
		switch {
		case id != "":
			c.findings.Add(at, id, diag.Args{"Name": name})
		case !known[space]:
			c.findings.Add(at, "layout-function", diag.Args{"Name": space, "Near": nearFunction(space)})
		case !dotted && spaces[space] && call.bare:
			c.findings.Add(at, "layout-space", diag.Args{"Name": space})
		case dotted && space == "site" && hiddenOfSite[member]:
			c.findings.Add(at, "layout-pages", diag.Args{"Name": name})
		}
	}
	for _, f := range t.fields {
		if id := c.hugos(f.name); id != "" {
			c.findings.Add(t.place(f.offset), id, diag.Args{"Name": f.text})
		}
	}
	for _, p := range t.partials {
		if p.name != "" && !c.exists(p.name) {
			near := NearPartial(p.written, c.Files)
			if near != "" && !p.partial {
				near = strings.TrimPrefix(partialsDir, layoutsDir) + near
			}
			c.findings.Add(t.place(p.offset), "layout-partial", diag.Args{"Name": p.written, "Near": near})
		}
	}
	for _, p := range t.partials {
		if p.always && c.leadsTo(layoutsDir+p.name, t.file, map[string]bool{}) {
			c.findings.Add(t.place(p.offset), "layout-circle", diag.Args{"Address": ""})
		}
	}
	for _, m := range t.messages {
		if !slices.Contains(c.Messages, m.name) {
			c.findings.Add(t.place(m.offset), "layout-message", diag.Args{"ID": m.name, "Near": diag.Nearest(m.name, c.Messages)})
		}
	}
	for _, a := range t.assets {
		if _, ok := c.Files[assetsDir+strings.TrimPrefix(a.name, "/")]; ok {
			continue
		}
		if near := c.nearAsset(a.name); near != "" { // otherwise it may be one that a site can have or not
			c.findings.Add(t.place(a.offset), "layout-asset", diag.Args{"Name": a.name, "Near": near})
		}
	}
	c.html(t)
}

// hugos returns the finding for a field that Hugo has on its pages and that says nothing of a page of Placard, or nothing.
// A name that a layout gives to a value of its own is that value's.
func (c *checker) hugos(field string) string {
	id := ""
	switch {
	case empty[field]:
		id = "layout-empty"
	case hidden[field]:
		id = "layout-pages"
	default:
		return ""
	}
	for name, t := range c.layouts {
		if c.Files[name].Own && t.strings[field] {
			return ""
		}
	}
	return id
}

// nearFunction returns what a name that is no function was most likely meant to be: a value of the page, if it is written as
// those are.
func nearFunction(name string) string {
	if 'A' <= name[0] && name[0] <= 'Z' {
		return "." + name
	}
	return diag.Nearest(name, functions)
}

// exists reports whether a template of the given name is there: a file below layouts/, or a {{ define }}.
func (c *checker) exists(name string) bool {
	if _, ok := c.layouts[layoutsDir+name]; ok {
		return true
	}
	for _, t := range c.layouts {
		if t.defines[name] {
			return true
		}
	}
	return false
}

// leadsTo reports whether a layout calls another one each time it is called, by however many others.
func (c *checker) leadsTo(from, to string, seen map[string]bool) bool {
	if from == to {
		return true
	}
	t := c.layouts[from]
	if t == nil || seen[from] {
		return false
	}
	seen[from] = true
	return slices.ContainsFunc(t.partials, func(p reference) bool { return p.always && c.leadsTo(layoutsDir+p.name, to, seen) })
}

// NearPartial returns which of the files was most likely meant by the name of a partial that is not there, in the form of
// the name, or nothing.
func NearPartial(written string, files map[string]File) string {
	short := written
	for _, folder := range []string{"layouts/", "_partials/", "partials/"} {
		short = strings.TrimPrefix(short, folder)
	}
	var known []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if partial, ok := strings.CutPrefix(name, partialsDir); ok {
			known = append(known, strings.TrimSuffix(partial, ".html"))
		}
	}
	near := strings.TrimSuffix(short, ".html")
	if !slices.Contains(known, near) {
		if near = diag.Nearest(near, known); near == "" {
			return ""
		}
	}
	return near + ".html"
}

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
		if !c.named(id) {
			c.findings.Add(at, "message-unused", diag.Args{"ID": id, "Near": diag.Nearest(id, c.Messages)})
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
		for _, p := range t.partials {
			dynamic = dynamic || p.name == ""
			visit(layoutsDir + p.name)
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

// named reports whether a layout names the message: whole, or, as in "jurisdiction_%s", by a part of its name.
func (c *checker) named(id string) bool {
	for _, t := range c.layouts {
		if t.strings[id] {
			return true
		}
		for s := range t.strings {
			if before, _, ok := strings.Cut(s, "%"); ok && before != "" && strings.HasPrefix(id, before) {
				return true
			}
		}
	}
	return false
}
