// Package token names the words of Go's grammar and knows where in a set of files a position lies.
//
// token.go: the words; file.go: files and lines; set.go: sets of files. Go: src/go/token.
package token

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Token is a word of the grammar.
type Token int

// The words. Between the unexported ones are classes.
const (
	ILLEGAL Token = iota
	EOF
	COMMENT
	literals
	IDENT
	INT
	FLOAT
	IMAG
	CHAR
	STRING
	literalsEnd
	operators
	ADD
	SUB
	MUL
	QUO
	REM
	AND
	OR
	XOR
	SHL
	SHR
	AND_NOT
	ADD_ASSIGN
	SUB_ASSIGN
	MUL_ASSIGN
	QUO_ASSIGN
	REM_ASSIGN
	AND_ASSIGN
	OR_ASSIGN
	XOR_ASSIGN
	SHL_ASSIGN
	SHR_ASSIGN
	AND_NOT_ASSIGN
	LAND
	LOR
	ARROW
	INC
	DEC
	EQL
	LSS
	GTR
	ASSIGN
	NOT
	NEQ
	LEQ
	GEQ
	DEFINE
	ELLIPSIS
	LPAREN
	LBRACK
	LBRACE
	COMMA
	PERIOD
	RPAREN
	RBRACK
	RBRACE
	SEMICOLON
	COLON
	operatorsEnd
	words
	BREAK
	CASE
	CHAN
	CONST
	CONTINUE
	DEFAULT
	DEFER
	ELSE
	FALLTHROUGH
	FOR
	FUNC
	GO
	GOTO
	IF
	IMPORT
	INTERFACE
	MAP
	PACKAGE
	RANGE
	RETURN
	SELECT
	STRUCT
	SWITCH
	TYPE
	VAR
	wordsEnd
	others
	TILDE
	othersEnd
)

// How operators bind.
const (
	LowestPrec  = 0
	UnaryPrec   = 6
	HighestPrec = 7
)

// spelling is what stands in a program; classes have nothing.
var spelling = [...]string{
	ILLEGAL: "ILLEGAL", EOF: "EOF", COMMENT: "COMMENT",
	IDENT: "IDENT", INT: "INT", FLOAT: "FLOAT", IMAG: "IMAG", CHAR: "CHAR", STRING: "STRING",
	ADD: "+", SUB: "-", MUL: "*", QUO: "/", REM: "%",
	AND: "&", OR: "|", XOR: "^", SHL: "<<", SHR: ">>", AND_NOT: "&^",
	ADD_ASSIGN: "+=", SUB_ASSIGN: "-=", MUL_ASSIGN: "*=", QUO_ASSIGN: "/=", REM_ASSIGN: "%=",
	AND_ASSIGN: "&=", OR_ASSIGN: "|=", XOR_ASSIGN: "^=", SHL_ASSIGN: "<<=", SHR_ASSIGN: ">>=", AND_NOT_ASSIGN: "&^=",
	LAND: "&&", LOR: "||", ARROW: "<-", INC: "++", DEC: "--",
	EQL: "==", LSS: "<", GTR: ">", ASSIGN: "=", NOT: "!", NEQ: "!=", LEQ: "<=", GEQ: ">=", DEFINE: ":=", ELLIPSIS: "...",
	LPAREN: "(", LBRACK: "[", LBRACE: "{", COMMA: ",", PERIOD: ".",
	RPAREN: ")", RBRACK: "]", RBRACE: "}", SEMICOLON: ";", COLON: ":",
	BREAK: "break", CASE: "case", CHAN: "chan", CONST: "const", CONTINUE: "continue", DEFAULT: "default", DEFER: "defer",
	ELSE: "else", FALLTHROUGH: "fallthrough", FOR: "for", FUNC: "func", GO: "go", GOTO: "goto", IF: "if", IMPORT: "import",
	INTERFACE: "interface", MAP: "map", PACKAGE: "package", RANGE: "range", RETURN: "return", SELECT: "select",
	STRUCT: "struct", SWITCH: "switch", TYPE: "type", VAR: "var", TILDE: "~",
}

var keywords = make(map[string]Token, wordsEnd-words-1)

func init() {
	for word := words + 1; word < wordsEnd; word++ {
		keywords[spelling[word]] = word
	}
}

// String returns the word as it stands in a program, or the name of its class.
func (tok Token) String() string {
	if tok >= 0 && int(tok) < len(spelling) && spelling[tok] != "" {
		return spelling[tok]
	}
	return "token(" + strconv.Itoa(int(tok)) + ")"
}

// Precedence returns how strongly a binary operator binds, 0 for all else.
func (op Token) Precedence() int {
	switch op {
	case MUL, QUO, REM, SHL, SHR, AND, AND_NOT:
		return 5
	case ADD, SUB, OR, XOR:
		return 4
	case EQL, NEQ, LSS, LEQ, GTR, GEQ:
		return 3
	case LAND:
		return 2
	case LOR:
		return 1
	}
	return LowestPrec
}

// IsLiteral reports whether tok is a name or a literal.
func (tok Token) IsLiteral() bool { return tok > literals && tok < literalsEnd }

// IsOperator reports whether tok is an operator or a mark.
func (tok Token) IsOperator() bool { return tok > operators && tok < operatorsEnd || tok == TILDE }

// IsKeyword reports whether tok is a keyword.
func (tok Token) IsKeyword() bool { return tok > words && tok < wordsEnd }

// Lookup returns the keyword that is spelled like name, or IDENT.
func Lookup(name string) Token {
	if tok, ok := keywords[name]; ok {
		return tok
	}
	return IDENT
}

// IsKeyword reports whether name is a keyword.
func IsKeyword(name string) bool { return Lookup(name) != IDENT }

// IsExported reports whether name begins with a capital letter.
func IsExported(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(first)
}

// IsIdentifier reports whether name may name something.
func IsIdentifier(name string) bool {
	for i, c := range name {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return name != "" && !IsKeyword(name)
}
