//go:build unix

package ffmpeg

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// lock waits until no other process holds a file, and then holds it until
// this process ends.
func lock(path string) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil || syscall.Flock(int(f.Fd()), syscall.LOCK_EX) != nil {
		panic("cannot lock")
	}
	held = f
}

var held *os.File

// TestCancel holds that the end of the context ends the program and what that
// has started: the lock of either can be had again.
func TestCancel(t *testing.T) {
	for _, what := range []string{"hang", "hang with a child"} {
		tool, dir := newStub(t)
		file := filepath.Join(dir, "a.mp4")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		does(t, dir, what)
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error)
		go func() {
			_, err := tool.Frame(ctx, file, "mp4", 0)
			ended <- err
		}()
		for {
			if _, err := os.Stat(filepath.Join(dir, "hangs")); err == nil {
				break
			}
			runtime.Gosched()
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", what, err)
		}
		lock(filepath.Join(dir, "lock"))
		held.Close()
	}
}
