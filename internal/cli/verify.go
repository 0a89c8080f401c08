package cli

import (
	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/diag"
)

func (p *program) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "verify",
		Args: exactly(0),
		RunE: func(*cobra.Command, []string) error { return p.verify() },
	}
}

func (p *program) verify() error {
	a, findings := archive.Open(p.site())
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	files, err := a.Files()
	if err != nil {
		return broken(err)
	}
	p.say("verify.good", diag.Args{"Count": len(a.Log), "Files": len(files)})
	if head := a.Head(); head != archive.NoPrevious {
		p.say("verify.head", diag.Args{"Number": len(a.Log), "Head": head})
	}
	return nil
}
