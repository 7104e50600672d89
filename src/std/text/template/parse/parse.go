// Package parse makes trees of templates.
//
// scan.go cuts a template into tokens, parse.go makes nodes of them, node.go and number.go are the nodes.
// Go: src/text/template/parse.
package parse

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
)

// Mode changes how templates are parsed.
type Mode uint

const (
	ParseComments Mode = 1 << iota
	SkipFuncCheck
)

// Tree is a parsed template.
type Tree struct {
	Name      string // what {{template}} calls it
	ParseName string // of the whole text, for errors
	Root      *ListNode
	Mode      Mode
	text      string
	funcs     []map[string]any
	parser    *parser
	unused    [23]uintptr // as large as Go's
}

// parser is what the trees of one text share while they are made.
type parser struct {
	scan   *scanner
	ahead  []token // not yet taken
	last   token   // the last that was scanned
	set    map[string]*Tree
	action int // line of the action that is being parsed, 0 outside
	depth  int // of parentheses
	vars   []string
	ranges int // around this place
}

const deepest = 10000

// New returns a tree without nodes.
func New(name string, funcs ...map[string]any) *Tree { return &Tree{Name: name, funcs: funcs} }

// Parse makes the trees of a text: its own and those that it defines.
func Parse(name, text, leftDelim, rightDelim string, funcs ...map[string]any) (map[string]*Tree, error) {
	set := map[string]*Tree{}
	_, err := New(name).Parse(text, leftDelim, rightDelim, set, funcs...)
	return set, err
}

// Copy returns a copy.
func (t *Tree) Copy() *Tree {
	if t == nil {
		return nil
	}
	return &Tree{Name: t.Name, ParseName: t.ParseName, Root: t.Root.CopyList(), text: t.text}
}

// ErrorContext says where a node is and what it is.
func (t *Tree) ErrorContext(n Node) (location, context string) {
	owner := n.tree()
	if owner == nil {
		owner = t
	}
	before := owner.text[:n.Position()]
	column := len(before) - 1 - strings.LastIndexByte(before, '\n')
	return fmt.Sprintf("%s:%d:%d", owner.ParseName, 1+strings.Count(before, "\n"), column), n.String()
}

// Parse fills the tree, and adds it and those that the text defines to treeSet.
func (t *Tree) Parse(text, leftDelim, rightDelim string, treeSet map[string]*Tree, funcs ...map[string]any) (tree *Tree, err error) {
	defer t.caught(&err)
	t.ParseName, t.text, t.Root = t.Name, text, nil
	scan := newScanner(text, leftDelim, rightDelim)
	t.begin(&parser{scan: scan, set: treeSet}, funcs)
	scan.comments = t.Mode&ParseComments != 0
	for _, word := range []string{"break", "continue"} {
		if t.knows(word) {
			scan.asNames += " " + word + " "
		}
	}
	t.Root = &ListNode{base: t.at(NodeList, t.peek().pos)}
	for t.peek().kind != tokenEnd {
		if t.peek().kind == tokenOpen && t.definition() {
			continue
		}
		n := t.piece()
		if _, ok := n.(*markNode); ok {
			t.fail("unexpected %s", n)
		}
		t.Root.Nodes = append(t.Root.Nodes, n)
	}
	t.add()
	t.end()
	return t, nil
}

func (t *Tree) begin(p *parser, funcs []map[string]any) {
	p.vars = []string{"$"}
	t.parser, t.funcs = p, funcs
}

func (t *Tree) end() { t.parser, t.funcs = nil, nil }

// caught turns a panic about the template into an error.
func (t *Tree) caught(err *error) {
	e := recover()
	if e == nil {
		return
	}
	if _, ok := e.(runtime.Error); ok {
		panic(e)
	}
	t.end()
	*err = e.(error)
}

func (t *Tree) fail(format string, args ...any) {
	t.Root = nil
	panic(fmt.Errorf("template: %s:%d: %s", t.ParseName, t.parser.last.line, fmt.Sprintf(format, args...)))
}

// add puts the tree into the set. Of two with a name one must be empty.
func (t *Tree) add() {
	set := t.parser.set
	if old := set[t.Name]; old == nil || IsEmptyTree(old.Root) {
		set[t.Name] = t
	} else if !IsEmptyTree(t.Root) {
		t.fail("template: multiple definition of template %q", t.Name)
	}
}

// IsEmptyTree reports whether nothing but space and comments is there.
func IsEmptyTree(n Node) bool {
	switch n := n.(type) {
	case nil, *CommentNode:
		return true
	case *TextNode:
		return strings.TrimSpace(string(n.Text)) == ""
	case *ListNode:
		for _, inner := range n.Nodes {
			if !IsEmptyTree(inner) {
				return false
			}
		}
		return true
	case *ActionNode, *IfNode, *RangeNode, *TemplateNode, *WithNode:
		return false
	}
	panic("unknown node: " + n.String())
}

// ---- tokens ----

func (t *Tree) peekAt(i int) token {
	p := t.parser
	for len(p.ahead) <= i {
		p.last = p.scan.next()
		p.ahead = append(p.ahead, p.last)
	}
	return p.ahead[i]
}

func (t *Tree) peek() token { return t.peekAt(0) }

func (t *Tree) next() token {
	first := t.peekAt(0)
	t.parser.ahead = t.parser.ahead[1:]
	return first
}

// want takes a token that must be of a kind.
func (t *Tree) want(kind tokenKind, context string) token {
	got := t.next()
	if got.kind != kind {
		t.unexpected(got, context)
	}
	return got
}

func (t *Tree) unexpected(got token, context string) {
	if got.kind != tokenFault {
		t.fail("unexpected %s in %s", got, context)
	}
	where := ""
	if from := t.parser.action; from != 0 && from != got.line {
		where = fmt.Sprintf(" in action started at %s:%d", t.ParseName, from)
		if strings.HasSuffix(got.text, " action") {
			where = where[len(" in action"):]
		}
	}
	t.fail("%s%s", got, where)
}

func (t *Tree) at(what NodeType, pos Pos) base { return base{what, pos, t} }

// ---- structure ----

// definition parses {{define}}, if the action that comes is one.
func (t *Tree) definition() bool {
	if word := t.peekAt(1); word.kind != tokenKeyword || word.text != "define" {
		return false
	}
	t.next()
	t.next()
	const context = "define clause"
	inner := t.inner("definition")
	inner.Name = inner.unquoted(inner.want(tokenString, context).text)
	inner.want(tokenClose, context)
	inner.body(context)
	return true
}

// inner is a tree of the same text.
func (t *Tree) inner(name string) *Tree {
	return &Tree{Name: name, ParseName: t.ParseName, Mode: t.Mode, text: t.text, funcs: t.funcs, parser: t.parser}
}

// body parses an inner tree to its end. It sees no variables of others.
func (t *Tree) body(context string) {
	p := t.parser
	vars, ranges := p.vars, p.ranges
	p.vars, p.ranges = []string{"$"}, 0
	var end *markNode
	t.Root, end = t.list()
	if end.word != "end" {
		t.fail("unexpected %s in %s", end, context)
	}
	t.add()
	p.vars, p.ranges = vars, ranges
	t.end()
}

func (t *Tree) unquoted(text string) string {
	s, err := strconv.Unquote(text)
	if err != nil {
		t.fail("%s", err)
	}
	return s
}

// list parses nodes up to an end or else.
func (t *Tree) list() (*ListNode, *markNode) {
	list := &ListNode{base: t.at(NodeList, t.peek().pos)}
	for t.peek().kind != tokenEnd {
		n := t.piece()
		if mark, ok := n.(*markNode); ok {
			return list, mark
		}
		list.Nodes = append(list.Nodes, n)
	}
	t.fail("unexpected EOF")
	return nil, nil
}

// piece parses text, a comment or an action.
func (t *Tree) piece() Node {
	switch tok := t.next(); tok.kind {
	case tokenText:
		return &TextNode{t.at(NodeText, tok.pos), []byte(tok.text)}
	case tokenComment:
		return &CommentNode{t.at(NodeComment, tok.pos), tok.text}
	case tokenOpen:
		t.parser.action = tok.line
		p := t.parser
		defer func() { p.action = 0 }()
		return t.action()
	default:
		t.unexpected(tok, "input")
		return nil
	}
}

func (t *Tree) action() Node {
	word := t.peek()
	if word.kind != tokenKeyword || word.text == "define" {
		pipe := t.pipeline("command", tokenClose)
		return &ActionNode{t.at(NodeAction, word.pos), word.line, pipe}
	}
	t.next()
	switch word.text {
	case "if":
		return &IfNode{t.branch(NodeIf, "if")}
	case "range":
		return &RangeNode{t.branch(NodeRange, "range")}
	case "with":
		return &WithNode{t.branch(NodeWith, "with")}
	case "end":
		return &markNode{t.at(nodeEnd, t.want(tokenClose, "end").pos), "end"}
	case "else":
		// What follows an else at once is the condition of another if or with.
		tok := t.peek()
		if tok.kind != tokenKeyword || tok.text != "if" && tok.text != "with" {
			tok = t.want(tokenClose, "else")
		}
		return &markNode{t.at(nodeElse, tok.pos), "else"}
	case "break":
		return &BreakNode{t.jump(NodeBreak, word)}
	case "continue":
		return &ContinueNode{t.jump(NodeContinue, word)}
	case "block":
		return t.block()
	}
	const context = "template clause"
	at := t.next()
	n := &TemplateNode{t.at(NodeTemplate, at.pos), at.line, t.templateName(at, context), nil}
	if t.peek().kind == tokenClose {
		t.next()
	} else {
		n.Pipe = t.pipeline(context, tokenClose)
	}
	return n
}

func (t *Tree) templateName(tok token, context string) string {
	if tok.kind != tokenString {
		t.unexpected(tok, context)
	}
	return t.unquoted(tok.text)
}

func (t *Tree) block() Node {
	const context = "block clause"
	at := t.next()
	name := t.templateName(at, context)
	pipe := t.pipeline(context, tokenClose)
	t.inner(name).body(context)
	return &TemplateNode{t.at(NodeTemplate, at.pos), at.line, name, pipe}
}

func (t *Tree) jump(what NodeType, word token) jump {
	shown := "{{" + word.text + "}}"
	t.want(tokenClose, shown)
	if t.parser.ranges == 0 {
		t.fail("%s outside {{range}}", shown)
	}
	return jump{t, what, word.pos, word.line}
}

func (t *Tree) branch(what NodeType, word string) BranchNode {
	p := t.parser
	vars := len(p.vars)
	pipe := t.pipeline(word, tokenClose)
	n := BranchNode{base: t.at(what, pipe.Pos), Line: pipe.Line, Pipe: pipe}
	if what == NodeRange {
		p.ranges++
	}
	var mark *markNode
	n.List, mark = t.list()
	if what == NodeRange {
		p.ranges--
	}
	if mark.word == "else" {
		n.ElseList = t.otherwise(what, word, mark)
	}
	p.vars = p.vars[:vars]
	return n
}

// otherwise parses what follows an else, to the end.
func (t *Tree) otherwise(what NodeType, word string, mark *markNode) *ListNode {
	if tok := t.peek(); tok.kind == tokenKeyword && tok.text == word && what != NodeRange {
		t.next()
		list := &ListNode{base: t.at(NodeList, mark.Pos)}
		var inner Node = &IfNode{}
		if what == NodeWith {
			inner = &WithNode{t.branch(what, word)}
		} else {
			inner = &IfNode{t.branch(what, word)}
		}
		list.Nodes = []Node{inner}
		return list
	}
	list, end := t.list()
	if end.word != "end" {
		t.fail("expected end; found %s", end)
	}
	return list
}

// ---- pipelines ----

func (t *Tree) pipeline(context string, end tokenKind) *PipeNode {
	tok := t.peek()
	pipe := &PipeNode{base: t.at(NodePipe, tok.pos), Line: tok.line}
	t.declarations(pipe, context)
	for {
		tok := t.peek()
		switch {
		case tok.kind == end:
			t.next()
			t.checkPipeline(pipe, context)
			return pipe
		case beginsTerm(tok.kind):
			pipe.Cmds = append(pipe.Cmds, t.command())
		default:
			t.unexpected(t.next(), context)
		}
	}
}

func beginsTerm(k tokenKind) bool {
	return k == tokenLeft || k >= tokenDot && k <= tokenString
}

// declarations parses the variables that a pipeline sets.
func (t *Tree) declarations(pipe *PipeNode, context string) {
	p := t.parser
	for t.peek().kind == tokenVariable {
		after := t.peekAt(1)
		if after.kind != tokenAssign && after.kind != tokenDeclare && after.kind != tokenComma {
			return
		}
		v := t.next()
		t.next()
		pipe.Decl = append(pipe.Decl, t.variable(v))
		p.vars = append(p.vars, v.text)
		if after.kind != tokenComma {
			pipe.IsAssign = after.kind == tokenAssign
			return
		}
		if context != "range" || len(pipe.Decl) > 1 {
			t.fail("too many declarations in %s", context)
		}
		if k := t.peek().kind; k != tokenVariable && k != tokenClose && k != tokenRight {
			t.fail("range can only initialize variables")
		}
	}
}

func (t *Tree) variable(tok token) *VariableNode {
	return &VariableNode{t.at(NodeVariable, tok.pos), strings.Split(tok.text, ".")}
}

func (t *Tree) checkPipeline(pipe *PipeNode, context string) {
	if len(pipe.Cmds) == 0 {
		t.fail("missing value for %s", context)
	}
	for i, c := range pipe.Cmds[1:] {
		switch c.Args[0].Type() {
		case NodeBool, NodeDot, NodeNil, NodeNumber, NodeString:
			t.fail("non executable command in pipeline stage %d", i+2)
		}
	}
}

// command parses operands up to a pipe symbol, which it takes, or the end of the pipeline.
func (t *Tree) command() *CommandNode {
	n := &CommandNode{base: t.at(NodeCommand, t.peek().pos)}
	for {
		if operand := t.operand(); operand != nil {
			n.Args = append(n.Args, operand)
		}
		tok := t.peek()
		if tok.spaced && beginsTerm(tok.kind) {
			continue
		}
		switch tok.kind {
		case tokenClose, tokenRight:
		case tokenPipe:
			t.next()
		default:
			t.unexpected(t.next(), "operand")
		}
		break
	}
	if len(n.Args) == 0 {
		t.fail("empty command")
	}
	return n
}

// operand parses a term with its fields.
func (t *Tree) operand() Node {
	term := t.term()
	follows := func() bool { tok := t.peek(); return tok.kind == tokenField && !tok.spaced }
	if term == nil || !follows() {
		return term
	}
	chain := &ChainNode{base: t.at(NodeChain, t.peek().pos), Node: term}
	for follows() {
		chain.Add(t.next().text)
	}
	switch term := term.(type) {
	case *FieldNode:
		return &FieldNode{t.at(NodeField, chain.Pos), append(term.Ident, chain.Field...)}
	case *VariableNode:
		return &VariableNode{t.at(NodeVariable, chain.Pos), append(term.Ident, chain.Field...)}
	case *BoolNode, *StringNode, *NumberNode, *NilNode, *DotNode:
		t.fail("unexpected . after term %q", term.String())
	}
	return chain
}

func (t *Tree) term() Node {
	tok := t.peek()
	if !beginsTerm(tok.kind) {
		return nil
	}
	t.next()
	switch tok.kind {
	case tokenName:
		if t.Mode&SkipFuncCheck == 0 && !t.knows(tok.text) {
			t.fail("function %q not defined", tok.text)
		}
		return NewIdentifier(tok.text).SetTree(t).SetPos(tok.pos)
	case tokenDot:
		return &DotNode{t.at(NodeDot, tok.pos)}
	case tokenNil:
		return &NilNode{t.at(NodeNil, tok.pos)}
	case tokenVariable:
		return t.knownVariable(tok)
	case tokenField:
		return &FieldNode{t.at(NodeField, tok.pos), strings.Split(tok.text[1:], ".")}
	case tokenBool:
		return &BoolNode{t.at(NodeBool, tok.pos), tok.text == "true"}
	case tokenString:
		return &StringNode{t.at(NodeString, tok.pos), tok.text, t.unquoted(tok.text)}
	case tokenLeft:
		return t.parenthesized()
	}
	n := &NumberNode{base: t.at(NodeNumber, tok.pos), Text: tok.text}
	if err := n.read(tok.kind); err != nil {
		t.fail("%s", err)
	}
	return n
}

func (t *Tree) parenthesized() Node {
	p := t.parser
	if p.depth >= deepest {
		t.fail("max expression depth exceeded")
	}
	p.depth++
	pipe := t.pipeline("parenthesized pipeline", tokenRight)
	p.depth--
	return pipe
}

func (t *Tree) knownVariable(tok token) Node {
	v := t.variable(tok)
	for _, name := range t.parser.vars {
		if name == v.Ident[0] {
			return v
		}
	}
	t.fail("undefined variable %q", v.Ident[0])
	return nil
}

// knows reports whether there is a function of this name.
func (t *Tree) knows(name string) bool {
	for _, funcs := range t.funcs {
		if funcs[name] != nil {
			return true
		}
	}
	return false
}
