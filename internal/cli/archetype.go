package cli

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"placard/internal/diag"
	"placard/internal/template"
)

var (
	absentField     = regexp.MustCompile(`^can't evaluate field (\S+) in type`)
	unknownFunction = regexp.MustCompile(`^template: .*?:(\d+): function "([^"]+)" not defined`)
)

// archetypeFault returns the finding for an archetype that cannot be used, by what Go's templates say against it.
func archetypeFault(file string, data []byte, err error) diag.Finding {
	if _, fault := template.Read(file, data); fault != nil {
		return *fault
	}
	f := diag.Finding{ID: "archetype-broken", At: diag.Position{File: file}, Args: diag.Args{"Text": err.Error()}}
	known := seedNames()
	if m := unknownFunction.FindStringSubmatch(err.Error()); m != nil {
		near := m[2]
		if !slices.Contains(known, near) {
			near = diag.Nearest(near, known)
		}
		f.At.Line, _ = strconv.Atoi(m[1])
		f.ID, f.Args = "archetype-function", diag.Args{"Name": m[2], "Near": near}
	} else if failed, ok := template.Failed(err.Error()); ok {
		f.At.Line, f.At.Column, f.Args["Text"] = failed.Line, failed.Column, failed.Reason
		if field := absentField.FindStringSubmatch(failed.Reason); field != nil {
			f.ID, f.Args = "archetype-value", diag.Args{"Name": failed.Expression, "Near": diag.Nearest(field[1], known), "Known": "." + strings.Join(known, ", .")}
		}
	}
	return f
}

// seedNames are the values that archetypes may name.
func seedNames() []string {
	var names []string
	t := reflect.TypeFor[seed]()
	for i := range t.NumField() {
		names = append(names, t.Field(i).Name)
	}
	return names
}
