package media

import (
	"context"
	"io"
	"io/fs"
)

// Studio reads pictures of one file system and makes renditions of them with
// the help of a cache. Its methods may be called at once.
type Studio struct {
	fsys   fs.FS
	store  Store
	limits Limits
}

// New returns a Studio that reads from fsys and remembers in store.
func New(fsys fs.FS, store Store, limits Limits) *Studio {
	return &Studio{fsys: fsys, store: store, limits: limits}
}

// Info is what is known of a picture without decoding it.
type Info struct {
	Path          string // in the Studio's file system
	Format        string // "jpeg", "png", "gif", "webp"
	Width, Height int    // as displayed: EXIF orientation is applied
	Size          int64  // bytes
	Hash          string // SHA-256 of the content, 64 hex digits
	Taken         string // when, by the camera's clock: "2026-11-02T08:14:00", with "+03:00" where it says so; "" = unknown
	HasGPS        bool   // says where it was taken

	orientation int // EXIF: 1 to 8
}

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

	open func() ([]byte, error)
}

// Open returns a new reader over the whole rendition.
func (f File) Open() (io.ReadCloser, error) {
	panic("not yet")
}

// Probe reads a picture's header and content: what it is, how it will be
// displayed, and whether it is whole. It returns either an Info or a Fault.
func (s *Studio) Probe(ctx context.Context, path string) (*Info, *Fault, error) {
	panic("not yet")
}

// Make makes the renditions that the cache does not hold. Progress, which may
// be nil, is told after each job; its calls do not overlap.
func (s *Studio) Make(ctx context.Context, jobs []Job, progress func(done, total int)) (*Results, error) {
	panic("not yet")
}

// Prune deletes from the cache whatever the jobs do not need, so that nothing
// is left there of a picture that was taken back.
func (s *Studio) Prune(ctx context.Context, jobs []Job) error {
	panic("not yet")
}
