package amend

import (
	"strconv"
	"strings"
)

// Join makes a path of its parts; one that holds a dot or a quote, or is empty,
// is quoted.
func Join(parts ...string) string {
	out := make([]string, len(parts))
	for i, p := range parts {
		if out[i] = p; p == "" || strings.ContainsAny(p, `."`) {
			out[i] = `"` + strings.ReplaceAll(strings.ReplaceAll(p, `\`, `\\`), `"`, `\"`) + `"`
		}
	}
	return strings.Join(out, ".")
}

// maxParts is how many parts a path has at most: documents are not that deep.
const maxParts = 40

// parts takes a path apart.
func parts(path string) ([]string, bool) {
	var out []string
	for len(out) < maxParts {
		part, rest, ok := cutPart(path)
		if !ok {
			return nil, false
		}
		out = append(out, part)
		if rest == "" {
			return out, true
		}
		if path, ok = strings.CutPrefix(rest, "."); !ok {
			return nil, false
		}
	}
	return nil, false
}

func cutPart(path string) (part, rest string, ok bool) {
	if !strings.HasPrefix(path, `"`) {
		if end := strings.IndexByte(path, '.'); end >= 0 {
			return path[:end], path[end:], end > 0
		}
		return path, "", path != ""
	}
	var b strings.Builder
	for i := 1; i < len(path); i++ {
		switch c := path[i]; {
		case c == '"':
			return b.String(), path[i+1:], true
		case c == '\\' && i+1 < len(path):
			i++
			b.WriteByte(path[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// number reads a part of a path as the place in a list.
func number(part string) (n int, ok bool) {
	n, err := strconv.Atoi(part)
	return n, err == nil && n >= 0 && part == strconv.Itoa(n)
}

// name is a path for messages: "award.title" between quotes, or a list's number
// as people count, from 1.
func name(path []string) string {
	out := ""
	for _, p := range path {
		if n, ok := number(p); ok {
			out += " " + strconv.Itoa(n+1)
			continue
		}
		if out != "" {
			out += "."
		}
		out += p
	}
	return `"` + out + `"`
}
