package source

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"time"
)

// coder writes a record or reads it, by the same functions: each is given where
// a value stands, and writes that value or puts what it reads there. So what is
// written and what is read cannot differ.
//
//	number      a varint
//	text        length and bytes
//	name        the number, from 1, of an equal name in the record, or 0 and a text
//	part        where in another text it stands, from 1, and its length, or 0 and a text
//	slice, map  0 for nil, else 1, how many, then each; a map's keys in order
//	pointer     0 for nil, else 1 and what it points to
//	time        1 for the zero time, else 0, Unix seconds, nanoseconds; in the zone of the reader
//
// What is read points into the text that is read. Slices and pointers of the
// right size that stand where one is read are filled.
type coder struct {
	buf     []byte // what is written, when writing
	reading bool
	data    string // what is still to be read
	err     error  // after it zeros are read
	zone    *time.Location

	names [mostNames]string // the first of the record
	named int
}

const mostNames = 16

var errDamaged = errors.New("not what was saved")

// coders are those not in use.
var coders = sync.Pool{New: func() any { return new(coder) }}

// writer returns a coder that writes, readerOf one that reads a record.
func writer() *coder {
	c := coders.Get().(*coder)
	c.reading, c.buf = false, c.buf[:0]
	return c
}

func readerOf(record string, zone *time.Location) *coder {
	c := coders.Get().(*coder)
	c.reading, c.data, c.zone = true, record, zone
	return c
}

// free gives the coder to others. It returns what was wrong, if not everything
// was read, too.
func (c *coder) free() error {
	if c.data != "" {
		c.fail()
	}
	err := c.err
	clear(c.names[:c.named])
	c.named, c.data, c.err, c.zone = 0, "", nil, nil
	coders.Put(c)
	return err
}

// uint writes n, or returns what is read instead.
func (c *coder) uint(n uint64) uint64 {
	if !c.reading {
		if n < 0x80 {
			c.buf = append(c.buf, byte(n))
		} else {
			c.buf = binary.AppendUvarint(c.buf, n)
		}
		return n
	}
	if c.data != "" && c.data[0] < 0x80 {
		n, c.data = uint64(c.data[0]), c.data[1:]
		return n
	}
	n = 0
	for i := 0; i < len(c.data) && i < binary.MaxVarintLen64; i++ {
		b := c.data[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.data = c.data[i+1:]
			return n
		}
	}
	c.fail()
	return 0
}

func (c *coder) fail() { c.err, c.data = errDamaged, "" }

// below writes n, or returns what is read if it is less than limit.
func (c *coder) below(n, limit int) int {
	read := c.uint(uint64(n))
	if read >= uint64(limit) {
		c.fail()
		return 0
	}
	return int(read)
}

// length writes n, or returns how much follows, each of which takes a byte or
// more.
func (c *coder) length(n int) int {
	read := c.uint(uint64(n))
	if c.reading && read > uint64(len(c.data)) {
		c.fail()
		return 0
	}
	return int(read)
}

func number[T ~int | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64](c *coder, p *T) {
	n := int64(*p)
	if n := c.uint(uint64(n<<1 ^ n>>63)); c.reading {
		*p = T(int64(n>>1) ^ -int64(n&1))
	}
}

func (c *coder) bool(p *bool) { *p = c.uint(uint64(b2i(*p))) == 1 }

func (c *coder) float(p *float64) {
	if !c.reading {
		c.buf = binary.LittleEndian.AppendUint64(c.buf, math.Float64bits(*p))
		return
	}
	var b [8]byte
	c.bytes(b[:])
	*p = math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}

func (c *coder) bytes(p []byte) {
	if !c.reading {
		c.buf = append(c.buf, p...)
		return
	}
	if len(p) > len(c.data) {
		c.fail()
	}
	c.data = c.data[copy(p, c.data):]
}

func textOf[T ~string](c *coder, p *T) {
	n := c.length(len(*p))
	if !c.reading {
		c.buf = append(c.buf, *p...)
		return
	}
	*p, c.data = T(c.data[:n]), c.data[n:]
}

func (c *coder) text(p *string) { textOf(c, p) }

// name is for the names of files, which stand in every place of a problem.
func (c *coder) name(p *string) {
	at := 0
	if !c.reading {
		at = 1 + slices.Index(c.names[:c.named], *p)
	}
	if at = c.below(at, c.named+1); at > 0 {
		*p = c.names[at-1]
		return
	}
	textOf(c, p)
	if c.named < mostNames {
		c.names[c.named] = *p
		c.named++
	}
}

// part is for a text that often stands in another one, which is known.
func (c *coder) part(p *string, of string) {
	at := 0
	if !c.reading {
		at = 1 + strings.Index(of, *p)
	}
	if at = c.below(at, len(of)+2); at == 0 {
		textOf(c, p)
		return
	}
	n := c.below(len(*p), len(of)+1)
	if c.reading && at-1+n > len(of) {
		c.fail()
	} else {
		*p = of[at-1 : at-1+n]
	}
}

func (c *coder) time(p *time.Time) {
	if c.uint(uint64(b2i(*p == time.Time{}))) == 1 {
		*p = time.Time{}
		return
	}
	sec, nsec := p.Unix(), int64(p.Nanosecond())
	number(c, &sec)
	number(c, &nsec)
	switch {
	case nsec < 0 || nsec >= 1e9:
		c.fail()
	case c.reading:
		*p = time.Unix(sec, nsec).In(c.zone)
	}
}

// count writes how many there are, or returns it; some is false for nil.
func (c *coder) count(n int, isNil bool) (_ int, some bool) {
	if c.uint(uint64(b2i(!isNil))) == 0 {
		return 0, false
	}
	return c.length(n), true
}

func list[T any](c *coder, p *[]T, each func(*coder, *T)) {
	n, some := c.count(len(*p), *p == nil)
	switch {
	case !some:
		*p = nil
		return
	case c.reading && (*p == nil || len(*p) != n):
		*p = make([]T, n)
	}
	for i := range *p {
		if each(c, &(*p)[i]); c.err != nil {
			return
		}
	}
}

func byText[T any](c *coder, p *map[string]T, each func(*coder, *T)) {
	n, some := c.count(len(*p), *p == nil)
	switch {
	case !some:
		*p = nil
		return
	case c.reading:
		*p = make(map[string]T, n)
		for range n {
			var key string
			var value T
			textOf(c, &key)
			each(c, &value)
			if (*p)[key] = value; c.err != nil {
				return
			}
		}
		return
	}
	for _, key := range slices.SortedFunc(maps.Keys(*p), cmp.Compare) {
		value := (*p)[key]
		textOf(c, &key)
		each(c, &value)
	}
}

func pointer[T any](c *coder, p **T, each func(*coder, *T)) {
	if c.uint(uint64(b2i(*p != nil))) == 0 {
		*p = nil
		return
	}
	if *p == nil {
		*p = new(T)
	}
	each(c, *p)
}
