package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"

	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gen2brain/jpegn"
	"golang.org/x/sync/semaphore"
)

// withEncoder puts an encoder in a format's place while a test runs.
func withEncoder(t *testing.T, format string, encode func(context.Context, *image.YCbCr) ([]byte, error)) {
	before := encoders[format]
	t.Cleanup(func() { encoders[format] = before })
	e := before
	e.encode = encode
	encoders[format] = e
}

// TestEncoderFails holds that an encoder which fails or panics over one picture
// costs that picture, and nothing else; and that the panic leaves no memory
// reserved.
func TestEncoderFails(t *testing.T) {
	fsys := fstest.MapFS{"a.jpg": {Data: jpegOf(t, quarters(60, 40))}, "b.jpg": {Data: jpegOf(t, quarters(64, 44))}, "c.jpg": {Data: jpegOf(t, quarters(68, 48))}}
	whole := encoders["jpeg"].encode
	withEncoder(t, "jpeg", func(ctx context.Context, m *image.YCbCr) ([]byte, error) {
		switch m.Rect.Dx() {
		case 60:
			panic("index out of range")
		case 64:
			return nil, errors.New("too large for one partition")
		}
		return whole(ctx, m)
	})
	s := New(fsys, MemStore(), Options{})
	jobs := jobsOf(t, s, fsys, Recipe{Widths: []int{100}, Formats: []string{"jpeg"}})
	r := mustMake(t, s, jobs)
	for i, want := range []string{"index out of range", "one partition", ""} {
		f := r.Sources[i].Fault
		if (f == nil) != (want == "") || f != nil && (!strings.Contains(f.Text, want) || f.Hint == "") {
			t.Errorf("%s: %v, want %q", jobs[i].Info.Path, f, want)
		}
	}
	if free := s.memory.TryAcquire(s.budget); len(r.Files) != 1 || !free {
		t.Errorf("%d files; all memory is free: %v", len(r.Files), free)
	}
}

// TestHeavy holds that a picture heavier than all memory there is waits until
// it is alone, and that none is planned heavier than any may be.
func TestHeavy(t *testing.T) {
	fsys := album(t)
	s := New(fsys, MemStore(), Options{})
	s.budget, s.memory = 1000, semaphore.NewWeighted(1000)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // it would wait for ever
	defer cancel()
	r, err := s.Make(ctx, jobsOf(t, s, fsys, tile), nil)
	if err != nil || len(r.Files) == 0 {
		t.Fatal(err)
	}
	wide := Recipe{Name: "a", Widths: []int{3200}, Ratio: "1:1"}
	phone := &Info{Format: "jpeg", Width: 8192, Height: 6144, Size: 12e6, extra: 6} // progressive, 50 megapixels
	if w := phone.weight(phone.largestScale()); w > maxWeight {
		t.Errorf("a progressive picture of a phone is refused: %d bytes", w)
	}
	for _, info := range []*Info{
		phone,
		{Format: "jpeg", Width: 65535, Height: 1500},
		{Format: "jpeg", Width: 1500, Height: 65535, extra: 3},
		{Format: "jpeg", Width: 10000, Height: 10000, Size: defaultBytes},
	} {
		info.Hash, info.orientation = strings.Repeat("0", 64), 1
		rend := noFiles.Plan([]Recipe{wide}, info, Look{})["a"][0]
		if w := info.weight(rend.scale); w > maxWeight {
			t.Errorf("%d × %d at 1/%d: %d bytes", info.Width, info.Height, rend.scale, w)
		}
	}
}

// brokenStore fails at its nth call.
type brokenStore struct {
	Store
	calls, fail int64
}

var errBroken = errors.New("the disk is broken")

func (b *brokenStore) broken() bool { return atomic.AddInt64(&b.calls, 1) == b.fail }

func (b *brokenStore) Get(key string) ([]byte, error) {
	if b.broken() {
		return nil, errBroken
	}
	return b.Store.Get(key)
}

func (b *brokenStore) Put(key string, value []byte) error {
	if b.broken() {
		return errBroken
	}
	return b.Store.Put(key, value)
}

func (b *brokenStore) Now() (time.Time, error) {
	if b.broken() {
		return time.Time{}, errBroken
	}
	return b.Store.Now()
}

// TestBrokenStore lets every single call to the store fail in turn: the error
// is told, and what the store then holds leads to the same files.
func TestBrokenStore(t *testing.T) {
	fsys := fstest.MapFS{"a.jpg": {Data: jpegOf(t, quarters(60, 40))}, "b.png": {Data: pngOf(t, quarters(50, 70))}}
	recipe := Recipe{Widths: []int{40, 20}}
	run := func(store Store, open bool) (map[string]string, error) {
		s := New(fsys, store, Options{})
		var jobs []Job
		for _, path := range sortedKeys(fsys) {
			info, fault, err := s.Probe(t.Context(), path)
			if err != nil {
				return nil, err
			}
			if fault != nil {
				t.Fatalf("a broken disk is told as %v", fault)
			}
			jobs = append(jobs, Job{info, recipe.planned(info, nil)})
		}
		do := s.Make
		if open {
			do = func(ctx context.Context, jobs []Job, _ func(int, int)) (*Results, error) { return s.Later(ctx, jobs) }
		}
		r, err := do(t.Context(), jobs, nil)
		if err != nil {
			return nil, err
		}
		out := map[string]string{}
		for _, f := range r.Files {
			in, err := f.Open()
			if err != nil {
				return nil, err
			}
			data, err := io.ReadAll(in)
			if err != nil {
				return nil, err
			}
			out[f.Path] = string(data)
		}
		return out, nil
	}
	want, err := run(MemStore(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range []bool{false, true} {
		for n := int64(1); ; n++ {
			store := &brokenStore{Store: MemStore(), fail: n}
			_, err := run(store, open)
			if store.calls < n {
				break // all calls have had their turn
			}
			if !errors.Is(err, errBroken) {
				t.Errorf("call %d of %d fails, and the error is %v", n, store.calls, err)
			}
			got, err := run(store, !open)
			if err != nil || !maps.Equal(got, want) {
				t.Errorf("after call %d failed other files come out (%v)", n, err)
			}
		}
	}
}

// TestUnwritable holds that a cache which cannot be written is told as that.
func TestUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cache")
	if err := os.WriteFile(file, []byte("a file, not a folder"), 0o666); err != nil {
		t.Fatal(err)
	}
	store := DirStore(file)
	_, now := store.Now()
	for _, err := range []error{now, store.Put("index", nil)} {
		if err == nil || !strings.Contains(err.Error(), "the cache cannot be written") || !strings.Contains(err.Error(), file) {
			t.Error(err)
		}
	}
}

// TestBuildsAtOnce lets builds with different wishes work with one cache: each
// gets what it would get alone, then and later.
func TestBuildsAtOnce(t *testing.T) {
	fsys := album(t)
	store := DirStore(t.TempDir())
	wishes := [][]Recipe{{tile}, {plate}, {card}, {tile, card}}
	alone := make([]map[string]string, len(wishes))
	for i, recipes := range wishes {
		s := New(fsys, MemStore(), Options{})
		alone[i] = contents(t, mustMake(t, s, jobsOf(t, s, fsys, recipes...)))
	}
	var group sync.WaitGroup
	for round := range 2 {
		for i, recipes := range wishes {
			group.Go(func() {
				s := New(fsys, store, Options{})
				jobs := jobsOf(t, s, fsys, recipes...)
				rand.New(rand.NewPCG(uint64(i), uint64(round))).Shuffle(len(jobs), func(a, b int) { jobs[a], jobs[b] = jobs[b], jobs[a] })
				r, err := s.Make(context.Background(), jobs, nil)
				if err != nil {
					t.Error(err)
					return
				}
				for path, data := range contents(t, r) {
					if !strings.HasPrefix(path, "color") && alone[i][path] != data {
						t.Errorf("build %d: %s came out otherwise", i, path)
					}
				}
			})
		}
		group.Wait()
	}
}

// TestPathNamesBytes asks for renditions in every way, at random: of what
// recipes, focus, mark, note and ground, made, made later or opened alone, out
// of a cache that loses entries. One path always has the same bytes.
func TestPathNamesBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	fsys := glasses(t)
	fsys["photo.jpg"] = &fstest.MapFile{Data: phoneFile(t, 300, 200, 1)}
	fsys["copy.jpg"] = fsys["photo.jpg"]
	fsys["logo"] = &fstest.MapFile{Data: pngOf(t, quarters(40, 30))}
	fsys["other"] = &fstest.MapFile{Data: pngOf(t, quarters(30, 40))}
	var names []string
	for _, name := range sortedKeys(fsys) {
		if strings.Contains(name, ".") {
			names = append(names, name)
		}
	}
	recipes := []Recipe{{Name: "a", Widths: []int{24, 60}}, {Name: "b", Widths: []int{60}, Ratio: "1:1"}, {Name: "c", Size: "40x20"}, {Name: "d", Widths: []int{200}}}
	notes := [][]byte{nil, (&Note{Credit: "one"}).XMP(), (&Note{Credit: "two"}).XMP()}
	grounds := [][3]byte{{255, 255, 255}, {10, 80, 30}}
	seen, from := map[string]string{}, map[string]string{}
	store := MemStore()
	for round := range 40 {
		s := New(fsys, store, Options{Ground: &grounds[r.IntN(2)]})
		var marks []*Mark
		for _, m := range []struct {
			name    string
			corner  Corner
			opacity float64
		}{{"logo", "top-left", 0.5}, {"logo", "top-left", 0.7}, {"logo", "bottom-right", 0.5}, {"other", "top-left", 0.5}} {
			mark, fault, err := s.Mark(t.Context(), m.name, m.corner, 0.5, m.opacity)
			if fault != nil || err != nil {
				t.Fatal(fault, err)
			}
			marks = append(marks, mark)
		}
		marks = append(marks, nil)
		var jobs []Job
		for range 1 + r.IntN(4) {
			info, fault, err := s.Probe(t.Context(), names[r.IntN(len(names))])
			if fault != nil || err != nil {
				t.Fatal(fault, err)
			}
			look := Look{Mark: marks[r.IntN(len(marks))], Note: notes[r.IntN(len(notes))]}
			if r.IntN(2) == 0 {
				look.Focus = &Point{float64(r.IntN(3)) / 2, float64(r.IntN(3)) / 2}
			}
			some := slices.Clone(recipes)
			r.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
			j := Job{Info: info}
			for _, list := range s.Plan(some[:1+r.IntN(len(some))], info, look) {
				j.Renditions = append(j.Renditions, list...)
			}
			jobs = append(jobs, j)
		}
		note := func(path string, in io.ReadCloser, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			if before, ok := seen[path]; ok && before != string(data) {
				t.Errorf("round %d: %s of %s, before of %s, came out otherwise", round, path, jobs[0].Info.Path, from[path])
			}
			seen[path], from[path] = string(data), jobs[0].Info.Path
		}
		switch r.IntN(3) {
		case 0:
			for _, j := range jobs {
				for _, rend := range j.Renditions {
					in, err := s.Open(j.Info, rend)
					note(rend.Path, in, err)
				}
			}
		case 1:
			made, err := s.Later(t.Context(), jobs)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range made.Files {
				in, err := f.Open()
				note(f.Path, in, err)
			}
		default:
			for _, f := range mustMake(t, s, jobs).Files {
				in, err := f.Open()
				note(f.Path, in, err)
			}
		}
		keys, err := store.Keys()
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if r.IntN(3) == 0 {
				if err := store.Delete(key); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d paths were asked for", len(seen))
	}
}

// TestTurnedAnyhow holds that a picture comes out the same however it is stored,
// at whatever size, shape, focus and with a mark.
func TestTurnedAnyhow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	logo := pngOf(t, quarters(40, 30))
	for range 12 {
		w, h := 60+r.IntN(140), 60+r.IntN(140)
		upright := image.NewNRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				upright.SetNRGBA(x, y, color.NRGBA{uint8(20 + 200*x/w), uint8(20 + 200*y/h), uint8(120 + 60*(x-y)/(w+h)), 255})
			}
		}
		recipe := Recipe{Name: "a", Widths: []int{20 + r.IntN(50)}, Ratio: fmt.Sprintf("%d:%d", 1+r.IntN(5), 1+r.IntN(5)), Formats: []string{"jpeg"}}
		focus := &Point{r.Float64(), r.Float64()}
		var want image.Image
		for o := 1; o <= 8; o++ {
			stored := encodedWith(t, turned(upright, o), jpegn.EncodeOptions{Quality: 97, Subsampling: jpegn.Subsample444})
			fsys := fstest.MapFS{"a": {Data: withExif(stored, exifOf(binary.BigEndian, o, "", "", false))}, "logo": {Data: logo}}
			s := New(fsys, MemStore(), Options{})
			mark, fault, err := s.Mark(t.Context(), "logo", "bottom-right", 0.6, 0.5)
			if fault != nil || err != nil {
				t.Fatal(fault, err)
			}
			info, _, err := s.Probe(t.Context(), "a")
			if err != nil {
				t.Fatal(err)
			}
			rend := s.Plan([]Recipe{recipe}, info, Look{Focus: focus, Mark: mark})["a"]
			made := mustMake(t, s, []Job{{info, rend}})
			m := decodeFile(t, made.Files[0], contents(t, made)[rend[0].Path])
			if o == 1 {
				want = m
			} else if d := distance(m, want); d > 3 {
				t.Errorf("%d × %d, orientation %d, %+v around %v: differs by %.1f on average", w, h, o, recipe, *focus, d)
			}
		}
	}
}

// TestMarkLooks holds that a mark is laid on as its picture is displayed:
// upright, in its colours, in the range of its format.
func TestMarkLooks(t *testing.T) {
	logo, muted := quarters(120, 80), color.NRGBA{120, 180, 90, 255}
	fsys := fstest.MapFS{"paper.png": {Data: pngOf(t, filled(color.NRGBA{255, 255, 255, 255}, 400, 300))}}
	for o := 1; o <= 8; o++ {
		fsys["turned"+string(rune('0'+o))] = &fstest.MapFile{Data: withExif(jpegOf(t, turned(logo, o)), exifOf(binary.BigEndian, o, "", "", false))}
	}
	fsys["p3"] = &fstest.MapFile{Data: pngWith(pngOf(t, filled(muted, 120, 80)), chunkWithSum("cICP", "\x0c\x0d\x00\x01"))}
	fsys["black"] = &fstest.MapFile{Data: webpFlat(t, 120, 80, 16)} // video range: 16 is black
	fsys["white"] = &fstest.MapFile{Data: webpFlat(t, 120, 80, 255)}
	s := New(fsys, MemStore(), Options{})
	paper, fault, err := s.Probe(t.Context(), "paper.png")
	if fault != nil || err != nil {
		t.Fatal(fault, err)
	}
	marked := func(name string) image.Image {
		mark, fault, err := s.Mark(t.Context(), name, "top-left", 0.4, 1)
		if fault != nil || err != nil {
			t.Fatal(name, fault, err)
		}
		rend := s.Plan([]Recipe{{Name: "a", Widths: []int{400}, Formats: []string{"jpeg"}}}, paper, Look{Mark: mark})["a"]
		r := mustMake(t, s, []Job{{paper, rend}})
		return decodeFile(t, r.Files[0], contents(t, r)[r.Files[0].Path])
	}
	want := marked("turned1")
	for o := 2; o <= 8; o++ {
		if d := distance(marked("turned"+string(rune('0'+o))), want); d > 0.5 {
			t.Errorf("orientation %d: differs by %.1f on average", o, d)
		}
	}
	at := func(m image.Image) [3]int {
		r, g, b, _ := m.At(60, 40).RGBA()
		return [3]int{int(r >> 8), int(g >> 8), int(b >> 8)}
	}
	for name, want := range map[string][3]int{"p3": {100, 182, 76}, "black": {16, 16, 16}, "white": {255, 255, 255}} {
		got := at(marked(name))
		for i := range got {
			if d := got[i] - want[i]; d < -4 || d > 4 {
				t.Errorf("%s: %v, want %v", name, got, want)
				break
			}
		}
	}
}

// TestClipChanges holds that of a film nothing is given out that was not
// probed, and that what stands in its place does not stop anybody.
func TestClipChanges(t *testing.T) {
	film, err := os.ReadFile("film/testdata/h264.mov")
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile("film/testdata/h264.mp4")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "a.mov")
	write := func(data []byte) {
		t.Helper()
		if err := errors.Join(os.RemoveAll(name), os.WriteFile(name, data, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	write(film)
	s := New(os.DirFS(dir), MemStore(), Options{})
	info, fault, err := s.Probe(t.Context(), "a.mov")
	if fault != nil || err != nil {
		t.Fatal(fault, err)
	}
	open := func() ([]byte, error) {
		in, err := s.OpenClip(info)
		if err != nil {
			return nil, err
		}
		defer in.Close()
		return io.ReadAll(in)
	}
	if data, err := open(); err != nil || int64(len(data)) != info.ClipSize {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	for what, do := range map[string]func() error{
		"another film": func() error { write(other); return nil },
		"half of it":   func() error { write(film[:len(film)/2]); return nil },
		"more of it":   func() error { write(append(slices.Clone(film), other...)); return nil },
		"nothing":      func() error { return os.Remove(name) },
		"a folder":     func() error { return errors.Join(os.RemoveAll(name), os.Mkdir(name, 0o777)) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
		var f *Fault
		if data, err := open(); !errors.As(err, &f) || f.Hint == "" {
			t.Errorf("%s: %d bytes, %v", what, len(data), err)
		}
		write(film)
	}
	if data, err := open(); err != nil || !bytes.HasPrefix(data[4:], []byte("ftyp")) {
		t.Errorf("again as it was: %v", err)
	}
}
