package amend

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// pair writes a key with what is below it; last is the pair above.
func (y *yamlDoc) pair(rest []string, v any, indent int, last kid) string {
	like := &node{indent: indent}
	gap := " "
	if last.value != nil {
		if _, ok := last.value.value.(string); ok && last.value.kind == scalar {
			like.style = last.value.style &^ (yaml.LiteralStyle | yaml.FoldedStyle)
		}
		column := last.value.from - last.from
		if n := last.value.from - last.value.after; n > 1 && !strings.Contains(y.text[last.from:last.value.from], "\n") && len(rest) == 1 {
			gap = strings.Repeat(" ", max(1, column-len(y.key(rest[0], false))-1))
		}
	}
	if len(rest) == 1 {
		return y.key(rest[0], false) + ":" + gap + y.scalar(v, like)
	}
	return y.key(rest[0], false) + ":" + y.under(rest[1:], v, indent)
}

// under writes what stands behind the colon of a key of the given indent: the
// tables and lists that lead to a value, on lines below.
func (y *yamlDoc) under(rest []string, v any, indent int) string {
	switch {
	case len(rest) == 0:
		return " " + y.scalar(v, &node{indent: indent})
	case len(rest) == 1 && rest[0] == "0":
		return " [" + y.scalar(v, &node{inFlow: true}) + "]"
	case rest[0] == "0":
		indent += y.listIn
		return y.newline + strings.Repeat(" ", indent) + "- " + y.item(rest[1:], v, indent+2)
	}
	indent += y.step
	return y.newline + strings.Repeat(" ", indent) + y.pair(rest, v, indent, kid{})
}

// item writes what stands behind a hyphen.
func (y *yamlDoc) item(rest []string, v any, indent int) string {
	if rest[0] == "0" {
		return y.nested(rest, v)
	}
	return y.pair(rest, v, indent, kid{})
}

// nested writes a value and the tables and lists that lead to it between
// brackets and braces.
func (y *yamlDoc) nested(rest []string, v any) string {
	switch {
	case len(rest) == 0:
		return y.scalar(v, &node{inFlow: true})
	case rest[0] == "0":
		return "[" + y.nested(rest[1:], v) + "]"
	}
	return "{" + y.key(rest[0], true) + ": " + y.nested(rest[1:], v) + "}"
}

func (y *yamlDoc) key(s string, inFlow bool) string {
	if isBare(s, inFlow) {
		return s
	}
	return doubled(s)
}

// scalar writes a value, or a list of them between brackets, as the one is
// written whose place it takes.
func (y *yamlDoc) scalar(v any, like *node) string {
	switch v := v.(type) {
	case []any:
		out := make([]string, len(v))
		for i, x := range v {
			out[i] = y.scalar(x, &node{inFlow: true})
		}
		return "[" + strings.Join(out, ", ") + "]"
	case float64:
		return decimal(v)
	case string:
		return y.str(v, like)
	}
	return fmt.Sprint(v)
}

// str writes a text: in the old one's quotes, without, or on lines of its own.
func (y *yamlDoc) str(s string, like *node) string {
	long := like.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	switch {
	case y.quoted, like.style&yaml.DoubleQuotedStyle != 0:
	case like.style&yaml.SingleQuotedStyle != 0 && isPrintable(s):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case !like.inFlow && (long || strings.Contains(strings.TrimSpace(s), "\n")) && isPrintable(strings.ReplaceAll(s, "\n", "")):
		return y.long(s, like)
	case !long && isPlain(s, like.inFlow):
		return s
	}
	return doubled(s)
}

// longHead returns the sign of a text below | or >, and what stands beside it:
// nothing, or blanks and a comment.
func (y *yamlDoc) longHead(n *node) (sign, note string) {
	if n.style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 || n.end == n.from {
		return "", ""
	}
	head := y.text[n.from:lineTextEnd(y.text, n.from)]
	return head[:1], strings.TrimLeft(head, "|>+-0123456789")
}

// long writes a text below | or >, with the sign that keeps its line breaks at
// the end.
func (y *yamlDoc) long(s string, like *node) string {
	sign, note := y.longHead(like)
	indent := max(like.indent, 0) + y.step
	if sign == "" {
		sign = "|"
	} else if n := y.longIndent(like); n > 0 {
		indent = n
	}
	body := strings.TrimRight(s, "\n")
	if sign == ">" {
		body = strings.ReplaceAll(body, "\n", "\n\n")
	}
	switch breaks := len(s) - len(strings.TrimRight(s, "\n")); breaks {
	case 0:
		sign += "-"
	case 1:
	default:
		sign += "+"
		body += strings.Repeat("\n", breaks-1)
	}
	out := sign + note
	for line := range strings.SplitSeq(body, "\n") {
		if out += y.newline; line != "" {
			out += strings.Repeat(" ", indent) + line
		}
	}
	return out
}

// longIndent returns how far the lines of a text are indented.
func (y *yamlDoc) longIndent(n *node) int {
	for at := lineEnd(y.text, n.from); at < n.end; at = lineEnd(y.text, at) {
		line := y.text[at:lineTextEnd(y.text, at)]
		if text := strings.TrimLeft(line, " "); text != "" {
			return len(line) - len(text)
		}
	}
	return 0
}

// isPrintable reports whether a text needs no escape on one line.
func isPrintable(s string) bool { return strings.IndexFunc(s, escaped) < 0 }

func escaped(r rune) bool {
	return r < ' ' || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// doubled writes a text between double quotes.
func doubled(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case escaped(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// unquoted are words and numbers that some programs read as something else than
// text when they have no quotes.
var unquoted = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|~|[-+.]?[0-9][-+0-9_:.,eExXoOa-fA-F]*|[-+]?\.(inf|nan)|=|<<)$`)

// isPlain reports whether a text may stand without quotes, and every program
// reads it as text then.
func isPlain(s string, inFlow bool) bool { return isBare(s, inFlow) && !unquoted.MatchString(s) }

func isBare(s string, inFlow bool) bool {
	if s == "" || !isPrintable(s) || strings.TrimSpace(s) != s ||
		strings.IndexByte("-?:,[]{}#&*!|>'\"%@`", s[0]) >= 0 ||
		strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") ||
		inFlow && strings.ContainsAny(s, ",[]{}:") {
		return false
	}
	var n yaml.Node
	return yaml.Unmarshal([]byte(s), &n) == nil && len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode &&
		n.Content[0].ShortTag() == "!!str" && n.Content[0].Value == s
}
