//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package live

import "syscall"

// watchRoom is how many files and folders may be watched: kqueue(2) takes a
// descriptor for each, and half of them are left for everything else.
func watchRoom() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0
	}
	return int(min(uint64(limit.Cur)/2, 1<<30))
}
