package cli

import (
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

func (p *program) translateCommand() *cobra.Command {
	c := &cobra.Command{Use: "translate", Args: noVerb, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(p.translateStatusCommand(), p.acceptCommand())
	return c
}

// recorded returns what translation.sum records of a draft, of which wrong is what is wrong in its own folder. What is still to
// be written is no error here.
func recorded(doc *notice.Document, wrong diag.Findings) (translation.Sum, error) {
	findings := slices.DeleteFunc(slices.Clone(wrong), func(f diag.Finding) bool { return f.Severity != diag.Error || f.ID == "placeholder" })
	sum, more := translation.ReadSum(doc)
	findings = append(findings, more...)
	if len(findings) > 0 {
		findings.Add(diag.Position{}, "translate-broken", diag.Args{"Notice": doc.Slug})
		return nil, &refused{findings}
	}
	return sum, nil
}

// translations are the locales of a draft that are translations; of a supplement, those of which it records something.
func translations(doc *notice.Document) []string {
	if len(doc.Added) > 0 {
		return doc.Recorded()
	}
	return doc.Translations()
}

// chosen returns the translations of a draft, or the one that is asked for; where must is false that need not be one of them.
func chosen(doc *notice.Document, locale string, must bool) ([]string, error) {
	all := translations(doc)
	switch {
	case locale == "":
		return all, nil
	case slices.Contains(all, locale):
		return []string{locale}, nil
	case !must:
		return nil, nil
	case len(doc.Added) > 0:
		return nil, refuse(diag.Position{File: doc.Dir}, "supplement-locale", diag.Args{
			"Locale": locale, "Near": diag.Nearest(locale, all), "Known": strings.Join(all, ", "), "Notice": doc.Slug, "Version": path.Base(doc.Dir),
		})
	}
	return nil, refuse(diag.Position{File: doc.Facts.File}, "translate-locale", diag.Args{
		"Locale": locale, "Source": locale == doc.Facts.Source.Value, "Near": diag.Nearest(locale, all), "Known": strings.Join(all, ", "), "Notice": doc.Slug,
	})
}
