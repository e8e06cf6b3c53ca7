package film

import (
	"math"
	"strings"
)

// Elements of a track (RFC 9559, section 5.1.4).
const (
	idTrackEntry   = 0xAE
	idTrackNumber  = 0xD7
	idTrackUID     = 0x73C5
	idTrackType    = 0x83
	idEnabled      = 0xB9
	idLanguage     = 0x22B59C
	idCodecID      = 0x86
	idCodecPrivate = 0x63A2
	idDefaultDur   = 0x23E383
	idEncodings    = 0x6D80
	idVideo        = 0xE0
	idAudio        = 0xE1
	idAlpha        = 0x53C0
	idColour       = 0x55B0
	idMastering    = 0x55D0
	idProjection   = 0x7670
	idRoll         = 0x7675
)

// webmTrack is a track that is kept.
type webmTrack struct {
	number uint64
	length uint64 // nanoseconds of a frame; 0 = not said
	alpha  bool
}

// numbers are the elements that may stay in a master element: all of them
// integers or floating-point numbers, or masters of such.
type numbers map[uint32]numbers

var trackNumbers = numbers{
	0x88: nil, 0x9C: nil, idDefaultDur: nil, 0x56AA: nil, 0x56BB: nil, // default, lacing, frame length, delay, pre-roll
	idVideo: {
		0x9A: nil, 0x9D: nil, 0x53B8: nil, idAlpha: nil, // interlaced, field order, stereo, alpha
		0xB0: nil, 0xBA: nil, 0x54AA: nil, 0x54BB: nil, 0x54CC: nil, 0x54DD: nil, // size, crop
		0x54B0: nil, 0x54BA: nil, 0x54B2: nil, // displayed size
		idColour: {
			0x55B1: nil, 0x55B2: nil, 0x55B3: nil, 0x55B4: nil, 0x55B5: nil, 0x55B6: nil, 0x55B7: nil, 0x55B8: nil,
			0x55B9: nil, 0x55BA: nil, 0x55BB: nil, 0x55BC: nil, 0x55BD: nil,
			idMastering: {
				0x55D1: nil, 0x55D2: nil, 0x55D3: nil, 0x55D4: nil, 0x55D5: nil,
				0x55D6: nil, 0x55D7: nil, 0x55D8: nil, 0x55D9: nil, 0x55DA: nil,
			},
		},
		idProjection: {0x7671: nil, 0x7673: nil, 0x7674: nil, idRoll: nil},
	},
	idAudio: {0xB5: nil, 0x78B5: nil, 0x9F: nil, 0x6264: nil},
}

// keep writes the elements of a body again that are allowed.
func (allowed numbers) keep(body []byte) ([]byte, bool) {
	list, ok := fields(body)
	var b []byte
	for _, f := range list {
		inner, allowed := allowed[f.id]
		switch {
		case !allowed:
		case inner != nil:
			kept, fine := inner.keep(f.body)
			ok = ok && fine
			b = append(b, put(f.id, kept)...)
		case len(f.body) <= 8:
			b = append(b, put(f.id, f.body)...)
		}
	}
	return b, ok
}

// entry is what a TrackEntry says.
type webmEntry struct {
	number, kind uint64
	codec        string
	private      []byte
	enabled      bool
	encoded      bool // encrypted or compressed
	body         []byte
}

// tracks chooses the first video and the first audio track.
func (w *webm) tracks(b []byte) *Fault {
	list, ok := fields(b)
	if !ok {
		return damaged("its list of tracks is wrong")
	}
	w.list = []byte{}
	for _, f := range list {
		if f.id != idTrackEntry {
			continue
		}
		e, ok := readEntry(f.body)
		if !ok {
			return damaged("its list of tracks is wrong")
		}
		if !e.enabled || e.kind == 1 && w.video != nil || e.kind == 2 && w.audio != nil || e.kind != 1 && e.kind != 2 {
			continue
		}
		if fault := w.take(e); fault != nil {
			return fault
		}
	}
	w.info.Sound = w.video == nil
	switch {
	case w.video == nil && w.audio == nil:
		return faultf(exportFilm, "holds no picture or sound")
	case w.video == nil:
		w.info.Type = "audio/webm"
	}
	return nil
}

func readEntry(b []byte) (webmEntry, bool) {
	e := webmEntry{body: b, enabled: true}
	list, ok := fields(b)
	for _, f := range list {
		switch f.id {
		case idTrackNumber:
			e.number = f.uint()
		case idTrackType:
			e.kind = f.uint()
		case idEnabled:
			e.enabled = f.uint() != 0
		case idCodecID:
			e.codec = strings.TrimRight(string(f.body), "\x00")
		case idCodecPrivate:
			e.private = f.body
		case idEncodings:
			e.encoded = true
		}
	}
	return e, ok && e.number > 0 && e.number < 1<<56-1
}

// take adds a track to the new list.
func (w *webm) take(e webmEntry) *Fault {
	if e.encoded {
		return faultf("send it without protection", "is encrypted")
	}
	private, codecs, fault := w.private(e)
	if fault != nil {
		return fault
	}
	kept, ok := trackNumbers.keep(e.body)
	if !ok {
		return damaged("its list of tracks is wrong")
	}
	t := &webmTrack{number: e.number}
	if fault := w.describe(t, e, kept); fault != nil {
		return fault
	}
	b := append(putUint(idTrackNumber, e.number), putUint(idTrackUID, e.number)...)
	b = append(b, putUint(idTrackType, e.kind)...)
	b = append(b, put(idLanguage, []byte("und"))...)
	b = append(b, put(idCodecID, []byte(e.codec))...)
	if private != nil {
		b = append(b, put(idCodecPrivate, private)...)
	}
	w.list = append(w.list, put(idTrackEntry, append(b, kept...))...)
	w.info.Codecs = joinCodecs(w.info.Codecs, codecs)
	return nil
}

func joinCodecs(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// private checks a codec and returns its configuration without comments.
func (w *webm) private(e webmEntry) (private []byte, codecs string, fault *Fault) {
	wrong := damaged("the configuration of its codec is wrong")
	switch e.codec {
	case "V_VP8":
		w.info.Video = "VP8"
		return nil, "vp8", nil
	case "V_VP9":
		w.info.Video = "VP9"
		return vp9Private(e.private), "vp9", nil
	case "V_AV1":
		w.info.Video, w.info.Partly = "AV1", partlyAV1
		if e.private == nil {
			return nil, "", nil
		}
		b, ok := av1Config(e.private)
		if !ok {
			return nil, "", wrong
		}
		return b, av1Codecs(b), nil
	case "A_OPUS":
		w.info.Audio = "Opus"
		n := opusHead(e.private)
		if n == 0 {
			return nil, "", wrong
		}
		return e.private[:n], "opus", nil
	case "A_VORBIS":
		w.info.Audio = "Vorbis"
		b, ok := vorbisPrivate(e.private)
		if !ok {
			return nil, "", wrong
		}
		return b, "vorbis", nil
	}
	return nil, "", faultf(exportFilm, "is a WebM film with the codec %q, which does not belong there", short(e.codec))
}

func short(s string) string { return s[:min(len(s), 32)] }

// vp9Private keeps the features of one byte each that WebM's guidelines name.
func vp9Private(b []byte) []byte {
	var kept []byte
	for len(b) >= 3 && b[1] == 1 && b[0] >= 1 && b[0] <= 4 {
		kept, b = append(kept, b[:3]...), b[3:]
	}
	return kept
}

// vorbisPrivate takes the three headers of Vorbis apart (RFC 9559, section
// 5.1.4.1.22 by way of Matroska's codec mappings) and empties the comments.
func vorbisPrivate(b []byte) ([]byte, bool) {
	if len(b) < 3 || b[0] != 2 {
		return nil, false
	}
	first, b, ok := laced(b[1:])
	if !ok {
		return nil, false
	}
	second, b, ok := laced(b)
	if !ok || first != 30 || len(b) < first+second {
		return nil, false
	}
	setup := b[first+second:]
	if string(b[:7]) != "\x01vorbis" || len(setup) < 7 || string(setup[:7]) != "\x05vorbis" {
		return nil, false
	}
	comments := emptyComments()
	out := append([]byte{2, 30, byte(len(comments))}, b[:30]...)
	return append(append(out, comments...), setup...), true
}

// laced reads a length that is written as a sum of bytes.
func laced(b []byte) (n int, rest []byte, ok bool) {
	for i, c := range b {
		n += int(c)
		if c < 255 {
			return n, b[i+1:], true
		}
	}
	return 0, nil, false
}

// describe reads the numbers of a track that is kept.
func (w *webm) describe(t *webmTrack, e webmEntry, kept []byte) *Fault {
	list, _ := fields(kept)
	for _, f := range list {
		switch f.id {
		case idDefaultDur:
			t.length = f.uint() & (1<<48 - 1)
		case idVideo:
			if fault := w.displayed(t, f.body); fault != nil {
				return fault
			}
		}
	}
	if e.kind == 2 {
		w.audio = t
		return nil
	}
	w.video = t
	if w.info.Width == 0 {
		return damaged("it does not say how large it is")
	}
	return nil
}

// displayed reads the size of the picture.
func (w *webm) displayed(t *webmTrack, b []byte) *Fault {
	list, _ := fields(b)
	v := map[uint32]uint64{}
	for _, f := range list {
		v[f.id] = f.uint() & (1<<32 - 1)
		if f.id == idProjection && quarter(f.body) {
			v[idRoll] = 1
		}
	}
	t.alpha = v[idAlpha] == 1
	width, height := int64(v[0xB0])-int64(v[0x54CC])-int64(v[0x54DD]), int64(v[0xBA])-int64(v[0x54BB])-int64(v[0x54AA])
	if width < 1 || height < 1 || v[0xB0] > maxEdge || v[0xBA] > maxEdge {
		return damaged("it says a wrong size")
	}
	dw, dh := int64(v[0x54B0]), int64(v[0x54BA])
	if dw > 0 && dh > 0 && v[0x54B2] == 0 && dw <= maxEdge && dh <= maxEdge {
		width, height = dw, dh
	} else if dw > 0 && dh > 0 && v[0x54B2] == 3 && dw < 1<<16 && dh < 1<<16 {
		width, height = stretched(width, height, dw*height, dh*width)
	}
	if v[idRoll] == 1 {
		width, height = height, width
	}
	w.info.Width, w.info.Height = int(width), int(height)
	return nil
}

// stretched applies a pixel aspect of h:v by making one side longer, as
// browsers do.
func stretched(width, height, h, v int64) (int64, int64) {
	switch {
	case h <= 0 || v <= 0 || h == v:
		return width, height
	case h > v:
		return min((width*h+v/2)/v, 4*maxEdge), height
	}
	return width, min((height*v+h/2)/h, 4*maxEdge)
}

// quarter says that a projection turns the picture on its side.
func quarter(b []byte) bool {
	list, _ := fields(b)
	for _, f := range list {
		if f.id == idRoll && len(f.body) == 4 {
			return math.Abs(math.Abs(float64(math.Float32frombits(be32(f.body))))-90) < 1
		}
		if f.id == idRoll && len(f.body) == 8 {
			return math.Abs(math.Abs(math.Float64frombits(be64(f.body)))-90) < 1
		}
	}
	return false
}
