// The sixteen ways to ask for matches. Go keeps the original in regexp/regexp.go.
package regexp

import "unsafe"

// view sees bytes as a text, without a copy.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// once answers the slots of the first match, in room if they fit.
func (of *Regexp) once(text string, room []int) []int {
	m := newMachine(of, text)
	found := m.find(0)
	if found != nil {
		found = append(room, found...)
	}
	m.release()
	return found
}

func piece(b []byte, slots []int, group int) []byte {
	begin, end := slots[2*group], slots[2*group+1]
	if begin < 0 {
		return nil
	}
	return b[begin:end:end]
}

func part(s string, slots []int, group int) string {
	if slots[2*group] < 0 {
		return ""
	}
	return s[slots[2*group]:slots[2*group+1]]
}

func pieces(b []byte, slots []int) [][]byte {
	all := make([][]byte, len(slots)/2)
	for group := range all {
		all[group] = piece(b, slots, group)
	}
	return all
}

func parts(s string, slots []int) []string {
	all := make([]string, len(slots)/2)
	for group := range all {
		all[group] = part(s, slots, group)
	}
	return all
}

func copied(slots []int, n int) []int { return append(make([]int, 0, n), slots[:n]...) }

// FindIndex answers where the first match begins and ends.
func (of *Regexp) FindIndex(b []byte) (loc []int) { return of.FindStringIndex(view(b)) }

// FindStringIndex answers where the first match begins and ends.
func (of *Regexp) FindStringIndex(s string) (loc []int) {
	var room [4]int
	if slots := of.once(s, room[:0]); slots != nil {
		loc = copied(slots, 2)
	}
	return loc
}

// FindSubmatchIndex answers where the first match and its groups begin and end.
func (of *Regexp) FindSubmatchIndex(b []byte) []int { return of.FindStringSubmatchIndex(view(b)) }

// FindStringSubmatchIndex answers where the first match and its groups begin and end.
func (of *Regexp) FindStringSubmatchIndex(s string) []int { return of.once(s, nil) }

// Find answers the first match.
func (of *Regexp) Find(b []byte) []byte {
	var room [4]int
	slots := of.once(view(b), room[:0])
	if slots == nil {
		return nil
	}
	return piece(b, slots, 0)
}

// FindString answers the first match.
func (of *Regexp) FindString(s string) string {
	var room [4]int
	slots := of.once(s, room[:0])
	if slots == nil {
		return ""
	}
	return part(s, slots, 0)
}

// FindSubmatch answers the first match and its groups.
func (of *Regexp) FindSubmatch(b []byte) [][]byte {
	var room [4]int
	slots := of.once(view(b), room[:0])
	if slots == nil {
		return nil
	}
	return pieces(b, slots)
}

// FindStringSubmatch answers the first match and its groups.
func (of *Regexp) FindStringSubmatch(s string) []string {
	var room [4]int
	slots := of.once(s, room[:0])
	if slots == nil {
		return nil
	}
	return parts(s, slots)
}

// FindAll answers n matches at most, all if n is negative.
func (of *Regexp) FindAll(b []byte, n int) [][]byte {
	var found [][]byte
	of.all(view(b), n, func(slots []int) { found = append(found, piece(b, slots, 0)) })
	return found
}

// FindAllIndex answers where the matches begin and end.
func (of *Regexp) FindAllIndex(b []byte, n int) [][]int { return of.FindAllStringIndex(view(b), n) }

// FindAllString answers n matches at most, all if n is negative.
func (of *Regexp) FindAllString(s string, n int) []string {
	var found []string
	of.all(s, n, func(slots []int) { found = append(found, part(s, slots, 0)) })
	return found
}

// FindAllStringIndex answers where the matches begin and end.
func (of *Regexp) FindAllStringIndex(s string, n int) [][]int {
	var found [][]int
	of.all(s, n, func(slots []int) { found = append(found, copied(slots, 2)) })
	return found
}

// FindAllSubmatch answers the matches with their groups.
func (of *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	var found [][][]byte
	of.all(view(b), n, func(slots []int) { found = append(found, pieces(b, slots)) })
	return found
}

// FindAllSubmatchIndex answers where the matches and their groups begin and end.
func (of *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return of.FindAllStringSubmatchIndex(view(b), n)
}

// FindAllStringSubmatch answers the matches with their groups.
func (of *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	var found [][]string
	of.all(s, n, func(slots []int) { found = append(found, parts(s, slots)) })
	return found
}

// FindAllStringSubmatchIndex answers where the matches and their groups begin and end.
func (of *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	var found [][]int
	of.all(s, n, func(slots []int) { found = append(found, copied(slots, len(slots))) })
	return found
}
