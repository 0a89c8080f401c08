package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"placard/internal/codes"
	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/site"
)

const archetypesDir = "archetypes"

type newOptions struct {
	title, after, under string
	jurisdictions       []string
}

func (p *program) newCommand() *cobra.Command {
	var o newOptions
	c := &cobra.Command{Use: "new", Args: noVerb, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(&cobra.Command{
		Use: "translation NOTICE LOCALE", Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error { return p.newTranslation(args[0], args[1]) },
	})
	add := func(use string, args int, run func(args []string) error) *cobra.Command {
		sub := &cobra.Command{Use: use, Args: exactly(args), RunE: func(_ *cobra.Command, args []string) error {
			if o.title == "" {
				return &usage{"new-title-absent", nil}
			}
			return run(args)
		}}
		sub.Flags().StringVar(&o.title, "title", "", p.messages.get("flag.title", nil))
		c.AddCommand(sub)
		return sub
	}
	add("notice NOTICE --title TITLE", 1, func(args []string) error { return p.newNotice(args[0], o) })
	section := add("section NOTICE ANCHOR --title TITLE", 2, func(args []string) error { return p.newSection(args[0], args[1], o) })
	section.Flags().StringVar(&o.after, "after", "", p.messages.get("flag.after", nil))
	appendix := add("appendix NOTICE ANCHOR --title TITLE --jurisdictions CODES --under SECTION", 2,
		func(args []string) error { return p.newAppendix(args[0], args[1], o) })
	appendix.Flags().StringSliceVar(&o.jurisdictions, "jurisdictions", nil, p.messages.get("flag.jurisdictions", nil))
	appendix.Flags().StringVar(&o.under, "under", "", p.messages.get("flag.under", nil))
	return c
}

// seed is what archetypes may name.
type seed struct {
	Notice, Anchor, Title, Locale, Source string
	Locales                               []string
}

// fill makes a file from an archetype: the site's before the program's, and of each that of the locale first.
func (p *program) fill(name string, s seed) ([]byte, error) {
	ext := path.Ext(name)
	candidates := []string{path.Join(archetypesDir, strings.TrimSuffix(name, ext)+"."+s.Locale+ext), path.Join(archetypesDir, name)}
	for _, from := range []fs.FS{p.site(), p.defaults} {
		for _, file := range candidates {
			data, err := fs.ReadFile(from, file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, broken(err)
			}
			var out bytes.Buffer
			t, err := template.New(file).Option("missingkey=error").Parse(string(data))
			if err == nil {
				err = t.Execute(&out, s)
			}
			if err != nil {
				return nil, &refused{diag.Findings{archetypeFault(file, data, err)}}
			}
			return out.Bytes(), nil
		}
	}
	return nil, refuse(diag.Position{File: candidates[1]}, "archetype-broken", diag.Args{"Text": fs.ErrNotExist.Error()})
}

// write writes all files, or none: those of fresh are new, those of more may replace one.
func (p *program) write(fresh, more edits) error {
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		if _, err := fs.Stat(p.site(), name); err == nil {
			return refuse(diag.Position{File: name}, "new-exists", nil)
		}
	}
	files := edits{}
	maps.Copy(files, fresh)
	maps.Copy(files, more)
	return p.put("placard new", files)
}

func (p *program) newNotice(slug string, o newOptions) error {
	if !notice.IsSlug(slug) {
		return refuse(diag.Position{}, "slug-form", diag.Args{"Notice": slug})
	}
	dir := inContent(slug)
	if _, err := fs.Stat(p.site(), dir); err == nil {
		return refuse(diag.Position{File: dir}, "new-exists", nil)
	}
	if err := p.noLink(contentDir); err != nil {
		return err
	}
	started, err := p.newSite()
	if err != nil {
		return err
	}
	s, findings := site.Load(overlay{p.site(), started}, p.defaults)
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	fill := seed{Notice: slug, Title: o.title, Source: s.Default, Locales: []string{s.Default}}
	for _, l := range s.Locales {
		if l.Key == slug {
			return refuse(diag.Position{File: dir}, "slug-is-locale", diag.Args{"Notice": slug})
		}
		if l.Key != s.Default {
			fill.Locales = append(fill.Locales, l.Key)
		}
	}
	e := edits{}
	if e[path.Join(dir, notice.FactsFile)], err = p.fill("notice/"+notice.FactsFile, fill); err != nil {
		return err
	}
	for _, l := range fill.Locales {
		fill.Locale = l
		if e[path.Join(dir, "index."+l+".md")], err = p.fill("notice/index.md", fill); err != nil {
			return err
		}
	}
	all := maps.Clone(started)
	maps.Copy(all, e)
	if err := p.write(all, nil); err != nil {
		return err
	}
	if len(started) > 0 {
		p.say("new.site", diag.Args{"Files": started.names()})
	}
	p.say("new.notice", diag.Args{"Notice": slug, "Files": e.names()})
	p.say("new.next", diag.Args{"Notice": slug})
	return nil
}

// newSite returns the files that make a folder a site, if it is none.
func (p *program) newSite() (edits, error) {
	e := edits{}
	if _, err := fs.Stat(p.site(), config.File); err == nil {
		return e, nil
	}
	for target, archetype := range map[string]string{config.File: "site/config.toml", ".gitattributes": "site/gitattributes", ".gitignore": "site/gitignore"} {
		if _, err := fs.Stat(p.site(), target); err == nil {
			continue
		}
		data, err := p.fill(archetype, seed{})
		if err != nil {
			return nil, err
		}
		e[target] = data
	}
	return e, nil
}

// overlay is a site with files that are still to be written.
type overlay struct {
	fs.FS
	more edits
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	if data, ok := o.more[name]; ok {
		return data, nil
	}
	return fs.ReadFile(o.FS, name)
}

// sound returns a draft to which an anchor can be added.
func (p *program) sound(slug, anchor string) (*notice.Document, error) {
	w, err := p.open()
	if err != nil {
		return nil, err
	}
	doc, err := p.whole(w, slug)
	if err != nil {
		return nil, err
	}
	if !markdown.IsAnchor(anchor) {
		return nil, refuse(diag.Position{}, "anchor-form", diag.Args{"Anchor": anchor, "Near": markdown.AsAnchor(anchor)})
	}
	if doc.Source().Find(anchor) != nil {
		return nil, refuse(diag.Position{File: doc.Source().File}, "new-anchor-taken", diag.Args{"Notice": slug, "Anchor": anchor})
	}
	return doc, nil
}

// whole returns a draft without errors but for what is unfinished.
func (p *program) whole(w *world, slug string) (*notice.Document, error) {
	d, ok := w.drafts[slug]
	if !ok {
		return nil, noSuchNotice(slug, w.slugs, w.loose)
	}
	if d.broken(unfinished) {
		return nil, refuse(diag.Position{File: inContent(slug)}, "new-broken", diag.Args{"Notice": slug})
	}
	return d.doc, nil
}

// topSection returns the section of the first level with the anchor.
func topSection(t *notice.Text, slug, anchor string) (int, error) {
	var known []string
	for i, s := range t.Sections() {
		if s.Anchor == anchor {
			return i, nil
		}
		known = append(known, "#"+s.Anchor)
	}
	return 0, refuse(diag.Position{File: t.File}, "new-no-section",
		diag.Args{"Notice": slug, "Anchor": anchor, "Known": strings.Join(known, ", ")})
}

func (p *program) newSection(slug, anchor string, o newOptions) error {
	doc, err := p.sound(slug, anchor)
	if err != nil {
		return err
	}
	e := edits{}
	for _, locale := range slices.Sorted(maps.Keys(doc.Texts)) {
		text := doc.Texts[locale]
		made, err := p.fill("section.md", seed{Notice: slug, Anchor: anchor, Title: o.title, Locale: locale, Source: doc.Facts.Source.Value})
		if err != nil {
			return err
		}
		data, err := fs.ReadFile(p.site(), text.File)
		if err != nil {
			return broken(err)
		}
		at := len(data)
		if o.after != "" {
			i, err := topSection(text, slug, o.after)
			if err != nil {
				return err
			}
			if i+1 < len(text.Sections()) {
				at = lineOffset(data, text.Sections()[i+1].Part.At.Line)
			}
		}
		e[text.File] = insert(data, at, made)
	}
	if err := p.write(nil, e); err != nil {
		return err
	}
	p.say("new.section", diag.Args{"Anchor": anchor, "Files": e.names()})
	p.say("new.next", diag.Args{"Notice": slug})
	return nil
}

// lineOffset returns where a line begins; lines count from 1.
func lineOffset(data []byte, line int) int {
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(data[at:], '\n') + 1
	}
	return at
}

// insert puts a piece of text at the offset, with one empty line on either side.
func insert(data []byte, at int, piece []byte) []byte {
	before, after := bytes.TrimRight(data[:at], "\n"), bytes.TrimLeft(data[at:], "\n")
	out := slices.Concat(before, []byte("\n\n"), bytes.TrimSpace(piece), []byte("\n"))
	if len(after) > 0 {
		out = slices.Concat(out, []byte("\n"), after)
	}
	return out
}

func (p *program) newAppendix(slug, anchor string, o newOptions) error {
	if len(o.jurisdictions) == 0 || o.under == "" {
		return &usage{"new-flags-absent", nil}
	}
	doc, err := p.sound(slug, anchor)
	if err != nil {
		return err
	}
	if _, err := topSection(doc.Source(), slug, o.under); err != nil {
		return err
	}
	for _, code := range o.jurisdictions {
		if !codes.IsJurisdiction(code) {
			return refuse(diag.Position{}, "jurisdiction-unknown", diag.Args{"Code": code, "Near": codes.NearestJurisdiction(code)})
		}
	}
	e := edits{}
	for locale := range doc.Texts {
		data, err := p.fill("appendix.md", seed{Notice: slug, Anchor: anchor, Title: o.title, Locale: locale, Source: doc.Facts.Source.Value})
		if err != nil {
			return err
		}
		e[inContent(slug, "appendices", anchor+"."+locale+".md")] = data
	}
	facts, err := fs.ReadFile(p.site(), doc.Facts.File)
	if err != nil {
		return broken(err)
	}
	entry := fmt.Sprintf("[[appendix]]\nanchor = %q\nsection = %q\njurisdictions = [%s]\n", anchor, o.under, quoted(o.jurisdictions))
	if err := p.write(e, edits{doc.Facts.File: insert(facts, len(facts), []byte(entry))}); err != nil {
		return err
	}
	p.say("new.appendix", diag.Args{"Anchor": anchor, "Files": e.names() + ", " + doc.Facts.File})
	p.say("new.next", diag.Args{"Notice": slug})
	return nil
}

func quoted(items []string) string {
	var out []string
	for _, s := range items {
		out = append(out, fmt.Sprintf("%q", s))
	}
	return strings.Join(out, ", ")
}
