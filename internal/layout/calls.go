package layout

import (
	"maps"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/template"
)

// hugosOwn are the partials that Hugo has for its own pages. They speak of what those have, and pages of Placard have not.
var hugosOwn = set(strings.Fields("disqus google_analytics opengraph pagination schema twitter_cards"))

// file returns the layout that a reference means by its path, or nil.
func (c *checker) file(r template.Reference) *template.Template {
	for _, file := range r.Files() {
		if t := c.layouts[layoutsDir+file]; t != nil || !r.Partial {
			return t
		}
		for _, name := range slices.Sorted(maps.Keys(c.layouts)) {
			if strings.EqualFold(name, layoutsDir+file) {
				return c.layouts[name]
			}
		}
	}
	return nil
}

// returns finds what a layout of the site returns as a value where it is called for what it prints.
func (c *checker) returns(t *template.Template) {
	printed := func(by *template.Template) bool {
		return slices.ContainsFunc(by.References, func(r template.Reference) bool { return !r.Partial && c.file(r) == t })
	}
	for _, call := range t.Calls {
		if call.Name != "return" {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(c.layouts)) {
			if printed(c.layouts[name]) {
				c.findings.Add(t.Place(call.Offset), "layout-return", diag.Args{"Caller": name})
				return
			}
		}
	}
}

// find returns the layouts that a reference means: that of its path, or those that define a template of its name.
func (c *checker) find(r template.Reference) []*template.Template {
	if t := c.file(r); t != nil {
		return []*template.Template{t}
	}
	var found []*template.Template
	for _, t := range c.layouts {
		for defined := range t.Defines {
			if slices.ContainsFunc(r.Files(), func(file string) bool { return defined == file || r.Partial && isPartial(defined, file) }) {
				found = append(found, t)
				break
			}
		}
	}
	return found
}

// isPartial reports whether a template that a layout defines is the partial of the given file. Hugo takes its name with or
// without the ending, and below the folder's older name.
func isPartial(defined, file string) bool {
	defined = strings.ToLower(defined)
	if old, ok := strings.CutPrefix(defined, "partials/"); ok {
		defined = "_partials/" + old
	}
	return strings.TrimSuffix(defined, ".html") == strings.TrimSuffix(file, ".html")
}

// exists reports whether there is what a reference means, as far as can be told. A file that is no layout is named elsewhere.
func (c *checker) exists(r template.Reference) bool {
	if r.Written == "" || len(c.find(r)) > 0 {
		return true
	}
	for _, file := range r.Files() {
		if _, ok := c.Files[layoutsDir+file]; ok {
			return true
		}
	}
	return false
}

// absent adds the finding for a reference to what is not there.
func (c *checker) absent(t *template.Template, r template.Reference) {
	own := r.Written
	if !r.Partial {
		own = strings.TrimPrefix(strings.TrimPrefix(own, "_internal/"), "_partials/")
	}
	if hugosOwn[strings.TrimSuffix(own, ".html")] {
		c.findings.Add(t.Place(r.Offset), "layout-hugo-partial", diag.Args{"Name": r.Written})
		return
	}
	near := NearPartial(r.Written, c.Files)
	if near != "" && !r.Partial {
		near = "_partials/" + near
	}
	c.findings.Add(t.Place(r.Offset), "layout-partial", diag.Args{"Name": r.Written, "Near": near})
}

// circles reports whether a layout that calls another one so never ends: if it is led back to itself each time, or, where it
// calls only under a condition, with the very values for which that held. What ends in no other way is found by Hugo, after
// some seconds: when its stack is full.
func (c *checker) circles(t *template.Template, r template.Reference) bool {
	return r.Always && c.leadsTo(r, t, false, map[*template.Template]bool{}) ||
		r.Same && !t.Changes && c.leadsTo(r, t, true, map[*template.Template]bool{})
}

// leadsTo reports whether a reference leads to a layout each time, by however many others; where same is true, each handing
// on what it is given, as it was.
func (c *checker) leadsTo(r template.Reference, to *template.Template, same bool, seen map[*template.Template]bool) bool {
	t := c.file(r)
	if t == to {
		return true
	}
	if t == nil || seen[t] || same && t.Changes {
		return false
	}
	seen[t] = true
	return slices.ContainsFunc(t.References, func(r template.Reference) bool {
		return r.Always && (r.Same || !same) && c.leadsTo(r, to, same, seen)
	})
}

// NearPartial returns which of the files was most likely meant by the name of a partial that is not there, in the form of
// the name, or nothing.
func NearPartial(written string, files Files) string {
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
