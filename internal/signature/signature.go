// Package signature reads the signatures of OpenSSH (SSHSIG, PROTOCOL.sshsig in its source) and the lists of the keys that may make
// them, and says whether a signature is one of some bytes. It makes none: that is for ssh-keygen, which knows of passphrases,
// agents and hardware.
package signature

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// Namespace is that of all signatures of Placard: one that was made for something else, an e-mail or a commit, is none of LOG.
const Namespace = "log@placard"

const (
	armourBegin = "-----BEGIN SSH SIGNATURE-----\n"
	armourEnd   = "-----END SSH SIGNATURE-----\n"
	armourWidth = 70 // of a line of base64, as ssh-keygen writes it
	magic       = "SSHSIG"
	version     = 1
)

// A Signature is what the file of a signature says.
type Signature struct {
	// Key is the one that it was made with.
	Key Key

	namespace, hash string
	raw             []byte // algorithm and bytes, in the form of the SSH protocol
}

// body is what is armoured, after the magic word.
type body struct {
	Version                            uint32
	Key, Namespace, Reserved, Hash, By []byte
}

// signed is what the key signs, after the magic word.
type signed struct{ Namespace, Reserved, Hash, Digest []byte }

// Parse reads the file of a signature. It returns false for anything that Bytes would not write, and for keys, hashes and
// namespaces that Placard does not take.
func Parse(file []byte) (*Signature, bool) {
	text, begun := strings.CutPrefix(string(file), armourBegin)
	text, ended := strings.CutSuffix(text, armourEnd)
	data, err := base64.StdEncoding.Strict().DecodeString(strings.ReplaceAll(text, "\n", ""))
	data, isMagic := bytes.CutPrefix(data, []byte(magic))
	var b body
	if !begun || !ended || err != nil || !isMagic || ssh.Unmarshal(data, &b) != nil || b.Version != version {
		return nil, false
	}
	key, ok := keyOf(b.Key)
	s := &Signature{Key: key, namespace: string(b.Namespace), hash: string(b.Hash), raw: b.By}
	if !ok || s.namespace != Namespace || digest(s.hash, nil) == nil {
		return nil, false
	}
	return s, bytes.Equal(s.Bytes(), file)
}

// Bytes returns the file of the signature, as ssh-keygen writes it.
func (s *Signature) Bytes() []byte {
	data := append([]byte(magic), ssh.Marshal(body{version, s.Key.public.Marshal(), []byte(s.namespace), nil, []byte(s.hash), s.raw})...)
	var b bytes.Buffer
	b.WriteString(armourBegin)
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(data)), armourWidth) {
		b.Write(line)
		b.WriteByte('\n')
	}
	b.WriteString(armourEnd)
	return b.Bytes()
}

// Signs reports whether the key of the signature made it of a message. SHA-1, which OpenSSH once used with RSA, is not taken.
func (s *Signature) Signs(message []byte) bool {
	var by ssh.Signature
	if ssh.Unmarshal(s.raw, &by) != nil || !slices.Contains(algorithms[s.Key.public.Type()], by.Format) {
		return false
	}
	data := append([]byte(magic), ssh.Marshal(signed{[]byte(s.namespace), nil, []byte(s.hash), digest(s.hash, message)})...)
	return s.Key.public.Verify(data, &by) == nil
}

// digest is that of a message by the name of a hash; nil for one that SSHSIG has not.
func digest(hash string, message []byte) []byte {
	switch hash {
	case "sha256":
		sum := sha256.Sum256(message)
		return sum[:]
	case "sha512":
		sum := sha512.Sum512(message)
		return sum[:]
	}
	return nil
}
