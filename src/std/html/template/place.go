package template

import (
	"fmt"
	"slices"
	"text/template/parse"
)

// place is where in a document something stands: what a browser would take it for.
type place struct {
	state   state
	delim   delim
	url     urlPart
	slash   slash
	braces  []int // open { in each ${ of template literals around
	attr    attr
	element element
	loop    parse.Node // break or continue that was met here
	err     *Error
}

type (
	state   uint8
	delim   uint8
	urlPart uint8
	slash   uint8
	attr    uint8
	element uint8
)

const (
	inText state = iota
	inTag
	inAttrName
	afterName
	beforeValue
	inComment
	inRCDATA // the text of textarea and title
	inAttr
	inURL
	inSrcset
	inJS
	inJSDouble
	inJSSingle
	inJSLiteral
	inJSRegexp
	inJSBlock
	inJSLine
	inJSOpen  // a line after <!--
	inJSClose // a line after -->
	inCSS
	inCSSDouble
	inCSSSingle
	inCSSDoubleURL
	inCSSSingleURL
	inCSSURL
	inCSSBlock
	inCSSLine
	failed
	inMeta
	inMetaURL
	dead // after break and continue
)

const (
	noDelim delim = iota
	doubleQuote
	singleQuote
	noQuote // a space or the end of the tag
)

const (
	noPart urlPart = iota
	beforeQuery
	inQuery
	anyPart
)

// What a slash would be.
const (
	regexpSlash slash = iota
	divSlash
	anySlash
)

const (
	noAttr attr = iota
	attrScript
	attrScriptType
	attrStyle
	attrURL
	attrSrcset
	attrMeta
)

const (
	noElement element = iota
	script
	style
	textarea
	title
	meta
)

// Names as messages and the names of derived templates have them.
var (
	stateNames = []string{"Text", "Tag", "AttrName", "AfterName", "BeforeValue", "HTMLCmt", "RCDATA", "Attr", "URL", "Srcset", "JS", "JSDqStr", "JSSqStr", "JSTmplLit", "JSRegexp", "JSBlockCmt",
		"JSLineCmt", "JSHTMLOpenCmt", "JSHTMLCloseCmt", "CSS", "CSSDqStr", "CSSSqStr", "CSSDqURL", "CSSSqURL", "CSSURL", "CSSBlockCmt", "CSSLineCmt", "Error", "MetaContent", "MetaContentURL", "Dead"}
	delimNames   = []string{"None", "DoubleQuote", "SingleQuote", "SpaceOrTagEnd"}
	partNames    = []string{"None", "PreQuery", "QueryOrFrag", "Unknown"}
	slashNames   = []string{"Regexp", "DivOp", "Unknown"}
	elementNames = []string{"None", "Script", "Style", "Textarea", "Title", "Meta"}
)

func (s state) String() string   { return "state" + stateNames[s] }
func (d delim) String() string   { return "delim" + delimNames[d] }
func (u urlPart) String() string { return "urlPart" + partNames[u] }
func (s slash) String() string   { return "jsCtx" + slashNames[s] }
func (e element) String() string { return "element" + elementNames[e] }

// attrText is the name of a special attribute in names of derived templates; messages have its number.
func (a attr) String() string {
	return "attr" + []string{"None", "Script", "ScriptType", "Style", "URL", "Srcset", "MetaContent"}[a]
}

func (p place) String() string {
	var err error
	if p.err != nil {
		err = p.err
	}
	return fmt.Sprintf("{%v %v %v %v %v %v %v %v}", p.state, p.delim, p.url, p.slash, p.braces, p.attr, p.element, err)
}

func (p place) equals(q place) bool {
	return p.state == q.state && p.delim == q.delim && p.url == q.url && p.slash == q.slash && p.attr == q.attr && p.element == q.element && p.err == q.err && slices.Equal(p.braces, q.braces)
}

// derivedName is the name of a template when it is called at this place.
func (p place) derivedName(name string) string {
	if p.state == inText {
		return name
	}
	name += "$htmltemplate_" + p.state.String()
	for _, part := range []struct {
		there bool
		text  fmt.Stringer
	}{{p.delim != noDelim, p.delim}, {p.url != noPart, p.url}, {p.slash != regexpSlash, p.slash}} {
		if part.there {
			name += "_" + part.text.String()
		}
	}
	if p.braces != nil {
		name += fmt.Sprintf("_jsBraceDepth(%v)", p.braces)
	}
	if p.attr != noAttr {
		name += "_" + p.attr.String()
	}
	if p.element != noElement {
		name += "_" + p.element.String()
	}
	return name
}

func (p place) clone() place {
	p.braces = slices.Clone(p.braces)
	return p
}

func wrong(err *Error) place { return place{state: failed, err: err} }

func (s state) isComment() bool {
	return s == inComment || s >= inJSBlock && s <= inJSClose || s == inCSSBlock || s == inCSSLine
}

func (s state) isTag() bool { return s >= inTag && s <= beforeValue || s == inAttr }

// isLiteral tells a string, template literal or regular expression of JavaScript.
func (s state) isLiteral() bool { return s >= inJSDouble && s <= inJSRegexp }

// nudged is the place of an action that stands there: what could be the end of something is its beginning.
func (p place) nudged() place {
	switch p.state {
	case inTag:
		p.state = inAttrName
	case beforeValue:
		p.state, p.delim, p.attr = valueStates[p.attr], noQuote, noAttr
	case afterName:
		p.state, p.attr = inAttrName, noAttr
	}
	return p
}

// valueStates are those at the beginning of an attribute's value.
var valueStates = [...]state{noAttr: inAttr, attrScript: inJS, attrScriptType: inAttr, attrStyle: inCSS, attrURL: inURL, attrSrcset: inSrcset, attrMeta: inMeta}

// merged is the place after two branches.
func merged(p, q place, node parse.Node, what string) place {
	switch {
	case p.state == failed || q.state == dead:
		return p
	case q.state == failed || p.state == dead:
		return q
	case p.equals(q):
		return p
	}
	either := p
	if either.url = q.url; either.equals(q) {
		either.url = anyPart
		return either
	}
	either = p
	if either.slash = q.slash; either.equals(q) {
		either.slash = anySlash
		return either
	}
	if a, b := p.nudged(), q.nudged(); !a.equals(p) || !b.equals(q) {
		if both := merged(a, b, node, what); both.state != failed {
			return both
		}
	}
	return wrong(errorf(ErrBranchEnd, node, 0, "{{%s}} branches end in different contexts: %v, %v", what, p, q))
}
