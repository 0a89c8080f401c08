package cli

import (
	"time"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
	"placard/internal/notice"
)

// usage finds what cannot be meant by the options of the release of a version.
func (o *releaseOptions) usage(slug string) error {
	switch {
	case o.effective == "":
		return &usage{"effective-absent", diag.Args{"Notice": slug}}
	case !fields.IsDate(o.effective):
		return &usage{"effective-form", fields.DateArgs(o.effective)}
	case o.scheduled != "" && fateOf(o.scheduled) == "":
		return &usage{"scheduled-form", diag.Args{"Value": o.scheduled, "Near": diag.Nearest(o.scheduled, fates)}}
	case o.reason != "" && o.scheduled != replaceThem && o.scheduled != cancelThem:
		return &usage{"reason-idle", nil}
	}
	for _, r := range []struct{ flag, text string }{{"reason", o.reason}, {"retroactive", o.retroactive}, {"reconstructed", o.reconstructed}} {
		if err := reasonForm(r.flag, r.text); err != nil {
			return err
		}
	}
	return nil
}

// reasonForm refuses a reason that cannot be sealed.
func reasonForm(flag, reason string) error {
	if reason != "" && (!archive.IsReason(reason) || markdown.IsPlaceholder(reason)) {
		return &usage{"reason-form", diag.Args{"Flag": flag, "Limit": archive.MaxReason}}
	}
	return nil
}

// publishedOn is today, in the zone of a notice; or an earlier day for what was published before it is brought into the archive,
// with what is sealed about that. It stops where what is released then could not be signed as the archive is.
func (p *program) publishedOn(a *archive.Archive, zone *time.Location, published, reconstructed string) (string, archive.Statement, error) {
	var said archive.Statement
	if err := p.maySign(a.Signers()); err != nil {
		return "", said, err
	}
	today, err := p.today(a, zone)
	if err != nil {
		return "", said, err
	}
	args := diag.Args{"Today": today, "Last": a.LastPublished(), "Zone": zone.String(), "Published": published}
	switch {
	case published == "" && reconstructed == "":
		return today, said, nil
	case published == "":
		return "", said, &usage{"reconstructed-when", nil}
	case !fields.IsDate(published):
		return "", said, &usage{"published-form", fields.DateArgs(published)}
	case published > today:
		return "", said, &usage{"published-future", args}
	case published == today && reconstructed == "":
		return today, said, nil
	case published == today:
		return "", said, &usage{"reconstructed-today", args}
	case reconstructed == "":
		return "", said, &usage{"published-past", args}
	case published < a.LastPublished():
		return "", said, refuse(diag.Position{File: archive.Dir + "/" + archive.LogFile}, "published-before", args)
	}
	said.Reconstructed, said.Sealed = reconstructed, today
	return published, said, nil
}

// today is the day on which something is sealed, in a zone.
func (p *program) today(a *archive.Archive, zone *time.Location) (string, error) {
	t, err := p.now()
	if err != nil {
		return "", err
	}
	today := t.In(zone).Format(time.DateOnly)
	if last := a.LastKnown(); t.Before(last) {
		return "", refuse(diag.Position{File: archive.Dir + "/" + archive.LogFile}, "clock-behind", diag.Args{
			"Today": today, "Zone": zone.String(), "Last": last.Format(time.DateOnly), "LastZone": last.Location().String(),
		})
	}
	return today, nil
}

// mayRelease refuses a date that is taken or out of order, and a release of nothing. It returns the versions that were announced
// for the same day or later ones.
func mayRelease(a *archive.Archive, doc *notice.Document, o releaseOptions, published string) ([]*archive.Version, error) {
	at := diag.Position{File: doc.Dir}
	args := diag.Args{"Notice": doc.Slug, "Effective": o.effective, "Today": published}
	timeline := a.Notices[doc.Slug]
	if w := timeline.Withdrawal(); w != nil {
		args["Ends"], args["Ended"] = w.Record.Ends, w.Record.Ends <= published
		return nil, refuse(at, "notice-ended", args)
	}
	later := timeline.From(o.effective)
	if now := timeline.On(published); now != nil {
		args["Version"] = now.Name()
		switch {
		case o.effective == now.Effective():
			return nil, refuse(at, "date-taken", args)
		case o.effective < now.Effective():
			return nil, refuse(at, "date-not-after", args)
		}
	}
	// Beside announced versions it depends on what becomes of them, unless it says what one for the same day does.
	if o.reconstructed != "" && len(later) > 0 {
		args["Announced"] = later[0].Name()
		return nil, refuse(at, "reconstructed-later", args)
	}
	switch taken := len(later) > 0 && later[0].Effective() == o.effective; {
	case taken:
		if like, err := a.Compare(doc, later[0]); err != nil {
			return nil, broken(err)
		} else if saysTheSame(like) {
			return nil, refuse(at, "date-taken", args)
		}
	case len(later) == 0:
		if err := somethingNew(a, doc, timeline.On(o.effective)); err != nil {
			return nil, err
		}
	}
	switch {
	case o.effective < published && o.retroactive == "":
		return nil, refuse(at, "date-past", args)
	case o.effective >= published && o.retroactive != "":
		return nil, &usage{"retroactive-not", args}
	case len(later) == 0 && o.scheduled != "":
		return nil, &usage{"scheduled-none", args}
	}
	return later, nil
}

// somethingNew refuses a version that says what the one before it does, nil for the first one.
func somethingNew(a *archive.Archive, doc *notice.Document, before *archive.Version) error {
	if before == nil {
		return nil
	}
	like, err := a.Compare(doc, before)
	if err != nil {
		return broken(err)
	}
	if saysTheSame(like) {
		return refuse(diag.Position{File: doc.Dir}, "nothing-changed", diag.Args{"Notice": doc.Slug, "Version": before.Name()})
	}
	return nil
}

// saysTheSame reports whether a draft is a version in all its languages.
func saysTheSame(like archive.Likeness) bool { return like.Same && len(like.Late)+len(like.Other) == 0 }

// announced warns of a version that is announced later than the notice says, or than its last version did. The first one changes
// nothing for anybody.
func announced(a *archive.Archive, doc *notice.Document, effective, published string) diag.Findings {
	last := a.Notices[doc.Slug].Newest()
	if last == nil {
		return nil
	}
	days := max(doc.Facts.NoticeDays, last.Document.Facts.NoticeDays)
	earliest := fields.DaysAfter(published, days)
	if effective >= earliest {
		return nil
	}
	return warning(diag.Position{File: doc.Facts.File}, "announced-late", diag.Args{"Days": days, "Earliest": earliest})
}
