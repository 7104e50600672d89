package os

import (
	"errors"
	"internal/runtime"
	"io"
	"io/fs"
	"strconv"
	"syscall"
	"time"
)

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

var errSeparator = errors.New("pattern contains path separator")

// temporary calls use with new names until one is free.
func temporary(op, dir, pattern string, use func(name string) error) error {
	if dir == "" {
		dir = TempDir()
	}
	prefix, suffix := pattern, ""
	for i := len(pattern) - 1; i >= 0; i-- {
		if pattern[i] == PathSeparator {
			return &PathError{Op: op, Path: pattern, Err: errSeparator}
		}
		if pattern[i] == '*' && prefix == pattern {
			prefix, suffix = pattern[:i], pattern[i+1:]
		}
	}
	if dir[len(dir)-1] != PathSeparator {
		dir += "/"
	}
	for {
		err := use(dir + prefix + strconv.Itoa(int(uint32(runtime.Rand()))) + suffix)
		if !IsExist(err) {
			return err
		}
	}
}

// CreateTemp makes a temporary file.
func CreateTemp(dir, pattern string) (f *File, err error) {
	err = temporary("createtemp", dir, pattern, func(name string) (err error) {
		f, err = OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		return err
	})
	return f, err
}

// MkdirTemp makes a temporary folder.
func MkdirTemp(dir, pattern string) (made string, err error) {
	err = temporary("mkdirtemp", dir, pattern, func(name string) error {
		made = name
		return Mkdir(name, 0700)
	})
	if err != nil {
		return "", err
	}
	return made, nil
}

// pipe is what two connected files share.
type pipe struct {
	data []byte
	// closed are the writing end and the reading end.
	closed [2]bool
	wake   chan struct{}
}

func (p *pipe) read(data []byte) (int, error) {
	for len(p.data) == 0 {
		if p.closed[0] {
			return 0, io.EOF
		}
		if p.wake == nil {
			p.wake = make(chan struct{})
		}
		<-p.wake
	}
	n := copy(data, p.data)
	p.data = p.data[n:]
	return n, nil
}

func (p *pipe) write(data []byte) (int, error) {
	if p.closed[1] {
		return 0, syscall.EPIPE
	}
	p.data = append(p.data, data...)
	p.rouse()
	return len(data), nil
}

func (p *pipe) close(writing bool) {
	if writing {
		p.closed[0] = true
		p.rouse()
	} else {
		p.closed[1] = true
	}
}

func (p *pipe) rouse() {
	if p.wake != nil {
		close(p.wake)
		p.wake = nil
	}
}

// Pipe makes two connected files.
func Pipe() (r *File, w *File, err error) {
	p := &pipe{}
	return openedFile("|0", &opened{pipe: p}), openedFile("|1", &opened{pipe: p, flag: O_WRONLY}), nil
}

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

// folderFS is the file system below a folder.
type folderFS string

func (dir folderFS) full(op, name string) (string, error) {
	if dir == "" {
		return "", &PathError{Op: op, Path: name, Err: errors.New("os: DirFS with empty root")}
	}
	if !fs.ValidPath(name) {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	if name == "." {
		return string(dir), nil
	}
	return string(dir) + "/" + name, nil
}

// short is err told of the name within the file system.
func short(err error, name string) error {
	if bad, ok := err.(*PathError); ok {
		bad.Path = name
	}
	return err
}

func (dir folderFS) Open(name string) (fs.File, error) {
	full, err := dir.full("open", name)
	if err != nil {
		return nil, err
	}
	f, err := Open(full)
	if err != nil {
		return nil, short(err, name)
	}
	return f, nil
}

func (dir folderFS) ReadFile(name string) ([]byte, error) {
	full, err := dir.full("readfile", name)
	if err != nil {
		return nil, err
	}
	data, err := ReadFile(full)
	return data, short(err, name)
}

func (dir folderFS) ReadDir(name string) ([]DirEntry, error) {
	full, err := dir.full("readdir", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(full)
	return list, short(err, name)
}

func (dir folderFS) Stat(name string) (fs.FileInfo, error) {
	full, err := dir.full("stat", name)
	if err != nil {
		return nil, err
	}
	one, err := Stat(full)
	return one, short(err, name)
}

// DirFS is the file system below a folder.
func DirFS(dir string) fs.FS { return folderFS(dir) }

// CopyFS copies a file system into a folder.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(name string, entry DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := dir
		if name != "." {
			to += "/" + name
		}
		if entry.IsDir() {
			return MkdirAll(to, 0777)
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		f, err := OpenFile(to, O_CREATE|O_EXCL|O_WRONLY, 0666)
		if err != nil {
			return err
		}
		if _, err := f.Write(data); err != nil {
			return &PathError{Op: "Copy", Path: to, Err: err}
		}
		return f.Close()
	})
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
