//go:build unix

package gitindex

import (
	"io/fs"
	"syscall"
)

// Inode returns the number of a file within its file system, 0 where that is
// not told.
func Inode(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
