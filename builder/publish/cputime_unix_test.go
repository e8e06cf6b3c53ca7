//go:build unix

package publish

import (
	"syscall"
	"testing"
	"time"
)

// processTime is the processor time the process has taken, its own and the
// system's for it.
func processTime(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
