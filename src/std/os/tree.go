package os

import (
	"io/fs"
	"sort"
	"syscall"
	"time"
)

// The files of the simulated machine: a tree in the program's own memory, empty at the start but for /tmp and the current folder. It reaches nothing of
// the host. What a real machine surely has (/etc, /usr …) nobody knows here: a program that asks for it is answered as unsupported.

// node is a file or (with kids) a folder.
type node struct {
	data    []byte
	kids    map[string]*node
	mode    FileMode
	changed time.Time
}

var (
	// root is made when it is first needed.
	root *node
	// here is the current folder's name from the root.
	here = "/work"
)

func folder(mode FileMode) *node {
	return &node{kids: map[string]*node{}, mode: mode | ModeDir, changed: time.Now()}
}

func tree() *node {
	if root == nil {
		root = folder(0755)
		root.kids["tmp"] = folder(0777)
		root.kids["work"] = folder(0755)
	}
	return root
}

// unsupported ends the program: it needs what only a real machine has (native).
func unsupported(what string)

// guard ends the program if nobody knows whether there is a file of this name.
func guard(name string) {
	for _, known := range [...]string{"/bin/", "/dev/", "/etc/", "/lib/", "/proc/", "/sys/", "/usr/", "/var/"} {
		if len(name) >= len(known)-1 && name[:len(known)-1] == known[:len(known)-1] && (len(name) < len(known) || name[len(known)-1] == '/') {
			unsupported("the system's file " + name)
		}
	}
}

// names parts a name into those from the root on.
func names(name string) []string {
	if name[0] != '/' {
		name = here + "/" + name
	}
	guard(name)
	var list []string
	for from, i := 0, 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		switch part := name[from:i]; part {
		case "", ".":
		case "..":
			if len(list) > 0 {
				list = list[:len(list)-1]
			}
		default:
			list = append(list, part)
		}
		from = i + 1
	}
	return list
}

// lookUp finds the folder that name lies in, its own name there, and what is there.
func lookUp(name string) (in *node, base string, found *node, err error) {
	if name == "" {
		return nil, "", nil, syscall.ENOENT
	}
	at := tree()
	list := names(name)
	if len(list) == 0 {
		return nil, "/", at, nil
	}
	for _, part := range list[:len(list)-1] {
		if at.kids == nil {
			return nil, "", nil, syscall.ENOTDIR
		}
		if at = at.kids[part]; at == nil {
			return nil, "", nil, syscall.ENOENT
		}
	}
	if at.kids == nil {
		return nil, "", nil, syscall.ENOTDIR
	}
	base = list[len(list)-1]
	found = at.kids[base]
	if found != nil && found.kids == nil && name[len(name)-1] == '/' {
		return nil, "", nil, syscall.ENOTDIR
	}
	return at, base, found, nil
}

// existing finds what must be there.
func existing(op, name string) (*node, error) {
	_, _, found, err := lookUp(name)
	if err == nil && found == nil {
		err = syscall.ENOENT
	}
	if err != nil {
		return nil, &PathError{Op: op, Path: name, Err: err}
	}
	return found, nil
}

func (in *node) put(base string, what *node) {
	in.kids[base] = what
	in.changed = time.Now()
}

// info describes a node.
type info struct {
	name string
	n    *node
}

func (i info) Name() string       { return i.name }
func (i info) Mode() FileMode     { return i.n.mode }
func (i info) ModTime() time.Time { return i.n.changed }
func (i info) IsDir() bool        { return i.n.kids != nil }
func (i info) Sys() any           { return nil }
func (i info) Size() int64 {
	if i.n.kids != nil {
		return 4096
	}
	return int64(len(i.n.data))
}

// entries lists a folder by name.
func (in *node) entries() []DirEntry {
	list := make([]string, 0, len(in.kids))
	for name := range in.kids {
		list = append(list, name)
	}
	sort.Strings(list)
	out := make([]DirEntry, len(list))
	for i, name := range list {
		out[i] = fs.FileInfoToDirEntry(info{name, in.kids[name]})
	}
	return out
}

// lastName is the last name of a path, as FileInfo.Name gives it.
func lastName(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' && len(name) > 1 {
			return name[i+1:]
		}
	}
	return name
}

// Stat says what a file is.
func Stat(name string) (FileInfo, error) { return describe("stat", name) }

// Lstat is Stat of a link.
func Lstat(name string) (FileInfo, error) { return describe("lstat", name) }

func describe(op, name string) (FileInfo, error) {
	n, err := existing(op, name)
	if err != nil {
		return nil, err
	}
	return info{lastName(name), n}, nil
}

// ReadDir lists a folder.
func ReadDir(name string) ([]DirEntry, error) {
	n, err := existing("open", name)
	if err != nil {
		return nil, err
	}
	if n.kids == nil {
		return nil, &PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	return n.entries(), nil
}

// Remove takes a file or an empty folder away.
func Remove(name string) error {
	in, base, found, err := lookUp(name)
	switch {
	case err == nil && found == nil:
		err = syscall.ENOENT
	case err == nil && len(found.kids) > 0:
		err = syscall.ENOTEMPTY
	case err == nil && in == nil:
		err = syscall.EBUSY
	}
	if err != nil {
		return &PathError{Op: "remove", Path: name, Err: err}
	}
	delete(in.kids, base)
	return nil
}

// RemoveAll takes a file away with what is in it, if it exists.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if path == "." || len(path) > 1 && path[len(path)-2:] == "/." {
		return &PathError{Op: "RemoveAll", Path: path, Err: syscall.EINVAL}
	}
	in, base, found, err := lookUp(path)
	if err == syscall.ENOTDIR {
		return &PathError{Op: "unlinkat", Path: path, Err: err}
	}
	if found != nil && in != nil {
		delete(in.kids, base)
	}
	return nil
}

// Mkdir makes a folder.
func Mkdir(name string, perm FileMode) error {
	in, base, found, err := lookUp(name)
	if err == nil && found != nil {
		err = syscall.EEXIST
	}
	if err != nil {
		return &PathError{Op: "mkdir", Path: name, Err: err}
	}
	in.put(base, folder(perm.Perm()&^022))
	return nil
}

// MkdirAll makes a folder and those above it.
func MkdirAll(path string, perm FileMode) error {
	if _, _, found, err := lookUp(path); err == nil && found != nil {
		if found.kids == nil {
			return &PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
		}
		return nil
	}
	end := len(path)
	for end > 0 && path[end-1] == '/' {
		end--
	}
	for end > 0 && path[end-1] != '/' {
		end--
	}
	for end > 1 && path[end-1] == '/' {
		end--
	}
	if end > 0 {
		if err := MkdirAll(path[:end], perm); err != nil {
			return err
		}
	}
	return Mkdir(path, perm)
}

// Rename gives a file another name.
func Rename(oldpath, newpath string) error {
	from, oldName, found, err := lookUp(oldpath)
	to, newName, there, newErr := lookUp(newpath)
	switch {
	case err == nil && (found == nil || from == nil):
		err = syscall.ENOENT
	case err == nil && newErr != nil:
		err = newErr
	case err == nil && there != nil && there.kids != nil && there != found:
		err = syscall.EEXIST
	case err == nil && there != nil && found.kids != nil && there.kids == nil:
		err = syscall.ENOTDIR
	}
	if err != nil {
		return &LinkError{"rename", oldpath, newpath, err}
	}
	delete(from.kids, oldName)
	to.put(newName, found)
	return nil
}

// Chdir changes the current folder.
func Chdir(dir string) error {
	n, err := existing("chdir", dir)
	if err != nil {
		return err
	}
	if n.kids == nil {
		return &PathError{Op: "chdir", Path: dir, Err: syscall.ENOTDIR}
	}
	now := ""
	for _, part := range names(dir) {
		now += "/" + part
	}
	if now == "" {
		now = "/"
	}
	here = now
	return nil
}

// Getwd returns the current folder.
func Getwd() (dir string, err error) { return here, nil }

// Chmod changes the permissions of a file.
func Chmod(name string, mode FileMode) error {
	n, err := existing("chmod", name)
	if err == nil {
		n.mode = n.mode&ModeType | mode.Perm()
	}
	return err
}

// Chown changes the owner of a file, which is always the same.
func Chown(name string, uid, gid int) error {
	_, err := existing("chown", name)
	return err
}

// Lchown is Chown of a link.
func Lchown(name string, uid, gid int) error {
	_, err := existing("lchown", name)
	return err
}

// Chtimes changes the times of a file.
func Chtimes(name string, atime time.Time, mtime time.Time) error {
	n, err := existing("chtimes", name)
	if err == nil {
		n.changed = mtime
	}
	return err
}

// Truncate changes the size of a file.
func Truncate(name string, size int64) error {
	n, err := existing("truncate", name)
	if err != nil {
		return err
	}
	if why := n.resize(size); why != nil {
		return &PathError{Op: "truncate", Path: name, Err: why}
	}
	return nil
}

func (n *node) resize(size int64) error {
	switch {
	case n.kids != nil:
		return syscall.EISDIR
	case size < 0:
		return syscall.EINVAL
	case size <= int64(len(n.data)):
		n.data = n.data[:size]
	default:
		n.data = append(n.data, make([]byte, size-int64(len(n.data)))...)
	}
	n.changed = time.Now()
	return nil
}

// Readlink returns where a link leads; there are none.
func Readlink(name string) (string, error) {
	if _, err := existing("readlink", name); err != nil {
		return "", err
	}
	return "", &PathError{Op: "readlink", Path: name, Err: syscall.EINVAL}
}

// Link makes another name of a file.
func Link(oldname, newname string) error {
	unsupported("os.Link")
	return nil
}

// Symlink makes a link.
func Symlink(oldname, newname string) error {
	unsupported("os.Symlink")
	return nil
}

// SameFile reports whether two descriptions are of one file.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok := fi1.(info)
	b, also := fi2.(info)
	return ok && also && a.n == b.n
}
