package icc

import "math"

// pow returns x^g for a positive g; a negative x counts as zero. It is within
// some units of the last place of the true value, and the same on every
// processor: each product is rounded before it is added to.
func pow(x, g float64) float64 {
	switch {
	case x <= 0:
		return 0
	case g == 1:
		return x
	}
	return exp(g * log(x))
}

// log returns the natural logarithm of a positive, finite number: that of its
// power of two and, by the series of the area tangent, that of the rest, which
// lies between √½ and √2.
func log(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	s := (m - 1) / (m + 1)
	square := s * s
	sum := 0.0
	for n := 25; n >= 1; n -= 2 {
		sum = float64(sum*square) + 1/float64(n)
	}
	return float64(float64(e)*math.Ln2) + float64(2*s*sum)
}

var inverses = [...]float64{0, 1, 1. / 2, 1. / 3, 1. / 4, 1. / 5, 1. / 6, 1. / 7, 1. / 8, 1. / 9, 1. / 10, 1. / 11, 1. / 12, 1. / 13, 1. / 14}

// exp returns e^x.
func exp(x float64) float64 {
	switch {
	case x > 700:
		return math.Inf(1)
	case x < -700:
		return 0
	}
	k := math.Floor(float64(x/math.Ln2) + 0.5)
	r := x - float64(k*math.Ln2)
	sum := 1.0
	for n := len(inverses) - 1; n >= 1; n-- {
		sum = float64(float64(sum*r)*inverses[n]) + 1
	}
	return math.Ldexp(sum, int(k))
}
