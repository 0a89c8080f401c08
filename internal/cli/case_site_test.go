package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/ssh"

	"placard/internal/archive"
	"placard/internal/signature"
)

// A caseSite is the site of a case, with its clock.
type caseSite struct {
	*testSite
	epoch   string
	tracked bool // whether translation.sum is what the case makes it
	met     *meetings
	keygen  string // the program in the place of ssh-keygen, if another one
}

// rendering is held by builds: Hugo has a state in its process.
var rendering sync.Mutex

// placard runs a command in the site and returns its exit code and what it printed to standard error, with files
// named as they are for somebody who stands in the site.
func (s *caseSite) placard(args []string) (int, string) {
	args = slices.Clone(args)
	if i := slices.Index(args, "--dir"); i >= 0 && i+1 < len(args) {
		args[i+1] = filepath.Join(s.dir, args[i+1])
	} else {
		args = append(args, "--dir", s.dir)
	}
	if args[0] == "build" {
		rendering.Lock()
		defer rendering.Unlock()
	}
	var out, err bytes.Buffer
	p := &program{defaults: os.DirFS("../.."), in: bufio.NewReader(strings.NewReader("")), out: &out, err: &err, epoch: s.epoch, keygen: cmp.Or(s.keygen, "ssh-keygen"), found: s.met.note}
	code := p.run(args)
	here := strings.NewReplacer(s.dir+string(filepath.Separator), "", s.dir, ".", filepath.Dir(s.dir), "..")
	return code, here.Replace(err.String())
}

func (s *caseSite) step(step []string) error {
	verb, args := step[0], step[1:]
	need := map[string]int{"write": 2, "append": 2, "repeat": 3, "replace": 3, "remove": 1, "reseal": 0, "rename": 2, "symlink": 2, "folder": 1, "files": 3, "grow": 2, "drop": 2, "double": 2, "swap": 3, "crlf": 1, "epoch": 1, "key": 1, "sign": 2, "keygen": 1, "run": len(args)}
	if n, ok := need[verb]; !ok || len(args) != n {
		return fmt.Errorf("no such step, or not the arguments it takes")
	}
	path := func(i int) string { return filepath.Join(s.dir, filepath.FromSlash(args[i])) }
	switch verb {
	case "write":
		s.write(args[0], args[1])
	case "append":
		return appendTo(path(0), args[1])
	case "repeat":
		count, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		var text strings.Builder
		for n := range count {
			text.WriteString(strings.ReplaceAll(args[2], "%d", strconv.Itoa(n+1)))
		}
		return appendTo(path(0), text.String())
	case "replace":
		s.edit(args[0], args[1], args[2])
	case "remove":
		if _, err := os.Lstat(path(0)); err != nil {
			return err
		}
		return os.RemoveAll(path(0))
	case "reseal":
		return reseal(s.dir)
	case "rename":
		return os.Rename(path(0), path(1))
	case "symlink":
		return os.Symlink(args[1], path(0))
	case "folder":
		return os.MkdirAll(path(0), 0o755)
	case "files":
		count, err := strconv.Atoi(args[0])
		if err != nil {
			return err
		}
		for n := range count {
			s.write(strings.ReplaceAll(args[1], "%d", strconv.Itoa(n+1)), args[2])
		}
	case "grow":
		size, err := strconv.ParseInt(args[1], 10, 64)
		if err != nil {
			return err
		}
		return os.Truncate(path(0), size)
	case "drop", "double", "swap":
		return editLines(path(0), verb, args[1:])
	case "crlf":
		return filepath.WalkDir(path(0), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			return cmp.Or(err, os.WriteFile(name, bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), 0o644))
		})
	case "epoch":
		s.epoch = args[0]
	case "key":
		WriteKey(s.t, path(0))
	case "sign":
		return signLog(s.dir, path(0), args[1])
	case "keygen":
		s.keygen = args[0]
	case "run":
		if args[0] == "release" && !s.tracked {
			Accept(s.t, s.dir)
		}
		if code, said := s.placard(args); code != exitGood {
			return fmt.Errorf("exit code %d\n%s", code, said)
		}
	}
	return nil
}

// reseal writes SHA256SUMS of each folder that LOG names, and LOG itself, anew: with sha256sum and a shell anybody can.
func reseal(dir string) error {
	log := filepath.Join(dir, "versions", "LOG")
	data, err := os.ReadFile(log)
	if err != nil {
		return err
	}
	var out strings.Builder
	previous := archive.NoPrevious
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		folder := filepath.Join(dir, "versions", words[2], words[3])
		sums := ""
		err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			rel, _ := filepath.Rel(folder, name)
			if err != nil || d.IsDir() || rel == archive.SumsFile {
				return err
			}
			data, err := os.ReadFile(name)
			sums += archive.Hash(data) + "  " + filepath.ToSlash(rel) + "\n"
			return err
		})
		if err := cmp.Or(err, os.WriteFile(filepath.Join(folder, archive.SumsFile), []byte(sums), 0o644)); err != nil {
			return err
		}
		words[5], words[6] = archive.Hash([]byte(sums)), previous
		line = strings.Join(words, " ") + "\n"
		previous = archive.Hash([]byte(line))
		out.WriteString(line)
	}
	return os.WriteFile(log, []byte(out.String()), 0o644)
}

// WriteKey makes a pair of Ed25519 keys, file and file.pub. The same name gives the same keys, so that what is said of them is the same.
func WriteKey(t *testing.T, file string) {
	t.Helper()
	seed := sha256.Sum256([]byte(filepath.Base(file)))
	private := ed25519.NewKeyFromSeed(seed[:])
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	err = os.WriteFile(file, pem.EncodeToMemory(block), 0o600)
	if err := cmp.Or(err, os.WriteFile(file+".pub", ssh.MarshalAuthorizedKey(signer.PublicKey()), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// signLog signs the first lines of LOG with a key, as somebody would who forges an archive.
func signLog(dir, key, number string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(dir, "versions", "LOG"))
	if err != nil {
		return err
	}
	c := exec.Command("ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", signature.Namespace)
	c.Stdin = strings.NewReader(strings.Join(slices.Collect(strings.Lines(string(data)))[:n], ""))
	file, err := c.Output()
	place := filepath.Join(dir, filepath.FromSlash(archive.SignatureFile(n)))
	return cmp.Or(err, os.MkdirAll(filepath.Dir(place), 0o755), os.WriteFile(place, file, 0o644))
}

// editLines removes, doubles or exchanges lines of a file, which are numbered from 1.
func editLines(file, verb string, numbers []string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	lines := slices.Collect(strings.Lines(string(data)))
	at := make([]int, len(numbers))
	for i, number := range numbers {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(lines) {
			return fmt.Errorf("%s has no line %s", file, number)
		}
		at[i] = n - 1
	}
	switch verb {
	case "drop":
		lines = slices.Delete(lines, at[0], at[0]+1)
	case "double":
		lines = slices.Insert(lines, at[0], lines[at[0]])
	case "swap":
		lines[at[0]], lines[at[1]] = lines[at[1]], lines[at[0]]
	}
	return os.WriteFile(file, []byte(strings.Join(lines, "")), 0o644)
}

func appendTo(file, text string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return cmp.Or(err, f.Close())
}

// everything is what lies below a folder: mode and content of each file, folder and link, by path.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		content := ""
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			content, err = os.Readlink(name)
		case !d.IsDir():
			content, err = hashOf(name) // some are large
		}
		all[strings.TrimPrefix(name, dir)] = info.Mode().String() + " " + content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func hashOf(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// differences says what is not the same after as before.
func differences(before, after map[string]string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if now, ok := after[name]; !ok {
			out = append(out, name+" was removed")
		} else if now != before[name] {
			out = append(out, name+" was changed")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if _, ok := before[name]; !ok {
			out = append(out, name+" was added")
		}
	}
	return out
}
