// Package icc brings photos into sRGB. Phones tag theirs Display P3, cameras
// Adobe RGB; shown as if they were sRGB, both look dull.
//
// # How it works
//
// A profile of the matrix kind says how each channel becomes light (a curve)
// and which colours the three lights have (a matrix to the connection space,
// XYZ under D50). Parse reads both, multiplies the matrix with that from XYZ to
// sRGB, and makes tables of integers. Convert looks light up, multiplies, and
// looks up what sRGB calls the result; what sRGB cannot show is clipped. This is
// the relative colorimetric intent: white stays white.
//
// Colours come as Y'CbCr, for in these planes pictures are kept. Values in
// between are held in eighths of a level on the way in and in sixty-fourths on
// the way out, so that only the final byte is rounded.
//
// The tables come from floating point without a fused multiplication and from a
// power function of our own, for that of package math may differ by the last bit
// between processors; everything after is integers. The same picture becomes
// the same bytes everywhere.
//
// # What is not done
//
// Profiles of other kinds (tables of colours, CMYK, Lab) are recognised by name
// and not converted. Where a profile has both a matrix and tables, the matrix
// is used: the difference is one of taste in profiles for photos.
//
// # Sources of rules
//
// Profiles: ICC.1:2022 and, for text, ICC.1:2001-04. Codes: ITU-T H.273. sRGB:
// IEC 61966-2-1. Y'CbCr: JFIF 1.02.
package icc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Profile is a colour space that a picture can be in. It never changes and may
// be used by many at once.
type Profile struct {
	name   string
	space  string
	srgb   bool
	key    string
	colors *colors // of an RGB profile that can be converted and is not sRGB
	grays  *grays  // of a gray profile, likewise
	known  bool
}

// Name returns what the profile calls itself, fit for a message: "Display P3".
// It may be empty.
func (p *Profile) Name() string { return p.name }

// Space returns the kind of colours the profile is for, as ICC.1:2022 7.2.6
// writes it: "RGB", "GRAY", "CMYK", "Lab" …. Only pictures with such channels
// should be converted by it.
func (p *Profile) Space() string { return p.space }

// SRGB reports whether the profile is so near to sRGB that converting would
// change no channel of a picture, Y', Cb or Cr, by more than one level.
func (p *Profile) SRGB() bool { return p.srgb }

// Convertible reports whether Convert knows how to bring a picture to sRGB.
func (p *Profile) Convertible() bool { return p.known }

// Key names what Convert does: the same key, the same change to any picture. It
// is empty where Convert does nothing.
func (p *Profile) Key() string { return p.key }

const (
	headerSize = 128 // ICC.1:2022 7.2
	tagSize    = 12  // 7.3
)

// file is a profile whose header has been checked.
type file []byte

// Parse reads a profile. One of a kind that cannot be converted is no error:
// see Convertible. An error says that the profile is damaged.
func Parse(profile []byte) (*Profile, error) {
	f, err := checked(profile)
	if err != nil {
		return nil, err
	}
	p := &Profile{name: f.name(), space: f.space()}
	switch {
	case f[8] > 4 || !f.forPictures() || f.highRange():
	case p.space == "RGB":
		err = p.readRGB(f)
	case p.space == "GRAY":
		err = p.readGray(f)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

func checked(b []byte) (file, error) {
	if len(b) < headerSize+4 {
		return nil, errors.New("is too short for a colour profile")
	}
	if string(b[36:40]) != "acsp" {
		return nil, errors.New("is not a colour profile")
	}
	size := binary.BigEndian.Uint32(b)
	if uint64(size) > uint64(len(b)) || size < headerSize+4 {
		return nil, fmt.Errorf("has %d bytes where its header says %d", len(b), size)
	}
	b = b[:size]
	if n := binary.BigEndian.Uint32(b[headerSize:]); uint64(n) > uint64(len(b)-headerSize-4)/tagSize {
		return nil, fmt.Errorf("has no room for its %d tags", n)
	}
	return b, nil
}

// forPictures reports whether the profile's class (7.2.5) is one that pictures
// are tagged with: input, display, output or colour space.
func (f file) forPictures() bool {
	switch string(f[12:16]) {
	case "scnr", "mntr", "prtr", "spac":
		return true
	}
	return false
}

// highRange reports whether the profile's cicp tag (9.2.17) says that the
// picture goes beyond the brightness of white.
func (f file) highRange() bool {
	b, err := f.tag("cicp")
	return err == nil && len(b) >= 12 && string(b[:4]) == "cicp" && HDR(int(b[9]))
}

// has reports whether there is such a tag.
func (f file) has(signature string) bool {
	_, err := f.tag(signature)
	return err == nil
}

// tag returns the data of a tag, its type signature first.
func (f file) tag(signature string) ([]byte, error) {
	n := int(binary.BigEndian.Uint32(f[headerSize:])) // checked: the entries are there
	for i := range n {
		entry := f[headerSize+4+i*tagSize:][:tagSize]
		if string(entry[:4]) != signature {
			continue
		}
		offset, size := uint64(binary.BigEndian.Uint32(entry[4:])), uint64(binary.BigEndian.Uint32(entry[8:]))
		if offset+size > uint64(len(f)) || size < 8 {
			return nil, fmt.Errorf("has its %s outside of the file", signature)
		}
		return f[offset : offset+size], nil
	}
	return nil, fmt.Errorf("has no %s", signature)
}

// readRGB reads three curves and the colours of three lights (8.3.3).
func (p *Profile) readRGB(f file) error {
	if string(f[20:24]) != "XYZ " || !f.has("rXYZ") && (f.has("A2B0") || f.has("D2B0")) {
		return nil
	}
	var tags [3][]byte
	var curves [3]*samples
	var m matrix
	for i, c := range []string{"r", "g", "b"} {
		xyz, err := f.xyz(c + "XYZ")
		if err != nil {
			return err
		}
		for row := range 3 {
			m[row][i] = xyz[row]
		}
		if tags[i], err = f.tag(c + "TRC"); err != nil {
			return err
		}
		if i > 0 && bytes.Equal(tags[i], tags[i-1]) {
			curves[i] = curves[i-1]
			continue
		}
		curve, err := parseCurve(tags[i])
		if err != nil {
			return fmt.Errorf("has a bad %sTRC: %w", c, err)
		}
		curves[i] = sample(curve)
	}
	return p.setRGB(curves, m)
}

// setRGB makes the tables of a profile whose matrix leads to XYZ.
func (p *Profile) setRGB(curves [3]*samples, m matrix) error {
	rows, err := toSRGB(m)
	if err != nil || !rows.within(reach) {
		return err
	}
	c := newColors(curves, rows)
	p.known = true
	if p.srgb = c.identical(); !p.srgb {
		p.colors, p.key = c, key(c)
	}
	return nil
}

// readGray reads the one curve of a gray profile (8.3.4), which gives light or,
// where the connection space is Lab, lightness.
func (p *Profile) readGray(f file) error {
	data, err := f.tag("kTRC")
	if err != nil {
		if f.has("A2B0") {
			return nil
		}
		return err
	}
	c, err := parseCurve(data)
	if err != nil {
		return fmt.Errorf("has a bad kTRC: %w", err)
	}
	switch string(f[20:24]) {
	case "XYZ ":
	case "Lab ":
		c = lightness{c}
	default:
		return nil
	}
	p.known = true
	g := newGrays(c)
	if p.srgb = g.identical(); !p.srgb {
		p.grays, p.key = g, key(g)
	}
	return nil
}

// xyz reads an XYZType (10.31) of one triple.
func (f file) xyz(signature string) ([3]float64, error) {
	b, err := f.tag(signature)
	if err != nil {
		return [3]float64{}, err
	}
	if len(b) < 20 || string(b[:4]) != "XYZ " {
		return [3]float64{}, fmt.Errorf("has a bad %s", signature)
	}
	return [3]float64{fixed(b[8:]), fixed(b[12:]), fixed(b[16:])}, nil
}

// fixed reads an s15Fixed16Number (4.6), which a float64 holds exactly.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }
