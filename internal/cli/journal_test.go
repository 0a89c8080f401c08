package cli_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"placard/internal/disk"
)

// otherwise is the site of a scene with everything in it changed that an editor or operator may change before the command is
// repeated: the draft, a further version, the title of all pages.
func otherwise(t *testing.T, site tree) tree {
	t.Helper()
	return site.with(t, draft, "every lawful", "each lawful").with(t, "config.toml", "Example notices", "Other notices")
}

// TestBuildKilledThenOtherInput kills builds before each step; the next one builds another input: it is as if there had been
// no other.
func TestBuildKilledThenOtherInput(t *testing.T) {
	s := building(t)
	other := otherwise(t, s.site).after(t, "release", "terms", "--effective", "2026-04-01", "--yes")
	then := *s
	then.after = other.after(t, "build").below("public")
	var all []int
	for i := range s.steps {
		all = append(all, i+1)
	}
	inCopies(t, s.site, some(all, 4), func(t *testing.T, at int, dir string) {
		what := fmt.Sprintf("kill %d of %d, then another input", at, len(s.steps))
		placard(t, dir, fmt.Sprintf("kill %d", at), s.args...)
		touched := !wholePages(t, what, dir, s) || pending(t, dir)
		changed := maps.Clone(other)
		maps.DeleteFunc(changed, func(name, _ string) bool { return strings.HasPrefix(name, "public/") })
		changed.write(t, dir)
		count("build killed, then another input", nextBuild(t, what, dir, &then, touched))
	})
}

// TestReleaseKilledThenOtherDraft kills releases before each step; then the draft is changed, and released for another day. It is
// as if the first release had not begun, or had ended.
func TestReleaseKilledThenOtherDraft(t *testing.T) {
	s := releasing(t)
	next := []string{"release", "terms", "--effective", "2026-04-01", "--yes"}
	alone := otherwise(t, s.site).after(t, next...).below("versions")
	sealed := maps.Clone(s.site)
	s.after.addTo(sealed, "versions")
	both := otherwise(t, sealed).after(t, next...).below("versions")
	var all []int
	for i := range s.steps {
		all = append(all, i+1)
	}
	inCopies(t, s.site, some(all, 4), func(t *testing.T, at int, dir string) {
		what := fmt.Sprintf("kill %d of %d, then another draft", at, len(s.steps))
		placard(t, dir, fmt.Sprintf("kill %d", at), s.args...)
		o, want := outcome{after: read(t, filepath.Join(dir, "versions"))["LOG"] == s.after["LOG"]}, alone
		if o.after {
			want = both
		}
		otherwise(t, s.site).below("content").write(t, filepath.Join(dir, "content"))
		if strings.Contains(good(t, dir, next...), "what an interrupted release had left was removed") {
			o.end = discarded
		}
		equal(t, what, read(t, filepath.Join(dir, "versions")), want)
		nothingLeft(t, what, dir)
		count("release killed, then another draft", o)
	})
}

// TestJournalDamaged damages what a killed build left, in the middle of putting it in place: the next build says so and changes
// nothing, and what it says to do loses nothing.
func TestJournalDamaged(t *testing.T) {
	s := building(t)
	last := 0
	for i, step := range s.steps {
		if step.op == disk.Rename {
			last = i + 1
		}
	}
	killed := s.site.copy(t)
	placard(t, killed, fmt.Sprintf("kill %d", last), "build")
	left := read(t, killed)
	delete(left, ".public.lock") // the next run removes it in any case
	const journal, staged = ".public.staged/journal.json", ".public.staged/files/"
	if left[journal] == "" {
		t.Fatal("the killed build left no journal")
	}
	for name, damage := range map[string]func(t *testing.T, dir string) error{
		"emptied":              func(_ *testing.T, dir string) error { return os.Truncate(filepath.Join(dir, journal), 0) },
		"cut":                  func(_ *testing.T, dir string) error { return os.Truncate(filepath.Join(dir, journal), 100) },
		"of another version":   func(_ *testing.T, dir string) error { return rewrite(dir, journal, `"format": 1`, `"format": 2`) },
		"out of the site":      func(_ *testing.T, dir string) error { return rewrite(dir, journal, `"place": "`, `"place": "../`) },
		"of another file":      func(_ *testing.T, dir string) error { return rewrite(dir, journal, `"sha256": "`, `"sha256": "0`) },
		"a staged file gone":   func(_ *testing.T, dir string) error { return os.RemoveAll(filepath.Join(dir, staged)) },
		"a staged file edited": func(_ *testing.T, dir string) error { return rewrite(dir, staged+".placard/manifest.json", "{", "{ ") },
		"a page edited":        func(_ *testing.T, dir string) error { return rewrite(dir, "public/versions/LOG", "terms", "Terms") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := left.copy(t)
			if err := damage(t, dir); err != nil {
				t.Fatal(err)
			}
			before := read(t, dir)
			c := placard(t, dir, "", "build")
			want := "was altered since, so it cannot be completed"
			if name == "of another version" {
				want = "a build of another version of Placard was interrupted here"
			}
			if c.code != 1 || !c.says(want) || !c.says("hint: ") || !c.says(".public.staged") {
				t.Errorf("exit code %d\n%s", c.code, c.output)
			}
			equal(t, "refused", read(t, dir), before)
			if !long() && name != "cut" {
				return
			}
			// What the hint says is the same for all.
			for _, name := range []string{".public.staged", "public"} {
				if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			good(t, dir, "build")
			equal(t, "built again", read(t, filepath.Join(dir, "public")), s.after)
			nothingLeft(t, "built again", dir)
		})
	}
}

// rewrite replaces words in a file.
func rewrite(dir, name, old, new string) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !strings.Contains(string(data), old) {
		return fmt.Errorf("%s has no %q", name, old)
	}
	return os.WriteFile(file, []byte(strings.Replace(string(data), old, new, 1)), 0o644)
}
