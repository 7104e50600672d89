package parse

import (
	"fmt"
	"strconv"
	"strings"
)

// Node is a piece of a parsed template.
type Node interface {
	Type() NodeType
	String() string
	Copy() Node
	Position() Pos
	tree() *Tree
	writeTo(*strings.Builder)
}

// NodeType tells what a node is.
type NodeType int

// Pos is a byte position in the template.
type Pos int

// Position returns it.
func (at Pos) Position() Pos { return at }

// Type returns it.
func (what NodeType) Type() NodeType { return what }

const (
	NodeText NodeType = iota
	NodeAction
	NodeBool
	NodeChain
	NodeCommand
	NodeDot
	nodeElse
	nodeEnd
	NodeField
	NodeIdentifier
	NodeIf
	NodeList
	NodeNil
	NodeNumber
	NodePipe
	NodeRange
	NodeString
	NodeTemplate
	NodeVariable
	NodeWith
	NodeComment
	NodeBreak
	NodeContinue
)

// base is what most nodes begin with.
type base struct {
	NodeType
	Pos
	tr *Tree
}

func (at base) tree() *Tree { return at.tr }

// written is the text of a node that writes itself.
func written(n Node) string {
	var out strings.Builder
	n.writeTo(&out)
	return out.String()
}

// copyList returns copies of nodes.
func copyList[N Node](list []N) []N {
	var all []N
	for _, n := range list {
		all = append(all, Node(n).Copy().(N))
	}
	return all
}

// ListNode is a sequence of nodes.
type ListNode struct {
	base
	Nodes []Node
}

func (list *ListNode) String() string { return written(list) }

func (list *ListNode) writeTo(out *strings.Builder) {
	for _, n := range list.Nodes {
		n.writeTo(out)
	}
}

// CopyList returns a copy.
func (list *ListNode) CopyList() *ListNode {
	if list == nil {
		return nil
	}
	return &ListNode{list.base, copyList(list.Nodes)}
}

// Copy returns a copy.
func (list *ListNode) Copy() Node { return list.CopyList() }

// TextNode is text that stands for itself.
type TextNode struct {
	base
	Text []byte
}

func (n *TextNode) String() string                { return fmt.Sprintf("%s", n.Text) }
func (n *TextNode) writeTo(out *strings.Builder) { out.Write(n.Text) }

// Copy returns a copy.
func (n *TextNode) Copy() Node { return &TextNode{n.base, append([]byte{}, n.Text...)} }

// CommentNode is a comment.
type CommentNode struct {
	base
	Text string
}

func (n *CommentNode) String() string                { return written(n) }
func (n *CommentNode) writeTo(out *strings.Builder) { out.WriteString("{{" + n.Text + "}}") }

// Copy returns a copy.
func (n *CommentNode) Copy() Node { c := *n; return &c }

// PipeNode is a pipeline, perhaps with variables that it sets.
type PipeNode struct {
	base
	Line     int
	IsAssign bool
	Decl     []*VariableNode
	Cmds     []*CommandNode
}

func (n *PipeNode) String() string { return written(n) }

func (n *PipeNode) writeTo(out *strings.Builder) {
	for i, v := range n.Decl {
		if i > 0 {
			out.WriteString(", ")
		}
		v.writeTo(out)
	}
	switch {
	case n.IsAssign:
		out.WriteString(" = ")
	case len(n.Decl) > 0:
		out.WriteString(" := ")
	}
	for i, c := range n.Cmds {
		if i > 0 {
			out.WriteString(" | ")
		}
		c.writeTo(out)
	}
}

// CopyPipe returns a copy.
func (n *PipeNode) CopyPipe() *PipeNode {
	if n == nil {
		return nil
	}
	return &PipeNode{n.base, n.Line, n.IsAssign, copyList(n.Decl), copyList(n.Cmds)}
}

// Copy returns a copy.
func (n *PipeNode) Copy() Node { return n.CopyPipe() }

// ActionNode is an action that prints its value or sets variables.
type ActionNode struct {
	base
	Line int
	Pipe *PipeNode
}

func (n *ActionNode) String() string { return written(n) }

func (n *ActionNode) writeTo(out *strings.Builder) {
	out.WriteString("{{")
	n.Pipe.writeTo(out)
	out.WriteString("}}")
}

// Copy returns a copy.
func (n *ActionNode) Copy() Node { return &ActionNode{n.base, n.Line, n.Pipe.CopyPipe()} }

// CommandNode is a stage of a pipeline.
type CommandNode struct {
	base
	Args []Node
}

func (n *CommandNode) String() string { return written(n) }

func (n *CommandNode) writeTo(out *strings.Builder) {
	for i, arg := range n.Args {
		if i > 0 {
			out.WriteByte(' ')
		}
		writeOperand(arg, out)
	}
}

// writeOperand writes a pipeline in parentheses, other nodes as they are.
func writeOperand(n Node, out *strings.Builder) {
	if n.Type() == NodePipe {
		out.WriteByte('(')
		defer out.WriteByte(')')
	}
	n.writeTo(out)
}

// Copy returns a copy.
func (n *CommandNode) Copy() Node {
	if n == nil {
		return n
	}
	return &CommandNode{n.base, copyList(n.Args)}
}

// IdentifierNode names a function.
type IdentifierNode struct {
	base
	Ident string
}

// NewIdentifier returns a node for a function.
func NewIdentifier(ident string) *IdentifierNode {
	return &IdentifierNode{base{NodeType: NodeIdentifier}, ident}
}

// SetPos sets the position.
func (n *IdentifierNode) SetPos(pos Pos) *IdentifierNode {
	n.Pos = pos
	return n
}

// SetTree sets the tree that the node belongs to.
func (n *IdentifierNode) SetTree(t *Tree) *IdentifierNode {
	n.tr = t
	return n
}

func (n *IdentifierNode) String() string                { return n.Ident }
func (n *IdentifierNode) writeTo(out *strings.Builder) { out.WriteString(n.Ident) }

// Copy returns a copy.
func (n *IdentifierNode) Copy() Node { c := *n; return &c }

// VariableNode is a variable, perhaps with fields.
type VariableNode struct {
	base
	Ident []string
}

func (n *VariableNode) String() string                { return strings.Join(n.Ident, ".") }
func (n *VariableNode) writeTo(out *strings.Builder) { out.WriteString(n.String()) }

// Copy returns a copy.
func (n *VariableNode) Copy() Node { return &VariableNode{n.base, append([]string{}, n.Ident...)} }

// DotNode is the cursor.
type DotNode struct{ base }

// Type returns NodeDot.
func (n *DotNode) Type() NodeType                { return NodeDot }
func (n *DotNode) String() string                { return "." }
func (n *DotNode) writeTo(out *strings.Builder) { out.WriteByte('.') }

// Copy returns a copy.
func (n *DotNode) Copy() Node { c := *n; return &c }

// NilNode is nil.
type NilNode struct{ base }

// Type returns NodeNil.
func (n *NilNode) Type() NodeType                { return NodeNil }
func (n *NilNode) String() string                { return "nil" }
func (n *NilNode) writeTo(out *strings.Builder) { out.WriteString("nil") }

// Copy returns a copy.
func (n *NilNode) Copy() Node { c := *n; return &c }

// FieldNode is a field, or fields of fields.
type FieldNode struct {
	base
	Ident []string
}

func (n *FieldNode) String() string                { return "." + strings.Join(n.Ident, ".") }
func (n *FieldNode) writeTo(out *strings.Builder) { out.WriteString(n.String()) }

// Copy returns a copy.
func (n *FieldNode) Copy() Node { return &FieldNode{n.base, append([]string{}, n.Ident...)} }

// ChainNode is a term with fields.
type ChainNode struct {
	base
	Node  Node
	Field []string
}

// Add adds a field, which begins with a period.
func (n *ChainNode) Add(field string) {
	if len(field) == 0 || field[0] != '.' {
		panic("no dot in field")
	}
	if field = field[1:]; field == "" {
		panic("empty field")
	}
	n.Field = append(n.Field, field)
}

func (n *ChainNode) String() string { return written(n) }

func (n *ChainNode) writeTo(out *strings.Builder) {
	writeOperand(n.Node, out)
	for _, field := range n.Field {
		out.WriteString("." + field)
	}
}

// Copy returns a copy.
func (n *ChainNode) Copy() Node {
	return &ChainNode{n.base, n.Node, append([]string{}, n.Field...)}
}

// BoolNode is true or false.
type BoolNode struct {
	base
	True bool
}

func (n *BoolNode) String() string                { return strconv.FormatBool(n.True) }
func (n *BoolNode) writeTo(out *strings.Builder) { out.WriteString(n.String()) }

// Copy returns a copy.
func (n *BoolNode) Copy() Node { c := *n; return &c }

// StringNode is a string.
type StringNode struct {
	base
	Quoted string
	Text   string
}

func (n *StringNode) String() string                { return n.Quoted }
func (n *StringNode) writeTo(out *strings.Builder) { out.WriteString(n.Quoted) }

// Copy returns a copy.
func (n *StringNode) Copy() Node { c := *n; return &c }

// BranchNode is what if, range and with have in common.
type BranchNode struct {
	base
	Line     int
	Pipe     *PipeNode
	List     *ListNode
	ElseList *ListNode
}

func (n *BranchNode) String() string { return written(n) }

func (n *BranchNode) writeTo(out *strings.Builder) {
	word := map[NodeType]string{NodeIf: "if", NodeRange: "range", NodeWith: "with"}[n.NodeType]
	if word == "" {
		panic("unknown branch type")
	}
	out.WriteString("{{" + word + " ")
	n.Pipe.writeTo(out)
	out.WriteString("}}")
	n.List.writeTo(out)
	if n.ElseList != nil {
		out.WriteString("{{else}}")
		n.ElseList.writeTo(out)
	}
	out.WriteString("{{end}}")
}

func (n *BranchNode) copied() BranchNode {
	return BranchNode{n.base, n.Line, n.Pipe.CopyPipe(), n.List.CopyList(), n.ElseList.CopyList()}
}

// Copy returns a copy.
func (n *BranchNode) Copy() Node {
	switch n.NodeType {
	case NodeIf:
		return &IfNode{n.copied()}
	case NodeRange:
		return &RangeNode{n.copied()}
	case NodeWith:
		return &WithNode{n.copied()}
	}
	panic("unknown branch type")
}

// IfNode is an if.
type IfNode struct{ BranchNode }

// Copy returns a copy.
func (n *IfNode) Copy() Node { return &IfNode{n.copied()} }

// RangeNode is a range.
type RangeNode struct{ BranchNode }

// Copy returns a copy.
func (n *RangeNode) Copy() Node { return &RangeNode{n.copied()} }

// WithNode is a with.
type WithNode struct{ BranchNode }

// Copy returns a copy.
func (n *WithNode) Copy() Node { return &WithNode{n.copied()} }

// jump is a node that leaves a round of a range. Its parts stand in another order than those of base.
type jump struct {
	tr *Tree
	NodeType
	Pos
	Line int
}

func (n *jump) tree() *Tree { return n.tr }

// BreakNode is a break.
type BreakNode struct{ jump }

func (n *BreakNode) String() string                { return "{{break}}" }
func (n *BreakNode) writeTo(out *strings.Builder) { out.WriteString(n.String()) }

// Copy returns a copy.
func (n *BreakNode) Copy() Node { c := *n; return &c }

// ContinueNode is a continue.
type ContinueNode struct{ jump }

func (n *ContinueNode) String() string                { return "{{continue}}" }
func (n *ContinueNode) writeTo(out *strings.Builder) { out.WriteString(n.String()) }

// Copy returns a copy.
func (n *ContinueNode) Copy() Node { c := *n; return &c }

// TemplateNode runs another template.
type TemplateNode struct {
	base
	Line int
	Name string
	Pipe *PipeNode
}

func (n *TemplateNode) String() string { return written(n) }

func (n *TemplateNode) writeTo(out *strings.Builder) {
	out.WriteString("{{template " + strconv.Quote(n.Name))
	if n.Pipe != nil {
		out.WriteByte(' ')
		n.Pipe.writeTo(out)
	}
	out.WriteString("}}")
}

// Copy returns a copy.
func (n *TemplateNode) Copy() Node { return &TemplateNode{n.base, n.Line, n.Name, n.Pipe.CopyPipe()} }

// markNode ends a list of nodes: {{end}} or {{else}}. It is in no finished tree.
type markNode struct {
	base
	word string
}

func (n *markNode) String() string                { return "{{" + n.word + "}}" }
func (n *markNode) writeTo(out *strings.Builder) { out.WriteString(n.String()) }
func (n *markNode) Copy() Node                    { c := *n; return &c }
