package publish

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// drawn is a manifest of paths of few letters, so that folders share beginnings
// and characters around the slash meet.
func drawn(draw *rand.Rand, n int) Manifest {
	taken := map[string]bool{}
	for range n {
		var parts []string
		for range 1 + draw.IntN(4) {
			part := ""
			for range 1 + draw.IntN(2) {
				part += string("a-.0бz"[draw.IntN(4)])
			}
			parts = append(parts, part)
		}
		taken[strings.Join(parts, "/")] = true
	}
	for path := range maps.Clone(taken) { // what is a folder is no file
		for dir := parent(path); dir != ""; dir = parent(dir) {
			delete(taken, dir)
		}
	}
	var m Manifest
	for i, path := range slices.Sorted(maps.Keys(taken)) {
		m = append(m, Entry{Path: path, Hash: Hash{byte(i), 1}, Size: int64(i), Key: SumKey(path)})
	}
	return m
}

// TestOutline holds outlines to what follows from the paths one by one.
func TestOutline(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 4))
	for round := range 500 {
		m := drawn(draw, round%40)
		o := outlineOf(m)
		want := map[string][]string{"": nil}
		for _, e := range m {
			dir := parent(e.Path)
			want[dir] = append(want[dir], e.Path)
			for ; dir != ""; dir = parent(dir) {
				want[dir] = append(want[dir], []string(nil)...)
			}
		}
		if len(o.folders) != len(want) || !slices.IsSortedFunc(o.folders, compareFolders) {
			t.Fatalf("folders %q of %v", o.folders, m)
		}
		for i, dir := range o.folders {
			var got []string
			for _, f := range o.in(i) {
				got = append(got, m[f].Path)
			}
			if files, ok := want[dir]; !ok || !slices.Equal(got, files) {
				t.Fatalf("%q holds %q, want %q", dir, got, files)
			}
			if at, ok := o.find(dir); !ok || at != i {
				t.Fatalf("%q is found at %d, %v, not at %d of %q", dir, at, ok, i, o.folders)
			}
			if _, ok := o.find(dir + "/~"); ok {
				t.Fatalf("a folder below %q is found", dir)
			}
		}
	}
}

// TestFolderChanges holds the merge of two outlines to sets.
func TestFolderChanges(t *testing.T) {
	draw := rand.New(rand.NewPCG(5, 6))
	for round := range 300 {
		a, b := outlineOf(drawn(draw, round%30)).folders, outlineOf(drawn(draw, round%17)).folders
		gone, born := folderChanges(a, b)
		lacks := func(in []string) func(string) bool {
			return func(s string) bool { return slices.Contains(in, s) }
		}
		if want := slices.DeleteFunc(slices.Clone(a), lacks(b)); !slices.Equal(gone, want) {
			t.Fatalf("gone %q, want %q", gone, want)
		}
		if want := slices.DeleteFunc(slices.Clone(b), lacks(a)); !slices.Equal(born, want) {
			t.Fatalf("born %q, want %q", born, want)
		}
	}
}

// A target that lists its files in whatever order is understood.
func TestManifestSorted(t *testing.T) {
	m := drawn(rand.New(rand.NewPCG(7, 8)), 50)
	mixed := slices.Clone(m)
	slices.Reverse(mixed)
	if !slices.Equal(mixed.sorted(), m) || mixed[0] == m[0] {
		t.Error("not sorted, or the target's own list was changed")
	}
	for _, e := range m {
		if got, ok := m.Find(e.Path); !ok || got != e {
			t.Errorf("%s: %v, %v", e.Path, got, ok)
		}
	}
	if _, ok := m.Find("nowhere"); ok {
		t.Error("found nowhere")
	}
}

func TestSumKey(t *testing.T) {
	seen := map[KeySum]string{}
	for _, key := range []string{"", "a", "b", strings.Repeat("long", 1000), strings.Repeat("long", 1000) + "!", "tab\tline\n"} {
		sum := SumKey(key)
		if other, taken := seen[sum]; taken || (sum == KeySum{}) != (key == "") {
			t.Errorf("%.10q has the sum %x of %.10q", key, sum, other)
		}
		seen[sum] = key
	}
	if got := fmt.Sprintf("%x", SumKey("abc")); got != "ba7816bf8f01cfea414140de5dae2223" { // FIPS 180-2, appendix B.1
		t.Errorf("sum %s", got)
	}
}
