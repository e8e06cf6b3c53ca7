package main

import (
	"slices"
	"time"
)

// samples are of the same program, a round each.
type samples []sample

func (s samples) walls() []float64 { return s.each(func(s sample) float64 { return s.wall.Seconds() }) }
func (s samples) cpus() []float64  { return s.each(func(s sample) float64 { return s.cpu.Seconds() }) }
func (s samples) peaks() []float64 { return s.each(func(s sample) float64 { return float64(s.peak) }) }

func (s samples) each(of func(sample) float64) []float64 {
	list := make([]float64, len(s))
	for i := range s {
		list[i] = of(s[i])
	}
	return list
}

// median returns the middle of a list, between two where there are two, 0 of
// nothing.
func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// least returns the smallest of a list, 0 of nothing.
func least(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	return slices.Min(list)
}

// ratio returns the median of a's by b's of each round.
func ratio(a, b []float64) float64 {
	var list []float64
	for i := range min(len(a), len(b)) {
		if b[i] > 0 {
			list = append(list, a[i]/b[i])
		}
	}
	return median(list)
}

func milliseconds(list []time.Duration) []float64 {
	ms := make([]float64, len(list))
	for i, d := range list {
		ms[i] = float64(d) / float64(time.Millisecond)
	}
	return ms
}
