package site

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/gohugoio/hugo/common/herrors"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/gohugoio/hugo/resources/page"
	"github.com/gohugoio/hugo/tpl/tplimplinit"

	"placard/internal/diag"
	"placard/internal/layout"
	"placard/internal/plain"
	"placard/internal/template"
)

// A RenderError is why pages could not be made: a fault of a layout, of which Hugo spoke while it made them.
type RenderError struct {
	Findings diag.Findings
}

func (e *RenderError) Error() string {
	var b strings.Builder
	for _, f := range e.Findings {
		fmt.Fprintf(&b, "%s: %s %v\n", f.At, f.ID, f.Args)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// A failure is what Hugo said when it could not, or would not, make pages.
type failure struct {
	err   error  // what it returned; nil where it only complained
	said  string // what it printed
	twice string // files that were written twice
	sites *hugolib.HugoSites
}

func (f *failure) Error() string {
	switch {
	case f.err != nil && f.said == "":
		return f.err.Error()
	case f.twice != "":
		return "written twice: " + f.twice
	}
	return f.said
}

// explain says in findings what went wrong with a page; p is nil where it went wrong without any.
func (s *Site) explain(f *failure, p *Page) *RenderError {
	e := explainer{site: s, sites: f.sites, page: p}
	switch {
	case f.twice != "":
		for _, name := range regexp.MustCompile(`/\S+`).FindAllString(f.twice, -1) {
			e.add(diag.Position{}, "layout-file-twice", diag.Args{"Path": strings.TrimPrefix(name, "/")})
		}
	case f.said != "" && (f.err == nil || len(herrors.UnwrapFileErrors(f.err)) == 0 && !strings.Contains(f.err.Error(), "template:")):
		e.complaints(f.said)
	default:
		e.template(f.err)
	}
	return &RenderError{e.findings}
}

type explainer struct {
	site     *Site
	sites    *hugolib.HugoSites
	page     *Page
	findings diag.Findings
}

func (e *explainer) add(at diag.Position, id string, args diag.Args) {
	args["Address"] = ""
	if e.page != nil {
		args["Address"] = e.page.Address
	}
	e.findings.Add(at, id, args)
}

// complaints finds the calls of errorf and warnf that printed what was said, by their formats.
func (e *explainer) complaints(said string) {
	const begin = `(?m)^(?:ERROR|WARN) +`
	said, _, _ = strings.Cut(strings.TrimSpace(said), "\nYou can suppress this ")
	for _, text := range regexp.MustCompile(begin).Split(said, -1) {
		text = strings.TrimSpace(inSite(text))
		if text == "" {
			continue
		}
		line, _, _ := strings.Cut(text, "\n")
		at := e.site.look.Complaint(text)
		if at.File == "" {
			e.add(at, "layout", diag.Args{"Text": line})
			continue
		}
		e.add(at, "layout-complaint", diag.Args{"Text": line})
	}
}

var (
	noField   = regexp.MustCompile(`^can't evaluate field (\S+) in type (.*)$`)
	nilField  = regexp.MustCompile(`^nil pointer evaluating .*?\.?([^.\s]+)$`)
	arguments = regexp.MustCompile(`^wrong number of args for (\S+): want (at least )?(\d+) got (\d+)`)
	noMethod  = regexp.MustCompile(`^(\S+) is not a method but has arguments`)
	calling   = regexp.MustCompile(`^error calling (\S+): (.*)$`)
	noPartial = regexp.MustCompile(`partial "([^"]+)" not found|no such template "([^"]+)"|template "([^"]+)" not found`)
)

// template says what is wrong in a template.
func (e *explainer) template(err error) {
	text := inSite(err.Error())
	f, ok := template.Failed(text)
	if !ok {
		e.outside(err, text)
		return
	}
	expression, reason, at := f.Expression, f.Reason, e.place(f)
	if expression == "" {
		e.html(at, reason)
		return
	}
	args := diag.Args{"Expression": expression}
	switch {
	case noField.MatchString(reason):
		m := noField.FindStringSubmatch(reason)
		args["Name"], args["Near"] = m[1], e.nearField(expression, m[1], m[2])
		e.add(at, "layout-field", args)
	case nilField.MatchString(reason):
		args["Name"] = nilField.FindStringSubmatch(reason)[1]
		e.add(at, "layout-nothing", args)
	case arguments.MatchString(reason):
		m := arguments.FindStringSubmatch(reason)
		args["Name"], args["Least"], args["Want"], args["Got"] = m[1], m[2] != "", m[3], m[4]
		e.add(at, "layout-arguments", args)
	case noMethod.MatchString(reason):
		e.add(at, "layout-no-function", args)
	case strings.HasPrefix(reason, "range can't iterate over"):
		e.add(at, "layout-range", args)
	case strings.Contains(reason, "call stack"), strings.Contains(reason, "maximum template depth"):
		args["File"] = at.File
		e.add(at, "layout-circle", args)
	case noPartial.MatchString(reason):
		e.noPartial(at, reason)
	case calling.MatchString(reason):
		m := calling.FindStringSubmatch(reason)
		args["Name"] = m[1]
		switch {
		case strings.Contains(m[2], "access denied"):
			e.add(at, "layout-denied", args)
		case strings.Contains(m[2], "nil pointer dereference"):
			e.add(at, "layout-given-nothing", args)
		default:
			args["Text"] = m[2]
			e.add(at, "layout-call", args)
		}
	default:
		args["Text"] = reason
		e.add(at, "layout", args)
	}
}

func (e *explainer) noPartial(at diag.Position, text string) {
	name := ""
	for _, group := range noPartial.FindStringSubmatch(text)[1:] {
		name += group
	}
	near := layout.NearPartial(name, e.site.look)
	if near != "" && strings.HasPrefix(name, "_partials/") {
		near = "_partials/" + near
	}
	e.add(at, "layout-partial", diag.Args{"Name": name, "Near": near})
}

// html says what is wrong with the HTML that a template makes.
func (e *explainer) html(at diag.Position, reason string) {
	switch {
	case noPartial.MatchString(reason):
		e.noPartial(at, reason)
	case strings.Contains(reason, "ends in a non-text context"):
		if name := e.site.look.Unclosed(); name != "" { // Hugo names the one that calls it
			at = diag.Position{File: name}
		}
		e.add(at, "layout-html-open", diag.Args{})
	case strings.Contains(reason, "branches end in different contexts"), strings.Contains(reason, "on range loop re-entry"):
		e.add(at, "layout-html-branches", diag.Args{})
	default:
		e.add(at, "layout", diag.Args{"Text": reason})
	}
}

// outside says what is wrong where no template is named.
func (e *explainer) outside(err error, text string) {
	at := diag.Position{}
	for _, fe := range herrors.UnwrapFileErrors(err) { // the innermost is the last
		if pos := fe.Position(); pos.IsValid() {
			at = diag.Position{File: siteFile(pos.Filename), Line: pos.LineNumber, Column: pos.ColumnNumber}
			text = inSite(fe.Error())
		}
	}
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	e.add(at, "layout", diag.Args{"Text": line})
}

// place returns where the expression of a failure begins. Of a chain of fields the place of the second is given.
func (e *explainer) place(f template.Failure) diag.Position {
	at := diag.Position{File: path.Join("layouts", f.Name), Line: f.Line, Column: f.Column}
	data := e.site.look[at.File].Data
	line := string(plain.LinesOf(data).Line(data, f.Line))
	if i := strings.LastIndex(line[:min(len(line), max(0, f.Column-1)+len(f.Expression))], f.Expression); f.Expression != "" && i >= 0 && i < f.Column {
		at.Column = i + 1
	}
	return at
}

// nearField returns what a field that is not there was most likely meant to be: one of the page's own, or a value that the
// page is given, or a function of the same namespace.
func (e *explainer) nearField(expression, name, kind string) string {
	switch {
	case strings.Contains(kind, "pageState"):
		if e.page != nil {
			for _, key := range keysOf(e.page.Params) {
				if strings.EqualFold(key, name) || diag.Nearest(name, []string{key}) != "" {
					return ".Params." + key
				}
			}
		}
		return dotted(diag.Nearest(name, methods(reflect.TypeFor[page.Page]())))
	case strings.HasSuffix(kind, "page.Site"), expression == "site":
		return dotted(diag.Nearest(name, methods(reflect.TypeFor[page.Site]())))
	}
	if e.sites == nil {
		return ""
	}
	namespace, ok := tplimplinit.CreateFuncMap(e.sites.Deps)[expression].(func(context.Context, ...any) (any, error))
	if !ok {
		return ""
	}
	functions, err := namespace(context.Background())
	if err != nil || functions == nil {
		return ""
	}
	if near := diag.Nearest(name, methods(reflect.TypeOf(functions))); near != "" {
		return expression + "." + near
	}
	return ""
}

func dotted(name string) string {
	if name == "" {
		return ""
	}
	return "." + name
}

func methods(t reflect.Type) []string {
	var names []string
	for i := range t.NumMethod() {
		names = append(names, t.Method(i).Name)
	}
	return names
}

// keysOf returns the names of the values that a page is given, as the layouts see them.
func keysOf(params any) []string {
	data, err := json.Marshal(params)
	if err != nil {
		return nil
	}
	var values map[string]json.RawMessage
	if json.Unmarshal(data, &values) != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(values))
}

func siteFile(name string) string {
	return strings.TrimPrefix(path.Clean(filepath.ToSlash(name)), workingDir+"/")
}

// inSite names files in Hugo's words as an editor of the site knows them.
func inSite(text string) string { return strings.ReplaceAll(text, workingDir+"/", "") }
