package archive

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// unlisted finds what lies in versions/ and belongs neither to a line of LOG nor to a release that is not finished. Signatures are looked
// at of the first lines alone.
func unlisted(site fs.FS, log []Entry, signed int) diag.Findings {
	var findings diag.Findings
	sealed := map[string]bool{}
	for _, e := range log {
		sealed[e.Folder()] = true
	}
	interrupted := false
	var empty emptyFolders
	err := fs.WalkDir(site, Dir, func(name string, d fs.DirEntry, err error) error {
		empty.visit(name, d)
		number, isSignature := signatureOf(name)
		switch {
		case errors.Is(err, fs.ErrNotExist): // a release took back what it had begun
			return nil
		case err != nil:
			return err
		case sealed[name] && d.IsDir():
			return fs.SkipDir
		case d.Type()&fs.ModeSymlink != 0:
			findings.Add(diag.Position{File: name}, "sealed-link", nil)
		case d.IsDir() && name == Dir+"/"+stageDir:
			interrupted = true
			return fs.SkipDir
		case plain.IsLitter(name):
			added(Dir, strings.TrimPrefix(name, Dir+"/"), &findings)
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() && strings.Count(name, "/") == 2:
			unsealed(site, name, &findings)
			return fs.SkipDir
		case name == Dir+"/"+ScriptFile && d.Type().IsRegular():
			if data, err := fs.ReadFile(site, name); err != nil || !bytes.Equal(data, script) {
				findings.Warn(diag.Position{File: name}, "script-other", nil)
			}
		case path.Dir(name) == Dir && strings.HasSuffix(name, SchemaEnding) && d.Type().IsRegular(): // it came with the published files
		case !d.IsDir() && isSignature && (number <= len(log) || number > signed) && d.Type().IsRegular(): // openSignatures reads it
		case !d.IsDir() && isSignature && d.Type().IsRegular():
			findings.Add(diag.Position{File: name}, "signature-line", diag.Args{"Number": number})
		case !d.IsDir() && (name != Dir+"/"+LogFile || !d.Type().IsRegular()):
			findings.Add(diag.Position{File: name}, "sealed-added", nil)
		}
		return nil
	})
	if err != nil {
		findings.Add(diag.Position{File: Dir}, "unreadable", diag.Args{"Text": err.Error()})
	}
	// After the walk: a release that put its folder in place before the walk saw it has not ended since, or LOG has.
	staged, unfinished := pending(site)
	for _, e := range unfinished {
		begun := map[string]bool{e.Folder(): sealedBy(site, e), SignatureFile(e.Number): signsPending(site, e, staged)}
		findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return !sealed[e.Folder()] && begun[f.At.File] })
	}
	if interrupted { // it may have made the folder of the notice, and not yet what is to be in it
		findings.Warn(diag.Position{File: Dir + "/" + stageDir}, "release-begun", nil)
		return findings
	}
	for _, name := range empty.list() {
		isOf := func(e Entry) bool { return strings.HasPrefix(e.Folder(), name+"/") } // then the sealed folder is what is missed
		if name != Dir && strings.Count(name, "/") < 2 && !plain.IsLitter(name) && !slices.ContainsFunc(log, isOf) {
			added(path.Dir(name), path.Base(name)+"/", &findings)
		}
	}
	return findings
}

// unsealed says what is wrong with a folder at the place of a version that no line of LOG seals.
func unsealed(site fs.FS, dir string, findings *diag.Findings) {
	names, err := list(site, dir)
	isNothing := func(name string) bool { return plain.IsLitter(name) || strings.HasSuffix(name, "/") }
	if err != nil || slices.ContainsFunc(names, func(name string) bool { return !isNothing(name) }) {
		findings.Add(diag.Position{File: dir}, "folder-unlisted", nil)
		return
	}
	if len(names) == 0 {
		added(path.Dir(dir), path.Base(dir)+"/", findings)
	}
	for _, name := range names {
		added(dir, name, findings)
	}
}

// added says of a file or, with a slash at its end, an empty folder in dir that it does not belong there.
func added(dir, name string, findings *diag.Findings) {
	at := diag.Position{File: path.Join(dir, name)}
	system, isLitter := plain.Litter(name)
	switch {
	case isLitter:
		findings.Add(at, "sealed-litter", diag.Args{"System": system})
	case strings.HasSuffix(name, "/"):
		findings.Warn(at, "sealed-empty", nil)
	default:
		findings.Add(at, "sealed-added", nil)
	}
}

// irregular is something in a folder that is neither a file nor a folder, such as a symbolic link.
type irregular struct{ name string }

func (e *irregular) Error() string { return e.name + " is neither a file nor a folder" }

// list returns the files of a folder and, with a slash at their end, the empty folders, as paths relative to it, sorted.
// What is irregular is an error.
func list(site fs.FS, dir string) ([]string, error) {
	var names []string
	var empty emptyFolders
	err := fs.WalkDir(site, dir, func(name string, d fs.DirEntry, err error) error {
		empty.visit(name, d)
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return &irregular{name}
		}
		names = append(names, strings.TrimPrefix(name, dir+"/"))
		return nil
	})
	for _, name := range empty.list() {
		if name != dir {
			names = append(names, strings.TrimPrefix(name, dir+"/")+"/")
		}
	}
	slices.Sort(names)
	return names, err
}

// ownFiles returns the files of a folder as list does, without what an operating system put there: those that are sealed
// and published.
func ownFiles(site fs.FS, dir string) ([]string, error) {
	names, err := list(site, dir)
	return slices.DeleteFunc(names, func(name string) bool { return plain.IsLitter(name) || strings.HasSuffix(name, "/") }), err
}

// emptyFolders are the folders of a walk in which nothing was found. A walk comes to what is in a folder just after it.
type emptyFolders struct {
	found []string
	last  string // the folder that was visited last, if nothing was since
}

func (f *emptyFolders) visit(name string, d fs.DirEntry) {
	if f.last != "" && !strings.HasPrefix(name, f.last+"/") {
		f.found = append(f.found, f.last)
	}
	f.last = ""
	if d != nil && d.IsDir() {
		f.last = name
	}
}

// list ends the walk.
func (f *emptyFolders) list() []string {
	if f.last != "" {
		f.found, f.last = append(f.found, f.last), ""
	}
	return f.found
}
