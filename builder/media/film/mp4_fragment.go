package film

import (
	"encoding/binary"

	"github.com/abema/go-mp4"
)

// defaults reads the trex boxes, which say that samples come in fragments.
func (m *movie) defaults(mvex []byte) {
	list, _ := boxes(mvex)
	for _, b := range list {
		var t mp4.Trex
		if b.kind == "trex" && parse(b.body, &t) {
			if m.trex == nil {
				m.trex = map[uint32]mp4.Trex{}
			}
			m.trex[t.TrackID] = t
		}
	}
}

// fragments joins the samples of all fragments (ISO/IEC 14496-12, 8.8) into
// tables such as a film in one piece has.
func (m *movie) fragments() *Fault {
	f := &fragments{m: m, begun: map[*track]uint64{}, so: map[*track]uint64{}}
	for _, p := range m.parts {
		b := m.s.read(p.off, int(p.n))
		if b == nil {
			return cut()
		}
		list, ok := boxes(b)
		if !ok || len(list) != 1 {
			return damaged("a fragment is wrong")
		}
		parts, ok := boxes(list[0].body)
		if !ok {
			return damaged("a fragment is wrong")
		}
		f.moof, f.end = p.off, p.off
		for _, traf := range parts {
			if traf.kind == "traf" && !f.traf(traf.body) {
				return damaged("a fragment is wrong")
			}
		}
	}
	f.align()
	return nil
}

type fragments struct {
	m     *movie
	moof  int64             // where the fragment starts
	end   int64             // where the data of the last run ends
	begun map[*track]uint64 // when a track's first fragment starts
	so    map[*track]uint64 // how long its samples play so far
	count uint32            // samples of all tracks
}

// run is what all samples of a traf have in common.
type run struct {
	t     *track
	head  mp4.Tfhd
	flags uint32
}

func (f *fragments) traf(body []byte) bool {
	list, ok := boxes(body)
	r := run{}
	if !ok || !parse(find(list, "tfhd"), &r.head) {
		return false
	}
	for _, t := range f.m.tracks() {
		if t.head.TrackID == r.head.TrackID {
			r.t = t
		}
	}
	if r.t != nil && find(list, "senc") != nil {
		return false // encrypted samples
	}
	r.flags = uint32(r.head.GetFlags())
	f.inherit(&r)
	switch {
	case r.flags&1 != 0:
		if r.head.BaseDataOffset > 1<<62 {
			return false
		}
		f.end = int64(r.head.BaseDataOffset)
	case r.flags&0x20000 != 0 || f.end == f.moof:
		f.end = f.moof
	}
	base := f.end
	if r.t != nil && !f.begin(r.t, find(list, "tfdt")) {
		return false
	}
	for _, b := range list {
		if b.kind == "trun" && !f.trun(&r, b.body, base) {
			return false
		}
	}
	return true
}

// inherit fills in from trex what tfhd does not say.
func (f *fragments) inherit(r *run) {
	d := f.m.trex[r.head.TrackID]
	if r.flags&2 == 0 {
		r.head.SampleDescriptionIndex = d.DefaultSampleDescriptionIndex
	}
	if r.flags&8 == 0 {
		r.head.DefaultSampleDuration = d.DefaultSampleDuration
	}
	if r.flags&16 == 0 {
		r.head.DefaultSampleSize = d.DefaultSampleSize
	}
	if r.flags&32 == 0 {
		r.head.DefaultSampleFlags = d.DefaultSampleFlags
	}
}

// begin holds the time at which a fragment says it starts against the samples
// so far, and makes the last one longer where there is a gap.
func (f *fragments) begin(t *track, tfdt []byte) bool {
	var b mp4.Tfdt
	if tfdt == nil {
		return true
	}
	if !parse(tfdt, &b) {
		return false
	}
	when := uint64(b.BaseMediaDecodeTimeV0) + b.BaseMediaDecodeTimeV1
	first, begun := f.begun[t]
	if !begun {
		so, ok := t.tables.length()
		if !ok {
			return false
		}
		if f.so[t] = so; t.tables.count == 0 {
			first = when
		}
		f.begun[t] = first
	}
	if when > 1<<56 || when < first || t.tables.count == 0 {
		return when <= 1<<56
	}
	if gap := when - first - min(f.so[t], when-first); gap < 1<<31 {
		t.tables.extend(uint32(gap))
		f.so[t] += gap
	}
	return true
}

// trun reads one run of samples (8.8.8).
func (f *fragments) trun(r *run, b []byte, base int64) bool {
	if len(b) < 8 {
		return false
	}
	version, flags, count := b[0], be32(b)&(1<<24-1), be32(b[4:])
	b = b[8:]
	if flags&1 != 0 {
		if len(b) < 4 {
			return false
		}
		f.end = base + int64(int32(be32(b)))
		b = b[4:]
	}
	first := r.head.DefaultSampleFlags
	if flags&4 != 0 {
		if len(b) < 4 {
			return false
		}
		first, b = be32(b), b[4:]
	}
	width := 0
	for _, bit := range []uint32{0x100, 0x200, 0x400, 0x800} {
		if flags&bit != 0 {
			width += 4
		}
	}
	if uint64(count)*uint64(width) > uint64(len(b)) || count > maxSamples || f.end < 0 {
		return false
	}
	if f.count += count; f.count > 4*maxSamples {
		return false
	}
	if r.t != nil && (r.t.tables.count+count > maxSamples || r.t.tables.uniform != 0 && r.t.tables.count > 0) {
		return false
	}
	return f.samples(r, b, version, flags, count, first)
}

// samples adds those of a run to the tables of its track, or passes over them.
func (f *fragments) samples(r *run, b []byte, version byte, flags, count, first uint32) bool {
	start := f.end
	next := func(bit, otherwise uint32) uint32 {
		if flags&bit == 0 {
			return otherwise
		}
		v := be32(b)
		b = b[4:]
		return v
	}
	for i := range count {
		length := next(0x100, r.head.DefaultSampleDuration)
		size := next(0x200, r.head.DefaultSampleSize)
		kind := r.head.DefaultSampleFlags
		if i == 0 {
			kind = first
		}
		kind = next(0x400, kind)
		offset := next(0x800, 0)
		if f.end += int64(size); f.end > f.m.s.size {
			f.end = f.m.s.size + 1 // check says that it is cut
		}
		if r.t != nil {
			r.t.tables.add(length, size, offset, kind&0x10000 == 0, version)
			f.so[r.t] += uint64(length)
		}
	}
	if r.t != nil && count > 0 {
		r.t.tables.addChunk(start, f.end-start, count, r.head.SampleDescriptionIndex)
	}
	return len(r.chunks()) <= maxPieces
}

func (r *run) chunks() []chunk {
	if r.t == nil {
		return nil
	}
	return r.t.tables.chunks
}

// add appends one sample.
func (t *tables) add(length, size, offset uint32, key bool, version byte) {
	if t.count == 0 {
		t.uniform, t.keyed = 0, false
	}
	t.count++
	t.stts = addRun(t.stts, length)
	t.ctts = addRun(t.ctts, offset)
	if version > 0 || offset >= 1<<31 {
		t.version = 1
	}
	t.sizes = binary.BigEndian.AppendUint32(t.sizes, size)
	if key {
		t.stss = binary.BigEndian.AppendUint32(t.stss, t.count)
	}
}

// addRun appends a value to a table of counts and values.
func addRun(b []byte, value uint32) []byte {
	if k := len(b) - 8; k >= 0 && be32(b[k+4:]) == value && be32(b[k:]) < 1<<32-1 {
		binary.BigEndian.PutUint32(b[k:], be32(b[k:])+1)
		return b
	}
	return binary.BigEndian.AppendUint32(append(b, 0, 0, 0, 1), value)
}

// extend makes the last sample longer.
func (t *tables) extend(by uint32) {
	k := len(t.stts) - 8
	if k < 0 {
		return
	}
	last := be32(t.stts[k+4:])
	if last > 1<<32-1-by {
		return
	}
	if n := be32(t.stts[k:]); n > 1 {
		binary.BigEndian.PutUint32(t.stts[k:], n-1)
	} else {
		t.stts = t.stts[:k]
	}
	t.stts = addRun(t.stts, last+by)
}

// addChunk appends a run of samples, to the last chunk where it goes on there.
func (t *tables) addChunk(off, n int64, samples, desc uint32) {
	if k := len(t.chunks) - 1; k >= 0 {
		if c := &t.chunks[k]; c.off+c.n == off && c.desc == desc && n < 1<<20 && c.n < 1<<20 {
			c.n, c.samples = c.n+n, c.samples+samples
			return
		}
	}
	t.chunks = append(t.chunks, chunk{off: off, n: n, samples: samples, desc: desc})
}

// align finishes the tables. Tracks that begin later than the other get an
// empty edit, so that picture and sound stay together.
func (f *fragments) align() {
	earliest, some := uint64(0), false
	at := func(t *track) uint64 { return rescale(f.begun[t], f.m.scale, t.scale) }
	for _, t := range f.m.tracks() {
		if !some || at(t) < earliest {
			earliest, some = at(t), true
		}
	}
	for _, t := range f.m.tracks() {
		t.tables.settle()
		if late := at(t) - earliest; late > 0 {
			length, _ := t.tables.length()
			if len(t.edits) == 0 {
				t.edits = []edit{{length: rescale(length, f.m.scale, t.scale), rate: 1}}
			}
			t.edits = append([]edit{{length: late, media: -1, rate: 1}}, t.edits...)
		}
	}
}

// settle leaves out the tables that say nothing.
func (t *tables) settle() {
	if len(t.ctts) == 8 && be32(t.ctts[4:]) == 0 {
		t.ctts = nil
	}
	if t.keyed = len(t.stss)/4 < int(t.count); !t.keyed {
		t.stss = nil
	}
}
