package publish

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// change is what one publication does to the output.
type change struct {
	old, next Manifest
	deleted   []string
	staged    []staged // sorted by path

	before, after func() outline // of old and of next; made when they are asked for
}

func (d *Dir) change(next Manifest) *change {
	c := &change{old: d.found.files, next: next, deleted: d.deleted}
	c.before = sync.OnceValue(func() outline {
		if d.found.exact {
			return d.recorded.outline
		}
		return outlineOf(c.old)
	})
	c.after = sync.OnceValue(func() outline {
		if samePaths(c.old, c.next) {
			return c.before()
		}
		return outlineOf(c.next)
	})
	c.stage(d.staged)
	return c
}

// samePaths says whether two manifests have the same outline.
func samePaths(a, b Manifest) bool {
	return slices.EqualFunc(a, b, func(a, b Entry) bool { return a.Path == b.Path })
}

func (c *change) stage(files []staged) {
	slices.SortFunc(files, func(a, b staged) int { return cmp.Compare(a.path, b.path) })
	c.staged = files
}

func (c *change) size() int   { return len(c.staged) + len(c.deleted) }
func (c *change) empty() bool { return c.size() == 0 }

// staying returns the files that the new tree has from the old one.
func (c *change) staying() []string {
	var out []string
	at := 0
	for i := range c.next {
		path := c.next[i].Path
		if at < len(c.staged) && c.staged[at].path == path {
			at++
			continue
		}
		out = append(out, path)
	}
	return out
}

// looks returns how each file of the new site looks: as it was staged, or as
// it was found.
func (c *change) looks(found []look) []look {
	out := make([]look, len(c.next))
	at, old := 0, 0
	for i := range c.next {
		path := c.next[i].Path
		for old < len(c.old) && c.old[old].Path < path {
			old++
		}
		switch {
		case at < len(c.staged) && c.staged[at].path == path:
			out[i] = c.staged[at].look
			at++
		case old < len(c.old) && c.old[old].Path == path:
			out[i] = found[old]
		}
	}
	return out
}

// apply brings a tree that holds the old site to the new one. A folder is gone
// before a file takes its name, and a file before a folder does.
func (c *change) apply(ctx context.Context, d *Dir, t tree, put func(path string) error) error {
	gone, born := folderChanges(c.before().folders, c.after().folders)
	for _, path := range c.deleted {
		if err := t.Remove(path); err != nil {
			return err
		}
	}
	for _, dir := range slices.Backward(gone) {
		if err := t.RemoveFolder(dir); err != nil {
			return err
		}
	}
	for _, dir := range born {
		if err := d.mkdirIn(t, dir); err != nil {
			return err
		}
	}
	return each(ctx, d.workers, len(c.staged), func(i int) error { return put(c.staged[i].path) })
}

// folderChanges returns the folders that one outline has and the other not.
func folderChanges(old, next []string) (gone, born []string) {
	for len(old) > 0 || len(next) > 0 {
		switch {
		case len(next) == 0 || len(old) > 0 && compareFolders(old[0], next[0]) < 0:
			gone, old = append(gone, old[0]), old[1:]
		case len(old) == 0 || compareFolders(old[0], next[0]) > 0:
			born, next = append(born, next[0]), next[1:]
		default:
			old, next = old[1:], next[1:]
		}
	}
	return gone, born
}

// record writes the state of the coming site. That is done before the exchange:
// a state that came too early only makes the next build look closer at what
// differs.
func (d *Dir) record(ctx context.Context, c *change, made composed) error {
	if d.opt.State == "" {
		return nil
	}
	c.stage(d.staged) // with copies
	s := &state{files: c.next, looks: c.looks(d.found.looks), outline: c.after()}
	s.places = make([]places, len(s.outline.folders))
	var err error
	if made.spare {
		d.carry(s, 0, d.sparePlaces)
		err = d.lookAgain(made.tree, s, c)
	} else {
		err = d.lookAtAll(ctx, made.tree, s)
	}
	if err != nil {
		return explain(d.root, err)
	}
	if d.found.exact { // else the old tree is no spare
		d.carry(s, 1, d.found.places)
	}
	if err := s.seal(made.name); err != nil {
		return explain(d.root, err)
	}
	return d.writeState(s)
}

// carry notes as the nth tree's places those of the folders that were there
// before.
func (d *Dir) carry(s *state, n int, before []place) {
	at := 0
	for i, dir := range d.recorded.outline.folders {
		for at < len(s.places) && compareFolders(s.outline.folders[at], dir) < 0 {
			at++
		}
		if at < len(s.places) && s.outline.folders[at] == dir {
			s.places[at][n] = before[i]
		}
	}
}

// lookAgain notes the places of the folders in which something was changed.
// One left out would only be listed by the next build.
func (d *Dir) lookAgain(t tree, s *state, c *change) error {
	last := "/" // none
	look := func(dir string) error {
		at, ok := s.outline.find(dir)
		if !ok || dir == last {
			return nil
		}
		saw, err := t.Look(dir)
		s.places[at][0], last = saw.place(), dir
		return err
	}
	var paths []string
	for _, f := range c.staged {
		paths = append(paths, f.path)
	}
	gone, born := folderChanges(d.recorded.outline.folders, s.outline.folders)
	for _, path := range slices.Concat(paths, c.deleted, gone, born) {
		if err := look(parent(path)); err != nil {
			return err
		}
	}
	for _, dir := range append(born, "") {
		if err := look(dir); err != nil {
			return err
		}
	}
	return nil
}

// lookAtAll notes the places of all folders.
func (d *Dir) lookAtAll(ctx context.Context, t tree, s *state) error {
	if !t.Faithful() {
		return nil
	}
	return each(ctx, d.workers, len(s.places), func(i int) error {
		saw, err := t.Look(s.outline.folders[i])
		s.places[i][0] = saw.place()
		return err
	})
}

// settle writes the state anew if it does not say all that is known of a site
// to which nothing was done.
func (d *Dir) settle(ctx context.Context, c *change) error {
	if d.opt.State == "" || !d.found.stale && slices.Equal(c.next, d.recorded.files) {
		return nil
	}
	s := &state{files: c.next, looks: c.looks(d.found.looks)}
	if err := s.seal(d.root); err != nil {
		return explain(d.root, err)
	}
	if d.found.exact {
		s.outline, s.places = d.recorded.outline, slices.Clone(d.recorded.places)
		for i, p := range d.found.places {
			s.places[i].see(p)
		}
		return d.writeState(s)
	}
	s.outline = c.after()
	s.places = make([]places, len(s.outline.folders))
	if err := d.lookAtAll(ctx, d.site, s); err != nil {
		return explain(d.root, err)
	}
	return d.writeState(s)
}

// see notes where the visible tree has the folder now.
func (ps *places) see(p place) {
	if ps[1].inode == p.inode {
		ps[1] = p
		return
	}
	if ps[0].inode != p.inode {
		ps[1] = ps[0]
	}
	ps[0] = p
}
