// Sets of files, in which one number is enough for a place.
package token

import (
	"fmt"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

// FileSet is a set of files; each has its own range of places.
type FileSet struct {
	mutex sync.RWMutex
	base  int
	files *[]*File // in the order of their places
	last  atomic.Pointer[File]
}

// NewFileSet returns a set without files.
func NewFileSet() *FileSet { return &FileSet{base: 1} }

// Base returns the place that the next file can begin with.
func (s *FileSet) Base() int {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return s.base
}

func (s *FileSet) all() []*File {
	if s.files == nil {
		return nil
	}
	return *s.files
}

// behind is the index of the first file that ends at p or later.
func (s *FileSet) behind(p int) int {
	files := s.all()
	return sort.Search(len(files), func(i int) bool { return files[i].base+files[i].size >= p })
}

func (s *FileSet) insert(f *File) {
	i, files := s.behind(f.base), s.all()
	if i < len(files) && files[i].base <= f.base+f.size {
		if other := files[i]; other != f {
			panic(fmt.Sprintf("file %s (%d-%d) overlaps with file %s (%d-%d)", other.name, other.base, other.End(), f.name, f.base, f.End()))
		}
		return
	}
	files = slices.Insert(files, i, f)
	s.files = &files
}

// AddFile adds a file; a base below 0 stands for the next that is free.
func (s *FileSet) AddFile(filename string, base, size int) *File {
	f := &File{name: filename, size: size, lines: []int{0}}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if base < 0 {
		base = s.base
	}
	if base < s.base {
		panic(fmt.Sprintf("invalid base %d (should be >= %d)", base, s.base))
	}
	if size < 0 {
		panic(fmt.Sprintf("invalid size %d (should be >= 0)", size))
	}
	f.base = base
	if base += size + 1; base < 0 {
		panic("token.Pos offset overflow (> 2G of source code in file set)")
	}
	s.base = base
	s.insert(f)
	s.last.Store(f)
	return f
}

// AddExistingFiles adds files that were made for other sets.
func (s *FileSet) AddExistingFiles(files ...*File) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, f := range files {
		s.insert(f)
		s.base = max(s.base, f.base+f.size+1)
	}
}

// RemoveFile takes a file out of the set.
func (s *FileSet) RemoveFile(file *File) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.last.CompareAndSwap(file, nil)
	if i := slices.Index(s.all(), file); i >= 0 {
		files := slices.Delete(slices.Clone(s.all()), i, i+1)
		s.files = &files
	}
}

// Iterate calls yield for each file in the order of their places, until it answers false. It may change the set.
func (s *FileSet) Iterate(yield func(*File) bool) {
	for next := 0; ; {
		s.mutex.RLock()
		i, files := s.behind(next), s.all()
		s.mutex.RUnlock()
		if i == len(files) || !yield(files[i]) {
			return
		}
		next = files[i].base + files[i].size + 1
	}
}

// File returns the file of a place, nil if there is none.
func (s *FileSet) File(p Pos) (f *File) {
	if !p.IsValid() {
		return nil
	}
	has := func(f *File) bool { return f.base <= int(p) && int(p) <= f.base+f.size }
	if f := s.last.Load(); f != nil && has(f) {
		return f
	}
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	if i := s.behind(int(p)); i < len(s.all()) && has(s.all()[i]) {
		s.last.Store(s.all()[i])
		return s.all()[i]
	}
	return nil
}

// Position returns a place as people read it, by what line directives say.
func (s *FileSet) Position(p Pos) (pos Position) { return s.PositionFor(p, true) }

// PositionFor is Position; line directives count if adjusted is set.
func (s *FileSet) PositionFor(p Pos, adjusted bool) (pos Position) {
	if f := s.File(p); f != nil {
		return f.PositionFor(p, adjusted)
	}
	return pos
}

// What Write writes.
type (
	serializedFile struct {
		Name  string
		Base  int
		Size  int
		Lines []int
		Infos []lineInfo
	}
	serializedFileSet struct {
		Base  int
		Files []serializedFile
	}
)

// Read makes the set what decode reads.
func (s *FileSet) Read(decode func(any) error) error {
	var data serializedFileSet
	if err := decode(&data); err != nil {
		return err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.base = data.Base
	for _, f := range data.Files {
		s.insert(&File{name: f.Name, base: f.Base, size: f.Size, lines: f.Lines, infos: f.Infos})
	}
	s.last.Store(nil)
	return nil
}

// Write gives the set to encode.
func (s *FileSet) Write(encode func(any) error) error {
	s.mutex.Lock()
	data := serializedFileSet{Base: s.base}
	for _, f := range s.all() {
		f.mutex.Lock()
		data.Files = append(data.Files, serializedFile{f.name, f.base, f.size, slices.Clone(f.lines), slices.Clone(f.infos)})
		f.mutex.Unlock()
	}
	s.mutex.Unlock()
	return encode(data)
}
