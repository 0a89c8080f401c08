package archive

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"placard/internal/fields"
)

func saidOf(v *Version) string {
	if v == nil {
		return "none"
	}
	return v.Name()
}

func TestSpans(t *testing.T) {
	const zone = " Asia/Kuala_Lumpur"
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"one version", []string{"n/2020-01-01 2019-12-01" + zone}, "..2019-12-31 none; 2020-01-01.. 2020-01-01"},
		{"one after the other", []string{"n/2020-01-01 2019-12-01" + zone, "n/2021-01-01 2020-12-01" + zone},
			"..2019-12-31 none; 2020-01-01..2020-12-31 2020-01-01; 2021-01-01.. 2021-01-01"},
		{"published after the day from which it applies", []string{"n/2020-01-01 2019-12-01" + zone, "n/2021-01-01 2021-01-15" + zone},
			"..2019-12-31 none; 2020-01-01..2020-12-31 2020-01-01; 2021-01-01..2021-01-14 2021-01-01, shown 2020-01-01; 2021-01-15.. 2021-01-01"},
		{"the first one too", []string{"n/2020-01-01 2020-02-01" + zone}, "..2019-12-31 none; 2020-01-01..2020-01-31 2020-01-01, shown none; 2020-02-01.. 2020-01-01"},
		{"cancelled before it applied", []string{"n/2020-01-01 2019-12-01" + zone, "n/2021-01-01 2020-10-01" + zone, "n/2021-01-01-s1 2020-12-01" + zone + " cancellation"},
			"..2019-12-31 none; 2020-01-01.. 2020-01-01"},
		{"a past that was brought in", []string{"n/2021-01-01 2020-12-01" + zone, "n/2020-01-01 2021-03-01" + zone},
			"..2019-12-31 none; 2020-01-01..2020-12-31 2020-01-01, shown none; 2021-01-01.. 2021-01-01"},
		{"known with the lines before it", []string{"m/2021-01-01 2021-02-01" + zone, "n/2021-01-01 2020-12-01" + zone},
			"..2020-12-31 none; 2021-01-01..2021-01-31 2021-01-01, shown none; 2021-02-01.. 2021-01-01"},
		{"an end", []string{"n/2020-01-01 2019-12-01" + zone, "n/2020-01-01-s1 2020-02-01" + zone + " withdrawal 2020-03-01"},
			"..2019-12-31 none; 2020-01-01..2020-02-29 2020-01-01; 2020-03-01.. none"},
		{"an end said later", []string{"n/2020-01-01 2019-12-01" + zone, "n/2020-01-01-s1 2020-03-08" + zone + " withdrawal 2020-03-01"},
			"..2019-12-31 none; 2020-01-01..2020-02-29 2020-01-01; 2020-03-01..2020-03-07 none, shown 2020-01-01; 2020-03-08.. none"},
		{"all cancelled", []string{"n/2021-01-01 2020-10-01" + zone, "n/2021-01-01-s1 2020-12-01" + zone + " cancellation"}, ".. none"},
		{"no versions", []string{"m/2020-01-01 2019-12-01" + zone}, ""},
	} {
		var got []string
		for _, s := range published(t, tt.lines...).Spans("n") {
			line := s.From + ".." + s.To + " " + saidOf(s.Applied)
			if s.Shown != s.Applied {
				line += ", shown " + saidOf(s.Shown)
			}
			got = append(got, line)
		}
		if got := strings.Join(got, "; "); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// Spans say of each day what At and Standings say of it.
func TestSpansDayByDay(t *testing.T) {
	days, kinds := 0, map[string]int{}
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		lines := randomHistory(random)
		a := published(t, lines...)
		for _, slug := range a.Slugs() {
			spans := a.Spans(slug)
			if spans[0].From != "" || spans[len(spans)-1].To != "" {
				t.Fatalf("%v: the days before or after all are in no span", lines)
			}
			at := 0
			for day := "2019-12-01"; day < "2020-07-10"; day = fields.DaysAfter(day, 1) {
				if to := spans[at].To; to != "" && to < day {
					if at++; spans[at].From != day {
						t.Fatalf("seed %d, %v: %s is in no span", seed, lines, day)
					}
				}
				m, _ := ParseMoment(day)
				applied, shown := inForceAt(a, slug, m), inForceAt(a.At(m), slug, m)
				if got := saidOf(spans[at].Applied); got != applied {
					t.Fatalf("seed %d, %v\n%s %s: %s applied, want %s", seed, lines, slug, day, got, applied)
				}
				if got := saidOf(spans[at].Shown); got != shown {
					t.Fatalf("seed %d, %v\n%s %s: %s was shown, want %s", seed, lines, slug, day, got, shown)
				}
				days++
				if applied != shown {
					kinds[fmt.Sprint(applied == "none", shown == "none")]++
				}
			}
			if at != len(spans)-1 {
				t.Fatalf("seed %d, %v: no day is in %v", seed, lines, spans[at+1:])
			}
		}
	}
	if days < 40_000 || len(kinds) != 3 {
		t.Errorf("%d days, %v of which another version was shown: too few were looked at", days, kinds)
	}
}

func inForceAt(a *Archive, slug string, m Moment) string {
	for _, s := range a.Notices[slug].Standings(m) {
		if s.State == InForce {
			return s.Name()
		}
	}
	return "none"
}

// randomHistory makes the lines of an archive of two notices, published between Christmas 2019 and May 2020. Not all are such as a release would make.
func randomHistory(random *rand.Rand) []string {
	var lines []string
	day := "2019-12-27"
	supplements := map[string]int{}
	closed := map[string]bool{}
	zones := map[string]string{"n": "Asia/Kuala_Lumpur", "m": "America/Los_Angeles"}
	for range 4 + random.IntN(10) {
		if day = fields.DaysAfter(day, random.IntN(13)); day > "2020-04-20" {
			break
		}
		published := day
		if random.IntN(6) == 0 { // what was published sooner, and sealed only now
			published = fields.DaysAfter(day, -random.IntN(20))
		}
		slug := []string{"n", "m"}[random.IntN(2)]
		var own []string
		for _, line := range lines {
			if name, _, _ := strings.Cut(line, " "); strings.HasPrefix(name, slug+"/") && !strings.Contains(name, "-s") {
				own = append(own, name)
			}
		}
		if random.IntN(3) > 0 || len(own) == 0 {
			name := slug + "/" + fields.DaysAfter(day, random.IntN(40)-15)
			if !slices.Contains(own, name) {
				lines = append(lines, name+" "+published+" "+zones[slug])
			}
			continue
		}
		v := own[random.IntN(len(own))]
		supplements[v]++
		line := fmt.Sprintf("%s-s%d %s %s", v, supplements[v], published, zones[slug])
		_, effective, _ := strings.Cut(v, "/")
		switch kind := random.IntN(3); {
		case closed[v]:
		case kind == 0 && day < effective:
			line, closed[v] = line+" cancellation", true
		case kind == 1:
			line, closed[v] = line+" withdrawal "+max(fields.DaysAfter(day, random.IntN(30)-5), fields.DaysAfter(effective, 1)), true
		}
		lines = append(lines, line)
	}
	return lines
}
