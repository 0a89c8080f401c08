package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/signature"
)

func (p *program) keysCommand() *cobra.Command {
	c := &cobra.Command{
		Use:  "keys",
		Args: noVerb,
		RunE: func(*cobra.Command, []string) error { return p.listKeys() },
	}
	list := &cobra.Command{
		Use:  "list",
		Args: exactly(0),
		RunE: func(*cobra.Command, []string) error { return p.listKeys() },
	}
	yes := false
	add := &cobra.Command{
		Use:  "add NAME PUBLICKEYFILE --sign KEYFILE",
		Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error { return p.addKey(args[0], args[1], yes) },
	}
	revoke := &cobra.Command{
		Use:  "revoke NAME --sign KEYFILE",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.revokeKey(args[0], yes) },
	}
	for _, change := range []*cobra.Command{add, revoke} {
		p.signFlag(change)
		change.Flags().BoolVar(&yes, "yes", false, p.messages.get("flag.yes", nil))
	}
	c.AddCommand(add, list, revoke)
	return c
}

// openArchive reads the archive alone, and holds every byte of it against its seal.
func (p *program) openArchive() (*archive.Archive, error) {
	a, findings := archive.Open(p.site())
	if findings.Errors() == 0 {
		findings = append(findings, a.Verify()...)
	}
	if findings.Errors() > 0 {
		return nil, &refused{findings}
	}
	p.print(findings)
	return a, nil
}

// listKeys says which keys may sign, and which could.
func (p *program) listKeys() error {
	a, err := p.openArchive()
	if err != nil {
		return err
	}
	for _, s := range a.Signers() {
		p.say("keys.row", diag.Args{"Name": s.Name, "Fingerprint": s.Key.Fingerprint(), "From": s.From, "Until": s.Until})
	}
	if len(a.Signers()) == 0 {
		p.say("keys.none", nil)
	}
	return nil
}

func (p *program) addKey(name, file string, yes bool) error {
	if !signature.IsName(name) {
		return &usage{"signer-name", diag.Args{"Name": name}}
	}
	key, err := p.readKey(file)
	if err != nil {
		return err
	}
	return p.changeKeys("add", yes, func(list signature.List, today string) (signature.List, error) {
		at := diag.Position{File: filepath.ToSlash(file)}
		if list.Named(name) != nil {
			return nil, refuse(diag.Position{}, "signer-taken", diag.Args{"Name": name})
		}
		if s := list.With(key); s != nil {
			return nil, refuse(at, "signer-known", diag.Args{"Name": s.Name, "Until": s.Until})
		}
		p.say("keys.add", diag.Args{"Name": name, "Fingerprint": key.Fingerprint(), "From": today, "First": len(list) == 0})
		return list.Add(name, key, today), nil
	})
}

// readKey reads the file of a public key.
func (p *program) readKey(file string) (signature.Key, error) {
	data, err := p.readKeyFile(file)
	if err != nil {
		return signature.Key{}, err
	}
	key, ok := signature.ParseKey(data)
	if !ok {
		return signature.Key{}, refuse(diag.Position{File: filepath.ToSlash(file)}, "keyfile-form", diag.Args{"Private": strings.Contains(string(data), "PRIVATE KEY")})
	}
	return key, nil
}

// readKeyFile reads a file of public keys that was named on the command line.
func (p *program) readKeyFile(file string) ([]byte, error) {
	data, err := os.ReadFile(p.fromSite(file))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse(diag.Position{File: filepath.ToSlash(file)}, "keyfile-absent", diag.Args{"Private": false})
	case err != nil:
		return nil, broken(err)
	}
	return data, nil
}

func (p *program) revokeKey(name string, yes bool) error {
	return p.changeKeys("revoke", yes, func(list signature.List, today string) (signature.List, error) {
		s := list.Named(name)
		if s == nil || s.Until != "" {
			var valid []string
			for _, s := range list {
				if s.Until == "" {
					valid = append(valid, s.Name)
				}
			}
			return nil, refuse(diag.Position{}, "signer-unknown", diag.Args{
				"Name": name, "Revoked": s != nil, "Near": diag.Nearest(name, valid), "Known": strings.Join(valid, ", "),
			})
		}
		if !slices.ContainsFunc(list, func(o signature.Signer) bool { return o.Until == "" && o.Name != name }) {
			return nil, refuse(diag.Position{}, "signer-last", diag.Args{"Name": name})
		}
		p.say("keys.revoke", diag.Args{"Name": name, "Fingerprint": s.Key.Fingerprint(), "Until": today})
		return list.Revoke(name, today), nil
	})
}

// changeKeys seals what a change makes of the list of keys, today, in UTC: a key belongs to no notice, and so to no other zone.
func (p *program) changeKeys(verb string, yes bool, change func(list signature.List, today string) (signature.List, error)) error {
	if p.keyFile == "" {
		return &usage{"keys-sign", diag.Args{"Verb": verb}}
	}
	lock, err := p.lock(filepath.Join(p.dir, siteLock), "placard keys "+verb)
	if err != nil {
		return err
	}
	defer lock.Release()
	if err := p.clear(); err != nil {
		return err
	}
	a, err := p.openArchive()
	if err != nil {
		return err
	}
	today, err := p.today(a, time.UTC)
	if err != nil {
		return err
	}
	list, err := change(a.Signers(), today)
	if err != nil {
		return err
	}
	r := a.PrepareKeys(list, today)
	if err := p.maySign(a.SignersOf(r)); err != nil {
		return err
	}
	if err := p.confirm("keys.ask", yes); err != nil {
		return err
	}
	return p.seal(a, "", r)
}

// heldKeys reads the keys that somebody keeps apart from the archive.
func (p *program) heldKeys(file string) ([]signature.Key, error) {
	data, err := p.readKeyFile(file)
	if err != nil {
		return nil, err
	}
	keys, ok := signature.ParseKeys(data)
	if !ok {
		return nil, refuse(diag.Position{File: filepath.ToSlash(file)}, "held-form", nil)
	}
	return keys, nil
}
