package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// faultyDisk makes the nth step fail, or that and all that follow, or calls
// crash instead of it. Steps count from 1; at = 0 counts only.
type faultyDisk struct {
	disk
	steps      atomic.Int32
	at         int32
	forever    bool
	err        error
	failed     atomic.Value // name of the step that failed first
	crash      func()
	noExchange bool
	noLinks    bool
	masked     bool        // an umask takes from every mode
	spare      bool        // there is a spare tree to begin with
	late       atomic.Bool // the trees have been exchanged
}

// late is what a step is called that only cares for the spare tree.
const late = "step after the exchange"

func (d *faultyDisk) step(name string) error {
	n := d.steps.Add(1)
	if d.at == 0 || n != d.at && (!d.forever || n < d.at) {
		return nil
	}
	if d.crash != nil {
		d.crash()
	}
	if d.late.Load() && name != "flush" {
		name = late
	}
	d.failed.CompareAndSwap(nil, name)
	return &os.PathError{Op: name, Path: "somewhere", Err: d.err}
}

func (d *faultyDisk) Mkdir(name string) error {
	failed, err := d.step("mkdir"), d.disk.Mkdir(name)
	if failed != nil {
		return failed // although it is made
	}
	if err == nil && d.masked {
		err = os.Chmod(name, 0o700)
	}
	return err
}

func (d *faultyDisk) Chmod(name string, mode fs.FileMode) error {
	if err := d.step("chmod"); err != nil {
		return err
	}
	return d.disk.Chmod(name, mode)
}

func (d *faultyDisk) Open(dir string) (tree, error) {
	t, err := d.disk.Open(dir)
	if err != nil {
		return nil, err
	}
	return &faultyTree{t, d}, nil
}

func (d *faultyDisk) Create(name string) (diskFile, error) {
	if err := d.step("create"); err != nil {
		return nil, err
	}
	f, err := d.disk.Create(name)
	return &faultyFile{diskFile: f, disk: d}, err
}

func (d *faultyDisk) Rename(from, to string) error {
	if err := d.step("rename"); err != nil {
		return err
	}
	return d.disk.Rename(from, to)
}

func (d *faultyDisk) Exchange(a, b string) error {
	if d.noExchange {
		return errors.ErrUnsupported
	}
	if err := d.step("exchange"); err != nil {
		return err
	}
	err := d.disk.Exchange(a, b)
	d.late.Store(err == nil)
	return err
}

func (d *faultyDisk) Remove(name string) error {
	if err := d.step("remove"); err != nil {
		return err
	}
	return d.disk.Remove(name)
}

func (d *faultyDisk) RemoveAll(name string) error {
	if err := d.step("remove"); err != nil {
		return err
	}
	return d.disk.RemoveAll(name)
}

func (d *faultyDisk) Flush(dir string) error {
	if err := d.step("flush"); err != nil {
		return err
	}
	return d.disk.Flush(dir)
}

func (d *faultyDisk) FlushFolder(dir string) error {
	if err := d.step("flush"); err != nil {
		return err
	}
	return d.disk.FlushFolder(dir)
}

// faultyTree fails in what it changes.
type faultyTree struct {
	tree
	disk *faultyDisk
}

func (t *faultyTree) Mkdir(path string) error {
	failed, err := t.disk.step("mkdir"), t.tree.Mkdir(path)
	if failed != nil {
		return failed // although it is made
	}
	if err == nil && t.disk.masked {
		err = t.tree.Chmod(path, 0o700)
	}
	return err
}

func (t *faultyTree) Chmod(path string, mode fs.FileMode) error {
	if err := t.disk.step("chmod"); err != nil {
		return err
	}
	return t.tree.Chmod(path, mode)
}

func (t *faultyTree) Create(path string) (diskFile, error) {
	if err := t.disk.step("create"); err != nil {
		return nil, err
	}
	f, err := t.tree.Create(path)
	return &faultyFile{diskFile: f, disk: t.disk}, err
}

func (t *faultyTree) Link(path string, from tree) error {
	if t.disk.noLinks {
		return syscall.EPERM
	}
	if err := t.disk.step("link"); err != nil {
		return err
	}
	return t.tree.Link(path, from.(*faultyTree).tree)
}

func (t *faultyTree) Move(path string, from tree) error {
	if err := t.disk.step("rename"); err != nil {
		return err
	}
	return t.tree.Move(path, from.(*faultyTree).tree)
}

func (t *faultyTree) Remove(path string) error {
	if err := t.disk.step("remove"); err != nil {
		return err
	}
	return t.tree.Remove(path)
}

func (t *faultyTree) RemoveFolder(path string) error {
	if err := t.disk.step("remove"); err != nil {
		return err
	}
	return t.tree.RemoveFolder(path)
}

type faultyFile struct {
	diskFile
	disk *faultyDisk
}

// Write fails half-way, as a full disk does.
func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.disk.step("write"); err != nil {
		n, _ := f.diskFile.Write(p[:len(p)/2])
		return n, err
	}
	return f.diskFile.Write(p)
}

func (f *faultyFile) Chmod(mode fs.FileMode) error {
	if err := f.disk.step("chmod"); err != nil {
		return err
	}
	return f.diskFile.Chmod(mode)
}

func (f *faultyFile) Look() (sight, error) {
	if err := f.disk.step("stat"); err != nil {
		return sight{}, err
	}
	saw, err := f.diskFile.Look()
	if f.disk.masked {
		saw.mode = 0o600
	}
	return saw, err
}

func (f *faultyFile) Close() error {
	return errors.Join(f.disk.step("close"), f.diskFile.Close())
}

var (
	oldSite = map[string]string{"index.html": "old home", "same/index.html": "same", "same/p.webp": "picture", "gone/index.html": "gone"}
	newSite = map[string]string{"index.html": "new home", "same/index.html": "same", "same/p.webp": "picture", "born/a/index.html": "born"}
)

func setOf(site map[string]string) *Set {
	s := new(Set)
	for path, text := range site {
		s.Add(File{Path: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }})
	}
	return s
}

// siteAt reads what visitors see; nil = nothing at all.
func siteAt(t *testing.T, root string) map[string]string {
	t.Helper()
	var site map[string]string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == marker {
			return err
		}
		if site == nil {
			site = map[string]string{}
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		site[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return site
}

// scene is a folder with the old site published, and with a spare tree of it.
func scene(t *testing.T, spare bool) (root string, open func(disk) *Dir) {
	t.Helper()
	root = t.TempDir()
	open = func(on disk) *Dir {
		d := NewDir(filepath.Join(root, "public"), DirOptions{State: filepath.Join(root, "cache", "state")})
		d.disk = on
		return d
	}
	sites := []map[string]string{oldSite}
	if spare {
		other := maps.Clone(oldSite)
		other["index.html"] = "older home"
		sites = []map[string]string{other, oldSite}
	}
	for _, site := range sites {
		if _, err := Sync(context.Background(), setOf(site), open(osDisk{}), Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if got := siteAt(t, filepath.Join(root, "cache", "state.spare")); spare && !maps.Equal(got, oldSite) {
		t.Fatalf("the spare tree holds %v", got)
	}
	return root, open
}

// mended checks that healthy builds after the fault succeed and tidy up.
func mended(t *testing.T, root string, open func(disk) *Dir, spare bool) {
	t.Helper()
	sites := []map[string]string{newSite}
	if spare {
		sites = []map[string]string{newSite, oldSite, newSite}
	}
	for _, site := range sites {
		if _, err := Sync(context.Background(), setOf(site), open(osDisk{}), Options{}); err != nil {
			t.Errorf("the next build: %v", err)
		}
		if got := siteAt(t, filepath.Join(root, "public")); !maps.Equal(got, site) {
			t.Errorf("after the next build: %v", got)
		}
		tidy(t, root)
	}
}

func tidy(t *testing.T, root string) {
	t.Helper()
	var names []string
	for _, dir := range []string{root, filepath.Join(root, "cache")} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, e.Name())
		}
	}
	if got := strings.Join(names, " "); got != "cache public state" && got != "cache public state state.spare" {
		t.Errorf("lying about: %s", got)
	}
}

// TestDirFaults lets every single step fail, once and for ever after, on
// every kind of file system.
func TestDirFaults(t *testing.T) {
	for _, kind := range []*faultyDisk{{}, {spare: true}, {noExchange: true}, {spare: true, noExchange: true}, {noLinks: true}, {spare: true, noLinks: true}, {masked: true}} {
		_, open := scene(t, kind.spare)
		count := &faultyDisk{disk: osDisk{}, noExchange: kind.noExchange, noLinks: kind.noLinks, masked: kind.masked}
		if _, err := Sync(context.Background(), setOf(newSite), open(count), Options{}); err != nil {
			t.Fatal(err)
		}
		for at := int32(1); at <= count.steps.Load(); at++ {
			for _, forever := range []bool{false, true} {
				for _, cause := range []error{syscall.ENOSPC, syscall.EIO} {
					if forever == (cause == syscall.ENOSPC) && (kind.noExchange || kind.noLinks || kind.masked) {
						continue // two of the four are enough there
					}
					name := fmt.Sprintf("spare %v exchange %v links %v masked %v step %d forever %v %v", kind.spare, !kind.noExchange, !kind.noLinks, kind.masked, at, forever, cause)
					t.Run(name, func(t *testing.T) {
						oneFault(t, &faultyDisk{
							disk: osDisk{}, at: at, forever: forever, err: cause, spare: kind.spare,
							noExchange: kind.noExchange, noLinks: kind.noLinks, masked: kind.masked,
						})
					})
				}
			}
		}
	}
}

func oneFault(t *testing.T, broken *faultyDisk) {
	root, open := scene(t, broken.spare)
	_, err := Sync(context.Background(), setOf(newSite), open(broken), Options{})
	step, _ := broken.failed.Load().(string)
	if step == "" {
		return // two hands needed a step less this time
	}
	got := siteAt(t, filepath.Join(root, "public"))
	isOld, isNew := maps.Equal(got, oldSite), maps.Equal(got, newSite)
	// Where two renames are needed, a disk that dies between them leaves the
	// old site aside; the next start puts it back.
	if aside := got == nil && broken.noExchange && broken.forever; !isOld && !isNew && !aside {
		t.Errorf("after a failing %s the site is neither old nor new: %v", step, got)
	}
	var told *Error
	switch {
	case err == nil && step != "remove" && step != late:
		t.Errorf("a failing %s was not told", step)
	case err != nil && (!errors.As(err, &told) || told.Hint == ""):
		t.Errorf("a failing %s was told without a hint: %v", step, err)
	case err != nil && isNew && !strings.Contains(err.Error(), "the new site is in place"):
		t.Errorf("a failing %s changed the site and says %v", step, err)
	case err != nil && errors.Is(broken.err, syscall.ENOSPC) && isOld && !strings.Contains(err.Error(), "the disk is full"):
		t.Errorf("a full disk is told as %v", err)
	}
	if step == "flush" && !broken.forever && isNew && err == nil {
		t.Error("a failing flush did not stop the exchange")
	}
	if step != "remove" && step != late && !broken.forever {
		tidyShop(t, root)
	}
	mended(t, root, open, broken.spare)
}

func tidyShop(t *testing.T, root string) {
	t.Helper()
	if entries, err := os.ReadDir(filepath.Join(root, ".public.gallerist-next")); err == nil {
		t.Errorf("the workshop was left: %v", entries)
	}
	if _, err := os.Stat(filepath.Join(root, "cache", "state.new")); err == nil {
		t.Error("a half-written state file was left")
	}
}

// A content that cannot be flushed is never shown.
func TestDirFlushFailureStopsExchange(t *testing.T) {
	root, open := scene(t, false)
	_, err := Sync(context.Background(), setOf(newSite), open(flushless{osDisk{}}), Options{})
	if !errors.Is(err, syscall.EIO) || !maps.Equal(siteAt(t, filepath.Join(root, "public")), oldSite) {
		t.Errorf("error %v, site %v", err, siteAt(t, filepath.Join(root, "public")))
	}
	tidy(t, root)
}

type flushless struct{ disk }

func (flushless) Flush(string) error { return syscall.EIO }

// childRoot names the variables by which this test binary, run again, is the
// build that is to be killed.
const childRoot, childStep = "GALLERIST_TEST_KILL_ROOT", "GALLERIST_TEST_KILL_STEP"

// TestDirKilled kills builds at steps drawn with a fixed seed, by a signal
// that leaves them no last word, and looks at what is there.
func TestDirKilled(t *testing.T) {
	if root := os.Getenv(childRoot); root != "" {
		buildAndDie(t, root)
		return
	}
	draw := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for round := range 40 {
		root, open := scene(t, round%2 == 1)
		steps := 1 + draw.IntN(50)
		child := exec.Command(os.Args[0], "-test.run=^TestDirKilled$")
		child.Env = append(os.Environ(), childRoot+"="+root, childStep+"="+strconv.Itoa(steps))
		if err := child.Run(); err != nil {
			killed++
		}
		got := siteAt(t, filepath.Join(root, "public"))
		if !maps.Equal(got, oldSite) && !maps.Equal(got, newSite) {
			t.Errorf("killed at step %d: %v", steps, got)
		}
		mended(t, root, open, round%2 == 1)
	}
	if killed < 10 {
		t.Errorf("only %d builds were killed: draw smaller steps", killed)
	}
}

func buildAndDie(t *testing.T, root string) {
	step, err := strconv.Atoi(os.Getenv(childStep))
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	d := NewDir(filepath.Join(root, "public"), DirOptions{State: filepath.Join(root, "cache", "state")})
	d.disk = &faultyDisk{disk: osDisk{}, at: int32(step), crash: func() {
		_ = self.Kill()
		select {}
	}}
	if _, err := Sync(context.Background(), setOf(newSite), d, Options{}); err != nil {
		t.Fatal(err)
	}
}
