package gitindex

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Index is what an index says of the files that could be clean. It does not
// change, so its methods may be called at once.
type Index struct {
	data    []byte
	idSize  int
	written time.Time
	names   []string // sorted
	at      []uint32 // where the entry of each begins
}

// MaxSize is the largest index that is read, in bytes: more than two million
// files.
const MaxSize = 256 << 20

// ErrSplit says that the entries are in another file beside the index, which
// is not read.
var ErrSplit = errors.New("the git index is split in two files, which is not read")

// Parts of the file, in bytes.
const (
	headerSize  = 12
	statSize    = 40 // ten numbers of 32 bits
	flagsSize   = 2
	minNameSize = 2 // a letter and the NUL
)

// Places within an entry.
const (
	atMtime  = 8
	atInode  = 20
	atMode   = 24
	atLength = 36
)

// Flags of an entry, and of its second field, which version 3 adds.
const (
	flagAssumeValid = 1 << 15
	flagExtended    = 1 << 14
	flagStage       = 3 << 12
	flagNameSize    = 1<<12 - 1

	flagSkipWorktree = 1 << 14
	flagIntentToAdd  = 1 << 13
)

// Names take no more memory than namesFactor times the file, though version 4
// writes only where each differs from the one before.
const namesFactor = 4

// Parse reads an index; written is the time of change of its file. The data
// are kept and must not change. Whether ids are SHA-1 or SHA-256 is told by the
// checksum at the end. Where git was told to leave that out (index.skipHash:
// zeros), the layout tells: an entry that was damaged then may have a wrong id,
// which is nobody's.
func Parse(data []byte, written time.Time) (*Index, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("the git index is larger than %d MB", MaxSize>>20)
	}
	if len(data) < headerSize+sha1.Size || string(data[:4]) != "DIRC" {
		return nil, errors.New("this is not a git index")
	}
	err := errors.New("the git index is damaged: its checksum is wrong")
	for _, idSize := range []int{sha1.Size, sha256.Size} {
		if !sealed(data, idSize) {
			continue
		}
		x := &Index{data: data, idSize: idSize, written: written}
		if err = x.parse(); err == nil {
			return x, nil
		}
	}
	return nil, err
}

// sealed says whether data end with their checksum, or with zeros instead.
func sealed(data []byte, size int) bool {
	n := len(data) - size
	if n < headerSize {
		return false
	}
	end := data[n:]
	if bytes.Count(end, []byte{0}) == size {
		return true
	}
	if size == sha1.Size {
		sum := sha1.Sum(data[:n])
		return bytes.Equal(sum[:], end)
	}
	sum := sha256.Sum256(data[:n])
	return bytes.Equal(sum[:], end)
}

// parse reads header, entries and extensions.
func (x *Index) parse() error {
	version, count := be32(x.data[4:]), be32(x.data[8:])
	if version < 2 || version > 4 {
		return fmt.Errorf("the git index has version %d, which is not known", version)
	}
	end := len(x.data) - x.idSize
	if int64(count)*int64(statSize+x.idSize+flagsSize+minNameSize) > int64(end-headerSize) {
		return fmt.Errorf("the git index says it has %d entries, for which it is too short", count)
	}
	x.names, x.at = make([]string, 0, count), make([]uint32, 0, count)
	r := reader{data: x.data[:end], idSize: x.idSize, version: version, pos: headerSize, room: namesFactor * len(x.data)}
	for range count {
		e, err := r.entry()
		if err != nil {
			return err
		}
		if e.candidate() {
			x.names, x.at = append(x.names, e.name), append(x.at, uint32(e.at))
		}
	}
	return r.extensions()
}

// reader goes through the entries.
type reader struct {
	data    []byte // without the checksum
	idSize  int
	version uint32
	pos     int
	room    int // bytes that names may still take

	name  string // of the entry before
	stage uint16
}

// entry is one file, as far as its stat, id and flags go.
type entry struct {
	name     string
	at       int
	mode     uint32
	flags    uint16
	extended uint16
}

var errShort = errors.New("the git index is cut short")

// entry reads the next entry. Entries are sorted by name and stage.
func (r *reader) entry() (entry, error) {
	e := entry{at: r.pos}
	head := statSize + r.idSize + flagsSize
	if len(r.data)-r.pos < head {
		return e, errShort
	}
	e.mode = be32(r.data[r.pos+atMode:])
	e.flags = binary.BigEndian.Uint16(r.data[r.pos+head-flagsSize:])
	r.pos += head
	if e.flags&flagExtended != 0 {
		if r.version < 3 || len(r.data)-r.pos < flagsSize {
			return e, errors.New("the git index has an entry with flags that its version does not know")
		}
		e.extended = binary.BigEndian.Uint16(r.data[r.pos:])
		r.pos += flagsSize
	}
	if err := r.readName(&e); err != nil {
		return e, err
	}
	stage := e.flags & flagStage
	if c := strings.Compare(r.name, e.name); c > 0 || c == 0 && r.stage >= stage {
		return e, errors.New("the git index is not sorted")
	}
	r.name, r.stage = e.name, stage
	return e, nil
}

// readName reads an entry's name: whole, and filled up with NUL to a multiple
// of eight bytes, or (version 4) as what to take from the end of the name
// before and what to add to it.
func (r *reader) readName(e *entry) error {
	keep := 0
	if r.version == 4 {
		strip, n := offset(r.data[r.pos:])
		if n == 0 || strip > len(r.name) {
			return errors.New("the git index has a name that is not spelled out")
		}
		r.pos += n
		keep = len(r.name) - strip
	}
	n := bytes.IndexByte(r.data[r.pos:], 0)
	if n < 0 {
		return errShort
	}
	size := keep + n
	if size == 0 || min(size, flagNameSize) != int(e.flags&flagNameSize) {
		return errors.New("the git index has a name of another length than it says")
	}
	if r.room -= size; r.room < 0 {
		return errors.New("the git index has names that are too long")
	}
	e.name = r.name[:keep] + string(r.data[r.pos:r.pos+n])
	r.pos += n + 1
	if r.version < 4 {
		r.pos += -(r.pos - e.at) & 7
	}
	if r.pos > len(r.data) {
		return errShort
	}
	return nil
}

// offset reads a number as packs write offsets: seven bits a byte, the highest
// first, each byte that is followed by another counting one more. The number
// of bytes is 0 where there is none or it is larger than any name.
func offset(b []byte) (value, bytes int) {
	for i := 0; i < len(b) && i < 4; i++ {
		value = value<<7 | int(b[i]&0x7f)
		if b[i]&0x80 == 0 {
			return value, i + 1
		}
		value++
	}
	return 0, 0
}

// candidate says whether an entry can be clean at all: a file, not in
// conflict, in the work tree, not merely announced, and not exempted from
// being looked at.
func (e *entry) candidate() bool {
	const kind, regular = 0o170000, 0o100000
	return e.mode&kind == regular && e.flags&(flagStage|flagAssumeValid) == 0 &&
		e.extended&(flagSkipWorktree|flagIntentToAdd) == 0
}

// extensions passes over those that may be (their names begin with a capital)
// and those that change nothing for files ("sdir": folders stand for what is
// not checked out).
func (r *reader) extensions() error {
	for r.pos < len(r.data) {
		if len(r.data)-r.pos < 8 {
			return errShort
		}
		name, size := string(r.data[r.pos:r.pos+4]), int64(be32(r.data[r.pos+4:]))
		r.pos += 8
		switch {
		case size > int64(len(r.data)-r.pos):
			return errShort
		case name == "link":
			return ErrSplit
		case name != "sdir" && (name[0] < 'A' || name[0] > 'Z'):
			return fmt.Errorf("the git index has an extension %q, which is not known", name)
		}
		r.pos += int(size)
	}
	return nil
}

// coarse is by how much a time in whole seconds must precede that of the index.
const coarse = 3

// Clean returns the id of a file's blob, as 40 or 64 hex digits, if the file
// is as git noted it: its size, time of change and inode, 0 where that is not
// known. The path is slash-separated from the top of the work tree.
func (x *Index) Clean(path string, size int64, changed time.Time, inode uint64) (id string, ok bool) {
	i, found := slices.BinarySearch(x.names, path)
	// The length is noted modulo 2³²; none means that git was not sure.
	if !found || size <= 0 || uint32(size) == 0 {
		return "", false
	}
	e := x.data[x.at[i]:]
	sec, nsec := be32(e[atMtime:]), be32(e[atMtime+4:])
	if uint32(size) != be32(e[atLength:]) || int64(sec) != changed.Unix() || int64(nsec) != int64(changed.Nanosecond()) {
		return "", false
	}
	if noted := be32(e[atInode:]); noted != 0 && inode != 0 && noted != uint32(inode) {
		return "", false
	}
	if !x.before(changed) {
		return "", false
	}
	return hex.EncodeToString(e[statSize : statSize+x.idSize]), true
}

// before says whether a file of this time was noted surely after its last
// change: what has the time of the index or a later one may have changed since.
func (x *Index) before(changed time.Time) bool {
	if changed.Nanosecond() == 0 {
		return changed.Unix()+coarse <= x.written.Unix()
	}
	return changed.Before(x.written)
}

func be32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }
