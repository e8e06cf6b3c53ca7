package film

import (
	"bytes"
	"io"
	"testing"
)

// sparse is a file whose middle is zeros.
type sparse struct {
	head, tail []byte
	size       int64
}

// ReadAt implements io.ReaderAt.
func (s sparse) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	if off < int64(len(s.head)) {
		copy(p, s.head[off:])
	}
	if at := s.size - int64(len(s.tail)); off+int64(len(p)) > at {
		copy(p[max(0, at-off):], s.tail[max(0, off-at):])
	}
	if off+int64(len(p)) > s.size {
		return int(max(0, s.size-off)), io.EOF
	}
	return len(p), nil
}

// TestLarge takes a film of 5 GB where the limit allows it: offsets need 64
// bits then, and nothing of the samples is read.
func TestLarge(t *testing.T) {
	const each, count = 1 << 30, 5
	f := newMP4()
	f.stsz, f.stsc, f.stts = u32(0, each, count), u32(0, 1, 1, 1, 1), u32(0, 1, count, 1000)
	f.stco = u32(0, count)
	for i := range uint64(count) {
		at := 32 + i*each
		f.stco = append(f.stco, u32(uint32(at>>32), uint32(at))...)
	}
	head := append(atom("ftyp", []byte("isom"), u32(0)), append(u32(1), append([]byte("mdat"), u32((count*each+16)>>32, (count*each+16)&(1<<32-1))...)...)...)
	tail := bytes.Replace(f.moov(), []byte("stco"), []byte("co64"), 1)
	s := sparse{head, tail, int64(len(head)+len(tail)) + count*each}
	_, c, fault, err := Probe(s, s.size, Limits{Bytes: 10 << 30})
	if fault != nil || err != nil {
		t.Fatal(fault, err)
	}
	front := make([]byte, 4096)
	if _, err := io.ReadFull(c.Open(s), front); err != nil {
		t.Fatal(err)
	}
	i, start := bytes.Index(front, []byte("co64")), bytes.Index(front, []byte("mdat"))+12
	if i < 0 || be32(front[start-16:]) != 1 || be64(front[start-8:]) != count*each+16 || c.Size() != int64(start)+count*each {
		t.Fatalf("co64 at %d, samples at %d, %d bytes", i, start, c.Size())
	}
	for k := range uint64(count) {
		if got := be64(front[i+12+8*int(k):]); got != uint64(start)+k*each {
			t.Errorf("chunk %d at %d, want %d", k, got, uint64(start)+k*each)
		}
	}
}
