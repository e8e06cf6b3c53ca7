package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// Options for Serve. Build is needed, the rest may be zero.
type Options struct {
	// Build makes the site. A set without files, or an error, leaves the last
	// good set in place. It is never called twice at once. Its ctx ends when
	// the build is over or not wanted any more; the set's files are opened after
	// that. Change says where the folder may differ from what the last build
	// that ended without an error saw; the first is told All.
	Build func(ctx context.Context, c Change) (*publish.Set, problem.List, error)
	// Later returns what came up while files of the last build were opened;
	// nil = nothing ever does.
	Later func() problem.List
	// Watch names the folders and files whose changes cause a build; one that
	// does not exist yet is noticed when it appears.
	Watch []string
	// Ignore says which absolute paths are not looked at: the output folder. It
	// is called from any goroutine.
	Ignore func(path string) bool
	// Source reads a file of the site's folder, as problems name it, so that
	// the browser can show the lines a problem is about; nil, and for a file
	// that must not be shown an error, shows none.
	Source func(file string) ([]byte, error)
	// Addr is a loopback address and a port, which stands for the next free one
	// if it is taken, or 0 for any; "" = 127.0.0.1:0.
	Addr string
	// Public allows an address in Addr that other machines can reach. All that
	// the site holds, drafts as well, is theirs to see then, but for the lines
	// that Source reads.
	Public bool
	// BasePath is where the site will stand on its host; "" = "/".
	BasePath string
	// Poll, if not 0, looks at everything that often instead of being notified.
	Poll time.Duration

	OnReady func(urls []string) // called once, before the first build: where the site is, for this machine first
	OnBuild func(Report)        // called after each build that was not given up
	OnPoll  func(text string)   // called once if files are looked at from time to time for want of notifications: why, in a sentence
	OnLater func(problem.List)  // called with what is new in what Later returns; from any goroutine
	Log     *slog.Logger        // nil = silence
}

// Report is what one build came to.
type Report struct {
	Build    int // counts from 1
	Files    int // of the set that is served now
	Pages    int // open in a browser that came out otherwise than they are shown
	Changed  Change
	Took     time.Duration // from when the change was noticed until the open pages were told
	Problems problem.List
	Err      error
}

// Error says why an address cannot be used, and what to do.
type Error struct {
	Addr string
	Text string
	Hint string
	Err  error // the cause, if it was not we who refused
}

// Error returns address, text and cause on one line.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Addr + ": " + e.Text + ": " + e.Err.Error()
	}
	return e.Addr + ": " + e.Text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// stopTime is how long a build or a slow reader may hold up the end.
const stopTime = 800 * time.Millisecond

// Serve builds, serves and watches until ctx ends, which is no error.
func Serve(ctx context.Context, opt Options) error {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	door, err := OpenDoor(opt.Addr, opt.Public)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	handler := newServer(door.Hosts, opt.BasePath)
	handler.later, handler.onLater = opt.Later, opt.OnLater
	w := newWatcher(opt)
	handler.arriving = w.arriving
	if !opt.Public {
		handler.source = opt.Source
	}
	server := &http.Server{
		Handler: handler, BaseContext: func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second, DisableGeneralOptionsHandler: true,
		ErrorLog: slog.NewLogLogger(opt.Log.Handler(), slog.LevelDebug),
	}
	go func() {
		if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
			stop(err)
		}
	}()
	if opt.OnReady != nil {
		opt.OnReady(door.at((&url.URL{Path: handler.base}).EscapedPath()))
	}
	built := make(chan struct{})
	go func() {
		defer close(built)
		begun := time.Now()
		w.begin()
		go w.run(ctx, begun)
		(&rebuilder{opt: opt, handler: handler, changed: w.changed, building: &w.building, enough: enough}).run(ctx)
	}()
	<-ctx.Done()
	return errors.Join(shutdown(server, built), unlessStopped(ctx))
}

// shutdown ends the server and waits a moment for readers and the build.
func shutdown(server *http.Server, built <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	select {
	case <-built:
	case <-ctx.Done():
	}
	return err
}

// unlessStopped is the error for which we ended, if it was not that we were
// told to.
func unlessStopped(ctx context.Context) error {
	if err := context.Cause(ctx); !errors.Is(err, ctx.Err()) {
		return fmt.Errorf("the preview server stopped: %w", err)
	}
	return nil
}
