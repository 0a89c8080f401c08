package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"placard/internal/archive"
	"placard/internal/diag"
)

// TestTampered alters a small archive in every way that leaves files of its own, and holds that each is found, with the file or the
// folder that it is in; so it does with one that is signed. Short runs alter some of the bytes, long ones every one.
func TestTampered(t *testing.T) {
	t.Run("unsigned", func(t *testing.T) { tamper(t, smallArchive(t).archive(), 8<<10) })
	t.Run("signed", func(t *testing.T) { tamper(t, signedArchive(t).archive(), 16<<10) })
}

func tamper(t *testing.T, sealed map[string][]byte, most int) {
	size, names := 0, slices.Sorted(maps.Keys(sealed))
	for _, name := range names {
		size += len(sealed[name])
	}
	if size > most {
		t.Fatalf("the archive has %d bytes: no small one", size)
	}
	if findings := verified(sealed); len(findings) > 0 {
		t.Fatalf("as it was sealed: %+v", findings)
	}
	step := 5
	if os.Getenv("PLACARD_LONG") != "" {
		step = 1
	}
	tried := map[string]int{}
	// try alters a copy of the archive; about are the files that may be named.
	try := func(how string, alter func(files map[string][]byte), about ...string) {
		t.Helper()
		files := maps.Clone(sealed)
		alter(files)
		tried[strings.Fields(how)[0]]++
		findings := verified(files)
		if findings.Errors() == 0 {
			t.Errorf("%s: not found", how)
		} else if !slices.ContainsFunc(findings, func(f diag.Finding) bool { return namesOneOf(f, about) }) {
			t.Errorf("%s: found, and not named: %+v", how, findings)
		}
	}
	for _, name := range names {
		data := sealed[name]
		for i := 0; i < len(data); i += step {
			for _, mask := range []byte{0x01, 0x20, 0x80} {
				try(fmt.Sprintf("bytes: %s at %d with %#x", name, i, mask), func(files map[string][]byte) {
					files[name] = bytes.Clone(data)
					files[name][i] ^= mask
				}, name)
			}
		}
		for i := 0; i < len(data); i += 5 * step {
			try(fmt.Sprintf("truncated: %s to %d", name, i), func(files map[string][]byte) { files[name] = data[:i] }, name)
			try(fmt.Sprintf("lengthened: %s at %d", name, i), func(files map[string][]byte) {
				files[name] = slices.Concat(data[:i], []byte("x"), data[i:])
			}, name)
		}
		try("removed: "+name, func(files map[string][]byte) { delete(files, name) }, name)
		try("renamed: "+name, func(files map[string][]byte) {
			delete(files, name)
			files[name+".old"] = data
		}, name)
		try("added: beside "+name, func(files map[string][]byte) { files[path.Join(path.Dir(name), "more.md")] = data }, path.Join(path.Dir(name), "more.md"))
		for _, other := range names {
			if name < other && !bytes.Equal(data, sealed[other]) {
				try("swapped: "+name+" and "+other, func(files map[string][]byte) { files[name], files[other] = files[other], files[name] }, name, other)
			}
		}
	}
	log := "versions/LOG"
	lines := slices.Collect(strings.Lines(string(sealed[log])))
	for i := range lines {
		for j := range i {
			try(fmt.Sprintf("reordered: lines %d and %d of LOG", i, j), func(files map[string][]byte) {
				other := slices.Clone(lines)
				other[i], other[j] = other[j], other[i]
				files[log] = []byte(strings.Join(other, ""))
			}, log)
		}
		if i > 0 {
			try(fmt.Sprintf("rolled back: LOG to %d lines, and no folder", i), func(files map[string][]byte) {
				files[log] = []byte(strings.Join(lines[:i], ""))
			}, "versions/"+strings.Join(strings.Fields(lines[i])[2:4], "/"))
		}
	}
	total := 0
	for _, how := range slices.Sorted(maps.Keys(tried)) {
		t.Logf("%s %d", how, tried[how])
		total += tried[how]
	}
	t.Logf("an archive of %d bytes in %d files was altered in %d ways", size, len(names), total)
}

// namesOneOf reports whether a finding names one of the files, its folder, or, of LOG and the lists that it seals, the other of the two.
func namesOneOf(f diag.Finding, files []string) bool {
	for _, file := range files {
		at := f.At.File
		if at == file || strings.HasPrefix(file, at+"/") || path.Base(file) == "SHA256SUMS" && path.Dir(at) == path.Dir(file) {
			return true
		}
		if path.Base(file) == "LOG" && path.Ext(at) == ".sig" {
			return true // the signature is not of this line: one of the two was altered
		}
		if path.Base(file) == "LOG" && (path.Base(at) == "SHA256SUMS" || path.Base(at) == "version.toml" || strings.Count(at, "/") == 2) {
			return true // the line and the folder differ, and which of the two was altered nobody can tell
		}
	}
	return false
}

// smallArchive is a notice with two versions, a translation that came later and an erratum, as few bytes as that takes.
func smallArchive(t *testing.T) *testSite {
	s := &testSite{t, t.TempDir()}
	s.write("config.toml", "title = \"N\"\nbaseURL = \"https://example.com/\"\ndefaultContentLanguage = \"en\"\ncontentDir = \"run-placard-build\"\n[languages.en]\nlabel = \"English\"\n[languages.ms]\nlabel = \"Bahasa Malaysia\"\n")
	s.write("content/n/notice.toml", "publisher = \"P\"\ntime-zone = \"UTC\"\nsource-locale = \"en\"\nauthoritative-locales = [\"en\"]\nlocales = [\"en\"]\n")
	s.write("content/n/index.en.md", "---\ntitle: N\ndescription: D\n---\n\n## A {#a}\n\n[Form](files/f.csv).\n")
	s.write("content/n/files/f.csv", "a,b\n")
	s.run(january2, "release", "n", "--effective", "2026-01-02", "--yes")
	s.run(january2, "reopen", "n", "2026-01-02", "--locale", "ms")
	s.write("content/n/supplements/2026-01-02/index.ms.md", "---\ntitle: N\ndescription: D\n---\n\n## A {#a}\n\n[Borang](files/f.csv).\n")
	s.run(january2, "translate", "accept", "n", "--locale", "ms", "--supplement", "2026-01-02")
	s.run(january2, "release", "n", "--supplement", "2026-01-02", "--yes")
	s.run(january2, "reopen", "n", "2026-01-02", "--erratum")
	s.edit("content/n/supplements/2026-01-02/index.en.md", "Form", "A form")
	s.run(january2, "translate", "accept", "n", "--all-locales", "--supplement", "2026-01-02")
	s.run(january2, "release", "n", "--supplement", "2026-01-02", "--reason", "A word.", "--yes")
	s.edit("content/n/index.en.md", "Form", "The form")
	s.run(january2, "release", "n", "--effective", "2026-02-01", "--yes")
	return s
}

// signedArchive is the small archive with keys: of two that were added, one was revoked, and both signed a version.
func signedArchive(t *testing.T) *testSite {
	s := smallArchive(t)
	for _, name := range []string{"ana", "bo"} {
		WriteKey(t, filepath.Join(s.dir, name))
	}
	s.run(january2, "keys", "add", "ana@example.com", "ana.pub", "--sign", "ana", "--yes")
	s.run(january2, "keys", "add", "bo", "bo.pub", "--sign", "ana", "--yes")
	s.edit("content/n/index.en.md", "The form", "This form")
	s.run(january2, "release", "n", "--effective", "2026-03-01", "--sign", "bo", "--yes")
	s.run(january20, "keys", "revoke", "bo", "--sign", "bo", "--yes")
	s.edit("content/n/index.en.md", "This form", "That form")
	s.run(january20, "release", "n", "--effective", "2026-04-01", "--sign", "ana", "--yes")
	return s
}

// TestForged holds that whoever has no key, or one that was revoked, cannot make a signed archive anew: each file of it is altered and all
// is sealed again, without signatures, with those of before, and with others. Only to leave out the end cannot be found, as docs/guarantees.md says.
func TestForged(t *testing.T) {
	base := signedArchive(t)
	WriteKey(t, filepath.Join(base.dir, "eve"))
	sealed := base.archive()
	lines := slices.Collect(strings.Lines(string(sealed["versions/LOG"])))
	const first = 5 // the first line that is signed
	tried := map[string]int{}
	// try holds that a forgery is found, and that a signature from a line on is named.
	try := func(how string, from int, forge func(s *testSite)) {
		t.Helper()
		s := &testSite{t, t.TempDir()}
		if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
			t.Fatal(err)
		}
		forge(s)
		tried[strings.Split(how, ":")[0]]++
		var named []string
		for i := max(from, first); i <= len(lines); i++ {
			named = append(named, archive.SignatureFile(i))
		}
		findings := verified(s.archive())
		if !slices.ContainsFunc(findings, func(f diag.Finding) bool { return slices.Contains(named, f.At.File) }) {
			t.Errorf("%s: not found, or none of %q named: %+v", how, named, findings)
		}
		if out, good := shellCheck(t, s.dir); good {
			t.Errorf("%s: the shell check found nothing:\n%s", how, out)
		}
	}
	resealed := func(s *testSite) {
		if err := reseal(s.dir); err != nil {
			t.Fatal(err)
		}
	}
	signed := func(s *testSite, key string, from int) {
		for i := max(from, first); i <= len(lines); i++ {
			if err := signLog(s.dir, filepath.Join(base.dir, key), strconv.Itoa(i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, line := range lines {
		words := strings.Fields(line)
		folder := path.Join("versions", words[2], words[3])
		file := folder + "/index.en.md"
		switch words[1] {
		case archive.KindKeys:
			file = folder + "/allowed_signers"
		case archive.KindTranslation:
			file = folder + "/index.ms.md"
		}
		alter := func(s *testSite) {
			s.write(file, strings.NewReplacer("orm", "arm", "valid-after=\"202601", "valid-after=\"202501", "orang", "arang").Replace(s.read(file)))
			resealed(s)
		}
		n := i + 1
		try("chained anew, signatures of before: "+file, n, alter)
		try("chained anew, signatures left out: "+file, n, func(s *testSite) {
			alter(s)
			for i := n; i <= len(lines); i++ {
				remove(t, s, archive.SignatureFile(i))
			}
		})
		try("chained anew, signed by a stranger: "+file, n, func(s *testSite) { alter(s); signed(s, "eve", n) })
		if n >= first {
			try("signature removed: "+line, n, func(s *testSite) { remove(t, s, archive.SignatureFile(n)) })
			try("signed by a stranger: "+line, n, func(s *testSite) { signed(s, "eve", n) })
			try("cut, signatures stay: "+line, n, func(s *testSite) {
				s.write("versions/LOG", strings.Join(lines[:i], ""))
				for _, later := range lines[i:] {
					words := strings.Fields(later)
					remove(t, s, path.Join("versions", words[2], words[3]))
				}
			})
		}
		if n > 8 { // the line by which it was revoked
			try("signed by one who was revoked: "+line, n, func(s *testSite) { signed(s, "bo", n) })
		}
	}
	total := 0
	for _, how := range slices.Sorted(maps.Keys(tried)) {
		t.Logf("%s %d", how, tried[how])
		total += tried[how]
	}
	t.Logf("a signed archive of %d lines was forged in %d ways", len(lines), total)
	for i := first; i < len(lines); i++ {
		s := &testSite{t, t.TempDir()}
		if err := os.CopyFS(s.dir, os.DirFS(base.dir)); err != nil {
			t.Fatal(err)
		}
		s.write("versions/LOG", strings.Join(lines[:i], ""))
		for j, later := range lines[i:] {
			words := strings.Fields(later)
			remove(t, s, path.Join("versions", words[2], words[3]))
			remove(t, s, archive.SignatureFile(i+1+j))
		}
		if findings := verified(s.archive()); len(findings) > 0 {
			t.Errorf("an archive of its first %d lines is found wrong, which docs/guarantees.md says it is not: %+v", i, findings)
		}
	}
}

// archive are the files of versions/.
func (s *testSite) archive() map[string][]byte {
	s.t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(filepath.Join(s.dir, "versions"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.dir, name)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}

// verified is what placard verify finds in an archive of such files.
func verified(files map[string][]byte) diag.Findings {
	site := fstest.MapFS{}
	for name, data := range files {
		site[name] = &fstest.MapFile{Data: data}
	}
	a, findings := archive.Open(site)
	if findings.Errors() == 0 {
		findings = append(findings, a.Verify()...)
	}
	return findings
}
