package publish

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// found is what lay in the output folder.
type found struct {
	files  Manifest // with what is no file: links, pipes, devices, which have no hash
	looks  []look   // of each of files
	places []place  // of each folder of the state's outline
	exact  bool     // each file and folder is as the state says, and nothing else is there
	stale  bool     // the state does not say all that is known now
	untidy bool     // there is a folder without files
}

// search is one look at the output folder, held against what the state says.
type search struct {
	d    *Dir
	site tree
	s    *state

	sure   []bool  // files that look as recorded; each is written by who looks into its folder
	places []place // likewise of each recorded folder

	mu     sync.Mutex // guards what follows
	others []other    // files that look otherwise, or are not recorded
	news   []string   // folders that are not recorded
	empty  bool       // some folder holds nothing
	amiss  bool       // a recorded folder is no more
}

// other is a file whose content must be read to know it, or something that is
// no file.
type other struct {
	path string
	look sight
	is   int // index of the record; -1 = none
	hash Hash
}

// search looks at the output folder: at each recorded folder, and where that
// still holds the names that it held, at each of its files; where it may not,
// at all that is in it. Which folders there are besides, their listed parents
// tell. So nothing is believed that the disk does not say now.
func (d *Dir) search(ctx context.Context, site tree, s *state) (*found, error) {
	if site == nil {
		return &found{stale: len(s.files) > 0, places: make([]place, len(s.outline.folders))}, nil
	}
	w := &search{d: d, site: site, s: s, sure: make([]bool, len(s.files)), places: make([]place, len(s.outline.folders))}
	if len(s.outline.folders) == 0 {
		w.news = []string{""}
	}
	mark, err := site.Look(marker)
	if err != nil && !gone(err) {
		return nil, err
	}
	w.amiss = err != nil || !mark.mode.IsRegular()
	if err := each(ctx, d.workers, len(s.outline.folders), w.folder); err != nil {
		return nil, err
	}
	for len(w.news) > 0 { // level by level
		level := w.news
		w.news = nil
		if err := each(ctx, d.workers, len(level), func(i int) error { return w.list(level[i], nil) }); err != nil {
			return nil, err
		}
		w.amiss = w.amiss || !slices.Equal(level, []string{""})
	}
	err = each(ctx, d.workers, len(w.others), func(i int) (err error) {
		if o := &w.others[i]; o.look.mode.IsRegular() {
			o.hash, err = hashFile(d.full(o.path))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return w.found(), nil
}

// folder looks at the ith recorded folder.
func (w *search) folder(i int) error {
	dir := w.s.outline.folders[i]
	saw, err := w.site.Look(dir)
	if gone(err) || err == nil && !saw.mode.IsDir() {
		w.mu.Lock()
		w.amiss = true // its parent's listing tells what is there instead
		w.mu.Unlock()
		return nil
	}
	if err != nil {
		return err
	}
	files := w.s.outline.in(i)
	if w.site.Faithful() {
		w.places[i] = saw.place()
	}
	if !w.s.places[i].has(w.places[i], w.s.written) {
		return w.list(dir, files)
	}
	for _, f := range files {
		saw, err := w.site.Look(w.s.files[f].Path)
		if gone(err) {
			continue // taken away since
		}
		if err != nil {
			return err
		}
		w.file(w.s.files[f].Path, int(f), saw)
	}
	return nil
}

// gone says whether a name, or a folder on the way to it, is not there.
func gone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// list looks at all that is in a folder; files are those recorded in it.
func (w *search) list(dir string, files []int32) error {
	entries, err := w.site.List(dir)
	if gone(err) {
		return nil // taken away since
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := e.name
		if dir != "" {
			path = dir + "/" + e.name
		}
		switch {
		case path == marker:
		case e.mode.IsDir():
			if _, recorded := w.s.outline.find(path); !recorded {
				w.mu.Lock()
				w.news = append(w.news, path)
				w.mu.Unlock()
			}
		default:
			w.file(path, w.record(files, path), e.sight)
		}
	}
	if dir != "" && len(entries) == 0 {
		w.mu.Lock()
		w.empty = true
		w.mu.Unlock()
	}
	return nil
}

// record returns which of the files has the path, -1 for none.
func (w *search) record(files []int32, path string) int {
	i, ok := slices.BinarySearchFunc(files, path, func(f int32, path string) int {
		return strings.Compare(w.s.files[f].Path, path)
	})
	if !ok {
		return -1
	}
	return int(files[i])
}

// file takes a file that looks as recorded for what it was, unless it was
// changed in the very moment that was noted, or later, and could have been
// changed again without looking otherwise.
func (w *search) file(path string, is int, saw sight) {
	if is >= 0 && saw.mode.IsRegular() && saw.stat == w.s.stat(is) && saw.mtime < w.s.written {
		w.sure[is] = true
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.others = append(w.others, other{path: path, look: saw, is: is})
}

// stat returns how the ith file looked.
func (s *state) stat(i int) stat { return stat{size: s.files[i].Size, look: s.looks[i]} }

// found puts together what was seen.
func (w *search) found() *found {
	f := &found{places: w.places, untidy: w.empty}
	f.exact = !w.amiss && !w.empty
	for i := range w.others {
		o := &w.others[i]
		if o.is >= 0 && o.look.stat == w.s.stat(o.is) && o.hash == w.s.files[o.is].Hash {
			w.sure[o.is] = true
			f.stale = true // a later state will be sure of it
			continue
		}
		f.exact = false
	}
	f.exact = f.exact && !slices.Contains(w.sure, false)
	if f.exact {
		f.files, f.looks = w.s.files, w.s.looks
		return f
	}
	f.stale = true
	w.gather(f)
	return f
}

// gather makes the manifest of an output that is not as the state says.
func (w *search) gather(f *found) {
	slices.SortFunc(w.others, func(a, b other) int { return strings.Compare(a.path, b.path) })
	add := func(e Entry, l look) { f.files, f.looks = append(f.files, e), append(f.looks, l) }
	at := 0
	upTo := func(path string, all bool) {
		for ; at < len(w.s.files) && (all || w.s.files[at].Path <= path); at++ {
			if w.sure[at] {
				add(w.s.files[at], w.s.looks[at])
			}
		}
	}
	for i := range w.others {
		o := &w.others[i]
		upTo(o.path, false)
		if o.is >= 0 && w.sure[o.is] {
			continue
		}
		e := Entry{Path: o.path, Hash: o.hash, Size: o.look.size}
		if o.is >= 0 && o.hash == w.s.files[o.is].Hash {
			e.Key = w.s.files[o.is].Key
		}
		add(e, o.look.look)
	}
	upTo("", true)
}
