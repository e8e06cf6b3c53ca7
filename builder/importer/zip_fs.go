package importer

import (
	"archive/zip"
	"cmp"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"gallerist/builder/problem"
)

// ErrDamaged is the error of reading a file whose packed bytes are damaged:
// content is wrong, not the disk.
var ErrDamaged = errors.New("is damaged")

// zipFS is the folder that is in ZIP files.
type zipFS struct {
	root    *zipNode
	entries int
	total   int64 // bytes, unpacked
}

// zipNode is a file, or a folder where f is nil. It is its own fs.FileInfo and
// fs.DirEntry.
type zipNode struct {
	name  string
	f     *zip.File
	nodes map[string]*zipNode // of a folder, by name
	list  []*zipNode          // the same, sorted
}

// add puts a part's files where they belong.
func (z *zipFS) add(part string, files []*zip.File, places []int64, b bounds, probs *problem.List) {
	out := leftOut{part: part}
	names, guessed := zipNames(files)
	if guessed != "" {
		probs.Notef(problem.Pos{File: part}, "where they are wrong, "+unpackIt, "names in it are read as %s, because it does not say how they are written", guessed)
	}
	for i, f := range files {
		name, isDir := strings.CutSuffix(names[i], "/")
		why := nameFault(name)
		name = path.Clean(name)
		switch {
		case why != nil || junk(name) || name == ".":
		case isDir || f.Mode().IsDir():
			z.folder(name) // a file of that name stays
		case places[i] < 0:
			why = wrongf(againIt, "its bytes are not in the ZIP file")
		default:
			if why = b.check(f); why == nil {
				why = z.file(name, f)
			}
		}
		if why != nil {
			out.add(names[i], why)
		}
	}
	out.tell(probs)
}

// nameFault says why a name is not taken.
func nameFault(name string) *wrong {
	const harm = "such a name is made by mistake or to do harm; pack the files again"
	parts := strings.Split(name, "/")
	switch {
	case len(parts) > maxDepth:
		return wrongf("put it less deep", "lies in more than %d folders", maxDepth)
	case name == "" || name[0] == '/' || slices.Contains(parts, "..") || len(name) > 2 && name[1:3] == ":/":
		return wrongf(harm, "its name leads out of the ZIP file")
	case slices.ContainsFunc(parts, func(s string) bool { return len(s) > maxName }):
		return wrongf("rename it and pack the files again", "its name is longer than %d letters", maxName)
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return wrongf(harm, "its name holds signs that no name has")
	}
	return nil
}

// junk tells what systems and programs leave in folders and ZIP files.
func junk(name string) bool {
	for _, part := range strings.Split(name, "/") {
		switch strings.ToLower(part) {
		case "__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin", "@eadir", "picasa.ini":
			return true
		}
		if strings.HasPrefix(part, ".") && len(part) > 1 {
			return true
		}
	}
	return false
}

// folder returns the folder of a name, and makes it; nil where a file stands in
// the way.
func (z *zipFS) folder(name string) *zipNode {
	n := z.root
	if name == "." {
		return n
	}
	for part := range strings.SplitSeq(name, "/") {
		next := n.nodes[part]
		if next == nil {
			next = n.put(&zipNode{name: part})
		}
		if next.f != nil {
			return nil
		}
		n = next
	}
	return n
}

func (n *zipNode) put(child *zipNode) *zipNode {
	if n.nodes == nil {
		n.nodes = map[string]*zipNode{}
	}
	n.nodes[child.name] = child
	return child
}

// file puts a file into its folder. The same file again changes nothing.
func (z *zipFS) file(name string, f *zip.File) *wrong {
	const rename = "give one of them another name and pack them again"
	dir := z.folder(path.Dir(name))
	if dir == nil {
		return wrongf(rename, "a file has the name of the folder it lies in")
	}
	base := path.Base(name)
	switch old := dir.nodes[base]; {
	case old == nil:
		dir.put(&zipNode{name: base, f: f})
	case old.f == nil:
		return wrongf(rename, "a folder has the same name")
	case old.f.CRC32 != f.CRC32 || old.f.UncompressedSize64 != f.UncompressedSize64:
		return wrongf(rename, "another file before it has the same name")
	}
	return nil
}

func (n *zipNode) sort() {
	n.list = slices.SortedFunc(maps.Values(n.nodes), func(a, b *zipNode) int { return cmp.Compare(a.name, b.name) })
	for _, child := range n.list {
		child.sort()
	}
}

func (z *zipFS) find(op, name string) (*zipNode, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n := z.root
	if name == "." {
		return n, nil
	}
	for part := range strings.SplitSeq(name, "/") {
		if n = n.nodes[part]; n == nil {
			return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
	}
	return n, nil
}

// Open opens a file, which is an io.ReaderAt, or a folder.
func (z *zipFS) Open(name string) (fs.File, error) {
	n, err := z.find("open", name)
	if err != nil {
		return nil, err
	}
	if n.f == nil {
		return &zipDir{node: n}, nil
	}
	return &zipFile{node: n, name: name}, nil
}

// Stat returns what is known of a file without opening it.
func (z *zipFS) Stat(name string) (fs.FileInfo, error) {
	n, err := z.find("stat", name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

// ReadDir lists a folder.
func (z *zipFS) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := z.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if n.f != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a folder")}
	}
	return n.entries(n.list), nil
}

func (n *zipNode) entries(list []*zipNode) []fs.DirEntry {
	out := make([]fs.DirEntry, len(list))
	for i, child := range list {
		out[i] = child
	}
	return out
}

func (n *zipNode) Name() string               { return n.name }
func (n *zipNode) IsDir() bool                { return n.f == nil }
func (n *zipNode) Type() fs.FileMode          { return n.Mode().Type() }
func (n *zipNode) Info() (fs.FileInfo, error) { return n, nil }
func (n *zipNode) Sys() any                   { return nil }

// ModTime is unknown: whoever packs files can make them any age.
func (n *zipNode) ModTime() time.Time { return time.Time{} }

func (n *zipNode) Size() int64 {
	if n.f == nil {
		return 0
	}
	return int64(n.f.UncompressedSize64)
}

func (n *zipNode) Mode() fs.FileMode {
	if n.f == nil {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// zipDir is an opened folder.
type zipDir struct {
	node *zipNode
	at   int
}

func (d *zipDir) Stat() (fs.FileInfo, error) { return d.node, nil }
func (d *zipDir) Close() error               { return nil }

func (d *zipDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.node.name, Err: errors.New("a folder")}
}

func (d *zipDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.node.list[d.at:]
	if n > 0 && len(rest) == 0 {
		return nil, io.EOF
	}
	if n > 0 {
		rest = rest[:min(n, len(rest))]
	}
	d.at += len(rest)
	return d.node.entries(rest), nil
}

// zipFile is an opened file. Unpacking goes forward only; to read at an earlier
// place it begins again.
type zipFile struct {
	node *zipNode
	name string

	in   io.ReadCloser // nil = at the beginning
	pos  int64         // of in
	read int64         // bytes unpacked so far, all in all
	next int64         // of Read
}

func (f *zipFile) Stat() (fs.FileInfo, error) { return f.node, nil }

func (f *zipFile) Close() error {
	if f.in == nil {
		return nil
	}
	in := f.in
	f.in = nil
	return in.Close()
}

func (f *zipFile) Read(b []byte) (int, error) {
	n, err := f.readFrom(b, f.next)
	f.next += int64(n)
	return n, err
}

// ReadAt reads at any place. Unlike an io.ReaderAt should be, it is not for
// several goroutines at once.
func (f *zipFile) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 {
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
	}
	total := 0
	for total < len(b) {
		n, err := f.readFrom(b[total:], at+int64(total))
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// maxAgain is how many times its size may be unpacked of a file, over and above
// a small one, so that one that leads its reader to and fro comes to an end.
const maxAgain = 16

func (f *zipFile) readFrom(b []byte, at int64) (int, error) {
	if at >= f.node.Size() && at != f.pos {
		return 0, io.EOF
	}
	if at < f.pos {
		_ = f.Close() // it is begun again
	}
	if f.in == nil {
		in, err := f.node.f.Open()
		if err != nil {
			return 0, f.fault(err)
		}
		f.in, f.pos = in, 0
	}
	if at > f.pos {
		n, err := io.CopyN(io.Discard, f.in, at-f.pos)
		f.pos, f.read = f.pos+n, f.read+n
		if err != nil {
			return 0, f.fault(err)
		}
	}
	n, err := f.in.Read(b)
	f.pos, f.read = f.pos+int64(n), f.read+int64(n)
	if f.read > (f.node.Size()+1<<20)*maxAgain {
		return n, f.fault(zip.ErrFormat)
	}
	return n, f.fault(err)
}

// fault tells damage from a broken disk.
func (f *zipFile) fault(err error) error {
	var corrupt flate.CorruptInputError
	var internal flate.InternalError
	switch {
	case err == nil || err == io.EOF:
		return err
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrAlgorithm),
		errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt), errors.As(err, &internal):
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &fs.PathError{Op: "read", Path: f.name, Err: err}
}
