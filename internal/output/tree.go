package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"placard/internal/plain"
)

// A File is one file of the site.
type File struct {
	// Path is relative to the root of the site, with slashes.
	Path string
	Data []byte
}

// A Group is pages that were made together, with the digest of all they were made from.
type Group struct {
	Notice string   `json:"notice"`
	Name   string   `json:"name"`
	Digest string   `json:"digest"`
	Files  []string `json:"files"`
	// Permanent says that the pages have an address of their own for good, to which other pages lead.
	Permanent bool `json:"-"`
}

// manifest is the content of ManifestFile.
type manifest struct {
	Format int               `json:"format"`
	Groups []Group           `json:"groups"`
	Files  map[string]string `json:"files"` // SHA-256 in lower-case hexadecimal, by path
}

// A ClashError is two files for one path.
type ClashError struct{ A, B string }

func (e *ClashError) Error() string {
	return fmt.Sprintf("two files for one path: %s and %s", e.A, e.B)
}

// A Tree is the files of a site that is to be put in place, each path once, also where upper and lower case are the same.
// What the target does not have already is staged as it comes, so that no more of it is in memory than its hashes.
type Tree struct {
	target *Target
	files  map[string]entry
	paths  plain.Paths[string] // each belongs to itself
	groups []Group
}

type entry struct {
	hash   string // SHA-256 in lower-case hexadecimal
	staged bool   // it is not in its place yet
}

// NewTree begins a site for the target. Until Put, nothing is changed but beside it.
func (t *Target) NewTree() *Tree {
	return &Tree{target: t, files: map[string]entry{}}
}

// Add puts files into the tree. The same path with the same bytes may come again, as assets do. A path that leaves the
// site is an error, and a ClashError two files for one, or one that needs as a folder what another is as a file.
func (t *Tree) Add(files ...File) error {
	for _, f := range files {
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) || strings.HasPrefix(f.Path, ".placard/") {
			return fmt.Errorf("%s: leaves the site", f.Path)
		}
		sum := hash(f.Data)
		if e, ok := t.files[f.Path]; ok && e.hash == sum {
			continue
		}
		if other, clash := t.paths.Take(f.Path, f.Path); clash != plain.NoClash {
			return &ClashError{other, f.Path}
		}
		staged, err := t.target.stage(f.Path, f.Data)
		if err != nil {
			return err
		}
		t.files[f.Path] = entry{sum, staged}
	}
	return nil
}

// AddGroup notes which digest the files of a group were made from.
func (t *Tree) AddGroup(g Group) { t.groups = append(t.groups, g) }

// Pages counts the HTML files.
func (t *Tree) Pages() int {
	n := 0
	for name := range t.files {
		if isHTML(name) {
			n++
		}
	}
	return n
}

func (t *Tree) manifest() ([]byte, error) {
	m := manifest{Format: 1, Groups: t.groups, Files: map[string]string{}}
	for name, e := range t.files {
		m.Files[name] = e.hash
	}
	data, err := json.MarshalIndent(m, "", " ")
	return append(data, '\n'), err
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// order returns the paths of all files in the order in which they are put in place, so that whatever a file leads to is
// there before it: sealed files and assets; pages with an address for good; all other files, versions/LOG among them.
func (t *Tree) order() []string {
	permanent := map[string]bool{}
	for _, g := range t.groups {
		for _, name := range g.Files {
			permanent[name] = permanent[name] || g.Permanent
		}
	}
	rank := func(name string) int {
		switch {
		case permanent[name]:
			return 1
		case strings.HasPrefix(name, "assets/"), strings.HasPrefix(name, "versions/") && strings.Count(name, "/") > 1:
			return 0
		}
		return 2
	}
	paths := slices.Collect(maps.Keys(t.files))
	slices.SortFunc(paths, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return paths
}

// parents yields the folders above a path, the nearest first.
func parents(name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(name, '/'); i > 0; i = strings.LastIndexByte(name[:i], '/') {
			if !yield(name[:i]) {
				return
			}
		}
	}
}
