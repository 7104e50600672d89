// Whole numbers as text. Go keeps the original in math/big/intconv.go.
package big

import (
	"errors"
	"fmt"
	"strings"
)

// MaxBase is the greatest base of SetString and Text.
const MaxBase = 10 + ('z' - 'a' + 1) + ('Z' - 'A' + 1)

// String answers the decimal digits.
func (x *Int) String() string { return x.Text(10) }

// Text answers the digits in a base.
func (x *Int) Text(base int) string {
	if x != nil {
		return string(x.Append(nil, base))
	}
	return "<nil>"
}

// Append appends what Text answers.
func (x *Int) Append(buf []byte, base int) []byte {
	if x == nil {
		return append(buf, "<nil>"...)
	}
	if x.neg {
		buf = append(buf, '-')
	}
	return append(buf, x.abs.text(base)...)
}

// value answers what a digit is worth, 255 if it is none.
func value(c byte, base int) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'Z' && base <= 36:
		return int(c-'A') + 10
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 36
	}
	return 255
}

// prefixed takes "0x" and the like off a text.
func prefixed(s string) (base int, rest string, taken bool) {
	if len(s) < 2 || s[0] != '0' {
		return 10, s, false
	}
	switch s[1] | 0x20 {
	case 'b':
		return 2, s[2:], true
	case 'o':
		return 8, s[2:], true
	case 'x':
		return 16, s[2:], true
	}
	return 8, s[1:], true
}

// SetString reads a number; base 0 looks at its prefix. It answers nil and false if the text is none.
func (z *Int) SetString(s string, base int) (*Int, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	joined, afterDigit := base == 0, false
	if joined {
		base, s, afterDigit = prefixed(s)
	}
	var out nat
	count := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && joined && afterDigit {
			afterDigit = false
			continue
		}
		worth := value(s[i], base)
		if worth >= base {
			return nil, false
		}
		out = out.timesPlus(uint(base), uint(worth))
		count++
		afterDigit = true
	}
	if count == 0 || !afterDigit {
		return nil, false
	}
	return z.become(negative, out.trim()), true
}

// Format prints with the verbs of whole numbers.
func (x *Int) Format(s fmt.State, ch rune) {
	base, prefix := 10, ""
	switch ch {
	case 'b':
		base, prefix = 2, "0b"
	case 'o', 'O':
		base, prefix = 8, "0"
	case 'x', 'X':
		base, prefix = 16, "0"+string(ch)
	case 'd', 's', 'v':
	default:
		fmt.Fprintf(s, "%%!%c(big.Int=%s)", ch, x.String())
		return
	}
	if x == nil {
		fmt.Fprint(s, "<nil>")
		return
	}
	if ch == 'O' {
		prefix = "0o"
	} else if !s.Flag('#') {
		prefix = ""
	}
	sign := ""
	switch {
	case x.neg:
		sign = "-"
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	number := string(x.abs.text(base))
	if ch == 'X' {
		number = strings.ToUpper(number)
	}
	zeros := 0
	precision, exact := s.Precision()
	if exact {
		zeros = max(0, precision-len(number))
		if precision == 0 && number == "0" {
			return
		}
	}
	left, right := 0, 0
	if width, is := s.Width(); is {
		switch gap := max(0, width-len(sign)-len(prefix)-zeros-len(number)); {
		case s.Flag('-'):
			right = gap
		case s.Flag('0') && !exact:
			zeros = gap
		default:
			left = gap
		}
	}
	text := strings.Repeat(" ", left) + sign + prefix + strings.Repeat("0", zeros) + number + strings.Repeat(" ", right)
	s.Write([]byte(text))
}

// MarshalText answers the decimal digits.
func (x *Int) MarshalText() ([]byte, error) { return x.Append(nil, 10), nil }

// AppendText appends the decimal digits.
func (x *Int) AppendText(b []byte) ([]byte, error) { return x.Append(b, 10), nil }

// UnmarshalText reads a number.
func (z *Int) UnmarshalText(text []byte) error {
	if _, good := z.SetString(string(text), 0); !good {
		return errors.New(fmt.Sprintf("math/big: cannot unmarshal %q into a *big.Int", text))
	}
	return nil
}

// MarshalJSON answers the decimal digits.
func (x *Int) MarshalJSON() ([]byte, error) {
	if x != nil {
		return x.Append(nil, 10), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads a number; null changes nothing.
func (z *Int) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return z.UnmarshalText(text)
}
