package source

import (
	"path"
	"strings"
)

// What makes new folders of the format asks here.

// MaxStory is the longest body of a submission, in bytes.
const MaxStory = maxStory

// IDMin and IDMax bound the length of an id, in bytes.
const (
	IDMin = 4
	IDMax = maxID
)

// BeginLen is how many of a file's first bytes tell what it is.
const BeginLen = sniffLen

// Fold returns a file's name as names are compared: composed and case folded.
func Fold(name string) string { return fold(name) }

// Natural compares names so that 2.jpg comes before 10.jpg, as media are put in
// order.
func Natural(a, b string) int { return natural(a, b) }

// IsMediaName reports whether a file's name ends as those of pictures, films and
// recordings do, taken or not.
func IsMediaName(name string) bool {
	is := extensions[strings.TrimPrefix(path.Ext(fold(name)), ".")]
	return is.isPicture() || is.isMoving() || is == tiffFile || is == bmpFile || is == svgFile
}

// IsPictureName reports whether a file's name ends as those of pictures do that
// are taken.
func IsPictureName(name string) bool {
	return extensions[strings.TrimPrefix(path.Ext(fold(name)), ".")].isPicture()
}

// TakenAs returns the format of a file by its first bytes ("JPEG") and the
// ending its name should have ("jpg"), or in words why it is not taken and what
// to do.
func TakenAs(begin []byte) (format, ext, refused, hint string) {
	is := sniff(begin)
	if is == lfsPointer {
		return "", "", "only a pointer to a file kept in Git LFS", `run "git lfs pull"`
	}
	if r, bad := refusals[is]; bad || !is.isTaken() {
		if r.text == "" {
			r = refusals[otherFile]
		}
		return "", "", strings.Replace(r.text, "WHAT", "picture, film or sound", 1), r.hint
	}
	return string(is), endings[is], "", ""
}

// endings are the usual ends of names.
var endings = map[format]string{
	jpegFile: "jpg", pngFile: "png", webpFile: "webp", gifFile: "gif", avifFile: "avif", heicFile: "heic", mp4File: "mp4", movFile: "mov",
	webmFile: "webm", mp3File: "mp3", m4aFile: "m4a", oggFile: "ogg", wavFile: "wav", flacFile: "flac",
}
