package film

import "bytes"

// span is a stretch of a file.
type span struct{ off, n int64 }

// hints searches tags for words that say where something was made and with
// what. It may say so once too often: it warns, and decides nothing.
func (i *Info) hints(s *source, tags span) {
	if tags.n <= 0 || tags.off >= s.size {
		return
	}
	i.look(s.read(tags.off, int(min(tags.n, maxTags, s.size-tags.off))))
}

// look searches tags that are in memory.
func (i *Info) look(tags []byte) {
	tags = lower(tags[:min(len(tags), maxTags)])
	i.HasLocation = i.HasLocation || containsAny(tags, placeWords)
	i.HasDevice = i.HasDevice || containsAny(tags, deviceWords)
	i.Signed = i.Signed || bytes.Contains(tags, []byte("c2pa"))
}

// lower returns b with its ASCII letters small; bytes.ToLower would change
// what is no UTF-8.
func lower(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if c >= 'A' && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

func containsAny(b []byte, words []string) bool {
	for _, w := range words {
		if bytes.Contains(b, []byte(w)) {
			return true
		}
	}
	return false
}

// Keys of QuickTime ("com.apple.quicktime.location.ISO6709"), 3GPP ("loci"),
// XMP ("exif:GPSLatitude"), Matroska ("RECORDING_LOCATION") and Vorbis
// comments ("GEO_LOCATION"), in small letters; 0xa9 is the © of old Mac OS,
// and 45 A3 (of which the E is small too) the TagName of Matroska.
var placeWords = []string{"location", "gps", "\xa9xyz", "loci", "latitude", "geotag", "iso6709"}

var deviceWords = []string{
	"quicktime.make", "quicktime.model", "android.manufacturer", "android.model", "\xa9mak", "\xa9mod", "manu", "modl",
	"tiff:make", "tiff:model", "make=", "model=", "make\x00", "model\x00", "e\xa3\x84make", "e\xa3\x85model", "device", "camera", "firm", "samsung", "gopro", "\xa9inf", "vndr",
}
