package cli

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/notice"
	"placard/internal/plain"
)

// releaseSupplement seals translations that were added to a version or mended, or the erratum of one. Neither the version nor the draft for the next one
// is touched.
func (p *program) releaseSupplement(slug string, o releaseOptions) error {
	if o.effective != "" || len(o.without) > 0 || o.scheduled != "" || o.retroactive != "" {
		return &usage{"supplement-with", diag.Args{"Notice": slug, "Version": o.supplement}}
	}
	if err := cmp.Or(reasonForm("reason", o.reason), reasonForm("reconstructed", o.reconstructed)); err != nil {
		return err
	}
	w, lock, err := p.beginRelease("release", slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	s, err := w.supplement(slug, o.supplement)
	if err != nil {
		return err
	}
	if s.findings.Errors() > 0 {
		s.findings.Add(diag.Position{}, "supplement-findings", diag.Args{"Notice": slug})
		return &refused{s.findings}
	}
	if s.repeats { // of which a draft is warned
		return refuse(diag.Position{File: s.doc.Dir}, "supplement-repeats", diag.Args{"Version": s.version.Name()})
	}
	if err := s.mayHave(o.reason); err != nil {
		return err
	}
	p.print(s.findings)
	published, said, err := p.publishedOn(w.archive, s.version.Document.Facts.Zone, o.published, o.reconstructed)
	if err != nil {
		return err
	}
	said.Reason = o.reason
	r, err := w.archive.PrepareSupplement(s.version, s.doc, published, said)
	if err != nil {
		return broken(err)
	}
	what, ask := "release.supplements", "release.supplement-ask"
	if o.reason != "" {
		what, ask = "release.erratum", "release.erratum-ask"
	}
	p.say(what, diag.Args{"Notice": slug, "Version": s.version.Name()})
	for _, locale := range s.doc.Added {
		p.showLocale(locale, s.version.Document, s.doc, o.reason != "")
	}
	p.say("release.supplement-dates", diag.Args{
		"Published": published, "Zone": s.doc.Facts.Zone.String(), "Locales": strings.Join(s.doc.Added, ", "), "Version": s.version.Name(),
	})
	if o.reason != "" {
		p.say("release.reason", diag.Args{"Reason": o.reason})
	}
	if err := p.confirm(ask, o.yes); err != nil {
		return err
	}
	if err := p.seal(w.archive, s.doc.Dir, r); err != nil {
		return err
	}
	args := diag.Args{"Notice": slug, "Folder": r.Entry.Folder(), "Removed": p.removeSupplement(s.doc.Dir, r)}
	if o.reason == "" {
		p.say("release.supplement-next", args)
		return nil
	}
	p.say("release.erratum-next", args)
	p.saysLeftovers(w, s)
	return nil
}

// mayHave refuses an erratum without a reason, and a reason of what is none.
func (s *supplement) mayHave(reason string) error {
	args := diag.Args{"Notice": s.doc.Slug, "Version": s.version.Name(), "Locales": strings.Join(s.doc.Corrected(), ", "), "Language": s.doc.Facts.Source.Value}
	switch erratum := len(s.doc.Corrected()) > 0; {
	case erratum && reason == "":
		return refuse(diag.Position{File: s.doc.Dir}, "erratum-reason", args)
	case !erratum && reason != "":
		return refuse(diag.Position{File: s.doc.Dir}, "translation-reason", args)
	}
	return nil
}

// saysLeftovers says where the draft of the next version, and later versions that are sealed, still have the words that were
// corrected. s is the draft of what is sealed by now.
func (p *program) saysLeftovers(w *world, s *supplement) {
	a, findings := archive.Open(p.site())
	if findings.Errors() > 0 { // it is sealed all the same
		p.print(findings)
		return
	}
	v := a.Version(s.doc.Slug, s.version.Name())
	if d := w.drafts[s.doc.Slug]; d.doc != nil && d.read.Errors() == 0 {
		for _, l := range check.Leftovers(d.doc, v) {
			p.say("release.leftover", diag.Args{"File": l.Text.File, "Sections": l.Names()})
		}
	}
	for _, later := range a.Notices[s.doc.Slug] {
		if notice.CompareVersions(later.Name(), v.Name()) <= 0 {
			continue
		}
		for _, l := range check.Leftovers(later.Document, v) {
			if !s.doc.Facts.MaySupplement(l.Text.Locale) {
				p.say("release.leftover-version", diag.Args{"Notice": s.doc.Slug, "Version": later.Name(), "Locale": l.Text.Locale, "Sections": l.Names()})
			}
		}
	}
}

// errChanged says that a file of a draft is not the one that was sealed.
var errChanged = errors.New("changed since it was sealed")

// removeSupplement removes the draft of a supplement that was sealed, if nothing was changed in it since, and says where it could
// not. It is moved out of content/ as a whole, so that no half of it is ever found there.
func (p *program) removeSupplement(dir string, r *archive.Release) bool {
	at := diag.Position{File: dir}
	err := p.isSealed(dir, r)
	if err == nil {
		err = p.moveAway(dir)
	}
	switch {
	case errors.Is(err, errChanged):
		p.print(warning(at, "supplement-stays", nil))
	case err != nil:
		p.print(warning(at, "supplement-late", diag.Args{"Text": err.Error()}))
	}
	return err == nil
}

// isSealed returns an error if what lies in the draft by now is not what was sealed.
func (p *program) isSealed(dir string, r *archive.Release) error {
	site := os.DirFS(p.dir)
	return fs.WalkDir(site, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || plain.IsLitter(name) {
			return err
		}
		data, err := fs.ReadFile(site, name)
		sealed, ok := r.Files[strings.TrimPrefix(name, dir+"/")]
		if err == nil && (!ok || !d.Type().IsRegular() || !bytes.Equal(data, sealed)) {
			err = errChanged
		}
		return err
	})
}

// moveAway removes a folder of content/, and those above it that are empty then.
func (p *program) moveAway(dir string) error {
	place, stage := filepath.Join(p.dir, filepath.FromSlash(dir)), archive.Staged(p.dir)
	if err := disk.MkdirAll(stage); err != nil {
		return err
	}
	err := disk.Move(place, filepath.Join(stage, filepath.Base(place)))
	if err := errors.Join(err, disk.RemoveTree(stage)); err != nil {
		return err
	}
	return disk.RemoveEmpty(filepath.Dir(place), filepath.Join(p.dir, contentDir))
}
