package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestTour runs the tour of README.md, command by command, in an empty folder. A line "? 1" below a command says that it
// fails; any other line is what it prints.
func TestTour(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(repository(), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	commands := 0
	for i, block := range strings.Split(string(readme), "```") {
		rest, ok := strings.CutPrefix(block, "console\n")
		if i%2 == 0 || !ok {
			continue
		}
		lines := strings.Split(strings.TrimSpace(rest), "\n")
		for n, line := range lines {
			command, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			commands++
			negate := ""
			var want []string
			for _, below := range lines[n+1:] {
				if strings.HasPrefix(below, "$ ") {
					break
				}
				if below == "? 1" {
					negate = "! "
				} else {
					want = append(want, below)
				}
			}
			script.WriteString(negate + "exec sh -c '" + strings.ReplaceAll(command, "'", "''") + "'\n")
			for _, w := range want {
				script.WriteString("stdout '^" + strings.ReplaceAll(w, ".", `\.`) + "$'\n")
			}
		}
	}
	if commands < 8 {
		t.Fatalf("only %d commands were found in the tour", commands)
	}
	script.WriteString("exists public/terms/2099-01-01/index.html public/versions/LOG\n")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tour.txtar"), []byte(script.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: dir, RequireExplicitExec: true})
}
