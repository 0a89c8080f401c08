package cli

import (
	"errors"
	"io/fs"
	"path"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/notice"
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
	slugs := w.slugs
	if len(args) == 1 {
		if _, ok := w.drafts[args[0]]; !ok {
			return p.noSuchNotice(args[0], w)
		}
		slugs = args
	}
	var findings diag.Findings
	for _, slug := range slugs {
		findings = append(findings, w.drafts[slug].findings...)
	}
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	p.print(findings)
	p.say("check.good", diag.Args{"Count": len(slugs)})
	return nil
}

func (p *program) noSuchNotice(slug string, w *world) error {
	return refuse(diag.Position{File: path.Join(contentDir, slug)}, "notice-absent",
		diag.Args{"Notice": slug, "Near": diag.Nearest(slug, w.slugs), "Known": joinOr(w.slugs, "-")})
}

// A draft is a notice in content/ with what is wrong with it.
type draft struct {
	doc      *notice.Document
	findings diag.Findings
}

// world is everything that the commands look at.
type world struct {
	site    *site.Site
	archive *archive.Archive
	slugs   []string // of the drafts, sorted
	drafts  map[string]draft
}

// open reads the site. Faults of the configuration and of the archive are errors; those of drafts are kept with them.
func (p *program) open() (*world, error) {
	s, findings := site.Load(p.site(), p.defaults)
	a, more := archive.Open(p.site())
	findings = append(findings, more...)
	if findings.Errors() > 0 {
		return nil, &refused{findings}
	}
	p.print(findings)
	w := &world{site: s, archive: a, drafts: map[string]draft{}}
	input := &check.Input{Drafts: map[string]*notice.Document{}, Archive: a, Locales: map[string]bool{}, Named: func(code string) bool {
		return s.HasMessage(notice.JurisdictionMessage(code))
	}}
	for _, l := range s.Locales {
		input.Locales[l.Key] = true
	}
	entries, err := fs.ReadDir(p.site(), contentDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, broken(err)
	}
	for _, e := range entries {
		slug, dir := e.Name(), path.Join(contentDir, e.Name())
		d := draft{}
		if e.IsDir() {
			d.doc, d.findings = notice.Load(p.site(), dir, slug)
			input.Drafts[slug] = d.doc
		} else {
			d.findings.Add(diag.Position{File: dir}, "content-file", nil)
		}
		w.slugs, w.drafts[slug] = append(w.slugs, slug), d
	}
	for slug, doc := range input.Drafts {
		d := w.drafts[slug]
		d.findings = append(d.findings, check.Run(input, doc, d.findings.Errors() == 0)...)
		d.findings.Sort()
		w.drafts[slug] = d
	}
	return w, nil
}
