package live

import (
	"sync"

	"github.com/fsnotify/fsnotify"
)

// notifier tells an inbox of what happens in single folders.
type notifier interface {
	// Add asks for notifications of a folder, under this name from now on. To
	// ask again is no fault.
	Add(folder string) error
	// Remove asks for no more of a folder, if it goes by this name.
	Remove(folder string)
	// Close ends all notifications.
	Close()
}

// mark says what is known of a path besides that something happened to it.
type mark uint8

const (
	written mark = 1 << iota // somebody is writing it and has not closed it yet
	whole                    // whoever wrote it has closed it, or it was moved here
	another                  // a file or folder of that name came or went
)

// inbox gathers notifications until they are taken: each path once, so that
// no number of them fills it and the system is never kept waiting.
type inbox struct {
	wanted func(path string) bool // nil = all
	ping   chan struct{}          // holds one: there is something

	mu    sync.Mutex // guards what follows
	named map[string]mark
	lost  error // why some notifications never came
	ended error // why none will come any more
}

func newInbox(wanted func(path string) bool) *inbox {
	return &inbox{wanted: wanted, ping: make(chan struct{}, 1), named: map[string]mark{}}
}

func (b *inbox) put(path string, m mark) {
	if b.wanted != nil && !b.wanted(path) {
		return
	}
	b.mu.Lock()
	was, known := b.named[path]
	switch {
	case m&(whole|written) != 0:
		was &^= whole | written
	case m&another != 0: // it went: nobody is writing it
		was &^= whole | written
	}
	if now := was | m; !known || now != was {
		b.named[path] = now
	}
	b.mu.Unlock()
	b.wake()
}

// lose says that notifications were lost, end that there will be no more.
func (b *inbox) lose(why error) {
	b.mu.Lock()
	b.lost = why
	b.mu.Unlock()
	b.wake()
}

func (b *inbox) end(why error) {
	b.mu.Lock()
	b.ended = why
	b.mu.Unlock()
	b.wake()
}

func (b *inbox) wake() {
	select {
	case b.ping <- struct{}{}:
	default: // it has been said already
	}
}

// take empties the inbox.
func (b *inbox) take() (named map[string]mark, lost, ended error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	named, lost, ended = b.named, b.lost, b.ended
	b.named, b.lost = map[string]mark{}, nil
	return named, lost, ended
}

// portable is the notifier of systems that we have none of our own for. It
// does not know when a file is whole.
type portable struct {
	watcher *fsnotify.Watcher
	over    chan struct{}
}

// bufferSize is what one folder's notifications may take, where it must be
// said: on Windows, where fsnotify's own wish for 10,000 folders is 640 MB.
const bufferSize = 8 << 10

func newPortable(box *inbox) (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	p := &portable{w, make(chan struct{})}
	go p.read(box)
	return p, nil
}

func (p *portable) read(box *inbox) {
	defer close(p.over)
	for {
		select {
		case e, open := <-p.watcher.Events:
			if !open {
				return
			}
			var m mark
			if e.Op&(fsnotify.Create|fsnotify.Remove|fsnotify.Rename) != 0 {
				m = another
			}
			box.put(e.Name, m)
		case err, open := <-p.watcher.Errors:
			if !open {
				return
			}
			box.lose(err)
		}
	}
}

func (p *portable) Add(folder string) error {
	return p.watcher.AddWith(folder, fsnotify.WithBufferSize(bufferSize))
}

func (p *portable) Remove(folder string) {
	_ = p.watcher.Remove(folder) // gone by itself, then
}

func (p *portable) Close() {
	_ = p.watcher.Close() // nothing more is wanted of it
	<-p.over
}
