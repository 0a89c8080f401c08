// Package template reads a layout, which is a template of Hugo, without making a page of it: what it calls, asks for and
// names, each with its place; or why it cannot be read. It asks not whether there is what is named.
package template

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"placard/internal/diag"
	"placard/internal/plain"
)

// A Template is one file of templates, read.
type Template struct {
	File string
	// Calls are the functions that it calls.
	Calls []Call
	// Fields are what it asks of the page, or of whatever stands for it.
	Fields []Field
	// References are the other templates that it calls.
	References []Reference
	// Messages and Assets are those that it names, where it does so in one text between quotes.
	Messages, Assets []Mention
	// Printed is what is printed as it stands, each text at its offset, with spaces for all else.
	Printed []byte
	// Complaints are the places where it gives up, or warns.
	Complaints []Complaint
	// Defines are the names that it gives to templates of its own, by {{ define }} or {{ block }}.
	Defines map[string]bool
	// Quoted are all texts between quotes in its actions.
	Quoted map[string]bool
	// Changes is whether it may change a value for whoever else has it, as .Store.Set does.
	Changes bool

	lines plain.Lines
	// While it is read:
	depth  int  // of branches
	moved  int  // of those in which the dot is something else
	within bool // a template that it defines
}

// A Call is one of a function.
type Call struct {
	// Name is that of the function, with the method where it is the name of several: "os.Getenv".
	Name string
	// Text is the call as it is written, without arguments.
	Text   string
	Offset int
	// Bare is whether it has no arguments.
	Bare bool
}

// A Field is a chain of names with a dot before each.
type Field struct {
	// Name is the first of the chain.
	Name string
	// Text is the chain as it is written.
	Text   string
	Offset int
}

// A Reference is a call of another template.
type Reference struct {
	// Written is the name as it stands there, empty where it is decided only when the page is made.
	Written string
	// Partial is whether it is called as a partial, by which its name need not be whole, and may be in any case.
	Partial bool
	// Always is whether it is called each time, and not only in some branch.
	Always bool
	// Same is whether it is given the same as the template that calls it.
	Same   bool
	Offset int
}

// A Mention is a text with its place.
type Mention struct {
	Text   string
	Offset int
}

// A Complaint is a call of errorf or warnf.
type Complaint struct {
	At diag.Position
	// Format is in the form of package fmt; empty where it is not written there.
	Format string
}

// Place returns the position of an offset in the file.
func (t *Template) Place(offset int) diag.Position { return t.lines.Place(t.File, offset) }

// Read reads the file of a path, or says why that cannot be done.
func Read(name string, data []byte) (*Template, *diag.Finding) {
	t := &Template{File: name, lines: plain.LinesOf(data), Printed: bytes.Repeat([]byte(" "), len(data)), Defines: map[string]bool{}, Quoted: map[string]bool{}}
	trees := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(data), "", "", trees); err != nil {
		return nil, t.fault(data, err)
	}
	for _, defined := range slices.Sorted(maps.Keys(trees)) {
		t.depth, t.within = 0, defined != name
		if t.within {
			t.Defines[defined] = true
			t.depth = 1 // who knows when that is called
		}
		t.list(trees[defined].Root)
	}
	return t, nil
}

func (t *Template) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		t.node(n)
	}
}

func (t *Template) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		copy(t.Printed[n.Pos:], n.Text)
	case *parse.ActionNode:
		t.pipe(n.Pipe)
	case *parse.IfNode:
		t.branch(&n.BranchNode, 0)
	case *parse.WithNode:
		t.branch(&n.BranchNode, 1)
	case *parse.RangeNode:
		t.branch(&n.BranchNode, 1)
	case *parse.TemplateNode:
		var given parse.Node
		if n.Pipe != nil && len(n.Pipe.Cmds) == 1 && len(n.Pipe.Cmds[0].Args) == 1 {
			given = n.Pipe.Cmds[0].Args[0]
		}
		t.References = append(t.References, Reference{Written: n.Name, Always: t.depth == 0, Same: t.isGiven(given), Offset: int(n.Pos)})
		t.pipe(n.Pipe)
	}
}

// branch reads what is done only sometimes; moved is 1 where the dot is another one there.
func (t *Template) branch(b *parse.BranchNode, moved int) {
	t.pipe(b.Pipe)
	t.depth++
	t.moved += moved
	t.list(b.List)
	t.moved -= moved
	t.list(b.ElseList)
	t.depth--
}

// isGiven reports whether a node is what the template is given, whole.
func (t *Template) isGiven(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.DotNode:
		return t.moved == 0 && !t.within
	case *parse.VariableNode:
		return len(n.Ident) == 1 && n.Ident[0] == "$" && !t.within
	}
	return false
}

func (t *Template) pipe(p *parse.PipeNode) {
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
func (t *Template) command(c *parse.CommandNode, piped bool) {
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
		same := len(args) > 1 && t.isGiven(args[1])
		t.References = append(t.References, Reference{Written: first, Partial: true, Always: t.depth == 0, Same: same, Offset: offset})
	case "T", "i18n", "lang.Translate":
		if constant {
			t.Messages = append(t.Messages, Mention{first, offset})
		}
	case "resources.Get":
		if constant {
			t.Assets = append(t.Assets, Mention{first, offset})
		}
	case "apply", "collections.Apply":
		if len(args) > 1 {
			if s, ok := args[1].(*parse.StringNode); ok {
				t.Calls = append(t.Calls, Call{s.Text, s.Text, int(s.Pos), false})
			}
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
		t.Complaints = append(t.Complaints, Complaint{t.Place(at), text})
	}
	lazy := 0 // "and" and "or" do not ask for more than they need
	if name == "and" || name == "or" {
		lazy = 1
	}
	for i, arg := range c.Args {
		t.depth += lazy
		t.argument(arg, i == 0 && len(args) == 0 && !piped)
		t.depth -= lazy
	}
}

// Files returns the paths below layouts/ at which a template of this name may lie, the likeliest first; empty where only the
// page decides. Hugo does not tell upper from lower case in the name of a partial, and its ending may be left out.
func (r Reference) Files() []string {
	switch {
	case r.Written == "":
		return nil
	case !r.Partial:
		return []string{r.Written}
	}
	name := strings.ToLower(path.Join("_partials", r.Written))
	if path.Ext(name) == "" {
		return []string{name + ".html"}
	}
	return []string{name, name + ".html"}
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

// changes are the methods of Hugo's stores that change them.
var changes = map[string]bool{"Add": true, "Set": true, "SetInMap": true, "Delete": true, "DeleteInMap": true}

// argument reads a value, or the function at the beginning of a command.
func (t *Template) argument(n parse.Node, bare bool) {
	switch n := n.(type) {
	case *parse.StringNode:
		t.Quoted[n.Text] = true
	case *parse.PipeNode:
		t.pipe(n)
	case *parse.IdentifierNode:
		t.Calls = append(t.Calls, Call{n.Ident, n.Ident, int(n.Pos), bare})
	case *parse.ChainNode:
		if id, ok := n.Node.(*parse.IdentifierNode); ok {
			t.chain(append([]string{id.Ident}, n.Field...), int(id.Pos), bare)
			return
		}
		t.Changes = t.Changes || changes[n.Field[len(n.Field)-1]]
		t.argument(n.Node, false)
	case *parse.FieldNode:
		t.Changes = t.Changes || changes[n.Ident[len(n.Ident)-1]]
		t.field(n.Ident, n.Ident, n.String(), int(n.Pos))
	case *parse.VariableNode:
		t.Changes = t.Changes || changes[n.Ident[len(n.Ident)-1]]
		if n.Ident[0] == "$" && len(n.Ident) > 1 {
			t.field(n.Ident[1:], n.Ident, n.String(), int(n.Pos))
		}
	}
}

// chain notes a function with what is asked of it: of page and site as if it were asked of the page.
func (t *Template) chain(names []string, offset int, bare bool) {
	text := strings.Join(names, ".")
	switch names[0] {
	case "page":
		t.Calls = append(t.Calls, Call{names[0], names[0], offset, false})
		t.asked(names[1:], text, offset)
	case "site":
		t.asked(append([]string{"Site"}, names[1:]...), text, offset)
	default:
		name := names[0] + "." + names[1]
		t.Calls = append(t.Calls, Call{name, name, offset, bare})
	}
}

// field notes the fields of a chain. Of a chain of several, the parser gives the place of the second.
func (t *Template) field(names, chain []string, text string, offset int) {
	if len(chain) > 1 {
		offset -= len(text) - len(strings.Join(chain[1:], ".")) - 1
	}
	t.asked(names, text, offset)
}

// asked notes what is asked of a page, or of its site, by whatever way.
func (t *Template) asked(names []string, text string, offset int) {
	for len(names) > 1 && names[0] == "Page" {
		names = names[1:]
	}
	if names[0] != "Site" || len(names) == 1 {
		t.Fields = append(t.Fields, Field{names[0], text, offset})
		return
	}
	of := names[1:]
	for len(of) > 1 && of[0] == "Current" {
		of = of[1:]
	}
	t.Calls = append(t.Calls, Call{"site." + of[0], text, offset, false})
}

// EndsInTag reports whether what it prints, read as one text, ends inside a tag. Where branches print halves of tags, it may err.
func (t *Template) EndsInTag() bool {
	within, quote := false, byte(0)
	for i, c := range t.Printed {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case within && (c == '"' || c == '\''):
			quote = c
		case c == '>':
			within = false
		case c == '<' && i+1 < len(t.Printed) && t.Printed[i+1] != ' ':
			within = true
		}
	}
	return within
}
