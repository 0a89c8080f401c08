package cli

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/layout"
	"placard/internal/notice"
	"placard/internal/page"
	"placard/internal/plain"
	"placard/internal/site"
)

// contentDir holds the drafts.
const contentDir = "content"

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "check [NOTICE]",
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.check(args) },
	}
}

func (p *program) check(args []string) error {
	w, err := p.open()
	if err != nil {
		return err
	}
	slugs, err := w.named(args)
	if err != nil {
		return err
	}
	var findings diag.Findings
	if len(args) == 0 {
		findings = w.loose
	}
	for _, slug := range slugs {
		findings = append(findings, w.drafts[slug].findings...)
		findings = append(findings, w.drafts[slug].strays...)
		for _, s := range w.drafts[slug].supplements {
			findings = append(findings, s.findings...)
		}
	}
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	p.print(findings)
	p.say("check.good", diag.Args{"Count": len(slugs)})
	return nil
}

// named returns the drafts of the names, or all where there is none.
func (w *world) named(names []string) ([]string, error) {
	for _, name := range names {
		if _, ok := w.drafts[name]; !ok {
			return nil, noSuchNotice(name, w.slugs, w.loose)
		}
	}
	if len(names) == 0 {
		return w.slugs, nil
	}
	return names, nil
}

// noSuchNotice says which notices there are; loose is what else lies in content/, which may be what was meant.
func noSuchNotice(slug string, slugs []string, loose diag.Findings) error {
	findings := slices.Clone(loose)
	findings.Add(diag.Position{File: path.Join(contentDir, slug)}, "notice-absent",
		diag.Args{"Notice": slug, "Near": diag.Nearest(slug, slugs), "Known": strings.Join(slugs, ", ")})
	return &refused{findings}
}

// A draft is a notice in content/ with what is wrong with it.
type draft struct {
	doc      *notice.Document
	read     diag.Findings // what is wrong in its own folder
	findings diag.Findings // these, and what is wrong beside all else

	supplements []supplement  // drafts of them, by version
	strays      diag.Findings // of what lies among these and is none
}

// untranslated are the findings of what is still to be translated, and unfinished also those of what is still to be written.
var (
	untranslated = []string{"stale", "changes-missing", "missing-not-allowed"}
	unfinished   = append([]string{"placeholder"}, untranslated...)
)

// broken reports whether the draft has other errors than those.
func (d draft) broken(but []string) bool {
	return slices.ContainsFunc(d.findings, func(f diag.Finding) bool { return f.Severity == diag.Error && !slices.Contains(but, f.ID) })
}

// world is everything that the commands look at.
type world struct {
	site    *site.Site
	archive *archive.Archive
	slugs   []string // of the drafts, sorted
	drafts  map[string]draft
	loose   diag.Findings // of what lies in content/ and is no draft
}

// open reads the site and verifies its archive. Faults of the configuration and of the archive are errors; those of drafts
// are kept with them.
func (p *program) open() (*world, error) {
	w, err := p.look()
	if err != nil {
		return nil, err
	}
	findings := w.archive.Verify()
	if findings.Errors() > 0 {
		return nil, &refused{findings}
	}
	p.print(findings)
	return w, nil
}

// look is open, but that it takes the words of the archive to be what they were at their release.
func (p *program) look() (*world, error) {
	s, findings := site.Load(p.site(), p.defaults)
	if s != nil {
		look := s.Look()
		look.Values = page.Values()
		findings = append(findings, layout.Check(look)...)
	}
	a, more := archive.Open(p.site())
	findings = append(findings, more...)
	if findings.Errors() > 0 {
		return nil, &refused{findings}
	}
	p.print(findings)
	w := &world{site: s, archive: a, drafts: map[string]draft{}}
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	input := &check.Input{Effective: p.effective, Moment: archive.At(now), Drafts: map[string]*notice.Document{}, Archive: a, Later: p.later, Locales: map[string]bool{}, Default: s.Default, Named: func(code string) bool {
		return s.HasMessage(notice.JurisdictionMessage(code))
	}}
	for _, l := range s.Locales {
		input.Locales[l.Key] = true
	}
	if w.slugs, w.loose, err = p.contents(); err != nil {
		return nil, err
	}
	for _, slug := range w.slugs {
		d := draft{}
		d.doc, d.read = notice.Load(p.site(), inContent(slug), slug)
		input.Drafts[slug] = d.doc
		w.drafts[slug] = d
	}
	for slug, doc := range input.Drafts {
		d := w.drafts[slug]
		d.findings = slices.Concat(d.read, check.Run(input, doc, d.read.Errors() == 0))
		d.findings.Sort()
		if d.supplements, d.strays, err = p.supplements(a, input, slug); err != nil {
			return nil, err
		}
		w.drafts[slug] = d
	}
	return w, nil
}

// noLink refuses a folder that is a link: what would be read or written there is not in the site.
func (p *program) noLink(dir string) *refused {
	if !plain.IsLink(p.site(), dir) {
		return nil
	}
	var findings diag.Findings
	findings.Add(diag.Position{File: dir}, "not-a-file", nil)
	return &refused{findings}
}

// contents returns the folders of content/, and what is to be said of everything else in it.
func (p *program) contents() (slugs []string, loose diag.Findings, err error) {
	at := func(name string) diag.Position { return diag.Position{File: path.Join(contentDir, name)} }
	if err := p.noLink(contentDir); err != nil {
		return nil, err.findings, nil
	}
	entries, err := fs.ReadDir(p.site(), contentDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, broken(err)
	}
	for _, e := range entries {
		of, isCopy := plain.CopyOf(e.Name())
		isCopy = isCopy && slices.ContainsFunc(entries, func(o fs.DirEntry) bool { return o.Name() == of })
		system, isLitter := plain.Litter(e.Name())
		switch {
		case isLitter:
			loose.Warn(at(e.Name()), "file-litter", diag.Args{"System": system})
		case isCopy:
			loose.Add(at(e.Name()), "file-copy", diag.Args{"Of": path.Join(contentDir, of)})
		case e.IsDir():
			slugs = append(slugs, e.Name())
		case !e.Type().IsRegular():
			loose.Add(at(e.Name()), "not-a-file", nil)
		default:
			loose.Add(at(e.Name()), "content-file", nil)
		}
	}
	return slugs, loose, nil
}
