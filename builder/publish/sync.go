package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Hash is the SHA-256 of a file's content; the zero Hash is none.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Entry is what is known of one published file.
type Entry struct {
	Hash Hash // zero = something is there, but not what was published
	Size int64
	Key  string // the File.Key it was published with
}

// Manifest is what a target holds, by path.
type Manifest map[string]Entry

// Target is a place to publish to. Put is called from several goroutines at
// once, each for another path; File.Hash and File.Size are then known, and
// reading the file fails if its content turns out otherwise. Each method may
// be called again for the same path after an error or in the next Sync.
type Target interface {
	// Manifest returns what is there.
	Manifest(ctx context.Context) (Manifest, error)
	// Put makes the file's content stand at its path.
	Put(ctx context.Context, f File) error
	// Delete removes what stands at path; nothing there is no error.
	Delete(ctx context.Context, path string) error
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
	// Verify is asked about each content that is about to become visible and
	// was not before; an error stops the publication before anything of it
	// can be seen. A file over 4 MiB is handed over in pieces that overlap
	// by 64 KiB. Verify is called from several goroutines and must not keep
	// content.
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
// target already has are left alone; others are put, pictures and styles
// before the pages that show them; what is not in the set is deleted last.
// On an error a Transaction is left as it was; another Target holds some of
// the new files, and repeating Sync finishes the work.
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
	r := &run{target: target, old: old, opt: opt, next: make(Manifest, set.Len())}
	if err := r.putAll(ctx, set.Files()); err != nil {
		return Report{}, err
	}
	if err := r.deleteStale(ctx); err != nil {
		return Report{}, err
	}
	if tx, ok := target.(Transaction); ok {
		if err := tx.Commit(ctx, r.next); err != nil {
			return Report{}, err
		}
	}
	slices.Sort(r.report.Changed)
	return r.report, nil
}

// run is one Sync.
type run struct {
	target Target
	old    Manifest
	opt    Options

	mu       sync.Mutex // guards what follows
	next     Manifest
	report   Report
	refusals []refusal
}

// refusal is a file that could not be made or did not pass Verify. They are
// gathered, so that all are told at once and in order.
type refusal struct {
	path string
	err  error
}

func (r *run) putAll(ctx context.Context, files []File) error {
	var pages, assets []File
	for _, f := range files {
		if isPage(f.Path) {
			pages = append(pages, f)
		} else {
			assets = append(assets, f)
		}
	}
	for _, part := range [][]File{assets, pages} {
		if err := r.putPart(ctx, part); err != nil {
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

// putPart puts files by a pool of workers. A broken target or a cancelled
// context stops it; a refused file does not.
func (r *run) putPart(ctx context.Context, files []File) error {
	workers := r.opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	const batch = 16 // a goroutine for each file would cost more than a small page
	for part := range slices.Chunk(files, batch) {
		if running.Err() != nil {
			break
		}
		group.Go(func() error {
			for _, f := range part {
				if err := running.Err(); err != nil {
					return err
				}
				if err := r.put(running, f); err != nil {
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

// put makes one file and hands it to the target if that has it not yet.
func (r *run) put(ctx context.Context, f File) error {
	old, known := r.old[f.Path]
	known = known && old.Hash != Hash{}
	if known && (f.Key != "" && f.Key == old.Key || f.Hash == old.Hash) {
		r.done(f, Entry{Hash: old.Hash, Size: old.Size, Key: f.Key}, false)
		return nil
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	content, err := r.read(f, buf)
	if err != nil {
		return r.refuse(f, err)
	}
	entry := Entry{Hash: content.Hash, Size: content.Size, Key: f.Key}
	if known && entry.Hash == old.Hash {
		r.done(f, entry, false)
		return nil
	}
	if r.opt.Verify != nil {
		if err := r.verify(content, buf); err != nil {
			return r.refuse(f, err)
		}
	}
	if err := r.target.Put(ctx, content); err != nil {
		return err
	}
	r.done(f, entry, true)
	return nil
}

func (r *run) done(f File, e Entry, written bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next[f.Path] = e
	if !written {
		r.report.Unchanged++
		return
	}
	r.report.Written++
	r.report.Bytes += e.Size
	r.report.Changed = append(r.report.Changed, f.Path)
}

func (r *run) refuse(f File, err error) error {
	if f.Origin != "" {
		err = fmt.Errorf("%s (made from %s): %w", f.Path, f.Origin, err)
	} else {
		err = fmt.Errorf("%s: %w", f.Path, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refusals = append(r.refusals, refusal{f.Path, err})
	return nil
}

func (r *run) deleteStale(ctx context.Context) error {
	var stale []string
	for name := range r.old {
		if _, kept := r.next[name]; !kept {
			stale = append(stale, name)
		}
	}
	slices.Sort(stale)
	for _, name := range stale {
		if err := r.target.Delete(ctx, name); err != nil {
			return err
		}
	}
	r.report.Deleted, r.report.Removed = len(stale), stale
	return nil
}

// Files up to wholeLimit are held in memory while they are compared, so that
// they are made only once; larger ones (films) are opened a second time.
const (
	wholeLimit = 4 << 20
	overlap    = 64 << 10
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read makes f's content and returns f with hash and size known. A small
// content stays in buf and is what the returned file opens.
func (r *run) read(f File, buf *bytes.Buffer) (_ File, err error) {
	buf.Reset()
	in, err := f.Open()
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	size, err := buf.ReadFrom(io.LimitReader(in, wholeLimit+1))
	if err != nil {
		return f, err
	}
	var sum Hash
	if size <= wholeLimit {
		sum = sha256.Sum256(buf.Bytes())
	} else if sum, size, err = hashRest(buf.Bytes(), in); err != nil {
		return f, err
	}
	if f.Size > 0 && f.Size != size {
		return f, fmt.Errorf("%d bytes were announced and %d came", f.Size, size)
	}
	if f.Hash != (Hash{}) && f.Hash != sum {
		return f, errors.New("the content is not what was announced")
	}
	f.Hash, f.Size = sum, size
	if size <= wholeLimit {
		f.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(buf.Bytes())), nil }
	} else {
		f.Open = again(f)
	}
	return f, nil
}

// again opens a large file a second time; the reading fails at its end if
// the content has changed meanwhile.
func again(f File) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		return &checkedReader{ReadCloser: in, sum: sha256.New(), want: f.Hash}, nil
	}
}

type checkedReader struct {
	io.ReadCloser
	sum  hash.Hash
	want Hash
}

func (c *checkedReader) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.sum.Write(p[:n])
	if err == io.EOF && Hash(c.sum.Sum(nil)) != c.want {
		return n, errors.New("the content changed while it was read")
	}
	return n, err
}

func hashRest(head []byte, rest io.Reader) (Hash, int64, error) {
	h := sha256.New()
	h.Write(head)
	n, err := io.Copy(h, rest)
	return Hash(h.Sum(nil)), int64(len(head)) + n, err
}

// verify hands the content to Options.Verify, whole or in pieces.
func (r *run) verify(f File, buf *bytes.Buffer) (err error) {
	if f.Size <= wholeLimit {
		return r.opt.Verify(f.Path, buf.Bytes())
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
