package ffmpeg

import "golang.org/x/sys/unix"

// limit bounds a process that has just started. What cannot be bounded, such
// as a process that has ended already, is not.
func limit(pid int) {
	for what, most := range map[int]uint64{
		unix.RLIMIT_AS: 6 << 30, unix.RLIMIT_FSIZE: maxFile + 1<<20, unix.RLIMIT_CORE: 0,
	} {
		_ = unix.Prlimit(pid, what, &unix.Rlimit{Cur: most, Max: most}, nil)
	}
}
