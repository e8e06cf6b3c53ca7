package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"time"
)

// Times of watching; those of settling stand with it.
const (
	gather    = 2 * time.Millisecond    // from a notification to looking: more come with it
	share     = 4                       // looking takes at most one part in five of the time
	pollTime  = 2 * time.Second         // between lookings where notifications cannot be had
	pollShare = 20                      // the same for polling
	sweepTime = 1500 * time.Millisecond // from the last look to the next sweep
	sweepStep = 64                      // folders looked at in one go
	busyTime  = 100 * time.Millisecond  // a sweep waits for a build
)

// watcher knows the watched files and tells when they have changed. All of it
// belongs to the goroutine that runs it, but for what says otherwise.
type watcher struct {
	roots   []string // absolute
	ignore  func(path string) bool
	poll    time.Duration // 0 = by notifications
	retreat time.Duration // poll, once there are none
	onPoll  func(text string)
	log     *slog.Logger
	open    func(*inbox) (notifier, error)
	room    int // folders and files that may still be watched
	now     func() time.Time

	changed  chan Change                     // unbuffered
	building atomic.Bool                     // for anybody
	slow     atomic.Pointer[map[string]bool] // paths still arriving; for anybody

	box       *inbox
	notes     notifier           // nil = polling
	folders   map[string]*folder // by absolute path
	unsettled unsettled
	ready     Change   // settled, and nobody has taken it
	sweep     []string // folders that are still to be swept

	// When to do what is to be done; zero = there is nothing to do.
	lookAfter, pollAfter, sweepAfter, tellAfter time.Time
	lookNext                                    time.Time // and when to look again at the earliest
}

func newWatcher(opt Options) *watcher {
	w := &watcher{
		ignore: opt.Ignore, poll: opt.Poll, retreat: pollTime, onPoll: opt.OnPoll, log: opt.Log,
		open: newNotifier, room: watchRoom(), now: time.Now,
		changed: make(chan Change),
		folders: map[string]*folder{}, unsettled: unsettled{},
	}
	for _, root := range opt.Watch {
		if abs, err := filepath.Abs(root); err == nil {
			root = abs
		}
		w.roots = append(w.roots, root)
	}
	w.box = newInbox(w.wanted)
	return w
}

// begin opens the notifications and looks at the roots, but not into them.
// Where there are no notifications it looks at everything, for then nothing
// else tells what changes while it looks.
func (w *watcher) begin() {
	if w.poll == 0 {
		notes, err := w.open(w.box)
		if err != nil {
			w.pollBecause(err)
		} else {
			w.notes = notes
		}
	}
	if w.notes != nil && slices.ContainsFunc(w.roots, far) {
		w.pollBecause(errFar)
	}
	for _, root := range w.roots {
		w.beginAt(root)
	}
	if w.notes == nil {
		w.descend(time.Time{})
		w.pollAfter = w.now().Add(w.poll)
	}
}

// beginAt takes up a root and the folder above it, where it may appear, but
// nothing below it.
func (w *watcher) beginAt(root string) {
	above, name := filepath.Dir(root), filepath.Base(root)
	if above == root { // of a drive
		w.enterAlone(root)
		return
	}
	f := w.folders[above]
	if f == nil {
		f = &folder{only: []string{}}
		w.folders[above] = f
	}
	if f.only != nil && !slices.Contains(f.only, name) {
		f.only = append(f.only, name)
		slices.Sort(f.only)
	}
	w.enterAlone(above)
	if info, err := os.Stat(root); err == nil && info.IsDir() && w.folders[root] == nil {
		w.enterAlone(root)
	}
}

// descend takes up everything below the roots. What has changed since a
// moment, if that is one, is told.
func (w *watcher) descend(since time.Time) {
	paths := w.known()
	w.lookAt(paths, nil)
	for _, path := range paths {
		f := w.folders[path]
		if f == nil {
			continue
		}
		for _, e := range f.entries {
			if at := below(path, e.name); e.isFolder() && w.folders[at] == nil {
				w.enter(at, since)
			}
		}
	}
}

var (
	errFar  = errors.New("the folder lies on another machine or in a file system that does not tell of changes")
	errRoom = errors.New("there are more files than may be open at once")
)

// pollBecause gives up notifications.
func (w *watcher) pollBecause(err error) {
	w.poll = w.retreat
	if w.notes != nil {
		w.notes.Close()
		w.notes = nil
	}
	w.sweep, w.sweepAfter = nil, time.Time{} // polling is nothing else
	w.pollAfter = w.now()
	w.log.Warn("changes cannot be watched", "why", err)
	if w.onPoll != nil {
		w.onPoll(pollText(err, w.poll))
	}
}

// pollText says why all files are looked at from time to time.
func pollText(err error, every time.Duration) string {
	why := "this machine does not tell when a file changes (" + err.Error() + ")"
	switch {
	case errors.Is(err, errFar):
		why = "this folder seems to lie on a network drive, which does not tell when a file changes"
	case errors.Is(err, errRoom), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		why = "this machine does not watch that many folders at once"
	}
	return fmt.Sprintf("%s, so all files are looked at every %s: an edit shows a little later", why, everyText(every))
}

// everyText is a time as it follows "every".
func everyText(d time.Duration) string {
	if d == time.Second {
		return "second"
	}
	if d%time.Second == 0 {
		return fmt.Sprintf("%d seconds", d/time.Second)
	}
	return d.String()
}

// addWatch asks for notifications of a folder. The folder may be gone already
// or be closed to us.
func (w *watcher) addWatch(path string) {
	if w.notes == nil {
		return
	}
	if w.room <= 0 {
		w.pollBecause(errRoom)
		return
	}
	err := w.notes.Add(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.ENOTDIR) {
		w.pollBecause(err)
	}
}

// run begins what begin has not, turns notifications into looks and looks
// into changes, until ctx ends. begun is when begin was called.
func (w *watcher) run(ctx context.Context, begun time.Time) {
	defer func() {
		if w.notes != nil {
			w.notes.Close()
		}
	}()
	if w.notes != nil {
		w.descend(begun)
	}
	timer := time.NewTimer(0)
	for {
		w.step()
		wait := time.Duration(math.MaxInt64)
		if next := sooner(sooner(w.lookAfter, w.pollAfter), sooner(w.sweepAfter, w.tellAfter)); !next.IsZero() {
			wait = next.Sub(w.now())
		}
		timer.Reset(wait)
		var changed chan<- Change
		if !w.ready.None() {
			changed = w.changed
		}
		select {
		case <-ctx.Done():
			return
		case changed <- w.ready:
			w.ready = Change{}
		case <-w.box.ping:
			if w.lookAfter.IsZero() {
				w.lookAfter = later(w.now().Add(gather), w.lookNext)
			}
		case <-timer.C:
		}
	}
}

// step does what is due.
func (w *watcher) step() {
	if w.due(&w.lookAfter) {
		w.look()
	}
	if w.due(&w.pollAfter) {
		begun := w.now()
		w.lookAt(w.known(), nil)
		w.pollAfter = w.now().Add(max(w.poll, pollShare*w.now().Sub(begun)))
	}
	if w.due(&w.sweepAfter) {
		w.sweepOn()
	}
	w.tell()
}

// due says whether a moment has come, and if so makes it none.
func (w *watcher) due(after *time.Time) bool {
	if after.IsZero() || w.now().Before(*after) {
		return false
	}
	*after = time.Time{}
	return true
}

// look takes the notifications and looks where they point.
func (w *watcher) look() {
	begun := w.now()
	named, lost := w.box.take()
	if lost != nil {
		w.log.Debug("looking at all files again", "why", lost)
		w.lookEverywhere()
	}
	folders := map[string]bool{}
	for path, another := range named {
		folders[filepath.Dir(path)] = true
		if w.folders[path] != nil && !another {
			folders[path] = true
		}
	}
	paths := make([]string, 0, len(folders))
	for path := range folders {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	w.lookAt(paths, named)
	now := w.now()
	w.lookNext = now.Add(min(share*now.Sub(begun), maxPause))
	if w.notes != nil {
		w.sweep, w.sweepAfter = nil, now.Add(sweepTime)
	}
}

// lookEverywhere looks at all folders and asks for their notifications again.
func (w *watcher) lookEverywhere() {
	for _, path := range w.known() {
		if w.folders[path] != nil {
			w.addWatch(path)
			w.lookAt([]string{path}, nil)
		}
	}
}

// sweepOn looks at some folders without being told to, in case a notification
// was lost.
func (w *watcher) sweepOn() {
	if w.building.Load() {
		w.sweepAfter = w.now().Add(busyTime)
		return
	}
	if w.sweep == nil {
		w.sweep = w.known()
	}
	some := w.sweep[:min(sweepStep, len(w.sweep))]
	w.lookAt(some, nil)
	if w.sweep = w.sweep[len(some):]; len(w.sweep) == 0 {
		w.sweep = nil
		return
	}
	w.sweepAfter = w.now()
}

// tell makes what has settled ready to be taken, after one more look at it.
func (w *watcher) tell() {
	paths, next := w.unsettled.ripe(w.now())
	if len(paths) > 0 {
		w.lookAgain(paths)
		paths, next = w.unsettled.ripe(w.now())
	}
	w.tellAfter = next
	w.ready = w.ready.and(w.unsettled.told(paths))
	slow := w.unsettled.slow()
	w.slow.Store(&slow)
}

// arriving says whether a file, as problems name it, or a folder above it is
// still being written or copied here, so that a build may have seen half of
// it. Another build follows when it is whole.
func (w *watcher) arriving(file string) bool {
	slow := w.slow.Load()
	if slow == nil || len(*slow) == 0 {
		return false
	}
	for _, root := range w.roots {
		for at := filepath.Join(root, filepath.FromSlash(file)); len(at) >= len(root); at = filepath.Dir(at) {
			if (*slow)[at] {
				return true
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	return false
}

// lookAgain looks at the folders of paths, and into folders among them.
func (w *watcher) lookAgain(paths []string) {
	var folders []string
	for _, path := range paths {
		folders = append(append(folders, filepath.Dir(path)), w.knownBelow(path)...)
	}
	slices.Sort(folders)
	w.lookAt(slices.Compact(folders), nil)
}
