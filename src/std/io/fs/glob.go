// Package fs: the names of a file system that a pattern matches.
//
// Patterns are those of path.Match, element by element. Go: io/fs/glob.go.
package fs

import (
	"path"
	"strings"
)

// A GlobFS looks for names by itself.
type GlobFS interface {
	FS
	Glob(pattern string) ([]string, error)
}

// Glob returns the names in fsys that pattern matches; only the pattern can be wrong.
func Glob(fsys FS, pattern string) (matches []string, err error) {
	if own, ok := fsys.(GlobFS); ok {
		return own.Glob(pattern)
	}
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	if !isPattern(pattern) {
		if _, err := Stat(fsys, pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, file := path.Split(pattern)
	if dir = strings.TrimSuffix(dir, "/"); dir == "" {
		dir = "."
	}
	folders := []string{dir}
	if isPattern(dir) {
		if folders, err = Glob(fsys, dir); err != nil {
			return nil, err
		}
	}
	for _, folder := range folders {
		entries, err := ReadDir(fsys, folder)
		if err != nil {
			continue
		}
		for _, entry := range entries {
			ok, err := path.Match(file, entry.Name())
			if err != nil {
				return matches, err
			}
			if ok {
				matches = append(matches, path.Join(folder, entry.Name()))
			}
		}
	}
	return matches, nil
}

func isPattern(name string) bool { return strings.ContainsAny(name, `*?[\`) }
