package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestExampleOfNotice checks, seals and builds the example of docs/notice-format.md.
func TestExampleOfNotice(t *testing.T) {
	doc, err := os.ReadFile("../../docs/notice-format.md")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	remove(t, s, "content")
	files := regexp.MustCompile("(?s)`(content/terms/[^`\n]+)`:\n\n```[a-z]*\n(.*?\n)```").FindAllStringSubmatch(string(doc), -1)
	if len(files) != 3 {
		t.Fatalf("the example has %d files, want 3", len(files))
	}
	for _, f := range files {
		s.write(f[1], f[2])
	}
	s.run(january2, "check")
	s.run(january2, "release", "terms", "--effective", "2026-02-01", "--yes")
	s.run(january2, "build")
	if _, err := os.Stat(filepath.Join(s.dir, "public/terms/2026-02-01/index.html")); err != nil {
		t.Error(err)
	}
}
