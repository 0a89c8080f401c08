package cli_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"placard/internal/cli"
)

// A tree is the bytes of all files below a folder, by path with slashes.
type tree map[string]string

// read reads a folder; one that is not there has no files.
func read(t *testing.T, dir string) tree {
	t.Helper()
	found := tree{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}

// write puts the files below a folder.
func (files tree) write(t *testing.T, dir string) {
	t.Helper()
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		mode := fs.FileMode(0o644)
		if strings.Contains(data, "PRIVATE KEY") { // which ssh-keygen takes only if nobody else can read it
			mode = 0o600
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(data), mode)); err != nil {
			t.Fatal(err)
		}
	}
}

// copy writes the files into a new folder.
func (files tree) copy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(inMemory(t), "site")
	files.write(t, dir)
	return dir
}

// below are the files in a folder of the tree, named as they are there.
func (files tree) below(folder string) tree {
	in := tree{}
	for name, data := range files {
		if rest, ok := strings.CutPrefix(name, folder+"/"); ok {
			in[rest] = data
		}
	}
	return in
}

// addTo puts the files into a folder of another tree.
func (files tree) addTo(other tree, folder string) {
	for name, data := range files {
		other[folder+"/"+name] = data
	}
}

// inMemory returns a new folder, in memory where the system has a place for that: to sync there costs nothing, and thousands of
// runs are a matter of minutes. What a killed process leaves is the same there: the kernel keeps what it was told to do.
func inMemory(t *testing.T) string {
	t.Helper()
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err != nil || !info.IsDir() {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "placard-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// equal holds that two folders are the same to the byte.
func equal(t *testing.T, what string, got, want tree) {
	t.Helper()
	var wrong []string
	for name, text := range want {
		if other, ok := got[name]; !ok {
			wrong = append(wrong, name+" is not there")
		} else if other != text {
			wrong = append(wrong, name+" differs")
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			wrong = append(wrong, name+" is there too")
		}
	}
	slices.Sort(wrong)
	if len(wrong) > 0 {
		t.Errorf("%s: %s", what, strings.Join(wrong, ", "))
	}
}

// nothingLeft holds that no run left a lock or what it had prepared.
func nothingLeft(t *testing.T, what, dir string) {
	t.Helper()
	nothingLeftBut(t, what, dir)
}

// nothingLeftBut is nothingLeft but for what has one of these names.
func nothingLeftBut(t *testing.T, what, dir string, names ...string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, ".p*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range left {
		if !slices.Contains(names, filepath.Base(file)) {
			t.Errorf("%s: %s is left", what, file)
		}
	}
}

// smallSite is the smallest site with everything that is put in place: a text, facts, and a file in a folder. Most of the
// time of a run is that of the machine then.
var smallSite = tree{
	"config.toml": `baseURL = "https://example.com/"
title = "Example notices"
contentDir = "run-placard-build"
defaultContentLanguage = "en"

[languages.en]
label = "English"
weight = 1
`,
	"content/terms/notice.toml": `publisher = "Example Cloud, Inc."
time-zone = "Asia/Kuala_Lumpur"
source-locale = "en"
authoritative-locales = ["en"]
locales = ["en"]
`,
	"content/terms/index.en.md": `---
title: Terms of Service
description: What you may expect of us, and we of you.
---

## Using the service {#use}

You may use the service for any lawful purpose. See [the form](files/form.csv).
`,
	"content/terms/files/form.csv": "name,reason\n",
}

// with returns a copy in which a file of the tree says something else.
func (files tree) with(t *testing.T, name, old, new string) tree {
	t.Helper()
	if !strings.Contains(files[name], old) {
		t.Fatalf("%s has no %q", name, old)
	}
	changed := maps.Clone(files)
	changed[name] = strings.Replace(files[name], old, new, 1)
	dir := changed.copy(t)
	cli.Accept(t, dir)
	return read(t, dir)
}

// after returns the site as a command leaves it.
func (files tree) after(t *testing.T, args ...string) tree {
	t.Helper()
	dir := files.copy(t)
	good(t, dir, args...)
	return read(t, dir)
}

// A scene is a site with a command that is to be harmed in it.
type scene struct {
	site tree
	args []string
	// before and after are the folder that the command writes to, as it is and as an undisturbed run leaves it.
	before, after tree
	steps         []diskStep
}

func newScene(t *testing.T, site tree, folder string, args ...string) *scene {
	t.Helper()
	return &scene{site, args, site.below(folder), site.after(t, args...).below(folder), stepsOf(t, site, args...)}
}

// once makes something for all tests that ask for it.
func once[T any](make func(*testing.T) *T) func(*testing.T) *T {
	var lock sync.Mutex
	var made *T
	return func(t *testing.T) *T {
		t.Helper()
		lock.Lock()
		defer lock.Unlock()
		if made == nil {
			made = make(t)
		}
		return made
	}
}

const draft = "content/terms/index.en.md"

var releaseArgs = []string{"release", "terms", "--effective", "2026-03-01", "--yes"}

// draftSite is a site with a released version and a draft that differs from it.
var draftSite = once(func(t *testing.T) *tree {
	site := smallSite.after(t, "release", "terms", "--effective", "2026-02-01", "--yes").with(t, draft, "any lawful", "every lawful")
	return &site
})

// releasing is the release of the draft.
var releasing = once(func(t *testing.T) *scene { return newScene(t, *draftSite(t), "versions", releaseArgs...) })

// postponing seals two folders at once: a version, and that another one never applies.
var postponing = once(func(t *testing.T) *scene {
	return newScene(t, draftSite(t).after(t, releaseArgs...), "versions", "postpone", "terms", "2026-03-01", "--to", "2026-04-01", "--reason", "Later.", "--yes")
})

// undoing takes back the release of the draft.
var undoing = once(func(t *testing.T) *scene {
	return newScene(t, draftSite(t).after(t, releaseArgs...), "versions", "release", "terms", "--undo", "--site", "none", "--yes")
})

// supplementing is the release of a translation that is added to a version.
var supplementing = once(func(t *testing.T) *scene {
	site := maps.Clone(*draftSite(t))
	site["config.toml"] += "\n[languages.ms]\nlabel = \"Bahasa Malaysia\"\nweight = 2\n"
	const folder = "content/terms/supplements/2026-02-01/"
	site = site.after(t, "reopen", "terms", "2026-02-01", "--locale", "ms")
	site[folder+"index.ms.md"] = strings.NewReplacer(
		"[[Terms of Service]]", "Terma Perkhidmatan", "[[What you may expect of us, and we of you.]]", "Apa yang boleh anda jangkakan.",
		"## Using the service {#use .missing}", "## Menggunakan perkhidmatan {#use}\n\nGunakan untuk tujuan yang sah. Lihat [borang](files/form.csv).",
	).Replace(site[folder+"index.ms.md"])
	site = site.after(t, "translate", "accept", "terms", "--locale", "ms", "--supplement", "2026-02-01")
	return newScene(t, site, "versions", "release", "terms", "--supplement", "2026-02-01", "--yes")
})

// correcting is the release of an erratum.
var correcting = once(func(t *testing.T) *scene {
	site := draftSite(t).after(t, "reopen", "terms", "2026-02-01", "--erratum").with(t, "content/terms/supplements/2026-02-01/index.en.md", "any lawful", "each lawful")
	return newScene(t, site, "versions", "release", "terms", "--supplement", "2026-02-01", "--reason", "A word was wrong.", "--yes")
})

// keyed is the site with the draft and a key that may sign.
var keyed = once(func(t *testing.T) *tree {
	site := withKey(t).after(t, addKey...)
	return &site
})

// withKey is the site with the draft and a key that nobody has added.
func withKey(t *testing.T) tree {
	dir := draftSite(t).copy(t)
	cli.WriteKey(t, filepath.Join(dir, "ana"))
	return read(t, dir)
}

var addKey = []string{"keys", "add", "ana@example.com", "ana.pub", "--sign", "ana", "--yes"}

// keying is the first change of the keys.
var keying = once(func(t *testing.T) *scene { return newScene(t, withKey(t), "versions", addKey...) })

// signing is the release of the draft in an archive that is signed.
var signing = once(func(t *testing.T) *scene {
	return newScene(t, *keyed(t), "versions", append(slices.Clone(releaseArgs), "--sign", "ana")...)
})

// building is the build of a site that was built, and has a version more since.
var building = once(func(t *testing.T) *scene {
	site := draftSite(t).after(t, "build").after(t, releaseArgs...)
	return newScene(t, site, "public", "build")
})
