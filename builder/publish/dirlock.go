package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// lock makes the workshop folder beside the output and takes the lock in it.
// The lock is the operating system's: it ends with its holder, however that
// died, and the number in the file only tells who holds it.
func (d *Dir) lock() error {
	for {
		if err := d.mkdir(d.shop); err != nil && !errors.Is(err, fs.ErrExist) {
			_ = d.disk.Remove(d.shop) // made, perhaps, before the error
			return explain(filepath.Dir(d.root), err)
		}
		name := filepath.Join(d.shop, "lock")
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if errors.Is(err, fs.ErrNotExist) {
			continue // another build has just tidied the workshop away
		}
		if err != nil {
			return explain(d.shop, err)
		}
		mine, err := lockFile(f)
		if err == nil && !mine {
			err = d.lockedBy(f)
		}
		if err != nil {
			return errors.Join(explain(d.shop, err), f.Close())
		}
		if d.lockStands(f, name) {
			d.held = f
			return d.signLock()
		}
		if err := f.Close(); err != nil {
			return explain(d.shop, err)
		}
	}
}

// lockStands says whether the locked file is still the one with that name.
func (d *Dir) lockStands(f *os.File, name string) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(name)
	return err == nil && os.SameFile(held, named)
}

func (d *Dir) signLock() error {
	if err := d.held.Truncate(0); err != nil {
		return explain(d.shop, err)
	}
	_, err := d.held.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return explain(d.shop, err)
}

func (d *Dir) lockedBy(f *os.File) error {
	text, _ := io.ReadAll(io.LimitReader(f, 20)) // unread, the message says less
	who := "another build"
	if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
		who = fmt.Sprintf("another build (process %d)", pid)
	}
	return &Error{Path: d.root, Text: who + " is writing to this folder", Hint: "wait until it has finished"}
}

// release tidies the workshop away and gives the lock back. The lock's file
// goes before the lock, so that a waiting build notices and begins anew.
func (d *Dir) release() error {
	if d.held == nil {
		return nil
	}
	errs := []error{d.closeTrees(), d.clear()}
	name, held := filepath.Join(d.shop, "lock"), d.held
	d.held = nil
	if runtime.GOOS == "windows" { // an open file cannot be removed there
		errs = append(errs, held.Close())
		_ = d.disk.Remove(name) // has a new holder already, if not
	} else {
		errs = append(errs, d.disk.Remove(name), held.Close())
	}
	_ = d.disk.Remove(d.shop) // stays while another build's lock is in it
	return errors.Join(errs...)
}

func (d *Dir) closeTrees() error {
	var errs []error
	for _, t := range []*tree{&d.site, &d.next, &d.spare} {
		if *t != nil {
			errs = append(errs, (*t).Close())
			*t = nil
		}
	}
	return errors.Join(errs...)
}
