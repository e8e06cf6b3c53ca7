package builder

import (
	"bytes"
	"fmt"
	"html"
	"math"

	"rsc.io/qr/coding"
)

// QR codes (ISO/IEC 18004) of addresses, as drawings. Their level is M: a code
// is read with a seventh of it under a drop of coffee.

// qrQuiet is how many modules stay white around a code.
const qrQuiet = 4

// qrMost is the largest version that is drawn, 97 modules a side: on a sheet of
// A5 a module of it is 0.4 mm, which is what a phone at arm's length tells apart.
const qrMost = coding.Version(20)

// qrVersion returns the smallest version that holds an address, 0 where it is
// too long.
func qrVersion(address string) coding.Version {
	for v := coding.Version(coding.MinVersion); v <= qrMost; v++ {
		if coding.String(address).Bits(v) <= v.DataBytes(coding.M)*8 {
			return v
		}
	}
	return 0
}

// qrCode returns the code of an address that has a version, in the mask with
// the least penalty.
func qrCode(address string) (*coding.Code, error) {
	var best *coding.Code
	least := math.MaxInt
	for mask := range coding.Mask(8) {
		plan, err := coding.NewPlan(qrVersion(address), coding.M, mask)
		if err != nil {
			return nil, err
		}
		code, err := plan.Encode(coding.String(address))
		if err != nil {
			return nil, err
		}
		if n := qrPenalty(code); n < least {
			best, least = code, n
		}
	}
	return best, nil
}

// qrPenalty says how badly a code is read: for long runs, blocks, what looks
// like a corner and an uneven share of black (ISO/IEC 18004, 7.8.3).
func qrPenalty(c *coding.Code) int {
	n, dark := 0, 0
	for i := range c.Size {
		n += qrLinePenalty(c.Size, func(j int) bool { return c.Black(j, i) })
		n += qrLinePenalty(c.Size, func(j int) bool { return c.Black(i, j) })
		for j := range c.Size {
			black := c.Black(j, i)
			if black {
				dark++
			}
			if i > 0 && j > 0 && black == c.Black(j-1, i) && black == c.Black(j, i-1) && black == c.Black(j-1, i-1) {
				n += 3
			}
		}
	}
	uneven := dark*100/(c.Size*c.Size) - 50
	return n + max(uneven, -uneven)/5*10
}

// qrLinePenalty is the part of the penalty that one row or column adds.
func qrLinePenalty(size int, black func(int) bool) int {
	const corner = 0b1011101
	n, run, last := 0, 0, 0
	for i := range size {
		if i == 0 || black(i) != black(i-1) {
			run = 0
		}
		if run++; run == 5 {
			n += 3
		} else if run > 5 {
			n++
		}
		if last = last<<1 | b2i(black(i)); i >= 10 && (last&0x7ff == corner || last&0x7ff == corner<<4) {
			n += 40
		}
	}
	return n
}

// qrSVG draws the code of an address: a white square and one path for all that
// is black, a module to the unit. title says what it is.
func qrSVG(address, title string) ([]byte, error) {
	code, err := qrCode(address)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	side := code.Size + 2*qrQuiet
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><title>%s</title>`,
		side, side, html.EscapeString(title))
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+qrQuiet, y+qrQuiet, x-from, x-from)
			}
		}
	}
	b.WriteString("\"/></svg>\n")
	return b.Bytes(), nil
}
