package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gallerist/builder/problem"
)

// mirror is a build that believes what it is told: it reads a file again only
// where a change says so.
type mirror map[string]string

// readTree returns the files below a path, or the file there.
func readTree(t *testing.T, path string) mirror {
	t.Helper()
	m := mirror{}
	err := filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // below what is a file now
			return nil
		}
		if err != nil {
			return err
		}
		if leftBy(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			m[path+"/"] = "folder"
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil {
			m[path] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m mirror) apply(t *testing.T, c Change, root string) {
	t.Helper()
	if c.All {
		c.Paths = []string{root}
	}
	told := map[string]bool{}
	for _, path := range c.Paths {
		told[path] = true
	}
	maps.DeleteFunc(m, func(path, _ string) bool {
		for path = strings.TrimSuffix(path, "/"); len(path) >= len(root); path = filepath.Dir(path) {
			if told[path] {
				return true
			}
		}
		return false
	})
	for path := range told {
		maps.Copy(m, readTree(t, path))
	}
}

// patrol is a watcher over a content folder, running, and a mirror of it.
type patrol struct {
	*watcher
	t      *testing.T
	ctx    context.Context
	root   string
	mirror mirror
	said   chan string
}

// ways are the ways to watch; what is told must be right by each.
var ways = map[string]func(*watcher){
	"notified": func(*watcher) {},
	"polling":  func(w *watcher) { w.poll = 10 * time.Millisecond },
}

// everyWay runs a test for each way to watch.
func everyWay(t *testing.T, test func(t *testing.T, p *patrol)) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) { test(t, watching(t, way)) })
	}
}

func watching(t *testing.T, way func(*watcher)) *patrol {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second) // only a fault lasts that long
	root := filepath.Join(t.TempDir(), "content")
	p := &patrol{t: t, ctx: ctx, root: root, said: make(chan string, 10)}
	p.write("morning/gallery.md", "one")
	p.write("morning/olya/submission.md", "one")
	p.watcher = newWatcher(Options{
		Watch:  []string{root, filepath.Join(filepath.Dir(root), "site.toml")},
		OnPoll: func(text string) { p.said <- text }, Log: slog.New(slog.DiscardHandler),
	})
	p.retreat = 20 * time.Millisecond
	way(p.watcher)
	p.mirror = readTree(t, filepath.Dir(root))
	begun := time.Now()
	p.begin()
	done := make(chan struct{})
	go func() { defer close(done); p.run(ctx, begun) }()
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

// difference names some paths that two mirrors show otherwise.
func difference(got, want mirror) string {
	var text strings.Builder
	both := maps.Clone(got)
	maps.Copy(both, want)
	for path := range both {
		if got[path] != want[path] && text.Len() < 2000 {
			fmt.Fprintf(&text, "\n%s: known as %q, is %q", path, got[path], want[path])
		}
	}
	return text.String()
}

// settle takes changes until the mirror is what the folder is.
func (p *patrol) settle() {
	p.t.Helper()
	for {
		want := readTree(p.t, p.root)
		maps.Copy(want, readTree(p.t, p.path("../site.toml")))
		got := maps.Clone(p.mirror)
		maps.DeleteFunc(got, func(path, _ string) bool { return !p.wanted(strings.TrimSuffix(path, "/")) })
		if maps.Equal(got, want) {
			return
		}
		select {
		case c := <-p.changed:
			p.mirror.apply(p.t, c, filepath.Dir(p.root))
		case <-p.ctx.Done():
			p.t.Fatal("not all was told:" + difference(got, want))
		}
	}
}

// saves are how programs save a file.
var saves = map[string]func(file, text string) error{
	"in place": func(file, text string) error { return os.WriteFile(file, []byte(text), 0o644) },
	"emptied, then written": func(file, text string) error {
		return errors.Join(os.Truncate(file, 0), os.WriteFile(file, []byte(text), 0o644))
	},
	"a new file renamed over": func(file, text string) error {
		return errors.Join(os.WriteFile(file+".tmp", []byte(text), 0o644), os.Rename(file+".tmp", file))
	},
	"the old one kept as a backup": func(file, text string) error {
		return errors.Join(os.Rename(file, file+"~"), os.WriteFile(file, []byte(text), 0o644), os.Remove(file+"~"))
	},
	"removed and made anew": func(file, text string) error {
		return errors.Join(os.Remove(file), os.WriteFile(file, []byte(text), 0o644))
	},
	"vim's probe and swap file": func(file, text string) error {
		dir := filepath.Dir(file)
		return errors.Join(os.WriteFile(dir+"/4913", nil, 0o644), os.Remove(dir+"/4913"),
			os.WriteFile(dir+"/.gallery.md.swp", nil, 0o644), os.WriteFile(file, []byte(text), 0o644), os.Remove(dir+"/.gallery.md.swp"))
	},
	"in pieces": func(file, text string) error {
		f, err := os.Create(file)
		if err != nil {
			return err
		}
		for _, piece := range strings.SplitAfter(text, " ") {
			_, more := f.WriteString(piece)
			err = errors.Join(err, more, f.Sync())
		}
		return errors.Join(err, f.Close())
	},
}

func TestEditorSaves(t *testing.T) {
	everyWay(t, func(t *testing.T, p *patrol) {
		for name, save := range saves {
			for round := range 3 {
				p.must(save(p.path("morning/gallery.md"), fmt.Sprintf("saved %s, round %d", name, round)))
				p.settle()
			}
		}
		p.must(os.Remove(p.path("morning/gallery.md")))
		p.settle()
	})
}

// Many folders at once, and each is watched afterwards.
func TestNewFoldersAtOnce(t *testing.T) {
	everyWay(t, func(t *testing.T, p *patrol) {
		const n = 200
		for i := range n {
			p.write(fmt.Sprintf("new%03d/deep/submission.md", i), "one")
		}
		p.settle()
		for _, i := range []int{0, 1, 99, 198, 199} {
			p.write(fmt.Sprintf("new%03d/deep/submission.md", i), "edited")
			p.settle()
		}
	})
}

func TestFoldersComeAndGo(t *testing.T) {
	everyWay(t, func(t *testing.T, p *patrol) {
		p.must(os.Rename(p.path("morning"), p.path("evening")))
		p.settle()
		p.write("evening/olya/submission.md", "moved and edited")
		p.settle()

		// Another folder under the same name, in one breath.
		p.write("../other/olya/submission.md", "from elsewhere")
		p.must(os.Rename(p.path("evening"), p.path("../gone")), os.Rename(p.path("../other"), p.path("evening")))
		p.settle()
		p.write("evening/olya/submission.md", "edited there, deep inside")
		p.settle()

		// Two folders swapped.
		p.write("noon/olya/submission.md", "noon")
		p.settle()
		p.must(os.Rename(p.path("noon"), p.path("between")), os.Rename(p.path("evening"), p.path("noon")), os.Rename(p.path("between"), p.path("evening")))
		p.settle()
		for _, name := range []string{"noon/olya/submission.md", "evening/olya/submission.md"} {
			p.write(name, "edited after the swap")
			p.settle()
		}

		// Deleted and put back.
		for range 3 {
			p.must(os.RemoveAll(p.path("noon")))
			p.write("noon/olya/submission.md", "put back")
			p.settle()
			p.write("noon/olya/submission.md", "put back and edited")
			p.settle()
		}

		// A file where a folder was, and the other way about.
		p.must(os.RemoveAll(p.path("noon")), os.WriteFile(p.path("noon"), []byte("a file"), 0o644))
		p.settle()
		p.must(os.Remove(p.path("noon")))
		p.write("noon/olya/submission.md", "a folder")
		p.settle()

		// The watched folder itself.
		p.must(os.RemoveAll(p.root))
		p.settle()
		p.write("back/gallery.md", "again")
		p.settle()
		p.write("back/gallery.md", "and watched")
		p.settle()
	})
}

func TestSingleFiles(t *testing.T) {
	everyWay(t, func(t *testing.T, p *patrol) {
		p.write("../site.toml", "title = 1")
		p.settle()
		p.must(os.WriteFile(p.path("../new.toml"), []byte("title = 22"), 0o644), os.Rename(p.path("../new.toml"), p.path("../site.toml")))
		p.settle()
		p.must(os.Remove(p.path("../site.toml")))
		p.settle()
	})
}

// What a file's size and time do not show.
func TestTimesThatLie(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("only the size and the time of writing are told there")
	}
	everyWay(t, func(t *testing.T, p *patrol) {
		file := p.path("morning/gallery.md")
		long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
		p.must(os.WriteFile(file, []byte("AAA"), 0o644), os.Chtimes(file, long, long))
		p.settle()
		p.must(os.WriteFile(file, []byte("BBB"), 0o644), os.Chtimes(file, long, long)) // written in place
		p.settle()
		p.must(os.WriteFile(file+".tmp", []byte("CCC"), 0o644), os.Chtimes(file+".tmp", long, long), os.Rename(file+".tmp", file))
		p.settle()
		p.must(os.WriteFile(file, []byte("DDD"), 0o644), os.Chtimes(file, long.Add(-time.Hour), long.Add(-time.Hour))) // the clock went back
		p.settle()
		for i := range 50 { // faster than the file system's clock
			p.must(os.WriteFile(file, fmt.Appendf(nil, "%03d", i), 0o644))
		}
		p.settle()
	})
}

func TestNamesThatDifferInCase(t *testing.T) {
	everyWay(t, func(t *testing.T, p *patrol) {
		p.must(os.Rename(p.path("morning/gallery.md"), p.path("morning/Gallery.md")))
		p.settle()
		p.must(os.Rename(p.path("morning"), p.path("Morning")))
		p.settle()
		p.write("Morning/Gallery.md", "edited")
		p.settle()
	})
}

// A folder that cannot be read for a while.
func TestClosedFolder(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("nothing is closed here")
	}
	everyWay(t, func(t *testing.T, p *patrol) {
		p.must(os.Chmod(p.path("morning"), 0))
		if c := <-p.changed; c.None() {
			t.Error("an empty change")
		}
		p.must(os.Chmod(p.path("morning"), 0o755))
		p.write("morning/gallery.md", "open again")
		p.settle()
		p.write("morning/gallery.md", "and watched")
		p.settle()
	})
}

// What is ignored and what does not change is no change.
func TestNoise(t *testing.T) {
	root := t.TempDir()
	w := newWatcher(Options{Watch: []string{root}, Ignore: func(path string) bool { return filepath.Base(path) == "public" }, Poll: time.Hour, Log: slog.New(slog.DiscardHandler)})
	file := filepath.Join(root, "a.md")
	if err := os.WriteFile(file, []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	w.now = func() time.Time { return time.Now().Add(time.Hour) } // so that no clock's step is in the way
	w.begin()
	for _, name := range []string{"a.md~", ".a.md.swp", "4913", ".#a.md", "#a.md#", ".DS_Store", ".git/HEAD", ".gallerist/x", "public/index.html", "._a.md"} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		if w.lookAt(w.known(), nil); len(w.unsettled) > 0 {
			t.Fatalf("%s counts as a change", name)
		}
	}
	if err := os.WriteFile(file, []byte("b"), 0o644); err != nil {
		t.Fatal(err)
	}
	if w.lookAt(w.known(), nil); len(w.unsettled) != 1 {
		t.Error("a change does not count as one")
	}
}

// slow is a watcher over one file whose clock a test sets.
func slow(t *testing.T, open func(*inbox) (notifier, error)) (w *watcher, file string, clock *time.Time) {
	t.Helper()
	root := t.TempDir()
	file = filepath.Join(root, "1.jpg")
	if err := os.WriteFile(file, []byte("one"), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	now := info.ModTime()
	w = newWatcher(Options{Watch: []string{root}, Log: slog.New(slog.DiscardHandler)})
	w.now = func() time.Time { return now }
	if w.open = open; open == nil {
		w.poll = time.Second
	}
	w.begin()
	return w, file, &now
}

// A file may be written twice within one step of the file system's clock:
// then a notification is believed, and a poll looks again.
func TestYoungFiles(t *testing.T) {
	w, file, clock := slow(t, deaf)
	root := filepath.Dir(file)
	if w.lookAt([]string{root}, nil); len(w.unsettled) > 0 {
		t.Error("what nobody has told of is told")
	}
	if w.lookAt([]string{root}, map[string]bool{file: false}); len(w.unsettled) != 1 {
		t.Error("a notification of a young file is not believed")
	}
	w.unsettled = unsettled{}
	*clock = clock.Add(time.Minute)
	w.lookAt([]string{root}, nil)
	if w.lookAt([]string{root}, map[string]bool{file: false}); len(w.unsettled) > 0 {
		t.Error("a notification of an old file that has not changed is believed")
	}
	w, file, clock = slow(t, nil)
	*clock = clock.Add(time.Minute)
	if w.lookAt([]string{filepath.Dir(file)}, nil); len(w.unsettled) != 1 {
		t.Error("a file that was young at the last poll is not told")
	}
}

// What nobody notifies of is looked at once more before it is told.
func TestTwoLooks(t *testing.T) {
	w, file, clock := slow(t, nil)
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	*clock = clock.Add(time.Hour) // long after the file's own time
	w.step()
	*clock = clock.Add(time.Second)
	w.step()
	w.ready = Change{}
	w.unsettled = unsettled{}
	for i := range 5 {
		write(strings.Repeat("grows ", 10*i+1))
		w.pollAfter = *clock
		w.step()
		write(strings.Repeat("grows ", 10*i+5))
		*clock = clock.Add(holdLong)
		w.pollAfter = clock.Add(time.Hour)
		if w.step(); !w.ready.None() {
			t.Fatal("a picture that grew between two polls is told")
		}
	}
	*clock = clock.Add(holdLong)
	if w.step(); !slices.Equal(w.ready.Paths, []string{file}) {
		t.Errorf("told of %+v", w.ready)
	}
}

// madeUp is a notifier that says what a test wants.
type madeUp struct{ add func(string) error }

func (m *madeUp) Add(folder string) error { return m.add(folder) }
func (m *madeUp) Remove(string)           {}
func (m *madeUp) Close()                  {}

func deaf(*inbox) (notifier, error) {
	return &madeUp{func(string) error { return nil }}, nil
}

// 20,000 files at once: the system may lose some notifications then.
func TestStorm(t *testing.T) {
	for name, test := range map[string]struct {
		way   func(*watcher)
		lost  error
		files int
	}{
		"as the system tells it": {func(*watcher) {}, nil, 20000},
		"nothing is told":        {func(w *watcher) { w.open = deaf }, errors.New("too many"), 2000},
	} {
		t.Run(name, func(t *testing.T) {
			p := watching(t, test.way)
			p.building.Store(true) // so that no sweep makes up for what is lost
			p.write("morning/gallery.md", "heard of")
			p.box.put(p.path("morning/gallery.md"), false)
			p.settle() // the beginning is over
			if testing.Short() {
				test.files = 2000
			}
			for i := range test.files {
				p.write(fmt.Sprintf("storm%02d/%05d.md", i%50, i), "one")
			}
			p.write("morning/gallery.md", "lost too")
			if test.lost != nil {
				p.box.lose(test.lost)
			}
			p.settle()
		})
	}
}

// One that is lost without a word is made up for by a sweep, when no build
// runs.
func TestSweep(t *testing.T) {
	root := t.TempDir()
	clock := time.Now().Add(time.Hour)
	w := newWatcher(Options{Watch: []string{root}, Log: slog.New(slog.DiscardHandler)})
	w.open, w.now = deaf, func() time.Time { return clock }
	for i := range 3 * sweepStep {
		if err := os.Mkdir(filepath.Join(root, fmt.Sprint(i)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w.begin()
	w.descend(clock)
	write := func(name string) string {
		path := filepath.Join(root, name)
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	lost, heard := write("7/lost.md"), write("8/heard.md")
	w.box.put(heard, false)
	w.building.Store(true)
	w.lookAfter = clock
	for range 100 { // 2 seconds
		w.step()
		clock = clock.Add(20 * time.Millisecond)
	}
	if !slices.Equal(w.ready.Paths, []string{heard}) {
		t.Errorf("told of %q", w.ready.Paths)
	}
	w.building.Store(false)
	for range 100 {
		w.step()
		clock = clock.Add(20 * time.Millisecond)
	}
	if !slices.Equal(w.ready.Paths, []string{lost, heard}) {
		t.Errorf("told of %q", w.ready.Paths)
	}
	if !w.sweepAfter.IsZero() {
		t.Error("it sweeps on")
	}
}

func TestPollsWhereWatchingFails(t *testing.T) {
	for name, test := range map[string]struct {
		way  func(*watcher)
		says string
	}{
		"no instances": {func(w *watcher) { w.open = func(*inbox) (notifier, error) { return nil, syscall.EMFILE } }, "that many folders"},
		"no watches": {func(w *watcher) {
			w.open = func(*inbox) (notifier, error) {
				return &madeUp{func(folder string) error {
					if strings.HasSuffix(folder, "olya") {
						return &fs.PathError{Op: "watch", Path: folder, Err: syscall.ENOSPC}
					}
					return nil
				}}, nil
			}
		}, "that many folders"},
		"too many files":  {func(w *watcher) { w.open, w.room = deaf, 4 }, "that many folders"},
		"a network drive": {func(w *watcher) { w.open = func(*inbox) (notifier, error) { return nil, errFar } }, "network drive"},
	} {
		t.Run(name, func(t *testing.T) {
			p := watching(t, test.way)
			p.write("morning/olya/submission.md", "polled")
			p.settle()
			p.write("morning/olya/submission.md", "polled again")
			p.settle()
			if said := <-p.said; !strings.Contains(said, test.says) || !strings.Contains(said, "looked at every 20ms") {
				t.Errorf("says %q", said)
			}
			if len(p.said) > 0 {
				t.Errorf("says it again: %q", <-p.said)
			}
		})
	}
	for d, want := range map[time.Duration]string{time.Second: "second", 2 * time.Second: "2 seconds", 1500 * time.Millisecond: "1.5s"} {
		if got := everyText(d); got != want {
			t.Errorf("every %s, want %s", got, want)
		}
	}
}

// What changes while the watcher takes up the folders, which is when the
// first build reads them, is told.
func TestChangesWhileBeginning(t *testing.T) {
	for range 10 {
		p := watching(t, func(w *watcher) {
			var once sync.Once
			w.open = func(box *inbox) (notifier, error) {
				inner, err := newNotifier(box)
				if err != nil {
					return nil, err
				}
				content := filepath.Join(w.roots[0])
				return &madeUp{func(folder string) error {
					if strings.HasSuffix(folder, "olya") { // the build has read these, and nobody watches them yet
						once.Do(func() {
							err = errors.Join(
								os.WriteFile(filepath.Join(content, "morning", "olya", "submission.md"), []byte("edited"), 0o644),
								os.WriteFile(filepath.Join(content, "morning", "olya", "new.md"), []byte("new"), 0o644),
								os.Rename(filepath.Join(content, "morning", "gallery.md"), filepath.Join(content, "morning", "renamed.md")),
							)
						})
						if err != nil {
							t.Error(err)
						}
					}
					return inner.Add(folder)
				}}, nil
			}
		})
		p.settle()
	}
}

// In a new watcher nothing is told of files that nobody has touched.
func TestQuietBeginning(t *testing.T) {
	root := t.TempDir()
	w := newWatcher(Options{Watch: []string{root}, Log: slog.New(slog.DiscardHandler)})
	w.open = deaf
	for _, name := range []string{"a/b", "a/c"} {
		if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name, "x.md"), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w.begin()
	w.descend(time.Now().Add(time.Hour)) // long after all of it was made
	if len(w.unsettled) > 0 || len(w.folders) != 5 {
		t.Errorf("%d changes, %d folders", len(w.unsettled), len(w.folders))
	}
}

// While a file arrives nothing is said of it: not if it grows where it was,
// nor in a folder that is new.
func TestArriving(t *testing.T) {
	w, file, clock := slow(t, deaf)
	root := filepath.Dir(file)
	said := func() (names []string) {
		list := problem.List{}
		for _, name := range []string{"1.jpg", "new/2.jpg", "a.md", "11.jpg", ""} {
			list.Errorf(problem.Pos{File: name}, "", "damaged")
		}
		s := newServer(nil, "")
		s.arriving = w.arriving
		for _, p := range s.settled(list) {
			names = append(names, p.Pos.File)
		}
		return names
	}
	if got := said(); len(got) != 5 {
		t.Errorf("at first: %q", got)
	}
	*clock = clock.Add(time.Hour)
	if err := errors.Join(os.WriteFile(file, []byte("half"), 0o644), os.Mkdir(filepath.Join(root, "new"), 0o755)); err != nil {
		t.Fatal(err)
	}
	w.lookAt([]string{root}, nil)
	w.tell()
	if got := said(); !slices.Equal(got, []string{"a.md", "11.jpg", ""}) {
		t.Errorf("while they arrive: %q", got)
	}
	*clock = clock.Add(time.Minute)
	w.tell()
	if got := said(); len(got) != 5 || len(w.ready.Paths) != 2 {
		t.Errorf("when they are there: %q", got)
	}
}

// What came and went is told if a build may have seen it.
func TestCameAndWent(t *testing.T) {
	for _, built := range []bool{false, true} {
		w, file, clock := slow(t, deaf)
		*clock = clock.Add(time.Hour)
		w.building.Store(built)
		part := file + ".part"
		if err := os.WriteFile(part, []byte("part"), 0o644); err != nil {
			t.Fatal(err)
		}
		w.lookAt(w.known(), nil)
		if err := os.Remove(part); err != nil {
			t.Fatal(err)
		}
		w.lookAt(w.known(), nil)
		*clock = clock.Add(time.Minute)
		if w.tell(); w.ready.None() == built {
			t.Errorf("a build is under way: %v, and told is %q", built, w.ready.Paths)
		}
	}
}
