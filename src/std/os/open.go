package os

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
	"time"
)

// opened is a file of the tree that is being read or written; of a pipe or the null device it has no node.
type opened struct {
	n    *node
	pipe *pipe
	flag int
	at   int64
	// list is what ReadDir has not yet told, once it has begun.
	list    []DirEntry
	listing bool
}

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create makes a file.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

var descriptors = 3

func openedFile(name string, o *opened) *File {
	descriptors++
	f := NewFile(uintptr(descriptors-1), name)
	f.open = o
	return f
}

// OpenFile opens or makes a file.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	switch name {
	case DevNull:
		return openedFile(name, &opened{flag: flag}), nil
	case "/dev/stdin", "/dev/stdout", "/dev/stderr":
		return NewFile(uintptr(map[byte]int{'i': 0, 'o': 1, 'e': 2}[name[len(name)-2]]), name), nil
	}
	in, base, found, err := lookUp(name)
	switch {
	case err != nil:
	case found == nil && flag&O_CREATE == 0:
		err = syscall.ENOENT
	case found == nil:
		found = &node{mode: perm.Perm() &^ 022, changed: time.Now()}
		in.put(base, found)
	case flag&(O_CREATE|O_EXCL) == O_CREATE|O_EXCL:
		err = syscall.EEXIST
	case found.kids != nil && flag&(3|O_CREATE) != 0:
		err = syscall.EISDIR
	case flag&O_TRUNC != 0:
		found.data = nil
		found.changed = time.Now()
	}
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	return openedFile(name, &opened{n: found, flag: flag}), nil
}

// ReadFile returns what is in a file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if f.open == nil || f.open.n == nil {
		return io.ReadAll(f)
	}
	if f.open.n.kids != nil {
		return nil, &PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	}
	return append(make([]byte, 0, len(f.open.n.data)+512), f.open.n.data...), nil
}

// WriteFile makes a file.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

func (o *opened) read(data []byte) (int, error) {
	switch {
	case o.flag&3 == O_WRONLY:
		return 0, syscall.EBADF
	case o.pipe != nil:
		return o.pipe.read(data)
	case o.n == nil:
		return 0, io.EOF
	case o.n.kids != nil:
		return 0, syscall.EISDIR
	case len(data) == 0:
		return 0, nil
	case o.at >= int64(len(o.n.data)):
		return 0, io.EOF
	}
	n := copy(data, o.n.data[o.at:])
	o.at += int64(n)
	return n, nil
}

func (o *opened) write(data []byte) (int, error) {
	switch {
	case o.flag&3 == O_RDONLY:
		return 0, syscall.EBADF
	case o.pipe != nil:
		return o.pipe.write(data)
	case o.n == nil:
		return len(data), nil
	}
	if o.flag&O_APPEND != 0 {
		o.at = int64(len(o.n.data))
	}
	o.at += int64(o.n.writeAt(data, o.at))
	return len(data), nil
}

func (n *node) writeAt(data []byte, at int64) int {
	if more := at - int64(len(n.data)); more > 0 {
		n.data = append(n.data, make([]byte, more)...)
	}
	kept := copy(n.data[at:], data)
	n.data = append(n.data, data[kept:]...)
	n.changed = time.Now()
	return len(data)
}

func (o *opened) seek(offset int64, whence int) (int64, error) {
	if o.pipe != nil {
		return 0, syscall.ESPIPE
	}
	if o.n == nil {
		return 0, nil
	}
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += o.at
	case io.SeekEnd:
		offset += int64(len(o.n.data))
	default:
		return 0, syscall.EINVAL
	}
	if offset < 0 {
		return 0, syscall.EINVAL
	}
	o.at = offset
	o.listing = false
	return offset, nil
}

// told wraps what went wrong with the file's name; the end of a file is told as it is.
func (f *File) told(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// node returns the file's own node, or the error why op cannot be done.
func (f *File) node(op string, why error) (*node, error) {
	if err := f.usable(op); err != nil {
		return nil, err
	}
	if f.open == nil || f.open.n == nil {
		return nil, &PathError{Op: op, Path: f.name, Err: why}
	}
	return f.open.n, nil
}

// ReadAt reads at a place; a stream has none.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	at, err := f.node("read", syscall.ESPIPE)
	switch {
	case err != nil:
		return 0, err
	case off < 0:
		return 0, f.told("readat", errors.New("negative offset"))
	case f.open.flag&3 == O_WRONLY:
		return 0, f.told("read", syscall.EBADF)
	case at.kids != nil:
		return 0, f.told("read", syscall.EISDIR)
	case off < int64(len(at.data)):
		n = copy(b, at.data[off:])
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// WriteAt writes at a place; a stream has none.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	at, err := f.node("write", syscall.ESPIPE)
	switch {
	case err != nil:
		return 0, err
	case f.open.flag&O_APPEND != 0:
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	case off < 0:
		return 0, f.told("writeat", errors.New("negative offset"))
	case f.open.flag&3 == O_RDONLY:
		return 0, f.told("write", syscall.EBADF)
	}
	return at.writeAt(b, off), nil
}

// Truncate changes the size; a stream has none.
func (f *File) Truncate(size int64) error {
	n, err := f.node("truncate", syscall.EINVAL)
	if err != nil {
		return err
	}
	if f.open.flag&3 == O_RDONLY {
		return f.told("truncate", syscall.EINVAL)
	}
	return f.told("truncate", n.resize(size))
}

// Chmod changes the permissions.
func (f *File) Chmod(mode FileMode) error {
	n, err := f.node("chmod", syscall.EPERM)
	if err == nil {
		n.mode = n.mode&ModeType | mode.Perm()
	}
	return err
}

// Chown changes the owner.
func (f *File) Chown(uid, gid int) error {
	_, err := f.node("chown", syscall.EPERM)
	return err
}

// Chdir makes the file the current folder.
func (f *File) Chdir() error {
	n, err := f.node("chdir", syscall.ENOTDIR)
	if err != nil {
		return err
	}
	if n.kids == nil {
		return f.told("chdir", syscall.ENOTDIR)
	}
	return Chdir(f.name)
}

// ReadDir lists the entries of the folder, at most n if n is positive.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	at, err := f.node("readdirent", syscall.ENOTDIR)
	if err != nil {
		return nil, err
	}
	if at.kids == nil {
		return nil, f.told("readdirent", syscall.ENOTDIR)
	}
	o := f.open
	if !o.listing {
		o.list, o.listing = at.entries(), true
	}
	list := o.list
	if n > 0 {
		if len(list) == 0 {
			return nil, io.EOF
		}
		list = list[:min(n, len(list))]
	}
	o.list = o.list[len(list):]
	return list, nil
}

// Readdir lists the folder.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	list, err := f.ReadDir(n)
	var out []FileInfo
	for _, entry := range list {
		if one, err := entry.Info(); err == nil {
			out = append(out, one)
		}
	}
	return out, err
}

// Readdirnames lists the names in the folder.
func (f *File) Readdirnames(n int) (names []string, err error) {
	list, err := f.ReadDir(n)
	for _, entry := range list {
		names = append(names, entry.Name())
	}
	return names, err
}

// Stat describes the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.usable("stat"); err != nil {
		return nil, err
	}
	if f.open != nil && f.open.n != nil {
		return info{lastName(f.name), f.open.n}, nil
	}
	return stream{lastName(f.name)}, nil
}

var _ fs.ReadDirFile = (*File)(nil)
