// Package likeness finds pictures that show the same: saved again, made
// smaller, brighter or gray, blurred, trimmed at the edges, or with a logo in a
// corner.
//
// # How it works
//
// Of scales a picture's luma to 32 × 32 cells, lets it fade towards the edges,
// where trimming and logos are, and takes the discrete cosine transform. The
// signs of its 184 lowest frequencies are the hash, together with the picture's
// shape. Signs do not know brightness and contrast, and low frequencies do not
// know fine detail. Two pictures are near where few signs differ and the shapes
// are alike.
//
// In a picture without detail, such as a blank wall or a dark night, the signs
// would be those of noise and of the fading. Such pictures get the hash None,
// which is near to nothing.
//
// Mirrored, turned and much trimmed pictures are not found.
//
// # Choice of numbers
//
// The test judges by the demo gallery: each picture and thirteen changed versions
// of it that must be near. With the fading and 184 signs these differ from their
// picture by 30 signs at most, and different pictures of one shape by 39 at
// least; those are two still lifes in one place, the next two differ by 62. The
// limit stands in the middle. Without the fading a logo changes up to 50 signs.
//
// Everything is integers: the same picture gives the same hash everywhere.
package likeness

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/bits"
)

// Hash is a picture's likeness: 184 signs, and its shape in the last byte. Two
// hashes can be compared, and kept as text.
type Hash struct{ a, b, c uint64 }

// None is the hash of a picture without detail.
var None Hash

const (
	limit = 34 // signs that may differ
	shape = 4  // steps of shape that may lie between, each about 2 % of the ratio
)

// Distance returns how many signs differ, from 0 to 184.
func (h Hash) Distance(other Hash) int {
	return bits.OnesCount64(h.a^other.a) + bits.OnesCount64(h.b^other.b) + bits.OnesCount64((h.c^other.c)>>8)
}

// Near reports whether two pictures show the same.
func Near(a, b Hash) bool {
	if a == None || b == None {
		return false
	}
	d := a.shape() - b.shape()
	return d >= -shape && d <= shape && a.Distance(b) <= limit
}

func (h Hash) shape() int { return int(h.c & 0xff) }

// String returns the hash as 48 hexadecimal digits.
func (h Hash) String() string {
	var b []byte
	for _, word := range []uint64{h.a, h.b, h.c} {
		b = binary.BigEndian.AppendUint64(b, word)
	}
	return hex.EncodeToString(b)
}

// Parse reads what String has written.
func Parse(s string) (Hash, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 24 || hex.EncodeToString(b) != s {
		return Hash{}, errors.New("is not a likeness of 48 hexadecimal digits")
	}
	word := binary.BigEndian.Uint64
	return Hash{word(b), word(b[8:]), word(b[16:])}, nil
}

// Pairs returns all pairs of near pictures as indexes i < j, in order. It
// compares each with each: for 10,000 pictures that is 50 million times some
// instructions, and no index is quicker where a fifth of all signs may differ.
func Pairs(hashes []Hash) [][2]int {
	as, bs := make([]uint64, len(hashes)), make([]uint64, len(hashes))
	for i, h := range hashes {
		as[i], bs[i] = h.a, h.b
	}
	var pairs [][2]int
	for i, h := range hashes {
		for j := i + 1; j < len(hashes); j++ {
			j += candidate(as[j:], bs[j:], h.a, h.b)
			if j < len(hashes) && Near(h, hashes[j]) {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	return pairs
}

// candidate returns the first index at which no more than limit signs of two
// words differ from a and b, or the length. It is a function of its own because
// in it the compiler keeps all that the loop needs in registers.
func candidate(as, bs []uint64, a, b uint64) int {
	bs = bs[:len(as)]
	for i, v := range as {
		if bits.OnesCount64(a^v)+bits.OnesCount64(b^bs[i]) <= limit {
			return i
		}
	}
	return len(as)
}
