package archive

import (
	"io/fs"
	"path"
	"strconv"
	"time"

	"placard/internal/diag"
	"placard/internal/signature"
)

// KeysFile is the list of the keys in the folder of a line of the kind KindKeys.
const KeysFile = "allowed_signers"

// A KeyList is a sealed list of the keys that may sign LOG from its line on.
type KeyList struct {
	Folder
	Signers signature.List
}

// openKeys checks the folder of a log line and reads the list in it.
func openKeys(site fs.FS, e Entry) (*KeyList, diag.Findings) {
	f, findings := openFolder(site, e)
	k := &KeyList{Folder: *f}
	if findings.Errors() > 0 {
		return k, findings
	}
	var ok bool
	if k.Signers, ok = signature.ParseList(f.texts[KeysFile]); !ok {
		findings.Add(diag.Position{File: path.Join(e.Folder(), KeysFile)}, "keys-form", nil)
	}
	return k, findings
}

// follows finds where a list of keys does not come out of the one before by one change on the day of its line.
func (a *Archive) follows(e Entry) diag.Findings {
	var findings diag.Findings
	if list := a.keysOf(e).Signers; !list.Follows(a.signersFor(e, nil), e.Published) {
		findings.Add(diag.Position{File: path.Join(e.Folder(), KeysFile)}, "keys-follow", diag.Args{"Published": e.Published})
	}
	return findings
}

// keysOf is the list of a log line of the kind KindKeys.
func (a *Archive) keysOf(e Entry) *KeyList {
	for _, k := range a.Keys {
		if k.Entry.Number == e.Number {
			return k
		}
	}
	return nil
}

// signersFor are those who may sign a line: the list that the last line of keys above it seals. The first one of all, own, is signed
// by a key of its own. There is none where nobody signs yet.
func (a *Archive) signersFor(e Entry, own signature.List) signature.List {
	list := own
	for _, k := range a.Keys {
		if k.Entry.Number < e.Number {
			list = k.Signers
		}
	}
	return list
}

// Signers is the newest list of keys; empty where nobody signs.
func (a *Archive) Signers() signature.List {
	if len(a.Keys) == 0 {
		return nil
	}
	return a.Keys[len(a.Keys)-1].Signers
}

// PrepareKeys makes a release of a list of keys that takes the place of the one before.
func (a *Archive) PrepareKeys(list signature.List, published string) *Release {
	e := Entry{Kind: KindKeys, Name: strconv.Itoa(len(a.Keys) + 1), Published: published}
	r := &Release{Entry: a.follow(e, KeysSlug), Files: map[string][]byte{KeysFile: list.Bytes()}, signers: list}
	r.seal(nil, nil, Statement{})
	return r
}

// folder is that of a log line.
func (a *Archive) folder(e Entry) *Folder {
	if e.Kind == KindKeys {
		return &a.keysOf(e).Folder
	}
	v, i := a.place(e)
	return v.folder(i)
}

// zone is that of the day of a log line: of its notice, and UTC for keys, which belong to none.
func (a *Archive) zone(e Entry) *time.Location {
	if e.Kind == KindKeys {
		return time.UTC
	}
	v, _ := a.place(e)
	return v.Document.Facts.Zone
}
