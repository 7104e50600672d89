// Package template is text/template for HTML: what actions print is escaped as the place wants it where they stand.
//
// place.go has the places, steps.go what text does to them, walk.go goes through templates, edit.go changes them, filters.go and script.go escape.
package template

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"text/template"
	"text/template/parse"
)

// Template is a template and those that belong to it.
type Template struct {
	escapeErr error // errDone when it is safe
	text      *template.Template
	Tree      *parse.Tree
	*family
}

// errDone says that all is well.
var errDone = errors.New("template escaped correctly")

// family is what templates that belong together have in common.
type family struct {
	lock     sync.Mutex
	members  map[string]*Template
	executed bool
	walker   walker
}

func newFamily() *family {
	f := &family{members: map[string]*Template{}}
	f.walker = newWalker(f)
	return f
}

func (f *family) any() *Template {
	for _, t := range f.members {
		return t
	}
	panic("no templates in name space")
}

// FuncMap has functions by name.
type FuncMap = template.FuncMap

// New returns an empty template.
func New(name string) *Template {
	t := &Template{text: template.New(name), family: newFamily()}
	t.members[name] = t
	return t
}

// New returns an empty template that belongs to t.
func (t *Template) New(name string) *Template {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.member(name)
}

func (t *Template) member(name string) *Template {
	other := &Template{text: t.text.New(name), family: t.family}
	if old := t.members[name]; old != nil {
		*old = *New(old.Name())
	}
	t.members[name] = other
	return other
}

// Must returns t; it panics with an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// Name returns the name.
func (t *Template) Name() string { return t.text.Name() }

// Lookup returns the template of a name that belongs to t.
func (t *Template) Lookup(name string) *Template {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.members[name]
}

// Templates returns those that belong to t.
func (t *Template) Templates() []*Template {
	t.lock.Lock()
	defer t.lock.Unlock()
	list := make([]*Template, 0, len(t.members))
	for _, other := range t.members {
		list = append(list, other)
	}
	return list
}

// DefinedTemplates names them, for errors.
func (t *Template) DefinedTemplates() string { return t.text.DefinedTemplates() }

// Option sets options.
func (t *Template) Option(opt ...string) *Template {
	t.text.Option(opt...)
	return t
}

// Funcs adds functions.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.text.Funcs(funcMap)
	return t
}

// Delims sets what begins and ends an action.
func (t *Template) Delims(left, right string) *Template {
	t.text.Delims(left, right)
	return t
}

// ---- parsing ----------------------------------------------------------------------------------------------------

// canParse fails once a template was executed: it might be no longer safe.
func (t *Template) canParse() error {
	if t == nil {
		return nil
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.executed {
		return errors.New("html/template: cannot Parse after Execute")
	}
	return nil
}

// Parse makes text the text of t, and adds the templates that it defines.
func (t *Template) Parse(text string) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	parsed, err := t.text.Parse(text)
	if err != nil {
		return nil, err
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	for _, one := range parsed.Templates() {
		own := t.members[one.Name()]
		if own == nil {
			own = t.member(one.Name())
		}
		own.text, own.Tree = one, one.Tree
	}
	return t, nil
}

// AddParseTree gives a name a tree.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	text, err := t.text.AddParseTree(name, tree)
	if err != nil {
		return nil, err
	}
	own := &Template{text: text, Tree: text.Tree, family: t.family}
	t.members[name] = own
	return own, nil
}

// Clone returns a copy of t and of those that belong to it, none of which was executed.
func (t *Template) Clone() (*Template, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	late := fmt.Errorf("html/template: cannot Clone %q after it has executed", t.Name())
	if t.escapeErr != nil {
		return nil, late
	}
	text, err := t.text.Clone()
	if err != nil {
		return nil, err
	}
	f := newFamily()
	f.members[text.Name()] = &Template{text: text, Tree: text.Tree, family: f}
	for _, one := range text.Templates() {
		if old := t.members[one.Name()]; old == nil || old.escapeErr != nil {
			return nil, late
		}
		one.Tree = one.Tree.Copy()
		f.members[one.Name()] = &Template{text: one, Tree: one.Tree, family: f}
	}
	return f.members[text.Name()], nil
}

// source reads files: those of the system, or of an fs.FS.
type source struct {
	read func(name string) ([]byte, error)
	base func(name string) string
}

var system = source{os.ReadFile, filepath.Base}

func (from source) parse(t *Template, files []string) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("html/template: no files named in call to ParseFiles")
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
		if name != t.Name() {
			named = t.New(name)
		}
		if _, err := named.Parse(string(text)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// ParseFiles parses files into templates that have their names.
func ParseFiles(filenames ...string) (*Template, error) { return system.parse(nil, filenames) }

// ParseFiles parses files into templates that belong to t.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	return system.parse(t, filenames)
}

// ParseGlob parses the files that a pattern matches.
func ParseGlob(pattern string) (*Template, error) { return (*Template)(nil).ParseGlob(pattern) }

// ParseGlob parses the files that a pattern matches into templates that belong to t.
func (t *Template) ParseGlob(pattern string) (*Template, error) {
	if err := t.canParse(); err != nil {
		return nil, err
	}
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("html/template: pattern matches no files: %#q", pattern)
	}
	return system.parse(t, files)
}

// ParseFS parses the files of fsys that patterns match.
func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	return (*Template)(nil).ParseFS(fsys, patterns...)
}

// ParseFS parses the files of fsys that patterns match into templates that belong to t.
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	var files []string
	for _, pattern := range patterns {
		found, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
		}
		files = append(files, found...)
	}
	return source{func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }, path.Base}.parse(t, files)
}

// ---- executing --------------------------------------------------------------------------------------------------

// Execute applies t to data.
func (t *Template) Execute(wr io.Writer, data any) error {
	if err := t.escape(); err != nil {
		return err
	}
	return t.text.Execute(wr, data)
}

func (t *Template) escape() error {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.executed = true
	switch {
	case t.escapeErr == errDone:
		return nil
	case t.escapeErr != nil:
		return t.escapeErr
	case t.Tree == nil:
		return fmt.Errorf("template: %q is an incomplete or empty template", t.Name())
	}
	return escapeTemplate(t, t.text.Root, t.Name())
}

// ExecuteTemplate applies the template of a name that belongs to t.
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	own, err := t.named(name)
	if err != nil {
		return err
	}
	return own.text.Execute(wr, data)
}

func (t *Template) named(name string) (*Template, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.executed = true
	own := t.members[name]
	switch {
	case own == nil:
		return nil, fmt.Errorf("html/template: %q is undefined", name)
	case own.escapeErr == errDone:
		return own, nil
	case own.escapeErr != nil:
		return nil, own.escapeErr
	case own.text.Tree == nil || own.text.Root == nil:
		return nil, fmt.Errorf("html/template: %q is an incomplete template", name)
	}
	return own, escapeTemplate(own, own.text.Root, name)
}

// ---- what text/template has too ---------------------------------------------------------------------------------

// IsTrue tells what an if takes for true.
func IsTrue(val any) (truth, ok bool) { return template.IsTrue(val) }

// HTMLEscape writes b with what has a meaning in HTML escaped.
func HTMLEscape(w io.Writer, b []byte) { template.HTMLEscape(w, b) }

// HTMLEscapeString escapes what has a meaning in HTML.
func HTMLEscapeString(s string) string { return template.HTMLEscapeString(s) }

// HTMLEscaper escapes what its arguments print.
func HTMLEscaper(args ...any) string { return template.HTMLEscaper(args...) }

// JSEscape writes b for a string of JavaScript.
func JSEscape(w io.Writer, b []byte) { template.JSEscape(w, b) }

// JSEscapeString escapes s for a string of JavaScript.
func JSEscapeString(s string) string { return template.JSEscapeString(s) }

// JSEscaper escapes what its arguments print for a string of JavaScript.
func JSEscaper(args ...any) string { return template.JSEscaper(args...) }

// URLQueryEscaper escapes what its arguments print for a query.
func URLQueryEscaper(args ...any) string { return template.URLQueryEscaper(args...) }
