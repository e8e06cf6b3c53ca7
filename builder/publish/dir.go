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
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
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

	found    *tree    // what lay in the output when the transaction began
	live     state    // the same with hashes
	recorded state    // what the state file says, where all of it holds; nil = to be written anew
	made     []string // folders made above the output
	deleted  int      // files that are not to be in the new tree

	plain atomic.Bool // folders of the new tree are made with their mode

	mu      sync.Mutex          // guards what follows
	folders map[string]struct{} // folders made in the new tree
	staged  state               // files put into the new tree
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
	var err error
	if d.root, err = resolve(d.path); err != nil {
		return nil, explain(d.path, err)
	}
	d.shop = filepath.Join(filepath.Dir(d.root), "."+filepath.Base(d.root)+".gallerist-next")
	d.folders, d.staged, d.deleted, d.made = map[string]struct{}{}, state{}, 0, nil
	d.plain.Store(false)
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
	if d.found, err = d.walk(ctx); err != nil {
		return nil, err
	}
	return d.known(ctx, d.found)
}

// next and aside are where the new site is made, and where the old one waits
// for a moment on file systems that cannot exchange two folders.
func (d *Dir) next() string  { return filepath.Join(d.shop, nextName) }
func (d *Dir) aside() string { return filepath.Join(d.shop, "old") }

const nextName = "next"

// repair puts the old site back if a build died between its two renames, and
// removes what such a build was making.
func (d *Dir) repair() error {
	if _, err := os.Lstat(d.root); errors.Is(err, fs.ErrNotExist) {
		if err := d.disk.Rename(d.aside(), d.root); err != nil && !errors.Is(err, fs.ErrNotExist) {
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
	return errors.Join(d.disk.RemoveAll(d.next()), d.disk.RemoveAll(d.aside()))
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
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := d.stageFolder(parent(f.Path)); err != nil {
		return explain(d.root, err)
	}
	st, err := d.writeFile(d.staging(f.Path), in)
	if err != nil {
		return explain(d.root, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.staged[f.Path] = record{stat: st, hash: f.Hash, key: plainKey(f.Key)}
	return nil
}

// Delete notes that a file is not to be in the new tree.
func (d *Dir) Delete(_ context.Context, path string) error {
	d.deleted++
	return nil
}

// staging returns where a clean path lies in the new tree.
func (d *Dir) staging(path string) string {
	const separator = string(filepath.Separator)
	if path == "" {
		return d.next()
	}
	return d.shop + separator + nextName + separator + filepath.FromSlash(path)
}

// parent returns the folder of a slash-separated path, "" at the top.
func parent(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return ""
}

// stageFolder makes a folder of the new tree, and those above it.
func (d *Dir) stageFolder(dir string) error {
	d.mu.Lock()
	_, done := d.folders[dir]
	d.mu.Unlock()
	if done {
		return nil
	}
	if dir != "" {
		if err := d.stageFolder(parent(dir)); err != nil {
			return err
		}
	}
	name := d.staging(dir)
	err := d.disk.Mkdir(name)
	if err == nil && !d.plain.Load() {
		err = d.unmask(name)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
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

// unmask gives a folder of the new tree its mode. One that had it from the
// start shows that the others will too: same umask, same rules from above.
func (d *Dir) unmask(name string) error {
	if info, err := os.Lstat(name); err == nil && info.Mode() == fs.ModeDir|folderMode {
		d.plain.Store(true)
		return nil
	}
	return d.disk.Chmod(name, folderMode)
}

// writeFile writes a file whose mode does not depend on the umask.
func (d *Dir) writeFile(name string, in io.Reader) (st stat, err error) {
	f, err := d.disk.Create(name)
	if err != nil {
		return stat{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(f, in); err != nil {
		return stat{}, err
	}
	st, mode, err := f.Stat()
	if err == nil && mode != fileMode {
		err = f.Chmod(fileMode)
	}
	return st, err
}

// Commit completes the new tree with links to the files that stay, makes it
// outlive a power cut, and exchanges it for the old one. If nothing differs,
// nothing is touched.
func (d *Dir) Commit(ctx context.Context, next Manifest) error {
	if len(d.staged) == 0 && d.deleted == 0 && !d.found.empty && d.exists() {
		if err := d.remember(next); err != nil {
			return err
		}
		return explain(d.shop, d.release())
	}
	if err := d.complete(ctx, next); err != nil {
		return explain(d.root, err)
	}
	if err := d.remember(next); err != nil {
		return err
	}
	if err := d.disk.Flush(d.next()); err != nil {
		return explain(d.root, err)
	}
	if err := d.swap(); err != nil {
		return explain(d.root, err)
	}
	return d.finish()
}

// finish does what is left when the new site is in place. It cannot be undone
// any more, so an error says that.
func (d *Dir) finish() error {
	d.made = nil // the site is in them now
	err := errors.Join(d.disk.FlushFolder(filepath.Dir(d.root)), d.removeOld(), d.release())
	if err == nil {
		return nil
	}
	return &Error{
		Path: d.root, Text: "the new site is in place, but the disk refused to finish", Err: err,
		Hint: "look at the disk and build again",
	}
}

func (d *Dir) exists() bool {
	_, err := os.Lstat(filepath.Join(d.root, marker))
	return err == nil
}

// complete links every file that stays into the new tree and adds our mark.
func (d *Dir) complete(ctx context.Context, next Manifest) error {
	if err := d.stageFolder(""); err != nil {
		return err
	}
	var staying []string
	for name := range next {
		if _, fresh := d.staged[name]; !fresh {
			staying = append(staying, name)
		}
	}
	slices.Sort(staying)
	err := d.each(ctx, len(staying), func(i int) error { return d.link(staying[i]) })
	if err != nil {
		return err
	}
	_, err = d.writeFile(d.staging(marker), bytes.NewReader([]byte(mark)))
	return err
}

// link makes one file of the old tree one of the new tree too.
func (d *Dir) link(path string) error {
	if err := d.stageFolder(parent(path)); err != nil {
		return err
	}
	from := filepath.Join(d.root, filepath.FromSlash(path))
	err := d.disk.Link(from, d.staging(path))
	if !noLinks(err) {
		return err
	}
	return d.copy(from, path)
}

// copy does instead of a link: same content, same time.
func (d *Dir) copy(from, path string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if _, err := d.writeFile(d.staging(path), in); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.live[path]
	if err := os.Chtimes(d.staging(path), time.Time{}, time.Unix(0, r.mtime)); err != nil {
		return err
	}
	info, err := os.Lstat(d.staging(path))
	if err != nil {
		return err
	}
	d.staged[path] = record{stat: statOf(info), hash: r.hash, key: r.key}
	return nil
}

// remember writes the state of the coming site. That is done before the
// exchange: a state that came too early only makes the next build read the
// files that look different.
func (d *Dir) remember(next Manifest) error {
	if d.recorded != nil && d.recorded.says(next) && len(d.staged) == 0 {
		return nil
	}
	s := make(state, len(next))
	for name, e := range next {
		r, fresh := d.staged[name]
		if !fresh {
			r = d.live[name]
			r.key = plainKey(e.Key)
		}
		s[name] = r
	}
	return d.writeState(s)
}

// swap puts the new tree in the old one's place.
func (d *Dir) swap() error {
	if _, err := os.Lstat(d.root); errors.Is(err, fs.ErrNotExist) {
		return d.disk.Rename(d.next(), d.root)
	}
	err := d.disk.Exchange(d.next(), d.root)
	if !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err := d.disk.Rename(d.root, d.aside()); err != nil {
		return err
	}
	if err := d.disk.Rename(d.next(), d.root); err != nil {
		return errors.Join(err, d.disk.Rename(d.aside(), d.root))
	}
	return nil
}

// removeOld removes the old tree, its lowest folders by several hands.
func (d *Dir) removeOld() error {
	old := d.next()
	if _, err := os.Lstat(d.aside()); err == nil {
		old = d.aside()
	}
	group := errgroup.Group{}
	group.SetLimit(d.workers)
	for leaves := range slices.Chunk(d.found.leaves, 64) {
		group.Go(func() error {
			for _, leaf := range leaves {
				if err := d.disk.RemoveAll(filepath.Join(old, filepath.FromSlash(leaf))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return errors.Join(group.Wait(), d.clear())
}

// Abort removes the new tree and whatever else the transaction made.
func (d *Dir) Abort() error {
	err := explain(d.shop, d.release())
	for _, dir := range slices.Backward(d.made) {
		_ = d.disk.Remove(dir) // stays when somebody has begun to use it
	}
	return err
}
