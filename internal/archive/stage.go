package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/disk"
)

// stageDir holds a release that is not finished, in Dir: the folders to seal under <notice>/<name>, and the whole LOG as
// it will be; while one is taken back, LOG as it was. No notice and no version has such a name.
const stageDir = ".release"

// Staged returns the folder in which a release is prepared, below root, the folder of the site.
func Staged(root string) string { return filepath.Join(root, Dir, stageDir) }

// ErrLogChanged says that somebody else released since the archive was read.
var ErrLogChanged = errors.New("LOG has changed since it was read")

// A DraftError says that what was to be sealed is not sound: the draft was changed after it was checked.
type DraftError struct{ Findings diag.Findings }

func (e *DraftError) Error() string { return "the draft was changed while it was released" }

// Seal writes the releases below root, the folder of the site, where Clear has found nothing or cleared it: all of them, or
// none. The steps are
//
//  1. their folders, the signatures and the new LOG are written below versions/.release/ and synced;
//  2. the folders are read and checked there, as Open does;
//  3. the folders and signatures are moved to their places, and that is synced;
//  4. the new LOG is moved onto LOG, which alone makes the folders part of the archive, and that is synced;
//  5. versions/.release/ is removed.
//
// Where it is stopped before 4, nothing was released, and Clear takes back what was begun; so does Seal itself after an
// error. After 4 all is there: what goes wrong then is returned as late, and Clear does the rest.
func (a *Archive) Seal(root string, releases ...*Release) (late, err error) {
	stage := Staged(root)
	a.Chain(releases...)
	for _, r := range releases {
		if r.signature == nil && len(a.SignersOf(r)) > 0 {
			return nil, ErrUnsigned
		}
		if there, err := disk.Exists(r.target(root)); err != nil || there {
			return nil, errors.Join(err, fmt.Errorf("%s: %w", r.Entry.Folder(), fs.ErrExist))
		}
	}
	defer func() {
		if err != nil {
			_, undone := Clear(root)
			err = errors.Join(err, undone)
		}
	}()
	for _, r := range releases {
		if err := r.stage(root); err != nil {
			return nil, err
		}
	}
	if err := disk.WriteFile(filepath.Join(stage, LogFile), releases[len(releases)-1].lines); err != nil {
		return nil, err
	}
	for _, r := range releases {
		if err := disk.MkdirAll(filepath.Dir(r.target(root))); err != nil {
			return nil, err
		}
	}
	for _, sync := range []func() error{
		func() error { return disk.SyncDirs(stage) },
		func() error { return disk.SyncDir(filepath.Join(root, Dir)) },
		func() error { return disk.SyncDir(root) },
	} {
		if err := sync(); err != nil {
			return nil, err
		}
	}
	if err := a.unchanged(root); err != nil {
		return nil, err
	}
	for _, r := range releases {
		if err := disk.Move(r.staged(root), r.target(root)); err != nil {
			return nil, err
		}
		if err := disk.SyncDir(filepath.Dir(r.target(root))); err != nil {
			return nil, err
		}
		if err := r.moveSignature(root); err != nil {
			return nil, err
		}
	}
	if err := disk.Move(filepath.Join(stage, LogFile), filepath.Join(root, Dir, LogFile)); err != nil {
		return nil, err
	}
	late = disk.SyncDir(filepath.Join(root, Dir))
	return errors.Join(late, disk.RemoveTree(stage)), nil
}

// target is where the folder of the release is to be, and staged where it is prepared.
func (r *Release) target(root string) string {
	return filepath.Join(root, filepath.FromSlash(r.Entry.Folder()))
}
func (r *Release) staged(root string) string {
	return filepath.Join(Staged(root), r.Entry.Notice, r.Entry.Name)
}

// signatureAt is where the signature of a line is to be, and stagedSignature where it is prepared.
func signatureAt(root string, number int) string {
	return filepath.Join(root, filepath.FromSlash(SignatureFile(number)))
}
func stagedSignature(root string, number int) string {
	return filepath.Join(Staged(root), SignaturesDir, filepath.Base(signatureAt(root, number)))
}

// moveSignature puts the signature of the release, if it has one, from where it was prepared to its place.
func (r *Release) moveSignature(root string) error {
	if r.signature == nil {
		return nil
	}
	place := signatureAt(root, r.Entry.Number)
	if err := disk.MkdirAll(filepath.Dir(place)); err != nil {
		return err
	}
	if there, err := disk.Exists(place); err != nil || there { // it is written once
		return errors.Join(err, fmt.Errorf("%s: %w", SignatureFile(r.Entry.Number), fs.ErrExist))
	}
	if err := disk.Move(stagedSignature(root, r.Entry.Number), place); err != nil {
		return err
	}
	return errors.Join(disk.SyncDir(filepath.Dir(place)), disk.SyncDir(filepath.Join(root, Dir)))
}

// stage writes the folder of the release where it is prepared, and checks it there.
func (r *Release) stage(root string) error {
	for _, name := range slices.Sorted(maps.Keys(r.Files)) {
		if err := disk.WriteFile(filepath.Join(r.staged(root), filepath.FromSlash(name)), r.Files[name]); err != nil {
			return err
		}
	}
	findings := r.open(moved{os.DirFS(root), r.Entry.Folder(), path.Join(Dir, stageDir, r.Entry.Notice, r.Entry.Name)})
	if findings.Errors() > 0 {
		return &DraftError{findings}
	}
	if r.signature == nil {
		return nil
	}
	return disk.WriteFile(stagedSignature(root, r.Entry.Number), r.signature)
}

// Clear takes back a release that was stopped before it was sealed, and removes what one left that was stopped after.
// It may be called only while nobody else releases. It reports whether there was anything to clear.
//
// A folder at its place is taken back only if it is to the byte the one that the unfinished release would have sealed,
// and LOG does not seal it. Taking back is one step too: it is moved to versions/.release/, which is removed then.
func Clear(root string) (bool, error) {
	stage := Staged(root)
	if there, err := disk.Exists(stage); err != nil || !there {
		return false, err
	}
	site := os.DirFS(root)
	if _, err := readLog(site); err != nil {
		return true, err
	}
	staged, unfinished := pending(site)
	for _, e := range slices.Backward(unfinished) {
		if err := unsign(root, e, staged); err != nil {
			return true, err
		}
		place := filepath.Join(root, filepath.FromSlash(e.Folder()))
		if isExactly(site, e) {
			back := filepath.Join(stage, e.Notice, e.Name)
			if err := disk.MkdirAll(filepath.Dir(back)); err != nil {
				return true, err
			}
			if err := disk.Move(place, back); err != nil {
				return true, err
			}
		}
		if err := disk.RemoveEmpty(filepath.Dir(place), filepath.Join(root, Dir)); err != nil {
			return true, err
		}
	}
	// The staged LOG goes last, so that a run which is stopped here is still understood.
	for _, name := range dirNames(site, path.Join(Dir, stageDir)) {
		if name != LogFile {
			if err := disk.RemoveTree(filepath.Join(stage, name)); err != nil {
				return true, err
			}
		}
	}
	if err := disk.RemoveTree(stage); err != nil {
		return true, err
	}
	return true, disk.RemoveEmpty(filepath.Join(root, Dir), root)
}

// unsign takes back the signature of a release that was not finished.
func unsign(root string, e Entry, staged []Entry) error {
	place := signatureAt(root, e.Number)
	if signsPending(os.DirFS(root), e, staged) {
		back := stagedSignature(root, e.Number)
		if err := disk.MkdirAll(filepath.Dir(back)); err != nil {
			return err
		}
		if err := disk.Move(place, back); err != nil {
			return err
		}
	}
	return disk.RemoveEmpty(filepath.Dir(place), filepath.Join(root, Dir))
}

// dirNames are the names in a folder; none where it cannot be read, as then nothing in it can be removed either.
func dirNames(site fs.FS, dir string) []string {
	entries, err := fs.ReadDir(site, dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// pending returns the lines of the LOG of an unfinished release, and those of them that it would add. There are none before its LOG is
// whole, and after it is sealed.
func pending(site fs.FS) (staged, unfinished []Entry) {
	data, err := fs.ReadFile(site, path.Join(Dir, stageDir, LogFile))
	if err != nil {
		return nil, nil
	}
	staged, findings := ParseLog(data)
	log, err := readLog(site)
	if findings.Errors() > 0 || err != nil {
		return nil, nil
	}
	listed, broken := ParseLog(log)
	if broken.Errors() > 0 { // what it lists nobody can tell, as after a merge
		return nil, nil
	}
	return staged, slices.DeleteFunc(slices.Clone(staged), func(e Entry) bool {
		return slices.ContainsFunc(listed, func(o Entry) bool { return o.Folder() == e.Folder() })
	})
}

// sealedBy reports whether the folder of an entry is there with the list of hashes that the entry seals.
func sealedBy(site fs.FS, e Entry) bool {
	data, err := fs.ReadFile(site, path.Join(e.Folder(), SumsFile))
	return err == nil && Hash(data) == e.Seal
}

// isExactly reports whether the folder of an entry is there, holds what the entry seals to the byte, and nothing else.
func isExactly(site fs.FS, e Entry) bool {
	names, err := list(site, e.Folder())
	if err != nil || !sealedBy(site, e) {
		return false
	}
	data, err := fs.ReadFile(site, path.Join(e.Folder(), SumsFile))
	sums, ok := ParseSums(data)
	if err != nil || !ok || len(names) != len(sums)+1 {
		return false
	}
	for name, sum := range sums {
		data, err := fs.ReadFile(site, path.Join(e.Folder(), name))
		if err != nil || Hash(data) != sum {
			return false
		}
	}
	return true
}

// moved is a site in which a folder is to be found at the path from; it lies at the path to.
type moved struct {
	fs.FS
	from, to string
}

func (m moved) Open(name string) (fs.File, error) {
	if rest, ok := strings.CutPrefix(name, m.from); ok && (rest == "" || rest[0] == '/') {
		name = m.to + rest
	}
	return m.FS.Open(name)
}
