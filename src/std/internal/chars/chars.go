// Package chars knows the general category and the case of every character; strconv and unicode ask it.
//
// Categories are runs in one string constant, found by halving; nothing is allocated or prepared. tables.go is generated.
// Go: src/unicode/tables.go, src/strconv/isprint.go.
package chars

// runAt returns the first character of run i.
func runAt(i int) rune { return rune(runs[4*i])<<16 | rune(runs[4*i+1])<<8 | rune(runs[4*i+2]) }

// Runs returns the number of runs of one category.
func Runs() int { return len(runs) / 4 }

// Run returns the first and the last character of a run and their category.
func Run(i int) (first, last rune, category byte) {
	last = 0x10FFFF
	if i+1 < Runs() {
		last = runAt(i+1) - 1
	}
	return runAt(i), last, runs[4*i+3]
}

// Of returns the category of r.
func Of(r rune) byte {
	if r < 0 || r > 0x10FFFF {
		return Cn
	}
	low, high := 0, len(runs)/4 // runAt(low) <= r < runAt(high)
	for high-low > 1 {
		middle := int(uint(low+high) >> 1)
		if runAt(middle) <= r {
			low = middle
		} else {
			high = middle
		}
	}
	return runs[4*low+3]
}

// IsPrint reports whether r is a letter, mark, number, punctuation or symbol.
func IsPrint(r rune) bool {
	c := Of(r)
	return c >= Lu && c <= So
}

const alternate = 1 << 21

type caseRun struct{ first, last, upper, lower, title int32 }

// Forms of a letter, for Case.
const (
	Upper = iota
	Lower
	Title
)

// Case returns r in another case, r itself if it has none.
func Case(form int, r rune) rune {
	run := findCase(r)
	if run == nil {
		return r
	}
	delta := run.upper
	switch form {
	case Lower:
		delta = run.lower
	case Title:
		delta = run.title
	}
	if delta != alternate {
		return r + delta
	}
	// Even offsets in the run are upper case, odd ones lower case.
	offset := (r - run.first) &^ 1
	if form == Lower {
		offset++
	}
	return run.first + offset
}

func findCase(r rune) *caseRun {
	low, high := 0, len(caseRuns)
	for low < high {
		middle := int(uint(low+high) >> 1)
		run := &caseRuns[middle]
		switch {
		case r < run.first:
			high = middle
		case r > run.last:
			low = middle + 1
		default:
			return run
		}
	}
	return nil
}

// Fold returns the next character that equals r but for case, going round.
func Fold(r rune) rune {
	second, hit := false, false
	for _, c := range folds {
		if !second {
			hit = c == r
		} else if hit {
			return c
		}
		second = !second
	}
	if l := Case(Lower, r); l != r {
		return l
	}
	return Case(Upper, r)
}
