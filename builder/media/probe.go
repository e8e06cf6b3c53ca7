package media

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"gallerist/builder/media/film"
	"gallerist/builder/media/icc"
	"gallerist/builder/media/note"
)

// Info is what is known of a picture, a film or a recording without decoding
// it.
type Info struct {
	Path          string    // in the Studio's file system
	Format        string    // "jpeg", "png", "gif", "webp", "heic", "avif", or one of the package film's
	Width, Height int       // as displayed: orientation is applied; 0 for a recording
	Size          int64     // bytes
	Hash          string    // SHA-256 of the content, 64 hex digits
	Taken         string    // when, by the camera's clock: "2026-11-02T08:14:00", with "+03:00" where it says so; "" = unknown
	HasGPS        bool      // says where it was taken; what is published never does
	Animated      bool      // has more frames than the first, which alone is shown
	Alpha         bool      // has transparent places
	Signed        bool      // carries Content Credentials (C2PA), which no rendition keeps
	Profile       string    // name of its colour profile where that is not sRGB; "" = sRGB
	Odd           bool      // that profile is of a kind that cannot be converted: colours are taken as sRGB
	Clip          film.Info // of a film or a recording; see IsClip
	ClipSize      int64     // bytes of the cleaned film or recording

	orientation int   // EXIF: 1 to 8
	extra       int   // bytes a pixel that decoding takes, whatever the scale
	decoding    int64 // bytes that decoding takes, where the format's reader says so
	reduced     int   // by how much the reader of the format makes it smaller, 0 = not at all
	cut         *cut  // what it is a part of; nil = nothing, see Cut
}

// IsClip says whether it is a film or a recording, not a picture.
func (i *Info) IsClip() bool { return i.Clip.Type != "" }

// stored returns the size before the orientation is applied.
func (i *Info) stored() (w, h int) {
	i = i.whole()
	if orientations[i.orientation].swap {
		return i.Height, i.Width
	}
	return i.Width, i.Height
}

// Probe reads a picture's header and content: what it is, how it will be
// displayed, and whether it is whole. It returns either an Info, which is not
// to be changed, or a Fault. What has not changed since it was last read is
// not read again.
func (s *Studio) Probe(ctx context.Context, path string) (*Info, *Fault, error) {
	if err := errors.Join(ctx.Err(), s.index.open(s.store)); err != nil {
		return nil, nil, err
	}
	st, err := fs.Stat(s.fsys, path)
	if err != nil {
		fault, err := missing(err)
		return nil, fault, err
	}
	if info := s.index.find(path, st); info != nil && s.within(info) {
		return info, nil, nil
	}
	return s.examine(ctx, path, st)
}

// remember notes what was found in a file. Content is what was looked at.
func (s *Studio) remember(path string, st fs.FileInfo, info *Info, content io.Reader) error {
	if info.Size != st.Size() {
		return nil // it grows while it is read
	}
	s.index.note(path, st, info)
	return s.index.prove(path, st, info, content)
}

// examine reads a file, a film a piece at a time.
func (s *Studio) examine(ctx context.Context, path string, st fs.FileInfo) (*Info, *Fault, error) {
	if !st.Mode().IsRegular() {
		return nil, irregular(), nil
	}
	f, err := s.fsys.Open(path)
	if err != nil {
		fault, err := missing(err)
		return nil, fault, err
	}
	defer f.Close() // it was only read
	begin := make([]byte, 64)
	n, err := io.ReadFull(f, begin)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, err
	}
	begin = begin[:n]
	if sniff(begin) == clip {
		return s.probeClip(path, f, st)
	}
	release, err := s.reserve(ctx, min(st.Size(), s.limits.bytes()))
	if err != nil {
		return nil, nil, err
	}
	defer release()
	data, fault, err := s.readAll(io.MultiReader(bytes.NewReader(begin), f), st)
	if fault != nil || err != nil {
		return nil, fault, err
	}
	if hash, size, ok := pointer(data); ok {
		if info := s.index.content(path, hash, size); info != nil && s.within(info) {
			return info, nil, nil
		}
		return nil, unfetched(), nil
	}
	info, fault := inspect(data, s.limits)
	if fault != nil {
		return nil, fault, nil
	}
	info.Path = path
	return info, nil, s.remember(path, st, info, bytes.NewReader(data))
}

func unfetched() *Fault {
	return faultf(`run "git lfs pull" in the site's folder`, "is a pointer of Git LFS, whose picture was not fetched")
}

// Inline returns the Info of a picture that is in no file, such as a drawn
// poster. The name stands for its path in messages.
func (s *Studio) Inline(name string, data []byte) (*Info, *Fault) {
	info, fault := inspect(data, s.limits)
	if fault != nil {
		return nil, fault
	}
	info.Path = name
	s.inline.Store(info.Hash, data)
	return info, nil
}

// within says whether a remembered picture still is within the limits.
func (s *Studio) within(i *Info) bool {
	if i.IsClip() {
		return s.limits.FilmBytes <= 0 || i.Size <= s.limits.FilmBytes
	}
	full := max(1, i.reduced)
	return i.Size <= s.limits.bytes() && s.limits.size(i.Width*full, i.Height*full, i.Size) == nil
}

// missing tells what of not finding a file is the content's fault.
func missing(err error) (*Fault, error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return faultf("put the file there, or take its name out of the list", "does not exist"), nil
	case errors.Is(err, fs.ErrPermission):
		return faultf("give yourself the right to read the file", "may not be read"), nil
	}
	return nil, err
}

// read returns the content of a file that is not larger than the limit.
func (s *Studio) read(path string, st fs.FileInfo) ([]byte, *Fault, error) {
	if !st.Mode().IsRegular() {
		return nil, irregular(), nil
	}
	f, err := s.fsys.Open(path)
	if err != nil {
		fault, err := missing(err)
		return nil, fault, err
	}
	defer f.Close() // it was only read
	return s.readAll(f, st)
}

func (s *Studio) readAll(r io.Reader, st fs.FileInfo) ([]byte, *Fault, error) {
	most := s.limits.bytes()
	if st.Size() > most {
		return nil, tooHeavy(st.Size(), most), nil
	}
	var b bytes.Buffer
	b.Grow(int(st.Size()) + bytes.MinRead)
	if _, err := io.Copy(&b, io.LimitReader(r, most+1)); err != nil {
		return nil, nil, err
	}
	if int64(b.Len()) > most { // it grows while it is read
		return nil, tooHeavy(int64(b.Len()), most), nil
	}
	return b.Bytes(), nil, nil
}

func irregular() *Fault {
	return faultf("put the picture itself there", "is not a file but a folder, link or device")
}

func tooHeavy(size, most int64) *Fault {
	return faultf(fmt.Sprintf("save it as JPEG at quality 90; the limit is %d MB", most/1e6), "is too large: %d MB", size/1e6)
}

// inspect tells what data is.
func inspect(data []byte, limits Limits) (info *Info, fault *Fault) {
	defer caught(&fault)
	if len(data) == 0 {
		return nil, faultf("copy it again: nothing of it has arrived", "is empty")
	}
	format := sniff(data)
	read := readers[format]
	if read == nil {
		return nil, unreadable(format)
	}
	h, fault := read(data)
	if fault != nil {
		return nil, fault
	}
	if !h.whole {
		return nil, faultf("copy it again from the phone or camera", "ends before the picture does")
	}
	if fault := limits.size(h.w*max(1, h.reduced), h.h*max(1, h.reduced), int64(len(data))); fault != nil {
		return nil, fault
	}
	info = &Info{Format: format, Width: h.w, Height: h.h, Size: int64(len(data)), Animated: h.animated, Alpha: h.alpha,
		Signed: h.signed || note.Signed(format, data), extra: h.extra, decoding: h.decoding, reduced: h.reduced}
	if p := h.profile(); p != nil {
		info.Profile, info.Odd = cmp.Or(p.Name(), "without a name"), !p.Convertible()
	} else if len(h.icc) == 0 && icc.HDR(h.codes[1]) {
		info.Profile, info.Odd = "HDR", true
	}
	exif := readExif(h.exif)
	info.orientation, info.Taken, info.HasGPS = cmp.Or(h.orientation, exif.orientation), exif.taken, exif.gps || h.gps
	if orientations[info.orientation].swap {
		info.Width, info.Height = info.Height, info.Width
	}
	if info.weight(info.largestScale()) > maxWeight {
		hint, kind := "make it smaller, 4000 pixels on the longer side are plenty, or save it as JPEG", strings.ToUpper(format)
		if format == "jpeg" {
			hint, kind = "save it as JPEG without the option progressive, or smaller", "progressive JPEG"
		}
		return nil, faultf(hint, "takes too much memory to read: %d × %d pixels as %s", h.w, h.h, kind)
	}
	sum := sha256.Sum256(data)
	info.Hash = hex.EncodeToString(sum[:])
	return info, nil
}

// profile returns the colours a picture was taken in, nil for sRGB and for
// what cannot be understood.
func (h *header) profile() *icc.Profile {
	var p *icc.Profile
	switch {
	case len(h.icc) > 0:
		p, _ = icc.Parse(h.icc) // a damaged profile is none
	case h.codes[0] > 0:
		p = icc.FromCodes(h.codes[0], h.codes[1])
	}
	if p == nil || p.SRGB() || !h.fits(p.Space()) {
		return nil
	}
	return p
}

// fits says whether the picture has the channels that a profile is for. A gray
// picture is one whose three channels are equal.
func (h *header) fits(space string) bool {
	switch {
	case h.inks:
		return space == "CMYK"
	case h.gray:
		return space == "GRAY" || space == "RGB"
	}
	return space != "GRAY" && space != "CMYK"
}

// profileOf returns the profile of a picture, nil where it cannot be converted.
func profileOf(data []byte, format string) *icc.Profile {
	h, fault := readers[format](data)
	if fault != nil {
		return nil
	}
	if p := h.profile(); p != nil && p.Convertible() {
		return p
	}
	return nil
}

// header is what a format's reader finds.
type header struct {
	w, h     int // as stored
	whole    bool
	animated bool
	alpha    bool
	signed   bool
	gray     bool // has no colours
	inks     bool // is made of four inks
	adobe    bool // a JPEG that says which
	coded    jpegCoding
	extra    int    // bytes a pixel that decoding takes, whatever the scale
	exif     []byte // TIFF structure, or nil
	gps      bool   // told by something other than EXIF
	icc      []byte // colour profile, or nil
	codes    [2]int // colour primaries and transfer (H.273), where they are told by number

	orientation int   // where it is not EXIF's
	decoding    int64 // bytes that decoding takes
	reduced     int   // by how much decoding makes it smaller, 0 = not at all
}

// readers holds one function a format that can be decoded.
var readers = map[string]func([]byte) (header, *Fault){
	"jpeg": readJPEG, "png": readPNG, "gif": readGIF, "webp": readWebP, "heic": readHEIF, "avif": readHEIF,
}

// clip is what sniff calls films and recordings, which the package film tells
// apart.
const clip = "film"

// sniff names a format by its first bytes, "" for what it does not know.
func sniff(data []byte) string {
	is := func(at int, magic string) bool {
		return len(data) >= at+len(magic) && string(data[at:at+len(magic)]) == magic
	}
	switch {
	case is(0, "\xff\xd8\xff"):
		return "jpeg"
	case is(0, "\x89PNG\r\n\x1a\n"):
		return "png"
	case is(0, "GIF87a"), is(0, "GIF89a"):
		return "gif"
	case is(0, "RIFF") && is(8, "WEBP"):
		return "webp"
	case is(4, "ftyp") && len(data) >= 12:
		return brand(string(data[8:12]))
	case is(0, "II*\x00"), is(0, "MM\x00*"), is(0, "II+\x00"), is(0, "MM\x00+"):
		return "TIFF or raw camera"
	case is(0, "BM") && is(6, "\x00\x00\x00\x00"):
		return "BMP"
	case is(0, "8BPS"):
		return "Photoshop"
	case is(0, "%PDF"):
		return "PDF"
	case is(0, "\xff\x0a"), is(4, "JXL "):
		return "JPEG XL"
	case is(0, "\x1aE\xdf\xa3"), is(0, "OggS"), is(0, "fLaC"), is(0, "ID3"), is(0, "RIFF") && is(8, "WAVE"),
		is(4, "moov"), is(4, "mdat"), is(4, "wide"), is(4, "free"), is(4, "skip"),
		len(data) > 2 && data[0] == 0xff && data[1]&0xe6 == 0xe2:
		return clip
	case is(0, "RIFF") && is(8, "AVI "):
		return "AVI"
	}
	start := data[:min(len(data), 1024)]
	if bytes.Contains(start, []byte("<svg")) {
		return "SVG"
	}
	return ""
}

// brand tells the formats that begin with an ftyp box.
func brand(b string) string {
	switch b {
	case "avif", "avis":
		return "avif"
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return "heic"
	case "crx ":
		return "TIFF or raw camera"
	}
	return clip
}

func unreadable(format string) *Fault {
	const export = "open it in a picture program and export it as JPEG"
	switch format {
	case "":
		return faultf("put a JPEG, PNG, WebP, GIF, HEIC or AVIF picture there, or an MP4 film", "is not a picture")
	case clip:
		return faultf("put a picture there", "is a film, not a picture")
	}
	return faultf(export, "is %s %s picture, which cannot be read", article(format), format)
}

func article(word string) string {
	if strings.ContainsRune("AS", rune(word[0])) { // AVI, SVG
		return "an"
	}
	return "a"
}
