package cli

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// reopenErratum puts the source text of a sealed version and those that prevail, as they read by now, where a supplement is drafted. What
// is recorded of all translations comes along: they were made from the text that is to be corrected.
func (p *program) reopenErratum(slug, version string) error {
	w, v, err := p.reopened(slug, version)
	if err != nil {
		return err
	}
	dir, err := p.supplementDir(v)
	if err != nil {
		return err
	}
	d, facts := w.drafts[slug], &v.Document.Facts
	prevail := slices.DeleteFunc(v.Document.Locales(), facts.MaySupplement)
	if len(d.notDrafted(v, prevail)) < len(prevail) {
		return refuse(diag.Position{File: dir}, "reopen-erratum-there", diag.Args{"Version": version})
	}
	files := edits{}
	for _, name := range v.Document.Files {
		if !slices.Contains(prevail, notice.LocaleOf(name)) {
			continue
		}
		if files[path.Join(dir, name)], err = fs.ReadFile(p.site(), v.Document.At(name)); err != nil {
			return broken(err)
		}
	}
	sum, wrong := translation.ReadSum(v.Document)
	if len(wrong) > 0 {
		return &refused{wrong}
	}
	drafted, err := d.recordedFor(v)
	if err != nil {
		return err
	}
	// Lines of a language that the version left are of no use, and those of translations that are drafted already are the newer ones.
	maps.DeleteFunc(sum, func(locale string, _ map[string]string) bool { return v.Document.Texts[locale] == nil })
	maps.Copy(sum, drafted)
	more := edits{}
	if len(sum) > 0 {
		more[path.Join(dir, notice.SumFile)] = sum.Bytes()
	}
	if err := p.write(files, more); err != nil {
		return err
	}
	args := diag.Args{"Notice": slug, "Version": version, "Folder": dir, "Locales": strings.Join(prevail, ", "), "Translated": len(v.Document.Texts) > 1}
	p.say("reopen.erratum", args)
	p.say("reopen.erratum-next", args)
	return nil
}
