// Reading of one value. Go keeps the original in fmt/scan.go.
package fmt

import (
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// one reads one variable.
func (s *scan) one(verb rune, to any) {
	s.token = s.token[:0]
	if own, has := to.(Scanner); has {
		err := own.Scan(s, verb)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			s.failWith(err)
		}
		return
	}
	switch v := to.(type) {
	case *string:
		*v = s.word(verb)
	case *[]byte:
		*v = []byte(s.word(verb))
	case *int:
		*v = int(s.signed(verb, 64))
	case *float64:
		*v = s.float(verb, 64)
	default:
		s.other(verb, to)
	}
}

func (s *scan) allowed(verb rune, verbs, kind string) {
	if !within(verb, verbs) {
		s.fail("bad verb '%" + string(verb) + "' for " + kind)
	}
}

var errBool = errors.New("syntax error scanning boolean")

func (s *scan) boolean(verb rune) bool {
	s.SkipSpace()
	s.need()
	s.allowed(verb, "tv", "boolean")
	switch s.get() {
	case '1':
		return true
	case 't', 'T':
		if s.accept("rR") && !(s.accept("uU") && s.accept("eE")) {
			s.failWith(errBool)
		}
		return true
	case 'f', 'F':
		if s.accept("aA") && !(s.accept("lL") && s.accept("sS") && s.accept("eE")) {
			s.failWith(errBool)
		}
	}
	return false
}

const (
	decimal     = "0123456789"
	hexadecimal = decimal + "aAbBcCdDeEfF"
)

// whole takes the digits of a whole number.
func (s *scan) whole(verb rune, signs string) (text string, base int) {
	s.SkipSpace()
	s.need()
	s.allowed(verb, "bdoUxXv", "integer")
	base, digits, some := 10, decimal, false
	switch verb {
	case 'b':
		base, digits = 2, "01"
	case 'o':
		base, digits = 8, "01234567"
	case 'x', 'X', 'U':
		base, digits = 16, hexadecimal
	}
	if verb == 'U' {
		if !s.take("U") || !s.take("+") {
			s.fail("bad unicode format ")
		}
	} else if s.accept(signs); verb == 'v' {
		digits, some = s.prefix()
		base = 0
	}
	if !some {
		s.need()
		if !s.accept(digits) {
			s.fail("expected integer")
		}
	}
	for s.accept(digits) {
	}
	return string(s.token), base
}

// prefix looks at how a number of any base begins.
func (s *scan) prefix() (digits string, some bool) {
	if !s.accept("0") {
		return decimal + "_", false
	}
	switch {
	case s.accept("bB"):
		return "01_", true
	case s.accept("oO"):
		return "01234567_", true
	case s.accept("xX"):
		return hexadecimal + "_", true
	}
	return "01234567_", true
}

func (s *scan) signed(verb rune, size int) int64 {
	if verb == 'c' {
		return s.character(size)
	}
	text, base := s.whole(verb, "+-")
	n, err := strconv.ParseInt(text, base, 64)
	if err != nil {
		s.failWith(err)
	}
	if shift := uint(64 - size); n<<shift>>shift != n {
		s.fail("integer overflow on token " + text)
	}
	return n
}

func (s *scan) unsigned(verb rune, size int) uint64 {
	if verb == 'c' {
		return uint64(s.character(size))
	}
	text, base := s.whole(verb, "")
	n, err := strconv.ParseUint(text, base, 64)
	if err != nil {
		s.failWith(err)
	}
	if shift := uint(64 - size); n<<shift>>shift != n {
		s.fail("unsigned integer overflow on token " + text)
	}
	return n
}

func (s *scan) character(size int) int64 {
	s.need()
	r := s.get()
	if shift := uint(64 - size); int64(r)<<shift>>shift != int64(r) {
		s.fail("overflow on character value " + string(r))
	}
	return int64(r)
}

// decimals takes what may be a number with a point.
func (s *scan) decimals() string {
	s.token = s.token[:0]
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return string(s.token)
	}
	s.accept("+-")
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return string(s.token)
	}
	digits, exponent := decimal+"_", "eEpP"
	if s.accept("0") && s.accept("xX") {
		digits, exponent = hexadecimal+"_", "pP"
	}
	for s.accept(digits) {
	}
	if s.accept(".") {
		for s.accept(digits) {
		}
	}
	if s.accept(exponent) {
		s.accept("+-")
		for s.accept(decimal + "_") {
		}
	}
	return string(s.token)
}

func (s *scan) number(text string, size int) float64 {
	mantissa, power, binary := strings.Cut(text, "p")
	if !binary || strings.ContainsAny(text, "xX") {
		f, err := strconv.ParseFloat(text, size)
		if err != nil {
			s.failWith(err)
		}
		return f
	}
	f, err := strconv.ParseFloat(mantissa, size)
	n := 0
	if err == nil {
		n, err = strconv.Atoi(power)
	}
	if err != nil {
		if e, is := err.(*strconv.NumError); is {
			e.Num = text
		}
		s.failWith(err)
	}
	return math.Ldexp(f, n)
}

func (s *scan) float(verb rune, size int) float64 {
	kind := "float" + strconv.Itoa(size)
	s.allowed(verb, "beEfFgGv", kind)
	s.SkipSpace()
	s.need()
	return s.number(s.decimals(), size)
}

func (s *scan) complex(verb rune, size int) complex128 {
	s.allowed(verb, "beEfFgGv", "complex")
	s.SkipSpace()
	s.need()
	group := s.accept("(")
	re := s.decimals()
	s.token = s.token[:0]
	if !s.accept("+-") {
		s.fail("syntax error scanning complex number")
	}
	sign := string(s.token)
	im := s.decimals()
	if !s.accept("i") || group && !s.accept(")") {
		s.fail("syntax error scanning complex number")
	}
	return complex(s.number(re, size/2), s.number(sign+im, size/2))
}

func (s *scan) word(verb rune) string {
	s.allowed(verb, "svqxX", "string")
	s.SkipSpace()
	s.need()
	switch verb {
	case 'q':
		return s.quoted()
	case 'x', 'X':
		return s.pairs()
	}
	return string(s.while(notSpace))
}

func (s *scan) quoted() string {
	quote := s.get()
	if quote == '`' {
		for r := s.must(); r != quote; r = s.must() {
			s.keep(r)
		}
		return string(s.token)
	}
	if quote != '"' {
		s.fail("expected quoted string")
	}
	s.keep(quote)
	for closed := false; !closed; {
		r := s.must()
		s.keep(r)
		if r == '\\' {
			s.keep(s.must())
		}
		closed = r == quote
	}
	text, err := strconv.Unquote(string(s.token))
	if err != nil {
		s.failWith(err)
	}
	return text
}

func worth(r rune) int {
	if r < 0 || r > 'f' {
		return -1
	}
	return strings.IndexByte("0123456789abcdef", byte(r|0x20))
}

// pairs takes pairs of hexadecimal digits.
func (s *scan) pairs() string {
	for r := s.get(); r != ended; r = s.get() {
		high := worth(r)
		if high < 0 {
			s.UnreadRune()
			break
		}
		low := worth(s.must())
		if low < 0 {
			s.fail("illegal hex digit")
		}
		s.token = append(s.token, byte(16*high+low))
	}
	if len(s.token) == 0 {
		s.fail("no hex data for %x string")
	}
	return string(s.token)
}
