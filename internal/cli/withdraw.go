package cli

import (
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/fields"
)

type withdrawOptions struct {
	from, successor, reason string
	yes                     bool
}

func (p *program) withdrawCommand() *cobra.Command {
	var o withdrawOptions
	c := &cobra.Command{
		Use:  "withdraw NOTICE --from YYYY-MM-DD",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.withdraw(args[0], o) },
	}
	c.Flags().StringVar(&o.from, "from", "", p.messages.get("flag.from", nil))
	c.Flags().StringVar(&o.successor, "successor", "", p.messages.get("flag.successor", nil))
	c.Flags().StringVar(&o.reason, "reason", "", p.messages.get("flag.reason", nil))
	p.signFlag(c)
	c.Flags().BoolVar(&o.yes, "yes", false, p.messages.get("flag.yes", nil))
	return c
}

// withdraw ends a notice. Its versions and its address stay.
func (p *program) withdraw(slug string, o withdrawOptions) error {
	switch {
	case o.from == "":
		return &usage{"withdraw-when", diag.Args{"Notice": slug}}
	case !fields.IsDate(o.from):
		return &usage{"withdraw-form", fields.DateArgs(o.from)}
	}
	if err := reasonForm("reason", o.reason); err != nil {
		return err
	}
	w, lock, err := p.beginRelease("withdraw", slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	last, published, err := p.mayWithdraw(w, slug, o)
	if err != nil {
		return err
	}
	r := w.archive.PrepareStatement(last, archive.KindWithdrawal, published, archive.Statement{Reason: o.reason, Ends: o.from, Successor: o.successor})
	p.say("withdraw.what", diag.Args{
		"Notice": slug, "Version": last.Name(), "From": o.from, "Until": fields.DaysAfter(o.from, -1), "Zone": last.Document.Facts.Zone.String(), "Successor": o.successor,
	})
	if err := p.confirm("withdraw.ask", o.yes); err != nil {
		return err
	}
	return p.seal(w.archive, "", r)
}

// mayWithdraw returns the version with which the notice can end, and today.
func (p *program) mayWithdraw(w *world, slug string, o withdrawOptions) (*archive.Version, string, error) {
	if err := w.hasReleases(slug); err != nil {
		return nil, "", err
	}
	at := diag.Position{File: path.Join(archive.Dir, slug)}
	last := w.archive.Notices[slug].Last()
	if last == nil {
		return nil, "", refuse(at, "withdraw-cancelled", diag.Args{"Notice": slug})
	}
	today, _, err := p.publishedOn(w.archive, last.Document.Facts.Zone, "", "")
	if err != nil {
		return nil, "", err
	}
	args := diag.Args{"Notice": slug, "Version": last.Name(), "Effective": last.Effective(), "From": o.from, "Today": today, "Successor": o.successor}
	switch ended := last.Withdrawal(); {
	case ended != nil:
		args["Ends"] = ended.Record.Ends
		return nil, "", refuse(at, "notice-ends", args)
	case o.from < today:
		return nil, "", refuse(at, "withdraw-past", args)
	case o.from <= last.Effective():
		return nil, "", refuse(at, "withdraw-before", args)
	}
	if o.successor == "" {
		return last, today, nil
	}
	known := slices.DeleteFunc(w.archive.Slugs(), func(s string) bool { return s == slug })
	if !slices.Contains(known, o.successor) {
		args["Near"], args["Known"] = diag.Nearest(o.successor, known), strings.Join(known, ", ")
		return nil, "", refuse(at, "withdraw-successor", args)
	}
	if s := w.archive.Notices[o.successor].Withdrawal(); s != nil {
		args["Ends"] = s.Record.Ends
		return nil, "", refuse(at, "withdraw-successor-ends", args)
	}
	return last, today, nil
}
