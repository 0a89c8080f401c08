package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestWords holds that every message which a file asks for is one of i18n/en.toml, and gets all values that it puts in. What other
// languages lack of these is found by package message.
func TestWords(t *testing.T) {
	data, err := os.ReadFile("../../i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	messages := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\[([a-z0-9_]+)\]\n((?:.+\n)+)`).FindAllStringSubmatch(string(data), -1) {
		messages[m[1]] = m[2]
	}
	value := regexp.MustCompile(`\{\{ \.(\w+) \}\}`)
	asked := 0
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			called := ""
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				called = f.Sel.Name
			case *ast.Ident:
				called = f.Name
			}
			if called != "say" && called != "paragraph" {
				return true
			}
			var texts []string
			for _, arg := range call.Args {
				if l, ok := arg.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text, _ := strconv.Unquote(l.Value)
					texts = append(texts, text)
				}
			}
			if len(texts) == 0 { // a name that is made, of a place, or handed on
				return true
			}
			asked++
			text, ok := messages[texts[0]]
			if !ok {
				t.Errorf("%s: there is no message %s", fset.Position(call.Pos()), texts[0])
			}
			for _, m := range value.FindAllStringSubmatch(text, -1) {
				if !slices.Contains(texts[1:], m[1]) {
					t.Errorf("%s: %s is not given its %s", fset.Position(call.Pos()), texts[0], m[1])
				}
			}
			return true
		})
	}
	if asked < 40 {
		t.Errorf("%d messages were found in the code", asked)
	}
}
