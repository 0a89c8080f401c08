package fields

import (
	"bytes"

	"placard/internal/diag"
	"placard/internal/plain"
)

const (
	// MaxTOML is the most bytes that a TOML file may have.
	MaxTOML = 1 << 20
	// maxNesting is how deep values may stand in one another.
	maxNesting = 100
)

// checkTOML finds what no parser is to see: too many bytes, characters that nobody sees, values too deep in one another.
func checkTOML(file string, data []byte) diag.Findings {
	var findings diag.Findings
	if len(data) > MaxTOML {
		findings.Add(diag.Position{File: file}, "file-too-long", diag.Args{"Limit": plain.Size(MaxTOML)})
		return findings
	}
	findings = plain.Check(file, data)
	if line := deepTOML(data); findings.Errors() == 0 && line > 0 {
		findings.Add(diag.Position{File: file, Line: line}, "nesting-too-deep", diag.Args{"Limit": maxNesting})
	}
	return findings
}

// deepTOML returns the line in which brackets, or the parts of a key with dots, stand deeper than maxNesting; or 0. What
// stands between quotes is text.
func deepTOML(data []byte) int {
	depth, dots, line := 0, 0, 1
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '\n':
			line, dots = line+1, 0
		case '#':
			if end := bytes.IndexByte(data[i:], '\n'); end >= 0 {
				i += end - 1
			} else {
				return 0
			}
		case '"', '\'':
			end := quotedTOML(data[i:])
			line += bytes.Count(data[i:i+end], []byte("\n"))
			i += end - 1
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '.':
			dots++
		}
		if depth > maxNesting || dots > maxNesting {
			return line
		}
	}
	return 0
}

// quotedTOML returns the length of the text between quotes that data begins with, the quotes included.
func quotedTOML(data []byte) int {
	quote, escapes := data[:1], data[0] == '"'
	triple := bytes.Repeat(quote, 3)
	if bytes.HasPrefix(data, triple) {
		quote = triple
	}
	for i := len(quote); i < len(data); i++ {
		switch {
		case escapes && data[i] == '\\':
			i++
		case bytes.HasPrefix(data[i:], quote):
			return i + len(quote)
		case data[i] == '\n' && len(quote) == 1:
			return i
		}
	}
	return len(data)
}

// deepYAML returns the line, from 1, in which brackets, lists in one line or indentation go deeper than maxNesting; or 0.
func deepYAML(data []byte) int {
	depth, line := 0, 0
	for text := range bytes.Lines(data) {
		line++
		words := bytes.TrimLeft(text, " ")
		if len(text)-len(words) > maxNesting {
			return line
		}
		if bytes.Count(words[:len(words)-len(bytes.TrimLeft(words, "-? :"))], []byte(" ")) > maxNesting {
			return line
		}
		for _, c := range text {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth--
			}
			if depth > maxNesting {
				return line
			}
		}
	}
	return 0
}
