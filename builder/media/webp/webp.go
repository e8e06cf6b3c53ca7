// Package webp writes lossy WebP pictures: one VP8 key frame (RFC 6386) in a
// RIFF container (RFC 9649), without alpha, metadata or animation.
//
// The bytes depend on the pixels and the quality alone: everything is
// integers, nothing is kept from one picture to the next, and one goroutine
// does it all.
//
// # How it works
//
// A picture is cut into macroblocks of 16 × 16 luma and twice 8 × 8 chroma
// pixels. Each is predicted from what the decoder will already have to its
// left and above (predict.go), and what the prediction misses is transformed,
// quantized (transform.go) and turned into tokens (tokens.go). A mode is
// chosen by the sum of the transformed differences plus the price of saying
// it (encoder.go). When all tokens are known, their probabilities are fitted to
// them, and modes and tokens are written by an arithmetic coder (coder.go).
package webp

import (
	"encoding/binary"
	"errors"
	"image"
)

// MaxSize is the largest width and height the format can say.
const MaxSize = 1<<14 - 1

// Encode returns the picture as a WebP file. Its chroma must be 4:2:0.
// Quality goes from 0 to 100 and means about what it means in libwebp.
func Encode(m *image.YCbCr, quality int) ([]byte, error) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	switch {
	case w < 1 || h < 1 || w > MaxSize || h > MaxSize:
		return nil, errors.New("webp: a side of the picture is not between 1 and 16383 pixels")
	case m.SubsampleRatio != image.YCbCrSubsampleRatio420:
		return nil, errors.New("webp: chroma is not 4:2:0")
	}
	e := newEncoder(m, quantizer(quality))
	e.run()
	return e.file()
}

// quantizer returns the quantizer index of a quality: the cube root of its
// place on a scale whose upper quarter is stretched to a half.
func quantizer(quality int) int {
	q := int64(min(max(quality, 0), 100))
	place := 2 * q // of 300
	if q >= 75 {
		place = 6*q - 300
	}
	// the largest r with (r/1024)³ ≤ place/300
	r := int64(0)
	for (r+1)*(r+1)*(r+1)*300 <= place<<30 {
		r++
	}
	return int(127 * (1024 - r) / 1024)
}

// file puts the finished partitions into their container.
func (e *encoder) file() ([]byte, error) {
	first, second := e.header(), e.writeTokens()
	if len(first) >= 1<<19 {
		return nil, errors.New("webp: the picture is too large for one partition of modes")
	}
	frame := 10 + len(first) + len(second)
	out := make([]byte, 0, 20+frame+1)
	out = append(out, "RIFF"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(4+8+frame+frame&1))
	out = append(out, "WEBPVP8 "...)
	out = binary.LittleEndian.AppendUint32(out, uint32(frame))
	tag := 1<<4 | uint32(len(first))<<5 // a key frame of version 0, shown
	out = append(out, byte(tag), byte(tag>>8), byte(tag>>16), 0x9d, 0x01, 0x2a)
	out = binary.LittleEndian.AppendUint16(out, uint16(e.w))
	out = binary.LittleEndian.AppendUint16(out, uint16(e.h))
	out = append(out, first...)
	out = append(out, second...)
	if frame&1 == 1 {
		out = append(out, 0)
	}
	return out, nil
}
