package archive

import (
	"cmp"
	"slices"
	"time"

	"placard/internal/fields"
	"placard/internal/notice"
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
	// Cancelled is the state of a version that was announced and never applies.
	Cancelled State = "cancelled"
	// Withdrawn is the state of the last version of a notice that has ended.
	Withdrawn State = "withdrawn"
)

// A Standing is a version and where it stands.
type Standing struct {
	*Version
	State State
	// Until is the last day in force of a version that another one follows or with which the notice ends, or empty.
	Until string
	// Previous and Next are its neighbours that were not cancelled, or nil.
	Previous, Next *Version
	// Cancelled is the supplement by which the version was cancelled, and Ended that by which the notice ends with it, or nil. Unlike
	// other supplements they hold of every reading of the version.
	Cancelled, Ended *Folder
}

// Effective is the day from which the version binds, unless it was cancelled.
func (v *Version) Effective() string { return v.Record.Effective }

// Cancellation is the supplement by which the version was cancelled; nil for one that was not.
func (v *Version) Cancellation() *Folder { return v.ofKind(KindCancellation) }

// Withdrawal is the supplement by which the notice ends with the version; nil where it does not.
func (v *Version) Withdrawal() *Folder { return v.ofKind(KindWithdrawal) }

// closed is the first supplement that cancels the version or ends the notice with it; nil where there is none.
func (v *Version) closed() *Folder {
	for _, f := range v.Supplements {
		if f.Entry.Kind == KindCancellation || f.Entry.Kind == KindWithdrawal {
			return f
		}
	}
	return nil
}

func (v *Version) ofKind(kind string) *Folder {
	for _, f := range v.Supplements {
		if f.Entry.Kind == kind {
			return f
		}
	}
	return nil
}

// Newest returns the version that was sealed last of those that were not cancelled, or of all where all were; nil if there is none.
func (t Timeline) Newest() *Version {
	var newest *Version
	for _, v := range t {
		if newest == nil || newest.Cancellation() != nil && v.Cancellation() == nil ||
			(newest.Cancellation() == nil) == (v.Cancellation() == nil) && v.Entry.Number > newest.Entry.Number {
			newest = v
		}
	}
	return newest
}

// Last returns the version with the latest date of those that were not cancelled; nil if there is none.
func (t Timeline) Last() *Version {
	return t.LastThat(func(v *Version) bool { return v.Cancellation() == nil })
}

// Written returns, by the name of each version, the number of the line that sealed its text first: its own, or that of one that
// was postponed and whose place it takes. Of what was sealed after that, the text knows nothing.
func (t Timeline) Written() map[string]int {
	written := map[string]int{}
	inOrder := slices.SortedFunc(slices.Values(t), func(v, w *Version) int { return cmp.Compare(v.Entry.Number, w.Entry.Number) })
	for _, v := range inOrder {
		if written[v.Name()] == 0 {
			written[v.Name()] = v.Entry.Number
		}
		if c := v.Cancellation(); c != nil && notice.Effective(c.Record.Instead) > v.Effective() {
			written[c.Record.Instead] = written[v.Name()]
		}
	}
	return written
}

// LastThat returns the last version of which something is so: of those that were not cancelled, or where it is so of none of these, of
// those that were; nil where it is so of none.
func (t Timeline) LastThat(is func(*Version) bool) *Version {
	var never *Version
	for _, v := range slices.Backward(t) {
		switch {
		case !is(v):
		case v.Cancellation() == nil:
			return v
		case never == nil:
			never = v
		}
	}
	return never
}

// On returns the version that applies on a day by what was not cancelled, whether or not it was known then; nil before the
// first one.
func (t Timeline) On(day string) *Version {
	var on *Version
	for _, v := range t {
		if v.Cancellation() == nil && v.Effective() <= day {
			on = v
		}
	}
	return on
}

// From returns the versions that were not cancelled and apply from a day or a later one.
func (t Timeline) From(day string) []*Version {
	return slices.DeleteFunc(slices.Clone(t), func(v *Version) bool { return v.Cancellation() != nil || v.Effective() < day })
}

// Withdrawal is the supplement by which the notice ends; nil where it does not.
func (t Timeline) Withdrawal() *Folder {
	if last := t.Last(); last != nil {
		return last.Withdrawal()
	}
	return nil
}

// Standings returns the versions in order, each with its state at a moment. Those that were not known then are left out by
// Archive.At.
func (t Timeline) Standings(m Moment) []Standing {
	standings := make([]Standing, len(t))
	var neighbour *Version
	for i, v := range t {
		standings[i] = Standing{Version: v, State: v.state(m), Previous: neighbour, Cancelled: v.Cancellation(), Ended: v.Withdrawal()}
		if v.Cancellation() == nil {
			neighbour = v
		}
	}
	neighbour = nil
	for i, v := range slices.Backward(t) {
		s := &standings[i]
		if s.Next = neighbour; s.State == Cancelled {
			continue
		}
		neighbour = v
		switch {
		case s.Next != nil:
			s.Until = fields.DaysAfter(s.Next.Effective(), -1)
			if s.Next.state(m) == InForce {
				s.State = Superseded
			}
		case s.Ended != nil:
			s.Until = fields.DaysAfter(s.Ended.Record.Ends, -1)
			if !m.before(s.Ended.Record.Ends, v) {
				s.State = Withdrawn
			}
		}
	}
	return standings
}

// state is where the version stands at a moment if nothing follows it.
func (v *Version) state(m Moment) State {
	switch {
	case v.Cancellation() != nil:
		return Cancelled
	case m.before(v.Effective(), v):
		return Scheduled
	}
	return InForce
}

// before reports whether the moment is before a day of the notice of a version.
func (m Moment) before(day string, v *Version) bool { return m.beforeIn(day, v.Document.Facts.Zone) }

func (m Moment) beforeIn(day string, zone *time.Location) bool {
	return m.In(zone).Before(Midnight(day, zone))
}

// Current returns the index of the version at the address of the notice: the one in force, or the last of a notice that has
// ended; before the first one applies, the first announced; where all were cancelled, the last of them. It is -1 if there is none.
func Current(standings []Standing) int {
	current, rank := -1, 0
	for i, s := range standings {
		switch s.State {
		case InForce, Withdrawn:
			current, rank = i, 3
		case Scheduled:
			if rank < 2 {
				current, rank = i, 2
			}
		case Cancelled:
			if rank < 2 {
				current, rank = i, 1
			}
		}
	}
	return current
}

// A Turn is an instant at which the site becomes another one by itself, and the line of LOG by which it does.
type Turn struct {
	// At is in the zone of the notice; in UTC for keys.
	At    time.Time
	Entry Entry
	What  Change
}

// A Change is what happens at a Turn.
type Change string

const (
	// Applies is a version that comes into force.
	Applies Change = "applies"
	// Published is something that is known from then on.
	Published Change = "published"
	// Ends is a notice that does not apply any more.
	Ends Change = "ends"
)

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
	known := a.knownFrom()
	for i, e := range a.Log {
		zone := a.zone(e)
		add(Turn{known[i].In(zone), e, Published})
		if e.Kind == KindKeys {
			continue
		}
		v, number := a.place(e)
		switch applies, ends := Midnight(v.Effective(), zone), Midnight(v.folder(number).Record.Ends, zone); {
		case e.Kind == KindWithdrawal && ends.After(known[i]):
			add(Turn{ends, e, Ends})
		case e.Kind == KindVersion && applies.After(known[i]):
			if c := v.Cancellation(); c == nil || known[c.Entry.Number-1].After(applies) {
				add(Turn{applies, e, Applies})
			}
		}
	}
	return next
}

// knownFrom are the instants from which the lines of LOG are known: each when those before it are.
func (a *Archive) knownFrom() []time.Time {
	var all []time.Time
	var known time.Time
	for _, e := range a.Log {
		if published := Midnight(e.Published, a.zone(e)); published.After(known) {
			known = published
		}
		all = append(all, known)
	}
	return all
}
