package live

import (
	"context"
	"sync/atomic"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// enough is how long a change waits for changes after it: a build that shows
// one older than that is not given up for a newer one, so that something is
// seen however fast changes come.
const enough = 2 * time.Second

// rebuilder builds and shows, one build after another.
type rebuilder struct {
	opt      Options
	handler  *server
	changed  <-chan Change
	enough   time.Duration
	building *atomic.Bool // told while a build runs
	builds   int          // shown so far
}

// job is what a build has to show and since when that is wanted.
type job struct {
	Change
	since time.Time
}

// outcome is what a build returned.
type outcome struct {
	set      *publish.Set
	problems problem.List
	err      error
}

// run builds now and whenever something has changed, until ctx ends. It
// returns when no build is under way any more.
func (r *rebuilder) run(ctx context.Context) {
	next := job{Change{All: true}, time.Now()}
	for {
		out, newer, givenUp := r.build(ctx, next)
		if ctx.Err() != nil {
			return
		}
		switch {
		case out.err == nil: // even if it was to be given up: it is whole
			r.show(next, out)
			next = newer
		case givenUp:
			next.Change = next.and(newer.Change)
			continue
		default:
			r.show(next, out)
			next = job{next.and(newer.Change), newer.since}
		}
		if !newer.None() {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case c := <-r.changed:
			next = job{next.and(c), time.Now()}
		}
	}
}

// build runs one build to its end, which a change brings about unless the
// build shows something that has waited long enough. It returns what has
// changed meanwhile.
func (r *rebuilder) build(ctx context.Context, j job) (out outcome, newer job, givenUp bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan outcome, 1)
	r.building.Store(true)
	defer r.building.Store(false)
	go func() {
		var out outcome
		out.set, out.problems, out.err = r.opt.Build(ctx, j.Change)
		done <- out
	}()
	for {
		select {
		case out = <-done:
			return out, newer, givenUp
		case c := <-r.changed:
			if newer.None() {
				newer.since = time.Now()
			}
			newer.Change = newer.and(c)
			if time.Since(j.since) < r.enough {
				cancel()
				givenUp = true
			}
		}
	}
}

// show puts a build's result before everybody.
func (r *rebuilder) show(j job, out outcome) {
	r.builds++
	files, pages := r.handler.show(out.set, out.problems.Sorted(), out.err)
	if r.opt.OnBuild != nil {
		r.opt.OnBuild(Report{
			Build: r.builds, Files: files, Pages: pages, Changed: j.Change, Took: time.Since(j.since), Problems: r.handler.settled(out.problems), Err: out.err,
		})
	}
}
