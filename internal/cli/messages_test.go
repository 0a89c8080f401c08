package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/pflag"
)

// TestMessagesOfFindings holds that every finding that the code can make has its message, and every message its use.
func TestMessagesOfFindings(t *testing.T) {
	m, err := loadMessages()
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := toml.Unmarshal(english, &all); err != nil {
		t.Fatal(err)
	}
	used := stringsOfCode(t)
	for id := range all {
		name := strings.TrimSuffix(id, "_hint")
		if !used[name] && !used[strings.ReplaceAll(name, "_", ".")] && !strings.HasPrefix(name, "help_") && !strings.HasPrefix(name, "count_") {
			t.Errorf("the message %s is used by no code", id)
		}
		if _, ok := all[name]; !ok {
			t.Errorf("%s is the hint of no message", id)
		}
	}
	for id := range findingsOfCode(t) {
		for _, count := range []int{1, 2} {
			if _, ok := m.find(id, map[string]any{"Count": count}); !ok {
				t.Errorf("the finding %s has no message for %d", id, count)
			}
		}
	}
}

// TestHelp holds that every command and flag has its help.
func TestHelp(t *testing.T) {
	m, err := loadMessages()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{messages: m}
	for _, c := range p.command().Commands() {
		for _, sub := range append(c.Commands(), c) {
			if strings.HasPrefix(sub.Short, "help.") || strings.HasPrefix(sub.Long, "help.") {
				t.Errorf("%s has no help", sub.CommandPath())
			}
			sub.Flags().VisitAll(func(f *pflag.Flag) {
				if value, what := pflag.UnquoteUsage(f); strings.HasPrefix(what, "flag.") || what == "" || value != strings.ToUpper(value) {
					t.Errorf("%s has the flag --%s %s without help: %s", sub.CommandPath(), f.Name, value, what)
				}
			})
		}
	}
}

func eachFile(t *testing.T, visit func(*ast.File)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), "../"+name, nil, 0)
		if err == nil {
			visit(file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if s, err := strconv.Unquote(l.Value); err == nil {
			return s
		}
	}
	return ""
}

func stringsOfCode(t *testing.T) map[string]bool {
	out := map[string]bool{}
	eachFile(t, func(f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				out[literal(e)] = true
			}
			return true
		})
	})
	return out
}

var findingID = regexp.MustCompile(`^[a-z]+[a-z0-9]*(-[a-z0-9]+)*$`)

// findingsOfCode are the IDs given to Add, Warn, refuse and usage.
func findingsOfCode(t *testing.T) map[string]bool {
	out := map[string]bool{}
	eachFile(t, func(f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				name := ""
				switch fun := n.Fun.(type) {
				case *ast.SelectorExpr:
					name = fun.Sel.Name
				case *ast.Ident:
					name = fun.Name
				}
				if (name == "Add" || name == "Warn" || name == "refuse") && len(n.Args) >= 2 {
					if id := literal(n.Args[1]); findingID.MatchString(id) {
						out[id] = true
					}
				}
			case *ast.CompositeLit:
				if id, ok := n.Type.(*ast.Ident); ok && id.Name == "usage" && len(n.Elts) > 0 {
					out[literal(n.Elts[0])] = true
				}
			}
			return true
		})
	})
	if len(out) < 80 {
		t.Errorf("only %d findings were seen in the code", len(out))
	}
	return out
}
