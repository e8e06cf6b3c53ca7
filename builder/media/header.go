package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strconv"

	"gallerist/builder/media/heif"
)

// The readers below walk a file's segments and never trust a length.

const saveAgain = "open it in a picture program and save it as JPEG again"

// readJPEG walks the marker segments (T.81, annex B), through every scan up to
// the end of the image. What follows it, such as a second picture that some
// phones add, is not looked at.
func readJPEG(data []byte) (header, *Fault) {
	var h header
	var chunks [][]byte // of the colour profile
	for at := 2; ; {
		marker, next := nextMarker(data, at)
		if marker == 0 {
			return h, nil // cut
		}
		at = next
		if marker == 0xd9 {
			if h.inks && !h.adobe {
				return h, faultf(saveAgain, "is a JPEG of a rare kind (four inks that are not told), which cannot be read")
			}
			h.whole = h.w > 0 && h.coded.everyComponent()
			h.icc = bytes.Join(chunks, nil)
			return h, nil
		}
		if marker == 0x01 || marker >= 0xd0 && marker <= 0xd8 {
			continue // stands alone
		}
		if at+2 > len(data) {
			return h, nil
		}
		n := int(binary.BigEndian.Uint16(data[at:]))
		if n < 2 || at+n > len(data) {
			return h, nil
		}
		body := data[at+2 : at+n]
		if rest, ok := bytes.CutPrefix(body, []byte("ICC_PROFILE\x00")); ok && marker == 0xe2 && len(rest) > 2 {
			chunks = append(chunks, rest[2:]) // in order, as everybody writes them (ICC.1:2022, B.4)
		}
		if fault := h.segment(marker, body); fault != nil {
			return h, fault
		}
		at += n
	}
}

// nextMarker skips entropy-coded data and fill bytes up to the next marker,
// and returns it with the place behind it; 0 = there is none.
func nextMarker(data []byte, at int) (byte, int) {
	for at < len(data) {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 || at+i+1 >= len(data) {
			return 0, len(data)
		}
		at += i + 1
		switch m := data[at]; m {
		case 0x00: // a data byte of 0xff
			at++
		case 0xff: // fill
		default:
			return m, at + 1
		}
	}
	return 0, len(data)
}

// segment takes in what one marker segment says.
func (h *header) segment(marker byte, body []byte) *Fault {
	switch {
	case marker == 0xe1:
		if rest, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && h.exif == nil {
			h.exif = rest
		} else if bytes.HasPrefix(body, []byte("http://ns.adobe.com/x")) && bytes.Contains(body, []byte("GPSLatitude")) {
			h.gps = true
		}
	case marker == 0xee:
		h.adobe = h.adobe || bytes.HasPrefix(body, []byte("Adobe"))
	case marker == 0xda:
		h.coded.scan(body)
		if most := h.coded.mostScans(); h.coded.scans > most {
			return faultf(saveAgain, "is a JPEG of more than %d layers, which would take too long to read", most)
		}
	case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
		if len(body) < 6 || h.w > 0 {
			return nil
		}
		if kind := rareJPEG(marker, body[0]); kind != "" {
			return faultf(saveAgain, "is a JPEG of a rare kind (%s), which cannot be read", kind)
		}
		h.coded.frame(marker == 0xc2, body)
		h.extra, h.gray, h.inks = h.coded.extra(), h.coded.components == 1, h.coded.components == 4
		h.h, h.w = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
		if h.w == 0 || h.h == 0 {
			return faultf(saveAgain, "says that it is %d × %d pixels", h.w, h.h)
		}
	}
	return nil
}

// rareJPEG names the coding processes that decoders do not know (T.81, table
// B.1), "" for the others.
func rareJPEG(marker, precision byte) string {
	switch {
	case marker >= 0xc9:
		return "arithmetic coding"
	case marker == 0xc3:
		return "lossless"
	case marker > 0xc2:
		return "hierarchical"
	case precision != 8:
		return strconv.Itoa(int(precision)) + " bits"
	}
	return ""
}

// readPNG walks the chunks up to IEND.
func readPNG(data []byte) (header, *Fault) {
	var h header
	profiles := 0
	for at := 8; at+12 <= len(data); {
		n := int(binary.BigEndian.Uint32(data[at:]))
		if n < 0 || n > len(data)-at-12 {
			break
		}
		kind, body := string(data[at+4:at+8]), data[at+8:at+8+n]
		if (kind == "IHDR") != (at == 8) { // a decoder believes the first
			return h, faultf(saveAgain, "is damaged: a PNG begins with its size, and says it once")
		}
		switch kind {
		case "IHDR":
			if n >= 13 {
				h.w, h.h = int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:]))
				h.extra = pngExtra(body[8], body[9], body[12])
				h.alpha, h.gray = body[9]&4 != 0, body[9]&2 == 0
			}
		case "tRNS":
			h.alpha = true
		case "iCCP":
			if profiles++; profiles == 1 && h.codes[0] == 0 { // more are not allowed, and each could be a bomb
				h.icc = inflated(body)
			}
		case "cICP": // counts above a profile (PNG, 4.3)
			if n == 4 {
				h.codes, h.icc = [2]int{int(body[0]), int(body[1])}, nil
			}
		case "eXIf":
			h.exif = body
		case "acTL":
			h.animated = true
		case "iTXt":
			h.gps = h.gps || bytes.Contains(body, []byte("GPSLatitude"))
		case "IEND":
			h.whole = true
			return h, nil
		}
		at += 12 + n
	}
	return h, nil
}

// pngExtra returns how many bytes a pixel decoding takes, by what the header
// says of bits, colours and interlacing: the pixels, as image/png keeps them,
// and our planes; passes of an interlaced picture pile up beside it.
func pngExtra(bits, colours, interlaced byte) int {
	deep := 1
	if bits > 8 {
		deep = 2
	}
	samples := 4
	switch colours {
	case 0:
		samples = deep
		if bits <= 8 {
			return 2 + int(interlaced&1) // its pixels are our plane
		}
	case 3:
		samples, deep = 1, 1
	default:
		samples *= deep
	}
	return samples*(1+int(interlaced&1)) + planesRGB + pyramid420
}

// inflated returns the colour profile of an iCCP chunk: a name, the byte 0,
// the method of compression, and the profile. A damaged one is none.
func inflated(body []byte) []byte {
	_, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(rest) < 2 || rest[0] != 0 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(rest[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(r, maxProfile+1))
	if err != nil || len(profile) > maxProfile {
		return nil
	}
	return profile
}

// maxProfile is the size of the largest colour profile that is read, in bytes.
const maxProfile = 4 << 20

// readGIF walks the blocks up to the trailer.
func readGIF(data []byte) (header, *Fault) {
	var h header
	if len(data) < 13 {
		return h, nil
	}
	h.w, h.h = int(binary.LittleEndian.Uint16(data[6:])), int(binary.LittleEndian.Uint16(data[8:]))
	h.extra = 1 + planesRGB + pyramid420
	at, frames := 13+colours(data[10]), 0
	for at < len(data) {
		switch data[at] {
		case 0x3b:
			h.whole = frames > 0
			return h, nil
		case 0x21:
			h.alpha = h.alpha || at+3 < len(data) && data[at+1] == 0xf9 && data[at+3]&1 != 0
			at += 2
		case 0x2c:
			if at+10 > len(data) {
				return h, nil
			}
			frames++
			h.animated = frames > 1
			if frames == 1 && !bytes.Equal(data[at+1:at+9], slices.Concat([]byte{0, 0, 0, 0}, data[6:10])) {
				h.alpha = true // it does not cover the canvas
				h.extra += 4   // which is made whole
			}
			at += 10 + colours(data[at+9]) + 1
		default:
			return h, faultf(saveAgain, "is damaged: a GIF block of the unknown kind 0x%02x", data[at])
		}
		for at < len(data) && data[at] != 0 { // sub-blocks
			at += 1 + int(data[at])
		}
		at++
	}
	return h, nil
}

// colours returns the length of the colour table that a GIF's flags announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// readWebP walks the chunks of the RIFF file.
func readWebP(data []byte) (header, *Fault) {
	var h header
	if len(data) < 20 {
		return h, nil
	}
	end := 8 + int64(binary.LittleEndian.Uint32(data[4:]))
	h.whole = end <= int64(len(data))
	for at := int64(12); at+8 <= int64(len(data)); {
		kind, n := string(data[at:at+4]), int64(binary.LittleEndian.Uint32(data[at+4:]))
		body := data[at+8 : min(at+8+n, int64(len(data)))]
		switch kind {
		case "VP8X":
			if len(body) >= 10 {
				h.animated = body[0]&2 != 0
				h.alpha = body[0]&16 != 0
				h.w, h.h = 1+int(uint24(body[4:])), 1+int(uint24(body[7:]))
			}
		case "VP8 ":
			if len(body) >= 10 && h.w == 0 {
				h.w = int(binary.LittleEndian.Uint16(body[6:]) & 0x3fff)
				h.h = int(binary.LittleEndian.Uint16(body[8:]) & 0x3fff)
			}
			h.extra = max(h.extra, 3)
			if h.alpha { // is decoded as a picture of four channels
				h.extra = max(h.extra, 7)
			}
		case "VP8L":
			if len(body) >= 5 && h.w == 0 {
				bits := binary.LittleEndian.Uint32(body[1:])
				h.w, h.h = 1+int(bits&0x3fff), 1+int(bits>>14&0x3fff)
				h.alpha = bits>>28&1 != 0
			}
			h.extra = 4 + planesRGB + pyramid420
		case "ICCP":
			h.icc = body
		case "EXIF":
			h.exif = bytes.TrimPrefix(body, []byte("Exif\x00\x00"))
		case "XMP ":
			h.gps = h.gps || bytes.Contains(body, []byte("GPSLatitude"))
		}
		at += 8 + n + n&1
	}
	if h.animated {
		return h, faultf("put a still picture there, or export the animation as a film", "is an animated WebP picture, which cannot be read")
	}
	return h, nil
}

// reduceAbove is what an AVIF may weigh before it is decoded smaller. It is part
// of what pictures look like.
const reduceAbove = 300 << 20

// readHEIF reads HEIC and AVIF.
func readHEIF(data []byte) (header, *Fault) {
	var h header
	f, err := heif.Read(data)
	switch {
	case errors.Is(err, heif.ErrCut):
		return h, nil
	case err != nil:
		return h, faultf("export it as JPEG; an iPhone does so when Settings, Camera, Formats is set to Most Compatible", "cannot be read: %v", err)
	}
	h = header{whole: true, animated: f.Animated, alpha: f.Alpha, icc: f.ICC, exif: f.Exif,
		orientation: f.Orientation, signed: f.Signed, codes: [2]int{f.Primaries, f.Transfer},
		gps: bytes.Contains(f.XMP, []byte("GPSLatitude"))}
	for scale := 1; scale <= 8; scale *= 2 { // AVIF takes much memory: a large one is a smaller picture here
		small, got := f.Reduced(scale)
		h.w, h.h, h.decoding, h.reduced = small.Width, small.Height, small.Weight(), got
		if h.decoding+int64(h.w)*int64(h.h)*pyramid420 < reduceAbove {
			break
		}
	}
	return h, nil
}

func uint24(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }
