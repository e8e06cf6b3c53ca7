package icc

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestLittleCMS holds the conversion against that of ImageMagick, which is
// Little CMS, with the profiles of this machine. The bounds allow for the
// tables that Little CMS works with itself.
func TestLittleCMS(t *testing.T) {
	convert, err := exec.LookPath("convert")
	if err != nil {
		t.Skip("no ImageMagick here")
	}
	dir := t.TempDir()
	target := filepath.Join(dir, "srgb.icc")
	if err := os.WriteFile(target, rgb(4, desc("sRGB"), srgb, srgbPara()), 0o644); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, e := range examples() {
		files[e.name] = e.data
	}
	for _, name := range []string{"sRGB", "colord/AdobeRGB1998", "colord/ProPhotoRGB", "colord/WideGamutRGB", "colord/AppleRGB", "LStar-RGB", "CineonLog_M"} {
		data, err := os.ReadFile(filepath.Join("/usr/share/color/icc", name+".icc"))
		if err == nil {
			files[name] = data
		}
	}
	for name, data := range files {
		p, err := Parse(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		source := filepath.Join(dir, "source.icc")
		if err := os.WriteFile(source, data, 0o644); err != nil {
			t.Fatal(err)
		}
		compare(t, name, p, func(in []byte) []byte {
			cmd := exec.Command(convert, "-size", "64x64", "-depth", "16", "-endian", "MSB", "rgb:-", "-intent", "Relative",
				"+black-point-compensation", "-profile", source, "-profile", target, "-depth", "16", "-endian", "MSB", "rgb:-")
			cmd.Stdin = bytes.NewReader(in)
			out, err := cmd.Output()
			if err != nil || len(out) != len(in) {
				t.Fatalf("%s: %v, %d bytes", name, err, len(out))
			}
			return out
		})
	}
}

func compare(t *testing.T, name string, p *Profile, other func([]byte) []byte) {
	const n = 64 * 64
	r := rand.New(rand.NewPCG(13, 14))
	var colors [n][3]byte
	var in []byte
	for i := range colors {
		c := [3]byte{byte(r.IntN(256)), byte(96 + r.IntN(64)), byte(96 + r.IntN(64))}
		colors[i] = c
		for _, v := range toRGB(float64(c[0]), float64(c[1]), float64(c[2])) {
			in = binary.BigEndian.AppendUint16(in, uint16(math.Round(v*65535)))
		}
	}
	out := other(in)
	worst, sum := 0.0, 0.0
	for i, c := range colors {
		if p.SRGB() && outside(c) {
			continue // where nothing is done, nothing is clipped
		}
		var v [3]float64
		for k := range v {
			v[k] = float64(binary.BigEndian.Uint16(out[6*i+2*k:])) / 65535
		}
		want := fromRGB(v)
		a, b, d := p.ConvertColor(int(c[0]), int(c[1]), int(c[2]))
		for k, got := range []int{a, b, d} {
			e := math.Abs(float64(got) - math.Min(want[k], 255))
			worst, sum = math.Max(worst, e), sum+e
		}
	}
	mean := sum / (3 * n)
	t.Logf("%-40s %q sRGB %v: at most %.2f, mean %.3f", name, p.Name(), p.SRGB(), worst, mean)
	if worst > 2 || mean > 0.3 {
		t.Errorf("%s is off by up to %.2f levels, %.3f on average", name, worst, mean)
	}
}

// outside reports whether the Y'CbCr is not that of a colour.
func outside(c [3]byte) bool {
	back := fromRGB(toRGB(float64(c[0]), float64(c[1]), float64(c[2])))
	for i, v := range back {
		if math.Abs(v-float64(c[i])) > 0.01 {
			return true
		}
	}
	return false
}
