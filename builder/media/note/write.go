package note

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// xmpName begins the segment of a JPEG that holds XMP.
const xmpName = "http://ns.adobe.com/xap/1.0/\x00"

// Markers of T.81, table B.1.
const (
	soi   = 0xd8
	eoi   = 0xd9
	sos   = 0xda
	app0  = 0xe0
	app1  = 0xe1
	app11 = 0xeb
)

// JPEG returns the picture with the packet in it, and the picture itself where
// there is none. The packet comes before everything but JFIF's own segments,
// which must be first.
func JPEG(data, xmp []byte) ([]byte, error) {
	if len(xmp) == 0 {
		return data, nil
	}
	if len(xmp) > MaxXMP {
		return nil, errors.New("the note is too long for a JPEG")
	}
	at := 0
	whole := segments(data, func(marker byte, start int, payload []byte) bool {
		if at == 0 && (marker != app0 || !bytes.HasPrefix(payload, []byte("JFIF\x00")) && !bytes.HasPrefix(payload, []byte("JFXX\x00"))) {
			at = start
		}
		if marker == app1 && bytes.HasPrefix(payload, []byte(xmpName)) {
			at = -1
		}
		return at >= 0
	})
	switch {
	case at < 0:
		return nil, errors.New("the JPEG has a note already")
	case !whole || at == 0:
		return nil, errors.New("is not a whole JPEG")
	}
	out := make([]byte, 0, len(data)+4+len(xmpName)+len(xmp))
	out = append(out, data[:at]...)
	out = append(out, 0xff, app1)
	out = binary.BigEndian.AppendUint16(out, uint16(2+len(xmpName)+len(xmp)))
	out = append(out, xmpName...)
	out = append(out, xmp...)
	return append(out, data[at:]...), nil
}

// segments calls each with the segments of a JPEG up to and including the first
// that begins a scan: marker, where it starts, and what it holds. It reports
// whether it came so far or each wanted no more.
func segments(data []byte, each func(marker byte, start int, payload []byte) bool) bool {
	if len(data) < 4 || data[0] != 0xff || data[1] != soi {
		return false
	}
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		marker := data[i+1]
		if marker == 0xff { // a marker may be preceded by fill bytes (B.1.1.2)
			i++
			continue
		}
		if marker < 0xc0 || marker >= 0xd0 && marker <= eoi {
			return false // these have no length and no business here
		}
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		if size < 2 || i+2+size > len(data) {
			return false
		}
		if !each(marker, i, data[i+4:i+2+size]) || marker == sos {
			return true
		}
		i += 2 + size
	}
	return false
}

// WebP returns the picture with the packet in it, and the picture itself where
// there is none. The picture must be a simple lossy one (RFC 9649 2.5), which
// becomes an extended one (2.7).
func WebP(data, xmp []byte) ([]byte, error) {
	if len(xmp) == 0 {
		return data, nil
	}
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil, errors.New("is not a WebP picture")
	}
	var frame []byte
	count := 0
	whole := chunks(data, func(name string, payload []byte) bool {
		count++
		if name == "VP8 " {
			frame = payload
		}
		return true
	})
	if !whole || count != 1 || len(frame) < 10 || frame[0]&1 != 0 || string(frame[3:6]) != "\x9d\x01\x2a" {
		return nil, errors.New("is not a whole, simple, lossy WebP picture")
	}
	w := binary.LittleEndian.Uint16(frame[6:]) & 0x3fff // RFC 6386 9.1
	h := binary.LittleEndian.Uint16(frame[8:]) & 0x3fff
	if w == 0 || h == 0 {
		return nil, errors.New("is a WebP picture without pixels")
	}
	const hasXMP = 1 << 2
	extended := []byte{hasXMP, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), 0, byte(h - 1), byte((h - 1) >> 8), 0}
	out := make([]byte, 0, len(data)+len(xmp)+32)
	out = append(out, "RIFF\x00\x00\x00\x00WEBP"...)
	out = appendChunk(out, "VP8X", extended)
	out = appendChunk(out, "VP8 ", frame)
	out = appendChunk(out, "XMP ", xmp)
	if uint64(len(out)-8) > 1<<32-2 {
		return nil, errors.New("the WebP picture is too large for a note")
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}

// appendChunk appends a chunk of RIFF, padded to an even length.
func appendChunk(out []byte, name string, payload []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(payload)))
	out = append(out, payload...)
	if len(payload)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// chunks calls each with the chunks of a RIFF file whose first twelve bytes have
// been checked. It reports whether all were whole or each wanted no more.
func chunks(data []byte, each func(name string, payload []byte) bool) bool {
	for i := uint64(12); i < uint64(len(data)); {
		if i+8 > uint64(len(data)) {
			return false
		}
		size := uint64(binary.LittleEndian.Uint32(data[i+4:]))
		if i+8+size > uint64(len(data)) {
			return false
		}
		if !each(string(data[i:i+4]), data[i+8:i+8+size]) {
			return true
		}
		i += 8 + size + size&1
	}
	return true
}
