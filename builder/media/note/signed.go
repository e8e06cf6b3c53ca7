package note

import (
	"bytes"
	"encoding/binary"
)

// Signed reports whether an original carries Content Credentials: a store of
// C2PA manifests. Whether they are true is not looked at. The formats are
// "jpeg", "png", "webp" and those made of boxes: "heic", "avif", "mp4", "mov".
// Of a damaged file, what can be read is looked at.
func Signed(format string, data []byte) bool {
	found := false
	switch format {
	case "jpeg":
		segments(data, func(marker byte, _ int, payload []byte) bool {
			found = marker == app11 && len(payload) > 8 && string(payload[:2]) == "JP" && isStore(payload[8:])
			return !found
		})
	case "png":
		pngChunks(data, func(name string, payload []byte) bool {
			found = name == "caBX" && isStore(payload)
			return !found
		})
	case "webp":
		if len(data) >= 12 && string(data[:4]) == "RIFF" {
			chunks(data, func(name string, payload []byte) bool {
				found = name == "C2PA" && isStore(payload)
				return !found
			})
		}
	case "heic", "heif", "avif", "mp4", "mov", "m4a":
		boxes(data, func(name string, payload []byte) bool {
			found = name == "uuid" && bytes.HasPrefix(payload, manifestBox)
			return !found
		})
	}
	return found
}

// manifestBox is the type of the box that holds manifests in a file made of boxes.
var manifestBox = []byte{0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81}

// storeType is the JUMBF type of a store of manifests.
const storeType = "c2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"

// isStore reports whether the bytes begin a JUMBF superbox that is a store of
// manifests (ISO/IEC 19566-5, A.2 and A.3). The box itself may go on elsewhere.
func isStore(b []byte) bool {
	b, ok := boxOf(b, "jumb")
	if !ok {
		return false
	}
	b, ok = boxOf(b, "jumd")
	return ok && bytes.HasPrefix(b, []byte(storeType))
}

// boxOf returns what follows the header of a box of that name.
func boxOf(b []byte, name string) ([]byte, bool) {
	if len(b) < 8 || string(b[4:8]) != name {
		return nil, false
	}
	if binary.BigEndian.Uint32(b) != 1 {
		return b[8:], true
	}
	if len(b) < 16 { // the length is a long one
		return nil, false
	}
	return b[16:], true
}

// pngChunks calls each with the chunks of a PNG picture.
func pngChunks(data []byte, each func(name string, payload []byte) bool) {
	const signature = "\x89PNG\r\n\x1a\n"
	if !bytes.HasPrefix(data, []byte(signature)) {
		return
	}
	for data = data[len(signature):]; len(data) >= 12; {
		size := uint64(binary.BigEndian.Uint32(data))
		if 12+size > uint64(len(data)) || !each(string(data[4:8]), data[8:8+size]) {
			return
		}
		data = data[12+size:]
	}
}

// boxes calls each with the outermost boxes of a file (ISO/IEC 14496-12, 4.2).
// The last may be cut short.
func boxes(data []byte, each func(name string, payload []byte) bool) {
	for len(data) >= 8 {
		size, head := uint64(binary.BigEndian.Uint32(data)), uint64(8)
		switch size {
		case 0: // up to the end of the file
			size = uint64(len(data))
		case 1:
			if len(data) < 16 {
				return
			}
			size, head = binary.BigEndian.Uint64(data[8:]), 16
		}
		if size < head {
			return
		}
		end := min(size, uint64(len(data)))
		if !each(string(data[4:8]), data[head:end]) {
			return
		}
		data = data[end:]
	}
}
