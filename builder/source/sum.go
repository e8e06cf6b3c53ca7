package source

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"sync"

	"gallerist/builder/gallery"
)

// sum makes a submission's digest while its files are read.
type sum struct {
	h   hash.Hash
	buf []byte
}

var sums = sync.Pool{New: func() any { return &sum{h: sha256.New()} }}

// newSum begins with where the submission.md stands and with the language of
// its gallery, which decides what is a translation.
func newSum(file, lang string) *sum {
	s := sums.Get().(*sum)
	s.h.Reset()
	s.word(file)
	s.word(lang)
	return s
}

// word takes in a text, so that no two lists of texts are taken for the same.
func (s *sum) word(text string) {
	s.buf = append(binary.AppendUvarint(s.buf[:0], uint64(len(text))), text...)
	s.h.Write(s.buf)
}

// file takes in a whole file.
func (s *sum) file(name string, content []byte) {
	s.word(name)
	s.buf = binary.AppendUvarint(s.buf[:0], uint64(len(content)))
	s.h.Write(s.buf)
	s.h.Write(content)
}

// medium takes in what is known of a medium but by its texts.
func (s *sum) medium(m *gallery.Media, is format) {
	s.word(m.File)
	s.word(m.Link)
	s.word(m.Poster)
	for _, c := range m.Captions {
		s.word(c.Path)
	}
	s.buf = binary.AppendVarint(s.buf[:0], m.Size)
	s.buf = append(s.buf, byte(b2i(is.isMoving())))
	s.h.Write(s.buf)
}

// end returns the digest; the sum is then another's.
func (s *sum) end() (digest [32]byte) {
	s.buf = s.h.Sum(s.buf[:0])
	copy(digest[:], s.buf)
	sums.Put(s)
	return digest
}
