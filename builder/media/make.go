package media

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Job asks for renditions of one picture.
type Job struct {
	Info       *Info
	Renditions []Rendition
}

// Results is what came of a list of jobs.
type Results struct {
	Sources []Source // one for each job, in their order
	Files   []File   // every rendition once, by path
}

// Source is what came of one job.
type Source struct {
	Color string // average colour: "#8a7f6b"; "" where there is a fault
	Fault *Fault // why none of its renditions is in Files; nil = all are
}

// File is a finished rendition.
type File struct {
	Path string // that of its Rendition
	Type string
	Size int64    // bytes
	Hash [32]byte // SHA-256 of the bytes

	origin *task
}

// Open returns a new reader over the whole rendition. Where the cache has
// lost or damaged it, it is made again.
func (f File) Open() (io.ReadCloser, error) {
	data, err := f.origin.fetch(f)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// task is everything that is wanted of one source.
type task struct {
	studio     *Studio
	info       *Info
	renditions []Rendition // each path once, by path
	jobs       []int       // whose they are

	mu     sync.Mutex // held while it is made
	record *record
	fault  *Fault
}

// Make makes the renditions that the cache does not hold. Progress, which may
// be nil, is told after each picture; its calls do not overlap. Jobs for the
// same content count as one picture.
func (s *Studio) Make(ctx context.Context, jobs []Job, progress func(done, total int)) (*Results, error) {
	tasks := s.tasks(jobs)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	done := 0
	for _, t := range tasks {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			if err := t.prepare(ctx); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			if progress != nil {
				progress(done, len(tasks))
			}
			return nil
		})
	}
	err := g.Wait()
	if err == nil && done < len(tasks) {
		err = context.Cause(ctx)
	}
	if err == nil {
		err = s.index.save(s.store)
	}
	if err != nil {
		return nil, err
	}
	return gather(tasks, len(jobs)), nil
}

// tasks joins jobs for the same content, the largest first, so that the last
// ones to finish are small.
func (s *Studio) tasks(jobs []Job) []*task {
	byHash := map[string]*task{}
	var tasks []*task
	for i, j := range jobs {
		t := byHash[j.Info.Hash]
		if t == nil {
			t = &task{studio: s, info: j.Info}
			byHash[j.Info.Hash] = t
			tasks = append(tasks, t)
		}
		t.jobs = append(t.jobs, i)
		t.renditions = append(t.renditions, j.Renditions...)
	}
	for _, t := range tasks {
		slices.SortFunc(t.renditions, func(a, b Rendition) int { return cmp.Compare(a.Path, b.Path) })
		t.renditions = slices.CompactFunc(t.renditions, func(a, b Rendition) bool { return a.Path == b.Path })
	}
	slices.SortStableFunc(tasks, func(a, b *task) int {
		return cmp.Compare(b.info.Width*b.info.Height, a.info.Width*a.info.Height)
	})
	return tasks
}

func gather(tasks []*task, jobs int) *Results {
	r := &Results{Sources: make([]Source, jobs)}
	for _, t := range tasks {
		for _, i := range t.jobs {
			r.Sources[i] = Source{Fault: t.fault}
			if t.fault == nil {
				r.Sources[i].Color = t.record.color
			}
		}
		if t.fault != nil {
			continue
		}
		for _, rend := range t.renditions {
			m := t.record.files[rend.Path]
			r.Files = append(r.Files, File{Path: rend.Path, Type: rend.Type, Size: m.size, Hash: m.hash, origin: t})
		}
	}
	slices.SortFunc(r.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return r
}

// prepare sees to it that the record knows every rendition. What the record
// knows is not looked at before it is opened.
func (t *task) prepare(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, err := t.studio.load(t.info.Hash)
	if err != nil {
		return err
	}
	t.record = r
	var missing []Rendition
	for _, rend := range t.renditions {
		if _, ok := r.files[rend.Path]; !ok {
			missing = append(missing, rend)
		}
	}
	if len(missing) == 0 && r.color != "" {
		return nil
	}
	return t.make(ctx, missing)
}

// fetch returns the bytes of a rendition.
func (t *task) fetch(f File) ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if data, ok, err := t.intact(f.Path, f.Hash); ok || err != nil {
		return data, err
	}
	var missing []Rendition // with the decoded picture at hand, all that is damaged is made
	for _, rend := range t.renditions {
		_, ok, err := t.intact(rend.Path, t.record.files[rend.Path].hash)
		if err != nil {
			return nil, err
		}
		if !ok {
			missing = append(missing, rend)
		}
	}
	before := maps.Clone(t.record.files)
	if err := t.make(context.Background(), missing); err != nil {
		return nil, err
	}
	if t.fault != nil {
		return nil, fmt.Errorf("%s %s", t.info.Path, t.fault)
	}
	if !maps.Equal(before, t.record.files) {
		return nil, fmt.Errorf("%s: its renditions came out otherwise than before", t.info.Path)
	}
	data, ok, err := t.intact(f.Path, f.Hash)
	if err == nil && !ok {
		err = fmt.Errorf("%s: the cache does not keep what is put into it", f.Path)
	}
	return data, err
}

// intact reads a rendition from the store and says whether it is what it was.
func (t *task) intact(path string, hash [32]byte) ([]byte, bool, error) {
	data, err := t.studio.store.Get(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return data, err == nil && sha256.Sum256(data) == hash, err
}

// make decodes the source, makes renditions of it, and puts them and the
// record into the store.
func (t *task) make(ctx context.Context, renditions []Rendition) error {
	weight := t.info.weight()
	if err := t.studio.memory.Acquire(ctx, weight); err != nil {
		return err
	}
	defer t.studio.memory.Release(weight)
	data, fault, err := t.studio.source(t.info.Path)
	if err != nil {
		return err
	}
	if t.fault = fault; fault != nil {
		return nil
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != t.info.Hash {
		t.fault = faultf("build again when it has settled", "changed while the site was built")
		return nil
	}
	p, fault := decode(data, t.info)
	if t.fault = fault; fault != nil {
		return nil
	}
	return t.makeFrom(ctx, p, renditions)
}

// source returns the content of a file as it is now.
func (s *Studio) source(path string) ([]byte, *Fault, error) {
	st, err := fs.Stat(s.fsys, path)
	if err != nil {
		fault, err := missing(err)
		return nil, fault, err
	}
	return s.read(path, st)
}

// makeFrom makes renditions of a decoded picture, each size once.
func (t *task) makeFrom(ctx context.Context, p *picture, renditions []Rendition) error {
	type size struct {
		crop box
		w, h int
	}
	frames := map[size]frame{}
	for _, rend := range renditions {
		if err := ctx.Err(); err != nil {
			return err
		}
		key := size{rend.crop, rend.Width, rend.Height}
		f, ok := frames[key]
		if !ok {
			f = p.render(rend.crop, rend.Width, rend.Height, orientations[t.info.orientation])
			frames[key] = f
		}
		data, err := f.encode(rend.Type)
		if err != nil {
			return fmt.Errorf("%s: %w", t.info.Path, err)
		}
		if err := t.studio.store.Put(rend.Path, data); err != nil {
			return err
		}
		t.record.files[rend.Path] = made{int64(len(data)), sha256.Sum256(data)}
	}
	t.record.color = p.color()
	return t.studio.save(t.info.Hash, t.record)
}

// Prune deletes from the cache whatever the jobs do not need, so that nothing
// is left there of a picture that was taken back.
func (s *Studio) Prune(ctx context.Context, jobs []Job) error {
	keep, paths := map[string]bool{indexKey: true}, map[string]bool{}
	for _, j := range jobs {
		paths[j.Info.Path] = true
		keep[recordKey(j.Info.Hash)] = true
		for _, rend := range j.Renditions {
			keep[rend.Path] = true
		}
	}
	if err := s.index.open(s.store); err != nil {
		return err
	}
	s.index.keep(paths)
	if err := s.index.save(s.store); err != nil {
		return err
	}
	keys, err := s.store.Keys()
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		if keep[key] {
			continue
		}
		if err := s.store.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
