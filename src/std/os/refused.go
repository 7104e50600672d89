package os

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
	"time"
)

// What needs files or processes says that there are none: reading that the file does not exist, changing that nothing can be written.

// NewSyscallError puts the name of a system call round err; nil stays nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

// Timeout reports whether the call took too long.
func (bad *SyscallError) Timeout() bool {
	t, ok := bad.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// IsPathSeparator reports whether c parts the names of a path.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

// Chmod changes the permissions of a file.
func Chmod(name string, mode FileMode) error { return missing("chmod", name) }

// Chown changes the owner of a file.
func Chown(name string, uid, gid int) error { return missing("chown", name) }

// Lchown is Chown of a link.
func Lchown(name string, uid, gid int) error { return missing("lchown", name) }

// Chtimes changes the times of a file.
func Chtimes(name string, atime time.Time, mtime time.Time) error { return missing("chtimes", name) }

// Truncate changes the size of a file.
func Truncate(name string, size int64) error { return missing("truncate", name) }

// Readlink returns where a link leads.
func Readlink(name string) (string, error) { return "", missing("readlink", name) }

func refusedLink(op, from, to string) error { return &LinkError{op, from, to, syscall.EROFS} }

// Link makes another name of a file.
func Link(oldname, newname string) error { return refusedLink("link", oldname, newname) }

// Symlink makes a link.
func Symlink(oldname, newname string) error { return refusedLink("symlink", oldname, newname) }

// SameFile reports whether two descriptions are of one file.
func SameFile(fi1, fi2 FileInfo) bool { return fi1 == fi2 }

// CreateTemp makes a temporary file.
func CreateTemp(dir, pattern string) (*File, error) {
	return nil, readOnly("open", temporary(dir, pattern))
}

// MkdirTemp makes a temporary folder.
func MkdirTemp(dir, pattern string) (string, error) {
	return "", readOnly("mkdir", temporary(dir, pattern))
}

func temporary(dir, pattern string) string {
	if dir == "" {
		dir = TempDir()
	}
	return dir + "/" + pattern
}

// Pipe makes two connected files.
func Pipe() (r *File, w *File, err error) { return nil, nil, NewSyscallError("pipe2", syscall.EMFILE) }

// Executable returns the path of the program.
func Executable() (string, error) { return "", errors.New("os: the program is no file") }

// Getgroups returns the groups of the user.
func Getgroups() ([]int, error) { return []int{Getgid()}, nil }

func ofUser(variable, below string) (string, error) {
	if dir := Getenv(variable); dir != "" {
		return dir, nil
	}
	if home := Getenv("HOME"); home != "" && below != "" {
		return home + below, nil
	}
	if below == "" {
		return "", errors.New("$HOME is not defined")
	}
	return "", errors.New("neither $" + variable + " nor $HOME are defined")
}

// UserHomeDir returns the folder of the user.
func UserHomeDir() (string, error) { return ofUser("HOME", "") }

// UserCacheDir returns the folder for what can be made again.
func UserCacheDir() (string, error) { return ofUser("XDG_CACHE_HOME", "/.cache") }

// UserConfigDir returns the folder for settings.
func UserConfigDir() (string, error) { return ofUser("XDG_CONFIG_HOME", "/.config") }

// emptyFS is a file system without files.
type emptyFS string

func (dir emptyFS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &PathError{Op: "open", Path: name, Err: ErrInvalid}
	}
	return nil, missing("open", name)
}

// DirFS is the file system below a folder.
func DirFS(dir string) fs.FS { return emptyFS(dir) }

// CopyFS copies a file system into a folder.
func CopyFS(dir string, fsys fs.FS) error { return readOnly("mkdir", dir) }

func (f *File) refuse(op string, why error) error {
	if err := f.usable(op); err != nil {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: why}
}

// ReadAt reads at a place; a stream has none.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	return 0, f.refuse("read", syscall.ESPIPE)
}

// WriteAt writes at a place; a stream has none.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	return 0, f.refuse("write", syscall.ESPIPE)
}

// Truncate changes the size; a stream has none.
func (f *File) Truncate(size int64) error { return f.refuse("truncate", syscall.EINVAL) }

// Chmod changes the permissions.
func (f *File) Chmod(mode FileMode) error { return f.refuse("chmod", syscall.EPERM) }

// Chown changes the owner.
func (f *File) Chown(uid, gid int) error { return f.refuse("chown", syscall.EPERM) }

// Chdir makes the file the current folder.
func (f *File) Chdir() error { return f.refuse("chdir", syscall.ENOTDIR) }

// Readdir lists the folder.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	return nil, f.refuse("readdirent", syscall.ENOTDIR)
}

// Readdirnames lists the names in the folder.
func (f *File) Readdirnames(n int) (names []string, err error) {
	return nil, f.refuse("readdirent", syscall.ENOTDIR)
}

// ReadDir lists the entries of the folder.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	return nil, f.refuse("readdirent", syscall.ENOTDIR)
}

// SetDeadline limits how long reading and writing may take.
func (f *File) SetDeadline(t time.Time) error { return ErrNoDeadline }

// SetReadDeadline limits how long reading may take.
func (f *File) SetReadDeadline(t time.Time) error { return ErrNoDeadline }

// SetWriteDeadline limits how long writing may take.
func (f *File) SetWriteDeadline(t time.Time) error { return ErrNoDeadline }

// stream describes one of the three streams: a pipe.
type stream struct{ name string }

func (s stream) Name() string       { return s.name }
func (s stream) Size() int64        { return 0 }
func (s stream) Mode() FileMode     { return ModeNamedPipe | 0600 }
func (s stream) ModTime() time.Time { return time.Time{} }
func (s stream) IsDir() bool        { return false }
func (s stream) Sys() any           { return nil }

// Stat describes the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.usable("stat"); err != nil {
		return nil, err
	}
	name := f.name
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == PathSeparator {
			name = name[i+1:]
			break
		}
	}
	return stream{name}, nil
}

var _ io.ReaderAt = (*File)(nil)
