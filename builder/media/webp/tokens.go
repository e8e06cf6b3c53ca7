package webp

import "math/bits"

// A token is a bit with the place of its probability: below probs in the
// table that is fitted to the picture, above it the probability itself.
type token uint16

const fixed = probs

func (e *encoder) emit(bit, place int) { e.tokens = append(e.tokens, token(place<<1|bit)) }

// Types of blocks (section 13.3).
const (
	afterY2 = iota // luma without its first coefficient
	y2
	chroma
	wholeLuma
)

// writeBlock writes the n levels of a block as tokens, in the context of how
// many of its neighbours to the left and above have any, and returns whether it
// has.
func (e *encoder) writeBlock(kind, first int, levels *[16]int16, n, context int) uint8 {
	set := kind * typeSet
	if n <= first {
		e.emit(0, set+int(bands[first])*bandSet+context*nodes)
		return 0
	}
	var room [16 * 17]token // a level takes at most so many
	t := room[:0]
	zero := false // the level before was 0: the block cannot end here
	for i, level := range levels[:n] {
		if i < first {
			continue
		}
		p := token(set+int(bands[i])*bandSet+context*nodes) << 1
		if !zero {
			t = append(t, p|1)
		}
		if zero = level == 0; zero {
			t = append(t, p+1<<1)
			context = 0
			continue
		}
		sign := level >> 15
		size := (level ^ sign) - sign
		if size == 1 {
			t = append(t, p+1<<1|1, p+2<<1)
			context = 1
		} else {
			t = appendSize(append(t, p+1<<1|1, p+2<<1|1), p, int(size))
			context = 2
		}
		t = append(t, (fixed+128)<<1|token(sign&1))
	}
	if n < 16 {
		t = append(t, token(set+int(bands[n])*bandSet+context*nodes)<<1)
	}
	e.tokens = append(e.tokens, t...)
	return 1
}

// extras are the probabilities of the bits that follow each category of large
// levels, and base is its least level (section 13.2).
var categories = [6]struct {
	base   int
	extras []uint8
}{
	{5, []uint8{159}},
	{7, []uint8{165, 145}},
	{11, []uint8{173, 148, 140}},
	{19, []uint8{176, 155, 140, 135}},
	{35, []uint8{180, 157, 141, 134, 130}},
	{67, []uint8{254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}},
}

// appendSize appends a level of at least 2; p is its place with bit 0.
func appendSize(t []token, p token, size int) []token {
	switch {
	case size == 2:
		return append(t, p+3<<1, p+4<<1)
	case size <= 4:
		return append(t, p+3<<1, p+4<<1|1, p+5<<1|token(size-3))
	}
	c := 5
	for size < categories[c].base {
		c--
	}
	if c < 2 {
		t = append(t, p+3<<1|1, p+6<<1, p+7<<1|token(c))
	} else {
		high := token(c-2) >> 1
		t = append(t, p+3<<1|1, p+6<<1|1, p+8<<1|high, (p+(9+high)<<1)|token(c)&1)
	}
	rest := size - categories[c].base
	for i, prob := range categories[c].extras {
		bit := rest >> (len(categories[c].extras) - 1 - i) & 1
		t = append(t, token(fixed+int(prob))<<1|token(bit))
	}
	return t
}

// writeTokens writes the second partition.
func (e *encoder) writeTokens() []byte {
	var table [fixed + 256]uint8
	copy(table[:], e.probs[:])
	for i := range 256 {
		table[fixed+i] = uint8(i)
	}
	c := newCoder(len(e.tokens)/6 + 64)
	c.putAll(e.tokens, &table)
	return c.bytes()
}

// fit chooses the probabilities: a new one where it saves more than telling
// it costs.
func (e *encoder) fit() {
	var counts [fixed + 256][2]int64
	for _, t := range e.tokens {
		counts[t>>1][t&1]++
	}
	price := prices()
	for i := range e.probs {
		n := counts[i]
		total := n[0] + n[1]
		if total == 0 {
			continue
		}
		old := int(defaultProbs[i])
		fresh := int(min(max((256*n[0]+total/2)/total, 1), 255))
		u := int(updateProbs[i])
		keep := n[0]*price[old] + n[1]*price[256-old] + price[u]
		change := n[0]*price[fresh] + n[1]*price[256-fresh] + price[256-u] + 8*256
		if change < keep {
			e.probs[i] = uint8(fresh)
		}
	}
}

// prices returns what a bit of probability i/256 costs, in 1/256 bits.
func prices() (p [257]int64) {
	for i := 1; i <= 256; i++ {
		p[i] = 8*256 - log2(uint64(i))
	}
	return p
}

// log2 returns 256 times the binary logarithm, rounded down.
func log2(v uint64) int64 {
	n := bits.Len64(v) - 1
	r := int64(n)
	x := v << (31 - n) // 1 ≤ x/2³¹ < 2
	for range 8 {
		x = x * x >> 31
		r <<= 1
		if x >= 1<<32 {
			x >>= 1
			r++
		}
	}
	return r
}
