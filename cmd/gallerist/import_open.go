package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gallerist/builder/importer"
	"gallerist/builder/problem"
)

// openedInputs are the files and folders that an import reads.
type openedInputs struct{ list []io.Closer }

func (o *openedInputs) close() {
	for _, c := range o.list {
		_ = c.Close() // they were only read
	}
}

// all opens what the person named. ZIP files without a table are the parts of one
// export.
func (o *openedInputs) all(names []string, probs *problem.List) (list []importer.Input, err error) {
	var parts []importer.Part
	whole := -1 // where they stand in the list
	for _, name := range names {
		in, part, err := o.open(name, probs)
		if err != nil {
			return nil, &hinted{exitIO, fmt.Errorf("%q cannot be opened: %w", name, cause(err)), "check its name; one with spaces stands between quotes"}
		}
		if part == nil || importer.HasTable(in) {
			list = append(list, in)
			continue
		}
		if parts = append(parts, *part); whole < 0 {
			whole, list = len(list), append(list, in)
		}
	}
	if len(parts) > 1 {
		list[whole].FS = importer.ZIP(parts, probs)
	}
	return list, nil
}

// open opens a file, a ZIP file or a folder, which nothing leads out of; of a ZIP
// file also itself.
func (o *openedInputs) open(name string, probs *problem.List) (in importer.Input, part *importer.Part, err error) {
	in.Name = filepath.ToSlash(filepath.Clean(name))
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return in, nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return in, nil, err
	}
	dir := name
	if !info.IsDir() {
		dir = filepath.Dir(name)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return in, nil, err
	}
	o.list = append(o.list, root)
	if in.FS = root.FS(); info.IsDir() {
		return in, nil, nil
	}
	if !info.Mode().IsRegular() {
		return in, nil, errors.New("it is not a regular file")
	}
	in.File = filepath.Base(name)
	file, err := os.Open(name)
	if err != nil {
		return in, nil, err
	}
	o.list = append(o.list, file)
	if !isZIP(file) && !isPacked(name) {
		return in, nil, nil
	}
	part = &importer.Part{Name: in.Name, In: file, Size: info.Size()}
	in.FS, in.File = importer.ZIP([]importer.Part{*part}, probs), ""
	return in, part, nil
}

// isPacked tells by their names files that are ZIP files or others of the kind, so
// that it is told what is wrong with them.
func isPacked(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz":
		return true
	}
	return false
}

// isZIP tells ZIP files by their first bytes, empty ones too.
func isZIP(file io.ReaderAt) bool {
	begin := make([]byte, 4)
	n, _ := file.ReadAt(begin, 0)
	return n == 4 && (bytes.Equal(begin, []byte("PK\x03\x04")) || bytes.Equal(begin, []byte("PK\x05\x06")))
}
