package note

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/gen2brain/jpegn"
	"golang.org/x/image/webp"
)

// picture is a small one with a gradient and shapes.
func picture() *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, 61, 43), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		x, y := i%m.YStride, i/m.YStride
		m.Y[i] = byte(3*x + 2*y)
		if (x-40)*(x-40)+(y-20)*(y-20) < 90 {
			m.Y[i] = 200
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(100+i%31), byte(150-i/31)
	}
	return m
}

// jpegs are pictures by both encoders: without and with JFIF's segment.
func jpegs(t testing.TB) map[string][]byte {
	t.Helper()
	var plain, quick bytes.Buffer
	if err := jpeg.Encode(&plain, picture(), nil); err != nil {
		t.Fatal(err)
	}
	if err := jpegn.Encode(&quick, picture(), &jpegn.EncodeOptions{Quality: 80, OptimizeCoding: true}); err != nil {
		t.Fatal(err)
	}
	jfif := append([]byte{0xff, soi}, segment(app0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"))...)
	jfif = append(jfif, segment(app0, []byte("JFXX\x00\x10"))...)
	return map[string][]byte{"std": plain.Bytes(), "jpegn": quick.Bytes(), "jfif": append(jfif, plain.Bytes()[2:]...)}
}

func TestJPEG(t *testing.T) {
	xmp := full().XMP()
	for name, data := range jpegs(t) {
		before := bytes.Clone(data)
		got, err := JPEG(data, xmp)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, before) {
			t.Errorf("%s: the picture given was changed", name)
		}
		var order []string
		if !segments(got, func(marker byte, start int, payload []byte) bool {
			id, rest, _ := bytes.Cut(payload, []byte{0})
			switch marker {
			case app0:
				order = append(order, string(id))
			case app1:
				order = append(order, string(id))
				if !bytes.Equal(rest, xmp) {
					t.Errorf("%s: the packet is %q", name, rest)
				}
				if taken := append(bytes.Clone(got[:start]), got[start+4+len(payload):]...); !bytes.Equal(taken, data) {
					t.Errorf("%s: without the packet it is another picture", name)
				}
			default:
				order = append(order, "")
			}
			return true
		}) {
			t.Errorf("%s: the segments do not lead to the picture", name)
		}
		want := map[string]string{"std": "http://ns.adobe.com/xap/1.0/ ", "jpegn": "JFIF http://ns.adobe.com/xap/1.0/ ", "jfif": "JFIF JFXX http://ns.adobe.com/xap/1.0/ "}[name]
		if !strings.HasPrefix(strings.Join(order, " ")+" ", want) {
			t.Errorf("%s: the segments are %q", name, order)
		}
		samePixels(t, name, data, got, func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) })
		if name != "jfif" { // the thumbnail that follows JFXX is none
			samePixels(t, name, data, got, func(b []byte) (image.Image, error) { return jpegn.Decode(bytes.NewReader(b)) })
		}
		if same, err := JPEG(data, nil); err != nil || !bytes.Equal(same, data) || &same[0] != &data[0] {
			t.Errorf("%s: a picture without a note is not as it was: %v", name, err)
		}
		if _, err := JPEG(got, xmp); err == nil || err.Error() != "the JPEG has a note already" {
			t.Errorf("%s: a second note: %v", name, err)
		}
	}
}

func samePixels(t *testing.T, name string, a, b []byte, decode func([]byte) (image.Image, error)) {
	t.Helper()
	p, err := decode(a)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	q, err := decode(b)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if !reflect.DeepEqual(p, q) {
		t.Errorf("%s: decodes to other pixels", name)
	}
}

func TestLargestPacket(t *testing.T) {
	data := jpegs(t)["jpegn"]
	got, err := JPEG(data, bytes.Repeat([]byte{' '}, MaxXMP))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jpeg.Decode(bytes.NewReader(got)); err != nil {
		t.Error(err)
	}
	if _, err := JPEG(data, make([]byte, MaxXMP+1)); err == nil {
		t.Error("a packet that does not fit is taken")
	}
}

func TestNoJPEG(t *testing.T) {
	data := jpegs(t)["jpegn"]
	for _, b := range [][]byte{nil, {0xff}, {0xff, 0xd8, 0xff, 0xd9}, data[:2], data[:30], append([]byte{0xff, 0xd8, 0xff, 0xd0}, data[2:]...), []byte("\xff\xd8\xff\xe0\x00\x01JFIF"), shapes(t)} {
		if _, err := JPEG(b, []byte("x")); err == nil || err.Error() != "is not a whole JPEG" {
			t.Errorf("%.20q: %v", b, err)
		}
	}
}

func shapes(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/shapes.webp")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// odd returns the picture with one more byte in its frame, which decoders
// ignore, so that it must be padded.
func odd(b []byte) []byte {
	n := binary.LittleEndian.Uint32(b[16:])
	frame := append(bytes.Clone(b[20:20+n]), 0)
	out := appendChunk([]byte("RIFF\x00\x00\x00\x00WEBP"), "VP8 ", frame)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

func TestWebP(t *testing.T) {
	even := shapes(t)
	for name, data := range map[string][]byte{"even": even, "odd": odd(even)} {
		for _, extra := range []string{"", " "} { // so that the packet is padded too
			xmp := append(full().XMP(), extra...)
			before := bytes.Clone(data)
			got, err := WebP(data, xmp)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(data, before) {
				t.Errorf("%s: the picture given was changed", name)
			}
			if size := binary.LittleEndian.Uint32(got[4:]); int(size)+8 != len(got) || len(got)%2 != 0 {
				t.Errorf("%s: the header says %d bytes, there are %d", name, size, len(got)-8)
			}
			var names []string
			if !chunks(got, func(chunk string, payload []byte) bool {
				names = append(names, chunk)
				switch chunk {
				case "VP8X":
					if want := []byte{4, 0, 0, 0, 60, 0, 0, 42, 0, 0}; !bytes.Equal(payload, want) {
						t.Errorf("%s: VP8X is %v", name, payload)
					}
				case "VP8 ":
					if want := data[20:][:binary.LittleEndian.Uint32(data[16:])]; !bytes.Equal(payload, want) {
						t.Errorf("%s: the frame changed", name)
					}
				case "XMP ":
					if !bytes.Equal(payload, xmp) {
						t.Errorf("%s: the packet is %q", name, payload)
					}
				}
				return true
			}) {
				t.Errorf("%s: the chunks are not whole", name)
			}
			if want := []string{"VP8X", "VP8 ", "XMP "}; !reflect.DeepEqual(names, want) {
				t.Errorf("%s: the chunks are %q", name, names)
			}
			samePixels(t, name, data, got, func(b []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(b)) })
			if _, err := WebP(got, xmp); err == nil {
				t.Errorf("%s: a second note is taken", name)
			}
		}
		if same, err := WebP(data, nil); err != nil || &same[0] != &data[0] || len(same) != len(data) {
			t.Errorf("%s: a picture without a note is not as it was: %v", name, err)
		}
	}
}

func TestNoWebP(t *testing.T) {
	good := shapes(t)
	change := func(at int, b byte) []byte {
		c := bytes.Clone(good)
		c[at] = b
		return c
	}
	for _, b := range [][]byte{nil, good[:11], good[:25], good[:len(good)-2], change(0, 'r'), change(8, 'w'), change(15, 'L'), change(19, 0xff),
		change(20, good[20]|1), change(23, 0), append(change(26, 0)[:27], append([]byte{0}, good[28:]...)...)} {
		if out, err := WebP(b, []byte("x")); err == nil {
			t.Errorf("%.30q is taken for a WebP picture and becomes %.30q", b, out)
		}
	}
}

func FuzzJPEG(f *testing.F) {
	for _, data := range jpegs(f) {
		f.Add(data, []byte("packet"))
	}
	f.Fuzz(func(t *testing.T, data, xmp []byte) {
		out, err := JPEG(data, xmp)
		if err == nil && len(xmp) > 0 && len(out) != len(data)+4+len(xmpName)+len(xmp) {
			t.Errorf("%d bytes of %d", len(out), len(data))
		}
	})
}

func FuzzWebP(f *testing.F) {
	f.Add(shapes(f), []byte("packet"))
	f.Add(odd(shapes(f)), []byte("packets"))
	f.Fuzz(func(t *testing.T, data, xmp []byte) {
		out, err := WebP(data, xmp)
		if err == nil && len(xmp) > 0 && int(binary.LittleEndian.Uint32(out[4:]))+8 != len(out) {
			t.Errorf("%d bytes of %d", len(out), len(data))
		}
	})
}

// TestExifTool: a reader that everybody uses finds every field, word for word,
// and nothing to complain of.
func TestExifTool(t *testing.T) {
	exiftool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip("no exiftool here")
	}
	const want = `[XMP] Creator: Оля Ветрова|Иван "Ваня" Пёс & сын|O'Neil <o@example.org>
[XMP] Credit: Фото: Оля Ветрова / «Моё утро»
[XMP] Rights: © 2026 Оля Ветрова
[XMP] Rights-ru: © 2026 Оля Ветрова
[XMP] Marked: True
[XMP] WebStatement: https://example.org/terms?a=1&b=2
[XMP] License: https://creativecommons.org/licenses/by/4.0/
[XMP] LicensorURL: https://example.org/olya/
[XMP] DigitalSourceType: http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture
`
	var paths []string
	for name, data := range noted(t) {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	ask := func(args ...string) []string { // an answer for each path
		got, err := exec.Command(exiftool, append(args, paths...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		answers := strings.Split(string(got), "======== ")[1:]
		if len(answers) != len(paths) {
			t.Fatalf("exiftool says\n%s", got)
		}
		return answers
	}
	for _, answer := range ask("-n", "-S", "-sep", "|", "-G", "-XMP:all", "-charset", "utf8", "-x", "XMPToolkit") {
		if path, got, _ := strings.Cut(answer, "\n"); !strings.HasPrefix(got, want) || strings.Count(got, "[XMP]") != strings.Count(want, "[XMP]") {
			t.Errorf("%s: exiftool reads\n%s", path, got)
		}
	}
	for _, answer := range ask("-validate", "-warning", "-error", "-a") {
		path, got, _ := strings.Cut(answer, "\n")
		if !strings.Contains(got, ": OK") || strings.Contains(got, "Warning") || strings.Contains(got, "Error") {
			t.Errorf("%s: exiftool complains\n%s", path, got)
		}
	}
}

// noted returns pictures with a full note.
func noted(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for name, data := range jpegs(t) {
		out, err := JPEG(data, full().XMP())
		if err != nil {
			t.Fatal(err)
		}
		files[name+".jpg"] = out
	}
	for name, data := range map[string][]byte{"even.webp": shapes(t), "odd.webp": odd(shapes(t))} {
		out, err := WebP(data, full().XMP())
		if err != nil {
			t.Fatal(err)
		}
		files[name] = out
	}
	return files
}

// TestReferenceDecoders: libjpeg and libwebp see the same pixels as before.
func TestReferenceDecoders(t *testing.T) {
	plain := map[string][]byte{"even.webp": shapes(t), "odd.webp": odd(shapes(t))}
	for name, data := range jpegs(t) {
		plain[name+".jpg"] = data
	}
	for name, data := range noted(t) {
		args := []string{"djpeg", "-pnm"}
		if strings.HasSuffix(name, ".webp") {
			args = []string{"dwebp", "-quiet", "-ppm", "-o", "-", "--", "-"}
		}
		program, err := exec.LookPath(args[0])
		if err != nil {
			t.Skipf("no %s here", args[0])
		}
		var pixels [2][]byte
		for i, b := range [][]byte{plain[name], data} {
			var complaint bytes.Buffer
			cmd := exec.Command(program, args[1:]...)
			cmd.Stdin, cmd.Stderr = bytes.NewReader(b), &complaint
			if pixels[i], err = cmd.Output(); err != nil || complaint.Len() > 0 || len(pixels[i]) < 3*61*43 {
				t.Fatalf("%s: %v %s", name, err, complaint.Bytes())
			}
		}
		if !bytes.Equal(pixels[0], pixels[1]) {
			t.Errorf("%s: %s sees other pixels", name, args[0])
		}
	}
}
