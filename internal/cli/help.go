package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"placard/internal/diag"
)

// describe gives a command and those below it their help, from the messages.
func (p *program) describe(c *cobra.Command, id string) {
	c.Short = p.messages.get("help."+id, nil)
	c.Long = p.messages.get("help."+id+".long", nil)
	c.DisableFlagsInUseLine = true
	for _, sub := range c.Commands() {
		p.describe(sub, id+"."+sub.Name())
	}
}

// helpCommand is "placard help COMMAND", which is the same as "placard COMMAND --help".
func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return noVerb(about, rest)
			}
			return about.Help()
		},
	}
}

// help prints what a command is for, how it is called, the commands below it and its flags.
func (p *program) help(c *cobra.Command, _ []string) {
	fmt.Fprintf(p.out, "%s\n\n", strings.TrimSpace(c.Long))
	use := c.UseLine()
	if c.HasSubCommands() {
		use = p.messages.get("help-commands-of", diag.Args{"Command": c.CommandPath()})
	}
	fmt.Fprintf(p.out, "%s\n  %s\n", p.messages.get("help-use", nil), use)
	if c.HasSubCommands() {
		p.columns("help-commands", func(row func(name, what string)) {
			for _, sub := range c.Commands() {
				if !sub.Hidden {
					row(sub.Name(), sub.Short)
				}
			}
		})
	}
	c.InheritedFlags() // which puts them among those of the command
	p.columns("help-flags", func(row func(name, what string)) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			value, what := pflag.UnquoteUsage(f)
			row(strings.TrimSpace("--"+f.Name+" "+value), what)
		})
	})
	if c.HasSubCommands() {
		fmt.Fprintf(p.out, "\n%s\n", p.messages.get("help-more", diag.Args{"Command": c.CommandPath()}))
	}
}

// columns prints a list of two columns below a heading.
func (p *program) columns(heading string, rows func(row func(name, what string))) {
	fmt.Fprintf(p.out, "\n%s\n", p.messages.get(heading, nil))
	w := tabwriter.NewWriter(p.out, 0, 0, 3, ' ', 0)
	rows(func(name, what string) { fmt.Fprintf(w, "  %s\t%s\n", name, what) })
	// What cannot be written to standard output leaves nobody to tell.
	_ = w.Flush()
}
