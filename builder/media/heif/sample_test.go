package heif

import (
	"os"
	"path/filepath"
	"testing"
)

// samples lists the pictures in testdata.
func samples(t testing.TB) []string {
	var list []string
	for _, pattern := range []string{"*.avif", "*.heic"} {
		names, err := filepath.Glob(filepath.Join("testdata", pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("no %s in testdata: %v", pattern, err)
		}
		for _, n := range names {
			list = append(list, filepath.Base(n))
		}
	}
	return list
}

func sample(t testing.TB, name string) []byte {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
