package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// patrol is a watcher over a content folder, running.
type patrol struct {
	*watcher
	t    *testing.T
	ctx  context.Context
	root string
	log  *strings.Builder // read only when the watcher has told of something
}

func watching(t *testing.T, open func() (notifier, error), poll time.Duration) *patrol {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second) // only a fault lasts that long
	root := filepath.Join(t.TempDir(), "content")
	p := &patrol{t: t, ctx: ctx, root: root, log: new(strings.Builder)}
	p.write("morning/gallery.md", "one")
	p.write("morning/olya/submission.md", "one")
	p.watcher = newWatcher(Options{Watch: []string{root, filepath.Join(filepath.Dir(root), "site.toml")}, Poll: poll, Log: slog.New(slog.NewTextHandler(p.log, nil))})
	p.retreat = 20 * time.Millisecond
	if open != nil {
		p.open = open
	}
	p.begin()
	done := make(chan struct{})
	go func() { defer close(done); p.run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return p
}

func (p *patrol) path(name string) string { return filepath.Join(p.root, filepath.FromSlash(name)) }

func (p *patrol) must(errs ...error) {
	p.t.Helper()
	if err := errors.Join(errs...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *patrol) write(name, text string) {
	p.t.Helper()
	p.must(os.MkdirAll(filepath.Dir(p.path(name)), 0o755), os.WriteFile(p.path(name), []byte(text), 0o644))
}

// until waits for changes until the state of the files, as a build would see
// it, is as wanted. It fails if the last change was never told.
func (p *patrol) until(want func() bool) {
	p.t.Helper()
	for {
		select {
		case <-p.changed:
			if want() {
				return
			}
		case <-p.ctx.Done():
			p.t.Fatal("the change was not noticed")
		}
	}
}

func (p *patrol) holds(name, text string) func() bool {
	return func() bool {
		data, err := os.ReadFile(p.path(name))
		return err == nil && string(data) == text
	}
}

func TestEditorSaves(t *testing.T) {
	p := watching(t, nil, 0)
	const name = "morning/gallery.md"
	for i, save := range []func(file, text string) error{
		func(file, text string) error { // in place
			return os.WriteFile(file, []byte(text), 0o644)
		},
		func(file, text string) error { // a new file renamed over
			return errors.Join(os.WriteFile(file+".tmp", []byte(text), 0o644), os.Rename(file+".tmp", file))
		},
		func(file, text string) error { // the old one kept as a backup
			return errors.Join(os.Rename(file, file+"~"), os.WriteFile(file, []byte(text), 0o644), os.Remove(file+"~"))
		},
		func(file, text string) error { // removed and made anew
			return errors.Join(os.Remove(file), os.WriteFile(file, []byte(text), 0o644))
		},
		func(file, text string) error { // vim's probe and swap file
			dir := filepath.Dir(file)
			return errors.Join(os.WriteFile(dir+"/4913", nil, 0o644), os.Remove(dir+"/4913"),
				os.WriteFile(dir+"/.gallery.md.swp", nil, 0o644), os.WriteFile(file, []byte(text), 0o644), os.Remove(dir+"/.gallery.md.swp"))
		},
	} {
		for round := range 3 {
			text := fmt.Sprintf("save %d round %d", i, round)
			p.must(save(p.path(name), text))
			p.until(p.holds(name, text))
		}
	}
	p.must(os.Remove(p.path(name)))
	p.until(func() bool { _, err := os.Stat(p.path(name)); return err != nil })
}

func TestNewFoldersAtOnce(t *testing.T) {
	p := watching(t, nil, 0)
	const n = 200
	for i := range n {
		p.write(fmt.Sprintf("new%03d/deep/submission.md", i), "one")
	}
	// The watcher tells of the last look only after it; then it must know
	// each folder, and watch it.
	for known := 0; known < n; {
		select {
		case <-p.changed:
		case <-p.ctx.Done():
			t.Fatalf("%d of %d new folders were noticed", known, n)
		}
		known = 0
		for i := range n {
			if data, err := os.ReadFile(p.path(fmt.Sprintf("new%03d/deep/submission.md", i))); err == nil && string(data) == "one" {
				known++
			}
		}
	}
	for _, i := range []int{0, 1, 99, 198, 199} {
		name := fmt.Sprintf("new%03d/deep/submission.md", i)
		p.write(name, "edited")
		p.until(p.holds(name, "edited"))
	}
}

func TestFoldersComeAndGo(t *testing.T) {
	p := watching(t, nil, 0)
	p.must(os.Rename(p.path("morning"), p.path("evening")))
	p.until(func() bool { return true })
	p.write("evening/olya/submission.md", "moved and edited")
	p.until(p.holds("evening/olya/submission.md", "moved and edited"))

	// Another folder under the same name, in one breath.
	p.write("../other/olya/submission.md", "from elsewhere")
	p.must(os.Rename(p.path("evening"), p.path("../gone")), os.Rename(p.path("../other"), p.path("evening")))
	p.until(p.holds("evening/olya/submission.md", "from elsewhere"))
	p.write("evening/olya/submission.md", "edited there, deep inside")
	p.until(p.holds("evening/olya/submission.md", "edited there, deep inside"))

	// Two folders swapped.
	p.write("noon/olya/submission.md", "noon")
	p.until(p.holds("noon/olya/submission.md", "noon"))
	p.must(os.Rename(p.path("noon"), p.path("between")), os.Rename(p.path("evening"), p.path("noon")), os.Rename(p.path("between"), p.path("evening")))
	p.until(p.holds("evening/olya/submission.md", "noon"))
	for _, name := range []string{"noon/olya/submission.md", "evening/olya/submission.md"} {
		p.write(name, "edited after the swap")
		p.until(p.holds(name, "edited after the swap"))
	}

	// The watched folder itself.
	p.must(os.RemoveAll(p.root))
	p.until(func() bool { _, err := os.Stat(p.root); return err != nil })
	p.write("back/gallery.md", "again")
	p.until(p.holds("back/gallery.md", "again"))
	p.write("back/gallery.md", "and watched")
	p.until(p.holds("back/gallery.md", "and watched"))
}

func TestSingleFiles(t *testing.T) {
	p := watching(t, nil, 0)
	p.write("../site.toml", "title = 1")
	p.until(p.holds("../site.toml", "title = 1"))
	p.must(os.WriteFile(p.path("../new.toml"), []byte("title = 22"), 0o644), os.Rename(p.path("../new.toml"), p.path("../site.toml")))
	p.until(p.holds("../site.toml", "title = 22"))
	p.must(os.Remove(p.path("../site.toml")))
	p.until(func() bool { _, err := os.Stat(p.path("../site.toml")); return err != nil })
}

// What is ignored and what does not change is no change.
func TestNoise(t *testing.T) {
	w := newWatcher(Options{Ignore: func(path string) bool { return filepath.Base(path) == "public" }, Log: slog.New(slog.DiscardHandler)})
	w.poll = time.Hour
	root := t.TempDir()
	w.roots = []string{root}
	if err := os.WriteFile(filepath.Join(root, "a.md"), []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	if !w.lookEverywhere() || w.lookEverywhere() {
		t.Error("the first look must find a change and the second none")
	}
	for _, name := range []string{"a.md~", ".a.md.swp", "4913", ".#a.md", "#a.md#", ".DS_Store", ".git/HEAD", ".gallerist/x", "public/index.html", "._a.md", "empty/"} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			if err := os.Mkdir(path, 0o755); err != nil {
				t.Fatal(err)
			}
		} else if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		if w.lookEverywhere() {
			t.Errorf("%s counts as a change", name)
		}
	}
}

// madeUp is a notifier that says what a test wants.
type madeUp struct {
	events chan fsnotify.Event
	errors chan error
	add    func(string) error
}

func (m *madeUp) Add(folder string) error       { return m.add(folder) }
func (m *madeUp) Remove(string) error           { return nil }
func (m *madeUp) Events() <-chan fsnotify.Event { return m.events }
func (m *madeUp) Errors() <-chan error          { return m.errors }
func (m *madeUp) Close() error                  { return nil }

func TestOverflow(t *testing.T) {
	notes := &madeUp{events: make(chan fsnotify.Event), errors: make(chan error), add: func(string) error { return nil }}
	p := watching(t, func() (notifier, error) { return notes, nil }, 0)
	for i := range 50 { // no event tells of these
		p.write(fmt.Sprintf("lost%02d/submission.md", i), "one")
	}
	notes.errors <- fsnotify.ErrEventOverflow
	p.until(p.holds("lost49/submission.md", "one"))
	if len(p.folders) != 53 {
		t.Errorf("%d folders are known", len(p.folders))
	}
}

func TestPollsWhereWatchingFails(t *testing.T) {
	for name, open := range map[string]func() (notifier, error){
		"no instances": func() (notifier, error) { return nil, syscall.EMFILE },
		"no watches": func() (notifier, error) {
			return &madeUp{events: make(chan fsnotify.Event), errors: make(chan error), add: func(folder string) error {
				if strings.HasSuffix(folder, "olya") {
					return syscall.ENOSPC
				}
				return nil
			}}, nil
		},
		"notifications end": func() (notifier, error) {
			m := &madeUp{events: make(chan fsnotify.Event), errors: make(chan error), add: func(string) error { return nil }}
			close(m.events)
			return m, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := watching(t, open, 0)
			p.write("morning/olya/submission.md", "polled")
			p.until(p.holds("morning/olya/submission.md", "polled"))
			if !strings.Contains(p.log.String(), "changes cannot be watched") {
				t.Errorf("it does not say so: %s", p.log)
			}
		})
	}
}

func TestPollsWhenAsked(t *testing.T) {
	p := watching(t, func() (notifier, error) { return nil, errors.New("must not be asked") }, 20*time.Millisecond)
	p.write("new/submission.md", "polled")
	p.until(p.holds("new/submission.md", "polled"))
}
