package fs

import (
	"errors"
	"internal/order"
	"unicode/utf8"
)

// File systems that can do more than open.
type (
	// ReadDirFS lists folders itself.
	ReadDirFS interface {
		FS
		ReadDir(name string) ([]DirEntry, error)
	}
	// ReadFileFS reads whole files itself.
	ReadFileFS interface {
		FS
		ReadFile(name string) ([]byte, error)
	}
	// StatFS describes files itself.
	StatFS interface {
		FS
		Stat(name string) (FileInfo, error)
	}
	// ReadDirFile is an open folder.
	ReadDirFile interface {
		File
		ReadDir(n int) ([]DirEntry, error)
	}
)

// What a walk may be told to leave out.
var (
	SkipDir = errors.New("skip this directory")
	SkipAll = errors.New("skip everything and stop the walk")
)

// ValidPath reports whether name is one that a file system takes: parts between slashes, none empty, none that goes up.
func ValidPath(name string) bool {
	if name == "." {
		return true
	}
	start := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		if part := name[start:i]; part == "" || part == "." || part == ".." {
			return false
		}
		start = i + 1
	}
	return utf8.ValidString(name)
}

// Stat describes a file.
func Stat(fsys FS, name string) (FileInfo, error) {
	if own, ok := fsys.(StatFS); ok {
		return own.Stat(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.Stat()
}

// ReadFile returns what is in a file.
func ReadFile(fsys FS, name string) ([]byte, error) {
	if own, ok := fsys.(ReadFileFS); ok {
		return own.ReadFile(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var all []byte
	part := make([]byte, 512)
	for {
		n, err := file.Read(part)
		all = append(all, part[:n]...)
		switch {
		case err == nil:
		case err.Error() == "EOF":
			return all, nil
		default:
			return all, err
		}
	}
}

type byName []DirEntry

func (list byName) Less(i, j int) bool { return list[i].Name() < list[j].Name() }
func (list byName) Swap(i, j int)      { list[i], list[j] = list[j], list[i] }

// ReadDir lists a folder by name.
func ReadDir(fsys FS, name string) ([]DirEntry, error) {
	if own, ok := fsys.(ReadDirFS); ok {
		return own.ReadDir(name)
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	folder, ok := file.(ReadDirFile)
	if !ok {
		return nil, &PathError{Op: "readdir", Path: name, Err: errors.New("not implemented")}
	}
	list, err := folder.ReadDir(-1)
	order.Stable(byName(list), len(list))
	return list, err
}

// WalkDirFunc is told of each file of a walk.
type WalkDirFunc func(path string, d DirEntry, err error) error

// infoEntry is an entry made of a description.
type infoEntry struct{ info FileInfo }

func (e infoEntry) Name() string            { return e.info.Name() }
func (e infoEntry) IsDir() bool             { return e.info.IsDir() }
func (e infoEntry) Type() FileMode          { return e.info.Mode().Type() }
func (e infoEntry) Info() (FileInfo, error) { return e.info, nil }
func (e infoEntry) String() string          { return FormatDirEntry(e) }

// FileInfoToDirEntry makes an entry of a description.
func FileInfoToDirEntry(info FileInfo) DirEntry {
	if info == nil {
		return nil
	}
	return infoEntry{info}
}

// WalkDir calls fn for root and everything below it, by name.
func WalkDir(fsys FS, root string, fn WalkDirFunc) error {
	var err error
	if info, bad := Stat(fsys, root); bad != nil {
		err = fn(root, nil, bad)
	} else {
		err = walk(fsys, root, infoEntry{info}, fn)
	}
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walk(fsys FS, name string, entry DirEntry, fn WalkDirFunc) error {
	err := fn(name, entry, nil)
	if err != nil || !entry.IsDir() {
		if err == SkipDir && entry.IsDir() {
			return nil
		}
		return err
	}
	list, bad := ReadDir(fsys, name)
	if bad != nil {
		if err = fn(name, entry, bad); err != nil {
			if err == SkipDir {
				return nil
			}
			return err
		}
	}
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	for _, below := range list {
		if err := walk(fsys, prefix+below.Name(), below, fn); err == SkipDir {
			break
		} else if err != nil {
			return err
		}
	}
	return nil
}

// FormatFileInfo describes a file in a line.
func FormatFileInfo(info FileInfo) string {
	var digits []byte
	size := info.Size()
	for n := uint64(max(size, -size)); ; n /= 10 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
		if n < 10 {
			break
		}
	}
	sign := ""
	if size < 0 {
		sign = "-"
	}
	text := info.Mode().String() + " " + sign + string(digits) + " " + info.ModTime().Format("2006-01-02 15:04:05") + " " + info.Name()
	if info.IsDir() {
		text += "/"
	}
	return text
}

// FormatDirEntry describes an entry in a line.
func FormatDirEntry(dir DirEntry) string {
	mode := dir.Type().String()
	text := mode[:len(mode)-9] + " " + dir.Name() // without the permissions
	if dir.IsDir() {
		text += "/"
	}
	return text
}
