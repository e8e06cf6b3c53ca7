package card

import "strconv"

// rgb is an opaque sRGB colour.
type rgb [3]uint8

// scheme is the colours of one card. All text has a contrast of 4.5:1 at
// least on its ground (WCAG 2.2, 1.4.3), which a test proves over brands.
type scheme struct {
	paper  rgb // the ground
	ink    rgb // title and credit
	soft   rgb // the site's name
	accent rgb // the brand as text
	mark   rgb // the brand as a mark: 3:1
	line   rgb // hairlines

	fill   rgb // the brand as a ground
	onFill rgb // text on it
	veiled rgb // lesser text on it
}

var (
	white    = rgb{255, 255, 255}
	black    = rgb{}
	bright   = rgb{253, 251, 247}
	offWhite = rgb{246, 243, 238}
	offBlack = rgb{20, 19, 18}
	neutral  = rgb{90, 84, 78} // in place of a brand that is no colour
)

// Contrasts are kept a little above what must be, for luminance is rounded.
const (
	contrastText = 455 // hundredths
	contrastMark = 305
)

// schemeOf computes the colours for a brand.
func schemeOf(brand string, dark bool) scheme {
	b, ok := parseColour(brand)
	if !ok {
		b = neutral
	}
	s := scheme{paper: mix(bright, b, 8), ink: mix(offBlack, b, 28)}
	away, ground := black, b
	if dark {
		s = scheme{paper: mix(offBlack, b, 14), ink: mix(offWhite, b, 12)}
		away, ground = white, mix(b, black, 112)
	}
	s.soft = veil(s.ink, s.paper, 110, contrastText, s.paper)
	s.line = mix(s.paper, s.ink, 44)
	s.accent = towards(b, away, contrastText, s.paper)
	s.mark = towards(b, away, contrastMark, s.paper)
	s.fill, s.onFill = fill(ground)
	s.veiled = veil(s.onFill, s.fill, 72, contrastText, s.fill)
	return s
}

// fill keeps the brand as a ground where white or near-black letters can be
// read on it; a step to the dark that is hardly seen is worth white letters.
func fill(b rgb) (ground, letters rgb) {
	for n := 0; n <= 28; n++ {
		if g := mix(b, black, n); contrast(white, g) >= contrastText {
			return g, veil(white, g, 12, contrastText, g)
		}
	}
	return b, veil(black, b, 32, contrastText, b)
}

// veil returns a with at most n/256 of b, as much as the contrast on the
// ground allows.
func veil(a, b rgb, n, least int, ground rgb) rgb {
	for ; n > 0; n-- {
		if c := mix(a, b, n); contrast(c, ground) >= least {
			return c
		}
	}
	return a
}

// towards returns the colour on the way from c to the end that is nearest to c
// and has the contrast on the ground.
func towards(c, end rgb, least int, ground rgb) rgb {
	for n := 0; n < 256; n++ {
		if m := mix(c, end, n); contrast(m, ground) >= least {
			return m
		}
	}
	return end
}

// mix returns a with n/256 of b.
func mix(a, b rgb, n int) rgb {
	var out rgb
	for i := range out {
		out[i] = uint8((int(a[i])*(256-n) + int(b[i])*n + 128) >> 8)
	}
	return out
}

// contrast returns the contrast ratio of WCAG 2.2 in hundredths, rounded down.
func contrast(a, b rgb) int {
	x, y := luminance(a), luminance(b)
	const flare = 32768 // 0.05 of luminance's 655350
	return 100 * (max(x, y) + flare) / (min(x, y) + flare)
}

// luminance is the relative luminance of WCAG 2.2, from 0 to 655350.
func luminance(c rgb) int {
	return (2126*int(linear[c[0]]) + 7152*int(linear[c[1]]) + 722*int(linear[c[2]])) / 1000
}

// parseColour reads "#c8452f" or "#c42".
func parseColour(s string) (rgb, bool) {
	if len(s) == 4 && s[0] == '#' {
		s = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if len(s) != 7 || s[0] != '#' {
		return rgb{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 24)
	return rgb{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

// linear is the light of each sRGB value, of 65535 (IEC 61966-2-1): a table,
// for powers are not rounded alike on all processors.
var linear = [256]uint16{
	0, 20, 40, 60, 80, 99, 119, 139, 159, 179, 199, 219, 241, 264, 288, 313,
	340, 367, 396, 427, 458, 491, 526, 562, 599, 637, 677, 718, 761, 805, 851, 898,
	947, 997, 1048, 1101, 1156, 1212, 1270, 1330, 1391, 1453, 1517, 1583, 1651, 1720, 1790, 1863,
	1937, 2013, 2090, 2170, 2250, 2333, 2418, 2504, 2592, 2681, 2773, 2866, 2961, 3058, 3157, 3258,
	3360, 3464, 3570, 3678, 3788, 3900, 4014, 4129, 4247, 4366, 4488, 4611, 4736, 4864, 4993, 5124,
	5257, 5392, 5530, 5669, 5810, 5953, 6099, 6246, 6395, 6547, 6700, 6856, 7014, 7174, 7335, 7500,
	7666, 7834, 8004, 8177, 8352, 8528, 8708, 8889, 9072, 9258, 9445, 9635, 9828, 10022, 10219, 10417,
	10619, 10822, 11028, 11235, 11446, 11658, 11873, 12090, 12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909,
	14146, 14387, 14629, 14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456, 17727, 18001,
	18277, 18556, 18837, 19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177, 21481, 21787, 22096, 22407, 22721,
	23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325, 25662, 26001, 26344, 26688, 27036, 27386, 27739, 28094,
	28452, 28813, 29176, 29542, 29911, 30282, 30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350, 33745, 34143,
	34544, 34948, 35355, 35764, 36176, 36591, 37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891,
	41337, 41785, 42236, 42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423, 46903, 47385, 47871, 48359,
	48850, 49344, 49841, 50341, 50844, 51349, 51858, 52369, 52884, 53401, 53921, 54445, 54971, 55500, 56032, 56567,
	57105, 57646, 58190, 58737, 59287, 59840, 60396, 60955, 61517, 62082, 62650, 63221, 63795, 64372, 64952, 65535,
}
