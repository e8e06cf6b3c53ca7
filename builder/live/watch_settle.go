package live

import (
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// How long a path has to stay as it is before it is told. Nobody tells when a
// writer has closed its file, so each is looked at twice.
const (
	holdText  = 15 * time.Millisecond  // more than a step of most file systems' clocks
	holdHeavy = 200 * time.Millisecond // pictures, films, new folders: still arriving, perhaps
	holdLong  = 2 * time.Second        // and those that have been arriving for some time
	holdGone  = 50 * time.Millisecond  // it may come back: some editors save so
	holdEmpty = 250 * time.Millisecond // as may what was in it

	pauses   = 4                      // what has been arriving may pause for one part in so many
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
	had         bool      // it was there when it was last told
	first, last time.Time // when it was first and last seen to differ
}

// hold is how long the path has to stay as it is.
func (t *trace) hold() time.Duration {
	switch t.kind {
	case goneFile:
		return holdGone
	case emptyFile:
		return holdEmpty
	case textFile:
		return holdText
	}
	return min(holdHeavy+t.last.Sub(t.first)/pauses, holdLong)
}

// unsettled is what differs from what was told, by path.
type unsettled map[string]*trace

// differs notes that a path differs from how it was last seen. What happens
// in a new folder happens to that folder.
func (u unsettled) differs(path string, k kind, had bool, now time.Time) {
	for at := path; ; {
		above := filepath.Dir(at)
		if above == at {
			break
		}
		if t := u[above]; t != nil && t.kind == newFolder {
			t.last = now
			return
		}
		at = above
	}
	t := u[path]
	if t == nil {
		t = &trace{had: had, first: now}
		u[path] = t
	}
	t.kind, t.last = k, now
	if k == goneFile && !t.had {
		delete(u, path) // it came and went
	}
}

// ripe returns what can be told now, and when to ask again (zero: not before
// something happens).
func (u unsettled) ripe(now time.Time) (paths []string, next time.Time) {
	for _, slow := range []bool{false, true} {
		some, at := u.ripeOf(slow, now)
		paths, next = append(paths, some...), sooner(next, at)
	}
	return paths, next
}

// ripeOf is ripe for slow kinds or the others.
func (u unsettled) ripeOf(slow bool, now time.Time) (paths []string, next time.Time) {
	var first, last time.Time
	waiting := false // for more that may well come with it
	for path, t := range u {
		if t.kind.slow() != slow {
			continue
		}
		if at := sooner(t.last.Add(t.hold()), t.first.Add(arrival)); at.After(now) {
			waiting, next = waiting || at.Before(t.first.Add(patience)), sooner(next, at)
			continue
		}
		paths, first, last = append(paths, path), sooner(first, t.first), later(last, t.last)
	}
	if len(paths) == 0 {
		return nil, next
	}
	calm := last.Add(min(time.Duration(len(paths))*perPath, maxPause))
	if enough := first.Add(patience); (waiting || calm.After(now)) && enough.After(now) {
		if calm.After(now) {
			next = sooner(next, calm)
		}
		return nil, sooner(next, enough)
	}
	return paths, next
}

// slow returns the paths of slow kinds.
func (u unsettled) slow() map[string]bool {
	var slow map[string]bool
	for path, t := range u {
		if t.kind.slow() {
			if slow == nil {
				slow = map[string]bool{}
			}
			slow[path] = true
		}
	}
	return slow
}

// told forgets paths and returns them as a change.
func (u unsettled) told(paths []string) Change {
	for _, path := range paths {
		delete(u, path)
	}
	if len(paths) > 0 {
		for _, t := range u {
			t.had = true // the build that is told of these may see it
		}
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
