package icc

// space is one of the spaces of ITU-T H.273, table 2.
type space struct {
	name           string
	chromaticities [4][2]float64 // red, green, blue, white
}

var (
	whiteC   = [2]float64{0.310, 0.316}
	whiteD65 = [2]float64{0.3127, 0.3290}
	whiteDCI = [2]float64{0.314, 0.351}
)

// primaries is indexed by H.273 ColourPrimaries.
var primaries = map[int]space{
	1:  {"BT.709", [4][2]float64{{0.640, 0.330}, {0.300, 0.600}, {0.150, 0.060}, whiteD65}},
	4:  {"BT.470 M", [4][2]float64{{0.67, 0.33}, {0.21, 0.71}, {0.14, 0.08}, whiteC}},
	5:  {"BT.601 625", [4][2]float64{{0.64, 0.33}, {0.29, 0.60}, {0.15, 0.06}, whiteD65}},
	6:  {"BT.601 525", [4][2]float64{{0.630, 0.340}, {0.310, 0.595}, {0.155, 0.070}, whiteD65}},
	7:  {"SMPTE 240M", [4][2]float64{{0.630, 0.340}, {0.310, 0.595}, {0.155, 0.070}, whiteD65}},
	8:  {"film", [4][2]float64{{0.681, 0.319}, {0.243, 0.692}, {0.145, 0.049}, whiteC}},
	9:  {"BT.2020", [4][2]float64{{0.708, 0.292}, {0.170, 0.797}, {0.131, 0.046}, whiteD65}},
	11: {"DCI-P3", [4][2]float64{{0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}, whiteDCI}},
	12: {"Display P3", [4][2]float64{{0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}, whiteD65}},
	22: {"EBU 3213", [4][2]float64{{0.630, 0.340}, {0.295, 0.605}, {0.155, 0.077}, whiteD65}},
}

// transfers is indexed by H.273 TransferCharacteristics. The curves of video
// (1, 6, 7, 11, 12, 14, 15) describe cameras, not screens: a still that carries
// them was made to look right on a screen of sRGB, as every viewer shows it.
var transfers = map[int]curve{
	1: srgbCurve, 6: srgbCurve, 7: srgbCurve, 11: srgbCurve, 12: srgbCurve, 14: srgbCurve, 15: srgbCurve,
	4: power(2.2), 5: power(2.8), 8: power(1), 13: srgbCurve,
}

// unspecified is the code for "not said", which MIAF (ISO/IEC 23000-22) wants
// taken for sRGB.
const unspecified = 2

// FromCodes returns the colour space with these codes of ITU-T H.273, as HEIF,
// AVIF and PNG carry them: ColourPrimaries and TransferCharacteristics. It
// returns nil where they are unknown, and for high dynamic range, for which see
// HDR.
func FromCodes(colourPrimaries, transferCharacteristics int) *Profile {
	if colourPrimaries == unspecified {
		colourPrimaries = 1
	}
	if transferCharacteristics == unspecified {
		transferCharacteristics = 13
	}
	s, ok := primaries[colourPrimaries]
	c := transfers[transferCharacteristics]
	if !ok || c == nil {
		return nil
	}
	p := &Profile{name: s.name, space: "RGB"}
	light := sample(c)
	if err := p.setRGB([3]*samples{light, light, light}, lights(s.chromaticities)); err != nil {
		return nil // no space of the table comes here: a test makes them all
	}
	if p.srgb {
		p.name = "sRGB"
	}
	return p
}

// HDR reports whether the transfer characteristics of ITU-T H.273 are those of
// high dynamic range, PQ or HLG: pictures that go beyond the brightness of
// white and need more than a conversion of colours.
func HDR(transferCharacteristics int) bool {
	return transferCharacteristics == 16 || transferCharacteristics == 18
}
