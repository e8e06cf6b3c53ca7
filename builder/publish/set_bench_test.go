package publish

import (
	"fmt"
	"testing"
)

// BenchmarkSetAdd fills a set with 10,000 pages, each in a folder of its own.
func BenchmarkSetAdd(b *testing.B) {
	paths := make([]string, 10_000)
	for i := range paths {
		paths[i] = fmt.Sprintf("gallery-%02d/piece-%05d/index.html", i%40, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		s := new(Set)
		for _, path := range paths {
			s.Add(File{Path: path})
		}
		if s.Len() != len(paths) {
			b.Fatal(s.Problems())
		}
	}
}
