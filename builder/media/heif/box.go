package heif

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var (
	// ErrCut says that the file ends before the picture does.
	ErrCut = errors.New("ends before the picture does")
	// ErrRare is in every error about a file that may be whole, but is of a
	// kind that is not read.
	ErrRare = errors.New("which is rare and cannot be read")
)

func damaged(format string, args ...any) error { return fmt.Errorf(format, args...) }

// rare returns an error that completes "the file …" and wraps ErrRare.
func rare(format string, args ...any) error {
	return fmt.Errorf("%s, %w", fmt.Sprintf(format, args...), ErrRare)
}

// box is one box of 14496-12, 4.2, without its header.
type box struct {
	kind string
	body []byte
}

// nextBox returns the first box of b and how many bytes it takes. A box that is
// longer than b is ErrCut.
func nextBox(b []byte) (box, int, error) {
	if len(b) < 8 {
		return box{}, 0, ErrCut
	}
	size, head := uint64(binary.BigEndian.Uint32(b)), 8
	switch size {
	case 0: // to the end
		size = uint64(len(b))
	case 1:
		if len(b) < 16 {
			return box{}, 0, ErrCut
		}
		size, head = binary.BigEndian.Uint64(b[8:]), 16
	}
	if size < uint64(head) {
		return box{}, 0, damaged("a box says that it is %d bytes long", size)
	}
	if size > uint64(len(b)) {
		return box{}, 0, ErrCut
	}
	return box{string(b[4:8]), b[head:size]}, int(size), nil
}

// boxes returns the boxes that b consists of, at most most of them. They lie
// within another box, so that one that is too long is damage.
func boxes(b []byte, most int) ([]box, error) {
	var list []box
	for len(b) > 0 {
		x, n, err := nextBox(b)
		if errors.Is(err, ErrCut) {
			return nil, damaged("a box is longer than the one it lies in")
		}
		if err != nil {
			return nil, err
		}
		if len(list) == most {
			return nil, damaged("a box holds more than %d others", most)
		}
		list = append(list, x)
		b = b[n:]
	}
	return list, nil
}

// cursor reads numbers, big endian. Reading past the end gives zeros and sets
// short, so that a box can be read through and judged once.
type cursor struct {
	b     []byte
	short bool
}

func (c *cursor) take(n int) []byte {
	if n > len(c.b) {
		c.b, c.short = nil, true
		return nil
	}
	out := c.b[:n]
	c.b = c.b[n:]
	return out
}

// uint returns the number in the next n bytes, n at most 8.
func (c *cursor) uint(n int) uint64 {
	var v uint64
	for _, x := range c.take(n) {
		v = v<<8 | uint64(x)
	}
	return v
}

func (c *cursor) u8() int     { return int(c.uint(1)) }
func (c *cursor) u16() int    { return int(c.uint(2)) }
func (c *cursor) u32() uint32 { return uint32(c.uint(4)) }

// full reads the version and flags of a FullBox.
func (c *cursor) full() (version int, flags uint32) {
	v := c.u32()
	return int(v >> 24), v & 0xffffff
}

// text reads up to a zero byte, or to the end.
func (c *cursor) text() string {
	for i, x := range c.b {
		if x == 0 {
			s := string(c.b[:i])
			c.b = c.b[i+1:]
			return s
		}
	}
	s := string(c.b)
	c.b = nil
	return s
}

// done returns an error about the box of a kind that was read to its end too
// early.
func (c *cursor) done(kind string) error {
	if c.short {
		return damaged("the box %s ends too early", kind)
	}
	return nil
}
