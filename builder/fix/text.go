package fix

import (
	"bytes"
	"fmt"

	"golang.org/x/text/unicode/norm"
)

// encode mends how a text is written in bytes.
func (d *document) encode() {
	if out, n := marks(d.text); n > 0 {
		d.text = out
		d.did("marks", fmt.Sprintf("took out %s that nobody sees", count(n, "mark")))
	}
	if out, n, all, end := ends(d.text); n > 0 {
		d.text = out
		d.did("line ends", fmt.Sprintf("%d of %s had another one: now all have %s", n, count(all, "line"), end))
	}
	if out, n := compose(d.text); n > 0 {
		d.text = out
		d.did("letters", fmt.Sprintf("in %s, letters made of two characters are one now (NFC)", count(n, "line")))
	}
}

var mark = []byte("\ufeff")

// marks takes out byte order marks but for one at the beginning, and counts them.
func marks(src []byte) ([]byte, int) {
	head := src[:0]
	if bytes.HasPrefix(src, mark) {
		head = src[:len(mark)]
	}
	rest := src[len(head):]
	n := bytes.Count(rest, mark)
	if n == 0 {
		return src, 0
	}
	return append(bytes.Clone(head), bytes.ReplaceAll(rest, mark, nil)...), n
}

// ends makes all lines end as most do. A carriage return alone is never an end
// that the site's files are read with. It counts those changed and all.
func ends(src []byte) (out []byte, changed, all int, end string) {
	crlf := bytes.Count(src, []byte("\r\n"))
	lf := bytes.Count(src, []byte("\n")) - crlf
	cr := bytes.Count(src, []byte("\r")) - crlf
	all = crlf + lf + cr
	end, changed = "LF", crlf+cr
	if crlf > lf {
		end, changed = "CRLF", lf+cr
	}
	if cr == 0 && (crlf == 0 || lf == 0) {
		return src, 0, all, end
	}
	out = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	out = bytes.ReplaceAll(out, []byte("\r"), []byte("\n"))
	if end == "CRLF" {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out, changed, all, end
}

// compose makes letters one character that are made of several, and counts the
// lines that had some.
func compose(src []byte) ([]byte, int) {
	if norm.NFC.IsNormal(src) {
		return src, 0
	}
	n := 0
	for line := range bytes.Lines(src) {
		if !norm.NFC.IsNormal(line) {
			n++
		}
	}
	return norm.NFC.Bytes(src), max(n, 1)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
