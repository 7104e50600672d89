// Package ioutil has old names of what is in io and os. Go: src/io/ioutil.
package ioutil

import (
	"io"
	"io/fs"
	"os"
)

// Discard is io.Discard.
var Discard io.Writer = io.Discard

// ReadAll is io.ReadAll.
func ReadAll(from io.Reader) ([]byte, error) { return io.ReadAll(from) }

// ReadFile is os.ReadFile.
func ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// WriteFile is os.WriteFile.
func WriteFile(name string, data []byte, perm fs.FileMode) error {
	return os.WriteFile(name, data, perm)
}

// NopCloser is io.NopCloser.
func NopCloser(from io.Reader) io.ReadCloser { return io.NopCloser(from) }

// ReadDir lists a folder.
func ReadDir(name string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(name)
	var list []fs.FileInfo
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			list = append(list, info)
		}
	}
	return list, err
}

// TempFile is os.CreateTemp.
func TempFile(dir, pattern string) (*os.File, error) { return os.CreateTemp(dir, pattern) }

// TempDir is os.MkdirTemp.
func TempDir(dir, pattern string) (string, error) { return os.MkdirTemp(dir, pattern) }
