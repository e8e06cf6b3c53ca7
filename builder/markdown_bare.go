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
	return hasAddress(src, true)
}

var newline = []byte("\n")

// hasAddress reports whether an address as Linkify knows them may begin in b.
// Where targets are allowed, those after "(" and "<" do not count.
func hasAddress(b []byte, targets bool) bool {
	if bytes.IndexByte(b, '@') >= 0 {
		return true
	}
	for _, mark := range addressMarks {
		for from := 0; ; {
			i := bytes.Index(b[from:], mark.end)
			if i < 0 {
				break
			}
			from += i
			for _, begin := range mark.begins {
				at := from - len(begin)
				if bytes.HasSuffix(b[:from], begin) && (!targets || at == 0 || b[at-1] != '(' && b[at-1] != '<') {
					return true
				}
			}
			from++
		}
	}
	return false
}

// addressMarks are what an address begins with: any of the beginnings, then the end.
var addressMarks = [...]struct {
	end    []byte
	begins [][]byte
}{
	{[]byte(":"), [][]byte{[]byte("https"), []byte("http"), []byte("ftp")}},
	{[]byte("www."), [][]byte{nil}},
}
