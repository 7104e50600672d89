// A file: its lines, and the other names and lines that line directives give them.
package token

import (
	"fmt"
	"sort"
	"strconv"
	"sync"
)

// Position is a place as people read it.
type Position struct {
	Filename string
	Offset   int // from 0
	Line     int // from 1
	Column   int // from 1, in bytes
}

// IsValid reports whether the place has a line.
func (pos *Position) IsValid() bool { return pos.Line > 0 }

// String writes file:line:column, as much of it as there is.
func (pos Position) String() string {
	text := pos.Filename
	if pos.IsValid() {
		if text != "" {
			text += ":"
		}
		text += strconv.Itoa(pos.Line)
		if pos.Column != 0 {
			text += ":" + strconv.Itoa(pos.Column)
		}
	}
	if text == "" {
		return "-"
	}
	return text
}

// Pos is a place in a set of files, in one number.
type Pos int

// NoPos is no place.
const NoPos Pos = 0

// IsValid reports whether p is a place.
func (p Pos) IsValid() bool { return p != NoPos }

// File is a file of a FileSet. Its places are base to base+size.
type File struct {
	name string
	base int
	size int

	mutex sync.Mutex // of what follows
	lines []int      // where each line begins
	infos []lineInfo
}

// lineInfo is a line directive: what Offset is said to be.
type lineInfo struct {
	Offset       int
	Filename     string
	Line, Column int
}

// Name returns the name that AddFile was given.
func (f *File) Name() string { return f.name }

// Base returns the first place.
func (f *File) Base() int { return f.base }

// Size returns the number of bytes.
func (f *File) Size() int { return f.size }

// End returns the place behind the last byte.
func (f *File) End() Pos { return Pos(f.base + f.size) }

// LineCount returns the number of lines that are known.
func (f *File) LineCount() int { return len(f.Lines()) }

// Lines returns where each line begins.
func (f *File) Lines() []int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.lines
}

// AddLine adds the beginning of a line. One that isn't behind the last, or not in the file, is ignored.
func (f *File) AddLine(offset int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if n := len(f.lines); offset < f.size && (n == 0 || f.lines[n-1] < offset) {
		f.lines = append(f.lines, offset)
	}
}

// line is the index of a line's beginning, which has to be less than limit.
func lineIndex(line, limit int, relation string) int {
	if line < 1 {
		panic(fmt.Sprintf("invalid line number %d (should be >= 1)", line))
	}
	if line > limit {
		panic(fmt.Sprintf("invalid line number %d (should be %s)", line, relation))
	}
	return line - 1
}

// MergeLine makes one line of a line and the next.
func (f *File) MergeLine(line int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	n := len(f.lines)
	next := lineIndex(line, n-1, fmt.Sprintf("< %d", n)) + 1
	f.lines = append(f.lines[:next], f.lines[next+1:]...)
}

// SetLines sets where lines begin, and reports whether that is possible.
func (f *File) SetLines(lines []int) bool {
	for i, offset := range lines {
		if offset >= f.size || i > 0 && offset <= lines[i-1] {
			return false
		}
	}
	f.setLines(lines)
	return true
}

func (f *File) setLines(lines []int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.lines = lines
}

// SetLinesForContent sets where the lines of content begin.
func (f *File) SetLinesForContent(content []byte) {
	var lines []int
	fresh := true
	for offset, c := range content {
		if fresh {
			lines = append(lines, offset)
		}
		fresh = c == '\n'
	}
	f.setLines(lines)
}

// LineStart returns where a line begins.
func (f *File) LineStart(line int) Pos {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	n := len(f.lines)
	return Pos(f.base + f.lines[lineIndex(line, n, fmt.Sprintf("< %d", n))])
}

// AddLineInfo is AddLineColumnInfo with column 1.
func (f *File) AddLineInfo(offset int, filename string, line int) {
	f.AddLineColumnInfo(offset, filename, line, 1)
}

// AddLineColumnInfo says what offset is to be called from now on. One that isn't behind the last is ignored.
func (f *File) AddLineColumnInfo(offset int, filename string, line, column int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if n := len(f.infos); offset < f.size && (n == 0 || f.infos[n-1].Offset < offset) {
		f.infos = append(f.infos, lineInfo{offset, filename, line, column})
	}
}

// inside brings an offset into the file.
func (f *File) inside(offset int) int { return min(max(offset, 0), f.size) }

// Pos returns the place of an offset.
func (f *File) Pos(offset int) Pos { return Pos(f.base + f.inside(offset)) }

// Offset returns the offset of a place.
func (f *File) Offset(p Pos) int { return f.inside(int(p) - f.base) }

// Line returns the line of a place.
func (f *File) Line(p Pos) int { return f.Position(p).Line }

// Position returns a place as people read it, by what line directives say.
func (f *File) Position(p Pos) (pos Position) { return f.PositionFor(p, true) }

// PositionFor is Position; line directives count if adjusted is set.
func (f *File) PositionFor(p Pos, adjusted bool) (pos Position) {
	if !p.IsValid() {
		return pos
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	offset := f.Offset(p)
	pos = Position{Filename: f.name, Offset: offset}
	line := f.lineOf(offset)
	if line > 0 {
		pos.Line, pos.Column = line, offset-f.lines[line-1]+1
	}
	if adjusted {
		f.adjust(&pos)
	}
	return pos
}

// lineOf is the line of an offset, 0 if there is none.
func (f *File) lineOf(offset int) int {
	return sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset })
}

// adjust says what the last line directive before pos makes of it.
func (f *File) adjust(pos *Position) {
	n := sort.Search(len(f.infos), func(i int) bool { return f.infos[i].Offset > pos.Offset })
	if n == 0 {
		return
	}
	said := f.infos[n-1]
	pos.Filename = said.Filename
	from := f.lineOf(said.Offset)
	if from == 0 {
		return
	}
	distance := pos.Line - from
	pos.Line = said.Line + distance
	switch {
	case said.Column == 0:
		pos.Column = 0
	case distance == 0:
		pos.Column = said.Column + pos.Offset - said.Offset
	}
}
