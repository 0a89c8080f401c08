package notice

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// list returns the files of the folder, as paths relative to it, without those that are named in a finding: what an
// operating system or an editor left, links, and what lies in a folder that a notice does not have.
func (l *loader) list(site fs.FS) []string {
	var names, links []string
	var attached []attachment
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
			if strings.HasPrefix(name, FilesDir+"/") {
				attached = append(attached, attachment{name: name, entry: d})
			}
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
	l.attach(attached)
	return own
}

// folder finds the folders that a notice does not have, and does not look into them.
func (l *loader) folder(site fs.FS, name string) error {
	if name == SupplementsDir && l.drafts {
		l.supplements = true
		return fs.SkipDir
	}
	if name != appendicesDir && name != FilesDir && !strings.HasPrefix(name, FilesDir+"/") {
		known := []string{appendicesDir, FilesDir}
		if l.drafts {
			known = append(known, SupplementsDir)
		}
		near := diag.Nearest(strings.ToLower(path.Base(name)), known)
		l.findings.Add(l.at(name), "folder-unknown", diag.Args{"Near": near})
		return fs.SkipDir
	}
	if entries, err := fs.ReadDir(site, path.Join(l.doc.Dir, name)); err == nil && len(entries) == 0 {
		l.findings.Warn(l.at(name), "folder-empty", nil)
	}
	return nil
}

// sameButCase finds files and folders whose names differ only in case: on some systems they are one. Of those in two layers, the
// one in the later is wrong.
func (l *loader) sameButCase() {
	type named struct{ dir, name string }
	folded := map[string]named{}
	for _, in := range l.layers.all {
		for _, name := range in.names {
			if l.layers.of[name].dir != in.dir {
				continue
			}
			for ; name != "."; name = path.Dir(name) {
				low := strings.ToLower(name)
				if other, ok := folded[low]; ok && other.name != name {
					l.findings.Add(diag.Position{File: path.Join(in.dir, name)}, "file-case", diag.Args{"Other": path.Join(other.dir, other.name)})
				}
				folded[low] = named{in.dir, name}
			}
		}
	}
}

// localesOf returns the locales in the names of texts.
func localesOf(names []string) []string {
	var locales []string
	for _, name := range names {
		if locale := LocaleOf(name); locale != "" {
			locales = append(locales, locale)
		}
	}
	slices.Sort(locales)
	return slices.Compact(locales)
}

// LocaleOf is the locale of a text by the path of its file relative to the folder; empty for every other file.
func LocaleOf(name string) string {
	if m := textName.FindStringSubmatch(name); m != nil {
		return m[3]
	}
	return ""
}

// unknown finds a file that is no part of a notice, and which one was meant by its name.
func (l *loader) unknown(name string) {
	if strings.HasPrefix(name, FilesDir+"/") {
		l.findings.Add(l.at(name), "file-name", nil)
		return
	}
	known := []string{FactsFile, SumFile}
	for _, locale := range l.doc.Facts.Locales {
		known = append(known, "index."+locale.Value+".md", "changes."+locale.Value+".md")
		for _, a := range l.doc.Facts.Appendices {
			known = append(known, path.Join(appendicesDir, a.Anchor.Value+"."+locale.Value+".md"))
		}
	}
	near := diag.Nearest(name, known)
	if low := strings.ToLower(name); low != name && textName.MatchString(low) {
		near = low
	}
	if m := withoutLocale.FindStringSubmatch(name); m != nil && len(l.layers.all) == 1 {
		near = m[1] + "." + l.doc.Facts.Source.Value + ".md"
	}
	l.findings.Add(l.at(name), "file-unknown", diag.Args{"Near": near})
}

var withoutLocale = regexp.MustCompile(`^((?:index|changes|` + appendicesDir + `/[^./]+))\.(?:md|markdown|txt)$`)

// nearestAppendix returns the appendix of notice.toml that was meant by the name of a file; or nothing.
func (l *loader) nearestAppendix(anchor string) string {
	var declared []string
	for _, a := range l.doc.Facts.Appendices {
		declared = append(declared, a.Anchor.Value)
	}
	return diag.Nearest(anchor, declared)
}
