package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"testing"

	"github.com/gen2brain/jpegn"
)

// FuzzExif holds that no TIFF structure breaks its reader, and that what is
// read is of the shape it should have.
func FuzzExif(f *testing.F) {
	f.Add(exifOf(binary.LittleEndian, 6, "2026:11:02 08:14:00", "+03:00", true))
	f.Add(exifOf(binary.BigEndian, 8, "2026:11:02 08:14:00", "", false))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00")) // a directory in itself
	f.Fuzz(func(t *testing.T, data []byte) {
		e := readExif(data)
		if e.orientation < 1 || e.orientation > 8 {
			t.Errorf("orientation %d", e.orientation)
		}
		if e.taken != "" && !shaped(e.taken, "0000-00-00T00:00:00") && !shaped(e.taken, "0000-00-00T00:00:00+00:00") && !shaped(e.taken, "0000-00-00T00:00:00-00:00") {
			t.Errorf("taken %q", e.taken)
		}
	})
}

// FuzzRecord holds that what is read of a record, whatever its body, is
// written so that it is read again.
func FuzzRecord(f *testing.F) {
	r := newRecord()
	r.looks[view{scale: 2}] = look{"#112233", "00ff"}
	r.looks[view{1, "\xff\x00\x7f 2", box{1, 2, 30, 40}}] = look{"#445566", ""}
	r.files["m/ab/cd-640.webp"] = made{12345, [32]byte{1, 2, 3}}
	f.Add(string(r.format()))
	f.Add(pixelVersion + "\nlook\t1\tzz\t#000000\t\n\t1\t\nlook\t-1\t\t\t\n")
	f.Fuzz(func(t *testing.T, body string) {
		once := newRecord()
		once.parse([]byte(body))
		text := once.format()
		again := newRecord()
		again.parse(text)
		if !bytes.Equal(again.format(), text) || len(again.looks) != len(once.looks) || len(again.files) != len(once.files) {
			t.Errorf("%q is read as %q, that as %q", body, text, again.format())
		}
	})
}

// hardSeeds are files for FuzzInspect that reach what photographs do not.
func hardSeeds(t testing.TB) [][]byte {
	m := image.NewYCbCr(image.Rect(0, 0, 24, 16), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = byte(i * 7)
	}
	var layered, restarts bytes.Buffer
	if err := jpegn.Encode(&layered, m, &jpegn.EncodeOptions{Progressive: true}); err != nil {
		t.Fatal(err)
	}
	if err := jpegn.Encode(&restarts, m, &jpegn.EncodeOptions{RestartInterval: 1}); err != nil {
		t.Fatal(err)
	}
	seeds := [][]byte{
		layered.Bytes(), restarts.Bytes(),
		inkJPEG([4]byte{200, 90, 150, 220}, [4]byte{0x11, 0x11, 0x11, 0x11}, 0),
		inkJPEG([4]byte{200, 90, 150, 220}, [4]byte{0x22, 0x11, 0x11, 0x22}, 2),
		withSegment(layered.Bytes(), 0xe2, "ICC_PROFILE\x00\x01\x01"+string(profileOfGamma("Wide", 2.2, adobeRGB))),
		zlibbedPNG(t, evenGray(4, 4, 9), grayProfile()),
	}
	glasses := glasses(t)
	for _, name := range sortedKeys(glasses) {
		seeds = append(seeds, glasses[name].Data)
	}
	return seeds
}
