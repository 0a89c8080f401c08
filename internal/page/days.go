package page

import (
	"slices"

	"placard/internal/archive"
)

// days say in a locale which version applied on which day, the last days first; with them come the first day on which one applies, and the last
// of a notice that ends.
func (p *plan) days(slug string, spans []archive.Span, locale string) (days []Days, first, last string) {
	scheduled := map[string]bool{}
	for _, s := range p.known[slug] {
		scheduled[s.Name()] = s.State == archive.Scheduled
	}
	for _, s := range spans {
		d := Days{From: s.From, To: s.To, Code: "applied", Version: p.versionRef(s.Applied, locale)}
		if s.Shown != s.Applied {
			d.Otherwise, d.Shown = true, p.versionRef(s.Shown, locale)
		}
		switch {
		case s.Applied == nil && first == "":
			d.Code = "before"
		case s.Applied == nil:
			d.Code = "ended"
		case first == "":
			first = s.From
		}
		if s.Applied != nil && s.To != "" {
			last = s.To
		}
		if s.Applied != nil && scheduled[s.Applied.Name()] {
			d.Announced = s.Applied.Entry.Published
		}
		days = append(days, d)
	}
	if days[len(days)-1].Code != "ended" {
		last = ""
	}
	if first == "" { // all were cancelled
		for i := range days {
			days[i].Code = "none"
		}
	}
	slices.Reverse(days)
	return days, first, last
}
