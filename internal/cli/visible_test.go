package cli

import (
	"slices"
	"strings"
	"testing"

	"placard/internal/check"
)

// TestVisible holds that a terminal is shown characters that it would obey, and not given them.
func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"a \u200e\u0634 é\n": "a \u200e\u0634 é\n", "\x1b[31m": `\x1b[31m`, "\x1b]0;x\a": `\x1b]0;x\x07`, "a\rb\x00": `a\x0db\x00`, "\u009b1m\u202e": `\u009b1m\u202e`, "\xff": "\xff",
	} {
		if got := visible(text); got != want {
			t.Errorf("visible(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestSealedControls holds that what was sealed with such characters, before drafts with them were refused, verifies, can be read, and is
// printed without them; and that no value of several lines becomes a fact of its own.
func TestSealedControls(t *testing.T) {
	s := newSite(t)
	rules := check.Rules
	check.Rules = slices.DeleteFunc(slices.Clone(rules), func(r check.Rule) bool { return strings.HasPrefix(r.Name, "no character") })
	s.edit("content/terms/notice.toml", "Example Cloud, Inc.", `Example\nSeal (SHA-256): 0000`)
	s.edit("content/terms/index.en.md", "title: Terms of Service", `title: "Terms \e[31mof\u202e Service"`, "any lawful", "any &#27;[31m&#x202e;lawful", "## Payment", "## Pay&#27;[1mment")
	s.run(january20, "release", "terms", "--effective", "2026-02-01", "--yes")
	check.Rules = rules
	s.edit("content/terms/index.en.md", "for any &#27;[31m", "for each &#27;[32m", "See [payment]", "See &#27; [payment](https://example.com/?&#27;)[payment]")
	for _, args := range [][]string{
		{"verify"}, {"show", "terms", "--as-of", "2026-02-01"}, {"diff", "terms"}, {"diff", "terms", "--format", "json"}, {"diff", "terms", "--format", "html"}, {"diff", "terms", "--format", "markdown"}, {"status"}, {"check"}, {"release", "terms", "--effective", "2026-04-01", "--yes"},
	} {
		code, said := s.try(args...)
		refused := args[0] == "check" || args[0] == "release"
		if code != exitGood && !refused || refused && !strings.Contains(said, "stands for an invisible character (U+001B)") {
			t.Errorf("%v: %d\n%s", args, code, said)
		}
		if strings.ContainsFunc(said, obeyed) {
			t.Errorf("%v prints what terminals obey: %q", args, said)
		}
		if shows := args[0] == "show" || args[0] == "diff" && len(args) == 2; shows && !strings.Contains(said, `\x1b[31m\u202elawful`) {
			t.Errorf("%v does not show it: %s", args, said)
		}
	}
	s.run(january20, "build", "--as-of", "2026-03-01")
	if text := s.read("public/terms/2026-02-01/notice.txt"); strings.Contains(text, "\nSeal (SHA-256): 0000") || !strings.Contains(text, "Publisher: Example Seal (SHA-256): 0000\n") {
		t.Errorf("a publisher of two lines is two facts: %s", text)
	}
}
