package signature

import (
	"bytes"
	"crypto"
	"crypto/dsa" //lint:ignore SA1019 that such keys are refused is what is tested
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

const message = "1 version terms 2026-02-01\n"

func newSigner(t testing.TB, key crypto.Signer) ssh.Signer {
	t.Helper()
	s, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func seeded(t testing.TB, seed byte) ssh.Signer {
	return newSigner(t, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)))
}

// made is the file of a signature as a program could make it that does not hold to what Placard takes.
func made(t testing.TB, by ssh.Signer, algorithm, namespace, hash string) []byte {
	t.Helper()
	data := append([]byte(magic), ssh.Marshal(signed{[]byte(namespace), nil, []byte(hash), digest(hash, []byte(message))})...)
	sig, err := by.(ssh.AlgorithmSigner).SignWithAlgorithm(rand.Reader, data, algorithm)
	if err != nil {
		t.Fatal(err)
	}
	return (&Signature{Key{by.PublicKey()}, namespace, hash, ssh.Marshal(sig)}).Bytes()
}

// TestKeygen holds that signatures of ssh-keygen are read and checked, with each kind of key, and that nothing else passes.
func TestKeygen(t *testing.T) {
	for _, kind := range []string{"ed25519", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521", "rsa -b 2048"} {
		t.Run(kind, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "key")
			args := append(strings.Fields("-q -t "+kind), "-N", "", "-f", file)
			if out, err := exec.Command("ssh-keygen", args...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			c := exec.Command("ssh-keygen", "-q", "-Y", "sign", "-f", file, "-n", Namespace)
			c.Stdin = strings.NewReader(message)
			armoured, err := c.Output()
			if err != nil {
				t.Fatal(err)
			}
			public, err := os.ReadFile(file + ".pub")
			if err != nil {
				t.Fatal(err)
			}
			key, ok := ParseKey(public)
			s, parsed := Parse(armoured)
			if !ok || !parsed || !s.Key.Is(key) || !s.Signs([]byte(message)) {
				t.Fatalf("key %v, parsed %v:\n%s", ok, parsed, armoured)
			}
			if !strings.HasPrefix(string(public), key.String()) {
				t.Errorf("the key is written as %s, not %s", key, public)
			}
			if s.Signs([]byte(message + " ")) {
				t.Error("it signs another message")
			}
			for i := range armoured {
				altered := bytes.Clone(armoured)
				altered[i] ^= 1
				if s, ok := Parse(altered); ok && s.Key.Is(key) && s.Signs([]byte(message)) {
					t.Errorf("byte %d is altered, and it passes", i)
				}
			}
		})
	}
}

// TestRefused holds that signatures of other kinds are not taken, though they are sound.
func TestRefused(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, leastRSA)
	if err != nil {
		t.Fatal(err)
	}
	big := newSigner(t, private)
	if s, ok := Parse(made(t, big, ssh.KeyAlgoRSASHA512, Namespace, "sha512")); !ok || !s.Signs([]byte(message)) {
		t.Fatal("a good one does not pass")
	}
	if s, ok := Parse(made(t, big, ssh.KeyAlgoRSA, Namespace, "sha512")); !ok || s.Signs([]byte(message)) {
		t.Error("RSA with SHA-1 passes")
	}
	if _, ok := Parse(made(t, big, ssh.KeyAlgoRSASHA512, "file", "sha512")); ok {
		t.Error("a signature of another namespace is taken")
	}
	if _, ok := Parse(made(t, big, ssh.KeyAlgoRSASHA512, Namespace, "sha1")); ok {
		t.Error("a signature of another hash is taken")
	}
	good := string(made(t, seeded(t, 1), ssh.KeyAlgoED25519, Namespace, "sha256"))
	for what, file := range map[string]string{
		"nothing":                 "",
		"words before":            "Signature\n" + good,
		"words after":             good + "\n",
		"CR LF":                   strings.ReplaceAll(good, "\n", "\r\n"),
		"lines of another length": strings.Replace(good, "\n", "", 2),
		"no begin":                strings.TrimPrefix(good, armourBegin),
		"no end":                  strings.TrimSuffix(good, armourEnd),
		"no base64":               armourBegin + "-\n" + armourEnd,
		"no magic":                armourBegin + "AAAA\n" + armourEnd,
	} {
		if _, ok := Parse([]byte(file)); ok {
			t.Errorf("%s: taken", what)
		}
	}
}

func TestKeysRefused(t *testing.T) {
	var weak dsa.PrivateKey
	if err := dsa.GenerateParameters(&weak.Parameters, rand.Reader, dsa.L1024N160); err != nil {
		t.Fatal(err)
	}
	if err := dsa.GenerateKey(&weak, rand.Reader); err != nil {
		t.Fatal(err)
	}
	old, err := ssh.NewPublicKey(&weak.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GODEBUG", "rsa1024min=0")
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	certificate := &ssh.Certificate{Key: seeded(t, 1).PublicKey(), CertType: ssh.UserCert}
	if err := certificate.SignCert(rand.Reader, seeded(t, 2)); err != nil {
		t.Fatal(err)
	}
	good := string(ssh.MarshalAuthorizedKey(seeded(t, 1).PublicKey()))
	for what, file := range map[string]string{
		"DSA":                  string(ssh.MarshalAuthorizedKey(old)),
		"RSA of 1024 bits":     string(ssh.MarshalAuthorizedKey(newSigner(t, small).PublicKey())),
		"a certificate":        string(ssh.MarshalAuthorizedKey(certificate)),
		"two keys":             good + good,
		"another type":         strings.Replace(good, "ssh-ed25519", "ssh-rsa", 1),
		"a key that is cut":    good[:40],
		"nothing":              "",
		"options before":       "restrict " + good,
		"a key and bytes more": strings.TrimSpace(good) + "AAAA",
	} {
		if _, ok := ParseKey([]byte(file)); ok {
			t.Errorf("%s: taken", what)
		}
	}
	if _, ok := ParseKey([]byte(strings.TrimSpace(good) + " ana@example.com\n")); !ok {
		t.Error("a good key is not taken")
	}
}

func TestParseKeys(t *testing.T) {
	one, two := Key{seeded(t, 1).PublicKey()}, Key{seeded(t, 2).PublicKey()}
	file := "# kept\n\n" + one.String() + " ana@example.com\nbo@example.com,bo namespaces=\"git,log@placard\" " + two.String() + " since \"2026\"\n"
	keys, ok := ParseKeys([]byte(file))
	if !ok || len(keys) != 2 || !keys[0].Is(one) || !keys[1].Is(two) {
		t.Errorf("%v %v", keys, ok)
	}
	for _, bad := range []string{"", "# none\n", one.String() + "\nbo\n"} {
		if _, ok := ParseKeys([]byte(bad)); ok {
			t.Errorf("%q is taken", bad)
		}
	}
}

func list(t testing.TB) List {
	elliptical, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return List{
		{"ana@example.com", Key{seeded(t, 1).PublicKey()}, "2026-01-02", ""},
		{"bo", Key{newSigner(t, elliptical).PublicKey()}, "2026-01-03", "2026-03-01"},
	}
}

func TestParseList(t *testing.T) {
	good := string(list(t).Bytes())
	if got, ok := ParseList([]byte(good)); !ok || string(got.Bytes()) != good || len(got) != 2 {
		t.Fatalf("%v of %s", ok, good)
	}
	lines := strings.SplitAfter(good, "\n")
	for what, file := range map[string]string{
		"nothing":                "",
		"a comment":              "# keys\n" + good,
		"an empty line":          good + "\n",
		"no line feed":           strings.TrimSuffix(good, "\n"),
		"CR LF":                  strings.ReplaceAll(good, "\n", "\r\n"),
		"a key twice":            lines[0] + strings.Replace(lines[0], "ana", "eve", 1),
		"a name twice":           lines[0] + strings.Replace(lines[1], "bo", "ana@example.com", 1),
		"another namespace":      strings.Replace(good, "log@placard", "file", 1),
		"any name":               strings.Replace(good, "bo", "*", 1),
		"two names":              strings.Replace(good, "bo", "bo,eve", 1),
		"an authority":           strings.Replace(good, "bo namespaces", "bo cert-authority,namespaces", 1),
		"a day that is not":      strings.Replace(good, "20260103", "20260230", 1),
		"a time":                 strings.Replace(good, "20260103Z", "202601031200Z", 1),
		"no zone":                strings.Replace(good, "20260103Z", "20260103", 1),
		"no first day":           strings.Replace(good, `,valid-after="20260103Z"`, "", 1),
		"revoked before it was":  strings.Replace(good, "20260301", "20260103", 1),
		"a comment behind a key": strings.Replace(good, "\n", " ana\n", 1),
		"options in other order": strings.Replace(good, `valid-after="20260103Z",valid-before="20260301Z"`, `valid-before="20260301Z",valid-after="20260103Z"`, 1),
	} {
		if _, ok := ParseList([]byte(file)); ok {
			t.Errorf("%s: taken", what)
		}
	}
}

// TestFollows holds that one change at a time makes a list out of another.
func TestFollows(t *testing.T) {
	ana, bo, eve := Key{seeded(t, 1).PublicKey()}, Key{seeded(t, 2).PublicKey()}, Key{seeded(t, 3).PublicKey()}
	first := List(nil).Add("ana", ana, "2026-01-02")
	both := first.Add("bo", bo, "2026-01-05")
	for _, tt := range []struct {
		what        string
		list, after List
		day         string
		want        bool
	}{
		{"the first key", first, nil, "2026-01-02", true},
		{"the first key of another day", first, nil, "2026-01-03", false},
		{"two keys at first", both, nil, "2026-01-05", false},
		{"a second one", both, first, "2026-01-05", true},
		{"two at once", both.Add("eve", eve, "2026-01-05"), first, "2026-01-05", false},
		{"one in front", List{both[1], both[0]}, first, "2026-01-05", false},
		{"nothing changed", both, both, "2026-01-05", false},
		{"one revoked", both.Revoke("ana", "2026-01-06"), both, "2026-01-06", true},
		{"one revoked of another day", both.Revoke("ana", "2026-01-07"), both, "2026-01-06", false},
		{"one revoked on its first day", first, both, "2026-01-05", true},
		{"one left out later", first, both, "2026-01-06", false},
		{"one revoked and one added", both.Revoke("ana", "2026-01-06").Add("eve", eve, "2026-01-06"), both, "2026-01-06", false},
		{"one exchanged", first.Add("bo", eve, "2026-01-05"), both, "2026-01-05", false},
		{"one brought back", both, both.Revoke("ana", "2026-01-06"), "2026-01-06", false},
	} {
		if got := tt.list.Follows(tt.after, tt.day); got != tt.want {
			t.Errorf("%s: %v", tt.what, got)
		}
	}
	if s := both.Revoke("bo", "2026-01-08").Named("bo"); s.ValidOn("2026-01-04") || !s.ValidOn("2026-01-05") || !s.ValidOn("2026-01-07") || s.ValidOn("2026-01-08") {
		t.Errorf("valid on other days: %+v", s)
	}
}

// What parses prints back byte for byte.
func FuzzParse(f *testing.F) {
	f.Add(made(f, seeded(f, 1), ssh.KeyAlgoED25519, Namespace, "sha512"))
	f.Add([]byte(armourBegin + armourEnd))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, ok := Parse(data); ok {
			if !bytes.Equal(s.Bytes(), data) {
				t.Errorf("%q prints back as %q", data, s.Bytes())
			}
			s.Signs([]byte(message))
		}
	})
}

func FuzzParseList(f *testing.F) {
	f.Add(list(f).Bytes())
	f.Add([]byte("ana\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, ok := ParseList(data); ok && !bytes.Equal(l.Bytes(), data) {
			t.Errorf("%q prints back as %q", data, l.Bytes())
		}
		ParseKeys(data)
		ParseKey(data)
	})
}
