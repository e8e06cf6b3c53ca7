package film

import (
	"encoding/binary"
	"errors"
	"io"
)

// source reads a file by small windows. The first error that is not the
// file's end stays in err; from then on nothing more is read.
type source struct {
	r    io.ReaderAt
	size int64
	err  error

	window []byte // what the file holds from at on
	at     int64
}

const windowSize = 64 << 10

func newSource(r io.ReaderAt, size int64) *source {
	return &source{r: r, size: size}
}

// read returns the n bytes at off, or nil where the file does not hold them
// all. They are valid until the next read. n must be bounded by the caller.
func (s *source) read(off int64, n int) []byte {
	if s.err != nil || off < 0 || n < 0 || off > s.size || int64(n) > s.size-off {
		return nil
	}
	if off < s.at || off+int64(n) > s.at+int64(len(s.window)) {
		s.fill(off, n)
	}
	if off+int64(n) > s.at+int64(len(s.window)) {
		return nil
	}
	return s.window[off-s.at:][:n:n]
}

// fill moves the window to off.
func (s *source) fill(off int64, n int) {
	want := min(max(int64(n), windowSize), s.size-off)
	buf := s.window[:0]
	if int64(cap(buf)) < want || cap(buf) > 4*windowSize {
		buf = make([]byte, 0, want)
	}
	buf = buf[:want]
	got, err := s.r.ReadAt(buf, off)
	if err != nil && err != io.EOF {
		s.err = err
	}
	s.window, s.at = buf[:got], off
}

// piece is a part of a new file: memory, or n bytes of the source at off.
type piece struct {
	data   []byte
	off, n int64
}

func (p piece) size() int64 {
	if p.data != nil {
		return int64(len(p.data))
	}
	return p.n
}

// Clean is a film without anything but what plays: pieces of memory and
// stretches of the source. It may be used by several readers at once.
type Clean struct {
	pieces []piece
	size   int64
}

// memory adds bytes of our own.
func (c *Clean) memory(b []byte) {
	if len(b) == 0 {
		return
	}
	if k := len(c.pieces); k > 0 && c.pieces[k-1].data != nil {
		c.pieces[k-1].data = append(c.pieces[k-1].data, b...)
	} else {
		c.pieces = append(c.pieces, piece{data: append(make([]byte, 0, len(b)), b...)})
	}
	c.size += int64(len(b))
}

// stretch adds n bytes of the source from off on.
func (c *Clean) stretch(off, n int64) {
	if n <= 0 {
		return
	}
	if k := len(c.pieces); k > 0 && c.pieces[k-1].data == nil && c.pieces[k-1].off+c.pieces[k-1].n == off {
		c.pieces[k-1].n += n
	} else {
		c.pieces = append(c.pieces, piece{off: off, n: n})
	}
	c.size += n
}

// full says that the new file has more pieces than are taken.
func (c *Clean) full() bool { return len(c.pieces) > maxPieces }

// join adds all pieces of another.
func (c *Clean) join(d *Clean) {
	for _, p := range d.pieces {
		if p.data != nil {
			c.memory(p.data)
		} else {
			c.stretch(p.off, p.n)
		}
	}
}

// Size returns the number of bytes of the new file.
func (c *Clean) Size() int64 { return c.size }

// Open returns the new file; r is the file that Probe has read. Where the
// source has become shorter since, reading ends with io.ErrUnexpectedEOF.
func (c *Clean) Open(r io.ReaderAt) io.ReadSeeker {
	return &reader{r: r, clean: c, pieces: c.pieces}
}

type reader struct {
	r      io.ReaderAt
	clean  *Clean
	pieces []piece // still to be read
	done   int64   // of the first piece
	at     int64
}

// Seek implements io.Seeker.
func (r *reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.clean.size
	}
	if offset < 0 {
		return r.at, errors.New("film: a place before the beginning")
	}
	r.at, r.done, r.pieces = offset, offset, r.clean.pieces
	for len(r.pieces) > 0 && r.done >= r.pieces[0].size() {
		r.done -= r.pieces[0].size()
		r.pieces = r.pieces[1:]
	}
	return offset, nil
}

// Read implements io.Reader.
func (r *reader) Read(b []byte) (int, error) {
	total := 0
	for total < len(b) && len(r.pieces) > 0 {
		p := r.pieces[0]
		n, err := r.part(b[total:], p)
		total += n
		r.done += int64(n)
		r.at += int64(n)
		if err != nil {
			return total, err
		}
		if r.done == p.size() {
			r.pieces, r.done = r.pieces[1:], 0
		}
	}
	if total == 0 && len(b) > 0 {
		return 0, io.EOF
	}
	return total, nil
}

// part reads from one piece.
func (r *reader) part(b []byte, p piece) (int, error) {
	if p.data != nil {
		return copy(b, p.data[r.done:]), nil
	}
	want := min(int64(len(b)), p.n-r.done)
	n, err := r.r.ReadAt(b[:want], p.off+r.done)
	if int64(n) == want {
		return n, nil
	}
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Numbers as they stand in files.

func be16(b []byte) uint16 { return binary.BigEndian.Uint16(b) }
func be32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }
func be64(b []byte) uint64 { return binary.BigEndian.Uint64(b) }
func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func le64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// millis returns units/scale seconds, rounded to milliseconds with integers so
// that every machine says the same; scale must not be 0.
func millis(units, scale uint64) float64 {
	whole, rest := units/scale, units%scale
	if whole > 1e12 {
		whole = 1e12
	}
	if scale > 1e15 { // rest*1000 must not overflow
		rest, scale = rest/1000, scale/1000
	}
	return float64(whole*1000+(rest*1000+scale/2)/scale) / 1000
}
