package cli

import (
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/redline"
	"placard/internal/site"
)

type diffOptions struct{ locale, supplement, format string }

// draftName is what the draft is called in the place of a version.
const draftName = "draft"

func (p *program) diffCommand() *cobra.Command {
	var o diffOptions
	c := &cobra.Command{
		Use:  "diff NOTICE [OLD] [NEW]",
		Args: between(1, 3),
		RunE: func(_ *cobra.Command, args []string) error { return p.diff(args[0], args[1:], o) },
	}
	c.Flags().StringVar(&o.locale, "locale", "", p.messages.get("flag.diff-locale", nil))
	c.Flags().StringVar(&o.supplement, "supplement", "", p.messages.get("flag.diff-supplement", nil))
	c.Flags().StringVar(&o.format, "format", "text", p.messages.get("flag.diff-format", nil))
	return c
}

// diffForms are the forms of a redline, by name.
var diffForms = map[string]func(*difference) error{
	"text": (*difference).text, "html": (*difference).html, "markdown": (*difference).markdown, "json": (*difference).json,
}

// diff says what one text of a notice changes in another one.
func (p *program) diff(slug string, names []string, o diffOptions) error {
	show, ok := diffForms[o.format]
	switch {
	case !ok:
		known := []string{"text", "html", "markdown", "json"}
		return &usage{"diff-format", diag.Args{"Value": o.format, "Near": diag.Nearest(o.format, known)}}
	case o.supplement != "" && len(names) > 0:
		return &usage{"diff-supplement", diag.Args{"Notice": slug, "Version": o.supplement}}
	}
	w, err := p.open()
	if err != nil {
		return err
	}
	older, newer, err := w.compared(slug, names, o.supplement)
	if err != nil {
		return err
	}
	d := &difference{program: p, site: w.site, notice: slug, older: older, newer: newer, locale: o.locale}
	switch {
	case d.locale != "":
	case o.supplement != "":
		d.locale = newer.doc.Added[0]
	default:
		d.locale = newer.doc.Facts.Source.Value
	}
	_, now, err := d.texts()
	if err != nil {
		return err
	}
	d.facts = !p.sameBytes(older.doc.Facts.File, newer.doc.Facts.File)
	d.after = now
	d.all = redline.Between(older.doc, newer.doc, d.locale, movedBetween(older, newer, now))
	return show(d)
}

// A compared is one of two documents, and what it is called: a version, a reading of one, or "draft".
type compared struct {
	name string
	doc  *notice.Document
}

// compared are the two documents that were named: where nothing is said of them, the version that was sealed last and the draft.
func (w *world) compared(slug string, names []string, supplement string) (older, newer compared, err error) {
	switch {
	case supplement != "":
		s, err := w.supplement(slug, supplement)
		if err == nil && s.read.Errors() > 0 {
			err = &refused{s.read}
		}
		if err != nil {
			return older, newer, err
		}
		return compared{supplement, s.version.Document}, compared{draftName, s.doc}, nil
	case len(names) == 0:
		if err := w.hasReleases(slug); err != nil {
			return older, newer, err
		}
		names = []string{w.archive.Notices[slug].Newest().Name()}
	}
	if len(names) == 1 {
		names = append(names, draftName)
	}
	if older, err = w.comparedAs(slug, names[0]); err == nil {
		newer, err = w.comparedAs(slug, names[1])
	}
	return older, newer, err
}

// comparedAs returns a version of a notice, a reading of one ("2021-02-09-s0"), or the draft.
func (w *world) comparedAs(slug, name string) (compared, error) {
	if name == draftName {
		d, ok := w.drafts[slug]
		switch {
		case !ok && len(w.archive.Notices[slug]) > 0:
			return compared{}, refuse(diag.Position{File: inContent(slug)}, "diff-draft", versionArgs(w.archive, slug, name))
		case !ok:
			return compared{}, noSuchNotice(slug, w.slugs, w.loose)
		case d.read.Errors() > 0:
			return compared{}, &refused{d.read}
		}
		return compared{name, d.doc}, nil
	}
	if err := w.hasReleases(slug); err != nil {
		return compared{}, err
	}
	for _, v := range w.archive.Notices[slug] {
		if v.Name() == name {
			return compared{name, v.Document}, nil
		}
		for n := range len(v.Supplements) + 1 {
			if notice.ReadingName(v.Name(), n) == name {
				return compared{name, v.First(n).Document}, nil
			}
		}
	}
	return compared{}, refuse(diag.Position{File: path.Join(archive.Dir, slug)}, "supplement-version", versionArgs(w.archive, slug, name))
}

// movedBetween gives, for anchors of the older document that have another name in the newer one, that name: by what the later of the two says,
// which need not be the newer one where somebody compares backwards.
func movedBetween(older, newer compared, now *notice.Text) map[string]string {
	if newer.name == draftName || older.name != draftName && notice.CompareVersions(older.name, newer.name) <= 0 {
		return newer.doc.Facts.MovedTo()
	}
	back := map[string]string{}
	for _, m := range older.doc.Facts.Moved {
		if now.Find(m.From.Value) != nil && now.Find(m.To.Value) == nil {
			back[m.To.Value] = m.From.Value
		}
	}
	return back
}

// A difference is two texts that are compared, and what was found.
type difference struct {
	*program
	notice, locale string
	older, newer   compared
	facts          bool // whether notice.toml differs
	site           *site.Site
	after          *notice.Text // the newer text
	all            []redline.Section
}

// texts are the two texts in the language asked for.
func (d *difference) texts() (older, newer *notice.Text, err error) {
	for _, c := range []compared{d.older, d.newer} {
		if c.doc.Texts[d.locale] == nil {
			known := c.doc.Locales()
			if c == d.older && d.newer.name == draftName && slices.Contains(d.newer.doc.Added, d.locale) {
				return nil, nil, refuse(diag.Position{File: d.newer.doc.At("index." + d.locale + ".md")}, "diff-translation", diag.Args{"Locale": d.locale, "Version": c.name})
			}
			return nil, nil, refuse(diag.Position{File: c.doc.Dir}, "diff-locale", diag.Args{
				"Locale": d.locale, "Near": diag.Nearest(d.locale, known), "Known": strings.Join(known, ", "), "Draft": c.name == draftName,
			})
		}
	}
	return d.older.doc.Texts[d.locale], d.newer.doc.Texts[d.locale], nil
}

// args are what sentences about the two texts name.
func (d *difference) args() diag.Args {
	inserted, deleted := 0, 0
	changes := redline.Changes(d.all)
	for _, c := range changes {
		inserted, deleted = inserted+c.Inserted, deleted+c.Deleted
	}
	return diag.Args{
		"Notice": d.notice, "Locale": d.locale, "Older": d.older.name, "Newer": d.newer.name, "Sections": d.count("sections", len(changes)),
		"Inserted": d.count("inserted", inserted), "Deleted": d.count("deleted", deleted), "Changes": len(changes), "Facts": d.facts,
	}
}
