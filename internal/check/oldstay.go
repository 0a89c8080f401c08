package check

import (
	"placard/internal/diag"
	"placard/internal/notice"
)

// oldFragments finds those that lead to no section, and those that are in the way of an anchor.
func oldFragments(_ *Input, draft *notice.Document, findings *diag.Findings) {
	source := draft.Source()
	if source == nil {
		return
	}
	facts := &draft.Facts
	gone := map[string]bool{}
	for _, m := range facts.Moved {
		gone[m.From.Value] = true
	}
	for _, r := range facts.Retired {
		gone[r.Anchor.Value] = true
	}
	for _, o := range facts.OldFragments {
		if source.Find(o.Fragment.Value) != nil || gone[o.Fragment.Value] {
			findings.Add(o.Fragment.At, "old-fragment-anchor", diag.Args{"Fragment": o.Fragment.Value})
		}
		if source.Find(o.Anchor.Value) == nil && !gone[o.Anchor.Value] {
			findings.Add(o.Anchor.At, "old-fragment-nowhere", diag.Args{
				"Fragment": o.Fragment.Value, "Anchor": o.Anchor.Value, "Near": diag.Nearest(o.Anchor.Value, source.Anchors()),
			})
		}
	}
}

// oldStay finds the old addresses and fragments of the newest version that the draft lacks, or leads elsewhere.
func oldStay(in *Input, draft *notice.Document, findings *diag.Findings) {
	last := in.Archive.Notices[draft.Slug].Newest()
	if last == nil {
		return
	}
	facts, sealed := &draft.Facts, &last.Document.Facts
	addresses, fragments := map[string]notice.OldAddress{}, map[string]notice.OldFragment{}
	for _, o := range facts.OldAddresses {
		addresses[o.Address.Value] = o
	}
	for _, o := range facts.OldFragments {
		fragments[o.Fragment.Value] = o
	}
	for _, was := range sealed.OldAddresses {
		address, locale := was.Address.Value, was.LocaleOr(sealed.Source.Value)
		args := diag.Args{
			"Address": address, "ToVersion": was.Version.Value, "ToLocale": locale, "Version": last.Name(), "Facts": facts.File,
		}
		now, stays := addresses[address]
		switch {
		case !stays && in.ownPage(address, only(draft.Slug)) != "": // the notice itself has a page there by now
		case !stays:
			findings.Add(diag.Position{File: facts.File}, "old-address-gone", args)
		case now.Version.Value != was.Version.Value || now.LocaleOr(facts.Source.Value) != locale:
			findings.Add(now.Address.At, "old-address-changed", args, diag.Related{ID: "related.sealed", At: was.Address.At})
		}
	}
	moved := facts.MovedTo()
	for _, was := range sealed.OldFragments {
		args := diag.Args{"Fragment": was.Fragment.Value, "Anchor": was.Anchor.Value, "Version": last.Name(), "Facts": facts.File}
		now, stays := fragments[was.Fragment.Value]
		switch {
		case !stays:
			findings.Add(diag.Position{File: facts.File}, "old-fragment-gone", args)
		case now.Anchor.Value != was.Anchor.Value && now.Anchor.Value != moved[was.Anchor.Value]:
			findings.Add(now.Anchor.At, "old-fragment-changed", args, diag.Related{ID: "related.sealed", At: was.Anchor.At})
		}
	}
}
