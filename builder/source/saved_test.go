package source

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var long = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// oneJob counts what is opened.
var oneJob = func() Options { opt := testOptions; opt.Jobs = 1; return opt }()

func longAfter() time.Time { return long.Add(time.Hour) }

// savedSite is a site of files long unchanged, and what is saved of it.
func savedSite(t testing.TB, n int) (*counting, []byte) {
	t.Helper()
	site := &counting{MapFS: generated(n)}
	site.MapFS["content/g/kept/submission.md"] = text("+++\nid = \"kept-back\"\nemail = \"kept@example.org\"\n+++\n")
	for _, f := range site.MapFS {
		f.ModTime = long
	}
	m := NewMemory(longAfter)
	readWith(t, site, oneJob, m)
	if !m.Changed() {
		t.Error("a new memory is not changed by reading")
	}
	var file bytes.Buffer
	must(t, m.Save(&file))
	site.take()
	return site, file.Bytes()
}

func loadAndRead(t testing.TB, site *counting, file []byte) (opened []string, changed bool) {
	t.Helper()
	m, err := LoadMemory(bytes.NewReader(file), longAfter)
	must(t, err)
	want := readWith(t, site.MapFS, oneJob, nil)
	if got := readWith(t, site, oneJob, m); !reflect.DeepEqual(want, got) {
		t.Errorf("fresh - loaded +\n%s", cmp.Diff(want, got))
	}
	opened, _ = site.take()
	return opened, m.Changed()
}

// TestSaved: what is loaded needs no reading, but for what holds a private
// value, which is not saved.
func TestSaved(t *testing.T) {
	site, file := savedSite(t, 700)
	opened, _ := loadAndRead(t, site, file)
	if len(opened) != 1 || opened[0] != "content/g/kept/submission.md" {
		t.Errorf("opened %q", opened)
	}
	for _, private := range []string{"kept@example.org", "kept-back"} {
		if bytes.Contains(file, []byte(private)) {
			t.Errorf("%q is saved", private)
		}
	}
	for _, program := range []string{"", "another"} {
		opt := oneJob
		opt.Program = program
		m, err := LoadMemory(bytes.NewReader(file), longAfter)
		must(t, err)
		readWith(t, site, opt, m)
		if opened, _ := site.take(); len(opened) < 700 {
			t.Errorf("the program %q opened only %d files", program, len(opened))
		}
	}
	delete(site.MapFS, "content/g/kept/submission.md")
	m, err := LoadMemory(bytes.NewReader(file), longAfter)
	must(t, err)
	readWith(t, site, oneJob, m)
	file = nil
	var again bytes.Buffer
	must(t, m.Save(&again))
	if _, changed := loadAndRead(t, site, again.Bytes()); changed {
		t.Error("changed, though nothing else was read")
	}
	t.Logf("%d bytes a folder", again.Len()/700)
}

// TestSavedDamaged: of a damaged file nothing is taken, and nobody is told.
func TestSavedDamaged(t *testing.T) {
	site, file := savedSite(t, 20)
	whole, _ := loadAndRead(t, site, file)
	if len(whole) != 1 {
		t.Fatalf("opened %q", whole)
	}
	for at := 0; at < len(file); at += 1 + at/40 {
		damaged := bytes.Clone(file)
		damaged[at] ^= 0x11
		if opened, _ := loadAndRead(t, site, damaged); len(opened) < 20 {
			t.Errorf("damaged at %d: opened only %q", at, opened)
		}
		if opened, _ := loadAndRead(t, site, file[:at]); len(opened) < 20 {
			t.Errorf("cut at %d: opened only %q", at, opened)
		}
	}
	if opened, _ := loadAndRead(t, site, append(file, file...)); len(opened) < 20 {
		t.Errorf("twice: opened only %q", opened)
	}
	broken := errors.New("input/output error")
	m, err := LoadMemory(iotest.ErrReader(broken), longAfter)
	if err != broken || m == nil {
		t.Errorf("%v %v", m, err)
	}
	if err := m.Save(failing{}); err != errFull {
		t.Errorf("a full disk: %v", err)
	}
}

var errFull = errors.New("no space")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

// FuzzDecodeFolders: whatever stands there, decoding ends, and what it takes is
// encoded and decoded again as the same.
func FuzzDecodeFolders(f *testing.F) {
	_, file := savedSite(f, 3)
	m, err := LoadMemory(bytes.NewReader(file), longAfter)
	must(f, err)
	for _, chunk := range m.saved {
		f.Add(string(chunk[32:]))
	}
	f.Add("")
	f.Add("\x01" + strings.Repeat("\xff", 9) + "\x01")
	c := codecs{}.of(reflect.TypeFor[record]())
	f.Fuzz(func(t *testing.T, data string) {
		list := decodeFolders(c, data, time.UTC)
		if list == nil {
			t.Skip()
		}
		again := decodeFolders(c, string(encodeFolders(c, list)), time.UTC)
		if len(again) != len(list) {
			t.Fatalf("%d folders, then %d", len(list), len(again))
		}
	})
}

// TestCodec holds that every type of a record can be written and read: each
// field, whatever it is, survives.
func TestCodec(t *testing.T) {
	c := codecs{}.of(reflect.TypeFor[record]())
	want := &record{}
	n := 0
	fillAll(reflect.ValueOf(want).Elem(), &n)
	e := &encoder{texts: map[string]uint64{}}
	c.enc(e, reflect.ValueOf(want).Elem())
	zone := time.FixedZone("MSK", 3*60*60)
	d, got := &decoder{data: string(e.buf), zone: zone}, &record{}
	c.dec(d, reflect.ValueOf(got).Elem())
	if d.err != nil || d.data != "" || !reflect.DeepEqual(want, got) {
		t.Errorf("%v, %d bytes left, want - got +\n%s", d.err, len(d.data), cmp.Diff(want, got))
	}
	if n < 150 {
		t.Errorf("only %d values", n)
	}
}

// fillAll puts a value of its own everywhere.
func fillAll(v reflect.Value, n *int) {
	*n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Unix(int64(*n), int64(*n)).In(time.FixedZone("MSK", 3*60*60))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("ж", *n%7))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n) * -7)
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n % 200))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 3)
	case reflect.Array:
		for i := range v.Len() {
			fillAll(v.Index(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAll(v.Index(0), n)
		fillAll(v.Index(1), n)
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fillAll(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("ru"), value)
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(v.Field(i), n)
		}
	}
}
