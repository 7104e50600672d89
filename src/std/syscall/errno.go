// Package syscall has the error numbers and signals that programs compare with; there is no system to call. Go: src/syscall.
package syscall

import (
	"internal/oserror"
	"strconv"
)

// Errno is an error of the system, by its number on Linux.
type Errno uintptr

const (
	EPERM   = Errno(1)
	ENOENT  = Errno(2)
	EINTR   = Errno(4)
	EIO     = Errno(5)
	EBADF   = Errno(9)
	EAGAIN  = Errno(11)
	ENOMEM  = Errno(12)
	EACCES  = Errno(13)
	EEXIST  = Errno(17)
	ENOTDIR = Errno(20)
	EISDIR  = Errno(21)
	EINVAL  = Errno(22)
	EPIPE   = Errno(32)
	EROFS   = Errno(30)
	ENOSYS  = Errno(38)
)

func (e Errno) Error() string {
	switch e {
	case EPERM:
		return "operation not permitted"
	case ENOENT:
		return "no such file or directory"
	case EINTR:
		return "interrupted system call"
	case EIO:
		return "input/output error"
	case EBADF:
		return "bad file descriptor"
	case EAGAIN:
		return "resource temporarily unavailable"
	case ENOMEM:
		return "cannot allocate memory"
	case EACCES:
		return "permission denied"
	case EEXIST:
		return "file exists"
	case ENOTDIR:
		return "not a directory"
	case EISDIR:
		return "is a directory"
	case EINVAL:
		return "invalid argument"
	case EPIPE:
		return "broken pipe"
	case EROFS:
		return "read-only file system"
	case ENOSYS:
		return "function not implemented"
	}
	return "errno " + strconv.Itoa(int(e))
}

// Is makes errors.Is work with the errors of os.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST
	case oserror.ErrNotExist:
		return e == ENOENT
	}
	return false
}

// Temporary reports whether it may go away.
func (e Errno) Temporary() bool { return e == EINTR || e.Timeout() }

// Timeout reports whether something took too long.
func (e Errno) Timeout() bool { return e == EAGAIN }

// Signal is a signal, by its number on Linux.
type Signal int

const (
	SIGHUP  = Signal(1)
	SIGINT  = Signal(2)
	SIGQUIT = Signal(3)
	SIGKILL = Signal(9)
	SIGUSR1 = Signal(10)
	SIGUSR2 = Signal(12)
	SIGPIPE = Signal(13)
	SIGALRM = Signal(14)
	SIGTERM = Signal(15)
)

// Signal marks a signal.
func (s Signal) Signal() {}

func (s Signal) String() string {
	switch s {
	case SIGHUP:
		return "hangup"
	case SIGINT:
		return "interrupt"
	case SIGQUIT:
		return "quit"
	case SIGKILL:
		return "killed"
	case SIGUSR1:
		return "user defined signal 1"
	case SIGUSR2:
		return "user defined signal 2"
	case SIGPIPE:
		return "broken pipe"
	case SIGALRM:
		return "alarm clock"
	case SIGTERM:
		return "terminated"
	}
	return "signal " + strconv.Itoa(int(s))
}
