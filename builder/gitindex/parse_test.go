package gitindex

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

var (
	moment  = time.Unix(1_770_000_000, 123_456_789)
	written = moment.Add(time.Millisecond)
)

func idOf(b byte, size int) string { return strings.Repeat(fmt.Sprintf("%02x", b), size) }

// TestParse holds that every version of both sorts of repository is read, with
// long names, neighbours that share beginnings, and extensions behind.
func TestParse(t *testing.T) {
	long := strings.Repeat("длинное имя/", 400) + "x.jpg"
	names := []string{"a", "a.jpg", "a/b/c.jpg", "a/b/d.jpg", "b", "content/утро/оля/1.jpg", "content/утро/оля/10.jpg", long}
	var files []file
	for i, name := range names {
		files = append(files, file{name: name, id: byte(i + 1), size: uint32(100 + i), changed: moment, inode: uint32(i + 10)})
	}
	for _, l := range layouts {
		data := l.write(files, extension{"TREE", "whatever"}, extension{"sdir", ""}, extension{"EOIE", strings.Repeat("x", 24)})
		x, err := Parse(data, written)
		if err != nil {
			t.Errorf("%+v: %v", l, err)
			continue
		}
		for i, name := range names {
			id, ok := x.Clean(name, int64(100+i), moment, uint64(i+10))
			if want := idOf(byte(i+1), l.idSize); !ok || id != want {
				t.Errorf("%+v: %.20s: got %q, want %q", l, name, id, want)
			}
		}
		for _, name := range []string{"", "a.jp", "a/b", "c", "content/утро/оля/2.jpg", long + "x"} {
			if id, ok := x.Clean(name, 100, moment, 0); ok {
				t.Errorf("%+v: %q, which is not there, has the id %s", l, name, id)
			}
		}
	}
}

// TestClean holds what makes a file clean and what does not.
func TestClean(t *testing.T) {
	whole := time.Unix(1_770_000_000, 0)
	base := file{name: "f", id: 1, size: 100, changed: moment, inode: 77}
	with := func(change func(*file)) file {
		f := base
		change(&f)
		return f
	}
	tests := []struct {
		name    string
		noted   file
		size    int64
		changed time.Time
		inode   uint64
		written time.Time
		want    bool
	}{
		{"as noted", base, 100, moment, 77, written, true},
		{"executable", with(func(f *file) { f.mode = 0o100755 }), 100, moment, 77, written, true},
		{"inode not known here", base, 100, moment, 0, written, true},
		{"inode not noted", with(func(f *file) { f.inode = 0 }), 100, moment, 77, written, true},
		{"inode of more than 32 bits", base, 100, moment, 1<<32 + 77, written, true},
		{"another inode", base, 100, moment, 78, written, false},
		{"longer", base, 101, moment, 77, written, false},
		{"longer by 4 GiB", base, 1<<32 + 100, moment, 77, written, true}, // told apart by who keeps the size with the id
		{"empty", with(func(f *file) { f.size = 0 }), 0, moment, 77, written, false},
		{"git was not sure", with(func(f *file) { f.size = 0 }), 100, moment, 77, written, false},
		{"4 GiB", with(func(f *file) { f.size = 0 }), 1 << 32, moment, 77, written, false},
		{"negative size", base, -100, moment, 77, written, false},
		{"a nanosecond later", base, 100, moment.Add(1), 77, written, false},
		{"a second later", base, 100, moment.Add(time.Second), 77, written.Add(time.Hour), false},
		{"136 years later", base, 100, moment.Add(1 << 32 * time.Second), 77, written.Add(1 << 33 * time.Second), false},
		{"index of the same time", base, 100, moment, 77, moment, false},
		{"index of an earlier time", base, 100, moment, 77, moment.Add(-time.Hour), false},
		{"whole seconds, settled", with(func(f *file) { f.changed = whole }), 100, whole, 77, whole.Add(3 * time.Second), true},
		{"whole seconds, just now", with(func(f *file) { f.changed = whole }), 100, whole, 77, whole.Add(2999 * time.Millisecond), false},
		{"git noted whole seconds only", with(func(f *file) { f.changed = whole }), 100, moment, 77, written.Add(time.Hour), false},
		{"assumed valid", with(func(f *file) { f.flags = flagAssumeValid }), 100, moment, 77, written, false},
		{"in conflict", with(func(f *file) { f.flags = 2 << 12 }), 100, moment, 77, written, false},
		{"not checked out", with(func(f *file) { f.extended = flagSkipWorktree }), 100, moment, 77, written, false},
		{"only announced", with(func(f *file) { f.extended = flagIntentToAdd }), 100, moment, 77, written, false},
		{"a link", with(func(f *file) { f.mode = 0o120000 }), 100, moment, 77, written, false},
		{"a submodule", with(func(f *file) { f.mode = 0o160000 }), 100, moment, 77, written, false},
		{"a folder not checked out", with(func(f *file) { f.mode = 0o40000 }), 100, moment, 77, written, false},
	}
	for _, tt := range tests {
		for _, version := range []uint32{3, 4} {
			x, err := Parse(layout{version, 20, false}.write([]file{tt.noted}), tt.written)
			if err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			id, ok := x.Clean("f", tt.size, tt.changed, tt.inode)
			if ok != tt.want || ok && id != idOf(1, 20) {
				t.Errorf("%s, version %d: got %q, %t", tt.name, version, id, ok)
			}
		}
	}
}

// TestConflict holds that the three versions of a file in conflict make no
// clean file, and do not hide their neighbours.
func TestConflict(t *testing.T) {
	files := []file{{name: "a", id: 1, size: 5, changed: moment}}
	for stage := range uint16(3) {
		files = append(files, file{name: "f", id: 2, size: 5, changed: moment, flags: (stage + 1) << 12})
	}
	files = append(files, file{name: "z", id: 3, size: 5, changed: moment})
	x, err := Parse(layout{2, 20, false}.write(files), written)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"a": true, "f": false, "z": true} {
		if _, ok := x.Clean(name, 5, moment, 0); ok != want {
			t.Errorf("%s: clean is %t", name, ok)
		}
	}
}

// TestRefused holds what is not read, and that it is told in words.
func TestRefused(t *testing.T) {
	l2, l4 := layout{2, 20, false}, layout{4, 20, false}
	one := []file{{name: "name", id: 1, size: 5, changed: moment}}
	edit := func(l layout, change func([]byte) []byte) []byte {
		b := l.write(one)
		return l.seal(change(b[:len(b)-l.idSize]))
	}
	nameAt := headerSize + statSize + 20 + flagsSize
	flipped := l2.write(one)
	flipped[20] ^= 1
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "not a git index"},
		{"something else", bytes.Repeat([]byte("x"), 100), "not a git index"},
		{"a flipped bit", flipped, "checksum"},
		{"cut", l2.write(one)[:60], "checksum"},
		{"version 1", layout{1, 20, false}.write(one), "version 1"},
		{"version 5", layout{5, 20, false}.write(one), "version 5"},
		{"more entries than bytes", edit(l2, func(b []byte) []byte { copy(b[8:], u32(1<<32-1)); return b }), "too short"},
		{"one entry more", edit(l2, func(b []byte) []byte { return append(b[:8], append(u32(2), append(b[12:], make([]byte, 80)...)...)...) }), "another length"},
		{"a name without end", edit(l2, func(b []byte) []byte { return append(b[:nameAt], "name"...) }), "cut short"},
		{"a short padding", edit(l2, func(b []byte) []byte { return b[:len(b)-1] }), "cut short"},
		{"an empty name", l2.write([]file{{name: ""}}), "another length"},
		{"a NUL in a name", l2.write([]file{{name: "a\x00b"}}), "another length"},
		{"not sorted", l2.write([]file{{name: "b"}, {name: "a"}}), "not sorted"},
		{"twice", l2.write([]file{{name: "a"}, {name: "a"}}), "not sorted"},
		{"flags of version 3 in version 2", l2.write([]file{{name: "a", extended: flagIntentToAdd}}), "flags"},
		{"strips more than there is", edit(l4, func(b []byte) []byte { b[nameAt] = 1; return b }), "not spelled out"},
		{"strips without end", edit(l4, func(b []byte) []byte { copy(b[nameAt:], "\xff\xff\xff\xff"); return b }), "not spelled out"},
		{"an extension cut short", edit(l2, func(b []byte) []byte { return append(b, "TREE\x00\x00\x00\x09"...) }), "cut short"},
		{"rests of an extension", edit(l2, func(b []byte) []byte { return append(b, "TREE"...) }), "cut short"},
		{"an extension to be known", l2.write(one, extension{"next", ""}), `extension "next"`},
		{"split", l2.write(one, extension{"link", strings.Repeat("\x01", 20)}), "split"},
	}
	for _, tt := range tests {
		x, err := Parse(tt.data, written)
		if err == nil || x != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := Parse(l2.write(one, extension{"link", strings.Repeat("\x01", 20)}), written); !errors.Is(err, ErrSplit) {
		t.Errorf("split: %v", err)
	}
}

// TestLongNames holds that names which version 4 shortens cannot fill memory.
func TestLongNames(t *testing.T) {
	var files []file
	for i := range 200 {
		files = append(files, file{name: strings.Repeat("n", 100_000) + fmt.Sprintf("%03d", i), id: 1})
	}
	data := layout{4, 20, false}.write(files)
	if _, err := Parse(data, written); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("%d bytes of index: %v", len(data), err)
	}
}

// many is an index such as a large site has.
func many(n int, l layout) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	files := make([]file, n)
	for i := range files {
		files[i] = file{
			name: fmt.Sprintf("content/morning/2026-%02d/submission-%06d/photo.jpg", i*12/n+1, i), id: byte(i),
			size: r.Uint32(), changed: moment.Add(-time.Duration(r.Int64N(1e15))), inode: r.Uint32(),
		}
	}
	return l.write(files)
}

func BenchmarkParse(b *testing.B) {
	for _, l := range []layout{{2, 20, false}, {4, 20, false}, {2, 32, false}} {
		data := many(100_000, l)
		b.Run(fmt.Sprintf("version=%d/id=%d", l.version, l.idSize), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Parse(data, written); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	x, err := Parse(many(100_000, layout{2, 20, false}), written)
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		name := x.names[i*7919%len(x.names)]
		e := x.data[x.at[i*7919%len(x.names)]:]
		x.Clean(name, int64(be32(e[atLength:])), time.Unix(int64(be32(e[atMtime:])), int64(be32(e[atMtime+4:]))), 0)
	}
}

// FuzzParse holds that whatever is accepted is bounded, sorted and answers for
// just the entries it keeps.
func FuzzParse(f *testing.F) {
	files := []file{
		{name: "a", id: 1, size: 5, changed: moment}, {name: "a/b", id: 2, size: 6, changed: moment, inode: 3},
		{name: "a/bc", id: 2, size: 6, changed: moment, extended: flagSkipWorktree}, {name: "b", id: 2, size: 6, changed: moment, flags: 1 << 12},
	}
	for _, l := range layouts {
		some := files
		if l.version == 2 {
			some = files[:2]
		}
		f.Add(l.write(some, extension{"TREE", "x"}))
	}
	f.Add(layout{2, 20, false}.write(nil, extension{"link", strings.Repeat("\x01", 20)}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > sha1.Size { // as if its checksum were right
			data = layout{idSize: sha1.Size, unsealed: true}.seal(data[: len(data)-sha1.Size : len(data)-sha1.Size])
		}
		x, err := Parse(data, written)
		if err != nil {
			return
		}
		total := 0
		for i, name := range x.names {
			total += len(name)
			if i > 0 && x.names[i-1] >= name {
				t.Fatalf("%q comes before %q", x.names[i-1], name)
			}
			e := x.data[x.at[i]:]
			size, changed := int64(be32(e[atLength:])), time.Unix(int64(be32(e[atMtime:])), int64(be32(e[atMtime+4:])))
			id, ok := x.Clean(name, size, changed, uint64(be32(e[atInode:])))
			if ok && (len(id) != 2*x.idSize || !changed.Before(written)) {
				t.Fatalf("%q is clean: %q", name, id)
			}
			if _, ok := x.Clean(name, size+1, changed, 0); ok {
				t.Fatalf("%q is clean with another size", name)
			}
		}
		if total > namesFactor*len(data) {
			t.Fatalf("%d bytes of names in %d bytes", total, len(data))
		}
	})
}
