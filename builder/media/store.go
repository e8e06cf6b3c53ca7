package media

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Store keeps what was made, by key. Keys are slash-separated paths of lower
// case letters, digits, '-' and '.'. It may lose or damage entries: whoever
// reads them checks them. Its methods may be called at once.
type Store interface {
	// Get returns the value of key, or an error that is fs.ErrNotExist.
	Get(key string) ([]byte, error)
	// Put sets the value of key: readers see the old value or the new one,
	// never a part.
	Put(key string, value []byte) error
	// Delete removes key; it is no error where there is none.
	Delete(key string) error
	// Keys lists all keys, sorted.
	Keys() ([]string, error)
	// Entries lists all entries, by key.
	Entries() ([]Entry, error)
	// Touch notes that an entry was used; it is no error where there is none.
	Touch(key string, now time.Time) error
	// Now returns the time by the clock of the file system, or the zero time
	// where there is none to trust.
	Now() (time.Time, error)
}

// Entry is what a Store tells of a key.
type Entry struct {
	Key  string
	Size int64     // bytes
	Used time.Time // when it was last put or touched, to be held against other entries' and the Store's Now
}

// DirStore returns a Store in a folder, which is created when first needed.
func DirStore(dir string) Store { return &dirStore{dir: dir} }

type dirStore struct {
	dir string
	put atomic.Bool // something was, by this process, since the last Trim
}

// tempPrefix marks files that are being written. A crash leaves some; Keys
// lists them, so that Prune takes them away.
const tempPrefix = ".tmp-"

func (d *dirStore) file(key string) string {
	return filepath.Join(d.dir, filepath.FromSlash(key))
}

func (d *dirStore) Get(key string) ([]byte, error) { return os.ReadFile(d.file(key)) }

// Put does not flush: an entry that a power cut leaves torn is found out by
// its checksum.
func (d *dirStore) Put(key string, value []byte) error {
	if key != trimmedKey {
		d.put.Store(true)
	}
	err := d.write(key, value)
	if errors.Is(err, fs.ErrNotExist) { // somebody is just deleting the whole cache
		err = d.write(key, value)
	}
	return unwritable(err)
}

// unwritable says what cannot be written: the name of a file that is being
// written tells nobody.
func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the cache cannot be written; it needs free space and the right to write there: %w", err)
}

func (d *dirStore) write(key string, value []byte) error {
	name := d.file(key)
	temp, err := d.create(filepath.Dir(name))
	if err != nil {
		return err
	}
	_, err = temp.Write(value)
	if cerr := temp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		os.Remove(temp.Name())
	}
	return err
}

func (d *dirStore) create(dir string) (*os.File, error) {
	temp, err := os.CreateTemp(dir, tempPrefix)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		return os.CreateTemp(dir, tempPrefix)
	}
	return temp, err
}

func (d *dirStore) Delete(key string) error {
	err := os.Remove(d.file(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (d *dirStore) Keys() ([]string, error) {
	var keys []string
	err := fs.WalkDir(os.DirFS(d.dir), ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !e.IsDir():
			keys = append(keys, p)
		}
		return nil
	})
	slices.Sort(keys)
	return keys, err
}

// grown says whether this process has put anything since it last asked.
func (d *dirStore) grown() bool { return d.put.Swap(false) }

// Entries passes over what goes while it looks.
func (d *dirStore) Entries() ([]Entry, error) {
	var entries []Entry
	err := fs.WalkDir(os.DirFS(d.dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var st fs.FileInfo
			if st, err = e.Info(); err == nil {
				entries = append(entries, Entry{p, st.Size(), st.ModTime()})
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Key, b.Key) })
	return entries, err
}

// Touch gives the file a new time of change.
func (d *dirStore) Touch(key string, now time.Time) error {
	err := os.Chtimes(d.file(key), time.Time{}, now)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Now asks the file system by letting it mark a file.
func (d *dirStore) Now() (time.Time, error) {
	temp, err := d.create(d.dir)
	if err != nil {
		return time.Time{}, unwritable(err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write([]byte{0})
	st, serr := temp.Stat()
	if err := errors.Join(err, serr, temp.Close()); err != nil {
		return time.Time{}, unwritable(err)
	}
	return st.ModTime(), nil
}

// MemStore returns a Store in memory. It has no clock: what Entries tells of
// use is an order.
func MemStore() Store { return &memStore{values: map[string]memValue{}} }

type memStore struct {
	mu     sync.Mutex
	values map[string]memValue
	uses   int64
}

type memValue struct {
	data []byte
	used int64 // number of the use
}

func (m *memStore) Get(key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.values[key]
	if !ok {
		return nil, &fs.PathError{Op: "get", Path: key, Err: fs.ErrNotExist}
	}
	return slices.Clone(v.data), nil
}

func (m *memStore) Put(key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uses++
	m.values[key] = memValue{slices.Clone(value), m.uses}
	return nil
}

func (m *memStore) Delete(key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, key)
	return nil
}

func (m *memStore) Touch(key string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.values[key]; ok {
		m.uses++
		m.values[key] = memValue{v.data, m.uses}
	}
	return nil
}

func (m *memStore) Now() (time.Time, error) { return time.Time{}, nil }

func (m *memStore) Keys() ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return sortedKeys(m.values), nil
}

func (m *memStore) Entries() ([]Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	entries := make([]Entry, 0, len(m.values))
	for _, key := range sortedKeys(m.values) {
		v := m.values[key]
		entries = append(entries, Entry{key, int64(len(v.data)), time.Unix(v.used, 0)})
	}
	return entries, nil
}
