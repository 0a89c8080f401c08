package signature

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"regexp"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// algorithms are those of signatures that are taken, by the type of the key. A key of another type is none: those with SHA-1 or
// DSA are weak, and certificates need a list of their own.
var algorithms = map[string][]string{
	ssh.KeyAlgoED25519:    {ssh.KeyAlgoED25519},
	ssh.KeyAlgoSKED25519:  {ssh.KeyAlgoSKED25519},
	ssh.KeyAlgoECDSA256:   {ssh.KeyAlgoECDSA256},
	ssh.KeyAlgoECDSA384:   {ssh.KeyAlgoECDSA384},
	ssh.KeyAlgoECDSA521:   {ssh.KeyAlgoECDSA521},
	ssh.KeyAlgoSKECDSA256: {ssh.KeyAlgoSKECDSA256},
	ssh.KeyAlgoRSA:        {ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSASHA512},
}

// leastRSA is how many bits an RSA key has at least.
const leastRSA = 2048

// A Key is a public key.
type Key struct{ public ssh.PublicKey }

// String returns the type and the key, "ssh-ed25519 AAAA…", as both stand in files of OpenSSH.
func (k Key) String() string {
	return k.public.Type() + " " + base64.StdEncoding.EncodeToString(k.public.Marshal())
}

// Fingerprint returns "SHA256:…", as ssh-keygen -l prints it.
func (k Key) Fingerprint() string { return ssh.FingerprintSHA256(k.public) }

// Is reports whether two keys are the same.
func (k Key) Is(other Key) bool { return bytes.Equal(k.public.Marshal(), other.public.Marshal()) }

func keyOf(raw []byte) (Key, bool) {
	public, err := ssh.ParsePublicKey(raw)
	if err != nil || algorithms[public.Type()] == nil || !bytes.Equal(public.Marshal(), raw) {
		return Key{}, false
	}
	if c, ok := public.(ssh.CryptoPublicKey); ok {
		if r, isRSA := c.CryptoPublicKey().(*rsa.PublicKey); isRSA && r.N.BitLen() < leastRSA {
			return Key{}, false
		}
	}
	return Key{public}, true
}

// ParseKey reads the file of a public key, "ssh-ed25519 AAAA… comment".
func ParseKey(file []byte) (Key, bool) {
	line, rest, _ := strings.Cut(string(file), "\n")
	words := strings.Fields(line)
	if len(words) < 2 || strings.TrimSpace(rest) != "" {
		return Key{}, false
	}
	return parseWords(words[0], words[1])
}

func parseWords(kind, key string) (Key, bool) {
	raw, err := base64.StdEncoding.Strict().DecodeString(key)
	if err != nil {
		return Key{}, false
	}
	k, ok := keyOf(raw)
	return k, ok && k.public.Type() == kind
}

// ParseKeys reads the keys that somebody keeps: a file of allowed signers or of public keys, of any form that OpenSSH takes. Who they
// belong to and when they were valid is left out.
func ParseKeys(file []byte) ([]Key, bool) {
	var keys []Key
	for line := range strings.Lines(string(file)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		// The two words of the key stand behind the name and the options, and a comment may follow.
		words, found := strings.Fields(line), false
		for i := range len(words) - 1 {
			if k, ok := parseWords(words[i], words[i+1]); ok && !found {
				keys, found = append(keys, k), true
			}
		}
		if !found {
			return nil, false
		}
	}
	return keys, len(keys) > 0
}

// A Signer is who may sign, with a key, from a day on.
type Signer struct {
	// Name is an e-mail address or a word.
	Name string
	Key  Key
	// From is the first day, YYYY-MM-DD, Until the one from which the key is not valid any more; empty for one that was not revoked.
	From, Until string
}

// ValidOn reports whether the key may sign on a day, YYYY-MM-DD.
func (s Signer) ValidOn(day string) bool { return s.From <= day && (s.Until == "" || day < s.Until) }

// A List is a file of allowed signers, in the order in which they were added.
type List []Signer

var nameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$`)

// IsName reports whether a signer can be called so.
func IsName(s string) bool { return nameForm.MatchString(s) }

// Bytes returns the list in the one form in which Placard writes it, a line for each signer:
//
//	NAME namespaces="log@placard",valid-after="20260102Z",valid-before="20260301Z" TYPE KEY
//
// valid-before is there where the key was revoked. Both days begin at midnight, UTC.
func (l List) Bytes() []byte {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Name + ` namespaces="` + Namespace + `",valid-after="` + compact(s.From) + `"`)
		if s.Until != "" {
			b.WriteString(`,valid-before="` + compact(s.Until) + `"`)
		}
		b.WriteString(" " + s.Key.String() + "\n")
	}
	return []byte(b.String())
}

var lineForm = regexp.MustCompile(`^(\S+) namespaces="\S+?",valid-after="([0-9]{8})Z"(?:,valid-before="([0-9]{8})Z")? (\S+) (\S+)\n$`)

// ParseList reads a list; it returns false for anything that Bytes would not write. No name and no key stands in it twice.
func ParseList(data []byte) (List, bool) {
	var l List
	for line := range strings.Lines(string(data)) {
		m := lineForm.FindStringSubmatch(line)
		if m == nil {
			return nil, false
		}
		key, ok := parseWords(m[4], m[5])
		from, isDay := day(m[2])
		s := Signer{Name: m[1], Key: key, From: from}
		if ok = ok && isDay && IsName(s.Name); m[3] != "" && ok {
			s.Until, ok = day(m[3])
			ok = ok && s.From < s.Until // OpenSSH takes no other
		}
		if !ok || l.Named(s.Name) != nil || l.With(key) != nil {
			return nil, false
		}
		l = append(l, s)
	}
	return l, len(l) > 0 && string(l.Bytes()) == string(data)
}

// Named returns the signer of a name, or nil.
func (l List) Named(name string) *Signer {
	for i := range l {
		if l[i].Name == name {
			return &l[i]
		}
	}
	return nil
}

// With returns the signer with a key, or nil.
func (l List) With(key Key) *Signer {
	for i := range l {
		if l[i].Key.Is(key) {
			return &l[i]
		}
	}
	return nil
}

const compactForm = "20060102"

func compact(day string) string { return strings.ReplaceAll(day, "-", "") + "Z" }

// day reads 20260102.
func day(s string) (string, bool) {
	t, err := time.Parse(compactForm, s)
	return t.Format(time.DateOnly), err == nil
}

// Add returns the list with one signer more, from a day on.
func (l List) Add(name string, key Key, day string) List {
	return append(l[:len(l):len(l)], Signer{Name: name, Key: key, From: day})
}

// Revoke returns the list in which the key of a name is not valid from a day on. One that was added on that day is left out: it was
// never valid, and OpenSSH knows no span without a day.
func (l List) Revoke(name, day string) List {
	var after List
	for _, s := range l {
		switch {
		case s.Name != name:
		case s.From >= day:
			continue
		default:
			s.Until = day
		}
		after = append(after, s)
	}
	return after
}

// Follows reports whether the list is another one after a change on a day: one signer added at its end, or one revoked of whom
// it was not said before.
func (l List) Follows(before List, day string) bool {
	if n := len(before); len(l) == n+1 && l[n].Until == "" && string(before.Add(l[n].Name, l[n].Key, day).Bytes()) == string(l.Bytes()) {
		return true
	}
	for _, s := range before {
		if s.Until == "" && string(before.Revoke(s.Name, day).Bytes()) == string(l.Bytes()) {
			return true
		}
	}
	return false
}
