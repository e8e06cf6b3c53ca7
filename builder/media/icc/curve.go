package icc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// curve turns a channel's value into light; both lie between 0 and 1.
type curve interface {
	light(x float64) float64
}

// maxPoints bounds a curve's table: more than a 16-bit value can tell apart
// would say nothing.
const maxPoints = 1 << 16

// parseCurve reads a curveType (10.6) or a parametricCurveType (10.18).
func parseCurve(b []byte) (curve, error) {
	switch string(b[:4]) {
	case "curv":
		return parseTable(b)
	case "para":
		return parseFormula(b)
	}
	return nil, errors.New("it is neither a table nor a formula")
}

func parseTable(b []byte) (curve, error) {
	if len(b) < 12 {
		return nil, errors.New("it ends early")
	}
	n := binary.BigEndian.Uint32(b[8:])
	b = b[12:]
	switch {
	case n > maxPoints:
		return nil, fmt.Errorf("it has %d points", n)
	case 2*int(n) > len(b):
		return nil, errors.New("it ends early")
	case n == 0:
		return power(1), nil
	case n == 1:
		gamma := float64(binary.BigEndian.Uint16(b)) / 256
		if gamma == 0 {
			return nil, errors.New("its exponent is zero")
		}
		return power(gamma), nil
	}
	t := make(table, n)
	for i := range t {
		t[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return t, nil
}

// power is the curve x^gamma.
type power float64

func (g power) light(x float64) float64 { return pow(x, float64(g)) }

// table is a curve by points at equal distances, straight in between.
type table []uint16

func (t table) light(x float64) float64 {
	at := x * float64(len(t)-1)
	i := min(int(at), len(t)-2)
	part := at - float64(i)
	a, b := float64(t[i]), float64(t[i+1])
	return (a + float64(part*(b-a))) / 65535
}

// formula is the curve (a·x + b)^g + e from d on, and c·x + f below.
type formula struct{ g, a, b, c, d, e, f float64 }

func (p formula) light(x float64) float64 {
	if x < p.d {
		return bound(float64(p.c*x) + p.f)
	}
	return bound(pow(float64(p.a*x)+p.b, p.g) + p.e)
}

// parameters tells how many numbers each type of formula has (table 68).
var parameters = [5]int{1, 3, 4, 5, 7}

func parseFormula(b []byte) (curve, error) {
	if len(b) < 12 {
		return nil, errors.New("it ends early")
	}
	kind := int(binary.BigEndian.Uint16(b[8:]))
	if kind >= len(parameters) {
		return nil, fmt.Errorf("its formula has the unknown type %d", kind)
	}
	n := parameters[kind]
	if len(b) < 12+4*n {
		return nil, errors.New("it ends early")
	}
	var v [7]float64
	for i := range n {
		v[i] = fixed(b[12+4*i:])
	}
	p := formula{g: v[0], a: 1, d: math.Inf(-1)}
	if kind > 0 {
		p.a, p.b = v[1], v[2]
	}
	switch kind {
	case 1, 2: // flat up to the point where the base becomes positive
		p.e, p.f = v[3], v[3]
		if p.a != 0 {
			p.d = -p.b / p.a
		}
	case 3, 4:
		p.c, p.d, p.e, p.f = v[3], v[4], v[5], v[6]
	}
	if p.g <= 0 {
		return nil, errors.New("its exponent is not positive")
	}
	return p, nil
}

// lightness is a curve that gives L* of CIELAB, in hundredths of a hundred.
type lightness struct{ curve }

func (l lightness) light(x float64) float64 {
	const linear = 8.0 / 100 // below it, light is proportional to lightness
	v := l.curve.light(x)
	if v <= linear {
		return v * 100 * 27 / 24389
	}
	t := (float64(v*100) + 16) / 116
	return bound(t * t * t)
}

// bound keeps a value between 0 and 1.
func bound(x float64) float64 { return min(max(x, 0), 1) }

// encode returns what sRGB calls this light (IEC 61966-2-1).
func encode(light float64) float64 {
	if light <= 0.0031308 {
		return 12.92 * light
	}
	return float64(1.055*pow(light, 1/2.4)) - 0.055
}

// srgbCurve is the inverse of encode.
var srgbCurve = formula{g: 2.4, a: 1 / 1.055, b: 0.055 / 1.055, c: 1 / 12.92, d: 0.04045}
