package importer

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gallerist/builder/problem"
)

// A ZIP file is read where it lies, as a folder that cannot be written to:
// nothing is unpacked by the names in it. Everything that it says of itself is
// believed within bounds, and whoever reads a file of it gets at most the bytes
// that its list of contents promised, for it is their sum that was bounded.

// bounds are the most that is taken from ZIP files.
type bounds struct {
	directory int64 // bytes of the list of contents
	entries   int   // files and folders
	file      int64 // bytes of one file, unpacked
	total     int64 // bytes of all files, unpacked
	ratio     int64 // how many times larger unpacking may make what is larger than free
	free      int64 // bytes, unpacked
}

// usual bounds suit photos and films of a few thousand people. Pictures and
// films hardly shrink when they are packed, tables and pages to a thirtieth.
var usual = bounds{directory: 48 << 20, entries: 200_000, file: 16 << 30, total: 128 << 30, ratio: 200, free: 16 << 20}

const (
	maxDepth = 60  // how deep folders may lie in each other, as in a site
	maxName  = 255 // bytes of a name, as in file systems
)

// Part is one ZIP file. Large exports come in several, which are one folder
// together.
type Part struct {
	Name string // as named, for problems
	In   io.ReaderAt
	Size int64
}

// ZIP opens ZIP files as one folder. Where something is wrong with a file in
// one, that file is left out, and where with the whole, the whole; both are
// told. What remains, which can be nothing, is returned. A file with a
// name that was there before is left out, even where it stands in another part.
//
// Names are slash-separated, composed (NFC) and UTF-8, whatever they were
// (see zipNames). The folder's files are io.ReaderAt. An error on reading one that
// is damaged is ErrDamaged.
func ZIP(parts []Part, probs *problem.List) fs.FS { return openZIP(parts, usual, probs) }

func openZIP(parts []Part, b bounds, probs *problem.List) *zipFS {
	z := &zipFS{root: &zipNode{name: "."}}
	for _, p := range parts {
		if fault := z.open(p, b, probs); fault != nil {
			probs.Errorf(problem.Pos{File: p.Name}, fault.hint, "%s", fault.text)
		}
	}
	z.root.sort()
	return z
}

// wrong says what is wrong with a ZIP file or with a file in one. Its kind is the
// text without the numbers in it.
type wrong struct{ kind, text, hint string }

func wrongf(hint, text string, args ...any) *wrong {
	return &wrong{text, fmt.Sprintf(text, args...), hint}
}

const (
	unpackIt = "unpack it yourself and import the folder"
	againIt  = "download or copy it again: perhaps it did not arrive whole"
)

// open adds what is in a part.
func (z *zipFS) open(p Part, b bounds, probs *problem.List) *wrong {
	files, fault := contents(p, b)
	if fault != nil {
		return fault
	}
	entries, sum := z.entries+len(files), int64(0)
	if entries > b.entries {
		return wrongf("pack it in several ZIP files and import one after the other", "%d files in it are more than %d", entries, b.entries)
	}
	for _, f := range files {
		sum += int64(min(f.UncompressedSize64, 1<<40)) // 200,000 of them fit into 63 bits
	}
	switch total := z.total + sum; {
	case sum > 64*b.free && sum/b.ratio > p.Size:
		return b.swells(sum, p.Size)
	case total > b.total:
		return wrongf(unpackIt, "%d MB in it are more than %d MB", total>>20, b.total>>20)
	}
	at := places(files, p.Size)
	if name := overlap(files, at); name != "" {
		return wrongf("such a file is made to do harm: ask whoever it comes from", "two files in it are the same bytes: %q overlaps the one before it", name)
	}
	z.entries, z.total = entries, z.total+sum
	z.add(p.Name, files, at, b, probs)
	return nil
}

// swells says that unpacking makes too much of a few bytes.
func (b bounds) swells(size, packed int64) *wrong {
	return wrongf("such a file is made to fill the disk; if you know that it is not, "+unpackIt,
		"%d MB packed into %d kB are more than %d times as much", size>>20, (packed+1023)>>10, b.ratio)
}

// contents reads a part's list of contents. It can be of any length, whatever
// the part says of it, so the bytes that are read for it are counted.
func contents(p Part, b bounds) ([]*zip.File, *wrong) {
	in := &ration{ReaderAt: p.In, left: b.directory}
	r, err := zip.NewReader(in, p.Size)
	switch {
	case err == nil, errors.Is(err, zip.ErrInsecurePath): // names are looked at later
		in.over = true
		return r.File, nil
	case errors.Is(err, errRation):
		return nil, wrongf(unpackIt, "its list of contents is longer than %d MB", b.directory>>20)
	}
	return nil, notZIP(p)
}

// notZIP says what a file is whose list of contents cannot be read.
func notZIP(p Part) *wrong {
	begin := make([]byte, 8)
	n, _ := p.In.ReadAt(begin, 0) // what cannot be read says nothing
	begin = begin[:n]
	is := func(magic string) bool { return bytes.HasPrefix(begin, []byte(magic)) }
	switch {
	case p.Size == 0:
		return wrongf(againIt, "is empty")
	case is("Rar!"), is("7z\xbc\xaf\x27\x1c"), is("\x1f\x8b"), is("BZh"), is("\xfd7zXZ"):
		return wrongf(unpackIt, "was packed by another program, and is not a ZIP file")
	case is("PK"):
		return wrongf(againIt, "the end of this ZIP file is missing")
	}
	return wrongf("give the file that the export gave you", "is not a ZIP file")
}

// ration is a reader that gives out after some bytes, until it is over.
type ration struct {
	io.ReaderAt
	left int64
	over bool
}

var errRation = errors.New("the ration is used up")

func (r *ration) ReadAt(b []byte, at int64) (int, error) {
	if !r.over {
		if r.left -= int64(len(b)); r.left < 0 {
			return 0, errRation
		}
	}
	return r.ReaderAt.ReadAt(b, at)
}

// places returns where the packed bytes of each file begin, -1 where that is not
// in the part.
func places(files []*zip.File, size int64) []int64 {
	list := make([]int64, len(files))
	for i, f := range files {
		from, err := f.DataOffset()
		if err != nil || from < 0 || from > size || f.CompressedSize64 > uint64(size-from) {
			from = -1
		}
		list[i] = from
	}
	return list
}

// overlap returns the name of a file whose packed bytes are another's too: a few
// kilobytes can stand for any number of files so (D. Fifield, "A better zip
// bomb", 2019).
func overlap(files []*zip.File, places []int64) string {
	order := make([]int, 0, len(files))
	for i, f := range files {
		if places[i] >= 0 && f.CompressedSize64 > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(places[a], places[b]) })
	for k := 1; k < len(order); k++ {
		i, before := order[k], order[k-1]
		if places[i] < places[before]+int64(files[before].CompressedSize64) {
			return files[i].Name
		}
	}
	return ""
}

// check says why a file or folder of a ZIP file is not taken, nil = it is.
func (b bounds) check(f *zip.File) *wrong {
	const encrypted = 1
	switch mode := f.Mode(); {
	case f.Flags&encrypted != 0 || f.Method == 99: // AES (APPNOTE, WinZip)
		return wrongf("unpack it with its password and import the folder", "is locked with a password")
	case !mode.IsRegular() && !mode.IsDir():
		return wrongf("put the file itself there", "is a link or device, not a file")
	case strings.EqualFold(path.Ext(f.Name), ".zip"):
		return wrongf(unpackIt, "a ZIP file within a ZIP file")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return wrongf(unpackIt, "is packed in a way that is not known here")
	case f.UncompressedSize64 > uint64(b.file):
		return wrongf(unpackIt, "its %d MB are more than %d MB", f.UncompressedSize64>>20, b.file>>20)
	case f.UncompressedSize64 > uint64(b.free) && f.UncompressedSize64/uint64(b.ratio) > f.CompressedSize64:
		return b.swells(int64(f.UncompressedSize64), int64(f.CompressedSize64))
	}
	return nil
}

// leftOut collects the files of a part that are not taken, by the reason.
type leftOut struct {
	part string
	list map[string][]leftFile
}

type leftFile struct {
	name string
	why  *wrong
}

// told is how many files are named for one reason: a ZIP file can have any
// number of them.
const told = 5

func (l *leftOut) add(name string, why *wrong) {
	if l.list == nil {
		l.list = map[string][]leftFile{}
	}
	l.list[why.kind] = append(l.list[why.kind], leftFile{name, why})
}

// tell reports them.
func (l *leftOut) tell(probs *problem.List) {
	for _, kind := range slices.Sorted(maps.Keys(l.list)) {
		files := l.list[kind]
		for _, f := range files[:min(told, len(files))] {
			name := f.name
			if len(name) > 2*maxName {
				name = strings.ToValidUTF8(name[:maxName], "") + "…"
			}
			probs.Errorf(problem.Pos{File: l.part + "/" + name}, f.why.hint, "not taken: %s", f.why.text)
		}
		if more := len(files) - told; more > 0 {
			probs.Errorf(problem.Pos{File: l.part}, files[0].why.hint, "%d more not taken: %s", more, files[told].why.text)
		}
	}
}
