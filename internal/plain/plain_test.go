package plain

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"placard/internal/diag"
)

func list(findings diag.Findings) []string {
	var out []string
	for _, f := range findings {
		line := f.At.String() + " " + f.ID
		if f.Severity == diag.Warning {
			line += " (warning)"
		}
		out = append(out, line)
	}
	return out
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"plain words", "Words.\n\tMore – “words”…\n", nil},
		{"no-break spaces", "a\u00a0b\u202fc\n", nil},
		{"joiners of Persian, Hindi and emoji", "می\u200cخواهم क्\u200dष 👩\u200d💻\n", nil},
		{"marks of direction", "a\u200e\u200f\u061cb\n", nil},
		{"Latin-1", "a\ncaf\xe9 \xe9\n", []string{"f:2:4 not-utf8"}},
		{"NUL", "a\x00\x00\n", []string{"f:1:2 nul-byte"}},
		{"a letter that was lost", "a\nb\ufffd\n", []string{"f:2:2 replacement-character"}},
		{"override", "a\u202eb\u202c\n", []string{"f:1:2 direction-control"}},
		{"isolates", "a\u2066b\u2069\n", []string{"f:1:2 direction-control"}},
		{"bell, DEL, C1", "a\x07\n\x7f\u0085\n", []string{"f:1:2 control-character"}},
		{"line separator", "a\u2028b\n", []string{"f:1:2 control-character"}},
		{"invisible", "a\u200bb\u00adc\u2060d\ufeffe\n", []string{"f:1:2 invisible-character (warning)"}},
		{"byte order mark at the start", "\ufeffa\n", nil},
		{"merge conflict", "a\n<<<<<<< HEAD\nb\n||||||| 1234\nc\n=======\nd\n>>>>>>> other\n", []string{"f:2:1 merge-conflict"}},
		{"half a merge conflict", "a\n=======\nd\n>>>>>>> other\n", []string{"f:2:1 merge-conflict"}},
		{"merge conflict with CR LF", "<<<<<<< HEAD\r\n", []string{"f:1:1 merge-conflict"}},
		{"a line below words", "a\n=======\n", nil},
		{"eight marks, and marks in a line", "<<<<<<<< a\na <<<<<<< b\n>>>>>>>a\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := list(Check("f", []byte(tt.text))); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if f := Check("f", []byte("a\u202eb\u202c\n")); f[0].Args["Count"] != 2 || f[0].Args["Character"] != "U+202E" {
		t.Errorf("args are %v", f[0].Args)
	}
	if f := Check("f", []byte(strings.Repeat("<<<<<<< a\n", 12))); f[0].Args["Lines"] != "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …" {
		t.Errorf("args are %v", f[0].Args)
	}
}

func TestFormAndMend(t *testing.T) {
	for _, tt := range []struct {
		name, text, mended string
		want               []string
	}{
		{"good", "é\n", "é\n", nil},
		{"empty", "", "", nil},
		{"byte order mark", "\ufeffa\n", "a\n", []string{"f:1:1 byte-order-mark"}},
		{"CR LF", "a\nb\r\nc\r", "a\nb\nc\n", []string{"f:2:2 carriage-return"}},
		{"not NFC", "a\nbe\u0301\n", "a\nb\u00e9\n", []string{"f:2:2 not-nfc"}},
		{"last line", "a\nb", "a\nb\n", []string{"f:2 no-newline-at-end"}},
		{"all", "\ufeffe\u0301\r\nb", "\u00e9\nb\n", []string{"f:1:1 byte-order-mark", "f:1:7 carriage-return", "f:1:4 not-nfc", "f:2 no-newline-at-end"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := list(Form("f", []byte(tt.text))); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got, ids := Mend([]byte(tt.text)); string(got) != tt.mended || len(ids) != len(tt.want) {
				t.Errorf("mended to %q, %q; want %q", got, ids, tt.mended)
			}
		})
	}
}

func TestRead(t *testing.T) {
	site := fstest.MapFS{"a": {Data: []byte("1234")}}
	if data, err := Read(site, "a", 4); err != nil || string(data) != "1234" {
		t.Errorf("Read = %q, %v", data, err)
	}
	if _, err := Read(site, "a", 3); !errors.Is(err, ErrTooLong) {
		t.Errorf("error is %v, want ErrTooLong", err)
	}
	if Size(64<<10) != "64 KiB" || Size(2<<20) != "2 MiB" {
		t.Error("sizes are written otherwise")
	}
}

// FuzzMend holds that what is mended is in order, that mending changes no word, and that the first place of a fault is
// in the file.
func FuzzMend(f *testing.F) {
	f.Add("\ufeffe\u0301\r\nb")
	f.Add("<<<<<<< a\n\u202e\x00")
	f.Fuzz(func(t *testing.T, text string) {
		data := []byte(text)
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, finding := range append(Check("f", data), Form("f", data)...) {
			if finding.At.Line < 1 || finding.At.Line > lines {
				t.Errorf("%v is in no line", finding)
			}
		}
		mended, _ := Mend(data)
		if !utf8.Valid(data) {
			if !bytes.Equal(mended, data) {
				t.Error("text in another encoding was changed")
			}
			return
		}
		words := func(b []byte) string {
			return strings.Join(strings.Fields(strings.TrimPrefix(norm.NFC.String(string(b)), byteOrderMark)), " ")
		}
		if words(mended) != words(data) {
			t.Errorf("words changed: %q to %q", data, mended)
		}
		if again := Form("f", mended); len(again) > 0 && !bytes.HasPrefix(mended, []byte(byteOrderMark)) {
			t.Errorf("not mended: %v", again)
		}
	})
}

func TestLines(t *testing.T) {
	data := []byte("ab\n\nc")
	lines := LinesOf(data)
	for offset, want := range []string{"f:1:1", "f:1:2", "f:1:3", "f:2:1", "f:3:1", "f:3:2"} {
		if got := lines.Place("f", offset).String(); got != want {
			t.Errorf("%d is at %s, want %s", offset, got, want)
		}
	}
	for n, want := range []string{"", "ab", "", "c", ""} {
		if got := string(lines.Line(data, n)); got != want {
			t.Errorf("line %d is %q, want %q", n, got, want)
		}
	}
}
