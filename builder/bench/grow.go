package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// A growth is what building takes by the number of pieces.
type growth struct {
	name   string
	points []point
}

// A point is one size: medians of the rounds.
type point struct {
	pieces int
	wall   float64 // seconds
	cpu    float64 // seconds
	peak   float64 // bytes
}

// grow measures cold builds of the same pages at ever more pieces.
func (b *bench) grow(ctx context.Context) (*section, error) {
	b.begin()
	s := &section{name: "grow", title: "As galleries grow"}
	ours, theirs := growth{name: "Gallerist"}, growth{name: "Hugo"}
	for _, n := range b.sizesOr(1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000) {
		c := newCorpus(n)
		builds, err := b.sites(c, false)
		if err != nil {
			return nil, err
		}
		taken, err := b.turns(ctx, builds, b.growRounds(n))
		if err != nil {
			return nil, err
		}
		if _, err := c.check(builds); err != nil {
			return nil, err
		}
		ours.points = append(ours.points, taken[0].point(n))
		if len(builds) > 1 {
			theirs.points = append(theirs.points, taken[1].point(n))
		}
		s.cover(b, n)
		if err := b.unsites(); err != nil {
			return nil, err
		}
	}
	s.tables = []*table{growTable(ours, theirs)}
	s.machine = b.where()
	return s, b.draw(s, ours, theirs)
}

// growRounds is at most three: there are many sizes. Those that are compared with
// one another have as many each.
func (b *bench) growRounds(n int) int { return min(b.roundsFor(n), 3) }

func (s samples) point(n int) point {
	return point{n, median(s.walls()), median(s.cpus()), median(s.peaks())}
}

// growTable writes what a piece takes, in the order of sizes.
func growTable(ours, theirs growth) *table {
	t := &table{
		title: "The same pages, medians of the rounds",
		head:  []string{"pieces", "Gallerist: wall s", "processor s", "µs a piece", "KiB a piece", "Hugo: wall s", "processor s", "µs a piece", "KiB a piece"},
	}
	for i, p := range ours.points {
		row := append([]string{thousands(p.pieces)}, p.cells()...)
		if i < len(theirs.points) {
			row = append(row, theirs.points[i].cells()...)
		}
		t.add(row...)
	}
	for _, g := range []growth{ours, theirs} {
		if small, large, ok := g.linear(); ok {
			t.note("%s, a piece at 50,000 against one at 5,000: processor time × %.2f, wall time × %.2f, memory × %.2f.", g.name,
				large.a(large.cpu)/small.a(small.cpu), large.a(large.wall)/small.a(small.wall), large.a(large.peak)/small.a(small.peak))
		}
	}
	return t
}

// a returns a quantity by the piece.
func (p point) a(of float64) float64 { return of / float64(p.pieces) }

func (p point) cells() []string {
	return []string{figure(p.wall), figure(p.cpu), figure(p.a(p.cpu) * 1e6), figure(p.a(p.peak) / 1024)}
}

// linear returns the points of 5,000 and of 50,000 pieces.
func (g growth) linear() (small, large point, ok bool) {
	for _, p := range g.points {
		switch p.pieces {
		case 5000:
			small = p
		case 50_000:
			large = p
		}
	}
	return small, large, small.pieces > 0 && large.pieces > 0
}

// draw writes the chart beside the document, unless the document keeps the
// section that it has.
func (b *bench) draw(s *section, ours, theirs growth) error {
	if b.doc == "" {
		return nil
	}
	doc, err := readDoc(b.doc)
	if err != nil {
		return err
	}
	s.after = "![Processor time and memory a piece, by the number of pieces](growth.svg)"
	if _, err := s.in(doc); err != nil {
		return nil // told when the section is written
	}
	lines := []growth{ours}
	if len(theirs.points) > 0 {
		lines = append(lines, theirs)
	}
	file := filepath.Join(filepath.Dir(b.doc), "growth.svg")
	if err := os.WriteFile(file, growthChart(lines), 0o666); err != nil {
		return fmt.Errorf("the chart: %w", err)
	}
	return nil
}
