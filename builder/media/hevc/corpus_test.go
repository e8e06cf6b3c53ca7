package hevc

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// TestCorpus holds every stream of testdata against the planes that another
// decoder made of it; testdata/README.md says which and how.
func TestCorpus(t *testing.T) {
	want := sums(t)
	streams := corpus(t)
	if len(want) != len(streams) {
		t.Errorf("%d sums for %d streams", len(want), len(streams))
	}
	for name, stream := range streams {
		t.Run(name, func(t *testing.T) {
			p := decodeStream(t, stream)
			sum := sha256.Sum256(packed(p))
			if got := hex.EncodeToString(sum[:]); got != want[name] {
				t.Errorf("%d×%d: sum %s, want %s", p.Width, p.Height, got, want[name])
			}
		})
	}
}

// sums reads the lines of testdata/SHA256SUMS: a sum and a name.
func sums(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		sum, name, ok := strings.Cut(s.Text(), "  ")
		if !ok {
			t.Fatalf("SHA256SUMS: %q", s.Text())
		}
		out[name] = sum
	}
	return out
}

// TestSetsInData holds that a stream decodes alike with its parameter sets in
// the configuration and in the data.
func TestSetsInData(t *testing.T) {
	c, err := ParseConfig(bareConfig())
	if err != nil {
		t.Fatal(err)
	}
	for name, stream := range corpus(t) {
		p, err := c.Decode(prefixed(stream))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(packed(p), packed(decodeStream(t, stream))) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestDecoderReuse holds that a Decoder gives the same picture in the buffers of
// any other picture, a broken one included.
func TestDecoderReuse(t *testing.T) {
	c, err := ParseConfig(bareConfig())
	if err != nil {
		t.Fatal(err)
	}
	d := NewDecoder(c)
	for name, stream := range corpus(t) {
		data := prefixed(stream)
		if _, err := d.Decode(data[:len(data)*2/3]); err == nil {
			t.Errorf("%s: no error where a third is missing", name)
		}
		p, err := d.Decode(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(packed(p), packed(decodeStream(t, stream))) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestShort holds that a picture of which anything is missing is an error, at
// every length.
func TestShort(t *testing.T) {
	for name, stream := range corpus(t) {
		if len(stream) > 3000 {
			continue
		}
		c, err := ParseConfig(bareConfig())
		if err != nil {
			t.Fatal(err)
		}
		last := units(stream)
		whole := prefixed(stream)
		tail := last[len(last)-1]
		head := len(whole) - len(tail) - 4
		for n := 0; n < len(tail)-1; n++ {
			cut := append(whole[:head:head], 0, 0, byte(n>>8), byte(n))
			cut = append(cut, tail[:n]...)
			if _, err := c.Decode(cut); err == nil {
				t.Errorf("%s: no error with %d of the last unit's %d bytes", name, n, len(tail))
			}
			if n > 0 {
				n += len(tail) / 50
			}
		}
	}
}
