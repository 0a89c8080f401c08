package cli

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/notice"
)

// undo takes back what was sealed last, of a notice, as long as nobody published it: a line of LOG, or all of one step. What was
// sealed of a draft that is not there any more becomes a draft again.
func (p *program) undo(slug string, o releaseOptions) error {
	if o.effective+o.supplement+o.scheduled+o.reason+o.retroactive+o.published+o.reconstructed != "" || len(o.without) > 0 || p.keyFile != "" {
		return &usage{"undo-with", diag.Args{"Notice": slug}}
	}
	w, lock, err := p.beginRelease("release", slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	step, err := p.mayUndo(w, slug, o.public)
	if err != nil {
		return err
	}
	back := edits{}
	for _, e := range step {
		draft, files, err := p.lost(e)
		if err != nil {
			return err
		}
		maps.Copy(back, files)
		p.say("undo.what", diag.Args{
			"Notice": e.Notice, "Folder": e.Folder(), "Kind": e.Kind, "Name": e.Name, "Published": e.Published, "Number": e.Number,
			"Draft": draft, "Back": len(files) > 0,
		})
	}
	if err := p.confirm("undo.ask", o.yes); err != nil {
		return err
	}
	return p.takeBack(w.archive, len(step), back)
}

// takeBack takes so many lines off LOG, after bringing back the files that would be lost with them. Where it cannot, it takes
// those away again.
func (p *program) takeBack(a *archive.Archive, lines int, back edits) error {
	files := map[string][]byte{}
	for name, data := range back {
		files[filepath.FromSlash(name)] = data
	}
	if len(files) > 0 {
		if err := disk.WriteAll(filepath.Join(p.dir, "."), filepath.Join(p.dir, newStage), files); err != nil {
			return broken(err)
		}
	}
	late, err := a.Unseal(p.dir, lines)
	if err != nil {
		for name := range files {
			err = errors.Join(err, disk.RemoveFile(filepath.Join(p.dir, name)))
			err = errors.Join(err, disk.RemoveEmpty(filepath.Dir(filepath.Join(p.dir, name)), filepath.Join(p.dir, contentDir)))
		}
		return broken(err)
	}
	if late != nil {
		p.print(warning(diag.Position{File: archive.Dir}, "undo-late", diag.Args{"Text": late.Error()}))
	}
	p.say("undo.done", nil)
	return nil
}

// mayUndo returns the last lines of LOG that were sealed in one step, if they are about the notice and not public.
func (p *program) mayUndo(w *world, slug, public string) ([]archive.Entry, error) {
	log := diag.Position{File: archive.Dir + "/" + archive.LogFile}
	if len(w.archive.Log) == 0 {
		return nil, refuse(log, "undo-nothing", nil)
	}
	step := w.archive.LastStep()
	e := step[0]
	args := diag.Args{"Notice": slug, "Last": e.Notice, "Folder": e.Folder(), "Number": e.Number}
	if e.Notice != slug {
		return nil, refuse(log, "undo-other", args)
	}
	published, err := p.publishedLog(public, w.site.BaseURL)
	if err != nil {
		return nil, err
	}
	switch n, ok := w.archive.PublishedTo(published); {
	case !ok:
		return nil, refuse(log, "published-other", args)
	case n >= e.Number:
		return nil, refuse(log, "undo-published", args)
	}
	return step, nil
}

// lost returns the folder of the draft that a line sealed, and the files that would be lost with it: of a version where there is
// no draft of the notice now, and of a supplement those that its draft has not. A line without texts has none.
func (p *program) lost(e archive.Entry) (draft string, files edits, err error) {
	switch e.Kind {
	case archive.KindCancellation, archive.KindWithdrawal, archive.KindKeys:
		return "", nil, nil
	case archive.KindVersion:
		draft = inContent(e.Notice)
		if _, err := fs.Stat(p.site(), path.Join(draft, notice.FactsFile)); err == nil {
			return draft, nil, nil
		}
	default:
		draft = inContent(e.Notice, notice.SupplementsDir, e.Version())
	}
	files = edits{}
	err = fs.WalkDir(os.DirFS(p.dir), e.Folder(), func(name string, d fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(name, e.Folder()+"/")
		if err != nil || d.IsDir() || rel == archive.SumsFile || rel == archive.RecordFile {
			return err
		}
		if _, err := fs.Stat(p.site(), path.Join(draft, rel)); err == nil {
			return nil
		}
		files[path.Join(draft, rel)], err = fs.ReadFile(os.DirFS(p.dir), name)
		return err
	})
	if err != nil {
		return "", nil, broken(err)
	}
	return draft, files, nil
}
