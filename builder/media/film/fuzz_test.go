package film

import (
	"bytes"
	"io"
	"testing"
)

// FuzzProbe holds that nothing makes Probe panic, that what it takes can be
// written, is not larger than the source by more than its tables, is taken
// again, and then stays as it is.
func FuzzProbe(f *testing.F) {
	for _, s := range samples {
		data := sample(f, s.file)
		if len(data) < 30000 {
			f.Add(data)
		}
	}
	for _, m := range hostile() {
		f.Add(m.data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, c, fault, err := Probe(bytes.NewReader(data), int64(len(data)), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if fault != nil {
			return
		}
		once, err := io.ReadAll(c.Open(bytes.NewReader(data)))
		if err != nil {
			t.Fatal(err)
		}
		if len(once) > 3*len(data)+4096 {
			t.Fatalf("%d bytes became %d", len(data), len(once))
		}
		_, c, fault, err = Probe(bytes.NewReader(once), int64(len(once)), Limits{Seconds: 1e9})
		if fault != nil || err != nil {
			t.Fatalf("what was written is not taken: %v, %v", fault, err)
		}
		twice, err := io.ReadAll(c.Open(bytes.NewReader(once)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(once, twice) {
			t.Fatal("the second time it is another file")
		}
	})
}
