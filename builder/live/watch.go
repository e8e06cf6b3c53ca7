package live

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of watching.
const (
	settle   = 150 * time.Millisecond // quiet to wait for: editors save in several steps
	patience = 2 * time.Second        // without quiet, look all the same
	pollTime = 2 * time.Second        // between lookings where watches cannot be had
)

// notifier tells of changes in single folders. It is fsnotify's, but for
// tests of what that cannot be made to do.
type notifier interface {
	Add(folder string) error
	Remove(folder string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

type osNotifier struct{ *fsnotify.Watcher }

func (n osNotifier) Events() <-chan fsnotify.Event { return n.Watcher.Events }
func (n osNotifier) Errors() <-chan error          { return n.Watcher.Errors }

func newOSNotifier() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	return osNotifier{w}, err
}

// stamp is what tells one state of a file from another.
type stamp struct {
	size  int64
	mtime time.Time
}

// listing is one folder as last looked at.
type listing struct {
	files   map[string]stamp
	folders []string // names, sorted
}

// watcher knows the watched files and tells when they have changed.
type watcher struct {
	roots   []string // absolute
	ignore  func(path string) bool
	poll    time.Duration // 0 = by notifications
	retreat time.Duration // poll, once there are none
	log     *slog.Logger
	open    func() (notifier, error)
	changed chan Change // holds one

	notes   notifier            // nil = polling
	folders map[string]*listing // by absolute path
	single  map[string]stamp    // watched files that are not in a watched folder
	above   map[string]bool     // folders watched only for a root to appear in
}

func newWatcher(opt Options) *watcher {
	w := &watcher{
		ignore: opt.Ignore, poll: opt.Poll, retreat: pollTime, log: opt.Log, open: newOSNotifier,
		changed: make(chan Change, 1),
		folders: map[string]*listing{}, single: map[string]stamp{}, above: map[string]bool{},
	}
	for _, root := range opt.Watch {
		if abs, err := filepath.Abs(root); err == nil {
			root = abs
		}
		w.roots = append(w.roots, root)
	}
	return w
}

// begin looks at everything for the first time.
func (w *watcher) begin() {
	if w.poll == 0 {
		notes, err := w.open()
		if err != nil {
			w.pollBecause(err)
		} else {
			w.notes = notes
		}
	}
	w.lookEverywhere()
}

// pollBecause gives up notifications.
func (w *watcher) pollBecause(err error) {
	w.poll = w.retreat
	if w.notes != nil {
		w.notes.Close() // nothing more is wanted of it
		w.notes = nil
	}
	w.log.Warn("changes cannot be watched; all files are looked at from time to time instead", "every", w.poll, "why", err)
}

// run turns notifications into looks, until ctx ends.
func (w *watcher) run(ctx context.Context) {
	defer func() {
		if w.notes != nil {
			w.notes.Close() // nothing more is wanted of it
		}
	}()
	p := newPlaces()
	for {
		var events <-chan fsnotify.Event
		var faults <-chan error
		var tick <-chan time.Time
		if w.notes != nil {
			events, faults = w.notes.Events(), w.notes.Errors()
		} else {
			tick = time.After(w.poll)
		}
		select {
		case <-ctx.Done():
			return
		case e, open := <-events:
			switch {
			case !open:
				w.pollBecause(errors.New("the notifications ended"))
			case e.Op != fsnotify.Chmod && !w.ignored(e.Name):
				p.add(e.Name)
			}
		case err := <-faults: // overflow: something was lost
			w.log.Debug("looking at all files again", "why", err)
			p.addAll()
		case <-p.quiet.C:
			w.look(p)
		case <-p.late.C:
			w.look(p)
		case <-tick:
			p.addAll()
			w.look(p)
		}
	}
}

// places are where to look next, and when.
type places struct {
	all         bool
	named       map[string]bool // what notifications were about
	quiet, late *time.Timer     // run from the last and the first notification
}

func newPlaces() *places {
	stopped := func() *time.Timer {
		t := time.NewTimer(time.Hour)
		t.Stop()
		return t
	}
	return &places{named: map[string]bool{}, quiet: stopped(), late: stopped()}
}

func (p *places) add(path string) {
	if !p.all && len(p.named) == 0 {
		p.late.Reset(patience)
	}
	p.named[path] = true
	p.quiet.Reset(settle)
}

func (p *places) addAll() {
	p.add("")
	p.all = true
}

// take empties p and returns what it held.
func (p *places) take() (all bool, named map[string]bool) {
	all, named = p.all, p.named
	p.all, p.named = false, map[string]bool{}
	p.quiet.Stop()
	p.late.Stop()
	return all, named
}

// look looks at the places and tells if anything has changed there.
func (w *watcher) look(p *places) {
	all, named := p.take()
	var changed bool
	if all {
		changed = w.lookEverywhere()
	} else {
		changed = w.lookNear(named)
	}
	if changed {
		select {
		case w.changed <- Change{All: true}:
		default: // one is waiting already
		}
	}
}

// lookNear looks at the folders of files that something happened to, once
// each, and at folders that something happened to themselves: those may be
// new ones under an old name.
func (w *watcher) lookNear(named map[string]bool) bool {
	changed := false
	parents := map[string]bool{}
	for path := range named {
		parents[filepath.Dir(path)] = true
		w.unwatch(path)
	}
	for path := range named {
		if w.folders[path] != nil {
			changed = w.renew(path) || changed
		}
	}
	for folder := range parents {
		if w.folders[folder] != nil {
			changed = w.lookAt(folder) || changed
		}
		if w.above[folder] {
			changed = w.lookForRoots(folder) || changed
		}
	}
	return changed
}

// unwatch gives up the notifications of a known folder and all below it. A
// watch stays with a folder that is moved and goes on telling its old name, so
// all that may have been moved are given up before any is watched again.
func (w *watcher) unwatch(folder string) {
	l := w.folders[folder]
	if l == nil {
		return
	}
	if w.notes != nil {
		_ = w.notes.Remove(folder) // gone by itself, then
	}
	for _, name := range l.folders {
		w.unwatch(filepath.Join(folder, name))
	}
}

// renew watches a folder and all below it again and looks at them.
func (w *watcher) renew(folder string) bool {
	w.watch(folder)
	changed := w.lookAt(folder)
	if l := w.folders[folder]; l != nil {
		for _, name := range l.folders {
			changed = w.renew(filepath.Join(folder, name)) || changed
		}
	}
	return changed
}

// lookEverywhere looks at all roots and all folders below them.
func (w *watcher) lookEverywhere() bool {
	changed := false
	for _, root := range w.roots {
		w.unwatch(root)
	}
	for _, root := range w.roots {
		if w.folders[root] != nil {
			changed = w.renew(root) || changed
		}
		above := filepath.Dir(root)
		if !w.above[above] {
			w.above[above] = true
			w.watch(above)
		}
		changed = w.lookForRoots(above) || changed
	}
	return changed
}

// lookForRoots looks whether the roots in a folder have come or changed.
func (w *watcher) lookForRoots(above string) bool {
	changed := false
	for _, root := range w.roots {
		if filepath.Dir(root) != above {
			continue
		}
		info, err := os.Stat(root) // a root may be a link
		isFolder := err == nil && info.IsDir()
		if _, known := w.folders[root]; !known && isFolder {
			changed = w.enter(root) || changed
		} else if known && !isFolder {
			changed = w.leave(root) || changed
		}
		was, wasFile := w.single[root]
		switch isFile := err == nil && info.Mode().IsRegular(); {
		case isFile && (!wasFile || was != stampOf(info)):
			w.single[root], changed = stampOf(info), true
		case !isFile && wasFile:
			delete(w.single, root)
			changed = true
		}
	}
	return changed
}

// watch asks for notifications of a folder. The folder may be gone already.
func (w *watcher) watch(folder string) {
	if w.notes == nil {
		return
	}
	if err := w.notes.Add(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.pollBecause(err)
	}
}

// enter takes up a new folder: the watch comes first, so that a file made
// meanwhile is either listed or notified.
func (w *watcher) enter(folder string) bool {
	w.watch(folder)
	w.folders[folder] = &listing{files: map[string]stamp{}}
	return w.lookAt(folder)
}

// leave forgets a folder that is gone and says whether it had files.
func (w *watcher) leave(folder string) bool {
	was := w.folders[folder]
	delete(w.folders, folder)
	changed := len(was.files) > 0
	for _, name := range was.folders {
		below := filepath.Join(folder, name)
		if _, known := w.folders[below]; known {
			changed = w.leave(below) || changed
		}
	}
	return changed
}

// lookAt lists a known folder again, takes up its new folders and forgets
// those that are gone, and says whether any file has changed.
func (w *watcher) lookAt(folder string) bool {
	was := w.folders[folder]
	now, err := w.list(folder)
	if err != nil {
		w.log.Debug("a folder cannot be read", "folder", folder, "why", err)
		return w.leave(folder)
	}
	w.folders[folder] = now
	changed := len(now.files) != len(was.files)
	for name, st := range now.files {
		if old, ok := was.files[name]; !ok || old != st {
			changed = true
		}
	}
	for _, name := range was.folders {
		if _, still := slices.BinarySearch(now.folders, name); !still {
			if below := filepath.Join(folder, name); w.folders[below] != nil {
				changed = w.leave(below) || changed
			}
		}
	}
	for _, name := range now.folders {
		if below := filepath.Join(folder, name); w.folders[below] == nil {
			changed = w.enter(below) || changed
		}
	}
	return changed
}

func (w *watcher) list(folder string) (*listing, error) {
	entries, err := os.ReadDir(folder) // sorted
	if err != nil {
		return nil, err
	}
	l := &listing{files: make(map[string]stamp, len(entries))}
	for _, e := range entries {
		if w.ignored(filepath.Join(folder, e.Name())) {
			continue
		}
		if e.IsDir() {
			l.folders = append(l.folders, e.Name())
			continue
		}
		if info, err := e.Info(); err == nil { // else it is gone again
			l.files[e.Name()] = stampOf(info)
		}
	}
	return l, nil
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

// ignored says which files are nobody's content: what vim, Emacs, JetBrains,
// Kate, GNOME, macOS and Windows leave beside what is being edited, git's
// folder and our own.
func (w *watcher) ignored(path string) bool {
	name := filepath.Base(path)
	switch name {
	case ".git", ".gallerist", "4913", ".DS_Store", "Thumbs.db", "desktop.ini":
		return true
	}
	for _, end := range []string{"~", ".swp", ".swo", ".swx", ".swpx", ".kate-swp", "___jb_tmp___", "___jb_old___"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	if strings.HasPrefix(name, ".#") || strings.HasPrefix(name, "._") || strings.HasPrefix(name, ".goutputstream-") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") {
		return true
	}
	return w.ignore != nil && w.ignore(path)
}
