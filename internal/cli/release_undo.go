package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/notice"
)

// undo takes back the last seal, of a notice, as long as nobody published it. What was sealed of a draft that is not there any
// more becomes a draft again.
func (p *program) undo(slug string, o releaseOptions) error {
	if o.effective+o.supplement+o.scheduled+o.reason+o.retroactive+o.published+o.reconstructed != "" || len(o.without) > 0 || p.keyFile != "" {
		return &usage{"undo-with", diag.Args{"Notice": slug}}
	}
	w, lock, err := p.beginRelease(slug, nil)
	if err != nil {
		return err
	}
	defer lock.Release()
	e, err := p.mayUndo(w, slug, o.public)
	if err != nil {
		return err
	}
	draft, there := p.draftOf(w.archive, e)
	args := diag.Args{"Notice": slug, "Folder": e.Folder(), "Kind": e.Kind, "Name": e.Name, "Published": e.Published, "Number": e.Number, "Draft": draft, "Back": !there}
	p.say("undo.what", args)
	if err := p.confirm("undo.ask", o.yes); err != nil {
		return err
	}
	if !there {
		if err := p.bringBack(e, draft); err != nil {
			return err
		}
	}
	late, err := w.archive.Unseal(p.dir)
	if err != nil {
		return broken(err)
	}
	if late != nil {
		p.print(warning(diag.Position{File: archive.Dir}, "undo-late", diag.Args{"Text": late.Error()}))
	}
	p.say("undo.done", args)
	return nil
}

// mayUndo returns the last line of LOG, if it is about the notice and not public.
func (p *program) mayUndo(w *world, slug, public string) (archive.Entry, error) {
	log := diag.Position{File: archive.Dir + "/" + archive.LogFile}
	if len(w.archive.Log) == 0 {
		return archive.Entry{}, refuse(log, "undo-nothing", nil)
	}
	e := w.archive.Log[len(w.archive.Log)-1]
	args := diag.Args{"Notice": slug, "Last": e.Notice, "Folder": e.Folder(), "Number": e.Number}
	if e.Notice != slug {
		return e, refuse(log, "undo-other", args)
	}
	published, err := p.publishedLog(public, w.site.BaseURL)
	if err != nil {
		return e, err
	}
	switch n, ok := w.archive.PublishedTo(published); {
	case !ok:
		return e, refuse(log, "published-other", args)
	case n >= e.Number:
		return e, refuse(log, "undo-published", args)
	}
	return e, nil
}

// draftOf returns the folder of the draft that a line sealed, and whether there is one now; nothing for a line without texts.
func (p *program) draftOf(a *archive.Archive, e archive.Entry) (dir string, there bool) {
	switch e.Kind {
	case archive.KindCancellation, archive.KindWithdrawal, archive.KindKeys:
		return "", true
	case archive.KindVersion:
		dir = inContent(e.Notice)
	default:
		dir = inContent(e.Notice, notice.SupplementsDir, e.Version())
	}
	_, err := fs.Stat(p.site(), dir)
	return dir, err == nil
}

// bringBack makes a draft of what was sealed.
func (p *program) bringBack(e archive.Entry, draft string) error {
	files := map[string][]byte{}
	err := fs.WalkDir(p.site(), e.Folder(), func(name string, d fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(name, e.Folder()+"/")
		if err != nil || d.IsDir() || rel == archive.SumsFile || rel == archive.RecordFile {
			return err
		}
		files[filepath.Join(filepath.FromSlash(draft), filepath.FromSlash(rel))], err = fs.ReadFile(os.DirFS(p.dir), name)
		return err
	})
	if err == nil {
		err = disk.WriteAll(filepath.Join(p.dir, "."), filepath.Join(p.dir, newStage), files)
	}
	if err != nil {
		return broken(err)
	}
	return nil
}
