package gitindex

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Open reads the index of the repository that dir lies in, which may begin in
// a folder above it. The prefix is what comes before a path in dir to make it
// one of the index: "" or a path that ends with a slash. Where there is no
// repository, or nothing was ever added to it, the index is nil.
//
// The repository is found by git's own rule, a folder named .git or a file
// of that name that tells where it is (work trees, submodules); environment
// variables are not asked.
func Open(dir string) (x *Index, prefix string, err error) {
	dir, err = filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, "", err
	}
	for top := dir; ; top = filepath.Dir(top) {
		folder, err := gitFolder(filepath.Join(top, ".git"))
		if err != nil {
			return nil, "", err
		}
		if folder != "" {
			x, err := load(filepath.Join(folder, "index"))
			return x, prefixOf(top, dir), err
		}
		if top == filepath.Dir(top) {
			return nil, "", nil
		}
	}
}

// prefixOf returns the path of dir below top as the index writes it.
func prefixOf(top, dir string) string {
	rel, err := filepath.Rel(top, dir)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel) + "/"
}

// gitFolder returns the folder with the index that name, a .git, stands for,
// "" where there is none.
func gitFolder(name string) (string, error) {
	st, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case st.IsDir():
		return name, nil
	}
	text, err := readFile(name, maxLink)
	if err != nil {
		return "", err
	}
	target, ok := strings.CutPrefix(strings.TrimRight(string(text.data), "\r\n"), "gitdir: ")
	if !ok || target == "" {
		return "", fmt.Errorf("%s does not tell where the repository is", name)
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(name), filepath.FromSlash(target))
	}
	return target, nil
}

// maxLink bounds a .git that is a file.
const maxLink = 64 << 10

// load reads an index, nil where there is none.
func load(name string) (*Index, error) {
	f, err := readFile(name, MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return Parse(f.data, f.st.ModTime())
}

// content is a file as it was at one moment.
type content struct {
	data []byte
	st   fs.FileInfo
}

// readFile reads a regular file of at most most bytes. The index is exchanged
// as a whole, so what is opened once stays as it is.
func readFile(name string, most int64) (content, error) {
	if st, err := os.Stat(name); err != nil { // before opening, which waits where it is a pipe
		return content{}, err
	} else if !st.Mode().IsRegular() {
		return content{}, fmt.Errorf("%s is not a file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return content{}, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return content{}, err
	}
	if st.Size() > most {
		return content{}, fmt.Errorf("%s is larger than %d kB", name, most>>10)
	}
	data := make([]byte, st.Size())
	if _, err := io.ReadFull(f, data); err != nil {
		return content{}, err
	}
	return content{data, st}, nil
}
