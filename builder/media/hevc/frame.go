package hevc

// frame is a picture under way: what its headers say, its samples, and what
// later blocks and the loop filters must know of earlier ones.
type frame struct {
	sps     *sps
	pps     *pps
	layout  *layout
	factors *factors // nil: all 16
	samples canvas
	slices  []*sliceHeader // the slices so far
	sliceOf []int32        // by coding tree block, raster order: 1 + index in slices; 0 is not decoded
	sao     []saoBlock     // by coding tree block

	// maps over the picture
	wide4, wide8 int     // strides
	modes        []uint8 // luma prediction mode, by 4×4
	depths       []uint8 // depth of the coding quadtree, by 8×8
	qps          []int8  // QpY, by 8×8
	marks        []uint8 // edges to filter, by 8×8
}

// Marks of an 8×8 block. Edges lie at its left and its top; each half of one is
// four samples long. No smaller grid is filtered (H.265, 8.7.2.3).
const (
	markLeftHigh  = 1 << iota // left edge, upper half
	markLeftLow               // left edge, lower half
	markTopLeft               // top edge, left half
	markTopRight              // top edge, right half
	markUntouched             // samples that loop filters must leave as they are
)

// saoBlock is sao() of a coding tree block (7.3.8.3), by component.
type saoBlock struct {
	kind    [3]uint8 // SaoTypeIdx
	class   [3]uint8 // band position or class of edges
	offsets [3][4]int16
}

const (
	saoNone = iota
	saoBand
	saoEdge
)

// begin makes f ready for a picture, in the buffers of the one before.
func (f *frame) begin(s *sps, p *pps) error {
	layout, err := newLayout(s, p.tiles)
	if err != nil {
		return err
	}
	f.sps, f.pps, f.layout = s, p, layout
	f.factors = nil
	if s.lists != nil {
		lists := s.lists
		if p.lists != nil {
			lists = p.lists
		}
		f.factors = lists.spread()
	}
	f.slices = nil
	blocks := layout.wide * layout.high
	f.sliceOf = resize(f.sliceOf, blocks)
	clear(f.sliceOf)
	f.sao = resize(f.sao, blocks)
	f.wide4, f.wide8 = s.width/4, s.width/8
	f.modes = resize(f.modes, f.wide4*s.height/4)
	f.depths = resize(f.depths, f.wide8*s.height/8)
	f.qps = resize(f.qps, f.wide8*s.height/8)
	f.marks = resize(f.marks, f.wide8*s.height/8)
	return nil
}

// resize gives a slice of n elements whose values do not matter.
func resize[T any](s []T, n int) []T {
	if cap(s) >= n {
		return s[:n]
	}
	return make([]T, n)
}

// sliceAt is the slice of a coding tree block that is decoded.
func (f *frame) sliceAt(block int) *sliceHeader { return f.slices[f.sliceOf[block]-1] }

// fill8 sets a square of the maps by 8×8; x, y and size are in luma samples.
func fill8[T any](m []T, stride, x, y, size int, v T) {
	for j := y >> 3; j < (y+size)>>3; j++ {
		row := m[j*stride+x>>3:][:size>>3]
		for i := range row {
			row[i] = v
		}
	}
}
