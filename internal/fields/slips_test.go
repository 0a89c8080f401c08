package fields

import (
	"fmt"
	"testing"
)

// What parsers stop at is said in words of our own; documents that can be read are not looked at.
func TestSlips(t *testing.T) {
	for _, tt := range []struct{ kind, data, want string }{
		{"toml", "a = \"b\n", "1:5 quote-open "},
		{"toml", "a = \"b\" c\"\n", "1:7 quote-within 'b\" c'"},
		{"toml", "a = “b”\n", "1:5 quote-curly a = \"b\""},
		{"toml", "a: b\n", "1:2 toml-equals a = \"b\""},
		{"toml", "a: 5\n", "1:2 toml-equals a = 5"},
		{"toml", "a b\n", "1:2 toml-equals a = \"b\""},
		{"toml", "a =\nb = 1\n", "1:4 toml-no-value "},
		{"toml", "a = # later\n", "1:5 toml-no-value "},
		{"toml", "a = b c\n", "1:5 toml-bare a = \"b c\""},
		{"toml", "a = 31.12.2026\n", "1:5 toml-bare a = \"2026-12-31\""},
		{"toml", "a = 'C:\\x\n", "1:5 quote-open "},
		{"toml", "a = \"C:\\x y\"\n", "1:8 toml-backslash a = 'C:\\x y'"},
		{"toml", "a = [b, c]\n", "1:6 toml-bare \"b\""},
		{"toml", "a = [“b”]\n", "1:6 quote-curly \"b\""},
		{"toml", "a = ['b' 'c']\n", "1:10 toml-comma "},
		{"toml", "a = ['b', 'c'\n\n[[d]]\n", "1:5 toml-bracket "},
		{"toml", "a = [\n  'b',\n  'c'\nd = 1\n", "1:5 toml-bracket "},
		{"toml", "a = 1\na = 2\n", "2:1 key-twice "},
		{"toml", "a = 1 2\n", "1:5 toml-bare a = \"1 2\""},
		{"toml", "a = {b = 1\n", "1:11 toml-syntax "},
		{"yaml", "a: b: c\n", "2:5 yaml-colon-within a: \"b: c\""},
		{"yaml", "a: the \"b\": c\n", "2:11 yaml-colon-within a: 'the \"b\": c'"},
		{"yaml", "a: “b: c”\n", "2:4 quote-curly a: \"b: c\""},
		{"yaml", "a: \"b\n", "2:4 quote-open "},
		{"yaml", "a: \"b\" c\n", "2:6 quote-within '\"b\" c'"},
		{"yaml", "a:b\n", "2:3 yaml-colon-space a: \"b\""},
		{"yaml", "a b\n", "2:1 yaml-no-colon "},
		{"yaml", "a: b\nc d\n", "3:1 yaml-no-key "},
		{"yaml", "a: @b\n", "2:4 yaml-first-sign a: \"@b\""},
		{"yaml", "a: b\n\tc: d\n", "3:1 yaml-tab "},
		{"yaml", "- a\n", "2:1 yaml-not-keys "},
		{"yaml", "a:\n  - b\n c: d\n", "3 yaml-syntax "},
		{"yaml", "a: b\n# c: d: e\n", ""},
		{"yaml", "a: \"b: c\"\nd: |\n  e: f: g\n", ""},
		{"toml", "a = [\n  'b', # c\n]\nd = 'e: “f”'\n", ""},
	} {
		t.Run(tt.data, func(t *testing.T) {
			read := map[string]func() *Table{
				"toml": func() *Table { return TOML("f", []byte(tt.data)) },
				"yaml": func() *Table { return YAML("f", 2, []byte(tt.data)) },
			}[tt.kind]
			got := ""
			for _, f := range read().Findings() {
				better, ok := f.Args["Better"]
				if !ok {
					better = ""
				}
				got += fmt.Sprintf("%s %s %v", f.At.String()[len("f:"):], f.ID, better)
			}
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
