package importer

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"

	"gallerist/builder/problem"
)

// packed is one file of a ZIP file that a test makes.
type packed struct {
	name  string
	data  string
	raw   bool // the name is not said to be UTF-8
	mode  fs.FileMode
	store bool
	extra []byte
}

func pack(t testing.TB, files ...packed) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range files {
		h := &zip.FileHeader{Name: p.name, NonUTF8: p.raw, Method: zip.Deflate, Extra: p.extra}
		if p.store {
			h.Method = zip.Store
		}
		if p.mode != 0 {
			h.SetMode(p.mode)
		}
		out, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, p.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func part(name string, data []byte) Part { return Part{name, bytes.NewReader(data), int64(len(data))} }

// listing returns "name=content" of every file.
func listing(t testing.TB, fsys fs.FS) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		list = append(list, name+"="+string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func told1(list problem.List) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s\n", p)
	}
	return b.String()
}

func TestZIPIsAFolder(t *testing.T) {
	data := pack(t,
		packed{name: "form.csv", data: "a,b\n"},
		packed{name: "photos/"},
		packed{name: `photos\one.jpg`, data: "one"},
		packed{name: "photos/deeper/two.jpg", data: strings.Repeat("two", 1000)},
		packed{name: "./three.jpg", data: "three", store: true},
		packed{name: "__MACOSX/._form.csv", data: "junk"},
		packed{name: "photos/.DS_Store", data: "junk"},
		packed{name: "form.csv", data: "a,b\n"},
		packed{name: "empty/"})
	var probs problem.List
	z := ZIP([]Part{part("a.zip", data), part("b.zip", pack(t, packed{name: "photos/four.jpg", data: "four"}))}, &probs)
	if len(probs) > 0 {
		t.Errorf("problems:\n%s", told1(probs))
	}
	want := []string{"form.csv=a,b\n", "photos/deeper/two.jpg=" + strings.Repeat("two", 1000), "photos/four.jpg=four", "photos/one.jpg=one", "three.jpg=three"}
	if got := listing(t, z); !slices.Equal(got, want) {
		t.Errorf("holds %q", got)
	}
	if err := fstest.TestFS(z, "form.csv", "photos/deeper/two.jpg", "three.jpg", "empty"); err != nil {
		t.Error(err)
	}
}

// TestZIPReadAt: files of a ZIP file can be read at any place, as films are.
func TestZIPReadAt(t *testing.T) {
	text := strings.Repeat("0123456789", 10_000)
	var probs problem.List
	z := ZIP([]Part{part("a.zip", pack(t, packed{name: "film.mp4", data: text}))}, &probs)
	f, err := z.Open("film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, at := range []int64{99_990, 5, 50_000, 0, 99_999, 100_000} {
		b := make([]byte, 7)
		n, err := f.(io.ReaderAt).ReadAt(b, at)
		want := text[at:min(at+7, int64(len(text)))]
		if string(b[:n]) != want || (n < 7) != (err == io.EOF) {
			t.Errorf("at %d: %q, %v", at, b[:n], err)
		}
	}
	for range 1000 { // to and fro: it ends
		if _, err = f.(io.ReaderAt).ReadAt(make([]byte, 1), 99_000); err != nil {
			break
		}
		if _, err = f.(io.ReaderAt).ReadAt(make([]byte, 1), 0); err != nil {
			break
		}
	}
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("reading to and fro ended with %v", err)
	}
}

func TestZIPNames(t *testing.T) {
	oem := func(page *charmap.Charmap, s string) string {
		out, err := page.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	field := func(raw, name string) []byte {
		b := binary.LittleEndian.AppendUint16(nil, 0x7075)
		b = binary.LittleEndian.AppendUint16(b, uint16(5+len(name)))
		b = binary.LittleEndian.AppendUint32(append(b, 1), crc32.ChecksumIEEE([]byte(raw)))
		return append(b, name...)
	}
	tests := []struct {
		name string
		file packed
		want string
		told string
	}{
		{"flag", packed{name: "Оля.jpg"}, "Оля.jpg", ""},
		{"a Mac's", packed{name: "Ольга и\u0306.jpg", raw: true}, "Ольга й.jpg", ""},
		{"Russian Windows", packed{name: oem(charmap.CodePage866, "Фото из Москвы/Оля Ёлкина №2.jpg"), raw: true}, "Фото из Москвы/Оля Ёлкина №2.jpg", "cp866"},
		{"two capitals", packed{name: oem(charmap.CodePage866, "ОляИванова.JPG"), raw: true}, "ОляИванова.JPG", "cp866"},
		{"other programs there", packed{name: oem(charmap.Windows1251, "Фото из Москвы/Оля Ёлкина.jpg"), raw: true}, "Фото из Москвы/Оля Ёлкина.jpg", "Windows-1251"},
		{"Western", packed{name: oem(charmap.CodePage437, "Café Müller ñ.jpg"), raw: true}, "Café Müller ñ.jpg", "cp437"},
		{"Western Europe", packed{name: oem(charmap.CodePage850, "São João Ávila.jpg"), raw: true}, "São João Ávila.jpg", "cp850"},
		{"extra field", packed{name: "___.jpg", raw: true, extra: field("___.jpg", "東京.jpg")}, "東京.jpg", ""},
		{"extra field of another name", packed{name: "___.jpg", raw: true, extra: field("a.jpg", "東京.jpg")}, "___.jpg", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var probs problem.List
			z := ZIP([]Part{part("a.zip", pack(t, test.file))}, &probs)
			if got := listing(t, z); !slices.Equal(got, []string{test.want + "="}) {
				t.Errorf("name %q, want %q", got, test.want)
			}
			if got := told1(probs); (test.told == "") != (got == "") || !strings.Contains(got, "read as "+test.told+",") && test.told != "" {
				t.Errorf("told %q", got)
			}
		})
	}
}

// patch changes the two bytes at an offset into each header of the list of
// contents.
func patch(data []byte, at int, value uint16) []byte {
	for i := 0; ; i++ {
		next := bytes.Index(data[i:], []byte("PK\x01\x02"))
		if next < 0 {
			return data
		}
		i += next
		binary.LittleEndian.PutUint16(data[i+at:], value)
	}
}

// bomb has n files whose packed bytes are the same: the first file's.
func bomb(t testing.TB, n int) []byte {
	files := make([]packed, n)
	for i := range files {
		files[i] = packed{name: fmt.Sprintf("%03d.jpg", i), data: "some bytes", store: true}
	}
	data := pack(t, files...)
	for i := 0; ; i++ {
		next := bytes.Index(data[i:], []byte("PK\x01\x02"))
		if next < 0 {
			return data
		}
		i += next
		binary.LittleEndian.PutUint32(data[i+42:], 0)
	}
}

// elsewhere moves the first file's bytes far away.
func elsewhere(data []byte) []byte {
	binary.LittleEndian.PutUint32(data[bytes.Index(data, []byte("PK\x01\x02"))+42:], 1<<30)
	return data
}

func TestZIPBad(t *testing.T) {
	good := packed{name: "good.jpg", data: "good"}
	many := func(n int, name string) []packed {
		list := []packed{good}
		for i := range n {
			list = append(list, packed{name: fmt.Sprintf(name, i)})
		}
		return list
	}
	zeros := strings.Repeat("\x00", 1<<20)
	small := bounds{directory: 1 << 20, entries: 2000, file: 2 << 20, total: 3 << 20, ratio: 100, free: 1 << 16}
	tests := []struct {
		name string
		data []byte
		want string // what is told, with its hint
		good bool   // the good file is there
	}{
		{"leads out", pack(t, good, packed{name: "../../etc/passwd"}, packed{name: "/etc/passwd"}, packed{name: `C:\a.jpg`}, packed{name: `..\b.jpg`}),
			"a.zip//etc/passwd: not taken: its name leads out of the ZIP file", true},
		{"many lead out", pack(t, many(1000, "../%d")...), "a.zip: 995 more not taken: its name leads out of the ZIP file\n  hint: such a name is made by mistake or to do harm; pack the files again", true},
		{"no name", pack(t, good, packed{name: "a\x00.jpg"}), `a.zip/a\u0000.jpg: not taken: its name holds signs that no name has`, true},
		{"long name", pack(t, good, packed{name: strings.Repeat("a", 600)}), "…: not taken: its name is longer than 255 letters", true},
		{"deep", pack(t, good, packed{name: strings.Repeat("a/", 100) + "b"}), "not taken: lies in more than 60 folders", true},
		{"link", pack(t, good, packed{name: "link.jpg", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), "a.zip/link.jpg: not taken: is a link or device, not a file", true},
		{"locked", patch(pack(t, packed{name: "a.jpg", data: "a"}), 8, 1), "a.zip/a.jpg: not taken: is locked with a password\n  hint: unpack it with its password and import the folder", false},
		{"unknown way", patch(pack(t, packed{name: "a.jpg", data: "a"}), 10, 9), "a.zip/a.jpg: not taken: is packed in a way that is not known here", false},
		{"twice", pack(t, good, packed{name: "good.jpg", data: "bad"}), "a.zip/good.jpg: not taken: another file before it has the same name", true},
		{"twice composed", pack(t, good, packed{name: "й.jpg", data: "1"}, packed{name: "и\u0306.jpg", data: "2"}), "not taken: another file before it has the same name", true},
		{"file as folder", pack(t, good, packed{name: "good.jpg/a.jpg"}), "a.zip/good.jpg/a.jpg: not taken: a file has the name of the folder it lies in", true},
		{"folder as file", pack(t, good, packed{name: "a/b.jpg"}, packed{name: "a"}), "a.zip/a: not taken: a folder has the same name", true},
		{"nested", pack(t, good, packed{name: "more.ZIP", data: "PK"}), "a.zip/more.ZIP: not taken: a ZIP file within a ZIP file", true},
		{"bomb", pack(t, good, packed{name: "a.csv", data: zeros}), "a.zip/a.csv: not taken: 1 MB packed into 2 kB are more than 100 times as much\n  hint: such a file is made to fill the disk; if", true},
		{"large", pack(t, good, packed{name: "a.csv", data: zeros + zeros + zeros[:1]}), "a.zip/a.csv: not taken: its 2 MB are more than 2 MB", true},
		{"large in all", pack(t, good, packed{name: "a", data: zeros, store: true}, packed{name: "b", data: zeros, store: true}, packed{name: "c", data: zeros, store: true}), "a.zip: 3 MB in it are more than 3 MB", false},
		{"overlapping", bomb(t, 10), `a.zip: two files in it are the same bytes: "001.jpg" overlaps the one before it`, false},
		{"elsewhere", elsewhere(pack(t, packed{name: "a.jpg", data: "a"})), "a.zip/a.jpg: not taken: its bytes are not in the ZIP file\n  hint: download", false},
		{"too many", pack(t, many(2000, "%d.jpg")...), "a.zip: 2001 files in it are more than 2000", false},
		{"long list", pack(t, many(1999, strings.Repeat("x", 1000)+"%d")...), "a.zip: its list of contents is longer than 1 MB", false},
		{"cut", pack(t, good)[:60], "a.zip: the end of this ZIP file is missing\n  hint: download or copy it again: perhaps it did not arrive whole", false},
		{"empty", nil, "a.zip: is empty", false},
		{"no ZIP", []byte("<html>Please sign in"), "a.zip: is not a ZIP file\n  hint: give the file that the export gave you", false},
		{"another", []byte("Rar!\x1a\x07"), "a.zip: was packed by another program, and is not a ZIP file", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var probs problem.List
			z := openZIP([]Part{part("a.zip", test.data)}, small, &probs)
			if got := told1(probs); !strings.Contains(got, test.want) {
				t.Errorf("told\n%s\nwant\n%s", got, test.want)
			}
			if len(probs) > 12 {
				t.Errorf("%d problems", len(probs))
			}
			list := listing(t, z)
			if test.good && !slices.Contains(list, "good.jpg=good") || !test.good && len(list) > 0 {
				t.Errorf("holds %.200q", list)
			}
		})
	}
}

// TestZIPDamaged: damage inside a file shows when it is read.
func TestZIPDamaged(t *testing.T) {
	data := pack(t, packed{name: "a.jpg", data: "some bytes of a picture", store: true})
	data[bytes.Index(data, []byte("bytes"))] = 'x'
	var probs problem.List
	z := ZIP([]Part{part("a.zip", data)}, &probs)
	if _, err := fs.ReadFile(z, "a.jpg"); !errors.Is(err, ErrDamaged) {
		t.Errorf("reading gave %v", err)
	}
}

// TestZIPMany: a ZIP64 file of 100,000 entries is read, within the usual bounds.
func TestZIPMany(t *testing.T) {
	files := make([]packed, 100_000)
	for i := range files {
		files[i] = packed{name: fmt.Sprintf("photos/%03d/%06d.jpg", i%1000, i), store: true}
	}
	data := pack(t, files...)
	if !bytes.Contains(data, []byte("PK\x06\x06")) {
		t.Fatal("no ZIP64")
	}
	var probs problem.List
	z := ZIP([]Part{part("a.zip", data)}, &probs)
	list, err := fs.ReadDir(z, "photos/042")
	if len(list) != 100 || err != nil || len(probs) > 0 {
		t.Errorf("%d files, %v, %s", len(list), err, told1(probs))
	}
}

func FuzzZIP(f *testing.F) {
	f.Add(pack(f, packed{name: "a/b.jpg", data: strings.Repeat("b", 1000)}, packed{name: "../c", data: "c"}))
	f.Add(pack(f, packed{name: "\x8e\xab\xef.jpg", data: "1", raw: true}, packed{name: "a", mode: fs.ModeSymlink, data: "b"}))
	f.Add(bomb(f, 3))
	f.Add(patch(pack(f, packed{name: "a", data: "a"}), 8, 1))
	b := bounds{directory: 1 << 16, entries: 100, file: 1 << 20, total: 1 << 22, ratio: 200, free: 1 << 12}
	f.Fuzz(func(t *testing.T, data []byte) {
		var probs problem.List
		z := openZIP([]Part{part("a.zip", data)}, b, &probs)
		var total int64
		err := fs.WalkDir(z, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || !fs.ValidPath(name) {
				t.Fatalf("%q: %v", name, err)
			}
			if d.IsDir() {
				return nil
			}
			in, err := z.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			st, _ := in.Stat()
			n, err := io.Copy(io.Discard, in)
			if n > st.Size() || err == nil && n != st.Size() || err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatalf("%q: %d of %d bytes, %v", name, n, st.Size(), err)
			}
			total += n
			return nil
		})
		if err != nil || total > b.total {
			t.Fatalf("%d bytes, %v", total, err)
		}
	})
}
