package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

type translateStatusOptions struct {
	locale, supplement, format string
	complete                   bool
	behind                     int
}

func (p *program) translateStatusCommand() *cobra.Command {
	var o translateStatusOptions
	c := &cobra.Command{
		Use:  "status [NOTICE]",
		Args: atMost(1),
	}
	c.Flags().StringVar(&o.locale, "locale", "", p.messages.get("flag.locale", nil))
	c.Flags().StringVar(&o.supplement, "supplement", "", p.messages.get("flag.accept-supplement", nil))
	c.Flags().StringVar(&o.format, "format", "text", p.messages.get("flag.format", nil))
	c.Flags().BoolVar(&o.complete, "require-complete", false, p.messages.get("flag.require-complete", nil))
	c.Flags().IntVar(&o.behind, "max-behind", 0, p.messages.get("flag.max-behind", nil))
	c.RunE = func(c *cobra.Command, args []string) error {
		if !c.Flags().Changed("max-behind") {
			o.behind = -1
		} else if o.behind < 0 {
			return &usage{"max-behind", diag.Args{"Value": o.behind}}
		}
		if err := textOrJSON(o.format); err != nil {
			return err
		}
		if o.supplement != "" && len(args) == 0 {
			return &usage{"status-which", diag.Args{"Version": o.supplement}}
		}
		return p.translateStatus(args, o)
	}
	return c
}

// The status as it is printed in JSON. docs/notice-format.md describes it; fields are added, and not removed.
type (
	translationsReport struct {
		Notices []noticeReport `json:"notices"`
	}
	noticeReport struct {
		Notice string `json:"notice"`
		// Supplement is the version to which the draft is a supplement; empty for the draft of the next version.
		Supplement   string         `json:"supplement,omitempty"`
		Source       string         `json:"source"`
		Translations []localeReport `json:"translations"`
	}
	localeReport struct {
		Locale        string          `json:"locale"`
		Policy        string          `json:"policy"`
		Authoritative bool            `json:"authoritative"`
		Complete      int             `json:"complete"`
		Stale         int             `json:"stale"`
		Missing       int             `json:"missing"`
		Sections      []sectionReport `json:"sections"`
		recorded      bool            // whether anything of it is in translation.sum
	}
	sectionReport struct {
		Anchor string            `json:"anchor"`
		Title  string            `json:"title"`
		State  translation.State `json:"state"`
		File   string            `json:"file"`
		Line   int               `json:"line,omitempty"`
		// From is the last version whose source text was translated; Behind how many were sealed since. Of a stale section only.
		From   string `json:"translatedFrom,omitempty"`
		Behind *int   `json:"behind,omitempty"`
	}
)

func (p *program) translateStatus(args []string, o translateStatusOptions) error {
	w, err := p.look()
	if err != nil {
		return err
	}
	slugs, err := w.named(args)
	if err != nil {
		return err
	}
	report := translationsReport{Notices: []noticeReport{}}
	var over diag.Findings
	for _, slug := range slugs {
		drafts, err := w.translatedDrafts(slug, o.supplement)
		if err != nil {
			return err
		}
		past := w.past(slug)
		// Of a notice that is named, one of the drafts has to be in the language that is asked for.
		must := len(args) == 1 && !slices.ContainsFunc(drafts, func(d translatedDraft) bool { return slices.Contains(translations(d.doc), o.locale) })
		for _, d := range drafts {
			sum, err := recorded(d.doc, d.wrong)
			if err != nil {
				return err
			}
			locales, err := chosen(d.doc, o.locale, must)
			if err != nil {
				return err
			}
			status := translation.StatusOf(d.doc, sum)
			r := noticeReport{Notice: slug, Supplement: d.version, Source: d.doc.Facts.Source.Value, Translations: []localeReport{}}
			for _, locale := range locales {
				over = append(over, beyond(d.doc, locale, status[locale], past, o)...)
				r.Translations = append(r.Translations, reportOf(d.doc, locale, status[locale], past))
			}
			report.Notices = append(report.Notices, r)
		}
	}
	if o.format == "json" {
		err = p.printJSON(report)
	} else {
		p.printStatus(report, o.locale)
	}
	if err == nil && len(over) > 0 {
		err = &refused{over}
	}
	return err
}

// A translatedDraft is the draft of a notice or of a supplement, with what is wrong in its own folder.
type translatedDraft struct {
	version string // that is supplemented; empty for the draft of the next one
	doc     *notice.Document
	wrong   diag.Findings
}

// translatedDrafts returns the draft of a notice and those of its supplements; or the one of the supplement to a version, if it is named.
func (w *world) translatedDrafts(slug, version string) ([]translatedDraft, error) {
	if version != "" {
		s, err := w.supplement(slug, version)
		if err != nil {
			return nil, err
		}
		return []translatedDraft{{version, s.doc, s.read}}, nil
	}
	d := w.drafts[slug]
	all := []translatedDraft{{"", d.doc, d.read}}
	for _, s := range d.supplements {
		all = append(all, translatedDraft{s.version.Name(), s.doc, s.read})
	}
	return all, nil
}

// past is the source texts of the sealed versions of a notice.
func (w *world) past(slug string) translation.Past {
	var past translation.Past
	for _, v := range w.archive.Notices[slug] {
		e := translation.Edition{Version: v.Name()}
		for _, r := range v.Readings(v.Document.Facts.Source.Value) {
			if e.Digests != nil {
				e.Earlier = append(e.Earlier, e.Digests)
			}
			e.Digests = translation.Digests(translation.Pieces(r.Version.Document.Source()))
			r.Version.Document.Rest()
		}
		past = append(past, e)
	}
	return past
}

func reportOf(doc *notice.Document, locale string, all []translation.Standing, past translation.Past) localeReport {
	r := localeReport{
		Locale: locale, Policy: string(doc.Facts.PolicyFor(locale)), Authoritative: doc.Facts.IsAuthoritative(locale),
		Complete: len(translation.In(all, translation.Complete)), Stale: len(translation.In(all, translation.Stale)),
		Missing: len(translation.In(all, translation.Missing)), Sections: []sectionReport{},
	}
	for _, s := range all {
		r.recorded = r.recorded || s.From != ""
		section := sectionReport{Anchor: s.Piece.Anchor, Title: s.Piece.Title, State: s.State, File: s.At.File, Line: s.At.Line}
		if from, behind, known := past.Behind(s); s.State == translation.Stale && known {
			section.From, section.Behind = from, &behind
		}
		r.Sections = append(r.Sections, section)
	}
	return r
}

// beyond finds the translations that are not what the caller asks for.
func beyond(doc *notice.Document, locale string, all []translation.Standing, past translation.Past, o translateStatusOptions) diag.Findings {
	var findings diag.Findings
	late := func(s translation.Standing) bool {
		if s.State == translation.Complete {
			return false
		}
		_, behind, known := past.Behind(s)
		return o.complete || o.behind >= 0 && (s.State == translation.Missing || !known || behind > o.behind)
	}
	if over := slices.DeleteFunc(slices.Clone(all), func(s translation.Standing) bool { return !late(s) }); len(over) > 0 {
		findings.Add(diag.Position{File: doc.Texts[locale].File}, "translate-over", diag.Args{
			"Count": len(over), "Sections": translation.Names(over), "Locale": locale, "Complete": o.complete, "Behind": o.behind,
		})
	}
	return findings
}

// printStatus prints the report about the locale, or about all where it is empty.
func (p *program) printStatus(report translationsReport, locale string) {
	for _, n := range report.Notices {
		if len(n.Translations) == 0 && n.Supplement == "" {
			id := "translate.none"
			if locale != "" {
				id = "translate.not-in"
			}
			p.say(id, diag.Args{"Notice": n.Notice, "Locale": locale})
		}
		for _, l := range n.Translations {
			id := "translate.open"
			if l.Stale+l.Missing == 0 {
				id = "translate.complete"
			}
			p.say(id, diag.Args{
				"Notice": n.Notice, "Supplement": n.Supplement, "Locale": l.Locale, "Complete": l.Complete, "All": len(l.Sections), "Stale": l.Stale, "Missing": l.Missing,
			})
			if !l.recorded {
				p.say("translate.unrecorded", diag.Args{"Notice": n.Notice, "Supplement": n.Supplement, "Locale": l.Locale})
			}
			for _, s := range l.Sections {
				if s.State == translation.Missing || s.State == translation.Stale && l.recorded {
					p.printSection(s)
				}
			}
		}
	}
}

func (p *program) printSection(s sectionReport) {
	what := p.messages.get("translate.section", diag.Args{"Title": s.Title, "Anchor": translation.Name(s.Anchor)})
	state, from := "translate.stale", ""
	switch {
	case s.State == translation.Missing:
		state = "translate.missing"
	case s.Behind == nil:
		from = p.messages.get("translate.from-unknown", nil)
	case *s.Behind == 0:
		from = p.messages.get("translate.from-newest", diag.Args{"Version": s.From})
	default:
		from = p.messages.get("translate.from", diag.Args{"Version": s.From, "Count": *s.Behind})
	}
	if from != "" {
		what += ": " + from
	}
	fmt.Fprintf(p.out, "  %-8s %s\n", p.messages.get(state, nil), what)
}
