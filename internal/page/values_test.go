package page

import (
	"encoding/json"
	"slices"
	"testing"
)

// All that a page can say is among the values, and nothing else.
func TestValues(t *testing.T) {
	values := Values()
	ref := &VersionRef{"a", "a", "a", "a", "a"}
	full := Version{Common: Common{NoIndex: true}, State: State{Next: ref, Before: ref}, Previous: ref, Next: ref, Fallback: &Fallback{Last: ref, Since: ref, Next: ref}}
	versions := Versions{First: "a", Last: "a"}
	for _, view := range []any{Home{}, NotFound{}, versions, full} {
		data, err := json.Marshal(view)
		if err != nil {
			t.Fatal(err)
		}
		var said map[string]any
		if err := json.Unmarshal(data, &said); err != nil {
			t.Fatal(err)
		}
		for _, chain := range chains("", said) {
			if !slices.Contains(values, chain) {
				t.Errorf("%T says %s, which is no value", view, chain)
			}
		}
	}
	for _, absent := range []string{"modified", "Common", "sections.title", "state.until.x", ""} {
		if slices.Contains(values, absent) {
			t.Errorf("%s is a value", absent)
		}
	}
	for _, omitted := range []string{"summary", "state.until", "fallback.shown.lang", "languages"} {
		if !slices.Contains(values, omitted) {
			t.Errorf("%s is no value", omitted)
		}
	}
}

func chains(prefix string, values map[string]any) []string {
	var all []string
	for name, value := range values {
		all = append(all, prefix+name)
		if below, ok := value.(map[string]any); ok {
			all = append(all, chains(prefix+name+".", below)...)
		}
	}
	return all
}
