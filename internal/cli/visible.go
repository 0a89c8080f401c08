package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"placard/internal/diag"
	"placard/internal/plain"
)

// coloured is a text with marks of our own for the terminal, the rest of which is visible already.
type coloured string

// visible shows what a terminal would obey, or what would turn words around, as the escapes of Go ("\x1b", "\u202e"): texts that were sealed
// before such characters were refused may have them. Lines stay lines.
func visible(text string) string {
	if !strings.ContainsFunc(text, obeyed) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !obeyed(r):
			b.WriteRune(r)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func obeyed(r rune) bool {
	return r != '\n' && r != utf8.RuneError && r <= 0xffff && (plain.IsControl(r) || plain.IsDirection(r))
}

// visibleArgs are the arguments of a message with all texts visible.
func visibleArgs(args diag.Args) diag.Args {
	shown := diag.Args{}
	for name, value := range args {
		switch value := value.(type) {
		case string:
			shown[name] = visible(value)
		case []string:
			var all []string
			for _, text := range value {
				all = append(all, visible(text))
			}
			shown[name] = all
		default:
			shown[name] = value
		}
	}
	return shown
}
