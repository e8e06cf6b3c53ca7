package hevc

// canvas holds the samples of a picture in 8 or 16 bits each. Components are 0
// for luma, 1 and 2 for chroma; places are in the component's own samples.
type canvas interface {
	// predict fills a block from its neighbours.
	predict(b *predicted)
	// add adds a block's residual, in raster order, to its prediction.
	add(c, x, y, log2 int, values []int32)
	// put sets samples of one row.
	put(c, x, y int, values []int32)
	// deblock filters the edges that f marks, in a row of coding tree blocks.
	deblock(f *frame, row int)
	// offset applies the sample adaptive offsets of f.
	offset(f *frame)
	// bytes gives a component in 8 bits, w by h samples from x and y on.
	bytes(c, x, y, w, h int) (samples []byte, stride int)
}

// sample is how one sample is kept.
type sample interface{ uint8 | uint16 }

// plane is one component.
type plane[S sample] struct {
	at            []S
	stride        int
	width, height int
	depth         uint
	subX, subY    int // luma samples for one of its own
}

// planes is the canvas of samples of type S.
type planes[S sample] struct {
	plane [3]plane[S]
	// samples at the edges of the block being predicted; 0 is the corner
	left, top     [65]S
	leftSm, topSm [65]S
	line          [lineLength]S // reference of angular modes
	rows          []S           // samples before sample adaptive offsets
}

// lineLength holds the corner, 32 samples before it and 64 after it, and one
// that is read but does not count.
const lineLength = lineStart + 66

// reset makes p ready for a picture of format s, in the buffers it has.
func (p *planes[S]) reset(s *sps) {
	sx, sy := s.subsampling()
	for c := range p.plane {
		q := &p.plane[c]
		switch {
		case c == 0:
			*q = plane[S]{at: q.at, width: s.width, height: s.height, depth: uint(s.depthY), subX: 1, subY: 1}
		case sx == 0:
			*q = plane[S]{}
			continue
		default:
			*q = plane[S]{at: q.at, width: s.width / sx, height: s.height / sy, depth: uint(s.depthC), subX: sx, subY: sy}
		}
		q.stride = q.width
		q.at = resize(q.at, q.stride*q.height)
	}
}

func (p *planes[S]) add(c, x, y, log2 int, values []int32) {
	q := &p.plane[c]
	n := 1 << log2
	most := int32(1)<<q.depth - 1
	for j := range n {
		row := q.at[(y+j)*q.stride+x:][:n]
		v := values[j<<log2:][:len(row)]
		for i := range row {
			s := int32(row[i]) + v[i]
			if uint32(s) > uint32(most) {
				s = most &^ (s >> 31)
			}
			row[i] = S(s)
		}
	}
}

func (p *planes[S]) put(c, x, y int, values []int32) {
	q := &p.plane[c]
	row := q.at[y*q.stride+x:][:len(values)]
	for i, v := range values {
		row[i] = S(v)
	}
}

func (p *planes[S]) bytes(c, x, y, w, h int) ([]byte, int) {
	q := &p.plane[c]
	if q.at == nil {
		return nil, 0
	}
	from := q.at[y*q.stride+x : (y+h-1)*q.stride+x+w]
	if b, ok := any(from).([]byte); ok {
		return b, q.stride
	}
	out := make([]byte, w*h)
	shift := q.depth - 8
	if shift == 0 {
		for j := range h {
			row := out[j*w:][:w]
			for i, s := range from[j*q.stride:][:len(row)] {
				row[i] = byte(s)
			}
		}
		return out, w
	}
	half := uint32(1) << (shift - 1)
	for j := range h {
		row := out[j*w:][:w]
		for i, s := range from[j*q.stride:][:len(row)] {
			row[i] = byte(min((uint32(s)+half)>>shift, 255))
		}
	}
	return out, w
}
