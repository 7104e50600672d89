package fs

import (
	"errors"
	"path"
)

// below is what a file system has below one of its folders.
type below struct {
	whole FS
	dir   string
}

// Sub returns what fsys has below dir.
func Sub(fsys FS, dir string) (FS, error) {
	if !ValidPath(dir) {
		return nil, &PathError{Op: "sub", Path: dir, Err: ErrInvalid}
	}
	if dir == "." {
		return fsys, nil
	}
	if own, ok := fsys.(SubFS); ok {
		return own.Sub(dir)
	}
	return &below{fsys, dir}, nil
}

// full is the path in the whole file system.
func (b *below) full(op, name string) (string, error) {
	if !ValidPath(name) {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	return path.Join(b.dir, name), nil
}

// inside is the path without the folder.
func (b *below) inside(name string) (string, bool) {
	if name == b.dir {
		return ".", true
	}
	if n := len(b.dir); len(name) > n+1 && name[:n+1] == b.dir+"/" {
		return name[n+1:], true
	}
	return "", false
}

// as names a path in an error as it is seen from the folder.
func (b *below) as(err error) error {
	if at, ok := err.(*PathError); ok {
		if short, ok := b.inside(at.Path); ok {
			at.Path = short
		}
	}
	return err
}

func (b *below) Open(name string) (File, error) {
	whole, err := b.full("open", name)
	if err != nil {
		return nil, err
	}
	file, err := b.whole.Open(whole)
	return file, b.as(err)
}

func (b *below) ReadDir(name string) ([]DirEntry, error) {
	whole, err := b.full("read", name)
	if err != nil {
		return nil, err
	}
	entries, err := ReadDir(b.whole, whole)
	return entries, b.as(err)
}

func (b *below) ReadFile(name string) ([]byte, error) {
	whole, err := b.full("read", name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(b.whole, whole)
	return data, b.as(err)
}

func (b *below) ReadLink(name string) (string, error) {
	whole, err := b.full("readlink", name)
	if err != nil {
		return "", err
	}
	target, err := ReadLink(b.whole, whole)
	return target, b.as(err)
}

func (b *below) Lstat(name string) (FileInfo, error) {
	whole, err := b.full("lstat", name)
	if err != nil {
		return nil, err
	}
	info, err := Lstat(b.whole, whole)
	return info, b.as(err)
}

func (b *below) Glob(pattern string) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	if pattern == "." {
		return []string{"."}, nil
	}
	names, err := Glob(b.whole, b.dir+"/"+pattern)
	for i, name := range names {
		short, ok := b.inside(name)
		if !ok {
			return nil, errors.New("invalid result from inner fsys Glob: " + name + " not in " + b.dir)
		}
		names[i] = short
	}
	return names, b.as(err)
}

func (b *below) Sub(dir string) (FS, error) {
	if dir == "." {
		return b, nil
	}
	whole, err := b.full("sub", dir)
	if err != nil {
		return nil, err
	}
	return &below{b.whole, whole}, nil
}

// ReadLink answers where a symbolic link leads.
func ReadLink(fsys FS, name string) (string, error) {
	if own, ok := fsys.(ReadLinkFS); ok {
		return own.ReadLink(name)
	}
	return "", &PathError{Op: "readlink", Path: name, Err: ErrInvalid}
}

// Lstat answers what a file is; a symbolic link is not followed.
func Lstat(fsys FS, name string) (FileInfo, error) {
	if own, ok := fsys.(ReadLinkFS); ok {
		return own.Lstat(name)
	}
	return Stat(fsys, name)
}

// SubFS answers what is below a folder itself.
type SubFS interface {
	FS
	Sub(dir string) (FS, error)
}

// ReadLinkFS has symbolic links.
type ReadLinkFS interface {
	FS
	ReadLink(name string) (string, error)
	Lstat(name string) (FileInfo, error)
}
