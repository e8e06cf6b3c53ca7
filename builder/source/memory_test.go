package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/rootfs"
)

// reading is all that Read returns.
type reading struct {
	Site    *gallery.Site
	Private *Private
	Probs   problem.List
}

func readWith(t testing.TB, fsys fs.FS, opt Options, m *Memory) reading {
	t.Helper()
	opt.Memory = m
	site, private, probs, err := Read(context.Background(), fsys, opt)
	if err != nil {
		t.Fatal(err)
	}
	return reading{site, private, probs}
}

// owner is somebody who edits a site at random.
type owner struct {
	*rand.Rand
	t     testing.TB
	dir   string
	old   bool // files get times of their own, long ago
	times int
	tick  time.Time // when the last reading was over, by the file system's clock

	missing map[string]bool // folders that were not there before the last change
}

func (o *owner) pick(list ...string) string { return list[o.IntN(len(list))] }

var folders = []string{"content", "content/g", "content/g/a", "content/g/b", "content/g/B", "content/g/deep/a", "content/g/deep/b", "content/s", "content/s/1",
	"content/s/1/a", "content/s/2", "content/s/2/олЯ", "content/s/2/оля", "content/pages", "private", "content/g/deep"}

func (o *owner) folder() string { return o.pick(folders...) }

// file is where a file of its kind stands, most of the time.
func (o *owner) file() string {
	dir := o.folder()
	if o.IntN(20) == 0 {
		return dir + "/" + o.pick("gallery.md", "series.md", "submission.md", "about.md", "README.md", "a.jpg", ".hidden")
	}
	switch {
	case dir == "private":
		return "private/" + o.pick("contacts.csv", "contacts.csv", "thanked.csv", "notes.txt")
	case dir == "content/s":
		return dir + "/" + o.pick("series.md", "series.ru.md")
	case dir == "content" || dir == "content/pages":
		return dir + "/" + o.pick("about.md", "about.ru.md", "us.md")
	case dir == "content/g" || dir == "content/s/1" || dir == "content/s/2":
		return dir + "/" + o.pick("gallery.md", "gallery.ru.md")
	}
	return dir + "/" + o.pick("submission.md", "submission.md", "submission.md", "submission.ru.md", "Submission.ru.md", "a.jpg", "A.JPG", "10.jpg", "walk.mp4", "walk.jpg", "walk.vtt", "notes.txt")
}

func (o *owner) text(name string) string {
	base := path.Base(name)
	switch {
	case path.Ext(name) == ".csv":
		return "id,email\n" + o.pick("aaaa,olya@example.org", "bbbb,ivan@example.org", "\"", ",") + "\n"
	case path.Ext(name) != ".md" && o.IntN(4) > 0:
		return map[string]string{".mp4": "\x00\x00\x00\x10ftypmp42xxxx", ".vtt": "WEBVTT"}[path.Ext(name)] + o.pick("\xff\xd8\xff", "\xff\xd8\xffx")
	case path.Ext(name) != ".md":
		return o.pick("\xff\xd8\xff"+o.pick("", "x", "xx"), "\x89PNG\r\n\x1a\n", "\x00\x00\x00\x10ftypmp42xxxx", "WEBVTT", "<svg", "", "text")
	case o.IntN(12) == 0:
		return o.pick("", "+++\n", "\xff", "text", "---\nid: [\n---\n", "+++\nunknown = 1\n+++\n")
	case base == "submission.md" && o.IntN(4) > 0:
		id := fmt.Sprintf("id-%x", name) + o.pick("", "", "", "2")
		return "+++\nid = \"" + id[:min(len(id), 60)] + "\"\nstatus = \"" + o.pick("approved", "pending") + "\"\nreceived = " +
			o.pick("2026-11-02", "2026-11-20") + "\ntags = " + o.pick("[]", "[\"a\", \"b\"]") + "\n[[author]]\nname = \"Оля\"\n" + o.pick("", "forms = {gen = \"Оли\"}\n") + "+++\n" + o.pick("A story", "Another") + "\n"
	case base == "submission.ru.md" && o.IntN(4) > 0:
		return "+++\ntitle = \"" + o.pick("Утро", "День") + "\"\n+++\nИстория"
	case strings.HasPrefix(base, "gallery") || strings.HasPrefix(base, "series"):
		return "+++\ntitle = \"" + o.pick("Morning", "Утро") + "\"\n+++\n"
	}
	return o.anyFrontMatter()
}

func (o *owner) anyFrontMatter() string {
	var b strings.Builder
	b.WriteString("+++\n")
	add := func(lines ...string) {
		if o.IntN(3) > 0 {
			b.WriteString(o.pick(lines...) + "\n")
		}
	}
	add(`id = "aaaa"`, `id = "bbbb"`, `id = "cccc"`, `id = "dddd"`, `id = "A"`)
	add(`title = "Утро"`, `title = "Morning"`, `title = 7`)
	add(`status = "approved"`, `status = "pending"`, `status = "declined"`, `status = "approve"`)
	add(`lang = "ru"`, `lang = "en"`, `lang = "de"`)
	add(`received = 2026-11-02`, `received = 2026-12-24`, `received = 2027-01-01T10:00:00Z`)
	add(`published = 2026-11-02T10:00:00`, `focus = [0.5, 0.25]`, `tags = []`, `tags = ["a", "b"]`)
	add(`cover = "aaaa"`, `alt = "Something"`)
	if o.IntN(4) == 0 {
		b.WriteString(o.pick(`email = "olya@example.org"`, `phone = 123456`) + "\n")
	}
	add("[author]\nname = \"Оля\"\n[author.names]\nru = \"Оля\"", "[[author]]\nname = \"A\"\n[[author]]\nname = \"B\"", "[call]\nexamples = [\"aaaa\", \"zzzz\"]")
	add("[grant]\nstatus = \"granted\"\ndate = 2026-12-11\nuntil = 2028-01-01", "[[media]]\nfile = \"a.jpg\"\nalt = \"A\"\nfocus = [0.1, 1]", "[[media]]\nlink = \"https://vimeo.com/1\"")
	b.WriteString("+++\n" + o.pick("A story.", "Another.", "История\n\nв двух частях.", ""))
	return b.String()
}

// write writes a file, in place or in the place of another.
func (o *owner) write(name, text string) {
	full := filepath.Join(o.dir, name)
	if os.MkdirAll(filepath.Dir(full), 0o755) != nil {
		return
	}
	if o.IntN(2) == 0 {
		os.Remove(full)
	}
	if os.WriteFile(full, []byte(text), 0o644) != nil {
		return
	}
	o.age(full)
}

// age gives a file a time of its own: two edits of a test may fall into one tick.
func (o *owner) age(full string) {
	if o.old {
		o.times++
		at := time.Date(2020, 1, 1, 0, 0, o.times, 0, time.UTC)
		os.Chtimes(full, at, at)
	}
}

// wait returns when a change gives a folder another time than one before: edits
// after a reading may fall into the tick of those before it.
func (o *owner) wait() {
	for name := filepath.Join(o.dir, ".tick"); o.old; os.Remove(name) {
		if os.WriteFile(name, nil, 0o644) != nil {
			o.t.Fatal("the clock cannot be read")
		}
		if st, err := os.Stat(name); err == nil && st.ModTime().After(o.tick) {
			o.tick = st.ModTime()
			return
		}
	}
}

// swap puts another file of the same size and time in a file's place.
func (o *owner) swap(name string) {
	full := filepath.Join(o.dir, name)
	st, err := os.Stat(full)
	if err != nil || !st.Mode().IsRegular() {
		return
	}
	if _, inode := system(st); inode == 0 {
		return
	}
	text, _ := os.ReadFile(full)
	words := strings.NewReplacer("aaaa", "bbbb", "bbbb", "cccc", "Morning", "Evening", "A story", "B story", "approved", "featured", "2026", "2031")
	if os.WriteFile(full+".new", []byte(words.Replace(string(text))), 0o644) == nil {
		os.Chtimes(full+".new", st.ModTime(), st.ModTime())
		os.Rename(full+".new", full)
	}
}

// begin makes the site anew.
func (o *owner) begin() []string {
	os.RemoveAll(filepath.Join(o.dir, "content"))
	os.RemoveAll(filepath.Join(o.dir, "private"))
	for _, name := range []string{"content/g/gallery.md", "content/s/series.md", "content/s/1/gallery.md", "content/s/2/gallery.md"} {
		o.write(name, o.text("gallery.md"))
	}
	for range 40 {
		name := o.file()
		o.write(name, o.text(name))
	}
	return []string{"content", "private"}
}

// edit does one thing and returns the paths that somebody who watches would
// name.
func (o *owner) edit() []string {
	var names []string
	for _, name := range o.change() {
		names = append(names, name)
		for ; name != "."; name = path.Dir(name) { // its folder may be new
			if o.missing[name] {
				names = append(names, name)
			}
		}
	}
	return names
}

func (o *owner) change() []string {
	o.missing = map[string]bool{}
	for _, dir := range folders {
		if _, err := os.Lstat(filepath.Join(o.dir, dir)); err != nil {
			o.missing[dir] = true
		}
	}
	name := o.file()
	switch o.IntN(24) {
	case 0:
		os.Remove(filepath.Join(o.dir, name))
	case 1:
		dir := folders[4+o.IntN(len(folders)-4)]
		os.RemoveAll(filepath.Join(o.dir, dir))
		return []string{dir}
	case 2:
		from, to := folders[2+o.IntN(len(folders)-2)], o.folder()
		if os.MkdirAll(filepath.Dir(filepath.Join(o.dir, to)), 0o755) == nil {
			os.Rename(filepath.Join(o.dir, from), filepath.Join(o.dir, to))
		}
		return []string{from, to}
	case 3:
		to := path.Join(path.Dir(name), strings.ToUpper(path.Base(name)))
		os.Rename(filepath.Join(o.dir, name), filepath.Join(o.dir, to))
		return []string{name, to}
	case 4:
		to := o.file()
		os.Rename(filepath.Join(o.dir, name), filepath.Join(o.dir, to))
		return []string{name, to}
	case 5, 6:
		o.swap(name)
	case 7:
		os.Symlink("nowhere/x", filepath.Join(o.dir, name))
	default:
		o.write(name, o.text(name))
	}
	return []string{name}
}

// anyOptions are mostly the same.
func (o *owner) anyOptions() Options {
	opt := testOptions
	switch o.IntN(24) {
	case 0:
		opt.Now = time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC)
	case 1:
		opt.Now = time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	case 2:
		opt.Now = time.Time{}
	case 3:
		opt.Languages = []string{"en", "ru", "de"}
	case 4:
		opt.Zone = time.UTC
	case 5:
		opt.AltLevel = problem.Error
	}
	return opt
}

// TestMemory is the law of this package: whatever is edited, and whatever
// Options change, what is read with a memory, one kept, with and without Look,
// or one saved and loaded, is what is read without.
func TestMemory(t *testing.T) {
	var kept, seeds atomic.Int64
	t.Run("seeds", func(t *testing.T) { testMemory(t, &kept, &seeds) })
	if kept.Load() < 25*seeds.Load() {
		t.Errorf("only %d submissions were kept in all steps of %d seeds", kept.Load(), seeds.Load())
	}
}

func testMemory(t *testing.T, kept, seeds *atomic.Int64) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			seeds.Add(1)
			r := &owner{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, dir: t.TempDir(), old: seed%3 > 0}
			clock := time.Now
			if r.old {
				clock = func() time.Time { return time.Now().Add(time.Hour) }
			}
			root, err := rootfs.Open(r.dir)
			must(t, err)
			defer root.Close()
			fsys := root.FS()
			if seed%2 == 0 {
				fsys = os.DirFS(r.dir)
			}
			everywhere, told, saved := NewMemory(clock), NewMemory(clock), NewMemory(clock)
			var last reading
			for step := range 60 {
				r.wait()
				var names []string
				if step%15 == 0 {
					names = r.begin()
				}
				for range r.IntN(4) {
					names = append(names, r.edit()...)
				}
				opt := r.anyOptions()
				want := readWith(t, fsys, opt, nil)
				told.Look(names...)
				saved = reload(t, saved, clock)
				if r.IntN(2) == 0 {
					saved.Look(names...)
				}
				for name, m := range map[string]*Memory{"everywhere": everywhere, "told": told, "saved": saved} {
					got := readWith(t, fsys, opt, m)
					if !reflect.DeepEqual(want, got) {
						t.Fatalf("step %d, looking %s at %q: fresh - remembered +\n%s", step, name, names, cmp.Diff(want, got))
					}
					if m == told {
						kept.Add(same(last.Site, got.Site))
						last = got
					}
				}
				r.wait()
			}
		})
	}
}

// listing counts the folders that are listed and the files that are opened below
// a root.
type listing struct {
	fs.FS
	seeing
	lists, opens int
}

func (l *listing) ReadDirInfo(name string) (fs.FileInfo, []fs.DirEntry, error) {
	l.lists++
	return l.seeing.ReadDirInfo(name)
}

func (l *listing) Open(name string) (fs.File, error) {
	l.opens++
	return l.FS.Open(name)
}

// TestMemoryLists: of what is as it was, no folder is listed but content and
// private; one in which a name came and went, once.
func TestMemoryLists(t *testing.T) {
	o := &owner{t: t, dir: t.TempDir(), old: true}
	for name, f := range generated(30) {
		full := filepath.Join(o.dir, name)
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, f.Data, 0o644))
	}
	root, err := rootfs.Open(o.dir)
	must(t, err)
	defer root.Close()
	quick, ok := root.FS().(seeing)
	if !ok {
		t.Skip("a file system without Seen")
	}
	if _, _, _, _, _, ok := quick.Seen("content"); !ok {
		t.Skip("a file system whose folders are not known to change")
	}
	later := func() time.Time { return time.Now().Add(time.Hour) }
	site, m := &listing{FS: root.FS(), seeing: quick}, NewMemory(later)
	opt := testOptions
	opt.Jobs = 1
	read := func(what string, lists, opens int, changed bool) {
		t.Helper()
		o.wait()
		want := readWith(t, root.FS(), opt, nil)
		m = reload(t, m, later)
		site.lists, site.opens = 0, 0
		if got := readWith(t, site, opt, m); !reflect.DeepEqual(want, got) {
			t.Errorf("%s: fresh - remembered +\n%s", what, cmp.Diff(want, got))
		}
		if site.lists != lists || site.opens != opens || m.Changed() != changed {
			t.Errorf("%s: %d folders listed and %d files opened, changed %v; want %d, %d, %v", what, site.lists, site.opens, m.Changed(), lists, opens, changed)
		}
		o.wait()
	}
	readWith(t, site, opt, m)
	const always, private = 2, 1 // what is in contacts.csv is not saved
	read("nothing changed", always, private, false)
	folder := filepath.Join(o.dir, "content/g/2026/3/3-olya")
	must(t, os.WriteFile(filepath.Join(folder, "submission.md~"), nil, 0o644))
	must(t, os.Remove(filepath.Join(folder, "submission.md~")))
	read("a name came and went", always+1, private, true)
	read("and then nothing", always, private, false)
	must(t, os.Rename(folder, folder+"2"))
	read("a folder has another name", always+2, private+1, true)
	must(t, os.Chmod(folder+"2", 0o700))
	read("a folder has another mode", always+1, private, true)
	must(t, os.RemoveAll(filepath.Join(o.dir, "content/g/2026/4")))
	read("a folder is gone", always+1, private, true)
}

// TestLookOnly: what was just written is read again by whoever looks at one file of
// it, but not by whoever looks everywhere soon; and then it is.
func TestLookOnly(t *testing.T) {
	dir := t.TempDir()
	for name, f := range generated(30) {
		full := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, f.Data, 0o644))
	}
	root, err := rootfs.Open(dir)
	must(t, err)
	defer root.Close()
	quick, ok := root.FS().(seeing)
	if !ok {
		t.Skip("a file system without Seen")
	}
	at := time.Now()
	site, m := &listing{FS: root.FS(), seeing: quick}, NewMemory(func() time.Time { return at })
	opt := testOptions
	opt.Jobs = 1
	read := func() int {
		site.opens = 0
		readWith(t, site, opt, m)
		return site.opens
	}
	all := read()
	const file = "content/g/2026/3/3-olya/submission.md"
	m.LookOnly(file)
	if only := read(); only == 0 || only > all/10 {
		t.Errorf("%d of %d files are opened to look at one", only, all)
	}
	m.Look(file)
	if more := read(); more < all/2 {
		t.Errorf("%d of %d files are opened, though all may have changed since", more, all)
	}
	m.LookOnly(file)
	must(t, os.WriteFile(filepath.Join(dir, file), []byte("+++\nid = \"olya33\"\ntitle = \"Changed\"\n+++\n"), 0o644))
	got, want := readWith(t, site, opt, m), readWith(t, root.FS(), opt, nil)
	if !reflect.DeepEqual(want, got) {
		t.Errorf("fresh - remembered +\n%s", cmp.Diff(want, got))
	}
	if again := read(); again < all/2 {
		t.Errorf("%d of %d files are opened by whoever looks everywhere", again, all)
	}
}

// reload saves a memory and loads it, twice the same.
func reload(t *testing.T, m *Memory, clock func() time.Time) *Memory {
	t.Helper()
	var file, again bytes.Buffer
	must(t, m.Save(&file))
	for _, private := range []string{"olya@example.org", "123456"} {
		if bytes.Contains(file.Bytes(), []byte(private)) {
			t.Errorf("%q is saved", private)
		}
	}
	loaded, err := LoadMemory(bytes.NewReader(file.Bytes()), clock)
	must(t, err)
	if loaded.Changed() {
		t.Error("changed, though nothing was read")
	}
	must(t, loaded.Save(&again))
	if !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Error("what was loaded is saved otherwise")
	}
	return loaded
}

// same counts the submissions that are the same in two sites.
func same(a, b *gallery.Site) (n int64) {
	if a == nil {
		return 0
	}
	of := func(s *gallery.Site) map[string]*gallery.Submission {
		all := map[string]*gallery.Submission{}
		for _, g := range s.Galleries {
			for _, p := range g.Submissions {
				all[p.Dir] = p
			}
		}
		return all
	}
	before := of(a)
	for dir, p := range of(b) {
		if before[dir] == p {
			n++
		}
	}
	return n
}

// counting counts what is asked of a file system.
type counting struct {
	fstest.MapFS
	opened, listed []string
	broken         string
}

func (c *counting) Open(name string) (fs.File, error) {
	if name == c.broken {
		return nil, errors.New("input/output error")
	}
	c.opened = append(c.opened, name)
	return c.MapFS.Open(name)
}

func (c *counting) ReadDir(name string) ([]fs.DirEntry, error) {
	c.listed = append(c.listed, name)
	return c.MapFS.ReadDir(name)
}

func (c *counting) take() (opened, listed []string) {
	opened, listed, c.opened, c.listed = c.opened, c.listed, nil, nil
	return opened, listed
}

// TestMemoryReadsLittle: a reading opens and lists what has changed, and looks
// where it is told.
func TestMemoryReadsLittle(t *testing.T) {
	long := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := long.Add(time.Hour)
	site := &counting{MapFS: generated(12)}
	for _, f := range site.MapFS {
		f.ModTime = long
	}
	opt := testOptions
	opt.Jobs = 1
	m := NewMemory(func() time.Time { return now })
	read := func() (opened, listed []string) {
		t.Helper()
		want := readWith(t, site.MapFS, opt, nil)
		if got := readWith(t, site, opt, m); !reflect.DeepEqual(want, got) {
			t.Errorf("fresh - remembered +\n%s", cmp.Diff(want, got))
		}
		return site.take()
	}
	folder := func(i int) string { return fmt.Sprintf("content/g/2026/%d/%d-olya", i, i) }
	file := folder(3) + "/submission.md"
	edit := func(from, to string, at time.Time) {
		t.Helper()
		f := *site.MapFS[file]
		if !strings.Contains(string(f.Data), from) {
			t.Fatalf("%s does not hold %q", file, from)
		}
		f.Data, f.ModTime = []byte(strings.Replace(string(f.Data), from, to, 1)), at
		site.MapFS[file] = &f
	}
	hold := func(what string, opened, listed, wantOpened, wantListed []string) {
		t.Helper()
		if !slices.Equal(opened, wantOpened) || !slices.Equal(listed, wantListed) {
			t.Errorf("%s: opened %q, listed %q", what, opened, listed)
		}
	}
	if opened, _ := read(); len(opened) != 13 {
		t.Errorf("at first %q were opened", opened)
	}
	if opened, listed := read(); len(opened) != 0 || len(listed) < 25 {
		t.Errorf("looking everywhere opened %q, listed %q", opened, listed)
	}
	m.Look()
	opened, listed := read()
	hold("told of nothing", opened, listed, nil, nil)
	edit("Latte", "Mocha", long.Add(time.Minute))
	m.Look(file)
	opened, listed = read()
	hold("told of a file", opened, listed, []string{file}, []string{folder(3)})
	edit("Mocha", "Latte", now.Add(-time.Second)) // just now: it may change again unnoticed
	m.Look(file)
	read()
	edit("Latte", "Mocha", now.Add(-time.Second))
	m.Look()
	opened, listed = read()
	hold("young", opened, listed, []string{file}, []string{folder(3)})
	now = now.Add(time.Minute)
	m.Look()
	read() // still read again, but now old
	m.Look()
	opened, listed = read()
	hold("old", opened, listed, nil, nil)
	opt.Now = opt.Now.AddDate(1, 0, 0)
	m.Look()
	opened, listed = read()
	hold("next year", opened, listed, nil, nil)
	m.Look("private/contacts.csv")
	opened, listed = read()
	hold("contacts", opened, listed, nil, []string{"private"})
	m.Look("themes/plain/x.html", "site.toml")
	opened, listed = read()
	hold("elsewhere", opened, listed, nil, nil)
	for _, name := range []string{".", "content", "../x", "/etc"} {
		m.Look(name)
		if _, listed := read(); len(listed) < 25 {
			t.Errorf("told of %s: listed only %q", name, listed)
		}
	}
	opt.AltLevel = problem.Note
	m.Look()
	if opened, _ := read(); len(opened) != 13 {
		t.Errorf("with other options only %q were opened", opened)
	}
}

// TestMemoryAfterFailure: where a reading failed the next one looks.
func TestMemoryAfterFailure(t *testing.T) {
	long := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	site := &counting{MapFS: generated(12)}
	m := NewMemory(func() time.Time { return long.Add(time.Hour) })
	read := func() error {
		opt := oneJob
		opt.Memory = m
		_, _, _, err := Read(context.Background(), site, opt)
		return err
	}
	first, second := "content/g/2026/3/3-olya/submission.md", "content/g/2026/4/4-olya/submission.md"
	change := func(name string) {
		site.MapFS[name] = &fstest.MapFile{Data: []byte(name), ModTime: long.Add(time.Minute)}
	}
	must(t, read())
	change(first)
	change(second)
	site.broken = first
	m.Look(first)
	if read() == nil {
		t.Fatal("a broken disk is no error")
	}
	site.broken = ""
	site.take()
	m.Look(second)
	must(t, read())
	if opened, _ := site.take(); !slices.Contains(opened, first) || !slices.Contains(opened, second) {
		t.Errorf("after a failure only %q were opened", opened)
	}
	site.broken = second
	change(second + "/x") // whatever; everything is looked at
	delete(site.MapFS, second+"/x")
	site.MapFS[second] = &fstest.MapFile{Data: []byte("new"), ModTime: long.Add(2 * time.Minute)}
	if read() == nil {
		t.Fatal("a broken disk is no error")
	}
	site.broken = ""
	site.take()
	m.Look("site.toml")
	must(t, read())
	if opened, _ := site.take(); !slices.Contains(opened, second) {
		t.Errorf("after a failure to look everywhere only %q were opened", opened)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestDigest: a submission with another digest says something else, one with
// the same digest the same.
func TestDigest(t *testing.T) {
	seen := map[[32]byte]*gallery.Submission{}
	again, other := 0, 0
	for seed := range uint64(20) {
		r := &owner{Rand: rand.New(rand.NewPCG(seed%10, 3)), t: t, dir: t.TempDir()}
		r.begin()
		for _, g := range readWith(t, os.DirFS(r.dir), testOptions, nil).Site.Galleries {
			for _, s := range g.Submissions {
				switch old := seen[s.Digest]; {
				case old == nil:
					other++
				case reflect.DeepEqual(old, s):
					again++
				default:
					t.Errorf("one digest\n%s", cmp.Diff(old, s))
				}
				seen[s.Digest] = s
			}
		}
	}
	if again < 10 || other < 10 {
		t.Errorf("only %d submissions were seen again and %d once", again, other)
	}
}
