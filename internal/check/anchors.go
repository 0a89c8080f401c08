package check

import (
	"placard/internal/diag"
	"placard/internal/notice"
)

// anchors finds the anchors of the newest version that the draft would leave without a target.
func anchors(in *Input, draft *notice.Document, findings *diag.Findings) {
	source := draft.Source()
	if source == nil {
		return
	}
	facts := draft.Facts
	accounted := map[string]bool{}
	for _, m := range facts.Moved {
		accounted[m.From.Value] = true
		if source.Find(m.From.Value) != nil {
			findings.Add(m.From.At, "moved-still-there", diag.Args{"Anchor": m.From.Value})
		}
		if m.To.Set() && source.Find(m.To.Value) == nil {
			findings.Add(m.To.At, "moved-to-nowhere", diag.Args{"Anchor": m.To.Value, "Near": diag.Nearest(m.To.Value, source.Anchors())})
		}
	}
	for _, r := range facts.Retired {
		accounted[r.Anchor.Value] = true
		if source.Find(r.Anchor.Value) != nil {
			findings.Add(r.Anchor.At, "retired-still-there", diag.Args{"Anchor": r.Anchor.Value})
		}
		args := diag.Args{"Anchor": r.Anchor.Value, "Version": r.LastVersion.Value}
		if v := in.Archive.Version(draft.Slug, r.LastVersion.Value); v == nil {
			findings.Add(r.LastVersion.At, "retired-version", args)
		} else if !hasAnchor(v.Document, r.Anchor.Value) {
			findings.Add(r.LastVersion.At, "retired-not-in-version", args)
		}
	}
	last := in.Archive.Notices[draft.Slug].Newest()
	if last == nil || last.Document.Source() == nil {
		return
	}
	gone := func(anchor string) {
		if !accounted[anchor] && source.Find(anchor) == nil {
			findings.Add(diag.Position{File: source.File}, "anchor-gone", diag.Args{"Anchor": anchor, "Version": last.Name(), "Facts": facts.File})
		}
	}
	last.Document.Source().Each(func(s *notice.Section) { gone(s.Anchor) })
	for _, m := range last.Document.Facts.Moved {
		gone(m.From.Value)
	}
	for _, r := range last.Document.Facts.Retired {
		gone(r.Anchor.Value)
	}
}
