package review

import (
	"context"
	"sync"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
)

// alike knows what pictures look like, and which are alike within a gallery.
type alike struct {
	mu    sync.Mutex
	seen  map[string]seen // by path
	of    map[string][]twin
	done  int
	total int
}

// seen is what was found out of a file.
type seen struct {
	size   int64
	hash   string
	source media.Source
}

// twin is a picture that looks like one of an entry's own.
type twin struct {
	own   int    // which of its media
	key   string // whose the other is
	other int    // which of its media
	same  bool   // the very same file
}

func newAlike() *alike { return &alike{seen: map[string]seen{}} }

// look is a file that is compared.
type look struct {
	key, dir, path string
	medium         int
	size           int64
}

// CompareAll compares what is on the board, and again when other files are, until
// ctx is over.
func (s *Server) CompareAll(ctx context.Context) error {
	for {
		if err := s.Compare(ctx); err != nil {
			return err
		}
		select {
		case <-s.news:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Compare looks at all pictures, one after the other, so that those that look
// alike can be shown side by side. It ends when all are known or ctx is over.
func (s *Server) Compare(ctx context.Context) error {
	list := s.looks()
	s.alike.mu.Lock()
	s.alike.done, s.alike.total = 0, len(list)
	s.alike.mu.Unlock()
	studio := s.opt.Desk.Studio
	for i, x := range list {
		if err := s.pause(ctx); err != nil {
			return err
		}
		if s.alike.knows(x, i+1) {
			continue
		}
		info, fault, err := studio.Probe(ctx, x.path)
		if err != nil || fault != nil || info.IsClip() {
			if err != nil && ctx.Err() != nil {
				return err
			}
			found := seen{size: x.size}
			if err == nil && fault == nil {
				found.hash = info.Hash
			}
			s.alike.add(x, found, i+1)
			continue
		}
		sources, err := studio.Look(ctx, []*media.Info{info}, nil)
		if err != nil {
			return err
		}
		s.alike.add(x, seen{x.size, info.Hash, sources[0]}, i+1)
		if i%64 == 63 {
			s.alike.pair(list[:i+1])
		}
	}
	s.alike.pair(list)
	return nil
}

// pause lets those go first who wait for a picture.
func (s *Server) pause(ctx context.Context) error {
	select {
	case s.making <- struct{}{}:
		<-s.making
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// looks lists the files of what is on the board.
func (s *Server) looks() []look {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []look
	for _, e := range s.board.entries {
		for i, m := range e.sub.Media {
			if m.Path != "" {
				list = append(list, look{e.key, e.gallery.Dir, m.Path, i, m.Size})
			}
		}
	}
	return list
}

// knows says whether a file need not be looked at again.
func (a *alike) knows(x look, done int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done = done
	was, ok := a.seen[x.path]
	return ok && was.size == x.size
}

func (a *alike) add(x look, found seen, done int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen[x.path], a.done = found, done
}

// pair finds the twins among files: the same ones, and pictures that look alike,
// of different pieces of one gallery.
func (a *alike) pair(list []look) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.of = map[string][]twin{}
	byGallery := map[string][]look{}
	for _, x := range list {
		byGallery[x.dir] = append(byGallery[x.dir], x)
	}
	for _, in := range byGallery {
		sources := make([]media.Source, len(in))
		first := map[string]look{}
		told := map[[2]string]bool{}
		tell := func(x, y look, same bool) {
			if x.key == y.key || told[[2]string{x.key, y.key}] {
				return
			}
			told[[2]string{x.key, y.key}], told[[2]string{y.key, x.key}] = true, true
			a.of[x.key] = append(a.of[x.key], twin{x.medium, y.key, y.medium, same})
			a.of[y.key] = append(a.of[y.key], twin{y.medium, x.key, x.medium, same})
		}
		for i, x := range in {
			was := a.seen[x.path]
			sources[i] = was.source
			if was.hash == "" {
				continue
			}
			if other, ok := first[was.hash]; ok {
				tell(other, x, true)
			} else {
				first[was.hash] = x
			}
		}
		for _, p := range media.Alike(sources) {
			tell(in[p[0]], in[p[1]], false)
		}
	}
}

// twins returns what looks like something of an entry.
func (a *alike) twins(key string) []twin {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.of[key]
}

// colour returns the average colour of a medium, "" where it is not known yet.
func (a *alike) colour(m gallery.Media) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.seen[m.Path].source.Color
}

// progress returns how many files are known of how many.
func (a *alike) progress() (done, total int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.done, a.total
}
