package asset

import (
	"strings"

	"github.com/tdewolff/parse/v2"
	lexer "github.com/tdewolff/parse/v2/css"

	"placard/internal/diag"
	"placard/internal/plain"
)

// A sheet is a style sheet while it is read. Browsers drop what they do not understand of one, and say nothing; so does what
// makes it smaller.
type sheet struct {
	file     string
	data     []byte
	lines    plain.Lines
	policy   Policy
	findings diag.Findings
	local    []Address

	open  []brace
	begin int // where the statement begins that is being read; -1 between statements
	first lexer.TokenType
	name  string // the first token of the statement, in lower case: "@import"
	// colons are the offsets of the colons of the statement that stand in no brackets.
	colons []int
}

// An Address is one of the site itself that a style sheet loads, without what follows "#".
type Address struct {
	Text string
	At   diag.Position
}

// Addresses returns those of the site itself that a style sheet loads.
func Addresses(name string, data []byte) []Address { return css(name, data, Policy{}).local }

// A brace is a bracket that is open.
type brace struct {
	char     string
	offset   int
	function string // whose bracket it is, in lower case: "url("
}

var closing = map[string]string{"{": "}", "(": ")", "[": "]"}

// css finds what breaks a style sheet, and what it would ask of other hosts.
func css(name string, data []byte, policy Policy) *sheet {
	s := &sheet{file: name, data: data, lines: plain.LinesOf(data), policy: policy, begin: -1}
	tokens := lexer.NewLexer(parse.NewInputBytes(data))
	for offset := 0; ; {
		kind, text := tokens.Next()
		if kind == lexer.ErrorToken { // the end: there is nothing that is no token
			break
		}
		if !s.token(kind, string(text), offset) {
			return s
		}
		offset += len(text)
	}
	if len(s.open) > 0 {
		last := s.open[len(s.open)-1]
		s.add(last.offset, "css-open", diag.Args{"Text": last.char})
	} else if s.begin >= 0 {
		s.statement(len(data), true)
	}
	return s
}

func (s *sheet) add(offset int, id string, args diag.Args) {
	s.findings.Add(s.lines.Place(s.file, offset), id, args)
}

// token reads one token, and reports whether the next one can be made sense of.
func (s *sheet) token(kind lexer.TokenType, text string, offset int) bool {
	switch kind {
	case lexer.WhitespaceToken:
		return true
	case lexer.CommentToken:
		if !strings.HasSuffix(text, "*/") || len(text) < 4 {
			s.add(offset, "css-open", diag.Args{"Text": "/*"})
			return false
		}
		return true
	case lexer.BadStringToken:
		s.add(offset, "css-open", diag.Args{"Text": text[:1]})
		return false
	case lexer.BadURLToken:
		s.add(offset, "css-open", diag.Args{"Text": "url("})
		return false
	case lexer.RightBraceToken, lexer.RightParenthesisToken, lexer.RightBracketToken:
		if len(s.open) == 0 || closing[s.open[len(s.open)-1].char] != text {
			if len(s.open) > 0 && s.open[len(s.open)-1].char != "{" {
				last := s.open[len(s.open)-1]
				s.add(last.offset, "css-open", diag.Args{"Text": last.char})
			} else {
				s.add(offset, "css-extra", diag.Args{"Text": text})
			}
			return false
		}
		if text == "}" {
			s.statement(offset, true)
		}
		s.open = s.open[:len(s.open)-1]
		return true
	case lexer.SemicolonToken:
		if s.inBlock() {
			s.statement(offset, true)
			return true
		}
	case lexer.LeftBraceToken:
		if s.inBlock() {
			s.statement(offset, false)
			s.open = append(s.open, brace{"{", offset, ""})
			return true
		}
	}
	if s.begin < 0 {
		s.begin, s.first, s.name = offset, kind, strings.ToLower(text)
	}
	switch kind {
	case lexer.FunctionToken:
		s.open = append(s.open, brace{"(", offset + len(text) - 1, strings.ToLower(text)})
	case lexer.LeftParenthesisToken, lexer.LeftBracketToken, lexer.LeftBraceToken:
		s.open = append(s.open, brace{text, offset, ""})
	case lexer.ColonToken:
		if s.inBlock() {
			s.colons = append(s.colons, offset)
		}
	case lexer.URLToken, lexer.StringToken:
		s.address(kind, text, offset)
	}
	return true
}

// inBlock reports whether what is read stands in no bracket but the braces of rules.
func (s *sheet) inBlock() bool { return len(s.open) == 0 || s.open[len(s.open)-1].char == "{" }

// statement ends one before the given offset: a rule's selector, if a brace follows, or else a declaration. ended is whether
// it is one.
func (s *sheet) statement(end int, ended bool) {
	begin, first, colons := s.begin, s.first, s.colons
	s.begin, s.colons = -1, nil
	if begin < 0 || !ended || first == lexer.AtKeywordToken || strings.HasPrefix(s.name, "--") {
		return
	}
	text := diag.Args{"Text": shorten(string(s.data[begin:end]))}
	switch {
	case len(colons) == 0 || len(s.open) == 0:
		s.add(begin, "css-declaration", text)
	case len(colons) > 1:
		s.add(begin, "css-semicolon", text)
	}
}

// address finds what a style sheet would load: nothing from other hosts, and no further style sheet, since all are made one.
func (s *sheet) address(kind lexer.TokenType, text string, offset int) {
	imported := s.name == "@import"
	loaded := kind == lexer.URLToken || len(s.open) > 0 && s.open[len(s.open)-1].function == "url("
	if !imported && !loaded || s.name == "@namespace" { // which is only a name
		return
	}
	address := strings.TrimSpace(text)
	if len(address) > 4 && strings.EqualFold(address[:4], "url(") {
		address = strings.TrimSpace(strings.TrimSuffix(address[4:], ")"))
	}
	address = strings.Trim(address, `"'`)
	switch {
	case imported && !isForeign(address):
		s.add(s.begin, "css-import", diag.Args{"Text": address})
	case imported && s.policy.AllowsFrom(address, "style-src-elem"):
	case isForeign(address) && (imported || !s.policy.AllowsFrom(address, "img-src", "font-src")):
		s.add(offset, "css-foreign", diag.Args{"Text": shorten(address)})
	case strings.HasPrefix(strings.ToLower(address), "data:") && !s.policy.AllowsFrom("data:", "img-src", "font-src"):
		s.add(offset, "css-data", nil)
	case !imported && !strings.Contains(address, ":"):
		if file, _, _ := strings.Cut(address, "#"); file != "" {
			s.local = append(s.local, Address{file, s.lines.Place(s.file, offset)})
		}
	}
}

// shorten makes of a text one line that a message can show.
func shorten(text string) string {
	const most = 60
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text[:min(len(text), 8*most)], "")), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " …"
	}
	return text
}
