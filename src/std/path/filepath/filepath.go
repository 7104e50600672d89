// Package filepath works on the names of files, as on Unix: mostly as package path does. There are no files here, so Walk finds none.
// Go keeps the original in path/filepath.
package filepath

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// The characters between names and between paths.
const (
	Separator     = os.PathSeparator
	ListSeparator = os.PathListSeparator
)

// ErrBadPattern is the fault of a malformed pattern.
var ErrBadPattern = errors.New("syntax error in pattern")

// What a WalkFunc answers to leave out a folder or all the rest.
var (
	SkipDir = fs.SkipDir
	SkipAll = fs.SkipAll
)

// WalkFunc is called for each file of a walk.
type WalkFunc func(path string, info fs.FileInfo, err error) error

// Clean answers the shortest name of the same file.
func Clean(path string) string { return clean(path) }

func clean(name string) string { return path.Clean(name) }

// Join puts names together.
func Join(elem ...string) string { return path.Join(elem...) }

// Base answers the last name.
func Base(path string) string { return base(path) }

func base(name string) string { return path.Base(name) }

// Dir answers all but the last name.
func Dir(path string) string { return folder(path) }

func folder(name string) string { return path.Dir(name) }

// Ext answers the suffix of the last name.
func Ext(path string) string { return suffix(path) }

func suffix(name string) string { return path.Ext(name) }

// Split cuts before the last name.
func Split(path string) (dir, file string) {
	last := strings.LastIndexByte(path, Separator) + 1
	return path[:last], path[last:]
}

// IsAbs tells whether a name begins at the root.
func IsAbs(path string) bool { return strings.HasPrefix(path, "/") }

// IsLocal tells whether a name stays within the current folder.
func IsLocal(path string) bool {
	if path == "" || IsAbs(path) {
		return false
	}
	short := clean(path)
	return short != ".." && !strings.HasPrefix(short, "../")
}

// ToSlash changes nothing on Unix.
func ToSlash(path string) string { return path }

// FromSlash changes nothing on Unix.
func FromSlash(path string) string { return path }

// VolumeName is empty on Unix.
func VolumeName(path string) string { return "" }

// SplitList cuts a list of paths.
func SplitList(path string) []string {
	if path != "" {
		return strings.Split(path, string(ListSeparator))
	}
	return []string{}
}

// Match tells whether a name fits a pattern.
func Match(pattern, name string) (matched bool, err error) {
	matched, err = path.Match(pattern, name)
	if err != nil {
		err = ErrBadPattern
	}
	return matched, err
}

// Abs answers the name from the root.
func Abs(path string) (string, error) {
	if IsAbs(path) {
		return clean(path), nil
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return Join(here, path), nil
}

// Rel answers how to get from basepath to targpath.
func Rel(basepath, targpath string) (string, error) {
	from, to := clean(basepath), clean(targpath)
	if from == to {
		return ".", nil
	}
	if from == "." {
		from = ""
	}
	if to == "." {
		to = ""
	}
	if IsAbs(from) != IsAbs(to) {
		return "", errors.New("Rel: can't make " + targpath + " relative to " + basepath)
	}
	names, wanted := names(from), names(to)
	same := 0
	for same < len(names) && same < len(wanted) && names[same] == wanted[same] {
		same++
	}
	for _, name := range names[same:] {
		if name == ".." {
			return "", errors.New("Rel: can't make " + targpath + " relative to " + basepath)
		}
	}
	up := strings.Repeat("../", len(names)-same) + strings.Join(wanted[same:], "/")
	return strings.TrimSuffix(up, "/"), nil
}

func names(path string) []string {
	path = strings.TrimPrefix(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// Walk calls fn for the root, which is not there.
func Walk(root string, fn WalkFunc) error {
	_, err := os.Lstat(root)
	return ended(fn(root, nil, err))
}

// WalkDir calls fn for the root, which is not there.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	_, err := os.Lstat(root)
	return ended(fn(root, nil, err))
}

func ended(err error) error {
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}
