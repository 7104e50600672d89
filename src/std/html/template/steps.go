package template

import (
	"bytes"
	"strings"
)

// step reads the beginning of a text at a place and answers the place after it, and how much that was.
type step func(p place, s []byte) (place, int)

// steps has one for each state that text can be in.
var steps [dead + 1]step

func init() {
	all := func(p place, s []byte) (place, int) { return p, len(s) }
	for state, by := range map[state]step{
		inText: stepText, inTag: stepTag, inAttrName: stepName, afterName: stepAfterName, beforeValue: stepBeforeValue, inComment: stepComment, inRCDATA: stepElement, inAttr: all, inURL: stepURL,
		inSrcset: stepURL, inMeta: stepMeta, inMetaURL: stepMetaURL, inJS: stepJS, inJSDouble: stepLiteral, inJSSingle: stepLiteral, inJSRegexp: stepLiteral, inJSLiteral: stepTemplate,
		inJSBlock: stepBlock, inJSLine: stepLine, inJSOpen: stepLine, inJSClose: stepLine, inCSS: stepCSS, inCSSDouble: stepStringCSS, inCSSSingle: stepStringCSS, inCSSDoubleURL: stepStringCSS,
		inCSSSingleURL: stepStringCSS, inCSSURL: stepStringCSS, inCSSBlock: stepBlock, inCSSLine: stepLine, failed: all,
	} {
		steps[state] = by
	}
}

func at(s []byte, i int, text string) bool {
	return i <= len(s) && bytes.HasPrefix(s[i:], []byte(text))
}

func skipSpace(s []byte, i int) int {
	for i < len(s) && strings.IndexByte(htmlSpace, s[i]) >= 0 {
		i++
	}
	return i
}

// stepText goes to the next tag or comment.
func stepText(p place, s []byte) (place, int) {
	for i := 0; ; {
		next := bytes.IndexByte(s[i:], '<')
		if next < 0 || i+next+1 == len(s) {
			return p, len(s)
		}
		i += next
		if at(s, i, "<!--") {
			return place{state: inComment}, i + 4
		}
		i++
		closing := s[i] == '/'
		if closing {
			if i++; i == len(s) {
				return p, len(s)
			}
		}
		if end, element := tagName(s, i); end > i {
			if closing {
				element = noElement
			}
			return place{state: inTag, element: element}, end
		}
	}
}

// tagName answers where the name of a tag ends, and which element that is.
func tagName(s []byte, i int) (int, element) {
	if i == len(s) || !isLetter(s[i]) {
		return i, noElement
	}
	word := func(i int) bool { return i < len(s) && (isLetter(s[i]) || isDigit(s[i])) }
	end := i + 1
	for word(end) || end < len(s) && (s[end] == ':' || s[end] == '-') && word(end+1) {
		end++
	}
	switch strings.ToLower(string(s[i:end])) {
	case "script":
		return end, script
	case "style":
		return end, style
	case "textarea":
		return end, textarea
	case "title":
		return end, title
	case "meta":
		return end, meta
	}
	return end, noElement
}

// stepTag goes to an attribute or behind the tag.
func stepTag(p place, s []byte) (place, int) {
	i := skipSpace(s, 0)
	if i == len(s) {
		return p, len(s)
	}
	if s[i] == '>' {
		next := place{element: p.element}
		switch p.element {
		case script:
			next.state = inJS
		case style:
			next.state = inCSS
		case textarea, title:
			next.state = inRCDATA
		case meta:
			next.element = noElement
		}
		return next, i + 1
	}
	end, err := nameEnd(s, i)
	if err == nil && end == i {
		err = errorf(ErrBadHTML, nil, 0, "expected space, attr name, or end of tag, but got %q", s[i:])
	}
	if err != nil {
		return wrong(err), len(s)
	}
	next := place{state: afterName, element: p.element, attr: attrOf(p.element, strings.ToLower(string(s[i:end])))}
	if end == len(s) {
		next.state = inAttrName
	}
	return next, end
}

func attrOf(of element, name string) attr {
	switch {
	case of == script && name == "type":
		return attrScriptType
	case of == meta && name == "content":
		return attrMeta
	}
	switch attributeContent(name) {
	case isURL:
		return attrURL
	case isCSS:
		return attrStyle
	case isJS:
		return attrScript
	case isSrcset:
		return attrSrcset
	}
	return noAttr
}

// nameEnd is where the name of an attribute ends.
func nameEnd(s []byte, i int) (int, *Error) {
	end := bytes.IndexAny(s[i:], " \t\n\f\r=>'\"<")
	if end < 0 {
		return len(s), nil
	}
	end += i
	if strings.IndexByte(`'"<`, s[end]) >= 0 {
		return -1, errorf(ErrBadHTML, nil, 0, "%q in attribute name: %.32q", s[end:end+1], s)
	}
	return end, nil
}

func stepName(p place, s []byte) (place, int) {
	end, err := nameEnd(s, 0)
	if err != nil {
		return wrong(err), len(s)
	}
	if end < len(s) {
		p.state = afterName
	}
	return p, end
}

func stepAfterName(p place, s []byte) (place, int) {
	i := skipSpace(s, 0)
	if i == len(s) {
		return p, i
	}
	if s[i] == '=' {
		p.state = beforeValue
		return p, i + 1
	}
	p.state = inTag
	return p, i
}

func stepBeforeValue(p place, s []byte) (place, int) {
	i := skipSpace(s, 0)
	if i == len(s) {
		return p, i
	}
	p.state, p.delim = valueStates[p.attr], noQuote
	switch s[i] {
	case '"':
		p.delim = doubleQuote
		i++
	case '\'':
		p.delim = singleQuote
		i++
	}
	return p, i
}

func stepComment(p place, s []byte) (place, int) {
	if i := bytes.Index(s, []byte("-->")); i >= 0 {
		return place{}, i + 3
	}
	return p, len(s)
}

// stepElement goes to the end tag of an element whose content is no HTML.
func stepElement(p place, s []byte) (place, int) {
	if p.element == noElement || p.element == script && (p.state.isLiteral() || p.state.isComment()) {
		return p, len(s)
	}
	name := [...]string{script: "script", style: "style", textarea: "textarea", title: "title", meta: ""}[p.element]
	for i := 0; ; {
		next := bytes.Index(s[i:], []byte("</"))
		if next < 0 {
			return p, len(s)
		}
		begin := i + next
		i = begin + 2
		if len(s)-i >= len(name) && strings.EqualFold(string(s[i:i+len(name)]), name) {
			i += len(name)
			if i < len(s) && strings.IndexByte("> \t\n\f/", s[i]) >= 0 {
				return place{}, begin
			}
		}
	}
}

func stepURL(p place, s []byte) (place, int) {
	if bytes.ContainsAny(s, "#?") {
		p.url = inQuery
	} else if p.url == noPart && skipSpace(s, 0) < len(s) {
		p.url = beforeQuery
	}
	return p, len(s)
}

func stepMeta(p place, s []byte) (place, int) {
	for i := 0; i+3 < len(s); i++ {
		if strings.EqualFold(string(s[i:i+3]), "url") {
			if eq := skipSpace(s, i+3); at(s, eq, "=") {
				p.state = inMetaURL
				return p, eq + 1
			}
		}
	}
	return p, len(s)
}

func stepMetaURL(p place, s []byte) (place, int) {
	if i := bytes.IndexByte(s, ';'); i >= 0 {
		p.state = inMeta
		return p, i + 1
	}
	return p, len(s)
}

// ---- JavaScript -------------------------------------------------------------------------------------------------

// stepJS goes behind the next character with which something begins.
func stepJS(p place, s []byte) (place, int) {
	i := bytes.IndexAny(s, "\"`'/{}<-#")
	if i < 0 {
		p.slash = slashAfter(s, p.slash)
		return p, len(s)
	}
	p.slash = slashAfter(s[:i], p.slash)
	enter := func(to state, size int) (place, int) {
		p.state = to
		return p, i + size
	}
	switch s[i] {
	case '"', '\'', '`':
		p.slash = regexpSlash
		return enter(map[byte]state{'"': inJSDouble, '\'': inJSSingle, '`': inJSLiteral}[s[i]], 1)
	case '/':
		switch {
		case at(s, i, "//"):
			return enter(inJSLine, 2)
		case at(s, i, "/*"):
			return enter(inJSBlock, 2)
		case p.slash == regexpSlash:
			return enter(inJSRegexp, 1)
		case p.slash == anySlash:
			return wrong(errorf(ErrSlashAmbig, nil, 0, "'/' could start a division or regexp: %.32q", s[i:])), len(s)
		}
		p.slash = regexpSlash
	case '<':
		if at(s, i, "<!--") {
			return enter(inJSOpen, 4)
		}
	case '-':
		if at(s, i, "-->") {
			return enter(inJSClose, 3)
		}
	case '#':
		if at(s, i, "#!") {
			return enter(inJSLine, 2)
		}
	case '{', '}':
		return stepBrace(p, s[i]), i + 1
	}
	return p, i + 1
}

// stepBrace counts braces inside ${ }, whose last one leads back into the template literal.
func stepBrace(p place, brace byte) place {
	after := slashAfter([]byte{brace}, p.slash)
	n := len(p.braces) - 1
	if n < 0 {
		p.slash = after
		return p
	}
	if brace == '{' {
		p.braces[n]++
	} else {
		p.braces[n]--
	}
	if p.braces[n] < 0 {
		p.braces = p.braces[:n]
		p.state = inJSLiteral
		return p
	}
	p.slash = after
	return p
}

func openEscape(of string, s []byte) (place, int) {
	return wrong(errorf(ErrPartialEscape, nil, 0, "unfinished escape sequence in "+of+" string: %q", s)), len(s)
}

func stepTemplate(p place, s []byte) (place, int) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			if i++; i == len(s) {
				return openEscape("JS", s)
			}
		case at(s, i, "${"):
			p.braces = append(p.braces, 0)
			p.state = inJS
			return p, i + 2
		case s[i] == '`':
			p.state = inJS
			return p, i + 1
		}
	}
	return p, len(s)
}

// stepLiteral goes to the end of a string or a regular expression.
func stepLiteral(p place, s []byte) (place, int) {
	end := map[state]byte{inJSDouble: '"', inJSSingle: '\'', inJSRegexp: '/'}[p.state]
	charset := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\':
			if i++; i == len(s) {
				return openEscape("JS", s)
			}
		case p.state == inJSRegexp && (c == '[' || c == ']'):
			charset = c == '['
		case c == end && end == '/' && i > 0 && i+7 <= len(s) && strings.EqualFold(string(s[i-1:i+7]), "</script"):
			i++
		case c == end && !charset:
			p.state, p.slash = inJS, divSlash
			return p, i + 1
		}
	}
	if charset {
		return wrong(errorf(ErrPartialCharset, nil, 0, "unfinished JS regexp charset: %q", s)), len(s)
	}
	return p, len(s)
}

// language is the state around a comment of JavaScript or CSS.
func (s state) language() state {
	if s == inCSSBlock || s == inCSSLine {
		return inCSS
	}
	return inJS
}

func stepBlock(p place, s []byte) (place, int) {
	i := bytes.Index(s, []byte("*/"))
	if i < 0 {
		return p, len(s)
	}
	p.state = p.state.language()
	return p, i + 2
}

func stepLine(p place, s []byte) (place, int) {
	ends := "\n\r\u2028\u2029"
	if p.state == inCSSLine {
		ends = "\n\f\r"
	}
	i := bytes.IndexAny(s, ends)
	if i < 0 {
		return p, len(s)
	}
	// The end of the line is not part of the comment.
	p.state = p.state.language()
	return p, i
}

// ---- CSS --------------------------------------------------------------------------------------------------------

func stepCSS(p place, s []byte) (place, int) {
	for i, c := range s {
		switch {
		case c == '"':
			p.state = inCSSDouble
			return p, i + 1
		case c == '\'':
			p.state = inCSSSingle
			return p, i + 1
		case at(s, i, "//"):
			p.state = inCSSLine
			return p, i + 2
		case at(s, i, "/*"):
			p.state = inCSSBlock
			return p, i + 2
		case c == '(' && endsInURL(bytes.TrimRight(s[:i], htmlSpace)):
			begin := skipSpace(s, i+1)
			p.state = inCSSURL
			if at(s, begin, `"`) {
				p.state = inCSSDoubleURL
				begin++
			} else if at(s, begin, `'`) {
				p.state = inCSSSingleURL
				begin++
			}
			return p, begin
		}
	}
	return p, len(s)
}

// endsInURL tells whether a text of CSS ends with the word url.
func endsInURL(s []byte) bool {
	n := len(s) - 3
	if n < 0 || !strings.EqualFold(string(s[n:]), "url") {
		return false
	}
	before := []rune(string(s[:n]))
	return len(before) == 0 || !isNameCSS(before[len(before)-1])
}

func stepStringCSS(p place, s []byte) (place, int) {
	ends := "\\\t\n\f\r )"
	switch p.state {
	case inCSSDouble, inCSSDoubleURL:
		ends = `\"`
	case inCSSSingle, inCSSSingleURL:
		ends = `\'`
	}
	for from := 0; ; {
		i := bytes.IndexAny(s[from:], ends)
		if i < 0 {
			p, n := stepURL(p, decodedCSS(s[from:]))
			return p, from + n
		}
		i += from
		if s[i] != '\\' {
			p.state = inCSS
			return p, i + 1
		}
		if i++; i == len(s) {
			return openEscape("CSS", s)
		}
		p, _ = stepURL(p, decodedCSS(s[:i+1]))
		from = i + 1
	}
}
