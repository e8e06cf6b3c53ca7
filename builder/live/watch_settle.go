package live

import (
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// How long a path has to stay as it is before it is told.
const (
	holdText   = 20 * time.Millisecond  // unless the system said that it is whole: then not at all
	holdHeavy  = 200 * time.Millisecond // pictures, films; whole: holdText
	holdFolder = 200 * time.Millisecond // a new one: until nothing comes into it any more
	holdGone   = 50 * time.Millisecond  // it may come back: some editors save so
	holdEmpty  = 250 * time.Millisecond // as may what was in it

	// While a file is open for writing it is not told, unless its writer
	// pauses that long.
	pauseText  = 500 * time.Millisecond
	pauseHeavy = 2 * time.Second

	perPath  = 5 * time.Millisecond   // the more has changed, the longer we wait for more
	maxPause = 150 * time.Millisecond // but no longer than that
	patience = 2 * time.Second        // nor is what has settled held up longer by what has not
	arrival  = 30 * time.Second       // and what never settles is told as it is
)

// kind is what a change is of.
type kind uint8

const (
	textFile kind = iota
	goneFile      // or folder
	emptyFile
	heavyFile
	newFolder // and all in it
)

// slow kinds are waited for by themselves, so that they hold up no edit.
func (k kind) slow() bool { return k >= emptyFile }

// heavySize is from where on a text is written in more than a moment.
const heavySize = 1 << 20

// kindOf returns the kind of a file that is there.
func kindOf(name string, size int64) kind {
	if size == 0 {
		return emptyFile
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case "", ".md", ".markdown", ".txt", ".toml", ".yaml", ".yml", ".json", ".csv", ".xml", ".svg", ".vtt", ".srt",
		".css", ".js", ".html", ".htm", ".tmpl", ".gotmpl", ".webmanifest":
		if size < heavySize {
			return textFile
		}
	}
	return heavyFile
}

// trace is a path that differs from what was told of it.
type trace struct {
	kind        kind
	had         bool // it was there when it was last told
	whole       bool
	first, last time.Time // when it was first and last seen to differ
}

func (t *trace) hold() time.Duration {
	switch {
	case t.kind == goneFile:
		return holdGone
	case t.kind == emptyFile:
		return holdEmpty
	case t.kind == newFolder:
		return holdFolder
	case t.kind == heavyFile && !t.whole:
		return holdHeavy
	case t.kind == heavyFile || !t.whole:
		return holdText
	}
	return 0
}

// unsettled is what differs from what was told.
type unsettled struct {
	traces  map[string]*trace
	writing map[string]time.Time // open files: when something was last written
}

func newUnsettled() *unsettled {
	return &unsettled{map[string]*trace{}, map[string]time.Time{}}
}

// differs notes that a path differs from how it was last seen. What happens
// in a new folder happens to that folder.
func (u *unsettled) differs(path string, k kind, had bool, now time.Time) {
	for at := path; ; {
		above := filepath.Dir(at)
		if above == at {
			break
		}
		if t := u.traces[above]; t != nil && t.kind == newFolder {
			t.last = now
			return
		}
		at = above
	}
	t := u.traces[path]
	if t == nil {
		t = &trace{had: had, first: now}
		u.traces[path] = t
	}
	t.kind, t.last, t.whole = k, now, false
	if k == goneFile && !t.had {
		delete(u.traces, path) // it came and went
	}
}

// heard notes what a notification said of a path.
func (u *unsettled) heard(path string, m mark, now time.Time) {
	switch {
	case m&written != 0:
		u.writing[path] = now
	case m&(whole|another) != 0:
		delete(u.writing, path)
	}
	if t := u.traces[path]; t != nil && m&(whole|written) != 0 {
		t.last, t.whole = now, m&whole != 0
	}
}

// arriving returns until when files that are being written, and the folders
// above them, are waited for.
func (u *unsettled) arriving(now time.Time) map[string]time.Time {
	until := make(map[string]time.Time, 4*len(u.writing))
	for path, last := range u.writing {
		end := last.Add(pauseHeavy)
		if kindOf(path, 1) == textFile {
			end = last.Add(pauseText)
		}
		if !end.After(now) {
			delete(u.writing, path)
			continue
		}
		for at := path; until[at].Before(end); at = filepath.Dir(at) {
			until[at] = end
		}
	}
	return until
}

// ripe returns what can be told now, and when to ask again (zero: not before
// something happens).
func (u *unsettled) ripe(now time.Time) (paths []string, next time.Time) {
	if len(u.traces) == 0 {
		return nil, time.Time{}
	}
	arriving := u.arriving(now)
	for _, slow := range []bool{false, true} {
		some, at := u.ripeOf(slow, arriving, now)
		paths, next = append(paths, some...), sooner(next, at)
	}
	return paths, next
}

// ripeOf is ripe for slow kinds or the others.
func (u *unsettled) ripeOf(slow bool, arriving map[string]time.Time, now time.Time) (paths []string, next time.Time) {
	var first, last time.Time // of what is ripe; of all that is not arriving
	n, waiting := 0, false
	for path, t := range u.traces {
		if t.kind.slow() != slow {
			continue
		}
		at := t.last.Add(t.hold())
		if until := arriving[path]; !until.IsZero() {
			if at = sooner(until, t.first.Add(arrival)); at.After(now) {
				next = sooner(next, at)
				continue
			}
		}
		n, last = n+1, later(last, t.last)
		if at.After(now) {
			waiting, next = true, sooner(next, at)
			if at = t.first.Add(arrival); at.After(now) {
				continue
			}
		}
		paths, first = append(paths, path), sooner(first, t.first)
	}
	if len(paths) == 0 {
		return nil, next
	}
	calm := last.Add(min(time.Duration(n)*perPath, maxPause))
	if enough := first.Add(patience); (waiting || calm.After(now)) && enough.After(now) {
		if calm.After(now) {
			next = sooner(next, calm)
		}
		return nil, sooner(next, enough)
	}
	return paths, next
}

// told forgets paths and returns them as a change.
func (u *unsettled) told(paths []string) Change {
	for _, path := range paths {
		delete(u.traces, path)
	}
	slices.Sort(paths)
	return Change{Paths: withoutBelow(paths)}
}

// sooner is the earlier of two moments of which either may be none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
