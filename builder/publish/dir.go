package publish

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// DirOptions says what surrounds an output folder.
type DirOptions struct {
	State   string   // file that remembers what was published, outside the output; "" = none: all that is there is read each time
	Site    string   // the site's folder: the output may lie in it, but not be it or hold it
	Sources []string // folders the output may neither lie in nor hold: content, themes
}

// Dir publishes to a folder of this machine, as a Transaction: the package
// documentation tells how. One Dir serves one Sync after another.
type Dir struct {
	path    string // as given
	opt     DirOptions
	disk    disk
	workers int

	root string   // the output, links followed
	shop string   // workshop beside it: the lock and what is being made
	held *os.File // the lock; nil outside a transaction

	recorded *state   // what the state file says
	site     tree     // the output as it was when the transaction began; nil = there was none
	found    *found   // what lay in it
	made     []string // folders made above the output
	deleted  []string // files that are not to be in the new tree
	spare    tree     // the spare tree; nil = there is none
	spoiled  bool     // it is being changed

	sparePlaces []place // of each recorded folder in the spare tree, before that

	plain  atomic.Bool // folders of the new tree are made with their mode
	copied atomic.Bool // some file could not be linked

	mu      sync.Mutex          // guards what follows
	next    tree                // the new tree; nil = not begun
	folders map[string]struct{} // made in it
	staged  []staged            // files put into it
}

// staged is a file of the new tree that the old one does not have.
type staged struct {
	path string
	look look
}

// mark is what the marker file says.
const mark = "This folder is made by gallerist. Everything in it is replaced by the next build.\n"

// NewDir returns the target that publishes to the folder at path.
func NewDir(path string, opt DirOptions) *Dir {
	return &Dir{path: path, opt: opt, disk: osDisk{}, workers: runtime.GOMAXPROCS(0)}
}

// Manifest takes the lock, tidies up after a build that died, and returns
// what lies in the output folder.
func (d *Dir) Manifest(ctx context.Context) (Manifest, error) {
	if err := d.locate(); err != nil {
		return nil, err
	}
	d.recorded, d.site, d.found, d.made, d.deleted, d.spare, d.spoiled = nil, nil, nil, nil, nil, nil, false
	d.next, d.folders, d.staged = nil, map[string]struct{}{}, nil
	d.plain.Store(false)
	d.copied.Store(false)
	if err := d.checkPlace(); err != nil {
		return nil, err
	}
	if err := d.checkOurs(); err != nil {
		return nil, err
	}
	if err := d.makeParents(filepath.Dir(d.root)); err != nil {
		return nil, explain(d.root, err)
	}
	if err := d.lock(); err != nil {
		return nil, err
	}
	if err := d.repair(); err != nil {
		return nil, err
	}
	var err error
	if d.site, err = d.openSite(); err == nil {
		d.recorded = readState(d.opt.State, d.root)
		d.found, err = d.search(ctx, d.site, d.recorded)
	}
	if err != nil {
		return nil, explain(d.root, err)
	}
	return d.found.files, nil
}

// locate finds out where the output is.
func (d *Dir) locate() (err error) {
	if d.root, err = resolve(d.path); err != nil {
		return explain(d.path, err)
	}
	d.shop = filepath.Join(filepath.Dir(d.root), "."+filepath.Base(d.root)+".gallerist-next")
	return nil
}

// openSite opens the output folder; nil = there is none.
func (d *Dir) openSite() (tree, error) {
	site, err := d.disk.Open(d.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return site, err
}

// full returns the name of a published file.
func (d *Dir) full(path string) string { return filepath.Join(d.root, filepath.FromSlash(path)) }

// nextName and asideName are where the new site is made, and where the old one waits
// for a moment on file systems that cannot exchange two folders.
func (d *Dir) nextName() string  { return filepath.Join(d.shop, "next") }
func (d *Dir) asideName() string { return filepath.Join(d.shop, "old") }

// repair puts the old site back if a build died between its two renames, and
// removes what such a build was making.
func (d *Dir) repair() error {
	if _, err := os.Lstat(d.root); errors.Is(err, fs.ErrNotExist) {
		if err := d.disk.Rename(d.asideName(), d.root); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return explain(d.root, err)
		}
	}
	if err := d.clear(); err != nil {
		return explain(d.shop, err)
	}
	return d.checkOurs() // again, under the lock and after putting back
}

// clear empties the workshop but for the lock.
func (d *Dir) clear() error {
	return errors.Join(d.disk.RemoveAll(d.nextName()), d.disk.RemoveAll(d.asideName()))
}

// makeParents makes dir and the folders above it and remembers which.
func (d *Dir) makeParents(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if up := filepath.Dir(dir); up != dir {
		if err := d.makeParents(up); err != nil {
			return err
		}
	}
	if err := d.mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	d.made = append(d.made, dir)
	return nil
}

// Put writes a file into the new tree, which nobody sees yet.
func (d *Dir) Put(_ context.Context, f File) (err error) {
	next, err := d.begun()
	if err != nil {
		return explain(d.root, err)
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return explain(d.root, d.stage(next, f.Path, in))
}

// stage writes a file into the new tree and notes how it looks.
func (d *Dir) stage(next tree, path string, in io.Reader) error {
	if err := d.stageFolder(next, parent(path)); err != nil {
		return err
	}
	out, err := next.Create(path)
	if err != nil {
		return err
	}
	saw, err := writeAll(out, in)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.staged = append(d.staged, staged{path, saw.look})
	return nil
}

// Same says whether the published file at path has that content.
func (d *Dir) Same(path string, content []byte) (bool, error) {
	data, err := os.ReadFile(d.full(path))
	if err != nil {
		return false, explain(d.root, err)
	}
	return bytes.Equal(data, content), nil
}

// Delete notes that a file is not to be in the new tree.
func (d *Dir) Delete(_ context.Context, path string) error {
	d.deleted = append(d.deleted, path)
	return nil
}

// begun returns the new tree, which the first who asks makes.
func (d *Dir) begun() (tree, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.next != nil {
		return d.next, nil
	}
	if err := d.mkdir(d.nextName()); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	next, err := d.disk.Open(d.nextName())
	if err != nil {
		return nil, err
	}
	d.next = next
	return next, nil
}

// stageFolder makes a folder of the new tree, and those above it.
func (d *Dir) stageFolder(next tree, dir string) error {
	if dir == "" {
		return nil
	}
	d.mu.Lock()
	_, done := d.folders[dir]
	d.mu.Unlock()
	if done {
		return nil
	}
	if err := d.stageFolder(next, parent(dir)); err != nil {
		return err
	}
	if err := d.mkdirIn(next, dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.folders[dir] = struct{}{}
	return nil
}

// mkdir makes a folder whose mode does not depend on the umask.
func (d *Dir) mkdir(name string) error {
	if err := d.disk.Mkdir(name); err != nil {
		return err
	}
	return d.disk.Chmod(name, folderMode)
}

// mkdirIn makes a folder of a tree. One that had the right mode from the start
// shows that the others will too: same umask, same rules from above.
func (d *Dir) mkdirIn(t tree, dir string) error {
	if err := t.Mkdir(dir); err != nil || d.plain.Load() {
		return err
	}
	if saw, err := t.Look(dir); err == nil && saw.mode == fs.ModeDir|folderMode {
		d.plain.Store(true)
		return nil
	}
	return t.Chmod(dir, folderMode)
}

// writeAll fills a file whose mode does not depend on the umask, closes it and
// returns how it looks then.
func writeAll(out diskFile, in io.Reader) (saw sight, err error) {
	defer func() { err = errors.Join(err, out.Close()) }()
	if m, ok := in.(inMemory); ok {
		if data := m.Bytes(); len(data) > 0 {
			_, err = out.Write(data)
		}
	} else {
		_, err = io.Copy(out, in)
	}
	if err != nil {
		return sight{}, err
	}
	saw, err = out.Look()
	if err == nil && saw.mode != fileMode {
		err = out.Chmod(fileMode)
	}
	return saw, err
}

// Commit makes the new tree whole, has it outlive a power cut, and exchanges it
// for the old one. If nothing differs, nothing is touched.
func (d *Dir) Commit(ctx context.Context, next Manifest) error {
	c := d.change(next)
	if c.empty() && !d.found.untidy && d.marked() {
		if err := d.settle(ctx, c); err != nil {
			return err
		}
		return explain(d.shop, d.release())
	}
	made, err := d.compose(ctx, c)
	if err != nil {
		return explain(d.root, err)
	}
	if err := d.record(ctx, c, made); err != nil {
		return err
	}
	if err := d.disk.Flush(made.name); err != nil {
		return explain(d.root, err)
	}
	aside, err := d.swap(made.name)
	if err != nil {
		return explain(d.root, err)
	}
	return d.finish(ctx, c, made, aside)
}

// composed is a tree that holds the whole new site.
type composed struct {
	tree  tree
	name  string
	spare bool // it was the spare one
}

// compose brings the spare tree up to date if it can be used, or makes a new
// one.
func (d *Dir) compose(ctx context.Context, c *change) (composed, error) {
	spare, err := d.openSpare(ctx)
	if err != nil {
		return composed{}, err
	}
	if spare == nil {
		next, err := d.complete(ctx, c)
		return composed{next, d.nextName(), false}, err
	}
	d.spoiled = true
	err = c.apply(ctx, d, spare, func(path string) error { return spare.Move(path, d.next) })
	return composed{spare, d.spareName(), true}, err
}

// finish does what is left when the new site is in place. It cannot be undone
// any more, so an error says that.
func (d *Dir) finish(ctx context.Context, c *change, made composed, aside string) error {
	d.made, d.spoiled = nil, false // the site is in them now
	ctx = context.WithoutCancel(ctx)
	err := d.disk.FlushFolder(filepath.Dir(d.root))
	if aside == made.name && d.keeps(c, made) {
		err = errors.Join(err, d.keep(ctx, c, made))
	} else {
		err = errors.Join(err, d.removeOld(ctx, aside), d.dropSpare())
	}
	if err = errors.Join(err, d.release()); err == nil {
		return nil
	}
	return &Error{
		Path: d.root, Text: "the new site is in place, but the disk refused to finish", Err: err,
		Hint: "look at the disk and build again",
	}
}

// marked says whether the output has our mark.
func (d *Dir) marked() bool {
	if d.site == nil {
		return false
	}
	saw, err := d.site.Look(marker)
	return err == nil && saw.mode.IsRegular()
}

// complete links every file that stays into the new tree and adds our mark.
func (d *Dir) complete(ctx context.Context, c *change) (tree, error) {
	next, err := d.begun()
	if err != nil {
		return nil, err
	}
	staying := c.staying()
	err = each(ctx, d.workers, len(staying), func(i int) error { return d.link(next, staying[i]) })
	if err != nil {
		return nil, err
	}
	out, err := next.Create(marker)
	if err != nil {
		return nil, err
	}
	_, err = writeAll(out, strings.NewReader(mark))
	return next, err
}

// link makes one file of the old tree one of the new tree too.
func (d *Dir) link(next tree, path string) error {
	if err := d.stageFolder(next, parent(path)); err != nil {
		return err
	}
	err := next.Link(path, d.site)
	if !noLinks(err) {
		return err
	}
	d.copied.Store(true)
	return d.copy(next, path)
}

// copy does instead of a link: same content, same time.
func (d *Dir) copy(next tree, path string) (err error) {
	in, err := os.Open(d.full(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := next.Create(path)
	if err != nil {
		return err
	}
	if _, err := writeAll(out, in); err != nil {
		return err
	}
	name := filepath.Join(d.nextName(), filepath.FromSlash(path))
	if err := os.Chtimes(name, time.Time{}, info.ModTime()); err != nil {
		return err
	}
	saw, err := next.Look(path)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.staged = append(d.staged, staged{path, saw.look})
	return nil
}

// swap puts the tree of that name in the old one's place, and returns which
// name the old one has then.
func (d *Dir) swap(name string) (old string, err error) {
	if d.site == nil {
		return name, d.disk.Rename(name, d.root)
	}
	err = d.disk.Exchange(name, d.root)
	if !errors.Is(err, errors.ErrUnsupported) {
		return name, err
	}
	if err := d.disk.Rename(d.root, d.asideName()); err != nil {
		return "", err
	}
	if err := d.disk.Rename(name, d.root); err != nil {
		return "", errors.Join(err, d.disk.Rename(d.asideName(), d.root))
	}
	return d.asideName(), nil
}

// removeOld removes the old tree: what is known to be in it by several hands,
// and then whatever else is.
func (d *Dir) removeOld(ctx context.Context, name string) error {
	if d.site == nil {
		return nil
	}
	if old, err := d.disk.Open(name); err == nil {
		d.raze(ctx, old)
		if err := old.Close(); err != nil {
			return err
		}
	}
	return errors.Join(d.disk.RemoveAll(name), d.clear())
}

// raze removes what was found from the old tree. What it cannot remove stays
// for others to meet.
func (d *Dir) raze(ctx context.Context, old tree) {
	o := outlineOf(d.found.files)
	full := make([]bool, len(o.folders))
	_ = each(ctx, d.workers, len(o.folders), func(i int) error {
		for _, f := range o.in(i) {
			_ = old.Remove(d.found.files[f].Path)
		}
		full[i] = i > 0 && old.RemoveFolder(o.folders[i]) != nil
		return nil
	})
	for i := len(full) - 1; i > 0; i-- {
		if full[i] {
			_ = old.RemoveFolder(o.folders[i])
		}
	}
}

// Abort removes the new tree and whatever else the transaction made.
func (d *Dir) Abort() error {
	var err error
	if d.spoiled {
		err = explain(d.opt.State, d.dropSpare())
	}
	err = errors.Join(err, explain(d.shop, d.release()))
	for _, dir := range slices.Backward(d.made) {
		_ = d.disk.Remove(dir) // stays when somebody has begun to use it
	}
	return err
}
