package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A server is a preview that runs.
type server struct {
	name   string
	base   string // "http://127.0.0.1:40001"
	cmd    *exec.Cmd
	stop   context.CancelFunc
	ended  chan struct{}    // closed when the process is gone
	begun  time.Time        // of the process
	ready  time.Duration    // until the first page was there
	events <-chan time.Time // reload events; nil where they are not listened to
	limit  time.Duration    // for an edit to become right
}

// eventsPath is where our server streams its events.
const eventsPath = "/_gallerist/events?page="

const (
	readyLimit = 5 * time.Minute
	editLimit  = time.Minute
	restLimit  = time.Minute
)

// serve starts a server; the words %ADDRESS and %PORT in its arguments are
// replaced. It returns when a page says what it is to say.
func serve(ctx context.Context, p program, page, says string) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	replace := strings.NewReplacer("%ADDRESS", "127.0.0.1:"+port, "%PORT", port)
	argv := make([]string, len(p.argv))
	for i, arg := range p.argv {
		argv[i] = replace.Replace(arg)
	}
	p.argv = argv
	ctx, stop := context.WithCancel(ctx)
	cmd, said := p.command(ctx)
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(os.Interrupt); err == nil {
			return nil
		}
		return cmd.Process.Kill() // a system without that signal
	}
	cmd.WaitDelay = 10 * time.Second
	s := &server{name: p.name, base: "http://127.0.0.1:" + port, cmd: cmd, stop: stop, ended: make(chan struct{}), begun: time.Now(), limit: editLimit}
	if err := cmd.Start(); err != nil {
		stop()
		return nil, err
	}
	go func() {
		_ = cmd.Wait() // it was interrupted, or await tells
		close(s.ended)
	}()
	if err := s.await(ctx, page, says); err != nil {
		s.end()
		return nil, fmt.Errorf("%s: %w: %s", s.name, err, lastLine(said.String()))
	}
	s.ready = time.Since(s.begun)
	return s, nil
}

// await asks until a page says it.
func (s *server) await(ctx context.Context, page, says string) error {
	for time.Since(s.begun) < readyLimit {
		if text, err := s.get(ctx, page); err == nil && strings.Contains(text, says) {
			return nil
		}
		select {
		case <-s.ended:
			return errors.New("it ended by itself")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	return errors.New("it does not become ready")
}

// end stops the server and says what it took.
func (s *server) end() sample {
	s.stop()
	<-s.ended
	return used(s.cmd.ProcessState, time.Since(s.begun))
}

// get returns a page.
func (s *server) get(ctx context.Context, page string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+page, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = errors.New(response.Status)
	}
	return string(text), err
}

// listen opens the stream of events as the page in a browser does.
func (s *server) listen(ctx context.Context, page string) error {
	var err error
	s.events, err = listen(ctx, s.base+eventsPath+url.QueryEscape(page))
	return err
}

// An edit is what became of one save.
type edit struct {
	page  time.Duration // until the first place was right
	all   time.Duration // until every place was
	event time.Duration // until the reload event; 0 where none is listened to
}

// errNever says that a place did not become right.
var errNever = errors.New("not right in time")

// edit saves and asks for each place, in turn, until all of them say what they
// are to say, and the event has come. It asks each millisecond, and after a while
// less often, so that asking neither disturbs much nor makes a fiftieth of the
// time.
func (s *server) edit(ctx context.Context, saves func() error, places []string, says string) (edit, error) {
	if s.events != nil {
		drain(s.events)
	}
	begun := time.Now()
	if err := saves(); err != nil {
		return edit{}, err
	}
	var e edit
	right := make([]bool, len(places))
	for missing := len(places); missing > 0; {
		for i, place := range places {
			if right[i] {
				continue
			}
			if text, err := s.get(ctx, place); err != nil || !strings.Contains(text, says) {
				continue // a server in the middle of a build may answer anything
			}
			right[i] = true
			missing--
			e.all = time.Since(begun)
			if i == 0 {
				e.page = e.all
			}
		}
		if missing == 0 {
			break
		}
		if time.Since(begun) > s.limit {
			return edit{}, fmt.Errorf("%s: %w: %s", s.name, errNever, strings.Join(wrong(places, right), " "))
		}
		select {
		case <-ctx.Done():
			return edit{}, ctx.Err()
		case <-time.After(max(time.Millisecond, time.Since(begun)/50)):
		}
	}
	if s.events == nil {
		return e, nil
	}
	select {
	case at, open := <-s.events:
		if !open {
			return edit{}, errors.New("the stream of events ended")
		}
		e.event = at.Sub(begun)
	case <-ctx.Done():
		return edit{}, ctx.Err()
	case <-time.After(s.limit):
		return edit{}, fmt.Errorf("%s: the reload event: %w", s.name, errNever)
	}
	return e, nil
}

// wrong lists the places that are not right.
func wrong(places []string, right []bool) []string {
	var list []string
	for i, place := range places {
		if !right[i] {
			list = append(list, place)
		}
	}
	return list
}

// rest waits until the server has nothing to do: it uses no processor time for
// a fifth of a second. Where the system does not say, it gets a second.
func (s *server) rest(ctx context.Context) error {
	const look = 100 * time.Millisecond
	last, quiet := int64(-1), 0
	for begun := time.Now(); time.Since(begun) < restLimit; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.ended:
			return errors.New(s.name + " ended by itself")
		case <-time.After(look):
		}
		ticks, known := ticksOf(s.cmd.Process.Pid)
		quiet++
		if known && ticks != last {
			last, quiet = ticks, 0
		}
		if known && quiet >= 2 || quiet >= 10 {
			return nil
		}
	}
	return nil
}

// ticksOf returns the processor time of a process from /proc (proc_pid_stat(5),
// fields 14 and 15), in clock ticks.
func ticksOf(pid int) (int64, bool) {
	line := firstLine("/proc/" + strconv.Itoa(pid) + "/stat")
	_, after, ok := strings.Cut(line, ") ")
	fields := strings.Fields(after)
	if !ok || len(fields) < 13 {
		return 0, false
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return user + system, err1 == nil && err2 == nil
}

// freePort returns a port that nobody listens on at this moment.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}
