package layout

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// Files are the layouts and assets of a site by their path.
type Files map[string]File

// A File is one of them.
type File struct {
	Data []byte
	// Own is whether it is the site's, and Standard whether the program has one of this name.
	Own, Standard bool
}

// The folders that layouts and assets are in.
const (
	layoutsDir  = "layouts/"
	partialsDir = layoutsDir + "_partials/"
	pagesDir    = layoutsDir + "placard/"
	assetsDir   = "assets/"
	policyFile  = partialsDir + "policy.html"
)

// maxText and maxPicture are the most bytes of a layout, style sheet or script, and of any other asset.
const maxText, maxPicture = 2 << 20, 25 << 20

// Load reads layouts/ and assets/: the site's, and of the program's those that the site has not.
func Load(site, program fs.FS) (Files, diag.Findings) {
	files := Files{}
	var findings diag.Findings
	for _, root := range []string{path.Clean(layoutsDir), path.Clean(assetsDir)} {
		findings = append(findings, files.add(program, root, false)...)
		findings = append(findings, files.add(site, root, true)...)
	}
	var paths plain.Paths[string]
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if other, clash := paths.Take(name, name); clash != plain.NoClash {
			if files[other].Own {
				name, other = other, name
			}
			findings.Add(diag.Position{File: name}, "layout-clash", diag.Args{"Other": other})
		}
	}
	return files, findings
}

// add reads a folder and what is below it. The first thing that cannot be read ends it.
func (f Files) add(from fs.FS, root string, own bool) diag.Findings {
	var findings diag.Findings
	err := fs.WalkDir(from, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case plain.IsLitter(name):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return errors.New(name + " is no regular file")
		}
		limit := maxPicture
		if strings.HasPrefix(name, layoutsDir) || path.Ext(name) == ".css" || path.Ext(name) == ".js" {
			limit = maxText
		}
		data, err := plain.Read(from, name, limit)
		if errors.Is(err, plain.ErrTooLong) {
			findings.Add(diag.Position{File: name}, "layout-too-long", diag.Args{"Limit": plain.Size(limit)})
			return nil
		}
		_, there := f[name]
		f[name] = File{Data: data, Own: own, Standard: !own || there}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		findings.Add(diag.Position{File: root}, "unreadable", diag.Args{"Text": err.Error()})
	}
	return findings
}

// Quotes reports whether a layout that the site has written itself has the word between quotes, as it names the values of
// messages.
func (f Files) Quotes(word string) bool {
	for _, file := range f {
		if file.Own && bytes.Contains(file.Data, []byte(`"`+word+`"`)) {
			return true
		}
	}
	return false
}
