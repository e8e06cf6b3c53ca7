package film

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// film is an MP4 that tests write box by box: one track, 4 samples of 10
// bytes in 2 chunks.
type mp4File struct {
	brand   string
	handler string
	entry   []byte
	flags   uint32 // of tkhd
	matrix  [9]uint32
	stsz    []byte
	stsc    []byte
	stco    []byte
	stts    []byte
	more    []byte // boxes in stbl
	edts    []byte
	dref    []byte
	inMoov  []byte
	inTrak  []byte
	after   []byte
	samples []byte
}

func u32(list ...uint32) []byte {
	var b []byte
	for _, n := range list {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// newMP4 is a sound that is taken; dataAt is where its samples stand.
const dataAt = 8 + 8 + 8

func newMP4() *mp4File {
	return &mp4File{
		brand: "isom", handler: "soun", flags: 3, matrix: [9]uint32{1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30},
		entry:   audioSample("mp4a", aacESDS()),
		stsz:    u32(0, 0, 4, 10, 10, 10, 10),
		stsc:    u32(0, 1, 1, 2, 1),
		stco:    u32(0, 2, dataAt, dataAt+20),
		stts:    u32(0, 1, 4, 1000),
		dref:    u32(0, 1, 12, 0x75726c20, 1),
		samples: []byte(strings.Repeat("0123456789", 4)),
	}
}

func audioSample(kind string, config []byte) []byte {
	b := make([]byte, 28)
	b[7], b[17], b[19], b[24], b[25] = 1, 1, 16, 0x1f, 0x40
	return atom(kind, b, config)
}

// aacESDS describes AAC with a vendor's descriptor behind it.
func aacESDS() []byte {
	decoder := append([]byte{0x40, 0x15, 0, 0, 0}, u32(32000, 32000)...)
	decoder = append(decoder, 5, 2, 0x15, 0x88)
	stream := append([]byte{0, 1, 0, 4, byte(len(decoder))}, decoder...)
	stream = append(append(stream, 6, 1, 2, 0x55, 13), "PRIVATEvendor"...)
	return atom("esds", []byte{0, 0, 0, 0, 3, byte(len(stream))}, stream)
}

func videoSample(kind string, w, h uint16, boxes ...[]byte) []byte {
	b := make([]byte, 78)
	copy(b[8:], "PRIV")
	binary.BigEndian.PutUint16(b[24:], w)
	binary.BigEndian.PutUint16(b[26:], h)
	b[7], b[41] = 1, 1
	copy(b[42:], "\x0ePRIVATEencoder")
	return atom(kind, append([][]byte{b}, boxes...)...)
}

func avcC() []byte {
	return atom("avcC", []byte{1, 66, 0, 30, 0xff, 0xe1, 0, 4, 0x67, 66, 0, 30, 1, 0, 2, 0x68, 0xce}, []byte("PRIVATEtrail"))
}

func (f *mp4File) trak() []byte {
	tkhd := append(u32(f.flags, 0xe70d4d00, 0xe70d4d00, 1, 0, 4000, 0, 0, 0, 0), u32(f.matrix[:]...)...)
	tkhd = append(tkhd, u32(160<<16, 120<<16)...)
	stbl := atom("stbl", atom("stsd", u32(0, 1), f.entry), atom("stts", f.stts), atom("stsc", f.stsc),
		atom("stsz", f.stsz), atom("stco", f.stco), f.more)
	dinf := atom("dinf", atom("dref", f.dref))
	mdia := atom("mdia", atom("mdhd", u32(0, 0xe70d4d00, 0xe70d4d00, 1000, 4000, 0x15c70000)),
		atom("hdlr", u32(0, 0), []byte(f.handler), u32(0, 0, 0), []byte("PRIVATEhandler\x00")), atom("minf", dinf, stbl))
	return atom("trak", atom("tkhd", tkhd), f.edts, mdia, f.inTrak)
}

func (f *mp4File) moov() []byte {
	mvhd := append(u32(0, 0xe70d4d00, 0xe70d4d00, 1000, 4000, 1<<16, 1<<24, 0, 0), u32(f.matrix[:]...)...)
	mvhd = append(mvhd, u32(0, 0, 0, 0, 0, 0, 2)...)
	return atom("moov", atom("mvhd", mvhd), f.trak(), f.inMoov)
}

func (f *mp4File) bytes() []byte {
	return bytes.Join([][]byte{atom("ftyp", []byte(f.brand), u32(0)), atom("mdat", f.samples), f.moov(), f.after}, nil)
}

// changed is a film with one thing changed.
func changed(change func(*mp4File)) []byte {
	f := newMP4()
	change(f)
	return f.bytes()
}

type hostileFile struct {
	name, want string // a word of the fault; "" = it is taken
	data       []byte
}

// hostile are files that no camera writes.
func hostile() []hostileFile {
	moof := func(list ...[]byte) func(*mp4File) {
		return func(f *mp4File) {
			f.inMoov = atom("mvex", atom("trex", u32(0, 1, 1, 1000, 0, 0)))
			f.after = atom("moof", list...)
		}
	}
	nest := []byte("\x00\x00\x00\x08free")
	for range 2000 {
		nest = atom("udta", nest)
	}
	wave := append(append([]byte("RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"), little32(8000)...), little32(16000)...)
	wave = append(wave, "\x02\x00\x10\x00data"...)
	return []hostileFile{
		{"plain", "", newMP4().bytes()},
		{"moov of 2^63 bytes", "cut", append(atom("ftyp", []byte("isom"), u32(0)), "\x00\x00\x00\x01moov\x80\x00\x00\x00\x00\x00\x00\x00"...)},
		{"mdat of 2^64-1 bytes", "no table", append(atom("ftyp", []byte("isom"), u32(0)), "\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff"...)},
		{"box smaller than its head", "boxes do not fit", append(atom("ftyp", []byte("isom"), u32(0)), "\x00\x00\x00\x04moov"...)},
		{"a deep nest", "", changed(func(f *mp4File) { f.inMoov = nest })},
		{"2^32-1 samples", "table", changed(func(f *mp4File) { f.stsz = u32(0, 0, 1<<32-1) })},
		{"2^32-1 samples of one size", "contradicts", changed(func(f *mp4File) { f.stsz = u32(0, 10, 1<<32-1) })},
		{"2^32-1 samples of 4 GB", "ends before", changed(func(f *mp4File) { f.stsz, f.stsc = u32(0, 1<<32-1, 1<<32-2), u32(0, 1, 1, 1<<31-1, 1) })},
		{"2^32-1 chunks", "table", changed(func(f *mp4File) { f.stco = u32(0, 1<<32-1, 24) })},
		{"2^32-1 runs of time", "table", changed(func(f *mp4File) { f.stts = u32(0, 1<<32-1, 1, 1) })},
		{"a length of 2^64", "length", changed(func(f *mp4File) { f.stts = u32(0, 1, 1<<32-1, 1<<32-1) })},
		{"2^32-1 cuts", "list of cuts", changed(func(f *mp4File) { f.edts = atom("edts", atom("elst", u32(0, 1<<32-1, 1, 1))) })},
		{"chunks behind the end", "ends before", changed(func(f *mp4File) { f.stco = u32(0, 2, 24, 1<<31) })},
		{"samples past the end", "ends before", changed(func(f *mp4File) { f.stsz = u32(0, 0, 4, 10, 10, 10, 1<<30) })},
		{"the same bytes many times", "same bytes", changed(func(f *mp4File) {
			f.stsz, f.stsc = u32(0, 40, 1000), u32(0, 1, 1, 1, 1)
			f.stco = u32(0, 1000)
			for range 1000 {
				f.stco = append(f.stco, u32(24)...)
			}
		})},
		{"chunks out of order in stsc", "contradicts", changed(func(f *mp4File) { f.stsc = u32(0, 2, 1, 2, 1, 1, 2, 1) })},
		{"description 0", "table", changed(func(f *mp4File) { f.stsc = u32(0, 1, 1, 2, 0) })},
		{"no samples", "no picture or sound", changed(func(f *mp4File) { f.stsz, f.stsc, f.stco = u32(0, 0, 0), u32(0, 0), u32(0, 0) })},
		{"a scale of 0", "header", bytes.Replace(newMP4().bytes(), u32(0xe70d4d00, 0xe70d4d00, 1000, 4000, 1<<16), u32(0, 0, 0, 4000, 1<<16), 1)},
		{"reference movie", "another file", changed(func(f *mp4File) { f.inMoov = atom("rmra") })},
		{"compressed moov", "compressed", changed(func(f *mp4File) { f.inMoov = atom("cmov") })},
		{"samples in another file", "another file", changed(func(f *mp4File) {
			f.dref = append(u32(0, 1), atom("url ", u32(0), []byte("file:///etc/passwd\x00"))...)
		})},
		{"encrypted sound", "is encrypted", changed(func(f *mp4File) { f.entry = audioSample("enca", aacESDS()) })},
		{"an unknown codec", "codec \"\\xff\\x00zz\"", changed(func(f *mp4File) { f.entry = audioSample("\xff\x00zz", nil) })},
		{"AAC without a configuration", "description", changed(func(f *mp4File) { f.entry = audioSample("mp4a", nil) })},
		{"a picture of 0 by 0", "description", changed(func(f *mp4File) { f.handler, f.entry = "vide", videoSample("avc1", 0, 0, avcC()) })},
		{"a million tracks", "too many tracks", changed(func(f *mp4File) {
			one := f.trak()
			for range 70 {
				f.inMoov = append(f.inMoov, one...)
			}
		})},
		{"a fragment of 2^32-1 samples", "a fragment is wrong", changed(moof(atom("traf", atom("tfhd", u32(0, 1)), atom("trun", u32(0, 1<<32-1)))))},
		{"many fragments of many samples of no bytes", "a fragment is wrong", changed(moof(bytes.Repeat(atom("traf", atom("tfhd", u32(0, 1)), atom("trun", u32(0, maxSamples/2))), 20)))},
		{"a fragment before the file", "a fragment is wrong", changed(moof(atom("traf", atom("tfhd", u32(0, 1)), atom("trun", u32(1, 1, 1<<31)))))},
		{"an encrypted fragment", "a fragment is wrong", changed(moof(atom("traf", atom("tfhd", u32(0, 1)), atom("senc", u32(0, 0)))))},
		{"a segment of 2^56 bytes", "cut", append(put(idEBML, put(idDocType, []byte("webm"))), "\x18\x53\x80\x67\x01\x7f\xff\xff\xff\xff\xff\xff"...)},
		{"no tracks", "list of tracks is missing", webmFile(nil, put(idCluster, nil))},
		{"a cluster that is cut", "cut", webmFile(opusTrack(), append(put(idTimestamp, []byte{0}), head(idSimpleBlock, 1<<40)...))},
		{"tracks of 2^40 bytes", "cut", append(put(idEBML, put(idDocType, []byte("webm"))), append(head(idSegment, 1<<40), head(idTracks, 1<<39)...)...)},
		{"an encrypted track", "is encrypted", webmFile(append(opusTrack(), put(idEncodings, nil)...), nil)},
		{"a codec that is not WebM's", "\"V_MPEG4/ISO/AVC\"", webmFile(append(putUint(idTrackNumber, 1), append(putUint(idTrackType, 1), put(idCodecID, []byte("V_MPEG4/ISO/AVC"))...)...), nil)},
		{"a wav of unknown length", "how long", slices.Concat(wave, []byte("\xff\xff\xff\xff0000"))},
		{"a wav with 4 bytes missing", "ends before", slices.Concat(wave, []byte("\x08\x00\x00\x000000"))},
		{"an ogg page of another kind", "Ogg", []byte("OggS\x01" + strings.Repeat("\x00", 50))},
		{"theora", "Theora", append(oggPage(2, 1, 0, []byte{7}, []byte("\x80theora")), oggPage(2, 2, 0, []byte{30}, vorbisHead())...)},
		{"speex", "Speex", oggPage(2, 1, 0, []byte{8}, []byte("Speex   "))},
		{"an id3 tag of 256 MB", "ends before", []byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f")},
		{"a flac block of 16 MB", "ends before", []byte("fLaC\x04\xff\xff\xff")},
		{"a flac of 0 samples a second", "0 samples", append([]byte("fLaC\x80\x00\x00\x22"), make([]byte, 34)...)},
		{"one mp3 frame and noise", "no sound", append([]byte("\xff\xfb\x90\x00"), bytes.Repeat([]byte("noise"), 500)...)},
	}
}

func vorbisHead() []byte {
	return []byte("\x01vorbis\x00\x00\x00\x00\x01\x40\x1f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xb8\x01"[:30])
}

// opusTrack describes a track with a name.
func opusTrack() []byte {
	return bytes.Join([][]byte{
		putUint(idTrackNumber, 1), putUint(idTrackUID, 0x50524956), putUint(idTrackType, 2), put(0x536E, []byte("PRIVATEname")),
		put(idCodecID, []byte("A_OPUS")), put(idCodecPrivate, []byte("OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00PRIVATE")),
		put(idAudio, append(put(0xB5, []byte{0x47, 0x3b, 0x80, 0}), put(0x9F, []byte{1})...)),
	}, nil)
}

// webmFile makes a film of one track and one cluster.
func webmFile(track, cluster []byte) []byte {
	var tracks []byte
	if track != nil {
		tracks = put(idTracks, put(idTrackEntry, track))
	}
	body := append(put(idInfo, put(0x7BA9, []byte("PRIVATEtitle"))), tracks...)
	return append(put(idEBML, put(idDocType, []byte("webm"))), put(idSegment, append(body, put(idCluster, cluster)...))...)
}

func TestHostile(t *testing.T) {
	for _, h := range hostile() {
		t.Run(h.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, _, fault, err := Probe(bytes.NewReader(h.data), int64(len(h.data)), Limits{})
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if spent := after.TotalAlloc - before.TotalAlloc; spent > 200<<20 {
				t.Errorf("takes %d MB for %d bytes", spent>>20, len(h.data))
			}
			switch {
			case h.want == "" && fault != nil:
				t.Errorf("is refused: %v", fault)
			case h.want != "" && fault == nil:
				t.Errorf("is taken, want %q", h.want)
			case h.want == "cut":
				h.want = "ends before"
			}
			if fault != nil && !strings.Contains(fault.Text, h.want) {
				t.Errorf("says %q, want %q", fault.Text, h.want)
			}
		})
	}
}
