package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// Tombstone is what a withdrawal leaves of a submission.
type Tombstone struct {
	Folder    string    // name the submission's folder is to have
	Slug      string    // where the folder does not give the address that was published; "" = it does
	Published time.Time // zero = it never was
	Date      time.Time // of the withdrawal
}

// Taking is what a withdrawal does to a submission's folder, planned.
type Taking struct {
	Steps     []Step
	Stay      []string // what is in the folder besides, below the site's folder: not ours to delete
	Originals []string // SHA-256 of what was sent
}

// Step is one change of the site's folder; paths are below it. A file is
// written whole, a folder renamed: nobody sees half of a step.
type Step struct {
	Do   string `json:"do"` // "write", "delete" or "rename"
	Path string `json:"path"`
	To   string `json:"to,omitempty"` // of "rename": the new path
	Data []byte `json:"-"`            // of "write"
}

// TakeBack plans the withdrawal of a submission. The first step makes it withdrawn,
// so that after any of them it is, and what is left to do can be planned again.
func TakeBack(fsys fs.FS, s *gallery.Submission, t Tombstone) (*Taking, error) {
	dir, base := path.Split(s.File)
	dir = strings.TrimSuffix(dir, "/")
	now, err := fs.ReadFile(fsys, s.File)
	if err != nil {
		return nil, err
	}
	w := &Taking{Originals: s.Withdrawal.Originals}
	away, err := w.sort(fsys, s, dir, base)
	if err != nil {
		return nil, err
	}
	slices.Sort(w.Originals)
	w.Originals = slices.Compact(w.Originals)
	if !s.Withdrawal.Date.IsZero() {
		t.Date = s.Withdrawal.Date
	}
	to := path.Join(path.Dir(dir), t.Folder)
	if to != dir {
		if _, err := fs.Stat(fsys, to); !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("the folder %s is to be renamed to %q, %w already", dir, t.Folder, fs.ErrExist)
		}
	}
	write := func(file, unfinished string) {
		w.Steps = append(w.Steps, Step{Do: "write", Path: file, Data: t.text(s, w.Originals, unfinished, now)})
	}
	if to == dir && len(away) == 0 {
		if write(s.File, ""); string(w.Steps[0].Data) == string(now) {
			w.Steps = nil
		}
		return w, nil
	}
	write(s.File, t.Folder)
	for _, file := range away {
		w.Steps = append(w.Steps, Step{Do: "delete", Path: file})
	}
	if to != dir {
		w.Steps = append(w.Steps, Step{Do: "rename", Path: dir, To: to})
	}
	write(to+"/"+base, "")
	return w, nil
}

// sort returns the files of a submission's folder that are to go, and notes what
// else is there and the hashes of what was sent.
func (w *Taking) sort(fsys fs.FS, s *gallery.Submission, dir, own string) (away []string, err error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name, file := e.Name(), dir+"/"+e.Name()
		switch {
		case name == own:
		case !e.Type().IsRegular(), strings.HasPrefix(name, "."), fold(name) == "readme.md":
			w.Stay = append(w.Stay, file)
		default:
			away = append(away, file)
			if !isSent(s, file) {
				continue
			}
			hash, err := HashOf(fsys, file)
			if err != nil {
				return nil, err
			}
			w.Originals = append(slices.Clip(w.Originals), hash)
		}
	}
	return away, nil
}

// isSent tells pictures, films and recordings from texts.
func isSent(s *gallery.Submission, file string) bool {
	is := extensions[strings.TrimPrefix(path.Ext(fold(file)), ".")]
	return is.isPicture() || is.isMoving() || slices.ContainsFunc(s.Media, func(m gallery.Media) bool { return m.Path == file || m.Poster == file })
}

// pointerMax is more than a pointer of Git LFS has, in bytes.
const pointerMax = 1024

// HashOf returns the SHA-256 of a file, and of one that Git LFS keeps elsewhere that
// of the file itself, which its pointer names.
func HashOf(fsys fs.FS, file string) (string, error) {
	in, err := fsys.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close() // it was only read
	sum, head := sha256.New(), &strings.Builder{}
	size, err := io.Copy(io.MultiWriter(sum, &firstBytes{head}), in)
	if err != nil {
		return "", err
	}
	if size < pointerMax && sniff([]byte(head.String())) == lfsPointer {
		_, after, _ := strings.Cut(head.String(), "oid sha256:")
		if oid, _, _ := strings.Cut(after, "\n"); isHash(strings.TrimSpace(oid)) {
			return strings.TrimSpace(oid), nil
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// firstBytes keeps what a pointer could hold.
type firstBytes struct{ *strings.Builder }

func (f firstBytes) Write(b []byte) (int, error) {
	f.Builder.Write(b[:min(len(b), max(0, pointerMax-f.Len()))])
	return len(b), nil
}

// isHash tells a SHA-256 in small hex digits.
func isHash(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

// text returns the submission.md that is left, in the language and with the line
// ends of the one that was there.
func (t *Tombstone) text(s *gallery.Submission, originals []string, unfinished string, was []byte) []byte {
	was = []byte(strings.TrimPrefix(string(was), "\ufeff"))
	first, _, _ := strings.Cut(string(was), "\n")
	var b strings.Builder
	write := t.toml
	if strings.HasPrefix(first, "---") {
		write = t.yaml
	}
	write(&b, s.ID, asWritten(was, "received", s.Received), asWritten(was, "published", t.Published), originals, unfinished)
	text := b.String()
	if strings.HasSuffix(first, "\r") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

// written matches a line of front matter that holds a moment, for its key and the
// moment.
var written = regexp.MustCompile(`(?m)^(received|published)[ \t]*[=:][ \t]*(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)[ \t\r]*(?:#.*)?$`)

// momentLayouts are ways to write a moment.
var momentLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
}

// asWritten returns how a moment is written: as it was where it stands in the text,
// "" for none.
func asWritten(was []byte, key string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	for _, m := range written.FindAllSubmatch(was, -1) {
		if string(m[1]) != key {
			continue
		}
		for _, layout := range momentLayouts {
			if same, err := time.ParseInLocation(layout, string(m[2]), at.Location()); err == nil && same.Equal(at) {
				return string(m[2])
			}
		}
	}
	return at.Format(time.RFC3339)
}

func (t *Tombstone) toml(b *strings.Builder, id, received, published string, originals []string, unfinished string) {
	fmt.Fprintf(b, "+++\nid       = %s\n", TOMLText(id))
	if t.Slug != "" {
		fmt.Fprintf(b, "slug     = %s\n", TOMLText(t.Slug))
	}
	if received != "" {
		fmt.Fprintf(b, "received = %s\n", received)
	}
	b.WriteString("status   = \"withdrawn\"\n")
	if published != "" {
		fmt.Fprintf(b, "published = %s\n", published)
	}
	fmt.Fprintf(b, "\n[withdrawal]\ndate = %s\n", t.Date.Format(time.DateOnly))
	if len(originals) > 0 {
		b.WriteString("originals = [\n")
		for _, hash := range originals {
			fmt.Fprintf(b, "  \"%s\",\n", hash)
		}
		b.WriteString("]\n")
	}
	if unfinished != "" {
		fmt.Fprintf(b, "unfinished = %s\n", TOMLText(unfinished))
	}
	b.WriteString("+++\n")
}

func (t *Tombstone) yaml(b *strings.Builder, id, received, published string, originals []string, unfinished string) {
	fmt.Fprintf(b, "---\nid: %s\n", TOMLText(id)) // JSON's escapes are both languages'
	if t.Slug != "" {
		fmt.Fprintf(b, "slug: %s\n", TOMLText(t.Slug))
	}
	if received != "" {
		fmt.Fprintf(b, "received: %s\n", received)
	}
	b.WriteString("status: withdrawn\n")
	if published != "" {
		fmt.Fprintf(b, "published: %s\n", published)
	}
	fmt.Fprintf(b, "withdrawal:\n  date: %s\n", t.Date.Format(time.DateOnly))
	if len(originals) > 0 {
		b.WriteString("  originals:\n")
		for _, hash := range originals {
			fmt.Fprintf(b, "    - \"%s\"\n", hash)
		}
	}
	if unfinished != "" {
		fmt.Fprintf(b, "  unfinished: %s\n", TOMLText(unfinished))
	}
	b.WriteString("---\n")
}

// Kept is a place in the private folder that tells of a submission.
type Kept struct {
	File string `json:"file"` // below the site's folder
	Line int    `json:"line,omitempty"`
}

// KeptOf returns where the tables and letters of the private folder tell of a
// submission: lines of tables whose column id holds its id, and files that are
// named after it. Nothing else of them is looked at.
func KeptOf(fsys fs.FS, id string) []Kept {
	var list []Kept
	_ = fs.WalkDir(fsys, privateDir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil // what cannot be read is told by the build
		}
		name := fold(e.Name())
		if strings.TrimRight(strings.TrimSuffix(name, path.Ext(name)), "-") == id { // com1-.txt, where systems reserve com1
			list = append(list, Kept{File: file})
		}
		if path.Ext(name) == ".csv" {
			list = append(list, linesOf(fsys, file, id)...)
		}
		return nil
	})
	return list
}

// linesOf returns the lines of a table whose column id holds an id.
func linesOf(fsys fs.FS, file, id string) (list []Kept) {
	src, err := (&reader{fsys: fsys}).read(file, maxContacts, nil)
	if err != nil {
		return nil
	}
	text, _, ok := DecodeTable(src)
	if !ok {
		return nil
	}
	in, header, err := table(text)
	column := slices.Index(header, "id")
	if err != nil || column < 0 {
		return nil
	}
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	for row, err := in.Read(); err == nil; row, err = in.Read() {
		if column < len(row) && strings.TrimSpace(strict.Clean(row[column])) == id {
			line, _ := in.FieldPos(0)
			list = append(list, Kept{file, line})
		}
	}
	return list
}
