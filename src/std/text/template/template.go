// Package template fills text with data.
//
// parse makes trees of a text; template.go keeps templates that belong together; run.go walks a tree; value.go evaluates what stands in actions;
// call.go calls functions and methods; builtin.go, compare.go and escape.go are the functions that every template has.
// Go: src/text/template.
package template

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"text/template/parse"
)

// FuncMap names functions. Each returns one value, or one and an error.
type FuncMap map[string]any

// Template is a parsed template and those that it belongs to.
type Template struct {
	name string
	*parse.Tree
	*kin
	leftDelim  string
	rightDelim string
}

// kin is what templates that belong together share.
type kin struct {
	option option
	// lock guards the maps.
	lock    sync.RWMutex
	members map[string]*Template
	// given are the functions as they came, callable the same as values.
	given    FuncMap
	callable map[string]reflect.Value
}

type option struct{ missingKey missing }

// missing says what a key that a map lacks becomes.
type missing int

const (
	missingInvalid missing = iota
	missingZero
	missingError
)

// New returns a template without text.
func New(name string) *Template {
	return &Template{name: name, kin: newKin()}
}

func newKin() *kin {
	return &kin{members: map[string]*Template{}, given: FuncMap{}, callable: map[string]reflect.Value{}}
}

func (t *Template) ready() {
	if t.kin == nil {
		t.kin = newKin()
	}
}

// Name returns the name.
func (t *Template) Name() string { return t.name }

// New returns a template that belongs to t.
func (t *Template) New(name string) *Template {
	t.ready()
	return &Template{name: name, kin: t.kin, leftDelim: t.leftDelim, rightDelim: t.rightDelim}
}

// Option sets options: missingkey=default, invalid, zero or error.
func (t *Template) Option(opt ...string) *Template {
	t.ready()
	for _, o := range opt {
		switch o {
		case "":
			panic("empty option string")
		case "missingkey=default", "missingkey=invalid":
			t.option.missingKey = missingInvalid
		case "missingkey=zero":
			t.option.missingKey = missingZero
		case "missingkey=error":
			t.option.missingKey = missingError
		default:
			panic("unrecognized option: " + o)
		}
	}
	return t
}

// Delims sets what begins and ends an action; "" is the usual.
func (t *Template) Delims(left, right string) *Template {
	t.ready()
	t.leftDelim, t.rightDelim = left, right
	return t
}

// Funcs adds functions.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.ready()
	t.lock.Lock()
	defer t.lock.Unlock()
	addFunctions(t.callable, funcMap)
	maps.Copy(t.given, funcMap)
	return t
}

// Lookup returns the template of a name that belongs to t.
func (t *Template) Lookup(name string) *Template {
	if t.kin == nil {
		return nil
	}
	t.lock.RLock()
	defer t.lock.RUnlock()
	return t.members[name]
}

// Templates returns those that belong to t.
func (t *Template) Templates() []*Template {
	if t.kin == nil {
		return nil
	}
	t.lock.RLock()
	defer t.lock.RUnlock()
	list := make([]*Template, 0, len(t.members))
	for _, other := range t.members {
		list = append(list, other)
	}
	return list
}

// DefinedTemplates names them, for errors.
func (t *Template) DefinedTemplates() string {
	names := []string{}
	for _, other := range t.Templates() {
		if other.Tree != nil && other.Root != nil {
			names = append(names, fmt.Sprintf("%q", other.name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; defined templates are: " + strings.Join(names, ", ")
}

// Clone returns a copy of t and of those that belong to it.
func (t *Template) Clone() (*Template, error) {
	clone := *t
	clone.kin = newKin()
	if t.kin == nil {
		return &clone, nil
	}
	clone.option = t.option
	for _, other := range t.Templates() {
		copied := &clone
		if other.name != t.name {
			copied = new(Template)
			*copied = *other
			copied.kin = clone.kin
		}
		clone.members[other.name] = copied
	}
	t.lock.RLock()
	defer t.lock.RUnlock()
	maps.Copy(clone.given, t.given)
	maps.Copy(clone.callable, t.callable)
	return &clone, nil
}

// AddParseTree gives a name a tree. An empty one does not replace another.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	t.ready()
	t.lock.Lock()
	defer t.lock.Unlock()
	named := t
	if name != t.name {
		named = t.New(name)
	}
	old := t.members[name]
	keeps := old != nil && old.Tree != nil && parse.IsEmptyTree(tree.Root)
	if !keeps {
		t.members[name] = named
	}
	if !keeps || named.Tree == nil {
		named.Tree = tree
	}
	return named, nil
}

// Parse makes text the text of t, and adds the templates that it defines.
func (t *Template) Parse(text string) (*Template, error) {
	t.ready()
	t.lock.RLock()
	trees, err := parse.Parse(t.name, text, t.leftDelim, t.rightDelim, t.given, builtins())
	t.lock.RUnlock()
	if err != nil {
		return nil, err
	}
	for name, tree := range trees {
		if _, err := t.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Must returns t; it panics with an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// source reads files: those of the system, or of an fs.FS.
type source struct {
	glob func(pattern string) ([]string, error)
	read func(name string) ([]byte, error)
	base func(name string) string
}

var system = source{filepath.Glob, os.ReadFile, filepath.Base}

func filesOf(fsys fs.FS) source {
	return source{
		func(pattern string) ([]string, error) { return fs.Glob(fsys, pattern) },
		func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) },
		path.Base,
	}
}

// parse parses files into templates that have their names; the first is the result, if t is nil.
func (from source) parse(t *Template, files []string) (*Template, error) {
	if len(files) == 0 {
		return nil, fmt.Errorf("template: no files named in call to ParseFiles")
	}
	for _, file := range files {
		text, err := from.read(file)
		if err != nil {
			return nil, err
		}
		name := from.base(file)
		if t == nil {
			t = New(name)
		}
		named := t
		if name != t.name {
			named = t.New(name)
		}
		if _, err := named.Parse(string(text)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (from source) matching(t *Template, patterns ...string) (*Template, error) {
	var files []string
	for _, pattern := range patterns {
		list, err := from.glob(pattern)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
		}
		files = append(files, list...)
	}
	return from.parse(t, files)
}

// ParseFiles parses files.
func ParseFiles(filenames ...string) (*Template, error) { return system.parse(nil, filenames) }

// ParseFiles parses files into templates that belong to t.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	t.ready()
	return system.parse(t, filenames)
}

// ParseGlob parses the files that a pattern matches.
func ParseGlob(pattern string) (*Template, error) { return system.matching(nil, pattern) }

// ParseGlob parses the files that a pattern matches into templates that belong to t.
func (t *Template) ParseGlob(pattern string) (*Template, error) {
	t.ready()
	return system.matching(t, pattern)
}

// ParseFS parses the files of fsys that patterns match.
func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	return filesOf(fsys).matching(nil, patterns...)
}

// ParseFS parses the files of fsys that patterns match into templates that belong to t.
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	t.ready()
	return filesOf(fsys).matching(t, patterns...)
}
