package cli

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A life is a notice that is changed and released again and again.
type life struct {
	*testSite
	*rand.Rand
	now       time.Time
	sections  []*clause
	appended  []*clause         // appendices
	under     map[string]string // the section of an appendix, by anchor
	gone      map[string]string // anchors of sealed versions that the draft has not: the one that took its place, or nothing
	last      map[string]string // the last sealed version with an anchor
	sealed    []sealedNotice
	made      int
	errata    int
	announced map[string]int             // what became of versions that were announced, how often
	malay     bool                       // whether the draft is offered in Malay
	ever      map[string]map[string]bool // the ids of every page that was ever built, by address
}

// A sealedNotice is a sealed version.
type sealedNotice struct {
	name      string
	day       time.Time // from which it applies
	cancelled bool
	anchors   []string
}

// A clause is a section, a subsection or an appendix.
type clause struct {
	anchor, title string
	below         []*clause
}

func newLife(t *testing.T, seed uint64) *life {
	h := &life{
		testSite: newSite(t), Rand: rand.New(rand.NewPCG(seed, 1)), now: time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC),
		announced: map[string]int{}, under: map[string]string{}, gone: map[string]string{}, last: map[string]string{}, malay: true, ever: map[string]map[string]bool{},
	}
	if err := os.RemoveAll(filepath.Join(h.dir, "content", "terms")); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		h.sections = append(h.sections, h.fresh())
	}
	return h
}

// fresh is a new clause, sometimes with the anchor of one that is gone.
func (h *life) fresh() *clause {
	h.made++
	c := &clause{anchor: fmt.Sprintf("c%d", h.made), title: fmt.Sprintf("Clause %d", h.made)}
	if back := slices.Sorted(maps.Keys(h.gone)); len(back) > 0 && h.IntN(3) == 0 {
		c.anchor = back[h.IntN(len(back))]
		delete(h.gone, c.anchor)
	}
	for range h.IntN(3) {
		h.made++
		c.below = append(c.below, &clause{anchor: fmt.Sprintf("c%d", h.made), title: fmt.Sprintf("Part %d", h.made)})
	}
	return c
}

// lose takes the anchors of a clause out of the draft; to is what takes their place, or nothing.
func (h *life) lose(c *clause, to string) {
	for _, anchor := range anchorsOf(c) {
		h.gone[anchor] = to
		for from, old := range h.gone {
			if old == anchor {
				h.gone[from] = to
			}
		}
		for appendix, section := range h.under {
			if section == anchor {
				h.under[appendix] = h.sections[0].anchor
			}
		}
	}
}

func anchorsOf(cs ...*clause) []string {
	var all []string
	for _, c := range cs {
		all = append(append(all, c.anchor), anchorsOf(c.below...)...)
	}
	return all
}

// change does to the draft what editors do.
func (h *life) change() {
	for range 1 + h.IntN(4) {
		i := h.IntN(len(h.sections))
		c := h.sections[i]
		switch h.IntN(10) {
		case 0: // rename
			h.made++
			c.title = fmt.Sprintf("Clause %d, renamed", h.made)
		case 1: // another anchor
			old := &clause{anchor: c.anchor}
			h.made++
			c.anchor = fmt.Sprintf("c%d", h.made)
			h.lose(old, c.anchor)
			for appendix, section := range h.under {
				if section == old.anchor {
					h.under[appendix] = c.anchor
				}
			}
		case 2: // split, with what is below it in the new one
			split := h.fresh()
			split.below, c.below = append(split.below, c.below...), nil
			h.sections = slices.Insert(h.sections, i+1, split)
		case 3, 4: // merged into another one, or removed
			if len(h.sections) < 3 {
				continue
			}
			h.sections = slices.Delete(h.sections, i, i+1)
			to := ""
			if h.IntN(2) == 0 {
				to = h.sections[0].anchor
			}
			h.lose(c, to)
		case 5: // moved below another one, or out from below
			if len(c.below) > 0 {
				out := c.below[0]
				c.below = c.below[1:]
				h.sections = append(h.sections, out)
			} else if i > 0 {
				h.sections = slices.Delete(h.sections, i, i+1)
				h.sections[0].below = append(h.sections[0].below, c)
				for appendix, section := range h.under {
					if section == c.anchor {
						h.under[appendix] = h.sections[0].anchor
					}
				}
			}
		case 6:
			h.Shuffle(len(h.sections), func(i, j int) { h.sections[i], h.sections[j] = h.sections[j], h.sections[i] })
		case 7:
			h.sections = append(h.sections, h.fresh())
		case 8: // an appendix more, or less
			if len(h.appended) > 0 && h.IntN(2) == 0 {
				out := h.appended[0]
				h.appended = h.appended[1:]
				delete(h.under, out.anchor)
				h.lose(out, "")
			} else {
				a := h.fresh()
				h.appended = append(h.appended, a)
				h.under[a.anchor] = c.anchor
			}
		case 9:
			h.malay = !h.malay
		}
	}
	h.draft()
}

// draft writes the files of the draft.
func (h *life) draft() {
	const dir = "content/terms"
	if err := os.RemoveAll(filepath.Join(h.dir, filepath.FromSlash(dir))); err != nil {
		h.t.Fatal(err)
	}
	var facts strings.Builder
	facts.WriteString("publisher = \"Example Cloud, Inc.\"\ntime-zone = \"UTC\"\nsource-locale = \"en\"\nauthoritative-locales = [\"en\"]\ntranslation-policy = \"allow-missing\"\n")
	locales := []string{"en"}
	if h.malay {
		locales = append(locales, "ms")
	}
	fmt.Fprintf(&facts, "locales = [\"%s\"]\n", strings.Join(locales, `", "`))
	for _, a := range h.appended {
		fmt.Fprintf(&facts, "\n[[appendix]]\nanchor = %q\nsection = %q\njurisdictions = [\"BR\"]\n", a.anchor, h.under[a.anchor])
	}
	for _, anchor := range slices.Sorted(maps.Keys(h.gone)) {
		switch to := h.gone[anchor]; {
		case h.last[anchor] == "": // never sealed
		case to != "":
			fmt.Fprintf(&facts, "\n[[moved]]\nfrom = %q\nto = %q\n", anchor, to)
		default:
			fmt.Fprintf(&facts, "\n[[retired]]\nanchor = %q\nlast-version = %q\n", anchor, h.last[anchor])
		}
	}
	h.write(dir+"/notice.toml", facts.String())
	for _, locale := range locales {
		h.write(dir+"/index."+locale+".md", h.text("Terms", locale, 2, h.sections...))
		for _, a := range h.appended {
			if locale == "en" || h.IntN(3) > 0 {
				h.write(dir+"/appendices/"+a.anchor+"."+locale+".md", h.text(a.title, locale, 2, a.below...))
			}
		}
	}
}

// text is a file: some sections of a translation are missing.
func (h *life) text(title, locale string, level int, cs ...*clause) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s %s\n", title, locale)
	if title == "Terms" {
		b.WriteString("description: What you may expect.\n")
	}
	b.WriteString("---\n\nWords before.\n")
	var add func(level int, cs []*clause)
	add = func(level int, cs []*clause) {
		for _, c := range cs {
			missing, words := "", fmt.Sprintf("\nWords of %s.\n", c.title)
			if locale != "en" && h.IntN(4) == 0 {
				missing, words = " .missing", ""
			}
			fmt.Fprintf(&b, "\n%s %s %s {#%s%s}\n%s", strings.Repeat("#", level), c.title, locale, c.anchor, missing, words)
			add(level+1, c.below)
		}
	}
	add(level, cs)
	return b.String()
}

func (h *life) days(n int)    { h.now = h.now.AddDate(0, 0, n) }
func (h *life) epoch() string { return strconv.FormatInt(h.now.Unix(), 10) }

// today is midnight of the day on which the clock stands.
func (h *life) today() time.Time { return h.now.Truncate(24 * time.Hour) }

// latest is the day of the last version that was not cancelled.
func (h *life) latest() time.Time {
	var day time.Time
	for _, v := range h.sealed {
		if !v.cancelled && v.day.After(day) {
			day = v.day
		}
	}
	return day
}

// applies reports whether a version that was not cancelled applies from a day.
func (h *life) applies(day time.Time) bool {
	return slices.ContainsFunc(h.sealed, func(v sealedNotice) bool { return !v.cancelled && v.day.Equal(day) })
}

// add notes what was sealed for a day: the first name of that day that is free.
func (h *life) add(day time.Time, anchors []string) {
	name := day.Format(time.DateOnly)
	for n := 2; slices.ContainsFunc(h.sealed, func(v sealedNotice) bool { return v.name == name }); n++ {
		name = fmt.Sprintf("%s.%d", day.Format(time.DateOnly), n)
	}
	h.sealed = append(h.sealed, sealedNotice{name: name, day: day, anchors: anchors})
	for _, anchor := range anchors {
		h.last[anchor] = name
	}
}

// release seals the draft: some versions apply at once, some are announced, and some apply before one that is announced.
func (h *life) release() {
	day, last := h.today().AddDate(0, 0, h.IntN(60)), h.latest()
	args := []string{"release", "terms", "--yes"}
	if sooner := h.today().AddDate(0, 0, h.IntN(20)); sooner.Before(last) && !h.applies(sooner) && h.IntN(2) == 0 {
		day = sooner
		fate := fates[h.IntN(len(fates))]
		if args = append(args, "--scheduled", fate); fate != keepThem {
			args = append(args, "--reason", "It came sooner.")
			for i, v := range h.sealed {
				h.sealed[i].cancelled = v.cancelled || v.day.After(day)
			}
		}
		h.announced[fate]++
	} else if !day.After(last) {
		day = last.AddDate(0, 0, 1+h.IntN(20))
	}
	h.write("content/terms/index.en.md", h.read("content/terms/index.en.md")+fmt.Sprintf("\nWords for %s, %d.\n", day.Format(time.DateOnly), len(h.sealed))) // something changed
	if h.malay && h.IntN(4) == 0 {
		args = append(args, "--without", "ms")
	}
	h.run(h.epoch(), append(args, "--effective", day.Format(time.DateOnly))...)
	h.add(day, append(anchorsOf(h.sections...), anchorsOf(h.appended...)...))
}

// recall cancels or postpones an announced version now and then.
func (h *life) recall() {
	i := len(h.sealed) - 1 - h.IntN(min(3, len(h.sealed)))
	v := &h.sealed[i]
	if v.cancelled || !v.day.After(h.today()) || h.IntN(2) == 0 {
		return
	}
	v.cancelled = true
	if h.latest().After(v.day) || h.IntN(2) == 0 { // what comes later would be in the way of postponing it
		h.run(h.epoch(), "cancel", "terms", v.name, "--reason", "It is not needed.", "--yes")
		h.announced["cancelled"]++
		return
	}
	to := v.day.AddDate(0, 0, 1+h.IntN(20))
	h.run(h.epoch(), "postpone", "terms", v.name, "--to", to.Format(time.DateOnly), "--reason", "It takes longer.", "--yes")
	h.add(to, v.anchors)
	h.announced["postponed"]++
}

// end ends the notice, if any version of it ever applies.
func (h *life) end() {
	if h.latest().IsZero() {
		return
	}
	from := h.today().AddDate(0, 0, 30)
	if last := h.latest(); !from.After(last) {
		from = last.AddDate(0, 0, 1)
	}
	h.run(h.epoch(), "withdraw", "terms", "--from", from.Format(time.DateOnly), "--reason", "It has served.", "--yes")
}

// supplement adds a translation to a version, or mends one, now and then.
func (h *life) supplement() {
	if h.IntN(2) == 0 {
		return
	}
	version := h.sealed[h.IntN(len(h.sealed))].name
	h.days(h.IntN(10))
	h.run(h.epoch(), "reopen", "terms", version, "--locale", "ms")
	h.rewrite(version, "Words ", "Kata ")
	h.run(h.epoch(), "translate", "accept", "terms", "--locale", "ms", "--supplement", version)
	h.run(h.epoch(), "release", "terms", "--supplement", version, "--yes")
}

// erratum corrects a version now and then: words and headings of its source text, and sometimes of its translation with it.
func (h *life) erratum() {
	if h.IntN(2) == 0 {
		return
	}
	version := h.sealed[h.IntN(len(h.sealed))].name
	h.days(h.IntN(10))
	h.run(h.epoch(), "reopen", "terms", version, "--erratum")
	if h.IntN(3) == 0 {
		h.run(h.epoch(), "reopen", "terms", version, "--locale", "ms")
	}
	h.rewrite(version, "Words ", "Letters ", "# Clause", "# Rule", "# Part", "# Piece")
	h.run(h.epoch(), "translate", "accept", "terms", "--all-locales", "--supplement", version)
	h.run(h.epoch(), "release", "terms", "--supplement", version, "--reason", "It was misspelt.", "--yes")
	h.errata++
}

// rewrite changes words in all texts of the draft of a supplement, and their titles.
func (h *life) rewrite(version string, oldnew ...string) {
	drafts := filepath.Join(h.dir, "content", "terms", "supplements", version)
	words := strings.NewReplacer(append([]string{"[[", "", "]]", ""}, oldnew...)...)
	err := filepath.WalkDir(drafts, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text := words.Replace(string(data)) + "\n"
		h.made++
		return os.WriteFile(name, []byte(strings.Replace(text, "title: ", fmt.Sprintf("title: %d ", h.made), 1)), 0o644)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.run(h.epoch(), "fmt", "terms")
}
