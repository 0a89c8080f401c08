package plain

import "testing"

func TestPaths(t *testing.T) {
	var paths Paths[string]
	for _, tt := range []struct {
		name, other string
		clash       Clash
	}{
		{"index.html", "", NoClash},
		{"a/index.html", "", NoClash},
		{"a/b/c.html", "", NoClash},
		{"a/b/d.html", "", NoClash},
		{"a/b/C.html", "a/b/c.html", Same},
		{"a", "a/index.html", Above},
		{"A/B", "a/b/c.html", Above},
		{"a/b/c.HTML/x", "a/b/c.html", Below},
		{"a/b/c.html/x/y/z", "a/b/c.html", Below},
		{"straße", "", NoClash},
		{"STRASSE", "straße", Same},
		{"caf\u00e9/x", "", NoClash},
		{"cafe\u0301", "caf\u00e9/x", Above},
		{"x", "", NoClash}, // what clashed was not added
	} {
		if other, clash := paths.Take(tt.name, tt.name); other != tt.other || clash != tt.clash {
			t.Errorf("Take(%q) = %q, %d; want %q, %d", tt.name, other, clash, tt.other, tt.clash)
		}
	}
}

func TestFileOf(t *testing.T) {
	for address, want := range map[string]string{"/": "index.html", "/ms/privacy/": "ms/privacy/index.html", "/404.html": "404.html"} {
		if got := FileOf(address); got != want {
			t.Errorf("FileOf(%q) = %q, want %q", address, got, want)
		}
	}
}
