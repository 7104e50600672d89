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
	EBUSY   = Errno(16)
	EINVAL  = Errno(22)
	EMFILE  = Errno(24)
	ESPIPE  = Errno(29)
	EPIPE   = Errno(32)
	EROFS   = Errno(30)
	ENOSYS  = Errno(38)

	ENOTEMPTY = Errno(39)
)

func (no Errno) Error() string {
	switch no {
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
	case EBUSY:
		return "device or resource busy"
	case ENOTEMPTY:
		return "directory not empty"
	case EISDIR:
		return "is a directory"
	case EINVAL:
		return "invalid argument"
	case EMFILE:
		return "too many open files"
	case ESPIPE:
		return "illegal seek"
	case EPIPE:
		return "broken pipe"
	case EROFS:
		return "read-only file system"
	case ENOSYS:
		return "function not implemented"
	}
	return "errno " + strconv.Itoa(int(no))
}

// Is makes errors.Is work with the errors of os.
func (no Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return no == EACCES || no == EPERM
	case oserror.ErrExist:
		return no == EEXIST || no == ENOTEMPTY
	case oserror.ErrNotExist:
		return no == ENOENT
	}
	return false
}

// Temporary reports whether it may go away.
func (no Errno) Temporary() bool { return no == EINTR || no.Timeout() }

// Timeout reports whether something took too long.
func (no Errno) Timeout() bool { return no == EAGAIN }

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
func (sig Signal) Signal() {}

func (sig Signal) String() string {
	switch sig {
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
	return "signal " + strconv.Itoa(int(sig))
}
