package cli

import (
	"time"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
)

type nextChangeOptions struct{ asOf, format string }

func (p *program) nextChangeCommand() *cobra.Command {
	var o nextChangeOptions
	c := &cobra.Command{
		Use:  "next-change",
		Args: exactly(0),
		RunE: func(*cobra.Command, []string) error { return p.nextChange(o) },
	}
	c.Flags().StringVar(&o.asOf, "as-of", "", p.messages.get("flag.after-moment", nil))
	c.Flags().StringVar(&o.format, "format", "text", p.messages.get("flag.format", nil))
	return c
}

// The next change as it is printed in JSON. docs/hosting.md describes it; fields are added, and not removed.
type (
	changeReport struct {
		// At is RFC 3339, null where nothing changes before the next release.
		At      *string        `json:"at"`
		Changes []changeOfSite `json:"changes"`
	}
	changeOfSite struct {
		Notice string `json:"notice"`
		Name   string `json:"name"` // of the version or supplement
		// What is "applies", "published" or "ends".
		What archive.Change `json:"what"`
	}
)

// nextChange says when the built site has to be made again though nobody releases anything.
func (p *program) nextChange(o nextChangeOptions) error {
	if err := textOrJSON(o.format); err != nil {
		return err
	}
	moment, err := p.momentOf(o.asOf)
	if err != nil {
		return err
	}
	a, findings := archive.Open(p.site())
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	p.print(findings)
	turns := a.NextTurns(moment)
	if o.format == "json" {
		report := changeReport{Changes: []changeOfSite{}}
		for _, t := range turns {
			at := t.At.Format(time.RFC3339)
			if report.At == nil {
				report.At = &at
			}
			report.Changes = append(report.Changes, changeOfSite{t.Entry.Notice, t.Entry.Name, t.What})
		}
		return p.printJSON(report)
	}
	for _, t := range turns {
		id := map[archive.Change]string{
			archive.Applies: "next-change.applies", archive.Published: "next-change.published", archive.Ends: "next-change.ends",
		}[t.What]
		p.say(id, diag.Args{"At": t.At.Format(time.RFC3339), "Notice": t.Entry.Notice, "Name": t.Entry.Name})
	}
	if len(turns) == 0 {
		p.say("next-change.none", nil)
	}
	return nil
}
