package builder

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"rsc.io/qr/coding"
)

// TestQR holds that another decoder reads what is drawn.
func TestQR(t *testing.T) {
	long := "https://xn--80ak6aa92e.example/" + strings.Repeat("%D1%83%D1%82%D1%80%D0%BE/", 20) + "call/"
	for _, address := range []string{
		"https://a.example/call/", "https://slippers.example/en/morning/call/", "http://localhost:8080/x/call/", long,
	} {
		if got := readQR(t, address, gozxing.DecodeHintType_TRY_HARDER); got != address {
			t.Errorf("%q is read as %q", address, got)
		}
	}
}

// FuzzQR is told where the code is: among words without end that are one and
// the same syllable the decoder does not find it.
func FuzzQR(f *testing.F) {
	f.Add(1, "a")
	f.Add(17, "%D0")
	f.Add(3000, "0")
	f.Fuzz(func(t *testing.T, n int, part string) {
		if n < 0 || n > 3000 || part == "" || len(part) > 100 || strings.ContainsFunc(part, func(r rune) bool { return r < '!' || r > '~' }) {
			t.Skip() // addresses are of these
		}
		address := strings.Repeat(part, n)
		if address = "https://" + address[:min(n, len(address))]; len(address) > 666 {
			if qrVersion(address) != 0 {
				t.Errorf("%d bytes have a code", len(address))
			}
			return
		}
		if got := readQR(t, address, gozxing.DecodeHintType_PURE_BARCODE); got != address {
			t.Errorf("%q is read as %q", address, got)
		}
	})
}

// TestQRMask holds that the mask is chosen: the library leaves that to us.
func TestQRMask(t *testing.T) {
	masks := map[string]bool{}
	for i := range 20 {
		address := fmt.Sprintf("https://slippers.example/%d/call/", i*i)
		best, err := qrCode(address)
		if err != nil {
			t.Fatal(err)
		}
		for mask := range coding.Mask(8) {
			plan, err := coding.NewPlan(qrVersion(address), coding.M, mask)
			if err != nil {
				t.Fatal(err)
			}
			other, err := plan.Encode(coding.String(address))
			if err != nil {
				t.Fatal(err)
			}
			if qrPenalty(other) < qrPenalty(best) {
				t.Errorf("%s: mask %d is better", address, mask)
			}
			if string(other.Bitmap) == string(best.Bitmap) {
				masks[fmt.Sprint(mask)] = true
			}
		}
	}
	if len(masks) < 3 {
		t.Errorf("of eight masks only %v are ever chosen", masks)
	}
}

// TestQRPenalty holds the penalty to figures that were worked out by hand.
func TestQRPenalty(t *testing.T) {
	for line, want := range map[string]int{
		"10101010101":     0,
		"11111010101":     3,
		"11111110101":     5,
		"10111010000":     40,
		"00001011101":     40,
		"000010111010000": 80,
		"00000000000":     9,
	} {
		if got := qrLinePenalty(len(line), func(i int) bool { return line[i] == '1' }); got != want {
			t.Errorf("%s: %d, not %d", line, got, want)
		}
	}
}

// readQR draws an address, paints the drawing's path and has it decoded.
func readQR(t *testing.T, address string, hint gozxing.DecodeHintType) string {
	t.Helper()
	drawn, err := qrSVG(address, "Scan <me>")
	if err != nil {
		t.Fatal(err)
	}
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Title   string `xml:"title"`
		Paths   []struct {
			D    string `xml:"d,attr"`
			Fill string `xml:"fill,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(drawn, &svg); err != nil {
		t.Fatal(err)
	}
	var width, height int
	if _, err := fmt.Sscanf(svg.ViewBox, "0 0 %d %d", &width, &height); err != nil || width != height || svg.Title != "Scan <me>" || len(svg.Paths) != 2 {
		t.Fatalf("not the drawing of a code: %s", drawn)
	}
	const scale = 3
	img := image.NewGray(image.Rect(0, 0, width*scale, height*scale))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for _, run := range strings.SplitAfter(svg.Paths[1].D, "z") {
		var x, y, w, back int
		if run == "" {
			continue
		}
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%dz", &x, &y, &w, &back); err != nil || w != back || w < 1 {
			t.Fatalf("%q: %v", run, err)
		}
		if min(x, y) < 4 || x+w > width-4 || y >= height-4 {
			t.Fatalf("%q is in the quiet zone", run)
		}
		draw.Draw(img, image.Rect(x*scale, y*scale, (x+w)*scale, (y+1)*scale), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{hint: true})
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return result.GetText()
}
