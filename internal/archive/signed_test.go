package archive

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha512"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"placard/internal/notice"
	"placard/internal/signature"
)

func newKey(t *testing.T, seed byte) (ssh.Signer, signature.Key) {
	t.Helper()
	s, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	key, ok := signature.ParseKey(ssh.MarshalAuthorizedKey(s.PublicKey()))
	if !ok {
		t.Fatal("the key is not taken")
	}
	return s, key
}

// signWith makes the file of a signature, as PROTOCOL.sshsig says.
func signWith(t *testing.T, s ssh.Signer, message []byte) []byte {
	t.Helper()
	sum := sha512.Sum512(message)
	said := struct{ Namespace, Reserved, Hash, Digest string }{signature.Namespace, "", "sha512", string(sum[:])}
	by, err := s.Sign(rand.Reader, append([]byte("SSHSIG"), ssh.Marshal(said)...))
	if err != nil {
		t.Fatal(err)
	}
	raw := append([]byte("SSHSIG"), ssh.Marshal(struct {
		Version                            uint32
		Key, Namespace, Reserved, Hash, By string
	}{1, string(s.PublicKey().Marshal()), signature.Namespace, "", "sha512", string(ssh.Marshal(by))})...)
	text := string(pem.EncodeToMemory(&pem.Block{Type: "SSH SIGNATURE", Bytes: raw})) // in lines of 64
	body := strings.ReplaceAll(strings.Split(text, "-----")[2], "\n", "")
	var b strings.Builder
	b.WriteString("-----BEGIN SSH SIGNATURE-----\n")
	for line := range slices.Chunk([]byte(body), 70) {
		b.Write(append(line, '\n'))
	}
	b.WriteString("-----END SSH SIGNATURE-----\n")
	return []byte(b.String())
}

func opened(t *testing.T, root string) *Archive {
	t.Helper()
	a, findings := Open(os.DirFS(root))
	if findings = append(findings, a.Verify()...); len(findings) > 0 {
		t.Fatalf("%+v", findings)
	}
	return a
}

// sealSigned seals releases in one step, each signed.
func sealSigned(t *testing.T, root string, a *Archive, by ssh.Signer, releases ...*Release) {
	t.Helper()
	a.Chain(releases...)
	for _, r := range releases {
		if findings := a.Sign(r, signWith(t, by, r.Lines())); len(findings) > 0 {
			t.Fatalf("%+v", findings)
		}
	}
	if late, err := a.Seal(root, releases...); late != nil || err != nil {
		t.Fatal(late, err)
	}
}

// TestSealSigned holds that from the first list of keys on nothing is sealed unsigned or with another key, that each line of one step has
// its own signature, and that none is written over.
func TestSealSigned(t *testing.T) {
	root := t.TempDir()
	one, two, three := draft(t, root, "one"), draft(t, root, "two"), draft(t, root, "three")
	ana, key := newKey(t, 1)
	eve, _ := newKey(t, 2)
	a := opened(t, root)
	first := a.PrepareKeys(signature.List(nil).Add("ana", key, "2026-05-01"), "2026-05-01")
	if _, err := a.Seal(root, first); !errors.Is(err, ErrUnsigned) {
		t.Errorf("a list of keys unsigned: %v", err)
	}
	sealSigned(t, root, a, ana, first)

	a = opened(t, root)
	r := prepare(t, a, one)
	if _, err := a.Seal(root, r); !errors.Is(err, ErrUnsigned) {
		t.Errorf("a version unsigned: %v", err)
	}
	for what, file := range map[string][]byte{"signature-unknown": signWith(t, eve, r.Lines()), "signature-wrong": signWith(t, ana, []byte("x")), "signature-form": nil} {
		if findings := a.Sign(r, file); len(findings) != 1 || findings[0].ID != what || r.signature != nil {
			t.Errorf("%s: %+v", what, findings)
		}
	}
	if _, err := os.Stat(Staged(root)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was refused left something: %v", err)
	}
	sealSigned(t, root, a, ana, r, prepare(t, a, two))

	a = opened(t, root)
	for number := range 5 {
		if s, ok := a.Signer(number); ok != (number >= 1 && number <= 3) || ok && s.Name != "ana" {
			t.Errorf("line %d: signed %v by %s", number, ok, s.Name)
		}
	}
	var signatures []string
	for f, err := range a.Files() {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Path, ".sig") {
			signatures = append(signatures, f.Path)
		}
	}
	if want := []string{SignatureFile(1), SignatureFile(2), SignatureFile(3)}; !slices.Equal(signatures, want) {
		t.Errorf("published are %q, not %q", signatures, want)
	}

	r = prepare(t, a, three)
	a.Chain(r)
	if findings := a.Sign(r, signWith(t, ana, r.Lines())); len(findings) > 0 {
		t.Fatalf("%+v", findings)
	}
	there := filepath.Join(root, filepath.FromSlash(SignatureFile(4)))
	if err := os.WriteFile(there, []byte("somebody else's"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Seal(root, r); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a signature that is there: %v", err)
	}
	if data, err := os.ReadFile(there); err != nil || string(data) != "somebody else's" {
		t.Errorf("it is %q now: %v", data, err)
	}
	if err := os.Remove(there); err != nil {
		t.Fatal(err)
	}
	if a = opened(t, root); len(a.Log) != 3 {
		t.Errorf("%d lines are sealed", len(a.Log))
	}
}

// TestKeysAt holds that the day of a list of keys is one of UTC, and that it is known with the lines above it.
func TestKeysAt(t *testing.T) {
	root := t.TempDir()
	ana, key := newKey(t, 1)
	doc := draft(t, root, "one")
	a := opened(t, root)
	sealSigned(t, root, a, ana, a.PrepareKeys(signature.List(nil).Add("ana", key, "2026-05-01"), "2026-05-01"))
	a = opened(t, root)
	sealSigned(t, root, a, ana, prepare(t, a, doc))
	a = opened(t, root)
	for moment, want := range map[string]int{"2026-04-30T23:59:59Z": 0, "2026-05-01T00:00:00Z": 2, "2026-05-01": 2, "2026-05-01T08:00:00+09:00": 0} {
		m, ok := ParseMoment(moment)
		if known := a.At(m); !ok || len(known.Log) != want || len(known.Signers()) != min(want, 1) {
			t.Errorf("at %s %d lines are known, and %d signers", moment, len(known.Log), len(known.Signers()))
		}
	}
	m, _ := ParseMoment("2026-04-30")
	turns := a.NextTurns(m)
	if len(turns) != 2 || turns[0].Entry.Kind != KindKeys || turns[0].What != Published || !turns[0].At.Equal(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", turns)
	}
}

// A notice cannot take the place of keys and signatures.
func TestReservedFolders(t *testing.T) {
	for _, slug := range []string{KeysSlug, SignaturesDir} {
		if notice.IsSlug(slug) {
			t.Errorf("a notice can be called %s", slug)
		}
	}
}
