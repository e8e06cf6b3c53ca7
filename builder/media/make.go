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
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Job asks for renditions of one picture.
type Job struct {
	Info       *Info
	Renditions []Rendition
}

// scale returns the scale at which Plan decided to decode the picture.
func (j *Job) scale() int {
	if len(j.Renditions) == 0 {
		return j.Info.smallestScale()
	}
	return j.Renditions[0].scale
}

// Results is what came of a list of jobs.
type Results struct {
	Sources []Source // one for each job, in their order
	Files   []File   // every rendition once, by path
}

// Source is what came of one job.
type Source struct {
	Color    string // average colour: "#8a7f6b"; "" where there is a fault, or nothing was decoded yet
	Likeness string // for Alike; "" likewise
	Fault    *Fault // why none of its renditions is in Files; nil = all are
}

// File is a rendition.
type File struct {
	Path string // that of its Rendition
	Type string
	Size int64    // bytes; 0 = not made yet
	Hash [32]byte // SHA-256 of the bytes; zero likewise

	rendition Rendition
	origin    *task
}

// Open returns a new reader over the whole rendition. Where the cache has
// lost or damaged it, or it was never made, it is made. The error is a *Fault
// where the picture is the reason.
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
	views      []view      // how each of the jobs looks at the source

	mu     sync.Mutex // held while it is made
	record *record
	fault  *Fault
	wanted string // key of the pixels that are being made for somebody who reads
	caught []byte // they, for another build may clear them away at once
}

// Make makes the renditions that the cache does not hold. Progress, which may
// be nil, is told after each picture; its calls do not overlap. Jobs for the
// same content count as one picture.
func (s *Studio) Make(ctx context.Context, jobs []Job, progress func(done, total int)) (*Results, error) {
	tasks := s.tasks(jobs)
	if err := s.all(ctx, tasks, (*task).prepare, progress); err != nil {
		return nil, err
	}
	return gather(tasks, len(jobs)), nil
}

// Later is Make without making: renditions that are not in the cache are made
// when they are opened.
func (s *Studio) Later(ctx context.Context, jobs []Job) (*Results, error) {
	tasks := s.tasks(jobs)
	if err := s.all(ctx, tasks, (*task).recall, nil); err != nil {
		return nil, err
	}
	return gather(tasks, len(jobs)), nil
}

// Look decodes what the cache knows nothing of, for colour and likeness.
func (s *Studio) Look(ctx context.Context, infos []*Info, progress func(done, total int)) ([]Source, error) {
	jobs := make([]Job, len(infos))
	for i, info := range infos {
		jobs[i].Info = info
	}
	r, err := s.Make(ctx, jobs, progress)
	if err != nil {
		return nil, err
	}
	return r.Sources, nil
}

// all does work for each task, on all cores.
func (s *Studio) all(ctx context.Context, tasks []*task, work func(*task, context.Context) error, progress func(done, total int)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	done := 0
	for _, t := range tasks {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			if err := work(t, ctx); err != nil {
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
	return err
}

// tasks joins jobs for the same content, the heaviest first, so that the last
// ones to finish are small.
func (s *Studio) tasks(jobs []Job) []*task {
	byHash := map[string]*task{}
	var tasks []*task
	for i, j := range jobs {
		t := byHash[j.Info.Hash]
		if t == nil {
			t = &task{studio: s, info: j.Info.whole()}
			byHash[j.Info.Hash] = t
			tasks = append(tasks, t)
		}
		t.jobs, t.views = append(t.jobs, i), append(t.views, s.view(j.Info, j.scale()))
		t.renditions = append(t.renditions, j.Renditions...)
	}
	for _, t := range tasks {
		slices.SortFunc(t.renditions, func(a, b Rendition) int { return cmp.Compare(a.Path, b.Path) })
		t.renditions = slices.CompactFunc(t.renditions, func(a, b Rendition) bool { return a.Path == b.Path })
	}
	slices.SortStableFunc(tasks, func(a, b *task) int {
		return cmp.Compare(b.info.weight(1), a.info.weight(1)) // memory is a good measure of time
	})
	return tasks
}

func gather(tasks []*task, jobs int) *Results {
	r := &Results{Sources: make([]Source, jobs)}
	for _, t := range tasks {
		for k, i := range t.jobs {
			r.Sources[i] = t.source(t.views[k])
		}
		if t.fault != nil {
			continue
		}
		for _, rend := range t.renditions {
			m := t.record.files[rend.Path]
			r.Files = append(r.Files, File{Path: rend.Path, Type: rend.Type, Size: m.size, Hash: m.hash, rendition: rend, origin: t})
		}
	}
	slices.SortFunc(r.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return r
}

func (t *task) source(v view) Source {
	if t.fault != nil {
		return Source{Fault: t.fault}
	}
	seen := t.record.looks[v]
	return Source{Color: seen.color, Likeness: seen.likeness}
}

// view returns how a source is looked at that is decoded at a scale.
func (s *Studio) view(info *Info, scale int) view {
	return view{scale, s.groundOf(info), info.window()}
}

// unseen returns the scales at which nobody has looked at the source yet.
func (t *task) unseen() []int {
	var list []int
	for _, v := range t.views {
		if t.record.looks[v].color == "" && !slices.Contains(list, v.scale) {
			list = append(list, v.scale)
		}
	}
	return list
}

// recall reads the record.
func (t *task) recall(context.Context) (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.record, err = t.studio.load(t.info.Hash)
	return err
}

// prepare sees to it that the record knows every rendition. What the record
// knows is not looked at before it is opened.
func (t *task) prepare(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var err error
	if t.record, err = t.studio.load(t.info.Hash); err != nil {
		return err
	}
	for _, rend := range t.renditions {
		t.studio.used.Store(rend.pixels, true)
	}
	var missing []Rendition
	for _, rend := range t.renditions {
		if _, ok := t.record.files[rend.Path]; !ok {
			missing = append(missing, rend)
		}
	}
	if len(missing) == 0 && len(t.unseen()) == 0 {
		return nil
	}
	return t.finish(ctx, missing)
}

// finish makes the record know renditions. Their pixels may be in the cache;
// then only their notes are new.
func (t *task) finish(ctx context.Context, renditions []Rendition) error {
	var missing []Rendition
	changed := false
	for _, rend := range renditions {
		pixels, ok, err := t.intact(rend.pixels)
		if err != nil {
			return err
		}
		if !ok {
			missing = append(missing, rend)
			continue
		}
		if err := t.publish(rend, pixels); err != nil {
			return err
		}
		changed = true
	}
	if unseen := t.unseen(); len(missing) > 0 || len(unseen) > 0 {
		return t.make(ctx, missing, unseen)
	}
	if changed {
		return t.studio.save(t.info.Hash, t.record)
	}
	return nil
}

// publish notes what is published of a rendition's pixels.
func (t *task) publish(rend Rendition, pixels []byte) error {
	data, err := rend.annotate(pixels)
	if err != nil {
		return fmt.Errorf("%s: %w", t.info.Path, err)
	}
	t.record.files[rend.Path] = made{int64(len(data)), sha256.Sum256(data)}
	return nil
}

// annotate puts the note into a file of pixels.
func (r *Rendition) annotate(pixels []byte) ([]byte, error) {
	if len(r.note) == 0 {
		return pixels, nil
	}
	return encoders[r.format].note(pixels, r.note)
}

// fetch returns the bytes of a file.
func (t *task) fetch(f File) ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fault != nil {
		return nil, t.fault
	}
	pixels, ok, err := t.intact(f.rendition.pixels)
	if err != nil {
		return nil, err
	}
	if !ok {
		if pixels, err = t.remake(f); err != nil {
			return nil, err
		}
	}
	return f.rendition.annotate(pixels)
}

// remake makes a rendition that the cache has not, and with the decoded
// picture at hand all others of the picture that were once made and are lost.
func (t *task) remake(f File) ([]byte, error) {
	missing := []Rendition{f.rendition}
	for _, rend := range t.renditions {
		if _, known := t.record.files[rend.pixels]; !known || rend.pixels == f.rendition.pixels {
			continue
		}
		_, ok, err := t.intact(rend.pixels)
		if err != nil {
			return nil, err
		}
		if !ok {
			missing = append(missing, rend)
		}
	}
	before := maps.Clone(t.record.files)
	t.wanted = f.rendition.pixels
	defer func() { t.wanted, t.caught = "", nil }()
	if err := t.make(context.Background(), missing, nil); err != nil {
		return nil, err
	}
	if t.fault != nil {
		return nil, t.fault
	}
	for key, was := range before {
		if t.record.files[key] != was {
			return nil, fmt.Errorf("%s: its renditions came out otherwise than before", t.info.Path)
		}
	}
	return t.caught, nil
}

// intact reads pixels from the cache and says whether they are what they were.
func (t *task) intact(key string) ([]byte, bool, error) {
	known, ok := t.record.files[key]
	if !ok {
		return nil, false, nil
	}
	data, err := t.studio.get(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return data, err == nil && sha256.Sum256(data) == known.hash, err
}

// make decodes the source, makes renditions of it, and puts them and the
// record into the store. At the scales of unseen it only looks at the picture.
func (t *task) make(ctx context.Context, renditions []Rendition, unseen []int) error {
	byScale := map[int][]Rendition{}
	for _, scale := range unseen {
		byScale[scale] = nil
	}
	for _, rend := range renditions {
		byScale[rend.scale] = append(byScale[rend.scale], rend)
	}
	for _, scale := range slices.Sorted(maps.Keys(byScale)) {
		if err := t.makeAt(ctx, scale, byScale[scale]); err != nil || t.fault != nil {
			return err
		}
	}
	return t.studio.save(t.info.Hash, t.record)
}

func (t *task) makeAt(ctx context.Context, scale int, renditions []Rendition) error {
	weight := t.info.weight(scale)
	release, err := t.studio.reserve(ctx, weight+weightOf(renditions))
	if err != nil {
		return err
	}
	defer release()
	defer func() {
		if r := recover(); r != nil {
			t.fault = unmade(r)
		}
	}()
	data, err := t.content()
	if err != nil || t.fault != nil {
		return err
	}
	p, fault := decode(ctx, data, t.info, scale, *t.studio.opt.Ground)
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.fault = fault; fault != nil {
		return nil
	}
	if weight > workerMemory/3 {
		runtime.GC() // decoders leave as much behind as they return
	}
	o := orientations[t.info.orientation]
	for _, v := range t.views {
		if v.scale == scale {
			t.record.looks[v] = look{p.colorIn(v.window, o), p.likeness(o).String()}
		}
	}
	return t.makeFrom(ctx, p, renditions)
}

// content returns the source's bytes, if they are still those that were
// probed; else it sets the fault.
func (t *task) content() ([]byte, error) {
	if data, ok := t.studio.inline.Load(t.info.Hash); ok {
		return data.([]byte), nil
	}
	data, fault, err := t.studio.source(t.info.Path)
	if err != nil {
		return nil, err
	}
	if _, _, ok := pointer(data); ok && fault == nil {
		fault = unfetched()
	}
	if fault == nil {
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != t.info.Hash {
			fault = unsettled()
		}
	}
	t.fault = fault
	return data, nil
}

func unsettled() *Fault {
	return faultf("build again when it has settled", "changed while the site was built")
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

// makeFrom makes renditions of a decoded picture, each size once. What an
// encoder cannot write is the picture's fault.
func (t *task) makeFrom(ctx context.Context, p *decoded, renditions []Rendition) error {
	renditions = slices.Clone(renditions)
	slices.SortStableFunc(renditions, func(a, b Rendition) int { return a.compareFrame(b) })
	var f frame
	for i, rend := range renditions {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i == 0 || rend.compareFrame(renditions[i-1]) != 0 {
			f = p.in(rend.window).frame(rend.crop, rend.Width, rend.Height, orientations[t.info.orientation])
			rend.mark.layOn(&f)
		}
		data, err := encoders[rend.format].encode(ctx, f.image())
		if err != nil {
			t.fault = unmade(err)
			return ctx.Err()
		}
		if err := t.studio.put(rend.pixels, data); err != nil {
			return err
		}
		if rend.pixels == t.wanted {
			t.caught = data
		}
		t.record.files[rend.pixels] = made{int64(len(data)), sha256.Sum256(data)}
		if err := t.publish(rend, data); err != nil {
			return err
		}
	}
	return nil
}

// compareFrame orders renditions so that those of one frame, which differ in
// format and note alone, stand together.
func (r Rendition) compareFrame(o Rendition) int {
	return cmp.Or(
		cmp.Compare(r.Width, o.Width), cmp.Compare(r.Height, o.Height),
		cmp.Compare(r.crop.X, o.crop.X), cmp.Compare(r.crop.Y, o.crop.Y), cmp.Compare(r.crop.W, o.crop.W), cmp.Compare(r.crop.H, o.crop.H),
		r.window.compare(o.window),
		cmp.Compare(r.mark.key(), o.mark.key()),
	)
}

func unmade(reason any) *Fault {
	return faultf("open it in a picture program and save it as JPEG again", "cannot be made smaller: %v", reason)
}

// Prune deletes from the cache whatever the jobs do not need and this Studio
// was not asked to remember, so that nothing is left there of a picture that
// was taken back. Films are the paths of those that are in use besides; what also
// lies in the store and is in use, also tells.
func (s *Studio) Prune(ctx context.Context, jobs []Job, films []string, also func(key string) bool) error {
	paths := map[string]bool{}
	for _, file := range films {
		paths[file] = true
	}
	for _, j := range jobs {
		paths[j.Info.Path] = true
	}
	keep := needed(jobs)
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
		if keep[key] || strings.HasPrefix(key, rememberedPrefix) && s.Uses(key) || also != nil && also(key) {
			continue
		}
		if err := s.store.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
