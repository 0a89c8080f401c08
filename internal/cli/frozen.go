package cli

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
)

// frozen is a site whose drafts are read once: whoever reads a file or a folder of content/ again gets what was read
// the first time. So what a release seals is what was checked, whatever an editor saves meanwhile.
type frozen struct {
	fs.FS
	files   map[string][]byte
	folders map[string][]fs.DirEntry
	hidden  func(name string) bool // of files of content/ that are left out; nil where none are
}

func (f *frozen) ReadFile(name string) ([]byte, error) {
	if data, ok := f.files[name]; ok {
		return data, nil
	}
	data, err := fs.ReadFile(f.FS, name)
	if err == nil && strings.HasPrefix(name, contentDir+"/") {
		f.files[name] = data
	}
	return data, err
}

func (f *frozen) ReadDir(name string) ([]fs.DirEntry, error) {
	if entries, ok := f.folders[name]; ok {
		return entries, nil
	}
	entries, err := fs.ReadDir(f.FS, name)
	if f.hidden != nil {
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return f.hidden(path.Join(name, e.Name())) })
	}
	if err == nil && strings.HasPrefix(name, contentDir+"/") {
		f.folders[name] = entries
	}
	return entries, err
}

// leaveOut makes the site of a release one in which a notice is not offered in some locales: without their texts, the attachments
// to which no other text links, and their names in notice.toml.
func (p *program) leaveOut(slug string, locales []string) error {
	site, ok := p.site().(*frozen)
	if len(locales) == 0 || !ok {
		return nil
	}
	dir := inContent(slug)
	doc, _ := notice.Load(site, dir, slug)
	offered := doc.Facts.LocaleNames()
	if len(offered) == 0 {
		return nil // as will be said of notice.toml
	}
	for _, locale := range locales {
		if !slices.Contains(offered, locale) || !doc.Facts.MaySupplement(locale) {
			return refuse(diag.Position{File: doc.Facts.File}, "without-locale", diag.Args{
				"Locale": locale, "Notice": slug, "Prevails": slices.Contains(offered, locale), "Source": locale == doc.Facts.Source.Value,
				"Near": diag.Nearest(locale, offered), "Known": strings.Join(offered, ", "),
			})
		}
	}
	left := slices.DeleteFunc(offered, func(l string) bool { return slices.Contains(locales, l) })
	facts, err := site.ReadFile(doc.Facts.File)
	if err != nil {
		return broken(err)
	}
	site.files[doc.Facts.File] = doc.Facts.Offering(facts, left)
	if now, _ := notice.Load(site, dir, slug); !slices.Equal(now.Facts.LocaleNames(), left) {
		return refuse(doc.Facts.Locales[0].At, "new-locales", diag.Args{"Locale": strings.Join(locales, ", "), "Out": true})
	}
	if doc.Sum != nil {
		site.files[doc.SumFile()] = notice.WithoutLocales(doc.Sum, locales)
	}
	attachments := doc.OnlyFor(locales)
	site.folders = map[string][]fs.DirEntry{}
	site.hidden = func(name string) bool {
		name, own := strings.CutPrefix(name, dir+"/")
		return own && (slices.Contains(locales, notice.LocaleOf(name)) || slices.Contains(attachments, name))
	}
	p.later = map[string][]string{slug: locales}
	return nil
}
