//go:build linux

package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestHostile holds that input made to hurt is refused within two seconds of a processor and 256 MiB, with the finding
// that says why, and that nothing is written. The limits are for the time of the processor, however busy the machine is.
func TestHostile(t *testing.T) {
	const front = "---\ntitle: T\ndescription: D\n---\n\n## A {#a}\n\n"
	text := func(s string) string { return front + s + "\n" }
	many := strings.Repeat
	each := func(n int, form string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, form, i)
		}
		return b.String()
	}
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := range 60 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s*a%d]\n", i+1, i+1, many(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	var stairs strings.Builder
	for i := range 1_400 {
		stairs.WriteString(many(" ", 2*i) + "- a\n")
	}
	const index, facts = "index.en.md", "notice.toml"
	var longest time.Duration
	var largest int64
	for _, tt := range []struct{ name, file, data, want string }{
		{"50,000 quotations", index, text(many(">", 50_000)), "index.en.md:8:1: error: more than 100 things stand in one another"},
		{"a quotation in each line", index, text(many(many("> ", 100)+"a\n", 9_000)), "error: the text has too many lines and marks"},
		{"lists in one line", index, text(many("- ", 50_000)), "index.en.md:8:1: error: more than 100 things"},
		{"lists and empty lines", index, text(many("- ", 90) + "a\n" + many("\n", 50_000)), "error: the text has too many lines and marks"},
		{"deep lists", index, text(stairs.String()), "error: more than 100 things"},
		{"numbers in one line", index, text(many("1. ", 50_000)), "index.en.md:8:1: error: more than 100 things"},
		{"quotations and lists", index, text(many("> - ", 50_000)), "index.en.md:8:1: error: more than 100 things"},
		{"100,000 brackets", index, text(many("[", 100_000)), "index.en.md:8:1: error: more than 100 things"},
		{"100,000 pictures", index, text(many("![", 100_000)), "index.en.md:8:1: error: more than 100 things"},
		{"100,000 asterisks", index, text(many("*", 100_000)), "index.en.md:8:1: error: this paragraph has more than 5000 marks"},
		{"100,000 underscores", index, text(many("_a ", 100_000)), "index.en.md:8:1: error: this paragraph has more than 5000 marks"},
		{"100,000 backticks", index, text(many("`", 100_000)), "index.en.md:8:1: error: this paragraph has more than 5000 marks"},
		{"links that are none", index, text(many("[a](", 100_000)), "index.en.md:8:1: error: this paragraph has more than 5000 marks"},
		{"links and emphasis", index, text(many(many("[*a](", 1_600)+"\n\n", 12)), "error: the text has too many lines and marks"},
		{"just as many links and emphasis", index, text(many(many("[*a]( ", 1_600)+"\n\n", 6) + "<b>"), "error: HTML is not taken"},
		{"HTML that is none", index, text(many("<?", 100_000)), "index.en.md:8:1: error: this paragraph has more than 5000 marks"},
		{"attributes", index, text("## B {a=" + many("[", 900_000)), "index.en.md:8:1: error: more than 100 things"},
		{"50,000 columns", index, text(many("|a", 50_000) + "\n" + many("|-", 50_000)), "index.en.md:8:1: error: the text has too many lines and marks"},
		{"1,000 columns, 1,000 rows", index, text(many("|a", 1_000) + "\n" + many("|-", 1_000) + "\n" + many("a\n", 1_000)), "error: the text has too many lines and marks"},
		{"a line of 2 MB", index, text(many("a ", 1_000_000) + "{{"), "error: “{{” begins what other programs fill in"},
		{"1,000,000 short lines", index, text(many("a\n", 1_000_000)), "error: the text has too many lines and marks"},
		{"50,000 footnotes", index, text(each(50_000, "[^%[1]d]: a\n\n")), "error: the text has too many lines and marks"},
		{"12,000 footnotes", index, text(each(12_000, "[^%[1]d]: a\n\n")), "error: no text refers to the footnote"},
		{"50,000 addresses", index, text(each(50_000, "[a%[1]d]: /b/\n\n")), "error: the text has too many lines and marks"},
		{"50,000 headings", index, text(each(50_000, "## A {#a%[1]d}\n\n")), "error: the text has more than 1000 headings"},
		{"YAML that refers to itself", index, "---\ntitle: T\n" + bomb.String() + "---\n\n## A {#a}\n", "error: “&” and “*” have a special meaning here"},
		{"YAML in brackets", index, "---\ntitle: " + many("[", 30_000) + "\n---\n\n## A {#a}\n", "index.en.md:2: error: more than 100 things"},
		{"YAML in lists", index, "---\ntitle:\n  " + many("- ", 30_000) + "\n---\n\n## A {#a}\n", "index.en.md:3: error: more than 100 things"},
		{"front matter of 1 MB", index, "---\ntitle: " + many("a", 1_000_000) + "\n---\n\n## A {#a}\n", "index.en.md:2: error: the front matter has more than 64 KiB"},
		{"60 MB", index, "60 MB", "index.en.md: error: the file has more than 2 MiB"},
		{"60 MB of TOML", facts, "60 MB", "notice.toml: error: the file has more than 1 MiB"},
		{"60 MB attached", "files/form.csv", "60 MB", "form.csv: error: the attachment has 57.3 MiB, and may have 25 MiB"},
		{"TOML in brackets", facts, "a = " + many("[", 500_000), "notice.toml:1: error: more than 100 things"},
		{"TOML in tables", facts, "a = " + many("{a=", 300_000), "notice.toml:1: error: more than 100 things"},
		{"25,000 old addresses", facts, each(25_000, "[[old-address]]\naddress='/%[1]x/'\n") + "[[old-address]]\naddress='/A/'\n", "error: the old address “/A/” is listed twice"},
		{"a key of many parts", facts, many("a.", 500_000) + "a = 1\n", "notice.toml:1: error: more than 100 things"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(repository(), "internal", "cli", "testdata", "site"))); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "content", "terms", tt.file)
			if err := os.WriteFile(file, []byte(tt.data), 0o644); err != nil {
				t.Fatal(err)
			}
			if tt.data == "60 MB" {
				if err := os.Truncate(file, 60_000_000); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command(os.Args[0], "check", "--dir", dir)
			cmd.Args[0] = "placard"
			var said bytes.Buffer
			cmd.Stderr = &said
			if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
				t.Fatalf("placard check: %v\n%.2000s", err, said.String())
			}
			if !strings.Contains(said.String(), tt.want) {
				t.Errorf("placard check does not say %q:\n%.2000s", tt.want, said.String())
			}
			used, memory := cmd.ProcessState.UserTime(), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss<<10
			if used > 2*time.Second || memory > 256<<20 {
				t.Errorf("it took %v and %d MiB", used, memory>>20)
			}
			longest, largest = max(longest, used), max(largest, memory)
			if _, err := os.Stat(filepath.Join(dir, "versions")); err == nil {
				t.Error("something was written")
			}
		})
	}
	t.Logf("at most %v and %d MiB", longest.Round(10*time.Millisecond), largest>>20)
}
