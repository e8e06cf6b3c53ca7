package media

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// How the cache is kept within its bound.
//
// What a build used stays, even where that alone is more. Of the rest the
// least recently used goes first. When an entry was used is noted in the time of
// change of its file, by the file system's own clock and at most once a day:
// that outlives a crash, needs no agreement among builds that run at once, and
// archives keep it. Renditions and the record of one picture go together: a
// picture of which half is left has to be decoded like one of which nothing is.
//
// A bound that is exceeded makes room for more than the next entry, so that not
// every build has to look which pictures to give up.
//
// To look through a large cache takes longer than all else of a build that
// finds nothing to do. So that is done once a day, and whenever something was
// put into the store or the bound was changed.
//
// An entry that another build was about to read is made again by it. Where
// the program dies in the middle, a record may be gone whose renditions are
// there; they go as what they are, each for itself.

const (
	// touchAfter is how old the note of an entry's use may become, and that of
	// the last look through the store.
	touchAfter = 24 * time.Hour
	// leftAfter is how old a file must be that is being written to have been
	// left by a program that died.
	leftAfter = 24 * time.Hour
)

// trimmedKey is the entry that tells when a store was last looked through, and
// for which bound.
const trimmedKey = "trimmed"

// Trim brings a store below max bytes, 0 = no bound, by deleting what used does
// not want kept. It goes on after an entry that cannot be deleted or touched,
// and returns the first such error.
func Trim(ctx context.Context, store Store, max int64, used func(key string) bool) error {
	_, err := trim(ctx, store, max, used)
	return err
}

// Trim brings the Studio's store below max bytes, 0 = no bound, keeping what
// the jobs need, and forgets the headers of pictures that are no longer in it.
// What also lies in the store and is in use besides the jobs, also tells.
func (s *Studio) Trim(ctx context.Context, jobs []Job, max int64, also func(key string) bool) error {
	if err := s.index.open(s.store); err != nil {
		return err
	}
	mine := needed(jobs)
	left, err := trim(ctx, s.store, max, func(key string) bool { return mine[key] || also != nil && also(key) })
	if err != nil || left == nil {
		return err
	}
	s.index.mu.Lock()
	s.index.forget(func(hash string) bool { return !left[recordKey(hash)] && !s.index.seen[hash] })
	s.index.mu.Unlock()
	return s.index.save(s.store)
}

// needed returns the keys of all that jobs need.
func needed(jobs []Job) map[string]bool {
	keys := map[string]bool{indexKey: true}
	for _, j := range jobs {
		keys[recordKey(j.Info.Hash)] = true
		for _, rend := range j.Renditions {
			keys[rend.pixels] = true
		}
	}
	return keys
}

// trim returns the keys that are left, nil where it was not yet time to look.
func trim(ctx context.Context, store Store, max int64, used func(key string) bool) (map[string]bool, error) {
	now, err := store.Now()
	if err != nil || !due(store, max, now) {
		return nil, err
	}
	entries, err := store.Entries()
	if err != nil {
		return nil, err
	}
	t := trimming{store: store, left: make(map[string]bool, len(entries))}
	for _, e := range entries {
		t.left[e.Key] = true
		t.total += e.Size
	}
	spare := t.sort(entries, now, used)
	if max > 0 && t.total > max {
		for _, b := range t.bundles(spare) {
			if t.total <= max-max/10 {
				break
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			t.drop(b.entries...)
		}
	}
	if t.err != nil {
		return nil, t.err
	}
	return t.left, store.Put(trimmedKey, fmt.Appendf(nil, trimmedFormat, max, now.Unix()))
}

const trimmedFormat = "max %d at %d"

// due says whether a store has to be looked through. One that does not tell
// whether something was put into it always has to.
func due(store Store, max int64, now time.Time) bool {
	s, ok := store.(interface{ grown() bool })
	if !ok || s.grown() {
		return true
	}
	value, err := store.Get(trimmedKey)
	if err != nil {
		return true
	}
	var bound, seconds int64
	if _, err := fmt.Sscanf(string(value), trimmedFormat, &bound, &seconds); err != nil || bound != max {
		return true
	}
	age := now.Sub(time.Unix(seconds, 0))
	return age < 0 || age >= touchAfter
}

// trimming is one Trim.
type trimming struct {
	store Store
	left  map[string]bool
	total int64 // bytes
	err   error // the first
}

func (t *trimming) note(err error) {
	if t.err == nil {
		t.err = err
	}
}

// sort touches what is used, removes what dead programs left, and returns the
// rest.
func (t *trimming) sort(entries []Entry, now time.Time, used func(key string) bool) []Entry {
	var spare []Entry
	for _, e := range entries {
		age := now.Sub(e.Used) // negative where a clock was wrong, or there is none
		switch {
		case strings.HasPrefix(path.Base(e.Key), tempPrefix):
			if age >= leftAfter {
				t.drop(e)
			}
		case e.Key != indexKey && e.Key != trimmedKey && !used(e.Key):
			spare = append(spare, e)
		case age >= touchAfter || age < 0:
			t.note(t.store.Touch(e.Key, now))
		}
	}
	return spare
}

// bundle is what goes together: a picture's record, then its renditions, or
// one entry that belongs to no record.
type bundle struct {
	entries []Entry
	used    time.Time
}

// bundles returns spare entries in bundles, the least recently used first.
func (t *trimming) bundles(spare []Entry) []bundle {
	single := make(map[string]Entry, len(spare))
	for _, e := range spare {
		single[e.Key] = e
	}
	var all []bundle
	for _, e := range spare {
		if !strings.HasPrefix(e.Key, recordPrefix) {
			continue
		}
		b := bundle{entries: []Entry{e}, used: e.Used}
		delete(single, e.Key)
		for _, key := range t.renditions(e.Key) {
			if r, ok := single[key]; ok {
				b.add(r)
				delete(single, key)
			}
		}
		all = append(all, b)
	}
	for _, e := range single {
		all = append(all, bundle{[]Entry{e}, e.Used})
	}
	slices.SortFunc(all, func(a, b bundle) int {
		return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.entries[0].Key, b.entries[0].Key))
	})
	return all
}

func (b *bundle) add(e Entry) {
	b.entries = append(b.entries, e)
	if e.Used.After(b.used) {
		b.used = e.Used
	}
}

// recordPrefix begins the keys of records.
const recordPrefix = "s/"

// renditions lists what a record names, sorted; a record that cannot be read
// names nothing.
func (t *trimming) renditions(key string) []string {
	value, err := t.store.Get(key)
	if err != nil {
		return nil
	}
	body, ok := unseal(key, value)
	if !ok {
		return nil
	}
	r := newRecord()
	r.parse(body)
	return sortedKeys(r.files)
}

// drop deletes entries in their order.
func (t *trimming) drop(entries ...Entry) {
	for _, e := range entries {
		if err := t.store.Delete(e.Key); err != nil {
			t.note(err)
			continue
		}
		delete(t.left, e.Key)
		t.total -= e.Size
	}
}
