package diag

import (
	"reflect"
	"testing"
)

func TestGather(t *testing.T) {
	var fs Findings
	at := func(file string, line int) Position { return Position{File: file, Line: line} }
	fs.Add(at("content/a/index.en.md", 1), "other", nil)
	fs.Warn(at("content/a/index.en.md", 2), "ends", nil)
	if got := fs.Gather("ends", "many-ends"); !reflect.DeepEqual(got, fs) {
		t.Errorf("one is gathered: %v", got)
	}
	fs.Warn(at("content/a/appendices/b.en.md", 3), "ends", nil)
	fs.Add(at("content/a/x", 0), "other", nil)
	one := Related{ID: "related.one-of-them", At: at("content/a/index.en.md", 2)}
	two := Related{ID: "related.one-of-them", At: at("content/a/appendices/b.en.md", 3)}
	want := Findings{fs[0], {ID: "many-ends", Severity: Warning, At: at("content/a", 0), Args: Args{"Count": 2}, Related: []Related{one, two}}, fs[3]}
	if got := fs.Gather("ends", "many-ends"); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	fs.Warn(at("content/ab/notice.toml", 0), "ends", nil)
	fs.Warn(at("versions/LOG", 0), "ends", nil)
	fs.Warn(at("versions/LOG", 0), "ends", nil)
	three := Related{ID: "related.one-of-them", At: at("content/ab/notice.toml", 0)}
	want[1].At, want[1].Args = at(".", 0), Args{"Count": 5}
	want[1].Related = []Related{one, two, three, {ID: "related.more", Args: Args{"Number": 2}}}
	before := len(fs)
	if got := fs.Gather("ends", "many-ends"); !reflect.DeepEqual(got, want) || len(fs) != before {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := fs[:5].Gather("ends", "many-ends"); got[1].At.File != "content" {
		t.Errorf("the folder is %q, want content", got[1].At.File)
	}
}
