package icc

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxName is the greatest length of a name, in characters.
const maxName = 64

func (f file) space() string { return clean(string(f[16:20])) }

// name returns the profile's description in English or, where there is none, in
// the language that comes first.
func (f file) name() string {
	b, err := f.tag("desc")
	if err != nil {
		return ""
	}
	switch string(b[:4]) {
	case "desc":
		return describe(b)
	case "mluc":
		return localized(b)
	case "text":
		return clean(string(limit(b[8:], 4*maxName)))
	}
	return ""
}

// describe reads the ASCII part of a textDescriptionType (ICC.1:2001-04 6.5.17).
func describe(b []byte) string {
	if len(b) < 12 {
		return ""
	}
	n := binary.BigEndian.Uint32(b[8:])
	b = limit(b[12:], 4*maxName)
	if uint64(n) < uint64(len(b)) {
		b = b[:n]
	}
	return clean(string(b))
}

// localized reads a multiLocalizedUnicodeType (ICC.1:2022 10.15).
func localized(b []byte) string {
	if len(b) < 16 {
		return ""
	}
	n, size := binary.BigEndian.Uint32(b[8:]), binary.BigEndian.Uint32(b[12:])
	if size != 12 {
		return ""
	}
	found := ""
	for i := 0; uint64(i) < uint64(n) && 16+12*(i+1) <= len(b); i++ {
		record := b[16+12*i:][:12]
		length, offset := uint64(binary.BigEndian.Uint32(record[4:])), uint64(binary.BigEndian.Uint32(record[8:]))
		if offset+length > uint64(len(b)) {
			continue
		}
		english := string(record[:2]) == "en"
		if found != "" && !english {
			continue
		}
		if s := wide(b[offset : offset+length]); s != "" {
			found = s
			if english {
				break
			}
		}
	}
	return found
}

// wide reads UTF-16 with the high byte first.
func wide(b []byte) string {
	b = limit(b, 4*maxName)
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return clean(string(utf16.Decode(units)))
}

func limit(b []byte, n int) []byte { return b[:min(n, len(b))] }

// clean returns the text up to its first zero, without what cannot be seen, on
// one line.
func clean(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return strings.TrimSpace(string(runes[:min(maxName, len(runes))]))
}
