package heif

// maxFrames bounds the frames in one AV1 picture: a still one has one, one in
// layers up to four. Each costs the decoder a whole picture's time.
const maxFrames = 8

// Kinds of open bitstream units (AV1, 6.2.2).
const (
	obuSequence = 1
	obuHeader   = 3
	obuFrame    = 6
)

// readAV1 walks the units of a coded picture and reads its sequence headers,
// which must agree.
func readAV1(t tile) (coded, error) {
	var c coded
	if len(t.config) < 4 || t.config[0] != 0x81 {
		return c, damaged("has a box av1C that is none")
	}
	frames := 0
	for b := t.data; len(b) > 0; {
		kind, body, rest, ok := nextOBU(b)
		if !ok {
			return c, damaged("holds AV1 that is broken off")
		}
		b = rest
		switch kind {
		case obuSequence:
			s, err := readSequence(body)
			if err != nil {
				return c, err
			}
			if c.w > 0 && s != c {
				return c, damaged("changes what it is halfway")
			}
			c = s
		case obuHeader, obuFrame:
			if frames++; frames > maxFrames {
				return c, rare("has more than %d frames in one picture", maxFrames)
			}
		}
	}
	if c.w == 0 || frames == 0 {
		return c, damaged("holds AV1 without a picture")
	}
	c.frames = frames
	return c, nil
}

// nextOBU splits off the first unit of b (AV1, 5.3).
func nextOBU(b []byte) (kind int, body, rest []byte, ok bool) {
	head := b[0]
	at := 1 + int(head>>2&1)
	kind = int(head >> 3 & 15)
	if head&0x80 != 0 || at > len(b) {
		return 0, nil, nil, false
	}
	if head&2 == 0 { // no size: up to the end
		return kind, b[at:], nil, true
	}
	var size uint64
	for i := 0; ; i++ { // leb128
		if at == len(b) || i == 8 {
			return 0, nil, nil, false
		}
		x := b[at]
		at++
		size |= uint64(x&0x7f) << (7 * i)
		if x&0x80 == 0 {
			break
		}
	}
	if size > uint64(len(b)-at) {
		return 0, nil, nil, false
	}
	return kind, b[at : at+int(size)], b[at+int(size):], true
}

// bits reads a bitstream from the highest bit on. Past the end it gives zeros
// and sets short.
type bits struct {
	b     []byte
	at    int
	short bool
}

func (r *bits) get(n int) int {
	v := 0
	for ; n > 0; n-- {
		v <<= 1
		if r.at>>3 >= len(r.b) {
			r.short = true
			continue
		}
		v |= int(r.b[r.at>>3] >> (7 - r.at&7) & 1)
		r.at++
	}
	return v
}

func (r *bits) flag() bool { return r.get(1) == 1 }

// readSequence reads a sequence header (AV1, 5.5).
func readSequence(body []byte) (coded, error) {
	r := &bits{b: body}
	profile := r.get(3)
	r.flag() // still_picture
	reduced := r.flag()
	if reduced {
		r.get(5)
	} else {
		r.operatingPoints()
	}
	nw, nh := r.get(4)+1, r.get(4)+1
	c := coded{w: r.get(nw) + 1, h: r.get(nh) + 1}
	if !reduced && r.flag() { // frame_id_numbers_present_flag
		r.get(4 + 3)
	}
	r.get(3) // 128 pixel blocks, filter intra, intra edge filter
	if !reduced {
		r.interTools()
	}
	r.get(3) // superres, cdef, restoration
	r.colour(profile, &c)
	c.grain = r.flag()
	if r.short {
		return c, damaged("holds AV1 that is broken off")
	}
	return c, nil
}

// operatingPoints skips what stands between still_picture and the size.
func (r *bits) operatingPoints() {
	delay := 0
	model := false
	if r.flag() { // timing_info_present_flag
		r.get(32)
		r.get(32)
		if r.flag() { // equal_picture_interval
			r.uvlc()
		}
		if model = r.flag(); model {
			delay = r.get(5) + 1
			r.get(32)
			r.get(5 + 5)
		}
	}
	display := r.flag()
	for n := r.get(5) + 1; n > 0; n-- {
		r.get(12)
		if r.get(5) > 7 {
			r.flag() // seq_tier
		}
		if model && r.flag() {
			r.get(2*delay + 1)
		}
		if display && r.flag() {
			r.get(4)
		}
	}
}

// uvlc skips a number of variable length (AV1, 4.10.3).
func (r *bits) uvlc() {
	zeros := 0
	for !r.short && !r.flag() {
		zeros++
	}
	if zeros < 32 {
		r.get(zeros)
	}
}

// interTools skips the tools for films.
func (r *bits) interTools() {
	r.get(4) // interintra, masked, warped, dual filter
	order := r.flag()
	if order {
		r.get(2)
	}
	screen := 2 // seq_force_screen_content_tools, 2 = chosen in each frame
	if !r.flag() {
		screen = r.get(1)
	}
	if screen > 0 && !r.flag() {
		r.get(1)
	}
	if order {
		r.get(3)
	}
}

// colour reads color_config (AV1, 5.5.2) as far as it is wanted.
func (r *bits) colour(profile int, c *coded) {
	c.depth = 8
	if r.flag() {
		c.depth = 10
		if profile == 2 && r.flag() {
			c.depth = 12
		}
	}
	mono := profile != 1 && r.flag()
	c.code = code{primaries: 2, transfer: 2, matrix: 2}
	if r.flag() {
		c.code.primaries, c.code.transfer, c.code.matrix = r.get(8), r.get(8), r.get(8)
	}
	switch {
	case mono:
		c.code.full = r.flag()
		c.chroma = 0
		return
	case c.code.primaries == 1 && c.code.transfer == 13 && c.code.matrix == 0: // sRGB as it is
		c.code.full = true
		c.chroma = 4
	default:
		c.code.full = r.flag()
		c.chroma = r.chroma(profile, c.depth)
	}
	r.flag() // separate_uv_delta_q
}

// chroma reads how chroma is subsampled, and returns how many samples of it
// there are for four pixels, in each of
// its two planes: 1 for 4:2:0, 2 for 4:2:2, 4 for 4:4:4.
func (r *bits) chroma(profile, depth int) int {
	x, y := profile != 1, profile == 0
	if profile == 2 && depth == 12 {
		if x = r.flag(); x {
			y = r.flag()
		}
	}
	switch {
	case x && y:
		r.get(2) // chroma_sample_position
		return 1
	case x:
		return 2
	}
	return 4
}
