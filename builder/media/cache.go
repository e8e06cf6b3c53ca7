package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// The cache holds two sorts of entries. Below m/ are the renditions, under
// their paths and byte for byte what is published. Below s/ is a record for
// each source: its colour, and size and hash of every rendition made of it.
// Records are sealed by a checksum that covers their key; renditions are held
// against their record. So no cut, flipped or exchanged entry is believed.

// record is what is remembered of a source.
type record struct {
	color string
	files map[string]made // by path
}

type made struct {
	size int64
	hash [32]byte
}

func recordKey(hash string) string { return "s/" + hash[:2] + "/" + hash }

// pixelVersion names what a colour depends on besides the source.
const pixelVersion = "gallerist media 1"

// load returns the record of a source, empty where there is none to trust.
func (s *Studio) load(hash string) (*record, error) {
	r := &record{files: map[string]made{}}
	key := recordKey(hash)
	value, err := s.store.Get(key)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	if body, ok := unseal(key, value); ok {
		r.parse(body)
	}
	return r, nil
}

func (s *Studio) save(hash string, r *record) error {
	key := recordKey(hash)
	return s.store.Put(key, seal(key, r.format()))
}

// format writes a line for the version and colour, and one for each file.
func (r *record) format() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\t%s\n", pixelVersion, r.color)
	for _, path := range sortedKeys(r.files) {
		m := r.files[path]
		fmt.Fprintf(&b, "%s\t%d\t%x\n", path, m.size, m.hash)
	}
	return b.Bytes()
}

// parse reads what format wrote; another version's record is left empty.
func (r *record) parse(body []byte) {
	head, rest, _ := strings.Cut(string(body), "\n")
	version, color, _ := strings.Cut(head, "\t")
	if version != pixelVersion {
		return
	}
	r.color = color
	for line := range strings.Lines(rest) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			continue
		}
		var m made
		size, err := strconv.ParseInt(f[1], 10, 64)
		if n, herr := hex.Decode(m.hash[:], []byte(f[2][:min(len(f[2]), 64)])); err != nil || herr != nil || n != len(m.hash) {
			continue
		}
		m.size = size
		r.files[f[0]] = m
	}
}

// seal appends a checksum over key and body.
func seal(key string, body []byte) []byte {
	sum := checksum(key, body)
	return append(body, sum[:]...)
}

// unseal returns the body of a sealed value and whether it is whole.
func unseal(key string, value []byte) ([]byte, bool) {
	n := len(value) - sha256.Size
	if n < 0 {
		return nil, false
	}
	sum := checksum(key, value[:n])
	return value[:n], bytes.Equal(sum[:], value[n:])
}

func checksum(key string, body []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte(key))
	h.Write([]byte{0})
	h.Write(body)
	return [32]byte(h.Sum(nil))
}
