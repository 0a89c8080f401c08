package fields

import (
	"slices"
	"strings"
	"testing"

	"placard/internal/diag"
)

func ids(findings diag.Findings) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.At.String()+" "+f.ID)
	}
	return out
}

// read asks for one key of each kind.
func read(t *Table) string {
	var b strings.Builder
	b.WriteString(t.Need("name").Value)
	for _, s := range t.Strings("list") {
		b.WriteString(" " + s.Value + "@" + s.At.String())
	}
	for _, e := range t.Tables("part") {
		b.WriteString(" " + e.Need("a").Value)
	}
	b.WriteString(" " + t.Date("day").Value)
	if n, ok := t.Int("n"); ok && n == 7 {
		b.WriteString(" seven")
	}
	if sub := t.Table("sub"); sub != nil {
		b.WriteString(" " + sub.String("x").Value)
	}
	t.Close()
	return b.String()
}

func TestTOML(t *testing.T) {
	good := "name = 'N' # c\nlist = [\n  'a',\n  'b',\n]\nday = 2026-03-01\nn = 7\n\n[[part]]\na = '1'\n[[part]]\na = \"2\"\n[sub]\nx = 'y'\n"
	for _, tt := range []struct {
		name, data, got string
		want            []string
	}{
		{"good", good, "N a@f:3:3 b@f:4:3 1 2 2026-03-01 seven y", nil},
		{"inline", "name = 'N'\npart = [{a = '1'}]\nsub = {x = 'y'}\n", "N 1  y", nil},
		{"dotted", "name = 'N'\nsub.x = 'y'\n", "N  y", nil},
		{"unknown keys", "name = 'N'\nnome = 1\n[sub]\ny = 1\n[other]\nz = 1\n", "N  ", []string{"f:2:1 key-unknown", "f:5:2 key-unknown", "f:4:1 key-unknown"}},
		{"missing", "n = 7\n[[part]]\n", "   seven", []string{"f:1 key-missing", "f:2:3 key-missing"}},
		{"empty", "name = ''\n", " ", []string{"f:1:8 key-empty"}},
		{"types", "name = 1\nlist = 'a'\nday = '1 March'\nn = 'x'\nsub = 1\npart = ['x']\n", " ",
			[]string{"f:1:8 key-type", "f:2:8 key-type", "f:6:9 key-type", "f:3:7 date-form", "f:4:5 key-type", "f:5:7 key-type"}},
		{"syntax", "name = 'N\n", "", []string{"f:1:8 quote-open"}},
		{"twice", "name = 'N'\nname = 'M'\n", "", []string{"f:2:1 key-twice"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table := TOML("f", []byte(tt.data))
			got := strings.TrimRight(read(table), " ")
			if want := strings.TrimRight(tt.got, " "); got != want {
				t.Errorf("read %q, want %q", got, want)
			}
			if !slices.Equal(ids(table.Findings()), tt.want) {
				t.Errorf("findings %q, want %q", ids(table.Findings()), tt.want)
			}
		})
	}
}

func TestYAML(t *testing.T) {
	for _, tt := range []struct {
		name, data, got string
		want            []string
	}{
		{"good", "name: N\nlist: [a, b]\n", "N a@f:3:8 b@f:3:11", nil},
		{"nothing", "", "", []string{"f:2 key-missing"}},
		{"twice", "name: N\nname: M\n", "N", []string{"f:3:1 key-twice"}},
		{"a list", "- a\n", "", []string{"f:2:1 yaml-not-keys"}},
		{"syntax", "name: 'N\n", "", []string{"f:2:7 quote-open"}},
		{"colon", "name: a: b\n", "", []string{"f:2:8 yaml-colon-within"}},
		{"tab", "\tname: a\n", "", []string{"f:2:1 yaml-tab"}},
		{"number", "name: 3\n", "", []string{"f:2:7 key-type"}},
		{"too long", "name: " + strings.Repeat("x", MaxYAML) + "\n", "", []string{"f:2 front-matter-too-long"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table := YAML("f", 2, []byte(tt.data))
			if got := strings.TrimRight(read(table), " "); got != tt.got {
				t.Errorf("read %q, want %q", got, tt.got)
			}
			if !slices.Equal(ids(table.Findings()), tt.want) {
				t.Errorf("findings %q, want %q", ids(table.Findings()), tt.want)
			}
		})
	}
}

func FuzzFields(f *testing.F) {
	f.Add("name = 'N'\n[[part]]\na.b = 1\n[part.c]\n", "name: N\n")
	f.Add("part = [{a = 1}, 2]\n[sub]\n", "? [a]\n: b\n")
	f.Fuzz(func(t *testing.T, toml, yaml string) {
		read(TOML("f", []byte(toml)))
		read(YAML("f", 1, []byte(yaml)))
	})
}
