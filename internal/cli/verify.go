package cli

import (
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"placard/internal/archive"
	"placard/internal/config"
	"placard/internal/diag"
	"placard/internal/disk"
)

func (p *program) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "verify [FOLDER]",
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.verify(args) },
	}
}

// undecided are the findings by which it cannot be told whether an archive was altered.
var undecided = []string{"unreadable", "format-unknown", "algorithm-unknown", "archive-absent"}

// verify holds the archive of the site against its seals, or that of another folder: a site, or what was published of one.
func (p *program) verify(args []string) error {
	folder := ""
	if len(args) == 1 {
		folder = filepath.Clean(args[0])
		// The folder of the archive itself is meant as the one that it lies in.
		if there, err := disk.Exists(filepath.Join(p.dir, folder, archive.LogFile)); err == nil && there && filepath.Base(folder) == archive.Dir {
			folder = filepath.Dir(folder)
		}
		if p.dir = filepath.Join(p.dir, folder); filepath.IsAbs(folder) {
			p.dir = folder
		}
	}
	a, findings := archive.Open(p.site())
	if findings.Errors() == 0 {
		findings = append(findings, a.Verify()...)
	}
	if len(a.Log) == 0 && findings.Errors() == 0 {
		if there, err := disk.Exists(filepath.Join(p.dir, config.File)); err != nil || !there {
			findings.Add(diag.Position{File: archive.Dir + "/" + archive.LogFile}, "archive-absent", nil)
		}
	}
	findings = findings.Below(filepath.ToSlash(folder))
	if findings.Errors() > 0 {
		if slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Severity == diag.Error && !slices.Contains(undecided, f.ID) }) {
			return &refused{findings}
		}
		return &untold{findings}
	}
	p.print(findings)
	if len(a.Log) == 0 {
		p.say("verify.nothing", nil)
		return nil
	}
	versions := 0
	for _, timeline := range a.Notices {
		versions += len(timeline)
	}
	said := diag.Args{"Count": versions}
	if n := len(a.Log) - versions; n > 0 {
		said["Supplements"] = p.count("supplements", n)
	}
	p.say("verify.good", said)
	p.say("verify.head", diag.Args{"Number": len(a.Log), "Head": a.Head()})
	return nil
}
