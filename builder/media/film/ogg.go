package film

import "bytes"

// page is the header of an Ogg page (RFC 3533, section 6).
type page struct {
	at      int64
	flags   byte // 1 = goes on with a packet, 2 = first, 4 = last
	granule uint64
	serial  uint32
	number  uint32
	lacing  []byte // valid until the next read
	body    int    // bytes
}

func (p page) size() int64 { return int64(27 + len(p.lacing) + p.body) }

// readPage reads the header at off. ok is false where none stands there; a
// page that the file does not hold to its end is cut.
func readPage(s *source, off int64) (p page, ok, whole bool) {
	b := s.read(off, 27)
	if b == nil {
		part := s.read(off, int(min(4, s.size-off)))
		return p, bytes.HasPrefix([]byte("OggS"), part), false
	}
	if string(b[:4]) != "OggS" || b[4] != 0 {
		return p, false, false
	}
	p = page{at: off, flags: b[5], granule: le64(b[6:]), serial: le32(b[14:]), number: le32(b[18:])}
	n := int(b[26])
	if b = s.read(off, 27+n); b == nil {
		return p, true, false
	}
	p.lacing = b[27:]
	for _, l := range p.lacing {
		p.body += int(l)
	}
	return p, true, off+p.size() <= s.size
}

// ogg collects one stream.
type ogg struct {
	s        *source
	info     *Info
	serial   uint32
	codec    string // "opus", "vorbis"; "" = no stream is chosen yet
	other    string // a codec that is not taken
	pictures bool
	headers  packets
	started  bool // the headers are written
	clean    *Clean
	number   uint32 // of the next page
	granule  uint64
	packets  int // pages of sound
}

// probeOgg keeps the first Opus or Vorbis stream of a file.
func probeOgg(s *source) (*Info, *Clean, *Fault) {
	o := &ogg{s: s, clean: &Clean{}, info: &Info{Format: "ogg", Sound: true, Type: "audio/ogg"}}
	at := int64(0)
	for at < s.size {
		p, ok, whole := readPage(s, at)
		switch {
		case !ok && o.packets > 0 && s.size-at <= 4096:
			return o.result() // a tag of another format
		case !ok:
			return nil, nil, damaged("an Ogg page is not where it should be")
		case !whole:
			return nil, nil, cutSound()
		}
		at += p.size()
		if fault := o.take(p); fault != nil {
			return nil, nil, fault
		}
	}
	return o.result()
}

// take deals with one page.
func (o *ogg) take(p page) *Fault {
	if p.flags&2 != 0 {
		return o.begin(p)
	}
	if o.codec == "" || p.serial != o.serial {
		return nil
	}
	if o.started {
		return o.sound(p)
	}
	return o.header(p)
}

// begin looks at the first page of a stream.
func (o *ogg) begin(p page) *Fault {
	if o.started {
		return faultf("send them as files of their own", "holds several recordings behind each other")
	}
	n := len(p.lacing)
	first := bytes.Clone(o.s.read(p.at+27+int64(n), p.body))
	codec := oggCodec(first)
	switch {
	case codec == "theora":
		o.pictures = true
	case codec != "opus" && codec != "vorbis":
		o.other = codec
	case o.codec == "":
		o.codec, o.serial = codec, p.serial
		return o.identify(first)
	}
	return nil
}

// oggCodec names the codec of a stream by its first packet.
func oggCodec(b []byte) string {
	for magic, name := range map[string]string{
		"OpusHead": "opus", "\x01vorbis": "vorbis", "\x80theora": "theora", "\x7fFLAC": "FLAC", "Speex   ": "Speex", "fishead\x00": "",
	} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return name
		}
	}
	return "an unknown codec"
}

// identify checks the first packet and writes its page.
func (o *ogg) identify(b []byte) *Fault {
	want := 30 // Vorbis I, 4.2.2
	if o.codec == "opus" {
		if want = opusHead(b); want == 0 {
			return damaged("the description of its sound has a wrong size")
		}
	}
	if len(b) < want || o.codec == "vorbis" && (le32(b[12:]) == 0 || b[11] == 0) {
		return damaged("the description of its sound has a wrong size")
	}
	b = b[:want]
	o.headers = packets{list: [][]byte{b}}
	o.write(2, [][]byte{b})
	return nil
}

// opusHead returns the length of an Opus identification header (RFC 7845,
// section 5.1); 0 = it is wrong.
func opusHead(b []byte) int {
	switch {
	case len(b) < 19 || b[8]&0xf0 != 0 || b[9] == 0:
		return 0
	case b[18] == 0:
		return 19
	case len(b) < 21+int(b[9]):
		return 0
	}
	return 21 + int(b[9])
}

// header collects the packets up to the last header, which ends its page.
func (o *ogg) header(p page) *Fault {
	lacing := bytes.Clone(p.lacing)
	body := o.s.read(p.at+27+int64(len(lacing)), p.body)
	if body == nil {
		return cutSound()
	}
	want := map[string]int{"opus": 2, "vorbis": 3}[o.codec]
	if !o.headers.add(lacing, body, want) {
		return damaged("its headers are too large")
	}
	if len(o.headers.list) < want || len(o.headers.list) == want && o.headers.open {
		return nil
	}
	o.info.look(o.headers.list[1])
	if len(o.headers.list) > want {
		return damaged("its sound starts in the middle of a page")
	}
	rest := [][]byte{[]byte("OpusTags\x00\x00\x00\x00\x00\x00\x00\x00")}
	if o.codec == "vorbis" {
		if !bytes.HasPrefix(o.headers.list[2], []byte("\x05vorbis")) {
			return damaged("its headers are not in order")
		}
		rest = [][]byte{emptyComments(), o.headers.list[2]}
	}
	o.write(0, rest)
	o.started = true
	o.headers.list = o.headers.list[:1]
	return nil
}

// emptyComments is a Vorbis comment header that says nothing (Vorbis I, 5.2.1).
func emptyComments() []byte { return []byte("\x03vorbis\x00\x00\x00\x00\x00\x00\x00\x00\x01") }

// packets puts packets together from pages.
type packets struct {
	list [][]byte
	open bool // the last one goes on
}

// add takes in a page. The second packet, the comments, is remembered up to
// maxTags only. It says false where a header is larger than any is.
func (k *packets) add(lacing, body []byte, want int) bool {
	for _, l := range lacing {
		if !k.open {
			if len(k.list) > want {
				return true // the caller complains
			}
			k.list = append(k.list, nil)
		}
		last := len(k.list) - 1
		if len(k.list[last]) < maxTags {
			k.list[last] = append(k.list[last], body[:l]...)
		} else if last != 1 {
			return false
		}
		body, k.open = body[l:], l == 255
	}
	return true
}

// write adds pages with these packets and no time.
func (o *ogg) write(flags byte, list [][]byte) {
	var lacing, body []byte
	flush := func() {
		b := oggPage(flags, o.serial, o.number, lacing, body)
		o.clean.memory(b)
		o.number++
		flags, lacing, body = 0, nil, nil
	}
	for _, packet := range list {
		for {
			n := min(len(packet), 255)
			lacing, body, packet = append(lacing, byte(n)), append(body, packet[:n]...), packet[n:]
			if len(lacing) == 255 {
				flush()
				if n == 255 {
					flags = 1
				}
			}
			if n < 255 {
				break
			}
		}
	}
	if len(lacing) > 0 {
		flush()
	}
}

// oggPage makes a page of granule position 0.
func oggPage(flags byte, serial, number uint32, lacing, body []byte) []byte {
	b := append([]byte("OggS\x00"), flags, 0, 0, 0, 0, 0, 0, 0, 0)
	b = append(append(b, little32(serial)...), little32(number)...)
	b = append(b, 0, 0, 0, 0, byte(len(lacing)))
	b = append(append(b, lacing...), body...)
	copy(b[22:], little32(oggSum(0, b)))
	return b
}

// sound keeps a page of sound under its new number.
func (o *ogg) sound(p page) *Fault {
	n := len(p.lacing)
	b := o.s.read(p.at, int(p.size()))
	if b == nil {
		return cutSound()
	}
	head := bytes.Clone(b[:27+n])
	said := le32(head[22:])
	clear(head[22:26])
	if oggSum(oggSum(0, head), b[27+n:]) != said {
		return damaged("a page of sound has a wrong checksum")
	}
	if p.granule != 1<<64-1 && p.granule < 1<<62 {
		o.granule = max(o.granule, p.granule)
	}
	if p.number == o.number && p.flags&^7 == 0 {
		o.clean.stretch(p.at, p.size())
	} else {
		head[5] &= 7
		copy(head[18:], little32(o.number))
		copy(head[22:], little32(oggSum(oggSum(0, head), b[27+n:])))
		o.clean.memory(head)
		o.clean.stretch(p.at+27+int64(n), int64(p.body))
	}
	o.number++
	o.packets++
	if o.clean.full() {
		return damaged("it is made of too many pieces")
	}
	return nil
}

func (o *ogg) result() (*Info, *Clean, *Fault) {
	switch {
	case o.pictures:
		return nil, nil, faultf(exportFilm, "is a Theora film, which no browser plays any more")
	case o.codec == "" && o.other != "":
		return nil, nil, faultf(exportSound, "is an Ogg file with %s, which not all browsers play", o.other)
	case o.codec == "":
		return nil, nil, faultf(exportSound, "holds no sound that can be read")
	case !o.started || o.packets == 0:
		return nil, nil, cutSound()
	}
	head := o.headers.list[0]
	rate, skip := uint64(48000), uint64(0)
	o.info.Audio, o.info.Codecs = "Opus", "opus"
	if o.codec == "opus" {
		skip = uint64(le16(head[10:]))
	} else {
		o.info.Audio, o.info.Codecs = "Vorbis", "vorbis"
		rate = uint64(le32(head[12:]))
	}
	if o.granule > skip {
		o.info.Seconds = millis(o.granule-skip, rate)
	}
	o.info.Partly = "Safari before version 18.4 plays no Ogg"
	return o.info, o.clean, nil
}

// oggSum goes on with a checksum of the polynomial 0x04c11db7 (RFC 3533,
// section 6).
func oggSum(sum uint32, b []byte) uint32 {
	for _, c := range b {
		sum = sum<<8 ^ oggTable[byte(sum>>24)^c]
	}
	return sum
}

var oggTable = func() (t [256]uint32) {
	for i := range t {
		sum := uint32(i) << 24
		for range 8 {
			carry := sum & (1 << 31)
			sum <<= 1
			if carry != 0 {
				sum ^= 0x04c11db7
			}
		}
		t[i] = sum
	}
	return t
}()
