// Package site turns pages into files with Hugo. It is the only package that knows Hugo, and it knows nothing of
// notices: it takes addresses, layouts and values. Hugo sees a memory of its own and no disk, no network, no
// environment and no text of an author as Markdown.
package site

import (
	"io/fs"

	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/layout"
	"placard/internal/message"
)

// A Site is what all pages share: the configuration, and the layouts, messages and assets.
type Site struct {
	config.Config
	look     layout.Files
	messages map[string]message.Set // by locale
}

// Load reads config.toml and the folders layouts, assets and i18n of the site in dir. What the site has not, it takes
// from defaults, file by file; messages one by one.
func Load(dir, defaults fs.FS) (*Site, diag.Findings) {
	settings, findings := config.Load(dir)
	if findings.Errors() > 0 {
		findings.Sort()
		return nil, findings
	}
	look, more := layout.Load(dir, defaults)
	findings = append(findings, more...)
	keys := make([]string, len(settings.Locales))
	for i, l := range settings.Locales {
		keys[i] = l.Key
	}
	messages, more := message.Load(message.Input{Site: dir, Defaults: defaults, Locales: keys, Default: settings.Default, Given: look.Quotes})
	findings = append(findings, more...)
	findings.Sort()
	return &Site{Config: settings, look: look, messages: messages}, findings
}

// settings is the whole configuration that Hugo gets. Nothing of config.toml goes in unread.
func (s *Site) settings() map[string]any {
	none := []string{"none"}
	languages := map[string]any{}
	for i, l := range s.Locales {
		languages[l.Key] = map[string]any{
			"label": l.Label, "locale": l.Exact, "direction": l.Direction, "title": l.Title, "weight": i + 1,
			"params": s.languageParams(l),
		}
	}
	return map[string]any{
		"baseURL":                    s.BaseURL,
		"title":                      s.Title,
		"defaultContentLanguage":     s.Default,
		"disableDefaultSiteRedirect": true,
		"languages":                  languages,
		// Every page is one of ours, with its address given; Hugo adds none of its own and leaves none out.
		"disableKinds":   []string{"home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"},
		"disableAliases": true,
		"buildDrafts":    true,
		"buildFuture":    true,
		"buildExpired":   true,
		"cacheDir":       "/cache",
		"resourceDir":    "/resources",
		"timeout":        "600s",
		"security": map[string]any{
			"enableInlineShortcodes": false,
			"allowContent":           []string{"^text/markdown$"},
			"exec":                   map[string]any{"allow": none, "osEnv": none},
			"funcs":                  map[string]any{"getenv": none},
			"http":                   map[string]any{"urls": none, "methods": none},
		},
		"params": params(s.Params),
	}
}

// languageParams are what layouts know of a language besides what Hugo tells: site.Params.lang, and where the title of the
// site is in another language, site.Params.titlelang and titledir.
func (s *Site) languageParams(l config.Locale) map[string]any {
	out := map[string]any{"lang": l.Tag}
	if of := s.Locale(s.Default); l.Untitled && of != nil && of.Key != l.Key {
		out["titlelang"], out["titledir"] = of.Tag, of.Direction
	}
	return out
}

// params adds, besides those of the languages, the mark by which the layouts know that the pages are Placard's: without it, plain Hugo would publish
// drafts.
func params(own map[string]any) map[string]any {
	all := map[string]any{}
	for k, v := range own {
		all[k] = v
	}
	all["placard"] = true
	return all
}
