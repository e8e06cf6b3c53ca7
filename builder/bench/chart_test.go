package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// drawn are figures of two programs.
var drawn = []growth{
	{"Gallerist", []point{
		{1000, 0.3, 0.56, 56e6}, {2000, 0.5, 0.9, 70e6}, {5000, 1.1, 2.1, 110e6}, {10_000, 2.1, 4.0, 190e6},
		{20_000, 4.2, 8.1, 330e6}, {50_000, 10, 20.5, 750e6}, {100_000, 21, 41, 1.4e9}, {200_000, 43, 84, 2.8e9},
	}},
	{"Hugo", []point{
		{1000, 0.7, 1.3, 104e6}, {2000, 1.5, 2.7, 170e6}, {5000, 4.3, 7.2, 320e6}, {10_000, 10, 17, 570e6},
		{20_000, 22, 38, 1.1e9}, {50_000, 70, 118, 2.7e9},
	}},
}

func TestGrowthChart(t *testing.T) {
	chart := growthChart(drawn)
	golden(t, "growth.svg", chart)
	if !bytes.Equal(chart, growthChart(drawn)) {
		t.Error("the same figures give other bytes")
	}
}

// TestChartWellFormed draws what may come: one size, one program, nothing.
func TestChartWellFormed(t *testing.T) {
	for name, lines := range map[string][]growth{
		"nothing":     {{name: "Gallerist"}},
		"one size":    {{"Gallerist", drawn[0].points[:1]}, {"Hugo", drawn[1].points[:1]}},
		"one program": drawn[:1],
		"no figures":  {{"A < B & C", []point{{1000, 0, 0, 0}, {2000, 0, 0, 0}}}},
	} {
		d := xml.NewDecoder(bytes.NewReader(growthChart(lines)))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if bytes.Contains(growthChart(lines), []byte("NaN")) || bytes.Contains(growthChart(lines), []byte("Inf")) {
			t.Errorf("%s: a place is no number", name)
		}
	}
}

func TestStep(t *testing.T) {
	for _, test := range []struct {
		highest, distance float64
		digits            int
	}{{0, 1, 0}, {5, 1, 0}, {5.1, 2, 0}, {1.7, 0.5, 1}, {104, 50, 0}, {0.04, 0.01, 2}, {99, 20, 0}} {
		distance, digits := step(test.highest)
		if d := distance/test.distance - 1; d > 1e-9 || d < -1e-9 || digits != test.digits {
			t.Errorf("up to %v: %v, %d digits, not %v, %d", test.highest, distance, digits, test.distance, test.digits)
		}
	}
}

// TestGrowTable has the line on how a piece at 50,000 compares with one at 5,000.
func TestGrowTable(t *testing.T) {
	golden(t, "growth.txt", []byte(growTable(drawn[0], drawn[1]).text()))
}
