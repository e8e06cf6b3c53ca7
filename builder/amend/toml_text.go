package amend

import (
	"fmt"
	"strconv"
	"strings"
)

// write writes a value that stands on lines of its own: a text of several lines
// between three quotes.
func (d *document) write(v any) string {
	if s, ok := v.(string); ok && strings.Contains(strings.TrimSpace(s), "\n") && longable(s) {
		return `"""` + d.newline + d.long(s)
	}
	return d.inline(v)
}

// inline writes a value on one line.
func (d *document) inline(v any) string {
	switch v := v.(type) {
	case string:
		return basic(v)
	case float64:
		return decimal(v)
	case []any:
		out := make([]string, len(v))
		for i, x := range v {
			out[i] = d.inline(x)
		}
		return "[" + strings.Join(out, ", ") + "]"
	}
	return fmt.Sprint(v)
}

// decimal writes a number so that it reads as one with a fraction.
func decimal(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// likeOld writes a value as the old one is written, as far as it can be.
func (d *document) likeOld(v any, old string) string {
	if f, ok := v.(float64); ok && isWhole(f) && strings.Trim(old, "0123456789") == "" {
		return strconv.FormatInt(int64(f), 10)
	}
	s, ok := v.(string)
	if !ok {
		return d.inline(v)
	}
	switch {
	case strings.HasPrefix(old, `"""`) && longable(s):
		return `"""` + d.firstBreak(old, s) + d.long(s)
	case strings.HasPrefix(old, `'''`) && longable(s) && !strings.Contains(s, "'''") && !strings.HasSuffix(s, "'"):
		return `'''` + d.firstBreak(old, s) + d.lines(s) + `'''`
	case strings.HasPrefix(old, `'`) && !strings.HasPrefix(old, `'''`) && !strings.ContainsAny(s, "'\n") && longable(s):
		return "'" + s + "'"
	case strings.HasPrefix(old, `"`) && !strings.HasPrefix(old, `"""`):
		return basic(s)
	}
	return d.write(s)
}

// firstBreak returns the line end that an old text of several lines begins with,
// or that a new one needs.
func (d *document) firstBreak(old, s string) string {
	if strings.HasPrefix(s, "\n") || strings.HasPrefix(old[3:], "\n") || strings.HasPrefix(old[3:], "\r\n") {
		return d.newline
	}
	return ""
}

// longable reports whether a text can be written without escapes of control
// characters.
func longable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }) < 0
}

func (d *document) lines(s string) string { return strings.ReplaceAll(s, "\n", d.newline) }

// long writes what follows the opening """ of a text, to the closing ones.
func (d *document) long(s string) string {
	s = strings.ReplaceAll(s, `\`, `\\`)
	s = strings.ReplaceAll(s, `"""`, `""\"`)
	if strings.HasSuffix(s, `"`) {
		s = s[:len(s)-1] + `\"`
	}
	return d.lines(s) + `"""`
}

// basic writes a text between double quotes.
func basic(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\t':
			b.WriteString(`\t`)
		case '\r':
			b.WriteString(`\r`)
		default:
			if r < ' ' || r == 0x7f {
				fmt.Fprintf(&b, `\u%04X`, r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}
