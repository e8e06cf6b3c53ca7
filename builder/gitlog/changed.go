package gitlog

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"gallerist/builder/gitindex"
)

// Changed returns the files of the folder that differ from what they were where
// this branch left base: those of its commits, those that are not committed, and
// those that git does not know yet; also those that are gone. Of a renamed file it
// has both names. Paths are slash-separated, below the folder, sorted.
//
// Errors are those of this package, or of the machine.
func (r *Repo) Changed(ctx context.Context, base string) ([]string, error) {
	id, err := r.commit(ctx, base)
	if err != nil {
		return nil, err
	}
	from, err := r.mergeBase(ctx, id)
	if err != nil {
		return nil, err
	}
	raw, err := output(ctx, r.dir, "diff-index", "-z", "--cached", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules=all", "--relative", from, "--")
	if err != nil {
		return nil, err
	}
	var list []string
	for change, err := range changes(raw) {
		if err != nil {
			return nil, err
		}
		list = append(list, change.path)
	}
	edited, err := r.edited(ctx)
	if err != nil {
		return nil, err
	}
	list = append(list, edited...)
	unknown, err := output(ctx, r.dir, "ls-files", "-z", "--others", "--exclude-standard", "--")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(unknown), "\x00") {
		if name != "" {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// mergeBase returns the commit at which this branch left another.
func (r *Repo) mergeBase(ctx context.Context, id string) (string, error) {
	text, err := output(ctx, r.dir, "merge-base", id, "HEAD")
	var f *failure
	switch {
	case errors.As(err, &f) && f.code == 1 && r.Shallow:
		return "", ErrShallow
	case errors.As(err, &f) && f.code == 1:
		return "", ErrNoAncestor
	case err != nil:
		return "", err
	}
	from := strings.TrimSpace(string(text))
	if !isID(from) {
		return "", fmt.Errorf("git says that both have %q in common", from)
	}
	return from, nil
}

// change is a line of git's raw output.
type change struct {
	newID string // of the content; zeros where there is none
	path  string
}

var errRaw = errors.New("git lists changes in a form that is not known")

// changes reads raw output that ends each part with a NUL.
func changes(raw []byte) func(yield func(change, error) bool) {
	return func(yield func(change, error) bool) {
		for len(raw) > 0 {
			head, rest, ok := bytes.Cut(raw, []byte{0})
			path, rest, ok2 := bytes.Cut(rest, []byte{0})
			c, ok3 := readChange(string(head), string(path))
			if !ok || !ok2 || !ok3 {
				yield(change{}, errRaw)
				return
			}
			if raw = rest; !yield(c, nil) {
				return
			}
		}
	}
}

func readChange(head, path string) (change, bool) {
	parts := strings.Fields(strings.TrimPrefix(head, ":"))
	if len(parts) != 5 || !strings.HasPrefix(head, ":") || path == "" {
		return change{}, false
	}
	return change{parts[3], path}, true
}

// edited returns the files that are not what git's index holds. Git itself would
// send what it is not sure of through filters, which are programs.
func (r *Repo) edited(ctx context.Context) ([]string, error) {
	text, err := output(ctx, r.dir, "ls-files", "-z", "-t", "--stage", "--")
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(r.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	known := gitindex.NewTree(r.dir)
	var list []string
	for line := range strings.SplitSeq(string(text), "\x00") {
		if line == "" {
			continue
		}
		head, name, ok := strings.Cut(line, "\t")
		parts := strings.Fields(head) // H 100644 id stage
		if !ok || len(parts) != 4 {
			return nil, errRaw
		}
		const skipped, module = "S", "160000" // not checked out; a submodule
		if parts[0] != skipped && parts[1] != module && !unchanged(root, known, name, parts[2]) {
			list = append(list, name)
		}
	}
	return list, nil
}

// unchanged tells whether a file has the content of an id. A file that goes
// through a filter has another wherever git's index is not sure of it.
func unchanged(root *os.Root, known *gitindex.Tree, name, id string) bool {
	info, err := root.Lstat(name)
	if err != nil {
		return false
	}
	if clean, ok := known.Blob(name, info); ok {
		return clean == id
	}
	var content io.Reader
	size := info.Size()
	switch {
	case info.Mode().IsRegular():
		f, err := root.Open(name)
		if err != nil {
			return false
		}
		defer f.Close()
		content = f
	case info.Mode()&fs.ModeSymlink != 0:
		to, err := root.Readlink(name)
		if err != nil {
			return false
		}
		content, size = strings.NewReader(to), int64(len(to))
	default:
		return false
	}
	found, err := blobID(content, size, len(id))
	return err == nil && found == id
}

// blobID returns the id of a content as git counts it, of so many digits.
func blobID(content io.Reader, size int64, digits int) (string, error) {
	var h hash.Hash = sha1.New() // git's name for a content, not a proof of anything
	if digits == 2*sha256.Size {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", size)
	if _, err := io.Copy(h, content); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
