package archive

import (
	"slices"

	"placard/internal/fields"
)

// A Span is days in a row, in the zone of the notice, of which the same is to be said.
type Span struct {
	// From and To are its first and its last day. The first span has no From, and the last no To.
	From, To string
	// Applied is the version in force on these days by all that is known; nil before the first one and after the end of the notice.
	Applied *Version
	// Shown is the version that was in force by what was known on the day itself, which the site then showed; nil where there was
	// none. It is another one than Applied where something was published only after a day for which it holds.
	Shown *Version
}

// Spans returns the days of a notice, all that there are, in order: each day as At and Standings have it at its beginning. Of days to
// come it says what was announced. It is empty for a notice without versions.
func (a *Archive) Spans(slug string) []Span {
	timeline := a.Notices[slug]
	if len(timeline) == 0 {
		return nil
	}
	known := a.knownDays()
	var turns []string // on no other day anything changes
	for _, v := range timeline {
		turns = append(turns, v.Effective(), known[v.Entry.Number])
		for _, f := range v.Supplements {
			turns = append(turns, known[f.Entry.Number])
		}
		if w := v.Withdrawal(); w != nil {
			turns = append(turns, w.Record.Ends)
		}
	}
	slices.Sort(turns)
	spans := []Span{{}} // before the first turn no version is known to apply, nor does one
	for _, day := range slices.Compact(turns) {
		next := Span{
			From:    day,
			Applied: timeline.inForce(day, func(*Folder) bool { return true }),
			Shown:   timeline.inForce(day, func(f *Folder) bool { return known[f.Entry.Number] <= day }),
		}
		if last := &spans[len(spans)-1]; last.Applied != next.Applied || last.Shown != next.Shown {
			last.To = fields.DaysAfter(day, -1)
			spans = append(spans, next)
		}
	}
	return spans
}

// knownDays are the days from which the lines of LOG are known, by number: each when those before it are.
func (a *Archive) knownDays() map[int]string {
	days := map[int]string{}
	last := ""
	for _, e := range a.Log {
		last = max(last, e.Published)
		days[e.Number] = last
	}
	return days
}

// inForce returns the version that is in force on a day by those folders alone that are known; nil where none is.
func (t Timeline) inForce(day string, isKnown func(*Folder) bool) *Version {
	var on *Version
	followed := false
	for _, v := range t {
		switch c := v.Cancellation(); {
		case !isKnown(&v.Folder) || c != nil && isKnown(c):
		case v.Effective() <= day:
			on = v
		default:
			followed = true
		}
	}
	if on == nil {
		return nil
	}
	// A notice ends with its last version.
	if w := on.Withdrawal(); w != nil && !followed && isKnown(w) && w.Record.Ends <= day {
		return nil
	}
	return on
}
