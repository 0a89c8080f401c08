package layout

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"
	"text/template/parse"

	"placard/internal/diag"
)

// A template is one layout, read: all that it names, each with its offset in the file.
type template struct {
	file  string
	lines []int // where each line begins

	functions []call
	fields    []field
	partials  []reference
	messages  []mention
	assets    []mention
	texts     []mention // what is printed as it stands
	defines   map[string]bool
	strings   map[string]bool // all texts between quotes in actions
	complain  []Complaint

	depth int // of branches, while it is read
}

// A call is a function, with the method where it is the name of several: "os.Getenv".
type call struct {
	name   string
	text   string // as it is written
	offset int
	bare   bool // without arguments
}

// A field is one that is asked of the page, or of whatever stands for it.
type field struct {
	name   string // the first of the chain
	text   string // the chain as it is written
	offset int
}

// A reference names another template. name is its path below layouts/, or empty where it is decided only when the page is
// made.
type reference struct {
	written, name string
	partial       bool // whether it is called as a partial
	always        bool // whether it is called each time, and not only in some branch
	offset        int
}

type mention struct {
	name   string
	offset int
}

// A Complaint is a place where a layout gives up, or warns: a call of errorf or warnf.
type Complaint struct {
	At     diag.Position
	Format string // in the form of package fmt; empty where it is not written there
}

// Complaints returns the calls of errorf and warnf in a layout.
func Complaints(name string, data []byte) []Complaint {
	t, fault := read(name, data)
	if fault != nil {
		return nil
	}
	return t.complain
}

// linesOf returns where each line begins.
func linesOf(data []byte) []int {
	lines := []int{0}
	for i, c := range data {
		if c == '\n' {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// Syntax returns the finding for a template that cannot be parsed, or nil.
func Syntax(name string, data []byte) *diag.Finding {
	_, fault := read(name, data)
	return fault
}

// place returns the position of an offset.
func (t *template) place(offset int) diag.Position {
	line := sort.SearchInts(t.lines, offset+1)
	return diag.Position{File: t.file, Line: line, Column: offset - t.lines[line-1] + 1}
}

// read parses a layout. Which functions there are is not asked yet.
func read(name string, data []byte) (*template, *diag.Finding) {
	t := &template{file: name, lines: linesOf(data), defines: map[string]bool{}, strings: map[string]bool{}}
	trees := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(data), "", "", trees); err != nil {
		return nil, t.fault(data, err)
	}
	for _, defined := range slices.Sorted(maps.Keys(trees)) {
		t.depth = 0
		if defined != name {
			t.defines[defined] = true
			t.depth = 1 // who knows when that is called
		}
		t.list(trees[defined].Root)
	}
	return t, nil
}

func (t *template) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		t.node(n)
	}
}

func (t *template) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		t.texts = append(t.texts, mention{string(n.Text), int(n.Pos)})
	case *parse.ActionNode:
		t.pipe(n.Pipe)
	case *parse.IfNode:
		t.branch(&n.BranchNode)
	case *parse.WithNode:
		t.branch(&n.BranchNode)
	case *parse.RangeNode:
		t.branch(&n.BranchNode)
	case *parse.TemplateNode:
		t.partials = append(t.partials, reference{written: n.Name, name: n.Name, always: t.depth == 0, offset: int(n.Pos)})
		t.pipe(n.Pipe)
	}
}

func (t *template) branch(b *parse.BranchNode) {
	t.pipe(b.Pipe)
	t.depth++
	t.list(b.List)
	t.list(b.ElseList)
	t.depth--
}

func (t *template) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for i, c := range p.Cmds {
		if len(c.Args) > 0 {
			t.command(c, i > 0)
		}
	}
}

// command reads one function with its arguments; piped is whether it is given one more by the command before it.
func (t *template) command(c *parse.CommandNode, piped bool) {
	name, offset := function(c.Args[0])
	args := c.Args[1:]
	first, constant := "", false
	if len(args) > 0 {
		if s, ok := args[0].(*parse.StringNode); ok {
			first, constant, offset = s.Text, true, int(s.Pos)
		}
	}
	switch name {
	case "partial", "partialCached", "partials.Include", "partials.IncludeCached":
		t.partials = append(t.partials, reference{written: first, name: partialName(first), partial: true, always: t.depth == 0, offset: offset})
	case "T", "i18n", "lang.Translate":
		if constant {
			t.messages = append(t.messages, mention{first, offset})
		}
	case "resources.Get":
		if constant {
			t.assets = append(t.assets, mention{first, offset})
		}
	case "errorf", "warnf", "fmt.Errorf", "fmt.Warnf", "erroridf", "warnidf", "fmt.Erroridf", "fmt.Warnidf":
		format := args
		if strings.HasSuffix(name, "idf") && len(args) > 0 { // their first argument is an ID
			format = args[1:]
		}
		text := ""
		if len(format) > 0 {
			if s, ok := format[0].(*parse.StringNode); ok {
				text = s.Text
			}
		}
		_, at := function(c.Args[0])
		t.complain = append(t.complain, Complaint{t.place(at), text})
	}
	for i, arg := range c.Args {
		t.argument(arg, i == 0 && len(args) == 0 && !piped)
	}
}

// partialName returns the path of a partial below layouts/, as Hugo finds it: its ending may be left out.
func partialName(written string) string {
	if written == "" {
		return ""
	}
	name := strings.TrimPrefix(written, "/")
	if !strings.Contains(name[strings.LastIndex(name, "/")+1:], ".") {
		name += ".html"
	}
	return strings.TrimPrefix(partialsDir, layoutsDir) + name
}

// function returns the name of the function that a node calls, "os.Getenv" or "partial", and where it stands.
func function(n parse.Node) (name string, offset int) {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		return n.Ident, int(n.Pos)
	case *parse.ChainNode:
		if id, ok := n.Node.(*parse.IdentifierNode); ok {
			return id.Ident + "." + n.Field[0], int(id.Pos)
		}
	}
	return "", int(n.Position())
}

func (t *template) argument(n parse.Node, bare bool) {
	switch n := n.(type) {
	case *parse.StringNode:
		t.strings[n.Text] = true
	case *parse.PipeNode:
		t.pipe(n)
	case *parse.IdentifierNode:
		t.functions = append(t.functions, call{n.Ident, n.Ident, int(n.Pos), bare})
	case *parse.ChainNode:
		if name, offset := function(n); name != "" {
			t.functions = append(t.functions, call{name, name, offset, bare})
			if space, _, _ := strings.Cut(name, "."); space == "page" {
				t.fields = append(t.fields, field{n.Field[0], name, offset})
			}
			return
		}
		t.argument(n.Node, false)
	case *parse.FieldNode:
		t.field(n.Ident, n.Ident, n.String(), int(n.Pos))
	case *parse.VariableNode:
		if n.Ident[0] == "$" && len(n.Ident) > 1 {
			t.field(n.Ident[1:], n.Ident, n.String(), int(n.Pos))
		}
	}
}

// field notes the fields of a chain. Of a chain of several, the parser gives the place of the second.
func (t *template) field(names, chain []string, text string, offset int) {
	if len(chain) > 1 {
		offset -= len(text) - len(strings.Join(chain[1:], ".")) - 1
	}
	name := names[0]
	if name == "Site" && len(names) > 1 {
		t.functions = append(t.functions, call{"site." + names[1], text, offset, false})
		return
	}
	t.fields = append(t.fields, field{name, text, offset})
}

var (
	parseError = regexp.MustCompile(`^template: .*?:(\d+): (?s)(.*)$`)
	opening    = regexp.MustCompile(`\{\{-?\s*(if|with|range|define|block|end)\b`)
	comment    = regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
)

// fault returns the finding for a layout that cannot be parsed.
func (t *template) fault(data []byte, err error) *diag.Finding {
	f := &diag.Finding{ID: "layout-syntax", At: diag.Position{File: t.file}, Args: diag.Args{"Text": err.Error()}}
	m := parseError.FindStringSubmatch(err.Error())
	if m == nil {
		return f
	}
	line := 0
	for _, digit := range m[1] {
		line = 10*line + int(digit-'0')
	}
	text, _, _ := strings.Cut(m[2], "\n")
	f.At.Line, f.Args["Text"] = line, text
	said := func(prefix string) bool { return strings.HasPrefix(text, prefix) }
	switch {
	case said("unexpected EOF"):
		if word, offset, ok := unended(data); ok {
			f.ID, f.At, f.Args = "layout-end-missing", t.place(offset), diag.Args{"Word": word}
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
func (t *template) toAction(f *diag.Finding, data []byte) {
	if i := bytes.LastIndex(t.lineOf(f, data), []byte("{{")); i >= 0 {
		f.At.Column = i + 1
	}
}

// toText gives a finding the column of a text on its line.
func (t *template) toText(f *diag.Finding, data []byte, text string) {
	if i := bytes.Index(t.lineOf(f, data), []byte(text)); i >= 0 {
		f.At.Column = i + 1
	}
}

func (t *template) lineOf(f *diag.Finding, data []byte) []byte {
	if f.At.Line < 1 || f.At.Line > len(t.lines) {
		return nil
	}
	line := data[t.lines[f.At.Line-1]:]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	return line
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
