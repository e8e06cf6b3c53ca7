package film

import (
	"bytes"
	"encoding/binary"

	"github.com/abema/go-mp4"
)

// box is a box that is in memory (ISO/IEC 14496-12, 4.2).
type box struct {
	kind string
	body []byte
}

// boxes lists the boxes of a body; false where one does not fit. Fewer than
// 8 bytes at the end, which QuickTime writes in places, are passed over.
func boxes(b []byte) ([]box, bool) {
	var list []box
	for len(b) >= 8 {
		size, n := uint64(be32(b)), uint64(8)
		switch {
		case size == 1 && len(b) >= 16:
			size, n = be64(b[8:]), 16
		case size == 0:
			if be32(b[4:]) == 0 { // QuickTime's terminator, or padding
				return list, true
			}
			size = uint64(len(b))
		}
		if size < n || size > uint64(len(b)) {
			return list, false
		}
		list = append(list, box{string(b[4:8]), b[n:size]})
		b = b[size:]
	}
	return list, true
}

// find returns the body of the first box of a kind, or nil.
func find(list []box, kind string) []byte {
	for _, b := range list {
		if b.kind == kind {
			return b.body
		}
	}
	return nil
}

// within returns the body of the first box at a path of kinds, or nil.
func within(list []box, path ...string) []byte {
	for i, kind := range path {
		body := find(list, kind)
		if body == nil || i == len(path)-1 {
			return body
		}
		list, _ = boxes(body)
	}
	return nil
}

// atom makes a box.
func atom(kind string, bodies ...[]byte) []byte {
	n := 8
	for _, b := range bodies {
		n += len(b)
	}
	out := append(binary.BigEndian.AppendUint32(make([]byte, 0, n), uint32(n)), kind...)
	for _, b := range bodies {
		out = append(out, b...)
	}
	return out
}

// rows takes the entries out of a table: version and flags, count, then count
// entries of width bytes. It says false where they are not all there.
func rows(b []byte, width int) ([]byte, bool) {
	if len(b) < 8 {
		return nil, false
	}
	n := uint64(be32(b[4:])) * uint64(width)
	if n > uint64(len(b)-8) {
		return nil, false
	}
	return b[8 : 8+n], true
}

// table makes a box of such entries.
func table(kind string, version byte, width int, rows []byte) []byte {
	return atom(kind, []byte{version, 0, 0, 0}, binary.BigEndian.AppendUint32(nil, uint32(len(rows)/width)), rows)
}

// parse reads a body into one of the library's structures. A panic of the
// library is the file's fault.
func parse(body []byte, into mp4.IBox) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	_, err := mp4.Unmarshal(bytes.NewReader(body), uint64(len(body)), into, mp4.Context{})
	return err == nil
}

// made makes a box of one of the library's structures and what follows it.
func made(from mp4.IImmutableBox, then ...[]byte) []byte {
	var b bytes.Buffer
	if _, err := mp4.Marshal(&b, from, mp4.Context{}); err != nil {
		panic("film: " + err.Error()) // a structure of ours, not the file's
	}
	kind := from.GetType()
	return atom(string(kind[:]), append([][]byte{b.Bytes()}, then...)...)
}
