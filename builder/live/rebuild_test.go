package live

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// yard is a rebuilder whose builds wait for what the test says of them.
type yard struct {
	t        *testing.T
	ctx      context.Context
	changed  chan Change
	begun    chan building
	reports  chan Report
	building atomic.Bool
}

// building is a build under way.
type building struct {
	ctx  context.Context
	told Change
	end  chan error
}

func newYard(t *testing.T, enough time.Duration) *yard {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second) // only a fault lasts that long
	y := &yard{t: t, ctx: ctx, changed: make(chan Change), begun: make(chan building), reports: make(chan Report, 10)}
	opt := Options{
		Build: func(ctx context.Context, c Change) (*publish.Set, problem.List, error) {
			b := building{ctx, c, make(chan error)}
			y.begun <- b
			select {
			case err := <-b.end:
				return setOf("index.html", "<p>"), nil, err
			case <-y.ctx.Done():
				return nil, nil, y.ctx.Err()
			}
		},
		OnBuild: func(r Report) { y.reports <- r },
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&rebuilder{opt: opt, handler: newServer(nil, ""), changed: y.changed, building: &y.building, enough: enough}).run(ctx)
	}()
	t.Cleanup(func() { cancel(); <-done })
	return y
}

func (y *yard) next() building {
	y.t.Helper()
	select {
	case b := <-y.begun:
		if !y.building.Load() {
			y.t.Error("it does not say that it builds")
		}
		return b
	case <-y.ctx.Done():
		y.t.Fatal("no build began")
		panic("unreachable")
	}
}

func (y *yard) report(build int, err error, paths ...string) {
	y.t.Helper()
	select {
	case r := <-y.reports:
		if r.Build != build || !errors.Is(r.Err, err) || !slices.Equal(r.Changed.Paths, paths) {
			y.t.Errorf("report %+v", r)
		}
	case <-y.ctx.Done():
		y.t.Fatal("no build was shown")
	}
}

func paths(names ...string) Change { return Change{Paths: names} }

func (b building) expect(t *testing.T, all bool, names ...string) {
	t.Helper()
	if b.told.All != all || !slices.Equal(b.told.Paths, names) {
		t.Errorf("told of %+v", b.told)
	}
}

var errDisk = errors.New("a broken disk")

func TestAChangeEndsABuild(t *testing.T) {
	y := newYard(t, time.Hour)
	b := y.next()
	b.expect(t, true)
	b.end <- nil
	y.report(1, nil)

	y.changed <- paths("/s/a.md")
	b = y.next()
	b.expect(t, false, "/s/a.md")
	for _, name := range []string{"/s/b.md", "/s/c.md", "/s/a.md"} { // each ends the last and is told with what that would have shown
		y.changed <- paths(name)
		<-b.ctx.Done()
		b.end <- b.ctx.Err()
		b = y.next()
	}
	b.expect(t, false, "/s/a.md", "/s/b.md", "/s/c.md")
	b.end <- nil
	y.report(2, nil, "/s/a.md", "/s/b.md", "/s/c.md")

	// A build that was over already is shown, and the next sees the rest.
	y.changed <- paths("/s/d.md")
	b = y.next()
	y.changed <- paths("/s/e.md")
	<-b.ctx.Done()
	b.end <- nil
	y.report(3, nil, "/s/d.md")
	b = y.next()
	b.expect(t, false, "/s/e.md")
	b.end <- nil
	y.report(4, nil, "/s/e.md")
}

func TestWhatABuildDidNotShowIsToldAgain(t *testing.T) {
	y := newYard(t, time.Hour)
	b := y.next()
	b.end <- errDisk
	y.report(1, errDisk)
	y.changed <- paths("/s/a.md")
	b = y.next()
	b.expect(t, true) // the first never saw anything
	b.end <- nil
	y.report(2, nil)
	y.changed <- paths("/s/a.md")
	b = y.next()
	b.end <- errDisk
	y.report(3, errDisk, "/s/a.md")
	y.changed <- paths("/s/b.md")
	b = y.next()
	b.expect(t, false, "/s/a.md", "/s/b.md")
	b.end <- nil
	y.report(4, nil, "/s/a.md", "/s/b.md")
}

// However fast changes come, something is shown.
func TestChangesDoNotStarve(t *testing.T) {
	y := newYard(t, 0)
	b := y.next()
	for range 100 {
		y.changed <- paths("/s/a.md")
	}
	if b.ctx.Err() != nil {
		t.Error("a build that has waited enough is given up")
	}
	b.end <- nil
	y.report(1, nil)
	b = y.next()
	b.expect(t, false, "/s/a.md")
	b.end <- nil
	y.report(2, nil, "/s/a.md")
}
