package media

import (
	"io/fs"

	"golang.org/x/sync/semaphore"
)

// Studio reads pictures of one file system and makes renditions of them with
// the help of a cache. Its methods may be called at once.
type Studio struct {
	fsys   fs.FS
	store  Store
	limits Limits
	memory *semaphore.Weighted // shared by all that decode
	index  index
}

// memoryBudget bounds, in bytes, what all decoded pictures take together. One
// that needs more than all of it is decoded alone.
const memoryBudget = 640 << 20

// New returns a Studio that reads from fsys and remembers in store.
func New(fsys fs.FS, store Store, limits Limits) *Studio {
	return &Studio{fsys: fsys, store: store, limits: limits, memory: semaphore.NewWeighted(memoryBudget)}
}

// weight estimates the memory that decoding takes, in bytes.
func (i *Info) weight() int64 {
	w, h := i.stored()
	pixels := int64(w) * int64(h)
	each := int64(4 + 4) // the decoder's pixels, and three planes with their pyramids
	if i.Format == "jpeg" {
		scale := int64(scaleOf(w, h))
		each = 4/(scale*scale) + 1
	}
	if i.heavy {
		each += 6
	}
	return min(pixels*each+1, memoryBudget)
}
