package film

import (
	"math/bits"

	"github.com/abema/go-mp4"
)

// track is a track of an MP4. Those that are not kept are only surveyed.
type track struct {
	mdia    []box
	trak    []box
	head    mp4.Tkhd
	handler string
	entries []box // of stsd
	chapter bool  // another track's chapters

	scale  uint32 // units a second
	edits  []edit
	codec  codec
	stsd   []byte // the new one
	entryW uint16
	entryH uint16
	aspect [2]uint32 // of a pixel; 0 = not said
	tables tables
}

// edit is an entry of an edit list (ISO/IEC 14496-12, 8.6.6).
type edit struct {
	length uint64 // in the movie's units
	media  int64  // in the track's; -1 = nothing is shown
	rate   int16
}

const maxTracks, maxEdits, maxEntries = 64, 4096, 16

// survey reads of all tracks what it takes to choose.
func (m *movie) survey(list []box) ([]*track, *Fault) {
	var tracks []*track
	chapters := map[uint32]bool{}
	for _, b := range list {
		if b.kind != "trak" {
			continue
		}
		if len(tracks) == maxTracks {
			return nil, damaged("it has too many tracks")
		}
		t, ok := m.surveyTrack(b.body, chapters)
		if !ok {
			return nil, damaged("a track's header is wrong")
		}
		tracks = append(tracks, t)
	}
	for _, t := range tracks {
		t.chapter = chapters[t.head.TrackID]
	}
	return tracks, nil
}

func (m *movie) surveyTrack(b []byte, chapters map[uint32]bool) (*track, bool) {
	t := &track{}
	var ok bool
	if t.trak, ok = boxes(b); !ok {
		return nil, false
	}
	if t.mdia, ok = boxes(find(t.trak, "mdia")); !ok || !parse(find(t.trak, "tkhd"), &t.head) {
		return nil, false
	}
	hdlr := find(t.mdia, "hdlr")
	if len(hdlr) < 12 {
		return nil, false
	}
	t.handler = string(hdlr[8:12])
	m.info.look(hdlr[12:])
	stsd := within(t.mdia, "minf", "stbl", "stsd")
	if len(stsd) < 8 {
		return nil, false
	}
	if t.entries, ok = boxes(stsd[8:]); !ok {
		return nil, false
	}
	for _, e := range t.entries {
		m.entrySays(t, e)
	}
	m.says(t.trak)
	chap := within(t.trak, "tref", "chap")
	for ; len(chap) >= 4; chap = chap[4:] {
		chapters[be32(chap)] = true
	}
	return t, true
}

// entrySays takes note of tracks that hold positions: GoPro's gpmd, Google's
// camm, and Apple's mebx, which names its keys.
func (m *movie) entrySays(t *track, e box) {
	switch {
	case e.kind == "gpmd" || e.kind == "camm":
		m.info.HasLocation, m.info.HasDevice = true, true
	case t.handler != "vide" && t.handler != "soun":
		m.info.look(e.body)
	case t.handler == "vide" && len(e.body) >= 74:
		m.info.look(e.body[42:74]) // the compressor's name
	}
}

// choose picks one video and one audio track: the first that is enabled and
// that browsers play.
func (m *movie) choose(tracks []*track) *Fault {
	video, fault := pick(tracks, "vide", videoCodec)
	if fault != nil {
		return fault
	}
	audio, fault := pick(tracks, "soun", audioCodec)
	if fault != nil {
		return fault
	}
	m.video, m.audio = video, audio
	if video == nil && audio == nil {
		return faultf(copyAgain, "holds no picture or sound")
	}
	return nil
}

// pick returns the first track of a kind that plays. If there are some but
// none plays, the Fault names the codec of the first.
func pick(tracks []*track, handler string, accept func(box) (codec, *Fault)) (*track, *Fault) {
	var first *Fault
	for _, on := range []bool{true, false} {
		for _, t := range tracks {
			if t.handler != handler || t.chapter || len(t.entries) == 0 || on != (t.head.GetFlags()&1 != 0) {
				continue
			}
			c, fault := accept(t.entries[0])
			if fault == nil {
				t.codec = c
				return t, nil
			}
			if first == nil {
				first = fault
			}
		}
		if first != nil || handler == "vide" && on && enabled(tracks) {
			return nil, first // what is off does not replace what is on
		}
	}
	return nil, first
}

// enabled says that some track of sound is on: then a picture that is off,
// such as the cover of an album, is none.
func enabled(tracks []*track) bool {
	for _, t := range tracks {
		if t.handler == "soun" && t.head.GetFlags()&1 != 0 {
			return true
		}
	}
	return false
}

// read reads the rest of a track that is kept.
func (t *track) read(m *movie) *Fault {
	var h mp4.Mdhd
	if !parse(find(t.mdia, "mdhd"), &h) || h.Timescale == 0 {
		return damaged("a track's header is wrong")
	}
	t.scale = h.Timescale
	minf, _ := boxes(find(t.mdia, "minf"))
	if fault := sameFile(within(minf, "dinf", "dref")); fault != nil {
		return fault
	}
	if fault := t.editList(within(t.trak, "edts", "elst")); fault != nil {
		return fault
	}
	if fault := t.describe(); fault != nil {
		return fault
	}
	stbl, ok := boxes(find(minf, "stbl"))
	if !ok {
		return damaged("a track's table is wrong")
	}
	return t.tables.read(stbl)
}

// sameFile checks that the samples are in this file and not elsewhere
// (8.7.2: flag 1 of each reference).
func sameFile(dref []byte) *Fault {
	if len(dref) < 8 {
		return nil
	}
	list, _ := boxes(dref[8:])
	for _, r := range list {
		if len(r.body) < 4 || r.body[3]&1 == 0 {
			return faultf("send the film itself: "+exportFilm, "keeps its pictures or sound in another file")
		}
	}
	return nil
}

func (t *track) editList(b []byte) *Fault {
	if b == nil {
		return nil
	}
	width := 12
	if len(b) > 0 && b[0] == 1 {
		width = 20
	}
	list, ok := rows(b, width)
	if !ok || b[0] > 1 || len(list)/width > maxEdits {
		return damaged("a track's list of cuts is wrong")
	}
	var e mp4.Elst
	if !parse(b[:8+len(list)], &e) {
		return damaged("a track's list of cuts is wrong")
	}
	for _, r := range e.Entries {
		t.edits = append(t.edits, edit{uint64(r.SegmentDurationV0) + r.SegmentDurationV1, int64(r.MediaTimeV0) + r.MediaTimeV1, r.MediaRateInteger})
	}
	return nil
}

// describe writes the sample entries again without anything but what
// describes the codec.
func (t *track) describe() *Fault {
	if len(t.entries) > maxEntries {
		return damaged("a track has too many descriptions")
	}
	var list []byte
	for i, e := range t.entries {
		b, c, fault := t.entry(e)
		if fault != nil {
			return fault
		}
		if i == 0 {
			t.codec = c
		}
		list = append(list, b...)
	}
	t.stsd = atom("stsd", []byte{0, 0, 0, 0, 0, 0, 0, byte(len(t.entries))}, list)
	return nil
}

func (t *track) entry(e box) ([]byte, codec, *Fault) {
	if t.handler == "vide" {
		return t.videoEntry(e)
	}
	return audioEntry(e)
}

// check holds what the tables say against the file.
func (t *track) check(m *movie) *Fault {
	var total int64
	for _, k := range t.tables.chunks {
		if k.desc == 0 || int(k.desc) > len(t.entries) {
			return damaged("a track's table is wrong")
		}
		if k.off < 0 || k.n > m.s.size-k.off {
			return cut()
		}
		if total += k.n; total > m.s.size {
			return damaged("it uses the same bytes several times")
		}
	}
	if t.tables.count == 0 {
		return faultf(copyAgain, "holds no picture or sound")
	}
	if _, ok := t.tables.length(); !ok {
		return damaged("its length is wrong")
	}
	for i := range t.edits {
		if e := &t.edits[i]; e.length == 0 && e.media >= 0 && i == len(t.edits)-1 { // up to the end, in fragments
			all, _ := t.tables.length()
			e.length = rescale(all-min(all, uint64(e.media)), m.scale, t.scale)
		}
	}
	return nil
}

// shown returns how long a track plays, in units of the movie.
func (t *track) shown(scale uint32) uint64 {
	if len(t.edits) == 0 {
		n, _ := t.tables.length()
		return rescale(n, scale, t.scale)
	}
	var sum uint64
	for _, e := range t.edits {
		sum = min(sum+min(e.length, 1<<60), 1<<60)
	}
	return sum
}

// rescale returns n·to/from, rounded.
func rescale(n uint64, to, from uint32) uint64 {
	hi, lo := bits.Mul64(n, uint64(to))
	lo, carry := bits.Add64(lo, uint64(from)/2, 0)
	hi += carry
	if hi >= uint64(from) {
		return 1 << 60
	}
	q, _ := bits.Div64(hi, lo, uint64(from))
	return min(q, 1<<60)
}

// displayed returns the size that browsers show: the coded size with the
// pixel aspect, or else the size the track asks for; then turned.
func (t *track) displayed() (w, h int) {
	width, height := int64(t.entryW), int64(t.entryH)
	tw, th := int64(t.head.Width+0x8000)>>16, int64(t.head.Height+0x8000)>>16
	switch {
	case t.aspect[0] > 0 && t.aspect[1] > 0:
		width, height = stretched(width, height, int64(t.aspect[0]), int64(t.aspect[1]))
	case tw > 0 && th > 0:
		width, height = tw, th
	}
	if x := t.head.Matrix; abs(x[1]) > abs(x[0]) && abs(x[3]) > abs(x[4]) {
		width, height = height, width
	}
	return int(width), int(height)
}

func abs(n int32) int64 { return max(int64(n), -int64(n)) }
