package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// A memory on disk is a line that names its version and what its records are
// made of, the options under which and the program by which it was read, since
// another one may read the same otherwise, and the folders, each before
// those below it, in chunks that can be read at once. Before each chunk stand
// its length and digest. What is damaged is as good as not there.
//
// No private value is in it: a folder with one in its front matter is saved by
// name only, to be read anew, and so is one that may have changed without a
// trace; private/contacts.csv is not saved at all.

// savedVersion is changed when the meaning of what is saved changes.
const savedVersion = "gallerist memory 2 "

// chunkFolders is how many folders one chunk holds.
const chunkFolders = 256

// record is a folder as saved.
type record struct {
	Path, Dir string
	Dirs      []savedFile
	Known     bool // else only the above
	In, Out   savedScope
	Probs     problem.List
	Series    *gallery.Series
	Gallery   *gallery.Gallery
	Piece     *gallery.Submission
	Broken    bool
	Articles  []*gallery.Article
	Refs      []savedReference
	Stamps    []stamp
	Now       time.Time
	Latest    time.Time
}

type savedFile struct{ Name, Key string }

type savedScope struct {
	Depth          int
	Gallery, Piece bool
	Lang           string
}

type savedReference struct {
	ID, Key string
	Pos     problem.Pos
}

// savedHead is the first line: version and what records are made of.
func savedHead() []byte {
	h := sha256.New()
	describe(h, reflect.TypeFor[record]())
	return append(h.Sum([]byte(savedVersion)), '\n')
}

// Changed says whether Save would save something else than was loaded.
func (m *Memory) Changed() bool { return m.changed }

// Save writes what is remembered, for LoadMemory. It may not be called while
// Read is under way.
func (m *Memory) Save(w io.Writer) error {
	head := savedHead()
	for _, chunk := range m.chunks() {
		sum := sha256.Sum256(chunk)
		head = append(binary.AppendUvarint(head, uint64(len(chunk))), sum[:]...)
		if _, err := w.Write(head); err != nil {
			return err
		}
		if _, err := w.Write(chunk); err != nil {
			return err
		}
		head = head[:0]
	}
	return nil
}

// chunks are the options and the folders.
func (m *Memory) chunks() [][]byte {
	chunks := [][]byte{[]byte(m.options)}
	if m.saved != nil { // and nobody has read since
		for _, s := range m.saved {
			chunks = append(chunks, s[sha256.Size:])
		}
		return chunks
	}
	folders := m.root.folders(nil)
	parts := slices.Collect(slices.Chunk(folders, chunkFolders))
	cs := codecs{}
	c := cs.of(reflect.TypeFor[record]())
	chunks = append(chunks, make([][]byte, len(parts))...)
	inParallel(len(parts), func(i int) { chunks[i+1] = encodeFolders(c, parts[i]) })
	return chunks
}

// folders appends a branch's folders, each before those below it.
func (b *branch) folders(list []*folder) []*folder {
	if b == nil {
		return nil
	}
	list = append(list, b.folder)
	for _, sub := range b.sub {
		list = sub.folders(list)
	}
	return list
}

func encodeFolders(c codec, list []*folder) []byte {
	e := &encoder{texts: map[string]uint64{}, buf: make([]byte, 0, 256<<10)}
	for _, f := range list {
		clear(e.texts)
		c.enc(e, reflect.ValueOf(f.record()).Elem())
	}
	return e.buf
}

// LoadMemory returns what Save has saved; of what it cannot use, nothing. An
// error means that r failed; the memory is then empty.
func LoadMemory(r io.Reader, clock func() time.Time) (*Memory, error) {
	m := NewMemory(clock)
	data, err := io.ReadAll(r)
	if err != nil {
		return m, err
	}
	rest, ok := bytes.CutPrefix(data, savedHead())
	if !ok {
		return m, nil
	}
	for len(rest) > 0 {
		n, used := binary.Uvarint(rest)
		if used <= 0 || n > uint64(len(rest)-used) || uint64(len(rest)-used)-n < sha256.Size {
			return m, nil
		}
		end := used + sha256.Size + int(n)
		m.saved = append(m.saved, rest[used:end])
		rest = rest[end:]
	}
	if options, ok := intact(m.saved); ok {
		m.options, m.saved = string(options), m.saved[1:]
	} else {
		m.saved = nil
	}
	return m, nil
}

// intact returns the first chunk without its digest.
func intact(chunks [][]byte) ([]byte, bool) {
	if len(chunks) == 0 {
		return nil, false
	}
	digest, chunk := chunks[0][:sha256.Size], chunks[0][sha256.Size:]
	sum := sha256.Sum256(chunk)
	return chunk, bytes.Equal(digest, sum[:])
}

// load makes folders of what was loaded: nil when not all of it can be read.
func load(saved [][]byte, zone *time.Location) *branch {
	cs := codecs{}
	c := cs.of(reflect.TypeFor[record]())
	parts := make([][]*folder, len(saved))
	inParallel(len(saved), func(i int) {
		if chunk, ok := intact(saved[i:]); ok {
			parts[i] = decodeFolders(c, string(chunk), zone)
		}
	})
	for _, p := range parts {
		if p == nil {
			return nil
		}
	}
	list := slices.Concat(parts...)
	root := tree(&list, contentDir)
	if root == nil || len(list) > 0 {
		return nil
	}
	root.settle()
	return root
}

func decodeFolders(c codec, data string, zone *time.Location) (list []*folder) {
	d := &decoder{data: data, zone: zone}
	for d.data != "" {
		var rec record
		d.texts = d.texts[:0]
		c.dec(d, reflect.ValueOf(&rec).Elem())
		if d.err != nil {
			return nil
		}
		list = append(list, rec.folder())
	}
	return list
}

// tree takes the branch of a path from the beginning of a list of folders: nil
// when they do not fit.
func tree(list *[]*folder, path string) *branch {
	if len(*list) == 0 || (*list)[0].path != path {
		return nil
	}
	b := &branch{folder: (*list)[0]}
	*list = (*list)[1:]
	b.sub = make([]*branch, len(b.dirs))
	for i, d := range b.dirs {
		if b.sub[i] = tree(list, path+"/"+d.name); b.sub[i] == nil {
			return nil
		}
	}
	return b
}

// record returns what is saved of a folder.
func (f *folder) record() *record {
	rec := &record{Path: f.path, Dir: f.dir}
	for _, d := range f.dirs {
		rec.Dirs = append(rec.Dirs, savedFile{d.name, d.key})
	}
	if !f.asItWas() || len(f.private) > 0 {
		return rec
	}
	rec.Known = true
	rec.In, rec.Out = f.in.saved(), f.out.saved()
	rec.Probs, rec.Series, rec.Gallery, rec.Piece, rec.Broken = f.probs, f.series, f.gallery, f.piece, f.broken
	rec.Articles, rec.Stamps, rec.Now, rec.Latest = f.articles, f.stamps, f.now, f.latest
	for _, r := range f.refs {
		rec.Refs = append(rec.Refs, savedReference{r.id, r.key, r.pos})
	}
	return rec
}

func (rec *record) folder() *folder {
	f := &folder{path: rec.Path, dir: rec.Dir}
	for _, d := range rec.Dirs {
		f.dirs = append(f.dirs, file{d.Name, d.Key})
	}
	if !rec.Known {
		f.fleeting = true
		return f
	}
	f.in, f.out = rec.In.scope(), rec.Out.scope()
	f.probs, f.series, f.gallery, f.piece, f.broken = rec.Probs, rec.Series, rec.Gallery, rec.Piece, rec.Broken
	f.articles, f.stamps, f.now, f.latest = rec.Articles, rec.Stamps, rec.Now, rec.Latest
	for _, r := range rec.Refs {
		f.refs = append(f.refs, reference{r.ID, r.Pos, r.Key})
	}
	return f
}

func (s scope) saved() savedScope { return savedScope{s.depth, s.gallery, s.piece, s.lang} }
func (s savedScope) scope() scope { return scope{s.Depth, s.Gallery, s.Piece, s.Lang} }

// inParallel calls do for 0 to n-1 on all cores.
func inParallel(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}
