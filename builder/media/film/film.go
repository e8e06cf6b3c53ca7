package film

import (
	"bytes"
	"fmt"
	"io"
)

// Fault says what is wrong with a film, for people: Text goes on from the
// file's name, Hint says what its sender can do.
type Fault struct {
	Text string
	Hint string
}

// String returns the text and the hint.
func (f *Fault) String() string { return f.Text + " (" + f.Hint + ")" }

func faultf(hint, text string, args ...any) *Fault {
	return &Fault{Text: fmt.Sprintf(text, args...), Hint: hint}
}

const (
	exportFilm  = "export it as MP4 with H.264 and AAC"
	exportSound = "export it as MP3, or as M4A with AAC"
	copyAgain   = "copy it again from the phone or camera"
)

func cut() *Fault { return faultf(copyAgain, "ends before the film does") }

func cutSound() *Fault { return faultf(copyAgain, "ends before the sound does") }

func damaged(what string) *Fault {
	return faultf("play it to the end to see whether it is whole, then "+exportFilm, "is damaged: %s", what)
}

// Info is what is known of a film or sound.
type Info struct {
	Format        string // "mp4", "mov", "webm", "mp3", "m4a", "ogg", "wav", "flac"
	Sound         bool   // has no picture
	Width, Height int    // as displayed: rotation and pixel aspect are applied; 0 for a sound
	Seconds       float64

	Video, Audio string // codecs for people: "H.264", "HEVC", "AV1", "VP9", "AAC", "Opus"; "" = none
	Type         string // of what Clean writes: "video/mp4", "audio/mpeg"
	Codecs       string // RFC 6381: "avc1.640028, mp4a.40.2"; "" where the type says enough
	Partly       string // which browsers do not play it, in words, where others do; "" = all do

	HasLocation bool   // the original says where it was taken, or has a track that mostly does
	HasDevice   bool   // the original says with what it was made
	Signed      bool   // the original holds a C2PA manifest, which does not outlive cleaning
	Taken       string // "2026-11-02T08:14:00Z", or with "+03:00" where the file says so; "" = unknown
}

// Probe reads the structure of a file of size bytes. It returns either an Info
// with the Clean that belongs to it, or a Fault. An error is a broken disk.
func Probe(r io.ReaderAt, size int64, l Limits) (*Info, *Clean, *Fault, error) {
	if size > l.bytes() {
		return nil, nil, l.tooHeavy(size), nil
	}
	s := newSource(r, size)
	info, clean, fault := probe(s)
	if s.err != nil {
		return nil, nil, nil, s.err
	}
	if fault == nil {
		fault = l.length(info)
	}
	if fault != nil {
		return nil, nil, fault, nil
	}
	return info, clean, nil, nil
}

// probe asks the reader of the format that the file's first bytes tell.
func probe(s *source) (*Info, *Clean, *Fault) {
	if s.size <= 0 {
		return nil, nil, faultf("copy it again: nothing of it has arrived", "is empty")
	}
	head := bytes.Clone(s.read(0, int(min(s.size, 64))))
	switch sniff(head) {
	case "mp4":
		return probeMP4(s)
	case "ebml":
		return probeWebM(s)
	case "ogg":
		return probeOgg(s)
	case "wav":
		return probeWAV(s)
	case "flac":
		return probeFLAC(s, 0, nil)
	case "id3":
		return probeID3(s)
	case "mp3":
		return probeMP3(s, 0, nil)
	}
	return nil, nil, unreadable(head)
}

// sniff tells the family of formats; "" = none that is taken.
func sniff(b []byte) string {
	at := func(i int, s string) bool { return len(b) >= i+len(s) && string(b[i:i+len(s)]) == s }
	switch {
	case at(4, "ftyp"), at(4, "moov"), at(4, "mdat"), at(4, "wide"), at(4, "free"), at(4, "skip"), at(4, "pnot"):
		return "mp4"
	case at(0, "\x1aE\xdf\xa3"):
		return "ebml"
	case at(0, "OggS"):
		return "ogg"
	case at(0, "RIFF") && at(8, "WAVE"):
		return "wav"
	case at(0, "fLaC"):
		return "flac"
	case at(0, "ID3"):
		return "id3"
	}
	if _, ok := readFrame(b); ok {
		return "mp3"
	}
	return ""
}

// unreadable names what is not taken, where its first bytes tell.
func unreadable(b []byte) *Fault {
	for _, k := range foreign {
		if len(b) >= k.at+len(k.magic) && string(b[k.at:k.at+len(k.magic)]) == k.magic {
			return faultf(k.hint, "is %s", k.name)
		}
	}
	return faultf("send the film or sound itself: MP4, MOV, WebM, MP3, M4A, Ogg, WAV or FLAC", "is no film or sound that can be read")
}

const theFilmItself = "send the film itself, not the list that names it"

var foreign = []struct {
	at                int
	magic, name, hint string
}{
	{0, "#EXTM3U", "a playlist, which only names films elsewhere", theFilmItself},
	{0, "\xef\xbb\xbf#EXTM3U", "a playlist, which only names films elsewhere", theFilmItself},
	{0, "[playlist]", "a playlist, which only names films elsewhere", theFilmItself},
	{0, "ffconcat", "a list of films, not a film", theFilmItself},
	{0, "<?xml", "a text, not a film", theFilmItself},
	{0, "<MPD", "a playlist, which only names films elsewhere", theFilmItself},
	{0, "<smil", "a playlist, which only names films elsewhere", theFilmItself},
	{0, "RTSPtext", "a playlist, which only names films elsewhere", theFilmItself},
	{8, "AVI ", "an AVI film, which no browser plays", exportFilm},
	{0, "0&\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file, which no browser plays", exportFilm},
	{0, "FLV\x01", "a Flash film, which no browser plays", exportFilm},
	{0, "\x00\x00\x01\xba", "an MPEG-1 or MPEG-2 film, which no browser plays", exportFilm},
	{0, "\x00\x00\x01\xb3", "an MPEG-1 or MPEG-2 film, which no browser plays", exportFilm},
	{0, "\x47\x40", "an MPEG transport stream, which most browsers do not play", exportFilm},
	{4, "\x47\x40", "an AVCHD film (MTS), which no browser plays", exportFilm},
	{0, ".RMF", "a RealMedia file, which no browser plays", exportFilm},
	{8, "AIFF", "an AIFF sound, which few browsers play", exportSound},
	{8, "AIFC", "an AIFF sound, which few browsers play", exportSound},
	{0, "#!AMR", "an AMR sound, which no browser plays", exportSound},
	{0, "caff", "a CAF sound, which few browsers play", exportSound},
	{0, "MThd", "MIDI, which is notes and not sound", exportSound},
	{0, "RF64", "a WAV file of the kind for more than 4 GB (RF64)", exportSound},
	{0, "\xff\xf1", "bare AAC, which has no length and no index", exportSound},
	{0, "\xff\xf9", "bare AAC, which has no length and no index", exportSound},
	{0, "\xff\xfc", "MPEG audio of layer II, which few browsers play", exportSound},
	{0, "\xff\xfd", "MPEG audio of layer II, which few browsers play", exportSound},
	{0, "GIF8", "a GIF picture, not a film", "put it among the pictures"},
	{0, "\x89PNG", "a picture, not a film", "put it among the pictures"},
	{0, "\xff\xd8\xff", "a picture, not a film", "put it among the pictures"},
}
