package webp

import "math/bits"

// coder is the boolean arithmetic encoder of section 7. The zero coder is not
// ready: use newCoder.
type coder struct {
	out   []byte
	low   uint64 // lower end of the interval: its last 8+extra bits are not yet in out
	span  uint32 // length of the interval, 128 to 255
	extra uint
}

func newCoder(size int) *coder { return &coder{out: make([]byte, 0, size), span: 255} }

// put writes a bit that is 0 with probability prob/256.
func (c *coder) put(bit, prob uint32) {
	split := 1 + (c.span-1)*prob>>8
	if bit != 0 {
		c.low += uint64(split)
		c.span -= split
	} else {
		c.span = split
	}
	if c.span < 128 {
		shift := uint(bits.LeadingZeros8(uint8(c.span)))
		c.span <<= shift
		c.low <<= shift
		c.extra += shift
		if c.extra >= 32 {
			c.flush()
		}
	}
}

// flush moves whole bytes to the output, with the carry they may bring.
func (c *coder) flush() {
	for c.extra >= 8 {
		b := c.low >> c.extra
		if b > 255 {
			i := len(c.out) - 1
			for c.out[i] == 255 {
				c.out[i] = 0
				i--
			}
			c.out[i]++
		}
		c.out = append(c.out, byte(b))
		c.low &= 1<<c.extra - 1
		c.extra -= 8
	}
}

// number writes the n lowest bits of v, the highest first, at even odds.
func (c *coder) number(v, n uint32) {
	for n > 0 {
		n--
		c.put(v>>n&1, 128)
	}
}

// bytes ends the stream.
func (c *coder) bytes() []byte {
	c.low <<= 16
	c.extra += 16
	c.flush()
	return c.out
}
