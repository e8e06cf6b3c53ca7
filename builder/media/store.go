package media

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
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
	// Now returns the time by the clock of the file system, or the zero time
	// where there is none to trust.
	Now() (time.Time, error)
}

// DirStore returns a Store in a folder, which is created when first needed.
func DirStore(dir string) Store { return dirStore(dir) }

type dirStore string

// tempPrefix marks files that are being written. A crash leaves some; Keys
// lists them, so that Prune takes them away.
const tempPrefix = ".tmp-"

func (d dirStore) file(key string) string {
	return filepath.Join(string(d), filepath.FromSlash(key))
}

func (d dirStore) Get(key string) ([]byte, error) { return os.ReadFile(d.file(key)) }

// Put does not flush: an entry that a power cut leaves torn is found out by
// its checksum.
func (d dirStore) Put(key string, value []byte) error {
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

func (d dirStore) create(dir string) (*os.File, error) {
	temp, err := os.CreateTemp(dir, tempPrefix)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		return os.CreateTemp(dir, tempPrefix)
	}
	return temp, err
}

func (d dirStore) Delete(key string) error {
	err := os.Remove(d.file(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (d dirStore) Keys() ([]string, error) {
	var keys []string
	err := fs.WalkDir(os.DirFS(string(d)), ".", func(p string, e fs.DirEntry, err error) error {
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

// Now asks the file system by letting it mark a file.
func (d dirStore) Now() (time.Time, error) {
	temp, err := d.create(string(d))
	if err != nil {
		return time.Time{}, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write([]byte{0})
	st, serr := temp.Stat()
	if err := errors.Join(err, serr, temp.Close()); err != nil {
		return time.Time{}, err
	}
	return st.ModTime(), nil
}

// MemStore returns a Store in memory.
func MemStore() Store { return &memStore{values: map[string][]byte{}} }

type memStore struct {
	mu     sync.Mutex
	values map[string][]byte
}

func (m *memStore) Get(key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.values[key]
	if !ok {
		return nil, &fs.PathError{Op: "get", Path: key, Err: fs.ErrNotExist}
	}
	return slices.Clone(v), nil
}

func (m *memStore) Put(key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[key] = slices.Clone(value)
	return nil
}

func (m *memStore) Delete(key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, key)
	return nil
}

func (m *memStore) Now() (time.Time, error) { return time.Time{}, nil }

func (m *memStore) Keys() ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := make([]string, 0, len(m.values))
	for k := range m.values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys, nil
}
