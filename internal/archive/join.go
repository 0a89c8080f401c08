package archive

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/notice"
)

// Join makes one LOG of the lines that are published and of everything sealed that they do not list: as after a merge of two
// branches each of which released. The published lines stay as they are. The others follow by the day on which they were published,
// those of one day in the order in which they stand in what there is of LOG. No sealed folder is changed.
//
// It returns the archive as it will be, which Put puts in place; it can be used only if no finding is an error.
func Join(site fs.FS, published []byte) (*Archive, diag.Findings) {
	entries, broken := ParseLog(published)
	var findings diag.Findings
	if broken.Errors() > 0 {
		findings.Add(diag.Position{File: Dir + "/" + LogFile}, "published-broken", nil)
		return nil, findings
	}
	now, err := readLog(site)
	if err != nil {
		findings.Add(diag.Position{File: Dir + "/" + LogFile}, "unreadable", diag.Args{"Text": err.Error()})
		return nil, findings
	}
	if a, findings := open(site, now, everyLine); findings.Errors() == 0 { // there is nothing to put in order
		if _, ok := a.PublishedTo(published); ok {
			a.replaces = now
			return a, findings
		}
	}
	fresh, findings := sealedBeside(site, entries)
	if findings.Errors() > 0 {
		return nil, findings
	}
	public, places := len(entries), placesIn(now)
	place := func(e Entry) int { return cmp.Or(places[e.Folder()], len(places)+1) } // what LOG lacks comes last
	slices.SortFunc(fresh, func(a, b Entry) int {
		return cmp.Or(strings.Compare(a.Published, b.Published), cmp.Compare(place(a), place(b)), inOrder(a, b))
	})
	log := bytes.NewBuffer(slices.Clip(published))
	for _, e := range fresh {
		e.Number, e.Previous = len(entries)+1, NoPrevious
		if len(entries) > 0 {
			e.Previous = Hash([]byte(entries[len(entries)-1].Line()))
		}
		entries = append(entries, e)
		log.WriteString(e.Line())
	}
	a, findings := open(site, log.Bytes(), public) // the others are signed again
	if findings.Errors() == 0 {
		findings = append(findings, a.Verify()...)
	}
	a.replaces = now
	return a, findings
}

// sealedBeside returns entries, without their places in LOG, for the sealed folders that no line seals.
func sealedBeside(site fs.FS, lines []Entry) ([]Entry, diag.Findings) {
	var findings diag.Findings
	listed := map[string]bool{}
	for _, e := range lines {
		listed[e.Folder()] = true
	}
	folders, err := fs.Glob(site, Dir+"/*/*/"+RecordFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		findings.Add(diag.Position{File: Dir}, "unreadable", diag.Args{"Text": err.Error()})
	}
	var all []Entry
	for _, file := range folders {
		dir := path.Dir(file)
		if listed[dir] || strings.HasPrefix(dir, Dir+"/"+stageDir+"/") {
			continue
		}
		record, err := fs.ReadFile(site, file)
		sums, other := fs.ReadFile(site, path.Join(dir, SumsFile))
		if err := cmp.Or(err, other); err != nil {
			findings.Add(diag.Position{File: dir}, "unreadable", diag.Args{"Text": err.Error()})
			continue
		}
		if isMerged(record) || isMerged(sums) {
			findings.Add(diag.Position{File: dir}, "join-same", nil)
			continue
		}
		r, wrong := ParseRecord(file, record)
		e := Entry{Kind: r.Kind, Notice: r.Notice, Name: r.Name, Published: r.Published, Seal: Hash(sums)}
		if wrong.Errors() == 0 && e.Folder() != dir {
			wrong.Add(diag.Position{File: dir}, "folder-unlisted", nil)
		}
		findings = append(findings, wrong...)
		all = append(all, e)
	}
	return all, findings
}

// placesIn are the places of lines in a LOG that need not be one any more, by the folder that a line seals.
func placesIn(log []byte) map[string]int {
	places := map[string]int{}
	for line := range strings.Lines(string(log)) {
		if e, ok := parseEntry(line); ok && places[e.Folder()] == 0 {
			places[e.Folder()] = len(places) + 1
		}
	}
	return places
}

// inOrder orders what was sealed for itself: versions, then the supplements to them by their numbers.
func inOrder(a, b Entry) int {
	_, n, _ := notice.Supplement(a.Name)
	_, m, _ := notice.Supplement(b.Name)
	return cmp.Or(cmp.Compare(min(n, 1), min(m, 1)), strings.Compare(a.Notice, b.Notice), notice.CompareVersions(a.Version(), b.Version()), cmp.Compare(n, m))
}

// isMerged reports whether git has left in a file what it could not merge.
func isMerged(data []byte) bool {
	return bytes.HasPrefix(data, []byte(conflict)) || bytes.Contains(data, []byte("\n"+conflict))
}

// conflict begins a line that git puts before what it could not merge.
const conflict = "<<<<<<< "

// InOrder reports whether LOG is already what Join made.
func (a *Archive) InOrder() bool { return bytes.Equal(a.replaces, a.logData) }

// Joined returns what Join put behind the lines that are public, as releases that are to be signed again where the archive is signed:
// their lines have other numbers now.
func (a *Archive) Joined(public int) []*Release {
	var all []*Release
	for _, e := range a.Log[public:] {
		r := &Release{Entry: e, lines: logText(a.Log[:e.Number])}
		if k := a.keysOf(e); k != nil {
			r.signers = k.Signers
		}
		all = append(all, r)
	}
	return all
}

// Put puts LOG as Join made it in the place of the one that was there, below root, the folder of the site, and the signatures of
// its releases in the place of those that were there. Where it is stopped, the archive is as unsound as before, and Join can be done
// again.
func (a *Archive) Put(root string, public int, joined []*Release) error {
	old := &Archive{logData: a.replaces}
	if err := old.unchanged(root); err != nil {
		return err
	}
	err := disk.MkdirAll(Staged(root))
	if err == nil {
		err = replaceSignatures(root, public, joined)
	}
	if err == nil {
		err = old.putLog(root, a.logData)
	}
	return errors.Join(err, disk.SyncDir(filepath.Join(root, Dir)), disk.RemoveTree(Staged(root)))
}

// replaceSignatures removes the signatures of all lines that are not public, and puts in place those of releases.
func replaceSignatures(root string, public int, releases []*Release) error {
	for _, name := range dirNames(os.DirFS(root), path.Join(Dir, SignaturesDir)) {
		if number, ok := signatureOf(path.Join(Dir, SignaturesDir, name)); ok && number > public {
			if err := disk.RemoveFile(signatureAt(root, number)); err != nil {
				return err
			}
		}
	}
	for _, r := range releases {
		if r.signature == nil {
			continue
		}
		if err := disk.WriteFile(stagedSignature(root, r.Entry.Number), r.signature); err != nil {
			return err
		}
		if err := r.moveSignature(root); err != nil {
			return err
		}
	}
	return nil
}
