package icc

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"sync"
)

const (
	fine   = 8          // parts of a level on the way in
	top    = 255 * fine // white
	margin = 1816       // 1.772 · 128 levels, the most that chroma takes a channel beyond black or white
	places = top + 1 + 2*margin

	one   = 1 << 16 // full light
	field = 21      // bits from one light to the next
	drop  = 2       // bits of a light that the scale does not look at
	bits  = 17      // bits of a light that it does
	steps = one >> drop
	black = 4 * steps // where black stands on the scale
	reach = 4         // how often full light a light can be, up or down
	parts = 64        // of a level on the way out
)

// lights3 are the three lights of sRGB in one word, a field each: numbers of
// two's complement, to be added as they are. With zero added the sum's fields
// are positive.
type lights3 uint64

// zero makes no field negative, and rounds what is dropped.
const zero = lights3((black<<drop + 1<<(drop-1)) * (1 | 1<<field | 1<<(2*field)))

func pack(l [3]int64) lights3 { return lights3(l[0] + l[1]<<field + l[2]<<(2*field)) }

// red, green and blue return the places on the scale.
func (l lights3) red() uint32   { return uint32(l>>drop) & (1<<bits - 1) }
func (l lights3) green() uint32 { return uint32(l>>(field+drop)) & (1<<bits - 1) }
func (l lights3) blue() uint32  { return uint32(l>>(2*field+drop)) & (1<<bits - 1) }

// ramp is what one channel adds to the three lights, by its value in fine parts
// of a level. Beyond black and white it is flat, which clips.
type ramp [places]lights3

// scale is the way back: sRGB values, in parts of a level, by light. Below black
// and above white it is flat, which clips.
type scale [1 << bits]uint16

// colors is the conversion of an RGB profile.
type colors [3]ramp

// srgbScale makes the one scale when it is first wanted.
var srgbScale = sync.OnceValue(func() *scale {
	s := new(scale)
	for i := range steps {
		s[black+i] = uint16(nearest(encode(float64(i)/steps) * 255 * parts))
	}
	for i := black + steps; i < len(s); i++ {
		s[i] = 255 * parts
	}
	return s
})

func nearest(x float64) int64 { return int64(math.Floor(x + 0.5)) }

// samples is the light of each value between black and white.
type samples [top + 1]float64

func sample(c curve) *samples {
	s := new(samples)
	for i := range s {
		s[i] = bound(c.light(float64(i) / top))
	}
	return s
}

// newColors makes the tables for three curves and a matrix whose rows have the
// sum 1.
func newColors(curves [3]*samples, rows matrix) *colors {
	c := new(colors)
	for j, curve := range curves {
		r := &c[j]
		for i, light := range curve {
			r[margin+i] = shares(light, rows, j)
		}
		for i := range margin {
			r[i], r[margin+top+1+i] = r[margin], r[margin+top]
		}
	}
	for i := range c[0] {
		c[0][i] += zero
	}
	return c
}

// shares returns what the light of channel j adds to the three lights. Its own
// share is what makes the light whole when the others are as strong, so that
// gray gives gray to the last bit.
func shares(light float64, rows matrix, j int) lights3 {
	var l [3]int64
	l[j] = nearest(light * one)
	for k := range 3 {
		if k != j {
			l[k] = nearest(rows[k][j] * light * one)
			l[j] -= nearest(rows[j][k] * light * one)
		}
	}
	return pack(l)
}

// identical reports whether no colour of a grid changes by more than a level.
func (c *colors) identical() bool {
	const step = 15 * fine // divides the way from black to white
	for r := 0; r <= top; r += step {
		for g := 0; g <= top; g += step {
			for b := 0; b <= top; b += step {
				if !c.near(r, g, b) {
					return false
				}
			}
		}
	}
	for v := 0; v <= top; v += fine {
		if !c.near(v, v, v) {
			return false
		}
	}
	return true
}

// near reports whether no channel of the picture, Y', Cb or Cr, changes by more
// than a level where it has this colour, in fine parts. Of R, G and B themselves
// true sRGB profiles differ by more: in pure green 0.0002 of x tell red 1.4
// levels from black, which nobody sees.
func (c *colors) near(r, g, b int) bool {
	out := srgbScale()
	l := c[0][margin+r] + c[1][margin+g] + c[2][margin+b]
	dr := int(out[l.red()]) - r*parts/fine
	dg := int(out[l.green()]) - g*parts/fine
	db := int(out[l.blue()]) - b*parts/fine
	y := (lumaRed*dr + lumaGreen*dg + lumaBlue*db) >> 16
	cb, cr := (db-y)*cbByBlue>>16, (dr-y)*crByRed>>16
	return max(y, -y, cb, -cb, cr, -cr) <= parts
}

// grays is the conversion of a gray profile.
type grays [256]byte

// newGrays returns the sRGB level of each level.
func newGrays(c curve) *grays {
	g := new(grays)
	for i := range g {
		g[i] = byte(nearest(encode(bound(c.light(float64(i)/255))) * 255))
	}
	return g
}

func (g *grays) identical() bool {
	for i, v := range g {
		if d := int(v) - i; d < -1 || d > 1 {
			return false
		}
	}
	return true
}

// version names the arithmetic that works with the tables. It grows when the
// same tables begin to give other bytes.
const version = "icc1-"

// key names a conversion by its tables.
func key(tables any) string {
	b, _ := binary.Append(nil, binary.BigEndian, tables) // sizes are fixed
	sum := sha256.Sum256(b)
	return version + hex.EncodeToString(sum[:8])
}
