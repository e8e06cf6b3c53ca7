package media

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// exif is the little that is wanted of a camera's notes.
type exif struct {
	orientation int // 1 to 8
	taken       string
	gps         bool
}

// Tags of EXIF and TIFF.
const (
	tagOrientation    = 0x0112
	tagExifIFD        = 0x8769
	tagGPSIFD         = 0x8825
	tagDateOriginal   = 0x9003
	tagOffsetOriginal = 0x9011
	tagGPSLatitude    = 0x0002
	tagGPSLongitude   = 0x0004
)

// tiff is a TIFF structure: offsets count from its first byte.
type tiff struct {
	data  []byte
	order binary.ByteOrder
}

// readExif reads a TIFF structure. What is damaged says nothing.
func readExif(data []byte) exif {
	e := exif{orientation: 1}
	t := tiff{data: data}
	switch {
	case len(data) < 8:
		return e
	case bytes.HasPrefix(data, []byte("II*\x00")):
		t.order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("MM\x00*")):
		t.order = binary.BigEndian
	default:
		return e
	}
	var date, offset string
	var cameraSeen, placeSeen bool // one of each: more would be work without end
	t.each(t.order.Uint32(data[4:]), func(tag uint16, field []byte) {
		switch tag {
		case tagOrientation:
			if o := t.number(field); o >= 1 && o <= 8 {
				e.orientation = int(o)
			}
		case tagGPSIFD:
			if placeSeen {
				return
			}
			placeSeen = true
			t.each(t.number(field), func(tag uint16, _ []byte) {
				e.gps = e.gps || tag == tagGPSLatitude || tag == tagGPSLongitude
			})
		case tagExifIFD:
			if cameraSeen {
				return
			}
			cameraSeen = true
			t.each(t.number(field), func(tag uint16, field []byte) {
				switch tag {
				case tagDateOriginal:
					date = t.text(field)
				case tagOffsetOriginal:
					offset = t.text(field)
				}
			})
		}
	})
	e.taken = moment(date, offset)
	return e
}

// each calls f with the tag and the 12 bytes of every field of the directory
// at an offset.
func (t tiff) each(at uint32, f func(tag uint16, field []byte)) {
	if int64(at)+2 > int64(len(t.data)) {
		return
	}
	n := int(t.order.Uint16(t.data[at:]))
	rest := t.data[at+2:]
	for ; n > 0 && len(rest) >= 12; n, rest = n-1, rest[12:] {
		f(t.order.Uint16(rest), rest[:12])
	}
}

// number returns the value of a SHORT or LONG field.
func (t tiff) number(field []byte) uint32 {
	switch t.order.Uint16(field[2:]) {
	case 3:
		return uint32(t.order.Uint16(field[8:]))
	case 4:
		return t.order.Uint32(field[8:])
	}
	return 0
}

// text returns the value of an ASCII field.
func (t tiff) text(field []byte) string {
	n := t.order.Uint32(field[4:])
	if t.order.Uint16(field[2:]) != 2 || n > 64 {
		return ""
	}
	value := field[8:12]
	if n > 4 {
		at := int64(t.order.Uint32(field[8:]))
		if at+int64(n) > int64(len(t.data)) {
			return ""
		}
		value = t.data[at : at+int64(n)]
	} else {
		value = value[:n]
	}
	text, _, _ := strings.Cut(string(value), "\x00")
	return strings.TrimSpace(text)
}

// moment turns EXIF's "2026:11:02 08:14:00" and "+03:00" into RFC 3339, or
// returns "" where they are not of that shape.
func moment(date, offset string) string {
	if !shaped(date, "0000:00:00 00:00:00") || date[:4] == "0000" {
		return ""
	}
	s := date[:4] + "-" + date[5:7] + "-" + date[8:10] + "T" + date[11:]
	if shaped(offset, "+00:00") || shaped(offset, "-00:00") {
		s += offset
	}
	return s
}

// shaped says whether s equals pattern but for the digits.
func shaped(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		digit := s[i] >= '0' && s[i] <= '9'
		if pattern[i] == '0' && !digit || pattern[i] != '0' && s[i] != pattern[i] {
			return false
		}
	}
	return true
}
