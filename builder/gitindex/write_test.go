package gitindex

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// file is an entry that the tests write. The id's bytes are all the same.
type file struct {
	name     string
	id       byte
	mode     uint32 // 0 = regular
	size     uint32
	changed  time.Time
	inode    uint32
	flags    uint16 // without the name's length
	extended uint16
}

// extension is a part behind the entries.
type extension struct{ name, body string }

// layout says how an index is written.
type layout struct {
	version  uint32
	idSize   int
	unsealed bool // zeros instead of a checksum
}

func (l layout) write(files []file, extensions ...extension) []byte {
	b := append([]byte("DIRC"), u32(l.version, uint32(len(files)))...)
	before := ""
	for _, f := range files {
		at := len(b)
		b = append(b, l.stat(f)...)
		for range l.idSize {
			b = append(b, f.id)
		}
		flags := f.flags | uint16(min(len(f.name), flagNameSize))
		if f.extended != 0 {
			flags |= flagExtended
		}
		b = binary.BigEndian.AppendUint16(b, flags)
		if f.extended != 0 {
			b = binary.BigEndian.AppendUint16(b, f.extended)
		}
		if l.version == 4 {
			b = append(b, compressed(before, f.name)...)
		} else {
			b = append(b, f.name...)
			for b = append(b, 0); (len(b)-at)%8 != 0; {
				b = append(b, 0)
			}
		}
		before = f.name
	}
	for _, e := range extensions {
		b = append(append(append(b, e.name...), u32(uint32(len(e.body)))...), e.body...)
	}
	return l.seal(b)
}

func (l layout) stat(f file) []byte {
	mode := f.mode
	if mode == 0 {
		mode = 0o100644
	}
	sec, nsec := uint32(f.changed.Unix()), uint32(f.changed.Nanosecond())
	return u32(sec+1, nsec, sec, nsec, 7, f.inode, mode, 0, 0, f.size)
}

// compressed writes a name as version 4 does.
func compressed(before, name string) []byte {
	same := 0
	for same < min(len(before), len(name)) && before[same] == name[same] {
		same++
	}
	strip := len(before) - same
	number := []byte{byte(strip & 0x7f)}
	for strip >>= 7; strip > 0; strip >>= 7 {
		strip--
		number = append([]byte{byte(strip&0x7f) | 0x80}, number...)
	}
	return append(append(number, name[same:]...), 0)
}

func (l layout) seal(b []byte) []byte {
	switch {
	case l.unsealed:
		return append(b, make([]byte, l.idSize)...)
	case l.idSize == sha1.Size:
		sum := sha1.Sum(b)
		return append(b, sum[:]...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

func u32(values ...uint32) []byte {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

var layouts = []layout{
	{2, 20, false}, {3, 20, false}, {4, 20, false},
	{2, 32, false}, {3, 32, false}, {4, 32, false},
	{2, 20, true}, {4, 20, true}, {2, 32, true}, {4, 32, true},
}
