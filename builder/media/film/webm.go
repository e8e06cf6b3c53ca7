package film

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// Elements of Matroska (RFC 9559, section 5) that are read or written here.
const (
	idEBML        = 0x1A45DFA3
	idDocType     = 0x4282
	idSegment     = 0x18538067
	idInfo        = 0x1549A966
	idScale       = 0x2AD7B1
	idDuration    = 0x4489
	idDate        = 0x4461
	idMuxingApp   = 0x4D80
	idWritingApp  = 0x5741
	idTracks      = 0x1654AE6B
	idCues        = 0x1C53BB6B
	idCluster     = 0x1F43B675
	idTags        = 0x1254C367
	idChapters    = 0x1043A770
	idAttachments = 0x1941A469
	idSeekHead    = 0x114D9B74
	idTimestamp   = 0xE7
	idSimpleBlock = 0xA3
	idBlockGroup  = 0xA0
	idBlock       = 0xA1
	idBlockDur    = 0x9B
	idReference   = 0xFB
	idDiscard     = 0x75A2
	idAdditions   = 0x75A1
)

// webm is a film while it is read.
type webm struct {
	s     *source
	info  *Info
	scale uint64 // nanoseconds a unit
	said  float64
	video *webmTrack
	audio *webmTrack
	list  []byte // the new Tracks

	clusters Clean
	count    int
	cues     []cue
	last     uint64 // where the last block ends
}

// cue says at which byte of all clusters one starts, and its time.
type cue struct {
	time  uint64
	start int64
}

func probeWebM(s *source) (*Info, *Clean, *Fault) {
	w := &webm{s: s, scale: 1e6, info: &Info{Format: "webm", Type: "video/webm"}}
	at, fault := w.docType()
	if fault != nil {
		return nil, nil, fault
	}
	seg, ok := readElement(s, at, s.size)
	if !ok || seg.id != idSegment {
		return nil, nil, cut()
	}
	end := s.size
	if seg.size >= 0 {
		if seg.size > s.size-seg.body {
			return nil, nil, cut()
		}
		end = seg.end()
	}
	if fault := w.segment(seg.body, end); fault != nil {
		return nil, nil, fault
	}
	return w.result()
}

// docType reads the EBML header and returns where it ends.
func (w *webm) docType() (int64, *Fault) {
	e, ok := readElement(w.s, 0, w.s.size)
	if !ok || e.id != idEBML || e.size < 0 || e.size > 4096 {
		return 0, damaged("its header is wrong")
	}
	list, ok := fields(w.s.read(e.body, int(e.size)))
	if !ok {
		return 0, damaged("its header is wrong")
	}
	for _, f := range list {
		if f.id == idDocType {
			if t := string(bytes.TrimRight(f.body, "\x00")); t == "matroska" {
				return 0, faultf(exportFilm, "is a Matroska film (MKV), which most browsers do not play")
			} else if t == "webm" {
				return e.end(), nil
			}
		}
	}
	return 0, faultf(exportFilm, "is no WebM film")
}

// segment walks the elements at the top.
func (w *webm) segment(at, end int64) *Fault {
	for n := 0; at < end; n++ {
		e, ok := readElement(w.s, at, end)
		switch {
		case !ok && end-at < 12:
			return cut()
		case !ok, n > maxBoxes, e.size < 0 && e.id != idCluster:
			return damaged("an element is not where it should be")
		case e.size > end-e.body:
			return cut()
		}
		var fault *Fault
		at, fault = w.top(e, end)
		if fault != nil {
			return fault
		}
	}
	return nil
}

// top deals with one element and returns where the next one starts.
func (w *webm) top(e element, end int64) (int64, *Fault) {
	switch e.id {
	case idInfo:
		return e.end(), w.segmentInfo(e)
	case idTracks:
		if w.list != nil {
			return e.end(), nil
		}
		if e.size > 1<<20 {
			return 0, damaged("its list of tracks is too large")
		}
		return e.end(), w.tracks(bytes.Clone(w.s.read(e.body, int(e.size))))
	case idTags, idChapters, idAttachments:
		w.info.hints(w.s, span{e.body, e.size})
	case idCluster:
		if w.list == nil {
			return 0, damaged("its list of tracks is missing")
		}
		return w.cluster(e, end)
	}
	return e.end(), nil
}

// segmentInfo reads the units of time.
func (w *webm) segmentInfo(e element) *Fault {
	if e.size > maxTags {
		return damaged("its header is too large")
	}
	b := w.s.read(e.body, int(e.size))
	list, ok := fields(b)
	if !ok {
		return damaged("its header is wrong")
	}
	w.info.look(b)
	for _, f := range list {
		switch f.id {
		case idScale:
			w.scale = f.uint()
		case idDuration:
			w.said = f.float()
		case idDate:
			if len(f.body) == 8 {
				w.info.Taken = since(time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC), int64(f.uint())/1e9)
			}
		}
	}
	if w.scale == 0 || w.scale > 1e9 {
		return damaged("its unit of time is wrong")
	}
	return nil
}

// float reads a floating-point number of 4 or 8 bytes; 0 = it is none.
func (f field) float() float64 {
	var v float64
	switch len(f.body) {
	case 4:
		v = float64(math.Float32frombits(be32(f.body)))
	case 8:
		v = math.Float64frombits(be64(f.body))
	}
	if !(v > 0 && v < 1e15) {
		return 0
	}
	return v
}

// since writes a time of so many seconds after another; "" where it is no
// time at which somebody films.
func since(epoch time.Time, seconds int64) string {
	if seconds <= 0 || seconds > 1<<33 {
		return ""
	}
	t := epoch.Add(time.Duration(seconds) * time.Second)
	if t.Year() < 1990 || t.Year() > 2100 {
		return ""
	}
	return t.Format("2006-01-02T15:04:05Z")
}

// cluster keeps the blocks of the two tracks.
func (w *webm) cluster(c element, end int64) (int64, *Fault) {
	k := &cluster{webm: w}
	open := c.size < 0
	if !open {
		end = c.end()
	}
	at := c.body
	for at < end {
		e, ok := readElement(w.s, at, end)
		if open && ok && isTop(e.id) {
			break
		}
		if !ok && end-at >= 12 || ok && e.size < 0 {
			return 0, damaged("an element is not where it should be")
		}
		if !ok || e.size > end-e.body {
			return 0, cut()
		}
		if fault := k.child(e); fault != nil {
			return 0, fault
		}
		at = e.end()
	}
	k.finish()
	if w.clusters.full() {
		return 0, damaged("it is made of too many pieces")
	}
	return at, nil
}

func isTop(id uint32) bool {
	switch id {
	case idEBML, idSegment, idInfo, idTracks, idCues, idCluster, idTags, idChapters, idAttachments, idSeekHead:
		return true
	}
	return false
}

// cluster is a new cluster while it is made.
type cluster struct {
	*webm
	time   uint64
	blocks Clean
	key    bool // one can start to play here
	at     uint64
}

// child takes or drops an element of a cluster.
func (k *cluster) child(e element) *Fault {
	switch e.id {
	case idTimestamp:
		if e.size > 8 {
			return damaged("a time is wrong")
		}
		f := field{body: k.s.read(e.body, int(e.size))}
		if k.time = f.uint(); k.time > 1<<48 {
			return damaged("a time is wrong")
		}
	case idSimpleBlock:
		t, at, flags, ok := k.block(e)
		if !ok {
			return nil
		}
		k.note(t, at, 0, flags&0x80 != 0)
		k.blocks.stretch(e.at, e.end()-e.at)
	case idBlockGroup:
		return k.group(e)
	}
	return nil
}

// block reads whose a block is and when it plays; it says false for those
// that go.
func (k *cluster) block(e element) (t *webmTrack, at uint64, flags byte, ok bool) {
	b := k.s.read(e.body, int(min(e.size, 11)))
	number, n, ok := vint(b)
	if !ok || len(b) < n+3 {
		return nil, 0, 0, false
	}
	for _, t := range []*webmTrack{k.video, k.audio} {
		if t != nil && t.number == number {
			at := int64(k.time) + int64(int16(be16(b[n:])))
			return t, uint64(max(at, 0)), b[n+2], true
		}
	}
	return nil, 0, 0, false
}

// note remembers when a block plays.
func (k *cluster) note(t *webmTrack, at, length uint64, key bool) {
	if length == 0 {
		length = t.length / k.scale
	}
	k.last = max(k.last, at+length)
	if !k.key && key && (t == k.video || k.video == nil) {
		k.key, k.at = true, at
	}
}

// group takes in a BlockGroup, without what is neither block nor time.
func (k *cluster) group(e element) *Fault {
	var kept Clean
	var track *webmTrack
	var at, length uint64
	key, whole := true, true
	for off, n := e.body, 0; off < e.end(); n++ {
		c, ok := readElement(k.s, off, e.end())
		if !ok || n > 64 || c.size < 0 || c.size > e.end()-c.body {
			return damaged("a block is wrong")
		}
		switch c.id {
		case idBlock:
			if t, when, _, ok := k.block(c); ok {
				track, at = t, when
			}
			kept.stretch(c.at, c.end()-c.at)
		case idBlockDur:
			f := field{body: k.s.read(c.body, int(min(c.size, 8)))}
			length = f.uint() & (1<<48 - 1)
			kept.stretch(c.at, c.end()-c.at)
		case idReference:
			key = false
			kept.stretch(c.at, c.end()-c.at)
		case idDiscard:
			kept.stretch(c.at, c.end()-c.at)
		case idAdditions:
			if k.video != nil && k.video.alpha {
				kept.stretch(c.at, c.end()-c.at)
			} else {
				whole = false
			}
		default:
			whole = false
		}
		off = c.end()
	}
	if track == nil {
		return nil
	}
	k.note(track, at, length, key)
	if whole {
		k.blocks.stretch(e.at, e.end()-e.at)
		return nil
	}
	k.blocks.memory(head(idBlockGroup, kept.size))
	k.blocks.join(&kept)
	return nil
}

// finish adds the cluster to the new file, if anything is left of it.
func (k *cluster) finish() {
	if k.blocks.size == 0 {
		return
	}
	if k.key {
		k.cues = append(k.cues, cue{k.at, k.clusters.size})
	}
	stamp := putUint(idTimestamp, k.time)
	k.clusters.memory(head(idCluster, int64(len(stamp))+k.blocks.size))
	k.clusters.memory(stamp)
	k.clusters.join(&k.blocks)
	k.count++
}

// result puts the new file together.
func (w *webm) result() (*Info, *Clean, *Fault) {
	switch {
	case w.list == nil:
		return nil, nil, cut()
	case w.count == 0:
		return nil, nil, faultf(copyAgain, "holds no picture or sound")
	}
	length := w.said
	if last := float64(w.last); length == 0 || length+1 < last || float64(length-last)*float64(w.scale) > 10e9 {
		length = last
	}
	if float64(length*float64(w.scale)) > 1e9*1e6 {
		return nil, nil, damaged("its length is wrong")
	}
	w.info.Seconds = millis(uint64(float64(length*1000)+0.5)*w.scale, 1e12)
	c := &Clean{}
	c.memory(put(idEBML, bytes.Join([][]byte{
		putUint(0x4286, 1), putUint(0x42F7, 1), putUint(0x42F2, 4), putUint(0x42F3, 8),
		put(idDocType, []byte("webm")), putUint(0x4287, 4), putUint(0x4285, 2),
	}, nil)))
	front := append(put(idInfo, bytes.Join([][]byte{
		putUint(idScale, w.scale), put(idDuration, binary.BigEndian.AppendUint64(nil, math.Float64bits(length))),
		put(idMuxingApp, nil), put(idWritingApp, nil),
	}, nil)), put(idTracks, w.list)...)
	front = append(front, w.index(int64(len(front)))...)
	c.memory([]byte{0x18, 0x53, 0x80, 0x67})
	c.memory(sized(int64(len(front))+w.clusters.size, 8))
	c.memory(front)
	c.join(&w.clusters)
	return w.info, c, nil
}

// index makes the Cues. Positions count from the start of the Segment's body
// and are written with 8 bytes each, so that the size of the Cues, which
// stand before the clusters, does not depend on them.
func (w *webm) index(before int64) []byte {
	track := w.audio
	if w.video != nil {
		track = w.video
	}
	points := func(first int64) []byte {
		var b []byte
		for _, c := range w.cues {
			position := binary.BigEndian.AppendUint64(nil, uint64(first+c.start))
			b = append(b, put(0xBB, append(putUint(0xB3, c.time),
				put(0xB7, append(putUint(0xF7, track.number), put(0xF1, position)...))...))...)
		}
		return put(idCues, b)
	}
	if len(w.cues) == 0 {
		return nil
	}
	return points(before + int64(len(points(0))))
}
