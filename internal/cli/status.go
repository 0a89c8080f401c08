package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/notice"
)

type statusOptions struct{ asOf, knownOn, format string }

func (p *program) statusCommand() *cobra.Command {
	var o statusOptions
	c := &cobra.Command{
		Use:  "status [NOTICE]",
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.status(args, o) },
	}
	c.Flags().StringVar(&o.asOf, "as-of", "", p.messages.get("flag.status-as-of", nil))
	c.Flags().StringVar(&o.knownOn, "known-on", "", p.messages.get("flag.known-on", nil))
	c.Flags().StringVar(&o.format, "format", "text", p.messages.get("flag.format", nil))
	return c
}

// The status as it is printed in JSON. docs/hosting.md describes it; fields are added, and not removed.
type (
	standingsReport struct {
		Notices []standingReport `json:"notices"`
	}
	standingReport struct {
		Notice string `json:"notice"`
		// InForce is null before the first version applies.
		InForce *versionReport `json:"inForce"`
		// Scheduled are the versions that were announced and do not apply yet, in the order of their dates.
		Scheduled  []versionReport `json:"scheduled"`
		Superseded int             `json:"superseded"` // how many there are
		// Cancelled are the versions that were announced and never apply.
		Cancelled []cancelledReport `json:"cancelled"`
		// Ended is null for a notice that has no end; InForce is null once it has ended.
		Ended *endedReport `json:"ended"`
		// Draft is "same", or the last part of the ID of the message that says how it differs; "absent" where there is none.
		Draft       string             `json:"draft"`
		Supplements []supplementReport `json:"supplements"` // drafts of them

		says []said
	}
	versionReport struct {
		Version   string `json:"version"`
		Effective string `json:"effective"`
		Published string `json:"published"`
		Zone      string `json:"zone"`
		// Supplements are those that were sealed by then.
		Supplements []string `json:"supplements"`
	}
	cancelledReport struct {
		versionReport
		Cancelled string `json:"cancelledOn"`
		Instead   string `json:"instead"` // the version that takes its place; empty where none does
	}
	endedReport struct {
		From      string `json:"from"`      // the first day on which the notice does not apply any more
		Version   string `json:"version"`   // the last that applied
		Successor string `json:"successor"` // the notice to be read instead; empty where there is none
	}
	supplementReport struct {
		Version string   `json:"version"`
		Locales []string `json:"locales"`
		State   string   `json:"state"` // "ready", of an erratum "erratum", "repeats" or "broken"
	}
	said struct {
		id   string
		args diag.Args
	}
)

func (p *program) status(args []string, o statusOptions) error {
	if err := textOrJSON(o.format); err != nil {
		return err
	}
	moment, known, err := p.moments(o.asOf, o.knownOn)
	if err != nil {
		return err
	}
	w, err := p.look()
	if err != nil {
		return err
	}
	then := w.archive.At(known)
	slugs := slices.Concat(w.slugs, w.archive.Slugs())
	slices.Sort(slugs)
	slugs = slices.Compact(slugs)
	if len(args) == 1 {
		if !slices.Contains(slugs, args[0]) {
			return noSuchNotice(args[0], slugs, w.loose)
		}
		slugs = args
	}
	report := standingsReport{Notices: []standingReport{}}
	for _, slug := range slugs {
		report.Notices = append(report.Notices, p.standing(w, slug, then.Notices[slug].Standings(moment)))
	}
	if o.format == "json" {
		return p.printJSON(report)
	}
	for _, n := range report.Notices {
		p.say("status.notice", diag.Args{"Notice": n.Notice})
		for _, s := range n.says {
			p.say(s.id, s.args)
		}
	}
	if len(report.Notices) == 0 {
		p.say("build.nothing", nil)
	}
	return nil
}

// standing says where a notice stands.
func (p *program) standing(w *world, slug string, standings []archive.Standing) standingReport {
	r := standingReport{Notice: slug, Scheduled: []versionReport{}, Cancelled: []cancelledReport{}, Supplements: []supplementReport{}, Draft: "absent"}
	say := func(id string, args diag.Args) { r.says = append(r.says, said{id, args}) }
	for _, s := range standings {
		v := versionReport{s.Name(), s.Effective(), s.Entry.Published, s.Document.Facts.Zone.String(), []string{}}
		for _, f := range s.Supplements {
			v.Supplements = append(v.Supplements, f.Name())
		}
		args := diag.Args{"Version": v.Version, "Effective": v.Effective, "Published": v.Published, "Zone": v.Zone, "Supplements": strings.Join(v.Supplements, ", ")}
		w, c := s.Ended, s.Cancelled
		if w != nil {
			r.Ended = &endedReport{w.Record.Ends, v.Version, w.Record.Successor}
			args["Ends"], args["Successor"] = w.Record.Ends, w.Record.Successor
		}
		switch s.State {
		case archive.InForce:
			r.InForce = &v
			say("status.in-force", args)
		case archive.Scheduled:
			r.Scheduled = append(r.Scheduled, v)
			say("status.scheduled", args)
		case archive.Superseded:
			r.Superseded++
		case archive.Cancelled:
			r.Cancelled = append(r.Cancelled, cancelledReport{v, c.Entry.Published, c.Record.Instead})
			args["Cancelled"], args["Instead"] = c.Entry.Published, c.Record.Instead
			say("status.cancelled", args)
		case archive.Withdrawn:
			say("status.withdrawn", args)
		}
		if w != nil && s.State != archive.Withdrawn {
			say("status.ends", args)
		}
	}
	if len(standings) == 0 {
		say("status.none", nil)
	}
	if r.Superseded > 0 {
		say("status.superseded", diag.Args{"Count": r.Superseded})
	}
	if _, ok := w.drafts[slug]; ok {
		r.Draft = "same"
		if id, args := p.draftState(w, slug); id != "" {
			r.Draft = strings.TrimPrefix(id, "draft.")
			say(id, args)
		}
	}
	for _, s := range w.drafts[slug].supplements {
		id, args := s.state()
		r.Supplements = append(r.Supplements, supplementReport{s.version.Name(), slices.Concat([]string{}, s.doc.Added), strings.TrimPrefix(id, "supplement.")})
		say(id, args)
	}
	return r
}

// draftState says how a draft stands to what is published; no message where they are the same.
func (p *program) draftState(w *world, slug string) (id string, args diag.Args) {
	d := w.drafts[slug]
	args = diag.Args{"Notice": slug}
	last := w.archive.Notices[slug].Newest()
	if ended := w.archive.Notices[slug].Withdrawal(); ended != nil {
		args["Ends"], args["Ended"] = ended.Record.Ends, p.begun(last, ended.Record.Ends)
		return "draft.ended", args
	}
	n := d.findings.Errors()
	if n > 0 && (last == nil || d.broken(untranslated)) {
		args["Findings"] = p.count("findings", n)
		return "draft.broken", args
	}
	if last == nil {
		return "draft.new", args
	}
	args["Version"] = last.Name()
	if left := check.Leftovers(d.doc, last); len(left) > 0 {
		args["File"], args["Sections"] = left[0].Text.File, left[0].Names()
		return "draft.uncorrected", args
	}
	if p.saidAlready(w, d.doc) {
		return "", nil
	}
	if like, err := w.archive.Compare(d.doc, last); err == nil && like.Same {
		id := "draft.late"
		open := d.notDrafted(last, like.Late)
		if len(open) == 0 {
			id, open = "draft.mended", d.notDrafted(last, like.Other)
		}
		if len(open) == 0 {
			return "", nil
		}
		args["Locale"], args["Locales"] = open[0], strings.Join(open, ", ")
		return id, args
	}
	changes := compareSource(d.doc, last)
	var titles []string
	for _, c := range changes {
		titles = append(titles, changeName(c))
	}
	if len(titles) == 0 {
		return "draft.differs", args
	}
	args["Sections"] = strings.Join(titles, ", ")
	if n > 0 {
		return "draft.untranslated", args
	}
	return "draft.changed", args
}

// saidAlready reports whether a draft is what a version says that is in force or announced, be it not the newest: one that applies
// before an announced version, or was postponed.
func (p *program) saidAlready(w *world, doc *notice.Document) bool {
	now, err := p.now()
	if err != nil {
		return false
	}
	for _, s := range w.archive.Notices[doc.Slug].Standings(archive.At(now)) {
		if s.State != archive.InForce && s.State != archive.Scheduled {
			continue
		}
		if like, err := w.archive.Compare(doc, s.Version); err == nil && saysTheSame(like) {
			return true
		}
	}
	return false
}

// begun reports whether a day of the notice of a version has begun.
func (p *program) begun(v *archive.Version, day string) bool {
	now, err := p.now()
	return err == nil && !now.Before(archive.Midnight(day, v.Document.Facts.Zone))
}
