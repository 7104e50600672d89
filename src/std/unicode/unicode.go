// Package unicode asks for properties of characters.
//
// Categories and case come from internal/chars; the range tables that programs pass around are in tables.go (the usual ones).
// Go: src/unicode/letter.go, digit.go, graphic.go.
package unicode

import "internal/chars"

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
	Version         = "15.0.0"
)

const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// UpperLower in a CaseRange means that upper and lower case take turns.
const UpperLower = MaxRune + 1

// RangeTable is a set of characters: sorted ranges, those below 65536 apart.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int // entries of R16 that end below 256
}

// Range16 is every Stride-th character from Lo to Hi.
type Range16 struct {
	Lo     uint16
	Hi     uint16
	Stride uint16
}

// Range32 is Range16 for large characters.
type Range32 struct {
	Lo     uint32
	Hi     uint32
	Stride uint32
}

// CaseRange says what to add to characters of a range to change their case.
type CaseRange struct {
	Lo    uint32
	Hi    uint32
	Delta d
}

type d [MaxCase]rune

// SpecialCase is case mapping of a language.
type SpecialCase []CaseRange

// TurkishCase has the dotted and the dotless i.
var TurkishCase = SpecialCase{
	{'I', 'I', d{0, 'ı' - 'I', 0}},
	{'i', 'i', d{'İ' - 'i', 0, 'İ' - 'i'}},
	{'İ', 'İ', d{0, 'i' - 'İ', 0}},
	{'ı', 'ı', d{'I' - 'ı', 0, 'I' - 'ı'}},
}

// AzeriCase is TurkishCase.
var AzeriCase = TurkishCase

// Is reports whether r is in the table.
func Is(rangeTab *RangeTable, r rune) bool {
	if uint32(r) < 1<<16 {
		x := uint16(r)
		for i := range rangeTab.R16 {
			g := &rangeTab.R16[i]
			if x < g.Lo {
				break
			}
			if x <= g.Hi {
				return g.Stride == 1 || (x-g.Lo)%g.Stride == 0
			}
		}
		return false
	}
	x := uint32(r)
	for i := range rangeTab.R32 {
		g := &rangeTab.R32[i]
		if x < g.Lo {
			break
		}
		if x <= g.Hi {
			return g.Stride == 1 || (x-g.Lo)%g.Stride == 0
		}
	}
	return false
}

// In reports whether r is in one of the tables.
func In(r rune, ranges ...*RangeTable) bool {
	for _, t := range ranges {
		if Is(t, r) {
			return true
		}
	}
	return false
}

// IsOneOf is In with the arguments the other way round.
func IsOneOf(ranges []*RangeTable, r rune) bool { return In(r, ranges...) }

func between(r rune, first, last byte) bool {
	c := chars.Of(r)
	return c >= first && c <= last
}

// IsUpper reports whether r is an upper-case letter.
func IsUpper(r rune) bool {
	if uint32(r) < 0x80 {
		return r >= 'A' && r <= 'Z'
	}
	return chars.Of(r) == chars.Lu
}

// IsLower reports whether r is a lower-case letter.
func IsLower(r rune) bool {
	if uint32(r) < 0x80 {
		return r >= 'a' && r <= 'z'
	}
	return chars.Of(r) == chars.Ll
}

// IsTitle reports whether r is a title-case letter.
func IsTitle(r rune) bool { return r > MaxLatin1 && chars.Of(r) == chars.Lt }

// IsLetter reports whether r is a letter.
func IsLetter(r rune) bool {
	if uint32(r) < 0x80 {
		return uint32(r)|0x20 >= 'a' && uint32(r)|0x20 <= 'z'
	}
	return between(r, chars.Lu, chars.Lo)
}

// IsDigit reports whether r is a decimal digit.
func IsDigit(r rune) bool {
	if uint32(r) < 0x80 {
		return r >= '0' && r <= '9'
	}
	return chars.Of(r) == chars.Nd
}

// IsNumber reports whether r is a number of any kind.
func IsNumber(r rune) bool {
	if uint32(r) < 0x80 {
		return r >= '0' && r <= '9'
	}
	return between(r, chars.Nd, chars.No)
}

// IsMark reports whether r is a combining mark.
func IsMark(r rune) bool { return between(r, chars.Mn, chars.Me) }

// IsPunct reports whether r is punctuation.
func IsPunct(r rune) bool { return between(r, chars.Pc, chars.Po) }

// IsSymbol reports whether r is a symbol.
func IsSymbol(r rune) bool { return between(r, chars.Sm, chars.So) }

// IsControl reports whether r is a control character.
func IsControl(r rune) bool { return chars.Of(r) == chars.Cc }

// IsSpace reports whether r is white space.
func IsSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}

// IsGraphic reports whether r shows: letters, marks, numbers, punctuation, symbols and spaces.
func IsGraphic(r rune) bool { return between(r, chars.Lu, chars.Zs) }

// IsPrint is IsGraphic where the only space is the ASCII one.
func IsPrint(r rune) bool {
	if uint32(r) < 0x7f {
		return r >= ' '
	}
	return chars.IsPrint(r)
}

// To returns r in the case UpperCase, LowerCase or TitleCase.
func To(_case int, r rune) rune {
	if _case < 0 || _case >= MaxCase {
		return ReplacementChar
	}
	return chars.Case(_case, r)
}

// ToUpper returns r in upper case.
func ToUpper(r rune) rune {
	if uint32(r) < 0x80 {
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return chars.Case(chars.Upper, r)
}

// ToLower returns r in lower case.
func ToLower(r rune) rune {
	if uint32(r) < 0x80 {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return chars.Case(chars.Lower, r)
}

// ToTitle returns r in title case.
func ToTitle(r rune) rune {
	if uint32(r) < 0x80 {
		return ToUpper(r)
	}
	return chars.Case(chars.Title, r)
}

// SimpleFold goes round the characters that are equal to r but for case.
func SimpleFold(r rune) rune {
	if r < 0 || r > MaxRune {
		return r
	}
	return chars.Fold(r)
}

func (special SpecialCase) to(form int, r rune) rune {
	for _, c := range special {
		if c.Lo <= uint32(r) && uint32(r) <= c.Hi {
			delta := c.Delta[form]
			if delta <= MaxRune {
				return r + delta
			}
			return rune(c.Lo) + (r-rune(c.Lo))&^1 + rune(form&1)
		}
	}
	return r
}

// ToUpper is the language's upper case of r.
func (special SpecialCase) ToUpper(r rune) rune {
	if u := special.to(UpperCase, r); u != r || special.has(r) {
		return u
	}
	return ToUpper(r)
}

// ToLower is the language's lower case of r.
func (special SpecialCase) ToLower(r rune) rune {
	if l := special.to(LowerCase, r); l != r || special.has(r) {
		return l
	}
	return ToLower(r)
}

// ToTitle is the language's title case of r.
func (special SpecialCase) ToTitle(r rune) rune {
	if t := special.to(TitleCase, r); t != r || special.has(r) {
		return t
	}
	return ToTitle(r)
}

// has reports whether the language says something of r.
func (special SpecialCase) has(r rune) bool {
	for _, c := range special {
		if c.Lo <= uint32(r) && uint32(r) <= c.Hi {
			return true
		}
	}
	return false
}
