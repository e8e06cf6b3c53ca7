package live

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// entry is a file or folder as it was last seen.
type entry struct {
	name  string
	stamp stamp
	young bool // changed so shortly before that a change right after it might not show
}

func (e entry) isFolder() bool { return e.stamp.mode.IsDir() }

// folder is a folder as it was last seen.
type folder struct {
	only    []string // names that alone count, sorted; nil = all
	entries []entry  // sorted by name
	closed  bool     // it could not be read
}

// list reads a folder's entries. Symbolic links are told as such, but for
// roots, which may be links.
func (w *watcher) list(path string, f *folder) ([]entry, error) {
	now := w.now()
	if f.only != nil {
		var entries []entry
		for _, name := range f.only {
			if info, err := os.Stat(below(path, name)); err == nil {
				entries = append(entries, newEntry(name, stampOf(info), now))
			}
		}
		return entries, nil
	}
	found, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	entries := make([]entry, 0, len(found))
	for _, e := range found {
		if name := e.Name(); leftBy(name) || w.ignore != nil && w.ignore(below(path, name)) {
			continue
		}
		if info, err := e.Info(); err == nil { // else it is gone again
			entries = append(entries, newEntry(e.Name(), stampOf(info), now))
		}
	}
	return entries, nil
}

func newEntry(name string, s stamp, now time.Time) entry {
	e := entry{name: name, stamp: s}
	e.young = !e.isFolder() && within(s.changed(), now)
	return e
}

// below is filepath.Join for a clean path and a name.
func below(path, name string) string {
	if strings.HasSuffix(path, string(filepath.Separator)) {
		return path + name
	}
	return path + string(filepath.Separator) + name
}

// enter takes up a folder and all below it. What has changed since the moment
// fresh, if that is one, is told: a build may not have seen it.
func (w *watcher) enter(path string, fresh time.Time) {
	f := w.enterAlone(path)
	if f == nil {
		return
	}
	if !fresh.IsZero() {
		w.tellFresh(path, f, fresh)
	}
	for _, e := range f.entries {
		if e.isFolder() {
			w.enter(below(path, e.name), fresh)
		}
	}
}

// enterAlone takes up a folder, but not those below it: the watch comes first,
// so that a file made meanwhile is either listed or notified. It returns nil
// if there is no such folder any more.
func (w *watcher) enterAlone(path string) *folder {
	w.addWatch(path)
	f := w.folders[path]
	if f == nil {
		f = new(folder)
	}
	entries, err := w.list(path, f)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	w.room -= 1 + len(entries) - len(f.entries)
	f.entries, f.closed = entries, err != nil
	w.folders[path] = f
	return f
}

// tellFresh tells what has changed in a folder since a moment. A folder says
// when a name came or went, but not which.
func (w *watcher) tellFresh(path string, f *folder, since time.Time) {
	if info, err := os.Lstat(path); err == nil && f.only == nil {
		ctime, _ := inner(info)
		if within(max(info.ModTime().UnixNano(), ctime), since) {
			w.unsettled.differs(path, newFolder, true, w.now())
			return
		}
	}
	for _, e := range f.entries {
		if !e.isFolder() && within(e.stamp.changed(), since) {
			w.unsettled.differs(below(path, e.name), kindOf(e.name, e.stamp.size), true, w.now())
		}
	}
}

// forget gives a folder and all below it up.
func (w *watcher) forget(path string) {
	f := w.folders[path]
	if f == nil {
		return
	}
	delete(w.folders, path)
	if w.notes != nil {
		w.notes.Remove(path)
	}
	w.room += 1 + len(f.entries)
	for _, e := range f.entries {
		if e.isFolder() {
			w.forget(below(path, e.name))
		}
	}
}

// lookAt lists known folders again and notes what differs. A watch stays with
// a folder that is moved, so all that are gone are given up before any that
// came is taken up. heard is what notifications were about.
func (w *watcher) lookAt(paths []string, heard map[string]bool) {
	var came []string
	for _, path := range paths {
		if w.folders[path] != nil {
			came = append(came, w.compare(path, heard)...)
		}
	}
	for _, path := range came {
		w.enter(path, time.Time{})
	}
}

// compare lists a known folder again, notes what differs, forgets folders
// that are gone and returns those that came.
func (w *watcher) compare(path string, heard map[string]bool) (came []string) {
	f := w.folders[path]
	now, err := w.list(path, f)
	if err != nil {
		if closed := !errors.Is(err, fs.ErrNotExist); closed && !f.closed { // else the folder above tells
			f.closed = true
			w.unsettled.differs(path, newFolder, true, w.now())
			w.log.Debug("a folder cannot be read", "folder", path, "why", err)
		}
		return nil
	}
	if f.closed {
		f.closed = false
		w.addWatch(path)
		w.unsettled.differs(path, newFolder, true, w.now())
	}
	was := f.entries
	f.entries = now
	w.room += len(was) - len(now)
	for len(was) > 0 || len(now) > 0 {
		switch order := first(was, now); {
		case order < 0:
			w.went(path, was[0])
			was = was[1:]
		case order > 0:
			came = w.came(came, path, now[0], false)
			now = now[1:]
		default:
			at := below(path, now[0].name)
			if was[0].stamp != now[0].stamp || was[0].isFolder() && heard[at] {
				if was[0].isFolder() {
					w.forget(at)
				}
				came = w.came(came, path, now[0], true)
			} else if _, named := heard[at]; was[0].young && (named || w.notes == nil) {
				came = w.came(came, path, now[0], true)
			}
			was, now = was[1:], now[1:]
		}
	}
	return came
}

// first says which of two sorted lists has the first name: less than 0 the
// one, more the other, 0 both.
func first(a, b []entry) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return cmp.Compare(a[0].name, b[0].name)
}

func (w *watcher) went(path string, e entry) {
	at := below(path, e.name)
	if e.isFolder() {
		w.forget(at)
	}
	w.unsettled.differs(at, goneFile, true, w.now())
}

// came notes a file or folder that is new or another than it was; had says
// that there was one of that name.
func (w *watcher) came(folders []string, path string, e entry, had bool) []string {
	at := below(path, e.name)
	if e.isFolder() {
		w.unsettled.differs(at, newFolder, had, w.now())
		return append(folders, at)
	}
	had = had || w.building.Load() || !w.ready.None() // a build may see it, even if it goes again
	w.unsettled.differs(at, kindOf(e.name, e.stamp.size), had, w.now())
	return folders
}

// known returns all known folders, those above first.
func (w *watcher) known() []string {
	paths := make([]string, 0, len(w.folders))
	for path := range w.folders {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// knownBelow returns a known folder and all known below it.
func (w *watcher) knownBelow(path string) []string {
	f := w.folders[path]
	if f == nil {
		return nil
	}
	paths := []string{path}
	for _, e := range f.entries {
		if e.isFolder() {
			paths = append(paths, w.knownBelow(below(path, e.name))...)
		}
	}
	return paths
}
