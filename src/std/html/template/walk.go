package template

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"regexp"
	"text/template"
	"text/template/parse"
)

// walker goes through templates and finds for each action where it stands. What it finds out is written into the trees at the end.
type walker struct {
	family  *family
	after   map[string]place              // where a template ends, by its derived name
	derived map[string]*template.Template // copies for other places
	called  map[string]bool
	actions map[*parse.ActionNode][]string
	calls   map[*parse.TemplateNode]string
	texts   map[*parse.TextNode][]byte
	loop    *loop
}

// loop is a range around the place.
type loop struct {
	outer             *loop
	breaks, continues []place
}

func newWalker(f *family) walker {
	return walker{
		family: f, after: map[string]place{}, derived: map[string]*template.Template{}, called: map[string]bool{}, actions: map[*parse.ActionNode][]string{},
		calls: map[*parse.TemplateNode]string{}, texts: map[*parse.TextNode][]byte{},
	}
}

func (w *walker) node(p place, n parse.Node) place {
	switch n := n.(type) {
	case *parse.ActionNode:
		return w.action(p, n)
	case *parse.TextNode:
		return w.text(p, n)
	case *parse.CommentNode:
		return p
	case *parse.ListNode:
		return w.list(p, n)
	case *parse.IfNode:
		return w.branch(p, &n.BranchNode, "if")
	case *parse.WithNode:
		return w.branch(p, &n.BranchNode, "with")
	case *parse.RangeNode:
		return w.branch(p, &n.BranchNode, "range")
	case *parse.TemplateNode:
		p, name := w.call(p, n, n.Name, n.Line)
		if name != n.Name {
			once(w.calls, n, name)
		}
		return p
	case *parse.BreakNode:
		p.loop = n
		w.loop.breaks = append(w.loop.breaks, p)
		return place{state: dead}
	case *parse.ContinueNode:
		p.loop = n
		w.loop.continues = append(w.loop.continues, p)
		return place{state: dead}
	}
	panic("escaping " + n.String() + " is unimplemented")
}

// once remembers what becomes of a node.
func once[N interface {
	comparable
	fmt.Stringer
}, T any](all map[N]T, n N, to T) {
	if _, ok := all[n]; ok {
		panic(fmt.Sprintf("node %s shared between templates", n))
	}
	all[n] = to
}

func (w *walker) list(p place, n *parse.ListNode) place {
	if n == nil {
		return p
	}
	for _, one := range n.Nodes {
		if p = w.node(p, one); p.state == dead {
			break
		}
	}
	return p
}

// ---- actions ----------------------------------------------------------------------------------------------------

func (w *walker) action(p place, n *parse.ActionNode) place {
	if len(n.Pipe.Decl) > 0 {
		return p // it prints nothing
	}
	p = p.nudged()
	for i, cmd := range n.Pipe.Cmds {
		name, ok := nameOf(cmd)
		if ok && isPredefined(name) && (i < len(n.Pipe.Cmds)-1 || p.state == inAttr && p.delim == noQuote && name == "html") {
			return wrong(errorf(ErrPredefinedEscaper, n, n.Line, "predefined escaper %q disallowed in template", name))
		}
	}
	var by []string
	switch p.state {
	case failed:
		return p
	case inURL, inCSSDouble, inCSSSingle, inCSSDoubleURL, inCSSSingleURL, inCSSURL:
		if p.url == anyPart {
			return wrong(errorf(ErrAmbigContext, n, n.Line, "%s appears in an ambiguous context within a URL", n))
		}
		by = urlEscapers(p)
	case inMeta, inAttr:
	case inTag, inAttrName:
		p.state = inAttrName
		by = []string{nameFilter}
	case inJS:
		by = []string{valueJS}
		p.slash = divSlash
	default:
		by = []string{escaperAt[p.state]}
		if by[0] == "" {
			panic("unexpected state " + p.state.String())
		}
	}
	switch p.delim {
	case noDelim:
	case noQuote:
		by = append(by, nospace)
	default:
		by = append(by, attribute)
	}
	once(w.actions, n, by)
	return p
}

func urlEscapers(p place) []string {
	if p.url == inQuery {
		return []string{escapeURL}
	}
	var by []string
	if p.url == noPart {
		by = []string{filterURL}
	}
	if p.state == inCSSDouble || p.state == inCSSSingle {
		return append(by, stringCSS)
	}
	return append(by, normalizeURL)
}

// nameOf answers the function that a command calls by name.
func nameOf(cmd *parse.CommandNode) (string, bool) {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return id.Ident, true
	}
	return "", false
}

// ---- branches ---------------------------------------------------------------------------------------------------

func (w *walker) branch(p place, n *parse.BranchNode, what string) place {
	var done place
	if what == "range" {
		if done = w.rounds(p, n); done.state == failed {
			return done
		}
	} else {
		done = w.list(p.clone(), n.List)
	}
	return merged(done, w.list(p.clone(), n.ElseList), n, what)
}

// rounds goes through a loop's body twice: the second time it begins where the first ended.
func (w *walker) rounds(p place, n *parse.BranchNode) place {
	outer := w.loop
	defer func() { w.loop = outer }()
	w.loop = &loop{outer: outer}
	first := w.list(p.clone(), n.List)
	if first.state != failed {
		first = w.loop.left(first)
	}
	if first.state == failed {
		return first
	}
	w.loop = &loop{outer: outer}
	again, _ := w.attempt(first, n.List, nil)
	both := merged(first, again, n, "range")
	if both.state == failed {
		both.err.Line = n.Line
		both.err.Description = "on range loop re-entry: " + both.err.Description
		return both
	}
	return w.loop.left(both)
}

// left is the place behind a round that may be left early.
func (l *loop) left(p place) place {
	leave := func(places []place, what string, line func(parse.Node) int) {
		for _, q := range places {
			if p.state == failed {
				return
			}
			if p = merged(p, q, q.loop, "range"); p.state == failed {
				p.err.Line = line(q.loop)
				p.err.Description = "at range loop " + what + ": " + p.err.Description
			}
		}
	}
	leave(l.breaks, "break", func(n parse.Node) int { return n.(*parse.BreakNode).Line })
	leave(l.continues, "continue", func(n parse.Node) int { return n.(*parse.ContinueNode).Line })
	return p
}

// attempt goes through a list; what is found out counts only if `accept` likes it.
func (w *walker) attempt(p place, n *parse.ListNode, accept func(*walker, place) bool) (place, bool) {
	trial := newWalker(w.family)
	trial.loop = w.loop
	maps.Copy(trial.after, w.after)
	p = trial.list(p, n)
	if accept == nil || !accept(&trial, p) {
		return p, false
	}
	maps.Copy(w.after, trial.after)
	maps.Copy(w.derived, trial.derived)
	maps.Copy(w.called, trial.called)
	for n, to := range trial.actions {
		once(w.actions, n, to)
	}
	for n, to := range trial.calls {
		once(w.calls, n, to)
	}
	for n, to := range trial.texts {
		once(w.texts, n, to)
	}
	return p, true
}

// ---- templates --------------------------------------------------------------------------------------------------

// call goes through the template that is called at a place, and answers the name of the one for this place.
func (w *walker) call(p place, n parse.Node, name string, line int) (place, string) {
	derived := p.derivedName(name)
	w.called[derived] = true
	if after, ok := w.after[derived]; ok {
		return after, derived
	}
	t := w.template(name)
	if t == nil {
		text := "no such template %q"
		if w.family.members[name] != nil {
			text = "%q is an incomplete or empty template"
		}
		return wrong(errorf(ErrNoSuchTemplate, n, line, text, name)), derived
	}
	if derived != name {
		own := w.template(derived)
		if own == nil {
			own = template.New(derived)
			own.Tree = &parse.Tree{Name: derived, Root: t.Root.CopyList()}
			w.derived[derived] = own
		}
		t = own
	}
	return w.ends(p, t), derived
}

// ends answers where a template ends. If it calls itself, the end is first taken for the beginning, then for what that gave.
func (w *walker) ends(p place, t *template.Template) place {
	end, ok := w.body(p, t)
	if ok {
		return end
	}
	// What went wrong the first time goes through the body too: loops that are left say so.
	if again, ok := w.body(end, t); ok {
		return again
	}
	if end.state == failed {
		return end
	}
	return wrong(errorf(ErrOutputContext, t.Tree.Root, 0, "cannot compute output context for template %s", t.Name()))
}

// body goes through a template from a place, which is also taken for where its calls of itself end.
func (w *walker) body(begin place, t *template.Template) (place, bool) {
	w.after[t.Name()] = begin
	return w.attempt(begin, t.Tree.Root, func(trial *walker, end place) bool {
		return end.state != failed && (!trial.called[t.Name()] || begin.equals(end))
	})
}

func (w *walker) template(name string) *template.Template {
	if t := w.family.any().text.Lookup(name); t != nil {
		return t
	}
	return w.derived[name]
}

// ---- text -------------------------------------------------------------------------------------------------------

var delimEnds = [...]string{doubleQuote: `"`, singleQuote: "'", noQuote: htmlSpace + ">"}

var tagInScript = regexp.MustCompile("(?i)<(script|/script|!--)")

func (w *walker) text(p place, n *parse.TextNode) place {
	s := n.Text
	var out bytes.Buffer
	written := 0
	upTo := func(end, next int) {
		out.Write(s[written:end])
		written = next
	}
	for i := 0; i < len(s); {
		next, size := read(p, s[i:])
		end := i + size
		switch {
		case p.state == inText || p.state == inRCDATA:
			// A < that begins no tag is text.
			for j := i; j < textEnd(s, i, end, next.state != p.state); j++ {
				if s[j] == '<' && !isDoctype(s[j:]) {
					upTo(j, j+1)
					out.WriteString("&lt;")
				}
			}
		case p.state.isComment() && p.delim == noDelim:
			out.WriteString(insteadOf(p.state, s[written:end]))
			written = end
		}
		if next.state != p.state && next.state.isComment() && next.delim == noDelim {
			mark := 2
			switch next.state {
			case inComment, inJSOpen:
				mark = 4
			case inJSClose:
				mark = 3
			}
			upTo(end-mark, end)
		}
		if p.state.isLiteral() && tagInScript.Match(s[i:end]) {
			upTo(i, end)
			out.Write(tagInScript.ReplaceAll(s[i:end], []byte(`\x3C$1`)))
		}
		if size == 0 && next.state == p.state {
			panic(fmt.Sprintf("infinite loop from %v to %v on %q..%q", p, next, s[:i], s[i:]))
		}
		p, i = next, end
	}
	if written > 0 && p.state != failed {
		if !p.state.isComment() || p.delim != noDelim {
			out.Write(s[written:])
		}
		once(w.texts, n, out.Bytes())
	}
	return p
}

func isDoctype(s []byte) bool {
	const doctype = "<!DOCTYPE"
	return len(s) >= len(doctype) && bytes.EqualFold(s[:len(doctype)], []byte(doctype))
}

// insteadOf is what stays of a comment: what keeps apart what stood before and behind it.
func insteadOf(s state, text []byte) string {
	switch {
	case s == inJSBlock && bytes.ContainsAny(text, "\n\r\u2028\u2029"):
		return "\n"
	case s == inJSBlock || s == inCSSBlock:
		return " "
	}
	return ""
}

// read answers the place after some text, and how much that is: up to the end of an element, or of a value.
func read(p place, s []byte) (place, int) {
	if p.delim == noDelim {
		next, n := stepElement(p, s)
		if n == 0 {
			return next, 0
		}
		return steps[p.state](p, s[:n])
	}
	n := bytes.IndexAny(s, delimEnds[p.delim])
	if n < 0 {
		n = len(s)
	}
	if p.delim == noQuote {
		if bad := bytes.IndexAny(s[:n], "\"'<=`"); bad >= 0 {
			return wrong(errorf(ErrBadHTML, nil, 0, "%q in unquoted attr: %q", s[bad:bad+1], s[:n])), len(s)
		}
	}
	if n == len(s) {
		for value := []byte(html.UnescapeString(string(s))); len(value) > 0; {
			var read int
			p, read = steps[p.state](p, value)
			value = value[read:]
		}
		return p, len(s)
	}
	element := p.element
	if p.state == inAttr && element == script && p.attr == attrScriptType && !isScriptType(string(s[:n])) {
		element = noElement
	}
	if p.delim != noQuote {
		n++
	}
	return place{state: inTag, element: element}, n
}
