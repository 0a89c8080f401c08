package site

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/afero"

	"placard/internal/diag"
	"placard/internal/layout"
	"placard/internal/message"
	"placard/internal/plain"
)

// A theme is the files that make up how the pages look, by their path: layouts and assets.
type theme map[string]layout.File

// loadTheme reads layouts and assets: the site's, and of the program's those that the site has not.
func loadTheme(dir, defaults fs.FS) (theme, diag.Findings) {
	t := theme{}
	var findings diag.Findings
	for _, root := range []string{"layouts", "assets"} {
		if err := t.add(defaults, root, false); err != nil {
			findings.Add(diag.Position{File: root}, "unreadable", diag.Args{"Text": err.Error()})
		}
		if err := t.add(dir, root, true); err != nil {
			findings.Add(diag.Position{File: root}, "unreadable", diag.Args{"Text": err.Error()})
		}
	}
	return t, findings
}

func (t theme) add(from fs.FS, root string, own bool) error {
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
		data, err := fs.ReadFile(from, name)
		_, there := t[name]
		t[name] = layout.File{Data: data, Own: own, Standard: !own || there}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// quotes reports whether a layout that the site has written itself has the word between quotes, as it names the values of
// messages.
func (t theme) quotes(word string) bool {
	for _, f := range t {
		if f.Own && bytes.Contains(f.Data, []byte(`"`+word+`"`)) {
			return true
		}
	}
	return false
}

// files are what Hugo gets besides the pages, by their path: layouts, assets and messages.
func (s *Site) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, f := range s.theme {
		files[name] = f.Data
	}
	for _, l := range s.Locales {
		data, err := s.messages[l.Key].TOML()
		if err != nil {
			return nil, err
		}
		files[message.FileOf(l.Key)] = data
	}
	return files, nil
}

func writeTo(target afero.Fs, files map[string][]byte) error {
	for name, data := range files {
		if err := afero.WriteFile(target, workingDir+"/"+name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Digest returns a value that is the same when configuration, layouts, messages and assets are: for the digests of
// pages. Nothing else is to be read from it.
func (s *Site) Digest() ([]byte, error) {
	settings, err := toml.Marshal(s.settings())
	if err != nil {
		return nil, err
	}
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	b := bytes.NewBuffer(settings)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b.WriteString(name + "\x00")
		b.Write(files[name])
		b.WriteByte(0)
	}
	return b.Bytes(), nil
}

// Look is how the pages look, for layout.Check.
func (s *Site) Look() layout.Input {
	look := layout.Input{Files: s.theme, OwnMessages: map[string]diag.Position{}}
	known := map[string]bool{}
	for _, locale := range []string{message.Source, s.Default} { // what others lack of these is a finding of its own
		for id := range s.messages[locale] {
			known[id] = true
		}
	}
	look.Messages = slices.Sorted(maps.Keys(known))
	for _, l := range s.Locales {
		for id, m := range s.messages[l.Key] {
			if _, twice := look.OwnMessages[id]; m.Own && !m.Standard && !twice {
				look.OwnMessages[id] = m.At
			}
		}
	}
	return look
}

// HasMessage reports whether every configured locale has the message.
func (s *Site) HasMessage(id string) bool {
	for _, l := range s.Locales {
		if _, ok := s.messages[l.Key][id]; !ok {
			return false
		}
	}
	return true
}
