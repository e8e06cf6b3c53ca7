package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	xwebp "golang.org/x/image/webp"
)

// album is a folder with pictures of all kinds.
func album(t testing.TB) fstest.MapFS {
	photo := quarters(300, 200)
	gray := image.NewGray(image.Rect(0, 0, 31, 17))
	for i := range gray.Pix {
		gray.Pix[i] = byte(i)
	}
	glass := image.NewNRGBA(image.Rect(0, 0, 30, 20))
	for i := range glass.Pix {
		glass.Pix[i] = byte(i * 7)
	}
	cmyk := image.NewCMYK(image.Rect(0, 0, 20, 20))
	for i := range cmyk.Pix {
		cmyk.Pix[i] = byte(i)
	}
	deep := image.NewNRGBA64(image.Rect(0, 0, 25, 25))
	for i := range deep.Pix {
		deep.Pix[i] = byte(i * 3)
	}
	return fstest.MapFS{
		"large.jpg":  {Data: jpegOf(t, quarters(900, 600))},
		"photo.jpg":  {Data: withExif(jpegOf(t, photo), exifOf(binary.LittleEndian, 1, "2026:11:02 08:14:00", "", true))},
		"turned.jpg": {Data: withExif(jpegOf(t, turned(photo, 6)), exifOf(binary.BigEndian, 6, "2026:11:02 08:14:00", "", true))},
		"gray.jpg":   {Data: jpegOf(t, gray)},
		"glass.png":  {Data: pngWith(pngOf(t, glass), chunkWithSum("tEXt", "Comment\x00PRIVATE-PLACE"))},
		"cmyk.png":   {Data: pngOf(t, cmyk)},
		"deep.png":   {Data: pngOf(t, deep)},
		"map.gif":    {Data: gifOf(t, paletted(50, 20), paletted(50, 20))},
		"v.webp":     {Data: webpOf(t, 77, 33)},
		"dot.png":    {Data: pngOf(t, quarters(1, 1))},
		"dot.jpg":    {Data: jpegOf(t, quarters(1, 1))},
		"thread.jpg": {Data: jpegOf(t, quarters(3, 900))},
		"line.png":   {Data: pngOf(t, quarters(900, 1))},
	}
}

func jobsOf(t testing.TB, s *Studio, fsys fstest.MapFS, recipes ...Recipe) []Job {
	t.Helper()
	var jobs []Job
	for _, path := range sortedKeys(fsys) {
		info, fault, err := s.Probe(context.Background(), path)
		if err != nil || fault != nil {
			t.Fatalf("%s: %v %v", path, fault, err)
		}
		j := Job{Info: info}
		for _, r := range recipes {
			j.Renditions = append(j.Renditions, r.planned(info, &Point{0.3, 0.4})...)
		}
		jobs = append(jobs, j)
	}
	return jobs
}

func mustMake(t testing.TB, s *Studio, jobs []Job) *Results {
	t.Helper()
	r, err := s.Make(context.Background(), jobs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func contents(t testing.TB, r *Results) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range r.Files {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil || int64(len(b)) != f.Size {
			t.Fatalf("%s: %d bytes, said to be %d (%v)", f.Path, len(b), f.Size, err)
		}
		out[f.Path] = string(b)
	}
	for i, s := range r.Sources {
		out[fmt.Sprint("color ", i)] = s.Color
	}
	return out
}

func decodeFile(t testing.TB, f File, data string) image.Image {
	t.Helper()
	read := jpeg.Decode
	if f.Type == TypeWebP {
		read = xwebp.Decode
	}
	m, err := read(strings.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return m
}

// TestMakeAll holds that every kind of picture gives renditions that decode to
// the planned size and carry nothing but pixels.
func TestMakeAll(t *testing.T) {
	fsys := album(t)
	s := New(fsys, MemStore(), Options{})
	jobs := jobsOf(t, s, fsys, tile, plate, card)
	r := mustMake(t, s, jobs)
	data := contents(t, r)
	planned := map[string]Rendition{}
	for i, j := range jobs {
		if r.Sources[i].Fault != nil || len(r.Sources[i].Color) != 7 {
			t.Errorf("%s: %+v", j.Info.Path, r.Sources[i])
		}
		for _, rend := range j.Renditions {
			planned[rend.Path] = rend
		}
	}
	if len(planned) != len(r.Files) {
		t.Errorf("%d files, planned were %d", len(r.Files), len(planned))
	}
	for _, f := range r.Files {
		want := planned[f.Path]
		b := decodeFile(t, f, data[f.Path]).Bounds()
		if b.Dx() != want.Width || b.Dy() != want.Height {
			t.Errorf("%s is %v, planned were %d × %d", f.Path, b, want.Width, want.Height)
		}
		for _, word := range []string{"Exif", "PRIVATE", "GPS", "xap", "Comment", "ICC", "2026"} {
			if strings.Contains(data[f.Path], word) {
				t.Errorf("%s holds %q", f.Path, word)
			}
		}
		onlyPixels(t, f, data[f.Path])
	}
}

// onlyPixels walks a file by its segments and allows only those that pixels
// need.
func onlyPixels(t *testing.T, f File, data string) {
	t.Helper()
	if f.Type == TypeWebP {
		if size := binary.LittleEndian.Uint32([]byte(data[16:])); data[12:16] != "VP8 " || int(20+size+size&1) != len(data) {
			t.Errorf("%s has more than one chunk", f.Path)
		}
		return
	}
	for at := 2; ; {
		marker, next := nextMarker([]byte(data), at)
		if marker == 0xd9 {
			if next != len(data) {
				t.Errorf("%s goes on behind its end", f.Path)
			}
			return
		}
		if !bytes.Contains([]byte{0xe0, 0xdb, 0xc0, 0xc4, 0xda}, []byte{marker}) {
			t.Errorf("%s has a segment %#x", f.Path, marker)
			return
		}
		at = next + int(binary.BigEndian.Uint16([]byte(data[next:])))
	}
}

// chunkWithSum returns a PNG chunk with a right checksum.
func chunkWithSum(kind, body string) []byte {
	out := chunk(kind, []byte(body))
	binary.BigEndian.PutUint32(out[len(out)-4:], crc32.ChecksumIEEE([]byte(kind+body)))
	return out
}

// TestOrientation holds that all eight ways to store a picture give the same
// upright one.
func TestOrientation(t *testing.T) {
	upright := quarters(151, 100)
	recipes := []Recipe{{Widths: []int{151, 64}}, {Widths: []int{50}, Ratio: "1:1"}}
	var want []image.Image
	for o := 1; o <= 8; o++ {
		fsys := fstest.MapFS{"a.jpg": {Data: withExif(jpegOf(t, turned(upright, o)), exifOf(binary.BigEndian, o, "", "", false))}}
		s := New(fsys, MemStore(), Options{})
		jobs := jobsOf(t, s, fsys, recipes...)
		if i := jobs[0].Info; i.Width != 151 || i.Height != 100 {
			t.Errorf("orientation %d: displayed as %d × %d", o, i.Width, i.Height)
		}
		r := mustMake(t, s, jobs)
		data := contents(t, r)
		for k, rend := range jobs[0].Renditions {
			i := slices.IndexFunc(r.Files, func(f File) bool { return f.Path == rend.Path })
			m := decodeFile(t, r.Files[i], data[rend.Path])
			if o == 1 {
				want = append(want, m)
			} else if d := distance(m, want[k]); d > 3 {
				t.Errorf("orientation %d, %s %d × %d: differs by %.1f on average", o, rend.Type, rend.Width, rend.Height, d)
			}
		}
	}
	corners(t, want[len(want)-1], 50, 50)
}

// corners holds a square crop, focus left of and above the middle, against the
// colours of quarters.
func corners(t *testing.T, m image.Image, w, h int) {
	t.Helper()
	for i, want := range []color.NRGBA{{200, 30, 20, 255}, {20, 180, 40, 255}, {30, 40, 190, 255}, {100, 100, 100, 255}} {
		x, y := 4+i%2*(w-9), 4+i/2*(h-9)
		r, g, b, _ := m.At(x, y).RGBA()
		for k, d := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
			if d < -40 || d > 40 {
				t.Errorf("corner %d is %v, want %v (channel %d)", i, m.At(x, y), want, k)
			}
		}
	}
}

// distance returns the mean difference of two pictures' channels.
func distance(a, b image.Image) float64 {
	if a.Bounds().Size() != b.Bounds().Size() {
		return 255
	}
	sum, n := 0, 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			for _, d := range []int{int(ar) - int(br), int(ag) - int(bg), int(ab) - int(bb)} {
				sum += max(d, -d) >> 8
				n++
			}
		}
	}
	return float64(sum) / float64(n)
}

// TestSameBytesAnyhow holds that neither the number of workers, nor the order
// of jobs, nor what the cache holds, nor what else is made changes a byte.
func TestSameBytesAnyhow(t *testing.T) {
	fsys := album(t)
	want := map[string]string{}
	for round := range 6 {
		before := runtime.GOMAXPROCS(1 + round%2)
		s := New(fsys, MemStore(), Options{})
		recipes := [][]Recipe{{tile, plate, card, wide}, {wide}, {card}, {tile}, {plate}, {plate, tile}}[round]
		jobs := jobsOf(t, s, fsys, recipes...)
		rand.New(rand.NewPCG(uint64(round), 0)).Shuffle(len(jobs), func(i, j int) { jobs[i], jobs[j] = jobs[j], jobs[i] })
		if round == 5 {
			for i := range jobs { // half of it beforehand
				mustMake(t, s, []Job{{jobs[i].Info, jobs[i].Renditions[len(jobs[i].Renditions)/2:]}})
			}
		}
		r := mustMake(t, s, jobs)
		runtime.GOMAXPROCS(before)
		for path, data := range contents(t, r) {
			if strings.HasPrefix(path, "color") {
				continue
			}
			if round == 0 {
				want[path] = data
			} else if want[path] != data {
				t.Errorf("round %d: %s came out otherwise", round, path)
			}
		}
		for i, src := range r.Sources {
			key := "color of " + jobs[i].Info.Path
			if round == 0 {
				want[key] = src.Color
			} else if want[key] != src.Color {
				t.Errorf("round %d: %s is %s, was %s", round, key, src.Color, want[key])
			}
		}
	}
}

// countingStore counts what is put into a Store.
type countingStore struct {
	Store
	puts atomic.Int64
}

func (c *countingStore) Put(key string, value []byte) error {
	c.puts.Add(1)
	return c.Store.Put(key, value)
}

// TestWarm holds that what is there is neither made nor read again.
func TestWarm(t *testing.T) {
	fsys := album(t)
	store := &countingStore{Store: DirStore(t.TempDir() + "/cache")}
	s := New(fsys, store, Options{})
	jobs := jobsOf(t, s, fsys, tile)
	first := contents(t, mustMake(t, s, jobs))
	puts := store.puts.Load()
	if puts == 0 {
		t.Fatal("nothing was put into the store")
	}
	r := mustMake(t, New(fstest.MapFS{}, store, Options{}), jobs) // no source is there to be read
	if got := contents(t, r); !equal(first, got) || store.puts.Load() != puts {
		t.Errorf("a warm run put %d entries", store.puts.Load()-puts)
	}
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// TestDamagedCache flips a bit of, cuts, empties, exchanges and removes every
// entry: what is published stays the same.
func TestDamagedCache(t *testing.T) {
	fsys := fstest.MapFS{"a.jpg": {Data: jpegOf(t, quarters(60, 40))}, "b.png": {Data: pngOf(t, quarters(50, 70))}}
	store := MemStore()
	s := New(fsys, store, Options{})
	jobs := jobsOf(t, s, fsys, Recipe{Widths: []int{40, 20}})
	want := contents(t, mustMake(t, s, jobs))
	keys, _ := store.Keys()
	damages := map[string]func(v []byte, i int) []byte{
		"flip":     func(v []byte, i int) []byte { v[len(v)*i/7%len(v)] ^= 1 << (i % 8); return v },
		"cut":      func(v []byte, i int) []byte { return v[:len(v)-1-i%len(v)] },
		"empty":    func([]byte, int) []byte { return nil },
		"exchange": func(_ []byte, i int) []byte { v, _ := store.Get(keys[(i+1)%len(keys)]); return v },
		"remove":   nil,
	}
	for name, damage := range damages {
		for _, warm := range []bool{false, true} { // before Make, and between Make and Open
			var r *Results
			if warm {
				r = mustMake(t, s, jobs)
			}
			for i, key := range keys {
				if damage == nil {
					store.Delete(key)
					continue
				}
				v, err := store.Get(key)
				if err != nil {
					t.Fatal(err)
				}
				store.Put(key, damage(v, i))
			}
			if !warm {
				r = mustMake(t, s, jobs)
			}
			if got := contents(t, r); !equal(want, got) {
				t.Errorf("%s, warm %v: something else is published", name, warm)
			}
			for _, key := range keys { // and the cache is sound again
				if v, err := store.Get(key); err != nil || strings.HasPrefix(key, "m/") && string(v) != want[key] {
					t.Errorf("%s, warm %v: %s was not put right (%v)", name, warm, key, err)
				}
			}
			mustMake(t, s, jobs)
		}
	}
}

func TestPrune(t *testing.T) {
	fsys := fstest.MapFS{"a.jpg": {Data: jpegOf(t, quarters(60, 40))}, "b.jpg": {Data: jpegOf(t, quarters(40, 60))}}
	dir := t.TempDir()
	store := DirStore(dir)
	s := New(fsys, store, Options{})
	jobs := jobsOf(t, s, fsys, Recipe{Widths: []int{20}})
	want := contents(t, mustMake(t, s, jobs))
	if err := store.Put("m/00/.tmp-left", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := s.Prune(context.Background(), jobs[:1], nil, nil); err != nil {
		t.Fatal(err)
	}
	keys, err := store.Keys()
	if err != nil || len(keys) != 3 {
		t.Errorf("left are %q (%v)", keys, err)
	}
	for _, key := range keys {
		if !strings.HasPrefix(key, "r/") && !strings.Contains(key, jobs[0].Info.Hash) {
			t.Errorf("%s is left", key)
		}
	}
	if got := contents(t, mustMake(t, s, jobs)); !equal(want, got) {
		t.Error("after pruning something else is published")
	}
}

// TestFaultsOfOne holds that a picture that cannot be made does not stop the
// others.
func TestFaultsOfOne(t *testing.T) {
	good := jpegOf(t, quarters(60, 40))
	broken := pngOf(t, quarters(60, 40))
	broken[len(broken)-30] ^= 0xff // in the pixels: its header is sound
	fsys := fstest.MapFS{"a.jpg": {Data: good}, "b.png": {Data: broken}, "c.jpg": {Data: jpegOf(t, quarters(40, 40))}, "d.jpg": {Data: jpegOf(t, quarters(30, 40))}}
	s := New(fsys, MemStore(), Options{})
	jobs := jobsOf(t, s, fsys, Recipe{Widths: []int{20}})
	fsys["c.jpg"] = &fstest.MapFile{Data: good}
	delete(fsys, "d.jpg")
	r := mustMake(t, s, jobs)
	for i, want := range []string{"", "is damaged", "changed while", "does not exist"} {
		f := r.Sources[i].Fault
		if (f == nil) != (want == "") || f != nil && (!strings.Contains(f.Text, want) || r.Sources[i].Color != "") {
			t.Errorf("%s: %+v, want %q", jobs[i].Info.Path, f, want)
		}
	}
	if len(r.Files) != 2 {
		t.Errorf("%d files, want the 2 of the good picture", len(r.Files))
	}
}

// TestSameContentTwice holds that two jobs for the same content share files.
func TestSameContentTwice(t *testing.T) {
	photo := jpegOf(t, quarters(60, 40))
	fsys := fstest.MapFS{"a.jpg": {Data: photo}, "b.jpg": {Data: photo}}
	s := New(fsys, MemStore(), Options{})
	total := 0
	jobs := jobsOf(t, s, fsys, Recipe{Widths: []int{20}})
	r, err := s.Make(context.Background(), jobs, func(done, of int) { total = of })
	if err != nil || total != 1 || len(r.Files) != 2 || r.Sources[0] != r.Sources[1] || r.Sources[0].Color == "" {
		t.Errorf("%v, total %d, %d files, %+v", err, total, len(r.Files), r.Sources)
	}
}

func TestCancel(t *testing.T) {
	fsys := album(t)
	s := New(fsys, MemStore(), Options{})
	jobs := jobsOf(t, s, fsys, tile)
	ctx, cancel := context.WithCancel(context.Background())
	r, err := s.Make(ctx, jobs, func(done, _ int) {
		if done == 1 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("cancelled after the first picture: %v %v", r, err)
	}
	if _, err := s.Make(ctx, jobs, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled from the start: %v", err)
	}
}

// fullStore is a disk without space.
type fullStore struct{ Store }

var errFull = errors.New("no space left")

func (fullStore) Put(string, []byte) error { return errFull }

func TestFullDisk(t *testing.T) {
	fsys := album(t)
	s := New(fsys, fullStore{MemStore()}, Options{})
	if _, err := s.Make(context.Background(), jobsOf(t, s, fsys, tile), nil); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

// TestGolden holds what comes out for one picture, within what encoders may
// change: flat colours stay, transparency becomes white, gray stays gray.
func TestGolden(t *testing.T) {
	flat := func(c color.Color, w, h int) image.Image {
		m := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			m.Set(i%w, i/w, c)
		}
		return m
	}
	for name, c := range map[string]struct {
		file []byte
		want color.NRGBA
	}{
		"orange png":       {pngOf(t, flat(color.NRGBA{230, 120, 30, 255}, 40, 30)), color.NRGBA{230, 120, 30, 255}},
		"blue jpeg":        {jpegOf(t, flat(color.NRGBA{30, 60, 200, 255}, 40, 30)), color.NRGBA{30, 60, 200, 255}},
		"half transparent": {pngOf(t, flat(color.NRGBA{200, 0, 0, 128}, 40, 30)), color.NRGBA{227, 127, 127, 255}},
		"transparent":      {pngOf(t, flat(color.NRGBA{0, 0, 0, 0}, 40, 30)), color.NRGBA{255, 255, 255, 255}},
		"black":            {jpegOf(t, flat(color.Black, 40, 30)), color.NRGBA{0, 0, 0, 255}},
		"white":            {jpegOf(t, flat(color.White, 40, 30)), color.NRGBA{255, 255, 255, 255}},
		"webp":             {webpFlat(t, 40, 30, 200), color.NRGBA{200, 200, 200, 255}},
		"webp with alpha":  {fromBase64(t, redGlass), color.NRGBA{255, 127, 127, 255}},
		"gray":             {jpegOf(t, evenGray(40, 30, 90)), color.NRGBA{90, 90, 90, 255}},
	} {
		fsys := fstest.MapFS{"a": {Data: c.file}}
		s := New(fsys, MemStore(), Options{})
		r := mustMake(t, s, jobsOf(t, s, fsys, Recipe{Widths: []int{33, 8}}))
		data := contents(t, r)
		near := func(what string, got color.Color) {
			g := color.NRGBAModel.Convert(got).(color.NRGBA)
			for _, d := range []int{int(g.R) - int(c.want.R), int(g.G) - int(c.want.G), int(g.B) - int(c.want.B)} {
				if d < -5 || d > 5 {
					t.Errorf("%s, %s: %v, want %v", name, what, g, c.want)
					return
				}
			}
		}
		for _, f := range r.Files {
			m := decodeFile(t, f, data[f.Path])
			near(f.Path, fullRange(m, f.Type, 5, 3))
			near(f.Path, fullRange(m, f.Type, 0, 0))
		}
		var rgb color.NRGBA
		fmt.Sscanf(r.Sources[0].Color, "#%02x%02x%02x", &rgb.R, &rgb.G, &rgb.B)
		rgb.A = 255
		near("average", rgb)
	}
}

func evenGray(w, h int, v byte) image.Image {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = v
	}
	return m
}

// fullRange returns a pixel; the WebP decoder leaves values in video range.
func fullRange(m image.Image, mediaType string, x, y int) color.Color {
	c, ok := m.(*image.YCbCr)
	if !ok || mediaType != TypeWebP {
		return m.At(x, y)
	}
	v := c.YCbCrAt(x, y)
	wide := func(v byte, zero, target, steps int) byte {
		return clamp8(int32(target + (int(v)-zero)*255/steps))
	}
	return color.YCbCr{Y: wide(v.Y, 16, 0, 219), Cb: wide(v.Cb, 128, 128, 224), Cr: wide(v.Cr, 128, 128, 224)}
}

func TestStores(t *testing.T) {
	for name, store := range map[string]Store{"dir": DirStore(t.TempDir() + "/not/yet/there"), "mem": MemStore()} {
		if keys, err := store.Keys(); err != nil || len(keys) != 0 {
			t.Errorf("%s: empty: %q %v", name, keys, err)
		}
		if _, err := store.Get("m/ab/x"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: missing: %v", name, err)
		}
		value := []byte("one")
		for _, key := range []string{"s/b", "m/ab/x", "m/ab/x"} {
			if err := store.Put(key, value); err != nil {
				t.Errorf("%s: put: %v", name, err)
			}
		}
		value[0] = 'X'
		if got, err := store.Get("m/ab/x"); err != nil || string(got) != "one" {
			t.Errorf("%s: get: %q %v", name, got, err)
		}
		if keys, err := store.Keys(); err != nil || !slices.Equal(keys, []string{"m/ab/x", "s/b"}) {
			t.Errorf("%s: keys: %q %v", name, keys, err)
		}
		if err := errors.Join(store.Delete("s/b"), store.Delete("s/b")); err != nil {
			t.Errorf("%s: delete: %v", name, err)
		}
	}
}
