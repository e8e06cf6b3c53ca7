package media

import (
	"context"
	"io/fs"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Studio reads pictures, films and recordings of one file system and makes
// renditions of them with the help of a cache. Its methods may be called at
// once.
type Studio struct {
	fsys   fs.FS
	store  Store
	opt    Options
	limits Limits
	budget int64               // bytes that all may take who read and decode
	memory *semaphore.Weighted // them
	index  index
	used   sync.Map // keys of the cache that were asked for or written
	inline sync.Map // contents that are in no file, by hash
}

// Options are settings of a Studio. The zero value is ready.
type Options struct {
	Limits Limits
	Ground *[3]byte // R, G, B: laid under transparent places; nil = white
}

// workerMemory is what decoding one picture may take where all cores decode,
// in bytes. A picture that needs more takes the share of others, who wait; one
// that needs more than all have is worked on alone.
const workerMemory = 150 << 20

// memoryBudget bounds, in bytes, what all decoded pictures take together.
func memoryBudget() int64 { return workerMemory * int64(max(2, runtime.GOMAXPROCS(0))) }

// maxWeight is the most that decoding one picture may take: the same on every
// machine, so that what one can build all can. A progressive JPEG of 50
// megapixels, as phones take them, is within it.
const maxWeight = 350 << 20

// New returns a Studio that reads from fsys and remembers in store.
func New(fsys fs.FS, store Store, opt Options) *Studio {
	if opt.Ground == nil {
		opt.Ground = &[3]byte{255, 255, 255}
	}
	budget := memoryBudget()
	return &Studio{fsys: fsys, store: store, opt: opt, limits: opt.Limits, budget: budget, memory: semaphore.NewWeighted(budget)}
}

// reserve waits until there is room for weight bytes and returns what gives
// them back. What is heavier than all there is waits until it is alone.
func (s *Studio) reserve(ctx context.Context, weight int64) (release func(), err error) {
	weight = min(weight, s.budget)
	if err := s.memory.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { s.memory.Release(weight) }, nil
}

// SetGround sets what is laid under transparent places, before anything is
// planned.
func (s *Studio) SetGround(rgb [3]byte) { s.opt.Ground = &rgb }

// Known returns the format of a file that is remembered and has not changed,
// "" of any other. It does not open the file.
func (s *Studio) Known(path string, st fs.FileInfo) string {
	if s.index.open(s.store) != nil {
		return "" // Probe will say so
	}
	if info := s.index.find(path, st); info != nil {
		return info.Format
	}
	return ""
}

// get reads an entry of the cache and notes that it is in use.
func (s *Studio) get(key string) ([]byte, error) {
	s.used.Store(key, true)
	return s.store.Get(key)
}

func (s *Studio) put(key string, value []byte) error {
	s.used.Store(key, true)
	return s.store.Put(key, value)
}

// Uses says whether an entry of the cache was asked for or written.
func (s *Studio) Uses(key string) bool {
	_, ok := s.used.Load(key)
	return ok
}
