package media

import "gallerist/builder/media/heif"

// What work takes, in bytes a pixel, measured with the decoders and encoders
// that are used; BenchmarkWeight shows what is estimated and what it was.
const (
	planesRGB  = 3        // Y', Cb and Cr at full size, beside the decoder's own pixels
	pyramid420 = 1        // levels below the first, of all planes, rounded up
	slack      = 16 << 20 // bytes, not a pixel: what the collector has yet to take back
	encoding   = 8        // of the largest rendition: itself, what its scaling leaves, what an encoder takes
)

// weight estimates the memory that decoding at a scale takes, in bytes: the
// file, the decoder's own, our planes, and the slack.
func (i *Info) weight(scale int) int64 {
	w, h := i.stored()
	pixels := int64(w) * int64(h)
	switch i.Format {
	case "jpeg": // the decoder copies the file
		s := int64(scale * scale)
		return 2*i.Size + pixels*int64(i.extra) + pixels*(planesRGB+pyramid420)/s + slack
	case "heic", "avif":
		return i.Size + i.decoding + pixels*pyramid420 + slack
	}
	return i.Size + pixels*int64(i.extra) + slack
}

// weightOf estimates what making renditions takes beside decoding, in bytes.
func weightOf(renditions []Rendition) int64 {
	most := int64(0)
	for _, r := range renditions {
		each := int64(r.Width) * int64(r.Height) * encoding
		if r.format == "avif" {
			each += heif.EncodeWeight(r.Width, r.Height)
		}
		most = max(most, each)
	}
	return most
}

// largestScale is that at which decoding takes the least.
func (i *Info) largestScale() int {
	if i.Format != "jpeg" {
		return 1
	}
	return 8
}

// smallestScale is the scale for those who want the least of a picture.
func (i *Info) smallestScale() int {
	if i.Format != "jpeg" {
		return 1
	}
	return scaleFor(i.Width, i.Height, 128)
}
