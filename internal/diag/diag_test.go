package diag

import (
	"fmt"
	"strings"
	"testing"
)

func TestTextAndSort(t *testing.T) {
	var fs Findings
	fs.Add(Position{File: "b", Line: 2, Column: 3}, "x", Args{"N": 1}, Related{ID: "first", At: Position{File: "a", Line: 1}}, Related{ID: "x", Args: Args{"N": 2}})
	fs.Warn(Position{File: "a", Line: 10}, "y", nil)
	fs.Add(Position{File: "a", Line: 9}, "y", nil)
	fs.Add(Position{}, "unsaid", nil)
	fs.Add(Position{File: "a", Line: 9}, "y", nil)
	fs.Sort()
	if fs.Errors() != 3 {
		t.Errorf("Errors() = %d, want 3", fs.Errors())
	}
	say := func(id string, args Args) (string, bool) {
		s, ok := map[string]string{
			"severity.error": "error", "severity.warning": "warning", "advice": "hint",
			"x": fmt.Sprint("it is ", args["N"]), "x.hint": "mend it:\n\n  so", "y": "why", "first": "the first",
		}[id]
		return s, ok
	}
	var b strings.Builder
	if err := Text(&b, fs, say); err != nil {
		t.Fatal(err)
	}
	const want = "error: unsaid\na:9: error: why\na:10: warning: why\nb:2:3: error: it is 1\n  a:1: the first\n  it is 2\n  hint: mend it:\n\n    so\n"
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestBelow(t *testing.T) {
	var fs Findings
	fs.Add(Position{File: "versions/LOG", Line: 2}, "a", nil, Related{ID: "r", At: Position{File: "versions/LOG", Line: 1}})
	fs.Add(Position{}, "b", nil)
	for folder, want := range map[string]string{"": "versions/LOG:2 versions/LOG:1 ", ".": "versions/LOG:2 versions/LOG:1 ", "../x": "../x/versions/LOG:2 ../x/versions/LOG:1 "} {
		below := fs.Below(folder)
		if got := below[0].At.String() + " " + below[0].Related[0].At.String() + " " + below[1].At.String(); got != want {
			t.Errorf("below %q: %q, want %q", folder, got, want)
		}
	}
	if fs[0].At.File != "versions/LOG" || fs[0].Related[0].At.File != "versions/LOG" {
		t.Error("the findings themselves were changed")
	}
}
