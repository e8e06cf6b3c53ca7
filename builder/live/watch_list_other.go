//go:build !linux

package live

import "os"

// listing is what listing folders uses again: nothing.
type listing struct{}

// list calls f with the name and stamp of each of a folder's entries that
// wanted says yes to, sorted by name.
func (*listing) list(path string, wanted func(name string) bool, f func(name string, s stamp)) error {
	found, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range found {
		if !wanted(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil { // else it is gone again
			f(e.Name(), stampOf(info))
		}
	}
	return nil
}
