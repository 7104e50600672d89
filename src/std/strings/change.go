package strings

import (
	"unicode"
	"unicode/utf8"
)

// Clone returns a copy in memory of its own.
func Clone(text string) string {
	if text == "" {
		return ""
	}
	return string([]byte(text))
}

// Join puts elems together with mark between them.
func Join(elems []string, mark string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	size := len(mark) * (len(elems) - 1)
	for _, e := range elems {
		size += len(e)
	}
	var b Builder
	b.Grow(size)
	b.WriteString(elems[0])
	for _, e := range elems[1:] {
		b.WriteString(mark)
		b.WriteString(e)
	}
	return b.String()
}

const maxInt = int(^uint(0) >> 1)

// Repeat returns times copies of text.
func Repeat(text string, times int) string {
	switch {
	case times < 0:
		panic("strings: negative Repeat count")
	case times == 0 || text == "":
		return ""
	case times == 1:
		return text
	case len(text) > maxInt/times:
		panic("strings: Repeat output length overflow")
	}
	size := len(text) * times
	var b Builder
	b.Grow(size)
	b.WriteString(text)
	for b.Len() < size { // what is there already is doubled
		b.buf = append(b.buf, b.buf[:min(len(b.buf), size-len(b.buf))]...)
	}
	return b.String()
}

// Replace puts into in the place of the first many olds, of all if many is negative. "" stands before each character and at the end.
func Replace(text, from, into string, many int) string {
	if from == into || many == 0 {
		return text
	}
	count := Count(text, from)
	if count == 0 {
		return text
	}
	if many < 0 || count < many {
		many = count
	}
	var b Builder
	b.Grow(len(text) + many*(len(into)-len(from)))
	for i := 0; i < many; i++ {
		at := 0
		switch {
		case from != "":
			at = Index(text, from)
		case i > 0:
			_, at = utf8.DecodeRuneInString(text)
		}
		b.WriteString(text[:at])
		b.WriteString(into)
		text = text[at+len(from):]
	}
	b.WriteString(text)
	return b.String()
}

// ReplaceAll replaces every from.
func ReplaceAll(text, from, into string) string { return Replace(text, from, into, -1) }

// Map replaces each character by what change makes of it; a negative result drops it.
func Map(change func(rune) rune, text string) string {
	var b Builder
	changed := false
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		r := change(c)
		invalid := c == utf8.RuneError && size == 1
		if !changed {
			if r == c && !invalid {
				i += size
				continue
			}
			changed = true
			b.Grow(len(text) + utf8.UTFMax)
			b.WriteString(text[:i])
		}
		if r >= 0 && r < utf8.RuneSelf {
			b.buf = append(b.buf, byte(r))
		} else if r >= 0 {
			b.WriteRune(r)
		}
		i += size
	}
	if !changed {
		return text
	}
	return b.String()
}

// recase changes the ASCII letters from first to first+25 into the other case; ok is false if text has other characters than ASCII.
func recase(text string, first byte) (changed string, ok bool) {
	found := false
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return text, false
		}
		found = found || text[i]-first < 26
	}
	if !found {
		return text, true
	}
	var b Builder
	b.Grow(len(text))
	b.buf = b.buf[:len(text)]
	for i := range b.buf {
		c := text[i]
		if c-first < 26 {
			c ^= 0x20
		}
		b.buf[i] = c
	}
	return b.String(), true
}

// ToUpper returns text in upper case.
func ToUpper(text string) string {
	if u, ok := recase(text, 'a'); ok {
		return u
	}
	return Map(unicode.ToUpper, text)
}

// ToLower returns text in lower case.
func ToLower(text string) string {
	if l, ok := recase(text, 'A'); ok {
		return l
	}
	return Map(unicode.ToLower, text)
}

// ToTitle returns text in title case, every letter of it.
func ToTitle(text string) string { return Map(unicode.ToTitle, text) }

// ToUpperSpecial is ToUpper in a language.
func ToUpperSpecial(c unicode.SpecialCase, text string) string { return Map(c.ToUpper, text) }

// ToLowerSpecial is ToLower in a language.
func ToLowerSpecial(c unicode.SpecialCase, text string) string { return Map(c.ToLower, text) }

// ToTitleSpecial is ToTitle in a language.
func ToTitleSpecial(c unicode.SpecialCase, text string) string { return Map(c.ToTitle, text) }

// ToValidUTF8 puts replacement in the place of each run of invalid bytes.
func ToValidUTF8(text, replacement string) string {
	if utf8.ValidString(text) {
		return text
	}
	var b Builder
	b.Grow(len(text) + len(replacement))
	bad := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		invalid := r == utf8.RuneError && size == 1
		switch {
		case !invalid:
			b.WriteString(text[i : i+size])
		case !bad:
			b.WriteString(replacement)
		}
		bad = invalid
		i += size
	}
	return b.String()
}

// Title puts the first letter of each word in title case.
func Title(text string) string {
	before := ' '
	return Map(func(r rune) rune {
		start := separates(before)
		before = r
		if start {
			return unicode.ToTitle(r)
		}
		return r
	}, text)
}

// separates reports whether char stands between words.
func separates(char rune) bool {
	if char < utf8.RuneSelf {
		return char != '_' && !unicode.IsLetter(char) && !unicode.IsDigit(char)
	}
	return unicode.IsSpace(char)
}
