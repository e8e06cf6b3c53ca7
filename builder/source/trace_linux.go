package source

import (
	"io/fs"
	"syscall"
)

// system returns when a file's inode was last changed, in nanoseconds, and its
// number.
func system(st fs.FileInfo) (ctime int64, inode uint64) {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano(), uint64(s.Ino)
	}
	return 0, 0
}
