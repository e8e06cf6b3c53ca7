package media

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"image"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/gen2brain/jpegn"
)

// The script .ci/bench lets TestWritePhotos fill a folder, from which our
// pipeline (BenchmarkPhotos) and its peers then read.
var (
	photosFlag  = flag.String("photos", "", "folder of photographs for TestWritePhotos and BenchmarkPhotos")
	formatsFlag = flag.String("formats", "both", "what BenchmarkPhotos makes: jpeg or both")
)

// boxes are the renditions that all pipelines are asked for: lengths of the
// longer edge.
var boxes = []int{320, 640, 960, 1280, 1920}

// phonePhoto returns what a phone's camera might have seen, w × h pixels in
// 4:2:0: surfaces of equal contrast at every scale, as natural scenes have,
// some rough, some smooth, with the edges of things before them and the grain
// of the sensor. It depends on the seed alone.
func phonePhoto(w, h int, seed uint64) *image.YCbCr {
	r := rand.New(rand.NewPCG(seed, 12))
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	var luma []relief
	for cell := 1024; cell >= 4; cell /= 2 {
		luma = append(luma, newRelief(r, w, h, cell, min(110, 50+cell/8)))
	}
	rough, u, v := newRelief(r, w, h, 700, 256), newRelief(r, w, h, 500, 90), newRelief(r, w, h, 350, 90)
	things := newThings(r, w, h)
	sum, amount, line := make([]int32, w), make([]int32, w), make([]int32, w)
	for y := range h {
		clear(amount)
		rough.add(amount, y)
		for x, a := range amount {
			amount[x] = max(0, a+120)
		}
		for x := range sum {
			sum[x] = things.light(x, y)
		}
		for i, l := range luma {
			clear(line)
			l.add(line, y)
			fine := i > 3 // only what is rough has the small scales
			for x, d := range line {
				if fine {
					d = d * amount[x] >> 8
				}
				sum[x] += d
			}
		}
		row := m.Y[y*m.YStride:][:w]
		for x, s := range sum {
			row[x] = clamp8(s + grain(r, 11))
		}
		if y%2 == 0 {
			clear(line)
			u.add(line, y)
			chromaRow(m.Cb[y/2*m.CStride:][:(w+1)/2], line, r)
			clear(line)
			v.add(line, y)
			chromaRow(m.Cr[y/2*m.CStride:][:(w+1)/2], line, r)
		}
	}
	return m
}

func chromaRow(dst []byte, line []int32, r *rand.Rand) {
	for x := range dst {
		dst[x] = clamp8(128 + line[2*x] + grain(r, 5))
	}
}

// grain returns a sum of four even steps, which is nearly normal, with a
// standard deviation of about 0.3 n.
func grain(r *rand.Rand, n int32) int32 {
	v := r.Uint32()
	s := int32(v&255) + int32(v>>8&255) + int32(v>>16&255) + int32(v>>24) - 510
	return s * n >> 9
}

// relief is a lattice of heights, interpolated linearly.
type relief struct {
	cell, stride int
	heights      []int32
}

func newRelief(r *rand.Rand, w, h, cell, height int) relief {
	l := relief{cell: cell, stride: w/cell + 2}
	l.heights = make([]int32, l.stride*(h/cell+2))
	for i := range l.heights {
		l.heights[i] = int32(r.IntN(height)) - int32(height/2)
	}
	return l
}

// add adds the relief's row y.
func (l relief) add(row []int32, y int) {
	c := int32(l.cell)
	fy := int32(y % l.cell)
	a, b := l.heights[y/l.cell*l.stride:], l.heights[(y/l.cell+1)*l.stride:]
	for i := 0; i*l.cell < len(row); i++ {
		left, right := a[i]*(c-fy)+b[i]*fy, a[i+1]*(c-fy)+b[i+1]*fy
		left, right = left/c*256, right/c*256
		step := (right - left) / c
		for x := i * l.cell; x < min((i+1)*l.cell, len(row)); x++ {
			row[x] += left >> 8
			left += step
		}
	}
}

// things are discs of even light, the later before the earlier.
type things [][4]int32

func newThings(r *rand.Rand, w, h int) things {
	t := make(things, 24)
	for i := range t {
		t[i] = [4]int32{int32(r.IntN(w)), int32(r.IntN(h)), int32(w/40 + r.IntN(w/6+1)), int32(60 + r.IntN(140))}
	}
	return t
}

func (t things) light(x, y int) int32 {
	for i := len(t) - 1; i >= 0; i-- {
		dx, dy, radius := int32(x)-t[i][0], int32(y)-t[i][1], t[i][2]
		if dx > -radius && dx < radius && dy > -radius && dy < radius && dx*dx+dy*dy < radius*radius {
			return t[i][3]
		}
	}
	return 120
}

// phoneFile returns such a picture as a phone would save it: every third
// progressive, in changing orientation.
func phoneFile(t testing.TB, w, h, i int) []byte {
	t.Helper()
	var b bytes.Buffer
	o := &jpegn.EncodeOptions{Quality: 92, Progressive: i%3 == 2}
	if err := jpegn.Encode(&b, phonePhoto(w, h, uint64(i)), o); err != nil {
		t.Fatal(err)
	}
	return withExif(b.Bytes(), exifOf(binary.BigEndian, []int{6, 1, 8, 3}[i%4], "2026:11:02 08:14:00", "", true))
}

// TestWritePhotos writes six photographs of 12 megapixels.
func TestWritePhotos(t *testing.T) {
	if *photosFlag == "" {
		t.Skip("-photos is not given")
	}
	for i := range 6 {
		name := filepath.Join(*photosFlag, fmt.Sprintf("p%d.jpg", i))
		if err := os.WriteFile(name, phoneFile(t, 4032, 3024, i), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkPhotos makes the renditions of a folder's photographs and keeps
// them in another below it, as the peers do.
func BenchmarkPhotos(b *testing.B) {
	if *photosFlag == "" {
		b.Skip("-photos is not given")
	}
	names, err := fs.Glob(os.DirFS(*photosFlag), "*.jpg")
	if err != nil || len(names) == 0 {
		b.Fatalf("no photographs in %s (%v)", *photosFlag, err)
	}
	for b.Loop() {
		store := DirStore(filepath.Join(b.TempDir(), "out"))
		benchmarkMake(b, os.DirFS(*photosFlag), store, names, *formatsFlag)
	}
	b.ReportMetric(float64(len(names)), "photos")
}

func benchmarkMake(b *testing.B, fsys fs.FS, store Store, names []string, formats string) {
	b.Helper()
	recipe := Recipe{Widths: boxes, Formats: []string{"webp", "jpeg"}}
	if formats == "jpeg" {
		recipe.Formats = []string{"jpeg"}
	}
	s := New(fsys, store, Options{})
	var jobs []Job
	for _, name := range names {
		info, fault, err := s.Probe(b.Context(), name)
		if err != nil || fault != nil {
			b.Fatal(name, fault, err)
		}
		jobs = append(jobs, Job{Info: info, Renditions: recipe.planned(info, nil)})
	}
	for i, src := range mustMake(b, s, jobs).Sources {
		if src.Fault != nil {
			b.Fatal(names[i], src.Fault)
		}
	}
}

// BenchmarkMake makes five sizes of one photograph of 12 megapixels.
func BenchmarkMake(b *testing.B) {
	for i, kind := range []string{"baseline", "", "progressive"} {
		if kind == "" {
			continue
		}
		fsys := fstest.MapFS{"a.jpg": {Data: phoneFile(b, 4032, 3024, i)}}
		for _, formats := range []string{"jpeg", "both"} {
			b.Run(kind+"/"+formats, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					benchmarkMake(b, fsys, MemStore(), []string{"a.jpg"}, formats)
				}
			})
		}
	}
}
