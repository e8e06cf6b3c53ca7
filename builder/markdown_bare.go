package builder

import (
	"bytes"
)

// Linkify makes links of addresses that stand in a text without any markup. It
// divides a text at every space to look for them, a fifth of the time a text
// takes. So it is left away where it would find nothing. Before it finds its
// first address it changes nothing but blanks at ends of lines; and what makes
// an address for it, "http:" and the like, is to goldmark without it text like
// any other, or within something that both take as a whole (a link's target,
// code, HTML). So a text is read without it, and again with it where such a
// beginning is then found in words.

// bare reports whether a text surely or probably needs Linkify: it has an
// address that does not stand where a link's target does, or a line with more
// than one blank at its end.
func bare(src []byte) bool {
	for rest := src; ; {
		line, after, more := bytes.Cut(rest, newline)
		if len(line)-len(bytes.TrimRight(line, " \t\v\f\r")) > 1 {
			return true
		}
		if rest = after; !more {
			break
		}
	}
	for from := 0; ; {
		i := addressIn(src[from:])
		if i < 0 {
			return false
		}
		from += i
		if from == 0 || src[from-1] != '(' && src[from-1] != '<' {
			return true
		}
		from++
	}
}

var newline = []byte("\n")

// addressIn returns where an address as Linkify knows them may begin, for one
// with "@" that place, or -1.
func addressIn(b []byte) int {
	for i, c := range b {
		switch c {
		case '@':
			return i
		case ':':
			for _, scheme := range [...]string{"https", "http", "ftp"} {
				if bytes.HasSuffix(b[:i], []byte(scheme)) {
					return i - len(scheme)
				}
			}
		case '.':
			if bytes.HasSuffix(b[:i], []byte("www")) {
				return i - len("www")
			}
		}
	}
	return -1
}
