// What walks over files hand on. Go keeps the original in io/fs/walk.go.
package fs

import "errors"

// What a WalkDirFunc answers to leave out a folder or all the rest.
var (
	SkipDir = errors.New("skip this directory")
	SkipAll = errors.New("skip everything and stop the walk")
)

// WalkDirFunc is called for each file of a walk.
type WalkDirFunc func(path string, d DirEntry, err error) error
