package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/redline"
	"placard/internal/site"
)

type rejoinOptions struct {
	public string
	yes    bool
}

func (p *program) rejoinCommand() *cobra.Command {
	var o rejoinOptions
	c := &cobra.Command{
		Use:  "rejoin",
		Args: exactly(0),
		RunE: func(*cobra.Command, []string) error { return p.rejoin(o) },
	}
	c.Flags().StringVar(&o.public, "site", "", p.messages.get("flag.site", nil))
	p.signFlag(c)
	c.Flags().BoolVar(&o.yes, "yes", false, p.messages.get("flag.yes", nil))
	return c
}

// rejoin puts the releases of two branches in order after a merge: those that are public stay as they are, and the others follow.
func (p *program) rejoin(o rejoinOptions) error {
	lock, err := p.lock(filepath.Join(p.dir, siteLock), "placard rejoin")
	if err != nil {
		return err
	}
	defer lock.Release()
	if err := p.clear(); err != nil {
		return err
	}
	s, findings := site.Load(p.site(), p.defaults)
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	published, err := p.publishedLog(o.public, s.BaseURL)
	if err != nil {
		return err
	}
	a, findings := archive.Join(p.site(), published)
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	if a.InOrder() {
		p.say("rejoin.nothing", nil)
		return nil
	}
	public, _ := a.PublishedTo(published)
	p.say("rejoin.public", diag.Args{"Count": public})
	var lost diag.Findings
	for _, e := range a.Log[public:] {
		p.say("rejoin.line", diag.Args{"Number": e.Number, "Kind": e.Kind, "Notice": e.Notice, "Name": e.Name, "Published": e.Published})
		if e.Kind == archive.KindVersion {
			lost = append(lost, p.follows(a, a.Version(e.Notice, e.Name))...)
		}
	}
	if len(a.Signers()) > 0 { // before anybody is asked anything
		if err := p.maySign(a.Signers()); err != nil {
			return err
		}
	}
	if lost.Errors() > 0 {
		return &refused{lost}
	}
	if err := p.confirm("rejoin.ask", o.yes); err != nil {
		return err
	}
	joined := a.Joined(public)
	if err := p.signLines(a, joined...); err != nil {
		return err
	}
	if err := a.Put(p.dir, public, joined); err != nil {
		return broken(err)
	}
	p.say("rejoin.done", diag.Args{"Number": len(a.Log), "Head": a.Head()})
	return nil
}

// follows says what changes when a version follows the one before it, which may have come from the other branch, and finds the
// anchors of that one that it would leave without a target.
func (p *program) follows(a *archive.Archive, v *archive.Version) diag.Findings {
	slug := v.Entry.Notice
	before := a.Notices[slug].On(fields.DaysAfter(v.Effective(), -1))
	if before == nil || v.Cancellation() != nil {
		return nil
	}
	if changes := redline.Changes(redline.Compare(before.Document.Source(), v.Document.Source(), v.Document.Facts.MovedTo())); len(changes) > 0 {
		p.say("rejoin.changes", diag.Args{"Before": before.Name()})
		p.listChanges(changes, true)
	}
	gone := check.Gone(a.Before(a.Notices[slug].Written()[v.Name()]), v.Document, v.Effective())
	if len(gone) == 0 {
		return nil
	}
	var findings diag.Findings
	findings.Add(diag.Position{File: v.Entry.Folder()}, "rejoin-anchors", diag.Args{
		"Notice": slug, "Version": v.Name(), "Anchors": strings.Join(gone, ", "),
	})
	return findings
}
