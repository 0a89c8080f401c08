package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"placard/internal/diag"
)

// usage is a command line that was not understood.
type usage struct {
	id   string
	args diag.Args
}

func (u *usage) Error() string { return u.id }

// exactly returns the check that a command has the arguments that its help names.
func exactly(n int) cobra.PositionalArgs { return between(n, n) }

// atMost is exactly for a command whose arguments may be left out.
func atMost(n int) cobra.PositionalArgs { return between(0, n) }

func between(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := flagAsValue(c); err != nil {
			return err
		}
		switch {
		case len(args) > most:
			return &usage{"arguments-many", diag.Args{
				"Argument": args[most], "Use": c.UseLine(), "Command": c.CommandPath(), "Title": c.Flags().Changed("title"),
			}}
		case len(args) < least:
			return &usage{"arguments-few", diag.Args{"Use": c.UseLine(), "Command": c.CommandPath()}}
		}
		return nil
	}
}

// noVerb refuses what stands where the verb of a command with others below it should.
func noVerb(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			known = append(known, sub.Name())
		}
	}
	return &usage{"command-unknown", diag.Args{
		"Verb": args[0], "Command": c.CommandPath(), "Near": diag.Nearest(args[0], known), "Known": strings.Join(known, ", "),
	}}
}

// flagAsValue finds a flag that was left without its value, so that the next one was taken for it: "--out --as-of 2026-03-01".
func flagAsValue(c *cobra.Command) error {
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && strings.HasPrefix(f.Value.String(), "--") {
			err = flagWithoutValue(f)
		}
	})
	return err
}

func flagWithoutValue(f *pflag.Flag) error {
	_, what := pflag.UnquoteUsage(f)
	return &usage{"flag-without-value", diag.Args{"Flag": f.Name, "What": what}}
}

// flagError says in our own words what the library has to say about flags.
func flagError(c *cobra.Command, err error) error {
	if given := c.Flags().Args(); c.HasSubCommands() && len(given) > 0 {
		return noVerb(c, given) // of a command that is not known, no flag is
	}
	var unknown *pflag.NotExistError
	var absent *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	var form *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		flag := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			flag = "-" + short
		}
		return &usage{"flag-unknown", diag.Args{"Flag": flag, "Near": nearFlag(c, strings.TrimLeft(flag, "-")), "Command": c.CommandPath()}}
	case errors.As(err, &absent):
		return flagWithoutValue(absent.GetFlag())
	case errors.As(err, &wrong):
		_, what := pflag.UnquoteUsage(wrong.GetFlag())
		return &usage{"flag-value", diag.Args{
			"Flag": wrong.GetFlag().Name, "Value": wrong.GetValue(), "What": what, "Alone": wrong.GetFlag().NoOptDefVal != "",
		}}
	case errors.As(err, &form):
		return &usage{"flag-unknown", diag.Args{"Flag": form.GetSpecifiedFlag(), "Command": c.CommandPath()}}
	}
	return err
}

// nearFlag returns the flag of a command that was meant; or nothing.
func nearFlag(c *cobra.Command, name string) string {
	var known, begun []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		known = append(known, f.Name)
		if strings.HasPrefix(f.Name, name) || strings.HasPrefix(name, f.Name) {
			begun = append(begun, f.Name)
		}
	})
	switch near := diag.Nearest(name, known); {
	case slices.Contains(known, name): // "-out"
		return name
	case near == "" && len(begun) == 1:
		return begun[0]
	default:
		return near
	}
}
