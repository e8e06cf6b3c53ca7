package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"slices"
	"testing"
	"testing/fstest"
)

// glasses is pictures with transparent places of all kinds.
func glasses(t testing.TB) fstest.MapFS {
	clear := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	small := image.NewPaletted(image.Rect(30, 20, 40, 30), color.Palette{color.Black, color.White})
	g := &gif.GIF{Image: []*image.Paletted{small}, Delay: []int{0}, Config: image.Config{Width: 64, Height: 64, ColorModel: small.Palette}}
	var canvas bytes.Buffer
	if err := gif.EncodeAll(&canvas, g); err != nil {
		t.Fatal(err)
	}
	hole := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{color.NRGBA{}, color.Black})
	return fstest.MapFS{
		"clear.png":  {Data: pngOf(t, clear)},
		"p3.png":     {Data: pngWith(pngOf(t, clear), chunkWithSum("cICP", "\x0c\x0d\x00\x01"))},
		"wide.png":   {Data: pngWith(pngOf(t, clear), iccChunk(profileOfGamma("Wide", 2.19921875, adobeRGB)))},
		"canvas.gif": {Data: canvas.Bytes()},
		"hole.gif":   {Data: gifOf(t, hole)},
		"hole.png":   {Data: pngOf(t, hole)},
		"red.webp":   {Data: fromBase64(t, redGlass)},
	}
}

func iccChunk(profile []byte) []byte {
	return chunkWithSum("iCCP", "x\x00\x00"+string(zlibbed(profile)))
}

func lookAt(t testing.TB, fsys fstest.MapFS, name string, store Store, ground [3]byte) (*Info, Source, string) {
	t.Helper()
	s := New(fsys, store, Options{Ground: &ground})
	info, fault, err := s.Probe(t.Context(), name)
	if fault != nil || err != nil {
		t.Fatal(name, fault, err)
	}
	rend := s.Plan([]Recipe{{Name: "a", Widths: []int{64}, Formats: []string{"jpeg"}}}, info, Look{})["a"]
	r := mustMake(t, s, []Job{{info, rend}})
	if r.Sources[0].Fault != nil {
		t.Fatal(name, r.Sources[0].Fault)
	}
	return info, r.Sources[0], rend[0].Path + " " + contents(t, r)[rend[0].Path]
}

// TestGround holds that what lies under transparent places is part of each
// path, and that colours are not remembered of another ground.
func TestGround(t *testing.T) {
	fsys := glasses(t)
	for _, name := range sortedKeys(fsys) {
		store := MemStore()
		white, black := [3]byte{255, 255, 255}, [3]byte{0, 0, 0}
		info, onWhite, fileOnWhite := lookAt(t, fsys, name, store, white)
		_, onBlack, fileOnBlack := lookAt(t, fsys, name, store, black)
		_, cold, _ := lookAt(t, fsys, name, MemStore(), black)
		if !info.Alpha || onWhite.Color == onBlack.Color || onBlack != cold {
			t.Errorf("%s, alpha %v: %v on white, then %v on black, which is %v", name, info.Alpha, onWhite, onBlack, cold)
		}
		if fileOnWhite[:40] == fileOnBlack[:40] {
			t.Errorf("%s: one path on two grounds", name)
		}
	}
}

// TestGroundConverted holds that the ground stays what it is where the
// colours of a picture are converted.
func TestGroundConverted(t *testing.T) {
	fsys := glasses(t)
	for _, ground := range [][3]byte{{200, 30, 60}, {244, 239, 230}, {255, 255, 255}, {20, 24, 30}, {0, 0, 0}} {
		for _, name := range []string{"clear.png", "p3.png", "wide.png"} {
			_, src, _ := lookAt(t, fsys, name, MemStore(), ground)
			if want := fmt.Sprintf("#%x", ground); !near(src.Color, want, 2) {
				t.Errorf("%s on %s: %s", name, want, src.Color)
			}
		}
	}
}

// TestOpaqueLossless holds that a lossless WebP which says that it has no
// transparent places has none, whatever its pixels say.
func TestOpaqueLossless(t *testing.T) {
	data := fromBase64(t, lossless)
	data[24] &^= 0x10
	fsys := fstest.MapFS{"a.webp": {Data: data}}
	info, _, a := lookAt(t, fsys, "a.webp", MemStore(), [3]byte{255, 255, 255})
	_, _, b := lookAt(t, fsys, "a.webp", MemStore(), [3]byte{0, 0, 0})
	if info.Alpha || a != b {
		t.Errorf("alpha %v, the same on every ground %v", info.Alpha, a == b)
	}
}

// grayProfile returns a gray profile, without a name, of a gamma of 3.
func grayProfile() []byte {
	b := make([]byte, 128)
	copy(b[8:], "\x02\x40\x00\x00mntrGRAYXYZ ")
	copy(b[36:], "acsp")
	b = append(b, "\x00\x00\x00\x01kTRC\x00\x00\x00\x90\x00\x00\x00\x0ecurv\x00\x00\x00\x00\x00\x00\x00\x01\x03\x00"...)
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b
}

func zlibbedPNG(t testing.TB, m image.Image, profile []byte) []byte {
	return pngWith(pngOf(t, m), iccChunk(profile))
}

// TestProfileFits holds that a profile counts only for a picture with its
// channels, and counts without a name.
func TestProfileFits(t *testing.T) {
	gray := evenGray(64, 64, 100)
	colours := filled(color.NRGBA{120, 180, 90, 255}, 64, 64)
	wide := profileOfGamma("Wide", 2.19921875, adobeRGB)
	inJPEG := func(m image.Image, profile []byte) []byte {
		return withSegment(jpegOf(t, m), 0xe2, "ICC_PROFILE\x00\x01\x01"+string(profile))
	}
	inked := withSegment(inkJPEG([4]byte{200, 90, 150, 220}, [4]byte{0x11, 0x11, 0x11, 0x11}, 0), 0xe2, "ICC_PROFILE\x00\x01\x01"+string(wide))
	grayColor := "#454545" // light (100/255)³ is 69.5 of 255 in sRGB
	for _, c := range []struct {
		name    string
		data    []byte
		profile string
		color   string // "" = as without a profile
	}{
		{"gray for colours", inJPEG(colours, grayProfile()), "", ""},
		{"gray for colours", zlibbedPNG(t, colours, grayProfile()), "", ""},
		{"gray for gray", inJPEG(gray, grayProfile()), "without a name", grayColor},
		{"gray for gray", zlibbedPNG(t, gray, grayProfile()), "without a name", grayColor},
		{"colours for gray", inJPEG(gray, wide), "Wide", "#646464"},
		{"colours for inks", inked, "", ""},
		{"colours for colours", inJPEG(colours, wide), "Wide", "#51b553"},
	} {
		info, src, _ := lookAt(t, fstest.MapFS{"a": {Data: c.data}}, "a", MemStore(), [3]byte{})
		want := c.color
		if want == "" {
			plain := bytes.Replace(bytes.Replace(c.data, []byte("ICC_PROFILE"), []byte("ICC_NOTHING"), 1), []byte("iCCP"), []byte("zzZz"), 1)
			plain = withSums(plain)
			_, other, _ := lookAt(t, fstest.MapFS{"a": {Data: plain}}, "a", MemStore(), [3]byte{})
			want = other.Color
		}
		if info.Profile != c.profile || info.Odd || !near(src.Color, want, 2) {
			t.Errorf("%s (%s): profile %q, odd %v, colour %s, want %q and %s", c.name, info.Format, info.Profile, info.Odd, src.Color, c.profile, want)
		}
	}
}

// near says whether no channel of two colours differs by more than d.
func near(a, b string, d int) bool {
	var p, q [3]int
	const rgb = "#%02x%02x%02x"
	fmt.Sscanf(a, rgb, &p[0], &p[1], &p[2])
	if n, err := fmt.Sscanf(b, rgb, &q[0], &q[1], &q[2]); n != 3 || err != nil || len(a) != len(b) {
		return false
	}
	for i := range p {
		if p[i]-q[i] > d || q[i]-p[i] > d {
			return false
		}
	}
	return true
}

// withSums puts right the checksums of a PNG's chunks.
func withSums(data []byte) []byte {
	if sniff(data) != "png" {
		return data
	}
	out := slices.Clone(data[:8])
	for at := 8; at < len(data); {
		n := int(binary.BigEndian.Uint32(data[at:]))
		out = append(out, chunkWithSum(string(data[at+4:at+8]), string(data[at+8:at+8+n]))...)
		at += 12 + n
	}
	if _, err := png.DecodeConfig(bytes.NewReader(out)); err != nil {
		panic(err)
	}
	return out
}
