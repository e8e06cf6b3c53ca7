package builder

import (
	"encoding/json"
	"slices"
	"testing"
)

// Texts are written as encoding/json writes them.
func FuzzAppendEscaped(f *testing.F) {
	for _, s := range []string{"", "Olya", "</script><script>", `a "b" \ &`, "\x00\x1f\x7f\b\f\n\r\t", "\xff\xc3", "\u2028\u2029\ufffd", "Мурка 🐈", "seven_s<", "eight of&plain\\", "a long text of plain words, and \"one\" not", "\x7f\x80plainplain\u2028plain"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := append(appendEscaped([]byte{'"'}, s), '"'); !slices.Equal(got, want) {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	})
}

func TestJSONWriter(t *testing.T) {
	w := new(jsonWriter)
	w.object(func() {
		w.text("text", "a", "", "<b>")
		w.optional("none")
		w.optional("empty", "", "")
		w.optional("some", "", "c")
		w.optionalNumber("zero", 0)
		w.optionalNumber("five", -5)
		w.list("list", func() {
			w.item("[")
			w.object(func() {})
			w.object(func() { w.text("x", "y") })
		})
		w.optionalList("nothing", func() {})
		w.optionalList("items", func() { w.item("[") })
		w.field("inner", func() { w.optionalList("still nothing", func() {}) })
		w.text("end", "")
	})
	const want = `{"text":"a\u003cb\u003e","some":"c","five":-5,"list":["[",{},{"x":"y"}],"items":["["],"inner":{},"end":""}`
	if string(w.b) != want {
		t.Errorf("got  %s\nwant %s", w.b, want)
	}
	if !json.Valid(w.b) {
		t.Error("it is not JSON")
	}
}
