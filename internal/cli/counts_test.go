package cli_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// What happened to the runs of the tests of faults, printed when all are done. docs/faults.md says how to read it.

// An ending is what became of a run that was harmed.
type ending int

const (
	clean     ending = iota // nothing was left to do for the next run
	discarded               // the next run took back what was begun
	completed               // the next run did the rest
)

// An outcome is where a run was when it was harmed, before or after the point from which its work counts (the line of LOG of
// a release, the journal of a build), and what became of it.
type outcome struct {
	after bool
	end   ending
}

// A tally counts the outcomes of one kind of harm.
type tally struct{ runs, before, after, clean, discarded, completed int }

// A race counts what became of the runs of rounds in which several began at once.
type raceTally struct{ rounds, runs, did, stopped, late int }

var counts struct {
	sync.Mutex
	kinds, races []string
	tallies      map[string]*tally
	raced        map[string]*raceTally
}

// count adds an outcome to those of a kind of harm.
func count(kind string, o outcome) {
	counts.Lock()
	defer counts.Unlock()
	n, ok := counts.tallies[kind]
	if !ok {
		if counts.tallies == nil {
			counts.tallies = map[string]*tally{}
		}
		n = &tally{}
		counts.tallies[kind], counts.kinds = n, append(counts.kinds, kind)
	}
	n.runs++
	if o.after {
		n.after++
	} else {
		n.before++
	}
	switch o.end {
	case clean:
		n.clean++
	case discarded:
		n.discarded++
	case completed:
		n.completed++
	}
}

// countRound adds a round to those of a race.
func countRound(race string, round raceTally) {
	counts.Lock()
	defer counts.Unlock()
	n, ok := counts.raced[race]
	if !ok {
		if counts.raced == nil {
			counts.raced = map[string]*raceTally{}
		}
		n = &raceTally{}
		counts.raced[race], counts.races = n, append(counts.races, race)
	}
	n.rounds++
	n.runs += round.runs
	n.did += round.did
	n.stopped += round.stopped
	n.late += round.late
}

// promised is how many runs of each command with each kind of harm ./check.sh --long has at least.
const promised = 500

// counted is how many runs there were of the kinds that begin with these words.
func counted(words string) int {
	counts.Lock()
	defer counts.Unlock()
	runs := 0
	for kind, n := range counts.tallies {
		if strings.HasPrefix(kind, words) {
			runs += n.runs
		}
	}
	return runs
}

// enough holds that there were as many as promised.
func enough(t *testing.T, words string) {
	t.Helper()
	if runs, want := counted(words), inLong(1, promised); runs < want {
		t.Errorf("%s…: %d runs, and %d are promised", words, runs, want)
	}
}

// counting is the run of all tests, and the table of counts after it.
type counting struct{ tests *testing.M }

func (c counting) Run() int {
	code := c.tests.Run()
	if !long() && !testing.Verbose() {
		return code
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	if len(counts.kinds) > 0 {
		fmt.Fprintln(w, "harm\truns\tbefore\tafter\tclean\tdiscarded\tcompleted\t")
	}
	slices.Sort(counts.kinds)
	for _, kind := range counts.kinds {
		n := counts.tallies[kind]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", kind, n.runs, n.before, n.after, n.clean, n.discarded, n.completed)
	}
	w.Flush()
	if len(counts.races) > 0 {
		fmt.Fprintln(w, "\nrace\trounds\truns\tdid it\tstopped\tcame late\t")
	}
	for _, race := range counts.races {
		n := counts.raced[race]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t\n", race, n.rounds, n.runs, n.did, n.stopped, n.late)
	}
	w.Flush()
	fmt.Printf("random moments: PLACARD_SEED=%d\n", seed)
	return code
}
