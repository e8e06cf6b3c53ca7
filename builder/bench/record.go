package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
)

// recordRounds is how often each site is built for the profile: at a hundred
// samples a second, enough that what takes a thousandth of the time is in it.
const recordRounds = 6

// profileFile is what "go build" looks for beside the program's main package.
const profileFile = "cmd/gallerist/default.pgo"

// record writes the profile by which the compiler knows what is called often
// (go.dev/doc/pgo): of whole builds of the workload, with the pages that Hugo
// makes too and with all.
func (b *bench) record(ctx context.Context) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	if err := goTool(ctx, root, nil, "build", "-trimpath", "-o", b.ours, "./cmd/gallerist"); err != nil { // no folder of this machine
		return err
	}
	c := newCorpus(10_000)
	args := []string{"tool", "pprof", "-proto", "-output", profileFile, b.ours}
	for _, v := range []variant{samePages, everyPage} {
		name := fmt.Sprint("site", v)
		j := b.ourBuild(name, filepath.Join(b.work, name))
		if err := c.writeGallerist(j.dir, v); err != nil {
			return err
		}
		for round := range recordRounds {
			profiles := filepath.Join(b.work, "profiles", name+strconv.Itoa(round))
			j.argv = []string{b.ours, "build", "--quiet", "--profile", profiles}
			if err := j.clean(); err != nil {
				return err
			}
			s, err := j.run(ctx)
			if err != nil {
				return err
			}
			fmt.Fprintf(b.log, "bench: recorded %s, %d of %d: %.2f s\n", name, round+1, recordRounds, s.wall.Seconds())
			args = append(args, filepath.Join(profiles, "cpu.pprof"))
		}
	}
	return goTool(ctx, root, nil, args...)
}
