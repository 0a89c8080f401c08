package cli

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"placard/internal/diag"
	"placard/internal/layout"
)

var (
	templateError   = regexp.MustCompile(`(?s)^template: .*?:(\d+)(?::(\d+))?: (?:executing "[^"]*" at <(.*?)>: )?(.*)$`)
	absentField     = regexp.MustCompile(`^can't evaluate field (\S+) in type`)
	unknownFunction = regexp.MustCompile(`^function "([^"]+)" not defined`)
)

// archetypeFault returns the finding for an archetype that cannot be used, by what Go's templates say against it.
func archetypeFault(file string, data []byte, err error) diag.Finding {
	if fault := layout.Syntax(file, data); fault != nil {
		return *fault
	}
	f := diag.Finding{ID: "archetype-broken", At: diag.Position{File: file}, Args: diag.Args{"Text": err.Error()}}
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		return f
	}
	f.At.Line, _ = strconv.Atoi(m[1])
	if column, err := strconv.Atoi(m[2]); err == nil {
		f.At.Column = column + 1 // Go counts from 0 here
	}
	f.Args["Text"] = m[4]
	if field := absentField.FindStringSubmatch(m[4]); field != nil {
		known := seedNames()
		f.ID, f.Args = "archetype-value", diag.Args{"Name": m[3], "Near": diag.Nearest(field[1], known), "Known": "." + strings.Join(known, ", .")}
	} else if function := unknownFunction.FindStringSubmatch(m[4]); function != nil {
		near := function[1]
		if known := seedNames(); !slices.Contains(known, near) {
			near = diag.Nearest(near, known)
		}
		f.ID, f.Args = "archetype-function", diag.Args{"Name": function[1], "Near": near}
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
