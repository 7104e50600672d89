// Package oserror has the errors that os, io/fs and syscall share. Go: src/internal/oserror.
package oserror

import "errors"

var ErrInvalid, ErrPermission = errors.New("invalid argument"), errors.New("permission denied")

var ErrExist, ErrNotExist = errors.New("file already exists"), errors.New("file does not exist")

var ErrClosed = errors.New("file already closed")
