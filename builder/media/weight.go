package media

// What decoding a picture takes, in bytes a pixel, measured with the decoders
// that are used; BenchmarkWeight shows them.
const (
	planesRGB  = 3 // Y', Cb and Cr at full size, beside the decoder's own pixels
	pyramid420 = 1 // levels below the first, of all planes, rounded up
)

// weight estimates the memory that decoding at a scale takes, in bytes.
func (i *Info) weight(scale int) int64 {
	w, h := i.stored()
	pixels := int64(w) * int64(h)
	each := int64(4 + planesRGB + pyramid420)
	switch i.Format {
	case "jpeg":
		s := int64(scale * scale)
		return pixels*int64(i.extra) + pixels*4/s + 1
	case "heic", "avif":
		return i.decoding + pixels*pyramid420 + 1
	}
	return pixels*(each+int64(i.extra)) + 1
}

// smallestScale is the scale for those who want the least of a picture.
func (i *Info) smallestScale() int {
	if i.Format != "jpeg" {
		return 1
	}
	return scaleFor(i.Width, i.Height, 128)
}
