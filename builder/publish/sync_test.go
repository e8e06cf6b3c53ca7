package publish_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	gosync "sync"
	"testing"

	"gallerist/builder/publish"
	"gallerist/builder/publish/publishtest"
)

// memory is a target without transactions, as a bucket is. It remembers what
// was asked of it.
type memory struct {
	mu    gosync.Mutex
	files map[string]string
	keys  map[string]publish.KeySum
	calls []string
}

func newMemory() *memory {
	return &memory{files: map[string]string{}, keys: map[string]publish.KeySum{}}
}

func (m *memory) Manifest(context.Context) (publish.Manifest, error) {
	out := publish.Manifest{}
	for path, text := range m.files {
		out = append(out, publish.Entry{Path: path, Hash: sha256.Sum256([]byte(text)), Size: int64(len(text)), Key: m.keys[path]})
	}
	slices.SortFunc(out, func(a, b publish.Entry) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

func (m *memory) Put(_ context.Context, f publish.File) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[f.Path], m.keys[f.Path] = string(data), publish.SumKey(f.Key)
	m.calls = append(m.calls, "put "+f.Path)
	return nil
}

func (m *memory) Delete(_ context.Context, path string) error {
	delete(m.files, path)
	m.calls = append(m.calls, "delete "+path)
	return nil
}

func TestMemoryContract(t *testing.T) {
	publishtest.Target(t, func(*testing.T) publishtest.Place {
		m := newMemory()
		return publishtest.Place{Target: m, Contents: func() (map[string]string, error) { return maps.Clone(m.files), nil }}
	})
}

// A visitor of a place that changes file by file never meets a page whose
// pictures are not there.
func TestPicturesBeforePages(t *testing.T) {
	m := newMemory()
	sync(t, m, "old.webp", "o", "index.html", "old")
	m.calls = nil
	sync(t, m, "a.html", "a", "b.webp", "b", "feed.xml", "f", "index.html", "new", "z.css", "z")
	last := len(m.calls) - 1
	slices.Sort(m.calls[:2])
	if !slices.Equal(m.calls[:2], []string{"put b.webp", "put z.css"}) || m.calls[last] != "delete old.webp" || len(m.calls) != 6 {
		t.Errorf("order %q", m.calls)
	}
}

// What stands across the seam of two pieces is seen too.
func TestVerifySeesAllOfALargeFile(t *testing.T) {
	const secret = "olya@example.org"
	for _, at := range []int{0, 1<<22 - 7, 1<<22 - 1, 1 << 22, 3 << 21, 9<<20 - len(secret)} {
		film := bytes.Repeat([]byte("."), 9<<20)
		copy(film[at:], secret)
		_, err := publish.Sync(context.Background(), publishtest.Set("film.mp4", string(film)), newMemory(), publish.Options{
			Verify: func(_ string, content []byte) error {
				if bytes.Contains(content, []byte(secret)) {
					return errors.New("leak")
				}
				return nil
			},
		})
		if err == nil {
			t.Errorf("missed at %d", at)
		}
	}
}

// All files that cannot be made are told at once, in order.
func TestRefusalsAreGathered(t *testing.T) {
	set := publishtest.Set("ok.html", "x")
	for _, path := range []string{"c.html", "a.css", "b.html"} {
		set.Add(publish.File{Path: path, Open: func() (io.ReadCloser, error) { return nil, errors.New("no") }})
	}
	set.Add(publish.File{Path: "short.webp", Size: 3, Open: publishtest.Text("xx")})
	set.Add(publish.File{Path: "swapped.webp", Hash: publish.Hash{1}, Open: publishtest.Text("xx")})
	_, err := publish.Sync(context.Background(), set, newMemory(), publish.Options{})
	want := "a.css: no\nb.html: no\nc.html: no\nshort.webp: 3 bytes were announced and 2 came\nswapped.webp: the content is not what was announced"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A film that changes between the two readings is not published.
func TestChangeDuringSync(t *testing.T) {
	n := 0
	set := new(publish.Set)
	set.Add(publish.File{Path: "film.mp4", Open: func() (io.ReadCloser, error) {
		n++
		return publishtest.Text(strings.Repeat(string(rune('a'+n)), 5<<20))()
	}})
	if _, err := publish.Sync(context.Background(), set, newMemory(), publish.Options{}); err == nil || !strings.Contains(err.Error(), "changed while") {
		t.Errorf("error %v", err)
	}
}

// A file whose reader has doubts is made again, whatever its key says.
func TestDoubt(t *testing.T) {
	opened, doubted := 0, true
	set := new(publish.Set)
	set.Add(publish.File{Path: "a.html", Key: "same", Open: func() (io.ReadCloser, error) {
		opened++
		in, err := publishtest.Text("x")()
		return doubter{in, doubted}, err
	}})
	root := t.TempDir()
	target := publish.NewDir(filepath.Join(root, "public"), publish.DirOptions{State: filepath.Join(root, "state")})
	for range 2 {
		if _, err := publish.Sync(t.Context(), set, target, publish.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	doubted = false
	for range 3 {
		if _, err := publish.Sync(t.Context(), set, target, publish.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if opened != 3 {
		t.Errorf("opened %d times, not twice with doubts and once without", opened)
	}
}

type doubter struct {
	io.ReadCloser
	doubts bool
}

func (d doubter) Doubted() bool { return d.doubts }

// What is made is verified although it stands already: what is looked for may
// be new.
func TestVerifySeesWhatStands(t *testing.T) {
	set, target, seen := publishtest.Set("a.html", "x"), newMemory(), 0
	verify := publish.Options{Verify: func(string, []byte) error { seen++; return nil }}
	for range 2 {
		if _, err := publish.Sync(t.Context(), set, target, verify); err != nil {
			t.Fatal(err)
		}
	}
	if seen != 2 {
		t.Errorf("verified %d times", seen)
	}
}

// lender has its content in memory and may not be read.
type lender struct {
	*bytes.Buffer
	closed *bool
	t      *testing.T
}

func (l lender) Read([]byte) (int, error) {
	l.t.Error("read, although the bytes were there")
	return 0, io.EOF
}

func (l lender) WriteTo(io.Writer) (int64, error) { _, err := l.Read(nil); return 0, err }

func (l lender) Bytes() []byte {
	if *l.closed {
		l.t.Error("asked after it was closed")
	}
	return l.Buffer.Bytes()
}

// Close does as whoever uses the buffer next.
func (l lender) Close() error {
	*l.closed = true
	clear(l.Buffer.Bytes())
	return nil
}

// What is in memory is published from there, and not looked at once it is
// given back.
func TestBytesAreLent(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "public")
	for _, target := range []publish.Target{newMemory(), publish.NewDir(out, publish.DirOptions{})} {
		for _, text := range []string{"", "a page", strings.Repeat("long ", 800_000)} {
			closed := false
			set := new(publish.Set)
			set.Add(publish.File{Path: "index.html", Open: func() (io.ReadCloser, error) {
				closed = false
				return lender{bytes.NewBufferString(text), &closed, t}, nil
			}})
			verified := 0
			_, err := publish.Sync(t.Context(), set, target, publish.Options{Verify: func(_ string, content []byte) error {
				verified += len(content)
				return nil
			}})
			if err != nil || !closed || verified != len(text) {
				t.Errorf("%d bytes: closed %v, verified %d, %v", len(text), closed, verified, err)
			}
			got, err := contents(out)
			if m, ok := target.(*memory); ok {
				got, err = m.files, nil
			}
			if err != nil || got["index.html"] != text {
				t.Errorf("%d bytes came as %.20q, %v", len(text), got["index.html"], err)
			}
		}
	}
}
