package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
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

// A Tree is the files of a site, each path once, also where upper and lower case are the same.
type Tree struct {
	files  map[string][]byte
	folded map[string]string
	groups []Group
}

// NewTree returns an empty tree.
func NewTree() *Tree {
	return &Tree{files: map[string][]byte{}, folded: map[string]string{}}
}

// Add puts files into the tree. The same path with the same bytes may come again, as assets do.
func (t *Tree) Add(files ...File) error {
	for _, f := range files {
		low := strings.ToLower(f.Path)
		if other, ok := t.folded[low]; ok && (other != f.Path || !bytes.Equal(t.files[other], f.Data)) {
			return &ClashError{other, f.Path}
		}
		t.folded[low], t.files[f.Path] = f.Path, f.Data
	}
	return nil
}

// AddGroup notes which digest the files of a group were made from.
func (t *Tree) AddGroup(g Group) { t.groups = append(t.groups, g) }

// Pages counts the HTML files.
func (t *Tree) Pages() int {
	n := 0
	for name := range t.files {
		if strings.HasSuffix(name, ".html") {
			n++
		}
	}
	return n
}

func (t *Tree) manifest() ([]byte, error) {
	m := manifest{Format: 1, Groups: t.groups, Files: map[string]string{}}
	for name, data := range t.files {
		m.Files[name] = hash(data)
	}
	data, err := json.MarshalIndent(m, "", " ")
	return append(data, '\n'), err
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// order returns the paths of all files in the order in which they are put in place, so that whatever a file leads to is
// there before it: sealed files and assets; pages with an address for good; all other files, versions/LOG among them. A
// path that leaves the site, or that two files would need as a file and as a folder, is an error.
func (t *Tree) order() ([]string, error) {
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
	paths := []string{}
	for _, name := range slices.Sorted(maps.Keys(t.files)) { // so that of several errors the same one is found
		if !filepath.IsLocal(filepath.FromSlash(name)) || strings.HasPrefix(name, ".placard/") {
			return nil, fmt.Errorf("%s: leaves the site", name)
		}
		for up := range parents(name) {
			if other, ok := t.folded[strings.ToLower(up)]; ok {
				return nil, &ClashError{other, name}
			}
		}
		paths = append(paths, name)
	}
	slices.SortFunc(paths, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return paths, nil
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
