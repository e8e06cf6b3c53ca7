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

	"gallerist/builder/gallery"
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
		f.Add(chunk.text)
	}
	f.Add("")
	f.Add("\x01" + strings.Repeat("\xff", 9) + "\x01")
	f.Fuzz(func(t *testing.T, data string) {
		for _, f := range decodeFolders(data, time.UTC) {
			again, err := decode(f.encode(), time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			again.record = f.record
			if !f.savable() { // and was read as one that is not
				f = &folder{path: f.path, dir: f.dir, dirs: f.dirs, record: f.record, traces: traces{fleeting: true}}
			}
			if !reflect.DeepEqual(again, f) {
				t.Errorf("once - twice +\n%s", cmp.Diff(f, again, unexported))
			}
		}
	})
}

var unexported = cmp.Exporter(func(reflect.Type) bool { return true })

// TestRecord: each field of a folder, whatever it is, survives, but those that
// no record has.
func TestRecord(t *testing.T) {
	zone := time.FixedZone("MSK", 3*60*60)
	for _, zero := range []bool{false, true} {
		f, n := &folder{}, 0
		if fillAll(reflect.ValueOf(f).Elem(), &n); zero {
			f = &folder{piece: &gallery.Submission{}, others: &others{gallery: &gallery.Gallery{Call: &gallery.Call{}}, articles: []*gallery.Article{{}}}}
		} else if n < 150 {
			t.Errorf("only %d values", n)
		}
		f.record, f.private, f.racy, f.fleeting, f.unread = "", nil, false, false, nil
		f.piece.Private = nil
		for i := range f.piece.Keys {
			f.piece.Keys[i].Key %= gallery.ReportedKey(len(gallery.ReportedKeys))
		}
		f.gallery.Series, f.gallery.Submissions, f.gallery.Broken = nil, nil, 0 // put in by the assembly
		f.record = f.encode()
		got, err := decode(f.record, zone)
		if err != nil || !reflect.DeepEqual(f, got) {
			t.Errorf("%v: want - got +\n%s", err, cmp.Diff(f, got, unexported))
		}
		piece := f.piece
		f.pack(zone)
		if f.piece != piece || !reflect.DeepEqual(f, got) {
			t.Errorf("packed: want - got +\n%s", cmp.Diff(got, f, unexported))
		}
	}
}

// fillAll puts a value of its own everywhere.
func fillAll(v reflect.Value, n *int) {
	*n++
	if !v.CanSet() { // not exported
		v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
	}
	if v.Type() == reflect.TypeFor[unread]() || v.Type() == reflect.TypeFor[[]*gallery.Submission]() {
		return
	}
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
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
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
