// Package cli is the commands. It alone reads the clock, the environment and the arguments, and writes to the
// terminal; it passes the values of one stage on to the next.
package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"placard/internal/diag"
)

// Exit codes of every command.
const (
	exitGood    = 0
	exitRefused = 1 // something is wrong, and was said
	exitUsage   = 2 // the command line was not understood, or what it asks cannot be told
)

// Main runs the command line of the process and returns its exit code. defaults holds layouts, assets, i18n and
// archetypes.
func Main(defaults fs.FS) int {
	// Most of what a build allocates is soon let go of. Collecting it a little more often than usual costs little time and keeps
	// memory low; whoever sets GOGC decides otherwise. What is built is the same.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(75)
	}
	p := &program{
		defaults: defaults, in: bufio.NewReader(os.Stdin), out: os.Stdout, err: os.Stderr,
		epoch: os.Getenv("SOURCE_DATE_EPOCH"), keygen: "ssh-keygen",
	}
	p.heeds = true
	return p.run(os.Args[1:])
}

// program is one run of the commands.
type program struct {
	defaults  fs.FS
	in        *bufio.Reader
	out, err  io.Writer
	epoch     string // SOURCE_DATE_EPOCH of the environment; empty for the clock of the machine
	keygen    string // the program that signs, ssh-keygen; nothing else but for tests
	keyFile   string // the key to sign with; empty where nothing is to be signed
	messages  *messages
	dir       string              // the root of the site
	frozen    bool                // whether each draft is read once only
	later     map[string][]string // the locales that a release leaves out of a notice
	effective map[string]string   // the day from which a draft is to apply, by slug, where it is being released
	once      fs.FS               // what site returns
	heeds     bool                // whether Ctrl-C and the like are heeded
	left      atomic.Pointer[func() diag.Findings]
	found     func(diag.Findings) // is told of what is printed; nil but for tests
}

// refused ends a command with findings. Its text is never shown.
type refused struct{ findings diag.Findings }

func (r *refused) Error() string { return "refused" }

// refuse returns the error for one finding.
func refuse(at diag.Position, id string, args diag.Args) error {
	var findings diag.Findings
	findings.Add(at, id, args)
	return &refused{findings}
}

// untold ends a command that cannot tell what it was asked, with findings that say why.
type untold struct{ findings diag.Findings }

func (u *untold) Error() string { return "untold" }

func (p *program) run(args []string) int {
	var err error
	if p.messages, err = loadMessages(); err != nil {
		fmt.Fprintln(p.err, err)
		return exitRefused
	}
	if p.heeds {
		p.heed()
	}
	root := p.command()
	root.SetArgs(args)
	err = root.Execute()
	var r *refused
	var u *usage
	var no *untold
	switch {
	case err == nil:
		return exitGood
	case errors.As(err, &no):
		p.print(no.findings)
		return exitUsage
	case errors.As(err, &r):
		p.print(r.findings)
		return exitRefused
	case errors.As(err, &u):
		var findings diag.Findings
		findings.Add(diag.Position{}, u.id, u.args)
		p.print(findings)
		return exitUsage
	}
	if errors.As(broken(err), &r) {
		p.print(r.findings)
	}
	return exitRefused
}

func (p *program) print(findings diag.Findings) {
	// A checkout that changed line ends did so everywhere.
	findings = findings.Gather("sealed-endings", "sealed-endings-many").Gather("carriage-return", "carriage-return-many")
	if p.found != nil {
		p.found(findings)
	}
	findings = slices.Clone(findings)
	for i, f := range findings {
		findings[i].At.File, findings[i].Related = visible(f.At.File), slices.Clone(f.Related)
		for j, r := range f.Related {
			findings[i].Related[j].At.File = visible(r.At.File)
		}
	}
	// A terminal that cannot be written to leaves nowhere to complain.
	_ = diag.Text(p.err, findings, p.messages.find)
}

// say prints a message to standard output.
func (p *program) say(id string, args diag.Args) {
	fmt.Fprintln(p.out, p.messages.get(id, args))
}

// site is the site that the command works on.
func (p *program) site() fs.FS {
	if p.once == nil {
		p.once = os.DirFS(p.dir)
		if p.frozen {
			p.once = &frozen{FS: p.once, files: map[string][]byte{}, folders: map[string][]fs.DirEntry{}}
		}
	}
	return p.once
}

// now is the clock: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), seconds since 1970,
// where it is set.
func (p *program) now() (time.Time, error) {
	if p.epoch == "" {
		return time.Now(), nil
	}
	n, err := strconv.ParseInt(p.epoch, 10, 64)
	if err != nil || n < 0 {
		return time.Time{}, refuse(diag.Position{}, "source-date-epoch", diag.Args{"Value": p.epoch})
	}
	return time.Unix(n, 0).UTC(), nil
}

func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:               "placard",
		Args:              noVerb,
		RunE:              func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.PersistentFlags().StringVar(&p.dir, "dir", ".", p.messages.get("flag.dir", nil))
	root.PersistentFlags().BoolP("help", "h", false, p.messages.get("flag.help", nil))
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(p.help)
	root.SetOut(p.out)
	root.SetErr(p.err)
	for _, c := range []*cobra.Command{p.newCommand(), p.checkCommand(), p.fmtCommand(), p.translateCommand(), p.releaseCommand(), p.reopenCommand(), p.cancelCommand(), p.postponeCommand(), p.withdrawCommand(), p.rejoinCommand(), p.keysCommand(), p.verifyCommand(), p.statusCommand(), p.showCommand(), p.diffCommand(), p.buildCommand(), p.nextChangeCommand()} {
		root.AddCommand(c)
	}
	help := p.helpCommand()
	root.AddCommand(help)
	root.SetHelpCommand(help)
	p.describe(root, "placard")
	return root
}
