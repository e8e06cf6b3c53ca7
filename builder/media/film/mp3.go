package film

import "bytes"

// frame is the header of an MPEG audio frame of layer III (ISO/IEC 11172-3
// and 13818-3, clause 2.4.2.3).
type frame struct {
	version byte // as coded: 3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5
	rate    uint32
	mono    bool
	size    int // bytes, header included
	samples uint32
}

// Kilobits a second by index, for MPEG-1 and for MPEG-2 and 2.5.
var bitrates = [2][15]uint32{
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
}

// readFrame reads the four bytes of a header.
func readFrame(b []byte) (frame, bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe6 != 0xe2 { // sync, layer III
		return frame{}, false
	}
	f := frame{version: b[1] >> 3 & 3, mono: b[3]>>6 == 3, samples: 1152}
	bits, rate := b[2]>>4, b[2]>>2&3
	if f.version == 1 || bits == 0 || bits == 15 || rate == 3 {
		return frame{}, false
	}
	f.rate = [3]uint32{44100, 48000, 32000}[rate]
	low := 0
	switch f.version {
	case 2:
		f.rate, f.samples, low = f.rate/2, 576, 1
	case 0:
		f.rate, f.samples, low = f.rate/4, 576, 1
	}
	f.size = int(f.samples/8*bitrates[low][bits]*1000/f.rate) + int(b[2]>>1&1)
	return f, true
}

// like says that both may stand in one stream.
func (f frame) like(g frame) bool { return f.version == g.version && f.rate == g.rate }

// chain says that at off so many frames like the first stand behind each
// other, or fewer up to the end of the file.
func chain(s *source, off int64, first *frame, count int) bool {
	for ; count > 0; count-- {
		f, ok := readFrame(s.read(off, 4))
		if !ok || first != nil && !f.like(*first) || off+int64(f.size) > s.size {
			return false
		}
		first, off = &f, off+int64(f.size)
		if off == s.size {
			return true
		}
	}
	return true
}

// probeID3 skips ID3v2 tags and hands over to the format behind them.
func probeID3(s *source) (*Info, *Clean, *Fault) {
	var tags []span
	at := int64(0)
	for len(tags) < 16 {
		n := id3Size(s.read(at, 10))
		if n == 0 {
			break
		}
		tags = append(tags, span{at, n})
		at += n
	}
	if bytes.Equal(s.read(at, 4), []byte("fLaC")) {
		return probeFLAC(s, at, tags)
	}
	if at >= s.size {
		return nil, nil, cutSound()
	}
	return probeMP3(s, at, tags)
}

// id3Size returns the length of the ID3v2 tag that starts so, header and
// footer included; 0 = it is none.
func id3Size(b []byte) int64 {
	if len(b) < 10 || string(b[:3]) != "ID3" || (b[6]|b[7]|b[8]|b[9])&0x80 != 0 {
		return 0
	}
	n := int64(b[6])<<21 | int64(b[7])<<14 | int64(b[8])<<7 | int64(b[9])
	if b[5]&0x10 != 0 {
		n += 10
	}
	return n + 10
}

// mp3 collects the frames of one file.
type mp3 struct {
	s      *source
	info   *Info
	clean  *Clean
	first  *frame
	frames uint64
	said   uint64 // frames that the Xing frame promises
	silent uint64 // samples before and behind the sound, which are not played
}

// probeMP3 follows the frames from at on. What stands between them is dropped.
func probeMP3(s *source, at int64, tags []span) (*Info, *Clean, *Fault) {
	m := &mp3{s: s, clean: &Clean{}, info: &Info{Format: "mp3", Sound: true, Audio: "MP3", Type: "audio/mpeg"}}
	for _, t := range tags {
		m.info.hints(s, t)
	}
	for at < s.size && !m.clean.full() {
		f, ok := readFrame(s.read(at, 4))
		if ok && (m.first == nil && chain(s, at, nil, 3) || m.first != nil && f.like(*m.first)) {
			if at+int64(f.size) > s.size {
				break // half a frame, which is silent
			}
			m.take(at, f)
			at += int64(f.size)
			continue
		}
		if at = m.skip(at); at < 0 {
			break
		}
	}
	return m.result()
}

// take keeps a frame.
func (m *mp3) take(at int64, f frame) {
	if m.first == nil {
		m.first = &f
		if x, ok := xing(bytes.Clone(m.s.read(at, f.size)), f); ok {
			m.said, m.silent = x.frames, x.silent
			m.clean.memory(x.kept)
			return
		}
	}
	m.clean.stretch(at, int64(f.size))
	m.frames++
}

// skip returns where the frames go on behind a tag or damage; -1 = nowhere.
func (m *mp3) skip(at int64) int64 {
	const far = 1 << 20
	m.info.hints(m.s, span{at, min(m.s.size-at, 4096)})
	if n := id3Size(m.s.read(at, 10)); n > 0 {
		m.info.hints(m.s, span{at, n})
		return at + n
	}
	if b := m.s.read(at, 16); b != nil && string(b[:8]) == "APETAGEX" {
		return at + 32 + int64(le32(b[12:]))
	}
	if bytes.Equal(m.s.read(at, 3), []byte("TAG")) && m.s.size-at == 128 {
		return -1
	}
	for end := min(at+far, m.s.size-4); at < end; at++ {
		if b := m.s.read(at+1, 1); b != nil && b[0] == 0xff && chain(m.s, at+1, m.first, 3) {
			return at + 1
		}
	}
	return -1
}

func (m *mp3) result() (*Info, *Clean, *Fault) {
	switch {
	case m.clean.full():
		return nil, nil, damaged("it is made of too many pieces")
	case m.frames == 0:
		return nil, nil, faultf(exportSound, "holds no sound that can be read")
	case m.said > m.frames+1:
		return nil, nil, cutSound()
	}
	samples := m.frames * uint64(m.first.samples)
	m.info.Seconds = millis(samples-min(samples, m.silent), uint64(m.first.rate))
	return m.info, m.clean, nil
}

// xingFrame is what the frame says that holds no sound but the number of
// frames, a table for seeking, and the encoder's delay.
type xingFrame struct {
	kept   []byte // the frame, emptied of everything else
	frames uint64
	silent uint64
}

// xing recognizes such a frame. The layouts are those that the encoders Xing,
// LAME and Fraunhofer have made common.
func xing(b []byte, f frame) (xingFrame, bool) {
	if len(b) >= 62 && string(b[36:40]) == "VBRI" {
		clear(b[min(62+int(be16(b[54:]))*int(be16(b[58:])), len(b)):])
		return xingFrame{kept: b, frames: uint64(be32(b[50:]))}, true
	}
	at := 4 + f.side()
	if len(b) < at+8 || string(b[at:at+4]) != "Xing" && string(b[at:at+4]) != "Info" {
		return xingFrame{}, false
	}
	x := xingFrame{kept: b}
	flags, end := be32(b[at+4:]), at+8
	if flags&1 != 0 && len(b) >= end+4 {
		x.frames = uint64(be32(b[end:]))
	}
	for bit, n := range []int{4, 4, 100, 4} { // frames, bytes, table, quality
		if flags>>bit&1 != 0 {
			end += n
		}
	}
	if len(b) >= end+36 && delayTag(b[end:]) {
		both := be32(b[end+20:]) & (1<<24 - 1)
		x.silent = uint64(both>>12 + both&(1<<12-1))
		end += 36
	}
	clear(b[4:at])
	clear(b[min(end, len(b)):])
	return x, true
}

// side returns the size of a frame's side information.
func (f frame) side() int {
	switch {
	case f.version == 3 && !f.mono:
		return 32
	case f.version == 3 || !f.mono:
		return 17
	}
	return 9
}

// delayTag says that b starts with the tag of an encoder that browsers know
// to tell how much of the first and last frames is silence.
func delayTag(b []byte) bool {
	return bytes.HasPrefix(b, []byte("LAME")) || bytes.HasPrefix(b, []byte("Lavf")) || bytes.HasPrefix(b, []byte("Lavc"))
}
