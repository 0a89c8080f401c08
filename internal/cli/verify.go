package cli

import (
	"io/fs"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/config"
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
	if findings.Errors() == 0 {
		findings = append(findings, a.Verify()...)
	}
	if findings.Errors() > 0 {
		return &refused{findings}
	}
	p.print(findings)
	if len(a.Log) == 0 {
		if _, err := fs.Stat(p.site(), config.File); err != nil {
			return refuse(diag.Position{File: config.File}, "config-absent", nil)
		}
		p.say("verify.nothing", nil)
		return nil
	}
	versions := 0
	for _, timeline := range a.Notices {
		versions += len(timeline)
	}
	args := diag.Args{"Count": versions}
	if n := len(a.Log) - versions; n > 0 {
		args["Supplements"] = p.count("supplements", n)
	}
	p.say("verify.good", args)
	p.say("verify.head", diag.Args{"Number": len(a.Log), "Head": a.Head()})
	return nil
}
