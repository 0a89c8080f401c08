package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/translation"
)

// happened is what a page says of each section that changed.
func happened(r Redline) []string {
	var all []string
	for _, run := range r.Runs {
		for _, s := range run.Sections {
			if run.Same {
				continue
			}
			line := s.Kind + " " + s.Number + "#" + s.Anchor
			if s.Moved {
				line += " moved"
			}
			if s.Renamed {
				line += " renamed"
			}
			if s.Reworded {
				line += " reworded"
			}
			if s.OldNumber != "" {
				line += " was " + s.OldNumber
			}
			if s.Missing {
				line += " missing"
			}
			if s.Stale != nil {
				line += " stale " + s.Stale.Address
			}
			if s.Into != nil {
				line += " into #" + s.Into.Anchor
			}
			if s.Now != nil {
				line += " now " + s.Now.Address
			}
			all = append(all, line)
		}
	}
	return all
}

// lists are the summary of a page.
func lists(r Redline) string {
	var all []string
	for _, l := range r.Lists {
		line := l.Kind
		for _, s := range l.Sections {
			line += " #" + s.Anchor
		}
		all = append(all, line)
	}
	return strings.Join(all, ", ")
}

func TestRedlinePages(t *testing.T) {
	const one, two, three, four = "## One {#one}\n\nWords in LOCALE.\n\nAnd more.\n\n", "## Two {#two}\n\nMore words.\n\n", "## Three {#three}\n\nThe third.\n\n", "## Four {#four}\n\nFourth.\n\n"
	m := &memory{t: t, site: fstest.MapFS{}, accepted: true}
	m.offer("other", "2020-01-01", "2020-01-01", one, "en", "ms")
	m.offer("n", "2020-01-01", "2020-01-01", one+two+three+four, "en", "ms", "ar")
	m.offer("n", "2021-01-01", "2021-01-01", strings.Replace(one, "Words", "New words", 1)+two+three+four, "en", "ar")
	m.facts = "\n[[moved]]\nfrom = 'two'\nto = 'one'\n\n[[moved]]\nfrom = 'four'\nto = '/other/#one'\n"
	m.offer("n", "2022-01-01", "2022-01-01", three+strings.Replace(one, "One", "First", 1)+"## Five {#five}\n\nNew.\n\n", "en", "ms", "ar")
	groups := m.planIn(threeLocales, "2022-06-01")
	for _, tt := range []struct {
		address, newer, older string
		skips                 bool
		happened              []string
		lists                 string
	}{
		{"/n/2021-01-01/changes/", "/n/2021-01-01/", "/n/2020-01-01/", false, []string{"changed 1#one reworded"}, "changed #one"},
		{"/ar/n/2021-01-01/changes/", "/ar/n/2021-01-01/", "/ar/n/2020-01-01/", false, []string{"changed 1#one reworded"}, "changed #one"},
		{"/n/2022-01-01/changes/", "/n/2022-01-01/", "/n/2021-01-01/", false,
			[]string{"same 1#three moved was 3", "changed 2#one renamed reworded was 1", "removed 2#two into #one", "away 1#three was 3", "removed 4#four now /other/#one", "added 3#five"},
			"added #five, removed #two #four, changed #one, renamed #one, moved #three"},
		// The version between has no Malay text.
		{"/ms/n/2022-01-01/changes/", "/ms/n/2022-01-01/", "/ms/n/2020-01-01/", true,
			[]string{"same 1#three moved was 3", "changed 2#one renamed was 1", "removed 2#two into #one", "away 1#three was 3", "removed 4#four now /ms/other/#one", "added 3#five"},
			"added #five, removed #two #four, renamed #one, moved #three"},
	} {
		p := find(t, groups, tt.address)
		r := p.Params.(Redline)
		if r.Newer.Address != tt.newer || r.Older.Address != tt.older || r.Skips != tt.skips || !r.NoIndex || len(r.Alternates) != len(r.Languages)+1 {
			t.Errorf("%s compares %s with %s, skips %v", tt.address, r.Newer.Address, r.Older.Address, r.Skips)
		}
		if got := happened(r); !slices.Equal(got, tt.happened) {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.address, strings.Join(got, "\n"), strings.Join(tt.happened, "\n"))
		}
		if got := lists(r); got != tt.lists {
			t.Errorf("%s: lists are %s, want %s", tt.address, got, tt.lists)
		}
	}
	for _, g := range groups {
		for _, p := range g.Pages {
			if _, ok := p.Params.(Redline); ok && (strings.Contains(p.Address, "2020-01-01") || !g.IsVersion()) {
				t.Errorf("%s is in the group %s", p.Address, g.Name)
			}
		}
	}
}

// A section of a translation that is not as the source text has it is not among those without changes, and leads to what changed in that.
func TestRedlinesTellStates(t *testing.T) {
	const words = "First words.\n\n"
	one, two, three := func(s string) string { return "## One {#one}\n\n" + s + ".\n\n" }, "## Two {#two}\n\nSecond.\n\n", "## Three {#three}\n\nThird.\n\n"
	const missing = "## Three {#three .missing}\n\n"
	m := &memory{t: t, site: fstest.MapFS{}, accepted: true}
	m.facts = "translation-policy = 'allow-missing'\n"
	m.texts = map[string]string{"ms": words + one("Satu") + two + missing}
	m.offer("n", "2020-01-01", "2020-01-01", words+one("One")+two+three, "en", "ms")
	m.stale = "one"
	m.offer("n", "2021-01-01", "2021-01-01", words+one("Two")+two+three+"Fourth.\n\n", "en", "ms")
	m.stale = translation.Start
	m.texts = map[string]string{"ms": words + one("Dua") + two + missing}
	m.offer("n", "2022-01-01", "2022-01-01", "New "+words+one("Two")+two+three+"Fourth.\n\n", "en", "ms")
	groups := m.plan("2022-06-01")
	for _, tt := range []struct{ address, happened, lists string }{
		{"/n/2021-01-01/changes/", "changed 1#one reworded, changed 3#three reworded", "changed #one #three"},
		{"/ms/n/2021-01-01/changes/", "same 1#one stale /legal/n/2021-01-01/changes/#one, same 3#three missing", "untranslated #three, stale #one"},
		{"/ms/n/2022-01-01/changes/", "same # stale /legal/n/2022-01-01/changes/#_start, changed 1#one reworded, same 3#three missing", "changed #one, untranslated #three, stale #"},
	} {
		r := find(t, groups, tt.address).Params.(Redline)
		if got := strings.Join(happened(r), ", "); got != tt.happened {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.address, got, tt.happened)
		}
		if got := lists(r); got != tt.lists {
			t.Errorf("%s: lists are %s, want %s", tt.address, got, tt.lists)
		}
	}
}

// What became of sections is told for all that apply or will, and not for what was never compared.
func TestLives(t *testing.T) {
	const one, two = "## One {#one}\n\nWords in LOCALE.\n\n", "## Two {#two}\n\nMore words.\n\n"
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("n", "2020-01-01", "2020-01-01", one+two, "en")
	m.offer("n", "2021-01-01", "2021-01-01", strings.Replace(one, "Words", "New words", 1), "en", "ms")
	m.facts = "\n[[moved]]\nfrom = 'one'\nto = 'first'\n"
	m.offer("n", "2022-01-01", "2022-01-01", two+strings.Replace(one, "{#one}", "{#first}", 1), "en", "ms")
	groups := m.plan("2022-06-01")
	for address, want := range map[string][]string{
		"/n/sections/": {
			"2#first, was one: first 2020-01-01 /n/2020-01-01/#one; changed 2021-01-01 /n/2021-01-01/changes/#one; changed 2022-01-01 /n/2022-01-01/changes/#first",
			"1#two: first 2020-01-01 /n/2020-01-01/#two; removed 2021-01-01 /n/2021-01-01/changes/#two; added 2022-01-01 /n/2022-01-01/changes/#two",
		},
		"/ms/n/sections/": {
			"2#first, was one: first-here 2021-01-01 /ms/n/2021-01-01/#one; changed 2022-01-01 /ms/n/2022-01-01/changes/#first",
			"1#two: added 2022-01-01 /ms/n/2022-01-01/changes/#two",
		},
	} {
		var got []string
		for _, l := range find(t, groups, address).Params.(Sections).Lives {
			line := l.Number + "#" + l.Anchor
			for _, a := range l.Aliases {
				line += ", was " + a
			}
			var events []string
			for _, e := range l.Events {
				events = append(events, e.Kind+" "+e.Version.Name+" "+strings.Replace(e.Address, "/legal", "", 1))
			}
			got = append(got, line+": "+strings.Join(events, "; "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", address, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// A section stays on its page of the list when others come.
func TestLivesArePaged(t *testing.T) {
	body := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "## S %d {#s%d}\n\nWords.\n\n", i, i)
		}
		return b.String()
	}
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("n", "2020-01-01", "2020-01-01", body(10, 10+livesOnPage), "en", "ms")
	m.offer("n", "2021-01-01", "2021-01-01", body(0, 10+livesOnPage), "en")
	groups := m.plan("2021-06-01")
	first, second := find(t, groups, "/n/sections/").Params.(Sections), find(t, groups, "/n/sections/2/").Params.(Sections)
	if len(first.Lives) != livesOnPage || first.Lives[0].Anchor != "s10" || len(second.Lives) != 10 || second.Lives[0].Anchor != "s0" {
		t.Errorf("pages begin with %+v and %+v", first.Lives[0], second.Lives[0])
	}
	if len(first.Pages) != 2 || !first.Pages[0].Current || first.Pages[1].Address != "/legal/n/sections/2/" {
		t.Errorf("pages are %+v", first.Pages)
	}
	if len(first.Languages) != 2 || len(second.Languages) != 0 {
		t.Errorf("the second page has %d languages, though no other has as many sections", len(second.Languages))
	}
}

// Where a version does not say what it changes, feeds list the sections that it changed when it was sealed, whatever comes later.
func TestNewsListSections(t *testing.T) {
	const one, two = "## One {#one}\n\nWords in LOCALE.\n\n", "## Two & more {#two}\n\nMore words.\n\n"
	m := &memory{t: t, site: fstest.MapFS{}}
	m.offer("n", "2020-01-01", "2020-01-01", one, "en", "ms")
	m.offer("n", "2022-01-01", "2020-06-01", one+two, "en", "ms")
	entry := func(day string) string {
		for _, g := range m.planIn(threeLocales, day) {
			for _, f := range g.Files {
				if f.Address == "/n/feed.xml" {
					_, text, _ := strings.Cut(string(f.Data), "/n/2022-01-01/")
					text, _, _ = strings.Cut(text, "</entry>")
					return text
				}
			}
		}
		return ""
	}
	before := entry("2020-07-01")
	want := `&lt;li&gt;&lt;a href=&#34;https://example.com/n/2022-01-01/changes/#two&#34;&gt;2 Two &amp;amp; more&lt;/a&gt;&lt;/li&gt;`
	if !strings.Contains(before, want) {
		t.Errorf("the entry lists no sections:\n%s", before)
	}
	m.offer("n", "2021-01-01", "2020-08-01", strings.Replace(one, "Words", "Other words", 1), "en", "ms")
	if after := entry("2020-09-01"); after != before {
		t.Errorf("a later version changed the entry:\n%s\n%s", before, after)
	}
}
