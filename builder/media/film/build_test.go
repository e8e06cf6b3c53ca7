package film

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// mdat returns what stands in the mdat of a clean file, which is its last box.
func mdat(t *testing.T, out []byte) string {
	t.Helper()
	list, ok := boxes(out)
	if !ok || len(list) != 3 || list[0].kind != "ftyp" || list[1].kind != "moov" || list[2].kind != "mdat" {
		t.Fatalf("the boxes are %d, want ftyp, moov, mdat", len(list))
	}
	return string(list[2].body)
}

// second makes a track that shares mdat with the first one.
func second(handler string, entry []byte, flags uint32, at uint32) *mp4File {
	f := newMP4()
	f.handler, f.entry, f.flags = handler, entry, flags
	f.stsz, f.stsc, f.stco, f.stts = u32(0, 0, 1, 7), u32(0, 1, 1, 1, 1), u32(0, 1, at), u32(0, 1, 1, 4000)
	return f
}

// TestOtherTracksGo holds that samples of tracks that are not kept leave mdat
// with them, whatever they are, and that the kept ones stay in their order.
func TestOtherTracksGo(t *testing.T) {
	for name, other := range map[string]*mp4File{
		"positions":  second("meta", atom("gpmd", make([]byte, 8)), 3, dataAt+20),
		"text":       second("text", atom("text", make([]byte, 30)), 3, dataAt+20),
		"more sound": second("soun", audioSample("mp4a", aacESDS()), 3, dataAt+20),
		"a cover":    second("vide", videoSample("jpeg", 9, 9), 2, dataAt+20),
	} {
		f := newMP4()
		f.samples = []byte("0123456789abcdefghijPRIVATEklmnopqrstuvwxyz+-PRIVATE")
		f.stco = u32(0, 2, dataAt, dataAt+27)
		f.inMoov = other.trak()
		info, out := clean(t, f.bytes())
		if got := mdat(t, out); got != "0123456789abcdefghijklmnopqrstuvwxyz+-PR" {
			t.Errorf("%s: mdat holds %q", name, got)
		}
		if !info.Sound || info.HasLocation != (name == "positions") {
			t.Errorf("%s: %+v", name, info)
		}
		if i := bytes.Index(out, []byte("stco")); i < 0 || be32(out[i+12:]) != uint32(bytes.Index(out, []byte("0123"))) ||
			be32(out[i+16:]) != uint32(bytes.Index(out, []byte("klmn"))) {
			t.Errorf("%s: stco does not say where the chunks are", name)
		}
	}
}

// TestInterleaved holds that chunks of both tracks stand as they stood.
func TestInterleaved(t *testing.T) {
	f := newMP4()
	video := second("vide", videoSample("avc1", 160, 120, avcC(), atom("pasp", u32(2, 1)), atom("colr", []byte("nclc\x00\x01\x00\x01\x00\x01")),
		atom("uuid", []byte("PRIVATE"))), 3, dataAt+20)
	f.samples = []byte("0123456789abcdefghij<video>klmnopqrstuvwxyz+-##PRIVATE")
	f.stco = u32(0, 2, dataAt, dataAt+27)
	f.inMoov = video.trak()
	info, out := clean(t, f.bytes())
	if got := mdat(t, out); got != "0123456789abcdefghij<video>klmnopqrstuvwxyz+-##" {
		t.Errorf("mdat holds %q", got)
	}
	if info.Width != 320 || info.Height != 120 || info.Codecs != "avc1.42001e, mp4a.40.2" {
		t.Errorf("%+v", info)
	}
	if !bytes.Contains(out, []byte("colrnclx\x00\x01\x00\x01\x00\x01\x00")) {
		t.Error("QuickTime's colours are not ISO's now")
	}
	if bytes.Contains(out, []byte("PRIV")) || bytes.Contains(out, u32(0xe70d4d00)) {
		t.Error("something private is left")
	}
}

// TestMatrix turns pictures by what tkhd says.
func TestMatrix(t *testing.T) {
	const one, minus = 1 << 16, 0xffff0000
	for name, c := range map[string]struct {
		m    [4]uint32
		w, h int
	}{
		"upright": {[4]uint32{one, 0, 0, one}, 160, 120}, "right": {[4]uint32{0, one, minus, 0}, 120, 160},
		"down": {[4]uint32{minus, 0, 0, minus}, 160, 120}, "left": {[4]uint32{0, minus, one, 0}, 120, 160},
		"mirrored": {[4]uint32{minus, 0, 0, one}, 160, 120}, "most negative": {[4]uint32{0, 1 << 31, 1 << 31, 0}, 120, 160},
	} {
		f := newMP4()
		f.handler, f.entry = "vide", videoSample("avc1", 160, 120, avcC())
		f.matrix = [9]uint32{c.m[0], c.m[1], 0, c.m[2], c.m[3], 0, 120 << 16, 0, 1 << 30}
		info, out := clean(t, f.bytes())
		if info.Width != c.w || info.Height != c.h {
			t.Errorf("%s: %d × %d", name, info.Width, info.Height)
		}
		if n := bytes.Count(out, u32(f.matrix[:]...)); n != 2 {
			t.Errorf("%s: the matrix stands %d times in the new file, want 2", name, n)
		}
	}
}

// TestQuickTimeSound holds that descriptions of versions 1 and 2, with their
// configuration inside wave, become ISO's.
func TestQuickTimeSound(t *testing.T) {
	want := func(rate uint32) []byte { return u32(0, 0, 2<<16|16, 0, rate<<16) }
	wave := atom("wave", atom("frma", []byte("mp4a")), atom("mp4a", u32(0)), aacESDS(), u32(8, 0))
	v1 := make([]byte, 44)
	v1[7], v1[9], v1[17], v1[19] = 1, 1, 2, 16
	copy(v1[12:], "PRIV")
	binary.BigEndian.PutUint16(v1[24:], 44100)
	v2 := make([]byte, 64)
	v2[7], v2[9], v2[17], v2[43] = 1, 2, 3, 2
	for rate, entry := range map[uint32][]byte{44100: atom("mp4a", v1, wave), 0: atom("mp4a", v2, aacESDS())} {
		f := newMP4()
		f.brand, f.entry = "qt  ", entry
		info, out := clean(t, f.bytes())
		if info.Format != "m4a" || info.Codecs != "mp4a.40.2" || !bytes.Contains(out, want(rate)) || bytes.Contains(out, []byte("wave")) {
			t.Errorf("%+v, %q", info, out)
		}
	}
}

// TestTables holds that other ways of writing a table give the same film.
func TestTables(t *testing.T) {
	_, want := clean(t, newMP4().bytes())
	for name, change := range map[string]func(*mp4File){
		"chunks of their own":   func(f *mp4File) { f.stsc = u32(0, 2, 1, 2, 1, 2, 2, 1) },
		"a chunk of no samples": func(f *mp4File) { f.stsc, f.stco = u32(0, 3, 1, 2, 1, 2, 0, 1, 3, 2, 1), u32(0, 3, 24, 9, 44) },
		"padded":                func(f *mp4File) { f.stts = append(f.stts, 1, 2, 3) },
		"more boxes":            func(f *mp4File) { f.more = atom("sdtp", u32(0, 0)) },
	} {
		if _, got := clean(t, changed(change)); !bytes.Equal(got, want) {
			t.Errorf("%s: another film", name)
		}
	}
	compact := bytes.Replace(changed(func(f *mp4File) { f.stsz = append(u32(0, 16, 4), 0, 10, 0, 10, 0, 10, 0, 10) }), []byte("stsz"), []byte("stz2"), 1)
	if _, got := clean(t, compact); !bytes.Equal(got, want) {
		t.Error("stz2 of 16 bits: another film")
	}
	long := changed(func(f *mp4File) { f.stco = u32(0, 2, 0, 24, 0, 44) })
	if _, got := clean(t, bytes.Replace(long, []byte("stco"), []byte("co64"), 1)); !bytes.Equal(got, want) {
		t.Error("co64: another film")
	}
	_, negative := clean(t, changed(func(f *mp4File) { f.more = atom("ctts", u32(0, 1, 4, 0xffffff00)) }))
	if !bytes.Contains(negative, atom("ctts", u32(1<<24, 1, 4, 0xffffff00))) {
		t.Error("negative offsets are not marked as such")
	}
}

// TestEdits holds that cuts stay and tell how long a film is.
func TestEdits(t *testing.T) {
	info, out := clean(t, changed(func(f *mp4File) {
		f.edts = atom("edts", atom("elst", u32(0, 2, 500, 1<<32-1, 1<<16, 2000, 100, 1<<16)))
	}))
	if info.Seconds != 2.5 {
		t.Errorf("%v seconds, want 2.5", info.Seconds)
	}
	if want := atom("elst", u32(1<<24, 2, 0, 500, 1<<32-1, 1<<32-1, 1<<16, 0, 2000, 0, 100, 1<<16)); !bytes.Contains(out, want) {
		t.Error("the cuts are others")
	}
}

// TestFragments joins two fragments, of which the second starts late.
func TestFragments(t *testing.T) {
	f := newMP4()
	f.stsz, f.stsc, f.stco, f.stts = u32(0, 0, 0), u32(0, 0), u32(0, 0), u32(0, 0)
	f.inMoov = atom("mvex", atom("trex", u32(0, 1, 1, 1000, 10, 0)))
	f.samples = nil
	moof := func(at uint32) []byte {
		make := func(offset uint32) []byte {
			return atom("moof", atom("mfhd", u32(0, 1)), atom("traf", atom("tfhd", u32(0x20000, 1)), atom("tfdt", u32(0, at)),
				atom("trun", u32(0x201, 2, offset, 10, 10))))
		}
		return make(uint32(len(make(0)) + 8))
	}
	f.after = bytes.Join([][]byte{moof(0), atom("mdat", []byte("0123456789abcdefghijPRIVATE")), moof(2500), atom("mdat", []byte("klmnopqrstuvwxyz+-##"))}, nil)
	info, out := clean(t, f.bytes())
	if got := mdat(t, out); got != "0123456789abcdefghijklmnopqrstuvwxyz+-##" {
		t.Errorf("mdat holds %q", got)
	}
	if info.Seconds != 4.5 || !bytes.Contains(out, atom("stts", u32(0, 3, 1, 1000, 1, 1500, 2, 1000))) {
		t.Errorf("%v seconds, want 4.5", info.Seconds)
	}
}

// TestHEVCConfig holds that only parameter sets and brightness stay.
func TestHEVCConfig(t *testing.T) {
	unit := func(b string) string { return string([]byte{0, byte(len(b))}) + b }
	head := strings.Repeat("\x01", 22)
	in := head + "\x04" + "\xa0\x00\x01" + unit("VPS") + "\xa1\x00\x01" + unit("SPS") +
		"\x27\x00\x02" + unit("\x4e\x01\x05\x10PRIVATEx265 info\x80") + unit("\x4e\x01\x90\x04abcd\x80") + "\x28\x00\x01" + unit("PRIVATE")
	want := head + "\x03" + "\xa0\x00\x01" + unit("VPS") + "\xa1\x00\x01" + unit("SPS") + "\x27\x00\x01" + unit("\x4e\x01\x90\x04abcd\x80")
	if got, ok := hevcConfig([]byte(in)); !ok || string(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestC2PA(t *testing.T) {
	info, out := clean(t, changed(func(f *mp4File) { f.after = atom("uuid", []byte(c2pa), []byte("PRIVATE manifest")) }))
	if !info.Signed || bytes.Contains(out, []byte("PRIVATE")) {
		t.Errorf("%+v", info)
	}
}

// TestWebMBlocks holds that blocks of other tracks and what stands beside
// blocks go, that unknown sizes become known, and that cues are right.
func TestWebMBlocks(t *testing.T) {
	block := func(track byte, at byte, what string) []byte {
		return append([]byte{0x80 | track, 0, at, 0x80}, what...)
	}
	other := bytes.Join([][]byte{putUint(idTrackNumber, 2), putUint(idTrackType, 17), put(idCodecID, []byte("S_TEXT/UTF8"))}, nil)
	tracks := put(idTracks, append(put(idTrackEntry, opusTrack()), put(idTrackEntry, other)...))
	cluster := func(time byte, children ...[]byte) []byte {
		b := []byte{0x1F, 0x43, 0xB6, 0x75, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff} // of unknown size
		return append(append(b, put(idTimestamp, []byte{time})...), bytes.Join(children, nil)...)
	}
	group := put(idBlockGroup, slices.Concat(put(idBlock, block(1, 0, "two")), put(0xA4, []byte("PRIVATE")), putUint(idBlockDur, 20)))
	data := slices.Concat(put(idEBML, put(idDocType, []byte("webm"))), []byte{0x18, 0x53, 0x80, 0x67, 0xff}, put(idInfo, nil), tracks,
		cluster(0, put(idSimpleBlock, block(1, 0, "one")), put(idSimpleBlock, block(2, 0, "PRIVATE")), put(0xEC, []byte("PRIVATE"))),
		put(idTags, []byte("PRIVATE")), cluster(100, put(0xA7, []byte{9}), group, put(idBlockGroup, put(idBlock, block(2, 0, "PRIVATE")))),
		cluster(200, put(idSimpleBlock, block(2, 0, "PRIVATE"))))
	info, out := clean(t, data)
	if info.Type != "audio/webm" || !info.Sound || info.Seconds != 0.12 {
		t.Errorf("%+v", info)
	}
	if bytes.Contains(out, []byte("PRIV")) {
		t.Errorf("something private is left: %q", out)
	}
	one := put(idCluster, slices.Concat(putUint(idTimestamp, 0), put(idSimpleBlock, block(1, 0, "one"))))
	two := put(idCluster, slices.Concat(putUint(idTimestamp, 100), put(idBlockGroup, slices.Concat(put(idBlock, block(1, 0, "two")), putUint(idBlockDur, 20)))))
	if !bytes.HasSuffix(out, slices.Concat(one, two)) {
		t.Errorf("the clusters are others: %q", out)
	}
	start := bytes.Index(out, []byte{0x18, 0x53, 0x80, 0x67}) + 12
	for at, c := range [][]byte{one, two} {
		i := bytes.LastIndex(out, []byte{0xBB}[:1])
		if at == 0 {
			i = bytes.Index(out, []byte{0xBB, 0x92})
		}
		i += bytes.Index(out[i:], []byte{0xF1, 0x88})
		if got := start + int(be64(out[i+2:])); !bytes.HasPrefix(out[got:], c) {
			t.Errorf("cue %d points to %d, want %d", at, got, bytes.Index(out, c))
		}
	}
}

// TestOggStreams keeps the first stream of two, under new numbers.
func TestOggStreams(t *testing.T) {
	opus := []byte("OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00")
	tags := []byte("OpusTags\x07\x00\x00\x00PRIVATE\x00\x00\x00\x00")
	data := slices.Concat(oggPage(2, 1, 0, []byte{19}, opus), oggPage(2, 2, 0, []byte{9}, []byte("fishead\x00\x00")),
		oggPage(0, 2, 1, []byte{7}, []byte("PRIVATE")), oggPage(0, 1, 5, []byte{byte(len(tags))}, tags),
		oggPage(4, 1, 6, []byte{5}, []byte("sound")), oggPage(4, 2, 2, []byte{7}, []byte("PRIVATE")))
	_, out := clean(t, data)
	want := slices.Concat(oggPage(2, 1, 0, []byte{19}, opus), oggPage(0, 1, 1, []byte{16}, []byte("OpusTags\x00\x00\x00\x00\x00\x00\x00\x00")),
		oggPage(4, 1, 2, []byte{5}, []byte("sound")))
	if !bytes.Equal(out, want) {
		t.Errorf("%q, want %q", out, want)
	}
	data[len(data)-50] ^= 1 // within the page of sound
	if got := refused(t, data, Limits{}); !strings.Contains(got, "checksum") && !strings.Contains(got, "page") {
		t.Error(got)
	}
	chained := slices.Concat(want, want)
	if got := refused(t, chained, Limits{}); !strings.Contains(got, "several recordings") {
		t.Error(got)
	}
}

// TestMP3Between drops what stands before, between and behind frames.
func TestMP3Between(t *testing.T) {
	frame := append([]byte("\xff\xfb\x90\x00"), make([]byte, 413)...) // 128 kbit/s, 44,100 Hz: 417 bytes
	frames := bytes.Repeat(frame, 4)
	ape := slices.Concat([]byte("APETAGEX\xd0\x07\x00\x00"), little32(20+32), make([]byte, 16), []byte("PRIVATE GPSLatitude!"), make([]byte, 32))
	data := slices.Concat([]byte("ID3\x04\x00\x00\x00\x00\x00\x07PRIVATE"), frames, []byte("PRIVATE junk"), frames, []byte("ID3\x04\x00\x00\x00\x00\x00\x07PRIVATE"),
		frames, ape, []byte("TAGPRIVATE"), make([]byte, 118))
	info, out := clean(t, data)
	if !bytes.Equal(out, bytes.Repeat(frame, 12)) {
		t.Errorf("%d bytes are left, want %d", len(out), 12*417)
	}
	if info.Seconds != 0.313 || !info.HasLocation {
		t.Errorf("%+v", info)
	}
}

// TestWAVKinds takes what browsers play and drops what stands beside it.
func TestWAVKinds(t *testing.T) {
	wav := func(format, bits, frame byte, extra ...byte) []byte {
		f := slices.Concat([]byte{format, 0, 1, 0}, little32(8000), little32(8000*uint32(frame)), []byte{frame, 0, bits, 0}, extra)
		return slices.Concat([]byte("RIFF\x00\x00\x00\x00WAVELIST\x07\x00\x00\x00PRIVATE\x00bext\x02\x00\x00\x00PRfmt "), little32(uint32(len(f))), f,
			[]byte("data\x05\x00\x00\x00abcde\x00id3 \x07\x00\x00\x00PRIVATE\x00"))
	}
	info, out := clean(t, wav(1, 8, 1))
	if want := "RIFF\x2a\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x05\x00\x00\x00abcde\x00"; string(out) != want {
		t.Errorf("%q, want %q", out, want)
	}
	if info.Seconds != 0.001 {
		t.Errorf("%v seconds, want 0.001", info.Seconds)
	}
	clean(t, wav(3, 32, 4))
	clean(t, wav(1, 16, 2, 0, 0))
	for _, bad := range [][]byte{wav(2, 4, 1), wav(1, 12, 2), wav(1, 16, 3), wav(1, 16, 2, 7, 7)} {
		refused(t, bad, Limits{})
	}
}

func TestTimes(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-02T11:14:00+0300": "2026-11-02T11:14:00+03:00", "2026-11-02T08:14:00Z": "2026-11-02T08:14:00Z",
		"2026-11-02T08:14:00+0000\x00": "2026-11-02T08:14:00Z", "yesterday": "", "0001-01-01T00:00:00Z": "",
	} {
		if got := normalTime(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
	for _, c := range []struct {
		units, scale uint64
		want         float64
	}{{2500, 1000, 2.5}, {1, 3, 0.333}, {2, 3, 0.667}, {1<<60 - 1, 1, 1e12}, {1 << 62, 1 << 62, 1}, {0, 7, 0}} {
		if got := millis(c.units, c.scale); got != c.want {
			t.Errorf("%d/%d = %v, want %v", c.units, c.scale, got, c.want)
		}
	}
	if got := rescale(1<<60, 1<<31, 1); got != 1<<60 {
		t.Errorf("rescale gives %d", got)
	}
}
