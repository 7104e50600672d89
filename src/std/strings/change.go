package strings

import (
	"unicode"
	"unicode/utf8"
)

// Clone returns a copy in memory of its own.
func Clone(s string) string {
	if s == "" {
		return ""
	}
	return string([]byte(s))
}

// Join puts elems together with sep between them.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	size := len(sep) * (len(elems) - 1)
	for _, e := range elems {
		size += len(e)
	}
	var b Builder
	b.Grow(size)
	b.WriteString(elems[0])
	for _, e := range elems[1:] {
		b.WriteString(sep)
		b.WriteString(e)
	}
	return b.String()
}

const maxInt = int(^uint(0) >> 1)

// Repeat returns count copies of s.
func Repeat(s string, count int) string {
	switch {
	case count < 0:
		panic("strings: negative Repeat count")
	case count == 0 || s == "":
		return ""
	case count == 1:
		return s
	case len(s) > maxInt/count:
		panic("strings: Repeat output length overflow")
	}
	size := len(s) * count
	var b Builder
	b.Grow(size)
	b.WriteString(s)
	for b.Len() < size { // what is there already is doubled
		b.buf = append(b.buf, b.buf[:min(len(b.buf), size-len(b.buf))]...)
	}
	return b.String()
}

// Replace puts new in the place of the first n olds, of all if n is negative. "" stands before each character and at the end.
func Replace(s, old, new string, n int) string {
	if old == new || n == 0 {
		return s
	}
	count := Count(s, old)
	if count == 0 {
		return s
	}
	if n < 0 || count < n {
		n = count
	}
	var b Builder
	b.Grow(len(s) + n*(len(new)-len(old)))
	for i := 0; i < n; i++ {
		at := 0
		switch {
		case old != "":
			at = Index(s, old)
		case i > 0:
			_, at = utf8.DecodeRuneInString(s)
		}
		b.WriteString(s[:at])
		b.WriteString(new)
		s = s[at+len(old):]
	}
	b.WriteString(s)
	return b.String()
}

// ReplaceAll replaces every old.
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

// Map replaces each character by what mapping makes of it; a negative result drops it.
func Map(mapping func(rune) rune, s string) string {
	var b Builder
	changed := false
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		r := mapping(c)
		invalid := c == utf8.RuneError && size == 1
		if !changed {
			if r == c && !invalid {
				i += size
				continue
			}
			changed = true
			b.Grow(len(s) + utf8.UTFMax)
			b.WriteString(s[:i])
		}
		if r >= 0 {
			b.WriteRune(r)
		}
		i += size
	}
	if !changed {
		return s
	}
	return b.String()
}

// recase changes the ASCII letters from first to first+25 into the other case; ok is false if s has other characters than ASCII.
func recase(s string, first byte) (changed string, ok bool) {
	found := false
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return s, false
		}
		found = found || s[i]-first < 26
	}
	if !found {
		return s, true
	}
	var b Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-first < 26 {
			c ^= 0x20
		}
		b.WriteByte(c)
	}
	return b.String(), true
}

// ToUpper returns s in upper case.
func ToUpper(s string) string {
	if u, ok := recase(s, 'a'); ok {
		return u
	}
	return Map(unicode.ToUpper, s)
}

// ToLower returns s in lower case.
func ToLower(s string) string {
	if l, ok := recase(s, 'A'); ok {
		return l
	}
	return Map(unicode.ToLower, s)
}

// ToTitle returns s in title case, every letter of it.
func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

// ToUpperSpecial is ToUpper in a language.
func ToUpperSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToUpper, s) }

// ToLowerSpecial is ToLower in a language.
func ToLowerSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToLower, s) }

// ToTitleSpecial is ToTitle in a language.
func ToTitleSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToTitle, s) }

// ToValidUTF8 puts replacement in the place of each run of invalid bytes.
func ToValidUTF8(s, replacement string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b Builder
	b.Grow(len(s) + len(replacement))
	bad := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		invalid := r == utf8.RuneError && size == 1
		switch {
		case !invalid:
			b.WriteString(s[i : i+size])
		case !bad:
			b.WriteString(replacement)
		}
		bad = invalid
		i += size
	}
	return b.String()
}

// Title puts the first letter of each word in title case.
func Title(s string) string {
	before := ' '
	return Map(func(r rune) rune {
		start := separates(before)
		before = r
		if start {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// separates reports whether r stands between words.
func separates(r rune) bool {
	if r < utf8.RuneSelf {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}
	return unicode.IsSpace(r)
}
