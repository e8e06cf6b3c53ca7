package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
)

// How often each of our sites is built for the profile: builds from nothing,
// and as much time in builds after an edit, which take a quarter.
const (
	recordCold = 2
	recordWarm = 8
)

// record writes what builds spend their time on into a file, for the compiler
// (go build -pgo): each variant of the workload from nothing and after edits.
func (b *bench) record(ctx context.Context, file string) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	n := slices.Max(b.sizesOr(10_000))
	c := newCorpus(n)
	builds, err := b.sites(c, true)
	if err != nil {
		return err
	}
	var profiles []string
	profiled := func(j build) build {
		dir := filepath.Join(b.work, "profile", strconv.Itoa(len(profiles)))
		profiles = append(profiles, filepath.Join(dir, "cpu.pprof"))
		j.argv = append(slices.Clone(j.argv), "--profile", dir)
		return j
	}
	for _, j := range builds {
		fmt.Fprintf(b.log, "bench: recording %s\n", j.name)
		for range recordCold {
			if err := j.clean(); err != nil {
				return err
			}
			if _, err := profiled(j).run(ctx); err != nil {
				return err
			}
		}
		for round := range recordWarm {
			change := changes[round%len(changes)]
			p := c.piece((n*round + n/2) / recordWarm)
			if change.edit != nil {
				if err := j.savePiece(change.edit(p, round)); err != nil {
					return err
				}
			}
			if _, err := profiled(j).run(ctx); err != nil {
				return err
			}
		}
	}
	args := append([]string{"tool", "pprof", "-proto", "-output", file}, profiles...)
	return goTool(ctx, b.work, nil, args...)
}
