package film

import (
	"bytes"
	"encoding/binary"
	"strings"
	"time"

	"github.com/abema/go-mp4"
)

// c2pa is the extended type of the box that holds a C2PA manifest store
// (C2PA 2.1, appendix A.5).
const c2pa = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"

// movie is an MP4 while it is read.
type movie struct {
	s     *source
	info  *Info
	scale uint32 // units a second
	turn  [9]int32
	parts []span // moof boxes, with their heads
	mdat  bool

	video, audio *track
	trex         map[uint32]mp4.Trex
}

func probeMP4(s *source) (*Info, *Clean, *Fault) {
	m := &movie{s: s, info: &Info{Format: "mov"}}
	moov, fault := m.top()
	if fault != nil {
		return nil, nil, fault
	}
	if fault := m.moov(moov); fault != nil {
		return nil, nil, fault
	}
	if len(m.trex) > 0 {
		if fault := m.fragments(); fault != nil {
			return nil, nil, fault
		}
	}
	return m.result()
}

// top walks the boxes at the top of the file and returns the body of moov.
func (m *movie) top() ([]byte, *Fault) {
	var moov []byte
	var total int64
	for at, n := int64(0), 0; m.s.size-at >= 8; n++ {
		kind, body, fits := m.head(at)
		switch {
		case n > maxBoxes:
			return nil, damaged("it is made of too many boxes")
		case kind == "" || !fits && !known(kind):
			if moov == nil && !m.mdat {
				return nil, damaged("its boxes do not fit into each other")
			}
			return moov, m.complete(moov) // padding at the end
		case !fits && kind == "mdat":
			m.mdat = true
			return moov, m.complete(moov) // the sample tables tell what is missing
		case !fits:
			return nil, cut()
		case kind == "moov" && moov == nil:
			if body.n > maxHeader {
				return nil, damaged("its table of contents is too large")
			}
			if moov = bytes.Clone(m.s.read(body.off, int(body.n))); moov == nil {
				return nil, cut()
			}
		case kind == "moof":
			if total += body.n; total > maxHeader {
				return nil, damaged("its table of contents is too large")
			}
			m.parts = append(m.parts, span{at, body.off + body.n - at})
		default:
			m.aside(kind, body)
		}
		at = body.off + body.n
	}
	return moov, m.complete(moov)
}

// head reads the head of the box at a place; kind is "" where none stands there.
func (m *movie) head(at int64) (kind string, body span, fits bool) {
	b := m.s.read(at, int(min(16, m.s.size-at)))
	if len(b) < 8 || be32(b[4:]) == 0 {
		return "", span{}, false
	}
	size, n := uint64(be32(b)), uint64(8)
	kind = string(b[4:8])
	switch {
	case size == 0:
		size = uint64(m.s.size - at)
	case size == 1 && len(b) == 16:
		size, n = be64(b[8:]), 16
	}
	if size < n {
		return "", span{}, false
	}
	if size > uint64(m.s.size-at) {
		return kind, span{}, false
	}
	return kind, span{at + int64(n), int64(size - n)}, true
}

// known says that a box that does not fit into the file is one that is cut,
// and not something that happens to stand behind the film.
func known(kind string) bool {
	switch kind {
	case "ftyp", "moov", "mdat", "moof", "free", "skip", "wide", "uuid", "meta", "styp", "sidx":
		return true
	}
	return false
}

// aside takes note of what a box says that does not get into the new file.
func (m *movie) aside(kind string, body span) {
	switch kind {
	case "mdat":
		m.mdat = true
	case "ftyp":
		if b := m.s.read(body.off, int(min(body.n, 4))); len(b) == 4 && string(b) != "qt  " {
			m.info.Format = "mp4"
		}
	case "uuid":
		m.info.Signed = m.info.Signed || bytes.Equal(m.s.read(body.off, 16), []byte(c2pa))
		m.info.hints(m.s, body)
	case "udta", "meta":
		m.info.hints(m.s, body)
	}
}

// complete says what is wrong with a file that has no moov.
func (m *movie) complete(moov []byte) *Fault {
	switch {
	case moov != nil:
		return nil
	case m.mdat:
		return faultf(copyAgain+"; if that does not help, the recording broke off before the camera had finished it",
			"has no table of contents: its end is missing")
	}
	return faultf(copyAgain, "holds no film")
}

// moov reads the headers, chooses the tracks, and reads these.
func (m *movie) moov(b []byte) *Fault {
	list, ok := boxes(b)
	if !ok {
		return damaged("its table of contents is wrong")
	}
	if find(list, "rmra") != nil {
		return faultf("send the film itself: "+exportFilm, "only points to a film in another file")
	}
	if find(list, "cmov") != nil {
		return faultf(exportFilm, "has a compressed table of contents, which no browser reads")
	}
	if fault := m.header(find(list, "mvhd")); fault != nil {
		return fault
	}
	m.says(list)
	tracks, fault := m.survey(list)
	if fault != nil {
		return fault
	}
	if fault := m.choose(tracks); fault != nil {
		return fault
	}
	m.defaults(find(list, "mvex"))
	for _, t := range m.tracks() {
		if fault := t.read(m); fault != nil {
			return fault
		}
	}
	return nil
}

// header reads mvhd.
func (m *movie) header(b []byte) *Fault {
	var h mp4.Mvhd
	if !parse(b, &h) || h.Timescale == 0 {
		return damaged("its header is wrong")
	}
	m.scale, m.turn = h.Timescale, h.Matrix
	m.info.Taken = since(time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), int64(h.CreationTimeV1&(1<<40-1))+int64(h.CreationTimeV0))
	return nil
}

// says takes note of what udta, meta and uuid say.
func (m *movie) says(list []box) {
	for _, b := range list {
		switch b.kind {
		case "udta", "meta", "uuid":
			m.info.look(b.body)
		}
	}
	for _, meta := range [][]byte{find(list, "meta"), within(list, "udta", "meta")} {
		if t := creationDate(meta); t != "" {
			m.info.Taken = t
		}
	}
}

// creationDate reads the time that QuickTime's metadata gives under
// com.apple.quicktime.creationdate; "" = it does not.
func creationDate(meta []byte) string {
	if len(meta) < 8 {
		return ""
	}
	if string(meta[4:8]) != "hdlr" { // ISO's meta is a full box, QuickTime's is not
		meta = meta[4:]
	}
	list, _ := boxes(meta)
	keys, items := find(list, "keys"), find(list, "ilst")
	if len(keys) < 8 {
		return ""
	}
	names, _ := boxes(keys[8:])
	values, _ := boxes(items)
	for i, name := range names {
		if string(name.body) != "com.apple.quicktime.creationdate" {
			continue
		}
		for _, v := range values {
			if data := within([]box{v}, v.kind, "data"); be32([]byte(v.kind)) == uint32(i+1) && len(data) > 8 {
				return normalTime(string(data[8:]))
			}
		}
	}
	return ""
}

// normalTime writes a time the way Info.Taken does; "" = it is none.
func normalTime(s string) string {
	s = strings.TrimRight(s, "\x00 ")
	for _, layout := range []string{"2006-01-02T15:04:05-0700", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1990 && t.Year() <= 2100 {
			return t.Format("2006-01-02T15:04:05Z07:00")
		}
	}
	return ""
}

// tracks returns those that are kept.
func (m *movie) tracks() []*track {
	var list []*track
	for _, t := range []*track{m.video, m.audio} {
		if t != nil {
			list = append(list, t)
		}
	}
	return list
}

// result fills in the Info and writes the new file.
func (m *movie) result() (*Info, *Clean, *Fault) {
	var units uint64
	for _, t := range m.tracks() {
		if fault := t.check(m); fault != nil {
			return nil, nil, fault
		}
		units = max(units, t.shown(m.scale))
	}
	i := m.info
	i.Seconds = millis(units, uint64(m.scale))
	i.Type = "video/mp4"
	if m.video == nil {
		i.Format, i.Sound, i.Type = "m4a", true, "audio/mp4"
	}
	for _, t := range m.tracks() {
		i.Codecs = joinCodecs(i.Codecs, t.codec.rfc)
		i.Partly = joinWords(i.Partly, t.codec.partly)
	}
	if m.video != nil {
		i.Video = m.video.codec.name
		i.Width, i.Height = m.video.displayed()
	}
	if m.audio != nil {
		i.Audio = m.audio.codec.name
	}
	return i, m.write(units), nil
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// write makes the new file: ftyp, moov, mdat.
func (m *movie) write(units uint64) *Clean {
	chunks, data := m.order()
	wide := data > 1<<32-1-2*maxHeader
	file := atom("ftyp", []byte(m.brands()))
	mdat := append(binary.BigEndian.AppendUint32(nil, uint32(data+8)), "mdat"...)
	if wide {
		mdat = append([]byte("\x00\x00\x00\x01mdat"), binary.BigEndian.AppendUint64(nil, uint64(data+16))...)
	}
	front := int64(len(file) + len(m.contents(chunks, units, 0, wide)) + len(mdat))
	c := &Clean{}
	c.memory(file)
	c.memory(m.contents(chunks, units, front, wide))
	c.memory(mdat)
	for _, k := range chunks {
		c.stretch(k.off, k.n)
	}
	return c
}

// brands tells which standards the new file keeps to.
func (m *movie) brands() string {
	if m.video == nil {
		return "M4A \x00\x00\x00\x00M4A mp42isom"
	}
	return "isom\x00\x00\x02\x00isomiso2iso4mp41"
}
