package source

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// A memory on disk is a line that names its version, the options under which
// and the program by which it was read, since another one may read the same
// otherwise, and the folders' records, each before those below it and after its
// length, in chunks that can be read at once. Before each chunk stand its length
// and digest. What is damaged is as good as not there.
//
// No private value is in it: a folder with one in its front matter is saved by
// name only, to be read anew, and so is one that may have changed without a
// trace; private/contacts.csv is not saved at all.

// savedVersion is the first line. It is changed when what is saved changes.
const savedVersion = "gallerist memory 7\n"

// chunkSize is from how many bytes on a chunk ends.
const chunkSize = 256 << 10

// chunk is a part of what was loaded.
type chunk struct {
	digest [sha256.Size]byte
	text   string
}

// Changed says whether Save would save something else than was loaded.
func (m *Memory) Changed() bool { return m.changed }

// Save writes what is remembered, for LoadMemory. It may not be called while
// Read is under way.
func (m *Memory) Save(w io.Writer) error {
	if _, err := io.WriteString(w, savedVersion); err != nil {
		return err
	}
	s := saver{w: w, buf: make([]byte, 0, chunkSize+chunkSize/4)}
	s.text(m.options)
	s.end()
	for _, c := range m.saved { // nobody has read since
		s.text(c.text)
		s.end()
	}
	if m.root != nil {
		s.branch(m.root)
	}
	s.end()
	return s.err
}

// saver writes chunks. After an error it writes nothing.
type saver struct {
	w   io.Writer
	buf []byte // the chunk
	err error
}

func (s *saver) text(text string) { s.buf = append(s.buf, text...) }

// branch adds the records of a branch.
func (s *saver) branch(b *branch) {
	record := b.record
	if record == "" {
		record = b.encode()
	}
	s.buf = binary.AppendUvarint(s.buf, uint64(len(record)))
	s.text(record)
	if len(s.buf) >= chunkSize {
		s.end()
	}
	for _, sub := range b.sub {
		s.branch(sub)
	}
}

// end ends the chunk, if there is something in it.
func (s *saver) end() {
	if s.err == nil && len(s.buf) > 0 {
		sum := sha256.Sum256(s.buf)
		if _, s.err = s.w.Write(append(binary.AppendUvarint(nil, uint64(len(s.buf))), sum[:]...)); s.err == nil {
			_, s.err = s.w.Write(s.buf)
		}
	}
	s.buf = s.buf[:0]
}

// LoadMemory returns what Save has saved; of what it cannot use, nothing. An
// error means that r failed; the memory is then empty.
func LoadMemory(r io.Reader, clock func() time.Time) (*Memory, error) {
	m := NewMemory(clock)
	in := bufio.NewReaderSize(r, 64<<10)
	version, err := in.ReadString('\n')
	if err != nil || version != savedVersion {
		return m, unlessEnd(err)
	}
	var chunks []chunk
	for {
		c, err := loadChunk(in)
		if err == io.EOF {
			break
		}
		if err != nil {
			return m, unlessEnd(err)
		}
		chunks = append(chunks, c)
	}
	if len(chunks) > 0 && chunks[0].intact() {
		m.options, m.saved = chunks[0].text, chunks[1:]
	}
	return m, nil
}

// unlessEnd returns an error that is not that something ends too soon.
func unlessEnd(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil
	}
	return err
}

// loadChunk reads one chunk: io.EOF where there is none, io.ErrUnexpectedEOF
// where there is a part of one.
func loadChunk(in *bufio.Reader) (c chunk, err error) {
	if _, err := in.Peek(1); err != nil {
		return c, err
	}
	var head [binary.MaxVarintLen64 + sha256.Size]byte
	begin, err := in.Peek(len(head))
	if err != nil && err != io.EOF {
		return c, err
	}
	left, used := binary.Uvarint(begin)
	if used <= 0 || copy(c.digest[:], begin[used:]) < len(c.digest) {
		return c, io.ErrUnexpectedEOF
	}
	if _, err := in.Discard(used + len(c.digest)); err != nil {
		return c, err
	}
	var text strings.Builder
	text.Grow(int(min(left, 2*chunkSize))) // more only when it is there: the length may be damaged
	for left > 0 {
		part, err := in.Peek(int(min(left, uint64(in.Size()))))
		text.Write(part)
		if left -= uint64(len(part)); err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return c, err
		}
		if _, err := in.Discard(len(part)); err != nil {
			return c, err
		}
	}
	c.text = text.String()
	return c, nil
}

// intact says whether the text is what its digest says.
func (c *chunk) intact() bool {
	h := sha256.New()
	buf := make([]byte, 16<<10)
	for rest := c.text; rest != ""; {
		n := copy(buf, rest)
		h.Write(buf[:n])
		rest = rest[n:]
	}
	return bytes.Equal(h.Sum(buf[:0]), c.digest[:])
}

// load makes folders of what was loaded: nil when not all of it can be read.
func load(saved []chunk, zone *time.Location) *branch {
	parts := make([][]*folder, len(saved))
	inParallel(len(saved), func(i int) {
		if saved[i].intact() {
			parts[i] = decodeFolders(saved[i].text, zone)
		}
	})
	for _, p := range parts {
		if p == nil {
			return nil
		}
	}
	list := slices.Concat(parts...)
	root := tree(&list, nil, contentDir)
	if root == nil || len(list) > 0 {
		return nil
	}
	root.settle()
	return root
}

// decodeFolders reads a chunk: nil when not all of it can be read.
func decodeFolders(text string, zone *time.Location) (list []*folder) {
	c := readerOf(text, zone)
	for c.data != "" {
		var record string
		c.text(&record)
		f, err := decode(record, zone)
		if err != nil {
			c.err = err
			break
		}
		list = append(list, f)
	}
	if c.free() != nil {
		return nil
	}
	return list
}

// tree takes the branch of a folder from the beginning of a list of folders: nil
// when they do not fit.
func tree(list *[]*folder, above *folder, name string) *branch {
	if len(*list) == 0 || !(*list)[0].stands(above, name) {
		return nil
	}
	b := &branch{folder: (*list)[0]}
	*list = (*list)[1:]
	b.sub = make([]*branch, len(b.dirs))
	for i, d := range b.dirs {
		if b.sub[i] = tree(list, b.folder, d.name); b.sub[i] == nil {
			return nil
		}
	}
	return b
}

// stands says whether that is a folder's name in the one above.
func (f *folder) stands(above *folder, name string) bool {
	if above == nil {
		return f.path == name
	}
	rest, ok := strings.CutPrefix(f.path, above.path)
	return ok && len(rest) > 0 && rest[0] == '/' && rest[1:] == name
}

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
