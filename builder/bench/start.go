package main

import (
	"context"
	"os"
)

// startRounds is how often each program says its version.
const startRounds = 30

// start measures the least that either program can do.
func (b *bench) start(ctx context.Context) (*section, error) {
	b.begin()
	programs := []program{{name: "gallerist version", argv: []string{b.ours, "version"}}}
	covers := []string{"gallerist"}
	if b.hugo != "" {
		programs = append(programs, program{name: "hugo version", argv: []string{b.hugo, "version"}})
		covers = append(covers, "hugo")
	}
	taken := make([]samples, len(programs))
	for range startRounds {
		for i, p := range programs {
			s, err := p.run(ctx)
			if err != nil {
				return nil, err
			}
			taken[i] = append(taken[i], s)
		}
	}
	t := &table{head: []string{"30 times in turn", "wall ms", "least", "processor ms", "least", "program MiB"}}
	for i, p := range programs {
		info, err := os.Stat(p.argv[0])
		if err != nil {
			return nil, err
		}
		t.add(p.name, figure(1000*median(taken[i].walls())), figure(1000*least(taken[i].walls())),
			figure(1000*median(taken[i].cpus())), figure(1000*least(taken[i].cpus())), mebibytes(float64(info.Size())))
	}
	return &section{name: "start", covers: covers, title: "From nothing to a program that runs", machine: b.where(), tables: []*table{t}}, nil
}
