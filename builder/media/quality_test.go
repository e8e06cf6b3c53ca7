package media

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	xwebp "golang.org/x/image/webp"
)

// similarity returns the mean SSIM (Wang et al. 2004) of two planes over
// windows of 8 × 8 samples, four apart.
func similarity(a, b plane) float64 {
	const c1, c2 = 6.5025, 58.5225
	total, n := 0.0, 0
	for y := 0; y+8 <= a.h; y += 4 {
		for x := 0; x+8 <= a.w; x += 4 {
			var sa, sb, saa, sbb, sab int
			for j := range 8 {
				ra, rb := a.row(y + j)[x:][:8], b.row(y + j)[x:][:8]
				for i, v := range ra {
					p, q := int(v), int(rb[i])
					sa, sb, saa, sbb, sab = sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
				}
			}
			ma, mb := float64(sa)/64, float64(sb)/64
			va, vb, cov := float64(saa)/64-ma*ma, float64(sbb)/64-mb*mb, float64(sab)/64-ma*mb
			total += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return total / float64(n)
}

// rendered returns a photograph at 600 × 450 pixels, as a page shows it.
func rendered(seed uint64) frame {
	m := phonePhoto(1344, 1008, seed)
	p := &picture{w: 1344, h: 1008, planes: split(m, 1, false, [3]byte{})}
	return p.render(box{0, 0, 1344, 1008}, 900, 675, orientations[1])
}

func lumaOf(t *testing.T, m image.Image, err error, video bool) plane {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return splitYCbCr(m.(*image.YCbCr), 1, video)[0][0]
}

// TestJPEGQuality holds our JPEG against that of the standard library at the
// same quality: no less like the picture, no more bytes.
func TestJPEGQuality(t *testing.T) {
	for seed := range uint64(3) {
		f := rendered(seed)
		ours, err := encoders["jpeg"].encode(t.Context(), f.image())
		if err != nil {
			t.Fatal(err)
		}
		var theirs bytes.Buffer
		if err := jpeg.Encode(&theirs, f.image(), &jpeg.Options{Quality: quality}); err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(ours))
		mine := similarity(f.y, lumaOf(t, m, err, false))
		m, err = jpeg.Decode(bytes.NewReader(theirs.Bytes()))
		std := similarity(f.y, lumaOf(t, m, err, false))
		t.Logf("photograph %d: %d bytes, SSIM %.4f; the standard library: %d, %.4f", seed, len(ours), mine, theirs.Len(), std)
		if mine < std-0.0005 || len(ours) > theirs.Len() {
			t.Errorf("photograph %d: %d bytes, SSIM %.4f; the standard library: %d, %.4f", seed, len(ours), mine, theirs.Len(), std)
		}
	}
}

// libwebp is what cwebp 1.2.4 -m 2 -q 80 makes of the rendered photographs:
// bytes, and SSIM of luma. TestWebPQuality logs what the cwebp at hand makes.
var libwebp = [3]struct {
	size int
	ssim float64
}{{69014, 0.9546}, {47280, 0.9382}, {47790, 0.9366}}

// TestWebPQuality holds our WebP against that of libwebp at the same quality
// and the effort that comes nearest: no less like the picture, at most 5 %
// more bytes.
func TestWebPQuality(t *testing.T) {
	for seed, want := range libwebp {
		f := rendered(uint64(seed))
		file, err := encoders["webp"].encode(t.Context(), f.image())
		if err != nil {
			t.Fatal(err)
		}
		ssim := webpSimilarity(t, f, file)
		t.Logf("photograph %d: %d bytes, SSIM %.4f; libwebp 1.2.4: %d, %.4f", seed, len(file), ssim, want.size, want.ssim)
		if ssim < want.ssim || float64(len(file)) > 1.05*float64(want.size) {
			t.Errorf("photograph %d: %d bytes, SSIM %.4f; libwebp 1.2.4: %d, %.4f", seed, len(file), ssim, want.size, want.ssim)
		}
		if theirs := cwebp(t, f); theirs != nil {
			ref := webpSimilarity(t, f, theirs)
			t.Logf("the cwebp at hand: {%d, %.4f},", len(theirs), ref)
			if ssim < ref || float64(len(file)) > 1.05*float64(len(theirs)) {
				t.Errorf("photograph %d: %d bytes, SSIM %.4f; the cwebp at hand: %d, %.4f", seed, len(file), ssim, len(theirs), ref)
			}
		}
	}
}

// webpSimilarity compares in full range, as a page shows it.
func webpSimilarity(t *testing.T, f frame, file []byte) float64 {
	t.Helper()
	m, err := xwebp.Decode(bytes.NewReader(file))
	return similarity(f.y, lumaOf(t, m, err, true))
}

// cwebp returns what the program makes of the same samples, brought to video
// range, or nil where there is none.
func cwebp(t *testing.T, f frame) []byte {
	t.Helper()
	program, err := exec.LookPath("cwebp")
	if err != nil {
		return nil
	}
	var raw []byte
	for i, p := range []plane{f.y, f.u, f.v} {
		steps := []int{219, 224, 224}[i]
		for y := range p.h {
			for _, v := range p.row(y) {
				raw = append(raw, byte(16+(int(v)*steps*2+255)/510))
			}
		}
	}
	in, out := filepath.Join(t.TempDir(), "in.yuv"), filepath.Join(t.TempDir(), "out.webp")
	if err := os.WriteFile(in, raw, 0o666); err != nil {
		t.Fatal(err)
	}
	arguments := []string{"-quiet", "-m", "2", "-q", fmt.Sprint(quality), "-s", fmt.Sprint(f.w), fmt.Sprint(f.h), in, "-o", out}
	if text, err := exec.Command(program, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("cwebp: %v: %s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
