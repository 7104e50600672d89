package os

import (
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
	// open is what the streams don't have.
	open *opened
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
	if f.open != nil {
		n, err = f.open.write(data)
		return n, f.told("write", err)
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
	if f.open != nil {
		n, err = f.open.read(data)
		return n, f.told("read", err)
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
	if f.open != nil && f.open.pipe != nil {
		f.open.pipe.close(f.open.flag == O_WRONLY)
	}
	return nil
}

// Sync writes through to the disk.
func (f *File) Sync() error { return f.usable("sync") }

// Seek moves where the next read or write happens; it cannot in a stream.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.usable("seek"); err != nil {
		return 0, err
	}
	if f.open == nil {
		return 0, f.told("seek", syscall.ESPIPE)
	}
	ret, err = f.open.seek(offset, whence)
	return ret, f.told("seek", err)
}

// bytesOf returns the bytes of text without copying them; they must not be changed.
func bytesOf(text string) []byte { return unsafe.Slice(unsafe.StringData(text), len(text)) }
