package fields

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"placard/internal/diag"
)

// A slip is a frequent reason why a parser stops, told from the line itself: parsers say what they expected, and
// not what the author did. Line and column count from 1, column in bytes.
type slip struct {
	line, column int
	id           string
	args         diag.Args
}

func (s slip) add(at diag.Position, first int, findings *diag.Findings, related ...diag.Related) {
	at.Line, at.Column = first+s.line-1, s.column
	findings.Add(at, s.id, s.args, related...)
}

// curly are the marks that word processors put in the place of straight quotation marks.
const curly = "“”„‟‘’‚‛«»"

func startsCurly(value string) bool {
	r, _ := utf8.DecodeRuneInString(value)
	return strings.ContainsRune(curly, r) && value != ""
}

// straight is a value without the marks around it, between straight quotation marks.
func straight(value string) string { return quoted(strings.Trim(value, curly+`"' `)) }

// quoted puts a value between quotation marks that do not occur in it, as TOML and YAML both read it.
func quoted(value string) string {
	switch {
	case !strings.ContainsAny(value, `"\`):
		return `"` + value + `"`
	case !strings.Contains(value, "'"):
		return "'" + value + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// quoteSlip looks at a value that begins with a straight quotation mark: one that is not closed, or is closed too early.
// column is where the value begins.
func quoteSlip(value string, escapes bool, line, column int) (slip, bool) {
	quote := value[0]
	end := 1
	for end < len(value) && value[end] != quote {
		if escapes && quote == '"' && value[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(value) {
		return slip{line, column, "quote-open", diag.Args{"Text": value[1:]}}, true
	}
	if rest := strings.TrimSpace(value[end+1:]); rest != "" && rest[0] != '#' && rest[0] != ',' && rest[0] != ']' {
		return slip{line, column + end, "quote-within", diag.Args{"Rest": rest, "Better": quoted(unwrapped(value))}}, true
	}
	return slip{}, false
}

// unwrapped is a value without the quotation marks that it both begins and ends with.
func unwrapped(value string) string {
	if last := len(value) - 1; last > 0 && value[0] == value[last] {
		return value[1:last]
	}
	return value
}

var (
	yamlKey   = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_-]*)( *):(.*)$`)
	yamlBlock = regexp.MustCompile(`^ *[|>][-+0-9]* *$`)
)

// yamlSlip finds the first frequent mistake in front matter that cannot be read, or is no table of keys.
func yamlSlip(data []byte) (slip, bool) {
	number, block := 0, false
	for raw := range bytes.Lines(data) {
		number++
		line := strings.TrimRight(string(raw), "\r\n")
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if i := strings.IndexByte(indent, '\t'); i >= 0 {
			return slip{number, i + 1, "yaml-tab", nil}, true
		}
		if indent != "" || line == "" || line[0] == '#' {
			continue
		}
		m := yamlKey.FindStringSubmatch(line)
		switch {
		case m == nil && number > 1 && !block && !strings.HasPrefix(line, "- "):
			return slip{number, 1, "yaml-no-key", diag.Args{"Text": line}}, true
		case m == nil && !strings.HasPrefix(line, "- "):
			return slip{number, 1, "yaml-no-colon", diag.Args{"Text": line}}, true
		case m == nil:
			continue
		}
		block = yamlBlock.MatchString(m[3])
		if s, ok := yamlValueSlip(m[1], m[3], number, len(m[1])+len(m[2])+2); ok {
			return s, true
		}
	}
	return slip{}, false
}

// yamlValueSlip looks at what stands behind the colon of a key; column is where that begins.
func yamlValueSlip(key, rest string, line, column int) (slip, bool) {
	value := strings.TrimSpace(rest)
	at := column + strings.Index(rest, value)
	better := func(value string) diag.Args { return diag.Args{"Key": key, "Better": key + ": " + value} }
	switch {
	case value == "":
	case rest[0] != ' ':
		if rest[0] == '"' || rest[0] == '\'' {
			return slip{line, column, "yaml-colon-space", better(value)}, true
		}
		return slip{line, column, "yaml-colon-space", better(quoted(value))}, true
	case startsCurly(value):
		return slip{line, at, "quote-curly", better(straight(value))}, true
	case value[0] == '"', value[0] == '\'':
		return quoteSlip(value, true, line, at)
	case strings.ContainsRune("@`%|>*&!{}[]?,#", rune(value[0])) && !yamlBlock.MatchString(rest):
		return slip{line, at, "yaml-first-sign", diag.Args{"Sign": value[:1], "Better": key + ": " + quoted(value)}}, true
	case strings.Contains(value, ": "), strings.HasSuffix(value, ":"):
		return slip{line, at + strings.IndexByte(value, ':'), "yaml-colon-within", better(quoted(value))}, true
	}
	return slip{}, false
}

var (
	tomlEquals = regexp.MustCompile(`^(\s*)([A-Za-z0-9_."'-]+)(\s*)=(\s*)(.*)$`)
	tomlColon  = regexp.MustCompile(`^(\s*)([A-Za-z0-9_-]+)\s*:\s*(.*)$`)
	tomlKey    = regexp.MustCompile(`^(\s*)([A-Za-z0-9_-]+)\s+(["'\[“].*|[^=\s\[].*)$`)
	tomlValue  = regexp.MustCompile(`^(?:[+-]?[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9_]+)?|0[xob][0-9A-Fa-f_]+|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?|[+-]?(?:inf|nan)|true|false|[\["'{].*)\s*(?:#.*)?$`)
)

// tomlSlip looks at the line in which a parser of TOML stopped, and at the one before.
func tomlSlip(data []byte, line int) (slip, bool) {
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	for _, n := range []int{line, line - 1} {
		if n < 1 || n > len(lines) {
			continue
		}
		if s, ok := tomlLineSlip(lines[n-1], n); ok {
			return s, true
		}
	}
	// A list that is not closed stops the parser where the next key begins.
	open := 0
	for n := min(line, len(lines)) - 1; n >= 1; n-- {
		m := tomlEquals.FindStringSubmatchIndex(lines[n-1])
		open += strings.Count(lines[n-1], "[") - strings.Count(lines[n-1], "]")
		if m == nil {
			continue
		}
		if strings.HasPrefix(lines[n-1][m[10]:], "[") && open > 0 {
			return slip{n, m[10] + 1, "toml-bracket", nil}, true
		}
		break // the key before is whole
	}
	return slip{}, false
}

func tomlLineSlip(line string, number int) (slip, bool) {
	m := tomlEquals.FindStringSubmatch(line)
	if m == nil {
		if c := tomlColon.FindStringSubmatch(line); c != nil {
			return slip{number, len(c[1]) + len(c[2]) + 1, "toml-equals", diag.Args{"Better": c[2] + " = " + tomlBetter(c[3])}}, true
		}
		if k := tomlKey.FindStringSubmatch(line); k != nil {
			return slip{number, len(k[1]) + len(k[2]) + 1, "toml-equals", diag.Args{"Better": k[2] + " = " + tomlBetter(k[3])}}, true
		}
		return slip{}, false
	}
	key, value := m[2], strings.TrimRight(m[5], " \t")
	column := len(m[1]) + len(m[2]) + len(m[3]) + len(m[4]) + 2
	switch {
	case value == "" || value[0] == '#':
		return slip{number, column, "toml-no-value", diag.Args{"Key": key}}, true
	case startsCurly(value):
		return slip{number, column, "quote-curly", diag.Args{"Key": key, "Better": key + " = " + straight(value)}}, true
	case strings.HasPrefix(value, `"""`), strings.HasPrefix(value, `'''`):
		return slip{}, false
	case value[0] == '"' || value[0] == '\'':
		if i := badEscape(value); value[0] == '"' && i >= 0 {
			return slip{number, column + i, "toml-backslash", diag.Args{"Better": key + " = " + strings.ReplaceAll(value, `"`, "'")}}, true
		}
		return quoteSlip(value, true, number, column)
	case value[0] == '[':
		return tomlListSlip(value, number, column)
	case !tomlValue.MatchString(value):
		args := DateArgs(value)
		args["Better"] = key + " = " + tomlBetter(value)
		if args["Near"] != "" && args["Or"] == "" {
			args["Better"] = key + " = " + quoted(args["Near"].(string))
		}
		return slip{number, column, "toml-bare", args}, true
	}
	return slip{}, false
}

// tomlBetter is a value as it should be: what has straight quotation marks, brackets or is a number stays.
func tomlBetter(value string) string {
	if tomlValue.MatchString(value) {
		return value
	}
	return straight(value)
}

// badEscape returns where a backslash stands before what it cannot stand before in a text between "; or -1.
func badEscape(value string) int {
	for i := 1; i+1 < len(value); i++ {
		if value[i] == '\\' {
			if !strings.ContainsRune(`btnfre"\uU`, rune(value[i+1])) {
				return i
			}
			i++
		}
	}
	return -1
}

var (
	withoutComma = regexp.MustCompile(`["'](?:[^"',]*)["']\s+["']`)
	bareInList   = regexp.MustCompile(`[\[,]\s*([A-Za-z“”„«][^,\]"']*)`)
)

// tomlListSlip looks at a list that begins in a line.
func tomlListSlip(value string, number, column int) (slip, bool) {
	if m := bareInList.FindStringSubmatchIndex(value); m != nil && !strings.ContainsAny(value[:m[2]], `"'`) {
		word := strings.TrimSpace(value[m[2]:m[3]])
		id := "toml-bare"
		if startsCurly(word) {
			id = "quote-curly"
		}
		return slip{number, column + m[2], id, diag.Args{"Value": word, "Better": straight(word), "Near": "", "Or": "", "Days": 0}}, true
	}
	if m := withoutComma.FindStringIndex(value); m != nil {
		return slip{number, column + m[1] - 1, "toml-comma", nil}, true
	}
	if strings.Count(value, "]") < strings.Count(value, "[") {
		return slip{number, column, "toml-bracket", nil}, true
	}
	return slip{}, false
}

var tomlTwice = regexp.MustCompile(`^(?:key|table) (\S+) (?:is already defined|already exists)`)

// tomlKeyLine returns the first line, before the given one, that defines a key or the head of a table; or 0.
func tomlKeyLine(data []byte, key string, before int) int {
	form := regexp.MustCompile(`^\s*(?:` + regexp.QuoteMeta(key) + `\s*=|\[\[?(?:[^\]]*\.)?` + regexp.QuoteMeta(key) + `\]?\])`)
	number := 0
	for line := range bytes.Lines(data) {
		if number++; number >= before {
			return 0
		}
		if form.Match(line) {
			return number
		}
	}
	return 0
}
