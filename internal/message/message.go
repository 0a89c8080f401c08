// Package message reads the words of the pages: i18n/LOCALE.toml, the site's over the program's, message by message. It
// knows what a message may hold, and finds what a page would print wrongly or in another language without a word.
package message

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/plain"
)

// Source is the locale in which the program's messages are written. It has every message, also where the site does not
// speak it.
const Source = "en"

const dir = "i18n"

// FileOf returns the file of a locale's messages.
func FileOf(locale string) string { return path.Join(dir, locale+".toml") }

// A Message is what one language says in one place of the pages.
type Message struct {
	At diag.Position
	// Own is whether the site has written it, and not the program; Standard whether the program has one of this ID.
	Own, Standard bool
	// Forms are the texts by plural category of Unicode CLDR: zero, one, two, few, many, other. A message that does not
	// depend on a number has "other" alone.
	Forms map[string]fields.Text

	broken bool // whether something was found in a form already
}

// A Set is the messages of one language by ID.
type Set map[string]Message

// TOML returns the set as Hugo reads it.
func (s Set) TOML() ([]byte, error) {
	texts := map[string]map[string]string{}
	for id, m := range s {
		texts[id] = map[string]string{}
		for category, text := range m.Forms {
			texts[id][category] = text.Value
		}
	}
	return toml.Marshal(texts)
}

// Input is what Load reads.
type Input struct {
	// Site and Defaults hold i18n/: the site's own and the program's.
	Site, Defaults fs.FS
	// Locales are the keys of the languages that the site speaks; Default is that of the pages at the root.
	Locales []string
	Default string
	// Given reports whether the layouts that the site has written itself give messages a value of this name.
	Given func(value string) bool
}

// Load returns the messages of every locale.
func Load(in Input) (map[string]Set, diag.Findings) {
	var findings diag.Findings
	program := in.read(in.Defaults, false, &findings)
	all := map[string]Set{}
	for locale, set := range program {
		all[locale] = maps.Clone(set)
	}
	own := in.read(in.Site, true, &findings)
	for locale, set := range own {
		if all[locale] == nil {
			all[locale] = Set{}
		}
		for id, m := range set {
			_, m.Standard = program[Source][id]
			all[locale][id] = m
		}
	}
	for _, locale := range in.Locales {
		for _, id := range slices.Sorted(maps.Keys(all[locale])) {
			m := all[locale][id]
			source := all[Source][id]
			if m.Own && locale == Source {
				source = program[Source][id]
			}
			findings = append(findings, in.values(id, m, source, program[Source][id])...)
			findings = append(findings, forms(locale, id, m, all[Source][id], program[Source][id])...)
		}
		findings = append(findings, in.complete(locale, all)...)
	}
	return all, findings
}

// read reads the files of one i18n/. A file that cannot be read is a finding and nothing more: what it would have said is
// not missing then.
func (in Input) read(from fs.FS, own bool, findings *diag.Findings) map[string]Set {
	sets := map[string]Set{}
	names, err := fs.Glob(from, dir+"/*")
	if err != nil {
		findings.Add(diag.Position{File: dir}, "unreadable", diag.Args{"Text": err.Error()})
	}
	for _, name := range names {
		if plain.IsLitter(name) {
			continue
		}
		at := diag.Position{File: name}
		key, isTOML := strings.CutSuffix(path.Base(name), ".toml")
		tag, err := language.Parse(key)
		if !isTOML || err != nil || strings.ToLower(tag.String()) != key {
			findings.Add(at, "messages-name", diag.Args{"Near": in.nearFile(key)})
			continue
		}
		if own && key != Source && !slices.Contains(in.Locales, key) {
			findings.Warn(at, "messages-language", diag.Args{"Locale": key, "Near": in.nearFile(key)})
			continue
		}
		data, err := plain.Read(from, name, fields.MaxTOML)
		switch {
		case errors.Is(err, plain.ErrTooLong):
			findings.Add(at, "file-too-long", diag.Args{"Limit": plain.Size(fields.MaxTOML)})
			continue
		case err != nil:
			findings.Add(at, "unreadable", diag.Args{"Text": err.Error()})
			continue
		}
		set, more := parse(name, data, own)
		*findings = append(*findings, more...)
		sets[key] = set
	}
	return sets
}

// nearFile returns the file that one of the given name was most likely meant to be, or nothing: that of another form of the
// same language, "ms" for "ms-MY", or of a name that looks like it.
func (in Input) nearFile(key string) string {
	key = strings.ToLower(strings.TrimSuffix(key, path.Ext(key)))
	near := ""
	if base, _, _ := strings.Cut(strings.ReplaceAll(key, "_", "-"), "-"); slices.Contains(in.Locales, base) {
		near = base
	} else if near = diag.Nearest(key, in.Locales); near == "" {
		return ""
	}
	return FileOf(near)
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// categories are the plural categories of Unicode CLDR.
var categories = []string{"zero", "one", "two", "few", "many", "other"}

func parse(name string, data []byte, own bool) (Set, diag.Findings) {
	t := fields.TOML(name, data)
	set := Set{}
	findings := t.Meant(func(string) bool { return true })
	for _, key := range t.Keys() {
		id := key.Value
		if !idForm.MatchString(id) {
			findings.Add(key.At, "message-id", diag.Args{"ID": id})
		}
		message := Message{At: key.At, Own: own, Forms: map[string]fields.Text{}}
		switch {
		case !t.IsTable(id):
			if text := t.String(id); text.Set() {
				message.Forms["other"] = text
			}
		default:
			m := t.Table(id)
			m.String("description") // for translators
			for _, category := range categories {
				if text := m.String(category); text.Set() {
					message.Forms[category] = text
				}
			}
			if !m.Has("other") {
				findings.Add(key.At, "message-other", diag.Args{"ID": id})
			}
		}
		for _, category := range categories {
			if text := message.Forms[category]; text.Set() {
				more := printable(id, text)
				message.broken = message.broken || len(more) > 0
				findings = append(findings, more...)
			}
		}
		set[id] = message
	}
	t.Close()
	return set, append(findings, t.Findings()...)
}

// complete finds the messages that a locale lacks: of those in English, and of those in the language of the pages at the
// root. Hugo would show them in another language and say nothing.
func (in Input) complete(locale string, all map[string]Set) diag.Findings {
	var findings diag.Findings
	var lacking []string
	for _, from := range []string{Source, in.Default} {
		for id := range all[from] {
			if _, ok := all[locale][id]; !ok && !slices.Contains(lacking, id) {
				lacking = append(lacking, id)
			}
		}
	}
	if len(lacking) > 0 {
		slices.Sort(lacking)
		findings.Add(diag.Position{File: FileOf(locale)}, "messages-missing",
			diag.Args{"Locale": locale, "Count": len(lacking), "Names": strings.Join(lacking, ", ")})
	}
	return findings
}
