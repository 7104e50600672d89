// Package fs has the types of file systems. Go: src/io/fs.
package fs

import (
	"internal/oserror"
	"time"
)

// Errors of file systems.
var (
	ErrInvalid    = oserror.ErrInvalid
	ErrPermission = oserror.ErrPermission
	ErrExist      = oserror.ErrExist
	ErrNotExist   = oserror.ErrNotExist
	ErrClosed     = oserror.ErrClosed
)

// FS is a file system.
type FS interface {
	Open(path string) (File, error)
}

// File is an open file.
type File interface {
	Read(room []byte) (n int, err error)
	Stat() (info FileInfo, err error)
	Close() error
}

// FileInfo says what a file is.
type FileInfo interface {
	Name() string
	Size() int64
	Mode() FileMode
	ModTime() time.Time
	IsDir() bool
	Sys() any
}

// DirEntry is an entry of a folder.
type DirEntry interface {
	Name() string
	IsDir() bool
	Type() FileMode
	Info() (info FileInfo, err error)
}

// FileMode is kind and permissions of a file.
type FileMode uint32

const (
	ModeDir FileMode = 1 << (31 - iota)
	ModeAppend
	ModeExclusive
	ModeTemporary
	ModeSymlink
	ModeDevice
	ModeNamedPipe
	ModeSocket
	ModeSetuid
	ModeSetgid
	ModeCharDevice
	ModeSticky
	ModeIrregular

	ModeType          = ModeDir | ModeSymlink | ModeNamedPipe | ModeSocket | ModeDevice | ModeCharDevice | ModeIrregular
	ModePerm FileMode = 0777
)

func (mode FileMode) String() string {
	var buf [32]byte
	text := buf[:0]
	for i, c := range "dalTLDpSugct?" {
		if mode&(1<<uint(31-i)) != 0 {
			text = append(text, byte(c))
		}
	}
	if len(text) == 0 {
		text = append(text, '-')
	}
	for i, c := range "rwxrwxrwx" {
		if mode&(1<<uint(8-i)) == 0 {
			c = '-'
		}
		text = append(text, byte(c))
	}
	return string(text)
}

// IsDir reports whether it is a folder.
func (mode FileMode) IsDir() bool { return mode&ModeDir != 0 }

// IsRegular reports whether it is an ordinary file.
func (mode FileMode) IsRegular() bool { return mode&ModeType == 0 }

// Perm returns the permissions.
func (mode FileMode) Perm() FileMode { return mode & ModePerm }

// Type returns the kind.
func (mode FileMode) Type() FileMode { return mode & ModeType }

// PathError says what failed on which file.
type PathError struct {
	Op   string
	Path string
	Err  error
}

func (bad *PathError) Error() string { return bad.Op + " " + bad.Path + ": " + bad.Err.Error() }

func (bad *PathError) Unwrap() error { return bad.Err }

// Timeout reports whether something took too long.
func (bad *PathError) Timeout() bool {
	if late, ok := bad.Err.(interface{ Timeout() bool }); ok {
		return late.Timeout()
	}
	return false
}
