// Package source reads the folder format: a site's content/ and private/
// folders become a gallery.Site. Nobody else knows the format.
//
// # Folders
//
// What a folder is, the Markdown file in it says:
//
//	gallery.md      a gallery
//	series.md       holds galleries as editions
//	submission.md   a submission of the nearest gallery above it
//
// In a folder without any of these, outside galleries, each other *.md is a
// plain page. Folders nest freely, 60 deep. Beside each of these files may
// stand its translations, name.LANG.md (gallery.ru.md, about.en.md), with the
// same keys, of which only words are translated, and only what differs.
// README.md and names that begin with a dot are left alone.
//
// A file begins with front matter, TOML between +++ or YAML between ---; below
// is Markdown: 32 kB for a submission, 256 kB elsewhere. The keys are what the
// functions here ask for; content/README.md explains them to people.
//
// # Media
//
// The other files of a submission's folder are its media, when their first
// bytes say so: JPEG, PNG, WebP, GIF, AVIF, HEIC; MP4, MOV, WebM; MP3, M4A,
// Ogg, WAV, FLAC. Names count for nothing but the order, which is that of
// [[media]], then natural (2.jpg before 10.jpg). At most 200 a submission.
//
// # Trust
//
// Only regular files are opened: symbolic links, devices and pipes are named
// in a warning and left alone. Sizes are checked before reading. Names are
// compared composed (NFC), since macOS decomposes them. Keys that hold contact
// data, wherever they stand, are an error that does not show the value; the
// values are kept in Private so that the output can be searched for them.
//
// # What is left out
//
// A submission with an error in any of its files is left out and counted in
// Gallery.Broken; the rest remains. A gallery, series or page with an error
// remains without the wrong value, and is left out only when its file cannot
// be read at all; with a gallery go the folders below it.
package source

import (
	"cmp"
	"context"
	"io/fs"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Options says how a folder is read.
type Options struct {
	Lang      string         // the site's language; "" = "en"
	Languages []string       // languages that translations may have
	Zone      *time.Location // of dates without an offset; nil = UTC
	Now       time.Time      // what lies after it is in the future; zero = nothing does
	// Known returns the format of a file whose content somebody remembers, ""
	// where nobody does: such a file is not opened. It may be called at once.
	Known    func(path string, st fs.FileInfo) string
	AltLevel problem.Level // how grave a picture without alt text is; zero = an error
	Jobs     int           // how many folders are read at a time; 0 = one a processor
	Memory   *Memory       // of what was read before; nil = none
	Program  string        // names what reads: what another program has saved is not used, nor anything where it is ""
}

// Read reads the site whose folder is the root of fsys. Problems are sorted.
// An error means that the disk failed or that ctx ended.
func Read(ctx context.Context, fsys fs.FS, opt Options) (*gallery.Site, *Private, problem.List, error) {
	opt.Lang = cmp.Or(opt.Lang, "en")
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	if opt.Jobs < 1 {
		opt.Jobs = runtime.GOMAXPROCS(0)
	}
	if !slices.Contains(opt.Languages, opt.Lang) {
		opt.Languages = append([]string{opt.Lang}, opt.Languages...)
	}
	r := &reader{fsys: fsys, opt: opt, ctx: ctx}
	var old past
	if m := opt.Memory; m != nil {
		r.remember, r.now = true, m.clock()
		r.look, old = m.begin(&opt)
	}
	root, private, err := r.all(old)
	if stopped := ctx.Err(); stopped != nil {
		err = stopped
	}
	if m := opt.Memory; m != nil {
		m.end(r, past{root, private}, err)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	a := newAssembly(root.count, opt.Zone)
	a.add(root, nil, nil)
	a.check()
	a.probs = append(a.probs, private.probs...)
	if !slices.ContainsFunc(a.site.Broken, func(s *gallery.Submission) bool { return s.ID == "" }) {
		private.unknown(a.ids, &a.probs)
	}
	return a.site, private.with(a.private), a.probs.Sorted(), nil
}

// all reads everything that is not remembered.
func (r *reader) all(old past) (root *branch, private *contacts, err error) {
	first := visit{path: contentDir, old: old.root, to: &root}
	if err := work(r.opt.Jobs, first, r.walk); err != nil {
		return nil, nil, err
	}
	root.settle()
	private, err = r.contacts(old.private)
	return root, private, err
}

const contentDir = "content"

// reader is one reading. Folders are read concurrently; each has its own list
// of problems, and what is read is put together in order afterwards.
type reader struct {
	fsys     fs.FS
	opt      Options
	ctx      context.Context
	remember bool
	now      time.Time // by the memory's clock
	look     *look
	fresh    atomic.Bool                        // some folder is not as remembered
	asked    func(file string, t *strict.Table) // nil but in tests: is told of each head that was read
}

// done ends the reading of a file's head.
func (r *reader) done(file string, t *strict.Table) {
	if r.asked != nil {
		r.asked(file, t)
	}
	t.Done()
}
