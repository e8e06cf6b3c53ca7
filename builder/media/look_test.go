package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gen2brain/jpegn"
)

// profileOfGamma returns an ICC profile of a gamma and three primaries in D50
// XYZ: ICC.1:2022, 7.2 and 10.
func profileOfGamma(name string, gamma float64, xyz [3][3]float64) []byte {
	type tag struct {
		sign string
		data []byte
	}
	fixed := func(b []byte, v float64) []byte {
		return binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	desc := append([]byte("desc\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))...)
	desc = append(append(desc, name...), make([]byte, 1+8+3+67)...)
	tags := []tag{{"desc", desc}, {"wtpt", fixed(fixed(fixed([]byte("XYZ \x00\x00\x00\x00"), 0.9642), 1), 0.8249)}}
	for i, c := range []string{"r", "g", "b"} {
		tags = append(tags, tag{c + "XYZ", fixed(fixed(fixed([]byte("XYZ \x00\x00\x00\x00"), xyz[i][0]), xyz[i][1]), xyz[i][2])})
		curve := append([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), byte(int(gamma)), byte(int((gamma-math.Floor(gamma))*256+0.5)), 0, 0)
		tags = append(tags, tag{c + "TRC", curve})
	}
	head := make([]byte, 128)
	copy(head[8:], "\x02\x40\x00\x00mntrRGB XYZ ")
	copy(head[36:], "acsp")
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	for _, t := range tags {
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
		table = append(table, t.sign...)
		table = binary.BigEndian.AppendUint32(table, uint32(128+4+12*len(tags)+len(body)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
		body = append(body, t.data...)
	}
	all := slices.Concat(head, table, body)
	binary.BigEndian.PutUint32(all, uint32(len(all)))
	return all
}

// adobeRGB is the primaries of Adobe RGB (1998), adapted to D50.
var adobeRGB = [3][3]float64{{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}

func filled(c color.Color, w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

// TestColours holds that colours of other spaces come out as they look: the
// values wanted are computed from the published matrices.
func TestColours(t *testing.T) {
	muted := color.NRGBA{120, 180, 90, 255}
	icc := profileOfGamma("Wide", 2.19921875, adobeRGB)
	split := len(icc) / 2
	segments := func(data []byte) []byte {
		data = withSegment(data, 0xe2, "ICC_PROFILE\x00\x02\x02"+string(icc[split:]))
		return withSegment(data, 0xe2, "ICC_PROFILE\x00\x01\x02"+string(icc[:split]))
	}
	fsys := fstest.MapFS{
		"srgb.png":  {Data: pngOf(t, filled(muted, 64, 64))},
		"p3.png":    {Data: pngWith(pngOf(t, filled(muted, 64, 64)), chunkWithSum("cICP", "\x0c\x0d\x00\x01"))},
		"adobe.jpg": {Data: segments(jpegOf(t, filled(muted, 64, 64)))},
		"gray.png":  {Data: pngWith(pngOf(t, filled(color.NRGBA{128, 128, 128, 255}, 64, 64)), chunkWithSum("cICP", "\x0c\x0d\x00\x01"))},
	}
	want := map[string]color.NRGBA{
		"srgb.png":  muted,
		"p3.png":    {100, 182, 76, 255},
		"adobe.jpg": {81, 181, 83, 255},
		"gray.png":  {128, 128, 128, 255},
	}
	s := New(fsys, MemStore(), Options{})
	for _, name := range sortedKeys(fsys) {
		info, fault, err := s.Probe(t.Context(), name)
		if fault != nil || err != nil {
			t.Fatal(fault, err)
		}
		if (info.Profile != "") != (name != "srgb.png") || info.Odd {
			t.Errorf("%s: profile %q, odd %v", name, info.Profile, info.Odd)
		}
		r := mustMake(t, s, []Job{{Info: info, Renditions: tile.planned(info, nil)}})
		for _, f := range r.Files {
			if f.Type != TypeJPEG { // the other decoder does not say that it gives video range
				continue
			}
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, _ := io.ReadAll(in)
			got := color.NRGBAModel.Convert(decodeFile(t, f, string(data)).At(f.rendition.Width/2, f.rendition.Height/2)).(color.NRGBA)
			near := func(a, b uint8) bool { return a-b <= 4 || b-a <= 4 }
			if w := want[name]; !near(got.R, w.R) || !near(got.G, w.G) || !near(got.B, w.B) {
				t.Errorf("%s as %s: %v, want %v", name, f.Type, got, w)
			}
		}
		if w := want[name]; r.Sources[0].Color != fmt.Sprintf("#%02x%02x%02x", w.R, w.G, w.B) && name == "gray.png" {
			t.Errorf("%s: average colour %s", name, r.Sources[0].Color)
		}
	}
}

// TestScale holds that a picture is decoded no larger than is asked of it, and
// that the scale is part of every path.
func TestScale(t *testing.T) {
	info := &Info{Format: "jpeg", Width: 4032, Height: 3024, Hash: strings.Repeat("0", 64), orientation: 1}
	path := map[int]string{}
	for largest, scale := range map[int]int{3200: 1, 2016: 2, 1920: 2, 1008: 4, 960: 4, 320: 8} {
		plan := noFiles.Plan([]Recipe{{Name: "a", Widths: []int{100, largest}}}, info, Look{})["a"]
		if plan[0].scale != scale {
			t.Errorf("largest %d: scale %d, want %d", largest, plan[0].scale, scale)
		}
		if other, ok := path[scale]; ok && other != plan[0].Path {
			t.Errorf("scale %d: two paths of one rendition", scale)
		}
		path[scale] = plan[0].Path
	}
	if len(path) != 4 || path[1] == path[2] || path[2] == path[4] || path[4] == path[8] {
		t.Errorf("the scale is not in the path: %v", path)
	}
	// A part of a picture needs more of it than the whole at the same width.
	narrow := noFiles.Plan([]Recipe{{Name: "a", Size: "1500x3000"}}, info, Look{})["a"]
	if narrow[0].scale != 1 {
		t.Errorf("a crop is decoded at 1/%d", narrow[0].scale)
	}
	png := *info
	png.Format = "png"
	if plan := noFiles.Plan([]Recipe{{Name: "a", Widths: []int{100}}}, &png, Look{})["a"]; plan[0].scale != 1 {
		t.Error("a PNG is reduced while it is decoded")
	}
}

// TestNote holds that a note changes the path and the file, and no pixel, and
// that it costs no decoding.
func TestNote(t *testing.T) {
	fsys := fstest.MapFS{"a.jpg": {Data: jpegOf(t, quarters(300, 200))}}
	store := MemStore()
	s := New(fsys, store, Options{})
	info, _, err := s.Probe(t.Context(), "a.jpg")
	if err != nil {
		t.Fatal(err)
	}
	job := func(xmp string) []Job {
		return []Job{{Info: info, Renditions: noFiles.Plan([]Recipe{{Name: "a", Widths: []int{100}}}, info, Look{Note: []byte(xmp)})["a"]}}
	}
	plain := contents(t, mustMake(t, s, job("")))
	gone := New(fstest.MapFS{}, store, Options{}) // nothing is there to be decoded
	first := (&Note{Credit: "Photo by Olya"}).XMP()
	with := contents(t, mustMake(t, gone, job(string(first))))
	if len(with) != len(plain) {
		t.Fatalf("%d files, want %d", len(with), len(plain))
	}
	for path, data := range with {
		if strings.HasPrefix(path, "color") {
			continue
		}
		if _, same := plain[path]; same {
			t.Errorf("%s is the path of a picture without the note too", path)
		}
		if !strings.Contains(data, "Photo by Olya") {
			t.Errorf("%s does not hold the note", path)
		}
		r := File{Path: path, Type: TypeJPEG}
		if strings.HasSuffix(path, ".webp") {
			r.Type = TypeWebP
		}
		decodeFile(t, r, data)
	}
}

func TestInline(t *testing.T) {
	s := New(fstest.MapFS{}, MemStore(), Options{})
	info, fault := s.Inline("film.mp4: poster", pngOf(t, quarters(320, 180)))
	if fault != nil {
		t.Fatal(fault)
	}
	r := mustMake(t, s, []Job{{Info: info, Renditions: tile.planned(info, nil)}})
	if len(r.Files) == 0 || r.Sources[0].Color == "" {
		t.Errorf("nothing came of it: %+v", r)
	}
	if _, fault := s.Inline("x", []byte("no picture")); fault == nil {
		t.Error("anything goes")
	}
}

func TestRemember(t *testing.T) {
	store := MemStore()
	s := New(fstest.MapFS{}, store, Options{})
	calls := 0
	ask := func() string {
		data, err := s.Remember("key", func() ([]byte, error) { calls++; return []byte("value"), nil })
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if a, b := ask(), ask(); a != "value" || b != "value" || calls != 1 {
		t.Errorf("%q, %q, made %d times", a, b, calls)
	}
	keys, _ := store.Keys()
	value, _ := store.Get(keys[0])
	value[0] ^= 1
	if err := store.Put(keys[0], value); err != nil {
		t.Fatal(err)
	}
	if ask() != "value" || calls != 2 {
		t.Error("a damaged value is believed")
	}
	if _, err := s.Remember("other", func() ([]byte, error) { return nil, errors.New("no") }); err == nil {
		t.Error("an error is remembered")
	}
	if err := s.Prune(t.Context(), nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if ask(); calls != 2 {
		t.Error("what this build asked for was pruned")
	}
	if err := New(fstest.MapFS{}, store, Options{}).Prune(t.Context(), nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if ask(); calls != 3 {
		t.Error("what nobody asked for was kept")
	}
}

// TestLater holds that what is opened later is what would have been made.
func TestLater(t *testing.T) {
	fsys := album(t)
	s := New(fsys, MemStore(), Options{})
	want := mustMake(t, s, jobsOf(t, s, fsys, tile))
	store := MemStore()
	s = New(fsys, store, Options{})
	r, err := s.Later(t.Context(), jobsOf(t, s, fsys, tile))
	if err != nil {
		t.Fatal(err)
	}
	if keys, _ := store.Keys(); len(keys) > 1 {
		t.Errorf("made without being asked: %q", keys)
	}
	for i, f := range r.Files {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, _ := io.ReadAll(in)
		first, _ := want.Files[i].Open()
		all, _ := io.ReadAll(first)
		if f.Path != want.Files[i].Path || !bytes.Equal(got, all) {
			t.Errorf("%s is another file", f.Path)
		}
	}
	again, err := s.Later(t.Context(), jobsOf(t, s, fsys, tile))
	if err != nil || again.Files[0].Size == 0 {
		t.Errorf("what was made is not known: %+v %v", again.Files[0], err)
	}
}

func TestClip(t *testing.T) {
	data, err := os.ReadFile("film/testdata/h264.mov")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"walk.jpg": {Data: data}, "cut.mp4": {Data: data[:len(data)/2]}}
	store := MemStore()
	s := New(fsys, store, Options{})
	info, fault, err := s.Probe(t.Context(), "walk.jpg")
	if fault != nil || err != nil {
		t.Fatal(fault, err)
	}
	if !info.IsClip() || info.Clip.Video != "H.264" || info.Width == 0 || info.Clip.Seconds == 0 || !strings.HasSuffix(info.ClipPath(), ".mp4") {
		t.Errorf("%+v", info)
	}
	in, err := s.OpenClip(info)
	if err != nil {
		t.Fatal(err)
	}
	clean, err := io.ReadAll(in)
	if err != nil || int64(len(clean)) != info.ClipSize {
		t.Errorf("%d bytes, want %d (%v)", len(clean), info.ClipSize, err)
	}
	if _, fault, _ := s.Probe(t.Context(), "cut.mp4"); fault == nil {
		t.Error("half a film is one")
	}
	if _, fault, _ := New(fsys, MemStore(), Options{Limits: Limits{FilmBytes: 100}}).Probe(t.Context(), "walk.jpg"); fault == nil {
		t.Error("a film may be of any size")
	}
}

// TestSubsampling holds that JPEGs of every subsampling come out as they look.
func TestSubsampling(t *testing.T) {
	src := quarters(96, 64)
	want := [4]color.NRGBA{src.NRGBAAt(20, 14), src.NRGBAAt(76, 14), src.NRGBAAt(20, 50), src.NRGBAAt(76, 50)}
	ratios := []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	}
	for _, ratio := range ratios {
		for _, progressive := range []bool{false, true} {
			name := fmt.Sprintf("%v, progressive %v", ratio, progressive)
			m := image.NewYCbCr(src.Rect, ratio)
			for y := range 64 {
				for x := range 96 {
					c := src.NRGBAAt(x, y)
					cy, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
					m.Y[m.YOffset(x, y)], m.Cb[m.COffset(x, y)], m.Cr[m.COffset(x, y)] = cy, cb, cr
				}
			}
			var b bytes.Buffer
			if err := jpegn.Encode(&b, m, &jpegn.EncodeOptions{Quality: 95, Progressive: progressive}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			info, fault := inspect(b.Bytes(), Limits{})
			if fault != nil {
				t.Errorf("%s: %v", name, fault)
				continue
			}
			d, fault := decode(context.Background(), b.Bytes(), info, 1, [3]byte{})
			if fault != nil {
				t.Errorf("%s: %v", name, fault)
				continue
			}
			whole := d.frame(box{W: 96, H: 64}, 96, 64, orientation{})
			f := whole.image()
			for i, p := range []image.Point{{20, 14}, {76, 14}, {20, 50}, {76, 50}} {
				got := color.NRGBAModel.Convert(f.At(p.X, p.Y)).(color.NRGBA)
				near := func(a, b uint8) bool { return a-b <= 6 || b-a <= 6 }
				if !near(got.R, want[i].R) || !near(got.G, want[i].G) || !near(got.B, want[i].B) {
					t.Errorf("%s at %v: %v, want %v", name, p, got, want[i])
				}
			}
		}
	}
}

// TestRefusals holds that what cannot be shown is refused at its header, with
// words for whoever sent it.
func TestRefusals(t *testing.T) {
	frame := func(marker byte, precision byte) []byte {
		data := jpegOf(t, quarters(9, 9))
		i := bytes.Index(data, []byte{0xff, 0xc0})
		data[i+1], data[i+4] = marker, precision
		return data
	}
	scan := jpegOf(t, quarters(9, 9))
	scan = scan[bytes.Index(scan, []byte{0xff, 0xda}) : len(scan)-2]
	threefold := slices.Concat(jpegOf(t, quarters(9, 9))[:len(jpegOf(t, quarters(9, 9)))-2], bytes.Repeat(scan, 70), []byte{0xff, 0xd9})
	layers := slices.Clone(threefold)
	layers[bytes.Index(layers, []byte{0xff, 0xc0})+1] = 0xc2
	large := slices.Clone(layers)
	copy(large[bytes.Index(large, []byte{0xff, 0xc2})+5:], "\x1c\x00\x1c\x00") // 51 megapixels
	deep := image.NewNRGBA64(image.Rect(0, 0, 2, 2))
	var wide bytes.Buffer
	if err := png.Encode(&wide, deep); err != nil {
		t.Fatal(err)
	}
	huge := append(wide.Bytes(), make([]byte, 20000)...)
	binary.BigEndian.PutUint32(huge[16:], 7000)
	binary.BigEndian.PutUint32(huge[20:], 7000)
	cases := map[string]struct {
		data []byte
		want string
	}{
		"arithmetic coding": {frame(0xc9, 8), "arithmetic coding"},
		"lossless":          {frame(0xc3, 8), "lossless"},
		"hierarchical":      {frame(0xc5, 8), "hierarchical"},
		"12 bits":           {frame(0xc1, 12), "12 bits"},
		"layers":            {layers, "more than 64 layers"},
		"layers of much":    {large, "more than 20 layers"},
		"colours twice":     {threefold, "more than 3 layers"},
		"no scan":           {slices.Concat(scan[:0], jpegOf(t, quarters(9, 9))[:bytes.Index(jpegOf(t, quarters(9, 9)), []byte{0xff, 0xda})], []byte{0xff, 0xd9}), "ends before"},
		"memory":            {huge, "too much memory"},
		"text":              {[]byte("hello"), "is not a picture"},
		"film":              {[]byte("\x1aE\xdf\xa3"), "is a film"},
	}
	for name, c := range cases {
		_, fault := inspect(c.data, Limits{})
		if fault == nil || !strings.Contains(fault.Text, c.want) || fault.Hint == "" {
			t.Errorf("%s: %v, want %q", name, fault, c.want)
		}
	}
}

// TestLike holds that the same picture under another name, size and quality
// is found, and that others are not.
func TestLike(t *testing.T) {
	scene := func(seed int) *image.NRGBA {
		m := image.NewNRGBA(image.Rect(0, 0, 240, 160))
		for y := range 160 {
			for x := range 240 {
				v := math.Sin(float64(x*(seed+2))/37+float64(seed)) + math.Cos(float64(y*(5-seed))/23) + math.Sin(float64(x+y*seed)/17)
				c := uint8(128 + v*40)
				m.SetNRGBA(x, y, color.NRGBA{c, c / 2, 255 - c, 255})
			}
		}
		return m
	}
	var small bytes.Buffer
	if err := jpegn.Encode(&small, scene(1), &jpegn.EncodeOptions{Quality: 40}); err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		"a.png": {Data: pngOf(t, scene(1))}, "b.jpg": {Data: small.Bytes()}, "c.png": {Data: pngOf(t, scene(2))}, "d.png": {Data: pngOf(t, scene(3))},
		"e.jpg": {Data: withExif(jpegOf(t, turned(scene(1), 6)), exifOf(binary.BigEndian, 6, "2026:11:02 08:14:00", "", false))},
	}
	s := New(fsys, MemStore(), Options{})
	var infos []*Info
	for _, name := range sortedKeys(fsys) {
		info, fault, err := s.Probe(t.Context(), name)
		if fault != nil || err != nil {
			t.Fatal(fault, err)
		}
		infos = append(infos, info)
	}
	sources, err := s.Look(t.Context(), infos, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := Alike(sources); !slices.Equal(got, [][2]int{{0, 1}, {0, 4}, {1, 4}}) {
		t.Errorf("alike are %v", got)
	}
}

// TestEncodeJPEG holds that a drawn picture comes out as it was drawn, odd
// sizes too.
func TestEncodeJPEG(t *testing.T) {
	for _, size := range []image.Point{{96, 64}, {31, 17}, {1, 1}, {1, 9}} {
		src := quarters(size.X, size.Y)
		drawn := image.NewRGBA(src.Rect)
		draw.Draw(drawn, drawn.Rect, src, image.Point{}, draw.Src)
		data, err := EncodeJPEG(drawn, (&Note{Credit: "Photo by Olya"}).XMP())
		if err != nil || !strings.Contains(string(data), "Photo by Olya") {
			t.Fatalf("%v: %v", size, err)
		}
		m := decodeFile(t, File{Type: TypeJPEG}, string(data))
		if m.Bounds() != src.Bounds() {
			t.Fatalf("%v became %v", size, m.Bounds())
		}
		for _, p := range []image.Point{{0, 0}, {size.X - 1, 0}, {0, size.Y - 1}, {size.X - 1, size.Y - 1}} {
			got, want := color.NRGBAModel.Convert(m.At(p.X, p.Y)).(color.NRGBA), src.NRGBAAt(p.X, p.Y)
			near := func(a, b uint8) bool { return a-b <= 14 || b-a <= 14 }
			if size.X > 1 && (!near(got.R, want.R) || !near(got.G, want.G) || !near(got.B, want.B)) {
				t.Errorf("%v at %v: %v, want %v", size, p, got, want)
			}
		}
	}
}
