package archive

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"placard/internal/fields"
	"placard/internal/notice"
)

// published makes an archive of notices that are written in the form "slug/version published zone", in the order of LOG; behind that may
// stand "cancellation", or "withdrawal" and the day from which the notice does not apply.
func published(t *testing.T, lines ...string) *Archive {
	t.Helper()
	a := &Archive{Notices: map[string]Timeline{}}
	for _, line := range lines {
		f := strings.Fields(line)
		slug, name, _ := strings.Cut(f[0], "/")
		zone, err := time.LoadLocation(f[2])
		if err != nil {
			t.Fatal(err)
		}
		e := Entry{Number: len(a.Log) + 1, Kind: KindVersion, Notice: slug, Name: name, Published: f[1]}
		if _, _, ok := notice.Supplement(name); ok {
			e.Kind = KindTranslation
		}
		if len(f) > 3 {
			e.Kind = f[3]
		}
		folder := Folder{Entry: e, Record: Record{Effective: notice.Effective(e.Version())}}
		doc := &notice.Document{Facts: notice.Facts{Zone: zone, Source: fields.Text{Value: "en"}}}
		if len(f) > 4 {
			folder.Record.Ends = f[4]
		}
		a.Log = append(a.Log, e)
		if e.Kind != KindVersion {
			v := a.Version(slug, e.Version())
			v.Supplements, v.readings = append(v.Supplements, &folder), append(v.readings, doc)
			v.Document = doc
			continue
		}
		a.Notices[slug] = append(a.Notices[slug], &Version{Folder: folder, Document: doc, readings: []*notice.Document{doc}})
	}
	for _, timeline := range a.Notices {
		slices.SortFunc(timeline, func(v, w *Version) int { return notice.CompareVersions(v.Name(), w.Name()) })
	}
	return a
}

func TestStandings(t *testing.T) {
	a := published(t,
		"n/2020-01-01 2019-12-01 Asia/Kuala_Lumpur",
		"n/2021-01-01 2020-12-01 Asia/Kuala_Lumpur",
		"n/2022-01-01 2020-12-15 Asia/Kuala_Lumpur",
	)
	for _, tt := range []struct{ moment, want, current string }{
		{"2019-11-30", "", ""},
		{"2019-12-01", "2020-01-01 scheduled", "2020-01-01"},
		{"2020-01-01", "2020-01-01 in-force", "2020-01-01"},
		{"2020-12-01", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled", "2020-01-01"},
		{"2020-12-15", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled until 2021-12-31, 2022-01-01 scheduled", "2020-01-01"},
		{"2020-12-31T15:59:59Z", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled until 2021-12-31, 2022-01-01 scheduled", "2020-01-01"},
		{"2020-12-31T16:00:00Z", "2020-01-01 superseded until 2020-12-31, 2021-01-01 in-force until 2021-12-31, 2022-01-01 scheduled", "2021-01-01"},
		{"2022-01-01", "2020-01-01 superseded until 2020-12-31, 2021-01-01 superseded until 2021-12-31, 2022-01-01 in-force", "2022-01-01"},
	} {
		m, ok := ParseMoment(tt.moment)
		if !ok {
			t.Fatalf("%s is no moment", tt.moment)
		}
		var got []string
		standings := a.At(m).Notices["n"].Standings(m)
		for _, s := range standings {
			line := s.Name() + " " + string(s.State)
			if s.Until != "" {
				line += " until " + s.Until
			}
			got = append(got, line)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %s, want %s", tt.moment, strings.Join(got, ", "), tt.want)
		}
		current := ""
		if i := Current(standings); i >= 0 {
			current = standings[i].Name()
		}
		if current != tt.current {
			t.Errorf("%s: current is %q, want %q", tt.moment, current, tt.current)
		}
	}
}

// What was cancelled stands in nobody's way, and the last version of a notice that ends is withdrawn from its day on.
func TestStandingsCalledOff(t *testing.T) {
	const zone = " Asia/Kuala_Lumpur"
	a := published(t,
		"n/2020-01-01 2019-12-01"+zone,
		"n/2021-01-01 2020-10-01"+zone,
		"n/2022-01-01 2020-11-01"+zone,
		"n/2021-01-01-s1 2020-12-01"+zone+" cancellation",
		"n/2020-06-01 2020-12-02"+zone, // brought in later
		"n/2022-01-01-s1 2022-02-01"+zone+" withdrawal 2022-03-01",
	)
	for _, tt := range []struct{ known, moment, want, current, newest string }{
		{"2020-11-15", "2020-11-15", "2020-01-01 in-force until 2020-12-31, 2021-01-01 scheduled until 2021-12-31, 2022-01-01 scheduled", "2020-01-01", "2022-01-01"},
		{"2020-12-01", "2020-12-01", "2020-01-01 in-force until 2021-12-31, 2021-01-01 cancelled, 2022-01-01 scheduled", "2020-01-01", "2022-01-01"},
		{"2020-12-02", "2021-01-01", "2020-01-01 superseded until 2020-05-31, 2020-06-01 in-force until 2021-12-31, 2021-01-01 cancelled, 2022-01-01 scheduled", "2020-06-01", "2020-06-01"},
		{"2020-11-15", "2021-01-01", "2020-01-01 superseded until 2020-12-31, 2021-01-01 in-force until 2021-12-31, 2022-01-01 scheduled", "2021-01-01", "2022-01-01"},
		{"2022-02-01", "2022-02-28", "2020-01-01 superseded until 2020-05-31, 2020-06-01 superseded until 2021-12-31, 2021-01-01 cancelled, 2022-01-01 in-force until 2022-02-28", "2022-01-01", "2020-06-01"},
		{"2022-02-01", "2022-03-01", "2020-01-01 superseded until 2020-05-31, 2020-06-01 superseded until 2021-12-31, 2021-01-01 cancelled, 2022-01-01 withdrawn until 2022-02-28", "2022-01-01", "2020-06-01"},
	} {
		known, _ := ParseMoment(tt.known)
		moment, _ := ParseMoment(tt.moment)
		timeline := a.At(known).Notices["n"]
		standings := timeline.Standings(moment)
		var got []string
		for _, s := range standings {
			line := s.Name() + " " + string(s.State)
			if s.Until != "" {
				line += " until " + s.Until
			}
			got = append(got, line)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("on %s, known on %s: %s\nwant %s", tt.moment, tt.known, strings.Join(got, ", "), tt.want)
		}
		if name := standings[Current(standings)].Name(); name != tt.current {
			t.Errorf("on %s, known on %s: current is %s, want %s", tt.moment, tt.known, name, tt.current)
		}
		if name := timeline.Newest().Name(); name != tt.newest {
			t.Errorf("known on %s: newest is %s, want %s", tt.known, name, tt.newest)
		}
	}
	var turns []string
	for m := (Moment{day: "2020-12-03"}); ; {
		next := a.NextTurns(m)
		if len(next) == 0 {
			break
		}
		turns = append(turns, next[0].At.Format(time.DateOnly)+" "+next[0].Entry.Name+" "+string(next[0].What))
		m = At(next[0].At)
	}
	if got, want := strings.Join(turns, ", "), "2022-01-01 2022-01-01 applies, 2022-02-01 2022-01-01-s1 published, 2022-03-01 2022-01-01-s1 ends"; got != want {
		t.Errorf("turns: %s, want %s", got, want)
	}
}

// Where the clock jumps over midnight, a day begins with the jump, not on the evening before.
func TestMidnight(t *testing.T) {
	for _, tt := range []struct{ zone, day, want string }{
		{"Asia/Kuala_Lumpur", "2026-03-01", "2026-03-01T00:00:00+08:00"},
		{"America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00"},
		{"America/Havana", "2027-03-14", "2027-03-14T01:00:00-04:00"},
		{"Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"},
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := Midnight(tt.day, zone).Format(time.RFC3339); got != tt.want {
			t.Errorf("%s begins in %s at %s, want %s", tt.day, tt.zone, got, tt.want)
		}
	}
}

// A version is known only when every line before it is, so that what is published of LOG has no gap.
func TestKnownInTheOrderOfTheLog(t *testing.T) {
	a := published(t, "west/2026-05-01 2026-05-01 America/Los_Angeles", "east/2026-05-01 2026-05-01 Pacific/Auckland")
	for moment, want := range map[string]int{"2026-04-30T13:00:00Z": 0, "2026-05-01T07:00:00Z": 2} {
		m, _ := ParseMoment(moment)
		if got := len(a.At(m).Log); got != want {
			t.Errorf("at %s %d versions are known, want %d", moment, got, want)
		}
	}
}

// A supplement is known from its own day on: before, the version reads as it did.
func TestSupplementsAtAMoment(t *testing.T) {
	a := published(t, "n/2026-05-01 2026-04-01 UTC", "n/2026-05-01-s1 2026-04-09 UTC", "n/2026-06-01 2026-04-20 UTC", "n/2026-05-01-s2 2026-06-02 UTC")
	all := a.Version("n", "2026-05-01")
	for moment, want := range map[string]int{"2026-04-08": 0, "2026-04-09": 1, "2026-06-01": 1, "2026-06-02": 2} {
		m, _ := ParseMoment(moment)
		v := a.At(m).Version("n", "2026-05-01")
		if len(v.Supplements) != want || v.Document != all.readings[want] {
			t.Errorf("on %s the version has %d supplements, want %d and the reading with them", moment, len(v.Supplements), want)
		}
	}
	if len(all.Supplements) != 2 || all.Document != all.readings[2] {
		t.Error("looking back changed the archive")
	}
}

// The site changes at the first instant of a day in the zone of a notice, and a line is known when those before it are.
func TestNextTurns(t *testing.T) {
	a := published(t,
		"n/2026-05-01 2026-04-01 Asia/Kuala_Lumpur", "n/2026-05-01-s1 2026-04-09 Asia/Kuala_Lumpur",
		"west/2026-05-02 2026-04-10 America/Los_Angeles", "east/2026-05-01 2026-04-10 Pacific/Auckland",
	)
	for _, tt := range []struct{ after, want string }{
		{"2026-03-01", "2026-04-01T00:00:00+08:00 n 2026-05-01 published"},
		{"2026-04-01", "2026-04-09T00:00:00+08:00 n 2026-05-01-s1 published"},
		{"2026-04-09T00:00:00Z", "2026-04-10T00:00:00-07:00 west 2026-05-02 published, 2026-04-10T19:00:00+12:00 east 2026-05-01 published"},
		{"2026-04-11T00:00:00Z", "2026-05-01T00:00:00+12:00 east 2026-05-01 applies"},
		{"2026-04-30T12:00:00Z", "2026-05-01T00:00:00+08:00 n 2026-05-01 applies"},
		{"2026-05-01T00:00:00Z", "2026-05-02T00:00:00-07:00 west 2026-05-02 applies"},
		{"2026-05-03", ""},
	} {
		m, ok := ParseMoment(tt.after)
		if !ok {
			t.Fatal(tt.after)
		}
		var got []string
		for _, turn := range a.NextTurns(m) {
			got = append(got, fmt.Sprintf("%s %s %s %s", turn.At.Format(time.RFC3339), turn.Entry.Notice, turn.Entry.Name, turn.What))
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("after %s: %q, want %q", tt.after, strings.Join(got, ", "), tt.want)
		}
	}
}

func TestParseMoment(t *testing.T) {
	for _, s := range []string{"", "now", "2026-02-30", "2026-2-3", "2026-03-01T00:00:00", "2026-03-01 00:00:00Z", "01/03/2026"} {
		if _, ok := ParseMoment(s); ok {
			t.Errorf("%q is taken", s)
		}
	}
	for _, s := range []string{"2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00+08:00"} {
		if m, ok := ParseMoment(s); !ok || m.String() != s {
			t.Errorf("ParseMoment(%q) = %v, %v", s, m, ok)
		}
	}
}
