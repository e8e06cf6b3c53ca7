//go:build darwin || freebsd || netbsd

package live

import (
	"io/fs"
	"syscall"
)

// far says whether a folder lies where notifications do not come from.
func far(string) bool { return false }

// watchRoom is how many files and folders may be watched: kqueue(2) takes a
// descriptor for each, and half of them are left for everything else.
func watchRoom() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0
	}
	return int(min(uint64(limit.Cur)/2, 1<<30))
}

// inner returns the time of a file's last change of any kind and its number
// within its file system.
func inner(info fs.FileInfo) (ctime int64, serial uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano(), uint64(s.Ino)
	}
	return 0, 0
}
