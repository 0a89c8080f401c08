package cli

import (
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/fields"
	"placard/internal/notice"
	"placard/internal/output"
	"placard/internal/page"
	"placard/internal/plain"
	"placard/internal/site"
)

// batchSize is about how many pages go to Hugo at a time.
const batchSize = 100

type buildOptions struct{ out, baseURL, asOf, knownOn string }

func (p *program) buildCommand() *cobra.Command {
	var o buildOptions
	c := &cobra.Command{
		Use:  "build",
		Args: exactly(0),
		RunE: func(*cobra.Command, []string) error { return p.build(o) },
	}
	c.Flags().StringVar(&o.out, "out", "public", p.messages.get("flag.out", nil))
	c.Flags().StringVar(&o.baseURL, "base-url", "", p.messages.get("flag.base-url", nil))
	c.Flags().StringVar(&o.asOf, "as-of", "", p.messages.get("flag.as-of", nil))
	c.Flags().StringVar(&o.knownOn, "known-on", "", p.messages.get("flag.known-on", nil))
	return c
}

func (p *program) build(o buildOptions) error {
	begun := time.Now()
	moment, known, err := p.moments(o.asOf, o.knownOn)
	if err != nil {
		return err
	}
	out, err := p.target(o.out)
	if err != nil {
		return err
	}
	target, err := p.claim(out)
	if err != nil {
		return err
	}
	defer target.Release()
	w, err := p.look() // the words of each version are held against its seal when its page is made
	if err != nil {
		return err
	}
	if o.baseURL != "" {
		var ok bool
		if w.site.BaseURL, ok = config.CleanBaseURL(o.baseURL); !ok {
			return &usage{"base-url", diag.Args{"Value": o.baseURL}}
		}
	}
	pages, err := pageSite(w.site)
	if err != nil {
		return broken(err)
	}
	b := &building{program: p, site: w.site, tree: target.NewTree(), out: out}
	if err := b.pages(page.Plan(w.archive.At(known), moment, pages)); err != nil {
		return err
	}
	for f, err := range w.archive.At(known).Files() {
		if err == nil {
			err = b.tree.Add(output.File(f))
		}
		if err != nil {
			return p.unfit(out, err)
		}
	}
	if len(w.archive.At(known).Log) > 0 {
		if err := b.tree.Add(
			output.File{Path: page.NoticeSchemaFile, Data: page.NoticeSchema},
			output.File{Path: page.VersionsSchemaFile, Data: page.VersionsSchema},
		); err != nil {
			return p.unfit(out, err)
		}
	}
	if err := b.tree.Put(); err != nil {
		return p.unfit(out, err)
	}
	p.print(b.findings)
	p.summary(w, b, moment, o, time.Since(begun))
	return nil
}

// momentOf reads --as-of; without it, the moment is now.
func (p *program) momentOf(asOf string) (archive.Moment, error) {
	if asOf == "" {
		t, err := p.now()
		return archive.At(t), err
	}
	m, ok := archive.ParseMoment(asOf)
	if !ok {
		return m, &usage{"as-of", fields.DateArgs(asOf)}
	}
	return m, nil
}

// moments reads --as-of and --known-on: what is asked about, and from when one looks. Without the latter the two are one.
func (p *program) moments(asOf, knownOn string) (moment, known archive.Moment, err error) {
	moment, err = p.momentOf(asOf)
	if err != nil || knownOn == "" {
		return moment, moment, err
	}
	known, ok := archive.ParseMoment(knownOn)
	if !ok {
		return moment, known, &usage{"known-on", fields.DateArgs(knownOn)}
	}
	return moment, known, nil
}

// target returns the folder to build into, after making sure that nothing else is lost by replacing it.
func (p *program) target(out string) (string, error) {
	if !filepath.IsAbs(out) {
		out = filepath.Join(p.dir, out)
	}
	abs, err := resolved(out)
	if err != nil {
		return "", broken(err)
	}
	root, err := resolved(filepath.Join(p.dir, "."))
	if err != nil {
		return "", broken(err)
	}
	if real, err := filepath.EvalSymlinks(root); err == nil { // the folder may be a link itself
		root = real
	}
	at := diag.Position{File: filepath.ToSlash(out)}
	if inside, err := filepath.Rel(abs, root); err == nil && filepath.IsLocal(inside) {
		return "", refuse(at, "out-holds-site", nil)
	}
	for _, own := range []string{contentDir, archive.Dir, "layouts", "assets", "i18n", "archetypes", ".git"} {
		if inside, err := filepath.Rel(filepath.Join(root, own), abs); err == nil && filepath.IsLocal(inside) {
			return "", refuse(at, "out-in-site", diag.Args{"Folder": own})
		}
	}
	return abs, nil
}

// resolved returns the absolute path without symbolic links, as far as it exists.
func resolved(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if errors.Is(err, fs.ErrNotExist) {
		real, err = resolved(filepath.Dir(abs))
	}
	return filepath.Join(real, filepath.Base(abs)), err
}

func pageSite(s *site.Site) (page.Site, error) {
	digest, err := s.Digest()
	ps := page.Site{
		Titles: map[string]string{}, Origin: s.Origin(), BasePath: s.BasePath(), Default: s.Default,
		IndexArchived: s.IndexArchived, Digest: digest, Words: s.Words, Date: s.Date,
	}
	for _, l := range s.Locales {
		ps.Locales = append(ps.Locales, page.Locale{Key: l.Key, Tag: l.Tag, Name: l.Label, Dir: l.Direction, At: l.At})
		ps.Titles[l.Key] = l.Title
	}
	return ps, err
}

// building is a site that is being made.
type building struct {
	*program
	site     *site.Site
	tree     *output.Tree
	out      string
	findings diag.Findings
	made     []made
}

// made is what is remembered of a group: its pages are not kept.
type made struct {
	notice    string
	isVersion bool
	locales   []string
}

// pages makes the pages batch by batch. Once something is wrong no more are rendered, and it is only looked for what else is
// wrong with the texts.
func (b *building) pages(groups iter.Seq[page.Group]) error {
	var failed error
	for batch := range page.Batches(groups, batchSize) {
		for _, g := range batch {
			b.findings = append(b.findings, g.Findings...)
		}
		if failed == nil && b.findings.Errors() == 0 {
			failed = b.render(batch)
		}
	}
	b.findings.Sort()
	if b.findings.Errors() > 0 {
		return &refused{b.findings}
	}
	return failed
}

// render makes the pages of a batch.
func (b *building) render(batch []page.Group) error {
	var pages []site.Page
	var finished []output.File
	for _, g := range batch {
		group := output.Group{Notice: g.Notice, Name: g.Name, Digest: g.Digest, Permanent: g.IsVersion()}
		remembered := made{notice: g.Notice, isVersion: g.IsVersion()}
		for _, pg := range g.Pages {
			pages = append(pages, site.Page{
				Address: pg.Address, Locale: pg.Locale, Layout: pg.Layout,
				Title: pg.Title, Description: pg.Description, Params: pg.Params,
			})
			group.Files = append(group.Files, plain.FileOf(pg.Address))
			remembered.locales = append(remembered.locales, pg.Locale)
		}
		for _, f := range g.Files {
			finished = append(finished, output.File{Path: plain.FileOf(f.Address), Data: f.Data})
			group.Files = append(group.Files, plain.FileOf(f.Address))
		}
		b.tree.AddGroup(group)
		b.made = append(b.made, remembered)
	}
	rendered, err := b.site.Render(pages)
	if err != nil {
		return renderFailure(err)
	}
	var files []output.File
	for _, f := range rendered {
		files = append(files, output.File(f))
	}
	files = append(files, finished...)
	if err := output.Minify(files); err != nil {
		return broken(err)
	}
	if findings := lostWords(batch, files); findings.Errors() > 0 {
		return &refused{findings}
	}
	if err := b.tree.Add(files...); err != nil {
		return b.unfit(b.out, err)
	}
	return nil
}

// mostLost is how many passages lostWords names. A layout that leaves out one leaves it out on every page.
const mostLost = 10

// lostWords finds the words of the sealed texts that finished pages do not say: those that a layout leaves out, say.
func lostWords(batch []page.Group, files []output.File) diag.Findings {
	made := map[string][]byte{}
	for _, f := range files {
		made[f.Path] = f.Data
	}
	var findings diag.Findings
	more, pages := 0, 0
	for _, g := range batch {
		for _, pg := range g.Pages {
			lost := pg.Lost(made[plain.FileOf(pg.Address)])
			if len(findings) >= mostLost && len(lost) > 0 {
				more, pages = more+len(lost), pages+1
				continue
			}
			for _, l := range lost {
				findings.Add(l.At, "words-lost", diag.Args{"Words": beginning(l.Words), "Address": pg.Address, "Layout": pg.Layout})
			}
		}
	}
	findings.Sort()
	if n := len(findings) - mostLost; n > 0 {
		more, pages = more+n, pages+1
		findings = findings[:mostLost]
	}
	if more > 0 {
		findings.Add(diag.Position{}, "words-lost-more", diag.Args{"Count": more, "Pages": pages})
	}
	return findings
}

// beginning cuts words to what a message can show.
func beginning(words string) string {
	const most = 60
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	return strings.TrimSpace(string(runes[:most])) + " …"
}

func renderFailure(err error) error {
	var re *site.RenderError
	if errors.As(err, &re) {
		return &refused{re.Findings}
	}
	return broken(err)
}

// summary tells what was built and what an operator or editor may want to do next.
func (p *program) summary(w *world, b *building, m archive.Moment, o buildOptions, took time.Duration) {
	locales, notices, versions := map[string]bool{}, map[string]bool{}, 0
	for _, g := range b.made {
		if g.notice == "" {
			continue
		}
		notices[g.notice] = true
		if g.isVersion {
			versions++
			for _, l := range g.locales {
				locales[l] = true
			}
		}
	}
	p.say("build.made", diag.Args{
		"Notices": p.count("notices", len(notices)), "Versions": p.count("versions", versions),
		"Locales": p.count("locales", len(locales)), "Pages": p.count("pages", b.tree.Pages()),
		"Out": filepath.ToSlash(o.out), "Seconds": took.Seconds(),
	})
	if o.asOf != "" || o.knownOn != "" {
		p.say("build.as-of", diag.Args{"Moment": m.String(), "Known": o.knownOn})
	}
	if n := w.loose.Errors(); n > 0 {
		p.say("content.loose", diag.Args{"Findings": p.count("findings", n)})
	}
	todo := false
	for _, slug := range w.slugs {
		if n := w.drafts[slug].strays.Errors(); n > 0 {
			p.say("supplements.loose", diag.Args{"Folder": inContent(slug, notice.SupplementsDir), "Findings": p.count("findings", n)})
			todo = true
		}
		id, args := p.draftState(w, slug)
		if id != "" {
			p.say(id, args)
			todo = true
		}
		for _, s := range w.drafts[slug].supplements {
			p.say(s.state())
			todo = true
		}
	}
	switch {
	case versions == 0 && len(w.archive.Notices) > 0:
		p.say("build.nothing-then", nil)
	case versions == 0 && !todo:
		p.say("build.nothing", nil)
	}
	p.say("build.next", diag.Args{"Out": filepath.ToSlash(o.out)})
}

// count returns "3 notices".
func (p *program) count(what string, n int) string {
	return p.messages.get("count."+what, diag.Args{"Count": n})
}
