package media

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestFields holds that everything in an Info is remembered, or known from the
// place where it is remembered.
func TestFields(t *testing.T) {
	elsewhere := []string{"Path:string", "Hash:string", "Size:int64", "cut:*media.cut"} // what is remembered is whole
	names := map[any]string{}
	var i Info
	nameFields(names, "", reflect.ValueOf(&i).Elem())
	listed := strings.Fields(schema())
	for _, name := range names {
		if !slices.Contains(listed, name) && !slices.Contains(elsewhere, name) {
			t.Errorf("Info.%s is not in its fields(): it would be forgotten", name)
		}
	}
	if len(listed) != len(i.fields()) || len(slices.Compact(slices.Sorted(slices.Values(listed)))) != len(listed) {
		t.Errorf("fields() lists what is no field, or one twice: %s", schema())
	}
}

// scramble sets all fields of an Info to values that differ.
func scramble(r *rand.Rand, i *Info) {
	for _, p := range i.fields() {
		switch p := p.(type) {
		case *string:
			*p = strings.Repeat("ж\t\n\x00", r.IntN(3)) + fmt.Sprint(r.Int())
		case *int:
			*p = r.IntN(1<<30) - 1<<29
		case *int64:
			*p = r.Int64() - 1<<62
		case *float64:
			*p = r.NormFloat64()
		case *bool:
			*p = r.IntN(2) == 1
		}
	}
	i.orientation = r.IntN(9)
}

// someMemory returns an index of n contents, each in a file and in a blob.
func someMemory(n int) remembered {
	r := rand.New(rand.NewPCG(3, 4))
	m := nothing()
	for i := range n {
		raw := make([]byte, 32)
		for j := range raw {
			raw[j] = byte(r.Uint32())
		}
		info := &Info{Format: "jpeg", Width: 4032, Height: 3024, Size: r.Int64N(1 << 23), Hash: hex.EncodeToString(raw), Taken: "2026-11-02T08:14:00+03:00", orientation: 6}
		m.contents[info.Hash] = info
		m.files[fmt.Sprintf("content/morning/2026-11-%02d-submission-%d/photo.jpg", i%30+1, i)] = known{1_770_000_000_123_456_789 + r.Int64N(1e15), r.Uint64N(1 << 32), info}
		m.blobs[string(raw[:20])] = info
	}
	return m
}

// TestIndexFile holds that all comes back, and always as the same bytes.
func TestIndexFile(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	m := someMemory(50)
	for _, info := range m.contents {
		scramble(r, info)
	}
	m.files["путь\x00\n"] = known{-1, 1<<64 - 1, m.files["content/morning/2026-11-01-submission-0/photo.jpg"].info}
	b := m.format()
	back := parseIndex(string(b))
	if !reflect.DeepEqual(m, back) {
		t.Error("what was written is not read back")
	}
	if string(back.format()) != string(b) {
		t.Error("written again, it differs")
	}
	for path, k := range back.files {
		if back.contents[k.info.Hash] != k.info {
			t.Fatalf("%q does not share its content", path)
		}
	}
}

// TestIndexFileDamage holds that of damaged bytes nothing is believed, even
// where the checksum would be right.
func TestIndexFileDamage(t *testing.T) {
	whole := someMemory(3)
	b := string(whole.format())
	for n := range len(b) {
		if m := parseIndex(b[:n]); len(m.contents)+len(m.files)+len(m.blobs) != 0 {
			t.Fatalf("of %d bytes of %d something is read", n, len(b))
		}
	}
	if m := parseIndex(b + "\x00"); len(m.contents) != 0 {
		t.Error("with a byte more something is read")
	}
	if m := parseIndex(strings.Replace(b, "Width:int", "Weight:int", 1)); len(m.contents) != 0 {
		t.Error("with other fields something is read")
	}
	bad := someMemory(1)
	for _, info := range bad.contents {
		info.orientation = 9
	}
	if m := parseIndex(string(bad.format())); len(m.contents) != 0 {
		t.Error("with an orientation that there is not something is read")
	}
	key, value := indexKey, seal(indexKey, []byte(b))
	for i := range value {
		value[i] ^= 4
		if _, ok := unseal(key, value); ok {
			t.Fatalf("with a bit of byte %d flipped it passes for whole", i)
		}
		value[i] ^= 4
	}
}

func FuzzIndexFile(f *testing.F) {
	for _, n := range []int{0, 1, 3} {
		m := someMemory(n)
		f.Add(strings.TrimPrefix(string(m.format()), indexHead()))
	}
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\x7f")
	f.Fuzz(func(t *testing.T, body string) {
		m := parseIndex(indexHead() + body)
		for path, k := range m.files {
			if k.info == nil || m.contents[k.info.Hash] != k.info || len(k.info.Hash) != 64 {
				t.Fatalf("%q leads nowhere", path)
			}
		}
		for id, info := range m.blobs {
			if info == nil || m.contents[info.Hash] != info {
				t.Fatalf("%q leads nowhere", id)
			}
		}
		again := parseIndex(string(m.format()))
		if !reflect.DeepEqual(m.contents, again.contents) && !hasNaN(m) {
			t.Fatal("written and read again, it differs")
		}
	})
}

// hasNaN says whether a number is none, which equals nothing.
func hasNaN(m remembered) bool {
	for _, info := range m.contents {
		for _, p := range info.fields() {
			if f, ok := p.(*float64); ok && *f != *f {
				return true
			}
		}
	}
	return false
}

// BenchmarkIndex reads and writes the index of 10,000 pictures, seal included.
func BenchmarkIndex(b *testing.B) {
	m := someMemory(10_000)
	value := seal(indexKey, m.format())
	b.Run("load", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			body, ok := unseal(indexKey, value)
			if r := parseIndex(string(body)); !ok || len(r.files) != 10_000 {
				b.Fatal("not read")
			}
		}
		b.ReportMetric(float64(len(value)), "bytes")
	})
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			seal(indexKey, m.format())
		}
	})
}
