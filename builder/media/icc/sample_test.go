package icc

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// entry is a tag of a profile under construction.
type entry struct {
	signature string
	data      []byte
}

// profile builds a profile by ICC.1:2022 7.2 and 7.3.
func profile(major byte, class, space, pcs string, entries ...entry) []byte {
	b := make([]byte, headerSize)
	b[8] = major
	copy(b[12:], class)
	copy(b[16:], space)
	copy(b[20:], pcs)
	copy(b[36:], "acsp")
	b = binary.BigEndian.AppendUint32(b, uint32(len(entries)))
	offset := headerSize + 4 + tagSize*len(entries)
	for _, e := range entries {
		b = append(b, e.signature...)
		b = binary.BigEndian.AppendUint32(b, uint32(offset))
		b = binary.BigEndian.AppendUint32(b, uint32(len(e.data)))
		offset += len(e.data)
	}
	for _, e := range entries {
		b = append(b, e.data...)
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b
}

func s15f16(v ...float64) []byte {
	var b []byte
	for _, x := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(x*65536))))
	}
	return b
}

func xyz(x, y, z float64) []byte { return append([]byte("XYZ \x00\x00\x00\x00"), s15f16(x, y, z)...) }

// curv is a curveType: of no point, of one (an exponent by 256), or a table.
func curv(points ...uint16) []byte {
	b := append([]byte("curv"), 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(points)))
	for _, p := range points {
		b = binary.BigEndian.AppendUint16(b, p)
	}
	return b
}

func para(kind uint16, v ...float64) []byte {
	b := append([]byte("para"), 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint16(b, kind)
	return append(append(b, 0, 0), s15f16(v...)...)
}

// desc is a textDescriptionType of version 2.
func desc(s string) []byte {
	b := append([]byte("desc"), 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)+1))
	return append(append(b, s...), make([]byte, 1+4+4+2+1+67)...)
}

// mluc is a multiLocalizedUnicodeType of pairs: language, text.
func mluc(pairs ...string) []byte {
	b := append([]byte("mluc"), 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(pairs)/2))
	b = binary.BigEndian.AppendUint32(b, 12)
	var text []byte
	start := 16 + 6*len(pairs)
	for i := 0; i < len(pairs); i += 2 {
		offset := start + len(text)
		for _, u := range utf16.Encode([]rune(pairs[i+1])) {
			text = binary.BigEndian.AppendUint16(text, u)
		}
		b = append(append(b, pairs[i]...), "XX"...)
		b = binary.BigEndian.AppendUint32(b, uint32(start+len(text)-offset))
		b = binary.BigEndian.AppendUint32(b, uint32(offset))
	}
	return append(b, text...)
}

// primariesOf are three XYZ columns under D50, as published: of Display P3 by
// Apple's profile, of the others by B. Lindbloom's tables (Bradford).
var (
	p3       = [9]float64{0.51512, 0.29198, 0.15710, 0.24120, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407}
	adobeRGB = [9]float64{0.6097559, 0.2052401, 0.1492240, 0.3111242, 0.6256560, 0.0632197, 0.0194811, 0.0608902, 0.7448387}
	proPhoto = [9]float64{0.7976749, 0.1351917, 0.0313534, 0.2880402, 0.7118741, 0.0000857, 0, 0, 0.8252100}
	srgb     = [9]float64{0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733}
)

// rgb builds a matrix profile with one curve for all channels.
func rgb(major byte, name []byte, m [9]float64, trc []byte) []byte {
	return rgb3(major, name, m, trc, trc, trc)
}

func rgb3(major byte, name []byte, m [9]float64, r, g, b []byte) []byte {
	return profile(major, "mntr", "RGB ", "XYZ ",
		entry{"desc", name},
		entry{"rXYZ", xyz(m[0], m[3], m[6])}, entry{"gXYZ", xyz(m[1], m[4], m[7])}, entry{"bXYZ", xyz(m[2], m[5], m[8])},
		entry{"rTRC", r}, entry{"gTRC", g}, entry{"bTRC", b})
}

// srgbPara is the curve of sRGB as Apple's profiles write it.
func srgbPara() []byte { return para(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045) }

// srgbTable is the curve of sRGB as profiles of version 2 write it.
func srgbTable(n int) []byte {
	points := make([]uint16, n)
	for i := range points {
		points[i] = uint16(math.Round(65535 * srgbLight(float64(i)/float64(n-1))))
	}
	return curv(points...)
}

func srgbLight(x float64) float64 {
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func srgbValue(y float64) float64 {
	if y <= 0.0031308 {
		return 12.92 * y
	}
	return 1.055*math.Pow(y, 1/2.4) - 0.055
}

// reference converts by the book, in floating point and without a table. It
// shares nothing with the package.
type reference struct {
	m     [9]float64
	light [3]func(float64) float64
}

// fromXYZ leads from XYZ under D50 to linear sRGB (B. Lindbloom, Bradford).
var fromXYZ = [9]float64{3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.0334540, 0.0719453, -0.2289914, 1.4052427}

func times(m [9]float64, v [3]float64) (out [3]float64) {
	for i := range 3 {
		out[i] = m[3*i]*v[0] + m[3*i+1]*v[1] + m[3*i+2]*v[2]
	}
	return out
}

func clip(x float64) float64 { return math.Min(math.Max(x, 0), 1) }

// toRGB leads from Y'CbCr in levels to clipped R'G'B' between 0 and 1.
func toRGB(y, cb, cr float64) [3]float64 {
	u, v := cb-128, cr-128
	return [3]float64{
		clip((y + 1.402*v) / 255),
		clip((y - 0.114*1.772/0.587*u - 0.299*1.402/0.587*v) / 255),
		clip((y + 1.772*u) / 255),
	}
}

func fromRGB(c [3]float64) [3]float64 {
	y := 0.299*c[0] + 0.587*c[1] + 0.114*c[2]
	return [3]float64{255 * y, 128 + 255*(c[2]-y)/1.772, 128 + 255*(c[0]-y)/1.402}
}

// convert returns the Y'CbCr, in levels, of a colour of the profile.
func (r reference) convert(y, cb, cr byte) [3]float64 {
	return fromRGB(r.rgb(toRGB(float64(y), float64(cb), float64(cr))))
}

func (r reference) rgb(c [3]float64) [3]float64 {
	for i := range c {
		c[i] = clip(r.light[i](c[i]))
	}
	c = times(fromXYZ, times(r.m, c))
	for i := range c {
		c[i] = srgbValue(clip(c[i]))
	}
	return c
}

func gamma(g float64) func(float64) float64 {
	return func(x float64) float64 { return math.Pow(x, g) }
}

// example is a profile of a matrix and what a conversion from it should do.
type example struct {
	name string
	data []byte
	ref  reference
}

func examples() []example {
	one := func(f func(float64) float64) [3]func(float64) float64 { return [3]func(float64) float64{f, f, f} }
	adobeGamma := 563.0 / 256
	return []example{
		{"Display P3", rgb(4, mluc("de", "Anzeige P3", "en", "Display P3"), p3, srgbPara()), reference{p3, one(srgbLight)}},
		{"Adobe RGB (1998)", rgb(2, desc("Adobe RGB (1998)"), adobeRGB, curv(563)), reference{adobeRGB, one(gamma(adobeGamma))}},
		{"ProPhoto RGB", rgb(2, desc("ProPhoto RGB"), proPhoto, para(3, 1.8, 1, 0, 1.0/16, 1.0/32)), reference{proPhoto, one(func(x float64) float64 {
			if x < 1.0/32 {
				return x / 16
			}
			return math.Pow(x, 1.8)
		})}},
		{"Linear", rgb(4, desc("Linear"), srgb, curv()), reference{srgb, one(gamma(1))}},
		{"P3 by table", rgb(2, desc("P3 by table"), p3, srgbTable(1024)), reference{p3, one(srgbLight)}},
		{"three curves", rgb3(4, desc("three curves"), adobeRGB, para(0, 1.8), para(4, 2.2, 0.9, 0.1, 0.26, 0.04, 0, 0.002), para(2, 2, 0.93, 0.02, 0.05)),
			reference{adobeRGB, [3]func(float64) float64{gamma(1.8), func(x float64) float64 {
				if x < 0.04 {
					return 0.26*x + 0.002
				}
				return math.Pow(0.9*x+0.1, 2.2)
			}, func(x float64) float64 { return math.Pow(0.93*x+0.02, 2) + 0.05 }}}},
	}
}
