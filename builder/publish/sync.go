package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Target is a place to publish to. Put is called from several goroutines at
// once, each for another path; File.Size and, unless the target is a Comparer,
// File.Hash are then known, and reading the file fails if its content turns out
// otherwise. Each method may be called again for the same path after an error
// or in the next Sync.
type Target interface {
	// Manifest returns what is there.
	Manifest(ctx context.Context) (Manifest, error)
	// Put makes the file's content stand at its path.
	Put(ctx context.Context, f File) error
	// Delete removes what stands at path; nothing there is no error.
	Delete(ctx context.Context, path string) error
}

// Comparer is a Target that can tell what stands at a path from a content. Of
// files that have a key it is then not told the hash: a page that is published
// for the first time need not be hashed for the day on which it changes.
type Comparer interface {
	// Same says whether what the manifest has at path is that content, byte
	// for byte. It is called from several goroutines at once.
	Same(path string, content []byte) (bool, error)
}

// Transaction is a Target that shows nothing of Put and Delete until Commit.
// Manifest begins; exactly one of Commit and Abort ends, also when Manifest
// or Commit returned an error (Abort then follows).
type Transaction interface {
	Target
	// Commit makes everything visible at once. The manifest is what the
	// target must hold afterwards.
	Commit(ctx context.Context, next Manifest) error
	// Abort leaves the target as it was before Manifest.
	Abort() error
}

// Options for Sync. The zero value is good.
type Options struct {
	// Verify is asked about each content that is made, before anything of it
	// can be seen; an error stops the publication. A file over 4 MiB is handed
	// over in pieces that overlap by 64 KiB. Verify is called from several
	// goroutines and must not keep content.
	Verify func(path string, content []byte) error
	// Workers is how many files are made at once; 0 = one a core.
	Workers int
}

// Report tells what Sync did.
type Report struct {
	Written   int   // new or changed files
	Unchanged int   // files left alone
	Deleted   int   // files that are gone
	Bytes     int64 // of the written files
	Changed   []string
	Removed   []string
}

// Sync makes the target hold exactly the set. Files whose key or hash the
// target already has are left alone, and where set and target say one or the
// other, not even opened; others are put, pictures and styles before the pages
// that show them; what is not in the set is deleted last. On an error a
// Transaction is left as it was; another Target holds some of the new files,
// and repeating Sync finishes the work.
func Sync(ctx context.Context, set *Set, target Target, opt Options) (report Report, err error) {
	if tx, ok := target.(Transaction); ok {
		defer func() {
			if err != nil {
				report, err = Report{}, errors.Join(err, tx.Abort())
			}
		}()
	}
	old, err := target.Manifest(ctx)
	if err != nil {
		return Report{}, err
	}
	r := newRun(set, target, old, opt)
	if err := r.putAll(ctx); err != nil {
		return Report{}, err
	}
	for _, name := range r.stale {
		if err := target.Delete(ctx, name); err != nil {
			return Report{}, err
		}
	}
	if tx, ok := target.(Transaction); ok {
		if err := tx.Commit(ctx, r.next); err != nil {
			return Report{}, err
		}
	}
	return r.report(), nil
}

// run is one Sync. Files are known by their place in the order of paths.
type run struct {
	target   Target
	comparer Comparer // the target, or nil
	opt      Options
	files    []File
	order    []int32 // into files, by path
	old      Manifest
	was      []int32  // into old: what has each file's path there; -1 = nothing
	stale    []string // in old only
	next     Manifest // each place is written by who makes that file

	mu       sync.Mutex // guards what follows
	written  []int32    // places of files that were put
	refusals []refusal
}

// refusal is a file that could not be made or did not pass Verify. They are
// gathered, so that all are told at once and in order.
type refusal struct {
	path string
	err  error
}

// newRun holds the set against what the target has.
func newRun(set *Set, target Target, old Manifest, opt Options) *run {
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	n := set.Len()
	r := &run{
		target: target, opt: opt, files: set.files, order: set.order(), old: old.sorted(),
		was: make([]int32, n), next: make(Manifest, n),
	}
	if b, ok := target.(*Begun); ok {
		target = b.Transaction
	}
	r.comparer, _ = target.(Comparer)
	at := 0
	for i := range r.order {
		name := r.file(i).Path
		for ; at < len(r.old) && r.old[at].Path < name; at++ {
			r.stale = append(r.stale, r.old[at].Path)
		}
		r.was[i] = -1
		if at < len(r.old) && r.old[at].Path == name {
			r.was[i] = int32(at)
			at++
		}
	}
	for ; at < len(r.old); at++ {
		r.stale = append(r.stale, r.old[at].Path)
	}
	return r
}

func (r *run) file(i int) *File { return &r.files[r.order[i]] }

// stands returns what the target has at the path of the ith file, if that is
// something published.
func (r *run) stands(i int) (Entry, bool) {
	if r.was[i] < 0 {
		return Entry{}, false
	}
	e := r.old[r.was[i]]
	return e, e.Hash != Hash{} || e.Key != KeySum{}
}

// settle says whether the ith file can be left alone without opening it, and
// notes it if so.
func (r *run) settle(i int) bool {
	old, ok := r.stands(i)
	if !ok {
		return false
	}
	f := r.file(i)
	key := SumKey(f.Key)
	if (key == KeySum{} || key != old.Key) && (f.Hash == Hash{} || f.Hash != old.Hash) {
		return false
	}
	r.next[i] = Entry{Path: f.Path, Hash: old.Hash, Size: old.Size, Key: key}
	return true
}

func (r *run) putAll(ctx context.Context) error {
	var pages, assets []int32
	for i := range r.order {
		switch {
		case r.settle(i):
		case isPage(r.file(i).Path):
			pages = append(pages, int32(i))
		default:
			assets = append(assets, int32(i))
		}
	}
	for _, part := range [][]int32{assets, pages} {
		slices.SortFunc(part, func(a, b int32) int { return int(r.order[a] - r.order[b]) })
		// What files of one kind share is made for files added together.
		// A broken target or a cancelled context stops it; a refused file does not.
		err := each(ctx, r.opt.Workers, len(part), func(i int) error { return r.put(ctx, int(part[i])) })
		if err != nil {
			return err
		}
	}
	if len(r.refusals) == 0 {
		return nil
	}
	slices.SortFunc(r.refusals, func(a, b refusal) int { return strings.Compare(a.path, b.path) })
	errs := make([]error, len(r.refusals))
	for i, refused := range r.refusals {
		errs[i] = refused.err
	}
	return errors.Join(errs...)
}

// isPage says whether a file is likely to point at others.
func isPage(name string) bool {
	switch path.Ext(name) {
	case ".html", ".xml", ".json", ".ics":
		return true
	}
	return false
}

// put makes the ith file and hands it to the target if that has it not yet.
func (r *run) put(ctx context.Context, i int) error {
	f := *r.file(i)
	in, err := f.Open()
	if err != nil {
		r.refuse(f, err)
		return nil
	}
	c := contents.Get().(*content)
	defer c.free()
	err = c.load(in)
	if d, ok := in.(Doubter); ok && d.Doubted() {
		f.Key = ""
	}
	old, ok := r.stands(i)
	if err == nil {
		err = c.know(&f, in, r.comparer == nil || f.Key == "" || old.Hash != Hash{})
	}
	if err == nil {
		err = r.verify(f, c)
	}
	if err != nil {
		r.refuse(f, errors.Join(err, in.Close()))
		return nil
	}
	differs := !ok
	if ok {
		if differs, err = r.differs(f, old, c); err != nil {
			return errors.Join(err, in.Close())
		}
	}
	if differs {
		if err := r.target.Put(ctx, f); err != nil {
			return errors.Join(err, in.Close())
		}
	}
	if err := in.Close(); err != nil {
		r.refuse(f, err)
		return nil
	}
	r.next[i] = Entry{Path: f.Path, Hash: f.Hash, Size: f.Size, Key: SumKey(f.Key)}
	if differs {
		r.mu.Lock()
		r.written = append(r.written, int32(i))
		r.mu.Unlock()
	}
	return nil
}

// differs says whether a file is another one than what stands at its path.
func (r *run) differs(f File, old Entry, c *content) (bool, error) {
	switch {
	case old.Hash != Hash{} && f.Hash != Hash{}:
		return f.Hash != old.Hash, nil
	case f.Size != old.Size || !c.whole || r.comparer == nil:
		return true, nil
	}
	same, err := r.comparer.Same(f.Path, c.data)
	return !same, err
}

func (r *run) refuse(f File, err error) {
	if f.Origin != "" {
		err = fmt.Errorf("%s (made from %s): %w", f.Path, f.Origin, err)
	} else {
		err = fmt.Errorf("%s: %w", f.Path, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refusals = append(r.refusals, refusal{f.Path, err})
}

// verify hands the content to Options.Verify, whole or in pieces.
func (r *run) verify(f File, c *content) (err error) {
	if r.opt.Verify == nil {
		return nil
	}
	if c.whole {
		return r.opt.Verify(f.Path, c.data)
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	piece := make([]byte, wholeLimit)
	have := 0
	for {
		n, readErr := io.ReadFull(in, piece[have:])
		if readErr != nil && readErr != io.EOF && readErr != io.ErrUnexpectedEOF {
			return readErr
		}
		if err := r.opt.Verify(f.Path, piece[:have+n]); err != nil {
			return err
		}
		if readErr != nil {
			return nil
		}
		have = copy(piece, piece[len(piece)-overlap:])
	}
}

func (r *run) report() Report {
	out := Report{
		Written: len(r.written), Unchanged: len(r.order) - len(r.written),
		Deleted: len(r.stale), Removed: r.stale,
	}
	slices.Sort(r.written)
	for _, i := range r.written {
		out.Bytes += r.next[i].Size
		out.Changed = append(out.Changed, r.next[i].Path)
	}
	return out
}

// each calls do for 0 to n-1, shared out among workers in runs, and returns
// the first error.
func each(ctx context.Context, workers, n int, do func(i int) error) error {
	run := min(max(n/(8*workers), 1), 64) // neighbours are made by one hand; the last ones still find all busy
	var taken atomic.Int64
	group, running := errgroup.WithContext(ctx)
	for range min(workers, (n+run-1)/run) {
		group.Go(func() error {
			for {
				to := int(taken.Add(int64(run)))
				for i := to - run; i < min(to, n); i++ {
					if err := running.Err(); err != nil {
						return err
					}
					if err := do(i); err != nil {
						return err
					}
				}
				if to >= n {
					return nil
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// contents are used again: the buffers in them are what making files would
// else leave behind.
var contents = sync.Pool{New: func() any { return new(content) }}

// content is what was read of one file.
type content struct {
	buf   bytes.Buffer
	data  []byte // all of it, if whole; else its beginning
	whole bool
}

// Files up to wholeLimit are held in memory while they are compared, so that
// they are made only once; larger ones (films) are opened a second time.
const (
	wholeLimit = 4 << 20
	overlap    = 64 << 10
)

// free gives the content back without what it was read from.
func (c *content) free() {
	c.data = nil
	contents.Put(c)
}

// inMemory is a reader that can hand over what is left to read without a copy.
type inMemory interface{ Bytes() []byte }

// know notes the size and hash of a file whose beginning was loaded. From then
// on f opens what was read, or for a large file a reading that fails if it is
// not the same. The hash of a small file that announces none can be left out.
func (c *content) know(f *File, in io.Reader, hashed bool) error {
	sum, size := Hash{}, int64(len(c.data))
	if c.whole {
		if hashed || f.Hash != (Hash{}) {
			sum = sha256.Sum256(c.data)
		}
	} else {
		var err error
		if sum, size, err = hashRest(c.data, in); err != nil {
			return err
		}
	}
	if f.Size > 0 && f.Size != size {
		return fmt.Errorf("%d bytes were announced and %d came", f.Size, size)
	}
	if f.Hash != (Hash{}) && f.Hash != sum {
		return errors.New("the content is not what was announced")
	}
	f.Hash, f.Size = sum, size
	if c.whole {
		f.Open = func() (io.ReadCloser, error) { return &memoryReader{*bytes.NewReader(c.data), c.data}, nil }
	} else {
		f.Open = again(*f)
	}
	return nil
}

// load takes what is in memory already, or reads up to the limit.
func (c *content) load(in io.Reader) error {
	if m, ok := in.(inMemory); ok {
		if c.data = m.Bytes(); len(c.data) <= wholeLimit {
			c.whole = true
			return nil
		}
	}
	c.buf.Reset()
	_, err := c.buf.ReadFrom(io.LimitReader(in, wholeLimit+1))
	c.data = c.buf.Bytes()
	c.whole = len(c.data) <= wholeLimit
	return err
}

// memoryReader reads a content that is in memory.
type memoryReader struct {
	bytes.Reader
	data []byte
}

func (m *memoryReader) Bytes() []byte { return m.data[len(m.data)-m.Len():] }
func (m *memoryReader) Close() error  { return nil }
