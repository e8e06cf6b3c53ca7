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
	masked     bool // an umask takes from every mode
}

func (d *faultyDisk) step(name string) error {
	n := d.steps.Add(1)
	if d.at == 0 || n != d.at && (!d.forever || n < d.at) {
		return nil
	}
	if d.crash != nil {
		d.crash()
	}
	d.failed.CompareAndSwap(nil, name)
	return &os.PathError{Op: name, Path: "somewhere", Err: d.err}
}

func (d *faultyDisk) Mkdir(name string) error {
	err := errors.Join(d.step("mkdir"), d.disk.Mkdir(name))
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

func (d *faultyDisk) Create(name string) (diskFile, error) {
	if err := d.step("create"); err != nil {
		return nil, err
	}
	f, err := d.disk.Create(name)
	return &faultyFile{diskFile: f, disk: d}, err
}

func (d *faultyDisk) Link(from, to string) error {
	if d.noLinks {
		return syscall.EPERM
	}
	if err := d.step("link"); err != nil {
		return err
	}
	return d.disk.Link(from, to)
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
	return d.disk.Exchange(a, b)
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

func (f *faultyFile) Stat() (stat, fs.FileMode, error) {
	if err := f.disk.step("stat"); err != nil {
		return stat{}, 0, err
	}
	st, mode, err := f.diskFile.Stat()
	if f.disk.masked {
		mode = 0o600
	}
	return st, mode, err
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

// scene is a folder with the old site published.
func scene(t *testing.T) (root string, open func(disk) *Dir) {
	t.Helper()
	root = t.TempDir()
	open = func(on disk) *Dir {
		d := NewDir(filepath.Join(root, "public"), DirOptions{State: filepath.Join(root, "cache", "state")})
		d.disk = on
		return d
	}
	if _, err := Sync(context.Background(), setOf(oldSite), open(osDisk{}), Options{}); err != nil {
		t.Fatal(err)
	}
	return root, open
}

// mended checks that a healthy build after the fault succeeds and tidies up.
func mended(t *testing.T, root string, open func(disk) *Dir) {
	t.Helper()
	if _, err := Sync(context.Background(), setOf(newSite), open(osDisk{}), Options{}); err != nil {
		t.Errorf("the next build: %v", err)
	}
	if got := siteAt(t, filepath.Join(root, "public")); !maps.Equal(got, newSite) {
		t.Errorf("after the next build: %v", got)
	}
	tidy(t, root)
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
	if got := strings.Join(names, " "); got != "cache public state" {
		t.Errorf("lying about: %s", got)
	}
}

// TestDirFaults lets every single step fail, once and for ever after, on
// every kind of file system.
func TestDirFaults(t *testing.T) {
	for _, kind := range []*faultyDisk{{}, {noExchange: true}, {noLinks: true}, {masked: true}} {
		_, open := scene(t)
		count := &faultyDisk{disk: osDisk{}, noExchange: kind.noExchange, noLinks: kind.noLinks, masked: kind.masked}
		if _, err := Sync(context.Background(), setOf(newSite), open(count), Options{}); err != nil {
			t.Fatal(err)
		}
		for at := int32(1); at <= count.steps.Load(); at++ {
			for _, forever := range []bool{false, true} {
				for _, cause := range []error{syscall.ENOSPC, syscall.EIO} {
					name := fmt.Sprintf("exchange %v links %v masked %v step %d forever %v %v", !kind.noExchange, !kind.noLinks, kind.masked, at, forever, cause)
					t.Run(name, func(t *testing.T) {
						oneFault(t, &faultyDisk{
							disk: osDisk{}, at: at, forever: forever, err: cause,
							noExchange: kind.noExchange, noLinks: kind.noLinks, masked: kind.masked,
						})
					})
				}
			}
		}
	}
}

func oneFault(t *testing.T, broken *faultyDisk) {
	root, open := scene(t)
	_, err := Sync(context.Background(), setOf(newSite), open(broken), Options{})
	step, _ := broken.failed.Load().(string)
	got := siteAt(t, filepath.Join(root, "public"))
	isOld, isNew := maps.Equal(got, oldSite), maps.Equal(got, newSite)
	// Where two renames are needed, a disk that dies between them leaves the
	// old site aside; the next start puts it back.
	if aside := got == nil && broken.noExchange && broken.forever; !isOld && !isNew && !aside {
		t.Errorf("after a failing %s the site is neither old nor new: %v", step, got)
	}
	var told *Error
	switch {
	case err == nil && step != "remove":
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
	if step != "remove" && !broken.forever {
		tidyShop(t, root)
	}
	mended(t, root, open)
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
	root, open := scene(t)
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
	for range 30 {
		root, open := scene(t)
		steps := 1 + draw.IntN(60)
		child := exec.Command(os.Args[0], "-test.run=^TestDirKilled$")
		child.Env = append(os.Environ(), childRoot+"="+root, childStep+"="+strconv.Itoa(steps))
		if err := child.Run(); err != nil {
			killed++
		}
		got := siteAt(t, filepath.Join(root, "public"))
		if !maps.Equal(got, oldSite) && !maps.Equal(got, newSite) {
			t.Errorf("killed at step %d: %v", steps, got)
		}
		mended(t, root, open)
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
