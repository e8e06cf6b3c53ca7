package importer

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// maxFiles is how many files a folder may hold.
const maxFiles = 200_000

// files is what an input holds: the paths of all regular files, in the order of
// their names, as people count: 2.jpg before 10.jpg. What systems leave behind
// is not among them.
type files struct {
	in      Input
	paths   []string
	base    map[string][]string // by folded last part
	bundles map[string][]string // media by the folder of the page that has it to itself; see pages
	claimed map[string]string   // media by whose they are
}

// top is where a walk begins.
func (in Input) top() string { return cmp.Or(in.File, ".") }

// errFull ends a walk.
var errFull = errors.New("full")

// walk lists an input. Links and what may not be read are told.
func walk(ctx context.Context, in Input, probs *problem.List) (*files, error) {
	return walkMost(ctx, in, maxFiles, probs)
}

func walkMost(ctx context.Context, in Input, most int, probs *problem.List) (*files, error) {
	l := &files{in: in, base: map[string][]string{}, claimed: map[string]string{}}
	err := fs.WalkDir(in.FS, in.top(), func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, fs.ErrPermission):
			probs.Errorf(in.At(name), "give yourself the right to read it", "may not be read")
			return nil
		case err != nil:
			return err
		case name != "." && junk(path.Base(name)):
			if strings.HasSuffix(name, ".icloud") {
				probs.Errorf(in.At(name), "open the folder in the Finder and have it downloaded", "still lies in iCloud and not on this computer")
			}
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if strings.Count(name, "/") >= maxDepth {
				probs.Errorf(in.At(name), "put it less deep", "lies in more than %d folders", maxDepth)
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			probs.Errorf(in.At(name), "put the file itself there", "a link or device, so it is not opened")
			return nil
		case len(l.paths) == most:
			probs.Errorf(in.At("."), "import its folders one by one", "more than %d files: the rest is not looked at", most)
			return errFull
		}
		l.paths = append(l.paths, name)
		return nil
	})
	if err != nil && err != errFull {
		return nil, err
	}
	slices.SortFunc(l.paths, func(a, b string) int { return source.Natural(source.Fold(a), source.Fold(b)) })
	for _, name := range l.paths {
		key := source.Fold(path.Base(name))
		l.base[key] = append(l.base[key], name)
	}
	return l, nil
}

// any reports whether there is a file of which ok is true, and looks no
// further.
func (in Input) any(ok func(name string) bool) bool {
	found, n := false, 0
	_ = fs.WalkDir(in.FS, in.top(), func(name string, d fs.DirEntry, err error) error {
		switch n++; {
		case err != nil && d == nil || n > maxFiles:
			return fs.SkipAll
		case err != nil:
			return nil // told when it is read
		case name != "." && junk(path.Base(name)):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && d.Type().IsRegular() && ok(name):
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// begin returns the first bytes of a file.
func (in Input) begin(name string, n int) ([]byte, error) {
	f, err := in.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	b := make([]byte, n)
	n, err = io.ReadFull(f, b)
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, ErrDamaged) {
		err = nil
	}
	return b[:n], err
}

// begins is begin for those who only want to tell what a file is: one that
// cannot be read begins with nothing.
func (in Input) begins(name string, n int) []byte {
	b, _ := in.begin(name, n)
	return b
}

// errLong means that a file is longer than what is read of it.
var errLong = errors.New("too long")

// read returns a file of at most n bytes; errLong where it has more.
func (in Input) read(name string, n int64) ([]byte, error) {
	f, err := in.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	b, err := io.ReadAll(io.LimitReader(f, n+1))
	if err == nil && int64(len(b)) > n {
		err = errLong
	}
	return b, err
}

// readable makes a problem of an error that is not the disk's, and returns any
// other. It returns true where there is neither.
func (in Input) readable(name string, limit int64, err error, probs *problem.List) (bool, error) {
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, errLong):
		probs.Errorf(in.At(name), "export less at a time", "larger than %d MB", limit>>20)
	case errors.Is(err, ErrDamaged):
		probs.Errorf(in.At(name), againIt, "its bytes in the ZIP file are damaged")
	case errors.Is(err, fs.ErrPermission):
		probs.Errorf(in.At(name), "give yourself the right to read it", "may not be read")
	case errors.Is(err, fs.ErrNotExist):
		probs.Errorf(in.At(name), "put the file itself there", "is not there any more")
	default:
		return false, err
	}
	return false, nil
}

// medium returns a file as a medium.
func (l *files) medium(name string) Medium {
	return Medium{Name: path.Base(name), path: name, Open: func() (io.ReadCloser, error) { return l.in.FS.Open(name) }}
}

// find returns the file that a path in a text means, "" where there is none. A
// bare name is beside the text, in dir, or in one of the folders below that or
// one above it. A longer path may also begin in any folder above, and where it
// is nowhere so, the only file is meant whose path ends with its last parts, two
// at least.
func (l *files) find(dir, ref string, folders ...string) string {
	ref = strings.ReplaceAll(ref, `\`, "/")
	bare := !strings.Contains(ref, "/")
	ref = strings.TrimPrefix(path.Clean("/"+ref), "/")
	same := l.base[source.Fold(path.Base(ref))]
	is := func(name string) string {
		for _, s := range same {
			if source.Fold(s) == source.Fold(name) {
				return s
			}
		}
		return ""
	}
	for d := dir; len(same) > 0; d = path.Dir(d) {
		if s := is(path.Join(d, ref)); s != "" && (!bare || d == dir) {
			return s
		}
		for _, f := range folders {
			if s := is(path.Join(d, f, ref)); s != "" {
				return s
			}
		}
		if d == "." {
			break
		}
	}
	return ending(same, ref)
}

// ending returns the only path that ends as ref does, by as many parts as
// possible and two at least.
func ending(paths []string, ref string) string {
	parts := strings.Split(source.Fold(ref), "/")
	for i := range len(parts) - 1 {
		tail := "/" + strings.Join(parts[i:], "/")
		found := ""
		for _, s := range paths {
			if !strings.HasSuffix("/"+source.Fold(s), tail) {
				continue
			}
			if found != "" {
				return "" // which of them is not for a program to say
			}
			found = s
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// sorted returns the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
