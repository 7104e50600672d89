// Package url reads and writes URLs and escapes their parts.
//
// escape.go: escapes; url.go: parts of a URL; parse.go: reading one; values.go: queries. Addresses of version 6 in brackets are known to be right by
// their look; others end the program as unsupported, since what Go says of them needs net/netip.
// Go: src/net/url.
package url

import (
	"fmt"
	"strings"
)

// URL is a URL in its parts: [scheme:][//[userinfo@]host][/]path[?query][#fragment] or scheme:opaque[?query][#fragment].
type URL struct {
	Scheme      string
	Opaque      string
	User        *Userinfo
	Host        string
	Path        string
	Fragment    string
	RawQuery    string
	RawPath     string // as written, if Path does not say it
	RawFragment string
	ForceQuery  bool
	OmitHost    bool
}

// Error is what went wrong with a URL.
type Error struct {
	Op  string
	URL string
	Err error
}

func (bad *Error) Error() string { return fmt.Sprintf("%s %q: %s", bad.Op, bad.URL, bad.Err) }

// Unwrap returns what went wrong.
func (bad *Error) Unwrap() error { return bad.Err }

// Timeout reports whether it took too long.
func (bad *Error) Timeout() bool {
	late, ok := bad.Err.(interface{ Timeout() bool })
	return ok && late.Timeout()
}

// Temporary reports whether it may go better next time.
func (bad *Error) Temporary() bool {
	brief, ok := bad.Err.(interface{ Temporary() bool })
	return ok && brief.Temporary()
}

// Userinfo is a name, perhaps with a password.
type Userinfo struct {
	username    string
	password    string
	passwordSet bool
}

// User returns a name without password.
func User(username string) *Userinfo { return &Userinfo{username: username} }

// UserPassword returns a name with a password.
func UserPassword(username, password string) *Userinfo { return &Userinfo{username, password, true} }

// Username returns the name.
func (who *Userinfo) Username() string {
	if who == nil {
		return ""
	}
	return who.username
}

// Password returns the password and whether there is one.
func (who *Userinfo) Password() (string, bool) {
	if who == nil {
		return "", false
	}
	return who.password, who.passwordSet
}

// String returns name:password, escaped.
func (who *Userinfo) String() string {
	switch {
	case who == nil:
		return ""
	case who.passwordSet:
		return inUser.escape(who.username) + ":" + inUser.escape(who.password)
	}
	return inUser.escape(who.username)
}

// asWritten is the escaped form of a part: as it was written, if that means the same.
func (in part) asWritten(raw, plain string) string {
	if raw != "" && in.keptBy(raw) {
		if s, err := in.unescape(raw); err == nil && s == plain {
			return raw
		}
	}
	return in.escape(plain)
}

// EscapedPath returns the path, escaped.
func (u *URL) EscapedPath() string {
	if u.Path == "*" && !strings.EqualFold(u.RawPath, "%2a") {
		return "*"
	}
	return inPath.asWritten(u.RawPath, u.Path)
}

// EscapedFragment returns the fragment, escaped.
func (u *URL) EscapedFragment() string { return inFragment.asWritten(u.RawFragment, u.Fragment) }

// rawOf is what has to be kept beside the plain text of a part that was written so.
func (in part) rawOf(written, plain string) string {
	if in.escape(plain) == written {
		return ""
	}
	return written
}

func (u *URL) setPath(written string) error {
	plain, err := inPath.unescape(written)
	if err == nil {
		u.Path, u.RawPath = plain, inPath.rawOf(written, plain)
	}
	return err
}

func (u *URL) setFragment(written string) error {
	plain, err := inFragment.unescape(written)
	if err == nil {
		u.Fragment, u.RawFragment = plain, inFragment.rawOf(written, plain)
	}
	return err
}

// colonFirst reports whether the first segment of a path has a colon, so that it looks like a scheme.
func colonFirst(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ":")
}

// String puts the parts together.
func (u *URL) String() string {
	var out strings.Builder
	if u.Scheme != "" {
		out.WriteString(u.Scheme + ":")
	}
	if u.Opaque != "" {
		out.WriteString(u.Opaque)
	} else {
		u.writePlace(&out)
	}
	if u.ForceQuery || u.RawQuery != "" {
		out.WriteString("?" + u.RawQuery)
	}
	if u.Fragment != "" {
		out.WriteString("#" + u.EscapedFragment())
	}
	return out.String()
}

// writePlace writes host and path.
func (u *URL) writePlace(out *strings.Builder) {
	empty := u.Host == "" && u.User == nil
	if !(empty && (u.Scheme == "" || u.OmitHost)) {
		if !empty || u.Path != "" {
			out.WriteString("//")
		}
		if u.User != nil {
			out.WriteString(u.User.String() + "@")
		}
		out.WriteString(inHost.escape(u.Host))
	}
	path := u.EscapedPath()
	if path != "" && path[0] != '/' && u.Host != "" {
		out.WriteByte('/')
	}
	if out.Len() == 0 && colonFirst(path) {
		out.WriteString("./")
	}
	out.WriteString(path)
}

// Redacted is String without the password.
func (u *URL) Redacted() string {
	if u == nil {
		return ""
	}
	shown := *u
	if _, has := u.User.Password(); has {
		shown.User = UserPassword(u.User.Username(), "xxxxx")
	}
	return shown.String()
}

// IsAbs reports whether there is a scheme.
func (u *URL) IsAbs() bool { return u.Scheme != "" }

// Query returns the query, without what is malformed.
func (u *URL) Query() Values {
	vs, _ := ParseQuery(u.RawQuery)
	return vs
}

// RequestURI is what stands in the first line of a request.
func (u *URL) RequestURI() string {
	uri := u.Opaque
	switch {
	case strings.HasPrefix(uri, "//"):
		uri = u.Scheme + ":" + uri
	case uri == "":
		if uri = u.EscapedPath(); uri == "" {
			uri = "/"
		}
	}
	if u.ForceQuery || u.RawQuery != "" {
		uri += "?" + u.RawQuery
	}
	return uri
}

func (u *URL) hostPort() (host, port string) {
	host = u.Host
	if colon := strings.LastIndexByte(host, ':'); colon >= 0 && isPort(host[colon:]) {
		host, port = host[:colon], host[colon+1:]
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	return host, port
}

// Hostname returns the host without port and brackets.
func (u *URL) Hostname() string {
	host, _ := u.hostPort()
	return host
}

// Port returns the port, "" if there is none.
func (u *URL) Port() string {
	_, port := u.hostPort()
	return port
}

// MarshalBinary returns the URL as text.
func (u *URL) MarshalBinary() (text []byte, err error) { return []byte(u.String()), nil }

// AppendBinary appends the URL as text.
func (u *URL) AppendBinary(b []byte) ([]byte, error) { return append(b, u.String()...), nil }

// UnmarshalBinary reads a URL.
func (u *URL) UnmarshalBinary(text []byte) error {
	read, err := Parse(string(text))
	if err == nil {
		*u = *read
	}
	return err
}
