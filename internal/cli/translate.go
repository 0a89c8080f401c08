package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

func (p *program) translateCommand() *cobra.Command {
	c := &cobra.Command{Use: "translate", Args: noVerb, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(p.statusCommand(), p.acceptCommand())
	return c
}

type statusOptions struct {
	locale, format string
	complete       bool
	behind         int
}

func (p *program) statusCommand() *cobra.Command {
	var o statusOptions
	c := &cobra.Command{
		Use:  "status [NOTICE]",
		Args: atMost(1),
	}
	c.Flags().StringVar(&o.locale, "locale", "", p.messages.get("flag.locale", nil))
	c.Flags().StringVar(&o.format, "format", "text", p.messages.get("flag.format", nil))
	c.Flags().BoolVar(&o.complete, "require-complete", false, p.messages.get("flag.require-complete", nil))
	c.Flags().IntVar(&o.behind, "max-behind", 0, p.messages.get("flag.max-behind", nil))
	c.RunE = func(c *cobra.Command, args []string) error {
		if !c.Flags().Changed("max-behind") {
			o.behind = -1
		} else if o.behind < 0 {
			return &usage{"max-behind", diag.Args{"Value": o.behind}}
		}
		if o.format != "text" && o.format != "json" {
			return &usage{"output-format", diag.Args{"Value": o.format, "Near": diag.Nearest(o.format, []string{"text", "json"})}}
		}
		return p.translateStatus(args, o)
	}
	return c
}

// The status as it is printed in JSON. docs/translation.md describes it; fields are added, and not removed.
type (
	statusReport struct {
		Notices []noticeReport `json:"notices"`
	}
	noticeReport struct {
		Notice       string         `json:"notice"`
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

func (p *program) translateStatus(args []string, o statusOptions) error {
	w, err := p.look()
	if err != nil {
		return err
	}
	slugs := w.slugs
	if len(args) == 1 {
		if _, ok := w.drafts[args[0]]; !ok {
			return noSuchNotice(args[0], w.slugs, w.loose)
		}
		slugs = args
	}
	report := statusReport{Notices: []noticeReport{}}
	var over diag.Findings
	for _, slug := range slugs {
		doc, sum, err := p.translated(slug)
		if err != nil {
			return err
		}
		locales, err := chosen(doc, o.locale, len(args) == 1)
		if err != nil {
			return err
		}
		past := w.past(slug)
		status := translation.StatusOf(doc, sum)
		r := noticeReport{Notice: slug, Source: doc.Facts.Source.Value, Translations: []localeReport{}}
		for _, locale := range locales {
			over = append(over, beyond(doc, locale, status[locale], past, o)...)
			r.Translations = append(r.Translations, reportOf(doc, locale, status[locale], past))
		}
		report.Notices = append(report.Notices, r)
	}
	if o.format == "json" {
		err = p.printJSON(report)
	} else {
		p.printStatus(report)
	}
	if err == nil && len(over) > 0 {
		err = &refused{over}
	}
	return err
}

// past is the source texts of the sealed versions of a notice.
func (w *world) past(slug string) translation.Past {
	var past translation.Past
	for _, v := range w.archive.Notices[slug] {
		past = append(past, translation.Edition{Version: v.Name(), Digests: translation.Digests(translation.Pieces(v.Document.Source()))})
		v.Document.Rest()
	}
	return past
}

// translated reads a draft of which the translations are asked for, with what translation.sum records of them. What is still
// to be written, or to be translated, is no error here.
func (p *program) translated(slug string) (*notice.Document, translation.Sum, error) {
	doc, findings := notice.Load(p.site(), inContent(slug), slug)
	findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Severity != diag.Error || f.ID == "placeholder" })
	sum, more := translation.ReadSum(doc)
	findings = append(findings, more...)
	if len(findings) > 0 {
		findings.Add(diag.Position{}, "translate-broken", diag.Args{"Notice": slug})
		return nil, nil, &refused{findings}
	}
	return doc, sum, nil
}

// chosen returns the locales of a notice that are translations, or the one that is asked for; where must is false that need not
// be one of them.
func chosen(doc *notice.Document, locale string, must bool) ([]string, error) {
	var all []string
	for _, l := range slices.Sorted(maps.Keys(doc.Texts)) {
		if l != doc.Facts.Source.Value {
			all = append(all, l)
		}
	}
	switch {
	case locale == "":
		return all, nil
	case slices.Contains(all, locale):
		return []string{locale}, nil
	case !must:
		return nil, nil
	}
	return nil, refuse(diag.Position{File: doc.Facts.File}, "translate-locale", diag.Args{
		"Locale": locale, "Source": locale == doc.Facts.Source.Value, "Near": diag.Nearest(locale, all), "Known": strings.Join(all, ", "), "Notice": doc.Slug,
	})
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
func beyond(doc *notice.Document, locale string, all []translation.Standing, past translation.Past, o statusOptions) diag.Findings {
	var findings diag.Findings
	late := func(s translation.Standing) bool {
		if s.State == translation.Complete {
			return false
		}
		_, behind, known := past.Behind(s)
		return o.complete || o.behind >= 0 && (s.State == translation.Missing || !known || behind > o.behind)
	}
	var over []string
	for _, s := range all {
		if late(s) {
			over = append(over, translation.Name(s.Piece.Anchor))
		}
	}
	if len(over) > 0 {
		findings.Add(diag.Position{File: doc.Texts[locale].File}, "translate-over", diag.Args{
			"Count": len(over), "Sections": strings.Join(over, ", "), "Locale": locale, "Complete": o.complete, "Behind": o.behind,
		})
	}
	return findings
}

func (p *program) printJSON(report any) error {
	e := json.NewEncoder(p.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(report); err != nil {
		return broken(err)
	}
	return nil
}

func (p *program) printStatus(report statusReport) {
	for _, n := range report.Notices {
		if len(n.Translations) == 0 {
			p.say("translate.none", diag.Args{"Notice": n.Notice})
		}
		for _, l := range n.Translations {
			id := "translate.open"
			if l.Stale+l.Missing == 0 {
				id = "translate.complete"
			}
			p.say(id, diag.Args{
				"Notice": n.Notice, "Locale": l.Locale, "Complete": l.Complete, "All": len(l.Sections), "Stale": l.Stale, "Missing": l.Missing,
			})
			if !l.recorded {
				p.say("translate.unrecorded", diag.Args{"Notice": n.Notice, "Locale": l.Locale})
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
	state := p.messages.get(map[translation.State]string{translation.Stale: "translate.stale", translation.Missing: "translate.missing"}[s.State], nil)
	what := p.messages.get("translate.section", diag.Args{"Title": s.Title, "Anchor": translation.Name(s.Anchor)})
	from := ""
	switch {
	case s.State == translation.Missing:
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
	fmt.Fprintf(p.out, "  %-8s %s\n", state, what)
}

type acceptOptions struct {
	locale  string
	all     bool
	anchors []string
}

func (p *program) acceptCommand() *cobra.Command {
	var o acceptOptions
	c := &cobra.Command{
		Use:  "accept NOTICE",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.translateAccept(args[0], o) },
	}
	c.Flags().StringVar(&o.locale, "locale", "", p.messages.get("flag.locale", nil))
	c.Flags().BoolVar(&o.all, "all-locales", false, p.messages.get("flag.all-locales", nil))
	c.Flags().StringSliceVar(&o.anchors, "anchor", nil, p.messages.get("flag.anchor", nil))
	return c
}

func (p *program) translateAccept(slug string, o acceptOptions) error {
	if (o.locale == "") == !o.all {
		return &usage{"accept-which", diag.Args{"Notice": slug}}
	}
	slugs, loose, err := p.contents()
	if err != nil {
		return err
	}
	if !slices.Contains(slugs, slug) {
		return noSuchNotice(slug, slugs, loose)
	}
	doc, sum, err := p.translated(slug)
	if err != nil {
		return err
	}
	locales, err := chosen(doc, o.locale, true)
	if err != nil {
		return err
	}
	anchors, err := acceptable(doc, o.anchors)
	if err != nil {
		return err
	}
	before := string(sum.Bytes())
	accepted := map[string][]translation.Standing{}
	var findings diag.Findings
	for locale, all := range translation.StatusOf(doc, sum) {
		if !slices.Contains(locales, locale) {
			continue
		}
		var missing []translation.Standing
		accepted[locale], missing = sum.Accept(locale, all, anchors...)
		for _, s := range missing {
			if o.locale != "" && len(anchors) > 0 {
				findings.Add(s.At, "accept-missing", diag.Args{"Anchor": translation.Name(s.Piece.Anchor), "Locale": locale})
			}
		}
	}
	if len(findings) > 0 {
		return &refused{findings}
	}
	if after := sum.Bytes(); string(after) != before {
		if err := p.put("placard translate accept", edits{doc.SumFile(): after}); err != nil {
			return err
		}
	}
	for _, locale := range locales {
		p.say("translate.accepted", diag.Args{"Count": len(accepted[locale]), "Locale": locale, "File": doc.SumFile()})
		for _, s := range accepted[locale] {
			fmt.Fprintf(p.out, "  %s\n", p.messages.get("translate.section", diag.Args{"Title": s.Piece.Title, "Anchor": translation.Name(s.Piece.Anchor)}))
		}
	}
	return nil
}

// acceptable returns the anchors that are asked for, as translation.sum has them.
func acceptable(doc *notice.Document, asked []string) ([]string, error) {
	known := map[string]string{}
	for _, p := range translation.Pieces(doc.Source()) {
		known[translation.Name(p.Anchor)] = p.Anchor
	}
	var anchors []string
	for _, a := range asked {
		switch {
		case known[a] != "":
			anchors = append(anchors, known[a])
		case known["#"+a] != "":
			anchors = append(anchors, a)
		default:
			var names []string
			for name := range known {
				names = append(names, strings.TrimPrefix(name, "#"))
			}
			slices.Sort(names)
			return nil, refuse(diag.Position{File: doc.Source().File}, "accept-anchor", diag.Args{"Anchor": a, "Near": diag.Nearest(strings.TrimPrefix(a, "#"), names)})
		}
	}
	return anchors, nil
}
