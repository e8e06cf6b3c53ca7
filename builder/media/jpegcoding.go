package media

import "encoding/binary"

// jpegCoding is what the frame and scan headers of a JPEG tell of how it is
// coded (T.81, B.2).
type jpegCoding struct {
	progressive bool
	pixels      int
	components  int
	ids         [4]byte
	factors     [4]byte      // horizontal and vertical sampling, four bits each
	scans       int          // so far
	have        [4][64]uint8 // of each coefficient: 0 = nothing, else 1 + the bits that are still missing
}

// Every scan of a progressive JPEG goes over all of the picture, which takes up
// to 6 ms a megapixel even where it says nothing. Cameras and programs make
// ten to fifteen.
const (
	maxScans    = 64
	commonScans = 20
	maxWork     = 1000e6 // scans times pixels, where there are more scans than common
)

// mostScans returns how many scans there may be. A sequential picture has one
// for each component at most (T.81, 4.8).
func (c *jpegCoding) mostScans() int {
	if c.progressive {
		return min(max(maxWork/max(c.pixels, 1), commonScans), maxScans)
	}
	return max(1, c.components)
}

// frame takes in the body of a frame header, which has at least six bytes.
func (c *jpegCoding) frame(progressive bool, body []byte) {
	c.progressive = progressive
	c.pixels = int(binary.BigEndian.Uint16(body[1:])) * int(binary.BigEndian.Uint16(body[3:]))
	c.components = min(int(body[5]), (len(body)-6)/3, len(c.ids))
	for i := range c.components {
		c.ids[i], c.factors[i] = body[6+3*i], body[6+3*i+1]
	}
}

// scan takes in the body of a scan header.
func (c *jpegCoding) scan(body []byte) {
	c.scans++
	if len(body) == 0 || len(body) < 4+2*int(body[0]) {
		return
	}
	n := int(body[0])
	first, last, missing := 0, 63, byte(0)
	if c.progressive {
		first, last, missing = int(body[1+2*n]), int(body[2+2*n]), body[3+2*n]&15
	}
	for i := range n {
		for k := range c.components {
			if c.ids[k] != body[1+2*i] {
				continue
			}
			for at := first; at <= min(last, 63); at++ {
				c.have[k][at] = 1 + missing
			}
		}
	}
}

// everyComponent says whether each has been in a scan, if only roughly.
func (c *jpegCoding) everyComponent() bool {
	for k := range c.components {
		if c.have[k][0] == 0 {
			return false
		}
	}
	return c.scans > 0
}

// complete says whether each coefficient has been sent to its last bit. A
// progressive picture that is not may have lost its end.
func (c *jpegCoding) complete() bool {
	for k := range c.components {
		for _, got := range c.have[k] {
			if got != 1 {
				return false
			}
		}
	}
	return true
}

// samples returns how many samples a pixel has, as a fraction.
func (c *jpegCoding) samples() (n, of int) {
	of = 1
	for _, f := range c.factors[:c.components] {
		each := int(f>>4) * int(f&15)
		n, of = n+each, max(of, each)
	}
	return n, of
}

// extra returns how many bytes a pixel decoding takes at any scale: the
// coefficients of a progressive picture, four bytes each, rounded up; and what
// four inks take beside three colours.
func (c *jpegCoding) extra() int {
	bytes := 0
	if c.progressive {
		n, of := c.samples()
		bytes = (4*n + of - 1) / of
	}
	switch {
	case c.stdOnly():
		bytes += 10
	case c.components == 4:
		bytes += 6
	}
	return bytes
}

// stdOnly says whether only the decoder of the standard library knows it.
func (c *jpegCoding) stdOnly() bool {
	return c.components == 4 && c.factors != [4]byte{0x11, 0x11, 0x11, 0x11}
}
