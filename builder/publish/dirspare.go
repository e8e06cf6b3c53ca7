package publish

import (
	"context"
	"errors"
	"io/fs"
	"strings"
)

// The spare tree is the site once more: the same folders, and in them links to
// the same files. It is brought up to date unseen and then exchanged for the
// output, after which that is brought up to date in turn. So a publication
// costs what it changes, and is still visible in one step. Whether the spare
// tree is what it should be tell its folders' places; if not, it is removed and
// a new tree made.
func (d *Dir) spareName() string { return d.opt.State + ".spare" }

// openSpare opens the spare tree if there is one that can be trusted.
func (d *Dir) openSpare(ctx context.Context) (tree, error) {
	if d.opt.State == "" || !d.found.exact || d.site == nil || !d.site.Faithful() {
		return nil, nil
	}
	t, err := d.disk.Open(d.spareName())
	if err != nil {
		return nil, nil // what is not there or cannot be opened is made anew
	}
	d.spare = t
	ok, err := d.isSpare(ctx, t)
	if err != nil || !ok {
		return nil, context.Cause(ctx)
	}
	return t, nil
}

// isSpare says whether a tree holds what is recorded. Where a folder's place is
// not known, what is in it must be the very files that the output has.
func (d *Dir) isSpare(ctx context.Context, t tree) (bool, error) {
	if !t.Faithful() {
		return false, nil
	}
	o := d.recorded.outline
	d.sparePlaces = make([]place, len(o.folders))
	err := each(ctx, d.workers, len(o.folders), func(i int) error {
		saw, err := t.Look(o.folders[i])
		if err != nil {
			return err
		}
		d.sparePlaces[i] = saw.place()
		if saw.mode != fs.ModeDir|folderMode {
			return errNoSpare
		}
		if d.recorded.places[i].has(saw.place(), d.recorded.written) {
			return nil
		}
		return d.isSpareFolder(t, i)
	})
	return err == nil, err
}

// errNoSpare says that a tree cannot be used as the spare one.
var errNoSpare = errors.New("the spare tree holds something else")

func (d *Dir) isSpareFolder(t tree, i int) error {
	dir, files := d.recorded.outline.folders[i], d.recorded.outline.in(i)
	entries, err := t.List(dir)
	if err != nil {
		return err
	}
	missing := len(files)
	if dir == "" {
		missing++ // our mark
	}
	for _, e := range entries {
		path := strings.TrimPrefix(dir+"/"+e.name, "/")
		switch {
		case e.mode.IsDir():
			if _, known := d.recorded.outline.find(path); !known {
				return errNoSpare
			}
		case path == marker && e.mode.IsRegular():
			missing--
		default:
			at, ok := d.recorded.files.index(path)
			if !ok || !e.mode.IsRegular() || e.stat != d.recorded.stat(at) {
				return errNoSpare
			}
			missing--
		}
	}
	if missing != 0 {
		return errNoSpare
	}
	return nil
}

// keeps says whether the old tree is worth keeping as the spare one: it must
// be known wholly, and where there was none, little enough have changed that
// bringing it up to date is quicker than making another.
func (d *Dir) keeps(c *change, made composed) bool {
	return made.spare ||
		d.opt.State != "" && d.found.exact && !d.copied.Load() && d.site.Faithful() && c.size() <= len(c.next)/2
}

// keep makes the old tree, which has the made one's name, the spare one.
func (d *Dir) keep(ctx context.Context, c *change, made composed) error {
	if !made.spare {
		if err := d.dropSpare(); err != nil {
			return errors.Join(err, d.removeOld(ctx, made.name))
		}
		if err := d.disk.Rename(made.name, d.spareName()); err != nil {
			return d.removeOld(ctx, made.name) // on another disk, likely
		}
	}
	if err := d.mirror(ctx, c); err != nil {
		return d.dropSpare() // it only saves time
	}
	return nil
}

// mirror does to the spare tree what has been done to the visible one.
func (d *Dir) mirror(ctx context.Context, c *change) (err error) {
	spare, err := d.disk.Open(d.spareName())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, spare.Close()) }()
	site, err := d.disk.Open(d.root)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Close()) }()
	return c.apply(ctx, d, spare, func(path string) error {
		if _, stood := c.old.index(path); stood {
			if err := spare.Remove(path); err != nil {
				return err
			}
		}
		return spare.Link(path, site)
	})
}

// dropSpare removes the spare tree.
func (d *Dir) dropSpare() error {
	if d.opt.State == "" {
		return nil
	}
	return d.disk.RemoveAll(d.spareName())
}
