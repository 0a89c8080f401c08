package cli

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"placard/internal/archive"
	"placard/internal/check"
	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/plain"
)

// A supplement is the draft of one, with what is wrong with it.
type supplement struct {
	version  *archive.Version // as it reads without it
	doc      *notice.Document
	read     diag.Findings // what is wrong in its own folder
	findings diag.Findings // these, and what is wrong beside the version
	repeats  bool          // whether it says nothing that the version does not say; a warning is among the findings then
}

// supplements returns the drafts of supplements to the versions of a notice, and what is to be said of everything else that lies
// among them.
func (p *program) supplements(a *archive.Archive, in *check.Input, slug string) (all []supplement, strays diag.Findings, err error) {
	dir := inContent(slug, notice.SupplementsDir)
	at := func(name string) diag.Position { return diag.Position{File: path.Join(dir, name)} }
	if info, err := fs.Stat(p.site(), dir); errors.Is(err, fs.ErrNotExist) || plain.IsLink(p.site(), dir) || err == nil && !info.IsDir() {
		return nil, nil, nil // of a link and of a file the notice says it
	}
	entries, err := fs.ReadDir(p.site(), dir)
	switch {
	case err != nil:
		strays.Add(at(""), "unreadable", diag.Args{"Text": err.Error()})
	case len(entries) == 0:
		strays.Warn(at(""), "folder-empty", nil)
	}
	for _, e := range entries {
		v := a.Version(slug, e.Name())
		system, isLitter := plain.Litter(e.Name())
		switch {
		case isLitter:
			strays.Warn(at(e.Name()), "file-litter", diag.Args{"System": system})
		case plain.IsLink(p.site(), path.Join(dir, e.Name())):
			strays.Add(at(e.Name()), "not-a-file", nil)
		case !e.IsDir():
			strays.Add(at(e.Name()), "supplement-stray", nil)
		case v == nil:
			strays.Add(at(e.Name()), "supplement-version", versionArgs(a, slug, e.Name()))
		default:
			s := supplement{version: v}
			s.doc, s.read = v.LoadSupplement(p.site(), path.Join(dir, e.Name()))
			s.findings = slices.Concat(s.read, check.RunSupplement(in, v, s.doc, s.read.Errors() == 0))
			if s.findings.Errors() == 0 {
				if s.repeats, err = a.Repeats(s.doc, v); err != nil {
					return nil, nil, broken(err)
				}
				same, err := a.Unchanged(s.doc, v)
				if err != nil {
					return nil, nil, broken(err)
				}
				if s.repeats {
					same = nil // of which is said
					s.findings.Warn(diag.Position{File: s.doc.Dir}, "supplement-repeats", diag.Args{"Version": v.Name()})
				}
				for _, locale := range same {
					s.findings.Add(diag.Position{File: s.doc.At("index." + locale + ".md")}, "erratum-same", diag.Args{"Version": v.Name(), "Locale": locale})
				}
			}
			s.findings.Sort()
			all = append(all, s)
		}
	}
	return all, strays, nil
}

// supplementTo is the draft of a supplement to a version; nil where there is none.
func (d draft) supplementTo(v *archive.Version) *supplement {
	for i := range d.supplements {
		if d.supplements[i].version == v {
			return &d.supplements[i]
		}
	}
	return nil
}

// notDrafted are those of the locales of which no supplement to the version is drafted.
func (d draft) notDrafted(v *archive.Version, locales []string) []string {
	return slices.DeleteFunc(locales, func(locale string) bool {
		return slices.ContainsFunc(d.supplements, func(s supplement) bool { return s.version == v && slices.Contains(s.doc.Added, locale) })
	})
}

// state says how the draft of a supplement stands to what is sealed.
func (s supplement) state() (id string, args diag.Args) {
	args = diag.Args{"Notice": s.doc.Slug, "Version": s.version.Name(), "Locales": strings.Join(s.doc.Added, ", ")}
	switch {
	case s.findings.Errors() > 0:
		return "supplement.broken", args
	case s.repeats:
		return "supplement.repeats", args
	case len(s.doc.Corrected()) > 0:
		return "supplement.erratum", args
	}
	return "supplement.ready", args
}

// versionArgs are what a finding says of a name that is none of a version of a notice.
func versionArgs(a *archive.Archive, slug, name string) diag.Args {
	var known []string
	for _, v := range a.Notices[slug] {
		known = append(known, v.Name())
	}
	return diag.Args{"Notice": slug, "Version": name, "Near": diag.Nearest(name, known), "Known": strings.Join(known, ", ")}
}

// supplement returns the draft of the supplement to a version.
func (w *world) supplement(slug, version string) (*supplement, error) {
	d, ok := w.drafts[slug]
	if !ok {
		return nil, noSuchNotice(slug, w.slugs, w.loose)
	}
	if i := slices.IndexFunc(d.supplements, func(s supplement) bool { return s.version.Name() == version }); i >= 0 {
		return &d.supplements[i], nil
	}
	if w.archive.Version(slug, version) == nil {
		return nil, refuse(diag.Position{File: archive.Dir + "/" + slug}, "supplement-version", versionArgs(w.archive, slug, version))
	}
	findings := slices.Clone(d.strays) // one of them may be what was meant
	findings.Add(diag.Position{File: inContent(slug, notice.SupplementsDir, version)}, "supplement-absent", diag.Args{"Notice": slug, "Version": version})
	return nil, &refused{findings}
}

// released returns a sealed version of a notice.
func (w *world) released(slug, name string) (*archive.Version, error) {
	at := diag.Position{File: path.Join(archive.Dir, slug)}
	if err := w.hasReleases(slug); err != nil {
		return nil, err
	}
	v := w.archive.Version(slug, name)
	if v == nil {
		return nil, refuse(at, "supplement-version", versionArgs(w.archive, slug, name))
	}
	return v, nil
}

// hasReleases refuses a notice without a sealed version.
func (w *world) hasReleases(slug string) error {
	if len(w.archive.Notices[slug]) > 0 {
		return nil
	}
	known := w.archive.Slugs()
	return refuse(diag.Position{File: path.Join(archive.Dir, slug)}, "notice-unreleased",
		diag.Args{"Notice": slug, "Near": diag.Nearest(slug, known), "Known": strings.Join(known, ", ")})
}
