package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"
)

// stopwatch notes how long the stages of a build take, by the wall clock.
type stopwatch struct {
	begun  time.Time
	stages []stage
}

type stage struct {
	name string
	took time.Duration
}

// begin ends the stage that is under way and begins another, "" for none.
func (w *stopwatch) begin(name string) {
	now := time.Now()
	if n := len(w.stages); n > 0 {
		w.stages[n-1].took += now.Sub(w.begun)
	}
	w.stages, w.begun = append(w.stages, stage{name: name}), now
}

// print writes a line a stage.
func (w *stopwatch) print(out io.Writer) {
	for _, s := range w.stages {
		if s.name != "" {
			fmt.Fprintf(out, "%8.1f ms  %s\n", float64(s.took.Microseconds())/1000, s.name)
		}
	}
}

// profile writes what a build spends its time and memory on into a folder, for
// go tool pprof: cpu.pprof until it is stopped, and then allocs.pprof.
func profile(dir string) (stop func() error, err error) {
	if dir == "" {
		return func() error { return nil }, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	cpu, err := os.Create(filepath.Join(dir, "cpu.pprof"))
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return nil, errors.Join(err, cpu.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		allocs, err := os.Create(filepath.Join(dir, "allocs.pprof"))
		if err != nil {
			return errors.Join(err, cpu.Close())
		}
		runtime.GC() // what is counted is up to date
		return errors.Join(pprof.Lookup("allocs").WriteTo(allocs, 0), allocs.Close(), cpu.Close())
	}, nil
}
