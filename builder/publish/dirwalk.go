package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"
)

// tree is what lies in the output folder.
type tree struct {
	names   []string // of regular files, as slash-separated paths, without our mark
	stats   []stat   // theirs
	strange []string // links, pipes, devices: to be gone
	leaves  []string // folders without folders
	empty   bool     // some folder is empty: to be gone
}

// walk reads the whole output folder, level by level.
func (d *Dir) walk(ctx context.Context) (*tree, error) {
	t := new(tree)
	if _, err := os.Lstat(d.root); errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	level := []string{""}
	var mu sync.Mutex // guards t and below
	for len(level) > 0 {
		var below []string
		err := d.each(ctx, len(level), func(i int) error {
			found, err := readFolder(d.root, level[i])
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			below = append(below, found.folders...)
			t.take(found)
			return nil
		})
		if err != nil {
			return nil, explain(d.root, err)
		}
		level = below
	}
	return t, nil
}

// listing is one folder.
type listing struct {
	dir     string // from the output folder; "" = itself
	folders []string
	names   []string // of regular files, as paths from the output folder
	stats   []stat
	strange []string
}

func (t *tree) take(l *listing) {
	t.names, t.stats = append(t.names, l.names...), append(t.stats, l.stats...)
	t.strange = append(t.strange, l.strange...)
	if len(l.folders) == 0 {
		t.leaves = append(t.leaves, l.dir)
		t.empty = t.empty || l.dir != "" && len(l.names)+len(l.strange) == 0
	}
}

// entry is one name in a folder. Only a regular file has a stat.
type entry struct {
	name string
	kind fs.FileMode
	stat stat
}

func readFolder(root, dir string) (*listing, error) {
	entries, err := listFolder(filepath.Join(root, filepath.FromSlash(dir)))
	if err != nil {
		return nil, err
	}
	l := &listing{dir: dir}
	for _, e := range entries {
		if dir != "" {
			e.name = dir + "/" + e.name
		}
		switch {
		case e.name == marker:
		case e.kind.IsDir():
			l.folders = append(l.folders, e.name)
		case e.kind.IsRegular():
			l.names, l.stats = append(l.names, e.name), append(l.stats, e.stat)
		default:
			l.strange = append(l.strange, e.name)
		}
	}
	return l, nil
}

// listAny lists a folder as every system can.
func listAny(dir string) ([]entry, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	found, err := f.ReadDir(-1)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	list := make([]entry, len(found))
	for i, e := range found {
		list[i] = entry{name: e.Name(), kind: e.Type()}
		if !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		list[i].stat = statOf(info)
	}
	return list, nil
}

// known makes the manifest and the state of what was found: a file that still
// looks as when it was recorded has the recorded content, any other is read.
// One that changed in the very moment the state was written, or later, could
// have changed again without looking different, so it is read too.
func (d *Dir) known(ctx context.Context, t *tree) (Manifest, error) {
	recorded, written := readState(d.opt.State, d.root)
	m, s := make(Manifest, len(t.names)), make(state, len(t.names))
	var unknown []int // into t.names
	for i, name := range t.names {
		st := t.stats[i]
		r, ok := recorded[name]
		if !ok || r.stat != st || st.mtime >= written {
			unknown = append(unknown, i)
			continue
		}
		m[name], s[name] = Entry{Hash: r.hash, Size: r.size, Key: r.key}, r
	}
	hashes := make([]Hash, len(unknown))
	err := d.each(ctx, len(unknown), func(i int) (err error) {
		hashes[i], err = hashFile(filepath.Join(d.root, filepath.FromSlash(t.names[unknown[i]])))
		return err
	})
	if err != nil {
		return nil, explain(d.root, err)
	}
	for i, file := range unknown {
		name, r := t.names[file], record{stat: t.stats[file], hash: hashes[i]}
		if old := recorded[name]; old.hash == r.hash {
			r.key = old.key
		}
		m[name], s[name] = Entry{Hash: r.hash, Size: r.size, Key: r.key}, r
	}
	for _, name := range t.strange {
		m[name] = Entry{}
	}
	d.live, d.recorded = s, recorded
	if len(unknown) > 0 {
		d.recorded = nil // worth writing anew
	}
	return m, nil
}

func hashFile(name string) (hash Hash, err error) {
	f, err := os.Open(name)
	if err != nil {
		return Hash{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return Hash{}, err
	}
	return Hash(h.Sum(nil)), nil
}

// each calls do for 0 to n-1, shared out among the workers in runs, and
// returns the first error.
func (d *Dir) each(ctx context.Context, n int, do func(i int) error) error {
	const run = 64
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(d.workers)
	for from := 0; from < n && running.Err() == nil; from += run {
		group.Go(func() error {
			for i := from; i < min(from+run, n); i++ {
				if err := running.Err(); err != nil {
					return err
				}
				if err := do(i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}
