package cli

import (
	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/fields"
)

type postponeOptions struct {
	to, reason string
	yes        bool
}

func (p *program) postponeCommand() *cobra.Command {
	var o postponeOptions
	c := &cobra.Command{
		Use:  "postpone NOTICE VERSION --to YYYY-MM-DD --reason TEXT",
		Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error { return p.postpone(args[0], args[1], o) },
	}
	c.Flags().StringVar(&o.to, "to", "", p.messages.get("flag.to", nil))
	c.Flags().StringVar(&o.reason, "reason", "", p.messages.get("flag.reason", nil))
	p.signFlag(c)
	c.Flags().BoolVar(&o.yes, "yes", false, p.messages.get("flag.yes", nil))
	return c
}

// postpone seals the text of a version that was announced once more, for a later day, and cancels the one for the first day.
func (p *program) postpone(slug, name string, o postponeOptions) error {
	switch {
	case o.to == "":
		return &usage{"postpone-when", diag.Args{"Notice": slug, "Version": name}}
	case !fields.IsDate(o.to):
		return &usage{"postpone-form", fields.DateArgs(o.to)}
	}
	if err := needReason(o.reason); err != nil {
		return err
	}
	w, lock, err := p.beginRelease("postpone", slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	v, published, err := p.scheduled(w, slug, name)
	if err != nil {
		return err
	}
	at := diag.Position{File: v.Entry.Folder()}
	args := diag.Args{"Notice": slug, "Version": name, "Effective": v.Effective(), "To": o.to, "Published": published, "Zone": v.Document.Facts.Zone.String(), "Reason": o.reason}
	if o.to <= v.Effective() {
		return refuse(at, "postpone-before", args)
	}
	if other := w.archive.Notices[slug].On(o.to); other != v {
		args["Other"] = other.Name()
		return refuse(at, "postpone-over", args)
	}
	again, err := w.archive.PrepareAgain(v, w.archive.NameFor(slug, o.to), published)
	if err != nil {
		return broken(err)
	}
	off := w.archive.PrepareStatement(v, archive.KindCancellation, published, archive.Statement{Reason: o.reason, Instead: again.Entry.Name})
	p.say("postpone.what", args)
	if err := p.confirm("postpone.ask", o.yes); err != nil {
		return err
	}
	return p.seal(w.archive, "", again, off)
}
