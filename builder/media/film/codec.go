package film

import "fmt"

const (
	partlyHEVC = "Firefox and Chrome on many computers play no HEVC"
	partlyAV1  = "Safari plays AV1 only on newer devices"
)

// av1Config checks an AV1CodecConfigurationRecord (AV1 in ISOBMFF, 2.3.3) and
// keeps of its units only the sequence header.
func av1Config(b []byte) ([]byte, bool) {
	if len(b) < 4 || len(b) > maxConfig || b[0] != 0x81 {
		return nil, false
	}
	kept, b := append([]byte{}, b[:4]...), b[4:]
	for len(b) > 0 {
		n := obuSize(b)
		if n == 0 {
			break
		}
		if b[0]>>3&15 == 1 {
			kept = append(kept, b[:n]...)
		}
		b = b[n:]
	}
	return kept, true
}

// obuSize returns the length of the unit that b starts with (AV1, 5.3); 0 =
// it does not say, or is cut.
func obuSize(b []byte) int {
	at := 1
	if b[0]&4 != 0 { // extension
		at++
	}
	if b[0]&2 == 0 {
		return 0
	}
	n := 0
	for shift := 0; shift < 28; shift += 7 { // leb128
		if at >= len(b) {
			return 0
		}
		c := b[at]
		n |= int(c&0x7f) << shift
		at++
		if c < 0x80 {
			if n > len(b)-at {
				return 0
			}
			return at + n
		}
	}
	return 0
}

// av1Codecs names a configuration (AV1 in ISOBMFF, section 5).
func av1Codecs(b []byte) string {
	tier, depth := 'M', 8
	if b[2]&0x80 != 0 {
		tier = 'H'
	}
	if b[2]&0x40 != 0 {
		depth = 10
		if b[2]&0x20 != 0 {
			depth = 12
		}
	}
	return fmt.Sprintf("av01.%d.%02d%c.%02d", b[1]>>5, b[1]&31, tier, depth)
}
