package check

import (
	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/markdown"
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
		if to, away := m.Away(); away {
			in.movedAway(draft, m, to, findings)
		} else if m.To.Set() && markdown.IsAnchor(m.To.Value) && source.Find(m.To.Value) == nil {
			findings.Add(m.To.At, "moved-to-nowhere", diag.Args{"Anchor": m.To.Value, "Near": diag.Nearest(m.To.Value, source.Anchors())})
		}
	}
	for _, r := range facts.Retired {
		accounted[r.Anchor.Value] = true
		if source.Find(r.Anchor.Value) != nil {
			findings.Add(r.Anchor.At, "retired-still-there", diag.Args{"Anchor": r.Anchor.Value})
		}
		args := diag.Args{"Anchor": r.Anchor.Value, "Version": r.LastVersion.Value, "Near": diag.Nearest(r.LastVersion.Value, in.versions(draft.Slug))}
		if v := in.Archive.Version(draft.Slug, r.LastVersion.Value); v == nil {
			findings.Add(r.LastVersion.At, "retired-version", args)
		} else if !hasAnchor(v.Document, r.Anchor.Value) {
			findings.Add(r.LastVersion.At, "retired-not-in-version", args)
		}
	}
	timeline := in.Archive.Notices[draft.Slug]
	day := in.Effective[draft.Slug]
	var before, announced archive.Timeline
	for _, s := range timeline.Standings(in.Moment) {
		switch {
		case s.State == archive.Cancelled || day != "" && s.Effective() >= day: // it never applies, or after the draft
		case day == "" && s.State == archive.Scheduled:
			announced = append(announced, s.Version)
		default:
			before = append(before, s.Version)
		}
	}
	g := goneAnchors{draft: draft, timeline: timeline, accounted: accounted, findings: findings}
	g.find(before)
	g.perhaps = true
	g.find(announced)
}

// Gone returns the anchors of the versions in an archive to which a document leaves no target that is to apply from a day.
func Gone(a *archive.Archive, doc *notice.Document, day string) []string {
	var findings diag.Findings
	anchors(&Input{Archive: a, Effective: map[string]string{doc.Slug: day}}, doc, &findings)
	var gone []string
	for _, f := range findings {
		if f.ID == "anchor-gone" {
			gone = append(gone, "#"+f.Args["Anchor"].(string))
		}
	}
	return gone
}

// movedAway finds an anchor that is to lead to another notice, and would not.
func (in *Input) movedAway(draft *notice.Document, m notice.Moved, to notice.Link, findings *diag.Findings) {
	switch {
	case to.Slug == draft.Slug:
		findings.Add(m.To.At, "moved-to-self", diag.Args{"To": m.To.Value, "Anchor": to.Anchor})
	case in.Drafts[to.Slug] != nil && len(in.Archive.Notices[to.Slug]) == 0:
		findings.Add(m.To.At, "moved-to-unreleased", diag.Args{"Notice": to.Slug})
	default:
		checkLink(in, draft, draft.Source(), markdown.Link{Destination: m.To.Value, At: m.To.At}, findings)
	}
}

// goneAnchors finds what earlier versions have a target for, and the draft has not.
type goneAnchors struct {
	draft     *notice.Document
	timeline  archive.Timeline
	accounted map[string]bool // by an entry of the draft, or said to be gone already
	findings  *diag.Findings
	perhaps   bool             // whether the draft may yet come to apply before the versions
	last      *archive.Version // the one whose targets are looked at
}

// find looks at those of the versions that no other one accounts for: the one that was sealed last, and those that apply after it
// and were sealed before.
func (g *goneAnchors) find(versions archive.Timeline) {
	newest := versions.Newest()
	for _, v := range versions {
		if notice.CompareVersions(v.Name(), newest.Name()) < 0 || v.Document.Source() == nil {
			continue
		}
		g.last = v
		v.Document.Source().Each(func(s *notice.Section) { g.check(s.Anchor, g.successor(s), s.Part.At) })
		for _, m := range v.Document.Facts.Moved {
			g.check(m.From.Value, m.To.Value, m.From.At)
		}
		for _, r := range v.Document.Facts.Retired {
			g.check(r.Anchor.Value, "", r.Anchor.At)
		}
	}
}

// check adds a finding with the entries that would mend it. to is the anchor that may have taken the place of the one
// that is gone.
func (g *goneAnchors) check(anchor, to string, was diag.Position) {
	if g.accounted[anchor] || g.draft.Source().Find(anchor) != nil {
		return
	}
	if g.draft.Source().Find(to) == nil {
		to = ""
	}
	g.accounted[anchor] = true
	at := diag.Position{File: g.draft.Source().File}
	args := diag.Args{"Anchor": anchor, "Near": to, "Version": g.lastWith(anchor), "Newest": g.last.Name(), "Facts": g.draft.Facts.File}
	if g.perhaps {
		g.findings.Warn(at, "anchor-announced", args, diag.Related{ID: "related.last-text", At: was})
		return
	}
	g.findings.Add(at, "anchor-gone", args, diag.Related{ID: "related.last-text", At: was})
}

// lastWith returns the last version that has a section with the anchor, or nothing.
func (g *goneAnchors) lastWith(anchor string) string {
	if v := g.timeline.LastThat(func(v *archive.Version) bool { return hasAnchor(v.Document, anchor) }); v != nil {
		return v.Name()
	}
	return ""
}

// successor returns the anchor of the section of the draft, new in it, that has the heading of an old one or an anchor
// like its own; or nothing.
func (g *goneAnchors) successor(old *notice.Section) string {
	before := g.last.Document.Source()
	var fresh []string
	same := ""
	g.draft.Source().Each(func(s *notice.Section) {
		if before.Find(s.Anchor) != nil {
			return
		}
		fresh = append(fresh, s.Anchor)
		if s.Title == old.Title && same == "" {
			same = s.Anchor
		}
	})
	if same != "" {
		return same
	}
	return diag.Nearest(old.Anchor, fresh)
}
