package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPieceAsWritten holds one piece in both forms: another is another workload.
func TestPieceAsWritten(t *testing.T) {
	p := newCorpus(1000).piece(700)
	golden(t, "piece.txt", []byte(p.galleristFile()+"\n"+p.gallerist()+"\n"+p.hugoFile()+"\n"+p.hugo()))
}

func TestCorpus(t *testing.T) {
	address := regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	for n, want := range map[int]int{10_000: 40, 50_000: 100, 200_000: 100} {
		if got := newCorpus(n).galleries; got != want {
			t.Errorf("%d pieces are in %d galleries, not %d", n, got, want)
		}
	}
	for n, galleries := range map[int]int{10: 2, 100: 2, 1000: 10, 2000: 10} {
		c := newCorpus(n)
		if c.galleries != galleries {
			t.Errorf("%d pieces are in %d galleries, not %d", n, c.galleries, galleries)
		}
		titles, filled := map[string]bool{}, map[string]bool{}
		names, ids := map[string]person{}, map[string]person{}
		for i := range n {
			p := c.piece(i)
			titles[p.Title], filled[p.Gallery] = true, true
			for _, part := range []string{p.Gallery, p.Name, p.Author.ID} {
				if !address.MatchString(part) {
					t.Fatalf("%q cannot be part of an address", part)
				}
			}
			if before, known := names[p.Author.Name]; known && before != p.Author {
				t.Fatalf("two people have one name: %v and %v", before, p.Author)
			}
			if before, known := ids[p.Author.ID]; known && before != p.Author {
				t.Fatalf("two people have one id: %v and %v", before, p.Author)
			}
			names[p.Author.Name], ids[p.Author.ID] = p.Author, p.Author
			if k := len(p.Tags); k < 2 || k > 3 || len(slices.Compact(slices.Clone(p.Tags))) != k || !slices.IsSorted(p.Tags) {
				t.Fatalf("tags of %q: %q", p.Title, p.Tags)
			}
			if k := countWords(p.Text); k < 40 || k > 121 {
				t.Fatalf("%q has %d words:\n%s", p.Title, k, p.Text)
			}
			if q := c.piece(i); q.gallerist() != p.gallerist() {
				t.Fatalf("piece %d is another the second time", i)
			}
		}
		if len(titles) != n || len(filled) != galleries {
			t.Errorf("%d titles and %d galleries of %d pieces", len(titles), len(filled), n)
		}
	}
}

func countWords(text string) int {
	return len(strings.Fields(marks.ReplaceAllString(text, "")))
}

// TestSenders: names, and what addresses make of them, are enough for a million
// pieces.
func TestSenders(t *testing.T) {
	ids := map[string]string{}
	for i := range 1_000_000 / 5 {
		p := sender(i)
		if name, known := ids[p.ID]; known {
			t.Fatalf("%q is the id of %q and of %q", p.ID, name, p.Name)
		}
		ids[p.ID] = p.Name
	}
}

func TestParseSizes(t *testing.T) {
	got, err := parseSizes("10000,1000,1000")
	if err != nil || !slices.Equal(got, []int{1000, 10_000}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"x", "9", "1000x", "1000001", "-5"} {
		if _, err := parseSizes(bad); err == nil {
			t.Errorf("%q passes for a size", bad)
		}
	}
}
