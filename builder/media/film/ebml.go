package film

import "math/bits"

// element is the head of an EBML element (RFC 8794, sections 4 to 6).
type element struct {
	id   uint32 // with its marker bits, as tables give it
	at   int64  // where the element starts
	body int64  // where its body starts
	size int64  // of the body; -1 = unknown
}

func (e element) end() int64 { return e.body + e.size }

// readElement reads the head at off of an element that ends before end. It
// says false where none stands there; the size is not yet held against end.
func readElement(s *source, off, end int64) (element, bool) {
	b := s.read(off, int(min(12, end-off, s.size-off)))
	e, n, ok := parseElement(b)
	e.at, e.body = off, off+int64(n)
	return e, ok
}

// parseElement reads a head and returns its length.
func parseElement(b []byte) (e element, n int, ok bool) {
	if len(b) < 2 || b[0] < 0x10 {
		return e, 0, false
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if len(b) < n+1 {
		return e, 0, false
	}
	for _, c := range b[:n] {
		e.id = e.id<<8 | uint32(c)
	}
	size, w, ok := vint(b[n:])
	if !ok {
		return e, 0, false
	}
	e.size = int64(size)
	if size == 1<<(7*w)-1 {
		e.size = -1
	}
	return e, n + w, true
}

// vint reads a number of variable length and returns how many bytes it took.
func vint(b []byte) (v uint64, n int, ok bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if len(b) < n {
		return 0, 0, false
	}
	v = uint64(b[0]) & (0xff >> n)
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n, true
}

// field is an element that is in memory.
type field struct {
	id   uint32
	body []byte
}

// fields lists the elements of a body; false where one does not fit.
func fields(b []byte) ([]field, bool) {
	var list []field
	for len(b) > 0 {
		e, n, ok := parseElement(b)
		if !ok || e.size < 0 || e.size > int64(len(b)-n) {
			return list, false
		}
		list = append(list, field{e.id, b[n : n+int(e.size)]})
		b = b[n+int(e.size):]
	}
	return list, true
}

// uint reads an unsigned integer of up to 8 bytes.
func (f field) uint() uint64 {
	var v uint64
	for _, c := range f.body[:min(len(f.body), 8)] {
		v = v<<8 | uint64(c)
	}
	return v
}

// put makes an element: id, the shortest size, body.
func put(id uint32, body []byte) []byte {
	return append(head(id, int64(len(body))), body...)
}

// head makes the head of an element with a body of n bytes.
func head(id uint32, n int64) []byte {
	var b []byte
	for shift := 24; shift >= 0; shift -= 8 {
		if c := byte(id >> shift); c != 0 || len(b) > 0 {
			b = append(b, c)
		}
	}
	w := 1
	for n >= 1<<(7*w)-1 {
		w++
	}
	return append(b, sized(n, w)...)
}

// sized writes a size in w bytes.
func sized(n int64, w int) []byte {
	b := make([]byte, w)
	for i := range b {
		b[i] = byte(n >> (8 * (w - 1 - i)))
	}
	b[0] |= 0x80 >> (w - 1)
	return b
}

// putUint makes an element of the shortest unsigned integer.
func putUint(id uint32, v uint64) []byte {
	n := max(1, (bits.Len64(v)+7)/8)
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(v >> (8 * (n - 1 - i)))
	}
	return put(id, b)
}
