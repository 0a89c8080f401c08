package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"placard/internal/disk"
	"placard/internal/notice"
)

// draft is a small notice at the root of a site.
func draft(t *testing.T, root, slug string) *notice.Document {
	t.Helper()
	for name, text := range map[string]string{
		notice.FactsFile: "publisher = \"Example Cloud, Inc.\"\nsource-locale = \"en\"\nauthoritative-locales = [\"en\"]\ntime-zone = \"UTC\"\nlocales = [\"en\"]\n",
		"index.en.md":    "---\ntitle: Terms\ndescription: What you may expect.\n---\n\nThese terms hold.\n\n## Use {#use}\n\nYou may use it.\n",
	} {
		if err := disk.WriteFile(filepath.Join(root, "content", slug, name), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	doc, findings := notice.Load(os.DirFS(root), "content/"+slug, slug)
	if len(findings) > 0 {
		t.Fatalf("the draft is not good: %+v", findings)
	}
	return doc
}

func prepare(t *testing.T, a *Archive, doc *notice.Document) *Release {
	t.Helper()
	r, err := a.Prepare(doc, "2026-05-01", "2026-05-01", Statement{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A release that was prepared before another one was sealed is refused, and leaves nothing.
func TestSealRefusesWhenTheLogChanged(t *testing.T) {
	root := t.TempDir()
	one, two := draft(t, root, "one"), draft(t, root, "two")
	a, findings := Open(os.DirFS(root))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if late, err := a.Seal(root, prepare(t, a, one)); late != nil || err != nil {
		t.Fatal(late, err)
	}
	before, err := os.ReadFile(filepath.Join(root, Dir, LogFile))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Seal(root, prepare(t, a, two)); !errors.Is(err, ErrLogChanged) {
		t.Errorf("Seal = %v, want ErrLogChanged", err)
	}
	after, err := os.ReadFile(filepath.Join(root, Dir, LogFile))
	if err != nil || string(after) != string(before) {
		t.Errorf("LOG is %q now: %v", after, err)
	}
	for _, name := range []string{"two", stageDir} {
		if _, err := os.Stat(filepath.Join(root, Dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s of the refused release: %v", name, err)
		}
	}
}

// What is sealed is what was checked: files of a draft that was changed in between are no version.
func TestSealRefusesADraftThatChanged(t *testing.T) {
	root := t.TempDir()
	doc := draft(t, root, "one")
	a, _ := Open(os.DirFS(root))
	for name, change := range map[string]func(r *Release){
		"a word": func(r *Release) {
			r.reseal("index.en.md", strings.Replace(string(r.Files["index.en.md"]), "may", "must", 1))
		},
		"not sound":   func(r *Release) { r.reseal("index.en.md", "# No front matter\n") },
		"a file more": func(r *Release) { r.reseal("index.fr.md", "x") },
		"other locales": func(r *Release) {
			r.reseal(notice.FactsFile, strings.Replace(string(r.Files[notice.FactsFile]), `["en"]`, `["en", "ms"]`, 1))
		},
		"broken seal":    func(r *Release) { r.Files["index.en.md"] = []byte("x") },
		"sealed by none": func(r *Release) { r.Entry.Seal = NoPrevious },
	} {
		r := prepare(t, a, doc)
		change(r)
		var changed *DraftError
		if _, err := a.Seal(root, r); !errors.As(err, &changed) {
			t.Errorf("%s: Seal = %v, want a DraftError", name, err)
		}
		if _, err := os.Stat(filepath.Join(root, Dir)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: versions/ was left: %v", name, err)
		}
	}
}

// reseal replaces a file as if it had been there when the draft was read.
func (r *Release) reseal(name, text string) {
	r.Files[name] = []byte(text)
	sums := Sums{}
	for n, data := range r.Files {
		if n != SumsFile {
			sums[n] = Hash(data)
		}
	}
	r.Files[SumsFile] = sums.Bytes()
	r.Entry.Seal = Hash(r.Files[SumsFile])
}

// A folder that lies where a release was stopped is taken back only if that release put it there, to the byte.
func TestClearTakesBackItsOwnOnly(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(folder string) error
		kept   bool
	}{
		"as it was": {func(string) error { return nil }, false},
		"a file altered": {func(folder string) error {
			return os.WriteFile(filepath.Join(folder, "index.en.md"), []byte("mine"), 0o644)
		}, true},
		"a file more": {func(folder string) error { return os.WriteFile(filepath.Join(folder, "mine"), nil, 0o644) }, true},
		"a file gone": {func(folder string) error { return os.Remove(filepath.Join(folder, "index.en.md")) }, true},
	} {
		root := t.TempDir()
		a, _ := Open(os.DirFS(root))
		r := prepare(t, a, draft(t, root, "one"))
		folder, log := filepath.Join(root, filepath.FromSlash(r.Entry.Folder())), filepath.Join(root, Dir, stageDir, LogFile)
		for n, data := range r.Files {
			if err := disk.WriteFile(filepath.Join(folder, n), data); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(disk.WriteFile(log, []byte(r.Entry.Line())), tt.change(folder)); err != nil {
			t.Fatal(err)
		}
		if cleared, err := Clear(root); !cleared || err != nil {
			t.Errorf("%s: Clear = %v, %v", name, cleared, err)
		}
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) == tt.kept {
			t.Errorf("%s: the folder: %v", name, err)
		}
		if _, err := os.Stat(filepath.Dir(log)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %s is left: %v", name, stageDir, err)
		}
	}
}
