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

// Walk calls fn for root and all below it, each folder before what is in it, by name.
func Walk(root string, fn WalkFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		return ended(fn(root, nil, err))
	}
	return ended(walk(root, info, fn))
}

func walk(path string, info fs.FileInfo, fn WalkFunc) error {
	if !info.IsDir() {
		return fn(path, info, nil)
	}
	list, err := os.ReadDir(path)
	if told := fn(path, info, err); err != nil || told != nil {
		return told
	}
	for _, entry := range list {
		name := Join(path, entry.Name())
		one, err := os.Lstat(name)
		if err != nil {
			if err = fn(name, one, err); err != nil && err != SkipDir {
				return err
			}
		} else if err = walk(name, one, fn); err != nil && (!one.IsDir() || err != SkipDir) {
			return err
		}
	}
	return nil
}

// WalkDir is Walk that does not ask for more of each file than its folder says.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		return ended(fn(root, nil, err))
	}
	return ended(walkDir(root, fs.FileInfoToDirEntry(info), fn))
}

func walkDir(path string, entry fs.DirEntry, fn fs.WalkDirFunc) error {
	if err := fn(path, entry, nil); err != nil || !entry.IsDir() {
		if err == SkipDir && entry.IsDir() {
			return nil
		}
		return err
	}
	list, err := os.ReadDir(path)
	if err != nil {
		if err = fn(path, entry, err); err == SkipDir && entry.IsDir() {
			return nil
		} else if err != nil {
			return err
		}
	}
	for _, one := range list {
		if err := walkDir(Join(path, one.Name()), one, fn); err == SkipDir {
			break
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Glob answers the names of the files that match pattern.
func Glob(pattern string) (matches []string, err error) {
	if _, err := Match(pattern, ""); err != nil {
		return nil, err
	}
	if !strings.ContainsAny(pattern, "*?[\\") {
		if _, err := os.Lstat(pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, file := Split(pattern)
	if len(dir) > 1 {
		dir = dir[:len(dir)-1]
	}
	folders := []string{dir}
	if strings.ContainsAny(dir, "*?[\\") {
		if dir == pattern {
			return nil, ErrBadPattern
		}
		if folders, err = Glob(dir); err != nil {
			return nil, err
		}
	}
	for _, in := range folders {
		looked := in
		if looked == "" {
			looked = "."
		}
		list, err := os.ReadDir(looked)
		if err != nil {
			continue
		}
		for _, entry := range list {
			if ok, err := Match(file, entry.Name()); err != nil {
				return matches, err
			} else if ok {
				matches = append(matches, Join(in, entry.Name()))
			}
		}
	}
	return matches, nil
}

func ended(err error) error {
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}
