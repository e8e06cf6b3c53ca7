package film

import "bytes"

// probeFLAC reads the metadata blocks at off (RFC 9639, section 8), keeps
// STREAMINFO and SEEKTABLE, and follows the frames by their checksums.
func probeFLAC(s *source, off int64, tags []span) (*Info, *Clean, *Fault) {
	f := &flac{s: s, info: &Info{Format: "flac", Sound: true, Audio: "FLAC", Type: "audio/flac"}}
	for _, t := range tags {
		f.info.hints(s, t)
	}
	at, fault := f.blocks(off + 4)
	if fault != nil {
		return nil, nil, fault
	}
	end := behindTags(s)
	if fault := f.frames(at, end); fault != nil {
		return nil, nil, fault
	}
	c := &Clean{}
	c.memory([]byte("fLaC"))
	last := byte(0x80)
	if f.seek != nil {
		last = 0
	}
	c.memory(append([]byte{last, 0, 0, 34}, f.stream...))
	if f.seek != nil {
		n := len(f.seek)
		c.memory(append([]byte{0x83, byte(n >> 16), byte(n >> 8), byte(n)}, f.seek...))
	}
	c.stretch(at, end-at)
	return f.info, c, nil
}

type flac struct {
	s      *source
	info   *Info
	stream []byte // STREAMINFO
	seek   []byte // SEEKTABLE
	rate   uint64
	total  uint64 // samples; 0 = not said
}

// blocks reads the metadata blocks from at on and returns where frames begin.
func (f *flac) blocks(at int64) (int64, *Fault) {
	for n := 0; n < 1024; n++ {
		head := f.s.read(at, 4)
		if head == nil {
			return 0, cutSound()
		}
		kind, last, size := head[0]&0x7f, head[0]&0x80 != 0, int(head[1])<<16|int(head[2])<<8|int(head[3])
		at += 4
		if int64(size) > f.s.size-at {
			return 0, cutSound()
		}
		switch {
		case kind == 0 && size == 34 && f.stream == nil:
			f.stream = bytes.Clone(f.s.read(at, size))
		case kind == 3 && size%18 == 0 && size > 0 && f.seek == nil:
			f.seek = bytes.Clone(f.s.read(at, size))
		default:
			f.info.hints(f.s, span{at, int64(size)})
		}
		at += int64(size)
		if last {
			return at, f.streamInfo()
		}
	}
	return 0, damaged("it has too many blocks of metadata")
}

func (f *flac) streamInfo() *Fault {
	if len(f.stream) != 34 {
		return damaged("it lacks the description of its sound")
	}
	f.rate = uint64(be32(f.stream[10:]) >> 12)
	f.total = be64(f.stream[10:]) & (1<<36 - 1)
	if f.rate == 0 {
		return damaged("it says 0 samples a second")
	}
	return nil
}

// behindTags returns where a file ends without the ID3v1 and APE tags that
// some programs append.
func behindTags(s *source) int64 {
	end := s.size
	if bytes.Equal(s.read(end-128, 3), []byte("TAG")) {
		end -= 128
	}
	if b := s.read(end-32, 32); b != nil && string(b[:8]) == "APETAGEX" {
		n := int64(le32(b[12:]))
		if le32(b[20:])&(1<<31) != 0 { // it has a header too
			n += 32
		}
		if n < end {
			end -= n
		}
	}
	return end
}

// frames walks from frame to frame. A frame ends where the checksum of what
// came since its start is 0 and another header follows, or the sound ends
// (section 9.3).
func (f *flac) frames(at, end int64) *Fault {
	if end-at < 16 {
		return cutSound()
	}
	h, ok := flacHeader(f.s.read(at, int(min(16, end-at))))
	if !ok {
		return damaged("the first frame is not where it should be")
	}
	var sum uint16
	samples, next, p := uint64(h.block), h.after(), at
	for p < end {
		b := f.s.read(p, int(min(windowSize/2, end-p)))
		if b == nil {
			return cutSound()
		}
		for i, c := range b {
			if c == 0xff && sum == 0 && p+int64(i) > at {
				if i > 0 && i+16 > len(b) && p+int64(len(b)) < end {
					b = b[:i] // look at it again with what follows
					break
				}
				if g, ok := flacHeader(b[i:min(i+16, len(b))]); ok && g.number == next {
					samples, next = samples+uint64(g.block), g.after()
				}
			}
			sum = sum<<8 ^ crc16[byte(sum>>8)^c]
		}
		p += int64(len(b))
	}
	if sum != 0 || f.total != 0 && samples < f.total {
		return cutSound()
	}
	f.info.Seconds = millis(max(samples, f.total), f.rate)
	return nil
}

type flacFrame struct {
	number   uint64 // of the frame, or of its first sample where blocks vary
	block    uint32 // samples
	variable bool
}

// after returns the number of the next frame.
func (h flacFrame) after() uint64 {
	if h.variable {
		return h.number + uint64(h.block)
	}
	return h.number + 1
}

// flacHeader reads a frame's header and checks its checksum (section 9.1).
func flacHeader(b []byte) (flacFrame, bool) {
	if len(b) < 6 || b[0] != 0xff || b[1]&0xfe != 0xf8 || b[3]&1 != 0 {
		return flacFrame{}, false
	}
	h := flacFrame{variable: b[1]&1 != 0}
	number, n := codedNumber(b[4:])
	at := 4 + n
	code, rate := b[2]>>4, b[2]&15
	if n == 0 || code == 0 || rate == 15 {
		return h, false
	}
	h.number = number
	more := map[byte]int{6: 1, 7: 2}[code]
	if len(b) < at+more+2+1 {
		return h, false
	}
	switch {
	case code == 1:
		h.block = 192
	case code <= 5:
		h.block = 144 << code
	case code == 6:
		h.block = uint32(b[at]) + 1
	case code == 7:
		h.block = uint32(be16(b[at:])) + 1
	default:
		h.block = 1 << code
	}
	at += more + map[byte]int{12: 1, 13: 2, 14: 2}[rate]
	return h, at < len(b) && crc8(b[:at]) == b[at]
}

// codedNumber reads the number of a frame, which is written as UTF-8 would be
// with up to seven bytes; n = 0 means that it is not.
func codedNumber(b []byte) (number uint64, n int) {
	lead := b[0]
	switch {
	case lead < 0x80:
		return uint64(lead), 1
	case lead < 0xc0 || lead == 0xff:
		return 0, 0
	}
	for n = 1; lead<<n&0x80 != 0; n++ {
	}
	number = uint64(lead) & (0x7f >> n)
	if len(b) < n {
		return 0, 0
	}
	for _, c := range b[1:n] {
		if c&0xc0 != 0x80 {
			return 0, 0
		}
		number = number<<6 | uint64(c&0x3f)
	}
	return number, n
}

// crc8 has the polynomial x⁸+x²+x+1.
func crc8(b []byte) byte {
	var sum byte
	for _, c := range b {
		sum ^= c
		for range 8 {
			carry := sum & 0x80
			sum <<= 1
			if carry != 0 {
				sum ^= 0x07
			}
		}
	}
	return sum
}

// crc16 is the table of the polynomial x¹⁶+x¹⁵+x²+1.
var crc16 = func() (t [256]uint16) {
	for i := range t {
		sum := uint16(i) << 8
		for range 8 {
			carry := sum & 0x8000
			sum <<= 1
			if carry != 0 {
				sum ^= 0x8005
			}
		}
		t[i] = sum
	}
	return t
}()
