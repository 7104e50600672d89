package url

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// Parse reads a URL, which may be relative.
func Parse(rawURL string) (*URL, error) {
	before, fragment, _ := strings.Cut(rawURL, "#")
	u, err := read(before, false)
	if err != nil {
		return nil, &Error{"parse", before, err}
	}
	if err := u.setFragment(fragment); err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

// ParseRequestURI reads a URL that is absolute or has an absolute path, and no fragment.
func ParseRequestURI(rawURL string) (*URL, error) {
	u, err := read(rawURL, true)
	if err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

func isControl(c rune) bool { return c < ' ' || c == 0x7f }

func read(text string, request bool) (u *URL, err error) {
	switch {
	case strings.IndexFunc(text, isControl) >= 0:
		return nil, errors.New("net/url: invalid control character in URL")
	case text == "" && request:
		return nil, errors.New("empty url")
	case text == "*":
		return &URL{Path: "*"}, nil
	}
	u = new(URL)
	scheme, rest, err := cutScheme(text)
	if err != nil {
		return nil, err
	}
	u.Scheme = strings.ToLower(scheme)
	if rest, u.RawQuery, u.ForceQuery = strings.Cut(rest, "?"); u.RawQuery != "" {
		u.ForceQuery = false
	}
	rooted := strings.HasPrefix(rest, "/")
	switch {
	case !rooted && scheme != "":
		u.Opaque = rest
		return u, nil
	case !rooted && request:
		return nil, errors.New("invalid URI for request")
	case !rooted && colonFirst(rest):
		return nil, errors.New("first path segment in URL cannot contain colon")
	}
	// Three slashes without a scheme begin a path.
	if strings.HasPrefix(rest, "//") && (scheme != "" || !request && !strings.HasPrefix(rest, "///")) {
		authority := rest[2:]
		rest = ""
		if slash := strings.IndexByte(authority, '/'); slash >= 0 {
			authority, rest = authority[:slash], authority[slash:]
		}
		if err := u.setAuthority(authority); err != nil {
			return nil, err
		}
	} else if scheme != "" && rooted {
		u.OmitHost = true
	}
	if err := u.setPath(rest); err != nil {
		return nil, err
	}
	return u, nil
}

// cutScheme cuts at the first colon, if only what may stand in a scheme is before it.
func cutScheme(text string) (scheme, rest string, err error) {
	colon := strings.IndexByte(text, ':')
	if colon == 0 {
		return "", "", errors.New("missing protocol scheme")
	}
	if colon < 0 || text[0]|0x20-'a' >= 26 {
		return "", text, nil
	}
	for _, c := range []byte(text[:colon]) {
		if !isAlphanumeric(c) && c != '+' && c != '-' && c != '.' {
			return "", text, nil
		}
	}
	return text[:colon], text[colon+1:], nil
}

func (u *URL) setAuthority(text string) error {
	at := strings.LastIndexByte(text, '@')
	host, err := readHost(u.Scheme, text[at+1:])
	if err != nil {
		return err
	}
	u.Host = host
	if at < 0 {
		return nil
	}
	who := text[:at]
	for _, c := range who {
		if c >= 0x80 || !isAlphanumeric(byte(c)) && strings.IndexByte("-._:~!$&'()*+,;=%@", byte(c)) < 0 {
			return errors.New("net/url: invalid userinfo")
		}
	}
	name, password, has := strings.Cut(who, ":")
	u.User = &Userinfo{passwordSet: has}
	if u.User.username, err = inUser.unescape(name); err != nil {
		return err
	}
	u.User.password, err = inUser.unescape(password)
	return err
}

// isPort reports whether s is nothing, or a colon and digits.
func isPort(s string) bool {
	return s == "" || s[0] == ':' && strings.Trim(s[1:], "0123456789") == ""
}

func readHost(scheme, host string) (string, error) {
	open := strings.LastIndexByte(host, '[')
	if open > 0 {
		return "", errors.New("invalid IP-literal")
	}
	if open == 0 {
		return readBracketed(host)
	}
	colon := strings.IndexByte(host, ':')
	if scheme != "http" && scheme != "https" {
		colon = strings.LastIndexByte(host, ':')
	}
	if colon >= 0 && !isPort(host[colon:]) {
		return "", fmt.Errorf("invalid port %q after host", host[colon:])
	}
	return inHost.unescape(host)
}

// readBracketed reads [address%25zone]:port.
func readBracketed(text string) (string, error) {
	end := strings.LastIndexByte(text, ']')
	if end < 0 {
		return "", errors.New("missing ']' in host")
	}
	port := text[end+1:]
	if !isPort(port) {
		return "", fmt.Errorf("invalid port %q after host", port)
	}
	address, zone := text[1:end], ""
	if percent := strings.Index(address, "%25"); percent >= 0 {
		address, zone = address[:percent], address[percent:]
	}
	address, err := inHost.unescape(address)
	if err != nil {
		return "", err
	}
	if zone, err = inZone.unescape(zone); err != nil {
		return "", err
	}
	if !looksLikeIPv6(address) || zone == "%" {
		addressOfNetip()
	}
	return "[" + address + zone + "]" + port, nil
}

// addressOfNetip ends the program as unsupported.
func addressOfNetip()

// looksLikeIPv6 reports whether s is an address of version 6 without a part in the style of version 4.
func looksLikeIPv6(s string) bool {
	groups, gaps := 0, strings.Count(s, "::")
	if gaps > 1 || strings.Contains(s, ":::") {
		return false
	}
	for side := range strings.SplitSeq(s, "::") {
		if side == "" && gaps > 0 {
			continue
		}
		for group := range strings.SplitSeq(side, ":") {
			if group == "" || len(group) > 4 || strings.Trim(group, "0123456789abcdefABCDEF") != "" {
				return false
			}
			groups++
		}
	}
	return gaps == 0 && groups == 8 || gaps == 1 && groups < 8
}

// Parse reads ref as it stands in the document u.
func (u *URL) Parse(ref string) (*URL, error) {
	other, err := Parse(ref)
	if err != nil {
		return nil, err
	}
	return u.ResolveReference(other), nil
}

// ResolveReference returns the absolute form of ref in the document u.
func (u *URL) ResolveReference(ref *URL) *URL {
	out := *ref
	if ref.Scheme == "" {
		out.Scheme = u.Scheme
	}
	switch {
	case ref.Scheme != "" || ref.Host != "" || ref.User != nil:
		out.setPath(withoutDots(ref.EscapedPath()))
		return &out
	case ref.Opaque != "":
		out.User, out.Host, out.Path = nil, "", ""
		return &out
	}
	if ref.Path == "" {
		if !ref.ForceQuery && ref.RawQuery == "" {
			out.RawQuery = u.RawQuery
			if ref.Fragment == "" {
				out.Fragment, out.RawFragment = u.Fragment, u.RawFragment
			}
		}
		if u.Opaque != "" {
			out.Opaque, out.User, out.Host, out.Path = u.Opaque, nil, "", ""
			return &out
		}
	}
	out.Host, out.User = u.Host, u.User
	there := ref.EscapedPath()
	switch base := u.EscapedPath(); {
	case there == "":
		there = base
	case there[0] != '/':
		there = base[:strings.LastIndexByte(base, '/')+1] + there
	}
	out.setPath(withoutDots(there))
	return &out
}

// withoutDots resolves the segments . and .. of a path, which begins with a slash then.
func withoutDots(path string) string {
	if path == "" {
		return ""
	}
	// The slash at the front makes an empty first segment. It is gone once .. has climbed to it, and an empty segment that follows takes its place.
	var kept []string
	last := ""
	for last = range strings.SplitSeq(path, "/") {
		switch last {
		case "..":
			if kept = kept[:max(0, len(kept)-1)]; len(kept) == 1 && kept[0] == "" {
				kept = nil
			}
		case ".":
			if len(kept) == 0 {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, last)
		}
	}
	out := "/" + strings.Join(kept, "/")
	if last == "." || last == ".." {
		out += "/"
	}
	if strings.HasPrefix(out, "//") {
		return out[1:]
	}
	return out
}

// JoinPath returns base with elements joined to its path.
func JoinPath(base string, elem ...string) (result string, err error) {
	u, err := Parse(base)
	if err != nil {
		return "", err
	}
	joined, err := u.join(elem)
	if err != nil {
		return "", err
	}
	return joined.String(), nil
}

// JoinPath returns u with elements joined to its path.
func (u *URL) JoinPath(elem ...string) *URL {
	joined, _ := u.join(elem)
	return joined
}

func (u *URL) join(elem []string) (*URL, error) {
	all := append([]string{u.EscapedPath()}, elem...)
	relative := !strings.HasPrefix(all[0], "/")
	if relative {
		// Rooted, it cannot climb above where it begins.
		all[0] = "/" + all[0]
	}
	p := path.Join(all...)
	if relative {
		p = p[1:]
	}
	if strings.HasSuffix(all[len(all)-1], "/") && !strings.HasSuffix(p, "/") {
		p += "/"
	}
	out := *u
	err := out.setPath(p)
	return &out, err
}
