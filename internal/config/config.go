// Package config is what config.toml says of a site: its address, its languages, and what layouts are told. Its keys are those
// of Hugo that Placard takes; all others are refused, each by its name.
package config

import (
	"cmp"
	"errors"
	"io/fs"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"placard/internal/codes"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/plain"
)

// File is the name of the configuration, at the root of a site.
const File = "config.toml"

// noContent must be the value of contentDir: a folder that does not exist. Plain Hugo would publish the drafts in
// content/, so it is not to find them.
const noContent = "run-placard-build"

// Config is what config.toml says. Its keys are Hugo's, of which only these are taken: title, baseURL, contentDir,
// defaultContentLanguage, languages and params; params.placard holds settings of Placard's own.
type Config struct {
	Title string
	// BaseURL is absolute and ends with a slash.
	BaseURL string
	// Default is the key of the locale whose pages stand at the root; those of the others stand under "/key/".
	Default string
	// Locales are in the order of their weights, then of the file.
	Locales []Locale
	// IndexArchived lets search engines keep the pages of superseded versions.
	IndexArchived bool
	// Params are passed on to the layouts as site.Params.
	Params map[string]any
}

// A Locale is one of the languages that the site speaks.
type Locale struct {
	// Key is the BCP 47 tag in lower case, as in file names and addresses: "zh-hans".
	Key string
	// Tag is the tag in its usual form, for lang and hreflang: "zh-Hans".
	Tag string
	// Label is the language's own name for itself.
	Label string
	// Title is the title of the site in this language, or, if it is Untitled, that in the default language.
	Title    string
	Untitled bool
	// Direction is "ltr" or "rtl".
	Direction string
	At        diag.Position

	// Exact is the key "locale", a narrower tag, "en-GB", which sets the form of dates; or, where there is none, Tag.
	Exact string

	weight int
}

// BasePath is the path of BaseURL, without the slash at its end: "" or "/legal".
func (c Config) BasePath() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(u.EscapedPath(), "/")
}

// Origin is the scheme and the host of BaseURL: "https://example.com".
func (c Config) Origin() string { return strings.TrimSuffix(c.BaseURL, c.BasePath()+"/") }

// Load reads config.toml of the site in dir.
func Load(dir fs.FS) (Config, diag.Findings) {
	var c Config
	data, err := plain.Read(dir, File, fields.MaxTOML)
	if err != nil {
		var findings diag.Findings
		at := diag.Position{File: File}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			findings.Add(at, "config-absent", nil)
		case errors.Is(err, plain.ErrTooLong):
			findings.Add(at, "file-too-long", diag.Args{"Limit": plain.Size(fields.MaxTOML)})
		default:
			findings.Add(at, "unreadable", diag.Args{"Text": err.Error()})
		}
		return c, findings
	}
	t := fields.TOML(File, data)
	if fs := t.Findings(); fs.Errors() > 0 {
		return c, fs
	}
	// What layouts are told may have several lines.
	meant := t.Meant(func(key string) bool { return strings.HasPrefix(key, "params.") })
	c.Title = t.Need("title").Value
	base := t.Need("baseURL")
	def := t.Need("defaultContentLanguage")
	content := t.Need("contentDir")
	c.Default = def.Value
	c.readParams(t.Table("params"))

	var findings diag.Findings
	if base.Value != "" {
		var ok bool
		if c.BaseURL, ok = CleanBaseURL(base.Value); !ok {
			findings.Add(base.At, "base-url", diag.Args{"Value": base.Value})
		} else if strings.HasPrefix(c.BaseURL, "http://") && !c.onThisMachine() {
			findings.Warn(base.At, "base-url-http", nil)
		}
	}
	if content.Value != "" && content.Value != noContent {
		findings.Add(content.At, "content-dir", diag.Args{"Want": noContent})
	}
	if languages := t.Table("languages"); languages == nil {
		t.Missing("languages")
	} else {
		for _, key := range languages.Keys() {
			l := languages.Table(key.Value)
			if l == nil {
				continue
			}
			locale, fs := readLocale(key, l, c.Title)
			findings = append(findings, fs...)
			c.Locales = append(c.Locales, locale)
		}
	}
	sortLocales(c.Locales)
	keys := c.Keys()
	if def.Value != "" && c.Locale(def.Value) == nil && len(keys) > 0 {
		findings.Add(def.At, "default-locale-unknown", diag.Args{"Locale": def.Value, "Near": codes.NearestLocale(def.Value, keys)})
	}
	findings = append(findings, hugoKeys(t, settingsOfHugo)...)
	t.Close()
	findings = append(findings, unread(dir)...)
	return c, append(append(findings, meant...), t.Findings()...)
}

// onThisMachine reports whether the address of the site leads to the machine itself, as when it is tried out.
func (c Config) onThisMachine() bool {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost") || err == nil && address.IsLoopback()
}

// readParams takes Placard's own settings, which stand in the table "placard", out of what is for the layouts.
func (c *Config) readParams(params *fields.Table) {
	if params == nil {
		return
	}
	if own := params.Table("placard"); own != nil {
		c.IndexArchived = own.Bool("index-archived-versions")
		own.Close()
	}
	c.Params = params.Any()
	delete(c.Params, "placard")
}

// CleanBaseURL returns u with a slash at its end, and whether it is an absolute http or https address without query
// and fragment.
func CleanBaseURL(u string) (string, bool) {
	p, err := url.Parse(u)
	if err != nil || (p.Scheme != "https" && p.Scheme != "http") || p.Host == "" || p.User != nil || strings.ContainsAny(u, "?#") {
		return "", false
	}
	path := strings.TrimSuffix(p.EscapedPath(), "/") + "/"
	for _, segment := range strings.Split(path, "/")[1:strings.Count(path, "/")] {
		if segment == "" || segment == "." || segment == ".." {
			return "", false
		}
	}
	return p.Scheme + "://" + p.Host + path, true
}

// Keys returns the keys of the locales, in their order.
func (c Config) Keys() []string {
	keys := make([]string, len(c.Locales))
	for i, l := range c.Locales {
		keys[i] = l.Key
	}
	return keys
}

// Locale returns the locale of the given key, or nil.
func (c Config) Locale(key string) *Locale {
	for i := range c.Locales {
		if c.Locales[i].Key == key {
			return &c.Locales[i]
		}
	}
	return nil
}

func readLocale(key fields.Text, t *fields.Table, title string) (Locale, diag.Findings) {
	var findings diag.Findings
	l := Locale{Key: key.Value, At: key.At, Label: t.String("label").Value, Title: t.String("title").Value, Direction: "ltr"}
	l.weight, _ = t.Int("weight")
	tag, err := language.Parse(key.Value)
	if err != nil || strings.ToLower(tag.String()) != key.Value {
		findings.Add(key.At, "locale-tag", diag.Args{"Locale": key.Value, "Near": codes.NearestLocale(key.Value, nil)})
		return l, findings
	}
	l.Tag, l.Exact = tag.String(), tag.String()
	if exact := t.String("locale"); exact.Set() {
		l.Exact = exact.Value
		if narrow, err := language.Parse(exact.Value); err != nil || !sameLanguage(narrow, tag) {
			findings.Add(exact.At, "locale-other", diag.Args{"Locale": key.Value, "Value": exact.Value})
		}
	}
	if rightToLeft(tag) {
		l.Direction = "rtl"
	}
	if d := t.String("direction"); d.Set() {
		switch {
		case d.Value != "ltr" && d.Value != "rtl":
			findings.Add(d.At, "direction", diag.Args{"Value": d.Value})
		case d.Value != l.Direction:
			findings.Warn(d.At, "direction-odd", diag.Args{"Locale": key.Value, "Value": d.Value})
		}
		l.Direction = d.Value
	}
	findings = append(findings, hugoKeys(t, settingsOfLanguages)...)
	if l.Label == "" {
		l.Label = display.Self.Name(tag)
	}
	if l.Title == "" {
		l.Title, l.Untitled = title, true
	}
	return l, findings
}

func sortLocales(ls []Locale) {
	slices.SortStableFunc(ls, func(a, b Locale) int { return cmp.Compare(a.weight, b.weight) })
}

func sameLanguage(a, b language.Tag) bool {
	x, _ := a.Base()
	y, _ := b.Base()
	return x == y
}

// rightToLeft knows the scripts of Unicode that are written from right to left and in use today.
func rightToLeft(tag language.Tag) bool {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return true
	}
	return false
}
