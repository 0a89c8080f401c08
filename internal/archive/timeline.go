package archive

import (
	"time"

	"placard/internal/fields"
)

// A Moment is an instant, or a day whose first instant counts in the zone of each notice.
type Moment struct {
	day     string
	instant time.Time
}

// ParseMoment reads RFC 3339, "2026-03-01T00:00:00+08:00", or a day, "2026-03-01".
func ParseMoment(s string) (Moment, bool) {
	if fields.IsDate(s) {
		return Moment{day: s}, true
	}
	t, err := time.Parse(time.RFC3339, s)
	return Moment{instant: t}, err == nil
}

// At returns the moment of an instant.
func At(t time.Time) Moment { return Moment{instant: t} }

// In returns the instant, in the given zone.
func (m Moment) In(zone *time.Location) time.Time {
	if m.day != "" {
		return Midnight(m.day, zone)
	}
	return m.instant.In(zone)
}

// String returns what ParseMoment reads.
func (m Moment) String() string {
	if m.day != "" {
		return m.day
	}
	return m.instant.Format(time.RFC3339)
}

// Midnight returns the first instant of a day in a zone.
func Midnight(day string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return time.Time{}
	}
	// Where the clock jumps over midnight, the day begins with the jump.
	if t.Format(time.DateOnly) < day {
		_, t = t.ZoneBounds()
	}
	return t
}

// A State is where a version stands at a moment. It follows from LOG and the moment, and is kept nowhere.
type State string

const (
	Scheduled  State = "scheduled"
	InForce    State = "in-force"
	Superseded State = "superseded"
)

// A Standing is a version and where it stands.
type Standing struct {
	*Version
	State State
	// Until is the last day in force of a version that another one follows, or empty.
	Until string
	// Previous and Next are its neighbours, or nil.
	Previous, Next *Version
}

// Effective is the day from which the version binds.
func (v *Version) Effective() string { return v.Record.Effective }

// Standings returns the versions in order, each with its state at a moment. Those that were not known then are left out by
// Archive.At.
func (t Timeline) Standings(m Moment) []Standing {
	standings := make([]Standing, len(t))
	for i, v := range t {
		s := Standing{Version: v, State: Scheduled}
		if i > 0 {
			s.Previous = t[i-1]
		}
		if begun(v, m) {
			s.State = InForce
		}
		if i+1 < len(t) {
			s.Next = t[i+1]
			s.Until = fields.DaysAfter(s.Next.Effective(), -1)
			if begun(s.Next, m) {
				s.State = Superseded
			}
		}
		standings[i] = s
	}
	return standings
}

func begun(v *Version, m Moment) bool { return !m.before(v.Effective(), v) }

// before reports whether the moment is before a day of the notice of a version.
func (m Moment) before(day string, v *Version) bool {
	zone := v.Document.Facts.Zone
	return m.In(zone).Before(Midnight(day, zone))
}

// Current returns the index of the version at the address of the notice: the one in force or, before the first one
// applies, the first announced. It is -1 if there is none.
func Current(standings []Standing) int {
	current := -1
	for i, s := range standings {
		if s.State == InForce || current < 0 {
			current = i
		}
	}
	return current
}

// A Turn is an instant at which the site becomes another one by itself, and the line of LOG by which it does.
type Turn struct {
	// At is in the zone of the notice.
	At    time.Time
	Entry Entry
	// Applies is whether the version comes into force then; otherwise it is only known from then on.
	Applies bool
}

// NextTurns returns what happens at the next instant after a moment at which anything does, in the order of LOG; nothing where the
// site stays as it is until the next release.
func (a *Archive) NextTurns(m Moment) []Turn {
	var next []Turn
	add := func(t Turn) {
		switch {
		case !t.At.After(m.In(t.At.Location())) || len(next) > 0 && t.At.After(next[0].At):
		case len(next) > 0 && t.At.Equal(next[0].At):
			next = append(next, t)
		default:
			next = []Turn{t}
		}
	}
	var known time.Time // a line is known when those before it are
	for _, e := range a.Log {
		v, _ := a.place(e)
		zone := v.Document.Facts.Zone
		if published := Midnight(e.Published, zone); published.After(known) {
			known = published
		}
		add(Turn{At: known.In(zone), Entry: e})
		if effective := Midnight(v.Effective(), zone); e.Kind == KindVersion && effective.After(known) {
			add(Turn{At: effective, Entry: e, Applies: true})
		}
	}
	return next
}
