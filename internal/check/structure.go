package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// structure finds where a translation has other sections than its source, has them in another order, or has other
// links inside the site.
func structure(_ *Input, draft *notice.Document, findings *diag.Findings) {
	source := draft.Source()
	if source == nil {
		return
	}
	source.Each(func(s *notice.Section) {
		if s.Missing() {
			findings.Add(s.Part.At, "missing-in-source", diag.Args{"Anchor": s.Anchor})
		}
	})
	for _, locale := range slices.Sorted(maps.Keys(draft.Texts)) {
		if locale != source.Locale {
			compareShape(draft, source, draft.Texts[locale], findings)
		}
	}
}

func flatten(t *notice.Text) []*notice.Section {
	var all []*notice.Section
	t.Each(func(s *notice.Section) { all = append(all, s) })
	return all
}

func compareShape(draft *notice.Document, source, target *notice.Text, findings *diag.Findings) {
	args := func(s *notice.Section) diag.Args {
		return diag.Args{"Anchor": s.Anchor, "Title": s.Title, "Locale": target.Locale, "Source": source.Locale}
	}
	inSource := map[string]*notice.Section{}
	for _, s := range flatten(source) {
		inSource[s.Anchor] = s
	}
	inTarget := map[string]bool{}
	for _, s := range flatten(target) {
		inTarget[s.Anchor] = true
		if inSource[s.Anchor] == nil {
			findings.Add(s.Part.At, "section-extra", args(s))
		}
	}
	var want []*notice.Section
	for _, s := range flatten(source) {
		switch {
		case inTarget[s.Anchor]:
			want = append(want, s)
		case draft.Facts.PolicyFor(target.Locale) != notice.AllowMissing || !absentAppendix(target, s):
			findings.Add(diag.Position{File: fileOf(target, s)}, "section-absent", args(s),
				diag.Related{ID: "related.source", At: s.Part.At})
		}
	}
	i := 0
	for _, s := range flatten(target) {
		source := inSource[s.Anchor]
		if source == nil {
			continue
		}
		if i < len(want) && (want[i].Anchor != s.Anchor || want[i].Level != s.Level) {
			findings.Add(s.Part.At, "section-order", args(s), diag.Related{ID: "related.source", At: source.Part.At})
			return // the rest is out of step because of this one
		}
		i++
		if s.Missing() && draft.Facts.PolicyFor(target.Locale) != notice.AllowMissing {
			more := args(s)
			more["Authoritative"], more["Sealed"] = draft.Facts.IsAuthoritative(target.Locale), len(draft.Added) > 0
			findings.Add(s.Part.At, "missing-not-allowed", more)
		}
		if !s.Missing() {
			compareLinks(source, s, draft.Facts.Source.Value, target, findings)
			if compareShapes(source, s, target, findings) {
				compareFigures(source, s, target, findings)
			}
		}
	}
}

// absentAppendix reports whether s belongs to an appendix that the translation lacks as a whole.
func absentAppendix(target *notice.Text, s *notice.Section) bool {
	return s.Document != "" && target.Find(s.Document) == nil
}

// fileOf is the file of the translation in which the section should stand.
func fileOf(target *notice.Text, s *notice.Section) string {
	if a := target.Find(s.Document); s.Document != "" && a != nil {
		return a.Part.At.File
	}
	return target.File
}

// compareLinks compares the links that stay in the site, of a source text in locale and of a translation. Their order may differ,
// as that of words does, and a file may be that in the language of the text. Links that leave the site may differ too, as where
// an authority has a page in each language, so of these it only tells.
func compareLinks(source, target *notice.Section, locale string, text *notice.Text, findings *diag.Findings) {
	if hasBadLink(source) || hasBadLink(target) { // that is to be mended first
		return
	}
	a, b := linksOf(source, false), linksOf(target, false)
	want, got := inAnyLanguage(a, locale), inAnyLanguage(b, text.Locale)
	if !slices.Equal(want, got) {
		isFile := func(l string) bool { return notice.ParseLink(l).Kind == notice.FileLink }
		findings.Add(target.Part.At, "links-differ",
			diag.Args{"Anchor": target.Anchor, "Locale": text.Locale, "Source": strings.Join(a, ", "), "Target": strings.Join(b, ", "),
				"Files": slices.ContainsFunc(slices.Concat(without(want, got), without(got, want)), isFile)},
			diag.Related{ID: "related.source", At: source.Part.At})
	}
	a, b = linksOf(source, true), linksOf(target, true)
	only, lacks := without(b, a), without(a, b)
	if len(only)+len(lacks) > 0 {
		findings.Warn(target.Part.At, "links-outside-differ",
			diag.Args{"Anchor": target.Anchor, "Locale": text.Locale, "Only": strings.Join(only, ", "), "Lacks": strings.Join(lacks, ", ")},
			diag.Related{ID: "related.source", At: source.Part.At})
	}
}

func hasBadLink(s *notice.Section) bool {
	return slices.ContainsFunc(s.Part.Links(), func(l markdown.Link) bool { return notice.ParseLink(l.Destination).Kind == notice.BadLink })
}

// linksOf returns the links that leave the site, or those that do not, sorted.
func linksOf(s *notice.Section, outside bool) []string {
	var out []string
	for _, l := range s.Part.Links() {
		if (notice.ParseLink(l.Destination).Kind == notice.ExternalLink) == outside {
			out = append(out, l.Destination)
		}
	}
	slices.Sort(out)
	return out
}

// inAnyLanguage returns the links of a text, those to a file in its language as to the file in no language: "files/form.ms.pdf" as
// "files/form.pdf". They are sorted.
func inAnyLanguage(links []string, locale string) []string {
	var out []string
	for _, l := range links {
		if extension := path.Ext(l); notice.ParseLink(l).Kind == notice.FileLink {
			l = strings.TrimSuffix(strings.TrimSuffix(l, extension), "."+locale) + extension
		}
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}

// without returns the links, each once, that are not among others.
func without(links, others []string) []string {
	links = slices.Compact(slices.Clone(links))
	return slices.DeleteFunc(links, func(l string) bool { return slices.Contains(others, l) })
}
