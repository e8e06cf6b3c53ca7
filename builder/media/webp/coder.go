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

// putAll writes tokens, whose probabilities are in the table. It does what put
// does, with the state at hand.
func (c *coder) putAll(tokens []token, table *[fixed + 256]uint8) {
	low, span, extra := c.low, c.span, c.extra
	for _, t := range tokens {
		split := 1 + (span-1)*uint32(table[t>>1])>>8
		one := -uint32(t & 1) // all bits set for a 1
		low += uint64(split & one)
		span = split ^ (split^(span-split))&one
		shift := uint(bits.LeadingZeros32(span))&31 - 24
		span <<= shift & 31
		low <<= shift & 63
		extra += shift
		if extra >= 32 {
			c.low, c.extra = low, extra
			c.flush()
			low, extra = c.low, c.extra
		}
	}
	c.low, c.span, c.extra = low, span, extra
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
