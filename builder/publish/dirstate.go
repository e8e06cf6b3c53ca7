package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
	"time"
)

// state is what a state file remembers of the last publication.
type state struct {
	files   Manifest // what was published
	looks   []look   // of each file
	outline outline  // of files
	places  []places // of each folder of the outline
	written int64    // when, in nanoseconds since 1970
}

// places are a folder's in the visible tree and in the spare one, whichever
// comes first: trees change their parts.
type places [2]place

// has says whether p, seen now, is one of the places and was not taken in the
// moment that it was noted or later, when a further change could have gone
// unseen.
func (ps places) has(p place, written int64) bool {
	return p != place{} && (p == ps[0] || p == ps[1]) && p.changed < written
}

// justNow is how long a change may lie back and still have the moment of what is
// written now: a tick of the slowest clock that Linux stamps files with.
const justNow = 20 * time.Millisecond

// seal hashes the files in the tree at that name which only their key tells and
// which were written just now: a later look would not believe them.
func (s *state) seal(tree string) (err error) {
	since := time.Now().Add(-justNow).UnixNano()
	for i := range s.files {
		if f := &s.files[i]; f.Hash == (Hash{}) && s.looks[i].mtime >= since {
			if f.Hash, err = hashFile(filepath.Join(tree, filepath.FromSlash(f.Path))); err != nil {
				return err
			}
		}
	}
	return nil
}

// A state file holds, numbers in little endian:
//
//	the line stateHead
//	length of 4 bytes and text    output folder
//	2 counts of 4 bytes           files, folders
//	fileSize bytes a file         hash, key, size, mtime, inode, length of the path (2)
//	folderSize bytes a folder     moment and inode in one tree, in the other
//	text                          all paths, in order
//	32 bytes                      SHA-256 of all that is before
//
// Which folders there are follows from the paths. Sizes are fixed and paths are
// parts of one string, so that the state of 200,000 files is read at once.
const (
	stateHead  = "gallerist published files 3\n"
	fileSize   = sha256.Size + len(KeySum{}) + 8 + 8 + 8 + 2
	folderSize = 2 * (8 + 8)
)

// readState returns what the state file says of the output folder. A missing,
// damaged or foreign file says nothing: then all that is there is hashed again.
func readState(file, output string) *state {
	if file == "" {
		return &state{}
	}
	info, err := os.Stat(file)
	if err != nil {
		return &state{}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return &state{}
	}
	s, ok := decodeState(data, output)
	if !ok {
		return &state{}
	}
	s.written = info.ModTime().UnixNano()
	return s
}

// decodeState reads a state file's bytes and says whether they are whole and
// speak of that output folder.
func decodeState(data []byte, output string) (*state, bool) {
	body := max(len(data)-sha256.Size, 0)
	if sum := sha256.Sum256(data[:body]); !bytes.Equal(sum[:], data[body:]) {
		return nil, false
	}
	in := reader{rest: data[:body]}
	if string(in.take(len(stateHead))) != stateHead || string(in.text()) != output {
		return nil, false
	}
	s := &state{}
	files, folders := int(in.uint32()), int(in.uint32())
	records, spots := in.take(files*fileSize), in.take(folders*folderSize)
	if in.short || !s.decodeFiles(reader{rest: records}, files, string(in.rest)) {
		return nil, false
	}
	s.outline = outlineOf(s.files)
	if len(s.outline.folders) != folders {
		return nil, false
	}
	s.places = make([]places, folders)
	in = reader{rest: spots}
	for i := range s.places {
		for j := range s.places[i] {
			s.places[i][j] = place{changed: int64(in.uint64()), inode: in.uint64()}
		}
	}
	return s, true
}

// decodeFiles reads n records, whose paths are the parts of the string.
func (s *state) decodeFiles(in reader, n int, paths string) bool {
	s.files, s.looks = make(Manifest, n), make([]look, n)
	for i := range s.files {
		f := &s.files[i]
		copy(f.Hash[:], in.take(len(f.Hash)))
		copy(f.Key[:], in.take(len(f.Key)))
		f.Size = int64(in.uint64())
		s.looks[i] = look{mtime: int64(in.uint64()), inode: in.uint64()}
		length := int(in.uint16())
		if length == 0 || length > len(paths) {
			return false
		}
		f.Path, paths = paths[:length], paths[length:]
		if i > 0 && f.Path <= s.files[i-1].Path {
			return false
		}
	}
	return paths == ""
}

// reader takes numbers and texts off a slice; short says that it ended early.
type reader struct {
	rest  []byte
	short bool
}

var zeros [sha256.Size]byte

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.short = true
		return zeros[:min(max(n, 0), len(zeros))]
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) uint16() uint16 { return binary.LittleEndian.Uint16(r.take(2)) }
func (r *reader) uint32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *reader) uint64() uint64 { return binary.LittleEndian.Uint64(r.take(8)) }
func (r *reader) text() []byte   { return r.take(int(r.uint32())) }

// encode returns the state file's bytes: same state, same bytes.
func (s *state) encode(output string) []byte {
	size := len(stateHead) + 4 + len(output) + 4 + 4 + len(s.files)*fileSize + len(s.places)*folderSize + sha256.Size
	for i := range s.files {
		size += len(s.files[i].Path)
	}
	le := binary.LittleEndian
	out := append(make([]byte, 0, size), stateHead...)
	out = append(le.AppendUint32(out, uint32(len(output))), output...)
	out = le.AppendUint32(le.AppendUint32(out, uint32(len(s.files))), uint32(len(s.places)))
	for i := range s.files {
		f := &s.files[i]
		out = append(append(out, f.Hash[:]...), f.Key[:]...)
		out = le.AppendUint64(out, uint64(f.Size))
		out = le.AppendUint64(le.AppendUint64(out, uint64(s.looks[i].mtime)), s.looks[i].inode)
		out = le.AppendUint16(out, uint16(len(f.Path)))
	}
	for _, ps := range s.places {
		for _, p := range ps {
			out = le.AppendUint64(le.AppendUint64(out, uint64(p.changed)), p.inode)
		}
	}
	for i := range s.files {
		out = append(out, s.files[i].Path...)
	}
	sum := sha256.Sum256(out)
	return append(out, sum[:]...)
}

// writeState puts the state file in place by a rename.
func (d *Dir) writeState(s *state) error {
	if d.opt.State == "" {
		return nil
	}
	if err := d.makeParents(filepath.Dir(d.opt.State)); err != nil {
		return explain(d.opt.State, err)
	}
	temp := d.opt.State + ".new"
	f, err := d.disk.Create(temp)
	if err == nil {
		_, err = writeAll(f, bytes.NewReader(s.encode(d.root)))
	}
	if err == nil {
		err = d.disk.Rename(temp, d.opt.State)
	}
	if err != nil {
		_ = d.disk.Remove(temp) // the first error is the one to tell
		return explain(d.opt.State, err)
	}
	return nil
}
