// Sets of characters. Go keeps the original in regexp/syntax/parse.go and perl_groups.go.
package regexp

import (
	"internal/chars"
	"slices"
	"unicode"
)

type span struct{ low, high rune }

// set is a set of characters: spans in order that do not touch, and a bit for each of the first 128.
type set struct {
	spans []span
	ascii [4]uint32
}

// The characters that have another case lie between these.
const (
	firstCased = 'A'
	lastCased  = 0x1E943
)

func (of *set) add(low, high rune) { of.spans = append(of.spans, span{low, high}) }

// addFolded adds the span and every other case of its characters.
func (of *set) addFolded(low, high rune) {
	of.add(low, high)
	if low <= firstCased && high >= lastCased {
		return
	}
	for r := max(low, firstCased); r <= min(high, lastCased); r++ {
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			of.add(other, other)
		}
	}
}

// addSet adds the spans of another set, or what they leave out.
func (of *set) addSet(other set, folded, negated bool) {
	if folded {
		var wider set
		for _, s := range other.spans {
			wider.addFolded(s.low, s.high)
		}
		other = wider
	}
	other.tidy()
	if negated {
		other.negate()
	}
	of.spans = append(of.spans, other.spans...)
}

// tidy sorts the spans and joins those that touch.
func (of *set) tidy() {
	slices.SortFunc(of.spans, func(a, b span) int { return int(a.low) - int(b.low) })
	kept := of.spans[:0]
	for _, s := range of.spans {
		if n := len(kept); n > 0 && s.low <= kept[n-1].high+1 {
			kept[n-1].high = max(kept[n-1].high, s.high)
		} else {
			kept = append(kept, s)
		}
	}
	of.spans = kept
}

// negate turns a tidy set into the set of all other characters.
func (of *set) negate() {
	var gaps []span
	next := rune(0)
	for _, s := range of.spans {
		if s.low > next {
			gaps = append(gaps, span{next, s.low - 1})
		}
		next = s.high + 1
	}
	if next <= unicode.MaxRune {
		gaps = append(gaps, span{next, unicode.MaxRune})
	}
	of.spans = gaps
}

// finish makes a tidy set ready to be asked.
func (of *set) finish() {
	for _, s := range of.spans {
		for r := s.low; r <= s.high && r < 128; r++ {
			of.ascii[r>>5] |= 1 << (uint(r) & 31)
		}
	}
}

// has tells whether a character is in a finished set.
func (of *set) has(r rune) bool {
	if uint32(r) < 128 {
		return of.ascii[r>>5]>>(uint(r)&31)&1 != 0
	}
	low, high := 0, len(of.spans)
	for low < high {
		middle := (low + high) / 2
		switch s := of.spans[middle]; {
		case r < s.low:
			high = middle
		case r > s.high:
			low = middle + 1
		default:
			return true
		}
	}
	return false
}

// spell makes a set of pairs of characters: "azAZ" holds the letters.
func spell(pairs string) (of set) {
	for i := 0; i+1 < len(pairs); i += 2 {
		of.add(rune(pairs[i]), rune(pairs[i+1]))
	}
	return of
}

// perlClass answers the set behind \d, \s and \w, in either case.
func perlClass(letter byte) (of set, known bool) {
	switch letter | 0x20 {
	case 'd':
		return spell("09"), true
	case 's':
		return spell("\t\n\f\r  "), true
	case 'w':
		return spell("09AZ__az"), true
	}
	return of, false
}

// posixClass answers the set of a name like "alpha".
func posixClass(name string) (of set, known bool) {
	pairs := ""
	switch name {
	case "alnum":
		pairs = "09AZaz"
	case "alpha":
		pairs = "AZaz"
	case "ascii":
		pairs = "\x00\x7f"
	case "blank":
		pairs = "\t\t  "
	case "cntrl":
		pairs = "\x00\x1f\x7f\x7f"
	case "digit":
		pairs = "09"
	case "graph":
		pairs = "!~"
	case "lower":
		pairs = "az"
	case "print":
		pairs = " ~"
	case "punct":
		pairs = "!/:@[`{~"
	case "space":
		pairs = "\t\r  "
	case "upper":
		pairs = "AZ"
	case "word":
		pairs = "09AZ__az"
	case "xdigit":
		pairs = "09AFaf"
	}
	return spell(pairs), pairs != ""
}

// script answers the characters of a script. Their tables are not part of this laboratory: a call ends the program as unsupported.
func script(name string) []span

// canonical writes a name as "Lu", whatever its case.
func canonical(name string) string {
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c == '_' || c == '-' || c == ' ':
			continue
		case len(out) == 0 && c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case len(out) > 0 && c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return string(out)
}

// categories are the general categories in the order of package chars, those of one letter behind them.
const categories = "LuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCoCs"

// group answers the first and the last category of a name.
func group(name string) (first, last byte, known bool) {
	switch name {
	case "L", "Letter":
		return chars.Lu, chars.Lo, true
	case "Lc", "Casedletter":
		return chars.Lu, chars.Lt, true
	case "M", "Mark", "Combiningmark":
		return chars.Mn, chars.Me, true
	case "N", "Number":
		return chars.Nd, chars.No, true
	case "P", "Punctuation", "Punct":
		return chars.Pc, chars.Po, true
	case "S", "Symbol":
		return chars.Sm, chars.So, true
	case "Z", "Separator":
		return chars.Zs, chars.Zp, true
	case "Cn", "Unassigned", "Assigned":
		return chars.Cn, chars.Cn, true
	case "Uppercaseletter":
		return chars.Lu, chars.Lu, true
	case "Lowercaseletter":
		return chars.Ll, chars.Ll, true
	case "Decimalnumber", "Digit":
		return chars.Nd, chars.Nd, true
	}
	for i := 0; len(name) == 2 && i < len(categories); i += 2 {
		if categories[i:i+2] == name {
			kind := byte(i/2) + chars.Lu
			return kind, kind, true
		}
	}
	return 0, 0, false
}

// unicodeClass answers the characters of a general category; any other name is taken for that of a script.
func unicodeClass(name string) (of set, known bool) {
	name = canonical(name)
	switch name {
	case "":
		return of, false
	case "Any":
		of.add(0, unicode.MaxRune)
		return of, true
	case "Ascii":
		of.add(0, 127)
		return of, true
	}
	first, last, known := group(name)
	if !known && name != "C" && name != "Other" {
		of.spans = script(name)
		return of, true
	}
	for i := 0; i < chars.Runs(); i++ {
		low, high, kind := chars.Run(i)
		if known && kind >= first && kind <= last || !known && (kind == chars.Cn || kind >= chars.Cc) {
			of.add(low, high)
		}
	}
	if name == "Assigned" {
		of.tidy()
		of.negate()
	}
	return of, true
}
