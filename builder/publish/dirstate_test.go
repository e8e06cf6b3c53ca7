package publish

import (
	"bytes"
	"crypto/sha256"
	"math/rand/v2"
	"reflect"
	"testing"
)

// drawnState is a state of n files or fewer.
func drawnState(draw *rand.Rand, n int) *state {
	s := &state{files: drawn(draw, n)}
	s.outline = outlineOf(s.files)
	s.looks, s.places = make([]look, len(s.files)), make([]places, len(s.outline.folders))
	for i := range s.looks {
		s.looks[i] = look{mtime: draw.Int64() - draw.Int64(), inode: draw.Uint64()}
	}
	for i := range s.places {
		s.places[i] = places{{draw.Int64(), draw.Uint64()}, {-draw.Int64(), draw.Uint64()}}
	}
	return s
}

func TestStateRoundTrip(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 9))
	for n := range 60 {
		s := drawnState(draw, n)
		data := s.encode("/srv/public")
		got, ok := decodeState(data, "/srv/public")
		if !ok || len(got.files) != len(s.files) || !reflect.DeepEqual(got.places, s.places) {
			t.Fatalf("%d files: %v %+v", n, ok, got)
		}
		for i := range s.files {
			if got.files[i] != s.files[i] || got.stat(i) != s.stat(i) {
				t.Fatalf("%v came back as %v", s.files[i], got.files[i])
			}
		}
		if !bytes.Equal(got.encode("/srv/public"), data) {
			t.Fatal("the same state gives other bytes")
		}
		if _, ok := decodeState(data, "/srv/other"); ok {
			t.Fatal("taken for another folder's")
		}
	}
}

// Whatever is cut off, flipped or added: the state says nothing.
func TestStateDamage(t *testing.T) {
	data := drawnState(rand.New(rand.NewPCG(2, 2)), 6).encode("out")
	for i := range data {
		if _, ok := decodeState(data[:i], "out"); ok {
			t.Fatalf("cut at %d", i)
		}
		flipped := bytes.Clone(data)
		flipped[i] ^= 4
		if _, ok := decodeState(flipped, "out"); ok {
			t.Fatalf("flipped at %d", i)
		}
	}
	if _, ok := decodeState(append(bytes.Clone(data), 0), "out"); ok {
		t.Fatal("longer")
	}
}

// FuzzState feeds what has a right sum and still is no state: it must neither
// panic nor give a manifest that is not sorted.
func FuzzState(f *testing.F) {
	for n := range 8 {
		data := drawnState(rand.New(rand.NewPCG(3, uint64(n))), n).encode("out")
		f.Add(data[:len(data)-sha256.Size])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		sum := sha256.Sum256(body)
		s, ok := decodeState(append(bytes.Clone(body), sum[:]...), "out")
		if !ok {
			return
		}
		if len(s.files) != len(s.looks) || len(s.places) != len(s.outline.folders) || s.files.sorted() == nil && len(s.files) > 0 {
			t.Fatalf("%+v", s)
		}
		for i := 1; i < len(s.files); i++ {
			if s.files[i].Path <= s.files[i-1].Path {
				t.Fatalf("%q after %q", s.files[i].Path, s.files[i-1].Path)
			}
		}
	})
}

// BenchmarkState reads and writes what is remembered of 200,000 files in 67,000
// folders, but for the disk.
func BenchmarkState(b *testing.B) {
	set := bigSite(200_000/3, "", false)
	s := &state{files: make(Manifest, set.Len())}
	for i, f := range set.Files() {
		s.files[i] = Entry{Path: f.Path, Hash: Hash{1}, Size: 1}
	}
	s.outline, s.looks = outlineOf(s.files), make([]look, set.Len())
	s.places = make([]places, len(s.outline.folders))
	data := s.encode("out")
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := decodeState(data, "out"); !ok {
				b.Fatal("damaged")
			}
		}
		b.ReportMetric(float64(len(data))/float64(set.Len()), "B/file")
	})
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.encode("out")
		}
	})
}
