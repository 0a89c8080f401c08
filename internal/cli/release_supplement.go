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
	if s.findings.Errors() > 0 {
		s.findings.Add(diag.Position{}, "supplement-findings", diag.Args{"Notice": slug})
		return &refused{s.findings}
	}
	if s.repeats { // of which a draft is warned
		return refuse(diag.Position{File: s.doc.Dir}, "supplement-repeats", diag.Args{"Version": s.version.Name()})
	}
	p.print(s.findings)
	published, err := p.publishedOn(w.archive, s.version.Document)
	if err != nil {
		return err
	}
	r, err := w.archive.PrepareSupplement(s.version, s.doc, published, archive.Statement{})
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
	if err := p.seal(w.archive, s.doc.Dir, r); err != nil {
		return err
	}
	p.say("release.supplement-next", diag.Args{"Notice": slug, "Folder": r.Entry.Folder(), "Removed": p.removeSupplement(s.doc.Dir, r)})
	return nil
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
