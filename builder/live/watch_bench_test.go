//go:build unix

package live

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// bigTree makes a folder of 10,000 submissions in 40 galleries.
func bigTree(b *testing.B) string {
	b.Helper()
	root := filepath.Join(b.TempDir(), "site")
	for i := range 10000 {
		folder := filepath.Join(root, "content", fmt.Sprint(i%40), fmt.Sprintf("2026-11-02-somebody-%05d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "submission.md"), []byte("one"), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return root
}

func begunAt(b *testing.B, root string) *watcher {
	b.Helper()
	w := newWatcher(Options{Watch: []string{root}, Log: slog.New(slog.DiscardHandler)})
	w.begin()
	w.descend(time.Now().Add(time.Hour))
	if len(w.folders) != 10043 || w.notes == nil {
		b.Fatalf("%d folders are watched", len(w.folders))
	}
	return w
}

// What the beginning costs a first build, and what is kept.
func BenchmarkWatchBegin(b *testing.B) {
	root := bigTree(b)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var took time.Duration
	for b.Loop() {
		begun := cpuTime()
		w := begunAt(b, root)
		took += cpuTime() - begun
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB")
		w.notes.Close()
		b.StartTimer()
	}
	b.ReportMetric(took.Seconds()*1000/float64(b.N), "cpu-ms/op")
}

// A look at everything, as a sweep or a poll takes.
func BenchmarkWatchSweep(b *testing.B) {
	w := begunAt(b, bigTree(b))
	defer w.notes.Close()
	begun := cpuTime()
	for b.Loop() {
		w.lookAt(w.known(), nil)
	}
	b.ReportMetric((cpuTime()-begun).Seconds()*1000/float64(b.N), "cpu-ms/op")
}

// cpuTime is what this process has taken of all cores.
func cpuTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// From the writing of a file to the build that is told of it.
func BenchmarkWatchSave(b *testing.B) {
	w := newWatcher(Options{Watch: []string{bigTree(b)}, Log: slog.New(slog.DiscardHandler)})
	w.begin()
	w.descend(time.Now().Add(time.Hour))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go w.run(ctx, time.Now().Add(time.Hour))
	file := filepath.Join(w.roots[0], "content", "7", "2026-11-02-somebody-00007", "submission.md")
	n := 0
	save := func() {
		n++
		if err := os.WriteFile(file, fmt.Append(nil, n), 0o644); err != nil {
			b.Fatal(err)
		}
		if c := <-w.changed; len(c.Paths) != 1 || c.Paths[0] != file {
			b.Fatalf("told of %+v", c)
		}
	}
	save() // after the beginning
	for b.Loop() {
		save()
	}
}
