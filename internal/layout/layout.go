// Package layout holds the layouts and assets of a site to what a page of Placard may be: made of nothing but what it is
// given, the same on every machine, and shown as its policy allows. It reads the files before Hugo does, so that a mistake
// is named with its place, and what Hugo would let pass is found at all.
package layout

import (
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/asset"
	"placard/internal/diag"
	"placard/internal/plain"
	"placard/internal/template"
)

// Input is what Check looks at.
type Input struct {
	Files Files
	// Origin and BasePath are those of the site: "https://example.com", and "" or "/legal".
	Origin, BasePath string
	// Messages are the IDs of the messages that every page has.
	Messages []string
	// OwnMessages are those that the site alone has, and not the program, each with its place.
	OwnMessages map[string]diag.Position
	// Values are what pages have in .Params, as chains with dots; Settings the names of those of the configuration.
	Values, Settings []string
	// Params are the texts in the configuration that layouts may read.
	Params []string
}

// Check finds what is wrong with the files that the site has written itself, in the order of their places.
func Check(in Input) diag.Findings {
	c := &checker{Input: in, layouts: map[string]*template.Template{}, used: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(in.Files)) {
		file := in.Files[name]
		if !strings.HasPrefix(name, layoutsDir) || path.Ext(name) != ".html" {
			continue
		}
		if file.Own {
			faults := plain.Check(name, file.Data)
			c.findings = append(c.findings, faults...)
			if faults.Errors() > 0 {
				continue
			}
		}
		t, fault := template.Read(name, file.Data)
		if fault != nil {
			c.findings = append(c.findings, *fault)
			continue
		}
		c.layouts[name] = t
	}
	if c.findings.Errors() > 0 { // what cannot be read calls nothing: all else would be named for it
		return c.findings
	}
	c.follow()
	c.unused()
	for _, name := range slices.Sorted(maps.Keys(c.layouts)) {
		if in.Files[name].Own {
			c.layout(c.layouts[name])
		}
	}
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
	layouts map[string]*template.Template
	// used are the layouts that pages use: those that the program has for them, and all that these call. unsure is whether one
	// calls a partial by a name that only the page decides.
	used     map[string]bool
	unsure   bool
	policy   asset.Policy // of those that are used
	findings diag.Findings
}

// layout checks one layout of the site.
func (c *checker) layout(t *template.Template) {
	c.returns(t)
	for _, call := range t.Calls {
		at := t.Place(call.Offset)
		space, member, dotted := strings.Cut(call.Name, ".")
		id, name := refused[call.Name], call.Text
		if id == "" && refused[space] != "" { // now.Year
			id, name = refused[space], space
		}
		switch {
		case id != "":
			c.findings.Add(at, id, diag.Args{"Name": name})
		case !known[space]:
			c.findings.Add(at, "layout-function", diag.Args{"Name": space, "Near": nearFunction(space)})
		case !dotted && spaces[space] && call.Bare:
			c.findings.Add(at, "layout-space", diag.Args{"Name": space})
		case dotted && space == "site" && hiddenOfSite[member]:
			c.findings.Add(at, "layout-pages", diag.Args{"Name": name})
		}
	}
	for _, f := range t.Fields {
		if id := c.hugos(f.Name); id != "" {
			c.findings.Add(t.Place(f.Offset), id, diag.Args{"Name": f.Text})
		}
		c.value(t, f)
	}
	for _, r := range t.References {
		if !c.exists(r) {
			c.absent(t, r)
		} else if c.circles(t, r) {
			c.findings.Add(t.Place(r.Offset), "layout-circle", diag.Args{"Address": ""})
		}
	}
	for _, m := range t.Messages {
		if !slices.Contains(c.Messages, m.Text) {
			c.findings.Add(t.Place(m.Offset), "layout-message", diag.Args{"ID": m.Text, "Near": diag.Nearest(m.Text, c.Messages)})
		}
	}
	for _, a := range t.Assets {
		if near := c.nearAsset(a.Text); near != "" { // otherwise it may be one that a site can have or not
			c.findings.Warn(t.Place(a.Offset), "layout-asset", diag.Args{"Name": a.Text, "Near": near})
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
	if c.names(field) {
		return ""
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
