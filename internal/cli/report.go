package cli

import (
	"encoding/json"

	"placard/internal/diag"
)

// textOrJSON refuses all other forms of a report.
func textOrJSON(format string) error {
	if format != "text" && format != "json" {
		return &usage{"output-format", diag.Args{"Value": format, "Near": diag.Nearest(format, []string{"text", "json"})}}
	}
	return nil
}

// printJSON prints a report for programs.
func (p *program) printJSON(report any) error {
	e := json.NewEncoder(p.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(report); err != nil {
		return broken(err)
	}
	return nil
}
