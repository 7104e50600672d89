// Added to cmd/compile/internal/escape by `go build -overlay` (make.mjs), together with three inserted lines that call it.
// For each wrapper (a function named w and a number) it writes the escape graph as built and not yet solved, one JSON line:
// that graph is the summary of the function which the wrapper calls. Nothing of the compiler's own text is kept.
package escape

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"cmd/compile/internal/base"
	"cmd/compile/internal/ir"
	"cmd/compile/internal/types"
)

// factNode is a location of the graph. Functions are numbered: 0 is the wrapper, then closures as they are met.
type factNode struct {
	Kind    string   `json:"k"`            // "NAME", an allocation's op, "" for a helper
	Class   int      `json:"c,omitempty"`  // of a name
	Text    string   `json:"t,omitempty"`  // as printed
	Func    int      `json:"f,omitempty"`  // function that holds it
	Depth   int      `json:"d,omitempty"`  // loop depth
	Pos     string   `json:"p,omitempty"`  // in a closure's body, outside inlined calls
	Inlined int      `json:"i"`            // inlined call it belongs to; -1: the wrapper itself
	Heap    bool     `json:"h,omitempty"`  // by its own size
	Result  int      `json:"r,omitempty"`  // number of the result it is, from 1
	Edges   [][]any  `json:"e,omitempty"`  // source, derefs, notes
	Static  string   `json:"sp,omitempty"` // parameter whose constant value changes text or size
	Closure int      `json:"cl,omitempty"` // function that a closure site makes
	Wrapper bool     `json:"g,omitempty"`  // closure that stands for a go or defer statement
}

// factCall is a call of a parameter (or of a method of one): the caller may know the function.
type factCall struct {
	Param    string   `json:"p"`
	Depth    int      `json:"d"`
	Inlined  int      `json:"i"`
	At       int      `json:"at"` // locations made before it
	Args     []int    `json:"a"`
	Results  [][2]int `json:"r,omitempty"`
	args     []*location
	holes    []hole
	Siblings int `json:"sib"` // inlined calls of the same body before it
}

type factInlined struct {
	Parent int    `json:"p"`
	Name   string `json:"n"`
	Cost   int32  `json:"c"`
}

type factGraph struct {
	Wrapper     string        `json:"w"`
	Nodes       []factNode    `json:"locs"`
	Inlined     []factInlined `json:"calls"`
	Heap        [][]any        `json:"heap"`
	Mutator     [][]any        `json:"mut"`
	Callee      [][]any        `json:"cal"`
	ParamCalls  []*factCall   `json:"pc"`
	Dynamic     []string      `json:"dyn"` // dynamic type of each result
	Intrinsic   bool          `json:"intr"`
	Parents     []int         `json:"par"`
	ClosureArgs [][]any       `json:"clop"`
	Captures    [][]any       `json:"cap"`
	ResultName  string        `json:"rname"`
	ResultValue string        `json:"rstat"`
	Closures    []int         `json:"closures"`
	Tag         [][3]int      `json:"tag"`
}

var factCalls = map[*ir.CallExpr]*factCall{}
var factCallOrder []*factCall

// factWalked lists the inlined calls walked so far.
var factWalked []int

// factEnter notes a call whose target is a parameter of the wrapper; inserted at the head of escape.call.
func factEnter(e *escape, ks []hole, call ir.Node) {
	if os.Getenv("GRAPHS") == "" {
		return
	}
	if n, ok := call.(*ir.InlinedCallExpr); ok {
		for _, stmt := range n.Init() {
			if mark, ok := stmt.(*ir.InlineMarkStmt); ok {
				factWalked = append(factWalked, int(mark.Index))
			}
		}
	}
	c, ok := call.(*ir.CallExpr)
	if !ok {
		return
	}
	target, method := ir.Node(nil), ""
	switch c.Op() {
	case ir.OCALLFUNC:
		target = c.Fun
	case ir.OCALLINTER:
		sel := c.Fun.(*ir.SelectorExpr)
		target, method = sel.X, "."+sel.Sel.Name
	default:
		return
	}
	name, ok := ir.StaticValue(target).(*ir.Name)
	if !ok || name.Op() != ir.ONAME || name.Class != ir.PPARAM || name.Curfn != e.curfn || e.curfn.IsClosure() || name.Sym().Name[0] != 'z' {
		return
	}
	f := &factCall{Param: name.Sym().Name + method, Inlined: inlinedIn(c), Depth: e.loopDepth, At: len(e.allLocs), holes: ks}
	for _, index := range factWalked {
		if base.Ctxt.InlTree.Parent(index) == f.Inlined {
			f.Siblings++
		}
	}
	factCalls[c] = f
	factCallOrder = append(factCallOrder, f)
}

// factArgument gives each argument of such a call a location of its own.
func factArgument(e *escape, call ir.Node, k hole) hole {
	if c, ok := call.(*ir.CallExpr); ok && factCalls[c] != nil {
		l := e.newLoc(nil, false)
		factCalls[c].args = append(factCalls[c].args, l)
		return l.asHole()
	}
	return k
}

func inlinedIn(n ir.Node) int { return base.Ctxt.PosTable.Pos(n.Pos()).Base().InliningIndex() }

// factWriter numbers the locations and functions of one batch.
type factWriter struct {
	b       *batch
	wrapper *ir.Func
	funcs   map[*ir.Func]int
	locs    map[*location]int
	inlined map[int]int
}

// factDump writes the graph of the wrapper in a batch, if there is one; inserted between building and solving.
func factDump(b *batch, fns []*ir.Func) {
	file := os.Getenv("GRAPHS")
	wrapper := findWrapper(fns)
	if file == "" || wrapper == nil {
		return
	}
	w := &factWriter{b, wrapper, map[*ir.Func]int{wrapper: 0}, map[*location]int{&b.heapLoc: -1, &b.mutatorLoc: -2, &b.calleeLoc: -3, &b.blankLoc: -4}, map[int]int{}}
	for i, l := range b.allLocs {
		w.locs[l] = i
	}
	g := factGraph{Wrapper: wrapper.Sym().Name, Heap: w.edges(&b.heapLoc), Mutator: w.edges(&b.mutatorLoc), Callee: w.edges(&b.calleeLoc)}
	w.inlineTree(&g)
	for _, l := range b.allLocs {
		g.Nodes = append(g.Nodes, w.node(l))
	}
	w.calls(&g)
	w.results(&g)
	w.closures(&g, fns)
	line, err := json.Marshal(g)
	if err != nil {
		panic(err)
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		panic(err)
	}
	f.Write(append(line, '\n'))
	f.Close()
}

func findWrapper(fns []*ir.Func) *ir.Func {
	var found *ir.Func
	for _, fn := range fns {
		if fn.IsClosure() {
			continue
		}
		if _, err := strconv.Atoi(strings.TrimPrefix(fn.Sym().Name, "w")); err == nil {
			found = fn
		}
	}
	return found
}

func (w *factWriter) number(fn *ir.Func) int {
	n, ok := w.funcs[fn]
	if !ok {
		n = len(w.funcs)
		w.funcs[fn] = n
	}
	return n
}

func (w *factWriter) edges(l *location) (out [][]any) {
	for _, e := range l.edges {
		out = append(out, []any{w.locs[e.src], e.derefs, w.notes(e.notes)})
	}
	if l == &w.b.heapLoc {
		for _, e := range factEscapes[w.b] {
			out = append(out, []any{w.locs[e.src], e.derefs, w.notes(e.notes)})
		}
	}
	return
}

// factEnabled keeps the contexts of flows, whatever messages are asked for.
var factEnabled = os.Getenv("GRAPHS") != ""

// factEscapes lists the flows to the heap that made something escape at once.
var factEscapes = map[*batch][]edge{}

func factEscape(b *batch, k hole, src *location) {
	factEscapes[b] = append(factEscapes[b], edge{src, k.derefs, k.notes})
}

// notes lists text and reason of each context; with its place where that lies in a closure of the library.
func (w *factWriter) notes(n *note) [][]string {
	out := [][]string{}
	file, _, _ := strings.Cut(base.FmtPos(w.wrapper.Pos()), ":")
	for ; n != nil; n = n.next {
		row := []string{fmt.Sprintf("%v", n.where), n.why}
		if pos := base.FmtPos(n.where.Pos()); !strings.HasPrefix(pos, file+":") {
			row = append(row, pos)
		}
		out = append(out, row)
	}
	return out
}

func (w *factWriter) node(l *location) factNode {
	out := factNode{Func: w.number(l.curfn), Depth: l.loopDepth, Inlined: -1, Heap: l.hasAttr(attrEscapes), Result: l.resultIndex, Edges: w.edges(l)}
	if l.n == nil {
		return out
	}
	out.Kind, out.Text, out.Inlined = l.n.Op().String(), fmt.Sprintf("%v", l.n), inlinedIn(l.n)
	if out.Inlined < 0 && out.Func > 0 {
		out.Pos = base.FmtPos(l.n.Pos())
	}
	if out.Inlined >= 0 {
		j, ok := w.inlined[out.Inlined]
		if !ok {
			j = -9
		}
		out.Inlined = j
	}
	switch n := l.n.(type) {
	case *ir.Name:
		out.Class = int(n.Class)
	case *ir.ClosureExpr:
		out.Closure, out.Wrapper = w.number(n.Func), n.Func.Wrapper()
	case *ir.MakeExpr:
		if n.Op() == ir.OMAKESLICE {
			size := n.Cap
			if size == nil {
				size = n.Len
			}
			out.Static = w.staticParam(l, size)
		}
	case *ir.ConvExpr:
		if n.Op() == ir.OCONVIFACE && !n.X.Type().IsInterface() {
			out.Static = w.staticParam(l, n.X)
		}
	}
	return out
}

// staticParam names the wrapper's parameter, or the length of one, that a value is.
func (w *factWriter) staticParam(l *location, x ir.Node) string {
	oracle := w.b.reassignOracle(l.curfn)
	param := func(n ir.Node) string {
		if name, ok := n.(*ir.Name); ok && name.Op() == ir.ONAME && name.Class == ir.PPARAM && name.Curfn == w.wrapper {
			return name.Sym().Name
		}
		return ""
	}
	value := oracle.StaticValue(x)
	if u, ok := value.(*ir.UnaryExpr); ok && u.Op() == ir.OLEN {
		if p := param(oracle.StaticValue(u.X)); p != "" {
			return "len " + p
		}
	}
	return param(value)
}

// inlineTree lists what the wrapper inlines: those entries of the tree whose outermost call stands on its line.
func (w *factWriter) inlineTree(g *factGraph) {
	tree := base.Ctxt.InlTree
	home := linePlace(base.Ctxt.PosTable.Pos(w.wrapper.Pos()).AbsFilename(), base.Ctxt.PosTable.Pos(w.wrapper.Pos()).Line())
	for i := range inlineTreeSize() {
		root := i
		for tree.Parent(root) >= 0 {
			root = tree.Parent(root)
		}
		p := base.Ctxt.PosTable.Pos(tree.CallPos(root))
		if linePlace(p.AbsFilename(), p.Line()) != home {
			continue
		}
		parent := tree.Parent(i)
		if parent >= 0 {
			parent = w.inlined[parent]
		}
		w.inlined[i] = len(g.Inlined)
		name := tree.InlinedFunction(i).Name
		cost, tag := costAndTag(name)
		if len(g.Inlined) == 0 {
			g.Tag = tag
		}
		g.Inlined = append(g.Inlined, factInlined{parent, name, cost})
	}
}

func linePlace(file string, line uint) string { return fmt.Sprint(file, ":", line) }

// inlineTreeSize counts the entries of the tree, which has no length: asking beyond its end panics.
func inlineTreeSize() (n int) {
	defer func() { recover() }()
	for {
		base.Ctxt.InlTree.Parent(n)
		n++
	}
}

func (w *factWriter) calls(g *factGraph) {
	for _, c := range factCallOrder {
		for _, l := range c.args {
			c.Args = append(c.Args, w.locs[l])
		}
		for _, k := range c.holes {
			c.Results = append(c.Results, [2]int{w.locs[k.dst], k.derefs})
		}
		c.Inlined = w.inlined[c.Inlined]
	}
	g.ParamCalls = factCallOrder
	factCallOrder, factCalls = nil, map[*ir.CallExpr]*factCall{}
}

func (w *factWriter) results(g *factGraph) {
	ir.VisitList(w.wrapper.Body, func(n ir.Node) {
		switch n := n.(type) {
		case *ir.CallExpr:
			if n.Op() == ir.OCALLFUNC && inlinedIn(n) < 0 && ir.IsIntrinsicCall(n) {
				g.Intrinsic = true
			}
		case *ir.ReturnStmt:
			for _, r := range n.Results {
				if c, ok := r.(*ir.InlinedCallExpr); ok && len(n.Results) == 1 {
					g.ResultName = fmt.Sprintf("%v", c.ReturnVars[0])
				}
				w.result(g, r)
			}
		}
	})
}

func (w *factWriter) result(g *factGraph, r ir.Node) {
	value, dynamic := ir.StaticValue(r), ""
	switch v := value.(type) {
	case *ir.BasicLit:
		g.ResultValue = fmt.Sprintf("= %v", v)
	case *ir.Name:
		if v.Op() == ir.ONAME && v.Class == ir.PPARAM {
			g.ResultValue = v.Sym().Name
		}
	case *ir.ConvExpr:
		if r.Type() != nil && r.Type().IsInterface() && v.Op() == ir.OCONVIFACE && !v.X.Type().IsInterface() {
			dynamic = v.X.Type().String()
		}
	}
	g.Dynamic = append(g.Dynamic, dynamic)
}

// closures records who constructs each closure, how they nest, and their parameters (which print lines of their own).
func (w *factWriter) closures(g *factGraph, fns []*ir.Func) {
	for _, c := range w.wrapper.Closures {
		g.Closures = append(g.Closures, w.inlined[inlinedIn(c.OClosure)])
	}
	for _, fn := range fns {
		if fn == w.wrapper || fn.Wrapper() || fn.Dupok() {
			continue
		}
		for _, p := range fn.Type().RecvParams() {
			if p.Sym != nil && !p.Sym.IsBlank() && p.Type.HasPointers() {
				g.ClosureArgs = append(g.ClosureArgs, []any{w.number(fn), w.locs[w.b.oldLoc(p.Nname.(*ir.Name))], base.FmtPos(p.Pos)})
			}
		}
	}
	for _, l := range w.b.allLocs {
		clo, ok := l.n.(*ir.ClosureExpr)
		if !ok {
			continue
		}
		for _, cv := range clo.Func.ClosureVars {
			n, loc := cv.Canonical(), w.b.oldLoc(cv)
			g.Captures = append(g.Captures, []any{w.number(clo.Func), w.number(n.Curfn), fmt.Sprintf("%v", n), n.Byval(), loc.addrtaken, loc.reassigned, n.Type().Size()})
		}
	}
	g.Parents = make([]int, len(w.funcs))
	for fn, i := range w.funcs {
		if i > 0 && fn.ClosureParent != nil {
			g.Parents[i] = w.number(fn.ClosureParent)
		}
	}
}

// costAndTag finds an inlinable function by its link name: its cost, and its tag as edges
// (destination, parameter, derefs) for calls that are not inlined; destinations from 100 are results.
func costAndTag(link string) (int32, [][3]int) {
	dot := strings.LastIndex(link, "/") + 1
	dot += strings.Index(link[dot:], ".")
	pkg, rest := types.NewPkg(link[:dot], ""), link[dot+1:]
	def := pkg.Lookup(rest).Def
	if recv, method, ok := strings.Cut(rest, "."); ok {
		recv = strings.TrimSuffix(strings.TrimPrefix(recv, "(*"), ")")
		if d := pkg.Lookup(recv).Def; d != nil && d.Type() != nil {
			for _, m := range d.Type().Methods() {
				if m.Sym.Name == method {
					def, _ = m.Nname.(ir.Node)
				}
			}
		}
	}
	name, ok := def.(*ir.Name)
	if !ok || name.Func == nil || name.Func.Inl == nil {
		return 0, nil
	}
	var tag [][3]int
	for i, p := range name.Type().RecvParams() {
		if !p.Type.HasPointers() {
			continue
		}
		l := parseLeaks(p.Note)
		for k := range l {
			if d := l.get(k); d >= 0 {
				to := 100 + k - leakResult0
				switch k {
				case leakHeap:
					to = -1
				case leakMutator:
					to = -2
				case leakCallee:
					to = -3
				}
				tag = append(tag, [3]int{to, i, d})
			}
		}
	}
	return name.Func.Inl.Cost, tag
}
