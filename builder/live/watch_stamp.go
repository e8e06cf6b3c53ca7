package live

import (
	"io/fs"
	"time"
)

// stamp is what tells one state of a file from another without reading it.
// Times are Unix nanoseconds; what a system does not tell is 0.
type stamp struct {
	size   int64
	mtime  int64
	ctime  int64 // when anything about the file last changed; nobody can set it
	serial uint64
	mode   fs.FileMode
}

func stampOf(info fs.FileInfo) stamp {
	if info.IsDir() { // of a folder only which one it is: what is in it is looked at by itself
		_, serial := inner(info)
		return stamp{serial: serial, mode: fs.ModeDir}
	}
	s := stamp{size: info.Size(), mtime: info.ModTime().UnixNano(), mode: info.Mode()}
	s.ctime, s.serial = inner(info)
	return s
}

// changed returns when the file was last changed, as far as it says.
func (s stamp) changed() int64 { return max(s.mtime, s.ctime) }

// Clocks of file systems go in steps: of the kernel's tick where they count
// parts of a second, else of up to two seconds.
const (
	fineStep   = 10 * time.Millisecond
	coarseStep = 2 * time.Second
)

// within says whether a time on a file, in Unix nanoseconds, may be at or
// after a moment, given the steps of its clock.
func within(changed int64, moment time.Time) bool {
	step := fineStep
	if changed%int64(time.Second) == 0 {
		step = coarseStep
	}
	return changed >= moment.Add(-step).UnixNano()
}
