package config

import (
	"io/fs"
	"strings"

	"placard/internal/diag"
	"placard/internal/fields"
)

// settingsOfHugo are the keys of Hugo's configuration that sites of Placard do not have, each with the key to write in its
// place, if there is one. They could change an address, drop or add a page, let layouts reach a network, or make pages
// depend on the machine; or they do nothing here.
var settingsOfHugo = withoutReplacement(`
archetypeDir assetDir author build buildDrafts buildExpired buildFuture cacheDir caches canonifyURLs capitalizeListTitles cascade
cleanDestinationDir contentTypes copyright dataDir defaultContentLanguageInSubdir defaultContentRole defaultContentVersion
defaultOutputFormat deployment disableAliases disableDefaultLanguageRedirect disableDefaultSiteRedirect
disableHugoGeneratorInject disableKinds disableLanguages disableLiveReload disablePathToLower disqusShortname enableEmoji
enableGitInfo enableMissingTranslationPlaceholders enableRobotsTXT environment frontmatter googleAnalytics hasCJKLanguage
httpCache i18nDir ignoreCache ignoreFiles ignoreLogs imaging layoutDir mainSections markup
mediaTypes menus minify module newContentEditor noBuildLock noChmod noTimes outputFormats outputs page paginate paginatePath
pagination panicOnWarning permalinks pluralizeListTitles printI18nWarnings printPathWarnings printUnusedTemplates privacy
publishDir refLinksErrorLevel refLinksNotFoundURL related relativeURLs removePathAccents renderSegments resourceDir roles
sectionPagesMenu security segments server services sitemap social staticDir summaryLength taxonomies templateMetrics
templateMetricsHints theme themes themesDir timeout timeZone titleCaseStyle uglyURLs versions watch
`, map[string]string{"languageCode": "locale", "languageDirection": "direction", "languageName": "label"})

// settingsOfLanguages are those of the table of a language.
var settingsOfLanguages = withoutReplacement("baseURL contentDir copyright disabled disableKinds markup menus outputs params permalinks taxonomies timeZone",
	map[string]string{"languageName": "label", "languageCode": "locale", "languageDirection": "direction"})

func withoutReplacement(names string, replaced map[string]string) map[string]string {
	for name := range strings.FieldsSeq(names) {
		replaced[name] = ""
	}
	return replaced
}

// hugoKeys finds the keys of a table that are Hugo's and not Placard's.
func hugoKeys(t *fields.Table, settings map[string]string) diag.Findings {
	var findings diag.Findings
	for name, instead := range settings {
		if key := t.Take(name); key.Set() {
			findings.Add(key.At, "config-hugo", diag.Args{"Key": name, "Near": instead})
		}
	}
	findings.Sort()
	return findings
}

// hugoFiles and hugoFolders are what Hugo would read at the root of a site, and Placard does not.
var (
	hugoFiles   = strings.Fields("hugo.toml hugo.yaml hugo.yml hugo.json config.yaml config.yml config.json config/_default")
	hugoFolders = strings.Fields("static themes")
)

// unread warns of what Hugo would read, and Placard does not. Such files may be there for another program.
func unread(dir fs.FS) diag.Findings {
	var findings diag.Findings
	for _, name := range hugoFiles {
		if _, err := fs.Stat(dir, name); err == nil {
			findings.Warn(diag.Position{File: name}, "hugo-config", nil)
		}
	}
	for _, name := range hugoFolders {
		if info, err := fs.Stat(dir, name); err == nil && info.IsDir() {
			findings.Warn(diag.Position{File: name}, "hugo-folder", diag.Args{"Name": name})
		}
	}
	return findings
}
