package site

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/afero"
	"golang.org/x/text/language"

	"placard/internal/diag"
	"placard/internal/plain"
)

// A theme is the files that Hugo gets besides the pages, by their path: layouts, assets and messages.
type theme map[string][]byte

func (t theme) writeTo(target afero.Fs) error {
	for name, data := range t {
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
	b := bytes.NewBuffer(settings)
	for _, name := range slices.Sorted(maps.Keys(s.theme)) {
		b.WriteString(name + "\x00")
		b.Write(s.theme[name])
		b.WriteByte(0)
	}
	return b.Bytes(), nil
}

func sortLocales(ls []Locale) {
	slices.SortStableFunc(ls, func(a, b Locale) int { return cmp.Compare(a.weight, b.weight) })
}

func loadTheme(dir, defaults fs.FS, locales []Locale) (theme, map[string]messages, diag.Findings) {
	t := theme{}
	var findings diag.Findings
	for _, root := range []string{"layouts", "assets"} {
		for _, from := range []fs.FS{defaults, dir} {
			if err := t.add(from, root); err != nil {
				findings.Add(diag.Position{File: root}, "unreadable", diag.Args{"Text": err.Error()})
			}
		}
	}
	all := map[string]messages{}
	for _, from := range []fs.FS{defaults, dir} {
		findings = append(findings, loadMessages(from, all)...)
	}
	for _, l := range locales {
		findings = append(findings, complete(l, all)...)
		data, err := toml.Marshal(all[l.Key].merged)
		if err != nil {
			findings.Add(diag.Position{File: messageFile(l.Key)}, "unreadable", diag.Args{"Text": err.Error()})
		}
		t[messageFile(l.Key)] = data
	}
	return t, all, findings
}

func (t theme) add(from fs.FS, root string) error {
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
		t[name] = data
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// messages are those of one locale: merged as Hugo reads them, the site's over the program's.
type messages struct {
	merged map[string]any
	ids    map[string]bool
}

func messageFile(locale string) string { return "i18n/" + locale + ".toml" }

// sourceOfMessages is the locale in which every message must be there: the program is written in it.
const sourceOfMessages = "en"

func loadMessages(from fs.FS, all map[string]messages) diag.Findings {
	var findings diag.Findings
	names, err := fs.Glob(from, "i18n/*")
	if err != nil {
		findings.Add(diag.Position{File: "i18n"}, "unreadable", diag.Args{"Text": err.Error()})
	}
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, name := range names {
		if plain.IsLitter(name) {
			continue
		}
		at := diag.Position{File: name}
		key, isTOML := strings.CutSuffix(path.Base(name), ".toml")
		tag, err := language.Parse(key)
		if !isTOML || err != nil || strings.ToLower(tag.String()) != key {
			findings.Add(at, "messages-name", nil)
			continue
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			findings.Add(at, "unreadable", diag.Args{"Text": err.Error()})
			continue
		}
		var plain map[string]any
		if err := toml.Unmarshal(data, &plain); err != nil {
			var de *toml.DecodeError
			if errors.As(err, &de) {
				at.Line, at.Column = de.Position()
			}
			findings.Add(at, "toml-syntax", diag.Args{"Text": strings.TrimPrefix(err.Error(), "toml: ")})
			continue
		}
		file, err := bundle.ParseMessageFileBytes(data, name)
		if err != nil {
			findings.Add(at, "messages-broken", diag.Args{"Text": err.Error()})
			continue
		}
		m, ok := all[key]
		if !ok {
			m = messages{merged: map[string]any{}, ids: map[string]bool{}}
			all[key] = m
		}
		maps.Copy(m.merged, plain)
		for _, message := range file.Messages {
			m.ids[message.ID] = true
		}
	}
	return findings
}

// complete finds the messages that a locale lacks. Hugo would show them in another language and say nothing.
func complete(l Locale, all map[string]messages) diag.Findings {
	var findings diag.Findings
	var lacking []string
	for id := range all[sourceOfMessages].ids {
		if !all[l.Key].ids[id] {
			lacking = append(lacking, id)
		}
	}
	if len(lacking) > 0 {
		slices.Sort(lacking)
		findings.Add(diag.Position{File: messageFile(l.Key)}, "messages-missing",
			diag.Args{"Locale": l.Key, "Count": len(lacking), "Names": strings.Join(lacking, ", ")})
	}
	return findings
}

// HasMessage reports whether every configured locale has the message.
func (s *Site) HasMessage(id string) bool {
	for _, l := range s.Locales {
		if !s.messages[l.Key].ids[id] {
			return false
		}
	}
	return true
}
