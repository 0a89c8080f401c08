package cli

import (
	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/fields"
)

type cancelOptions struct {
	reason string
	yes    bool
}

func (p *program) cancelCommand() *cobra.Command {
	var o cancelOptions
	c := &cobra.Command{
		Use:  "cancel NOTICE VERSION --reason TEXT",
		Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error { return p.cancel(args[0], args[1], o) },
	}
	c.Flags().StringVar(&o.reason, "reason", "", p.messages.get("flag.reason", nil))
	p.signFlag(c)
	c.Flags().BoolVar(&o.yes, "yes", false, p.messages.get("flag.yes", nil))
	return c
}

// cancel says of a version that was announced that it never applies.
func (p *program) cancel(slug, name string, o cancelOptions) error {
	if err := needReason(o.reason); err != nil {
		return err
	}
	w, lock, err := p.beginRelease("cancel", slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	v, published, err := p.scheduled(w, slug, name)
	if err != nil {
		return err
	}
	r := w.archive.PrepareStatement(v, archive.KindCancellation, published, archive.Statement{Reason: o.reason})
	args := diag.Args{"Notice": slug, "Version": name, "Effective": v.Effective(), "Published": published, "Zone": v.Document.Facts.Zone.String(), "Reason": o.reason}
	if before := w.archive.Notices[slug].On(fields.DaysAfter(v.Effective(), -1)); before != nil {
		args["Stays"] = before.Name()
	}
	p.say("cancel.what", args)
	if err := p.confirm("cancel.ask", o.yes); err != nil {
		return err
	}
	return p.seal(w.archive, "", r)
}

// needReason refuses an act without a reason that readers are told.
func needReason(reason string) error {
	if reason == "" {
		return &usage{"reason-absent", nil}
	}
	return reasonForm("reason", reason)
}

// scheduled returns a version that was announced and does not apply yet, and today.
func (p *program) scheduled(w *world, slug, name string) (v *archive.Version, today string, err error) {
	if v, err = w.released(slug, name); err != nil {
		return nil, "", err
	}
	if today, _, err = p.publishedOn(w.archive, v.Document.Facts.Zone, "", ""); err != nil {
		return nil, "", err
	}
	at := diag.Position{File: v.Entry.Folder()}
	args := diag.Args{"Notice": slug, "Version": name, "Effective": v.Effective(), "Today": today}
	switch c := v.Cancellation(); {
	case c != nil:
		args["Published"] = c.Entry.Published
		return nil, "", refuse(at, "cancelled-already", args)
	case v.Effective() <= today:
		return nil, "", refuse(at, "cancel-in-force", args)
	case v.Withdrawal() != nil:
		args["Ends"] = v.Withdrawal().Record.Ends
		return nil, "", refuse(at, "notice-ends", args)
	}
	return v, today, nil
}
