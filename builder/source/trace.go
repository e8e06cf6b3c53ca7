package source

import (
	"errors"
	"io/fs"
	"strings"
	"time"
)

// traces are what tells whether files are as they were when they were read.
type traces struct {
	own      moment // of the folder, before it was listed
	stamps   []stamp
	racy     bool      // one of them may have changed since without a trace
	fleeting bool      // something went wrong that may go right the next time
	now      time.Time // Options.Now
	latest   time.Time // of the dates that should not lie after it
}

// stamp is what the system says of a file, or of a folder but its name nothing.
type stamp struct {
	Name         string
	Kind         fs.FileMode
	Size         int64
	Mtime, Ctime int64 // Unix time in nanoseconds; Ctime 0 where the system has none
	Inode        uint64
}

// moment is what tells whether the names in a folder are those that were listed:
// the zero one that nothing tells it.
type moment struct {
	Changed int64 // Unix time in nanoseconds
	Inode   uint64
}

// raceTime is how coarse the times of files may be: those of FAT are.
const raceTime = 2 * time.Second

// seeing is what a file system has that knows, without a listing, whether the
// names in a folder are the same.
type seeing interface {
	Seen(name string) (kind fs.FileMode, size, mtime, changed int64, inode uint64, ok bool)
	ReadDirInfo(name string) (own fs.FileInfo, list []fs.DirEntry, err error)
}

// list lists a folder. What is to be remembered of it and its files comes with
// them where the file system can do that.
func (r *reader) list(dir string) (own fs.FileInfo, list []fs.DirEntry, err error) {
	if fsys, ok := r.fsys.(seeing); ok && r.remember {
		return fsys.ReadDirInfo(dir)
	}
	list, err = fs.ReadDir(r.fsys, dir)
	return nil, list, err
}

// standing says whether the folder and its files are as they were by a look at
// each, without a listing.
func (r *reader) standing(f *folder) bool {
	fsys, ok := r.fsys.(seeing)
	if !ok || !f.asItWas() || f.own == (moment{}) {
		return false
	}
	kind, _, _, changed, inode, ok := fsys.Seen(f.path)
	if !ok || !kind.IsDir() || f.own != (moment{changed, inode}) {
		return false
	}
	for i := range f.stamps {
		s := &f.stamps[i]
		if !s.Kind.IsRegular() {
			continue
		}
		kind, size, mtime, changed, inode, ok := fsys.Seen(f.path + "/" + s.Name)
		if !ok || *s != (stamp{s.Name, kind, size, mtime, changed, inode}) {
			return false
		}
	}
	return true
}

// since returns the folder as it is after a listing of the same entries at
// another moment.
func (r *reader) since(f *folder, own moment) *folder {
	if own == f.own || own == (moment{}) {
		return f
	}
	r.fresh.Store(true)
	again := *f
	again.own, again.record = own, ""
	return &again
}

// trace notes how a folder, where that is known, and its entries look before
// they are read.
func (t *traces) trace(r *reader, own fs.FileInfo, entries []fs.DirEntry) {
	t.now = r.opt.Now
	if !r.remember {
		return
	}
	t.stamps = make([]stamp, 0, len(entries))
	young := r.now.Add(-raceTime).UnixNano()
	if own != nil {
		if changed, inode := system(own); changed < young {
			t.own = moment{changed, inode}
		}
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		s := stamp{Name: e.Name(), Kind: e.Type()}
		if e.Type().IsRegular() {
			st, err := e.Info()
			if err != nil {
				t.fleeting = t.fleeting || !errors.Is(err, fs.ErrNotExist)
				continue // gone; what was listed is not what is remembered
			}
			s.Size, s.Mtime = st.Size(), st.ModTime().UnixNano()
			s.Ctime, s.Inode = system(st)
			t.racy = t.racy || s.Mtime >= young || s.Ctime >= young
		}
		t.stamps = append(t.stamps, s)
	}
}

// asItWas says whether what is remembered holds while its stamps are the same.
func (f *folder) asItWas() bool { return f != nil && !f.racy && !f.fleeting }

// asTheyWere says the same of contacts.
func (c *contacts) asTheyWere() bool { return c != nil && !c.racy && !c.fleeting }

// dated says whether what is remembered, which was read for one Options.Now,
// holds for another; for the zero one, whether it holds for any that is not
// before the latest date.
func (t *traces) dated(now time.Time) bool {
	return t.now.Equal(now) || !after(t.latest, t.now) && !after(t.latest, now)
}

// after says whether a date lies in the future.
func after(date, now time.Time) bool { return !now.IsZero() && date.After(now) }
