package notice

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// list returns the files of the folder, as paths relative to it, without those that are named in a finding: what an
// operating system or an editor left, links, and what lies in a folder that a notice does not have.
func (l *loader) list(site fs.FS) []string {
	var names, links []string
	err := fs.WalkDir(site, l.doc.Dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || file == l.doc.Dir {
			return err
		}
		name := strings.TrimPrefix(file, l.doc.Dir+"/")
		system, isLitter := plain.Litter(name)
		switch {
		case isLitter:
			l.findings.Warn(l.at(name), "file-litter", diag.Args{"System": system})
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			return l.folder(site, name)
		case !d.Type().IsRegular():
			links = append(links, name)
		default:
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		id := "unreadable"
		if errors.Is(err, fs.ErrNotExist) {
			id = "notice-absent"
		}
		l.findings.Add(diag.Position{File: l.doc.Dir}, id, diag.Args{"Text": err.Error(), "Notice": l.doc.Slug})
	}
	isCopy := func(name string) bool {
		of, ok := plain.CopyOf(name)
		ok = ok && slices.Contains(names, of) && !fileName.MatchString(name)
		if ok {
			l.findings.Add(l.at(name), "file-copy", diag.Args{"Of": path.Join(l.doc.Dir, of)})
		}
		return ok
	}
	for _, name := range links {
		if !isCopy(name) { // Emacs marks a file that is open by a link
			l.findings.Add(l.at(name), "not-a-file", nil)
		}
	}
	var own []string
	for _, name := range names {
		if !isCopy(name) {
			own = append(own, name)
		}
	}
	l.sameButCase(own)
	return own
}

// folder finds the folders that a notice does not have, and does not look into them.
func (l *loader) folder(site fs.FS, name string) error {
	if name != appendicesDir && name != FilesDir && !strings.HasPrefix(name, FilesDir+"/") {
		near := diag.Nearest(path.Base(name), []string{appendicesDir, FilesDir})
		l.findings.Add(l.at(name), "folder-unknown", diag.Args{"Near": near})
		return fs.SkipDir
	}
	if entries, err := fs.ReadDir(site, path.Join(l.doc.Dir, name)); err == nil && len(entries) == 0 {
		l.findings.Warn(l.at(name), "folder-empty", nil)
	}
	return nil
}

// sameButCase finds files and folders whose names differ only in case: on some systems they are one.
func (l *loader) sameButCase(names []string) {
	folded := map[string]string{}
	for _, name := range names {
		for ; name != "."; name = path.Dir(name) {
			low := strings.ToLower(name)
			if other, ok := folded[low]; ok && other != name {
				l.findings.Add(l.at(name), "file-case", diag.Args{"Other": path.Join(l.doc.Dir, other)})
			}
			folded[low] = name
		}
	}
}
