package media

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"time"
)

// index remembers what Probe found, by path, size and time of change, so that
// an unchanged picture is not read again.
//
// A time of change can lie: what is written twice within one tick of the file
// system's clock keeps its time. So a picture is remembered only where it was
// last changed well before it was read; a later change then shows. Both times
// are told by file systems: there is no clock here.
type index struct {
	once    sync.Once
	err     error
	now     time.Time // before anything was read
	mu      sync.Mutex
	known   map[string]known // by path
	changed bool
}

type known struct {
	size    int64
	changed time.Time
	info    *Info
}

const indexKey = "index"

// probeVersion names what an Info depends on besides the content.
const probeVersion = "gallerist probe 1"

// settled is how long before reading a file must last have changed. The
// coarsest file systems tick every two seconds.
const settled = 2 * time.Second

// open reads the index, once.
func (x *index) open(store Store) error {
	x.once.Do(func() {
		x.known = map[string]known{}
		if x.now, x.err = store.Now(); x.err != nil {
			return
		}
		value, err := store.Get(indexKey)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			x.err = err
			return
		}
		if body, ok := unseal(indexKey, value); ok {
			x.parse(string(body))
		}
	})
	return x.err
}

// find returns what is known of a file, or nil.
func (x *index) find(path string, st fs.FileInfo) *Info {
	x.mu.Lock()
	defer x.mu.Unlock()
	k, ok := x.known[path]
	if !ok || k.size != st.Size() || !k.changed.Equal(st.ModTime()) {
		return nil
	}
	return k.info
}

// note remembers a file, if its time of change can be trusted.
func (x *index) note(path string, st fs.FileInfo, info *Info) {
	if st.ModTime().IsZero() || !st.ModTime().Add(settled).Before(x.now) {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.known[path] = known{st.Size(), st.ModTime(), info}
	x.changed = true
}

// keep forgets all paths but those that are wanted.
func (x *index) keep(wanted map[string]bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for path := range x.known {
		if !wanted[path] {
			delete(x.known, path)
			x.changed = true
		}
	}
}

// save writes the index where it has changed.
func (x *index) save(store Store) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.changed {
		return nil
	}
	x.changed = false
	var b bytes.Buffer
	b.WriteString(probeVersion + "\n")
	for _, path := range sortedKeys(x.known) {
		k := x.known[path]
		i := k.info
		fmt.Fprintf(&b, "%s\t%d\t%d\t%s\t%d\t%d\t%d\t%s\t%s\t%t\t%t\t%t\n", strconv.Quote(path), k.size, k.changed.UnixNano(),
			i.Format, i.Width, i.Height, i.orientation, i.Hash, i.Taken, i.HasGPS, i.Animated, i.heavy)
	}
	return store.Put(indexKey, seal(indexKey, b.Bytes()))
}

// parse reads what save wrote. A line that is not of its form is passed over.
func (x *index) parse(body string) {
	head, rest, _ := strings.Cut(body, "\n")
	if head != probeVersion {
		return
	}
	for line := range strings.Lines(rest) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 12 {
			continue
		}
		path, err := strconv.Unquote(f[0])
		size, err1 := strconv.ParseInt(f[1], 10, 64)
		changed, err2 := strconv.ParseInt(f[2], 10, 64)
		i := &Info{Path: path, Size: size, Format: f[3], Hash: f[7], Taken: f[8]}
		var err3, err4, err5 error
		i.Width, err3 = strconv.Atoi(f[4])
		i.Height, err4 = strconv.Atoi(f[5])
		i.orientation, err5 = strconv.Atoi(f[6])
		i.HasGPS, i.Animated, i.heavy = f[9] == "true", f[10] == "true", f[11] == "true"
		if errors.Join(err, err1, err2, err3, err4, err5) == nil {
			x.known[path] = known{size, time.Unix(0, changed), i}
		}
	}
}
