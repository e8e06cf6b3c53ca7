package main

import (
	"os"
	"path/filepath"
	"time"

	"gallerist/builder"
	"gallerist/builder/live"
	"gallerist/builder/source"
)

// memoryFile returns where builds keep what they read of the site's folder.
func (s *site) memoryFile() string { return filepath.Join(s.dir, ".gallerist", "read") }

// remember gives the build what earlier ones read, and says whether there is
// something.
func (s *site) remember() (found bool) {
	s.read = source.NewMemory(time.Now)
	if in, err := os.Open(s.memoryFile()); err == nil {
		defer in.Close()
		if m, err := source.LoadMemory(in, time.Now); err == nil {
			s.read, found = m, true
		}
	}
	s.opt.Memory = &builder.Memory{Source: s.read}
	return found
}

// keepMemory keeps what the build read, unless that is kept already. It
// returns what waits for it.
func (s *site) keepMemory() (wait func() error) {
	if !s.read.Changed() {
		return func() error { return nil }
	}
	done := make(chan error, 1)
	go func() { done <- s.writeMemory() }()
	return func() error { return <-done }
}

func (s *site) writeMemory() (err error) {
	name := s.memoryFile()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(name), "read-*.tmp")
	if err != nil {
		return err
	}
	err = s.read.Save(out)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(out.Name(), name)
	}
	if err != nil {
		_ = os.Remove(out.Name())
	}
	return err
}

// look tells the memory where the site's folder may have changed.
func (s *site) look(folder string, c live.Change) {
	if c.All {
		return
	}
	names := make([]string, 0, len(c.Paths))
	for _, p := range c.Paths {
		name, err := filepath.Rel(folder, p)
		if err != nil {
			return // then everywhere
		}
		names = append(names, filepath.ToSlash(name))
	}
	s.read.Look(names...)
}
