package cli

import (
	"encoding/json"
	"io"
	"strings"

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
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(report); err != nil {
		return broken(err)
	}
	// What a terminal would obey is escaped, which says the same in JSON.
	if _, err := io.WriteString(p.out, visible(strings.ReplaceAll(text.String(), "\x7f", `\u007f`))); err != nil {
		return broken(err)
	}
	return nil
}
