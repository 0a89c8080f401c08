package template

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"placard/internal/diag"
)

var (
	parseError = regexp.MustCompile(`^template: .*?:(\d+): (?s)(.*)$`)
	opening    = regexp.MustCompile(`\{\{-?\s*(if|with|range|define|block|end)\b`)
	comment    = regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
)

// fault returns the finding for a layout that cannot be parsed.
func (t *Template) fault(data []byte, err error) *diag.Finding {
	f := &diag.Finding{ID: "layout-syntax", At: diag.Position{File: t.File}, Args: diag.Args{"Text": err.Error()}}
	m := parseError.FindStringSubmatch(err.Error())
	if m == nil {
		return f
	}
	text := firstLine(m[2])
	f.At.Line, f.Args["Text"] = number(m[1]), text
	said := func(prefix string) bool { return strings.HasPrefix(text, prefix) }
	switch {
	case said("unexpected EOF"):
		if word, offset, ok := unended(data); ok {
			f.ID, f.At, f.Args = "layout-end-missing", t.Place(offset), diag.Args{"Word": word}
		}
	case said("unexpected {{end}}"), said("unexpected {{else}}"):
		f.ID, f.Args = "layout-end-extra", diag.Args{"Word": strings.Trim(strings.TrimPrefix(text, "unexpected "), "{}")}
	case said("unclosed action"), said("unexpected \"}\" in operand"), said("unterminated quoted string"), said("unterminated raw quoted string"),
		said("unclosed left paren"), said("unexpected right paren"), said("unexpected \"{\""), said("bad character"):
		f.ID, f.Args = "layout-action-open", diag.Args{}
		t.toAction(f, data)
	case said("unclosed comment"), said("comment ends before closing delimiter"):
		f.ID, f.Args = "layout-comment-open", diag.Args{}
		t.toAction(f, data)
	case said("undefined variable "):
		name := strings.Trim(strings.TrimPrefix(text, "undefined variable "), `"`)
		f.ID, f.Args = "layout-variable", diag.Args{"Name": name}
		t.toText(f, data, name)
	case said("missing value for "):
		f.ID, f.Args = "layout-value-missing", diag.Args{"Word": strings.TrimPrefix(text, "missing value for ")}
		t.toAction(f, data)
	default:
		t.toAction(f, data)
	}
	return f
}

// toAction gives a finding the column of the last action that begins on its line.
func (t *Template) toAction(f *diag.Finding, data []byte) {
	if i := bytes.LastIndex(t.lines.Line(data, f.At.Line), []byte("{{")); i >= 0 {
		f.At.Column = i + 1
	}
}

// toText gives a finding the column of a text on its line.
func (t *Template) toText(f *diag.Finding, data []byte, text string) {
	if i := bytes.Index(t.lines.Line(data, f.At.Line), []byte(text)); i >= 0 {
		f.At.Column = i + 1
	}
}

// unended returns the last {{ if }}, {{ range }} and so on that no {{ end }} ends.
func unended(data []byte) (word string, offset int, ok bool) {
	plain := comment.ReplaceAllFunc(data, // blanked, so that offsets stay
		func(b []byte) []byte { return bytes.Repeat([]byte("."), len(b)) })
	type open struct {
		word   string
		offset int
	}
	var stack []open
	for _, m := range opening.FindAllSubmatchIndex(plain, -1) {
		word := string(plain[m[2]:m[3]])
		if word != "end" {
			stack = append(stack, open{word, m[0]})
		} else if len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) == 0 {
		return "", 0, false
	}
	last := stack[len(stack)-1]
	return last.word, last.offset, true
}

// A Failure is where a template stopped while a page was made of it.
type Failure struct {
	// Name is that of the template, which Hugo gives by its path below layouts/.
	Name string
	// Line and Column count from 1; 0 is unknown.
	Line, Column int
	// Expression is what could not be done, as it is written there; empty where it is the HTML around it that is broken.
	Expression string
	// Reason is the first line of why not.
	Reason string
}

var (
	executing = regexp.MustCompile(`(?s)^template: ([^:\s]+):(\d+):(\d+): executing "[^"]*" at <(.*?)>: (.*)$`)
	escaping  = regexp.MustCompile(`(?s)html/template:([^:\s]+)(?::(\d+))?(?::(\d+))?: (.*)$`)
)

// Failed reads what Go's templates say of a failure, and reports whether they do. Of templates that call one another it is the
// innermost, where the fault is, and not where that was called from.
func Failed(text string) (Failure, bool) {
	if begin := strings.LastIndex(text, ": executing \""); begin >= 0 {
		if m := executing.FindStringSubmatch(text[max(0, strings.LastIndex(text[:begin], "template: ")):]); m != nil {
			return Failure{m[1], number(m[2]), number(m[3]) + 1, m[4], firstLine(m[5])}, true // they count columns from 0
		}
	}
	if m := escaping.FindStringSubmatch(text); m != nil {
		f := Failure{Name: m[1], Line: number(m[2]), Reason: firstLine(m[4])}
		if m[3] != "" {
			f.Column = number(m[3]) + 1
		}
		return f, true
	}
	return Failure{}, false
}

// number reads digits; what is too large to be a line is 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
