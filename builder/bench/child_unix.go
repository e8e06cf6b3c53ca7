//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is ru_maxrss: kibibytes, but bytes on macOS (getrusage(2)).
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	peak := int64(usage.Maxrss)
	if runtime.GOOS != "darwin" && runtime.GOOS != "ios" {
		peak *= 1024
	}
	return peak
}
