package media

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Rules of the cache. It is a guess, never a source: whatever is read from it
// is checked before it is believed, and losing it costs time alone.
//
//  1. What a key names never changes: an entry is written once, whole, and
//     replaced only by what it already was.
//  2. Below r/ are renditions without their notes. They carry no checksum of
//     their own: they are held against the record of their source.
//  3. Below s/ is a record for each source: what it looks like on which ground,
//     size and hash of every rendition made of it, and of every file published
//     of it. Of two builds that write it at once one loses its lines, which
//     costs time.
//  4. Below k/ are things worth remembering that are not made of one source:
//     share cards, posters.
//  5. Records, the index and what is below k/ are sealed by a checksum that
//     covers their key, so that no cut, flipped or exchanged entry is believed.

// record is what is remembered of a source.
type record struct {
	looks map[view]look
	files map[string]made // by path or key
}

func newRecord() *record { return &record{looks: map[view]look{}, files: map[string]made{}} }

// view is how a source was looked at: decoded at which scale, on which ground (see
// Studio.groundOf), and what of it; a zero window is all.
type view struct {
	scale  int
	ground string
	window box
}

func (v view) compare(o view) int {
	return cmp.Or(cmp.Compare(v.scale, o.scale), cmp.Compare(v.ground, o.ground), v.window.compare(o.window))
}

// look is what a decoded source looks like.
type look struct{ color, likeness string }

type made struct {
	size int64
	hash [32]byte
}

func recordKey(hash string) string { return "s/" + hash[:2] + "/" + hash }

// pixelVersion names what a colour depends on besides the source.
const pixelVersion = "gallerist media 3"

// load returns the record of a source, empty where there is none to trust.
func (s *Studio) load(hash string) (*record, error) {
	r := newRecord()
	key := recordKey(hash)
	value, err := s.get(key)
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

// MadeOf returns the paths of everything published that the cache knows to be made
// of a source, by the SHA-256 of that, in hex; of films and recordings also what it
// does not know.
func (s *Studio) MadeOf(hash string) []string {
	var list []string
	key, r := recordKey(hash), newRecord()
	if value, err := s.store.Get(key); err == nil { // which does not count as a use
		if body, ok := unseal(key, value); ok {
			r.parse(body)
		}
	}
	for path := range r.files {
		if strings.HasPrefix(path, "m/") {
			list = append(list, path)
		}
	}
	for _, ext := range clipExt {
		list = append(list, clipPath(hash, ext))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (s *Studio) save(hash string, r *record) error {
	key := recordKey(hash)
	return s.put(key, seal(key, r.format()))
}

// format writes a line for the version, one for each look, and one for each
// file.
func (r *record) format() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", pixelVersion)
	for _, v := range slices.SortedFunc(maps.Keys(r.looks), view.compare) {
		fmt.Fprintf(&b, "look\t%d\t%x\t%s\t%s%s\n", v.scale, v.ground, r.looks[v].color, r.looks[v].likeness, v.window.format())
	}
	for _, path := range sortedKeys(r.files) {
		m := r.files[path]
		fmt.Fprintf(&b, "%s\t%d\t%x\n", path, m.size, m.hash)
	}
	return b.Bytes()
}

// parse reads what format wrote; another version's record is left empty, and
// so is a line of another shape.
func (r *record) parse(body []byte) {
	version, rest, _ := strings.Cut(string(body), "\n")
	if version != pixelVersion {
		return
	}
	for line := range strings.Lines(rest) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) < 3 {
			continue
		}
		n, err := strconv.ParseInt(f[1], 10, 64)
		switch {
		case err != nil:
		case f[0] == "look" && len(f) >= 5:
			ground, err := hex.DecodeString(f[2])
			if window, ok := parseBox(f[5:]); ok && err == nil {
				r.looks[view{int(n), string(ground), window}] = look{f[3], f[4]}
			}
		case len(f) == 3:
			m := made{size: n}
			if k, err := hex.Decode(m.hash[:], []byte(f[2][:min(len(f[2]), 64)])); err == nil && k == len(m.hash) {
				r.files[f[0]] = m
			}
		}
	}
}

// rememberedPrefix begins the keys of what Remember keeps.
const rememberedPrefix = "k/"

// RememberedKey returns where in the store lies what Remember keeps for a key.
func RememberedKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return rememberedPrefix + hex.EncodeToString(sum[:1]) + "/" + hex.EncodeToString(sum[:])
}

// Remember returns what make made the first time it was called for a key,
// which names all that the value depends on. It is remembered until Prune is
// called by a build that did not ask for it.
func (s *Studio) Remember(key string, make func() ([]byte, error)) ([]byte, error) {
	key = RememberedKey(key)
	value, err := s.get(key)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if body, ok := unseal(key, value); ok {
		return body, nil
	}
	body, err := make()
	if err != nil {
		return nil, err
	}
	return body, s.put(key, seal(key, slices.Clone(body)))
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
