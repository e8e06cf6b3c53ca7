package film

import (
	"encoding/binary"
	"slices"

	"github.com/abema/go-mp4"
)

// order returns the chunks of both tracks as they stand in the file, and the
// sum of their bytes.
func (m *movie) order() ([]chunk, int64) {
	var all []chunk
	var sum int64
	for i, t := range m.tracks() {
		for j, k := range t.tables.chunks {
			k.track, k.number = i, j
			all = append(all, k)
			sum += k.n
		}
	}
	slices.SortStableFunc(all, func(a, b chunk) int {
		switch {
		case a.off != b.off:
			return sign(a.off < b.off)
		case (a.n == 0) != (b.n == 0):
			return sign(a.n == 0)
		}
		return a.track - b.track
	})
	return all, sum
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// contents makes moov for samples that start at a place in the new file.
func (m *movie) contents(chunks []chunk, units uint64, start int64, wide bool) []byte {
	offsets := m.offsets(chunks, start, wide)
	body := made(&mp4.Mvhd{
		FullBox: mp4.FullBox{Version: 1}, Timescale: m.scale, DurationV1: units, Rate: 1 << 16, Volume: 1 << 8,
		Matrix: m.turn, NextTrackID: uint32(len(offsets) + 1),
	})
	for i, t := range m.tracks() {
		body = append(body, t.contents(m, uint32(i+1), offsets[i])...)
	}
	return atom("moov", body)
}

// offsets makes the table of each track that says where chunks start.
func (m *movie) offsets(chunks []chunk, at int64, wide bool) [][]byte {
	out := make([][]byte, len(m.tracks()))
	width, kind := 4, "stco"
	if wide {
		width, kind = 8, "co64"
	}
	for i, t := range m.tracks() {
		out[i] = make([]byte, width*len(t.tables.chunks))
	}
	for _, k := range chunks {
		if wide {
			binary.BigEndian.PutUint64(out[k.track][8*k.number:], uint64(at))
		} else {
			binary.BigEndian.PutUint32(out[k.track][4*k.number:], uint32(at))
		}
		at += k.n
	}
	for i := range out {
		out[i] = table(kind, 0, width, out[i])
	}
	return out
}

// contents makes trak.
func (t *track) contents(m *movie, id uint32, offsets []byte) []byte {
	volume, header := int16(0), made(&mp4.Vmhd{FullBox: mp4.FullBox{Flags: [3]byte{0, 0, 1}}})
	if t.handler == "soun" {
		volume, header = 1<<8, made(&mp4.Smhd{})
	}
	length, _ := t.tables.length()
	track := made(&mp4.Tkhd{
		FullBox: mp4.FullBox{Version: 1, Flags: [3]byte{0, 0, 3}}, TrackID: id, DurationV1: t.shown(m.scale),
		Volume: volume, Matrix: t.head.Matrix, Width: t.head.Width, Height: t.head.Height,
	})
	media := made(&mp4.Mdhd{
		FullBox: mp4.FullBox{Version: 1}, Timescale: t.scale, DurationV1: length, Language: [3]byte{'u' - 0x60, 'n' - 0x60, 'd' - 0x60},
	})
	handler := made(&mp4.Hdlr{HandlerType: [4]byte([]byte(t.handler))})
	here := atom("dinf", made(&mp4.Dref{EntryCount: 1}, made(&mp4.Url{FullBox: mp4.FullBox{Flags: [3]byte{0, 0, 1}}})))
	return atom("trak", track, t.editBox(), atom("mdia", media, handler, atom("minf", header, here, t.tables.contents(t.stsd, offsets))))
}

// editBox makes edts, if there are edits.
func (t *track) editBox() []byte {
	if len(t.edits) == 0 {
		return nil
	}
	list := mp4.Elst{FullBox: mp4.FullBox{Version: 1}, EntryCount: uint32(len(t.edits))}
	for _, e := range t.edits {
		list.Entries = append(list.Entries, mp4.ElstEntry{SegmentDurationV1: e.length, MediaTimeV1: e.media, MediaRateInteger: e.rate})
	}
	return atom("edts", made(&list))
}

// contents makes stbl.
func (t *tables) contents(stsd, offsets []byte) []byte {
	body := append(append([]byte{}, stsd...), table("stts", 0, 8, t.stts)...)
	if len(t.ctts) > 0 {
		body = append(body, table("ctts", t.version, 8, t.ctts)...)
		if t.cslg != nil {
			body = append(body, atom("cslg", t.cslg)...)
		}
	}
	if t.keyed {
		body = append(body, table("stss", 0, 4, t.stss)...)
	}
	var stsc []byte
	for i, k := range t.chunks {
		if i == 0 || k.samples != t.chunks[i-1].samples || k.desc != t.chunks[i-1].desc {
			for _, n := range []uint32{uint32(i + 1), k.samples, k.desc} {
				stsc = binary.BigEndian.AppendUint32(stsc, n)
			}
		}
	}
	body = append(body, table("stsc", 0, 12, stsc)...)
	sizes := binary.BigEndian.AppendUint32([]byte{0, 0, 0, 0}, t.uniform)
	sizes = binary.BigEndian.AppendUint32(sizes, t.count)
	body = append(body, atom("stsz", sizes, t.sizes)...)
	return atom("stbl", append(body, offsets...))
}
