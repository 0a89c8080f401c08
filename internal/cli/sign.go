package cli

import (
	"bytes"
	"io"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/disk"
	"placard/internal/signature"
)

// signFlag gives a command that seals the flag by which what it seals is signed.
func (p *program) signFlag(c *cobra.Command) {
	c.Flags().StringVar(&p.keyFile, "sign", "", p.messages.get("flag.sign", nil))
}

// fromSite is the place of a file that was named on the command line: seen from the folder of the site, as all are.
func (p *program) fromSite(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.dir, name)
}

// maySign refuses to begin what could not be sealed, before anybody is asked anything: unsigned where there are signers, signed
// where there are none, or without the means to sign.
func (p *program) maySign(signers signature.List) error {
	at := diag.Position{File: filepath.ToSlash(p.keyFile)}
	switch {
	case p.keyFile == "" && len(signers) == 0:
		return nil
	case p.keyFile == "":
		return refuse(diag.Position{}, "sign-absent", nil)
	case len(signers) == 0:
		return refuse(at, "sign-unkeyed", nil)
	}
	if there, err := disk.Exists(p.fromSite(p.keyFile)); err != nil || !there {
		return refuse(at, "keyfile-absent", diag.Args{"Private": true})
	}
	if _, err := exec.LookPath(p.keygen); err != nil {
		return refuse(diag.Position{}, "keygen-absent", nil)
	}
	return nil
}

// sign signs the lines of releases that are to be sealed in one step, where the archive is signed.
func (p *program) sign(a *archive.Archive, releases ...*archive.Release) error {
	a.Chain(releases...)
	return p.signLines(a, releases...)
}

// signLines signs the lines of releases that follow one another.
func (p *program) signLines(a *archive.Archive, releases ...*archive.Release) error {
	for _, r := range releases {
		signers := a.SignersOf(r)
		if len(signers) == 0 { // it stands above the first list of keys
			continue
		}
		if err := p.maySign(signers); err != nil {
			return err
		}
		file, err := p.askKey(r.Lines())
		if err != nil {
			return err
		}
		if err := p.isSigner(file, signers, r.Entry.Published); err != nil {
			return err
		}
		if findings := a.Sign(r, file); len(findings) > 0 {
			return &refused{findings}
		}
	}
	return nil
}

// askKey lets ssh-keygen sign some lines of LOG. It asks for a passphrase at the terminal itself, so that none ever comes here; what
// else it says goes to standard error.
func (p *program) askKey(lines []byte) ([]byte, error) {
	c := exec.Command(p.keygen, "-Y", "sign", "-f", p.fromSite(p.keyFile), "-n", signature.Namespace)
	c.Stdin, c.Stderr = bytes.NewReader(lines), quiet{p.err}
	file, err := c.Output()
	if err != nil {
		return nil, refuse(diag.Position{File: filepath.ToSlash(p.keyFile)}, "sign-failed", nil)
	}
	return file, nil
}

// quiet leaves out what ssh-keygen says of each signature. Its option -q would leave out too that a hardware key waits for a touch.
type quiet struct{ to io.Writer }

func (q quiet) Write(said []byte) (int, error) {
	if string(said) == "Signing data on standard input\n" {
		return len(said), nil
	}
	return q.to.Write(said)
}

// isSigner refuses a signature by somebody who may not sign on a day.
func (p *program) isSigner(file []byte, signers signature.List, day string) error {
	at := diag.Position{File: filepath.ToSlash(p.keyFile)}
	s, ok := signature.Parse(file)
	if !ok {
		return refuse(at, "sign-form", nil)
	}
	signer := signers.With(s.Key)
	switch {
	case signer == nil:
		return refuse(at, "sign-unknown", diag.Args{"Fingerprint": s.Key.Fingerprint()})
	case !signer.ValidOn(day):
		return refuse(at, "sign-invalid", diag.Args{"Name": signer.Name, "Until": signer.Until})
	}
	return nil
}
