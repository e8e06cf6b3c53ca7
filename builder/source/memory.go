package source

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Memory is what was read before, so that the next reading need only read what
// has changed. What is read with a Memory equals what is read without; only a
// submission whose files are as they were is the same *gallery.Submission
// again, which nobody may therefore change.
//
// A folder is as it was where its entries have the same names, kinds, sizes,
// times and inodes. That the names are the same shows without a listing where the
// file system has Seen: the folder has its inode and the moment of its last change,
// which was two seconds or more before it was listed. Each file is looked at. A file that had been changed less than two seconds before
// it was read can have been changed again within one tick of the file system's
// clock; its folder is read again until it is older. A folder in which
// something could not be read is read again too.
//
// What depends on other folders (ids, examples, galleries without submissions)
// is made anew each time, and what depends on Options.Now is remembered only
// where no date lies between. Other Options than before: nothing is remembered.
//
// A Memory serves one Read at a time. Look may be called at any time.
type Memory struct {
	clock func() time.Time

	past
	options string  // under which it was read
	saved   []chunk // what was loaded, until it is known under which options it is wanted
	changed bool    // since it was loaded

	mu     sync.Mutex
	looked bool     // Look was called since the last Read
	names  []string // what it named
	all    bool     // look everywhere, whatever it named
	only   bool     // and nowhere else: see LookOnly
}

// past is what is remembered.
type past struct {
	root    *branch
	private *contacts
}

// NewMemory returns an empty memory. The clock tells the time of the files'
// times; it decides what is read again and never what comes of it.
func NewMemory(clock func() time.Time) *Memory { return &Memory{clock: clock} }

// Look tells where the next Read is to look: at these files and folders, with
// all below them, as slash-separated paths below the site's folder. Of what is
// new, gone or has another name, the topmost is to be named. It adds to what was
// told since the last Read; no names tell that nothing has changed. Without a
// Look the next Read looks everywhere.
func (m *Memory) Look(names ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.looked = true
	m.names = append(m.names, names...)
}

// LookOnly is Look for somebody who looks everywhere soon: what was so fresh when it
// was read that it may have changed since without a trace is not looked at either.
func (m *Memory) LookOnly(names ...string) {
	m.Look(names...)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.only = true
}

// begin returns where a reading must look and what it need not read.
func (m *Memory) begin(opt *Options) (*look, past) {
	if key := opt.key(); key != m.options || m.saved != nil && opt.Program == "" {
		m.past, m.options, m.saved = past{}, key, nil
	}
	if m.saved != nil {
		m.root = load(m.saved, opt.Zone)
		m.saved, m.changed = nil, m.root == nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var l *look
	if m.looked && !m.all {
		if l = newLook(m.names); l != nil {
			l.only = m.only
		}
	}
	m.looked, m.names, m.all, m.only = false, nil, false, false
	return l, m.past
}

// end remembers what was read. Where that failed, the next reading looks where
// this one was to look.
func (m *Memory) end(r *reader, read past, err error) {
	if err == nil {
		m.past, m.changed = read, m.changed || r.fresh.Load()
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if r.look == nil {
		m.all = true
		return
	}
	m.looked = true
	m.names = append(m.names, r.look.names...)
}

// key names everything in the options that what is remembered depends on.
func (o *Options) key() string {
	key := fmt.Sprintf("%q %q %q %q %d", o.Program, o.Lang, o.Languages, o.Zone, o.AltLevel)
	var clocks []byte // of the zone, since what is known of zones changes
	for at := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2040; at = at.AddDate(0, 0, 7) {
		_, offset := at.In(o.Zone).Zone()
		clocks = binary.AppendVarint(clocks, int64(offset))
	}
	return key + fmt.Sprintf(" %x", sha256.Sum256(clocks))
}

// look says where a reading looks. A nil one looks everywhere.
type look struct {
	names   []string        // as told
	whole   map[string]bool // folders to look at with all below
	single  map[string]bool // folders to look at: those in which the names stand
	parents map[string]bool // folders above those
	only    bool            // see LookOnly
}

func (l *look) isOnly() bool { return l != nil && l.only }

// newLook returns nil where a name holds everything, or is no path of the site.
func newLook(names []string) *look {
	l := &look{names: names, whole: map[string]bool{}, single: map[string]bool{}, parents: map[string]bool{}}
	for _, name := range names {
		name = fold(path.Clean(name))
		if name == "." || name == ".." || path.IsAbs(name) || strings.HasPrefix(name, "../") {
			return nil
		}
		l.whole[name] = true
		dir := path.Dir(name)
		l.single[dir] = true
		for ; dir != "." && !l.parents[dir]; dir = path.Dir(dir) {
			l.parents[dir] = true
		}
	}
	return l
}

// below says whether all below a folder is to be looked at.
func (l *look) below(dir string) bool { return l == nil || l.whole[fold(dir)] }

// at says whether a folder's own files are to be looked at.
func (l *look) at(dir string) bool { return l == nil || l.whole[fold(dir)] || l.single[fold(dir)] }

// above says whether a folder, or one below it, is to be looked at.
func (l *look) above(dir string) bool { return l.at(dir) || l.parents[fold(dir)] }

// rest is what is to be known of a branch without looking into it.
type rest struct {
	count    int       // folders
	restless bool      // some of them cannot be taken as they were
	wild     bool      // and some not even by who looks everywhere soon
	newest   time.Time // the latest of their traces
}

// settle sums up a branch that has been read.
func (b *branch) settle() {
	if b.count > 0 { // it is an old one
		return
	}
	undated := !b.dated(time.Time{})
	b.rest = rest{count: 1, restless: undated || !b.asItWas(), wild: undated || b.traces.fleeting, newest: b.latest}
	for _, s := range b.sub {
		s.settle()
		b.count += s.count
		b.restless, b.wild = b.restless || s.restless, b.wild || s.wild
		if s.newest.After(b.newest) {
			b.newest = s.newest
		}
	}
}

// asIs says whether a remembered branch can be taken whole.
func (b *branch) asIs(r *reader, in scope) bool {
	return b != nil && b.in == in && !b.wild && (!b.restless || r.look.isOnly()) && !after(b.newest, r.opt.Now)
}

// below returns what is remembered of a folder in a folder.
func (b *branch) below(d file) *branch {
	if b == nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(b.dirs, d, inOrder)
	if !ok {
		return nil
	}
	return b.sub[i]
}
