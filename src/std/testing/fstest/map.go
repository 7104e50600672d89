// Package fstest: file systems for tests.
package fstest

import (
	"cmp"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// MapFS is a file system of files by path. Folders need not be in it.
type MapFS map[string]*MapFile

// MapFile is a file; of a symbolic link Data says where it leads.
type MapFile struct {
	Data    []byte
	Mode    fs.FileMode
	ModTime time.Time
	Sys     any
}

// entry is a file with its name.
type entry struct {
	name string
	file *MapFile
}

func (e *entry) Name() string               { return path.Base(e.name) }
func (e *entry) Size() int64                { return int64(len(e.file.Data)) }
func (e *entry) Mode() fs.FileMode          { return e.file.Mode }
func (e *entry) Type() fs.FileMode          { return e.file.Mode.Type() }
func (e *entry) ModTime() time.Time         { return e.file.ModTime }
func (e *entry) IsDir() bool                { return e.file.Mode.IsDir() }
func (e *entry) Sys() any                   { return e.file.Sys }
func (e *entry) Info() (fs.FileInfo, error) { return e, nil }
func (e *entry) String() string             { return fs.FormatFileInfo(e) }

// folder is one that is not in the map.
func folder() *MapFile { return &MapFile{Mode: fs.ModeDir | 0o555} }

func failed(op, name string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }

// below is what follows a folder in a path.
func below(dir, name string) (string, bool) {
	if dir == "." {
		return name, name != "."
	}
	return strings.CutPrefix(name, dir+"/")
}

// Open opens a file or a folder.
func (fsys MapFS) Open(name string) (fs.File, error) {
	place, ok := name, fs.ValidPath(name)
	if ok {
		place, ok = fsys.follow(name)
	}
	if !ok {
		return nil, failed("open", name, fs.ErrNotExist)
	}
	file := fsys[place]
	if file != nil && !file.Mode.IsDir() {
		return &openFile{path: name, entry: entry{path.Base(name), file}}, nil
	}
	entries := fsys.entries(place)
	if file == nil {
		if len(entries) == 0 && place != "." {
			return nil, failed("open", name, fs.ErrNotExist)
		}
		file = folder()
	}
	return &openFolder{path: name, entry: entry{path.Base(name), file}, entries: entries}, nil
}

// entries are those of a folder, in the order of their names.
func (fsys MapFS) entries(dir string) []entry {
	files := map[string]*MapFile{}
	for name, file := range fsys {
		rest, ok := below(dir, name)
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		if !deeper {
			files[first] = file
		} else if files[first] == nil {
			files[first] = folder()
		}
	}
	// A folder that is in the map and has files counts as it is there.
	list := make([]entry, 0, len(files))
	for name, file := range files {
		if own := fsys[path.Join(dir, name)]; own != nil {
			file = own
		}
		list = append(list, entry{name, file})
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
	return list
}

// follow goes along symbolic links.
func (fsys MapFS) follow(name string) (string, bool) {
	// The whole path comes first, then its folders from above.
	ends := []int{len(name)}
	for i, c := range name {
		if c == '/' {
			ends = append(ends, i)
		}
	}
	for _, end := range ends {
		if file := fsys[name[:end]]; file != nil && file.Mode.Type() == fs.ModeSymlink {
			to := string(file.Data)
			if path.IsAbs(to) {
				return "", false
			}
			return fsys.follow(path.Join(path.Dir(name[:end]), to) + name[end:])
		}
	}
	return name, fs.ValidPath(name)
}

// look finds what a path names, without following it if it is a link.
func (fsys MapFS) look(name string) (*entry, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	dir, ok := fsys.follow(path.Dir(name))
	if !ok {
		return nil, fs.ErrNotExist
	}
	last := path.Base(name)
	place := path.Join(dir, last)
	if file := fsys[place]; file != nil {
		return &entry{last, file}, nil
	}
	if place == "." || len(fsys.entries(place)) > 0 {
		return &entry{last, folder()}, nil
	}
	return nil, fs.ErrNotExist
}

// ReadLink answers where a symbolic link leads.
func (fsys MapFS) ReadLink(name string) (string, error) {
	found, err := fsys.look(name)
	if err == nil && found.Type() != fs.ModeSymlink {
		err = fs.ErrInvalid
	}
	if err != nil {
		return "", failed("readlink", name, err)
	}
	return string(found.file.Data), nil
}

// Lstat answers what a file is; a link is not followed.
func (fsys MapFS) Lstat(name string) (fs.FileInfo, error) {
	found, err := fsys.look(name)
	if err != nil {
		return nil, failed("lstat", name, err)
	}
	return found, nil
}

// plain is a file system of which only Open is known.
type plain struct{ fs.FS }

// ReadFile reads a file.
func (fsys MapFS) ReadFile(name string) ([]byte, error) { return fs.ReadFile(plain{fsys}, name) }

// Stat answers what a file is.
func (fsys MapFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(plain{fsys}, name) }

// ReadDir reads a folder.
func (fsys MapFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(plain{fsys}, name) }

// Glob answers the paths that a pattern matches.
func (fsys MapFS) Glob(pattern string) ([]string, error) { return fs.Glob(plain{fsys}, pattern) }

// whole hides Sub, so that fs.Sub does it.
type whole struct{ MapFS }

func (whole) Sub() {}

// Sub is what is below a folder.
func (fsys MapFS) Sub(dir string) (fs.FS, error) { return fs.Sub(whole{fsys}, dir) }

// openFile is a file that is open.
type openFile struct {
	path string
	entry
	at int64
}

func (f *openFile) Stat() (fs.FileInfo, error) { return &f.entry, nil }
func (f *openFile) Close() error               { return nil }

func (f *openFile) Read(b []byte) (int, error) {
	if f.at >= f.Size() {
		return 0, io.EOF
	}
	n := copy(b, f.file.Data[f.at:])
	f.at += int64(n)
	return n, nil
}

func (f *openFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.Size()
	}
	if offset < 0 || offset > f.Size() {
		return 0, failed("seek", f.path, fs.ErrInvalid)
	}
	f.at = offset
	return offset, nil
}

func (f *openFile) ReadAt(b []byte, offset int64) (int, error) {
	if offset < 0 || offset > f.Size() {
		return 0, failed("read", f.path, fs.ErrInvalid)
	}
	n := copy(b, f.file.Data[offset:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// openFolder is a folder that is open.
type openFolder struct {
	path string
	entry
	entries []entry
	at      int
}

func (d *openFolder) Stat() (fs.FileInfo, error) { return &d.entry, nil }
func (d *openFolder) Close() error               { return nil }
func (d *openFolder) Read([]byte) (int, error)   { return 0, failed("read", d.path, fs.ErrInvalid) }

func (d *openFolder) ReadDir(count int) ([]fs.DirEntry, error) {
	rest := d.entries[d.at:]
	if count > 0 {
		if len(rest) == 0 {
			return nil, io.EOF
		}
		rest = rest[:min(count, len(rest))]
	}
	d.at += len(rest)
	list := make([]fs.DirEntry, len(rest))
	for i := range rest {
		list[i] = &rest[i]
	}
	return list, nil
}
