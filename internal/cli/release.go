package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/fields"
	"placard/internal/notice"
	"placard/internal/redline"
)

type releaseOptions struct {
	effective     string
	supplement    string
	without       []string
	retroactive   string
	scheduled     string // what becomes of versions that were announced for later days: "keep", "replace" or "cancel"
	reason        string // why, where they are replaced or cancelled, or a version is corrected
	published     string
	reconstructed string
	undo          bool
	public        string // where to look for what is public, when a release is undone
	yes           bool
}

func (p *program) releaseCommand() *cobra.Command {
	var o releaseOptions
	c := &cobra.Command{
		Use:  "release NOTICE (--effective YYYY-MM-DD | --supplement VERSION | --undo)",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if o.undo {
				return p.undo(args[0], o)
			}
			if o.public != "" {
				return &usage{"site-idle", nil}
			}
			if o.supplement != "" {
				return p.releaseSupplement(args[0], o)
			}
			return p.release(args[0], o)
		},
	}
	c.Flags().StringVar(&o.effective, "effective", "", p.messages.get("flag.effective", nil))
	c.Flags().StringVar(&o.supplement, "supplement", "", p.messages.get("flag.supplement", nil))
	c.Flags().StringSliceVar(&o.without, "without", nil, p.messages.get("flag.without", nil))
	c.Flags().StringVar(&o.scheduled, "scheduled", "", p.messages.get("flag.scheduled", nil))
	c.Flags().StringVar(&o.reason, "reason", "", p.messages.get("flag.reason", nil))
	c.Flags().StringVar(&o.retroactive, "retroactive", "", p.messages.get("flag.retroactive", nil))
	c.Flags().StringVar(&o.published, "published", "", p.messages.get("flag.published", nil))
	c.Flags().StringVar(&o.reconstructed, "reconstructed", "", p.messages.get("flag.reconstructed", nil))
	c.Flags().BoolVar(&o.undo, "undo", false, p.messages.get("flag.undo", nil))
	c.Flags().StringVar(&o.public, "site", "", p.messages.get("flag.site", nil))
	p.signFlag(c)
	c.Flags().BoolVar(&o.yes, "yes", false, p.messages.get("flag.yes", nil))
	return c
}

func (p *program) release(slug string, o releaseOptions) error {
	if err := o.usage(slug); err != nil {
		return err
	}
	p.effective = map[string]string{slug: o.effective}
	w, lock, err := p.beginRelease("release", slug, o.without)
	if err != nil {
		return err
	}
	defer lock.Release()
	d, ok := w.drafts[slug]
	if !ok {
		return noSuchNotice(slug, w.slugs, w.loose)
	}
	if d.findings.Errors() > 0 {
		d.findings.Add(diag.Position{}, "release-findings", diag.Args{"Notice": slug})
		return &refused{d.findings}
	}
	// Which version the draft becomes is known here, and whether that is the right one is judged below.
	p.print(slices.DeleteFunc(d.findings, func(f diag.Finding) bool { return f.ID == "old-address-own-version" }))
	published, said, err := p.publishedOn(w.archive, d.doc.Facts.Zone, o.published, o.reconstructed)
	if err != nil {
		return err
	}
	said.Retroactive = o.retroactive
	later, err := mayRelease(w.archive, d.doc, o, published)
	if err != nil {
		return err
	}
	name := w.archive.NameFor(slug, o.effective)
	if findings := check.OwnVersion(w.archive, d.doc, name); findings.Errors() > 0 {
		return &refused{findings}
	}
	if o.reconstructed == "" {
		p.print(announced(w.archive, d.doc, o.effective, published))
	}
	r, err := w.archive.Prepare(d.doc, name, published, said)
	if err != nil {
		return broken(err)
	}
	p.showChanges(w.archive, d.doc, o.effective)
	p.say("release.dates", diag.Args{
		"Notice": slug, "Effective": o.effective, "Published": published, "Zone": d.doc.Facts.Zone.String(),
		"Locales": strings.Join(d.doc.Locales(), ", "), "Sealed": said.Sealed,
	})
	releases, err := p.besideScheduled(w.archive, d.doc, r, later, &o)
	if err != nil {
		return err
	}
	if err := p.confirm("release.ask", o.yes); err != nil {
		return err
	}
	if err := p.seal(w.archive, d.doc.Dir, releases...); err != nil {
		return err
	}
	for _, locale := range o.without {
		p.say("release.without", diag.Args{"Notice": slug, "Version": name, "Locale": locale})
	}
	return nil
}

// beginRelease takes the site for a release, after clearing what another one left, and reads it: each file of content/ once, and
// of the notice only what is left without some locales.
func (p *program) beginRelease(command, slug string, without []string) (*world, *disk.Lock, error) {
	lock, err := p.lock(filepath.Join(p.dir, siteLock), "placard "+command+" "+slug)
	if err != nil {
		return nil, nil, err
	}
	w, err := p.clearAndOpen(slug, without)
	if err != nil {
		lock.Release()
	}
	return w, lock, err
}

// clear takes back what an interrupted release left, and says so.
func (p *program) clear() error {
	p.leaves(func() diag.Findings { return p.leavesIn(archive.Staged(p.dir), "interrupted-release") })
	cleared, err := archive.Clear(p.dir)
	if err != nil {
		return broken(err)
	}
	if cleared {
		p.print(warning(diag.Position{File: archive.Dir}, "release-cleared", nil))
	}
	return nil
}

func (p *program) clearAndOpen(slug string, without []string) (*world, error) {
	if err := p.clear(); err != nil {
		return nil, err
	}
	p.frozen = true
	if err := p.leaveOut(slug, without); err != nil {
		return nil, err
	}
	return p.open()
}

// seal signs releases where the archive is signed, seals them in one step, and says so. The first of them is of what lies in the folder
// dir, if it is of a draft.
func (p *program) seal(a *archive.Archive, dir string, releases ...*archive.Release) error {
	if err := p.sign(a, releases...); err != nil {
		return err
	}
	late, err := a.Seal(p.dir, releases...)
	var changed *archive.DraftError
	switch {
	case errors.As(err, &changed):
		changed.Findings.Add(diag.Position{File: dir}, "draft-changed", nil)
		return &refused{changed.Findings}
	case err != nil:
		return broken(err)
	case late != nil:
		p.print(warning(diag.Position{File: archive.Dir}, "release-late", diag.Args{"Text": late.Error()}))
	}
	for _, r := range releases {
		p.say("release.sealed", diag.Args{"Folder": r.Entry.Folder(), "Number": r.Entry.Number, "Seal": r.Entry.Seal})
	}
	p.say("release.next", nil)
	return nil
}

// compareSource compares the source text of a draft with that of a version.
func compareSource(doc *notice.Document, v *archive.Version) []redline.Section {
	older, newer := v.Document.Source(), doc.Source()
	if older == nil || newer == nil {
		return nil
	}
	return redline.Changes(redline.Compare(older, newer, doc.Facts.MovedTo()))
}

// showChanges says what the release would change, in every locale, in the version that applies until then.
func (p *program) showChanges(a *archive.Archive, doc *notice.Document, effective string) {
	last := a.Notices[doc.Slug].On(fields.DaysAfter(effective, -1))
	if last == nil {
		p.say("release.first", diag.Args{"Notice": doc.Slug, "Sections": p.count("sections", countSections(doc.Source()))})
		return
	}
	p.say("release.since", diag.Args{"Notice": doc.Slug, "Version": last.Name()})
	if !p.sameBytes(doc.Facts.File, last.Document.Facts.File) {
		p.say("release.facts", nil)
	}
	for _, locale := range doc.Locales() {
		p.showLocale(locale, last.Document, doc, false)
	}
	for _, locale := range last.Document.Locales() {
		if doc.Texts[locale] == nil {
			p.say("release.locale-gone", diag.Args{"Locale": locale})
		}
	}
}

// showLocale says what changed between the texts of two documents in a locale, of which the older may have none. words is whether the words are
// shown that did, as of a correction, which is to change few of them.
func (p *program) showLocale(locale string, older, newer *notice.Document, words bool) {
	if older.Texts[locale] == nil {
		p.say("release.locale-new", diag.Args{"Locale": locale})
		return
	}
	changes := redline.Changes(redline.Between(older, newer, locale, newer.Facts.MovedTo()))
	if len(changes) == 0 {
		p.say("release.locale-same", diag.Args{"Locale": locale})
		return
	}
	inserted, deleted := 0, 0
	for _, c := range changes {
		inserted, deleted = inserted+c.Inserted, deleted+c.Deleted
	}
	p.say("release.locale", diag.Args{
		"Locale": locale, "Sections": p.count("sections", len(changes)),
		"Inserted": p.count("inserted", inserted), "Deleted": p.count("deleted", deleted),
	})
	p.listChanges(changes, words)
}

// sameBytes reports whether two files of the site have the same bytes; one that cannot be read has others.
func (p *program) sameBytes(a, b string) bool {
	x, errX := fs.ReadFile(p.site(), a)
	y, errY := fs.ReadFile(p.site(), b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func countSections(t *notice.Text) int {
	n := 0
	t.Each(func(*notice.Section) { n++ })
	return n
}

// confirm asks a question, unless told not to.
func (p *program) confirm(question string, yes bool) error {
	if yes {
		return nil
	}
	answer, err := p.ask(question, nil)
	if err != nil {
		return err
	}
	if a := strings.ToLower(answer); a != "y" && a != "yes" {
		fmt.Fprintln(p.out)
		return refuse(diag.Position{}, "release-declined", nil)
	}
	return nil
}

// ask asks a question and returns the answer.
func (p *program) ask(question string, args diag.Args) (string, error) {
	fmt.Fprint(p.out, p.messages.get(question, args)+" ")
	answer, err := p.in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", broken(err)
	}
	return strings.TrimSpace(answer), nil
}

// inContent is the path of a notice's folder.
func inContent(slug string, more ...string) string {
	return path.Join(append([]string{contentDir, slug}, more...)...)
}
