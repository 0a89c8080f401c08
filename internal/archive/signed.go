package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"placard/internal/diag"
	"placard/internal/signature"
)

// SignaturesDir holds the signatures of LOG, in Dir: N.sig is one of its first N lines.
const SignaturesDir = "signatures"

// ErrUnsigned says that something was to be sealed unsigned in an archive that is signed.
var ErrUnsigned = errors.New("the archive is signed, and this release is not")

// A signedLine is who signed LOG up to a line, and the file of the signature.
type signedLine struct {
	signer signature.Signer
	data   []byte
}

// SignatureFile is the path of the signature of the first lines of LOG, relative to the root of the site.
func SignatureFile(number int) string {
	return fmt.Sprintf("%s/%s/%d.sig", Dir, SignaturesDir, number)
}

// signatureOf returns the number of the line that a file is a signature of, by its path; false for any other file.
func signatureOf(name string) (int, bool) {
	number, err := strconv.Atoi(strings.TrimSuffix(path.Base(name), ".sig"))
	return number, err == nil && number > 0 && name == SignatureFile(number)
}

// Signer returns who signed LOG up to a line; false where nobody did.
func (a *Archive) Signer(number int) (signature.Signer, bool) {
	s, ok := a.signed[number]
	return s.signer, ok
}

// Covering returns the first signature that is of a line and all above it, by the line up to which it was made, and who made it; false
// where there is none.
func (a *Archive) Covering(e Entry) (int, signature.Signer, bool) {
	for _, line := range a.Log[e.Number-1:] {
		if s, ok := a.Signer(line.Number); ok {
			return line.Number, s, true
		}
	}
	return 0, signature.Signer{}, false
}

// logText is the log of some lines.
func logText(entries []Entry) []byte {
	var b bytes.Buffer
	for _, e := range entries {
		b.WriteString(e.Line())
	}
	return b.Bytes()
}

// openSignatures reads the signatures of the first lines. From the first line of keys on each line has one, and above it none has.
func (a *Archive) openSignatures(site fs.FS, lines int) diag.Findings {
	var findings diag.Findings
	text := logText(a.Log)
	length := 0
	for _, e := range a.Log[:min(lines, len(a.Log))] {
		length += len(e.Line())
		at := diag.Position{File: SignatureFile(e.Number)}
		data, err := fs.ReadFile(site, at.File)
		own := a.keysOf(e)
		keyed := own != nil || len(a.Keys) > 0 && a.Keys[0].Entry.Number < e.Number
		var list signature.List
		if own != nil {
			list = own.Signers
		}
		list = a.signersFor(e, list)
		switch {
		case errors.Is(err, fs.ErrNotExist) && keyed:
			findings.Add(at, "signature-absent", diag.Args{"Number": e.Number})
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			findings.Add(at, "unreadable", diag.Args{"Text": err.Error()})
		case !keyed:
			findings.Add(at, "signature-unkeyed", diag.Args{"Number": e.Number})
		case len(list) > 0: // else the list is not sound, as is said of it
			signer, more := checkSignature(e, data, text[:length], list)
			if findings = append(findings, more...); signer != nil {
				a.signed[e.Number] = signedLine{*signer, data}
			}
		}
	}
	return findings
}

// checkSignature finds why a file is no signature of the lines of LOG up to an entry by one who may sign it. Else it returns who did.
func checkSignature(e Entry, file, lines []byte, list signature.List) (*signature.Signer, diag.Findings) {
	var findings diag.Findings
	at := diag.Position{File: SignatureFile(e.Number)}
	s, ok := signature.Parse(file)
	if !ok {
		id := "signature-form"
		if _, only := signature.Parse(bytes.ReplaceAll(file, crlf, lf)); only {
			id = "sealed-endings"
		}
		findings.Add(at, id, nil)
		return nil, findings
	}
	signer := list.With(s.Key)
	switch {
	case signer == nil:
		findings.Add(at, "signature-unknown", diag.Args{"Number": e.Number, "Fingerprint": s.Key.Fingerprint()})
	case !signer.ValidOn(e.Published):
		findings.Add(at, "signature-invalid", diag.Args{"Number": e.Number, "Published": e.Published, "Name": signer.Name, "From": signer.From, "Until": signer.Until})
	case !s.Signs(lines):
		findings.Add(at, "signature-wrong", diag.Args{"Number": e.Number, "Name": signer.Name})
	default:
		return signer, nil
	}
	return nil, findings
}

// Chain gives releases that are to be sealed in one step their numbers, each line following from the one before.
func (a *Archive) Chain(releases ...*Release) {
	text := bytes.Clone(a.logData)
	for i, r := range releases {
		if i > 0 {
			r.Entry.Number, r.Entry.Previous = releases[i-1].Entry.Number+1, Hash([]byte(releases[i-1].Entry.Line()))
		}
		text = append(text, r.Entry.Line()...)
		r.lines = bytes.Clone(text)
	}
}

// SignersOf are those who may sign a release; none where nobody signs.
func (a *Archive) SignersOf(r *Release) signature.List { return a.signersFor(r.Entry, r.signers) }

// Lines are those of LOG up to that of the release, after Chain: what its signature is of.
func (r *Release) Lines() []byte { return r.lines }

// Sign gives a release its signature, after Chain. It is refused where it is none of its lines by a key that may sign them.
func (a *Archive) Sign(r *Release, file []byte) diag.Findings {
	_, findings := checkSignature(r.Entry, file, r.lines, a.SignersOf(r))
	if len(findings) == 0 {
		r.signature = file
	}
	return findings
}

// signsPending reports whether the signature of an entry of a release that is not finished is there.
func signsPending(site fs.FS, e Entry, staged []Entry) bool {
	data, err := fs.ReadFile(site, SignatureFile(e.Number))
	s, ok := signature.Parse(data)
	return err == nil && ok && s.Signs(logText(staged[:e.Number]))
}
