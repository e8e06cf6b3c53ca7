package icc

import "errors"

// matrix turns one triple into another: rows are what comes out.
type matrix [3][3]float64

func (a matrix) times(b matrix) matrix {
	var c matrix
	for i := range 3 {
		for j := range 3 {
			c[i][j] = dot(a[i], [3]float64{b[0][j], b[1][j], b[2][j]})
		}
	}
	return c
}

func (a matrix) apply(v [3]float64) [3]float64 {
	return [3]float64{dot(a[0], v), dot(a[1], v), dot(a[2], v)}
}

// dot rounds each product, so that no processor fuses it with a sum.
func dot(a, b [3]float64) float64 {
	return float64(float64(a[0]*b[0])+float64(a[1]*b[1])) + float64(a[2]*b[2])
}

// cross is the vector product; it gives the rows of an inverse.
func cross(a, b [3]float64) [3]float64 {
	return [3]float64{
		float64(a[1]*b[2]) - float64(a[2]*b[1]),
		float64(a[2]*b[0]) - float64(a[0]*b[2]),
		float64(a[0]*b[1]) - float64(a[1]*b[0]),
	}
}

func (a matrix) column(j int) [3]float64 { return [3]float64{a[0][j], a[1][j], a[2][j]} }

// inverse returns the inverse of a matrix that has one.
func (a matrix) inverse() matrix {
	c0, c1, c2 := a.column(0), a.column(1), a.column(2)
	rows := matrix{cross(c1, c2), cross(c2, c0), cross(c0, c1)}
	det := dot(c0, rows[0])
	for i := range 3 {
		for j := range 3 {
			rows[i][j] /= det
		}
	}
	return rows
}

// white returns the sum of the three lights.
func (a matrix) white() [3]float64 { return a.apply([3]float64{1, 1, 1}) }

// d50 is the white of the connection space (ICC.1:2022 7.2.16).
var d50 = [3]float64{0.9642, 1, 0.8249}

// bradford turns XYZ into responses of cones (ICC.1:2022, annex E).
var bradford = matrix{
	{0.8951, 0.2664, -0.1614},
	{-0.7502, 1.7135, 0.0367},
	{0.0389, -0.0685, 1.0296},
}

// adapted returns the matrix to XYZ changed so that its white is D50. For a
// profile made by the book this is next to nothing; it makes grays exactly
// gray, and mends profiles whose lights were written under D65.
func (a matrix) adapted() (matrix, error) {
	from, to := bradford.apply(a.white()), bradford.apply(d50)
	var gain matrix
	for i := range 3 {
		if from[i] < 0.05 || from[i] > 20 {
			return matrix{}, errors.New("has three colours that make no white")
		}
		gain[i][i] = to[i] / from[i]
	}
	return bradford.inverse().times(gain).times(bradford).times(a), nil
}

// toSRGB returns the matrix from a space, given by its matrix to XYZ, to light
// of sRGB. Each of its rows has the sum 1.
func toSRGB(m matrix) (matrix, error) {
	m, err := m.adapted()
	if err != nil {
		return matrix{}, err
	}
	srgb, err := lights(primaries[1].chromaticities).adapted()
	if err != nil {
		return matrix{}, err
	}
	return srgb.inverse().times(m), nil
}

// within reports whether no mixture of three values between 0 and 1 comes to
// reach, up or down.
func (a matrix) within(reach float64) bool {
	for _, row := range a {
		up, down := 0.0, 0.0
		for _, v := range row {
			up += max(v, 0)
			down -= min(v, 0)
		}
		if !(up < reach && down < reach) {
			return false
		}
	}
	return true
}

// lights returns the matrix to XYZ of a space given by the chromaticities of
// red, green, blue and white, for a white of the brightness 1.
func lights(xy [4][2]float64) matrix {
	var m matrix
	for j := range 3 {
		v := tristimulus(xy[j])
		m[0][j], m[1][j], m[2][j] = v[0], v[1], v[2]
	}
	gain := m.inverse().apply(tristimulus(xy[3]))
	for i := range 3 {
		for j := range 3 {
			m[i][j] *= gain[j]
		}
	}
	return m
}

// tristimulus returns the XYZ of a chromaticity, with Y = 1.
func tristimulus(xy [2]float64) [3]float64 {
	return [3]float64{xy[0] / xy[1], 1, (1 - xy[0] - xy[1]) / xy[1]}
}
