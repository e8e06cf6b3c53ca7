package live

import (
	"sync"

	"github.com/fsnotify/fsnotify"
)

// notifier tells an inbox of what happens in single folders.
type notifier interface {
	// Add asks for notifications of a folder. To ask again is no fault.
	Add(folder string) error
	// Remove asks for no more of a folder.
	Remove(folder string)
	// Close ends all notifications.
	Close()
}

// inbox gathers notifications until they are taken: each path once, so that
// no number of them fills it and the system is never kept waiting.
type inbox struct {
	wanted func(path string) bool // nil = all
	ping   chan struct{}          // holds one: there is something

	mu    sync.Mutex      // guards what follows
	named map[string]bool // paths; true = a file or folder of that name came or went
	lost  error           // why some notifications never came
}

func newInbox(wanted func(path string) bool) *inbox {
	return &inbox{wanted: wanted, ping: make(chan struct{}, 1), named: map[string]bool{}}
}

// put says that something happened to a path, and whether another file or
// folder goes by it now.
func (b *inbox) put(path string, another bool) {
	if b.wanted != nil && !b.wanted(path) {
		return
	}
	b.mu.Lock()
	b.named[path] = b.named[path] || another
	b.mu.Unlock()
	b.wake()
}

// lose says that notifications were lost.
func (b *inbox) lose(why error) {
	b.mu.Lock()
	b.lost = why
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
func (b *inbox) take() (named map[string]bool, lost error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	named, lost = b.named, b.lost
	b.named, b.lost = map[string]bool{}, nil
	return named, lost
}

// system is the notifier that asks the system.
type system struct {
	watcher *fsnotify.Watcher
	over    chan struct{}
}

// bufferSize is what one folder's notifications may take, where it must be
// said: on Windows, where fsnotify's own wish for 10,000 folders is 640 MB.
const bufferSize = 8 << 10

func newNotifier(box *inbox) (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s := &system{w, make(chan struct{})}
	go s.read(box)
	return s, nil
}

// read puts notifications into the inbox until Close.
func (s *system) read(box *inbox) {
	defer close(s.over)
	for {
		select {
		case e, open := <-s.watcher.Events:
			if !open {
				return
			}
			box.put(e.Name, e.Op&(fsnotify.Create|fsnotify.Remove|fsnotify.Rename) != 0)
		case err, open := <-s.watcher.Errors:
			if !open {
				return
			}
			box.lose(err)
		}
	}
}

func (s *system) Add(folder string) error {
	return s.watcher.AddWith(folder, fsnotify.WithBufferSize(bufferSize))
}

func (s *system) Remove(folder string) {
	_ = s.watcher.Remove(folder) // gone by itself, then
}

func (s *system) Close() {
	_ = s.watcher.Close() // nothing more is wanted of it
	<-s.over
}
