// Package plain says what bytes the files that people write may have, before any parser sees them: how many, in
// which encoding, and which characters. Check finds what only a person can mend; Form what Mend mends too. It also tells
// by their names the files that nobody wrote.
package plain

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"placard/internal/diag"
)

// ErrTooLong is returned by Read for a file that has more bytes than it may have.
var ErrTooLong = errors.New("the file is too long")

// Read returns the bytes of a file, or ErrTooLong where there are more than limit; it holds no more than that in
// memory, however long the file is.
func Read(site fs.FS, name string, limit int) ([]byte, error) {
	r, ok := site.(fs.ReadFileFS) // which may have files that are not on the disk yet
	switch info, err := fs.Stat(site, name); {
	case err == nil && info.Size() > int64(limit):
		return nil, ErrTooLong
	case err != nil && !ok:
		return nil, err
	}
	if ok {
		data, err := r.ReadFile(name)
		if err == nil && len(data) > limit {
			return nil, ErrTooLong
		}
		return data, err
	}
	f, err := site.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err == nil && len(data) > limit {
		return nil, ErrTooLong
	}
	return data, err
}

// Size writes a limit of bytes for a message: "64 KiB", "2 MiB".
func Size(limit int) string {
	if limit >= 1<<20 && limit%(1<<20) == 0 {
		return strconv.Itoa(limit>>20) + " MiB"
	}
	return strconv.Itoa(limit>>10) + " KiB"
}

const byteOrderMark = "\ufeff"

// kind is what a character is to Check.
type kind int

const (
	ordinary kind = iota
	null
	replaced
	direction
	control
	invisible
)

// ids are the findings for the kinds.
var ids = [...]string{
	null: "nul-byte", replaced: "replacement-character", direction: "direction-control",
	control: "control-character", invisible: "invisible-character",
}

// kindOf tells characters that may not stand in a text from those that may. Marks of direction (U+200E, U+200F, U+061C)
// and joiners (U+200C, U+200D) are needed in Arabic, Hebrew, Persian, Hindi and in emoji; no-break spaces everywhere.
func kindOf(r rune) kind {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return ordinary
	case r == 0:
		return null
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0x2028, r == 0x2029, r >= 0x206a && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb, r&0xfffe == 0xfffe:
		return control
	case r == utf8.RuneError:
		return replaced
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return direction
	case r == 0xad, r == 0x200b, r == 0x2060, r == 0xfeff:
		return invisible
	}
	return ordinary
}

// IsControl reports whether a character may not stand in the words of a text, however it is written there, as by a reference or an escape:
// the ends of lines too, which a text has otherwise.
func IsControl(r rune) bool {
	switch kindOf(r) {
	case null, replaced, control:
		return true
	}
	return r == '\n' || r == '\r'
}

// IsDirection reports whether a character makes others read in another order than they are written.
func IsDirection(r rune) bool { return kindOf(r) == direction }

// Check finds what makes a file unreadable or lets it read otherwise than it looks: an encoding that is not UTF-8,
// characters that nobody sees, and what git leaves where two changes met. Of each it says the first place and how many
// there are. It warns of invisible characters that do no harm but to whoever searches for a word.
func Check(file string, data []byte) diag.Findings {
	var findings diag.Findings
	type seen struct {
		offset, count int
		r             rune
	}
	var kinds [invisible + 1]seen
	for i := 0; i < len(data); {
		if c := data[i]; c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			findings.Add(place(file, data, i), "not-utf8", diag.Args{"Byte": fmt.Sprintf("%02X", data[i])})
			return findings // what follows is in another encoding too
		}
		k := kindOf(r)
		if i == 0 && r == 0xfeff {
			k = ordinary // Form says so
		}
		if k != ordinary {
			if kinds[k].count == 0 {
				kinds[k].offset, kinds[k].r = i, r
			}
			kinds[k].count++
		}
		i += n
	}
	for k, s := range kinds {
		if s.count == 0 {
			continue
		}
		at, args := place(file, data, s.offset), diag.Args{"Character": fmt.Sprintf("U+%04X", s.r), "Count": s.count}
		if kind(k) == invisible {
			findings.Warn(at, ids[k], args)
		} else {
			findings.Add(at, ids[k], args)
		}
	}
	conflicts(file, data, &findings)
	return findings
}

// listed is how many places a finding names that may have very many.
const listed = 10

// conflicts finds the lines that git writes where two changes met. A line of "=======" alone may be an author's.
func conflicts(file string, data []byte, findings *diag.Findings) {
	var lines []int
	sure := false
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if len(line) < 7 || !bytes.Contains([]byte("<|=>"), line[:1]) {
			continue
		}
		rest := bytes.TrimRight(bytes.TrimLeft(line, string(line[:1])), "\r\n")
		marks := len(bytes.TrimRight(line, "\r\n")) - len(rest)
		if marks != 7 || len(rest) > 0 && rest[0] != ' ' {
			continue
		}
		lines = append(lines, number)
		sure = sure || line[0] == '<' || line[0] == '>'
	}
	if !sure {
		return
	}
	named := make([]string, 0, listed)
	for _, n := range lines[:min(len(lines), listed)] {
		named = append(named, strconv.Itoa(n))
	}
	if len(lines) > listed {
		named = append(named, "…")
	}
	findings.Add(diag.Position{File: file, Line: lines[0], Column: 1}, "merge-conflict", diag.Args{"Lines": strings.Join(named, ", ")})
}

// Form finds what Mend mends: the same words, written in bytes that are not the same on every machine. data must be
// UTF-8.
func Form(file string, data []byte) diag.Findings {
	var findings diag.Findings
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		findings.Add(diag.Position{File: file, Line: 1, Column: 1}, "byte-order-mark", nil)
	}
	if i := bytes.IndexByte(data, '\r'); i >= 0 {
		findings.Add(place(file, data, i), "carriage-return", nil)
	}
	if !norm.NFC.IsNormal(data) {
		findings.Add(place(file, data, difference(data, norm.NFC.Bytes(data))), "not-nfc", nil)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' && data[len(data)-1] != '\r' {
		findings.Add(diag.Position{File: file, Line: bytes.Count(data, []byte("\n")) + 1}, "no-newline-at-end", nil)
	}
	return findings
}

// difference returns where the first character of a begins that is not so in b.
func difference(a, b []byte) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && (i == len(a) || !utf8.RuneStart(a[i])) {
		i--
	}
	return i
}

// Mend returns data without a byte order mark, with lines that end in LF, the last one too, and in Unicode's
// normalization form C; and the IDs of the findings that are mended by it. It changes no word. Data that is not UTF-8
// is returned as it is.
func Mend(data []byte) (mended []byte, ids []string) {
	if !utf8.Valid(data) {
		return data, nil
	}
	for _, f := range Form("", data) {
		ids = append(ids, f.ID)
	}
	if len(ids) == 0 {
		return data, nil
	}
	mended = bytes.TrimPrefix(data, []byte(byteOrderMark))
	mended = bytes.ReplaceAll(mended, []byte("\r\n"), []byte("\n"))
	mended = bytes.ReplaceAll(mended, []byte("\r"), []byte("\n"))
	mended = norm.NFC.Bytes(mended)
	if len(mended) > 0 && mended[len(mended)-1] != '\n' {
		mended = append(slices.Clip(mended), '\n')
	}
	return mended, ids
}

// place returns the position of an offset.
func place(file string, data []byte, offset int) diag.Position {
	line := bytes.Count(data[:offset], []byte("\n"))
	return diag.Position{File: file, Line: line + 1, Column: offset - bytes.LastIndexByte(data[:offset], '\n')}
}
