package page

import (
	"reflect"
	"slices"
	"strings"
)

// Values returns what a layout may ask of .Params, as chains without the first: "state", "state.next", "state.next.address";
// whatever kind of page has it. A chain ends at a list, whose entries have values of their own.
func Values() []string {
	var all []string
	for _, view := range []any{Home{}, NotFound{}, Versions{}, Version{}, Redline{}, Sections{}, Compare{}} {
		all = appendValues(all, "", reflect.TypeOf(view))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func appendValues(all []string, prefix string, t reflect.Type) []string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return all
	}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" { // those of an embedded struct are among them
			all = appendValues(append(all, prefix+name), prefix+name+".", f.Type)
		}
	}
	return all
}
