package url

import (
	"errors"
	"slices"
	"strings"
)

// Values are the keys and values of a query.
type Values map[string][]string

// Get returns the first value of a key, "" if there is none.
func (vs Values) Get(key string) string {
	if list := vs[key]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// Set makes value the only one of a key.
func (vs Values) Set(key, value string) { vs[key] = []string{value} }

// Add gives a key one more value.
func (vs Values) Add(key, value string) { vs[key] = append(vs[key], value) }

// Del takes a key out.
func (vs Values) Del(key string) { delete(vs, key) }

// Has reports whether a key is there.
func (vs Values) Has(key string) bool {
	_, ok := vs[key]
	return ok
}

// Encode writes the query, by keys in order.
func (vs Values) Encode() string {
	keys := make([]string, 0, len(vs))
	for key := range vs {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var out strings.Builder
	for _, key := range keys {
		name := QueryEscape(key)
		for _, value := range vs[key] {
			if out.Len() > 0 {
				out.WriteByte('&')
			}
			out.WriteString(name)
			out.WriteByte('=')
			out.WriteString(QueryEscape(value))
		}
	}
	return out.String()
}

// mostParams is how many parameters a query may have.
const mostParams = 10000

// ParseQuery reads a query; what is malformed is left out and the first fault is returned.
func ParseQuery(query string) (Values, error) {
	found := Values{}
	if strings.Count(query, "&")+1 > mostParams {
		return found, errors.New("number of URL query parameters exceeded limit")
	}
	var fault error
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if strings.Contains(pair, ";") {
			fault = errors.New("invalid semicolon separator in query")
			continue
		}
		if pair == "" {
			continue
		}
		name, text, _ := strings.Cut(pair, "=")
		key, err := QueryUnescape(name)
		value, err2 := QueryUnescape(text)
		if err == nil {
			err = err2
		}
		if err == nil {
			found.Add(key, value)
		} else if fault == nil {
			fault = err
		}
	}
	return found, fault
}
