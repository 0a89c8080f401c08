// Package internal_test holds the order of the rooms: data goes one way, and so do imports.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Each room with the rooms that it may import. A room stands after those that it imports, so there is no way back.
// Tests may import as their rooms do. Change this only together with docs/architecture.md.
const rooms = `
disk
diag
plain:    diag
codes:    diag
fields:   diag plain
markdown: diag fields plain
notice:   codes diag fields markdown plain
redline:  notice
translation: codes diag markdown notice
signature
archive:  diag disk fields markdown notice plain signature translation
check:    archive codes diag fields markdown notice plain translation
page:     archive codes diag markdown notice plain translation
message:  diag fields plain
config:   codes diag fields plain
template: diag plain
asset:    diag plain
layout:   asset diag plain template
site:     config diag layout message plain template
output:   disk plain
cli:      archive check codes config diag disk fields layout markdown notice output page plain redline signature site template translation
`

// The only rooms that may import these.
var outside = map[string][]string{
	"github.com/gohugoio/hugo":      {"site"},
	"github.com/yuin/goldmark":      {"markdown"},
	"github.com/tdewolff/minify":    {"output"},
	"github.com/tdewolff/parse":     {"asset"},
	"github.com/nicksnyder/go-i18n": {"cli", "message"},
	"github.com/spf13/cobra":        {"cli"},
	"github.com/pelletier/go-toml":  {"cli", "fields", "message", "site"},
	"go.yaml.in/yaml":               {"fields"},
	"znkr.io/diff":                  {"redline"},
	"github.com/clipperhouse/uax29": {"markdown", "redline"},
	"github.com/gofrs/flock":        {"disk"},
	"golang.org/x/sys":              {"disk"},
	"golang.org/x/term":             {"cli"},
	"golang.org/x/crypto":           {"signature"},
	"os/exec":                       {"cli"},
	"net/http":                      {"cli"},
	"github.com/spf13/afero":        {"site"},
	"os":                            {"archive", "cli", "disk", "output"},
}

func TestImports(t *testing.T) {
	allowed, order := map[string][]string{}, []string{}
	for line := range strings.SplitSeq(strings.TrimSpace(rooms), "\n") {
		room, list, _ := strings.Cut(line, ":")
		for _, r := range strings.Fields(list) {
			if !slices.Contains(order, r) {
				t.Fatalf("%s stands before %s, which it may import", room, r)
			}
		}
		allowed[room], order = strings.Fields(list), append(order, room)
	}
	used := map[string]bool{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || path.Dir(name) == "." {
			return err
		}
		room := strings.Split(name, "/")[0]
		if _, ok := allowed[room]; !ok {
			t.Errorf("%s: the room %s is not in the list", name, room)
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if to, ok := strings.CutPrefix(imported, "placard/internal/"); ok {
				used[room+" "+to] = true
				if to != room && !slices.Contains(allowed[room], to) {
					t.Errorf("%s: %s may not import %s", name, room, to)
				}
			}
			for prefix, may := range outside {
				within := imported == prefix || strings.Contains(prefix, ".") && strings.HasPrefix(imported, prefix+"/")
				if within && !strings.HasSuffix(name, "_test.go") && !slices.Contains(may, room) {
					t.Errorf("%s: %s may not import %s", name, room, imported)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room, list := range allowed {
		for _, to := range list {
			if !used[room+" "+to] {
				t.Errorf("%s does not import %s: take it off the list", room, to)
			}
		}
	}
}

// TestClock holds that cli alone reads the clock and the environment and writes to the terminal.
func TestClock(t *testing.T) {
	forbidden := []string{"time.Now(", "time.Since(", "os.Getenv(", "os.Environ(", "os.Args", "os.Stdout", "os.Stderr", "fmt.Print"}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "cli/") {
			return err
		}
		data, err := os.ReadFile(name)
		for _, word := range forbidden {
			if strings.Contains(string(data), word) {
				t.Errorf("%s has %s", name, strings.TrimSuffix(word, "("))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
