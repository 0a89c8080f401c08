package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

type acceptOptions struct {
	locale     string
	all        bool
	anchors    []string
	supplement string
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
	c.Flags().StringVar(&o.supplement, "supplement", "", p.messages.get("flag.accept-supplement", nil))
	c.Flags().StringSliceVar(&o.anchors, "anchor", nil, p.messages.get("flag.anchor", nil))
	return c
}

func (p *program) translateAccept(slug string, o acceptOptions) error {
	if (o.locale == "") == !o.all {
		return &usage{"accept-which", diag.Args{"Notice": slug}}
	}
	doc, sealed, wrong, err := p.translated(slug, o.supplement)
	if err != nil {
		return err
	}
	sum, err := recorded(doc, wrong)
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
	before := string(own(doc, sum).Bytes())
	accepted := map[string][]translation.Standing{}
	var findings diag.Findings
	for locale, all := range translation.StatusOf(doc, sum) {
		if !slices.Contains(locales, locale) {
			continue
		}
		asked := anchors
		if len(asked) == 0 && sealed != nil && !slices.Contains(doc.Added, locale) {
			if asked = toAccept(sealed, locale, all); len(asked) == 0 {
				continue
			}
		}
		var missing []translation.Standing
		accepted[locale], missing = sum.Accept(locale, all, asked...)
		for _, s := range missing {
			if o.locale != "" && len(anchors) > 0 {
				findings.Add(s.At, "accept-missing", diag.Args{"Anchor": translation.Name(s.Piece.Anchor), "Locale": locale})
			}
		}
	}
	if len(findings) > 0 {
		return &refused{findings}
	}
	if after := own(doc, sum).Bytes(); string(after) != before {
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

// translated returns the draft of a notice, or that of the supplement to a version with the version as it reads without it, and what is
// wrong in its own folder.
func (p *program) translated(slug, version string) (doc, sealed *notice.Document, wrong diag.Findings, err error) {
	if version != "" {
		w, err := p.look()
		if err != nil {
			return nil, nil, nil, err
		}
		s, err := w.supplement(slug, version)
		if err != nil {
			return nil, nil, nil, err
		}
		return s.doc, s.version.Document, s.read, nil
	}
	slugs, loose, err := p.contents()
	if err != nil {
		return nil, nil, nil, err
	}
	if !slices.Contains(slugs, slug) {
		return nil, nil, nil, noSuchNotice(slug, slugs, loose)
	}
	doc, wrong = notice.Load(p.site(), inContent(slug), slug)
	return doc, nil, wrong, nil
}

// toAccept are the parts of a translation that are recorded where none is named. A translation that an erratum leaves as it is has no new
// words: what was stale in it before the correction stays so, until somebody names it. sealed is the version without the erratum.
func toAccept(sealed *notice.Document, locale string, all []translation.Standing) []string {
	stale := map[string]bool{}
	sum, _ := translation.ReadSum(sealed) // it could be read when it was verified
	for _, s := range translation.In(translation.StatusOf(sealed, sum)[locale], translation.Stale) {
		stale[s.Piece.Anchor+" "+s.From] = true
	}
	var anchors []string
	for _, s := range all {
		if s.State != translation.Stale || !stale[s.Piece.Anchor+" "+s.From] {
			anchors = append(anchors, s.Piece.Anchor)
		}
	}
	return anchors
}

// own is what of translation.sum a draft records itself: that of a supplement with translations nothing of what was sealed before.
func own(doc *notice.Document, sum translation.Sum) translation.Sum {
	if len(doc.Added) == 0 {
		return sum
	}
	left := translation.Sum{}
	for _, locale := range doc.Recorded() {
		left[locale] = sum[locale]
	}
	return left
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
