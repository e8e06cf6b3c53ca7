package source

import (
	"bytes"
	"strings"
)

// sniffLen is how many of a file's first bytes decide what it is.
const sniffLen = 512

// format is what a file's first bytes say it is.
type format string

// Formats that are taken.
const (
	jpegFile format = "JPEG"
	pngFile  format = "PNG"
	webpFile format = "WebP"
	gifFile  format = "GIF"
	avifFile format = "AVIF"
	heicFile format = "HEIC"
	mp4File  format = "MP4"
	movFile  format = "MOV"
	webmFile format = "WebM"
	mp3File  format = "MP3"
	m4aFile  format = "M4A"
	oggFile  format = "Ogg"
	wavFile  format = "WAV"
	flacFile format = "FLAC"
	vttFile  format = "WebVTT captions"

	linkedFilm format = "a film elsewhere"
)

// Formats that are recognised so that they can be refused with a word.
const (
	svgFile    format = "SVG"
	tiffFile   format = "TIFF"
	bmpFile    format = "BMP"
	mkvFile    format = "Matroska"
	aviFile    format = "AVI"
	pdfFile    format = "PDF"
	htmlFile   format = "HTML"
	lfsPointer format = "a Git LFS pointer"
	textFile   format = "text"
	otherFile  format = "unknown"
	emptyFile  format = "empty"
)

func (f format) isPicture() bool {
	return f == jpegFile || f == pngFile || f == webpFile || f == gifFile || f == avifFile || f == heicFile
}

func (f format) isMoving() bool {
	switch f {
	case mp4File, movFile, webmFile, mp3File, m4aFile, oggFile, wavFile, flacFile, mkvFile, aviFile, linkedFilm:
		return true
	}
	return false
}

// refusals says why a format is not taken and what to do. WHAT stands for
// what the file's name promises.
var refusals = map[format]struct{ text, hint string }{
	svgFile:   {"an SVG drawing, which can carry a program", "save it as PNG"},
	tiffFile:  {"a TIFF or camera raw picture, which browsers do not show", "save it as JPEG or PNG"},
	bmpFile:   {"a BMP picture, which is not taken", "save it as JPEG or PNG"},
	mkvFile:   {"a Matroska film, which browsers do not play", "save it as MP4 or WebM"},
	aviFile:   {"an AVI film, which browsers do not play", "save it as MP4 or WebM"},
	pdfFile:   {"a PDF document, not a picture", "save its pages as JPEG or PNG"},
	htmlFile:  {"not a WHAT: it begins like HTML", "it may be a web page saved in its place: download it again, signed in where needed"},
	textFile:  {"not a WHAT: it begins like text", "download it again, or delete it"},
	emptyFile: {"not a WHAT: it is empty", "copy it again"},
	otherFile: {"not a WHAT of a known kind", "save it as JPEG, PNG or MP4"},
}

// extensions maps the ends of names to the formats they promise; those not
// taken map to themselves, so that a wrong file with such a name is noticed.
var extensions = map[string]format{
	"jpg": jpegFile, "jpeg": jpegFile, "jpe": jpegFile, "jfif": jpegFile, "png": pngFile, "webp": webpFile,
	"gif": gifFile, "avif": avifFile, "heic": heicFile, "heif": heicFile, "mp4": mp4File, "m4v": mp4File,
	"mov": movFile, "qt": movFile, "webm": webmFile, "mp3": mp3File, "m4a": m4aFile, "ogg": oggFile, "oga": oggFile,
	"ogv": oggFile, "opus": oggFile, "wav": wavFile, "flac": flacFile, "svg": svgFile, "tif": tiffFile,
	"tiff": tiffFile, "dng": tiffFile, "nef": tiffFile, "cr2": tiffFile, "bmp": bmpFile, "mkv": mkvFile,
	"avi": aviFile, "3gp": mp4File, "pdf": pdfFile, "vtt": vttFile,
}

var signatures = []struct {
	at   int
	sign string
	is   format
}{
	{0, "\xff\xd8\xff", jpegFile},
	{0, "\x89PNG\r\n\x1a\n", pngFile},
	{0, "GIF87a", gifFile},
	{0, "GIF89a", gifFile},
	{0, "OggS", oggFile},
	{0, "fLaC", flacFile},
	{0, "ID3", mp3File},
	{0, "II*\x00", tiffFile},
	{0, "MM\x00*", tiffFile},
	{0, "II+\x00", tiffFile},
	{0, "%PDF-", pdfFile},
	{0, "WEBVTT", vttFile},
	{0, "\xef\xbb\xbfWEBVTT", vttFile},
	{0, "version https://git-lfs.github.com/spec/", lfsPointer},
	{4, "moov", movFile},
	{4, "mdat", movFile},
	{4, "wide", movFile},
	{4, "free", movFile},
	{4, "skip", movFile},
}

// sniff tells a format by a file's first bytes.
func sniff(b []byte) format {
	if len(b) == 0 {
		return emptyFile
	}
	for _, s := range signatures {
		if len(b) > s.at && bytes.HasPrefix(b[s.at:], []byte(s.sign)) {
			return s.is
		}
	}
	switch {
	case len(b) >= 12 && string(b[4:8]) == "ftyp":
		return sniffBrand(b)
	case len(b) >= 12 && string(b[:4]) == "RIFF":
		return sniffRIFF(string(b[8:12]))
	case bytes.HasPrefix(b, []byte("\x1aE\xdf\xa3")):
		if bytes.Contains(b[:min(len(b), 64)], []byte("webm")) {
			return webmFile
		}
		return mkvFile
	case len(b) > 14 && string(b[:2]) == "BM" && b[6]|b[7]|b[8]|b[9] == 0:
		return bmpFile
	case isMP3(b):
		return mp3File
	}
	return sniffText(b)
}

// sniffBrand tells the ISO base media files apart by their brands: the major
// one, and for mif1 and msf1, which say too little, the compatible ones.
func sniffBrand(b []byte) format {
	size := int(b[0])<<24 | int(b[1])<<16 | int(b[2])<<8 | int(b[3])
	brands := string(b[8:min(len(b), max(size, 12))])
	major := brands[:4]
	switch {
	case major == "avif" || major == "avis" || (major == "mif1" || major == "msf1") && strings.Contains(brands, "avi"):
		return avifFile
	case strings.HasPrefix(major, "hei") || strings.HasPrefix(major, "hev") || major == "mif1" || major == "msf1":
		return heicFile
	case major == "qt  ":
		return movFile
	case major == "M4A " || major == "M4B ":
		return m4aFile
	}
	return mp4File
}

func sniffRIFF(kind string) format {
	switch kind {
	case "WEBP":
		return webpFile
	case "WAVE":
		return wavFile
	case "AVI ":
		return aviFile
	}
	return otherFile
}

// isMP3 recognises an MPEG audio frame of layer III with possible fields
// (ISO 11172-3, 2.4.2.3).
func isMP3(b []byte) bool {
	return len(b) > 3 && b[0] == 0xff && b[1]&0xe6 == 0xe2 && b[1]&0x18 != 0x08 && b[2]>>4 != 0x0f && b[2]&0x0c != 0x0c
}

// sniffText tells HTML, SVG and other text from unknown bytes.
func sniffText(b []byte) format {
	if bytes.IndexByte(b, 0) >= 0 {
		return otherFile
	}
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(b), "\ufeff"), " \t\r\n"))
	for _, begin := range [...]string{"<!doctype html", "<html", "<head", "<body", "<script"} {
		if strings.HasPrefix(text, begin) {
			return htmlFile
		}
	}
	if strings.HasPrefix(text, "<") && strings.Contains(text, "<svg") {
		return svgFile
	}
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			return otherFile
		}
	}
	return textFile
}
