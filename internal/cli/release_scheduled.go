package cli

import (
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/notice"
	"placard/internal/redline"
)

// What may become of a version that was announced, when another one is released that applies before it.
const (
	keepThem    = "keep"    // it applies from its day, as it is
	replaceThem = "replace" // it never applies, and the other one takes its place
	cancelThem  = "cancel"  // it never applies
)

var fates = []string{keepThem, replaceThem, cancelThem}

// fateOf returns the one that was meant by an answer; or nothing.
func fateOf(answer string) string {
	if i := slices.Index(fates, strings.ToLower(answer)); i >= 0 {
		return fates[i]
	}
	return ""
}

// besideScheduled shows what versions that were announced would undo of an earlier one, asks what is to become of them, and
// returns what is to be sealed then.
func (p *program) besideScheduled(a *archive.Archive, doc *notice.Document, r *archive.Release, later []*archive.Version, o *releaseOptions) ([]*archive.Release, error) {
	releases := []*archive.Release{r}
	if len(later) == 0 {
		return releases, nil
	}
	before := a.Notices[doc.Slug].On(fields.DaysAfter(o.effective, -1))
	for _, v := range later {
		p.showUndone(doc, before, v)
	}
	if err := p.askFate(later, o); err != nil {
		return nil, err
	}
	if o.scheduled == keepThem {
		if first := later[0]; first.Effective() == o.effective {
			return nil, refuse(diag.Position{File: first.Entry.Folder()}, "date-announced", diag.Args{"Notice": doc.Slug, "Effective": o.effective})
		}
		return releases, somethingNew(a, doc, before)
	}
	for _, v := range later {
		said := archive.Statement{Reason: o.reason}
		if o.scheduled == replaceThem || v.Effective() == o.effective { // one for the same day takes its place in any case
			said.Instead = r.Entry.Name
		}
		releases = append(releases, a.PrepareStatement(v, archive.KindCancellation, r.Entry.Published, said))
	}
	return releases, nil
}

// showUndone says which sections the draft changes in what applies before it, and an announced version has as they were.
func (p *program) showUndone(doc *notice.Document, before, v *archive.Version) {
	args := diag.Args{"Version": v.Name(), "Effective": v.Effective(), "Published": v.Entry.Published}
	if before == nil {
		p.say("release.scheduled-first", args)
		return
	}
	changed := map[string]bool{}
	for _, c := range compareSource(doc, before) {
		changed[c.Anchor()] = true
	}
	var undone []redline.Section
	for _, c := range redline.Changes(redline.Compare(doc.Source(), v.Document.Source(), v.Document.Facts.MovedTo())) {
		if changed[c.Anchor()] {
			undone = append(undone, c)
		}
	}
	if len(undone) == 0 {
		p.say("release.scheduled-has", args)
		return
	}
	p.say("release.scheduled-undoes", args)
	p.listChanges(undone, true)
}

// askFate asks what is to become of versions that were announced, and why, as far as the options do not say it.
func (p *program) askFate(later []*archive.Version, o *releaseOptions) error {
	var names []string
	for _, v := range later {
		names = append(names, v.Name())
	}
	args := diag.Args{"Versions": strings.Join(names, ", "), "Count": len(names)}
	at := diag.Position{File: later[0].Entry.Folder()}
	if o.scheduled == "" {
		if o.yes {
			return refuse(at, "scheduled-which", args)
		}
		answer, err := p.ask("release.scheduled-ask", args)
		if err != nil {
			return err
		}
		if o.scheduled = fateOf(answer); o.scheduled == "" {
			return refuse(at, "scheduled-which", args)
		}
	}
	if o.scheduled == keepThem || o.reason != "" {
		return nil
	}
	if o.yes {
		return refuse(at, "scheduled-why", args)
	}
	answer, err := p.ask("release.scheduled-why", args)
	if err != nil {
		return err
	}
	if o.reason = answer; answer == "" {
		return refuse(at, "scheduled-why", args)
	}
	return reasonForm("reason", answer)
}
