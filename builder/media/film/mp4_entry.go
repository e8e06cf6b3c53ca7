package film

import (
	"encoding/binary"
	"fmt"
	mathbits "math/bits"
	"strings"

	"github.com/abema/go-mp4"
)

// codec is what a sample entry names.
type codec struct {
	name   string // for people
	rfc    string // RFC 6381
	partly string
}

// Codecs that no browser plays, or none inside MP4, by the kind of their entry.
var videoNames = map[string]string{
	"apch": "ProRes", "apcn": "ProRes", "apcs": "ProRes", "apco": "ProRes", "ap4h": "ProRes", "ap4x": "ProRes", "aprn": "ProRes RAW",
	"mp4v": "MPEG-4 Part 2", "XVID": "MPEG-4 Part 2", "DIVX": "MPEG-4 Part 2", "m1v ": "MPEG-1", "m2v1": "MPEG-2", "hdv1": "HDV", "hdv2": "HDV", "hdv3": "HDV",
	"jpeg": "Motion JPEG", "mjpa": "Motion JPEG", "mjpb": "Motion JPEG", "mjp2": "Motion JPEG 2000", "png ": "PNG pictures",
	"dvc ": "DV", "dvcp": "DV", "dvpp": "DV", "dv5n": "DV", "dv5p": "DV", "dvhp": "DV", "dvhq": "DV", "dvh5": "DV", "dvh6": "DV",
	"h263": "H.263", "s263": "H.263", "vp08": "VP8", "vvc1": "VVC", "vvi1": "VVC", "SVQ1": "Sorenson Video", "SVQ3": "Sorenson Video", "cvid": "Cinepak",
	"dvh1": "Dolby Vision", "dvhe": "Dolby Vision", "dva1": "Dolby Vision", "dvav": "Dolby Vision", "CFHD": "CineForm", "AVdn": "DNxHD", "AVdh": "DNxHR",
	"2vuy": "uncompressed pictures", "v210": "uncompressed pictures", "raw ": "uncompressed pictures", "rle ": "Animation",
}

var audioNames = map[string]string{
	"lpcm": "PCM", "sowt": "PCM", "twos": "PCM", "in24": "PCM", "in32": "PCM", "fl32": "PCM", "fl64": "PCM", "raw ": "PCM", "NONE": "PCM", "ipcm": "PCM", "fpcm": "PCM",
	"ac-3": "AC-3", "sac3": "AC-3", "ec-3": "E-AC-3", "ac-4": "AC-4", "samr": "AMR", "sawb": "AMR", "ima4": "IMA ADPCM", "ulaw": "µ-law", "alaw": "A-law",
	"dtsc": "DTS", "dtsh": "DTS", "dtsl": "DTS", "dtse": "DTS", "QDM2": "QDesign", "Qclp": "QCELP", "sqcp": "QCELP", ".mp3": "QuickTime's MP3",
	"mha1": "MPEG-H", "mhm1": "MPEG-H", "apac": "Apple's spatial sound",
}

func encrypted() *Fault { return faultf("send it without protection", "is encrypted") }

// refuse says that a codec is not played.
func refuse(what, kind string, names map[string]string) *Fault {
	switch kind {
	case "encv", "enca", "drms", "drmi", "p608":
		return encrypted()
	}
	name := names[kind]
	if name == "" {
		name = fmt.Sprintf("the codec %q", kind)
	}
	return faultf(exportFilm, "has its %s as %s, which no browser plays in such a file", what, name)
}

// videoCodec says whether browsers play a sample entry's codec.
func videoCodec(e box) (codec, *Fault) {
	switch e.kind {
	case "avc1", "avc3":
		return codec{name: "H.264"}, nil
	case "hvc1":
		return codec{name: "HEVC", partly: partlyHEVC}, nil
	case "hev1":
		return codec{name: "HEVC", partly: partlyHEVC + "; Safari plays none of this kind (hev1)"}, nil
	case "av01":
		return codec{name: "AV1", partly: partlyAV1}, nil
	case "vp09":
		return codec{name: "VP9"}, nil
	}
	return codec{}, refuse("pictures", e.kind, videoNames)
}

// audioCodec does so for sounds. What an mp4a entry holds, its esds tells.
func audioCodec(e box) (codec, *Fault) {
	switch e.kind {
	case "mp4a":
		_, c, fault := audioEntry(e)
		return c, fault
	case "Opus":
		return codec{name: "Opus", rfc: "opus", partly: "older Safari plays no Opus in MP4"}, nil
	case "fLaC":
		return codec{name: "FLAC", rfc: "flac"}, nil
	case "alac":
		return codec{name: "ALAC", rfc: "alac", partly: "only Safari plays ALAC"}, nil
	}
	return codec{}, refuse("sound", e.kind, audioNames)
}

// videoEntry writes a VisualSampleEntry again (12.1.3).
func (t *track) videoEntry(e box) ([]byte, codec, *Fault) {
	wrong := damaged("the description of its pictures is wrong")
	c, fault := videoCodec(e)
	if fault != nil {
		return nil, c, fault
	}
	var v mp4.VisualSampleEntry
	v.SetType(mp4.BoxType([]byte(e.kind)))
	if len(e.body) < 78 || !parse(e.body[:78], &v) {
		return nil, c, wrong
	}
	list, ok := boxes(e.body[78:])
	if !ok || v.Width == 0 || v.Height == 0 || v.Width > maxEdge || v.Height > maxEdge {
		return nil, c, wrong
	}
	if find(list, "sinf") != nil {
		return nil, c, encrypted()
	}
	config, ok := videoConfig(e.kind, list, &c)
	if !ok {
		return nil, c, wrong
	}
	if t.entryW == 0 {
		t.entryW, t.entryH = v.Width, v.Height
		if p := find(list, "pasp"); len(p) == 8 && be32(p) < 1<<16 && be32(p[4:]) < 1<<16 {
			t.aspect = [2]uint32{be32(p), be32(p[4:])}
		}
	}
	out := mp4.VisualSampleEntry{
		SampleEntry: mp4.SampleEntry{AnyTypeBox: v.AnyTypeBox, DataReferenceIndex: 1},
		Width:       v.Width, Height: v.Height, Horizresolution: 72 << 16, Vertresolution: 72 << 16,
		FrameCount: 1, Depth: 24, PreDefined3: -1,
	}
	return made(&out, append([][]byte{config}, sideBoxes(list)...)...), c, nil
}

// Boxes beside the configuration, all numbers, with their exact sizes: aspect
// and aperture, rates, fields, mastering display, light levels, Dolby Vision.
var sideSizes = map[string]int{
	"pasp": 8, "clap": 32, "btrt": 12, "fiel": 2, "mdcv": 24, "clli": 4, "SmDm": 28, "CoLL": 8, "dvcC": 24, "dvvC": 24,
}

func sideBoxes(list []box) [][]byte {
	var out [][]byte
	seen := map[string]bool{}
	for _, b := range list {
		if seen[b.kind] {
			continue
		}
		switch {
		case b.kind == "colr" && len(b.body) >= 10 && string(b.body[:4]) == "nclc": // QuickTime's
			out = append(out, atom("colr", []byte("nclx"), b.body[4:10], []byte{0}))
		case b.kind == "colr" && len(b.body) == 11 && string(b.body[:4]) == "nclx":
			out = append(out, atom("colr", b.body[:10], []byte{b.body[10] & 0x80}))
		case sideSizes[b.kind] == len(b.body) && len(b.body) > 0:
			out = append(out, atom(b.kind, b.body))
		default:
			continue
		}
		seen[b.kind] = true
	}
	return out
}

// videoConfig writes a decoder configuration again and names it.
func videoConfig(kind string, list []box, c *codec) ([]byte, bool) {
	switch kind {
	case "avc1", "avc3":
		b, ok := avcConfig(find(list, "avcC"))
		if !ok {
			return nil, false
		}
		c.rfc = fmt.Sprintf("%s.%02x%02x%02x", kind, b[1], b[2], b[3])
		if b[1] == 110 || b[1] == 122 || b[1] == 244 || b[1] == 44 {
			c.partly = "many browsers play no H.264 of more than 8 bits or with full colours"
		}
		return atom("avcC", b), true
	case "hvc1", "hev1":
		b, ok := hevcConfig(find(list, "hvcC"))
		if !ok {
			return nil, false
		}
		c.rfc = hevcCodecs(kind, b)
		return atom("hvcC", b), true
	case "av01":
		b, ok := av1Config(find(list, "av1C"))
		if !ok {
			return nil, false
		}
		c.rfc = av1Codecs(b)
		return atom("av1C", b), true
	}
	b := find(list, "vpcC") // VP9 in ISOBMFF: a full box of 8 bytes and no more
	if len(b) < 12 || b[0] != 1 {
		return nil, false
	}
	c.rfc = fmt.Sprintf("vp09.%02d.%02d.%02d", b[4], b[5], b[6]>>4)
	return atom("vpcC", b[:10], []byte{0, 0}), true
}

// avcConfig cuts an AVCDecoderConfigurationRecord to what it is made of
// (ISO/IEC 14496-15, 5.3.3.1).
func avcConfig(b []byte) ([]byte, bool) {
	if len(b) < 7 || len(b) > maxConfig || b[0] != 1 {
		return nil, false
	}
	at, ok := units(b, 6, int(b[5]&31))
	if !ok || at >= len(b) {
		return nil, false
	}
	at, ok = units(b, at+1, int(b[at]))
	if !ok {
		return nil, false
	}
	switch b[1] {
	case 66, 77, 88:
		return b[:at], true
	}
	if len(b) < at+4 { // left out by some writers
		return b[:at], true
	}
	end, ok := units(b, at+4, int(b[at+3]))
	if !ok {
		return nil, false
	}
	return b[:end], true
}

// units passes over count parameter sets, each behind its length.
func units(b []byte, at, count int) (int, bool) {
	for range count {
		if at+2 > len(b) || at+2+int(be16(b[at:])) > len(b) {
			return 0, false
		}
		at += 2 + int(be16(b[at:]))
	}
	return at, true
}

// hevcConfig writes an HEVCDecoderConfigurationRecord again (14496-15,
// 8.3.3.1) with its parameter sets, and of SEI messages only those that tell
// how bright and with what curve a picture is meant.
func hevcConfig(b []byte) ([]byte, bool) {
	if len(b) < 23 || len(b) > maxConfig || b[0] != 1 {
		return nil, false
	}
	out, arrays, at := append([]byte{}, b[:23]...), byte(0), 23
	for range b[22] {
		if at+3 > len(b) {
			return nil, false
		}
		kind, count := b[at]&0x3f, int(be16(b[at+1:]))
		end, ok := units(b, at+3, count)
		if !ok {
			return nil, false
		}
		kept, n := keptUnits(b[at+3:end], kind)
		if n > 0 {
			arrays++
			out = append(append(out, b[at], byte(n>>8), byte(n)), kept...)
		}
		at = end
	}
	out[22] = arrays
	return out, true
}

// keptUnits returns those of an array that stay, and their number.
func keptUnits(b []byte, kind byte) (kept []byte, n int) {
	for len(b) >= 2 {
		size := 2 + int(be16(b))
		if kind >= 32 && kind <= 34 || kind == 39 && harmless(b[2:size]) {
			kept = append(kept, b[:size]...)
			n++
		}
		b = b[size:]
	}
	return kept, n
}

// harmless says that an SEI unit is one message of mastering display (137),
// content light level (144) or transfer characteristics (147).
func harmless(b []byte) bool {
	if len(b) < 5 {
		return false
	}
	kind, size := b[2], int(b[3])
	return (kind == 137 || kind == 144 || kind == 147) && size <= 32 && len(b) <= 4+size+1+4
}

// hevcCodecs names a configuration (14496-15, annex E).
func hevcCodecs(kind string, b []byte) string {
	space, tier := [4]string{"", "A", "B", "C"}[b[1]>>6], "L"
	if b[1]&0x20 != 0 {
		tier = "H"
	}
	name := fmt.Sprintf("%s.%s%d.%X.%s%d", kind, space, b[1]&31, mathbits.Reverse32(be32(b[2:])), tier, b[12])
	last := 11
	for last >= 6 && b[last] == 0 {
		last--
	}
	for _, c := range b[6 : last+1] {
		name += fmt.Sprintf(".%X", c)
	}
	return name
}

// audioEntry writes an AudioSampleEntry again (14496-12, 12.2.3). QuickTime's
// versions 1 and 2 become ISO's.
func audioEntry(e box) ([]byte, codec, *Fault) {
	wrong := damaged("the description of its sound is wrong")
	if e.kind != "mp4a" {
		if _, fault := audioCodec(e); fault != nil {
			return nil, codec{}, fault
		}
	}
	if len(e.body) < 28 {
		return nil, codec{}, wrong
	}
	out := mp4.AudioSampleEntry{
		ChannelCount: be16(e.body[16:]), SampleSize: 16, SampleRate: be32(e.body[24:]),
	}
	out.SetType(mp4.BoxType([]byte(e.kind)))
	out.DataReferenceIndex = 1
	list, ok := audioBoxes(e.body, &out)
	if !ok || out.ChannelCount == 0 {
		return nil, codec{}, wrong
	}
	if find(list, "sinf") != nil {
		return nil, codec{}, encrypted()
	}
	config, c, fault := audioConfig(e.kind, list)
	if fault != nil {
		return nil, c, fault
	}
	if config == nil {
		return nil, c, wrong
	}
	return made(&out, config), c, nil
}

// audioBoxes finds the boxes behind a sound description of any version.
func audioBoxes(b []byte, out *mp4.AudioSampleEntry) ([]box, bool) {
	at := 28
	switch version := be16(b[8:]); {
	case version == 1 && len(b) >= 44:
		if list, ok := boxes(b[44:]); ok && len(list) > 0 && strings.Contains("wave esds alac chan", list[0].kind) {
			at = 44
		}
	case version == 2 && len(b) >= 64:
		at = 64
		out.ChannelCount = uint16(be32(b[40:]))
		out.SampleRate = 0 // said by the codec's configuration
	}
	list, ok := boxes(b[at:])
	if wave := find(list, "wave"); ok && wave != nil {
		return boxes(wave)
	}
	return list, ok
}

// audioConfig writes a decoder configuration again; nil = it is missing or wrong.
func audioConfig(kind string, list []box) ([]byte, codec, *Fault) {
	if kind == "mp4a" {
		return esds(find(list, "esds"))
	}
	c, _ := audioCodec(box{kind: kind})
	switch kind {
	case "Opus": // Opus in ISOBMFF, 4.3.2
		b := find(list, "dOps")
		if len(b) >= 11 && b[0] == 0 && b[10] == 0 {
			return atom("dOps", b[:11]), c, nil
		} else if len(b) >= 13 && b[0] == 0 && len(b) >= 13+int(b[1]) {
			return atom("dOps", b[:13+int(b[1])]), c, nil
		}
	case "fLaC": // FLAC in ISOBMFF, 3.3.2: STREAMINFO comes first
		b := find(list, "dfLa")
		if len(b) >= 42 && b[4]&0x7f == 0 && be32(b[4:])&(1<<24-1) == 34 {
			return atom("dfLa", []byte{0, 0, 0, 0, 0x80, 0, 0, 34}, b[8:42]), c, nil
		}
	case "alac":
		if b := find(list, "alac"); len(b) >= 28 {
			return atom("alac", b[:28]), c, nil
		}
	}
	return nil, c, nil
}

// esds writes an elementary stream descriptor again (14496-1, 7.2.6.5) with
// the configuration of the decoder alone.
func esds(b []byte) ([]byte, codec, *Fault) {
	var in mp4.Esds
	if b == nil || len(b) > maxConfig || !parse(b, &in) {
		return nil, codec{}, nil
	}
	var config *mp4.DecoderConfigDescriptor
	var special []byte
	for _, d := range in.Descriptors {
		switch {
		case d.Tag == mp4.DecoderConfigDescrTag && config == nil:
			config = d.DecoderConfigDescriptor
		case d.Tag == mp4.DecSpecificInfoTag && special == nil && len(d.Data) <= 64:
			special = d.Data
		}
	}
	if config == nil {
		return nil, codec{}, nil
	}
	c, fault := objectType(config.ObjectTypeIndication, special)
	if fault != nil || c.name == "" {
		return nil, c, fault
	}
	return writeESDS(config, special), c, nil
}

// objectType names what an mp4a entry holds (the registration authority's
// list of object types).
func objectType(kind byte, special []byte) (codec, *Fault) {
	switch kind {
	case 0x40:
		if len(special) < 2 {
			return codec{}, nil
		}
		object := special[0] >> 3
		if object == 31 {
			object = 32 + special[0]&7<<3 + special[1]>>5
		}
		return codec{name: "AAC", rfc: fmt.Sprintf("mp4a.40.%d", object)}, nil
	case 0x66, 0x67, 0x68:
		return codec{name: "AAC", rfc: fmt.Sprintf("mp4a.%x", kind)}, nil
	case 0x69, 0x6b:
		return codec{name: "MP3", rfc: fmt.Sprintf("mp4a.%x", kind), partly: "some browsers play no MP3 inside MP4"}, nil
	case 0xa5:
		return codec{}, refuse("sound", "ac-3", audioNames)
	case 0xa6:
		return codec{}, refuse("sound", "ec-3", audioNames)
	}
	return codec{}, refuse("sound", fmt.Sprintf("mp4a.%x", kind), nil)
}

// writeESDS makes the box. Sizes are written in one byte each.
func writeESDS(config *mp4.DecoderConfigDescriptor, special []byte) []byte {
	decoder := []byte{config.ObjectTypeIndication, 0x15, byte(config.BufferSizeDB >> 16), byte(config.BufferSizeDB >> 8), byte(config.BufferSizeDB)}
	decoder = binary.BigEndian.AppendUint32(decoder, config.MaxBitrate)
	decoder = binary.BigEndian.AppendUint32(decoder, config.AvgBitrate)
	if special != nil {
		decoder = append(append(decoder, 5, byte(len(special))), special...)
	}
	stream := append([]byte{0, 0, 0, 4, byte(len(decoder))}, decoder...)
	stream = append(stream, 6, 1, 2)
	return atom("esds", []byte{0, 0, 0, 0, 3, byte(len(stream))}, stream)
}
