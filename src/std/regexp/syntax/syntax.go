// Package syntax names what can be wrong with a regular expression. The tree and the program of an expression are not shown here;
// package regexp has its own. Go keeps the original in regexp/syntax.
package syntax

// Error is what is wrong with an expression, and where.
type Error struct {
	Code ErrorCode
	Expr string
}

// Error answers the whole sentence.
func (fault *Error) Error() string {
	return "error parsing regexp: " + string(fault.Code) + ": `" + fault.Expr + "`"
}

// ErrorCode is a kind of fault, in words.
type ErrorCode string

// String answers the words.
func (kind ErrorCode) String() string { return string(kind) }

// The kinds of faults.
const (
	ErrInternalError         = ErrorCode("regexp/syntax: internal error")
	ErrInvalidCharClass      = ErrorCode("invalid character class")
	ErrInvalidCharRange      = ErrorCode("invalid character class range")
	ErrInvalidEscape         = ErrorCode("invalid escape sequence")
	ErrInvalidNamedCapture   = ErrorCode("invalid named capture")
	ErrInvalidPerlOp         = ErrorCode("invalid or unsupported Perl syntax")
	ErrInvalidRepeatOp       = ErrorCode("invalid nested repetition operator")
	ErrInvalidRepeatSize     = ErrorCode("invalid repeat count")
	ErrInvalidUTF8           = ErrorCode("invalid UTF-8")
	ErrMissingBracket        = ErrorCode("missing closing ]")
	ErrMissingParen          = ErrorCode("missing closing )")
	ErrMissingRepeatArgument = ErrorCode("missing argument to repetition operator")
	ErrTrailingBackslash     = ErrorCode("trailing backslash at end of expression")
	ErrUnexpectedParen       = ErrorCode("unexpected )")
	ErrNestingDepth          = ErrorCode("expression nests too deeply")
	ErrLarge                 = ErrorCode("expression too large")
)
