package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A sample is what one process took, as a whole.
type sample struct {
	wall time.Duration
	cpu  time.Duration // user and system
	peak int64         // bytes of resident memory; 0 where the system does not say
}

// A program is something that is started, in a folder.
type program struct {
	name string // in tables
	argv []string
	dir  string
	env  []string // beside our own environment
}

// command makes the process of p. What it prints is kept in the buffer.
func (p program) command(ctx context.Context) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.CommandContext(ctx, p.argv[0], p.argv[1:]...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), p.env...)
	said := new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = said, said
	return cmd, said
}

// run lets p run to its end.
func (p program) run(ctx context.Context) (sample, error) {
	cmd, said := p.command(ctx)
	begun := time.Now()
	err := cmd.Run()
	wall := time.Since(begun)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w: %s", p.name, err, lastLine(said.String()))
	}
	return used(cmd.ProcessState, wall), nil
}

// used says what a process that has ended took.
func used(state *os.ProcessState, wall time.Duration) sample {
	return sample{wall, state.UserTime() + state.SystemTime(), peakMemory(state)}
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
