package site

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/afero"

	"placard/internal/diag"
	"placard/internal/layout"
	"placard/internal/message"
)

// files are what Hugo gets besides the pages, by their path: layouts, assets and messages.
func (s *Site) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, f := range s.look {
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

// Look is how the pages look, for layout.Check, but for the values that pages have.
func (s *Site) Look() layout.Input {
	look := layout.Input{Files: s.look, Origin: s.Origin(), BasePath: s.BasePath(), OwnMessages: map[string]diag.Position{}, Params: texts(s.Params)}
	for _, l := range s.Locales {
		for _, params := range []map[string]any{s.Params, s.languageParams(l)} {
			for name := range params {
				look.Settings = append(look.Settings, strings.ToLower(name))
			}
		}
	}
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

// texts returns the texts in a value of the configuration, however deep.
func texts(value any) []string {
	var all []string
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, of := range v {
			all = append(all, texts(of)...)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, texts(v[key])...)
		}
	}
	return all
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
