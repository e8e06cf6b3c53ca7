package film

import (
	"encoding/binary"
	"math/bits"
)

// tables say where the samples of a track are and when they play (ISO/IEC
// 14496-12, 8.6 and 8.7). Entries are kept as they stand in the file.
type tables struct {
	stts    []byte // count, length
	ctts    []byte // count, offset
	version byte   // of ctts: 1 = offsets may be negative
	cslg    []byte
	stss    []byte // samples where one can start to play
	keyed   bool   // there is an stss; without it all samples are such
	uniform uint32 // size of each sample; 0 = see sizes
	sizes   []byte
	count   uint32 // samples
	chunks  []chunk
}

// chunk is a run of samples that stand together.
type chunk struct {
	off, n  int64
	samples uint32
	desc    uint32 // which entry of stsd, from 1
	track   int    // for the order in the new file
	number  int
}

func (t *tables) read(stbl []box) *Fault {
	wrong := damaged("a track's table is wrong")
	var ok [4]bool
	t.stts, ok[0] = rows(find(stbl, "stts"), 8)
	ok[1] = t.readSizes(stbl)
	ok[2] = t.readOffsets(stbl)
	stsc, fine := rows(find(stbl, "stsc"), 12)
	ok[3] = fine
	if ok != [4]bool{true, true, true, true} {
		return wrong
	}
	if b := find(stbl, "ctts"); b != nil {
		if t.ctts, fine = rows(b, 8); !fine {
			return wrong
		}
		t.version = signed(b[0], t.ctts)
		if c := find(stbl, "cslg"); len(c) == 24 && c[0] == 0 || len(c) == 44 && c[0] == 1 {
			t.cslg = c
		}
	}
	if b := find(stbl, "stss"); b != nil {
		if t.stss, t.keyed = rows(b, 4); !t.keyed {
			return wrong
		}
	}
	return t.fill(stsc)
}

// signed returns the version that a table of offsets needs: QuickTime writes
// negative ones without saying so.
func signed(version byte, ctts []byte) byte {
	for at := 4; at < len(ctts); at += 8 {
		if ctts[at]&0x80 != 0 {
			return 1
		}
	}
	return min(version, 1)
}

func (t *tables) readSizes(stbl []box) bool {
	if b := find(stbl, "stz2"); len(b) >= 12 {
		return t.compact(b)
	}
	b := find(stbl, "stsz")
	if len(b) < 12 {
		return false
	}
	t.uniform, t.count = be32(b[4:]), be32(b[8:])
	if t.uniform != 0 || t.count == 0 {
		return true
	}
	var ok bool
	t.sizes, ok = rows(b[4:], 4)
	return ok && t.count <= maxSamples
}

// compact reads sizes of 4, 8 or 16 bits each (8.7.3.3).
func (t *tables) compact(b []byte) bool {
	width := uint64(b[7])
	t.count = be32(b[8:])
	b = b[12:]
	if width != 4 && width != 8 && width != 16 || t.count > maxSamples || (uint64(t.count)*width+7)/8 > uint64(len(b)) {
		return false
	}
	for i := range int(t.count) {
		n := uint32(0)
		switch width {
		case 4:
			n = uint32(b[i/2]) >> (4 * (1 - i%2)) & 15
		case 8:
			n = uint32(b[i])
		case 16:
			n = uint32(be16(b[2*i:]))
		}
		t.sizes = binary.BigEndian.AppendUint32(t.sizes, n)
	}
	return true
}

// readOffsets reads where chunks start.
func (t *tables) readOffsets(stbl []box) bool {
	width, b := 4, find(stbl, "stco")
	if b == nil {
		width, b = 8, find(stbl, "co64")
	}
	list, ok := rows(b, width)
	if !ok || len(list)/width > maxPieces {
		return false
	}
	t.chunks = make([]chunk, len(list)/width)
	for i := range t.chunks {
		off := uint64(0)
		if width == 4 {
			off = uint64(be32(list[4*i:]))
		} else if off = be64(list[8*i:]); off > 1<<62 {
			return false
		}
		t.chunks[i].off = int64(off)
	}
	return true
}

// fill tells each chunk how many samples and bytes it has (8.7.4).
func (t *tables) fill(stsc []byte) *Fault {
	wrong := damaged("a track's table contradicts itself")
	var next uint32
	for i, row := 0, -1; i < len(t.chunks); i++ {
		for 12*(row+1) < len(stsc) && be32(stsc[12*(row+1):]) <= uint32(i+1) {
			row++
			if row > 0 && be32(stsc[12*row:]) <= be32(stsc[12*(row-1):]) {
				return wrong
			}
		}
		if row < 0 {
			return wrong
		}
		k := &t.chunks[i]
		k.samples, k.desc = be32(stsc[12*row+4:]), be32(stsc[12*row+8:])
		if k.samples > t.count-next {
			return wrong
		}
		k.n = t.bytes(next, k.samples)
		next += k.samples
	}
	if next != t.count {
		return wrong
	}
	kept := t.chunks[:0]
	for _, k := range t.chunks {
		if k.samples > 0 {
			kept = append(kept, k)
		}
	}
	t.chunks = kept
	return nil
}

// bytes returns the size of n samples from the one at first on. The caller
// has checked that there are so many.
func (t *tables) bytes(first, n uint32) int64 {
	if t.uniform != 0 {
		return int64(min(uint64(t.uniform)*uint64(n), 1<<62))
	}
	var sum int64
	for i := range n {
		sum += int64(be32(t.sizes[4*(first+i):]))
	}
	return sum
}

// length returns how long all samples play, in units of the track; false
// where it is absurd.
func (t *tables) length() (uint64, bool) {
	var sum uint64
	for b := t.stts; len(b) >= 8; b = b[8:] {
		_, n := bits.Mul64(uint64(be32(b)), uint64(be32(b[4:])))
		if sum += n; n > 1<<60 || sum > 1<<60 {
			return 0, false
		}
	}
	return sum, true
}
