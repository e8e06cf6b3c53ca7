//go:build linux || openbsd || dragonfly || solaris

package live

import (
	"io/fs"
	"syscall"
)

// inner returns the time of a file's last change of any kind and its number
// within its file system.
func inner(info fs.FileInfo) (ctime int64, serial uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano(), uint64(s.Ino)
	}
	return 0, 0
}
