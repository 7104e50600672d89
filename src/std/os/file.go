package os

import (
	"errors"
	"internal/runtime"
	"io"
	"io/fs"
	"syscall"
	"unsafe"
)

// Flags of OpenFile.
const (
	O_RDONLY int = 0x0
	O_WRONLY int = 0x1
	O_RDWR   int = 0x2
	O_APPEND int = 0x400
	O_CREATE int = 0x40
	O_EXCL   int = 0x80
	O_SYNC   int = 0x101000
	O_TRUNC  int = 0x200
)

// Old names of io's constants, and what is specific to the system.
const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2

	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

type (
	FileInfo = fs.FileInfo
	FileMode = fs.FileMode
	DirEntry = fs.DirEntry
)

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

// File is an open file.
type File struct{ *file }

type file struct {
	fd     int
	name   string
	closed bool
}

// The three streams.
var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

// NewFile returns a file by its number.
func NewFile(fd uintptr, name string) *File { return &File{&file{fd: int(fd), name: name}} }

// readInput reads standard input into data; 0 is its end (native).
func readInput(data []byte) int

// usable returns nil, or the error of doing op.
func (f *File) usable(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

// Name returns the name it was opened by.
func (f *File) Name() string { return f.name }

// Fd returns its number.
func (f *File) Fd() uintptr {
	if f == nil || f.closed {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// Write implements io.Writer.
func (f *File) Write(data []byte) (n int, err error) {
	if err := f.usable("write"); err != nil {
		return 0, err
	}
	if f.fd != 1 && f.fd != 2 {
		return 0, &PathError{Op: "write", Path: f.name, Err: syscall.EBADF}
	}
	runtime.Write(f.fd, data)
	return len(data), nil
}

// WriteString writes text.
func (f *File) WriteString(text string) (n int, err error) { return f.Write(bytesOf(text)) }

// Read implements io.Reader.
func (f *File) Read(data []byte) (n int, err error) {
	if err := f.usable("read"); err != nil {
		return 0, err
	}
	if f.fd != 0 {
		return 0, &PathError{Op: "read", Path: f.name, Err: syscall.EBADF}
	}
	if len(data) == 0 {
		return 0, nil
	}
	if n = readInput(data); n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// ReadFrom implements io.ReaderFrom.
func (f *File) ReadFrom(in io.Reader) (n int64, err error) {
	if err := f.usable("write"); err != nil {
		return 0, err
	}
	return io.Copy(onlyWriter{f}, in)
}

// WriteTo implements io.WriterTo.
func (f *File) WriteTo(out io.Writer) (n int64, err error) {
	if err := f.usable("read"); err != nil {
		return 0, err
	}
	return io.Copy(out, onlyReader{f})
}

type onlyWriter struct{ f *File }

func (w onlyWriter) Write(data []byte) (int, error) { return w.f.Write(data) }

type onlyReader struct{ f *File }

func (r onlyReader) Read(data []byte) (int, error) { return r.f.Read(data) }

// Close ends its use.
func (f *File) Close() error {
	if err := f.usable("close"); err != nil {
		return err
	}
	f.closed = true
	return nil
}

// Sync writes through to the disk.
func (f *File) Sync() error { return f.usable("sync") }

// Seek cannot move in a stream.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.usable("seek"); err != nil {
		return 0, err
	}
	return 0, &PathError{Op: "seek", Path: f.name, Err: errors.New("illegal seek")}
}

func ofTheSystem(name string)

// missing says that there is no file of this name. Of folders that are on every machine nobody knows what is in them.
func missing(op, name string) error {
	for _, folder := range [...]string{"/bin/", "/dev/", "/etc/", "/lib/", "/proc/", "/sys/", "/usr/", "/var/"} {
		if len(name) >= len(folder)-1 && name[:len(folder)-1] == folder[:len(folder)-1] && (len(name) < len(folder) || name[len(folder)-1] == '/') {
			ofTheSystem(name)
		}
	}
	return &PathError{Op: op, Path: name, Err: syscall.ENOENT}
}
func readOnly(op, name string) error {
	return &PathError{Op: op, Path: name, Err: syscall.EROFS}
}

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create makes a file.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

// OpenFile opens or makes a file.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	switch {
	case name == DevNull && flag&3 == O_RDONLY:
		return nil, missing("open", name)
	case flag&O_CREATE != 0:
		return nil, readOnly("open", name)
	}
	return nil, missing("open", name)
}

// ReadFile returns what is in a file.
func ReadFile(name string) ([]byte, error) { return nil, missing("open", name) }

// WriteFile makes a file.
func WriteFile(name string, data []byte, perm FileMode) error { return readOnly("open", name) }

// Stat says what a file is.
func Stat(name string) (FileInfo, error) { return nil, missing("stat", name) }

// Lstat is Stat of a link.
func Lstat(name string) (FileInfo, error) { return nil, missing("lstat", name) }

// ReadDir lists a folder.
func ReadDir(name string) ([]DirEntry, error) { return nil, missing("open", name) }

// Remove takes a file away.
func Remove(name string) error { return missing("remove", name) }

// RemoveAll takes a file away with what is in it, if it exists.
func RemoveAll(path string) error { return nil }

// Mkdir makes a folder.
func Mkdir(name string, perm FileMode) error { return readOnly("mkdir", name) }

// MkdirAll makes a folder and those above it.
func MkdirAll(path string, perm FileMode) error { return readOnly("mkdir", path) }

// Chdir changes the current folder.
func Chdir(dir string) error { return missing("chdir", dir) }

// Rename gives a file another name.
func Rename(oldpath, newpath string) error {
	return &LinkError{"rename", oldpath, newpath, syscall.ENOENT}
}

// bytesOf returns the bytes of text without copying them; they must not be changed.
func bytesOf(text string) []byte { return unsafe.Slice(unsafe.StringData(text), len(text)) }
