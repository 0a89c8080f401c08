package notice

import (
	"io/fs"
	"maps"
	"path"
	"slices"

	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/plain"
)

// A layer is a folder whose files lie upon those of the folders before it: a version is the first, its supplements follow.
type layer struct {
	dir   string
	names []string // of its files, by path relative to dir
	read  func(name string, limit int) ([]byte, error)
	// corrects is whether it may be an erratum, with texts that a supplement with translations may not have.
	corrects bool
}

// layers are those of a document, and of which of them each file is.
type layers struct {
	all []layer
	of  map[string]layer
}

// overlay puts folders over one another. The texts in a locale are replaced as a whole, so that a translation is never half
// of one supplement and half of another. What no other folder may replace stays as it is in the first.
func overlay(folders []layer) layers {
	l := layers{folders, map[string]layer{}}
	for i, folder := range folders {
		locales := localesOf(folder.names)
		if i > 0 {
			maps.DeleteFunc(l.of, func(name string, _ layer) bool {
				return slices.Contains(locales, LocaleOf(name))
			})
		}
		for _, name := range folder.names {
			if _, there := l.of[name]; !there || name == SumFile {
				l.of[name] = folder
			}
		}
	}
	return l
}

// layersOf are the layers of sealed folders.
func layersOf(folders []Folder) []layer {
	var all []layer
	for _, f := range folders {
		read := func(name string, limit int) ([]byte, error) {
			data, ok := f.Files[name]
			switch {
			case !ok:
				return nil, fs.ErrNotExist
			case len(data) > limit:
				return nil, plain.ErrTooLong
			}
			return data, nil
		}
		all = append(all, layer{f.Dir, slices.Sorted(maps.Keys(f.Files)), read, f.Corrects})
	}
	return all
}

// supplement offers the document in the locales of its last folder, and finds what a supplement cannot hold. It
// reports whether there is more to be said of the texts.
func (l *loader) supplement(last layer) bool {
	facts, ok := &l.doc.Facts, true
	at := func(name string) diag.Position { return diag.Position{File: path.Join(last.dir, name)} }
	for _, name := range last.names {
		m := textName.FindStringSubmatch(name)
		switch {
		case m != nil && !codes.IsLocale(m[3]):
			l.findings.Add(at(name), "locale-tag", diag.Args{"Locale": m[3], "Near": codes.NearestLocale(m[3], facts.LocaleNames())})
			delete(l.layers.of, name) // of what is in no language no more can be said
		case m != nil && !facts.MaySupplement(m[3]) && !last.corrects:
			l.findings.Add(at(name), "supplement-authoritative", diag.Args{"Locale": m[3], "Source": m[3] == facts.Source.Value})
			ok = false
		case m != nil || name == SumFile:
		case l.layers.of[name].dir != last.dir:
			l.findings.Add(at(name), "supplement-file", diag.Args{"Sealed": path.Join(l.layers.of[name].dir, name), "Facts": name == FactsFile})
		}
	}
	for i, folder := range l.layers.all[1:] {
		for _, locale := range localesOf(folder.names) {
			if !codes.IsLocale(locale) {
				continue
			}
			offered := fields.Text{Value: locale, At: diag.Position{File: path.Join(folder.dir, "index."+locale+".md")}}
			if n := slices.IndexFunc(facts.Locales, func(l fields.Text) bool { return l.Value == locale }); n >= 0 {
				facts.Locales[n] = offered
			} else {
				facts.Locales = append(facts.Locales, offered)
			}
			if i == len(l.layers.all)-2 {
				l.doc.Added = append(l.doc.Added, locale)
			}
		}
	}
	if len(l.doc.Added) == 0 && l.findings.Errors() == 0 {
		l.findings.Add(diag.Position{File: last.dir}, "supplement-empty", nil)
	}
	return ok
}
