package amend

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// scalarEnd returns where a scalar ends.
func (y *yamlDoc) scalarEnd(n *yaml.Node, out *node) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return doubleEnd(y.text, out.from)
	case n.Style&yaml.SingleQuotedStyle != 0:
		return singleEnd(y.text, out.from)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return y.longEnd(out)
	case n.Value == "":
		return out.from
	case out.inFlow:
		return y.plainFlowEnd(out.from)
	}
	return y.plainEnd(out)
}

func doubleEnd(text string, at int) int {
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(text)
}

func singleEnd(text string, at int) int {
	for at++; at < len(text); at++ {
		if text[at] != '\'' {
			continue
		}
		if at+1 == len(text) || text[at+1] != '\'' {
			return at + 1
		}
		at++
	}
	return len(text)
}

// longEnd returns where a text below | or > ends: with its last line, which is
// one that is not blank, unless + keeps blank ones.
func (y *yamlDoc) longEnd(out *node) int {
	end := lineTextEnd(y.text, out.from)
	sign, _, _ := strings.Cut(y.text[out.from:end], " ")
	keep := strings.Contains(sign, "+")
	for at := lineEnd(y.text, out.from); at < len(y.text); at = lineEnd(y.text, at) {
		line := y.text[at:lineTextEnd(y.text, at)]
		text := strings.TrimLeft(line, " ")
		switch {
		case text == "" && keep:
			end = at + len(line)
		case text == "":
		case len(line)-len(text) <= out.indent:
			return end
		default:
			end = at + len(line)
		}
	}
	return end
}

// plainEnd returns where a text without quotes ends, which may go on on lines
// that are indented further.
func (y *yamlDoc) plainEnd(out *node) int {
	end, comment := plainLine(y.text, out.from)
	for at := lineEnd(y.text, out.from); at < len(y.text) && !comment; at = lineEnd(y.text, at) {
		line := y.text[at:lineTextEnd(y.text, at)]
		text := strings.TrimLeft(line, " \t")
		if text == "" {
			continue
		}
		if len(line)-len(text) <= out.indent || text[0] == '#' {
			break
		}
		end, comment = plainLine(y.text, at+len(line)-len(text))
	}
	return end
}

// plainLine returns where the text ends that begins at an offset, and whether a
// comment follows on the line.
func plainLine(text string, from int) (end int, comment bool) {
	line := text[from:lineTextEnd(text, from)]
	for i := 1; i < len(line); i++ {
		if line[i] == '#' && (line[i-1] == ' ' || line[i-1] == '\t') {
			line, comment = line[:i], true
			break
		}
	}
	return from + len(strings.TrimRight(line, " \t")), comment
}

// plainFlowEnd returns where a text without quotes ends between brackets.
func (y *yamlDoc) plainFlowEnd(from int) int {
	at := from
	for ; at < len(y.text); at++ {
		c := y.text[at]
		if strings.IndexByte(",[]{}", c) >= 0 {
			break
		}
		next := byte('\n')
		if at+1 < len(y.text) {
			next = y.text[at+1]
		}
		if c == ':' && strings.IndexByte(" \t\r\n,[]{}", next) >= 0 {
			break
		}
		if c == '#' && at > from && strings.IndexByte(" \t\n", y.text[at-1]) >= 0 {
			break
		}
	}
	return from + len(strings.TrimRight(y.text[from:at], " \t\r\n"))
}
