// Package history reads texts that nobody wrote for a test: every version of every Markdown file in the history of a git repository.
package history

import (
	"fmt"
	"iter"
	"os/exec"
	"regexp"
	"strings"

	"placard/internal/markdown"
)

// A File is one file of a repository.
type File struct {
	Path string
	// Commits are those that added or changed it, the first first.
	Commits []string
}

// Files are the Markdown files that a repository ever had; they are looked up one by one. The error is that of git.
func Files(repository string) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		names, err := git(repository, "log", "--all", "--diff-filter=A", "--name-only", "--format=", "--", "*.md")
		if err != nil {
			yield(File{}, err)
			return
		}
		for name := range strings.SplitSeq(strings.TrimSpace(names), "\n") {
			commits, err := git(repository, "log", "--reverse", "--diff-filter=AM", "--format=%H", "--", name)
			if !yield(File{name, strings.Fields(commits)}, err) || err != nil {
				return
			}
		}
	}
}

// Body is the text of a file as that of a notice: each heading has an anchor that follows from its words. It may be no notice yet.
func Body(repository, commit, name string) (string, error) {
	source, err := git(repository, "show", commit+":"+name)
	return body(source), err
}

func git(repository string, args ...string) (string, error) {
	out, err := exec.Command("git", append([]string{"-C", repository}, args...)...).Output()
	if err != nil {
		err = fmt.Errorf("git %s: %w", strings.Join(args, " "), err)
	}
	return string(out), err
}

var (
	heading = regexp.MustCompile(`(?m)^(#{1,6})[ \t]+(.*?)[ \t#]*$`)
	tag     = regexp.MustCompile(`(?s)<!--.*?-->|</?[A-Za-z][^>]*>`)
	front   = regexp.MustCompile(`(?s)^---\n.*?\n---\n`)
	link    = regexp.MustCompile(`\]\([^)\s]*\)`)
	image   = regexp.MustCompile(`!\[`)
)

func body(source string) string {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	source = front.ReplaceAllString(source, "")
	source = tag.ReplaceAllString(source, "")
	source = image.ReplaceAllString(source, "[")
	source = link.ReplaceAllString(source, "](https://example.com/)")
	source = strings.NewReplacer("{", "(", "}", ")").Replace(source)
	used := map[string]int{}
	begun := false
	return heading.ReplaceAllStringFunc(source, func(line string) string {
		m := heading.FindStringSubmatch(line)
		words := strings.TrimSpace(m[2])
		marks := "##"
		if len(m[1]) > 2 && begun {
			marks = "###"
		}
		begun = true
		anchor := markdown.AsAnchor(words)
		if anchor == "" {
			anchor, words = "untitled", "Untitled"
		}
		if used[anchor]++; used[anchor] > 1 {
			anchor += fmt.Sprint("-", used[anchor])
		}
		return fmt.Sprintf("%s %s {#%s}", marks, words, anchor)
	})
}
