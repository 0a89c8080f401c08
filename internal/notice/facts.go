package notice

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/markdown"
	"placard/internal/plain"
)

// FactsFile is the name of the file with what does not vary by locale.
const FactsFile = "notice.toml"

// TranslationPolicy says what a translation may lack at a release.
type TranslationPolicy string

const (
	// Complete refuses a translation that lacks a section, or has one of another source text. It is the default.
	Complete TranslationPolicy = "complete"
	// AllowStale lets sections stand as they were translated from an earlier source text; readers are told.
	AllowStale TranslationPolicy = "allow-stale"
	// AllowMissing lets sections also be marked {#anchor .missing}; readers get the source text, labelled.
	AllowMissing TranslationPolicy = "allow-missing"
)

// Policies are all policies, each of which allows what those before it allow.
var Policies = []TranslationPolicy{Complete, AllowStale, AllowMissing}

// MaxNoticeDays is how many days of announcement a notice may ask for: two years.
const MaxNoticeDays = 730

// Facts are what notice.toml says.
type Facts struct {
	// File is the path of notice.toml relative to the root of the site.
	File string
	// Publisher is the legal name of who publishes the notice.
	Publisher string
	// Zone is where its days begin and end.
	Zone *time.Location
	// Source is the locale that the others are translated from.
	Source fields.Text
	// Authoritative are the locales that prevail in law.
	Authoritative []fields.Text
	// Locales are all that the notice is offered in, in lower case.
	Locales []fields.Text
	Policy  TranslationPolicy
	// NoticeDays is how many days a version is to be announced before it applies; 0 where nothing is said of it.
	NoticeDays int
	// Appendices are in the order in which they are printed.
	Appendices []AppendixFacts
	Moved      []Moved
	Retired    []Retired
	// OldAddresses and OldFragments are where the notice stood, and how links named its clauses, before it came to Placard.
	OldAddresses []OldAddress
	OldFragments []OldFragment

	meant diag.Findings
}

// AppendixFacts say where an appendix holds and where it stands.
type AppendixFacts struct {
	Anchor fields.Text
	// Section is the anchor of the section under which it is printed.
	Section fields.Text
	// Jurisdictions are ISO 3166-1 alpha-2 codes, ISO 3166-2 codes, or names of groups in capitals.
	Jurisdictions []fields.Text
}

// Moved leads an anchor of an earlier version to what took its place: another anchor, or a section of another notice, written as
// a link, "/cookies/#types".
type Moved struct{ From, To fields.Text }

// Away returns the link to another notice; false where the anchor moved within its own.
func (m Moved) Away() (Link, bool) {
	l := ParseLink(m.To.Value)
	return l, l.Kind == NoticeLink
}

// Retired is an anchor of an earlier version whose section is gone, with the last version that had it.
type Retired struct{ Anchor, LastVersion fields.Text }

// MovedTo returns, for each anchor that moved within the notice, the one that took its place.
func (f *Facts) MovedTo() map[string]string {
	to := map[string]string{}
	for _, m := range f.Moved {
		if _, away := m.Away(); !away {
			to[m.From.Value] = m.To.Value
		}
	}
	return to
}

// LocaleNames returns all locales of the notice, in the order of the file.
func (f *Facts) LocaleNames() []string {
	var names []string
	for _, l := range f.Locales {
		names = append(names, l.Value)
	}
	return names
}

// HasLocale reports whether the notice is offered in the locale.
func (f *Facts) HasLocale(locale string) bool {
	return slices.ContainsFunc(f.Locales, func(l fields.Text) bool { return l.Value == locale })
}

// nearestLocale returns the locale of the notice that was meant by one that it is not offered in; or nothing.
func (f *Facts) nearestLocale(locale string) string {
	var offered []string
	for _, l := range f.Locales {
		offered = append(offered, l.Value)
	}
	return codes.NearestLocale(locale, offered)
}

// IsAuthoritative reports whether the locale prevails in law.
func (f *Facts) IsAuthoritative(locale string) bool {
	return slices.ContainsFunc(f.Authoritative, func(l fields.Text) bool { return l.Value == locale })
}

// MaySupplement reports whether a supplement may bring the text in the locale: that of the source and those that prevail are as they
// were sealed, for good.
func (f *Facts) MaySupplement(locale string) bool {
	return locale != f.Source.Value && !f.IsAuthoritative(locale)
}

// loadFacts reads notice.toml. written are the locales of the texts that lie beside it.
func loadFacts(dir string, read func(name string, limit int) ([]byte, error), written []string) (Facts, diag.Findings) {
	f := Facts{File: path.Join(dir, FactsFile), Zone: time.UTC, Policy: Complete}
	var findings diag.Findings
	data, err := read(FactsFile, fields.MaxTOML)
	switch {
	case errors.Is(err, plain.ErrTooLong):
		findings.Add(diag.Position{File: f.File}, "file-too-long", diag.Args{"Limit": plain.Size(fields.MaxTOML)})
		return f, findings
	case errors.Is(err, fs.ErrNotExist):
		findings.Add(diag.Position{File: f.File}, "facts-absent", nil)
		return f, findings
	case err != nil:
		findings.Add(diag.Position{File: f.File}, "unreadable", diag.Args{"Text": err.Error()})
		return f, findings
	}
	t := fields.TOML(f.File, data)
	if t.Findings().Errors() > 0 {
		return f, t.Findings()
	}
	findings = append(findings, plain.Form(f.File, data)...)
	f.meant = t.Meant(func(string) bool { return false })
	publisher := t.Need("publisher")
	f.Publisher = publisher.Value
	if markdown.IsPlaceholder(publisher.Value) {
		findings.Add(publisher.At, "placeholder", nil)
	}
	if zone := t.Need("time-zone"); zone.Value != "" {
		if z, ok := codes.Zone(zone.Value); ok {
			f.Zone = z
		} else {
			findings.Add(zone.At, "time-zone-unknown", diag.Args{"Zone": zone.Value, "Near": codes.NearestZone(zone.Value)})
		}
	}
	f.Source = t.Need("source-locale")
	f.Locales = t.Strings("locales")
	if len(f.Locales) == 0 {
		t.Missing("locales")
	}
	if f.Authoritative = t.Strings("authoritative-locales"); len(f.Authoritative) == 0 {
		t.Missing("authoritative-locales")
	}
	if policy := t.String("translation-policy"); policy.Set() {
		f.Policy = TranslationPolicy(policy.Value)
		if !slices.Contains(Policies, f.Policy) {
			findings.Add(policy.At, "policy-unknown", policyArgs(policy.Value))
		}
	}
	if days, ok := t.Int("notice-days"); ok {
		if f.NoticeDays = days; days < 0 || days > MaxNoticeDays {
			findings.Add(t.Where("notice-days"), "notice-days", diag.Args{"Days": days, "Limit": MaxNoticeDays})
		}
	}
	for _, a := range t.Tables("appendix") {
		f.Appendices = append(f.Appendices, AppendixFacts{
			Anchor: a.Need("anchor"), Section: a.Need("section"), Jurisdictions: a.Strings("jurisdictions"),
		})
		if len(f.Appendices[len(f.Appendices)-1].Jurisdictions) == 0 {
			a.Missing("jurisdictions")
		}
	}
	for _, m := range t.Tables("moved") {
		f.Moved = append(f.Moved, Moved{From: m.Need("from"), To: m.Need("to")})
	}
	for _, r := range t.Tables("retired") {
		f.Retired = append(f.Retired, Retired{Anchor: r.Need("anchor"), LastVersion: r.Need("last-version")})
	}
	f.loadOld(t)
	t.Close()
	findings = append(findings, t.Findings()...)
	f.checkLocales(written, &findings)
	f.checkAnchors(&findings)
	f.checkOld(&findings)
	return f, findings
}

// policyArgs are what a finding says of a text that is no policy.
func policyArgs(value string) diag.Args {
	var known []string
	for _, p := range Policies {
		known = append(known, string(p))
	}
	return diag.Args{"Value": value, "Near": diag.Nearest(value, known)}
}

// PolicyFor returns what a locale may lack: an authoritative one nothing.
func (f *Facts) PolicyFor(locale string) TranslationPolicy {
	if f.IsAuthoritative(locale) {
		return Complete
	}
	return f.Policy
}

// knowsLocales reports whether the locales are given, each in its form.
func (f *Facts) knowsLocales() bool {
	return len(f.Locales) > 0 && !slices.ContainsFunc(f.Locales, func(l fields.Text) bool { return !codes.IsLocale(l.Value) })
}

func (f *Facts) checkLocales(written []string, findings *diag.Findings) {
	seen := map[string]diag.Position{}
	for _, l := range f.Locales {
		if !codes.IsLocale(l.Value) {
			near := cmp.Or(codes.NearestLocale(l.Value, written), codes.NearestLocale(l.Value, nil))
			findings.Add(l.At, "locale-tag", diag.Args{"Locale": l.Value, "Near": near})
		}
		if first, twice := seen[l.Value]; twice {
			findings.Add(l.At, "locale-twice", diag.Args{"Locale": l.Value}, diag.Related{ID: "related.first-use", At: first})
		}
		seen[l.Value] = l.At
	}
	for _, l := range append([]fields.Text{f.Source}, f.Authoritative...) {
		if l.Value != "" && !f.HasLocale(l.Value) && f.knowsLocales() {
			findings.Add(l.At, "locale-not-offered", diag.Args{"Locale": l.Value, "Near": f.nearestLocale(l.Value)})
		}
	}
}

func (f *Facts) checkAnchors(findings *diag.Findings) {
	seen := map[string]diag.Position{}
	once := func(a fields.Text) {
		if !a.Set() {
			return
		}
		if !markdown.IsAnchor(a.Value) {
			findings.Add(a.At, "anchor-form", diag.Args{"Anchor": a.Value, "Near": markdown.AsAnchor(a.Value)})
		}
		if first, twice := seen[a.Value]; twice {
			findings.Add(a.At, "anchor-twice", diag.Args{"Anchor": a.Value}, diag.Related{ID: "related.first-use", At: first})
		}
		seen[a.Value] = a.At
	}
	for _, a := range f.Appendices {
		once(a.Anchor)
		for _, j := range a.Jurisdictions {
			if !codes.IsJurisdiction(j.Value) {
				findings.Add(j.At, "jurisdiction-unknown", diag.Args{"Code": j.Value, "Near": codes.NearestJurisdiction(j.Value)})
			}
		}
	}
	for _, m := range f.Moved {
		once(m.From)
		if _, away := m.Away(); m.To.Set() && !away && !markdown.IsAnchor(m.To.Value) {
			near, marked := strings.CutPrefix(m.To.Value, "#")
			if !marked || !markdown.IsAnchor(near) {
				near = ""
			}
			findings.Add(m.To.At, "moved-to-form", diag.Args{"To": m.To.Value, "Near": near})
		}
	}
	for _, r := range f.Retired {
		once(r.Anchor)
		if r.LastVersion.Value != "" && !IsVersionName(r.LastVersion.Value) {
			findings.Add(r.LastVersion.At, "version-name", fields.DateArgs(r.LastVersion.Value))
		}
	}
}

// JurisdictionMessage is the ID of the message that names a subdivision or group: "jurisdiction_us_ca".
func JurisdictionMessage(code string) string {
	return "jurisdiction_" + strings.ReplaceAll(strings.ToLower(code), "-", "_")
}
