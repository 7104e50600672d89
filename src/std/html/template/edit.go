package template

import (
	"text/template"
	"text/template/parse"
)

// Names of the functions that actions end with. Errors and the texts of templates show them.
const (
	prefix       = "_html_template_"
	attribute    = prefix + "attrescaper"
	comment      = prefix + "commentescaper"
	stringCSS    = prefix + "cssescaper"
	valueCSS     = prefix + "cssvaluefilter"
	nameFilter   = prefix + "htmlnamefilter"
	text         = prefix + "htmlescaper"
	regexpJS     = prefix + "jsregexpescaper"
	stringJS     = prefix + "jsstrescaper"
	templateJS   = prefix + "jstmpllitescaper"
	valueJS      = prefix + "jsvalescaper"
	nospace      = prefix + "nospaceescaper"
	textRCDATA   = prefix + "rcdataescaper"
	srcset       = prefix + "srcsetescaper"
	escapeURL    = prefix + "urlescaper"
	filterURL    = prefix + "urlfilter"
	normalizeURL = prefix + "urlnormalizer"
	evalArgs     = "_eval_args_"
)

var functions = template.FuncMap{
	attribute: quotedValue, comment: nothing, stringCSS: cssText, valueCSS: cssValue, nameFilter: attributeName, text: htmlText, regexpJS: jsRegexp, stringJS: jsString, templateJS: jsTemplate,
	valueJS: jsValue, nospace: unquotedValue, textRCDATA: rcdata, srcset: safeSrcset, escapeURL: escapedURL, filterURL: safeURL, normalizeURL: normalURL, evalArgs: joined,
}

// escaperAt is the one of each state in which the state alone decides.
var escaperAt = [dead + 1]string{
	inText: text, inRCDATA: textRCDATA, inSrcset: srcset, inMetaURL: filterURL, inJSDouble: stringJS, inJSSingle: stringJS, inJSLiteral: templateJS, inJSRegexp: regexpJS, inCSS: valueCSS,
	inComment: comment, inJSBlock: comment, inJSLine: comment, inJSOpen: comment, inJSClose: comment, inCSSBlock: comment, inCSSLine: comment,
}

func isPredefined(name string) bool { return name == "html" || name == "urlquery" }

// general is the predefined escaper that does what an escaper does.
func general(name string) string {
	switch name {
	case attribute, text, textRCDATA:
		return "html"
	case escapeURL, normalizeURL:
		return "urlquery"
	}
	return name
}

// leavesNothing tells whether an escaper leaves nothing to do for the next.
func leavesNothing(name, next string) bool {
	switch name {
	case comment:
		return next == attribute || next == text
	case stringCSS, regexpJS, stringJS, templateJS:
		return next == attribute
	case escapeURL:
		return next == normalizeURL
	}
	return false
}

// appended is cmds with the call of an escaper, unless it is needless.
func appended(cmds []*parse.CommandNode, name string, pos parse.Pos) []*parse.CommandNode {
	if n := len(cmds); n > 0 {
		if last, ok := nameOf(cmds[n-1]); ok && leavesNothing(last, name) {
			return cmds
		}
	}
	id := parse.NewIdentifier(name).SetTree(nil).SetPos(pos)
	call := &parse.CommandNode{Args: []parse.Node{id}}
	call.NodeType = parse.NodeCommand
	return append(cmds, call)
}

// ensure makes a pipeline end with escapers. A predefined one at its end takes the place of one that does the same.
func ensure(pipe *parse.PipeNode, by []string) {
	if len(by) == 0 {
		return
	}
	keep := len(pipe.Cmds)
	if keep > 0 {
		last := pipe.Cmds[keep-1]
		if own, ok := nameOf(last); ok && isPredefined(own) {
			if keep == 1 && len(last.Args) > 1 {
				last.Args[0] = parse.NewIdentifier(evalArgs).SetTree(nil).SetPos(last.Args[0].Position())
				pipe.Cmds = appended(pipe.Cmds, own, pipe.Position())
				keep++
			}
			same := false
			for i, name := range by {
				if general(name) == own {
					by[i] = own
					same = true
				}
			}
			if same {
				keep--
			}
		}
	}
	cmds := append([]*parse.CommandNode(nil), pipe.Cmds[:keep]...)
	there := map[string]bool{}
	for _, cmd := range cmds {
		if name, ok := nameOf(cmd); ok {
			there[general(name)] = true
		}
	}
	for _, name := range by {
		if !there[general(name)] {
			cmds = appended(cmds, name, pipe.Position())
		}
	}
	pipe.Cmds = cmds
}

// commit writes into the trees what was found out.
func (w *walker) commit() {
	for name := range w.after {
		w.template(name).Funcs(functions)
	}
	to := w.family.any().text
	for _, t := range w.derived {
		if _, err := to.AddParseTree(t.Name(), t.Tree); err != nil {
			panic("error adding derived template")
		}
	}
	for n, by := range w.actions {
		ensure(n.Pipe, by)
	}
	for n, name := range w.calls {
		n.Name = name
	}
	for n, text := range w.texts {
		n.Text = text
	}
	clear(w.called)
	clear(w.actions)
	clear(w.calls)
	clear(w.texts)
}

// escapeTemplate makes a template safe.
func escapeTemplate(t *Template, root parse.Node, name string) error {
	p, _ := t.walker.call(place{}, root, name, 0)
	err := p.err
	switch {
	case err != nil:
		err.Name = name
	case p.state != inText:
		err = &Error{ErrorCode: ErrEndContext, Name: name, Description: "ends in a non-text context: " + p.String()}
	default:
		t.walker.commit()
		if own := t.members[name]; own != nil {
			own.escapeErr = errDone
			own.Tree = own.text.Tree
		}
		return nil
	}
	if own := t.members[name]; own != nil {
		own.escapeErr = err
		own.text.Tree = nil
		own.Tree = nil
	}
	return err
}
