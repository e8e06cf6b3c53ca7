package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Info is what is known of a picture without decoding it.
type Info struct {
	Path          string // in the Studio's file system
	Format        string // "jpeg", "png", "gif", "webp"
	Width, Height int    // as displayed: EXIF orientation is applied
	Size          int64  // bytes
	Hash          string // SHA-256 of the content, 64 hex digits
	Taken         string // when, by the camera's clock: "2026-11-02T08:14:00", with "+03:00" where it says so; "" = unknown
	HasGPS        bool   // says where it was taken; renditions never do
	Animated      bool   // has more frames than the first, which alone is shown

	orientation int // EXIF: 1 to 8
	heavy       bool
}

// stored returns the size before the orientation is applied.
func (i *Info) stored() (w, h int) {
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
	data, fault, err := s.read(path, st)
	if fault != nil || err != nil {
		return nil, fault, err
	}
	info, fault := inspect(data, s.limits)
	if fault != nil {
		return nil, fault, nil
	}
	info.Path = path
	if info.Size == st.Size() {
		s.index.note(path, st, info)
	}
	return info, nil, nil
}

// within says whether a remembered picture still is within the limits.
func (s *Studio) within(i *Info) bool {
	return i.Size <= s.limits.bytes() && s.limits.size(i.Width, i.Height, i.Size) == nil
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
	most := s.limits.bytes()
	switch {
	case !st.Mode().IsRegular():
		return nil, faultf("put the picture itself there", "is not a file but a folder, link or device"), nil
	case st.Size() > most:
		return nil, tooHeavy(st.Size(), most), nil
	}
	f, err := s.fsys.Open(path)
	if err != nil {
		fault, err := missing(err)
		return nil, fault, err
	}
	defer f.Close()
	var b bytes.Buffer
	b.Grow(int(st.Size()) + bytes.MinRead)
	if _, err := io.Copy(&b, io.LimitReader(f, most+1)); err != nil {
		return nil, nil, err
	}
	if int64(b.Len()) > most { // it grows while it is read
		return nil, tooHeavy(int64(b.Len()), most), nil
	}
	return b.Bytes(), nil, nil
}

func tooHeavy(size, most int64) *Fault {
	return faultf(fmt.Sprintf("save it as JPEG at quality 90; the limit is %d MB", most/1e6), "is too large: %d MB", size/1e6)
}

// inspect tells what data is.
func inspect(data []byte, limits Limits) (*Info, *Fault) {
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
	if fault := limits.size(h.w, h.h, int64(len(data))); fault != nil {
		return nil, fault
	}
	info := &Info{Format: format, Width: h.w, Height: h.h, Size: int64(len(data)), Animated: h.animated, heavy: h.heavy}
	exif := readExif(h.exif)
	info.orientation, info.Taken, info.HasGPS = exif.orientation, exif.taken, exif.gps || h.gps
	if orientations[info.orientation].swap {
		info.Width, info.Height = info.Height, info.Width
	}
	sum := sha256.Sum256(data)
	info.Hash = hex.EncodeToString(sum[:])
	return info, nil
}

// header is what a format's reader finds.
type header struct {
	w, h     int // as stored
	whole    bool
	animated bool
	heavy    bool   // takes far more memory to decode than its pixels
	exif     []byte // TIFF structure, or nil
	gps      bool   // told by something other than EXIF
}

// readers holds one function a format that can be decoded.
var readers = map[string]func([]byte) (header, *Fault){
	"jpeg": readJPEG, "png": readPNG, "gif": readGIF, "webp": readWebP,
}

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
	case is(0, "\x1aE\xdf\xa3"), is(0, "RIFF") && is(8, "AVI "):
		return "film"
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
		return "AVIF"
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return "HEIC"
	case "crx ":
		return "TIFF or raw camera"
	}
	return "film"
}

func unreadable(format string) *Fault {
	const export = "open it in a picture program and export it as JPEG"
	switch format {
	case "":
		return faultf("put a JPEG, PNG, WebP or GIF picture there", "is not a picture")
	case "film":
		return faultf("put a picture there", "is a film, not a picture")
	case "HEIC":
		return faultf("export it as JPEG; an iPhone does so when Settings, Camera, Formats is set to Most Compatible",
			"is a HEIC picture, which cannot be read yet")
	}
	return faultf(export, "is %s %s picture, which cannot be read", article(format), format)
}

func article(word string) string {
	if strings.ContainsRune("AS", rune(word[0])) { // AVIF, SVG
		return "an"
	}
	return "a"
}
