package hevc

import (
	"errors"
	"fmt"
)

// DefaultMaxPixels is how large a picture may be where nothing else is said.
const DefaultMaxPixels = 1 << 28

// Picture is a decoded picture, cropped to its conformance window.
type Picture struct {
	Width, Height int
	// Y, Cb and Cr hold 8 bits a sample; deeper pictures are rounded to 8. Row j
	// of a plane begins at j times its stride.
	Y, Cb, Cr        []byte
	YStride, CStride int
	// SubX and SubY are how many luma samples a chroma sample covers each way;
	// 0, 0 where there is no chroma. Chroma has Width/SubX by Height/SubY samples,
	// rounded up.
	SubX, SubY int
}

// Decode decodes one intra picture: the access unit of length-prefixed NAL units
// that a HEIF item holds. It gives a whole picture or an error.
func (c *Config) Decode(data []byte) (*Picture, error) {
	return NewDecoder(c).Decode(data)
}

// Decoder decodes pictures of one configuration one after the other, in the same
// buffers: the tiles of a grid. It must not be used by two goroutines at once.
type Decoder struct {
	// MaxPixels is the largest coded picture that is decoded, in luma samples;
	// a larger one is refused by its header. 0 is DefaultMaxPixels.
	MaxPixels int

	config *Config
	frame  frame
	walker walker
	data   []byte // payload of a slice
	low    *planes[uint8]
	deep   *planes[uint16]
}

// NewDecoder makes a Decoder for pictures that c describes. It takes no memory
// to speak of before the first picture.
func NewDecoder(c *Config) *Decoder {
	return &Decoder{config: c}
}

var (
	errEmpty = errors.New("there is no picture in the data")
	errParts = errors.New("parts of the picture are missing")
)

// Decode is Config.Decode, but the picture's samples are good only until the
// next call.
func (d *Decoder) Decode(data []byte) (*Picture, error) {
	sets := d.config.sets // a copy, for the data may hold sets of its own
	var slice *sliceHeader
	for len(data) > 0 {
		unit, rest, err := nextNAL(data, d.config.lengthSize)
		if err != nil {
			return nil, err
		}
		data = rest
		n, err := parseNAL(unit)
		if err != nil {
			return nil, err
		}
		switch {
		case n.layer != 0:
		case n.kind <= nalVCL:
			if slice, err = d.slice(n, &sets, slice); err != nil {
				return nil, err
			}
		case slice == nil:
			if err := sets.add(n); err != nil {
				return nil, err
			}
		}
	}
	if slice == nil {
		return nil, errEmpty
	}
	return d.finish()
}

// slice decodes a slice segment; before is the header of the one before it in
// the picture, nil for the first.
func (d *Decoder) slice(n nal, sets *sets, before *sliceHeader) (*sliceHeader, error) {
	if n.kind > nalIRAP || n.kind > 9 && n.kind < nalBLA {
		return nil, fmt.Errorf("slices of type %d are not supported", n.kind)
	}
	d.data = unescape(d.data[:0], n.payload)
	r := &bitReader{data: d.data}
	h, err := parseStart(r, n.kind)
	if err != nil {
		return nil, err
	}
	if h.first != (before == nil) {
		return nil, errOrder
	}
	if h.first {
		if err := d.begin(sets, h.pps); err != nil {
			return nil, err
		}
	}
	f := &d.frame
	if h.pps != f.pps.id {
		return nil, errHeader
	}
	if err := h.parse(r, n.kind, f.sps, f.pps, before); err != nil {
		return nil, err
	}
	if err := d.walker.slice(&h, d.data, r.pos>>3); err != nil {
		return nil, err
	}
	return &h, nil
}

// begin makes everything ready for a picture with a picture parameter set.
func (d *Decoder) begin(sets *sets, id int) error {
	p := sets.pps[id]
	if p == nil || sets.sps[p.sps] == nil {
		return errNoPPS
	}
	s := sets.sps[p.sps]
	limit := d.MaxPixels
	if limit == 0 {
		limit = DefaultMaxPixels
	}
	if s.height > limit/s.width {
		return fmt.Errorf("the picture has %d by %d pixels, more than may be decoded", s.width, s.height)
	}
	if err := d.frame.begin(s, p); err != nil {
		return err
	}
	d.frame.samples = d.canvas(s)
	d.walker.frame = &d.frame
	d.walker.next = 0
	d.walker.rowSet = false
	clear(d.walker.block.coeffs[:]) // what a broken picture left
	return nil
}

// canvas is the one that has room for the samples' depth.
func (d *Decoder) canvas(s *sps) canvas {
	if max(s.depthY, s.depthC) == 8 {
		if d.low == nil {
			d.low = new(planes[uint8])
		}
		d.low.reset(s)
		return d.low
	}
	if d.deep == nil {
		d.deep = new(planes[uint16])
	}
	d.deep.reset(s)
	return d.deep
}

// finish filters the picture once all of it is there, and crops it.
func (d *Decoder) finish() (*Picture, error) {
	f := &d.frame
	if d.walker.next != len(f.layout.order) {
		return nil, errParts
	}
	for row := range f.layout.high {
		f.samples.deblock(f, row)
	}
	if f.sps.sao {
		f.samples.offset(f)
	}
	s := f.sps
	p := &Picture{
		Width:  s.width - s.crop.left - s.crop.right,
		Height: s.height - s.crop.top - s.crop.bottom,
	}
	p.Y, p.YStride = f.samples.bytes(0, s.crop.left, s.crop.top, p.Width, p.Height)
	if s.chroma == 0 {
		return p, nil
	}
	p.SubX, p.SubY = s.subsampling()
	x, y := s.crop.left/p.SubX, s.crop.top/p.SubY
	w, h := (p.Width+p.SubX-1)/p.SubX, (p.Height+p.SubY-1)/p.SubY
	p.Cb, p.CStride = f.samples.bytes(1, x, y, w, h)
	p.Cr, p.CStride = f.samples.bytes(2, x, y, w, h)
	return p, nil
}
