package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// warm measures builds over the output of the last one.
func (b *bench) warm(ctx context.Context) (*section, error) {
	b.begin()
	s := &section{name: "warm", title: "Builds after a change"}
	for _, n := range b.sizesOr(1000, 10_000) {
		t, err := b.warmSize(ctx, n)
		if err != nil {
			return nil, err
		}
		s.tables = append(s.tables, t)
		s.cover(b, n)
	}
	s.machine = b.where()
	return s, nil
}

// changes are what is done to a piece before a build.
var changes = []struct {
	name string
	edit func(p piece, round int) piece
}{
	{"nothing changed", nil},
	{"a text changed", func(p piece, round int) piece {
		p.Text += fmt.Sprintf("\nA line more, of round %d.\n", round)
		return p
	}},
	{"a title changed", func(p piece, round int) piece {
		p.Title += fmt.Sprintf(", again %d", round)
		return p
	}},
}

func (b *bench) warmSize(ctx context.Context, n int) (*table, error) {
	c := newCorpus(n)
	builds, err := b.sites(c, false)
	if err != nil {
		return nil, err
	}
	if _, err := b.turns(ctx, builds, 1); err != nil {
		return nil, err
	}
	if _, err := c.check(builds); err != nil {
		return nil, err
	}
	rounds := b.roundsFor(n)
	t := &table{
		title: fmt.Sprintf("%s pieces, %s", thousands(n), roundsText(rounds)),
		head:  []string{"", "wall s", "least", "processor s", "least", "peak MiB", "files written"},
	}
	for _, change := range changes {
		taken := make([]samples, len(builds))
		written := make([]int, len(builds))
		for round := range rounds {
			p := c.piece(n / 2)
			if change.edit != nil {
				p = change.edit(p, round)
			}
			for i, j := range builds {
				s, count, err := j.again(ctx, p, change.edit != nil)
				if err != nil {
					return nil, err
				}
				taken[i] = append(taken[i], s)
				written[i] = max(written[i], count)
			}
		}
		for i, j := range builds {
			t.add(change.name+": "+j.name, figure(median(taken[i].walls())), figure(least(taken[i].walls())),
				figure(median(taken[i].cpus())), figure(least(taken[i].cpus())), mebibytes(median(taken[i].peaks())), thousands(written[i]))
		}
		if len(builds) > 1 {
			t.add(append([]string{change.name + ": Hugo ÷ Gallerist"}, times(taken[1], taken[0])...)...)
		}
	}
	return t, b.unsites()
}

// again saves a piece, if it changed, builds, and counts the files that were
// written.
func (j build) again(ctx context.Context, p piece, changed bool) (sample, int, error) {
	if changed {
		if err := j.savePiece(p); err != nil {
			return sample{}, 0, err
		}
	}
	before, err := stamps(j.output())
	if err != nil {
		return sample{}, 0, err
	}
	s, err := j.run(ctx)
	if err != nil {
		return sample{}, 0, err
	}
	after, err := stamps(j.output())
	if err != nil {
		return sample{}, 0, err
	}
	count := 0
	for name, stamp := range after {
		if before[name] != stamp {
			count++
		}
	}
	return s, count, nil
}

// savePiece writes a piece's file in the form of the program, in place.
func (j build) savePiece(p piece) error {
	if j.name == peerName {
		return save(filepath.Join(j.dir, filepath.FromSlash(p.hugoFile())), p.hugo())
	}
	return save(filepath.Join(j.dir, filepath.FromSlash(p.galleristFile())), p.gallerist())
}

// stamp is by what a file that was written is known.
type stamp struct {
	written time.Time
	size    int64
}

// stamps lists the files below a folder.
func stamps(dir string) (map[string]stamp, error) {
	list := map[string]stamp{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		list[name] = stamp{info.ModTime(), info.Size()}
		return nil
	})
	return list, err
}
