package importer

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/problem"
)

// photo is a JPEG, another one for each shade. When says when it was taken, as
// EXIF writes it; zone may be empty.
func photo(t testing.TB, shade uint8, when, zone string) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 16, 16))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.SetGray(int(shade%16), 3, color.Gray{255 - shade})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	if when == "" {
		return b.Bytes()
	}
	le := binary.LittleEndian
	field := func(b []byte, tag, kind uint16, n, value uint32) []byte {
		b = le.AppendUint16(le.AppendUint16(b, tag), kind)
		return le.AppendUint32(le.AppendUint32(b, n), value)
	}
	tiff := le.AppendUint32([]byte("II*\x00"), 8)
	tiff = le.AppendUint16(tiff, 2)
	tiff = field(tiff, 0x010e, 2, 4, 0x616c4f)   // ImageDescription: "Ola"
	tiff = field(tiff, 0x8769, 4, 1, 8+2+2*12+4) // the camera's directory
	tiff = le.AppendUint32(tiff, 0)
	fields := uint16(1)
	if zone != "" {
		fields = 2
	}
	texts := uint32(len(tiff)) + 2 + uint32(fields)*12 + 4
	tiff = le.AppendUint16(tiff, fields)
	tiff = field(tiff, 0x9003, 2, 20, texts)
	if zone != "" {
		tiff = field(tiff, 0x9011, 2, 7, texts+20)
	}
	tiff = le.AppendUint32(tiff, 0)
	tiff = append(tiff, when+"\x00"+zone+"\x00"...)
	segment := append([]byte("\xff\xd8\xff\xe1"), 0, 0)
	binary.BigEndian.PutUint16(segment[4:], uint16(2+6+len(tiff)))
	segment = append(segment, "Exif\x00\x00"...)
	return append(append(segment, tiff...), b.Bytes()[2:]...)
}

func read(t testing.TB, s Source, in Input, opt *Options) ([]Entry, problem.List) {
	t.Helper()
	var probs problem.List
	if !s.Tells(in) {
		t.Errorf("%T does not tell its own", s)
	}
	entries, err := s.Read(context.Background(), in, cmp.Or(opt, &Options{}), &probs)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, e := range entries {
		if e.Key == "" || keys[e.Key] || e.At.File == "" {
			t.Errorf("key %q at %v is empty or there twice", e.Key, e.At)
		}
		keys[e.Key] = true
	}
	again, err := s.Read(context.Background(), in, cmp.Or(opt, &Options{}), new(problem.List))
	if err != nil || dump(t, again) != dump(t, entries) {
		t.Errorf("reading once more gives something else: %v", err)
	}
	return entries, probs
}

// dump writes entries as text, without keys: one line a field that says something.
func dump(t testing.TB, entries []Entry) string {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s\n", e.At)
		say := func(name string, v any) {
			if s := fmt.Sprint(v); s != "" && s != "[]" && s != "map[]" {
				fmt.Fprintf(&b, "  %s: %s\n", name, s)
			}
		}
		moment := func(name string, m time.Time) {
			if !m.IsZero() {
				say(name, m.Format(time.RFC3339))
			}
		}
		moment("received", e.Received)
		moment("taken", e.Taken)
		say("kind", e.Kind)
		say("title", e.Title)
		say("alt", e.Alt)
		say("caption", e.Caption)
		say("place", e.Place)
		say("lang", e.Lang)
		say("license", e.License)
		say("tags", strings.Join(e.Tags, ","))
		for _, a := range e.Authors {
			say("author", strings.TrimSpace(strings.Join([]string{a.Name, a.Place, a.URL, strings.Join(a.Roles, "+")}, " ")))
		}
		say("contact", e.Contact)
		say("grant", e.Grant.Status)
		if e.Minor != nil {
			say("minor", *e.Minor)
		}
		for _, m := range e.Media {
			what := "missing"
			if m.Open != nil {
				in, err := m.Open()
				if err != nil {
					t.Fatal(err)
				}
				data, err := io.ReadAll(in)
				in.Close()
				if err != nil {
					t.Fatal(err)
				}
				if what = string(data); len(data) > 20 {
					what = fmt.Sprintf("%x…", sha256.Sum256(data))[:8]
				}
			}
			if m.Link != "" {
				what = m.Link
			}
			say("medium", strings.TrimSpace(strings.Join([]string{m.Name, "(" + what + ")", m.Alt, "/", m.Caption}, " ")))
		}
		for _, key := range sorted(e.Front) {
			say("front "+key, e.Front[key])
		}
		say("story", strings.ReplaceAll(e.Story, "\n", "⏎"))
	}
	return b.String()
}

func folder(files map[string]string) Input {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data), Mode: 0o644, ModTime: time.Unix(1e9, 0)}
	}
	return Input{Name: "photos", FS: fsys}
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func TestFolder(t *testing.T) {
	film, err := os.ReadFile("../media/film/testdata/h264.mov")
	if err != nil {
		t.Fatal(err)
	}
	a := string(photo(t, 10, "2026:11:02 08:14:00", ""))
	in := folder(map[string]string{
		"10.jpg":            string(photo(t, 20, "", "")),
		"2.jpg":             a,
		"copy of 2.jpg":     a,
		"Walk.MOV":          string(film),
		"walk.jpg":          string(photo(t, 30, "", "")),
		"Olya/b.jpg":        string(photo(t, 50, "2026:11:02 09:00:00", "+05:00")),
		"Olya/a.jpg":        string(photo(t, 40, "2026:11:03 09:00:00", "+05:00")),
		"Olya/caption.txt":  "Kept away",
		"readme.txt":        "Hello",
		"scan.tif":          "II*\x00 and more of it",
		"cut.jpg":           a[:len(a)-20],
		"login.jpg":         "<!doctype html><title>Sign in</title>",
		".DS_Store":         "junk",
		".IMG_1.jpg.icloud": "junk",
		"a.jpg.zip":         "PK\x03\x04",
	})
	zone := time.FixedZone("", 3*3600)
	entries, probs := read(t, photoFolder{}, in, &Options{Zone: zone})
	sum := func(name string) string {
		data, err := fs.ReadFile(in.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", sha256.Sum256(data))[:8]
	}
	same(t, "entries", dump(t, entries), fmt.Sprintf(`
photos/2.jpg
  taken: 2026-11-02T08:14:00+03:00
  medium: 2.jpg (%s)  /
photos/10.jpg
  medium: 10.jpg (%s)  /
photos/Olya
  taken: 2026-11-02T09:00:00+05:00
  medium: a.jpg (%s)  /
  medium: b.jpg (%s)  /
photos/walk.jpg
  taken: 2026-11-02T11:14:00+03:00
  medium: walk.jpg (%s)  /
  medium: Walk.MOV (%s)  /
`, sum("2.jpg"), sum("10.jpg"), sum("Olya/a.jpg"), sum("Olya/b.jpg"), sum("walk.jpg"), sum("Walk.MOV")))
	same(t, "problems", told1(probs.Sorted()), `
photos/.IMG_1.jpg.icloud: still lies in iCloud and not on this computer
  hint: open the folder in the Finder and have it downloaded
photos/a.jpg.zip: note: not taken: neither picture, film nor recording; nor are Olya/caption.txt, readme.txt
  hint: words for a piece go into its submission.md afterwards
photos/copy of 2.jpg: warning: begins with the same picture or film as "photos/2.jpg", so it is left out
  hint: delete one of them, or say in the one that stays what belongs to the other
photos/cut.jpg: ends before the picture does
  hint: copy it again from the phone or camera
photos/login.jpg: not a picture, film or sound: it begins like HTML
  hint: it may be a web page saved in its place: download it again, signed in where needed
photos/scan.tif: a TIFF or camera raw picture, which browsers do not show
  hint: save it as JPEG or PNG`)

	// Renamed and moved, an entry is the one it was.
	moved := folder(map[string]string{"new/name.jpg": a})
	more, _ := read(t, photoFolder{}, moved, nil)
	if len(more) != 1 || more[0].Key != entries[0].Key {
		t.Errorf("moved: %v", more)
	}
}

// TestFolderPacked: a folder comes with its own name when it is packed, and a
// film in it is looked into as if it lay there.
func TestFolderPacked(t *testing.T) {
	film, err := os.ReadFile("../media/film/testdata/h264.mov")
	if err != nil {
		t.Fatal(err)
	}
	data := pack(t, packed{name: "Photos of May/1.jpg", data: string(photo(t, 1, "", ""))},
		packed{name: "Photos of May/2.mov", data: string(film)}, packed{name: "Photos of May/Olya/3.jpg", data: string(photo(t, 3, "", ""))})
	i := bytes.LastIndex(data[:bytes.Index(data, []byte("PK\x01\x02"))], []byte("PK\x07\x08"))
	data[i-9] ^= 0xff // in the last picture
	var probs problem.List
	in := Input{Name: "May.zip", FS: ZIP([]Part{part("May.zip", data)}, &probs)}
	entries, probs := read(t, photoFolder{}, in, nil)
	if len(entries) != 2 || entries[1].Taken.IsZero() || entries[1].At.File != "May.zip/Photos of May/2.mov" {
		t.Errorf("entries:\n%s", dump(t, entries))
	}
	same(t, "problems", told1(probs), "May.zip/Photos of May/Olya/3.jpg: its bytes in the ZIP file are damaged\n  hint: download or copy it again: perhaps it did not arrive whole")
}

func TestFolderLarge(t *testing.T) {
	files := map[string]string{}
	for i := range 201 {
		files[fmt.Sprintf("DCIM/%d.jpg", i)] = string(photo(t, uint8(i), "", ""))
	}
	entries, probs := read(t, photoFolder{}, folder(files), nil)
	if len(entries) > 0 || !strings.Contains(told1(probs), "photos/DCIM: a folder below the one that is imported is one piece, and 201 files are more than 200\n  hint: import this folder by itself") {
		t.Errorf("%d entries\n%s", len(entries), told1(probs))
	}
}

// TestFolderLinks: what is no file is told and not opened.
func TestFolderLinks(t *testing.T) {
	in := folder(map[string]string{"1.jpg": string(photo(t, 1, "", ""))})
	in.FS.(fstest.MapFS)["2.jpg"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	in.FS.(fstest.MapFS)[strings.Repeat("a/", 70)+"3.jpg"] = &fstest.MapFile{}
	entries, probs := read(t, photoFolder{}, in, nil)
	got := told1(probs)
	if len(entries) != 1 || !strings.Contains(got, "photos/2.jpg: a link or device, so it is not opened") || !strings.Contains(got, "lies in more than 60 folders") {
		t.Errorf("%d entries\n%s", len(entries), got)
	}
}

func TestKinds(t *testing.T) {
	var names []string
	for _, k := range Kinds() {
		if k.About == "" || slices.Contains(names, k.Name) {
			t.Errorf("%q says nothing of itself, or is there twice", k.Name)
		}
		names = append(names, k.Name)
	}
	for _, want := range []string{"instagram", "hugo", "decap", "folder"} {
		if !slices.Contains(names, want) {
			t.Errorf("no kind %q", want)
		}
	}
	if names[len(names)-1] != "folder" {
		t.Errorf("%q come after the folder, which tells what they would", names)
	}
}

// readAny reads an input that was named as what it is.
func readAny(t testing.TB, s Source, in Input) ([]Entry, problem.List) {
	t.Helper()
	var probs problem.List
	entries, err := s.Read(context.Background(), in, &Options{}, &probs)
	if err != nil {
		t.Fatal(err)
	}
	return entries, probs
}
