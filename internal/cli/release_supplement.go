package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/plain"
)

// releaseSupplement seals translations that were added to a version or mended. Neither the version nor the draft for the next one
// is touched.
func (p *program) releaseSupplement(slug string, o releaseOptions) error {
	if o.effective != "" || len(o.without) > 0 {
		return &usage{"supplement-with", diag.Args{"Notice": slug, "Version": o.supplement}}
	}
	w, lock, err := p.beginRelease(slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	s, err := w.supplement(slug, o.supplement)
	if err != nil {
		return err
	}
	repeats := false
	for i, f := range s.findings {
		if f.ID == "supplement-repeats" { // of which a draft is warned
			s.findings[i].Severity, repeats = diag.Error, true
		}
	}
	if s.findings.Errors() > 0 {
		if !repeats {
			s.findings.Add(diag.Position{}, "supplement-findings", diag.Args{"Notice": slug})
		}
		return &refused{s.findings}
	}
	p.print(s.findings)
	published, err := p.publishedOn(w.archive, s.version.Document)
	if err != nil {
		return err
	}
	r, err := w.archive.PrepareSupplement(s.version, s.doc, published)
	if err != nil {
		return broken(err)
	}
	p.say("release.supplements", diag.Args{"Notice": slug, "Version": s.version.Name()})
	for _, locale := range s.doc.Added {
		p.showLocale(locale, s.version.Document.Texts[locale], s.doc.Texts[locale], nil)
	}
	p.say("release.supplement-dates", diag.Args{
		"Published": published, "Zone": s.doc.Facts.Zone.String(), "Locales": strings.Join(s.doc.Added, ", "), "Version": s.version.Name(),
	})
	if err := p.confirm("release.supplement-ask", o.yes); err != nil {
		return err
	}
	if err := p.seal(w.archive, r, s.doc.Dir); err != nil {
		return err
	}
	p.removeSupplement(s.doc.Dir, r)
	p.say("release.supplement-next", diag.Args{"Notice": slug, "Folder": r.Entry.Folder()})
	return nil
}

// errChanged says that a file of a draft is not the one that was sealed.
var errChanged = errors.New("changed since it was sealed")

// removeSupplement removes the draft of a supplement that was sealed, if nothing was changed in it since. It is moved out of
// content/ as a whole, so that no half of it is ever found there.
func (p *program) removeSupplement(dir string, r *archive.Release) {
	at := diag.Position{File: dir}
	site := os.DirFS(p.dir) // what lies there now
	err := fs.WalkDir(site, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || plain.IsLitter(name) {
			return err
		}
		data, err := fs.ReadFile(site, name)
		if err == nil && (!d.Type().IsRegular() || !bytes.Equal(data, r.Files[strings.TrimPrefix(name, dir+"/")])) {
			err = errChanged
		}
		return err
	})
	if errors.Is(err, errChanged) {
		p.print(warning(at, "supplement-stays", nil))
		return
	}
	place, stage := filepath.Join(p.dir, filepath.FromSlash(dir)), archive.Staged(p.dir)
	if err == nil {
		err = disk.MkdirAll(stage)
	}
	if err == nil {
		err = disk.Move(place, filepath.Join(stage, filepath.Base(place)))
	}
	if err == nil {
		err = disk.RemoveTree(stage)
	}
	if err == nil {
		err = disk.RemoveEmpty(filepath.Dir(place), filepath.Join(p.dir, filepath.FromSlash(inContent(r.Entry.Notice))))
	}
	if err != nil {
		p.print(warning(at, "supplement-late", diag.Args{"Text": err.Error()}))
	}
}
