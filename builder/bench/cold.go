package main

import (
	"context"
	"fmt"
)

// cold measures whole builds with nothing there from before.
func (b *bench) cold(ctx context.Context) (*section, error) {
	b.begin()
	s := &section{name: "cold", title: "Whole builds, nothing there before"}
	for _, n := range b.sizesOr(1000, 10_000) {
		t, err := b.coldSize(ctx, n)
		if err != nil {
			return nil, err
		}
		s.tables = append(s.tables, t)
		s.cover(b, n)
	}
	s.machine = b.where()
	return s, nil
}

// cover notes that a size was measured, and of what.
func (s *section) cover(b *bench, n int) {
	s.covers = append(s.covers, fmt.Sprintf("gallerist:%d", n))
	if b.peer(n) {
		s.covers = append(s.covers, fmt.Sprintf("hugo:%d", n))
	}
}

func (b *bench) coldSize(ctx context.Context, n int) (*table, error) {
	c := newCorpus(n)
	builds, err := b.sites(c, true)
	if err != nil {
		return nil, err
	}
	rounds := b.roundsFor(n)
	taken, err := b.turns(ctx, builds, rounds)
	if err != nil {
		return nil, err
	}
	outputs, err := c.check(builds)
	if err != nil {
		return nil, err
	}
	t := &table{
		title: fmt.Sprintf("%s pieces, %s", thousands(n), roundsText(rounds)),
		head:  []string{"", "wall s", "least", "processor s", "least", "peak MiB", "HTML pages", "files", "output MiB"},
	}
	for i, j := range builds {
		o := outputs[i]
		t.add(j.name, figure(median(taken[i].walls())), figure(least(taken[i].walls())),
			figure(median(taken[i].cpus())), figure(least(taken[i].cpus())), mebibytes(median(taken[i].peaks())),
			thousands(o.html), thousands(o.files), mebibytes(float64(o.bytes)))
	}
	if b.peer(n) {
		t.add(append([]string{"Hugo ÷ the same pages"}, times(taken[1], taken[0])...)...)
		t.add(append([]string{"Hugo ÷ the same words too"}, times(taken[1], taken[2])...)...)
	}
	return t, b.unsites()
}

func roundsText(n int) string {
	if n == 1 {
		return "one round"
	}
	return fmt.Sprintf("%d rounds in turn", n)
}

// turns builds cold, each in turn, so many rounds.
func (b *bench) turns(ctx context.Context, builds []build, rounds int) ([]samples, error) {
	taken := make([]samples, len(builds))
	for round := range rounds {
		for i, j := range builds {
			if err := j.clean(); err != nil {
				return nil, err
			}
			s, err := j.run(ctx)
			if err != nil {
				return nil, err
			}
			taken[i] = append(taken[i], s)
			fmt.Fprintf(b.log, "bench: round %d of %d: %s: %.2f s, processor %.2f s, %s MiB\n",
				round+1, rounds, j.name, s.wall.Seconds(), s.cpu.Seconds(), mebibytes(float64(s.peak)))
		}
	}
	return taken, nil
}

// times are how many times as much they take as we do.
func times(they, us samples) []string {
	return []string{
		figure(ratio(they.walls(), us.walls())), figure(least(they.walls()) / least(us.walls())),
		figure(ratio(they.cpus(), us.cpus())), figure(least(they.cpus()) / least(us.cpus())),
		figure(ratio(they.peaks(), us.peaks())),
	}
}
