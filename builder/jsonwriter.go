package builder

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// jsonWriter writes JSON as encoding/json does for a page: without spaces, in
// the order it is told, with <, > and & as escapes. Texts can come in parts,
// which are written one after the other.
type jsonWriter struct {
	b     []byte
	inner bool // something stands before in the same object or list
	file  bool // it is never part of a page: <, > and & stand for themselves
	err   error
}

// comma separates from what stands before.
func (w *jsonWriter) comma() {
	if w.inner {
		w.b = append(w.b, ',')
	}
	w.inner = true
}

func (w *jsonWriter) key(name string) {
	w.comma()
	w.b = append(w.b, '"')
	w.b = append(w.b, name...)
	w.b = append(w.b, '"', ':')
}

// object writes an object as one of a list, or alone.
func (w *jsonWriter) object(fields func()) {
	w.comma()
	w.within('{', '}', fields)
}

func (w *jsonWriter) within(open, end byte, content func()) {
	w.b = append(w.b, open)
	w.inner = false
	content()
	w.b = append(w.b, end)
	w.inner = true
}

// field writes a field that is an object.
func (w *jsonWriter) field(name string, fields func()) {
	w.key(name)
	w.within('{', '}', fields)
}

// list writes a field that is a list.
func (w *jsonWriter) list(name string, items func()) {
	w.key(name)
	w.within('[', ']', items)
}

// optionalList is list, and writes nothing of an empty one.
func (w *jsonWriter) optionalList(name string, items func()) {
	before, inner := len(w.b), w.inner
	w.list(name, items)
	if w.b[len(w.b)-2] == '[' {
		w.b, w.inner = w.b[:before], inner
	}
}

// item writes a text as one of a list.
func (w *jsonWriter) item(parts ...string) {
	w.comma()
	w.quote(parts)
}

// text writes a field that is a text.
func (w *jsonWriter) text(name string, parts ...string) {
	w.key(name)
	w.quote(parts)
}

// optional is text, and writes nothing of an empty one.
func (w *jsonWriter) optional(name string, parts ...string) {
	for _, p := range parts {
		if p != "" {
			w.text(name, parts...)
			return
		}
	}
}

// optionalNumber writes a field that is a whole number, nothing of zero.
func (w *jsonWriter) optionalNumber(name string, n int) {
	if n != 0 {
		w.key(name)
		w.b = strconv.AppendInt(w.b, int64(n), 10)
	}
}

// number writes a field that is a whole number.
func (w *jsonWriter) number(name string, n int) {
	w.key(name)
	w.b = strconv.AppendInt(w.b, int64(n), 10)
}

// optionalFlag writes a field that is true, nothing of false.
func (w *jsonWriter) optionalFlag(name string, on bool) {
	if on {
		w.key(name)
		w.b = append(w.b, "true"...)
	}
}

// texts writes a field that is a list of texts.
func (w *jsonWriter) texts(name string, list []string) {
	w.list(name, func() {
		for _, text := range list {
			w.item(text)
		}
	})
}

// optionalTexts is texts, and writes nothing of an empty list.
func (w *jsonWriter) optionalTexts(name string, list []string) {
	if len(list) > 0 {
		w.texts(name, list)
	}
}

// any writes a field that encoding/json makes.
func (w *jsonWriter) any(name string, v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(!w.file)
	if err := e.Encode(v); err != nil {
		w.err = cmp.Or(w.err, err)
		return
	}
	w.key(name)
	w.b = append(w.b, bytes.TrimSuffix(b.Bytes(), []byte{'\n'})...)
}

func (w *jsonWriter) quote(parts []string) {
	plain := &plainInPage
	if w.file {
		plain = &plainInFile
	}
	w.b = append(w.b, '"')
	for _, p := range parts {
		w.b = appendEscaped(w.b, p, plain)
	}
	w.b = append(w.b, '"')
}

// plainInFile and plainInPage hold the bytes that stand for themselves in a
// JSON text.
var plainInFile, plainInPage = func() (file, page [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		file[c] = c != '"' && c != '\\'
		page[c] = file[c] && c != '<' && c != '>' && c != '&'
	}
	return file, page
}()

const hexDigits = "0123456789abcdef"

// appendEscaped appends a text without its quotation marks.
func appendEscaped(b []byte, s string, plain *[256]bool) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = appendEscape(append(b, s[from:i]...), c)
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + size
		case r == '\u2028' || r == '\u2029': // line ends in JavaScript
			b = append(append(b, s[from:i]...), `\u202`...)
			b = append(b, hexDigits[r&0xf])
			from = i + size
		}
		i += size
	}
	return append(b, s[from:]...)
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
}
