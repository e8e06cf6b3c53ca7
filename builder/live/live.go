package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
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
	// Ignore says which absolute paths are not looked at: the output folder.
	Ignore func(path string) bool
	// Addr is a loopback address and port; "" = 127.0.0.1:1313 or the next
	// free port.
	Addr string
	// BasePath is where the site will stand on its host; "" = "/".
	BasePath string
	// Poll, if not 0, lists everything that often instead of watching.
	Poll time.Duration

	OnReady func(url string)   // called once, before the first build
	OnBuild func(Report)       // called after each build that was not given up
	OnPoll  func(text string)  // called once if files are looked at from time to time for want of notifications: why, in a sentence
	OnLater func(problem.List) // called with what is new in what Later returns; from any goroutine
	Log     *slog.Logger       // nil = silence
}

// Report is what one build came to.
type Report struct {
	Build    int // counts from 1
	Files    int // of the set that is served now
	Changed  Change
	Took     time.Duration // of this build alone
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
	listener, err := listen(opt.Addr)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	port := listener.Addr().(*net.TCPAddr).Port
	handler := newServer(port, opt.BasePath)
	handler.later, handler.onLater = opt.Later, opt.OnLater
	server := &http.Server{
		Handler: handler, BaseContext: func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second, DisableGeneralOptionsHandler: true,
		ErrorLog: slog.NewLogLogger(opt.Log.Handler(), slog.LevelDebug),
	}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			stop(err)
		}
	}()
	if opt.OnReady != nil {
		opt.OnReady((&url.URL{Scheme: "http", Host: listener.Addr().String(), Path: handler.base}).String())
	}
	built := make(chan struct{})
	go func() {
		defer close(built)
		w := newWatcher(opt)
		w.begin() // before the first build, so that no change is missed
		go w.run(ctx)
		(&rebuilder{opt: opt, handler: handler, changed: w.changed, enough: enough}).run(ctx)
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

// firstPort is where we listen unless told otherwise, and portTries how many
// ports from there on are tried.
const (
	firstPort = 1313
	portTries = 100
)

// listen opens a loopback port.
func listen(addr string) (net.Listener, error) {
	if addr != "" {
		addr, err := loopback(addr)
		if err != nil {
			return nil, err
		}
		listener, err := net.Listen("tcp", addr)
		if err != nil {
			return nil, &Error{Addr: addr, Text: "the preview cannot use this address", Hint: "choose another port, or leave it out and a free one is found", Err: err}
		}
		return listener, nil
	}
	for port := firstPort; ; port++ {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) || port == firstPort+portTries {
			return listener, err
		}
	}
}

// loopback refuses an address that other machines could reach.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", &Error{Addr: addr, Text: "this is not an address with a port", Hint: "write it like 127.0.0.1:1313"}
	}
	if host == "" || strings.EqualFold(host, "localhost") {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return "", &Error{
			Addr: addr, Text: "the preview shows drafts, so it is for this machine only",
			Hint: "use 127.0.0.1, and publish a build to show the site to others",
		}
	}
	return net.JoinHostPort(host, port), nil
}
