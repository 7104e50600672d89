// Package os is what a program sees of the system: its arguments, its three streams, and nothing else. There are no files: opening
// one says that it does not exist, making one that nothing can be written.
//
// os.go: process, environment and errors; file.go: streams and files. Go: src/os.
package os

import (
	"errors"
	"internal/runtime"
	"io/fs"
	"syscall"
)

// Args are the program's name and arguments.
var Args = arguments()

// argument returns the at-th argument, not ok beyond the last (native).
func argument(at int) (text string, ok bool)

func arguments() []string {
	args := make([]string, 0, 1)
	for i := 0; ; i++ {
		text, ok := argument(i)
		if !ok {
			return args
		}
		args = append(args, text)
	}
}

// Exit ends the program; deferred functions do not run.
func Exit(code int) { runtime.Exit(code) }

// Errors.
var (
	ErrInvalid          = fs.ErrInvalid
	ErrPermission       = fs.ErrPermission
	ErrExist            = fs.ErrExist
	ErrNotExist         = fs.ErrNotExist
	ErrClosed           = fs.ErrClosed
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrDeadlineExceeded = errors.New("i/o timeout")
	ErrProcessDone      = errors.New("os: process already finished")
	ErrNoHandle         = errors.New("process handle not supported")
)

// PathError says what failed on which file.
type PathError = fs.PathError

// SyscallError says which call of the system failed.
type SyscallError struct {
	Syscall string
	Err     error
}

func (bad *SyscallError) Error() string { return bad.Syscall + ": " + bad.Err.Error() }
func (bad *SyscallError) Unwrap() error { return bad.Err }

// LinkError says what failed on two files.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (bad *LinkError) Error() string {
	return bad.Op + " " + bad.Old + " " + bad.New + ": " + bad.Err.Error()
}
func (bad *LinkError) Unwrap() error { return bad.Err }

// underlying takes off what os puts round an error.
func underlying(err error) error {
	switch e := err.(type) {
	case *PathError:
		return e.Err
	case *LinkError:
		return e.Err
	case *SyscallError:
		return e.Err
	}
	return err
}

func means(err, what error) bool {
	err = underlying(err)
	if err == what {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(what)
}

// IsNotExist reports whether err says that a file does not exist.
func IsNotExist(err error) bool { return means(err, ErrNotExist) }

// IsExist reports whether err says that a file exists already.
func IsExist(err error) bool { return means(err, ErrExist) }

// IsPermission reports whether err says that something is not allowed.
func IsPermission(err error) bool { return means(err, ErrPermission) }

// IsTimeout reports whether err says that something took too long.
func IsTimeout(err error) bool {
	t, ok := underlying(err).(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// Signal is a signal of the system.
type Signal interface {
	String() string
	Signal()
}

// The signals that every system has.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

// environment are the variables of the process: at first those that every program finds, in a home of nobody.
var environment = []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"}

func find(key string) int {
	for i, entry := range environment {
		if len(entry) > len(key) && entry[len(key)] == '=' && entry[:len(key)] == key {
			return i
		}
	}
	return -1
}

// Getenv returns a variable of the environment, "" if it is not set.
func Getenv(key string) string {
	value, _ := LookupEnv(key)
	return value
}

// LookupEnv returns a variable of the environment and whether it is set.
func LookupEnv(key string) (string, bool) {
	if i := find(key); i >= 0 {
		return environment[i][len(key)+1:], true
	}
	return "", false
}

// Setenv sets a variable of the environment.
func Setenv(key, value string) error {
	if key == "" {
		return &SyscallError{"setenv", syscall.EINVAL}
	}
	for i := range len(key) {
		if key[i] == '=' || key[i] == 0 {
			return &SyscallError{"setenv", syscall.EINVAL}
		}
	}
	if i := find(key); i >= 0 {
		environment[i] = key + "=" + value
	} else {
		environment = append(environment, key+"="+value)
	}
	return nil
}

// Unsetenv takes a variable out.
func Unsetenv(key string) error {
	if i := find(key); i >= 0 {
		environment = append(environment[:i], environment[i+1:]...)
	}
	return nil
}

// Clearenv takes all variables out.
func Clearenv() { environment = nil }

// Environ returns all variables as key=value.
func Environ() []string { return append([]string(nil), environment...) }

// Getpid returns the number of the process.
func Getpid() int { return 1 }

// Getppid returns the number of the parent process.
func Getppid() int { return 0 }

// Getuid returns the user.
func Getuid() int { return 1000 }

// Getgid returns the group.
func Getgid() int { return 1000 }

// Geteuid returns the effective user.
func Geteuid() int { return 1000 }

// Getegid returns the effective group.
func Getegid() int { return 1000 }

// Getpagesize returns the size of a page.
func Getpagesize() int { return 4096 }

// Hostname returns the name of the machine.
func Hostname() (name string, err error) { return "gomem", nil }

// TempDir returns the folder for temporary files.
func TempDir() string { return "/tmp" }
