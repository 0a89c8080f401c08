package page

import (
	"slices"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
)

// below returns the address below the base URL.
func (p *plan) below(locale, rest string) string {
	if locale == p.site.Default {
		return "/" + rest
	}
	return "/" + locale + "/" + rest
}

// at returns the address on the host.
func (p *plan) at(locale, rest string) string { return p.site.BasePath + p.below(locale, rest) }

func (p *plan) locale(key string) Locale {
	for _, l := range p.site.Locales {
		if l.Key == key {
			return l
		}
	}
	return Locale{Key: key, Tag: key, Name: key, Dir: "ltr"}
}

// has reports whether the site speaks the locale.
func (p *plan) has(key string) bool {
	return slices.ContainsFunc(p.site.Locales, func(l Locale) bool { return l.Key == key })
}

// localesOf returns the locales of a version in the order of the site.
func (p *plan) localesOf(v *archive.Version) []Locale {
	var out []Locale
	for _, l := range p.site.Locales {
		if v.Document.Texts[l.Key] != nil {
			out = append(out, l)
		}
	}
	return out
}

// nearest returns the locale if the version has it, and otherwise the version's source locale.
func nearest(v *archive.Version, locale string) string {
	if v.Document.Texts[locale] != nil {
		return locale
	}
	return v.Document.Facts.Source.Value
}

// sealed returns the address of a sealed file by its path relative to the root of the site.
func (p *plan) sealed(file string) string { return p.site.BasePath + "/" + file }

// sealedFiles returns the address of the list of what was sealed in a folder.
func (p *plan) sealedFiles(f *archive.Folder) string {
	return p.sealed(f.Entry.Folder() + "/" + archive.SumsFile)
}

func (p *plan) versionRef(v *archive.Version, locale string) *VersionRef {
	if v == nil {
		return nil
	}
	in := nearest(v, locale)
	ref := &VersionRef{
		Name: v.Name(), Effective: v.Effective(), Address: p.at(in, v.Entry.Notice+"/"+v.Name()+"/"), Lang: p.foreign(in, locale),
	}
	if ref.Lang != "" {
		ref.Language = languageName(p.locale(in), p.locale(locale))
	}
	return ref
}

// foreign is the tag of the locale to which a page in another one leads, and empty where it leads to its own.
func (p *plan) foreign(to, locale string) string {
	if to == locale {
		return ""
	}
	return p.locale(to).Tag
}

// resolver returns the function that turns what authors write into addresses for a page in the locale, and names the language of
// pages in another one.
func (p *plan) resolver(v *archive.Version, locale string) func(string) (address, lang string) {
	return func(destination string) (address, lang string) {
		l := notice.ParseLink(destination)
		fragment := ""
		if l.Anchor != "" {
			fragment = "#" + l.Anchor
		}
		switch l.Kind {
		case notice.FileLink:
			return p.sealed(v.Document.At(l.Path)), ""
		case notice.NoticeLink:
			if _, ok := p.current[l.Slug]; ok {
				to := p.currentLocale(l.Slug, locale)
				return p.at(to, l.Slug+"/") + fragment, p.foreign(to, locale)
			}
		case notice.VersionLink:
			if w := p.archive.Version(l.Slug, l.Version); w != nil {
				to := nearest(w, locale)
				return p.at(to, l.Slug+"/"+l.Version+"/") + fragment, p.foreign(to, locale)
			}
		case notice.VersionsLink:
			if _, ok := p.current[l.Slug]; ok {
				to := p.currentLocale(l.Slug, locale)
				return p.at(to, l.Slug+"/versions/"), p.foreign(to, locale)
			}
		}
		return destination, ""
	}
}

// deadLinks warns of links to notices that have no page yet.
func (p *plan) deadLinks(text *notice.Text) {
	for _, l := range text.Links() {
		to := notice.ParseLink(l.Destination)
		if _, ok := p.current[to.Slug]; to.Slug != "" && !ok {
			p.findings.Warn(l.At, "link-dead", diag.Args{"Link": l.Destination, "Notice": to.Slug})
		}
	}
}
