// Package output puts a finished site in its place: minified, listed with hashes, and moved in as a whole. It knows
// files and folders, and nothing of what they say.
package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ManifestFile lists what Placard made, in the folder that it made. A folder that has none was made by somebody
// else and is never replaced.
const ManifestFile = ".placard/manifest.json"

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
}

// manifest is the content of ManifestFile.
type manifest struct {
	Format int               `json:"format"`
	Groups []Group           `json:"groups"`
	Files  map[string]string `json:"files"` // SHA-256 in lower-case hexadecimal, by path
}

// ErrForeign says that the target is a folder which Placard did not make.
var ErrForeign = errors.New("not made by placard")

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
		sum := sha256.Sum256(data)
		m.Files[name] = hex.EncodeToString(sum[:])
	}
	data, err := json.MarshalIndent(m, "", " ")
	return append(data, '\n'), err
}

// Check reports why out cannot be the target of Put: ErrForeign, or an error of the file system.
func Check(out string) error {
	info, err := os.Lstat(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return ErrForeign
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) == 0 {
		return err
	}
	if _, err := os.Lstat(filepath.Join(out, filepath.FromSlash(ManifestFile))); errors.Is(err, fs.ErrNotExist) {
		return ErrForeign
	} else if err != nil {
		return err
	}
	return nil
}

// Put makes out the tree: everything is written beside it first, then moved in, and what was there is removed last.
func (t *Tree) Put(out string) error {
	if err := Check(out); err != nil {
		return err
	}
	data, err := t.manifest()
	if err != nil {
		return err
	}
	parent, name := filepath.Dir(out), filepath.Base(out)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	staged, replaced := filepath.Join(parent, "."+name+".staged"), filepath.Join(parent, "."+name+".replaced")
	// A run that was killed between the two renames left the old site under the other name.
	if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(replaced, out); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := errors.Join(os.RemoveAll(staged), os.RemoveAll(replaced)); err != nil {
		return err
	}
	if err := t.write(staged, data); err != nil {
		return errors.Join(err, os.RemoveAll(staged))
	}
	if err := os.Rename(out, replaced); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, os.RemoveAll(staged))
	}
	if err := os.Rename(staged, out); err != nil {
		return errors.Join(err, os.Rename(replaced, out), os.RemoveAll(staged))
	}
	return os.RemoveAll(replaced)
}

func (t *Tree) write(dir string, manifest []byte) error {
	paths := []string{}
	for name := range t.files {
		paths = append(paths, name)
	}
	slices.Sort(paths)
	for _, name := range paths {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return fmt.Errorf("%s: leaves the site", name)
		}
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), t.files[name]); err != nil {
			return err
		}
	}
	return writeFile(filepath.Join(dir, filepath.FromSlash(ManifestFile)), manifest)
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
