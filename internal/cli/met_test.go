package cli

import (
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"placard/internal/diag"
)

// meetings are the findings that the cases met, by ID.
type meetings struct {
	sync.Mutex
	ids   map[string]bool
	cases int
}

func (m *meetings) count() {
	m.Lock()
	defer m.Unlock()
	m.cases++
}

func (m *meetings) note(findings diag.Findings) {
	m.Lock()
	defer m.Unlock()
	for _, f := range findings {
		m.ids[f.ID] = true
	}
}

// elsewhere are the findings that no case can bring about, because they need another process, a machine that fails, or
// an archive that another program has sealed; each with a file, below internal/, that has its words or its ID in a test.
var elsewhere = map[string]string{
	"address-below":       "page/claims_test.go",
	"build-completed":     "cli/testdata/script/strangers.txtar",
	"build-discarded":     "cli/testdata/script/strangers.txtar",
	"build-pending":       "cli/machine_test.go",
	"disk-fails":          "cli/machine_test.go",
	"disk-full":           "cli/machine_test.go",
	"disk-share":          "cli/machine_test.go",
	"draft-changed":       "cli/machine_test.go",
	"interrupted":         "cli/machine_test.go",
	"interrupted-new":     "cli/machine_test.go",
	"interrupted-pending": "cli/machine_test.go",
	"interrupted-release": "cli/machine_test.go",
	"interrupted-staged":  "cli/machine_test.go",
	"log-branches":        "cli/testdata/script/rejoin.txtar",
	"locked":              "cli/machine_test.go",
	"locked-unnamed":      "cli/machine_test.go",
	"log-changed":         "cli/machine_test.go",
	"machine":             "cli/machine_test.go",
	"other-disk":          "cli/machine_test.go",
	"not-writable":        "cli/machine_test.go",
	"out-strangers":       "cli/testdata/script/strangers.txtar",
	"release-late":        "cli/machine_test.go",
	"supplement-late":     "cli/machine_test.go",
	"supplement-stays":    "cli/machine_test.go",
	"undo-late":           "cli/failing_test.go",
	"too-many-files":      "cli/machine_test.go",
}

// check holds that every finding that has a message is met by a case, or by the test named in elsewhere. Where only some
// of the cases ran, nothing can be said.
func (m *meetings) check(t *testing.T, all int) {
	if m.cases != all {
		return
	}
	var messages map[string]any
	if err := toml.Unmarshal(english, &messages); err != nil {
		t.Fatal(err)
	}
	ids := findingsOfCode(t)
	for id := range messages {
		if name, isHint := strings.CutSuffix(id, "_hint"); isHint {
			ids[name] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		file, isElsewhere := elsewhere[id]
		switch {
		case isElsewhere && m.ids[id]:
			t.Errorf("%s is met by a case now: take it out of elsewhere", id)
		case isElsewhere:
			data, err := os.ReadFile("../" + file)
			if err != nil {
				t.Error(err)
			}
			if text, ok := messages[id].(string); !strings.Contains(string(data), id) && !(ok && strings.Contains(string(data), fixed(text))) {
				t.Errorf("%s is not met in %s", id, file)
			}
		case !m.ids[id]:
			t.Errorf("no case meets %s", id)
		}
	}
}

// fixed is the first words of a message that are the same whatever it names.
func fixed(message string) string {
	words, _, _ := strings.Cut(message, "{{")
	return words
}
