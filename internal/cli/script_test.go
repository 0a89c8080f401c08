package cli_test

import (
	"crypto/sha256"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"placard/internal/cli"
)

// repository is the root of the source tree, where the embedded files of the program lie.
func repository() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

func TestMain(m *testing.M) {
	defaults := os.DirFS(repository())
	testscript.Main(counting{m}, map[string]func(){
		"placard": func() {
			harm()
			os.Exit(cli.Main(defaults))
		},
	})
}

// TestScript runs the scripts in testdata/script. In them, the clock stands at noon of 2 January 2026 (UTC) unless a
// script sets SOURCE_DATE_EPOCH. $REPOSITORY is the root of the source tree.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1767355200")
			e.Setenv("REPOSITORY", repository())
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"site":     site,
			"snapshot": snapshot,
			"same":     same,
			"reads":    reads,
		},
	})
}

// site makes a small site with one notice, "terms", in English and Malay: site [DIR].
func site(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(".")
	if len(args) == 1 {
		dir = ts.MkAbs(args[0])
	}
	ts.Check(os.CopyFS(dir, os.DirFS(filepath.Join(repository(), "internal", "cli", "testdata", "site"))))
}

var tag = regexp.MustCompile(`<[^>]*>`)

// reads fails unless the words are on a page, whatever its marks: reads FILE WORDS. Negated, they must not be there.
func reads(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: reads FILE WORDS")
	}
	text := html.UnescapeString(tag.ReplaceAllString(ts.ReadFile(args[0]), ""))
	if strings.Contains(text, args[1]) == neg {
		ts.Fatalf("%s says:\n%s", args[0], text)
	}
}

// snapshot remembers every file below the folders: snapshot DIR...
func snapshot(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("SNAPSHOT", contents(ts, args))
}

// same fails unless the folders are as they were at the snapshot: nothing was written, nothing was removed.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("same cannot be negated")
	}
	if now := contents(ts, args); now != ts.Getenv("SNAPSHOT") {
		ts.Fatalf("the folders changed:\n%s\nbefore:\n%s", now, ts.Getenv("SNAPSHOT"))
	}
}

func contents(ts *testscript.TestScript, dirs []string) string {
	var b strings.Builder
	for _, dir := range dirs {
		err := filepath.Walk(ts.MkAbs(dir), func(name string, info os.FileInfo, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || info.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			fmt.Fprintf(&b, "%x %s\n", sha256.Sum256(data), name)
			return err
		})
		ts.Check(err)
	}
	return b.String()
}
