package media

import "fmt"

// Limits bound what is taken in. A zero field means the default.
type Limits struct {
	Bytes      int64 // of a picture's file; default 100 MB
	Megapixels int   // of a picture, told from its header; default 100
	FilmBytes  int64 // of a film or a recording; default that of the package film
}

const (
	defaultBytes      = 100e6
	defaultMegapixels = 100
	maxEdge           = 65535 // what JPEG itself can say
	// A picture of more than smallPixels has at least a byte for each
	// pixelsPerByte: less is no photograph but a file made to fill memory.
	smallPixels   = 4e6
	pixelsPerByte = 10000
)

func (l Limits) bytes() int64 {
	if l.Bytes > 0 {
		return l.Bytes
	}
	return defaultBytes
}

func (l Limits) megapixels() int {
	if l.Megapixels > 0 {
		return l.Megapixels
	}
	return defaultMegapixels
}

// size returns what is wrong with a picture of w × h pixels in a file of so
// many bytes, or nil.
func (l Limits) size(w, h int, bytes int64) *Fault {
	if w <= 0 || h <= 0 {
		return faultf("open it in a picture program and save it as JPEG again", "says that it is %d × %d pixels", w, h)
	}
	pixels := int64(w) * int64(h)
	if w > maxEdge || h > maxEdge || pixels > int64(l.megapixels())*1e6 {
		return faultf(fmt.Sprintf("make it smaller, 4000 pixels on the longer side are plenty; the limit is %d megapixels", l.megapixels()),
			"is too large: %d × %d pixels", w, h)
	}
	if pixels > smallPixels && pixels/pixelsPerByte > bytes {
		return faultf("open it in a picture program and save it as JPEG again", "says that it is %d × %d pixels, but has only %d bytes", w, h, bytes)
	}
	return nil
}
