package builder

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"
)

// Texts are written as encoding/json writes them.
func FuzzAppendEscaped(f *testing.F) {
	for _, s := range []string{"", "Olya", "</script><script>", `a "b" \ &`, "\x00\x1f\x7f\b\f\n\r\t", "\xff\xc3", "\u2028\u2029\ufffd", "Мурка 🐈", "seven_s<", "eight of&plain\\", "a long text of plain words, and \"one\" not", "\x7f\x80plainplain\u2028plain"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, plain := range []*[256]bool{&plainInPage, &plainInFile} {
			var want bytes.Buffer
			e := json.NewEncoder(&want)
			e.SetEscapeHTML(plain == &plainInPage)
			if err := e.Encode(s); err != nil {
				t.Fatal(err)
			}
			if got := append(appendEscaped([]byte{'"'}, s, plain), "\"\n"...); string(got) != want.String() {
				t.Errorf("%q: got %s, want %s", s, got, &want)
			}
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

// Entries of index.json are written as encoding/json writes them, whatever is
// in which field.
func TestIndexEntry(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 300 {
		value, ok := quick.Value(reflect.TypeFor[indexEntry](), random)
		if !ok {
			t.Fatal("an entry cannot be made")
		}
		e := value.Interface().(indexEntry)
		for field := range value.NumField() { // quick leaves nothing empty
			if random.Intn(3) == 0 {
				reflect.ValueOf(&e).Elem().Field(field).SetZero()
			}
		}
		if e.Authors == nil { // lists that are always there
			e.Authors = []indexAuthor{}
		}
		if e.Tags == nil {
			e.Tags = []string{}
		}
		if e.Pictures == nil {
			e.Pictures = []indexPicture{}
		}
		e.Title += " <b> & \u2028 \""
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(e); err != nil {
			t.Fatal(err)
		}
		w := jsonWriter{file: true}
		if e.write(&w); string(w.b)+"\n" != want.String() || w.err != nil {
			t.Fatalf("%v\ngot  %s\nwant %s", w.err, w.b, &want)
		}
	}
}

// What JSON cannot say is told.
func TestJSONWriterError(t *testing.T) {
	w := jsonWriter{}
	if w.object(func() { w.any("x", math.NaN()) }); w.err == nil {
		t.Error("NaN was written")
	}
}
