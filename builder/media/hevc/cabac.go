package hevc

import "encoding/binary"

// cabac is the arithmetic decoder of H.265, 9.3.4.3. Where the standard shifts
// nine bits of the stream through a register, value holds those nine and spare
// more below them, so that the stream is read four bytes at a time. Past its end
// it reads zeros; overrun tells.
type cabac struct {
	value uint64
	width uint32 // ivlCurrRange
	spare int    // at least 0 between calls
	pos   int    // of the next byte
	data  []byte
	ctx   [256]uint8 // pStateIdx<<1 | valMps; only contextCount are used
	stat  [4]uint8   // StatCoeff, which is kept and restored with the contexts
}

// start begins at byte pos (9.3.2.5), contexts untouched. It refuses the two
// beginnings that no encoder can write. From then on the register's value is
// below width, whatever the data is, so bypasses gives no more than n bits.
func (c *cabac) start(pos int) error {
	c.pos = pos
	c.value = 0
	c.spare = -9
	c.width = 510
	c.fill()
	if c.value>>uint(c.spare) >= 510 {
		return errBroken
	}
	return nil
}

// fill appends 32 bits to value, which holds at most 25 where it is called.
func (c *cabac) fill() {
	c.spare += 32
	if c.pos+4 <= len(c.data) {
		c.value = c.value<<32 | uint64(binary.BigEndian.Uint32(c.data[c.pos:]))
		c.pos += 4
		return
	}
	for range 4 {
		c.value <<= 8
		if c.pos < len(c.data) {
			c.value |= uint64(c.data[c.pos])
		}
		c.pos++
	}
}

// used is the number of bits of data that the standard's register has read.
func (c *cabac) used() int { return c.pos*8 - c.spare }

// overrun reports that more was read than there is.
func (c *cabac) overrun() bool { return c.used() > len(c.data)*8 }

// resume is the byte after the terminating bin that was just one: the register
// ends with the stop bit that the encoder wrote (9.3.4.3.5), and zeros follow
// up to a whole byte.
func (c *cabac) resume() int { return (c.used() + 7) >> 3 }

// bin decodes a decision with context i (9.3.4.3.2).
func (c *cabac) bin(i uint8) int {
	s := c.ctx[i]
	less := uint32(rangeLPS[s>>1&63][c.width>>6&3])
	width := c.width - less
	limit := uint64(width) << (uint(c.spare) & 63)
	if c.value < limit {
		c.ctx[i] = nextMPS[s&127]
		if width < 256 {
			width <<= 1
			if c.spare--; c.spare < 0 {
				c.fill()
			}
		}
		c.width = width
		return int(s & 1)
	}
	c.value -= limit
	n := shiftLPS[less>>3&31]
	c.width = less << (n & 7)
	c.ctx[i] = nextLPS[s&127]
	if c.spare -= int(n); c.spare < 0 {
		c.fill()
	}
	return int(s&1 ^ 1)
}

// bypass decodes a bin of even odds (9.3.4.3.4).
func (c *cabac) bypass() int {
	if c.spare--; c.spare < 0 {
		c.fill()
	}
	limit := uint64(c.width) << (uint(c.spare) & 63)
	if c.value < limit {
		return 0
	}
	c.value -= limit
	return 1
}

// bypasses decodes n bins of even odds at once, the first one highest; n is at
// most 17. It is what n steps of bypass come to: long division by the range.
func (c *cabac) bypasses(n int) int {
	if c.spare -= n; c.spare < 0 {
		c.fill()
	}
	spare := uint(c.spare) & 63
	q := uint32(c.value>>spare) / c.width
	c.value -= uint64(q*c.width) << spare
	return int(q)
}

// terminate decodes the bin that ends things (9.3.4.3.5). After a one, resume
// says where the stream goes on.
func (c *cabac) terminate() bool {
	c.width -= 2
	limit := uint64(c.width) << (uint(c.spare) & 63)
	if c.value >= limit {
		return true
	}
	if c.width < 256 {
		c.width <<= 1
		if c.spare--; c.spare < 0 {
			c.fill()
		}
	}
	return false
}

// rangeLPS is table 9-46 (rangeTabLps).
var rangeLPS = [64][4]uint8{
	{128, 176, 208, 240}, {128, 167, 197, 227}, {128, 158, 187, 216}, {123, 150, 178, 205},
	{116, 142, 169, 195}, {111, 135, 160, 185}, {105, 128, 152, 175}, {100, 122, 144, 166},
	{95, 116, 137, 158}, {90, 110, 130, 150}, {85, 104, 123, 142}, {81, 99, 117, 135},
	{77, 94, 111, 128}, {73, 89, 105, 122}, {69, 85, 100, 116}, {66, 80, 95, 110},
	{62, 76, 90, 104}, {59, 72, 86, 99}, {56, 69, 81, 94}, {53, 65, 77, 89},
	{51, 62, 73, 85}, {48, 59, 69, 80}, {46, 56, 66, 76}, {43, 53, 63, 72},
	{41, 50, 59, 69}, {39, 48, 56, 65}, {37, 45, 54, 62}, {35, 43, 51, 59},
	{33, 41, 48, 56}, {32, 39, 46, 53}, {30, 37, 43, 50}, {29, 35, 41, 48},
	{27, 33, 39, 45}, {26, 31, 37, 43}, {24, 30, 35, 41}, {23, 28, 33, 39},
	{22, 27, 32, 37}, {21, 26, 30, 35}, {20, 24, 29, 33}, {19, 23, 27, 31},
	{18, 22, 26, 30}, {17, 21, 25, 28}, {16, 20, 23, 27}, {15, 19, 22, 25},
	{14, 18, 21, 24}, {14, 17, 20, 23}, {13, 16, 19, 22}, {12, 15, 18, 21},
	{12, 14, 17, 20}, {11, 14, 16, 19}, {11, 13, 15, 18}, {10, 12, 15, 17},
	{10, 12, 14, 16}, {9, 11, 13, 15}, {9, 11, 12, 14}, {8, 10, 12, 14},
	{8, 9, 11, 13}, {7, 9, 11, 12}, {7, 9, 10, 12}, {7, 8, 10, 11},
	{6, 8, 9, 11}, {6, 7, 9, 10}, {6, 7, 8, 9}, {2, 2, 2, 2},
}

// transitionLPS is table 9-47 (transIdxLps).
var transitionLPS = [64]uint8{
	0, 0, 1, 2, 2, 4, 4, 5, 6, 7, 8, 9, 9, 11, 11, 12,
	13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21, 22, 22, 23, 24,
	24, 25, 26, 26, 27, 27, 28, 29, 29, 30, 30, 30, 31, 32, 32, 33,
	33, 33, 34, 34, 35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63,
}

// nextMPS and nextLPS lead from one context value to the next (9.3.4.3.2.2).
var nextMPS, nextLPS = transitions()

func transitions() (mps, lps [128]uint8) {
	for s := range 128 {
		state, mostProbable := s>>1, s&1
		up := state
		if state < 62 {
			up++
		}
		mps[s] = uint8(up<<1 | mostProbable)
		if state == 0 {
			mostProbable ^= 1
		}
		lps[s] = transitionLPS[state]<<1 | uint8(mostProbable)
	}
	return mps, lps
}

// shiftLPS is how far a range, here divided by 8, must be shifted to be 256 or
// more (9.3.4.3.3).
var shiftLPS = [32]uint8{
	6, 5, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
}
